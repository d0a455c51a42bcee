#!/bin/sh
# Whether time alone has changed the pages since they were published: maintenance that began, a promise that is
# overdue, a new day. Exit 0 if a rebuild is due, 1 if not. A page that cannot be read is due.
set -eu

url=$(sed -n 's/^url:[[:space:]]*["'"'"']\{0,1\}\([^"'"'"'[:space:]]*\).*/\1/p' content/site.yaml | head -n 1)
record=$(curl --fail --silent --show-error --location --max-time 20 "${url%/}/build.json") || record=
next=$(printf '%s\n' "$record" | sed -n 's/.*"next_transition": *"\([^"]*\)".*/\1/p')
now=$(date -u +%Y-%m-%dT%H:%M:%SZ)

if [ -z "$next" ]; then
  echo "${url%/}/build.json names no next change: building"
  exit 0
fi
# Times of this form, all in UTC, sort as they follow each other.
if [ "$(printf '%s\n%s\n' "$next" "$now" | LC_ALL=C sort | head -n 1)" = "$next" ]; then
  echo "the pages changed at $next: building"
  exit 0
fi
echo "nothing changes before $next"
exit 1
