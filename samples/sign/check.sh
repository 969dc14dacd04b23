#!/usr/bin/env bash
# Checks the signature of a list of digests, and then the models that it names: check.sh PUBLIC-KEY LIST
set -euo pipefail
if [ $# -ne 2 ]; then
  echo "usage: $0 PUBLIC-KEY LIST" >&2
  exit 64
fi
# Nothing of a list is believed before its signature is.
if ! openssl dgst -sha256 -verify "$1" -signature "$2.signature" "$2" >/dev/null 2>&1; then
  echo "the signature of $2 is not that of $1: do not trust it" >&2
  exit 65
fi
"${NNKIT:-nnkit}" digest --check "$2"
