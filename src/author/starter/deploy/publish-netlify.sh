#!/bin/sh
# Asks Netlify for a build, as a commit does. Needs NETLIFY_BUILD_HOOK: the address of a build hook, which is a secret.
set -eu

curl --fail --silent --show-error --max-time 60 --request POST --data '{}' "$NETLIFY_BUILD_HOOK"
