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
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include "lab.h"

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
	assert_int_equal(lab_create(&lab, &j), 0);
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
		assert_int_equal(lab_open(lab.path, &found), expected);
		assert_int_equal(found, JOURNAL_NOT_A_LOG);
		assert_int_equal(journal_read(lab.path, NULL, NULL, &c), 0);
		assert_int_equal(c.state, i == 2 ? JOURNAL_WHOLE : JOURNAL_NOT_A_LOG);
		assert_int_equal(remove(lab.path), 0);
	}
	assert_int_equal(lab_open("/dev/zero", &found), -EBADMSG);
	assert_int_equal(journal_read("/dev/zero", NULL, NULL, &c), 0);
	assert_int_equal(c.state, JOURNAL_NOT_A_LOG);
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	struct sockaddr_un name = {.sun_family = AF_UNIX};
	assert_true(strlen(lab.path) < sizeof name.sun_path);
	memcpy(name.sun_path, lab.path, strlen(lab.path));
	assert_int_equal(bind(fd, (struct sockaddr *)&name, sizeof name), 0);
	assert_int_equal(lab_open(lab.path, &found), -EBADMSG);
	assert_int_equal(journal_read(lab.path, NULL, NULL, &c), -ENXIO);
	assert_int_equal(c.state, JOURNAL_NOT_A_LOG);
	close(fd);
	assert_int_equal(unlink(lab.path), 0);
	/* Files with something else in them. */
	static const char *const foreign[] = {
		"", "\n", "hello\n", "{\"seq\":0,\"safe\":0,\"t\":0}\n", "{}\n{}\n"};
	for (size_t i = 0; i < sizeof foreign / sizeof *foreign; i++) {
		lab_write(lab.path, str_of(foreign[i]));
		assert_int_equal(lab_open(lab.path, &found), -EBADMSG);
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
	assert_int_equal(lab_open(lab.path, &found), -EBADMSG);
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
	assert_int_equal(lab_open(lab.path, &found), -EBADMSG);
	assert_int_equal(lab_size(lab.path), huge + 5);
	lab_free(&log);
	lab_end(&lab);
}

/* A log's name may come with its folder, without one, or with the root's. */
static void
names(void **state)
{
	(void)state;
	struct lab lab = lab_begin(true);
	struct journal_check c;
	struct file *f;
	struct stat is, root;
	char here[4096];
	assert_non_null(getcwd(here, sizeof here));
	assert_int_equal(chdir(lab.folder), 0);
	journal_close(lab_born(&lab));
	assert_int_equal(journal_read(strrchr(lab.path, '/') + 1, NULL, NULL, &c), 0);
	assert_int_equal(c.state, JOURNAL_WHOLE);
	assert_int_equal(c.mark_seq, 0);
	assert_int_equal(file_make(&f, "/x.dais", O_PATH, NULL), 0);
	assert_int_equal(fstat(f->folder, &is), 0);
	assert_int_equal(stat("/", &root), 0);
	assert_true(is.st_ino == root.st_ino && is.st_dev == root.st_dev);
	file_free(f);
	assert_int_equal(journal_read("gone/x.dais", NULL, NULL, &c), -ENOENT);
	assert_int_equal(c.state, JOURNAL_NOT_A_LOG);
	assert_int_equal(c.mark_seq, -1);
	assert_int_equal(chdir(here), 0);
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
	assert_int_equal(lab_open(lab.path, &found), -EBADMSG);
	assert_int_equal(found, JOURNAL_SHORT);
	assert_int_equal(lab_size(lab.path), log.bytes.n);
	/* Garbage, and a longer file: ignored, then made right. */
	text[40] = 'g';
	lab_write(mark, (struct str){text, sizeof text});
	assert_int_equal(lab_open(lab.path, &found), 0);
	lab_write(mark,
		STR("0000000000000009 0000000000000009 and so on, and so on, and so on and so on"
		    " and so on and so on and so on and so on and so on and so on and so on and so "
		    "on"));
	assert_int_equal(lab_open(lab.path, &found), 0);
	assert_int_equal(lab_size(mark), MARK_SIZE);
	assert_int_equal(journal_read(lab.path, NULL, NULL, &c), 0);
	assert_int_equal(c.mark_seq, 2);
	/* A stale one is no harm. */
	struct mark stale = log.mark;
	stale.seq = 0;
	memcpy(stale.hash, stale.first, HASH_SIZE);
	mark_write(text, &stale);
	lab_write(mark, (struct str){text, sizeof text});
	assert_int_equal(lab_open(lab.path, &found), 0);
	assert_int_equal(found, JOURNAL_WHOLE);
	/* Not through a link, not into a pipe. */
	char *target = lab_beside(&lab, ".target");
	lab_write(target, STR("mine"));
	assert_int_equal(unlink(mark), 0);
	assert_int_equal(symlink(target, mark), 0);
	assert_int_equal(lab_open(lab.path, &found), 0);
	assert_int_equal(lab_size(target), 4);
	assert_int_equal(unlink(mark), 0);
	assert_int_equal(link(target, mark), 0);
	assert_int_equal(lab_open(lab.path, &found), 0);
	assert_int_equal(lab_size(target), 4);
	assert_int_equal(unlink(mark), 0);
	assert_int_equal(mkfifo(mark, 0600), 0);
	assert_int_equal(lab_open(lab.path, &found), 0);
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
	assert_int_equal(lab_create(&lab, &j), 0);
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
	assert_int_equal(lab_open(lab.path, &found), -EBADMSG);
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
			assert_int_equal(lab_create(&lab, &j), 0);
			journal_close(j);
		}
		assert_int_equal(lab_count(&lab, ".new"), 0);
		enum journal_state found;
		assert_int_equal(lab_open(lab.path, &found), 0);
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
		cmocka_unit_test(lock),
		cmocka_unit_test(not_ours),
		cmocka_unit_test(sparse),
		cmocka_unit_test(names),
		cmocka_unit_test(no_permission),
		cmocka_unit_test(marks),
		cmocka_unit_test(mark_follows),
		cmocka_unit_test(unvouched),
		cmocka_unit_test(every_call),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
