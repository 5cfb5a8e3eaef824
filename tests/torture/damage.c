/*
 * Logs that are cut at every byte, whose every bit is turned, whose lines and
 * sectors are lost, doubled, swapped, zeroed: what is trusted of them is what
 * was written, all of it up to the damage and nothing behind it, and the damage
 * is located to its line. Only an end that is gone cleanly looks whole, and the
 * mark tells that too.
 *
 *     damage cuts LOGS | flips LOGS | lines LOGS | any DAMAGES     DAIS_SEED repeats a run
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../unit/journal/lab.h"

enum { TOLD = 8, SECTOR = 512, FEW = 60, MANY = 220 };

struct run {
	uint64_t seed;
	struct lab_log log;
	int64_t tried, wrong;
};

/* A log of so many lines, of commands and batches as they come. */
static void
begin(struct run *x, int lines)
{
	struct buf pattern = {0};
	buf_puts(&pattern, "o|");
	for (int i = 1; i < lines; i++) {
		bool more = i + 1 < lines && lab_next(&x->seed) % 3 == 0;
		buf_char(&pattern, more ? 'm' : 'o');
		if (!more && lab_next(&x->seed) % 2)
			buf_char(&pattern, '|');
	}
	x->log = lab_make(pattern.p);
	buf_finish(&pattern);
}

static void
tell(struct run *x, const char *what, int64_t at, const char *wrong)
{
	if (x->wrong++ < TOLD)
		printf("# %s at byte %lld: %s\n", what, (long long)at, wrong);
}

/* The line that a byte is in. */
static int64_t
line_of(const struct lab_log *log, int64_t byte)
{
	int64_t low = 0, high = log->n;
	while (low + 1 < high) {
		int64_t mid = (low + high) / 2;
		*(log->start[mid] <= byte ? &low : &high) = mid;
	}
	return log->start[log->n] <= byte ? log->n : low;
}

/* How many records of whole commands stand before this line. */
static int64_t
whole_before(const struct lab_log *log, int64_t line)
{
	return line == log->n || log->command[line] == line ? line : log->command[line];
}

/* What is wrong with how a log was read whose first different byte that is. */
static const char *
judge(const struct lab_log *log, const struct journal_check *c, struct str bytes, int64_t common)
{
	int64_t line = line_of(log, common), whole = whole_before(log, line);
	bool cut = (size_t)common == bytes.n, clean = cut && common == log->start[line];
	if (c->records != whole || c->good_bytes != log->start[whole])
		return "not all of it, or more, is trusted";
	if ((c->state == JOURNAL_WHOLE) != (clean && whole == line && whole > 0))
		return "it is not noticed, or noticed where there is nothing";
	if (c->state == JOURNAL_WHOLE || c->state == JOURNAL_NOT_A_LOG)
		return c->state == JOURNAL_NOT_A_LOG && whole ? "it is no log at all" : NULL;
	bool begun = c->state == JOURNAL_TORN || clean;
	return c->bad_line == (begun ? whole : line) + 1 ? NULL : "it is located in another line";
}

/* The same with a mark for the last record. */
static const char *
judge_marked(const struct journal_check *c, int64_t whole, const struct lab_log *log)
{
	if (c->state == JOURNAL_WHOLE || (c->state == JOURNAL_TORN && whole < log->n))
		return "the mark says nothing";
	return NULL;
}

static void
look(struct run *x, struct str bytes, const char *what)
{
	struct str all = buf_view(&x->log.bytes);
	size_t n = bytes.n < all.n ? bytes.n : all.n, common = 0;
	if (str_eq(bytes, all))
		return;
	while (common < n && bytes.p[common] == all.p[common])
		common++;
	x->tried++;
	struct journal_check c = lab_check(bytes, NULL);
	const char *wrong = judge(&x->log, &c, bytes, (int64_t)common);
	journal_check_finish(&c);
	int64_t whole = whole_before(&x->log, line_of(&x->log, (int64_t)common));
	if (!wrong && whole && (x->tried % 8 == 0 || common == bytes.n)) {
		c = lab_check(bytes, &x->log.mark);
		wrong = judge_marked(&c, whole, &x->log);
		journal_check_finish(&c);
	}
	if (wrong)
		tell(x, what, (int64_t)common, wrong);
}

/* --- cut at every byte --- */

static const char *
reopen(const struct lab *lab, const struct lab_log *log, int64_t cut)
{
	struct journal *j;
	struct journal_check c;
	struct str all = str_upto(buf_view(&log->bytes), (size_t)cut);
	int64_t line = line_of(log, cut), whole = whole_before(log, line);
	struct str kept = str_upto(all, (size_t)log->start[whole]);
	const char *wrong = NULL;
	int r = journal_open(&j, lab->path, NULL, NULL, &c);
	if (whole == 0)
		wrong = r == 0 ? "what never was a log is opened" : NULL;
	else if (r != 0)
		wrong = "it does not open";
	else if (c.records != whole)
		wrong = "not all of it, or more, is trusted";
	if (!wrong && c.torn) {
		struct buf torn = lab_read(c.torn);
		if (!str_eq(buf_view(&torn), str_from(all, kept.n)))
			wrong = "other bytes are kept than were cut off";
		buf_finish(&torn);
		unlink(c.torn);
	} else if (!wrong && whole && kept.n < all.n)
		wrong = "what was cut off is not kept";
	journal_check_finish(&c);
	journal_close(j);
	struct buf left = lab_read(lab->path);
	if (!wrong && !str_eq(buf_view(&left), whole ? kept : all))
		wrong = "other bytes are left than were whole";
	buf_finish(&left);
	return wrong;
}

