/*
 * Reads a log from any source of bytes in bounded memory: a window slides over
 * it that holds one line, or one unfinished command. First come the records
 * that can be trusted; from the first bad line on, lines are only looked at one
 * by one, to tell a write that was cut short from damage.
 */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "dais/i18n.h"
#include "internal.h"

enum {
	WINDOW = 256 << 10,
	FOREIGN_MAX =
		1 << 20 /* how far to look for a record in a file that does not begin with one */
};

/* A record of a command whose end was not read yet. Its slices are set again once the window has
 * settled. */
struct held {
	struct record record;
	size_t body_at;
	int64_t offset, number;
	unsigned char hash[HASH_SIZE];
};

struct reader {
	const struct source *src;
	struct reading *ask;
	struct journal_check *out;
	char *p; /* the window: n bytes from offset base on */
	size_t n, cap;
	int64_t base, end;
	int64_t at, number; /* the line that comes next */
	int64_t next, safe; /* what its record must be */
	unsigned char hash[HASH_SIZE];
	struct held *held;
	size_t held_n, held_cap;
	const char *mark_wrong; /* the log has another record where the mark vouches for one */
	bool durable_gone; /* a line beyond proves that something missing was durable, or was never
			      torn */
	int error;
};

enum piece { PIECE_END, PIECE_LINE, PIECE_OPEN, PIECE_LONG };

static int64_t
keep_from(const struct reader *r)
{
	return r->held_n ? r->held[0].offset : r->at;
}

/* Reads on behind the window. False at the end or where reading failed. */
static bool
window_fill(struct reader *r)
{
	size_t gone = (size_t)(keep_from(r) - r->base);
	if (gone >= r->n) {
		r->base += (int64_t)gone;
		r->n = 0;
	} else if (gone) {
		memmove(r->p, r->p + gone, r->n - gone);
		r->base += (int64_t)gone;
		r->n -= gone;
	}
	if (r->cap - r->n < WINDOW / 2) {
		r->cap *= 2;
		r->p = xrealloc(r->p, r->cap);
	}
	int64_t left = r->end - (r->base + (int64_t)r->n);
	size_t room = r->cap - r->n;
	if (left < (int64_t)room)
		room = left > 0 ? (size_t)left : 0;
	int64_t got =
		room ? r->src->read(r->src->ctx, r->p + r->n, room, r->base + (int64_t)r->n) : 0;
	if (got < 0)
		r->error = (int)got;
	if (got <= 0) {
		/* Shorter than it was said to be: somebody cuts it off meanwhile. What is there
		 * counts. */
		r->end = r->base + (int64_t)r->n;
		return false;
	}
	r->n += (size_t)got;
	return true;
}

/* The line at r->at, without its newline; does not move on. */
static enum piece
piece_next(struct reader *r, struct str *line)
{
	size_t seen = 0;
	for (;;) {
		assert(r->at >= r->base);
		size_t from = (size_t)(r->at - r->base);
		size_t have = from < r->n ? r->n - from : 0;
		if (have > JOURNAL_LINE_MAX + 1)
			have = JOURNAL_LINE_MAX + 1;
		const char *start = r->p + from;
		const char *nl = have > seen ? memchr(start + seen, '\n', have - seen) : NULL;
		*line = (struct str){start, nl ? (size_t)(nl - start) : have};
		if (nl)
			return PIECE_LINE;
		if (have == JOURNAL_LINE_MAX + 1)
			return PIECE_LONG;
		seen = have;
		if (!window_fill(r))
			return seen ? PIECE_OPEN : PIECE_END;
	}
}

/* Moves behind the next newline, or to the end. */
static void
line_skip(struct reader *r)
{
	for (;;) {
		size_t from = (size_t)(r->at - r->base);
		assert(from < r->n);
		const char *nl = memchr(r->p + from, '\n', r->n - from);
		if (nl) {
			r->at = r->base + (nl - r->p) + 1;
			return;
		}
		r->at = r->base + (int64_t)r->n;
		int64_t data = r->src->data ? r->src->data(r->src->ctx, r->at) : r->at;
		if (data > r->at)
			r->at = data < r->end ? data : r->end;
		if (!window_fill(r))
			return;
	}
}

static void
line_pass(struct reader *r, struct str line)
{
	r->at += (int64_t)line.n + 1;
	r->number++;
}

