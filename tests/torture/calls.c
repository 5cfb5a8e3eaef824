/*
 * Every system call of the log's core, on each of its ways, answers each error
 * once or from then on, gives less than was asked for, or is the last one of a
 * process that is killed before, in or behind it. Whatever was acknowledged is
 * there afterwards, nothing else is believed, the next start goes on; and an
 * error that comes once costs nothing at all.
 *
 *     calls [SAMPLES]     so many of the combinations, all without it; DAIS_SEED repeats a run
 */
#include "rig.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "../unit/journal/lab.h"

enum { TRIES = 6, TOLD = 8, LONGEST = 2000, SECONDS = 20 };
/* How a life ends: what it appended is saved, or its disk would not. */
enum { SAVED = 0, NOT_SAVED = 1 };

/* Commits until nothing waits; false where the disk will not. */
static bool
save(struct journal *j)
{
	for (int i = 0; i < TRIES && journal_synced(j) < journal_next_seq(j) - 1; i++)
		if (lab_commit(j) == 0)
			rig->acked = journal_synced(j);
		else if (journal_trouble(j) == 0)
			_exit(4);
	return journal_synced(j) == journal_next_seq(j) - 1;
}

static int
go_on(struct journal *j, int rounds)
{
	bool saved = true;
	rig->acked = journal_synced(j);
	for (int i = 0; i < rounds; i++) {
		lab_append(j, 1 + i % 3);
		lab_append(j, 1);
		saved = save(j);
	}
	journal_line(j, 0);
	journal_close(j);
	return saved ? SAVED : NOT_SAVED;
}

/* --- the ways of a log --- */

static const unsigned char before[HASH_SIZE] = {1, 2, 3};

static int
begin(const struct lab *lab, const unsigned char *after, struct journal **j)
{
	struct buf body = lab_body(0, false);
	int r = journal_birth(j, lab->path, after, buf_view(&body), NULL);
	buf_finish(&body);
	return r;
}

static int
born(const struct lab *lab, const unsigned char *after)
{
	struct journal *j;
	int r = -1;
	for (int i = 0; r < 0 && i < TRIES; i++)
		r = begin(lab, after, &j);
	return r < 0 ? NOT_SAVED : go_on(j, 3);
}

static int
create(const struct lab *lab)
{
	return born(lab, NULL);
}

/* The corrections of a log that is sealed. */
static int
create_after(const struct lab *lab)
{
	return born(lab, before);
}

static int
opened(const struct lab *lab)
{
	struct journal *j;
	struct journal_check c;
	int r = -1;
	for (int i = 0; r < 0 && i < TRIES; i++) {
		r = journal_open(&j, lab->path, NULL, NULL, &c);
		journal_check_finish(&c);
	}
	return r < 0 ? NOT_SAVED : go_on(j, 2);
}

static int64_t
made(const struct lab *lab)
{
	struct journal *j = lab_born(lab);
	lab_append(j, 3);
	lab_append(j, 2);
	lab_commit(j);
	journal_close(j);
	return 5;
}

/* No mark vouches for the end: it is written once more. */
static int64_t
unmarked(const struct lab *lab)
{
	char *mark = lab_beside(lab, ".mark");
	int64_t acked = made(lab);
	unlink(mark);
	free(mark);
	return acked;
}

static int64_t
torn(const struct lab *lab)
{
	struct lab_log log = lab_make("o|o|moo|o|mo|mmmmmmo|");
	lab_write(lab->path, str_upto(buf_view(&log.bytes), log.bytes.n - 20));
	lab_free(&log);
	return 7;
}

/* The process before this one died while it was born. */
static int64_t
half_born(const struct lab *lab)
{
	char *fresh = lab_beside(lab, ".new");
	lab_write(fresh, STR("{\"seq\":0,\"safe\":0,\"t\""));
	free(fresh);
	return -1;
}

/* A sync failed once: the log is renewed. */
static int
renewed(const struct lab *lab)
{
	struct fault once = {.times = 1, .only = "sync", .error = -EIO};
	struct journal_calls broken = fault_calls(&once), real = {0};
	struct journal *j;
	struct journal_check c;
	bool on = rig->on;
	rig->on = false;
	if (journal_open(&j, lab->path, NULL, NULL, &c) != 0)
		return 5;
	journal_check_finish(&c);
	journal_use_calls(j, &broken);
	lab_append(j, 2);
	if (lab_commit(j) != -EIO)
		return 6;
	journal_use_calls(j, &real);
	rig->on = on;
	return go_on(j, 2);
}

