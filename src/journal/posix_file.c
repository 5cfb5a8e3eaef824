/*
 * The log's file and what stands beside it. Names are taken relative to the
 * folder, which is opened once, so that nothing that moves above it matters.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "internal.h"

enum { NUMBER_MAX = 999 };

int
file_make(struct file **out, const char *path, int flags, const struct journal_calls *c)
{
	const char *slash = strrchr(path, '/');
	const char *name = slash ? slash + 1 : path;
	char *folder = !slash          ? xstrdup(".")
		       : slash == path ? xstrdup("/")
				       : str_dup((struct str){path, (size_t)(slash - path)});
	int fd = open(folder, flags | O_DIRECTORY | O_CLOEXEC);
	int error = fd < 0 ? -errno : 0;
	free(folder);
	*out = NULL;
	if (fd < 0)
		return error;
	struct file *f = xcalloc(1, sizeof *f);
	f->folder = fd;
	f->fd = f->mark = -1;
	f->name = xstrdup(name);
	if (c)
		f->calls = *c;
	*out = f;
	return 0;
}

void
file_free(struct file *f)
{
	if (!f)
		return;
	int fds[] = {f->fd, f->mark, f->folder};
	for (size_t i = 0; i < 3; i++)
		if (fds[i] >= 0)
			close(fds[i]);
	buf_finish(&f->kept);
	free(f->name);
	free(f->old);
	free(f);
}

void
file_keep(struct file *f, struct str lines)
{
	size_t drop = f->kept.n;
	if (f->kept.n + lines.n > FILE_KEPT_MAX) {
		if (lines.n < FILE_KEPT)
			drop = f->kept.n + lines.n - FILE_KEPT;
		memmove(f->kept.p, f->kept.p + drop, f->kept.n - drop);
		f->kept.n -= drop;
		f->kept_from += (int64_t)drop;
	}
	buf_str(&f->kept, lines);
}

static int64_t
source_read(void *ctx, void *p, size_t n, int64_t offset)
{
	struct file *f = ctx;
	if (f->kept.n && offset >= f->kept_from) {
		struct str rest = str_from(buf_view(&f->kept), (size_t)(offset - f->kept_from));
		size_t have = rest.n < n ? rest.n : n;
		memcpy(p, rest.p, have);
		return (int64_t)have;
	}
	if (f->kept.n && f->kept_from - offset < (int64_t)n)
		n = (size_t)(f->kept_from - offset);
	return call_read(&f->calls, f->fd, p, n, offset);
}

static int64_t
source_data(void *ctx, int64_t offset)
{
	struct file *f = ctx;
	off_t at = lseek(f->fd, offset, SEEK_DATA);
	if (at < 0)
		return errno == ENXIO ? INT64_MAX : offset;
	return at;
}

struct source
file_source(struct file *f, int64_t size)
{
	return (struct source){f, source_read, source_data, size};
}

bool
file_is_at(const struct journal_calls *c, int folder, const char *name, int fd)
{
	struct stat own = {0}, there = {0};
	return call_stat(c, fd, &own) == 0 && call_stat_name(c, folder, name, &there) == 0 &&
	       own.st_dev == there.st_dev && own.st_ino == there.st_ino;
}

int
file_unchanged(const struct file *f, int64_t size)
{
	struct stat own = {0}, there = {0};
	int r = call_stat(&f->calls, f->fd, &own);
	if (r == 0)
		r = call_stat_name(&f->calls, f->folder, f->name, &there);
	if (r < 0)
		return r;
	if (own.st_nlink == 0 || own.st_dev != there.st_dev || own.st_ino != there.st_ino)
		return -ENOENT;
	return own.st_size == size ? 0 : -ESTALE;
}

/* Removes a file that a dead writer left before it got its name: the beginning of a log, or the
 * zeros of one whose size came to the disk before its bytes. -EEXIST where it may be anything else,
 * -EAGAIN where its writer lives. */
static int
stale_remove(const struct journal_calls *c, int folder, const char *name)
{
	static const struct str begin = {"{\"seq\":0,", 9};
	static const char zeros[9];
	char head[9];
	struct stat st;
	int fd = call_open(c, folder, name, O_RDWR), r;
	if (fd < 0)
		return fd == -ENOENT ? 0 : -EEXIST;
	r = call_stat(c, fd, &st);
	if (r == 0 && !S_ISREG(st.st_mode))
		r = -EEXIST;
	if (r == 0)
		r = call_lock(c, fd);
	if (r == 0) {
		int64_t n = call_read(c, fd, head, begin.n, 0);
		if (n < 0 || (memcmp(head, begin.p, (size_t)n) != 0 &&
				     memcmp(head, zeros, (size_t)n) != 0))
			r = -EEXIST;
		else if (file_is_at(c, folder, name, fd))
			r = call_unlink(c, folder, name);
	}
	close(fd);
	return r;
}

int
file_claim(const struct journal_calls *c, int folder, const char *name, int64_t size)
{
	int flags = O_RDWR | O_APPEND | O_CREAT | O_EXCL;
	int fd = call_open(c, folder, name, flags);
	if (fd == -EEXIST) {
		int r = stale_remove(c, folder, name);
		if (r < 0)
			return r;
		fd = call_open(c, folder, name, flags);
	}
	if (fd < 0)
		return fd;
	int r = call_lock(c, fd);
	/* Somebody may have taken it for a dead writer's before the lock was had. */
	if (r == 0 && !file_is_at(c, folder, name, fd))
		r = -EAGAIN;
	if (r < 0) {
		if (r != -EAGAIN)
			call_unlink(c, folder, name);
		close(fd);
		return r;
	}
	call_reserve(c, fd, 0, size + FILE_AHEAD);
	return fd;
}

int
file_number(
	struct file *f, const char *word, int (*take)(struct file *f, const char *name), char **out)
{
	struct buf name = {0};
	int r = -EEXIST;
	for (int i = 1; r == -EEXIST && i <= NUMBER_MAX; i++) {
		buf_reset(&name);
		buf_printf(&name, "%s.%s-%d", f->name, word, i);
		r = take(f, name.p);
	}
	*out = name.p;
	return r;
}
