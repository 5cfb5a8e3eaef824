/*
 * One commit, in whatever thread: it touches the batch and the file that the
 * batch was given, and nothing else. An error is never argued with: a write may
 * be tried again where what it left could be taken back, a sync never is.
 */
#include <string.h>
#include <sys/stat.h>

#include "internal.h"

/* Takes back what a failed write left, so that the descriptor can be used again. */
static void
take_back(struct file *f, size_t done)
{
	struct stat st;
	int r = call_stat(&f->calls, f->fd, &st);
	if (r == 0 && done == 0 && st.st_size == f->size)
		return;
	/* Only our own bytes: somebody else's behind them are not ours to cut. */
	if (r == 0 && st.st_size == f->size + (int64_t)done)
		r = call_truncate(&f->calls, f->fd, f->size);
	else
		r = -1;
	f->reserved = f->size;
	if (r < 0)
		f->trusted = false;
}

static int
append(struct file *f, struct str lines)
{
	int64_t end = f->size + (int64_t)lines.n;
	size_t done;
	int r = file_unchanged(f, f->size);
	if (r == 0) {
		if (end + FILE_AHEAD > f->reserved) {
			call_reserve(&f->calls, f->fd, f->size, (int64_t)lines.n + 2 * FILE_AHEAD);
			f->reserved = end + 2 * FILE_AHEAD;
		}
		r = call_write(&f->calls, f->fd, lines, f->size, &done);
		if (r < 0) {
			take_back(f, done);
			return r;
		}
		r = call_sync(&f->calls, f->fd);
	}
	if (r == 0)
		r = file_unchanged(f, end);
	if (r < 0)
		f->trusted = false;
	return r;
}

int
journal_commit(struct journal_batch *b)
{
	struct file *f = b->file;
	struct str lines = buf_view(&b->lines);
	int r = f->trusted ? append(f, lines) : file_renew(f, lines);
	if (r < 0)
		return r;
	f->size += (int64_t)lines.n;
	f->seq = b->last;
	memcpy(f->head, b->head, HASH_SIZE);
	file_keep(f, lines);
	file_mark(f);
	return 0;
}
