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
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lab.h"

static struct journal *
born(const struct lab *lab)
{
	struct journal *j;
	struct buf body = lab_body(0, false);
	assert_int_equal(journal_create(&j, lab->path, buf_view(&body)), 0);
	buf_finish(&body);
	assert_int_equal(journal_synced(j), 0);
	assert_int_equal(journal_next_seq(j), 1);
	return j;
}

struct seen {
	int64_t n, safe[64];
};

static const char *
see(void *ctx, const struct journal_record *r)
{
	struct seen *s = ctx;
	struct buf plain = lab_body(r->seq, false), more = lab_body(r->seq, true);
	/* Each record says what it said when it was appended. */
	assert_true(str_eq(r->body, buf_view(&plain)) || str_eq(r->body, buf_view(&more)));
	buf_finish(&plain);
	buf_finish(&more);
	if (s->n < 64)
		s->safe[s->n] = r->safe;
	s->n++;
	return NULL;
}

static struct seen
read_whole(const char *path, int64_t records)
{
	struct seen s = {0};
	struct journal_check c;
	assert_int_equal(journal_read(path, see, &s, &c), 0);
	if (c.state != JOURNAL_WHOLE)
		fail_msg("%s", c.why);
	assert_int_equal(c.records, records);
	assert_int_equal(s.n, records);
	journal_check_finish(&c);
	return s;
}

static void
groups(void **state)
{
	(void)state;
	struct lab lab = lab_begin(false);
	struct journal *j = born(&lab);
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
	struct seen s = read_whole(lab.path, 6);
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
	struct journal *j = born(&lab);
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
	read_whole(lab.path, all);
	journal_close(j);
	lab_end(&lab);
}

static void
short_and_interrupted(void **state)
{
	(void)state;
	struct lab lab = lab_begin(false);
	struct journal *j = born(&lab);
	struct fault f = {.at = 3, .times = 4, .only = "write", .error = -EINTR, .short_by = 7};
	struct journal_calls calls = fault_calls(&f);
	journal_use_calls(j, &calls);
	lab_append(j, 3);
	assert_int_equal(lab_commit(j), 0);
	assert_true(f.count > 20);
	assert_int_equal(journal_failovers(j, NULL), 0);
	read_whole(lab.path, 4);
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
			struct journal *j = born(&lab);
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
				read_whole(lab.path, 1);
			}
			journal_use_calls(j, NULL);
			assert_int_equal(lab_commit(j), 0);
			assert_int_equal(journal_trouble(j), 0);
			assert_int_equal(journal_retry_ms(j), 0);
			assert_int_equal(journal_synced(j), 10);
			assert_int_equal(lab_inode(lab.path), inode);
			assert_int_equal(journal_failovers(j, NULL), 0);
			read_whole(lab.path, 11);
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
	struct journal *j = born(&lab);
	lab_append(j, 1);
	assert_int_equal(lab_commit(j), 0);
	lab_limit_size(lab_size(lab.path) + 100);
	lab_append(j, 1);
	assert_int_equal(lab_commit(j), -EFBIG);
	assert_int_equal(journal_synced(j), 1);
	lab_limit_size(-1);
	assert_int_equal(lab_commit(j), 0);
	read_whole(lab.path, 3);
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
		struct journal *j = born(&lab);
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
		struct seen s = read_whole(lab.path, 6);
		assert_int_equal(s.safe[5], 3);
		/* On the fresh file it goes on as ever, and another process may not have it. */
		lab_append(j, 1);
		assert_int_equal(lab_commit(j), 0);
		assert_int_equal(journal_failovers(j, &old), 1);
		read_whole(lab.path, 7);
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
	struct journal *j = born(&lab);
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
	read_whole(lab.path, 12);
	journal_close(j);
	lab_end(&lab);
}

/* What others may do to the file while it is ours. */
static void
do_append(const struct lab *lab)
{
	int fd = open(lab->path, O_WRONLY | O_APPEND);
	assert_int_equal(write(fd, "{}\n", 3), 3);
	close(fd);
}

static void
do_truncate(const struct lab *lab)
{
	assert_int_equal(truncate(lab->path, 0), 0);
}

static void
do_cut(const struct lab *lab)
{
	assert_int_equal(truncate(lab->path, lab_size(lab->path) - 1), 0);
}

static void
do_remove(const struct lab *lab)
{
	assert_int_equal(unlink(lab->path), 0);
}

