/*
 * The log's file as the hub wants it: record by number. Only offsets are kept,
 * eight bytes a record; the bytes come from the file, through a window that
 * serves all who are at about the same place. Another file under the name (the
 * journal began a fresh one) has the same records at the same places.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "dais/link.h"

enum { WINDOW = 256 << 10 };

struct tail {
	char *path;
	int fd;
	int64_t *ends; /* the offset behind each record's newline */
	size_t n, cap;
	struct buf window;
	int64_t at; /* the offset of the window's first byte */
};

static int
open_file(struct tail *t)
{
	int fd = open(t->path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY);
	if (fd < 0)
		return -errno;
	if (t->fd >= 0)
		close(t->fd);
	t->fd = fd;
	t->window.n = 0;
	return 0;
}

/* The window begins at this offset now; as much as there is. */
static int
fill(struct tail *t, int64_t at)
{
	t->window.n = 0;
	t->at = at;
	buf_reserve(&t->window, WINDOW);
	while (t->window.n < WINDOW) {
		ssize_t n = pread(t->fd, t->window.p + t->window.n, WINDOW - t->window.n,
			(off_t)(at + (int64_t)t->window.n));
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return -errno;
		if (n == 0)
			break;
		t->window.n += (size_t)n;
	}
	return 0;
}

int
tail_open(struct tail **out, const char *path)
{
	struct tail *t = xcalloc(1, sizeof *t);
	t->fd = -1;
	t->path = xstrdup(path);
	int rc = open_file(t);
	if (rc < 0) {
		tail_close(t);
		return rc;
	}
	*out = t;
	return 0;
}

static bool
same_file(const struct tail *t)
{
	struct stat named, held;
	return stat(t->path, &named) == 0 && fstat(t->fd, &held) == 0 &&
	       named.st_ino == held.st_ino && named.st_dev == held.st_dev;
}

int
tail_follow(struct tail *t, int64_t synced)
{
	if ((int64_t)t->n > synced)
		return 0;
	if (!same_file(t)) {
		int rc = open_file(t);
		if (rc < 0)
			return rc;
	}
	while ((int64_t)t->n <= synced) {
		int64_t from = t->n ? t->ends[t->n - 1] : 0;
		int rc = fill(t, from);
		if (rc < 0)
			return rc;
		size_t at = 0, before = t->n;
		const char *end;
		while ((int64_t)t->n <= synced && at < t->window.n &&
			(end = memchr(t->window.p + at, '\n', t->window.n - at)) != NULL) {
			at = (size_t)(end - t->window.p) + 1;
			VEC_PUSH(t->ends, t->n, t->cap, from + (int64_t)at);
		}
		if (t->n == before)
			return -EBADMSG;
	}
	return 0;
}

struct str
tail_line(struct tail *t, int64_t seq)
{
	if (seq < 0 || (size_t)seq >= t->n)
		return STR_NONE;
	int64_t from = seq ? t->ends[seq - 1] : 0, end = t->ends[seq];
	bool inside = t->window.n && from >= t->at && end <= t->at + (int64_t)t->window.n;
	if (!inside && (fill(t, from) < 0 || end > t->at + (int64_t)t->window.n))
		return STR_NONE;
	return (struct str){t->window.p + (from - t->at), (size_t)(end - from) - 1};
}

void
tail_close(struct tail *t)
{
	if (!t)
		return;
	if (t->fd >= 0)
		close(t->fd);
	buf_finish(&t->window);
	free(t->ends);
	free(t->path);
	free(t);
}
