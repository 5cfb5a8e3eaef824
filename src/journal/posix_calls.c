/* Every system call that can come between a record and the disk, in one place, so that a test can
 * let each of them fail. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "internal.h"

static int
ask(const struct journal_calls *c, const char *call)
{
	return c && c->before ? c->before(c->ctx, call) : 0;
}

static int
answer(int result)
{
	return result < 0 ? -errno : result;
}

int
call_open(const struct journal_calls *c, int folder, const char *name, int flags)
{
	int r = ask(c, "open");
	if (r < 0)
		return r;
	/* Never follows a link, never waits for the other end of a pipe. */
	flags |= O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY;
	return answer(openat(folder, name, flags, 0600));
}

int
call_lock(const struct journal_calls *c, int fd)
{
	/* An open file description's lock: closing another descriptor of the file does not lose it.
	 */
	struct flock lock = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
	int r = ask(c, "lock");
	if (r == 0)
		r = answer(fcntl(fd, F_OFD_SETLK, &lock));
	return r == -EACCES ? -EAGAIN : r;
}

int
call_stat(const struct journal_calls *c, int fd, struct stat *out)
{
	int r = ask(c, "stat");
	return r < 0 ? r : answer(fstat(fd, out));
}

int
call_stat_name(const struct journal_calls *c, int folder, const char *name, struct stat *out)
{
	int r = ask(c, "stat name");
	return r < 0 ? r : answer(fstatat(folder, name, out, AT_SYMLINK_NOFOLLOW));
}

int64_t
call_read(const struct journal_calls *c, int fd, void *p, size_t n, int64_t offset)
{
	size_t done = 0;
	int r = ask(c, "read");
	if (r < 0)
		return r;
	while (done < n) {
		ssize_t got = pread(fd, (char *)p + done, n - done, offset + (int64_t)done);
		if (got < 0 && errno != EINTR)
			return -errno;
		if (got == 0)
			break;
		done += got > 0 ? (size_t)got : 0;
	}
	return (int64_t)done;
}

int
call_write(const struct journal_calls *c, int fd, struct str bytes, int64_t offset, size_t *done)
{
	*done = 0;
	while (*done < bytes.n) {
		const char *p = bytes.p + *done;
		size_t n = bytes.n - *done;
		int64_t r;
		/* The descriptor appends, so the offset is only for the test. */
		if (c && c->write)
			r = c->write(c->ctx, fd, p, n, offset + (int64_t)*done);
		else if ((r = write(fd, p, n)) < 0)
			r = -errno;
		if (r == -EINTR)
			continue;
		if (r <= 0)
			return r ? (int)r : -EIO;
		*done += (size_t)r;
	}
	return 0;
}

int
call_sync(const struct journal_calls *c, int fd)
{
	/* Not even EINTR is tried again: the error is told once, and a second sync would claim
	 * success. */
	return c && c->sync ? c->sync(c->ctx, fd) : answer(fdatasync(fd));
}

int
call_sync_folder(const struct journal_calls *c, int folder)
{
	int r = ask(c, "sync folder");
	if (r == 0)
		r = answer(fsync(folder));
	return r == -EINVAL ? 0 : r; /* a file system that has nothing to sync there */
}

int
call_truncate(const struct journal_calls *c, int fd, int64_t size)
{
	int r = ask(c, "truncate");
	return r < 0 ? r : answer(ftruncate(fd, size));
}

int
call_link(const struct journal_calls *c, int folder, const char *from, const char *to)
{
	int r = ask(c, "link");
	return r < 0 ? r : answer(linkat(folder, from, folder, to, 0));
}

int
call_rename(const struct journal_calls *c, int folder, const char *from, const char *to)
{
	int r = ask(c, "rename");
	return r < 0 ? r : answer(renameat(folder, from, folder, to));
}

int
call_rename_new(const struct journal_calls *c, int folder, const char *from, const char *to)
{
	int r = ask(c, "rename new");
	if (r == 0)
		r = answer(renameat2(folder, from, folder, to, RENAME_NOREPLACE));
	if (r != -EINVAL && r != -ENOSYS)
		return r;
	r = call_link(c, folder, from, to);
	return r < 0 ? r : call_unlink(c, folder, from);
}

int
call_unlink(const struct journal_calls *c, int folder, const char *name)
{
	int r = ask(c, "unlink");
	return r < 0 ? r : answer(unlinkat(folder, name, 0));
}

void
call_reserve(const struct journal_calls *c, int fd, int64_t from, int64_t n)
{
	/* Only room in advance: where it cannot be had, the write will say so. */
	if (ask(c, "reserve") == 0 && fallocate(fd, FALLOC_FL_KEEP_SIZE, from, n) != 0)
		return;
}
