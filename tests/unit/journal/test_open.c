/* Birth and opening: one writer, and nothing touched that is not ours. */
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
#include <sys/wait.h>
#include <unistd.h>

#include "lab.h"

static int
create(const struct lab *lab, struct journal **j)
{
	struct buf body = lab_body(0, false);
	int r = journal_create(j, lab->path, buf_view(&body));
	buf_finish(&body);
	return r;
}

static int
open_state(const char *path, enum journal_state *state)
{
	struct journal *j;
	struct journal_check c;
	int r = journal_open(&j, path, NULL, NULL, &c);
	*state = c.state;
	assert_true(r == 0 || j == NULL);
	assert_true(r == 0 || r == -EAGAIN || c.why || c.state == JOURNAL_NOT_A_LOG);
	journal_check_finish(&c);
	journal_close(j);
	return r;
}

static void
birth(void **state)
{
	(void)state;
	struct lab lab = lab_begin(false);
	struct journal *j, *k;
	struct stat st;
	mode_t mask = umask(0);
	assert_int_equal(create(&lab, &j), 0);
	umask(mask);
	assert_int_equal(stat(lab.path, &st), 0);
	assert_int_equal(st.st_mode & 07777, 0600);
	assert_true(st.st_blocks * 512 >= 1 << 20);
	assert_int_equal(lab_count(&lab, ".new"), 0);
	int64_t size = st.st_size;
	assert_int_equal(create(&lab, &k), -EEXIST);
	assert_null(k);
	assert_int_equal(lab_size(lab.path), size);
	journal_close(j);
	assert_int_equal(stat(lab.path, &st), 0);
	assert_int_equal(st.st_size, size);
	assert_true(st.st_blocks * 512 <= 1 << 16);
	assert_int_equal(create(&lab, &k), -EEXIST);
	struct buf body = {0};
	buf_fill(&body, 'x', JOURNAL_BODY_MAX + 1);
	assert_int_equal(journal_create(&k, lab.path, buf_view(&body)), -EMSGSIZE);
	buf_finish(&body);
	enum journal_state found;
	assert_int_equal(open_state(lab.path, &found), 0);
	assert_int_equal(found, JOURNAL_WHOLE);
	char *nowhere = lab_beside(&lab, "/x.dais");
	assert_int_equal(journal_create(&k, nowhere, STR("\"t\":0}")), -ENOTDIR);
	assert_int_equal(open_state(nowhere, &found), -ENOTDIR);
	free(nowhere);
	nowhere = lab_beside(&lab, ".not");
	assert_int_equal(open_state(nowhere, &found), -ENOENT);
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
	/* A dead writer's, empty or with a piece of the first record, goes. */
	static const char *const stale[] = {"", "{\"se", "{\"seq\":0,\"safe\":0,\"t\":0"};
	for (size_t i = 0; i < 3; i++) {
		lab_write(fresh, str_of(stale[i]));
		assert_int_equal(create(&lab, &j), 0);
		assert_int_equal(lab_size(fresh), -1);
		journal_close(j);
		assert_int_equal(unlink(lab.path), 0);
	}
	/* Anything else stays. */
	lab_write(fresh, STR("my notes\n"));
	assert_int_equal(create(&lab, &j), -EEXIST);
	assert_int_equal(lab_size(fresh), 9);
	assert_int_equal(unlink(fresh), 0);
	assert_int_equal(mkdir(fresh, 0700), 0);
	assert_int_equal(create(&lab, &j), -EEXIST);
	assert_int_equal(rmdir(fresh), 0);
	assert_int_equal(mkfifo(fresh, 0600), 0);
	assert_int_equal(create(&lab, &j), -EEXIST);
	assert_int_equal(unlink(fresh), 0);
	char *target = lab_beside(&lab, ".target");
	lab_write(target, STR(""));
	assert_int_equal(symlink(target, fresh), 0);
	assert_int_equal(create(&lab, &j), -EEXIST);
	assert_int_equal(lab_size(target), 0);
	assert_int_equal(unlink(fresh), 0);
	assert_int_equal(lab_size(lab.path), -1);
	/* A living writer's stays too. */
	int fd = file_claim(NULL, AT_FDCWD, fresh, 0);
	assert_true(fd >= 0);
	assert_int_equal(create(&lab, &j), -EAGAIN);
	assert_true(file_is_at(NULL, AT_FDCWD, fresh, fd));
	close(fd);
	assert_int_equal(create(&lab, &j), 0);
	journal_close(j);
	free(target);
	free(fresh);
	lab_end(&lab);
}

/* Of a forked child: what it found. */
static int
in_child(const struct lab *lab, int (*act)(const struct lab *lab))
{
	int status;
	fflush(NULL);
	pid_t child = fork();
	assert_true(child >= 0);
	if (child == 0)
		_exit(act(lab));
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFEXITED(status));
	return WEXITSTATUS(status);
}

