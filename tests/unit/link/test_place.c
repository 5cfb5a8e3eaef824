/* Whose folder it is, who has a name, and that a dead host has none. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/file.h>
#include <sys/time.h>
#include <sys/wait.h>

#include "dais/utf8.h"
#include "internal.h"
#include "scratch.h"

static char dir[32];

static int
setup(void **state)
{
	(void)state;
	scratch_make(dir);
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	scratch_remove(dir);
	return 0;
}

static const char *
under(const char *rest)
{
	static char path[4][300];
	static unsigned turn;
	char *p = path[turn++ % 4];
	snprintf(p, sizeof path[0], "%s/%s", dir, rest);
	return p;
}

static void
names(void **state)
{
	static const struct {
		struct str in;
		const char *out;
	} rows[] = {
		{{"autumn-final", 12}, "autumn-final"},
		{{"Autumn Final  2026", 18}, "Autumn-Final-2026"},
		{{"", 0}, "session"},
		{{"...", 3}, "session"},
		{{"..", 2}, "session"},
		{{"/", 1}, "session"},
		{{"../../etc/passwd", 16}, "etcpasswd"},
		{{".hidden", 7}, "hidden"},
		{{"-rf", 3}, "rf"},
		{{"a/b\\c$(x)`y`;\n\x1b[0m", 18}, "abcxy0m"},
		{{"a\0b", 3}, "ab"},
		{{"思辨点 一", 13}, "思辨点-一"},
		{{"AI for Science大行其道,如何?", 35}, "AI-for-Science大行其道如何"},
		{{"“引号”、《书》!?", 24}, "引号书"},
		{{"x\xe2\x80\xaey\xe2\x80\x8bz", 9}, "xyz"},
		{{"\xff\xd5\xd5"
		  "a",
			 4},
			"a"},
		{{"🎉party", 9}, "party"},
		{{"v1.2_b", 6}, "v1.2_b"},
	};
	(void)state;
	struct buf out = {0};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		buf_reset(&out);
		name_safe(&out, rows[i].in);
		assert_string_equal(out.p, rows[i].out);
		assert_true(name_is_safe(buf_view(&out)));
	}
	buf_finish(&out);
	assert_false(name_is_safe(STR("")));
	assert_false(name_is_safe(STR(".")));
	assert_false(name_is_safe(STR("..")));
	assert_false(name_is_safe(STR("a/b")));
	assert_false(name_is_safe(STR("a\0b")));
	assert_false(name_is_safe(STR("-a")));
	assert_false(name_is_safe(STR("a b")));
	assert_false(name_is_safe(STR("\xd5\xc5")));
}

/* Long names keep apart, end between letters, and leave room for a number. */
static void
long_names(void **state)
{
	(void)state;
	struct buf in = {0}, one = {0}, two = {0};
	for (size_t n = 1; n < 300; n++) {
		buf_reset(&in);
		for (size_t i = 0; i < n; i++)
			buf_puts(&in, i % 5 ? "论" : "ab");
		buf_reset(&one);
		name_safe(&one, buf_view(&in));
		assert_true(one.n <= LINK_NAME_MAX - 3);
		assert_true(utf8_valid(buf_view(&one), NULL));
		buf_reset(&two);
		name_safe(&two, buf_view(&one));
		assert_string_equal(one.p, two.p);
		buf_puts(&in, "x");
		buf_reset(&two);
		name_safe(&two, buf_view(&in));
		assert_string_not_equal(one.p, two.p);
	}
	buf_finish(&in);
	buf_finish(&one);
	buf_finish(&two);
}

static int
try_folder(const char *runtime, const char *temporary, bool make, char *path)
{
	struct folder f;
	const char *why = NULL;
	int rc = folder_open(&f, runtime, temporary, make, &why);
	if (rc == 0) {
		snprintf(path, 108, "%s", f.path);
		folder_close(&f);
	} else {
		assert_non_null(why);
		assert_int_equal(f.fd, -1);
	}
	return rc;
}