/* Whether the record may follow the one before it; NULL, and then it is the one before. */
static const char *
record_follows(struct reader *r, const struct record *rec)
{
	unsigned char hash[HASH_SIZE];
	if (rec->seq != r->next)
		return N_("a record is missing, doubled or out of order");
	if (rec->safe > rec->seq || rec->safe < r->safe)
		return N_("the record cannot have been durable as it says");
	memcpy(hash, r->hash, sizeof hash);
	if (!chain_confirms(hash, rec->chained, rec->hash))
		chain_hash(hash, rec->chained);
	else
		memcpy(hash, rec->hash, sizeof hash);
	if (memcmp(hash, rec->hash, sizeof hash) != 0) {
		static const unsigned char by_itself[HASH_SIZE];
		bool follows = memcmp(r->ask->before, by_itself, HASH_SIZE) != 0;
		r->out->elsewhere = rec->seq == 0;
		return rec->seq == 0 && follows
			       ? N_("it belongs to another log, or the log was changed since")
			       : N_("the record does not follow from the one before it");
	}
	memcpy(r->hash, hash, sizeof hash);
	r->next++;
	r->safe = rec->safe;
	return NULL;
}

/* Holds what the mark says against the log. */
static void
mark_compare(struct reader *r, const struct record *rec)
{
	struct mark *m = &r->ask->mark;
	if (rec->seq == 0) {
		memcpy(r->ask->first, rec->hash, HASH_SIZE);
		if (memcmp(m->first, rec->hash, HASH_SIZE) != 0)
			m->seq = -1; /* another log's */
	}
	if (m->seq == rec->seq && memcmp(m->hash, rec->hash, HASH_SIZE) != 0)
		r->mark_wrong = N_("saved records are gone: others stand in their place");
}

static struct journal_record
held_record(const struct reader *r, struct held *h)
{
	h->record.line.p = r->p + (h->offset - r->base);
	h->record.body.p = h->record.line.p + h->body_at;
	return (struct journal_record){.seq = h->record.seq,
		.safe = h->record.safe,
		.body = h->record.body,
		.line = h->record.line,
		.number = h->number,
		.offset = h->offset};
}

/* The command is whole: its records are trusted, as far as the visitor lets them stand. */
static const char *
held_trust(struct reader *r)
{
	for (size_t i = 0; i < r->held_n; i++) {
		struct held *h = &r->held[i];
		struct journal_record seen = held_record(r, h);
		const char *why = r->ask->visit ? r->ask->visit(r->ask->ctx, &seen) : NULL;
		if (why) {
			r->out->bad_line = h->number;
			r->out->bad_offset = h->offset;
			return why;
		}
		r->out->records++;
		r->out->good_bytes = h->offset + (int64_t)h->record.line.n + 1;
		memcpy(r->out->head, h->hash, HASH_SIZE);
		r->out->safe = h->record.safe;
		mark_compare(r, &h->record);
	}
	r->held_n = 0;
	return NULL;
}

/* Reads records for as long as they can be trusted. NULL at a clean end. */
static const char *
trusted_part(struct reader *r)
{
	for (;;) {
		struct str line;
		struct held h = {.offset = r->at, .number = r->number};
		enum piece piece = piece_next(r, &line);
		if (piece == PIECE_END)
			return NULL;
		if (piece == PIECE_OPEN)
			return N_("the last line is not whole");
		if (piece == PIECE_LONG)
			return N_("the line is longer than 64 KiB");
		const char *why = record_parse(line, &h.record);
		if (!why)
			why = record_follows(r, &h.record);
		if (why)
			return why;
		h.body_at = (size_t)(h.record.body.p - line.p);
		memcpy(h.hash, r->hash, HASH_SIZE);
		VEC_PUSH(r->held, r->held_n, r->held_cap, h);
		line_pass(r, line);
		if (!h.record.more && (why = held_trust(r)))
			return why;
		if (r->at - keep_from(r) > JOURNAL_COMMAND_MAX)
			return N_("the command that begins here has no end");
	}
}

static void
beyond_visit(struct reader *r, struct journal_record seen)
{
	r->out->beyond++;
	seen.number = -seen.number;
	if (r->ask->all && r->ask->visit)
		r->ask->visit(r->ask->ctx, &seen);
}

/* A line beyond the trusted ones that is whole by itself. */
static void
beyond_record(struct reader *r, const struct record *rec, int64_t gap)
{
	/* A batch that was cut short leaves a gap, and behind it only lines of its own that come
	 * later. */
	if (r->at == gap || rec->safe > r->out->records || rec->seq <= r->next)
		r->durable_gone = true;
	beyond_visit(r, (struct journal_record){.seq = rec->seq,
				.safe = rec->safe,
				.body = rec->body,
				.line = rec->line,
				.number = r->number,
				.offset = r->at});
}

