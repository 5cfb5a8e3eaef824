/*
 * Records by their number, as they stand on the disk: what is told to other
 * consoles are the log's own bytes. Where each begins is found out as it is
 * asked for; nothing but that is kept in memory, and one window of the file.
 * Everything up to the last synced record stands still, so it may be read while
 * a commit is under way in another thread.
 */
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "internal.h"

enum { WINDOW = 4 * JOURNAL_LINE_MAX };

void
lines_finish(struct lines *l)
{
	if (l->opened)
		close(l->fd);
	free(l->starts);
	buf_finish(&l->window);
	*l = (struct lines){0};
}

/* The window begins at `from`. False where nothing could be read there. */
static bool
lines_load(struct lines *l, int64_t from)
{
	buf_reset(&l->window);
	buf_reserve(&l->window, WINDOW);
	l->from = from;
	int64_t got = call_read(&(struct journal_calls){0}, l->fd, l->window.p, WINDOW, from);
	l->window.n = got > 0 ? (size_t)got : 0;
	return got > 0;
}

static bool
lines_hold(const struct lines *l, int64_t from, int64_t end)
{
	return from >= l->from && end <= l->from + (int64_t)l->window.n;
}

/* Finds the starts of the records behind the last known one. */
static bool
lines_more(struct lines *l)
{
	size_t before = l->n;
	int64_t at = l->starts[l->n - 1];
	if (!lines_load(l, at))
		return false;
	struct str rest = buf_view(&l->window);
	for (const char *end; (end = memchr(rest.p, '\n', rest.n));) {
		size_t n = (size_t)(end - rest.p) + 1;
		at += (int64_t)n;
		rest = str_from(rest, n);
		VEC_PUSH(l->starts, l->n, l->cap, at);
	}
	return l->n > before;
}

struct str
lines_get(struct lines *l, const char *path, int64_t seq)
{
	if (!l->opened) {
		l->fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
		if (l->fd < 0)
			return STR_NONE;
		l->opened = true;
	}
	if (!l->n)
		VEC_PUSH(l->starts, l->n, l->cap, 0);
	while (l->n < (size_t)seq + 2)
		if (!lines_more(l))
			return STR_NONE;
	int64_t from = l->starts[seq], end = l->starts[seq + 1] - 1;
	if (!lines_hold(l, from, end) && (!lines_load(l, from) || !lines_hold(l, from, end)))
		return STR_NONE;
	return (struct str){l->window.p + (from - l->from), (size_t)(end - from)};
}