static void
do_move(const struct lab *lab)
{
	char *to = lab_beside(lab, ".elsewhere");
	assert_int_equal(rename(lab->path, to), 0);
	free(to);
}

static void
do_replace(const struct lab *lab)
{
	char *from = lab_beside(lab, ".other");
	lab_write(from, STR("something else\n"));
	assert_int_equal(rename(from, lab->path), 0);
	free(from);
}

static void
do_link(const struct lab *lab)
{
	do_remove(lab);
	assert_int_equal(symlink("/dev/full", lab->path), 0);
}

static void
do_folder(const struct lab *lab)
{
	do_remove(lab);
	assert_int_equal(mkdir(lab->path, 0700), 0);
}

static void
do_pipe(const struct lab *lab)
{
	do_remove(lab);
	assert_int_equal(mkfifo(lab->path, 0600), 0);
}

static void
by_others(void **state)
{
	(void)state;
	static const struct {
		void (*act)(const struct lab *lab);
		int error;
		int failed; /* how many old files are kept */
	} table[] = {
		{do_append, -ESTALE, 1},
		{do_truncate, -ESTALE, 1},
		{do_cut, -ESTALE, 1},
		{do_remove, -ENOENT, 0},
		{do_move, -ENOENT, 0},
		{do_replace, -ENOENT, 1},
		{do_link, -ENOENT, 1},
		{do_folder, -ENOENT, 1},
		{do_pipe, -ENOENT, 1},
	};
	for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
		struct lab lab = lab_begin(false);
		struct journal *j = born(&lab);
		const char *old;
		lab_append(j, 2);
		assert_int_equal(lab_commit(j), 0);
		table[i].act(&lab);
		int64_t left = lab_size(lab.path);
		lab_append(j, 1);
		assert_int_equal(lab_commit(j), table[i].error);
		assert_int_equal(lab_size(lab.path), left);
		assert_int_equal(journal_synced(j), 2);
		assert_int_equal(lab_commit(j), 0);
		assert_int_equal(journal_synced(j), 3);
		read_whole(lab.path, 4);
		assert_int_equal(journal_failovers(j, &old), 1);
		assert_int_equal(old != NULL, table[i].failed);
		assert_int_equal(lab_count(&lab, ".failed-1"), table[i].failed);
		lab_append(j, 1);
		assert_int_equal(lab_commit(j), 0);
		read_whole(lab.path, 5);
		journal_close(j);
		lab_end(&lab);
	}
}

/* The same while the batch is being written: after the first look, before the last. */
struct meanwhile {
	const struct lab *lab;
	void (*act)(const struct lab *lab);
};

static int
sync_meanwhile(void *ctx, int fd)
{
	struct meanwhile *m = ctx;
	if (m->act)
		m->act(m->lab);
	m->act = NULL;
	return fdatasync(fd) == 0 ? 0 : -errno;
}

static void
by_others_meanwhile(void **state)
{
	(void)state;
	void (*const acts[])(const struct lab *) = {
		do_append, do_truncate, do_cut, do_remove, do_replace};
	for (size_t i = 0; i < sizeof acts / sizeof *acts; i++) {
		struct lab lab = lab_begin(false);
		struct journal *j = born(&lab);
		struct meanwhile m = {&lab, acts[i]};
		struct journal_calls calls = {.ctx = &m, .sync = sync_meanwhile};
		journal_use_calls(j, &calls);
		lab_append(j, 1);
		assert_true(lab_commit(j) < 0);
		assert_int_equal(journal_synced(j), 0);
		assert_int_equal(lab_commit(j), 0);
		assert_int_equal(journal_failovers(j, NULL), 1);
		read_whole(lab.path, 2);
		journal_close(j);
		lab_end(&lab);
	}
}

/* A living writer's log at our name is never taken away. */
static void
rival(void **state)
{
	(void)state;
	struct lab lab = lab_begin(false);
	struct journal *j = born(&lab);
	do_remove(&lab);
	struct journal *k = born(&lab);
	lab_append(j, 1);
	assert_int_equal(lab_commit(j), -ENOENT);
	for (int i = 0; i < 3; i++)
		assert_int_equal(lab_commit(j), -EAGAIN);
	lab_append(k, 1);
	assert_int_equal(lab_commit(k), 0);
	assert_int_equal(journal_failovers(k, NULL), 0);
	assert_int_equal(lab_count(&lab, ".failed"), 0);
	assert_int_equal(lab_count(&lab, ".new"), 0);
	journal_close(k);
	assert_int_equal(lab_commit(j), 0);
	const char *old;
	assert_int_equal(journal_failovers(j, &old), 1);
	read_whole(old, 2);
	read_whole(lab.path, 2);
	journal_close(j);
	lab_end(&lab);
}

