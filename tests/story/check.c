/* What must hold of any session, whatever was asked of it. */
#include <stdlib.h>

#include "bench.h"

static void
check_past(struct bench *b)
{
	size_t n = session_event_count(b->s);
	int64_t last = 0, seq[2] = {0, 0};
	for (size_t i = 0; i < n; i++) {
		const struct event *e = session_event_at(b->s, i);
		if (e->t < last)
			bench_fault(b, "time runs backwards at event %zu", i);
		if (e->seq != seq[e->lane]++)
			bench_fault(b, "the sequence has a gap at event %zu", i);
		last = e->t;
	}
}

static void
check_queue(struct bench *b)
{
	size_t n;
	const struct session_entry *q = session_queue(b->s, &n);
	struct session_next next = session_next(b->s);
	for (size_t i = 0; i < n; i++) {
		if (i && q[i].as < q[i - 1].as)
			bench_fault(b, "the queue does not stand by precedence at %zu", i);
		for (size_t k = 0; k < i; k++)
			if (q[k].id == q[i].id)
				bench_fault(b, "entry %lld waits twice", (long long)q[i].id);
		if (!session_person(b->s, q[i].person))
			bench_fault(b, "entry %lld is of nobody", (long long)q[i].id);
	}
	if (next.entry && (next.place >= n || q[next.place].id != next.entry))
		bench_fault(b, "whoever is next does not stand where it says");
	if ((next.why == NEXT_NOBODY) != (next.person.n == 0))
		bench_fault(b, "somebody is next and has no name");
}

static void
check_turn(struct bench *b, const struct session_turn *turn)
{
	bool ended = turn->state == TURN_ENDED;
	if (ended != (turn->ended_t != EVENT_NO) ||
		(turn->state == TURN_RUNNING) != (turn->resumed_t != EVENT_NO) ||
		(turn->state == TURN_PAUSED) != (turn->paused_t != EVENT_NO))
		bench_fault(b, "turn %lld is in two states", (long long)turn->id);
	if (session_turn_elapsed(turn, b->t) < 0 || turn->paused_ms < 0)
		bench_fault(b, "turn %lld took less than no time", (long long)turn->id);
	if (turn->allotted < 0 && turn->allotted != EVENT_NO)
		bench_fault(b, "turn %lld has less than no time", (long long)turn->id);
	if (turn->started_t > b->t || (ended && turn->ended_t > b->t))
		bench_fault(b, "turn %lld lies in the future", (long long)turn->id);
	if (turn->waited && turn->state != TURN_PAUSED)
		bench_fault(b, "turn %lld waits and does not", (long long)turn->id);
}

/* Turns that are not ended are exactly those on the floor: the upper one and what it interrupted.
 */
static void
check_floor(struct bench *b)
{
	size_t open = 0, chain = 0, running = 0;
	size_t n = session_turn_count(b->s);
	if (session_rules(b->s)->interrupt == INTERRUPT_CHARGE)
		b->charged = true;
	for (size_t i = 0; i < n; i++) {
		const struct session_turn *each = session_turn_at(b->s, i);
		check_turn(b, each);
		if (i && each->id <= session_turn_at(b->s, i - 1)->id)
			bench_fault(b, "the ids of turns do not grow");
		open += each->state != TURN_ENDED;
		running += each->state == TURN_RUNNING;
	}
	const struct session_turn *turn = session_floor(b->s);
	while (turn && turn->state != TURN_ENDED) {
		chain++;
		turn = turn->under ? session_turn(b->s, turn->under) : NULL;
	}
	if (open != chain)
		bench_fault(b, "%zu turns are open, %zu are on the floor", open, chain);
	if (open > 2)
		bench_fault(b, "%zu turns lie on top of each other", open);
	if (running > 1 && !b->charged)
		bench_fault(b, "%zu clocks run at once", running);
	if (session_closed(b->s) && open)
		bench_fault(b, "somebody has the floor of a closed session");
	if (session_clock_runs(b->s) != (running > 0))
		bench_fault(b, "a clock runs and does not");
}

/* What a person is said to have spoken is the sum of their turns. */
static void
check_people(struct bench *b)
{
	size_t now = session_segment_now(b->s);
	size_t n = session_person_count(b->s), turns_n = session_turn_count(b->s);
	for (size_t i = 0; i < n; i++) {
		const struct session_person *p = session_person_at(b->s, i);
		struct session_person sum = {0};
		for (size_t k = 0; k < turns_n; k++) {
			const struct session_turn *turn = session_turn_at(b->s, k);
			if (turn->state != TURN_ENDED || !str_eq(turn->person, p->id))
				continue;
			sum.spoken++;
			sum.spoken_ms += turn->spoken_ms;
			if (turn->segment != now)
				continue;
			sum.point_spoken++;
			sum.point_speeches += turn->as == AS_SPEECH;
			sum.point_ms += turn->spoken_ms;
		}
		if (sum.spoken != p->spoken || sum.spoken_ms != p->spoken_ms ||
			sum.point_ms != p->point_ms || sum.point_spoken != p->point_spoken ||
			sum.point_speeches != p->point_speeches)
			bench_fault(b, "%.*s: counts and turns differ", STR_ARG(p->id));
		if (session_person(b->s, p->id) != p)
			bench_fault(b, "%.*s is not found by id", STR_ARG(p->id));
	}
}

/* From the first segment on one always runs, so their times add up to all the time since. */
static void
check_segments(struct bench *b)
{
	size_t n, now = session_segment_now(b->s);
	const struct session_segment *g = session_segments(b->s, &n);
	int64_t sum = 0, first = EVENT_NO,
		end = session_closed(b->s) ? session_closed_t(b->s) : b->t;
	for (size_t i = 0; i < n; i++) {
		sum += session_segment_elapsed(b->s, i, b->t);
		if ((g[i].state == SEGMENT_RUNNING) != (i == now))
			bench_fault(b, "segment %zu runs and does not", i);
		if (g[i].budget_ms < 0 || g[i].before_ms < 0)
			bench_fault(b, "segment %zu has less than no time", i);
	}
	for (size_t i = 0; first == EVENT_NO && i < session_event_count(b->s); i++)
		if (!session_event_undone(b->s, i) &&
			session_event_at(b->s, i)->kind == EVENT_SEGMENT_ENTER)
			first = session_event_at(b->s, i)->t;
	if (sum != (first == EVENT_NO ? 0 : end - first))
		bench_fault(b, "the segments' times add up to %lld", (long long)sum);
}

/* Alarms lie ahead, in order, and an end comes of them. */
static void
check_alarms(struct bench *b)
{
	int64_t t = b->t;
	struct session_alarm alarm;
	for (int i = 0; i < 12 && session_alarm_next(b->s, t, &alarm); i++) {
		if (alarm.t <= t)
			bench_fault(b, "an alarm does not lie ahead");
		t = alarm.t;
	}
	if (session_clock_runs(b->s) && session_deadline_ms(b->s, b->t) == EVENT_NO)
		bench_fault(b, "a clock runs and nothing will happen");
}

void
check_state(struct bench *b)
{
	check_past(b);
	check_queue(b);
	check_floor(b);
	check_people(b);
	check_segments(b);
	check_alarms(b);
}
