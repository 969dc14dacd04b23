// What Linux offers to programs and the C library's Swift module leaves out.
#ifndef NNKIT_CLINUX_SHIM_H
#define NNKIT_CLINUX_SHIM_H

#ifdef __linux__

#include <errno.h>
#include <fcntl.h>
#include <features.h>
#include <malloc.h>
#include <sys/syscall.h>
#include <unistd.h>

// O_TMPFILE of <asm-generic/fcntl.h>, which the C library shows to GNU sources only.
static const int nnkit_open_unnamed = 020000000 | O_DIRECTORY;

// renameat2(2) with RENAME_NOREPLACE. Through syscall(2), because older C libraries do not have the function.
static inline int nnkit_rename_without_replacing(const char *from, const char *to) {
#ifdef SYS_renameat2
  return (int)syscall(SYS_renameat2, AT_FDCWD, from, AT_FDCWD, to, 1u);
#else
  errno = ENOSYS;
  return -1;
#endif
}

#ifdef __GLIBC__
// mallopt(3): all threads allocate from one arena.
static inline void nnkit_use_one_arena(void) { mallopt(M_ARENA_MAX, 1); }
#else
static inline void nnkit_use_one_arena(void) {}
#endif

#endif

#endif