/* Somebody took the log away under its writer. */
static int
removed(const struct lab *lab)
{
	struct journal *j;
	struct journal_check c;
	bool on = rig->on;
	rig->on = false;
	if (journal_open(&j, lab->path, NULL, NULL, &c) != 0)
		return 5;
	journal_check_finish(&c);
	unlink(lab->path);
	rig->acked = -1; /* what is gone is gone until it is saved again */
	rig->on = on;
	lab_append(j, 2);
	return save(j) ? go_on(j, 1) : (journal_close(j), NOT_SAVED);
}

/* A console's copy of what the host has. */
static int
copied(const struct lab *lab)
{
	struct lab_log log = lab_make(LAB_PATTERN);
	struct mirror *m;
	struct journal_check c;
	int r = -1;
	for (int i = 0; r < 0 && i < TRIES; i++) {
		r = mirror_open(&m, lab->path, NULL, NULL, &c);
		journal_check_finish(&c);
	}
	for (int64_t line = 0; r == 0 && line < log.n; line += 4) {
		int64_t end = line + 4 < log.n ? line + 4 : log.n;
		struct str all = buf_view(&log.bytes);
		struct str some = str_from(str_upto(all, (size_t)log.start[end]), (size_t)log.start[line]);
		r = -1;
		for (int i = 0; r < 0 && i < TRIES; i++)
			r = mirror_write(m, some);
		if (r == 0 && (end == log.n || log.command[end] == end))
			rig->acked = end - 1;
	}
	mirror_close(m);
	lab_free(&log);
	return r < 0 ? NOT_SAVED : SAVED;
}

static const struct life {
	const char *name;
	int64_t (*begin)(const struct lab *lab); /* what was acknowledged before; NULL: nothing */
	int (*live)(const struct lab *lab);
	const unsigned char *after;
	bool copy;
} lives[] = {
	{"create", NULL, create, NULL, false},
	{"create over a half-born one", half_born, create, NULL, false},
	{"create behind a sealed one", NULL, create_after, before, false},
	{"reopen", made, opened, NULL, false},
	{"reopen without a mark", unmarked, opened, NULL, false},
	{"recover", torn, opened, NULL, false},
	{"renew", made, renewed, NULL, false},
	{"renew what was removed", made, removed, NULL, false},
	{"copy", NULL, copied, NULL, true},
};

/* --- one of them, with one fault --- */

static const struct how {
	const char *name;
	enum rig_fault fault;
	int error;
	bool ever;
} hows[] = {
	{"ENOSPC", RIG_ERROR, ENOSPC, false},
	{"ENOSPC from then on", RIG_ERROR, ENOSPC, true},
	{"EIO", RIG_ERROR, EIO, false},
	{"EIO from then on", RIG_ERROR, EIO, true},
	{"EDQUOT", RIG_ERROR, EDQUOT, false},
	{"EDQUOT from then on", RIG_ERROR, EDQUOT, true},
	{"EROFS", RIG_ERROR, EROFS, false},
	{"EROFS from then on", RIG_ERROR, EROFS, true},
	{"EINTR", RIG_ERROR, EINTR, false},
	{"EINTR for a while", RIG_WHILE, EINTR, true},
	{"half of it", RIG_HALF, 0, false},
	{"half of it from then on", RIG_HALF, 0, true},
	{"half of it, then ENOSPC", RIG_HALF_ERROR, ENOSPC, true},
	{"killed before it", RIG_KILL_BEFORE, 0, false},
	{"killed in it", RIG_KILL_IN, 0, false},
	{"killed behind it", RIG_KILL_AFTER, 0, false},
};
enum { HOWS = sizeof hows / sizeof *hows };

/* How the process ended; what it had done is in the rig. */
static int
run(const struct lab *lab, const struct life *life, int at, const struct how *how)
{
	int status;
	*rig = (struct rig){.at = at, .fault = how->fault, .error = how->error, .ever = how->ever};
	rig->name = "none";
	rig->acked = life->begin ? life->begin(lab) : -1;
	fflush(NULL);
	pid_t child = fork();
	if (child == 0) {
		alarm(SECONDS);
		rig->on = true;
		_exit(life->live(lab));
	}
	if (child < 0 || waitpid(child, &status, 0) != child)
		abort();
	rig->on = false;
	return status;
}