static void
cuts(struct run *x)
{
	struct lab lab = lab_begin(true);
	char *mark = lab_beside(&lab, ".mark");
	begin(x, MANY);
	for (int64_t cut = 0; cut < (int64_t)x->log.bytes.n; cut++) {
		struct str some = str_upto(buf_view(&x->log.bytes), (size_t)cut);
		int64_t line = line_of(&x->log, cut), whole = whole_before(&x->log, line);
		look(x, some, "a cut");
		/* Opening costs more than reading; where a line ends or begins it is always tried. */
		if (cut - x->log.start[line] > 1 && lab_next(&x->seed) % 16)
			continue;
		unlink(mark);
		lab_write(lab.path, some);
		const char *wrong = reopen(&lab, &x->log, cut);
		if (!wrong && whole)
			wrong = reopen(&lab, &x->log, x->log.start[whole]);
		if (wrong)
			tell(x, "a cut", cut, wrong);
	}
	free(mark);
	lab_end(&lab);
	lab_free(&x->log);
}

/* --- every bit --- */

static void
flips(struct run *x)
{
	begin(x, FEW);
	struct buf b = {0};
	buf_str(&b, buf_view(&x->log.bytes));
	for (size_t i = 0; i < b.n * 8; i++) {
		b.p[i / 8] = (char)(b.p[i / 8] ^ 1 << i % 8);
		look(x, buf_view(&b), "a bit");
		b.p[i / 8] = (char)(b.p[i / 8] ^ 1 << i % 8);
	}
	buf_finish(&b);
	lab_free(&x->log);
}

/* --- every line, every sector --- */

static void
without(struct run *x, int64_t from, int64_t n)
{
	struct buf b = {0};
	for (int64_t i = 0; i < x->log.n; i++)
		if (i < from || i >= from + n)
			lab_put_line(&b, &x->log, i);
	look(x, buf_view(&b), "lines that are gone");
	buf_finish(&b);
}

static void
twice(struct run *x, int64_t a, int64_t at)
{
	struct buf b = {0};
	for (int64_t i = 0; i < x->log.n; i++) {
		lab_put_line(&b, &x->log, i);
		if (i == at)
			lab_put_line(&b, &x->log, a);
	}
	look(x, buf_view(&b), "a line that is there twice");
	buf_finish(&b);
}

static void
swapped(struct run *x, int64_t a, int64_t z)
{
	struct buf b = {0};
	for (int64_t i = 0; i < x->log.n; i++)
		lab_put_line(&b, &x->log, i == a ? z : i == z ? a : i);
	look(x, buf_view(&b), "two lines in each other's place");
	buf_finish(&b);
}

static void
sector(struct run *x, size_t at, int value)
{
	struct buf b = {0};
	buf_str(&b, buf_view(&x->log.bytes));
	memset(b.p + at, value, b.n - at < SECTOR ? b.n - at : SECTOR);
	look(x, buf_view(&b), "a sector");
	buf_finish(&b);
}

static void
lines(struct run *x)
{
	begin(x, FEW);
	for (int64_t a = 0; a < x->log.n; a++)
		for (int64_t z = 0; z < x->log.n; z++) {
			if (a + z < x->log.n)
				without(x, a, z + 1);
			twice(x, a, z);
			if (a < z)
				swapped(x, a, z);
		}
	for (size_t at = 0; at < x->log.bytes.n; at += SECTOR) {
		sector(x, at, 0);
		sector(x, at, 0xff);
	}
	lab_free(&x->log);
}

/* --- whatever comes --- */

static void
any(struct run *x)
{
	enum { A_LOG = 500 };
	begin(x, 4 + (int)(lab_next(&x->seed) % 24));
	for (int i = 0; i < A_LOG; i++) {
		struct buf b = {0};
		buf_str(&b, buf_view(&x->log.bytes));
		for (uint64_t n = 1 + lab_next(&x->seed) % 3; n && b.n; n--)
			lab_damage(&b, &x->seed);
		look(x, buf_view(&b), "damage");
		buf_finish(&b);
	}
	lab_free(&x->log);
}

static const struct kind {
	const char *name, *said;
	void (*run)(struct run *x);
	bool counts; /* what is asked for are damages, not logs */
} kinds[] = {
	{"cuts", "cuts, at every byte: what was whole is trusted, the rest kept", cuts, false},
	{"flips", "bits turned, each in turn: noticed and located", flips, false},
	{"lines", "lines and sectors lost, doubled, swapped: noticed and located", lines, false},
	{"any", "damages of all kinds: noticed and located", any, true},
};

int
main(int argc, char **argv)
{
	struct run x = {.seed = lab_seed()};
	int64_t most = argc > 2 ? atoll(argv[2]) : 1;
	for (size_t i = 0; argc > 1 && i < sizeof kinds / sizeof *kinds; i++) {
		if (strcmp(kinds[i].name, argv[1]) != 0)
			continue;
		for (int64_t n = 0; (kinds[i].counts ? x.tried : n) < most; n++)
			kinds[i].run(&x);
		printf("%s 1 - %lld %s, %lld wrong\n1..1\n", x.wrong ? "not ok" : "ok", (long long)x.tried,
			kinds[i].said, (long long)x.wrong);
		return x.wrong > 0;
	}
	return 2;
}
