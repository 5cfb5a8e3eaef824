/*
 * Between an event and the disk everything may fail once or for ever: what was
 * acknowledged is there, what was not is not lost, and no failed sync is
 * believed again.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <errno.h>
#include <pthread.h>
#include <sys/stat.h>

#include "lab.h"

static void
groups(void **state)
{
	(void)state;
	struct lab lab = lab_begin(false);
	struct journal *j = lab_born(&lab);
	assert_null(journal_begin(j));
	assert_false(journal_waiting(j));
	lab_append(j, 1);
	assert_true(journal_waiting(j));
	struct journal_batch *b = journal_begin(j);
	assert_false(journal_waiting(j));
	lab_append(j, 2);
	lab_append(j, 1);
	assert_true(journal_waiting(j));
	assert_null(journal_begin(j));
	assert_int_equal(journal_next_seq(j), 5);
	assert_int_equal(journal_synced(j), 0);
	assert_int_equal(journal_settle(j, b, journal_commit(b)), 0);
	assert_int_equal(journal_synced(j), 1);
	assert_int_equal(lab_commit(j), 0);
	assert_int_equal(journal_synced(j), 4);
	lab_append(j, 1);
	assert_int_equal(lab_commit(j), 0);
	assert_null(journal_begin(j));
	struct lab_seen s = lab_whole(lab.path, 6);
	const int64_t safe[] = {0, 1, 2, 2, 2, 5};
	assert_memory_equal(s.safe, safe, sizeof safe);
	assert_int_equal(journal_failovers(j, NULL), 0);
	assert_string_equal(journal_path(j), lab.path);
	journal_close(j);
	lab_end(&lab);
}

static void
limits(void **state)
{
	(void)state;
	struct lab lab = lab_begin(true);
	struct journal *j = lab_born(&lab);
	int64_t size = lab_size(lab.path), commands = 0, longest = 0;
	for (int i = 0; i < 1200; i++)
		lab_append(j, 1 + i % 5);
	lab_append(j, 3000); /* longer than a batch: goes alone */
	lab_append(j, 1);
	int64_t all = journal_next_seq(j);
	while (journal_waiting(j)) {
		assert_int_equal(lab_commit(j), 0);
		int64_t grown = lab_size(lab.path) - size;
		size += grown;
		commands++;
		if (grown > JOURNAL_BATCH_MAX)
			longest++;
	}
	assert_int_equal(journal_synced(j), all - 1);
	assert_int_equal(longest, 1);
	assert_in_range(commands, 4, 9);
	lab_whole(lab.path, all);
	journal_close(j);
	lab_end(&lab);
}

static void
short_and_interrupted(void **state)
{
	(void)state;
	struct lab lab = lab_begin(false);
	struct journal *j = lab_born(&lab);
	struct fault f = {.at = 3, .times = 4, .only = "write", .error = -EINTR, .short_by = 7};
	struct journal_calls calls = fault_calls(&f);
	journal_use_calls(j, &calls);
	lab_append(j, 3);
	assert_int_equal(lab_commit(j), 0);
	assert_true(f.count > 20);
	assert_int_equal(journal_failovers(j, NULL), 0);
	lab_whole(lab.path, 4);
	journal_close(j);
	lab_end(&lab);
}

/* A full disk: nothing is acknowledged, nothing is lost, and the same file goes on afterwards. */
static void
full_then_room(void **state)
{
	(void)state;
	static const char *const where[] = {"write", "write half"};
	static const int errors[] = {-ENOSPC, -EDQUOT, -EFBIG, -EIO};
	for (size_t w = 0; w < 2; w++)
		for (size_t e = 0; e < 4; e++) {
			struct lab lab = lab_begin(true);
			struct journal *j = lab_born(&lab);
			int64_t size = lab_size(lab.path), inode = lab_inode(lab.path), wait = 250;
			struct fault f = {.only = where[w], .error = errors[e]};
			struct journal_calls calls = fault_calls(&f);
			journal_use_calls(j, &calls);
			for (int i = 0; i < 7; i++) {
				lab_append(j, 1 + i % 2);
				/* A half that was written makes a short write; the next one fails.
				 */
				assert_int_equal(lab_commit(j), errors[e]);
				assert_int_equal(journal_trouble(j), errors[e]);
				assert_int_equal(journal_retry_ms(j), wait);
				wait = wait < 2500 ? wait * 2 : 5000;
				assert_int_equal(journal_synced(j), 0);
				assert_true(journal_waiting(j));
				assert_int_equal(lab_size(lab.path), size);
				lab_whole(lab.path, 1);
			}
			journal_use_calls(j, NULL);
			assert_int_equal(lab_commit(j), 0);
			assert_int_equal(journal_trouble(j), 0);
			assert_int_equal(journal_retry_ms(j), 0);
			assert_int_equal(journal_synced(j), 10);
			assert_int_equal(lab_inode(lab.path), inode);
			assert_int_equal(journal_failovers(j, NULL), 0);
			lab_whole(lab.path, 11);
			journal_close(j);
			lab_end(&lab);
		}
}

