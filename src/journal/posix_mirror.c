/*
 * A copy of a log that another machine writes: its own bytes, byte for byte. It
 * comes over a line that verifies each record, so here nothing is sealed, and
 * what is torn off at the end is simply fetched again.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "internal.h"

struct mirror {
	int fd;
	int64_t size; /* of what is on the disk and whole */
	bool over;    /* behind it lies what a failed write left */
};

static int64_t
mirror_read(void *ctx, void *p, size_t n, int64_t offset)
{
	const struct mirror *m = ctx;
	return call_read(NULL, m->fd, p, n, offset);
}

/* Reads what is there; what cannot be trusted goes, for the host has it. */
static int
mirror_check(struct mirror *m, journal_visit_cb visit, void *ctx, struct journal_check *check)
{
	struct reading ask = {.visit = visit, .ctx = ctx, .mark = {.seq = -1}};
	struct source src = {.ctx = m, .read = mirror_read};
	struct stat st;
	int r = call_stat(NULL, m->fd, &st);
	if (r < 0)
		return r;
	src.size = st.st_size;
	if (src.size == 0)
		return 0;
	r = reader_run(&src, &ask, check);
	if (r < 0)
		return r;
	m->size = check->good_bytes;
	return src.size > m->size ? call_truncate(NULL, m->fd, m->size) : 0;
}

int
mirror_open(struct mirror **out, const char *path, journal_visit_cb visit, void *ctx,
	struct journal_check *check)
{
	struct mirror *m = xcalloc(1, sizeof *m);
	*out = NULL;
	*check = (struct journal_check){.state = JOURNAL_WHOLE, .mark_seq = -1};
	m->fd = open(path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0600);
	int r = m->fd < 0 ? -errno : call_lock(NULL, m->fd);
	if (r == 0)
		r = mirror_check(m, visit, ctx, check);
	if (r < 0) {
		mirror_close(m);
		return r;
	}
	*out = m;
	return 0;
}

int
mirror_write(struct mirror *m, struct str lines)
{
	size_t done = 0;
	int r = m->over ? call_truncate(NULL, m->fd, m->size) : 0;
	if (r < 0)
		return r;
	r = call_write(NULL, m->fd, lines, m->size, &done);
	if (r == 0)
		r = call_sync(NULL, m->fd);
	if (r == 0)
		m->size += (int64_t)lines.n;
	/* The next try begins with a whole line. */
	m->over = r < 0 && done && call_truncate(NULL, m->fd, m->size) < 0;
	return r;
}

int
mirror_empty(struct mirror *m)
{
	m->size = 0;
	return call_truncate(NULL, m->fd, 0);
}

void
mirror_close(struct mirror *m)
{
	if (!m)
		return;
	if (m->fd >= 0)
		close(m->fd);
	free(m);
}
