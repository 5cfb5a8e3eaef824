/* The calls come here by the linker's --wrap, so nothing the journal does passes unseen. */
#include "rig.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

enum { A_WHILE = 12 };

struct rig *rig;

void
rig_start(void)
{
	rig = mmap(NULL, sizeof *rig, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (rig == MAP_FAILED)
		abort();
}

/* What shall happen to this call: whether it is the one, or one of those behind it. */
static bool
meant(const char *name)
{
	if (!rig->on)
		return false;
	int n = rig->calls++;
	if (n == rig->at)
		rig->name = name;
	else if (n < rig->at || !rig->ever || strcmp(rig->name, name) != 0)
		return false;
	return rig->fault != RIG_WHILE || rig->times++ < A_WHILE;
}

static void
killed(void)
{
	raise(SIGKILL);
}

/* True where the call is not made at all, with errno set. */
static bool
refused(const char *name, bool *behind)
{
	*behind = false;
	if (!meant(name))
		return false;
	switch (rig->fault) {
	case RIG_KILL_BEFORE:
	case RIG_KILL_IN:
		killed();
		break;
	case RIG_KILL_AFTER:
		*behind = true;
		return false;
	case RIG_HALF:
		return false;
	case RIG_ERROR:
	case RIG_WHILE:
	case RIG_HALF_ERROR:
		break;
	}
	errno = rig->error;
	return true;
}

static int
done(int r, bool behind)
{
	if (behind)
		killed();
	return r;
}

#define CALL(name, result, ...)                                                                    \
	bool behind;                                                                               \
	if (refused(name, &behind))                                                                \
		return -1;                                                                         \
	return done(__real_##result(__VA_ARGS__), behind)

int __real_openat64(int folder, const char *name, int flags, mode_t mode);
int __wrap_openat64(int folder, const char *name, int flags, mode_t mode);
int __real_open64(const char *name, int flags, mode_t mode);
int __wrap_open64(const char *name, int flags, mode_t mode);
int __real_fcntl64(int fd, int what, void *arg);
int __wrap_fcntl64(int fd, int what, void *arg);
int __real_fstat64(int fd, struct stat *st);
int __wrap_fstat64(int fd, struct stat *st);
int __real_fstatat64(int folder, const char *name, struct stat *st, int flags);
int __wrap_fstatat64(int folder, const char *name, struct stat *st, int flags);
int __real_fallocate64(int fd, int mode, int64_t from, int64_t n);
int __wrap_fallocate64(int fd, int mode, int64_t from, int64_t n);
int __real_fdatasync(int fd);
int __wrap_fdatasync(int fd);
int __real_fsync(int fd);
int __wrap_fsync(int fd);
int __real_ftruncate64(int fd, int64_t size);
int __wrap_ftruncate64(int fd, int64_t size);
int __real_linkat(int a, const char *from, int b, const char *to, int flags);
int __wrap_linkat(int a, const char *from, int b, const char *to, int flags);
int __real_unlinkat(int folder, const char *name, int flags);
int __wrap_unlinkat(int folder, const char *name, int flags);
int __real_renameat(int a, const char *from, int b, const char *to);
int __wrap_renameat(int a, const char *from, int b, const char *to);
int __real_renameat2(int a, const char *from, int b, const char *to, unsigned flags);
int __wrap_renameat2(int a, const char *from, int b, const char *to, unsigned flags);
ssize_t __real_write(int fd, const void *p, size_t n);
ssize_t __wrap_write(int fd, const void *p, size_t n);
ssize_t __real_pwrite64(int fd, const void *p, size_t n, int64_t at);
ssize_t __wrap_pwrite64(int fd, const void *p, size_t n, int64_t at);
ssize_t __real_pread64(int fd, void *p, size_t n, int64_t at);
ssize_t __wrap_pread64(int fd, void *p, size_t n, int64_t at);

int
__wrap_openat64(int folder, const char *name, int flags, mode_t mode)
{
	CALL("openat", openat64, folder, name, flags, mode);
}

int
__wrap_open64(const char *name, int flags, mode_t mode)
{
	CALL("open", open64, name, flags, mode);
}

int
__wrap_fcntl64(int fd, int what, void *arg)
{
	CALL("fcntl", fcntl64, fd, what, arg);
}

int
__wrap_fstat64(int fd, struct stat *st)
{
	CALL("fstat", fstat64, fd, st);
}

int
__wrap_fstatat64(int folder, const char *name, struct stat *st, int flags)
{
	CALL("fstatat", fstatat64, folder, name, st, flags);
}

int
__wrap_fallocate64(int fd, int mode, int64_t from, int64_t n)
{
	CALL("fallocate", fallocate64, fd, mode, from, n);
}

int
__wrap_fdatasync(int fd)
{
	CALL("fdatasync", fdatasync, fd);
}

int
__wrap_fsync(int fd)
{
	CALL("fsync", fsync, fd);
}

int
__wrap_ftruncate64(int fd, int64_t size)
{
	CALL("ftruncate", ftruncate64, fd, size);
}

int
__wrap_linkat(int a, const char *from, int b, const char *to, int flags)
{
	CALL("linkat", linkat, a, from, b, to, flags);
}

int
__wrap_unlinkat(int folder, const char *name, int flags)
{
	CALL("unlinkat", unlinkat, folder, name, flags);
}

int
__wrap_renameat(int a, const char *from, int b, const char *to)
{
	CALL("renameat", renameat, a, from, b, to);
}

int
__wrap_renameat2(int a, const char *from, int b, const char *to, unsigned flags)
{
	CALL("renameat2", renameat2, a, from, b, to, flags);
}

/* How much of n bytes passes; -1 none, with errno. *dies: the process does not live to see it. */
static ssize_t
passes(const char *name, size_t n, bool *dies)
{
	*dies = false;
	if (!meant(name))
		return (ssize_t)n;
	switch (rig->fault) {
	case RIG_KILL_BEFORE:
		killed();
		break;
	case RIG_KILL_AFTER:
		*dies = true;
		return (ssize_t)n;
	case RIG_KILL_IN:
		*dies = true;
		return (ssize_t)(n / 2);
	case RIG_HALF:
		return (ssize_t)(n > 1 ? n / 2 : n);
	case RIG_HALF_ERROR:
		if (rig->times++ == 0 && n > 1)
			return (ssize_t)(n / 2);
		break;
	case RIG_ERROR:
	case RIG_WHILE:
		break;
	}
	errno = rig->error;
	return -1;
}

static ssize_t
passed(ssize_t r, bool dies)
{
	if (dies)
		killed();
	return r;
}

ssize_t
__wrap_write(int fd, const void *p, size_t n)
{
	bool dies;
	ssize_t some = passes("write", n, &dies);
	return some < 0 ? -1 : passed(__real_write(fd, p, (size_t)some), dies);
}

ssize_t
__wrap_pwrite64(int fd, const void *p, size_t n, int64_t at)
{
	bool dies;
	ssize_t some = passes("pwrite", n, &dies);
	return some < 0 ? -1 : passed(__real_pwrite64(fd, p, (size_t)some, at), dies);
}

ssize_t
__wrap_pread64(int fd, void *p, size_t n, int64_t at)
{
	bool dies;
	ssize_t some = passes("pread", n, &dies);
	return some < 0 ? -1 : passed(__real_pread64(fd, p, (size_t)some, at), dies);
}
