/*
 * Whatever happens to a log's bytes is noticed, and located to the line. What a
 * torn write can leave is cut and kept; nothing else ever is.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lab.h"

struct seen {
	int64_t n;
	int64_t bytes; /* of the lines seen, each behind the one before */
};

static const char *
see(void *ctx, const struct journal_record *r)
{
	struct seen *s = ctx;
	assert_int_equal(r->seq, s->n);
	assert_int_equal(r->number, s->n + 1);
	assert_int_equal(r->offset, s->bytes);
	assert_true(str_starts(r->body, STR("\"t\":")));
	s->n++;
	s->bytes += (int64_t)r->line.n + 1;
	return NULL;
}

/* How many records stand before the cut, whole commands only. */
static int64_t
whole_before(const struct lab_log *log, int64_t cut)
{
	int64_t n = 0, whole = 0;
	while (n < log->n && log->start[n + 1] <= cut)
		n++;
	whole = n;
	if (n < log->n)
		whole = log->command[n];
	return whole < n ? whole : n;
}

/* Opens what stands at the path after a cut, twice, and goes on with it. */
static void
reopen(const struct lab *lab, const struct lab_log *log, int64_t cut)
{
	struct journal *j;
	struct journal_check c;
	struct seen seen = {0};
	struct str all = buf_view(&log->bytes);
	int64_t whole = whole_before(log, cut), good = log->start[whole];
	assert_int_equal(journal_open(&j, lab->path, see, &seen, &c), 0);
	assert_int_equal(seen.n, whole);
	assert_int_equal(c.records, whole);
	assert_int_equal(c.good_bytes, good);
	assert_int_equal(c.state, good < cut ? JOURNAL_TORN : JOURNAL_WHOLE);
	assert_int_equal(c.bad_bytes, cut - good);
	assert_int_equal(c.bad_line, good < cut ? whole + 1 : 0);
	if (good < cut) {
		struct buf torn = lab_read(c.torn);
		assert_true(str_eq(
			buf_view(&torn), str_from(str_upto(all, (size_t)cut), (size_t)good)));
		buf_finish(&torn);
		assert_int_equal(remove(c.torn), 0);
	} else
		assert_null(c.torn);
	journal_check_finish(&c);
	journal_close(j);
	struct buf left = lab_read(lab->path);
	assert_true(str_eq(buf_view(&left), str_upto(all, (size_t)good)));
	buf_finish(&left);

	seen = (struct seen){0};
	assert_int_equal(journal_open(&j, lab->path, see, &seen, &c), 0);
	assert_int_equal(c.state, JOURNAL_WHOLE);
	assert_null(c.torn);
	assert_int_equal(seen.n, whole);
	journal_check_finish(&c);
	lab_append(j, 1);
	assert_int_equal(lab_commit(j), 0);
	assert_int_equal(journal_synced(j), whole);
	journal_close(j);
	assert_int_equal(journal_read(lab->path, NULL, NULL, &c), 0);
	assert_int_equal(c.state, JOURNAL_WHOLE);
	assert_int_equal(c.records, whole + 1);
	journal_check_finish(&c);
}

static void
cuts(void **state)
{
	(void)state;
	struct lab lab = lab_begin(true);
	struct lab_log log = lab_make(LAB_PATTERN);
	char *mark = lab_beside(&lab, ".mark");
	for (int64_t cut = 0; cut <= (int64_t)log.bytes.n; cut++) {
		struct str part = str_upto(buf_view(&log.bytes), (size_t)cut);
		remove(mark);
		lab_write(lab.path, part);
		if (whole_before(&log, cut) == 0) {
			struct journal *j;
			struct journal_check c;
			assert_int_equal(journal_open(&j, lab.path, NULL, NULL, &c), -EBADMSG);
			assert_int_equal(c.state, JOURNAL_NOT_A_LOG);
			assert_int_equal(lab_size(lab.path), cut);
		} else
			reopen(&lab, &log, cut);
	}
	assert_int_equal(lab_count(&lab, ".torn"), 0);
	free(mark);
	lab_free(&log);
	lab_end(&lab);
}

