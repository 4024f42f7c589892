/* Stands between a program and the disk: lets one call of a kind fail, last, or be the last one.

   Loaded before the C library (LD_PRELOAD). Only calls on files below one folder count, and only
   in a process that has armed it. The plan is in memory shared with the process that forked it. */

#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <limits.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

enum { WRITE = 1, SYNC = 2, FOLDER_SYNC = 4, TRUNCATE = 8, UNLINK = 16, RENAME = 32, READ = 64 };
enum { FAIL = 0, SHORT = 1, SLEEP = 2, KILL = 3, STOP = 4 };

struct plan {
    int kinds, action, error, milliseconds;
    long nth, times;          /* the nth call of these kinds, and how many from there on */
    long seen, hit;           /* answers: calls seen, calls acted upon */
    char folder[PATH_MAX];
};

static struct plan *plan;
static int armed;

__attribute__((constructor)) static void prepare(void) {
    plan = mmap(NULL, sizeof *plan, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
}

struct plan *drill_plan(void) { return plan; }
void drill_arm(int yes) { armed = yes; }

static int below(const char *path) {
    return !strncmp(path, plan->folder, strlen(plan->folder));
}

static int ours(int fd) {
    char link[64], path[PATH_MAX];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, sizeof path - 1);
    if (length < 0) return 0;
    path[length] = 0;
    return below(path);
}

/* Whether this call is to fail; anything else that is planned happens here. */
static int acts(int kind) {
    if (!(plan->kinds & kind)) return 0;
    long number = ++plan->seen;
    if (!plan->nth || number < plan->nth) return 0;
    if (plan->times >= 0 && number >= plan->nth + plan->times) return 0;
    plan->hit++;
    if (plan->action == KILL) kill(getpid(), SIGKILL);
    if (plan->action == STOP) { kill(getpid(), SIGSTOP); return 0; }
    if (plan->action == SLEEP) {
        struct timespec pause = {plan->milliseconds / 1000, plan->milliseconds % 1000 * 1000000L};
        nanosleep(&pause, NULL);
        return 0;
    }
    return 1;
}

static int fails(int kind) {
    if (!acts(kind)) return 0;
    errno = plan->error;
    return 1;
}

#define REAL(result, name, ...) \
    static result (*real)(__VA_ARGS__); \
    if (!real) real = dlsym(RTLD_NEXT, name)

ssize_t write(int fd, const void *data, size_t length) {
    REAL(ssize_t, "write", int, const void *, size_t);
    if (armed && ours(fd) && acts(WRITE)) {
        if (plan->action == SHORT && length > 1) return real(fd, data, length / 2);
        errno = plan->error;
        return -1;
    }
    return real(fd, data, length);
}

ssize_t pwrite64(int fd, const void *data, size_t length, off64_t at) {
    REAL(ssize_t, "pwrite64", int, const void *, size_t, off64_t);
    if (armed && ours(fd) && acts(WRITE)) {
        if (plan->action == SHORT && length > 1) return real(fd, data, length / 2, at);
        errno = plan->error;
        return -1;
    }
    return real(fd, data, length, at);
}

ssize_t pwrite(int fd, const void *data, size_t length, off_t at) {
    return pwrite64(fd, data, length, at);
}

int fsync(int fd) {
    REAL(int, "fsync", int);
    struct stat of;
    if (armed && ours(fd)) {
        int kind = !fstat(fd, &of) && S_ISDIR(of.st_mode) ? FOLDER_SYNC : SYNC;
        if (fails(kind)) return -1;
    }
    return real(fd);
}

int fdatasync(int fd) {
    REAL(int, "fdatasync", int);
    if (armed && ours(fd) && fails(SYNC)) return -1;
    return real(fd);
}

int ftruncate64(int fd, off64_t length) {
    REAL(int, "ftruncate64", int, off64_t);
    if (armed && ours(fd) && fails(TRUNCATE)) return -1;
    return real(fd, length);
}

int ftruncate(int fd, off_t length) { return ftruncate64(fd, length); }

int unlink(const char *path) {
    REAL(int, "unlink", const char *);
    if (armed && below(path) && fails(UNLINK)) return -1;
    return real(path);
}

int rename(const char *from, const char *to) {
    REAL(int, "rename", const char *, const char *);
    if (armed && below(to) && fails(RENAME)) return -1;
    return real(from, to);
}

ssize_t read(int fd, void *data, size_t length) {
    REAL(ssize_t, "read", int, void *, size_t);
    if (armed && ours(fd) && fails(READ)) return -1;
    return real(fd, data, length);
}

ssize_t pread64(int fd, void *data, size_t length, off64_t at) {
    REAL(ssize_t, "pread64", int, void *, size_t, off64_t);
    if (armed && ours(fd) && fails(READ)) return -1;
    return real(fd, data, length, at);
}

ssize_t pread(int fd, void *data, size_t length, off_t at) { return pread64(fd, data, length, at); }