/* The real thing: a limit on the file's size. */
static void
size_limit(void **state)
{
	(void)state;
	struct lab lab = lab_begin(false);
	struct journal *j = lab_born(&lab);
	lab_append(j, 1);
	assert_int_equal(lab_commit(j), 0);
	lab_limit_size(lab_size(lab.path) + 100);
	lab_append(j, 1);
	assert_int_equal(lab_commit(j), -EFBIG);
	assert_int_equal(journal_synced(j), 1);
	lab_limit_size(-1);
	assert_int_equal(lab_commit(j), 0);
	lab_whole(lab.path, 3);
	assert_int_equal(journal_failovers(j, NULL), 0);
	journal_close(j);
	lab_end(&lab);
}

/* After a failed sync the descriptor is never used again, although a second sync would succeed. */
static void
sync_fails(void **state)
{
	(void)state;
	static const int errors[] = {-EIO, -ENOSPC, -EDQUOT, -EINTR};
	for (size_t e = 0; e < 4; e++) {
		struct lab lab = lab_begin(false);
		struct journal *j = lab_born(&lab);
		lab_append(j, 2);
		assert_int_equal(lab_commit(j), 0);
		int64_t inode = lab_inode(lab.path);
		struct fault f = {.at = 0, .times = 2, .only = "sync", .error = errors[e]};
		struct journal_calls calls = fault_calls(&f);
		const char *old;
		journal_use_calls(j, &calls);
		lab_append(j, 2);
		assert_int_equal(lab_commit(j), errors[e]);
		assert_int_equal(journal_synced(j), 2);
		assert_int_equal(lab_inode(lab.path), inode);
		assert_int_equal(journal_failovers(j, &old), 0);
		assert_null(old);
		lab_append(j, 1);
		/* The fresh file's sync counts as well. */
		assert_int_equal(lab_commit(j), errors[e]);
		assert_int_equal(journal_synced(j), 2);
		assert_int_equal(lab_inode(lab.path), inode);
		assert_int_equal(lab_count(&lab, ".failed") + lab_count(&lab, ".new"), 0);
		assert_int_equal(lab_commit(j), 0);
		assert_int_equal(journal_synced(j), 5);
		assert_int_not_equal(lab_inode(lab.path), inode);
		assert_int_equal(journal_failovers(j, &old), 1);
		assert_non_null(old);
		assert_int_equal(lab_inode(old), inode);
		assert_int_equal(lab_count(&lab, ".new"), 0);
		struct lab_seen s = lab_whole(lab.path, 6);
		assert_int_equal(s.safe[5], 3);
		/* On the fresh file it goes on as ever, and another process may not have it. */
		lab_append(j, 1);
		assert_int_equal(lab_commit(j), 0);
		assert_int_equal(journal_failovers(j, &old), 1);
		lab_whole(lab.path, 7);
		struct journal *k;
		struct journal_check c;
		assert_int_equal(journal_open(&k, lab.path, NULL, NULL, &c), -EAGAIN);
		journal_close(j);
		assert_int_equal(journal_open(&k, lab.path, NULL, NULL, &c), 0);
		assert_int_equal(c.state, JOURNAL_WHOLE);
		assert_int_equal(c.mark_seq, 6);
		journal_close(k);
		lab_end(&lab);
	}
}

/* A folder whose sync fails for ever must not fill with copies. */
static void
folder_sync_fails(void **state)
{
	(void)state;
	struct lab lab = lab_begin(true);
	struct journal *j = lab_born(&lab);
	struct fault f = {.at = 0, .times = 1, .only = "sync", .error = -EIO};
	struct journal_calls calls = fault_calls(&f);
	journal_use_calls(j, &calls);
	lab_append(j, 1);
	assert_int_equal(lab_commit(j), -EIO);
	f = (struct fault){.only = "sync folder", .error = -EIO};
	for (int i = 0; i < 10; i++) {
		lab_append(j, 1);
		assert_int_equal(lab_commit(j), -EIO);
		assert_int_equal(journal_synced(j), 0);
		assert_int_equal(lab_count(&lab, ".failed"), 1);
		assert_int_equal(lab_count(&lab, ".new"), 0);
	}
	f = (struct fault){.at = 1 << 30};
	assert_int_equal(lab_commit(j), 0);
	const char *old;
	assert_int_equal(journal_failovers(j, &old), 1);
	assert_true(lab_size(old) > 0);
	assert_int_equal(lab_count(&lab, ".failed"), 1);
	lab_whole(lab.path, 12);
	journal_close(j);
	lab_end(&lab);
}

