#ifndef NNKIT_CZLIB_SHIM_H
#define NNKIT_CZLIB_SHIM_H

#include <zlib.h>

#endif