static int64_t
lying_write(void *ctx, int fd, const void *p, size_t n, int64_t offset)
{
	(void)ctx;
	(void)offset;
	assert_int_equal(write(fd, p, n - 1), n - 1);
	return (int64_t)n;
}

static void
lies(void **state)
{
	(void)state;
	struct lab lab = lab_begin(false);
	struct journal *j = born(&lab);
	struct journal_calls calls = {.write = lying_write};
	journal_use_calls(j, &calls);
	lab_append(j, 1);
	assert_int_equal(lab_commit(j), -ESTALE);
	/* In the fresh file as well. */
	assert_true(lab_commit(j) < 0);
	assert_int_equal(journal_synced(j), 0);
	assert_int_equal(lab_count(&lab, ".new"), 0);
	journal_use_calls(j, NULL);
	assert_int_equal(lab_commit(j), 0);
	read_whole(lab.path, 2);
	journal_close(j);
	lab_end(&lab);
}

/* A log longer than what is kept in memory: the rest is read back from the old file. */
static void
longer_than_memory(void **state)
{
	(void)state;
	struct lab lab = lab_begin(true);
	struct journal *j = born(&lab);
	while (lab_size(lab.path) < FILE_KEPT_MAX * 2 + 12345) {
		for (int i = 0; i < 900; i++)
			lab_append(j, 1);
		while (journal_waiting(j))
			assert_int_equal(lab_commit(j), 0);
	}
	int64_t all = journal_next_seq(j);
	for (int reopened = 0; reopened < 2; reopened++) {
		do_append(&lab);
		lab_append(j, 1);
		assert_int_equal(lab_commit(j), -ESTALE);
		assert_int_equal(lab_commit(j), 0);
		read_whole(lab.path, ++all);
		/* One byte that memory no longer holds is wrong: nothing can be acknowledged. */
		int fd = open(lab.path, O_RDWR);
		assert_int_equal(pwrite(fd, "?", 1, 5000), 1);
		do_append(&lab);
		lab_append(j, 1);
		assert_int_equal(lab_commit(j), -ESTALE);
		assert_int_equal(lab_commit(j), -EBADMSG);
		assert_int_equal(lab_count(&lab, ".new"), 0);
		struct buf now = {0};
		buf_reserve(&now, 4096);
		assert_true(pread(fd, now.p, 4096, 5000) == 4096 && now.p[0] == '?');
		buf_finish(&now);
		/* Put right, it goes on. */
		const char *old;
		journal_failovers(j, &old);
		struct buf good = lab_read(old);
		assert_int_equal(pwrite(fd, good.p + 5000, 1, 5000), 1);
		buf_finish(&good);
		close(fd);
		assert_int_equal(lab_commit(j), 0);
		read_whole(lab.path, ++all);
		journal_close(j);
		struct journal_check c;
		assert_int_equal(journal_open(&j, lab.path, NULL, NULL, &c), 0);
		assert_int_equal(c.records, all);
	}
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
	struct journal *j = born(&lab);
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
	read_whole(lab.path, journal_next_seq(j));
	journal_close(j);
	lab_end(&lab);
}

/* Room in advance: full disks still take what was promised to them. */
static void
ahead(void **state)
{
	(void)state;
	struct lab lab = lab_begin(false);
	struct journal *j = born(&lab);
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
				struct journal *j = born(&lab);
				int error = errors[at % 3];
				struct fault f = {.at = at, .times = once, .error = error};
				struct journal_calls calls = fault_calls(&f);
				lab_append(j, 1);
				if (renew) {
					do_append(&lab);
					assert_int_equal(lab_commit(j), -ESTALE);
				}
				journal_use_calls(j, &calls);
				for (int i = 0; i < 3; i++) {
					int r = lab_commit(j);
					lab_append(j, 2);
					struct seen s = {0};
					struct journal_check c;
					assert_int_equal(journal_read(lab.path, see, &s, &c), 0);
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
				read_whole(lab.path, 8);
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
		cmocka_unit_test(by_others),
		cmocka_unit_test(by_others_meanwhile),
		cmocka_unit_test(rival),
		cmocka_unit_test(lies),
		cmocka_unit_test(longer_than_memory),
		cmocka_unit_test(other_thread),
		cmocka_unit_test(ahead),
		cmocka_unit_test(every_call),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
