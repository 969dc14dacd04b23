#!/usr/bin/env bash
# Makes the repository around the current folder show models by what changed in them:
#
#   cd my-models && /path/to/nnkit/samples/git/set-up.sh [path of nnkit]
#
# The settings go into the configuration of that repository; the attributes into its .gitattributes, unless there are
# some for models already. From then on `git diff` compares models, and `git log -p`, `git blame` and the tools that take
# no external diff compare them as text.
set -euo pipefail
samples="$(cd "$(dirname "$0")" && pwd)"
nnkit="${1:-nnkit}"

command -v "$nnkit" > /dev/null || { echo "$nnkit is not on the path: give its path" >&2; exit 1; }
cd "$(git rev-parse --show-toplevel)"

# git hands the command to a shell, which is not to take a path with spaces for several words.
quoted="'${nnkit//\'/\'\\\'\'}'"
git config diff.nnk.textconv "$quoted inspect --textconv"
git config diff.nnk.command "$quoted git-diff"
git config diff.nnk.binary true
grep -qs 'diff=nnk' .gitattributes || cat "$samples/.gitattributes" >> .gitattributes
echo "git diff shows models with $nnkit"
