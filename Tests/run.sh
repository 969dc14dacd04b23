#!/usr/bin/env bash
# Installs what is missing and runs the whole test suite. Arguments go to `swift test`.
set -euo pipefail
cd "$(dirname "$0")/.."
./samples/install-dependencies.sh
exec swift test "$@"
