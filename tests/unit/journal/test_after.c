/*
 * A log that continues another one: born, read, opened, torn and begun anew
 * behind the right hash, and never behind any other.
 */
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

static const unsigned char sealed[HASH_SIZE] = {0xda, 0x15, [31] = 1};

static struct journal *
born(const struct lab *lab)
{
	struct journal *j;
	struct buf body = lab_body(0, false);
	assert_int_equal(journal_create_after(&j, lab->path, sealed, buf_view(&body)), 0);
	buf_finish(&body);
	return j;
}

static void
whole(const struct lab *lab, int64_t records)
{
	struct lab_seen s = {0};
	struct journal_check c;
	assert_int_equal(journal_read_after(lab->path, sealed, lab_see, &s, &c), 0);
	assert_int_equal(c.state, JOURNAL_WHOLE);
	assert_int_equal(c.records, records);
	assert_int_equal(s.n, records);
	assert_false(c.elsewhere);
	journal_check_finish(&c);
}

/* The chain begins with what is before it, and with nothing else: every bit of it counts. */
static void
another_log(void **state)
{
	struct lab lab = lab_begin(true);
	struct journal *j = born(&lab);
	struct journal_check c;
	(void)state;
	lab_append(j, 2);
	assert_int_equal(lab_commit(j), 0);
	journal_close(j);
	whole(&lab, 3);
	struct buf bytes = lab_read(lab.path);
	for (int bit = 0; bit <= 8 * HASH_SIZE; bit++) {
		unsigned char other[HASH_SIZE];
		struct lab_seen s = {0};
		memcpy(other, sealed, HASH_SIZE);
		if (bit < 8 * HASH_SIZE)
			other[bit / 8] ^= (unsigned char)(1 << bit % 8);
		else
			memset(other, 0, HASH_SIZE);
		assert_int_equal(journal_read_after(lab.path, other, lab_see, &s, &c), 0);
		assert_int_equal(c.state, JOURNAL_DAMAGED);
		assert_int_equal(c.records, 0);
		assert_int_equal(s.n, 0);
		assert_true(c.elsewhere);
		assert_int_equal(!!strstr(c.why, "another log"), bit < 8 * HASH_SIZE);
		journal_check_finish(&c);
		assert_int_equal(
			journal_open_after(&j, lab.path, other, NULL, NULL, &c), -EBADMSG);
		assert_null(j);
		journal_check_finish(&c);
	}
	/* As a log by itself it is none either. */
	assert_int_equal(journal_read(lab.path, NULL, NULL, &c), 0);
	assert_int_equal(c.state, JOURNAL_DAMAGED);
	assert_true(c.elsewhere);
	journal_check_finish(&c);
	/* Nothing was touched by all that asking. */
	struct buf after = lab_read(lab.path);
	assert_true(str_eq(buf_view(&bytes), buf_view(&after)));
	buf_finish(&bytes);
	buf_finish(&after);
	lab_end(&lab);
}

/* And a log by itself continues no other. */
static void
by_itself(void **state)
{
	struct lab lab = lab_begin(true);
	struct journal_check c;
	(void)state;
	journal_close(lab_born(&lab));
	assert_int_equal(journal_read_after(lab.path, sealed, NULL, NULL, &c), 0);
	assert_int_equal(c.state, JOURNAL_DAMAGED);
	assert_true(c.elsewhere);
	journal_check_finish(&c);
	lab_end(&lab);
}

/* Opened again and gone on with, torn at every byte of its last line, and cut off there. */
static void
torn(void **state)
{
	struct lab lab = lab_begin(true);
	struct journal *j = born(&lab);
	struct journal_check c;
	(void)state;
	lab_append(j, 1);
	assert_int_equal(lab_commit(j), 0);
	journal_close(j);
	int64_t two = lab_size(lab.path);
	assert_int_equal(journal_open_after(&j, lab.path, sealed, NULL, NULL, &c), 0);
	assert_int_equal(journal_synced(j), 1);
	journal_check_finish(&c);
	lab_append(j, 1);
	assert_int_equal(lab_commit(j), 0);
	journal_close(j);
	whole(&lab, 3);
	struct buf bytes = lab_read(lab.path);
	char *mark = lab_beside(&lab, ".mark");
	for (size_t n = (size_t)two + 1; n < bytes.n; n++) {
		unlink(mark);
		lab_write(lab.path, str_upto(buf_view(&bytes), n));
		assert_int_equal(journal_open_after(&j, lab.path, sealed, NULL, NULL, &c), 0);
		assert_int_equal(c.state, JOURNAL_TORN);
		assert_int_equal(c.records, 2);
		unlink(c.torn);
		journal_check_finish(&c);
		lab_append(j, 1);
		assert_int_equal(lab_commit(j), 0);
		journal_close(j);
		struct buf again = lab_read(lab.path);
		assert_true(str_eq(buf_view(&again), buf_view(&bytes)));
		buf_finish(&again);
	}
	free(mark);
	buf_finish(&bytes);
	lab_end(&lab);
}

/* Where a sync failed, the fresh file that takes its place begins behind the same hash. */
static void
renewed(void **state)
{
	struct lab lab = lab_begin(true);
	struct journal *j = born(&lab);
	struct fault f = {.only = "sync", .times = 1, .error = -EIO};
	struct journal_calls calls = fault_calls(&f);
	(void)state;
	lab_append(j, 1);
	journal_use_calls(j, &calls);
	assert_int_equal(lab_commit(j), -EIO);
	journal_use_calls(j, NULL);
	assert_int_equal(lab_commit(j), 0);
	assert_int_equal(journal_failovers(j, NULL), 1);
	lab_append(j, 2);
	assert_int_equal(lab_commit(j), 0);
	journal_close(j);
	whole(&lab, 4);
	lab_end(&lab);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(another_log),
		cmocka_unit_test(by_itself),
		cmocka_unit_test(torn),
		cmocka_unit_test(renewed),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
