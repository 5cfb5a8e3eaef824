/*
 * Logs, as they come and with their seals put right. What is visited stands in
 * the log, in order; what is trusted is trusted again by itself, however the
 * bytes arrive and wherever a first reading stopped; a mark that is ahead is
 * never overlooked.
 */
#include "internal.h"
#include "seal.h"

struct seen {
	struct str log;
	int64_t n, beyond, at, safe, refuse;
	size_t most; /* bytes in one read */
};

static int64_t
some(void *ctx, void *p, size_t n, int64_t offset)
{
	const struct seen *x = ctx;
	struct str rest = str_from(x->log, (size_t)offset);
	n = n > rest.n ? rest.n : n;
	n = n > x->most ? x->most : n;
	memcpy(p, n ? rest.p : "", n);
	return (int64_t)n;
}

static const char *
visit(void *ctx, const struct journal_record *r)
{
	struct seen *x = ctx;
	MUST(r->offset >= 0 && (size_t)r->offset + r->line.n <= x->log.n);
	MUST(str_eq(r->line, str_upto(str_from(x->log, (size_t)r->offset), r->line.n)));
	MUST(r->body.p > r->line.p && r->body.p + r->body.n < r->line.p + r->line.n);
	MUST(r->line.n <= JOURNAL_LINE_MAX && !memchr(r->line.p, '\n', r->line.n));
	if (r->number < 0) {
		x->beyond++;
		return NULL;
	}
	MUST(r->offset == x->at && r->seq == x->n && r->number == x->n + 1);
	MUST(r->safe >= x->safe && r->safe <= r->seq);
	if (x->n == x->refuse)
		return "refused";
	x->n++;
	x->at = r->offset + (int64_t)r->line.n + 1;
	x->safe = r->safe;
	return NULL;
}

static struct journal_check
look(struct str log, size_t most, int64_t refuse, const struct mark *mark,
	const struct journal_check *on)
{
	struct seen x = {.log = log, .refuse = refuse, .most = most};
	struct source src = {&x, some, NULL, (int64_t)log.n};
	struct reading ask = {.visit = visit, .ctx = &x, .all = true, .on = on, .mark = *mark};
	struct journal_check c;
	if (on && on->records) {
		x.n = on->records;
		x.at = on->good_bytes;
	}
	MUST(reader_run(&src, &ask, &c) == 0);
	MUST(c.records == x.n && c.beyond == x.beyond);
	MUST(c.good_bytes >= 0 && (size_t)c.good_bytes <= log.n);
	if (c.state == JOURNAL_WHOLE)
		MUST(!c.why && c.bad_line == 0 && c.bad_bytes == 0 && c.good_bytes == (int64_t)log.n && c.records);
	else
		MUST(c.why);
	if (c.state == JOURNAL_TORN || c.state == JOURNAL_DAMAGED)
		MUST(c.good_bytes + c.bad_bytes == (int64_t)log.n && (c.bad_line > 0 || mark->seq >= 0));
	if (c.state == JOURNAL_TORN)
		MUST(c.bad_bytes > 0 && c.bad_bytes <= JOURNAL_BATCH_MAX);
	return c;
}

static void
same(const struct journal_check *a, const struct journal_check *b)
{
	MUST(a->records == b->records && a->good_bytes == b->good_bytes);
	MUST(memcmp(a->head, b->head, sizeof a->head) == 0);
}

static void
judge(struct str log)
{
	struct mark none = {.seq = -1};
	struct journal_check all = look(log, SIZE_MAX, -1, &none, NULL), other;
	/* However the bytes come. */
	other = look(log, 61, -1, &none, NULL);
	same(&all, &other);
	MUST(all.state == other.state && all.bad_line == other.bad_line && all.bad_offset == other.bad_offset &&
		all.beyond == other.beyond);
	/* What is trusted stands by itself. */
	other = look(str_upto(log, (size_t)all.good_bytes), SIZE_MAX, -1, &none, NULL);
	same(&all, &other);
	MUST(other.state == (all.records ? JOURNAL_WHOLE : JOURNAL_NOT_A_LOG));
	/* Reading on, from anywhere. */
	struct journal_check half = look(str_upto(log, log.n / 2), SIZE_MAX, -1, &none, NULL);
	MUST(half.records <= all.records);
	other = look(log, SIZE_MAX, -1, &none, &half);
	same(&all, &other);
	if (!all.records)
		return;
	/* A visitor's refusal ends it there, and was never torn. */
	int64_t refuse = (int64_t)log.n % all.records;
	other = look(log, SIZE_MAX, refuse, &none, NULL);
	MUST(other.records == refuse && (other.state == JOURNAL_DAMAGED || !refuse));
	/* A mark of this very log: what it vouches for has to be there. */
	struct record first, last;
	struct str end = str_upto(log, (size_t)all.good_bytes - 1);
	const char *nl = memrchr(end.p, '\n', end.n);
	MUST(!record_parse(str_from(end, nl ? (size_t)(nl - end.p) + 1 : 0), &last));
	MUST(!record_parse(fuzz_upto(&end, STR("\n")), &first));
	struct mark mark = {.seq = last.seq, .size = all.good_bytes};
	memcpy(mark.first, first.hash, HASH_SIZE);
	memcpy(mark.hash, last.hash, HASH_SIZE);
	other = look(log, SIZE_MAX, -1, &mark, NULL);
	same(&all, &other);
	MUST(all.state == other.state);
	mark.seq++;
	other = look(log, SIZE_MAX, -1, &mark, NULL);
	same(&all, &other);
	MUST(other.state == JOURNAL_SHORT || other.state == JOURNAL_DAMAGED);
	mark.seq = last.seq;
	mark.hash[7] ^= 1;
	other = look(log, SIZE_MAX, -1, &mark, NULL);
	MUST(other.state == JOURNAL_SHORT || other.state == JOURNAL_DAMAGED);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const unsigned char alone[HASH_SIZE];
	struct str in = {(const char *)data, size};
	for (int how = SEAL_AS_IT_IS; how <= SEAL_NUMBERED; how++) {
		struct buf log = {0};
		seal_log(&log, in, (enum seal)how, alone);
		judge(buf_view(&log));
		buf_finish(&log);
	}
	struct mark m = mark_read(in);
	if (m.seq >= 0) {
		char again[MARK_SIZE];
		mark_write(again, &m);
		MUST(size == MARK_SIZE && memcmp(again, data, size) == 0);
	}
	return 0;
}
