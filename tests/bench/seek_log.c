/*
 * Any position of a long past: what it costs to go there, step by step and by
 * leaps, and to undo what was done last or first. In processor time.
 */
#include <stdlib.h>

#include "acting.h"
#include "machine.h"
#include "making.h"

enum { SEEKS = 1000, UNDOS = 200, FAR_UNDOS = 5, CROWD = 10000, MOVES = 500 };

static void
need(bool good, const char *what)
{
	if (good)
		return;
	fprintf(stderr, "seek-log: %s\n", what);
	exit(1);
}

static void
tell(const char *what, double *all, int n)
{
	char longest[96];
	machine_figure(what, "dais", "ms", machine_median(all, n) * 1e3);
	snprintf(longest, sizeof longest, "%s: the longest", what);
	machine_figure(longest, "dais", "ms", all[n - 1] * 1e3);
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
undo_last(struct acting *a)
{
	double all[UNDOS];
	for (int i = 0; i < UNDOS; i++) {
		double began = machine_cpu_s();
		need(acting_do(a, "undo"), "the last act cannot be undone");
		all[i] = machine_cpu_s() - began;
	}
	tell("undo of the last act", all, UNDOS);
}

/* Tries the oldest marks: nothing needs them, so they can go, and everything behind is folded. */
static void
undo_first(struct acting *a)
{
	double all[FAR_UNDOS];
	int n = 0;
	for (size_t i = 0; n < FAR_UNDOS && i < session_event_count(a->s); i++) {
		const struct event *e = session_event_at(a->s, i);
		char line[40];
		if (e->kind != EVENT_MARK_ADD || session_event_undone(a->s, i))
			continue;
		snprintf(line, sizeof line, "undo %lld", (long long)e->seq);
		double began = machine_cpu_s();
		need(acting_do(a, line), "the first marks cannot be undone");
		all[n++] = machine_cpu_s() - began;
	}
	need(n > 0, "there are no marks");
	tell("undo of an act at the begin of it all", all, n);
}

/* Ten thousand people who all had the floor, a hall that goes from point to point with them, and
 * what a seek costs there. */
static void
crowd(void)
{
	struct acting a;
	char line[64];
	acting_open(&a);
	need(acting_do(&a, "segment go p1"), "there is no debate");
	for (int i = 0; i < CROWD; i++) {
		snprintf(line, sizeof line, "people add 来宾%05d", i);
		need(acting_do(&a, line), "nobody more can be added");
		snprintf(line, sizeof line, "floor give 来宾%05d", i);
		need(acting_do(&a, line), "the floor cannot be given");
		need(acting_do(&a, "floor end"), "a turn does not end");
	}
	for (int i = 0; i < MOVES; i++)
		need(acting_do(&a, i % 2 ? "segment go p1" : "segment go p2"), "nobody moves on");
	seek(a.s, "seek where 10,000 people spoke", 0);
	acting_finish(&a);
}

/* seek-log LOG */
int
main(int argc, char **argv)
{
	struct acting a;
	need(argc == 2, "which log?");
	acting_read(&a, argv[1]);
	machine_figure("fold of one event: the longest", "dais", "ms", a.longest * 1e3);
	seek(a.s, "seek anywhere", 0);
	seek(a.s, "seek one event on", 1);
	seek(a.s, "seek one event back", -1);
	undo_last(&a);
	undo_first(&a);
	machine_figure("memory of the folded log, peak", "dais", "MiB",
		(double)machine_peak_kib() / 1024);
	acting_finish(&a);
	crowd();
	return 0;
}
