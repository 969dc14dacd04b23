// What Swift has no words for.
#ifndef NNKIT_CINSTRUCTIONS_SHIM_H
#define NNKIT_CINSTRUCTIONS_SHIM_H

// Square roots that loops can compute several at a time. Those of the C library, which Swift's squareRoot() calls, may set
// errno for numbers below 0, and that keeps the compiler from using vector instructions. The results are the same.
static inline float nnkit_square_root_float(float x) { return __builtin_elementwise_sqrt(x); }
static inline double nnkit_square_root_double(double x) { return __builtin_elementwise_sqrt(x); }

// Brings the cache line of an address nearer. Only a hint: no address is wrong.
static inline void nnkit_prefetch(const void *address) { __builtin_prefetch(address); }

#endif
