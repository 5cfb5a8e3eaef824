/* A copy takes a log's bytes as they come, in pieces of any size, and after every cut of its end it
 * is whole again once the rest came. */
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

static const char *
count(void *ctx, const struct journal_record *r)
{
	(void)r;
	++*(int64_t *)ctx;
	return NULL;
}

static struct mirror *
opened(const struct lab *lab, int64_t *records)
{
	struct mirror *m;
	struct journal_check c;
	*records = 0;
	assert_int_equal(mirror_open(&m, lab->path, count, records, &c), 0);
	assert_int_equal(c.records, *records);
	journal_check_finish(&c);
	return m;
}

static struct str
lines(const struct lab_log *log, int64_t from, int64_t to)
{
	return (struct str){log->bytes.p + log->start[from], (size_t)(log->start[to] - log->start[from])};
}

static void
grows(void **state)
{
	(void)state;
	struct lab_log log = lab_make(LAB_PATTERN);
	uint64_t seed = lab_seed();
	for (int round = 0; round < 50; round++) {
		struct lab lab = lab_begin(true);
		int64_t at = 0, seen;
		struct mirror *m = opened(&lab, &seen), *other;
		struct journal_check c;
		assert_int_equal(seen, 0);
		assert_int_equal(mirror_open(&other, lab.path, NULL, NULL, &c), -EAGAIN);
		while (at < log.n) {
			int64_t to = at + 1 + (int64_t)(lab_next(&seed) % (uint64_t)(log.n - at));
			assert_int_equal(mirror_write(m, lines(&log, at, to)), 0);
			at = to;
			if (lab_next(&seed) % 2)
				continue;
			/* Begun again: what an unfinished command left is asked for once more. */
			mirror_close(m);
			m = opened(&lab, &seen);
			assert_int_equal(seen, at < log.n ? log.command[at] : log.n);
			at = seen;
		}
		mirror_close(m);
		struct buf bytes = lab_read(lab.path);
		assert_int_equal(bytes.n, log.bytes.n);
		assert_memory_equal(bytes.p, log.bytes.p, log.bytes.n);
		buf_finish(&bytes);
		lab_end(&lab);
	}
	lab_free(&log);
}

/* Cut at every byte, or with a byte that another disk gave back: the trusted part stays. */
static void
damaged(void **state)
{
	(void)state;
	struct lab_log log = lab_make("o|mo|o|");
	for (size_t cut = 0; cut <= 2 * log.bytes.n; cut++) {
		struct lab lab = lab_begin(true);
		struct buf bytes = {0};
		size_t at = cut % (log.bytes.n + 1);
		buf_put(&bytes, log.bytes.p, cut > log.bytes.n ? log.bytes.n : at);
		if (cut > log.bytes.n && at < bytes.n)
			bytes.p[at] ^= 4;
		lab_write(lab.path, buf_view(&bytes));
		int64_t records, whole = 0;
		struct mirror *m = opened(&lab, &records);
		while (whole < log.n && (size_t)log.start[whole + 1] <= at)
			whole++;
		if (whole < log.n)
			whole = log.command[whole];
		assert_int_equal(records, whole);
		assert_int_equal(mirror_write(m, lines(&log, records, log.n)), 0);
		mirror_close(m);
		lab_whole(lab.path, log.n);
		buf_finish(&bytes);
		lab_end(&lab);
	}
	lab_free(&log);
}

/* A full disk: nothing is half there, and the same lines fit once there is room. */
static void
full(void **state)
{
	(void)state;
	struct lab_log log = lab_make(LAB_PATTERN);
	struct lab lab = lab_begin(true);
	int64_t seen;
	struct mirror *m = opened(&lab, &seen);
	assert_int_equal(mirror_write(m, lines(&log, 0, 2)), 0);
	lab_limit_size(log.start[2] + 10);
	assert_true(mirror_write(m, lines(&log, 2, log.n)) < 0);
	assert_int_equal(lab_size(lab.path), log.start[2]);
	/* Not a byte fits. */
	lab_limit_size(log.start[2]);
	assert_true(mirror_write(m, lines(&log, 2, log.n)) < 0);
	assert_int_equal(lab_size(lab.path), log.start[2]);
	lab_limit_size(-1);
	assert_int_equal(mirror_write(m, lines(&log, 2, log.n)), 0);
	lab_whole(lab.path, log.n);
	assert_int_equal(mirror_empty(m), 0);
	assert_int_equal(mirror_write(m, lines(&log, 0, log.n)), 0);
	mirror_close(m);
	mirror_close(NULL);
	lab_whole(lab.path, log.n);
	lab_free(&log);
	lab_end(&lab);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(grows),
		cmocka_unit_test(damaged),
		cmocka_unit_test(full),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
