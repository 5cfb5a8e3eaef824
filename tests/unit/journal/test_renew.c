/*
 * A fresh file takes the log's place, and every step of that may fail: then the
 * name still stands for the old file, nothing half-made lies about, and the next
 * try has everything.
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

/* Up to two calls that fail from the first one of their name on, so many times. */
struct trouble {
	struct {
		const char *call;
		int error, times;
	} list[2];
};

static int
in_trouble(void *ctx, const char *call)
{
	struct trouble *t = ctx;
	for (size_t i = 0; i < 2; i++)
		if (t->list[i].times && strcmp(t->list[i].call, call) == 0) {
			t->list[i].times--;
			return t->list[i].error;
		}
	return 0;
}

/* A journal of n + 1 records whose file somebody else wrote into, with one more record to save. */
static struct journal *
disturbed(const struct lab *lab, int n)
{
	struct journal *j = lab_born(lab);
	lab_append(j, n);
	while (journal_waiting(j))
		assert_int_equal(lab_commit(j), 0);
	lab_disturb(lab);
	lab_append(j, 1);
	assert_int_equal(lab_commit(j), -ESTALE);
	return j;
}

/* Where a file can have no second name, the old one is moved aside. */
static void
no_links(void **state)
{
	(void)state;
	static const int errors[] = {-EPERM, -EOPNOTSUPP, -EMLINK, -ENOSYS};
	for (size_t i = 0; i < sizeof errors / sizeof *errors; i++) {
		struct lab lab = lab_begin(true);
		struct journal *j = disturbed(&lab, 1);
		struct trouble t = {{{"link", errors[i], 9}, {"rename", -EIO, 1}}};
		struct journal_calls calls = {.ctx = &t, .before = in_trouble};
		int64_t inode = lab_inode(lab.path);
		const char *old;
		journal_use_calls(j, &calls);
		/* The fresh one does not get the name: the old one has it again. */
		assert_int_equal(lab_commit(j), -EIO);
		assert_int_equal(lab_inode(lab.path), inode);
		assert_int_equal(lab_count(&lab, ".failed") + lab_count(&lab, ".new"), 0);
		t.list[1].call = "rename new";
		t.list[1].times = 1;
		assert_int_equal(lab_commit(j), -EIO);
		assert_int_equal(lab_inode(lab.path), inode);
		assert_int_equal(lab_count(&lab, ".failed") + lab_count(&lab, ".new"), 0);
		assert_int_equal(lab_commit(j), 0);
		assert_int_equal(journal_failovers(j, &old), 1);
		assert_int_equal(lab_inode(old), inode);
		lab_whole(lab.path, 3);
		journal_close(j);
		lab_end(&lab);
	}
}

/* Any other error of linking is one: the old file is not moved. */
static void
link_fails(void **state)
{
	(void)state;
	struct lab lab = lab_begin(true);
	struct journal *j = disturbed(&lab, 1);
	struct trouble t = {{{"link", -ENOSPC, 1}}};
	struct journal_calls calls = {.ctx = &t, .before = in_trouble};
	int64_t inode = lab_inode(lab.path);
	journal_use_calls(j, &calls);
	assert_int_equal(lab_commit(j), -ENOSPC);
	assert_int_equal(lab_inode(lab.path), inode);
	assert_int_equal(lab_count(&lab, ".failed") + lab_count(&lab, ".new"), 0);
	assert_int_equal(lab_commit(j), 0);
	lab_whole(lab.path, 3);
	journal_close(j);
	lab_end(&lab);
}

