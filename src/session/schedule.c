/*
 * The schedule: planned, expected and actual are three things. The core has no
 * clock: the wall clock is what session.host said it was, and a plan is
 * counted from the time that the agenda names, or, where the session is not
 * held then, from its first segment.
 */
#include <stdlib.h>

#include "internal.h"

/* More than a hundred days are not shared out: times a segment's seconds that stays below 2^63. */
#define FIT_MAX_MS ((int64_t)100 * 24 * 3600 * 1000)

enum { HALF_A_DAY_MS = 12 * 3600 * 1000, MINUTE_MS = 60000 };

const struct event *
session_host(const struct session *s)
{
	return s->hosts_n ? &kept_at(s, past_of(s)->hosts[s->hosts_n - 1])->e : NULL;
}

int64_t
session_began_wall(const struct session *s)
{
	return s->hosts_n ? kept_at(s, first_host(s))->e.host.wall : 0;
}

int64_t
session_wall(const struct session *s, int64_t t)
{
	const struct event *host = session_host(s);
	return host ? host->host.wall + (t - host->t) : t;
}

int64_t
session_zone(const struct session *s)
{
	const struct event *host = session_host(s);
	return host && host->host.zone != EVENT_NO ? host->host.zone : 0;
}

/* Days since 1970-01-01 of a date in the Gregorian calendar (H. Hinnant, "chrono-compatible
 * low-level date algorithms"). */
static int64_t
days_from_civil(int64_t y, int64_t m, int64_t d)
{
	y -= m <= 2;
	int64_t era = (y >= 0 ? y : y - 399) / 400;
	int64_t year_of_era = y - era * 400;
	int64_t day_of_year = (153 * (m + (m > 2 ? -3 : 9)) + 2) / 5 + d - 1;
	int64_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
	return era * 146097 + day_of_era - 719468;
}

/* When the agenda says that the forum starts, as wall clock; EVENT_NO if it does not say. */
static int64_t
planned_start(const struct session *s, int64_t near_wall)
{
	const struct session_forum *f = &s->st.forum;
	int64_t y, m, d, zone_ms = session_zone(s) * MINUTE_MS;
	if (f->start_min == EVENT_NO)
		return EVENT_NO;
	int64_t days = (near_wall + zone_ms) / (24 * 3600 * 1000);
	if (f->date.n == 10 && str_int(str_upto(f->date, 4), &y) &&
		str_int((struct str){f->date.p + 5, 2}, &m) && str_int(str_from(f->date, 8), &d))
		days = days_from_civil(y, m, d);
	return days * 24 * 3600 * 1000 + f->start_min * MINUTE_MS - zone_ms;
}

static bool
near(int64_t a, int64_t b)
{
	int64_t gap = a > b ? a - b : b - a;
	return gap <= HALF_A_DAY_MS;
}

/* From when the plan counts, as wall clock; EVENT_NO while nothing has begun. */
static int64_t
baseline(const struct session *s)
{
	if (s->st.first_enter_t == EVENT_NO)
		return EVENT_NO;
	int64_t entered = session_wall(s, s->st.first_enter_t);
	int64_t planned = planned_start(s, entered);
	return planned != EVENT_NO && !s->st.rehearsal && near(planned, entered) ? planned
										 : entered;
}

/* How much of the plan is behind us: whole segments, and of the running one what is not overrun. */
static int64_t
plan_done(const struct session *s, int64_t t)
{
	int64_t sum = 0;
	for (size_t i = 0; i < s->st.segments_n; i++) {
		const struct session_segment *g = &s->st.segments[i];
		int64_t elapsed = state_segment_elapsed(&s->st, i, t);
		if (g->state == SEGMENT_DONE || g->state == SEGMENT_SKIPPED)
			sum += g->planned_ms;
		else if (g->state == SEGMENT_RUNNING)
			sum += elapsed < g->planned_ms ? elapsed : g->planned_ms;
	}
	return sum;
}

int64_t
session_offset_ms(const struct session *s, int64_t t)
{
	if (s->st.closed && t > s->st.closed_t)
		t = s->st.closed_t;
	int64_t wall = session_wall(s, t), base = baseline(s);
	if (base == EVENT_NO) {
		int64_t planned = planned_start(s, wall);
		return planned != EVENT_NO && !s->st.rehearsal && near(planned, wall) &&
				       wall > planned
			       ? wall - planned
			       : 0;
	}
	return wall - base - plan_done(s, t);
}

int64_t
session_planned_end(const struct session *s)
{
	int64_t sum = 0, base = baseline(s);
	if (base == EVENT_NO)
		return EVENT_NO;
	for (size_t i = 0; i < s->st.segments_n; i++)
		sum += s->st.segments[i].planned_ms;
	return base + sum;
}

/* What the running segment still has, and the budgets of those to come. */
static int64_t
left_now(const struct state *st, int64_t t)
{
	if (st->now == NOWHERE)
		return 0;
	int64_t left = st->segments[st->now].budget_ms - state_segment_elapsed(st, st->now, t);
	return left > 0 ? left : 0;
}

static int64_t
budgets_to_come(const struct state *st)
{
	int64_t sum = 0;
	for (size_t i = 0; i < st->segments_n; i++)
		if (st->segments[i].state == SEGMENT_PLANNED)
			sum += st->segments[i].budget_ms;
	return sum;
}

int64_t
session_expected_end(const struct session *s, int64_t t)
{
	if (baseline(s) == EVENT_NO)
		return EVENT_NO;
	if (s->st.closed)
		return session_wall(s, s->st.closed_t);
	return session_wall(s, t) + left_now(&s->st, t) + budgets_to_come(&s->st);
}

enum refusal
schedule_decide_fit(struct deciding *d)
{
	const struct state *st = d->st;
	int64_t end = session_planned_end(d->s), sum = budgets_to_come(st);
	if (end == EVENT_NO)
		return REFUSE(d, REFUSAL_NOT_ALLOWED,
			N_("no segment runs yet; segment next begins the first"), STR_NONE);
	int64_t left = end - session_wall(d->s, d->t) - left_now(st, d->t);
	if (!sum)
		return REFUSE(d, REFUSAL_NOT_ALLOWED,
			N_("no segment is left whose time could be fitted"), STR_NONE);
	if (left <= 0)
		return REFUSE(d, REFUSAL_NOT_ALLOWED,
			N_("the planned end is past: there is no time left to share out"),
			STR_NONE);
	if (left > FIT_MAX_MS)
		left = FIT_MAX_MS;
	struct buf plan = {0};
	struct canon_writer w = {&plan, false};
	canon_open(&w, '[');
	for (size_t i = 0; i < st->segments_n; i++) {
		if (st->segments[i].state != SEGMENT_PLANNED)
			continue;
		/* Whole seconds, each its share. */
		canon_open(&w, '[');
		canon_str(&w, st->segments[i].id);
		canon_int(&w, st->segments[i].budget_ms / 1000 * left / sum * 1000);
		canon_close(&w, ']');
	}
	canon_close(&w, ']');
	decide_event(d, EVENT_AGENDA_FIT)->fit.plan = arena_str(&d->out->arena, buf_view(&plan));
	buf_finish(&plan);
	return REFUSAL_NONE;
}
