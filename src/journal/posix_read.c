/* Reading a log that may be somebody else's: no lock, no change, and nothing that could hang. */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "dais/i18n.h"
#include "internal.h"

void
journal_check_finish(struct journal_check *c)
{
	free(c->torn);
	c->torn = NULL;
}

static int
read_open(struct file *f, const char *path, struct reading *ask, struct journal_check *out)
{
	struct stat st;
	/* The mark first: what it vouches for is in every file that is opened after it. */
	ask->mark = file_mark_load(f);
	f->fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
	if (f->fd < 0)
		return -errno;
	int r = call_stat(NULL, f->fd, &st);
	if (r < 0)
		return r;
	if (!S_ISREG(st.st_mode)) {
		out->why = N_("this is not an ordinary file");
		return 0;
	}
	struct source src = file_source(f, st.st_size);
	return reader_run(&src, ask, out);
}

static int
read_path(const char *path, struct reading *ask, struct journal_check *out)
{
	struct file *f;
	*out = (struct journal_check){.state = JOURNAL_NOT_A_LOG, .mark_seq = -1};
	int r = file_make(&f, path, O_PATH, NULL);
	if (r == 0)
		r = read_open(f, path, ask, out);
	file_free(f);
	return r;
}

int
journal_read(const char *path, journal_visit_cb visit, void *ctx, struct journal_check *out)
{
	struct reading ask = {.visit = visit, .ctx = ctx};
	return read_path(path, &ask, out);
}

int
journal_read_all(const char *path, journal_visit_cb visit, void *ctx, struct journal_check *out)
{
	struct reading ask = {.visit = visit, .ctx = ctx, .all = true};
	return read_path(path, &ask, out);
}

int
journal_read_after(const char *path, const unsigned char before[32], journal_visit_cb visit,
	void *ctx, struct journal_check *out)
{
	struct reading ask = {.visit = visit, .ctx = ctx};
	memcpy(ask.before, before, HASH_SIZE);
	return read_path(path, &ask, out);
}

int
journal_read_on(const char *path, journal_visit_cb visit, void *ctx, struct journal_check *io)
{
	struct journal_check before = *io, now;
	struct reading ask = {.visit = visit, .ctx = ctx, .on = &before};
	int r = read_path(path, &ask, &now);
	if (r < 0)
		return r;
	if (now.mark_seq < before.mark_seq)
		now.mark_seq = before.mark_seq;
	now.torn = before.torn;
	*io = now;
	return 0;
}
