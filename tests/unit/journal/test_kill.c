/*
 * A process that dies at any system call, or between the halves of a write,
 * leaves a log that opens with everything that it had acknowledged.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "lab.h"

/* Tells the parent that this seq may be shown as saved. */
static void
acknowledge(int to, int64_t seq)
{
	if (write(to, &seq, sizeof seq) != sizeof seq)
		_exit(3);
}

static int
live(struct journal *j, int to, int rounds)
{
	acknowledge(to, journal_synced(j));
	for (int i = 0; i < rounds; i++) {
		lab_append(j, 1 + i % 3);
		lab_append(j, 1);
		/* Twice: the first try of a round may find a file that must be renewed. */
		if (lab_commit(j) < 0 && lab_commit(j) < 0)
			return 4;
		acknowledge(to, journal_synced(j));
	}
	journal_close(j);
	return 0;
}

static int
life_from_birth(const struct lab *lab, struct fault *f, int to)
{
	struct journal_calls calls = fault_calls(f);
	struct journal *j;
	struct buf body = lab_body(0, false);
	if (journal_create_with(&j, lab->path, buf_view(&body), &calls) != 0)
		return 5;
	buf_finish(&body);
	return live(j, to, 3);
}

static int
life_from_torn(const struct lab *lab, struct fault *f, int to)
{
	struct journal_calls calls = fault_calls(f);
	struct lab_log log = lab_make("o|o|moo|o|mo|");
	struct journal *j;
	struct journal_check c;
	lab_write(lab->path, str_upto(buf_view(&log.bytes), log.bytes.n - 20));
	acknowledge(to, 5);
	lab_free(&log);
	if (journal_open_with(&j, lab->path, NULL, NULL, &c, &calls) != 0)
		return 5;
	journal_check_finish(&c);
	return live(j, to, 2);
}

/* The file's sync fails before the killer comes: the log is renewed under its hands. */
static int
life_renewed(const struct lab *lab, struct fault *f, int to)
{
	struct journal_calls calls = fault_calls(f);
	struct journal *j;
	struct buf body = lab_body(0, false);
	if (journal_create(&j, lab->path, buf_view(&body)) != 0)
		return 5;
	buf_finish(&body);
	acknowledge(to, 0);
	struct fault once = {.times = 1, .only = "sync", .error = -EIO};
	struct journal_calls broken = fault_calls(&once);
	journal_use_calls(j, &broken);
	lab_append(j, 2);
	if (lab_commit(j) != -EIO)
		return 6;
	journal_use_calls(j, &calls);
	if (lab_commit(j) != 0)
		return 7;
	return live(j, to, 1);
}

struct ending {
	int status;
	int64_t acknowledged; /* -1: nothing was */
};

static struct ending
run(const struct lab *lab, int (*life)(const struct lab *, struct fault *, int), int at,
	int short_by)
{
	struct ending end = {.acknowledged = -1};
	int64_t seq;
	int pipes[2];
	assert_int_equal(pipe(pipes), 0);
	fflush(NULL);
	pid_t child = fork();
	assert_true(child >= 0);
	if (child == 0) {
		struct fault f = {.at = at, .times = 1, .short_by = short_by};
		close(pipes[0]);
		_exit(life(lab, &f, pipes[1]));
	}
	close(pipes[1]);
	while (read(pipes[0], &seq, sizeof seq) == sizeof seq) {
		assert_true(seq >= end.acknowledged);
		end.acknowledged = seq;
	}
	close(pipes[0]);
	assert_int_equal(waitpid(child, &end.status, 0), child);
	return end;
}

static const char *
see(void *ctx, const struct journal_record *r)
{
	int64_t *n = ctx;
	assert_int_equal(r->seq, (*n)++);
	return NULL;
}

