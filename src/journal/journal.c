/*
 * The queue before the disk: commands wait here until a batch carries them, and
 * stay until that batch is known to be synced. A batch is sealed from the last
 * durable record on each time it is tried, so that trying again gives the same
 * bytes, and more commands may join.
 */
#include "dais/journal.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "internal.h"

enum { RETRY_FIRST = 250, RETRY_LAST = 5000 };

struct body {
	size_t n;
	bool last; /* of its command */
};

struct journal {
	char *path;
	struct file *file; /* not ours while a batch is in flight */
	struct journal_batch *flight;
	struct buf bytes; /* the queue's bodies, one behind the other */
	struct body *bodies;
	size_t count, cap;
	int64_t synced;
	unsigned char head[HASH_SIZE];
	int trouble;
	int64_t retry_ms;
	int failovers;
	char *old;
	struct lines lines;
};

struct journal *
journal_make(const char *path, struct file *f)
{
	struct journal *j = xcalloc(1, sizeof *j);
	j->path = xstrdup(path);
	j->file = f;
	j->synced = f->seq;
	memcpy(j->head, f->head, HASH_SIZE);
	return j;
}

void
journal_close(struct journal *j)
{
	if (!j)
		return;
	assert(!j->flight);
	struct file *f = j->file;
	/* Gives back the room that was taken in advance. */
	if (f->trusted && file_unchanged(f, f->size) == 0)
		call_truncate(&f->calls, f->fd, f->size);
	file_free(f);
	buf_finish(&j->bytes);
	free(j->bodies);
	lines_finish(&j->lines);
	free(j->old);
	free(j->path);
	free(j);
}

const char *
journal_path(const struct journal *j)
{
	return j->path;
}

void
journal_append(struct journal *j, const struct str *bodies, size_t n)
{
	size_t total = 0;
	for (size_t i = 0; i < n; i++) {
		/* Without the word a crash could leave half a command; with it at the end, none. */
		assert(record_body_more(bodies[i]) == (i + 1 < n));
		assert(bodies[i].n <= JOURNAL_BODY_MAX);
		struct body body = {bodies[i].n, i + 1 == n};
		total += body.n + JOURNAL_LINE_MAX - JOURNAL_BODY_MAX;
		VEC_PUSH(j->bodies, j->count, j->cap, body);
		buf_str(&j->bytes, bodies[i]);
	}
	assert(total <= JOURNAL_COMMAND_MAX);
}

int64_t
journal_next_seq(const struct journal *j)
{
	return j->synced + 1 + (int64_t)j->count;
}

int64_t
journal_synced(const struct journal *j)
{
	return j->synced;
}

struct str
journal_line(struct journal *j, int64_t seq)
{
	return seq >= 0 && seq <= j->synced ? lines_get(&j->lines, j->path, seq) : STR_NONE;
}

bool
journal_waiting(const struct journal *j)
{
	return j->count > (j->flight ? j->flight->bodies : 0);
}

struct journal_batch *
journal_begin(struct journal *j)
{
	if (j->flight || j->count == 0)
		return NULL;
	struct journal_batch *b = xcalloc(1, sizeof *b);
	int64_t first = j->synced + 1;
	unsigned char hash[HASH_SIZE];
	const char *body = j->bytes.p;
	size_t whole = 0; /* the lines up to the end of the last whole command */
	memcpy(hash, j->head, HASH_SIZE);
	for (size_t i = 0; i < j->count; i++) {
		struct str s = {body, j->bodies[i].n};
		journal_seal(&b->lines, first + (int64_t)i, first, s, hash);
		body += s.n;
		if (b->lines.n > JOURNAL_BATCH_MAX && b->bodies)
			break;
		if (j->bodies[i].last) {
			b->bodies = i + 1;
			whole = b->lines.n;
			memcpy(b->head, hash, HASH_SIZE);
		}
	}
	b->lines.n = whole;
	b->last = j->synced + (int64_t)b->bodies;
	b->file = j->file;
	j->flight = b;
	return b;
}

/* Takes what the batch carried out of the queue. */
static void
settle_saved(struct journal *j, const struct journal_batch *b)
{
	size_t n = 0;
	for (size_t i = 0; i < b->bodies; i++)
		n += j->bodies[i].n;
	memmove(j->bytes.p, j->bytes.p + n, j->bytes.n - n);
	j->bytes.n -= n;
	j->count -= b->bodies;
	memmove(j->bodies, j->bodies + b->bodies, j->count * sizeof *j->bodies);
	j->synced = b->last;
	memcpy(j->head, b->head, HASH_SIZE);
	j->retry_ms = 0;
}

int
journal_settle(struct journal *j, struct journal_batch *b, int result)
{
	assert(b == j->flight);
	j->flight = NULL;
	j->trouble = result;
	if (result == 0)
		settle_saved(j, b);
	else
		j->retry_ms = j->retry_ms ? j->retry_ms * 2 : RETRY_FIRST;
	if (j->retry_ms > RETRY_LAST)
		j->retry_ms = RETRY_LAST;
	const struct file *f = j->file;
	if (j->failovers != f->failovers)
		lines_finish(&j->lines); /* another file has the name now */
	j->failovers = f->failovers;
	free(j->old);
	j->old = NULL;
	if (f->old) {
		struct buf path = {0};
		buf_puts(&path, j->path);
		buf_puts(&path, f->old + strlen(f->name));
		j->old = path.p;
	}
	buf_finish(&b->lines);
	free(b);
	return result;
}

int
journal_trouble(const struct journal *j)
{
	return j->trouble;
}

int64_t
journal_retry_ms(const struct journal *j)
{
	return j->retry_ms;
}

int
journal_failovers(const struct journal *j, const char **old)
{
	if (old)
		*old = j->old;
	return j->failovers;
}

void
journal_use_calls(struct journal *j, const struct journal_calls *calls)
{
	assert(!j->flight);
	j->file->calls = calls ? *calls : (struct journal_calls){0};
}