static int
act_open(const struct lab *lab)
{
	struct journal *j;
	struct journal_check c;
	int r = journal_open(&j, lab->path, NULL, NULL, &c);
	journal_check_finish(&c);
	journal_close(j);
	return -r;
}

static void
lock(void **state)
{
	(void)state;
	struct lab lab = lab_begin(false);
	struct journal *j;
	struct journal_check c;
	assert_int_equal(create(&lab, &j), 0);
	assert_int_equal(in_child(&lab, act_open), EAGAIN);
	/* Reading needs no lock, and closing another descriptor does not lose it. */
	assert_int_equal(journal_read(lab.path, NULL, NULL, &c), 0);
	assert_int_equal(c.state, JOURNAL_WHOLE);
	assert_int_equal(in_child(&lab, act_open), EAGAIN);
	journal_close(j);
	assert_int_equal(in_child(&lab, act_open), 0);
	assert_int_equal(journal_open(&j, lab.path, NULL, NULL, &c), 0);
	assert_int_equal(in_child(&lab, act_open), EAGAIN);
	journal_close(j);
	lab_end(&lab);
}

static void
not_ours(void **state)
{
	(void)state;
	struct lab lab = lab_begin(false);
	struct journal_check c;
	enum journal_state found;
	struct lab_log log = lab_make("o|o|");
	/* A folder, a pipe that nobody writes, a device, a link to a good log. */
	char *target = lab_beside(&lab, ".target");
	lab_write(target, buf_view(&log.bytes));
	for (int i = 0; i < 3; i++) {
		int expected = i == 2 ? -ELOOP : -EBADMSG;
		assert_int_equal(i == 0   ? mkdir(lab.path, 0700)
				 : i == 1 ? mkfifo(lab.path, 0600)
					  : symlink(target, lab.path),
			0);
		assert_int_equal(open_state(lab.path, &found), expected);
		assert_int_equal(found, JOURNAL_NOT_A_LOG);
		assert_int_equal(journal_read(lab.path, NULL, NULL, &c), 0);
		assert_int_equal(c.state, i == 2 ? JOURNAL_WHOLE : JOURNAL_NOT_A_LOG);
		assert_int_equal(remove(lab.path), 0);
	}
	assert_int_equal(open_state("/dev/zero", &found), -EBADMSG);
	assert_int_equal(journal_read("/dev/zero", NULL, NULL, &c), 0);
	assert_int_equal(c.state, JOURNAL_NOT_A_LOG);
	/* Files with something else in them. */
	static const char *const foreign[] = {
		"", "\n", "hello\n", "{\"seq\":0,\"safe\":0,\"t\":0}\n", "{}\n{}\n"};
	for (size_t i = 0; i < sizeof foreign / sizeof *foreign; i++) {
		lab_write(lab.path, str_of(foreign[i]));
		assert_int_equal(open_state(lab.path, &found), -EBADMSG);
		assert_int_equal(found, JOURNAL_NOT_A_LOG);
		struct buf left = lab_read(lab.path);
		assert_true(str_is(buf_view(&left), foreign[i]));
		buf_finish(&left);
	}
	/* Nothing appeared beside them. */
	assert_int_equal(lab_count(&lab, ".dais."), 1);
	lab_free(&log);
	free(target);
	lab_end(&lab);
}

static void
sparse(void **state)
{
	(void)state;
	struct lab lab = lab_begin(false);
	struct lab_log log = lab_make("o|o|");
	enum journal_state found;
	int64_t huge = 10LL << 30;
	lab_write(lab.path, STR(""));
	assert_int_equal(truncate(lab.path, huge), 0);
	assert_int_equal(open_state(lab.path, &found), -EBADMSG);
	assert_int_equal(found, JOURNAL_NOT_A_LOG);
	/* A log whose size somebody set: ten gigabytes of nothing and a line of text at the end. */
	lab_write(lab.path, buf_view(&log.bytes));
	assert_int_equal(truncate(lab.path, huge), 0);
	int fd = open(lab.path, O_WRONLY | O_APPEND);
	assert_int_equal(write(fd, "\nend\n", 5), 5);
	close(fd);
	struct journal_check c;
	assert_int_equal(journal_read(lab.path, NULL, NULL, &c), 0);
	assert_int_equal(c.state, JOURNAL_DAMAGED);
	assert_int_equal(c.records, 2);
	assert_int_equal(c.bad_line, 3);
	assert_int_equal(c.bad_bytes, huge + 5 - (int64_t)log.bytes.n);
	assert_int_equal(open_state(lab.path, &found), -EBADMSG);
	assert_int_equal(lab_size(lab.path), huge + 5);
	lab_free(&log);
	lab_end(&lab);
}

