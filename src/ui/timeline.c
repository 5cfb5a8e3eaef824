/*
 * The session's time as cells of a bar. What happened is looked up once for a
 * width, so that a painting costs the width of the screen and not the length
 * of the debate.
 */
#include "timeline.h"

#include <stdlib.h>

static uint64_t
span_of(const struct timeline *l)
{
	return l->to > l->from ? (uint64_t)(l->to - l->from) : 1;
}

int64_t
timeline_time(const struct timeline *l, int x)
{
	uint64_t columns = l->columns > 0 ? (uint64_t)l->columns : 1, span = span_of(l);
	uint64_t cell = x < 0 ? 0 : (uint64_t)x < columns ? (uint64_t)x : columns - 1;
	/* A time has 53 bits and a screen ten: there is room for the product. */
	uint64_t t = (span * cell + columns - 1) / columns;
	return l->to > l->from ? l->from + (int64_t)t : l->from;
}

int
timeline_half(const struct timeline *l, int64_t t)
{
	uint64_t halves = l->columns > 0 ? (uint64_t)l->columns * 2 : 2, span = span_of(l);
	if (t <= l->from)
		return 0;
	if (t >= l->to)
		return l->to > l->from ? (int)halves - 1 : 0;
	uint64_t half = (uint64_t)(t - l->from) * halves / span;
	return (int)(half < halves ? half : halves - 1);
}

static int
column(const struct timeline *l, int64_t t)
{
	return timeline_half(l, t) / 2;
}

/* ---- what lies on it ---- */

/* A visit that is shorter than a cell takes one from a neighbour that has more. */
static void
put_visit(struct timeline *l, const struct session_visit *v, size_t i)
{
	int64_t to = v->to == EVENT_NO ? l->to : v->to;
	int first = column(l, v->from), last = column(l, to);
	bool any = false;
	for (int x = first; x <= last; x++) {
		int64_t t = timeline_time(l, x);
		if (t < v->from || (t >= to && !(v->to == EVENT_NO && t == to)))
			continue;
		l->cells[x].visit = i;
		any = true;
	}
	bool spare = first > 0 && l->cells[first - 1].visit == l->cells[first].visit;
	if (!any && (spare || l->cells[first].visit == SIZE_MAX))
		l->cells[first].visit = i;
}

/* Where there is room, the end of a turn is left open: two that follow each other stay two. */
static void
put_turn(struct timeline *l, const struct session_turn *turn)
{
	bool online = turn->attending == ATTENDING_ONLINE;
	int64_t end = turn->ended_t == EVENT_NO ? l->to : turn->ended_t;
	int from = timeline_half(l, turn->started_t), to = timeline_half(l, end);
	to = to - from >= 2 ? to - 1 : to;
	for (int h = from; h <= to; h++) {
		int bit = online ? TURNS_ONLINE_LEFT : TURNS_SITE_LEFT;
		l->cells[h / 2].turns |= (unsigned char)(h % 2 ? bit * 2 : bit);
	}
}

static void
put_sign(struct timeline *l, int64_t t, enum timeline_sign sign)
{
	struct timeline_cell *cell = &l->cells[column(l, t)];
	if (cell->sign < sign)
		cell->sign = (unsigned char)sign;
}

static void
put_signs(struct timeline *l, const struct session *s)
{
	size_t notes = session_note_count(s), marks = session_mark_count(s);
	for (size_t i = 0; i < marks; i++)
		put_sign(l, session_mark_at(s, i)->t, TIMELINE_PHOTO);
	for (size_t i = 0; i < notes; i++) {
		const struct session_note *note = session_note_at(s, i);
		if (!note->removed && note->mark == MARK_ACTION)
			put_sign(l, note->t, TIMELINE_ACTION);
		if (!note->removed && note->mark == MARK_DECISION)
			put_sign(l, note->t, TIMELINE_DECISION);
	}
}

void
timeline_make(struct timeline *l, const struct session *whole, int columns)
{
	size_t events = session_event_count(whole);
	columns = columns > COLUMNS_MAX ? COLUMNS_MAX : columns;
	if (columns < 1 || (l->cells && l->columns == columns && l->events == events))
		return;
	l->cells = xrealloc(l->cells, (size_t)columns * sizeof *l->cells);
	l->columns = columns;
	l->events = events;
	l->from = events ? session_event_at(whole, 0)->t : 0;
	l->to = events ? session_last_t(whole) : 0;
	for (int x = 0; x < columns; x++)
		l->cells[x] = (struct timeline_cell){.visit = SIZE_MAX};
	for (size_t i = 0; i < session_visit_count(whole); i++)
		put_visit(l, session_visit_at(whole, i), i);
	for (size_t i = 0; i < session_turn_count(whole); i++)
		put_turn(l, session_turn_at(whole, i));
	put_signs(l, whole);
}

void
timeline_finish(struct timeline *l)
{
	free(l->cells);
	*l = (struct timeline){0};
}
