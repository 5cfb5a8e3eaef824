/*
 * A disk that fails on command, for LD_PRELOAD. The folder DAIS_FAULTS holds
 * links whose text says what goes wrong while they are there, for files whose
 * name has .dais in it (but for the mark, which nobody waits for):
 *     write, sync    fails with the errno that the link's text is
 *     sync.once      the same for one call, which takes the link away
 *     sync.hold      waits until the link is gone
 * With chairs. before it, only the chairs' log is meant.
 */
#include <dlfcn.h>
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <time.h>
#include <unistd.h>

/* The number that a link's text is; 0 without the link. */
static int
told(const char *what, bool chairs, bool take)
{
	char path[4096], text[16];
	const char *folder = getenv("DAIS_FAULTS");
	if (!folder)
		return 0;
	snprintf(path, sizeof path, "%s/%s%s", folder, chairs ? "chairs." : "", what);
	ssize_t n = readlink(path, text, sizeof text - 1);
	if (n <= 0)
		return 0;
	text[n] = 0;
	/* Of several threads only one takes it. */
	return take && unlink(path) < 0 ? 0 : atoi(text);
}

static int
told_of(int fd, const char *what, bool take)
{
	char link[64], path[4096];
	snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
	ssize_t n = readlink(link, path, sizeof path - 1);
	path[n > 0 ? n : 0] = 0;
	if (!strstr(path, ".dais") || strstr(path, ".mark"))
		return 0;
	int error = told(what, false, take);
	return error || !strstr(path, ".chairs.") ? error : told(what, true, take);
}

static int
sync_fault(int fd)
{
	while (told_of(fd, "sync.hold", false))
		nanosleep(&(struct timespec){.tv_nsec = 2000000}, NULL);
	int error = told_of(fd, "sync.once", true);
	return error ? error : told_of(fd, "sync", false);
}

ssize_t
write(int fd, const void *p, size_t n)
{
	ssize_t (*real)(int, const void *, size_t);
	int error = told_of(fd, "write", false);
	if (error) {
		errno = error;
		return -1;
	}
	*(void **)&real = dlsym(RTLD_NEXT, "write");
	return real(fd, p, n);
}

int
fdatasync(int fd)
{
	int (*real)(int);
	int error = sync_fault(fd);
	if (error) {
		errno = error;
		return -1;
	}
	*(void **)&real = dlsym(RTLD_NEXT, "fdatasync");
	return real(fd);
}