static void *
commit_there(void *batch)
{
	static const int results[] = {0, -1};
	return journal_commit(batch) == 0 ? (void *)&results[0] : (void *)&results[1];
}

/* The commit runs in another thread while this one goes on; a thread checker watches. */
static void
other_thread(void **state)
{
	(void)state;
	struct lab lab = lab_begin(false);
	struct journal *j = lab_born(&lab);
	struct fault f = {.at = 11, .times = 2, .only = "sync", .error = -EIO};
	struct journal_calls calls = fault_calls(&f);
	journal_use_calls(j, &calls);
	for (int i = 0; i < 60; i++) {
		pthread_t thread;
		void *result;
		lab_append(j, 1);
		struct journal_batch *b = journal_begin(j);
		assert_int_equal(pthread_create(&thread, NULL, commit_there, b), 0);
		lab_append(j, 1 + i % 3);
		assert_true(journal_waiting(j) && !journal_begin(j));
		assert_true(journal_synced(j) < journal_next_seq(j));
		assert_true(journal_failovers(j, NULL) + journal_trouble(j) + journal_retry_ms(j) <
			    1000);
		assert_int_equal(pthread_join(thread, &result), 0);
		journal_settle(j, b, *(const int *)result);
	}
	assert_int_equal(lab_commit(j), 0);
	assert_int_equal(journal_failovers(j, NULL), 1);
	lab_whole(lab.path, journal_next_seq(j));
	journal_close(j);
	lab_end(&lab);
}

/* Room in advance: full disks still take what was promised to them. */
static void
ahead(void **state)
{
	(void)state;
	struct lab lab = lab_begin(false);
	struct journal *j = lab_born(&lab);
	struct stat st;
	for (int i = 0; i < 12; i++) {
		for (int n = 0; n < 1100; n++)
			lab_append(j, 1);
		while (journal_waiting(j))
			assert_int_equal(lab_commit(j), 0);
		assert_int_equal(stat(lab.path, &st), 0);
		if (st.st_blocks * 512 < st.st_size + JOURNAL_BATCH_MAX / 2)
			fail_msg("only %d KiB ahead",
				(int)((st.st_blocks * 512 - st.st_size) / 1024));
	}
	journal_close(j);
	lab_end(&lab);
}

/*
 * Every system call of a commit fails, once or for ever, on a sound file and on
 * one that has to be renewed. In the end nothing is missing.
 */
static void
every_call(void **state)
{
	(void)state;
	static const int errors[] = {-EIO, -ENOSPC, -EROFS};
	for (int renew = 0; renew < 2; renew++)
		for (int once = 0; once < 2; once++)
			for (int at = 0, done = 0; !done; at++) {
				struct lab lab = lab_begin(true);
				struct journal *j = lab_born(&lab);
				int error = errors[at % 3];
				struct fault f = {.at = at, .times = once, .error = error};
				struct journal_calls calls = fault_calls(&f);
				lab_append(j, 1);
				if (renew) {
					lab_disturb(&lab);
					assert_int_equal(lab_commit(j), -ESTALE);
				}
				journal_use_calls(j, &calls);
				for (int i = 0; i < 3; i++) {
					int r = lab_commit(j);
					lab_append(j, 2);
					struct lab_seen s = {0};
					struct journal_check c;
					assert_int_equal(
						journal_read(lab.path, lab_see, &s, &c), 0);
					assert_true(c.records > journal_synced(j));
					/* After its sync failed there may be more than was
					 * acknowledged. */
					assert_true(r == 0 || r == error || r == -ENOENT ||
						    r == -ESTALE || r == -EAGAIN);
				}
				done = f.count <= at;
				journal_use_calls(j, NULL);
				for (int i = 0; i < 3 && journal_waiting(j); i++)
					lab_commit(j);
				assert_false(journal_waiting(j));
				assert_int_equal(journal_synced(j), 7);
				lab_whole(lab.path, 8);
				if (lab_count(&lab, ".failed") > 2)
					fail_msg("call %d leaves many old files", at);
				journal_close(j);
				lab_end(&lab);
				assert_true(at < 500);
			}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(groups),
		cmocka_unit_test(limits),
		cmocka_unit_test(short_and_interrupted),
		cmocka_unit_test(full_then_room),
		cmocka_unit_test(size_limit),
		cmocka_unit_test(sync_fails),
		cmocka_unit_test(folder_sync_fails),
		cmocka_unit_test(other_thread),
		cmocka_unit_test(ahead),
		cmocka_unit_test(every_call),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