static void
folders(void **state)
{
	(void)state;
	char path[108], mine[32];
	snprintf(mine, sizeof mine, "tmp/dais-%u", (unsigned)geteuid());
	mkdir(under("run"), 0700);
	mkdir(under("tmp"), 0700);
	assert_int_equal(try_folder(under("run"), under("tmp"), false, path), -ENOENT);
	mode_t old = umask(0);
	int rc = try_folder(under("run"), under("tmp"), true, path);
	umask(old);
	assert_int_equal(rc, 0);
	assert_string_equal(path, under("run/dais"));
	assert_int_equal(try_folder(under("run"), under("tmp"), false, path), 0);
	/* A runtime directory that others may enter, or that is none, does not count. */
	chmod(under("run"), 0750);
	assert_int_equal(try_folder(under("run"), under("tmp"), true, path), 0);
	assert_string_equal(path, under(mine));
	chmod(under("run"), 0700);
	assert_int_equal(try_folder("run", under("tmp"), true, path), 0);
	assert_string_equal(path, under(mine));
	assert_int_equal(try_folder(NULL, under("tmp"), true, path), 0);
	assert_int_equal(try_folder("", under("tmp"), true, path), 0);
	assert_int_equal(try_folder(under("none"), under("tmp"), true, path), 0);
	assert_string_equal(path, under(mine));
	struct stat is;
	stat(path, &is);
	assert_int_equal(is.st_mode & 07777, 0700);
}

static void
squatted(void **state)
{
	(void)state;
	char path[108], mine[32];
	snprintf(mine, sizeof mine, "tmp/dais-%u", (unsigned)geteuid());
	mkdir(under("tmp"), 0700);
	mkdir(under("elsewhere"), 0700);
	assert_int_equal(symlink(under("elsewhere"), under(mine)), 0);
	int rc = try_folder(NULL, under("tmp"), true, path);
	assert_true(rc == -ELOOP || rc == -ENOTDIR);
	remove(under(mine));
	close(open(under(mine), O_CREAT | O_WRONLY, 0700));
	assert_int_equal(try_folder(NULL, under("tmp"), true, path), -ENOTDIR);
	remove(under(mine));
	/* Never repaired: who could write there before may have left something. */
	static const mode_t loose[] = {0777, 0701, 0710, 0500, 01777};
	for (size_t i = 0; i < sizeof loose / sizeof *loose; i++) {
		mkdir(under(mine), 0700);
		chmod(under(mine), loose[i]);
		assert_true(try_folder(NULL, under("tmp"), true, path) < 0);
		struct stat is;
		stat(under(mine), &is);
		assert_int_equal(is.st_mode & 07777, loose[i]);
		chmod(under(mine), 0700);
		remove(under(mine));
	}
	if (geteuid() == 0) {
		mkdir(under(mine), 0700);
		assert_int_equal(chown(under(mine), 65534, 65534), 0);
		assert_int_equal(try_folder(NULL, under("tmp"), true, path), -EPERM);
	}
}

static int
take(struct place **p, const char *name)
{
	const char *why = NULL;
	int rc = place_take(p, str_of(name), "/logs/张.dais", &why);
	if (rc < 0)
		assert_non_null(why);
	return rc;
}

static void
seen(void *ctx, struct str name, struct str log)
{
	struct buf *out = ctx;
	assert_true(str_is(log, "/logs/张.dais"));
	buf_str(out, name);
	buf_char(out, ' ');
}

static void
assert_list(const char *should)
{
	struct buf out = {0};
	assert_int_equal(place_list(seen, &out), 0);
	assert_string_equal(buf_view(&out).p, should);
	buf_finish(&out);
}

static void
collisions(void **state)
{
	(void)state;
	struct place *one, *two, *three, *again;
	assert_list("");
	assert_int_equal(take(&one, "forum"), 0);
	assert_int_equal(take(&two, "forum"), 0);
	assert_int_equal(take(&three, "/forum"), 0);
	assert_string_equal(place_name(one), "forum");
	assert_string_equal(place_name(two), "forum-2");
	assert_string_equal(place_name(three), "forum-3");
	assert_list("forum forum-2 forum-3 ");
	assert_list("forum forum-2 forum-3 "); /* looking takes nothing */
	place_give_up(two);
	assert_list("forum forum-3 ");
	assert_int_equal(access(under("dais/forum-2.lock"), F_OK), 0);
	assert_int_equal(take(&again, "forum"), 0);
	assert_string_equal(place_name(again), "forum-2");
	place_give_up(one);
	place_give_up(three);
	place_give_up(again);
	place_give_up(NULL);
	assert_list("");
}

