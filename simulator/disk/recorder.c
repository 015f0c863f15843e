/*
 * Writes down every change that a process makes to the files under one folder, in the order in which they happen, with
 * every sync (fsync(2), fdatasync(2)): enough to rebuild the files as a power cut at any moment might have left them.
 * Loaded with LD_PRELOAD; it stands between the process and the C library, so SQLite and Node both pass through it.
 *
 * QYZYL_RECORD_ROOT  the folder, without a slash at the end
 * QYZYL_RECORD_TO    the recording; not under that folder
 *
 * A record: kind (1 byte), length of the path (4), offset (8), length of the data (4), path, data; numbers are little
 * endian, as on the machine. What is mapped into memory is not seen: SQLite maps only its -shm file, which is made anew
 * after a crash.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

enum { WRITE = 1, TRUNCATE, SYNC, CREATE, UNLINK, RENAME, MAKE_FOLDER };

static pthread_mutex_t order = PTHREAD_MUTEX_INITIALIZER;
static char root[PATH_MAX];
static size_t root_length;
static int recording = -1;

#define REAL(name) ((__typeof__(&name))real(#name))

static void *real(const char *name) {
  void *found = dlsym(RTLD_NEXT, name);
  if (found == NULL) abort();
  return found;
}

__attribute__((constructor)) static void start(void) {
  const char *folder = getenv("QYZYL_RECORD_ROOT");
  const char *to = getenv("QYZYL_RECORD_TO");
  if (folder == NULL || to == NULL || realpath(folder, root) == NULL) return;
  root_length = strlen(root);
  recording = REAL(open64)(to, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
}

static int is_ours(const char *path) {
  return recording >= 0 && strncmp(path, root, root_length) == 0 && (path[root_length] == '/' || path[root_length] == 0);
}

/* The path of an open file of ours; 0 if it is none, or has no name any more. */
static int path_of(int file, char *path) {
  if (recording < 0 || file < 0 || file == recording) return 0;
  char link[64];
  snprintf(link, sizeof link, "/proc/self/fd/%d", file);
  ssize_t length = readlink(link, path, PATH_MAX - 1);
  if (length <= 0) return 0;
  path[length] = 0;
  return is_ours(path) && strstr(path, " (deleted)") == NULL;
}

/* Paths reach us as the process says them; ours are absolute. */
static int absolute(int folder, const char *path, char *result) {
  return (folder == AT_FDCWD || path[0] == '/') && snprintf(result, PATH_MAX, "%s", path) < PATH_MAX && is_ours(result);
}

static void put(const void *bytes, size_t length) {
  const char *at = bytes;
  while (length > 0) {
    ssize_t written = REAL(write)(recording, at, length);
    if (written <= 0) abort();
    at += written;
    length -= (size_t)written;
  }
}

static void record(uint8_t kind, const char *path, uint64_t offset, const void *data, uint32_t length) {
  uint32_t path_length = (uint32_t)strlen(path);
  uint8_t head[17];
  head[0] = kind;
  memcpy(head + 1, &path_length, 4);
  memcpy(head + 5, &offset, 8);
  memcpy(head + 13, &length, 4);
  put(head, sizeof head);
  put(path, path_length);
  put(data, length);
}

/* Does the real thing and writes it down as one step: the recording has the order in which things happened. */
#define STEP(type, call, on_success)      \
  do {                                    \
    pthread_mutex_lock(&order);           \
    type result = (call);                 \
    int error = errno;                    \
    if (result >= 0) { on_success; }      \
    pthread_mutex_unlock(&order);         \
    errno = error;                        \
    return result;                        \
  } while (0)

/* ---------------------------------------------------------------- writing */

static ssize_t recorded_pwrite(int file, const void *data, size_t length, off64_t offset) {
  char path[PATH_MAX];
  if (!path_of(file, path)) return REAL(pwrite64)(file, data, length, offset);
  STEP(ssize_t, REAL(pwrite64)(file, data, length, offset),
       record(WRITE, path, (uint64_t)offset, data, (uint32_t)result));
}

ssize_t pwrite64(int file, const void *data, size_t length, off64_t offset) {
  return recorded_pwrite(file, data, length, offset);
}

ssize_t pwrite(int file, const void *data, size_t length, off_t offset) {
  return recorded_pwrite(file, data, length, offset);
}

