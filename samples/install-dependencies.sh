#!/usr/bin/env bash
# Installs the system packages that nnkit uses, zlib, OpenBLAS and OpenSSL, where they are missing. Says what it does.
set -euo pipefail

if ! command -v swift >/dev/null; then
  echo "Swift is missing: install Swift 6.3 or later from https://www.swift.org/install, then run this again." >&2
  exit 69
fi

case "$(uname -s)" in
Linux)
  libraries=$(/sbin/ldconfig -p 2>/dev/null || true)
  if command -v pkg-config >/dev/null && pkg-config --exists zlib && grep -q "libopenblas\.so\.0" <<<"$libraries" &&
    grep -q "libcrypto\.so\.\(3\|1\.1\)" <<<"$libraries"; then
    exit 0
  fi
  if ! command -v apt-get >/dev/null; then
    echo "Install pkg-config, the development package of zlib, OpenBLAS and OpenSSL, then run this again." >&2
    exit 69
  fi
  packages=(pkg-config zlib1g-dev libopenblas0 openssl)
  echo "Installing ${packages[*]} with apt-get"
  privileges=()
  if [ "$(id -u)" -ne 0 ]; then
    privileges=(sudo)
  fi
  log=$(mktemp)
  if ! { "${privileges[@]}" apt-get update &&
    "${privileges[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install --yes --no-install-recommends \
      "${packages[@]}"; } >"$log" 2>&1; then
    cat "$log" >&2
    exit 69
  fi
  rm -f "$log"
  ;;
Darwin)
  missing=()
  for package in pkg-config zlib openblas; do
    brew list "$package" >/dev/null 2>&1 || missing+=("$package")
  done
  if [ ${#missing[@]} -gt 0 ]; then
    echo "Installing ${missing[*]} with brew"
    brew install "${missing[@]}"
  fi
  ;;
*)
  echo "nnkit is built and tested on Linux and macOS." >&2
  exit 69
  ;;
esac
