#!/bin/sh
# Puts `candor` where the job finds it, unless it is there already (from the cache, or from an image of your own).
set -eu

if command -v candor >/dev/null; then
  candor --version
  exit 0
fi
if [ -z "${CANDOR_REPOSITORY:-}" ]; then
  echo "set the variable CANDOR_REPOSITORY to the address of Candor's source, for \`cargo install --git\`" >&2
  exit 2
fi
cargo install --locked --git "$CANDOR_REPOSITORY" ${CANDOR_REVISION:+--rev "$CANDOR_REVISION"} candor
