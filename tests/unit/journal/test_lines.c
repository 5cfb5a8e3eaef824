/* Records by their number: the file's own bytes, at every length of the log, while it grows and
 * after it was begun anew. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lab.h"

static struct str
line_of(const struct buf *bytes, int64_t number)
{
	struct str rest = buf_view(bytes);
	for (;; number--) {
		const char *end = memchr(rest.p, '\n', rest.n);
		assert_non_null(end);
		if (number == 0)
			return str_upto(rest, (size_t)(end - rest.p));
		rest = str_from(rest, (size_t)(end - rest.p) + 1);
	}
}

static void
assert_lines(struct journal *j, const struct lab *lab, const int64_t *seqs, size_t n)
{
	struct buf bytes = lab_read(lab->path);
	for (size_t i = 0; i < n; i++) {
		struct str want = line_of(&bytes, seqs[i]), have = journal_line(j, seqs[i]);
		assert_int_equal(have.n, want.n);
		assert_memory_equal(have.p, want.p, want.n);
	}
	buf_finish(&bytes);
}

static void
grows(void **state)
{
	(void)state;
	struct lab lab = lab_begin(true);
	struct journal *j = lab_born(&lab);
	uint64_t seed = lab_seed();
	assert_int_equal(journal_line(j, 1).n, 0);
	assert_int_equal(journal_line(j, -1).n, 0);
	for (int round = 0; round < 40; round++) {
		int64_t seqs[8];
		lab_append(j, (int)(lab_next(&seed) % 30) + 1);
		/* What only waits is not there yet. */
		assert_int_equal(journal_line(j, journal_next_seq(j) - 1).n, 0);
		assert_int_equal(lab_commit(j), 0);
		for (size_t i = 0; i < 8; i++)
			seqs[i] = (int64_t)(lab_next(&seed) % (uint64_t)(journal_synced(j) + 1));
		seqs[0] = journal_synced(j);
		assert_lines(j, &lab, seqs, 8);
	}
	journal_close(j);
	lab_end(&lab);
}

/* Long lines, so that the window has to move for nearly every one. */
static void
moves(void **state)
{
	(void)state;
	struct lab lab = lab_begin(true);
	struct journal *j = lab_born(&lab);
	struct buf body = {0};
	uint64_t seed = lab_seed();
	int64_t seqs[200];
	for (int i = 0; i < 40; i++) {
		buf_reset(&body);
		buf_puts(&body, "\"t\":1,\"at\":\"\",\"by\":\"\",\"kind\":\"x\",\"data\":{\"x\":\"");
		buf_fill(&body, 'y', JOURNAL_BODY_MAX - body.n - 3);
		buf_puts(&body, "\"}");
		struct str one = buf_view(&body);
		journal_append(j, &one, 1);
		assert_int_equal(lab_commit(j), 0);
	}
	for (size_t i = 0; i < 200; i++)
		seqs[i] = (int64_t)(lab_next(&seed) % 41);
	assert_lines(j, &lab, seqs, 200);
	buf_finish(&body);
	journal_close(j);
	lab_end(&lab);
}

/* Somebody cut the log: the records that are gone are none, those before it are still read. */
static void
shrunk(void **state)
{
	(void)state;
	struct lab lab = lab_begin(true);
	struct journal *j = lab_born(&lab);
	struct buf body = {0};
	int64_t seqs[] = {40, 0}, size;
	buf_puts(&body, "\"t\":1,\"at\":\"\",\"by\":\"\",\"kind\":\"x\",\"data\":{\"x\":\"");
	buf_fill(&body, 'y', JOURNAL_BODY_MAX - body.n - 3);
	buf_puts(&body, "\"}");
	struct str one = buf_view(&body);
	for (int i = 0; i < 40; i++) {
		journal_append(j, &one, 1);
		assert_int_equal(lab_commit(j), 0);
	}
	assert_lines(j, &lab, seqs, 2);
	size = lab_size(lab.path);
	/* In the middle of the last line, then before it. */
	assert_int_equal(truncate(lab.path, size - 100), 0);
	assert_int_equal(journal_line(j, 40).n, 0);
	assert_lines(j, &lab, seqs + 1, 1);
	assert_int_equal(truncate(lab.path, size - 2 * JOURNAL_LINE_MAX), 0);
	assert_int_equal(journal_line(j, 40).n, 0);
	assert_lines(j, &lab, seqs + 1, 1);
	buf_finish(&body);
	journal_close(j);
	lab_end(&lab);
}

/* A failed sync: another file takes the name, with the same records. */
static void
begun_anew(void **state)
{
	(void)state;
	struct lab lab = lab_begin(true);
	struct journal *j = lab_born(&lab);
	struct fault f = {.at = 0, .times = 1, .only = "sync", .error = -EIO};
	struct journal_calls calls = fault_calls(&f);
	int64_t seqs[] = {0, 3, 5};
	lab_append(j, 3);
	assert_int_equal(lab_commit(j), 0);
	assert_lines(j, &lab, seqs, 2);
	journal_use_calls(j, &calls);
	lab_append(j, 2);
	assert_int_equal(lab_commit(j), -EIO);
	assert_int_equal(lab_commit(j), 0);
	assert_int_equal(journal_failovers(j, NULL), 1);
	assert_lines(j, &lab, seqs, 3);
	journal_close(j);
	lab_end(&lab);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(grows),
		cmocka_unit_test(moves),
		cmocka_unit_test(shrunk),
		cmocka_unit_test(begun_anew),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
