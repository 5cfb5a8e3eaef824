/*
 * Files of secrets. Written beside, synced, and put in place with one rename:
 * a key that was confirmed must not be half a file after a power cut.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "internal.h"

enum { KEEP_MAX = 1 << 20 };

static int
write_all(int fd, struct str text)
{
	while (text.n > 0) {
		ssize_t n = write(fd, text.p, text.n);
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return n < 0 ? -errno : -ENOSPC;
		text = str_from(text, (size_t)n);
	}
	return fsync(fd) < 0 ? -errno : 0;
}

static int
folder_sync(const char *path)
{
	const char *slash = strrchr(path, '/');
	char *folder =
		slash ? str_dup((struct str){path, (size_t)(slash - path) + 1}) : xstrdup(".");
	int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	int rc = fd < 0 || fsync(fd) < 0 ? -errno : 0;
	if (fd >= 0)
		close(fd);
	free(folder);
	return rc;
}

int
keep_write(const char *path, struct str text)
{
	struct buf beside = {0};
	buf_puts(&beside, path);
	buf_puts(&beside, ".new");
	/* Of a writer that died. */
	unlink(beside.p);
	int fd = open(beside.p, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
	int rc = fd < 0 ? -errno : write_all(fd, text);
	if (fd >= 0)
		close(fd);
	if (rc == 0 && rename(beside.p, path) < 0)
		rc = -errno;
	if (rc < 0 && fd >= 0)
		unlink(beside.p);
	buf_finish(&beside);
	return rc < 0 ? rc : folder_sync(path);
}

int
keep_read(const char *path, struct buf *out)
{
	struct stat is;
	int fd = open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
	if (fd < 0)
		return -errno;
	int rc = fstat(fd, &is) < 0 ? -errno : 0;
	if (rc == 0 && (!S_ISREG(is.st_mode) || is.st_uid != geteuid() || (is.st_mode & 077)))
		rc = -EPERM;
	if (rc == 0 && is.st_size > KEEP_MAX)
		rc = -EFBIG;
	while (rc == 0) {
		buf_reserve(out, 4096);
		ssize_t n = read(fd, out->p + out->n, 4096);
		if (n == 0)
			break;
		if (n > 0)
			out->n += (size_t)n;
		else if (errno != EINTR)
			rc = -errno;
		if (out->n > KEEP_MAX)
			rc = -EFBIG;
	}
	if (out->p)
		out->p[out->n] = 0;
	close(fd);
	return rc;
}
