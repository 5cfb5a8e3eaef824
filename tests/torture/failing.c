/*
 * A world for one program, for LD_PRELOAD, in which a system call on files
 * fails: DAIS_CALL=N is its number from 1 on, DAIS_CALL_ERROR its errno, 0 kills
 * the process there, -1 writes or reads half; with DAIS_CALL_EVER all later ones
 * of its kind do the same. How many were made stands in the file DAIS_CALLS
 * when it is over.
 */
/* Both of open() and open64() are meant, and as they are. */
#undef _FILE_OFFSET_BITS
#undef _FORTIFY_SOURCE

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

static long at, made;
static int error;
static bool ever;
static const char *kind;

__attribute__((constructor)) static void
begin(void)
{
	const char *number = getenv("DAIS_CALL"), *what = getenv("DAIS_CALL_ERROR");
	at = number ? atol(number) : 0;
	error = what ? atoi(what) : 0;
	ever = getenv("DAIS_CALL_EVER") != NULL;
	made = 0; /* what the loader did is not counted */
}

__attribute__((destructor)) static void
end(void)
{
	const char *path = getenv("DAIS_CALLS");
	FILE *f = path ? fopen(path, "we") : NULL;
	at = 0;
	if (f) {
		fprintf(f, "%ld\n", made);
		fclose(f);
	}
}

static void *
real(const char *name)
{
	return dlsym(RTLD_NEXT, name);
}

/* True where this call fails; *n is cut where it only does less. */
static bool
fails(const char *name, size_t *n)
{
	long now = __atomic_add_fetch(&made, 1, __ATOMIC_RELAXED);
	if (!at || now < at || (now > at && !(ever && kind && strcmp(kind, name) == 0)))
		return false;
	kind = name;
	if (error == 0)
		raise(SIGKILL);
	if (error < 0) {
		*n = *n > 1 ? *n / 2 : *n;
		return false;
	}
	errno = error;
	return true;
}

#define OPEN(name)                                                                                 \
	int name(const char *path, int flags, ...)                                                 \
	{                                                                                          \
		int (*call)(const char *, int, ...);                                               \
		size_t none = 0;                                                                   \
		va_list more;                                                                      \
		va_start(more, flags);                                                             \
		mode_t mode = flags & O_CREAT ? va_arg(more, mode_t) : 0;                          \
		va_end(more);                                                                      \
		*(void **)&call = real(#name);                                                     \
		return fails("open", &none) ? -1 : call(path, flags, mode);                        \
	}
#define OPENAT(name)                                                                               \
	int name(int folder, const char *path, int flags, ...)                                     \
	{                                                                                          \
		int (*call)(int, const char *, int, ...);                                          \
		size_t none = 0;                                                                   \
		va_list more;                                                                      \
		va_start(more, flags);                                                             \
		mode_t mode = flags & O_CREAT ? va_arg(more, mode_t) : 0;                          \
		va_end(more);                                                                      \
		*(void **)&call = real(#name);                                                     \
		return fails("open", &none) ? -1 : call(folder, path, flags, mode);                \
	}
OPEN(open)
OPEN(open64)
OPENAT(openat)
OPENAT(openat64)

ssize_t
read(int fd, void *p, size_t n)
{
	ssize_t (*call)(int, void *, size_t);
	*(void **)&call = real("read");
	return fails("read", &n) ? -1 : call(fd, p, n);
}

ssize_t
pread64(int fd, void *p, size_t n, off64_t from)
{
	ssize_t (*call)(int, void *, size_t, off64_t);
	*(void **)&call = real("pread64");
	return fails("pread", &n) ? -1 : call(fd, p, n, from);
}

ssize_t
write(int fd, const void *p, size_t n)
{
	ssize_t (*call)(int, const void *, size_t);
	*(void **)&call = real("write");
	return fails("write", &n) ? -1 : call(fd, p, n);
}

int
fsync(int fd)
{
	int (*call)(int);
	size_t none = 0;
	*(void **)&call = real("fsync");
	return fails("fsync", &none) ? -1 : call(fd);
}

int
close(int fd)
{
	int (*call)(int);
	size_t none = 0;
	*(void **)&call = real("close");
	int r = call(fd);
	return fails("close", &none) ? -1 : r; /* it is closed all the same */
}

int
unlink(const char *path)
{
	int (*call)(const char *);
	size_t none = 0;
	*(void **)&call = real("unlink");
	return fails("unlink", &none) ? -1 : call(path);
}
