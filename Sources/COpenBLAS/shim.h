#ifndef NNKIT_COPENBLAS_SHIM_H
#define NNKIT_COPENBLAS_SHIM_H

#include <cblas.h>

#endif
