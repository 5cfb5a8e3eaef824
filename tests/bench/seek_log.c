/*
 * Any position of a long past: what it costs to go there, step by step and by
 * leaps, and to undo what was done last. In processor time.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "dais/command.h"
#include "dais/journal.h"

#include "machine.h"
#include "making.h"

enum { EVENTS = 20000, SEEKS = 1000, UNDOS = 200 };

struct past {
	struct session *s;
	struct arena arena;
	double folding, longest; /* s in session_apply(); of one event */
	double undoing;          /* s in undo events alone */
	int64_t undos;
};

static void
need(bool good, const char *what)
{
	if (good)
		return;
	fprintf(stderr, "seek-log: %s\n", what);
	exit(1);
}

static const char *
visit(void *ctx, const struct journal_record *r)
{
	struct past *x = ctx;
	struct event e;
	const char *why = NULL;
	/* What nobody may follow would leave nothing to undo. */
	if (!event_decode(&e, r->body, &x->arena, &why) || e.kind == EVENT_SESSION_CLOSE)
		return why;
	e.seq = r->seq;
	double began = machine_cpu_s();
	session_apply(x->s, &e, &why);
	double took = machine_cpu_s() - began;
	x->folding += took;
	x->longest = took > x->longest ? took : x->longest;
	x->undos += e.kind == EVENT_UNDO;
	x->undoing += e.kind == EVENT_UNDO ? took : 0;
	return why;
}

static void
tell(const char *what, double *all, int n)
{
	double median = machine_median(all, n);
	printf("| %s | %d | %.3f | %.3f | %.3f |\n", what, n, median * 1e3, all[n * 9 / 10] * 1e3,
		all[n - 1] * 1e3);
}

/* Goes from position to position by steps from the middle, or anywhere where the step is 0. */
static void
seek(const struct session *s, const char *what, int64_t step)
{
	static double all[SEEKS];
	size_t events = session_event_count(s), at = events / 2;
	int n = !step || events / 3 > SEEKS ? SEEKS : (int)(events / 3);
	uint64_t dice = MAKE_SEED;
	struct session *view = session_view(s);
	for (int i = 0; i < n; i++) {
		dice = dice * 6364136223846793005 + 1442695040888963407;
		at = step ? at + (size_t)step : (size_t)(dice >> 20) % events;
		double began = machine_cpu_s();
		session_view_at(view, at);
		all[i] = machine_cpu_s() - began;
	}
	tell(what, all, n);
	session_destroy(view);
}

static void
undo(struct session *s)
{
	static double all[UNDOS];
	struct command c;
	struct arena a = {0};
	struct events list = {0};
	struct refused no;
	need(!command_parse(STR("undo"), &a, &c, &no), "undo is no command");
	c.seat = SEAT_CHAIR;
	for (int i = 0; i < UNDOS; i++) {
		const char *why;
		double began = machine_cpu_s();
		enum refusal refused = session_decide(s, &c, &list, &no);
		for (size_t k = 0; !refused && k < list.n; k++)
			need(session_apply(s, &list.items[k], &why) == 0, why);
		all[i] = machine_cpu_s() - began;
		need(!refused, no.why);
	}
	tell("the last act undone, tried first", all, UNDOS);
	events_finish(&list);
	arena_finish(&a);
}

static void
measure(const char *path)
{
	struct past x = {.s = session_create()};
	struct journal_check check;
	need(journal_read(path, visit, &x, &check) == 0, "the log could not be read");
	need(check.state == JOURNAL_WHOLE, check.why);
	journal_check_finish(&check);
	arena_finish(&x.arena);
	size_t events = session_event_count(x.s);
	machine_tell();
	printf("%zu events, %.2f us each to fold, the longest %.2f ms", events,
		x.folding / (double)events * 1e6, x.longest * 1e3);
	if (x.undos)
		printf("; %lld undos, %.1f us each", (long long)x.undos,
			x.undoing / (double)x.undos * 1e6);
	printf("\n\n| way | times | median ms | nine of ten ms | longest ms "
	       "|\n|---|---|---|---|---|\n");
	seek(x.s, "anywhere", 0);
	seek(x.s, "one event on", 1);
	seek(x.s, "one event back", -1);
	undo(x.s);
	printf("\na frame has 16 ms; peak resident %ld KiB\n", machine_peak_kib());
	session_destroy(x.s);
}

/* seek-log [FILE|EVENTS] */
int
main(int argc, char **argv)
{
	int64_t events = EVENTS;
	char made[] = "seek-log-XXXXXX";
	bool make = argc < 2 || str_int(str_of(argv[1]), &events);
	if (make) {
		int fd = mkstemp(made);
		FILE *file = fd < 0 ? NULL : fdopen(fd, "wb");
		need(file, strerror(errno));
		make_log(file, events, MAKE_SEED, 0.01);
		need(fclose(file) == 0, strerror(errno));
	}
	measure(make ? made : argv[1]);
	if (make)
		unlink(made);
	return 0;
}
