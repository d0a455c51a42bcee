#!/bin/sh
# Puts `candor` where the job finds it, unless it is there already (from the cache, or from an image of your own): a
# release's archive, held to its sum, in seconds; or, without one, the source, which takes minutes to compile.
set -eu

if command -v candor >/dev/null; then
  candor --version
  exit 0
fi
if [ -n "${CANDOR_ARCHIVE:-}" ]; then
  bin=${CARGO_HOME:-$HOME/.cargo}/bin
  archive=$(mktemp)
  trap 'rm -f "$archive"' EXIT
  curl --fail --silent --show-error --location --retry 3 --output "$archive" "$CANDOR_ARCHIVE"
  echo "${CANDOR_SHA256:?the sum of CANDOR_ARCHIVE, as SHA256SUMS of the release has it}  $archive" | sha256sum --check --quiet
  mkdir -p "$bin"
  tar -xzf "$archive" -C "$bin" candor
  "$bin/candor" --version
elif [ -n "${CANDOR_REPOSITORY:-}" ]; then
  cargo install --locked --git "$CANDOR_REPOSITORY" ${CANDOR_REVISION:+--rev "$CANDOR_REVISION"} candor
else
  echo "set CANDOR_ARCHIVE, the address of a release's archive, and CANDOR_SHA256, its sum" >&2
  exit 2
fi