static void
bad_locks(void **state)
{
	(void)state;
	struct place *p;
	mkdir(under("dais"), 0700);
	assert_int_equal(symlink(under("victim"), under("dais/a.lock")), 0);
	assert_int_equal(take(&p, "a"), -ELOOP);
	assert_int_not_equal(access(under("victim"), F_OK), 0);
	assert_int_equal(mkfifo(under("dais/b.lock"), 0600), 0);
	assert_int_equal(take(&p, "b"), -EPERM);
	mkdir(under("dais/c.lock"), 0700);
	assert_true(take(&p, "c") < 0);
	close(open(under("other"), O_CREAT | O_WRONLY, 0600));
	assert_int_equal(link(under("other"), under("dais/d.lock")), 0);
	assert_int_equal(take(&p, "d"), -EPERM);
	if (geteuid() == 0) {
		close(open(under("dais/e.lock"), O_CREAT | O_WRONLY, 0600));
		assert_int_equal(chown(under("dais/e.lock"), 65534, 65534), 0);
		assert_int_equal(take(&p, "e"), -EPERM);
	}
	assert_list("");
}

/* The kernel gives the lock back, whatever happened to the host. */
static void
killed_host(void **state)
{
	(void)state;
	int ready[2];
	struct place *p;
	assert_int_equal(pipe(ready), 0);
	pid_t child = fork();
	if (child == 0) {
		const char *why;
		int rc = place_take(&p, STR("forum"), "/logs/张.dais", &why);
		if (rc == 0 && place_bind(p) >= 0 && write(ready[1], "x", 1) == 1)
			for (;;)
				pause();
		_exit(1);
	}
	char byte;
	assert_int_equal(read(ready[0], &byte, 1), 1);
	assert_list("forum ");
	assert_int_equal(take(&p, "forum"), 0);
	assert_string_equal(place_name(p), "forum-2");
	place_give_up(p);
	assert_list("forum ");
	kill(child, SIGKILL);
	assert_int_equal(waitpid(child, NULL, 0), child);
	assert_list("");
	assert_int_equal(access(under("dais/forum.sock"), F_OK), 0);
	assert_int_equal(take(&p, "forum"), 0);
	assert_string_equal(place_name(p), "forum");
	int fd = place_bind(p);
	assert_true(fd >= 0); /* over the dead one's socket */
	close(fd);
	place_give_up(p);
	assert_int_not_equal(access(under("dais/forum.sock"), F_OK), 0);
	assert_int_equal(access(under("dais/forum.lock"), F_OK), 0);
	close(ready[0]);
	close(ready[1]);
}

static int lister = -1;

static void
lister_leaves(int signal)
{
	(void)signal;
	close(lister);
}

/* Somebody who lists holds the lock for a moment, and must not cost the host its name. */
static void
lister_is_no_host(void **state)
{
	(void)state;
	struct place *p;
	mkdir(under("dais"), 0700);
	lister = open(under("dais/forum.lock"), O_CREAT | O_RDWR | O_CLOEXEC, 0600);
	assert_int_equal(flock(lister, LOCK_SH), 0);
	struct sigaction act = {.sa_handler = lister_leaves}, old;
	sigaction(SIGALRM, &act, &old);
	setitimer(ITIMER_REAL, &(struct itimerval){.it_value.tv_usec = 5000}, NULL);
	int rc = take(&p, "forum");
	sigaction(SIGALRM, &old, NULL);
	assert_int_equal(rc, 0);
	assert_string_equal(place_name(p), "forum");
	place_give_up(p);
}

