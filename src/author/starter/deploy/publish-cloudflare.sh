#!/bin/sh
# Uploads `public` to Cloudflare Pages, which reads `_headers` from it. Not for a product behind Cloudflare.
# Needs CLOUDFLARE_ACCOUNT_ID, CLOUDFLARE_API_TOKEN and CLOUDFLARE_PROJECT.
set -eu

npx --yes wrangler@4 pages deploy public --project-name "$CLOUDFLARE_PROJECT" --branch main