/* --- what is found afterwards --- */

/* Opens it as a later start would; NULL and how many records, or what is wrong. */
static const char *
look(const struct lab *lab, const struct life *life, int64_t acked, int64_t *n)
{
	struct journal *j = NULL;
	struct mirror *m = NULL;
	struct journal_check c;
	struct lab_found f = {0};
	int r = life->copy ? mirror_open(&m, lab->path, lab_find, &f, &c)
			   : journal_open_all(&j, lab->path, life->after, lab_find, &f, &c, NULL);
	const char *wrong = f.wrong;
	*n = f.n;
	if (r == -ENOENT && acked < 0)
		wrong = begin(lab, life->after, &j) == 0 ? NULL : "no log can be begun";
	else if (r != 0)
		wrong = c.why ? c.why : strerror(-r);
	else if (!wrong && f.n <= acked)
		wrong = "an acknowledged record is lost";
	else if (!wrong && f.more)
		wrong = "half of a command is believed";
	else if (!wrong && c.state == JOURNAL_TORN && !life->copy && lab_size(c.torn) != c.bad_bytes)
		wrong = "what was cut off is not kept";
	journal_check_finish(&c);
	if (!wrong && j) {
		lab_append(j, 2);
		if (lab_commit(j) != 0)
			wrong = "it does not go on";
	}
	journal_close(j);
	mirror_close(m);
	return wrong;
}

static const char *
inspect(const struct lab *lab, const struct life *life, const struct how *how, int status)
{
	int64_t n, again;
	bool kill = how->fault >= RIG_KILL_BEFORE;
	if (WIFSIGNALED(status) && !(kill && WTERMSIG(status) == SIGKILL))
		return WTERMSIG(status) == SIGALRM ? "it hangs" : "it died by a signal";
	if (WIFEXITED(status) && WEXITSTATUS(status) > NOT_SAVED)
		return "a failure is not told";
	if (WIFEXITED(status) && WEXITSTATUS(status) == NOT_SAVED && !how->ever)
		return "what fails once stays unsaved";
	const char *wrong = look(lab, life, rig->acked, &n);
	if (!wrong)
		wrong = look(lab, life, n - 1, &again);
	return wrong;
}

/* How many calls a life makes with nothing wrong. */
static int
calls_of(const struct life *life)
{
	struct lab lab = lab_begin(true);
	int status = run(&lab, life, LONGEST, &hows[0]);
	bool good = WIFEXITED(status) && WEXITSTATUS(status) == SAVED && rig->calls < LONGEST;
	lab_end(&lab);
	return good ? rig->calls : 0;
}

struct tally {
	int64_t tried, wrong;
	uint64_t seed, odds; /* one in so many */
};

static void
each_fault(struct tally *t, const struct life *life, int calls)
{
	for (int at = 0; at < calls; at++)
		for (int i = 0; i < HOWS; i++) {
			if (lab_next(&t->seed) % t->odds)
				continue;
			struct lab lab = lab_begin(true);
			int status = run(&lab, life, at, &hows[i]);
			const char *wrong = inspect(&lab, life, &hows[i], status);
			t->tried++;
			if (wrong && t->wrong++ < TOLD)
				printf("# %s, call %d (%s), %s: %s\n", life->name, at + 1,
					rig->name, hows[i].name, wrong);
			lab_end(&lab);
		}
}

int
main(int argc, char **argv)
{
	size_t n = sizeof lives / sizeof *lives;
	int calls[sizeof lives / sizeof *lives], all = 0, bad = 0;
	int64_t samples = argc > 1 ? atoll(argv[1]) : 0;
	struct tally t = {.seed = lab_seed()};
	rig_start();
	printf("1..%zu\n", n);
	for (size_t i = 0; i < n; i++)
		all += (calls[i] = calls_of(&lives[i])) * HOWS;
	t.odds = samples > 0 && samples < all ? (uint64_t)(all / samples) : 1;
	for (size_t i = 0; i < n; i++) {
		t.tried = t.wrong = 0;
		each_fault(&t, &lives[i], calls[i]);
		bool good = !t.wrong && calls[i];
		printf("%s %zu - %s: %lld faults at %d calls, %lld wrong\n", good ? "ok" : "not ok", i + 1,
			lives[i].name, (long long)t.tried, calls[i], (long long)t.wrong);
		bad += !good;
	}
	return bad > 0;
}
