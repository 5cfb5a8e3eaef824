/* Between two calls of ours the folder may change under our hands, or a call fail: what is not what
 * it was a moment ago is neither believed, cut nor removed. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lab.h"

/* At the `at`-th call of that name something happens, and the call fails if there is an error. */
struct turn {
	const char *call;
	int at;
	void (*act)(const struct lab *lab);
	int error;
	int count;
};
struct turns {
	const struct lab *lab;
	struct turn list[3];
};

static int
take_turn(void *ctx, const char *call)
{
	struct turns *t = ctx;
	for (struct turn *turn = t->list; turn->call; turn++)
		if (strcmp(turn->call, call) == 0 && turn->count++ == turn->at) {
			if (turn->act)
				turn->act(t->lab);
			if (turn->error)
				return turn->error;
		}
	return 0;
}

static int
create(const struct lab *lab, struct journal **j, const struct journal_calls *calls)
{
	struct buf body = lab_body(0, false);
	int r = journal_create_with(j, lab->path, buf_view(&body), calls);
	buf_finish(&body);
	assert_true(r == 0 || !*j);
	return r;
}

static void
new_removed(const struct lab *lab)
{
	char *fresh = lab_beside(lab, ".new");
	assert_int_equal(unlink(fresh), 0);
	free(fresh);
}

static void
new_exchanged(const struct lab *lab)
{
	char *fresh = lab_beside(lab, ".new"), *other = lab_beside(lab, ".other");
	lab_write(other, STR("a living writer's"));
	assert_int_equal(rename(other, fresh), 0);
	free(other);
	free(fresh);
}

/* What a dead writer left goes only while it still is what was looked at. */
static void
claims(void **state)
{
	(void)state;
	static const struct {
		struct turn turn;
		int answer;
		int64_t left; /* size of X.new afterwards */
	} table[] = {
		{{"open", 1, new_removed, 0, 0}, 0, -1},     /* gone by itself */
		{{"read", 0, new_exchanged, 0, 0}, -EEXIST, 17},
		{{"read", 0, NULL, -EIO, 0}, -EEXIST, 4},
		{{"stat", 0, NULL, -EIO, 0}, -EIO, 4},
		{{"lock", 0, NULL, -ENOLCK, 0}, -ENOLCK, 4},
		{{"unlink", 0, NULL, -EROFS, 0}, -EROFS, 4},
	};
	for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
		struct lab lab = lab_begin(true);
		struct turns turns = {&lab, {table[i].turn}};
		struct journal_calls calls = {.ctx = &turns, .before = take_turn};
		struct journal *j;
		char *fresh = lab_beside(&lab, ".new");
		lab_write(fresh, STR("{\"se"));
		assert_int_equal(create(&lab, &j, &calls), table[i].answer);
		assert_int_equal(lab_size(fresh), table[i].left);
		assert_int_equal(lab_size(lab.path) < 0, table[i].answer < 0);
		journal_close(j);
		free(fresh);
		lab_end(&lab);
	}
}

/* Some file systems have nothing to sync in a folder, and some no second name for a file. */
static void
poor_folders(void **state)
{
	(void)state;
	struct lab lab = lab_begin(true);
	struct turns turns = {&lab, {{"sync folder", 0, NULL, -EINVAL, 0}}};
	struct journal_calls calls = {.ctx = &turns, .before = take_turn};
	struct journal *j;
	assert_int_equal(create(&lab, &j, &calls), 0);
	journal_close(j);
	lab_whole(lab.path, 1);
	assert_int_equal(unlink(lab.path), 0);
	turns = (struct turns){
		&lab, {{"rename new", 0, NULL, -EINVAL, 0}, {"link", 0, NULL, -EPERM, 0}}};
	assert_int_equal(create(&lab, &j, &calls), -EPERM);
	assert_int_equal(turns.list[1].count, 1);
	assert_int_equal(lab_size(lab.path), -1);
	assert_int_equal(lab_count(&lab, ".new"), 0);
	lab_end(&lab);
}

