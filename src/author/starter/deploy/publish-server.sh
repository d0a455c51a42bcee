#!/bin/sh
# Copies `public` to a web server of your own by ssh. Not on a machine that your product needs.
# Needs DEPLOY_TARGET (user@host:/srv/status), DEPLOY_KEY (the private key) and DEPLOY_KNOWN_HOSTS (the line that
# `ssh-keyscan` prints of the host, once compared by a person).
set -eu

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
umask 077
printf '%s\n' "$DEPLOY_KEY" >"$folder/key"
printf '%s\n' "$DEPLOY_KNOWN_HOSTS" >"$folder/known_hosts"

# Files that arrive are put in place together at the end.
rsync --archive --compress --delete-after --delay-updates --chmod=D755,F644 \
  --rsh "ssh -i $folder/key -o IdentitiesOnly=yes -o UserKnownHostsFile=$folder/known_hosts -o StrictHostKeyChecking=yes" \
  public/ "$DEPLOY_TARGET"