/* With a mark that vouches for the last record, no cut is taken for torn, and nothing is touched.
 */
static void
cuts_marked(void **state)
{
	(void)state;
	struct lab lab = lab_begin(true);
	struct lab_log log = lab_make(LAB_PATTERN);
	char *mark = lab_beside(&lab, ".mark"), text[MARK_SIZE];
	mark_write(text, &log.mark);
	lab_write(mark, (struct str){text, sizeof text});
	for (int64_t cut = log.start[1]; cut < (int64_t)log.bytes.n; cut++) {
		struct journal *j;
		struct journal_check c;
		int64_t whole = whole_before(&log, cut);
		lab_write(lab.path, str_upto(buf_view(&log.bytes), (size_t)cut));
		assert_int_equal(journal_open(&j, lab.path, NULL, NULL, &c), -EBADMSG);
		assert_int_equal(
			c.state, log.start[whole] == cut ? JOURNAL_SHORT : JOURNAL_DAMAGED);
		assert_int_equal(c.records, whole);
		assert_int_equal(c.mark_seq, log.n - 1);
		assert_non_null(c.why);
		assert_int_equal(lab_size(lab.path), cut);
	}
	assert_int_equal(lab_count(&lab, ".torn"), 0);
	free(mark);
	lab_free(&log);
	lab_end(&lab);
}

/* What a reading of a damaged log must hold, wherever it was damaged. */
static void
judge(const struct lab_log *log, const struct journal_check *c, int64_t line, const char *what)
{
	if (c->state == JOURNAL_WHOLE || c->state == JOURNAL_SHORT || c->state == JOURNAL_NOT_A_LOG)
		fail_msg("%s in line %d: state %d", what, (int)line + 1, c->state);
	int64_t first = log->command[line];
	int64_t expected = c->state == JOURNAL_TORN ? first + 1 : line + 1;
	if (c->bad_line != expected)
		fail_msg("%s in line %d: located in %d", what, (int)line + 1, (int)c->bad_line);
	assert_int_equal(c->records, first);
	assert_int_equal(c->good_bytes, log->start[first]);
	if (c->state == JOURNAL_TORN)
		assert_int_equal(log->batch[line], log->batch[log->n - 1]);
}

static void
flips(void **state)
{
	(void)state;
	struct lab_log log = lab_make(LAB_PATTERN);
	int64_t line = 0, torn = 0;
	for (int64_t i = 0; i < (int64_t)log.bytes.n; i++) {
		while (log.start[line + 1] <= i)
			line++;
		for (int bit = 0; bit < 8; bit++) {
			log.bytes.p[i] = (char)(log.bytes.p[i] ^ 1 << bit);
			struct journal_check c = lab_check(buf_view(&log.bytes), NULL);
			judge(&log, &c, line, "a bit");
			torn += c.state == JOURNAL_TORN;
			if (i % 16 == 0) {
				c = lab_check(buf_view(&log.bytes), &log.mark);
				assert_int_equal(c.state, JOURNAL_DAMAGED);
				assert_int_equal(c.bad_line, line + 1);
			}
			log.bytes.p[i] = (char)(log.bytes.p[i] ^ 1 << bit);
		}
	}
	/* Only in the last batch, which nothing later vouches for. */
	assert_in_range(torn, 1, 8 * (log.bytes.n - (size_t)log.start[log.batch[log.n - 1]]));
	lab_free(&log);
}

