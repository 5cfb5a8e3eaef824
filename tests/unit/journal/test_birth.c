/* A log is born whole or not at all, and every step to the disk has its order. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lab.h"

static void
birth(void **state)
{
	(void)state;
	struct lab lab = lab_begin(false);
	struct journal *j, *k;
	struct stat st;
	mode_t mask = umask(0);
	assert_int_equal(lab_create(&lab, &j), 0);
	umask(mask);
	assert_int_equal(stat(lab.path, &st), 0);
	assert_int_equal(st.st_mode & 07777, 0600);
	assert_true(st.st_blocks * 512 >= 1 << 20);
	assert_int_equal(lab_count(&lab, ".new"), 0);
	int64_t size = st.st_size;
	assert_int_equal(lab_create(&lab, &k), -EEXIST);
	assert_null(k);
	assert_int_equal(lab_size(lab.path), size);
	journal_close(j);
	assert_int_equal(stat(lab.path, &st), 0);
	assert_int_equal(st.st_size, size);
	assert_true(st.st_blocks * 512 <= 1 << 16);
	assert_int_equal(lab_create(&lab, &k), -EEXIST);
	struct buf body = {0};
	buf_fill(&body, 'x', JOURNAL_BODY_MAX + 1);
	assert_int_equal(journal_create(&k, lab.path, buf_view(&body)), -EMSGSIZE);
	buf_finish(&body);
	enum journal_state found;
	assert_int_equal(lab_open(lab.path, &found), 0);
	assert_int_equal(found, JOURNAL_WHOLE);
	char *nowhere = lab_beside(&lab, "/x.dais");
	assert_int_equal(journal_create(&k, nowhere, STR("\"t\":0}")), -ENOTDIR);
	assert_int_equal(lab_open(nowhere, &found), -ENOTDIR);
	free(nowhere);
	nowhere = lab_beside(&lab, ".not");
	assert_int_equal(lab_open(nowhere, &found), -ENOENT);
	free(nowhere);
	lab_end(&lab);
}

/* What stands at the name of the unborn. */
static void
unborn(void **state)
{
	(void)state;
	struct lab lab = lab_begin(false);
	char *fresh = lab_beside(&lab, ".new");
	struct journal *j;
	/* A dead writer's, empty or with a piece of the first record or the zeros of one that a
	 * power cut kept from the disk, goes. */
	static const struct str stale[] = {{"", 0}, {"{\"se", 4},
		{"{\"seq\":0,\"safe\":0,\"t\":0", 22}, {"\0\0\0\0\0\0\0\0\0\0\0", 12},
		{"\0", 2}};
	for (size_t i = 0; i < sizeof stale / sizeof *stale; i++) {
		lab_write(fresh, stale[i]);
		assert_int_equal(lab_create(&lab, &j), 0);
		assert_int_equal(lab_size(fresh), -1);
		journal_close(j);
		assert_int_equal(unlink(lab.path), 0);
	}
	/* Anything else stays. */
	lab_write(fresh, STR("my notes\n"));
	assert_int_equal(lab_create(&lab, &j), -EEXIST);
	assert_int_equal(lab_size(fresh), 9);
	assert_int_equal(unlink(fresh), 0);
	assert_int_equal(mkdir(fresh, 0700), 0);
	assert_int_equal(lab_create(&lab, &j), -EEXIST);
	assert_int_equal(rmdir(fresh), 0);
	assert_int_equal(mkfifo(fresh, 0600), 0);
	assert_int_equal(lab_create(&lab, &j), -EEXIST);
	assert_int_equal(unlink(fresh), 0);
	char *target = lab_beside(&lab, ".target");
	lab_write(target, STR(""));
	assert_int_equal(symlink(target, fresh), 0);
	assert_int_equal(lab_create(&lab, &j), -EEXIST);
	assert_int_equal(lab_size(target), 0);
	assert_int_equal(unlink(fresh), 0);
	assert_int_equal(lab_size(lab.path), -1);
	/* A living writer's stays too. */
	int fd = file_claim(NULL, AT_FDCWD, fresh, 0);
	assert_true(fd >= 0);
	assert_int_equal(lab_create(&lab, &j), -EAGAIN);
	assert_true(file_is_at(NULL, AT_FDCWD, fresh, fd));
	close(fd);
	assert_int_equal(lab_create(&lab, &j), 0);
	journal_close(j);
	free(target);
	free(fresh);
	lab_end(&lab);
}