static int
act_as_nobody(const struct lab *lab)
{
	struct journal *j;
	struct journal_check c;
	if (geteuid() == 0 && (setgid(65534) != 0 || setuid(65534) != 0))
		return 77;
	if (journal_read(lab->path, NULL, NULL, &c) != -EACCES)
		return 1;
	return -journal_open(&j, lab->path, NULL, NULL, &c);
}

static void
no_permission(void **state)
{
	(void)state;
	struct lab lab = lab_begin(false);
	struct lab_log log = lab_make("o|");
	lab_write(lab.path, buf_view(&log.bytes));
	assert_int_equal(chmod(lab.path, 0), 0);
	assert_int_equal(chmod(lab.folder, 0755), 0);
	int r = in_child(&lab, act_as_nobody);
	if (r == 77)
		print_message("# not tried: this user cannot become another\n");
	else
		assert_int_equal(r, EACCES);
	lab_free(&log);
	lab_end(&lab);
}

/* Marks on the disk: stale, another log's, garbage, links. */
static void
marks(void **state)
{
	(void)state;
	struct lab lab = lab_begin(false);
	struct lab_log log = lab_make("o|o|o|"), longer = lab_make("o|o|o|o|");
	char *mark = lab_beside(&lab, ".mark"), text[MARK_SIZE];
	enum journal_state found;
	struct journal_check c;
	lab_write(lab.path, buf_view(&log.bytes));
	/* Ahead: refused, nothing changed. */
	mark_write(text, &longer.mark);
	lab_write(mark, (struct str){text, sizeof text});
	assert_int_equal(open_state(lab.path, &found), -EBADMSG);
	assert_int_equal(found, JOURNAL_SHORT);
	assert_int_equal(lab_size(lab.path), log.bytes.n);
	/* Garbage, and a longer file: ignored, then made right. */
	text[40] = 'g';
	lab_write(mark, (struct str){text, sizeof text});
	assert_int_equal(open_state(lab.path, &found), 0);
	lab_write(mark,
		STR("0000000000000009 0000000000000009 and so on, and so on, and so on and so on"
		    " and so on and so on and so on and so on and so on and so on and so on and so "
		    "on"));
	assert_int_equal(open_state(lab.path, &found), 0);
	assert_int_equal(lab_size(mark), MARK_SIZE);
	assert_int_equal(journal_read(lab.path, NULL, NULL, &c), 0);
	assert_int_equal(c.mark_seq, 2);
	/* A stale one is no harm. */
	struct mark stale = log.mark;
	stale.seq = 0;
	memcpy(stale.hash, stale.first, HASH_SIZE);
	mark_write(text, &stale);
	lab_write(mark, (struct str){text, sizeof text});
	assert_int_equal(open_state(lab.path, &found), 0);
	assert_int_equal(found, JOURNAL_WHOLE);
	/* Not through a link, not into a pipe. */
	char *target = lab_beside(&lab, ".target");
	lab_write(target, STR("mine"));
	assert_int_equal(unlink(mark), 0);
	assert_int_equal(symlink(target, mark), 0);
	assert_int_equal(open_state(lab.path, &found), 0);
	assert_int_equal(lab_size(target), 4);
	assert_int_equal(unlink(mark), 0);
	assert_int_equal(link(target, mark), 0);
	assert_int_equal(open_state(lab.path, &found), 0);
	assert_int_equal(lab_size(target), 4);
	assert_int_equal(unlink(mark), 0);
	assert_int_equal(mkfifo(mark, 0600), 0);
	assert_int_equal(open_state(lab.path, &found), 0);
	free(target);
	free(mark);
	lab_free(&log);
	lab_free(&longer);
	lab_end(&lab);
}

/* After every acknowledgement the mark vouches for it. */
static void
mark_follows(void **state)
{
	(void)state;
	struct lab lab = lab_begin(false);
	struct journal *j;
	struct journal_check c;
	assert_int_equal(create(&lab, &j), 0);
	for (int64_t i = 0; i < 4; i++) {
		assert_int_equal(journal_read(lab.path, NULL, NULL, &c), 0);
		assert_int_equal(c.mark_seq, i);
		lab_append(j, 1);
		if (i == 2) {
			/* In a fresh file too. */
			assert_int_equal(truncate(lab.path, 10), 0);
			assert_int_equal(lab_commit(j), -ESTALE);
		}
		assert_int_equal(lab_commit(j), 0);
	}
	journal_close(j);
	/* So a clean cut between two records does not pass for a whole log. */
	struct buf all = lab_read(lab.path);
	size_t cut = all.n - 1;
	while (all.p[cut - 1] != '\n')
		cut--;
	assert_int_equal(truncate(lab.path, (off_t)cut), 0);
	enum journal_state found;
	assert_int_equal(open_state(lab.path, &found), -EBADMSG);
	assert_int_equal(found, JOURNAL_SHORT);
	assert_int_equal(lab_size(lab.path), cut);
	buf_finish(&all);
	lab_end(&lab);
}