static void
shorter(const struct lab *lab)
{
	assert_int_equal(truncate(lab->path, lab_size(lab->path) - 1), 0);
}

/* A log that is cut while it is opened is not opened, and what was torn is not thrown away. */
static void
shrinks(void **state)
{
	(void)state;
	struct lab_log log = lab_make("o|o|moo|o|");
	char text[MARK_SIZE];
	mark_write(text, &log.mark);
	/* While the torn end is copied, the end rewritten, the end read into memory. */
	static const struct {
		size_t torn;
		bool marked;
		struct turn turn;
	} table[] = {
		{9, false, {"read", 1, shorter, 0, 0}},
		{0, false, {"rewrite", 0, shorter, 0, 0}},
		{0, true, {"read", 2, shorter, 0, 0}},
	};
	for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
		struct lab lab = lab_begin(true);
		struct turns turns = {&lab, {table[i].turn}};
		struct journal_calls calls = {.ctx = &turns, .before = take_turn};
		struct journal *j;
		struct journal_check c;
		size_t n = log.bytes.n - table[i].torn;
		char *mark = lab_beside(&lab, ".mark");
		lab_write(lab.path, str_upto(buf_view(&log.bytes), n));
		if (table[i].marked)
			lab_write(mark, (struct str){text, sizeof text});
		assert_int_equal(journal_open_with(&j, lab.path, NULL, NULL, &c, &calls), -EIO);
		assert_null(j);
		assert_null(c.torn);
		assert_int_equal(lab_count(&lab, ".torn"), 0);
		struct buf left = lab_read(lab.path);
		assert_true(str_eq(buf_view(&left), str_upto(buf_view(&log.bytes), n - 1)));
		buf_finish(&left);
		journal_check_finish(&c);
		free(mark);
		lab_end(&lab);
	}
	lab_free(&log);
}

/* Every name that a torn end could be kept under is taken: then it stays where it is. */
static void
no_name_left(void **state)
{
	(void)state;
	struct lab lab = lab_begin(true);
	struct lab_log log = lab_make("o|o|o|");
	enum journal_state found;
	size_t torn = log.bytes.n - 5;
	lab_write(lab.path, str_upto(buf_view(&log.bytes), torn));
	for (int i = 1; i <= 999; i++) {
		struct buf name = {0};
		buf_printf(&name, "%s.torn-%d", lab.path, i);
		lab_write(name.p, STR("kept"));
		buf_finish(&name);
	}
	assert_int_equal(lab_open(lab.path, &found), -EEXIST);
	assert_int_equal(found, JOURNAL_TORN);
	assert_int_equal(lab_size(lab.path), torn);
	char *last = lab_beside(&lab, ".torn-999");
	assert_int_equal(unlink(last), 0);
	assert_int_equal(lab_open(lab.path, &found), 0);
	assert_int_equal(lab_size(last), (int64_t)torn - log.start[2]);
	lab_whole(lab.path, 2);
	free(last);
	lab_free(&log);
	lab_end(&lab);
}

/* A write that fails, or takes nothing for ever. */
struct writer {
	const struct lab *lab;
	int64_t answer;
};

static int64_t
fails_meanwhile(void *ctx, int fd, const void *p, size_t n, int64_t offset)
{
	const struct writer *w = ctx;
	(void)fd, (void)p, (void)n, (void)offset;
	if (w->lab)
		lab_disturb(w->lab);
	return w->answer;
}