static void
deleted(void **state)
{
	(void)state;
	struct lab_log log = lab_make(LAB_PATTERN);
	for (int64_t from = 0; from < log.n; from++)
		for (int64_t n = 1; from + n <= log.n; n++) {
			struct buf b = {0};
			for (int64_t i = 0; i < log.n; i++)
				if (i < from || i >= from + n)
					lab_put_line(&b, &log, i);
			struct journal_check c = lab_check(buf_view(&b), NULL);
			if (from == 0)
				assert_int_equal(
					c.state, n == log.n ? JOURNAL_NOT_A_LOG : JOURNAL_DAMAGED);
			else if (from + n < log.n)
				judge(&log, &c, from, "a missing line");
			else if (log.command[from] == from)
				assert_int_equal(c.state, JOURNAL_WHOLE);
			else
				assert_int_equal(c.state, JOURNAL_TORN);
			if (from > 0 && from + n < log.n)
				assert_int_equal(c.state, JOURNAL_DAMAGED);
			c = lab_check(buf_view(&b), &log.mark);
			assert_int_not_equal(c.state, JOURNAL_WHOLE);
			assert_int_not_equal(c.state, JOURNAL_TORN);
			buf_finish(&b);
		}
	lab_free(&log);
}

static void
doubled_and_swapped(void **state)
{
	(void)state;
	struct lab_log log = lab_make(LAB_PATTERN);
	for (int64_t a = 0; a < log.n; a++)
		for (int64_t at = 0; at < log.n; at++) {
			struct buf b = {0};
			for (int64_t i = 0; i < log.n; i++) {
				lab_put_line(&b, &log, i);
				if (i == at)
					lab_put_line(&b, &log, a);
			}
			struct journal_check c = lab_check(buf_view(&b), NULL);
			/* The line after `at` itself is where it belongs; the one behind that is
			 * not. */
			assert_int_equal(c.state, JOURNAL_DAMAGED);
			assert_int_equal(c.bad_line, a == at + 1 ? at + 3 : at + 2);
			buf_finish(&b);
		}
	for (int64_t a = 0; a < log.n; a++)
		for (int64_t z = a + 1; z < log.n; z++) {
			struct buf b = {0};
			for (int64_t i = 0; i < log.n; i++)
				lab_put_line(&b, &log, i == a ? z : i == z ? a : i);
			struct journal_check c = lab_check(buf_view(&b), NULL);
			assert_int_equal(c.state, JOURNAL_DAMAGED);
			assert_int_equal(c.bad_line, a + 1);
			buf_finish(&b);
		}
	lab_free(&log);
}

static void
at_random(void **state)
{
	(void)state;
	uint64_t seed = lab_seed();
	struct lab_log log = lab_make(LAB_PATTERN);
	for (int i = 0; i < 20000; i++) {
		struct buf b = {0};
		buf_str(&b, buf_view(&log.bytes));
		for (uint64_t n = 1 + lab_next(&seed) % 3; n && b.n; n--)
			lab_damage(&b, &seed);
		struct journal_check c = lab_check(buf_view(&b), NULL);
		bool same = str_eq(buf_view(&b), buf_view(&log.bytes));
		/* What is trusted is what was written, byte by byte, and all of it that stands. */
		size_t common = 0;
		while (common < b.n && common < log.bytes.n && b.p[common] == log.bytes.p[common])
			common++;
		int64_t whole = whole_before(&log, (int64_t)common);
		assert_int_equal(c.good_bytes, log.start[whole]);
		assert_int_equal(c.records, whole);
		assert_int_equal(
			c.state == JOURNAL_WHOLE, whole > 0 && (size_t)log.start[whole] == b.n);
		c = lab_check(buf_view(&b), &log.mark);
		if (!same && whole > 0)
			assert_true(c.state == JOURNAL_SHORT || c.state == JOURNAL_DAMAGED ||
				    (whole == log.n && c.state == JOURNAL_TORN));
		buf_finish(&b);
	}
	lab_free(&log);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(cuts),
		cmocka_unit_test(cuts_marked),
		cmocka_unit_test(flips),
		cmocka_unit_test(deleted),
		cmocka_unit_test(doubled_and_swapped),
		cmocka_unit_test(at_random),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