/* The survivor opens, finds all, and goes on; a third finds the same. */
static void
inherit(const struct lab *lab, int64_t acknowledged, int at)
{
	struct journal *j;
	struct journal_check c;
	int64_t n = 0, again = 0;
	int r = journal_open(&j, lab->path, see, &n, &c);
	if (r == -ENOENT && acknowledged < 0) {
		struct buf body = lab_body(0, false);
		assert_int_equal(journal_create(&j, lab->path, buf_view(&body)), 0);
		buf_finish(&body);
		assert_int_equal(lab_count(lab, ".new"), 0);
		journal_close(j);
		return;
	}
	if (r != 0)
		fail_msg("killed at call %d: %s", at, c.why ? c.why : strerror(-r));
	if (n <= acknowledged)
		fail_msg("killed at call %d: %d were saved, %d are there", at,
			(int)acknowledged + 1, (int)n);
	journal_check_finish(&c);
	lab_append(j, 2);
	assert_int_equal(lab_commit(j), 0);
	assert_int_equal(journal_failovers(j, NULL), 0);
	journal_close(j);
	assert_int_equal(journal_open(&j, lab->path, see, &again, &c), 0);
	assert_int_equal(c.state, JOURNAL_WHOLE);
	assert_int_equal(again, n + 2);
	journal_close(j);
}

static int
all_deaths(int (*life)(const struct lab *, struct fault *, int), int short_by)
{
	int at = 0;
	for (bool alive = false; !alive; at++) {
		struct lab lab = lab_begin(true);
		struct ending end = run(&lab, life, at, short_by);
		alive = WIFEXITED(end.status);
		if (alive)
			assert_int_equal(WEXITSTATUS(end.status), 0);
		else
			assert_int_equal(WTERMSIG(end.status), SIGKILL);
		inherit(&lab, end.acknowledged, at);
		lab_end(&lab);
		assert_true(at < 2000);
	}
	print_message("# %d deaths\n", at - 1);
	return at - 1;
}

static void
from_birth(void **state)
{
	(void)state;
	assert_true(all_deaths(life_from_birth, 0) > 25);
	assert_true(all_deaths(life_from_birth, 200) > 40);
}

static void
from_torn(void **state)
{
	(void)state;
	assert_true(all_deaths(life_from_torn, 0) > 25);
}

static void
renewed(void **state)
{
	(void)state;
	assert_true(all_deaths(life_renewed, 0) > 15);
	assert_true(all_deaths(life_renewed, 100) > 30);
}

/* Not at a call but at any time: many short lives in turn of one log. */
static void
at_random(void **state)
{
	(void)state;
	uint64_t seed = lab_seed();
	struct lab lab = lab_begin(false);
	int64_t acknowledged = -1;
	for (int i = 0; i < 60; i++) {
		int64_t seq;
		int pipes[2], status;
		assert_int_equal(pipe(pipes), 0);
		fflush(NULL);
		pid_t child = fork();
		assert_true(child >= 0);
		if (child == 0) {
			struct fault none = {.at = 1 << 30};
			struct journal_calls calls = fault_calls(&none);
			struct journal *j;
			struct journal_check c;
			int64_t n = 0;
			close(pipes[0]);
			if (i == 0)
				_exit(life_from_birth(&lab, &none, pipes[1]));
			if (journal_open_with(&j, lab.path, see, &n, &c, &calls) != 0)
				_exit(5);
			_exit(live(j, pipes[1], 1 << 20));
		}
		close(pipes[1]);
		for (uint64_t n = lab_next(&seed) % 40;
			read(pipes[0], &seq, sizeof seq) == sizeof seq;) {
			assert_true(seq >= acknowledged);
			acknowledged = seq;
			if (n-- == 0)
				kill(child, SIGKILL);
		}
		close(pipes[0]);
		assert_int_equal(waitpid(child, &status, 0), child);
		assert_true(i == 0 || (WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL));
	}
	assert_true(acknowledged > 100);
	inherit(&lab, acknowledged, -1);
	lab_end(&lab);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(from_birth),
		cmocka_unit_test(from_torn),
		cmocka_unit_test(renewed),
		cmocka_unit_test(at_random),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