ssize_t write(int file, const void *data, size_t length) {
  char path[PATH_MAX];
  if (!path_of(file, path)) return REAL(write)(file, data, length);
  STEP(ssize_t, REAL(write)(file, data, length),
       record(WRITE, path, (uint64_t)(lseek64(file, 0, SEEK_CUR) - result), data, (uint32_t)result));
}

/* Neither SQLite nor Node's synchronous calls gather what they write; if that changes, the recording must not lie. */
ssize_t writev(int file, const struct iovec *parts, int count) {
  char path[PATH_MAX];
  if (path_of(file, path)) abort();
  return REAL(writev)(file, parts, count);
}

ssize_t pwritev64(int file, const struct iovec *parts, int count, off64_t offset) {
  char path[PATH_MAX];
  if (path_of(file, path)) abort();
  return REAL(pwritev64)(file, parts, count, offset);
}

static int recorded_ftruncate(int file, off64_t length) {
  char path[PATH_MAX];
  if (!path_of(file, path)) return REAL(ftruncate64)(file, length);
  STEP(int, REAL(ftruncate64)(file, length), record(TRUNCATE, path, (uint64_t)length, "", 0));
}

int ftruncate64(int file, off64_t length) { return recorded_ftruncate(file, length); }
int ftruncate(int file, off_t length) { return recorded_ftruncate(file, length); }

/* ---------------------------------------------------------------- syncing */

int fsync(int file) {
  char path[PATH_MAX];
  if (!path_of(file, path)) return REAL(fsync)(file);
  STEP(int, REAL(fsync)(file), record(SYNC, path, 0, "", 0));
}

int fdatasync(int file) {
  char path[PATH_MAX];
  if (!path_of(file, path)) return REAL(fdatasync)(file);
  STEP(int, REAL(fdatasync)(file), record(SYNC, path, 0, "", 0));
}

/* ---------------------------------------------------------------- names */

static int recorded_open(int folder, const char *given, int flags, mode_t mode) {
  char path[PATH_MAX];
  if (!(flags & (O_CREAT | O_TRUNC)) || !absolute(folder, given, path)) {
    return REAL(openat64)(folder, given, flags, mode);
  }
  struct stat64 before;
  int is_new = stat64(path, &before) != 0;
  STEP(int, REAL(openat64)(folder, given, flags, mode), {
    if (is_new) record(CREATE, path, 0, "", 0);
    else if (flags & O_TRUNC) record(TRUNCATE, path, 0, "", 0);
  });
}

#define MODE_OF(flags)                                     \
  mode_t mode = 0;                                         \
  if ((flags) & (O_CREAT | __O_TMPFILE)) {                 \
    va_list rest;                                          \
    va_start(rest, flags);                                 \
    mode = va_arg(rest, mode_t);                           \
    va_end(rest);                                          \
  }

int open(const char *path, int flags, ...) {
  MODE_OF(flags)
  return recorded_open(AT_FDCWD, path, flags, mode);
}

int open64(const char *path, int flags, ...) {
  MODE_OF(flags)
  return recorded_open(AT_FDCWD, path, flags | O_LARGEFILE, mode);
}

int openat(int folder, const char *path, int flags, ...) {
  MODE_OF(flags)
  return recorded_open(folder, path, flags, mode);
}

int openat64(int folder, const char *path, int flags, ...) {
  MODE_OF(flags)
  return recorded_open(folder, path, flags | O_LARGEFILE, mode);
}

int unlink(const char *given) {
  char path[PATH_MAX];
  if (!absolute(AT_FDCWD, given, path)) return REAL(unlink)(given);
  STEP(int, REAL(unlink)(given), record(UNLINK, path, 0, "", 0));
}

int unlinkat(int folder, const char *given, int flags) {
  char path[PATH_MAX];
  if (!absolute(folder, given, path)) return REAL(unlinkat)(folder, given, flags);
  STEP(int, REAL(unlinkat)(folder, given, flags), record(UNLINK, path, 0, "", 0));
}

int rename(const char *from, const char *to) {
  char path[PATH_MAX];
  if (!absolute(AT_FDCWD, from, path)) return REAL(rename)(from, to);
  STEP(int, REAL(rename)(from, to), record(RENAME, path, 0, to, (uint32_t)strlen(to)));
}

int mkdir(const char *given, mode_t mode) {
  char path[PATH_MAX];
  if (!absolute(AT_FDCWD, given, path)) return REAL(mkdir)(given, mode);
  STEP(int, REAL(mkdir)(given, mode), record(MAKE_FOLDER, path, 0, "", 0));
}
