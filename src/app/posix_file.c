/* Files that a person names. Opening never waits: a fifo or a device is told as what it is. */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "internal.h"

static int
read_all(int fd, size_t most, struct buf *out)
{
	struct stat st;
	if (fstat(fd, &st) < 0)
		return -errno;
	if (S_ISDIR(st.st_mode))
		return -EISDIR;
	if (!S_ISREG(st.st_mode))
		return -EINVAL;
	if (st.st_size > (off_t)most)
		return -EFBIG;
	for (;;) {
		buf_reserve(out, 65536);
		ssize_t n = read(fd, out->p + out->n, 65536);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return -errno;
		if (n == 0)
			break;
		out->n += (size_t)n;
		if (out->n > most)
			return -EFBIG;
	}
	buf_reserve(out, 1);
	out->p[out->n] = 0;
	return 0;
}

int
file_read(const char *path, size_t most, struct buf *out)
{
	int fd = open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
	if (fd < 0)
		return -errno;
	int error = read_all(fd, most, out);
	close(fd);
	return error;
}

static int
write_all(int fd, struct str text)
{
	while (text.n) {
		ssize_t n = write(fd, text.p, text.n);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return -errno;
		text = str_from(text, (size_t)n);
	}
	return 0;
}

int
file_create(const char *path, struct str text, unsigned mode)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode);
	if (fd < 0)
		return -errno;
	int error = write_all(fd, text);
	if (!error && fsync(fd) < 0)
		error = -errno;
	if (close(fd) < 0 && !error)
		error = -errno;
	if (error)
		unlink(path); /* half a file would be taken for a whole one */
	return error;
}

const char *
file_why(int error)
{
	static const struct {
		int error;
		const char *why;
	} known[] = {
		{-ENOENT, N_("there is no such file")},
		{-EACCES, N_("it may not be read or written by you")},
		{-EPERM, N_("it may not be read or written by you")},
		{-EISDIR, N_("it is a folder")},
		{-EINVAL, N_("it is no ordinary file")},
		{-EFBIG, N_("it is too large")},
		{-EEXIST, N_("it is there already")},
		{-ENOSPC, N_("the disk is full")},
		{-EDQUOT, N_("the disk quota is used up")},
		{-EROFS, N_("the disk is read-only")},
		{-EIO, N_("the disk reports an error")},
		{-ESTALE, N_("another program changed it")},
		{-EMSGSIZE, N_("its first line would be too long")},
		{-ENOTDIR, N_("a part of its path is no folder")},
		{-ELOOP, N_("it is a symbolic link")},
	};
	for (size_t i = 0; i < sizeof known / sizeof *known; i++)
		if (known[i].error == error)
			return _(known[i].why);
	return strerror(-error);
}