/* Nothing stands at the name: there is nothing to keep, and nothing to put back. */
static void
nothing_there(void **state)
{
	(void)state;
	struct lab lab = lab_begin(true);
	struct journal *j = disturbed(&lab, 1);
	struct trouble t = {{{"rename", -EIO, 1}}};
	struct journal_calls calls = {.ctx = &t, .before = in_trouble};
	const char *old;
	assert_int_equal(unlink(lab.path), 0);
	journal_use_calls(j, &calls);
	assert_int_equal(lab_commit(j), -EIO);
	assert_int_equal(lab_size(lab.path), -1);
	assert_int_equal(lab_count(&lab, ".new"), 0);
	assert_int_equal(lab_commit(j), 0);
	assert_int_equal(journal_failovers(j, &old), 1);
	assert_null(old);
	lab_whole(lab.path, 3);
	journal_close(j);
	lab_end(&lab);
}

/* A disk that is full in the middle of the copy, and one that does not give back what is to be
 * copied. */
static void
half_way(void **state)
{
	(void)state;
	struct lab lab = lab_begin(true);
	struct journal *j = disturbed(&lab, 1000);
	struct fault f = {.at = 2, .only = "write", .error = -ENOSPC, .times = 1};
	struct journal_calls calls = fault_calls(&f);
	int64_t inode = lab_inode(lab.path), all = journal_next_seq(j);
	journal_use_calls(j, &calls);
	assert_int_equal(lab_commit(j), -ENOSPC);
	assert_int_equal(f.count, 3);
	assert_int_equal(lab_inode(lab.path), inode);
	assert_int_equal(lab_count(&lab, ".failed") + lab_count(&lab, ".new"), 0);
	assert_int_equal(lab_commit(j), 0);
	lab_whole(lab.path, all);
	/* More than memory keeps: the rest is read, and cannot be. */
	while (lab_size(lab.path) < FILE_KEPT_MAX + (64 << 10)) {
		lab_append(j, 900);
		assert_int_equal(lab_commit(j), 0);
	}
	all = journal_next_seq(j) + 1;
	lab_disturb(&lab);
	lab_append(j, 1);
	assert_int_equal(lab_commit(j), -ESTALE);
	f = (struct fault){.only = "read", .error = -EIO, .times = 1};
	assert_int_equal(lab_commit(j), -EIO);
	assert_int_equal(lab_count(&lab, ".new"), 0);
	assert_int_equal(lab_commit(j), 0);
	lab_whole(lab.path, all);
	journal_close(j);
	lab_end(&lab);
}

static const char *
count(void *ctx, const struct journal_record *r)
{
	(void)r;
	++*(int64_t *)ctx;
	return NULL;
}

/* Commands of megabytes, more than half of what is kept in memory. */
static void
long_commands(void **state)
{
	(void)state;
	enum { N = 40 };
	struct lab lab = lab_begin(true);
	struct journal *j = lab_born(&lab);
	struct journal_check c;
	struct buf more = {0}, last = {0};
	struct str bodies[N];
	int64_t seen = 0;
	buf_puts(&more, "\"t\":1,\"at\":\"\",\"by\":\"\",\"kind\":\"x\",\"data\":{\"x\":\"");
	buf_fill(&more, 'y', JOURNAL_BODY_MAX - more.n - 14);
	buf_str(&last, buf_view(&more));
	buf_puts(&more, "\",\"more\":1}");
	buf_puts(&last, "\"}");
	for (size_t i = 0; i < N; i++)
		bodies[i] = buf_view(i + 1 < N ? &more : &last);
	for (int i = 0; i < 3; i++) {
		journal_append(j, bodies, N);
		assert_int_equal(lab_commit(j), 0);
		lab_disturb(&lab);
		lab_append(j, 1);
		assert_int_equal(lab_commit(j), -ESTALE);
		assert_int_equal(lab_commit(j), 0);
	}
	assert_int_equal(journal_read(lab.path, count, &seen, &c), 0);
	assert_int_equal(c.state, JOURNAL_WHOLE);
	assert_int_equal(seen, 1 + 3 * (N + 1));
	buf_finish(&more);
	buf_finish(&last);
	journal_close(j);
	lab_end(&lab);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(no_links),
		cmocka_unit_test(link_fails),
		cmocka_unit_test(nothing_there),
		cmocka_unit_test(half_way),
		cmocka_unit_test(long_commands),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