/* The lines from the first bad one on, each by itself. */
static void
beyond_part(struct reader *r)
{
	int64_t gap = r->at, end = r->end;
	bool foreign = r->out->records == 0 && r->out->beyond == 0;
	if (foreign && end > FOREIGN_MAX)
		r->end = FOREIGN_MAX;
	for (;;) {
		struct str line;
		struct record rec;
		enum piece piece = piece_next(r, &line);
		if (piece == PIECE_END || piece == PIECE_OPEN)
			break;
		if (piece == PIECE_LINE && !record_parse(line, &rec)) {
			beyond_record(r, &rec, gap);
			if (foreign)
				r->end = end;
			foreign = false;
		}
		if (piece == PIECE_LONG) {
			line_skip(r);
			r->number++;
		} else
			line_pass(r, line);
	}
	if (foreign)
		r->end = end;
}

static enum journal_state
state_of(struct reader *r, const char *why)
{
	struct journal_check *c = r->out;
	bool ahead = c->records && r->ask->mark.seq >= c->records;
	if (c->records == 0 && c->beyond == 0) {
		c->why = r->end == 0 ? N_("the file is empty") : N_("this is not a session log");
		return JOURNAL_NOT_A_LOG;
	}
	c->why = why ? why : ahead ? N_("saved records are missing at the end") : r->mark_wrong;
	if (!why)
		return c->why ? JOURNAL_SHORT : JOURNAL_WHOLE;
	bool torn = c->records && !ahead && !r->mark_wrong && !r->durable_gone &&
		    c->bad_bytes <= JOURNAL_BATCH_MAX;
	return torn ? JOURNAL_TORN : JOURNAL_DAMAGED;
}

/* What stands behind the trusted part, and what that means. why: what ended it. */
static void
judge(struct reader *r, const char *why)
{
	struct journal_check *c = r->out;
	bool refused = c->bad_line != 0;
	if (!refused) {
		c->bad_line = r->number;
		c->bad_offset = r->at;
	}
	/* What a visitor refused was whole, so it was never torn. */
	r->durable_gone = refused;
	struct held *first = r->held_n ? &r->held[0] : NULL;
	int64_t number = first ? first->number : 0, offset = first ? first->offset : 0;
	for (size_t i = 0; i < r->held_n; i++)
		if (!refused || r->held[i].number >= c->bad_line)
			beyond_visit(r, held_record(r, &r->held[i]));
	bool cut = first && r->at == r->end;
	r->held_n = 0;
	beyond_part(r);
	c->bad_bytes = r->end - c->good_bytes;
	c->state = state_of(r, why);
	/* An unfinished command goes as a whole; damage behind it is located where it is. */
	if (!refused && first && (cut || c->state == JOURNAL_TORN)) {
		c->bad_line = number;
		c->bad_offset = offset;
	}
}

/* Stands behind the records that an earlier reading trusted. Each was one line. */
static void
go_on(struct reader *r, const struct journal_check *from)
{
	r->at = r->base = r->out->good_bytes = from->good_bytes;
	r->next = r->out->records = from->records;
	r->number = from->records + 1;
	memcpy(r->hash, from->head, HASH_SIZE);
	memcpy(r->out->head, from->head, HASH_SIZE);
	r->safe = r->out->safe = from->safe;
	r->ask->mark.seq = -1; /* it was held against the first record then */
	if (r->end < from->good_bytes)
		r->mark_wrong = N_("saved records are missing at the end");
}

int
reader_run(const struct source *src, struct reading *ask, struct journal_check *out)
{
	struct reader r = {.src = src, .ask = ask, .out = out, .end = src->size, .number = 1};
	*out = (struct journal_check){.mark_seq = -1};
	memcpy(r.hash, ask->before, HASH_SIZE);
	if (ask->on && ask->on->records)
		go_on(&r, ask->on);
	r.p = xmalloc(WINDOW);
	r.cap = WINDOW;
	const char *why = trusted_part(&r);
	if (!why && r.held_n)
		why = N_("the last command is not complete");
	if (why)
		judge(&r, why);
	else
		out->state = state_of(&r, NULL);
	out->mark_seq = out->records ? ask->mark.seq : -1;
	free(r.p);
	free(r.held);
	return r.error;
}