struct heard {
	int rewrites;
};

static int
hear(void *ctx, const char *call)
{
	struct heard *h = ctx;
	h->rewrites += strcmp(call, "rewrite") == 0;
	return 0;
}

/* What no mark vouches for is written again before it is believed; what one does is left alone. */
static void
unvouched(void **state)
{
	(void)state;
	struct lab lab = lab_begin(false);
	struct lab_log log = lab_make("o|o|moo|o|");
	char *mark = lab_beside(&lab, ".mark");
	for (int round = 0; round < 3; round++) {
		struct heard h = {0};
		struct journal_calls calls = {.ctx = &h, .before = hear};
		struct journal *j;
		struct journal_check c;
		if (round != 1)
			remove(mark);
		lab_write(lab.path, buf_view(&log.bytes));
		int64_t torn = round == 2;
		if (torn)
			assert_int_equal(truncate(lab.path, (off_t)log.bytes.n - 5), 0);
		assert_int_equal(journal_open_with(&j, lab.path, NULL, NULL, &c, &calls), 0);
		assert_int_equal(h.rewrites, round != 1);
		struct buf left = lab_read(lab.path);
		assert_true(str_eq(buf_view(&left),
			str_upto(buf_view(&log.bytes), (size_t)log.start[log.n - torn])));
		buf_finish(&left);
		/* Still appending. */
		lab_append(j, 1);
		assert_int_equal(lab_commit(j), 0);
		assert_int_equal(journal_failovers(j, NULL), 0);
		journal_check_finish(&c);
		journal_close(j);
		if (round == 0) {
			char text[MARK_SIZE];
			mark_write(text, &log.mark);
			lab_write(mark, (struct str){text, sizeof text});
		}
	}
	free(mark);
	lab_free(&log);
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

/* Every call of birth and of opening fails; afterwards it works, or nothing is there. */
static void
every_call(void **state)
{
	(void)state;
	for (int at = 0, done = 0; !done; at++) {
		struct lab lab = lab_begin(true);
		struct fault f = {.at = at, .times = 1, .error = at % 2 ? -EIO : -ENOSPC};
		struct journal_calls calls = fault_calls(&f);
		struct journal *j;
		struct buf body = lab_body(0, false);
		int r = journal_create_with(&j, lab.path, buf_view(&body), &calls);
		done = f.count <= at;
		if (r == 0)
			journal_close(j);
		else {
			assert_int_equal(lab_size(lab.path), -1);
			assert_int_equal(create(&lab, &j), 0);
			journal_close(j);
		}
		assert_int_equal(lab_count(&lab, ".new"), 0);
		enum journal_state found;
		assert_int_equal(open_state(lab.path, &found), 0);
		buf_finish(&body);
		lab_end(&lab);
	}
	struct lab_log log = lab_make("o|o|moo|o|");
	for (int at = 0, done = 0; !done; at++) {
		struct lab lab = lab_begin(true);
		struct fault f = {.at = at, .times = 1, .error = at % 2 ? -EIO : -ENOSPC};
		struct journal_calls calls = fault_calls(&f);
		struct journal *j;
		struct journal_check c;
		lab_write(lab.path, str_upto(buf_view(&log.bytes), log.bytes.n - 9));
		int r = journal_open_with(&j, lab.path, NULL, NULL, &c, &calls);
		done = f.count <= at;
		journal_check_finish(&c);
		journal_close(j);
		if (r < 0) {
			assert_int_equal(journal_open(&j, lab.path, NULL, NULL, &c), 0);
			journal_check_finish(&c);
			journal_close(j);
		}
		assert_int_equal(journal_read(lab.path, NULL, NULL, &c), 0);
		assert_int_equal(c.state, JOURNAL_WHOLE);
		assert_int_equal(c.records, log.n - 1);
		/* The torn bytes are kept whatever happened. */
		assert_in_range(lab_count(&lab, ".torn"), 1, 2);
		lab_end(&lab);
	}
	lab_free(&log);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(birth),
		cmocka_unit_test(unborn),
		cmocka_unit_test(lock),
		cmocka_unit_test(not_ours),
		cmocka_unit_test(sparse),
		cmocka_unit_test(no_permission),
		cmocka_unit_test(marks),
		cmocka_unit_test(mark_follows),
		cmocka_unit_test(unvouched),
		cmocka_unit_test(order),
		cmocka_unit_test(taken_away),
		cmocka_unit_test(every_call),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
