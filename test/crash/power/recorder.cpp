// Loaded into a process before its C library (LD_PRELOAD): writes down what the process does to the files below
// RECORDER_ROOT, in order, to RECORDER_FILE, and lets it happen. From the record the test makes what a disk could
// hold after the loss of power at any moment (disk.ts). One record: kind, 4 bytes length of the path, 8 bytes
// offset, 4 bytes length of the data, path, data; numbers little-endian. Knows nothing of the product.
//
// Kinds: 'w' write, 't' truncate (offset is the size), 's' sync of a file or folder, 'c' a file made, 'm' a folder
// made, 'r' rename (data is the new path), 'u' file removed, 'd' folder removed.
#include <dlfcn.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

#include <string>

namespace {

template <typename Function>
Function real(const char *name) {
  return reinterpret_cast<Function>(dlsym(RTLD_NEXT, name));
}

ssize_t realWrite(int fd, const void *data, size_t size) {
  static auto function = real<ssize_t (*)(int, const void *, size_t)>("write");
  return function(fd, data, size);
}

pthread_mutex_t mutex = PTHREAD_RECURSIVE_MUTEX_INITIALIZER_NP;

// What is done and what is written down must be in the same order, whatever threads do.
struct Turn {
  Turn() { pthread_mutex_lock(&mutex); }
  ~Turn() { pthread_mutex_unlock(&mutex); }
};

const char *root() {
  static const char *value = getenv("RECORDER_ROOT");
  return value;
}

int recordFile() {
  static int fd = [] {
    const char *path = getenv("RECORDER_FILE");
    static auto open64 = real<int (*)(const char *, int, ...)>("open64");
    return path == nullptr ? -1 : open64(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  }();
  return fd;
}

bool isBelowRoot(const std::string &path) {
  return root() != nullptr && path.rfind(root(), 0) == 0;
}

void record(char kind, const std::string &path, uint64_t offset, const void *data, uint32_t size) {
  const uint32_t length = path.size();
  std::string out(1, kind);
  out.append(reinterpret_cast<const char *>(&length), sizeof length);
  out.append(reinterpret_cast<const char *>(&offset), sizeof offset);
  out.append(reinterpret_cast<const char *>(&size), sizeof size);
  out += path;
  out.append(static_cast<const char *>(data), size);
  if (realWrite(recordFile(), out.data(), out.size()) != static_cast<ssize_t>(out.size())) abort();
}

void note(char kind, const std::string &path, uint64_t offset = 0) { record(kind, path, offset, "", 0); }

// Path of an open file; empty when it is none of ours.
std::string pathOf(int fd) {
  if (root() == nullptr) return "";
  char link[64], path[4096];
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  const ssize_t length = readlink(link, path, sizeof path);
  const std::string found(path, length < 0 ? 0 : length);
  return isBelowRoot(found) ? found : "";
}

bool exists(const char *path) {
  struct stat found;
  return lstat(path, &found) == 0;
}

void notePieces(const std::string &path, const struct iovec *pieces, int count, uint64_t offset, ssize_t done) {
  for (int index = 0; index < count && done > 0; index += 1) {
    const size_t size = static_cast<size_t>(done) < pieces[index].iov_len ? done : pieces[index].iov_len;
    record('w', path, offset, pieces[index].iov_base, size);
    offset += size;
    done -= size;
  }
}

// Where a write without a position goes.
uint64_t placeOf(int fd) {
  struct stat found;
  const bool appends = (fcntl(fd, F_GETFL) & O_APPEND) != 0;
  return appends && fstat(fd, &found) == 0 ? found.st_size : lseek(fd, 0, SEEK_CUR);
}

}  // namespace

extern "C" {

int open64(const char *path, int flags, ...) {
  static auto function = real<int (*)(const char *, int, ...)>("open64");
  va_list rest;
  va_start(rest, flags);
  const mode_t mode = va_arg(rest, mode_t);
  va_end(rest);
  if (!isBelowRoot(path)) return function(path, flags, mode);
  Turn turn;
  const bool isNew = (flags & O_CREAT) != 0 && !exists(path);
  const int fd = function(path, flags, mode);
  if (fd >= 0 && isNew) note('c', path);
  if (fd >= 0 && !isNew && (flags & O_TRUNC) != 0) note('t', path, 0);
  return fd;
}

ssize_t write(int fd, const void *data, size_t size) {
  const std::string path = fd > 2 ? pathOf(fd) : "";
  if (path.empty()) return realWrite(fd, data, size);
  Turn turn;
  const uint64_t offset = placeOf(fd);
  const ssize_t done = realWrite(fd, data, size);
  if (done > 0) record('w', path, offset, data, done);
  return done;
}

ssize_t pwrite64(int fd, const void *data, size_t size, off64_t offset) {
  static auto function = real<ssize_t (*)(int, const void *, size_t, off64_t)>("pwrite64");
  const std::string path = pathOf(fd);
  if (path.empty()) return function(fd, data, size, offset);
  Turn turn;
  const ssize_t done = function(fd, data, size, offset);
  if (done > 0) record('w', path, offset, data, done);
  return done;
}

ssize_t writev(int fd, const struct iovec *pieces, int count) {
  static auto function = real<ssize_t (*)(int, const struct iovec *, int)>("writev");
  const std::string path = fd > 2 ? pathOf(fd) : "";
  if (path.empty()) return function(fd, pieces, count);
  Turn turn;
  const uint64_t offset = placeOf(fd);
  const ssize_t done = function(fd, pieces, count);
  notePieces(path, pieces, count, offset, done);
  return done;
}

ssize_t pwritev64(int fd, const struct iovec *pieces, int count, off64_t offset) {
  static auto function = real<ssize_t (*)(int, const struct iovec *, int, off64_t)>("pwritev64");
  const std::string path = pathOf(fd);
  if (path.empty()) return function(fd, pieces, count, offset);
  Turn turn;
  const ssize_t done = function(fd, pieces, count, offset);
  notePieces(path, pieces, count, offset, done);
  return done;
}

int ftruncate64(int fd, off64_t size) {
  static auto function = real<int (*)(int, off64_t)>("ftruncate64");
  const std::string path = pathOf(fd);
  Turn turn;
  const int failed = function(fd, size);
  if (failed == 0 && !path.empty()) note('t', path, size);
  return failed;
}

int fsync(int fd) {
  static auto function = real<int (*)(int)>("fsync");
  const std::string path = pathOf(fd);
  Turn turn;
  const int failed = function(fd);
  if (failed == 0 && !path.empty()) note('s', path);
  return failed;
}

int fdatasync(int fd) {
  static auto function = real<int (*)(int)>("fdatasync");
  const std::string path = pathOf(fd);
  Turn turn;
  const int failed = function(fd);
  if (failed == 0 && !path.empty()) note('s', path);
  return failed;
}

int rename(const char *from, const char *to) {
  static auto function = real<int (*)(const char *, const char *)>("rename");
  Turn turn;
  const int failed = function(from, to);
  if (failed == 0 && isBelowRoot(from)) record('r', from, 0, to, strlen(to));
  return failed;
}

int unlink(const char *path) {
  static auto function = real<int (*)(const char *)>("unlink");
  Turn turn;
  const int failed = function(path);
  if (failed == 0 && isBelowRoot(path)) note('u', path);
  return failed;
}

int mkdir(const char *path, mode_t mode) {
  static auto function = real<int (*)(const char *, mode_t)>("mkdir");
  Turn turn;
  const int failed = function(path, mode);
  if (failed == 0 && isBelowRoot(path)) note('m', path);
  return failed;
}

int rmdir(const char *path) {
  static auto function = real<int (*)(const char *)>("rmdir");
  Turn turn;
  const int failed = function(path);
  if (failed == 0 && isBelowRoot(path)) note('d', path);
  return failed;
}

}  // extern "C"