/* What goes to the disk, in its order. */
static int
note_call(void *ctx, const char *call)
{
	static const char *const told[] = {
		"truncate", "link", "rename", "rename new", "sync folder", "mark", "rewrite"};
	for (size_t i = 0; i < sizeof told / sizeof *told; i++)
		if (strcmp(told[i], call) == 0) {
			buf_puts(ctx, call);
			buf_puts(ctx, ", ");
		}
	return 0;
}

static int64_t
note_write(void *ctx, int fd, const void *p, size_t n, int64_t offset)
{
	(void)offset;
	buf_puts(ctx, "write, ");
	return write(fd, p, n);
}

static int
note_sync(void *ctx, int fd)
{
	buf_puts(ctx, "sync, ");
	return fdatasync(fd);
}

static void
noted(struct buf *log, const char *expected)
{
	assert_string_equal(log->p, expected);
	buf_reset(log);
}

static void
order(void **state)
{
	(void)state;
	struct lab lab = lab_begin(false);
	struct buf log = {0}, body = lab_body(0, false);
	struct journal_calls calls = {&log, note_call, note_write, note_sync};
	struct journal *j;
	struct journal_check c;
	assert_int_equal(journal_create_with(&j, lab.path, buf_view(&body), &calls), 0);
	noted(&log, "write, sync, rename new, sync folder, mark, ");
	lab_append(j, 1);
	assert_int_equal(lab_commit(j), 0);
	noted(&log, "write, sync, mark, ");
	/* Renewed: whole and synced before it has the name. */
	assert_int_equal(truncate(lab.path, 3), 0);
	lab_append(j, 1);
	assert_int_equal(lab_commit(j), -ESTALE);
	noted(&log, "");
	assert_int_equal(lab_commit(j), 0);
	noted(&log, "write, sync, link, rename, sync folder, mark, ");
	journal_close(j);
	noted(&log, "truncate, ");
	/* A torn end: safe elsewhere before it goes. */
	int fd = open(lab.path, O_WRONLY | O_APPEND);
	assert_int_equal(write(fd, "{", 1), 1);
	close(fd);
	assert_int_equal(journal_open_with(&j, lab.path, NULL, NULL, &c, &calls), 0);
	noted(&log, "sync, sync folder, write, sync, sync folder, truncate, sync, mark, ");
	assert_int_equal(c.state, JOURNAL_TORN);
	journal_check_finish(&c);
	journal_close(j);
	buf_finish(&log);
	buf_finish(&body);
	lab_end(&lab);
}

/* Between making a file and locking it, another may take it for a dead writer's. */
static int
take_away(void *ctx, const char *call)
{
	struct lab *lab = ctx;
	if (strcmp(call, "lock") == 0) {
		char *fresh = lab_beside(lab, ".new");
		assert_int_equal(unlink(fresh), 0);
		lab_write(fresh, STR(""));
		free(fresh);
	}
	return 0;
}

static void
taken_away(void **state)
{
	(void)state;
	struct lab lab = lab_begin(false);
	struct journal_calls calls = {.ctx = &lab, .before = take_away};
	struct buf body = lab_body(0, false);
	struct journal *j;
	assert_int_equal(journal_create_with(&j, lab.path, buf_view(&body), &calls), -EAGAIN);
	assert_int_equal(lab_size(lab.path), -1);
	assert_int_equal(lab_count(&lab, ".new"), 1);
	buf_finish(&body);
	lab_end(&lab);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(birth),
		cmocka_unit_test(unborn),
		cmocka_unit_test(order),
		cmocka_unit_test(taken_away),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
