/*
 * What happens by itself: warnings, the end of a time, the bell behind it. An
 * alarm is found as the first one after a moment, so that a late look crosses
 * it all the same and an early one does not ring it twice.
 */
#include "internal.h"

enum { IDLE_MS = 30000, IDLE_PAUSED_MS = 60000, IDLE_EVERY_MS = 60000, IDLE_TIMES = 5 };

/* Takes the alarm if it is after t and before the one that was found so far. */
static void
consider(struct session_alarm *best, bool *any, int64_t t, enum session_alarm_kind kind, int64_t at,
	int64_t left)
{
	if (at <= t || (*any && at >= best->t))
		return;
	*best = (struct session_alarm){kind, at, left};
	*any = true;
}

static void
turn_alarms(const struct state *st, const struct session_turn *turn, int64_t t,
	struct session_alarm *best, bool *any)
{
	if (turn->state != TURN_RUNNING || turn->allotted == EVENT_NO)
		return;
	int64_t up = turn->resumed_t + (turn->allotted - turn->spoken_ms);
	for (size_t i = 0; i < st->rules.warns; i++)
		if (st->rules.warn[i] > 0 && st->rules.warn[i] < turn->allotted)
			consider(best, any, t, ALARM_TURN_WARN, up - st->rules.warn[i],
				st->rules.warn[i]);
	consider(best, any, t, ALARM_TURN_UP, up, 0);
	int64_t bell = st->rules.overtime_bell;
	if (bell > 0) {
		int64_t k = t < up ? 1 : (t - up) / bell + 1;
		consider(best, any, t, ALARM_TURN_OVER, up + k * bell, -k * bell);
	}
}

/* Breaks, certificates and photos need no speaker; a talk needs one until it was given. */
static bool
wants_speaker(const struct state *st)
{
	switch (st->segments[st->now].kind) {
	case SEGMENT_POINT:
		return true;
	case SEGMENT_OPENING:
	case SEGMENT_KEYNOTE:
	case SEGMENT_CLOSING:
		return floor_active(st) || state_next(st).why != NEXT_NOBODY;
	case SEGMENT_AWARD:
	case SEGMENT_BREAK:
	case SEGMENT_PHOTO:
	case SEGMENT_OTHER:
	case SEGMENT_KIND_COUNT:
		break;
	}
	return false;
}

bool
session_idle(const struct session *s, int64_t *since, int64_t *due)
{
	const struct state *st = &s->st;
	if (st->closed || st->now == NOWHERE || !wants_speaker(st))
		return false;
	const struct session_turn *turn = floor_shown(st);
	if (turn && turn->state == TURN_RUNNING)
		return false;
	*since = st->segments[st->now].entered_t;
	bool paused = turn && turn->state == TURN_PAUSED;
	if (paused)
		*since = turn->paused_t;
	else if (turn && turn->segment == st->now && turn->ended_t > *since)
		*since = turn->ended_t;
	*due = *since + (paused ? IDLE_PAUSED_MS : IDLE_MS);
	return true;
}

/* A few times: whoever leaves it at that has a reason, and an empty hall needs no bell. */
static void
idle_alarm(const struct session *s, int64_t t, struct session_alarm *best, bool *any)
{
	int64_t since, due;
	if (!session_idle(s, &since, &due))
		return;
	int64_t k = t < due ? 0 : (t - due) / IDLE_EVERY_MS + 1;
	int64_t at = due + k * IDLE_EVERY_MS;
	if (k < IDLE_TIMES)
		consider(best, any, t, ALARM_IDLE, at, since - at);
}

bool
session_alarm_next(const struct session *s, int64_t t, struct session_alarm *out)
{
	const struct state *st = &s->st;
	bool any = false;
	if (st->closed)
		return false;
	const struct session_turn *active = floor_active(st);
	if (active)
		turn_alarms(st, active, t, out, &any);
	idle_alarm(s, t, out, &any);
	if (st->now != NOWHERE && st->segments[st->now].budget_ms > 0) {
		const struct session_segment *g = &st->segments[st->now];
		int64_t up = g->entered_t + g->budget_ms - g->before_ms;
		if (g->kind == SEGMENT_POINT && st->rules.warns && st->rules.warn[0] > 0 &&
			st->rules.warn[0] < g->budget_ms)
			consider(out, &any, t, ALARM_SEGMENT_WARN, up - st->rules.warn[0],
				st->rules.warn[0]);
		consider(out, &any, t, ALARM_SEGMENT_UP, up, 0);
	}
	return any;
}

int64_t
session_deadline_ms(const struct session *s, int64_t t)
{
	struct session_alarm alarm;
	int64_t at = session_alarm_next(s, t, &alarm) ? alarm.t : EVENT_NO;
	if (!session_clock_runs(s))
		return at;
	int64_t tick = s->last_t + SESSION_TICK_MS;
	return at == EVENT_NO || tick < at ? tick : at;
}