static void
socket_path(void **state)
{
	(void)state;
	struct place *p;
	struct stat is;
	char deep[120];
	/* Widest umask: the mode is narrow by itself. */
	mode_t old = umask(0);
	assert_int_equal(take(&p, "forum"), 0);
	int fd = place_bind(p);
	umask(old);
	assert_true(fd >= 0);
	assert_int_equal(stat(under("dais/forum.sock"), &is), 0);
	assert_true(S_ISSOCK(is.st_mode));
	assert_int_equal(is.st_mode & 07777, 0600);
	assert_int_equal(stat(under("dais/forum.lock"), &is), 0);
	assert_int_equal(is.st_mode & 07777, 0600);
	assert_true(place_bound(p));
	/* Another's socket at our path is not ours, and is not unlinked by us in the end. */
	remove(under("dais/forum.sock"));
	assert_false(place_bound(p));
	close(open(under("dais/forum.sock"), O_CREAT | O_WRONLY, 0600));
	assert_false(place_bound(p));
	place_give_up(p);
	close(fd);
	assert_int_equal(access(under("dais/forum.sock"), F_OK), 0);
	/* As long as an address may be, and one byte more. */
	snprintf(deep, sizeof deep, "%s/%0*d", dir, (int)(71 + 21 - strlen(dir)), 0);
	mkdir(deep, 0700);
	setenv("XDG_RUNTIME_DIR", deep, 1);
	assert_int_equal(take(&p, "abcd"), -ENAMETOOLONG);
	assert_list("");
	assert_int_equal(take(&p, "abc"), 0);
	fd = place_bind(p);
	assert_true(fd >= 0);
	close(fd);
	place_give_up(p);
	/* The number that keeps two apart does not fit. */
	assert_int_equal(take(&p, "ab"), 0);
	struct place *two;
	assert_int_equal(take(&two, "ab"), -ENAMETOOLONG);
	place_give_up(p);
	setenv("XDG_RUNTIME_DIR", dir, 1);
}

/* logind takes folder and all; the place stands again, under its lock. */
static void
folder_vanishes(void **state)
{
	(void)state;
	struct place *p, *other;
	const char *why;
	assert_int_equal(take(&p, "forum"), 0);
	scratch_remove(under("dais"));
	assert_list("");
	assert_int_equal(place_stand(p, &why), 0);
	assert_list("forum ");
	assert_string_equal(place_name(p), "forum");
	/* Somebody else took the name meanwhile. */
	scratch_remove(under("dais"));
	assert_int_equal(take(&other, "forum"), 0);
	assert_int_equal(place_stand(p, &why), 0);
	assert_string_equal(place_name(p), "forum-2");
	assert_list("forum forum-2 ");
	place_give_up(other);
	place_give_up(p);
}

static void
list_is_careful(void **state)
{
	(void)state;
	struct place *p;
	assert_int_equal(take(&p, "forum"), 0);
	close(open(under("dais/dead.lock"), O_CREAT | O_WRONLY, 0600));
	close(open(under("dais/.lock"), O_CREAT | O_WRONLY, 0600));
	close(open(under("dais/x.sock"), O_CREAT | O_WRONLY, 0600));
	close(open(under("dais/\x1b[31m.lock"), O_CREAT | O_WRONLY, 0600));
	mkfifo(under("dais/fifo.lock"), 0600);
	assert_int_equal(symlink(under("dais/forum.lock"), under("dais/link.lock")), 0);
	mkdir(under("dais/dir.lock"), 0700);
	assert_list("forum ");
	place_give_up(p);
	chmod(under("dais"), 0755);
	assert_int_equal(place_list(seen, NULL), -EPERM);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names),
		cmocka_unit_test(long_names),
		cmocka_unit_test_setup_teardown(folders, setup, teardown),
		cmocka_unit_test_setup_teardown(squatted, setup, teardown),
		cmocka_unit_test_setup_teardown(collisions, setup, teardown),
		cmocka_unit_test_setup_teardown(bad_locks, setup, teardown),
		cmocka_unit_test_setup_teardown(killed_host, setup, teardown),
		cmocka_unit_test_setup_teardown(lister_is_no_host, setup, teardown),
		cmocka_unit_test_setup_teardown(socket_path, setup, teardown),
		cmocka_unit_test_setup_teardown(folder_vanishes, setup, teardown),
		cmocka_unit_test_setup_teardown(list_is_careful, setup, teardown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
