/*
 * Memory runs out at every single allocation of the log's core, for once or for
 * good: the process ends by its own word and not by a signal, and whatever it
 * had acknowledged is there when the log is opened again. The linker's --wrap
 * puts these in the place of malloc and its like.
 */
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

#include "../unit/journal/lab.h"

void *__real_malloc(size_t n);
void *__real_calloc(size_t count, size_t n);
void *__real_realloc(void *p, size_t n);
void *__wrap_malloc(size_t n);
void *__wrap_calloc(size_t count, size_t n);
void *__wrap_realloc(void *p, size_t n);

static struct {
	int left; /* allocations that still succeed; -1: all of them */
	bool ever;
	int made;
} memory = {.left = -1};

static bool
is_over(void)
{
	memory.made++;
	if (memory.left < 0)
		return false;
	if (memory.left > 0) {
		memory.left--;
		return false;
	}
	if (!memory.ever)
		memory.left = -1;
	return true;
}

void *
__wrap_malloc(size_t n)
{
	return is_over() ? NULL : __real_malloc(n);
}

void *
__wrap_calloc(size_t count, size_t n)
{
	return is_over() ? NULL : __real_calloc(count, n);
}

void *
__wrap_realloc(void *p, size_t n)
{
	return is_over() ? NULL : __real_realloc(p, n);
}

/* --- lives that run out of it --- */

static struct buf
body_of(int64_t seq)
{
	return lab_body(seq, false);
}

static void
acknowledge(int to, const struct journal *j)
{
	int64_t seq = journal_synced(j);
	if (write(to, &seq, sizeof seq) != sizeof seq)
		_exit(3);
}

static int
go_on(struct journal *j, int to, int rounds)
{
	acknowledge(to, j);
	for (int i = 0; i < rounds; i++) {
		for (int k = 0; k < 3 + 20 * i; k++) {
			struct buf body = body_of(journal_next_seq(j));
			struct str view = buf_view(&body);
			journal_append(j, &view, 1);
			buf_finish(&body);
		}
		struct journal_batch *b = journal_begin(j);
		if (journal_settle(j, b, journal_commit(b)) == 0)
			acknowledge(to, j);
		journal_line(j, 0);
	}
	journal_close(j);
	return 0;
}

static int
from_birth(const struct lab *lab, int to)
{
	struct journal *j;
	struct buf body = body_of(0);
	if (journal_create(&j, lab->path, buf_view(&body)) != 0)
		return 5;
	buf_finish(&body);
	return go_on(j, to, 3);
}

static void
begin_torn(const struct lab *lab)
{
	struct lab_log log = lab_make("o|o|o|o|o|o|");
	lab_write(lab->path, str_upto(buf_view(&log.bytes), log.bytes.n - 20));
	lab_free(&log);
}

static int
from_torn(const struct lab *lab, int to)
{
	struct journal *j;
	struct journal_check c;
	if (journal_open(&j, lab->path, NULL, NULL, &c) != 0)
		return 5;
	journal_check_finish(&c);
	return go_on(j, to, 2);
}

static int
renewed(const struct lab *lab, int to)
{
	struct fault once = {.times = 1, .only = "sync", .error = -EIO};
	struct journal_calls calls = fault_calls(&once);
	struct journal *j;
	struct buf body = body_of(0);
	if (journal_create(&j, lab->path, buf_view(&body)) != 0)
		return 5;
	buf_finish(&body);
	journal_use_calls(j, &calls);
	return go_on(j, to, 3);
}

static const struct life {
	const char *name;
	void (*before)(const struct lab *lab);
	int (*live)(const struct lab *lab, int to);
} lives[] = {
	{"a log that is born", NULL, from_birth},
	{"an end that is torn", begin_torn, from_torn},
	{"a log that is renewed", NULL, renewed},
};

/* --- each allocation in turn --- */

struct ending {
	int status;
	int64_t acked;
};

static struct ending
run(const struct lab *lab, const struct life *life, int left, bool ever)
{
	struct ending end = {.acked = -1};
	int pipes[2];
	int64_t seq;
	if (life->before)
		life->before(lab);
	assert_int_equal(pipe(pipes), 0);
	fflush(NULL);
	pid_t child = fork();
	assert_true(child >= 0);
	if (child == 0) {
		int null = open("/dev/null", O_WRONLY | O_CLOEXEC);
		dup2(null, STDERR_FILENO);
		memory.left = left;
		memory.ever = ever;
		memory.made = 0;
		int r = life->live(lab, pipes[1]);
		_exit(memory.made <= left ? 99 : r);
	}
	close(pipes[1]);
	while (read(pipes[0], &seq, sizeof seq) == sizeof seq)
		end.acked = seq;
	close(pipes[0]);
	assert_int_equal(waitpid(child, &end.status, 0), child);
	return end;
}

static const char *
inspect(const struct lab *lab, struct ending end)
{
	struct journal *j;
	struct journal_check c;
	struct lab_seen seen = {0};
	if (WIFSIGNALED(end.status))
		return "it died by a signal";
	int r = journal_open(&j, lab->path, lab_see, &seen, &c);
	const char *why = c.why;
	journal_check_finish(&c);
	journal_close(j);
	if (r == -ENOENT && end.acked < 0)
		return lab_create(lab, &j) == 0 ? (journal_close(j), NULL) : "no log can be begun";
	if (r != 0)
		return why ? why : strerror(-r);
	return seen.n > end.acked ? NULL : "an acknowledged record is lost";
}

static int
all(const struct life *life, bool ever, int *wrong)
{
	int left = 0;
	for (bool over = false; !over; left++) {
		struct lab lab = lab_begin(true);
		struct ending end = run(&lab, life, left, ever);
		over = WIFEXITED(end.status) && WEXITSTATUS(end.status) == 99;
		const char *why = inspect(&lab, end);
		if (why && (*wrong)++ < 5)
			printf("# %s, allocation %d: %s\n", life->name, left + 1, why);
		lab_end(&lab);
		assert_true(left < 5000);
	}
	return left - 1;
}

int
main(void)
{
	size_t n = sizeof lives / sizeof *lives;
	int bad = 0;
	printf("1..%zu\n", n * 2);
	for (size_t i = 0; i < n * 2; i++) {
		int wrong = 0, made = all(&lives[i / 2], i % 2, &wrong);
		printf("%s %zu - %s: each of %d allocations fails %s, %d wrong\n",
			wrong || made < 10 ? "not ok" : "ok", i + 1, lives[i / 2].name, made,
			i % 2 ? "and all after it" : "once", wrong);
		bad += wrong > 0;
	}
	return bad > 0;
}