/* What somebody else put behind our end is not ours to cut, although our own write failed. */
static void
not_cut(void **state)
{
	(void)state;
	struct lab lab = lab_begin(true);
	struct journal *j = lab_born(&lab);
	struct writer w = {&lab, -ENOSPC};
	struct journal_calls calls = {.ctx = &w, .write = fails_meanwhile};
	int64_t size = lab_size(lab.path);
	const char *old;
	journal_use_calls(j, &calls);
	lab_append(j, 1);
	assert_int_equal(lab_commit(j), -ENOSPC);
	assert_int_equal(lab_size(lab.path), size + 3);
	journal_use_calls(j, NULL);
	assert_int_equal(lab_commit(j), 0);
	assert_int_equal(journal_failovers(j, &old), 1);
	assert_int_equal(lab_size(old), size + 3);
	lab_whole(lab.path, 2);
	w = (struct writer){0};
	journal_use_calls(j, &calls);
	lab_append(j, 1);
	assert_int_equal(lab_commit(j), -EIO);
	journal_use_calls(j, NULL);
	assert_int_equal(lab_commit(j), 0);
	lab_whole(lab.path, 3);
	journal_close(j);
	lab_end(&lab);
}

/* Somebody puts a link to a file of ours in the place of each name that the journal uses, takes it
 * away and puts it back, as fast as can be. */
struct swapper {
	const char *link, *names[3];
	atomic_bool over;
	atomic_long swaps;
};

static void *
swap(void *ctx)
{
	struct swapper *s = ctx;
	for (size_t i = 0; !atomic_load(&s->over); i++) {
		const char *name = s->names[i / 8 % 3];
		if (renameat2(AT_FDCWD, s->link, AT_FDCWD, name, RENAME_EXCHANGE) == 0)
			renameat2(AT_FDCWD, s->link, AT_FDCWD, name, RENAME_EXCHANGE);
		else if (linkat(AT_FDCWD, s->link, AT_FDCWD, name, 0) == 0)
			unlink(name);
		atomic_fetch_add(&s->swaps, 1);
	}
	return NULL;
}

/* Whatever is opened, written, renewed and removed meanwhile: never what the link points to. */
static void
links_swapped(void **state)
{
	(void)state;
	enum { ROUNDS = 400 };
	struct lab lab = lab_begin(true);
	char *victim = lab_beside(&lab, ".victim"), *link = lab_beside(&lab, ".link");
	char *mark = lab_beside(&lab, ".mark"), *fresh = lab_beside(&lab, ".new");
	struct swapper s = {.link = link, .names = {lab.path, mark, fresh}};
	struct str before = STR("{\"seq\":0,what belongs to somebody else\n");
	pthread_t thread;
	int born = 0, saved = 0;
	lab_write(victim, before);
	assert_int_equal(symlink(victim, link), 0);
	assert_int_equal(pthread_create(&thread, NULL, swap, &s), 0);
	for (int i = 0; i < ROUNDS || atomic_load(&s.swaps) < ROUNDS; i++) {
		struct journal *j;
		struct journal_check c;
		unlink(lab.path);
		if (lab_create(&lab, &j) == 0) {
			born++;
			lab_append(j, 2);
			for (int n = 0; n < 3 && journal_waiting(j); n++)
				saved += lab_commit(j) == 0;
			journal_close(j);
		}
		if (journal_open(&j, lab.path, NULL, NULL, &c) == 0)
			journal_close(j);
		journal_check_finish(&c);
		struct buf after = lab_read(victim);
		assert_true(str_eq(buf_view(&after), before));
		buf_finish(&after);
	}
	atomic_store(&s.over, true);
	assert_int_equal(pthread_join(thread, NULL), 0);
	print_message("# %ld swaps, %d logs born, %d saved\n", atomic_load(&s.swaps), born, saved);
	assert_true(born > 0 && saved > 0);
	free(victim);
	free(link);
	free(mark);
	free(fresh);
	lab_end(&lab);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(claims),
		cmocka_unit_test(poor_folders),
		cmocka_unit_test(shrinks),
		cmocka_unit_test(no_name_left),
		cmocka_unit_test(not_cut),
		cmocka_unit_test(links_swapped),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
