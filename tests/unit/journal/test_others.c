/* What others do to the file while it is ours is noticed before anything more is acknowledged, and
 * costs nothing that was. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lab.h"

/* What others may do to the file while it is ours, besides lab_disturb. */
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

/* The old file lives on under another name. */
static void
do_exchange(const struct lab *lab)
{
	do_move(lab);
	lab_write(lab->path, STR("something else\n"));
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
		{lab_disturb, -ESTALE, 1},
		{do_truncate, -ESTALE, 1},
		{do_cut, -ESTALE, 1},
		{do_remove, -ENOENT, 0},
		{do_move, -ENOENT, 0},
		{do_replace, -ENOENT, 1},
		{do_exchange, -ENOENT, 1},
		{do_link, -ENOENT, 1},
		{do_folder, -ENOENT, 1},
		{do_pipe, -ENOENT, 1},
	};
	for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
		struct lab lab = lab_begin(false);
		struct journal *j = lab_born(&lab);
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
		lab_whole(lab.path, 4);
		assert_int_equal(journal_failovers(j, &old), 1);
		assert_int_equal(old != NULL, table[i].failed);
		assert_int_equal(lab_count(&lab, ".failed-1"), table[i].failed);
		lab_append(j, 1);
		assert_int_equal(lab_commit(j), 0);
		lab_whole(lab.path, 5);
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
		lab_disturb, do_truncate, do_cut, do_remove, do_replace};
	for (size_t i = 0; i < sizeof acts / sizeof *acts; i++) {
		struct lab lab = lab_begin(false);
		struct journal *j = lab_born(&lab);
		struct meanwhile m = {&lab, acts[i]};
		struct journal_calls calls = {.ctx = &m, .sync = sync_meanwhile};
		journal_use_calls(j, &calls);
		lab_append(j, 1);
		assert_true(lab_commit(j) < 0);
		assert_int_equal(journal_synced(j), 0);
		assert_int_equal(lab_commit(j), 0);
		assert_int_equal(journal_failovers(j, NULL), 1);
		lab_whole(lab.path, 2);
		journal_close(j);
		lab_end(&lab);
	}
}

/* Closing gives room back, and cuts nothing that somebody else put there. */
static void
closing(void **state)
{
	(void)state;
	for (int noticed = 0; noticed < 2; noticed++) {
		struct lab lab = lab_begin(true);
		struct journal *j = lab_born(&lab);
		lab_disturb(&lab);
		int64_t size = lab_size(lab.path);
		if (noticed) {
			lab_append(j, 1);
			assert_int_equal(lab_commit(j), -ESTALE);
		}
		journal_close(j);
		assert_int_equal(lab_size(lab.path), size);
		lab_end(&lab);
	}
}

/* A living writer's log at our name is never taken away. */
static void
rival(void **state)
{
	(void)state;
	struct lab lab = lab_begin(false);
	struct journal *j = lab_born(&lab);
	do_remove(&lab);
	struct journal *k = lab_born(&lab);
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
	lab_whole(old, 2);
	lab_whole(lab.path, 2);
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
	struct journal *j = lab_born(&lab);
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
	lab_whole(lab.path, 2);
	journal_close(j);
	lab_end(&lab);
}

/* A log longer than what is kept in memory: the rest is read back from the old file. */
static void
longer_than_memory(void **state)
{
	(void)state;
	struct lab lab = lab_begin(true);
	struct journal *j = lab_born(&lab);
	while (lab_size(lab.path) < FILE_KEPT_MAX * 2 + 12345) {
		for (int i = 0; i < 900; i++)
			lab_append(j, 1);
		while (journal_waiting(j))
			assert_int_equal(lab_commit(j), 0);
	}
	int64_t all = journal_next_seq(j);
	for (int reopened = 0; reopened < 2; reopened++) {
		lab_disturb(&lab);
		lab_append(j, 1);
		assert_int_equal(lab_commit(j), -ESTALE);
		assert_int_equal(lab_commit(j), 0);
		lab_whole(lab.path, ++all);
		/* One byte that memory no longer holds is wrong: nothing can be acknowledged. */
		int fd = open(lab.path, O_RDWR);
		assert_int_equal(pwrite(fd, "?", 1, 5000), 1);
		lab_disturb(&lab);
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
		lab_whole(lab.path, ++all);
		journal_close(j);
		struct journal_check c;
		assert_int_equal(journal_open(&j, lab.path, NULL, NULL, &c), 0);
		assert_int_equal(c.records, all);
	}
	journal_close(j);
	lab_end(&lab);
}

/* A sound log that is not the one which was acknowledged does not become it. */
static void
another_head(void **state)
{
	(void)state;
	struct lab lab = lab_begin(true);
	struct lab_log log = lab_make("o|o|o|");
	struct file *f;
	lab_write(lab.path, buf_view(&log.bytes));
	assert_int_equal(file_make(&f, lab.path, O_RDONLY, NULL), 0);
	f->fd = open(lab.path, O_RDWR | O_APPEND);
	f->size = (int64_t)log.bytes.n;
	f->seq = 2;
	int64_t inode = lab_inode(lab.path);
	assert_int_equal(file_renew(f, STR_NONE), -EBADMSG);
	assert_int_equal(lab_inode(lab.path), inode);
	memcpy(f->head, log.mark.hash, HASH_SIZE);
	f->size = log.start[2];
	assert_int_equal(file_renew(f, STR_NONE), -EBADMSG);
	f->size = log.start[3];
	assert_int_equal(file_renew(f, STR_NONE), 0);
	lab_whole(lab.path, 3);
	file_free(f);
	lab_free(&log);
	lab_end(&lab);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(by_others),
		cmocka_unit_test(by_others_meanwhile),
		cmocka_unit_test(closing),
		cmocka_unit_test(rival),
		cmocka_unit_test(another_head),
		cmocka_unit_test(lies),
		cmocka_unit_test(longer_than_memory),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
