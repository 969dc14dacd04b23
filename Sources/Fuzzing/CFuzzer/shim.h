// libFuzzer as a library (https://llvm.org/docs/LibFuzzer.html): the toolchain has its code, but no header for it.
#ifndef NNKIT_CFUZZER_SHIM_H
#define NNKIT_CFUZZER_SHIM_H

#include <stddef.h>
#include <stdint.h>

int LLVMFuzzerRunDriver(int *argc, char ***argv, int (*callback)(const uint8_t *data, size_t size));
size_t LLVMFuzzerMutate(uint8_t *data, size_t size, size_t capacity);

#endif
