#!/bin/sh
# Copies `public` to a bucket of S3. Not for a product on AWS. Assets go first, so that no page names a style that is
# not there yet; feeds go on their own, since `aws` may not know their types.
# Needs AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_REGION and BUCKET.
set -eu

kept="public, max-age=31536000, immutable"
polled="public, max-age=60, must-revalidate"

aws s3 sync public/assets "s3://$BUCKET/assets" --cache-control "$kept"
aws s3 sync public "s3://$BUCKET" --delete --cache-control "no-cache" --exclude "assets/*" \
  --exclude "_headers" --exclude ".candor-manifest" --exclude "*.rss" --exclude "*.atom" --exclude "*feed.json" \
  --exclude "metrics"

feeds() {
  aws s3 cp public "s3://$BUCKET" --recursive --exclude "*" --include "$1" --content-type "$2" --cache-control "$polled"
}
feeds "*.rss" application/rss+xml
feeds "*.atom" application/atom+xml
feeds "*feed.json" application/feed+json
feeds "metrics" "text/plain; version=0.0.4; charset=utf-8"
