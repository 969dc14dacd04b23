#!/usr/bin/env bash
# Shows that a step of training allocates nothing: counts the allocations of whole runs of the release build, and takes
# away those of the same run with mini-batches four times as large, and so with a quarter of the steps. Linux alone,
# where a library can take the place of malloc; it is compiled by the clang of the Swift toolchain.
set -euo pipefail
cd "$(dirname "$0")/.."
[ "$(uname -s)" = Linux ] || { echo "counted on Linux only"; exit 0; }

nnkit=.build/release/nnkit
[ -x $nnkit ] || swift build --configuration release --product nnkit
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
clang=$(dirname "$(readlink -f "$(command -v swift)")")/clang

# OpenBLAS asks for scratch space in products of some small shapes; that is its own affair.
cat >"$folder/count.c" <<'END'
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
void *__libc_malloc(size_t), *__libc_calloc(size_t, size_t), *__libc_realloc(void *, size_t), *__libc_memalign(size_t, size_t);
static atomic_long count;
static void count_for(void *caller) {
  Dl_info place;
  if (dladdr(caller, &place) && place.dli_fname && strstr(place.dli_fname, "openblas")) return;
  count++;
}
#define COUNT count_for(__builtin_return_address(0))
void *malloc(size_t size) { COUNT; return __libc_malloc(size); }
void *calloc(size_t number, size_t size) { COUNT; return __libc_calloc(number, size); }
void *realloc(void *old, size_t size) { COUNT; return __libc_realloc(old, size); }
void *aligned_alloc(size_t alignment, size_t size) { COUNT; return __libc_memalign(alignment, size); }
void *memalign(size_t alignment, size_t size) { COUNT; return __libc_memalign(alignment, size); }
int posix_memalign(void **result, size_t alignment, size_t size) {
  COUNT;
  *result = __libc_memalign(alignment, size);
  return *result ? 0 : ENOMEM;
}
__attribute__((destructor)) static void report(void) {
  const char *path = getenv("ALLOCATION_COUNT");
  FILE *file = path ? fopen(path, "w") : NULL;
  if (file) { fprintf(file, "%ld\n", count); fclose(file); }
}
END
"$clang" -O2 -shared -fPIC -o "$folder/count.so" "$folder/count.c" -ldl

# allocations BATCH-SIZE OPTION...: of one run.
allocations() {
  local size=$1
  shift
  LD_PRELOAD="$folder/count.so" ALLOCATION_COUNT="$folder/count" "$nnkit" train samples/digits --batch-size "$size" \
    --epochs 24 --output "$folder/model.nnk" --force --quiet "$@"
  cat "$folder/count"
}

failed=0
check() {
  local few many steps
  few=$(allocations 40 "$@")
  many=$(allocations 10 "$@")
  # 1,438 samples in 24 epochs: 36 against 144 steps in each.
  steps=2592
  echo "$((many - few)) allocations in $steps more steps: $*"
  # Some fall to either run by chance; one per step does not.
  [ $((many - few)) -lt $((steps / 10)) ] || failed=1
}

for threads in 1 2; do
  check --threads $threads --hidden 32
  check --threads $threads --hidden 256 --optimizer adam --weight-decay 0.01 --clip-norm 1
  check --threads $threads --network "conv(4,3) batchnorm relu maxpool(2) flatten dropout(0.2) dense(10)" \
    --optimizer momentum --schedule cosine
done
[ $failed -eq 0 ] || { echo "steps of training allocate memory" >&2; exit 1; }
