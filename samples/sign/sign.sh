#!/usr/bin/env bash
# Writes the digests of models into a list, and signs it: sign.sh PRIVATE-KEY LIST MODEL...
set -euo pipefail
if [ $# -lt 3 ]; then
  echo "usage: $0 PRIVATE-KEY LIST MODEL..." >&2
  exit 64
fi
key=$1 list=$2
shift 2
"${NNKIT:-nnkit}" digest --metadata "$@" >"$list"
openssl dgst -sha256 -sign "$key" -out "$list.signature" "$list"
echo "signed $list: $# model(s)"
