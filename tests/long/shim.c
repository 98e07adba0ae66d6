/* Loaded before libc (LD_PRELOAD): stands before every call that leaves a trace outside a process.

   SHIM_KILL_AT=N   the process dies by SIGKILL instead of making its Nth such call.
   SHIM_COUNT=FILE  a byte a call is appended, the first letter of its name.
   SHIM_LOG=FILE    what is done to files under SHIM_UNDER, and sent to sockets, in order:
                    a header {op, length of the path, offset or handle, length of the data}, the
                    path, the data. A sync is told when it has ended, all else before it begins. */

#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

struct header { char op; char pad[3]; uint32_t path; uint64_t at; uint64_t size; };

static pthread_mutex_t guard = PTHREAD_MUTEX_INITIALIZER;
static long calls, kill_at;
static int count_file = -1, log_file = -1;
static const char *under;

static int open_own(const char *variable) {
    const char *path = getenv(variable);
    return path ? (int)syscall(SYS_openat, AT_FDCWD, path, O_CREAT | O_APPEND | O_WRONLY, 0600) : -1;
}

__attribute__((constructor)) static void begin(void) {
    const char *at = getenv("SHIM_KILL_AT");
    kill_at = at ? atol(at) : 0;
    under = getenv("SHIM_UNDER");
    count_file = open_own("SHIM_COUNT");
    log_file = open_own("SHIM_LOG");
}

static void stand_before(char op) {
    long now = __atomic_add_fetch(&calls, 1, __ATOMIC_SEQ_CST);
    if (count_file >= 0) syscall(SYS_write, count_file, &op, 1);
    if (now == kill_at) syscall(SYS_kill, getpid(), SIGKILL);
}

static int is_ours(const char *path) {
    return log_file >= 0 && under && strncmp(path, under, strlen(under)) == 0;
}

static int path_of(int handle, char *path, size_t size) {
    char link[64];
    snprintf(link, sizeof link, "/proc/self/fd/%d", handle);
    ssize_t length = readlink(link, path, size - 1);
    path[length < 0 ? 0 : length] = 0;
    return is_ours(path);
}

static void tell(char op, const char *path, uint64_t at, const void *data, uint64_t size) {
    struct header header = {op, {0}, (uint32_t)strlen(path), at, size};
    struct iovec parts[3] = {
        {&header, sizeof header}, {(void *)path, header.path}, {(void *)data, size}};
    pthread_mutex_lock(&guard);
    syscall(SYS_writev, log_file, parts, 3);
    pthread_mutex_unlock(&guard);
}

static int64_t place(int handle) {
    struct stat about;
    if (!(fcntl(handle, F_GETFL) & O_APPEND)) return lseek(handle, 0, SEEK_CUR);
    return fstat(handle, &about) ? -1 : about.st_size;
}

static void tell_write(int handle, const void *data, uint64_t size, int64_t at) {
    char path[4096];
    struct stat about;
    if (log_file < 0 || fstat(handle, &about)) return;
    if (S_ISSOCK(about.st_mode)) tell('s', "", (uint64_t)handle, data, size);
    else if (path_of(handle, path, sizeof path)) tell('w', path, (uint64_t)at, data, size);
}

static void tell_parts(int handle, const struct iovec *parts, size_t count) {
    int64_t at = place(handle);
    for (size_t i = 0; i < count; at += parts[i++].iov_len)
        tell_write(handle, parts[i].iov_base, parts[i].iov_len, at);
}

static int synced(int handle, int result) {
    char path[4096];
    if (!result && log_file >= 0 && path_of(handle, path, sizeof path)) tell('f', path, 0, "", 0);
    return result;
}

ssize_t write(int handle, const void *data, size_t size) {
    stand_before('w');
    tell_write(handle, data, size, place(handle));
    return REAL(write)(handle, data, size);
}

ssize_t writev(int handle, const struct iovec *parts, int count) {
    stand_before('w');
    tell_parts(handle, parts, (size_t)count);
    return REAL(writev)(handle, parts, count);
}

ssize_t pwrite64(int handle, const void *data, size_t size, off64_t at) {
    stand_before('p');
    tell_write(handle, data, size, at);
    return REAL(pwrite64)(handle, data, size, at);
}

ssize_t pwrite(int handle, const void *data, size_t size, off_t at) {
    return pwrite64(handle, data, size, at);
}

int fsync(int handle) {
    stand_before('f');
    return synced(handle, REAL(fsync)(handle));
}

int fdatasync(int handle) {
    stand_before('f');
    return synced(handle, REAL(fdatasync)(handle));
}

int ftruncate64(int handle, off64_t size) {
    char path[4096];
    stand_before('t');
    if (log_file >= 0 && path_of(handle, path, sizeof path)) tell('t', path, (uint64_t)size, "", 0);
    return REAL(ftruncate64)(handle, size);
}

int ftruncate(int handle, off_t size) { return ftruncate64(handle, size); }

ssize_t send(int handle, const void *data, size_t size, int flags) {
    stand_before('s');
    tell_write(handle, data, size, place(handle));
    return REAL(send)(handle, data, size, flags);
}

ssize_t sendto(int handle, const void *data, size_t size, int flags, const struct sockaddr *to,
               socklen_t length) {
    stand_before('s');
    tell_write(handle, data, size, place(handle));
    return REAL(sendto)(handle, data, size, flags, to, length);
}

ssize_t sendmsg(int handle, const struct msghdr *message, int flags) {
    stand_before('s');
    tell_parts(handle, message->msg_iov, message->msg_iovlen);
    return REAL(sendmsg)(handle, message, flags);
}

int unlink(const char *path) {
    stand_before('u');
    if (is_ours(path)) tell('u', path, 0, "", 0);
    return REAL(unlink)(path);
}

int rename(const char *from, const char *to) {
    stand_before('r');
    if (is_ours(from)) tell('r', from, 0, to, strlen(to));
    return REAL(rename)(from, to);
}
