/*
 * Deciding: the one door that commands come in by. A row of the table says who
 * may and what it changes; each noun decides for itself; what comes out is one
 * batch, numbered and dated here.
 */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "field.h"
#include "internal.h"

static const decide_cb deciders[CMD_COUNT] = {
	[CMD_SEGMENT_NEXT] = segment_decide_next,
	[CMD_SEGMENT_PREV] = segment_decide_prev,
	[CMD_SEGMENT_GO] = segment_decide_go,
	[CMD_SEGMENT_EXTEND] = segment_decide_extend,
	[CMD_SEGMENT_SKIP] = segment_decide_skip,
	[CMD_AGENDA_FIT] = schedule_decide_fit,
	[CMD_FLOOR_NEXT] = floor_decide_next,
	[CMD_FLOOR_GIVE] = floor_decide_give,
	[CMD_FLOOR_TOGGLE] = floor_decide_toggle,
	[CMD_FLOOR_PAUSE] = floor_decide_pause,
	[CMD_FLOOR_RESUME] = floor_decide_resume,
	[CMD_FLOOR_EXTEND] = floor_decide_extend,
	[CMD_FLOOR_CORRECT] = floor_decide_correct,
	[CMD_FLOOR_END] = floor_decide_end,
	[CMD_QUEUE_ADD] = queue_decide_add,
	[CMD_QUEUE_MOVE] = queue_decide_move,
	[CMD_QUEUE_REMOVE] = queue_decide_remove,
	[CMD_QUEUE_CLOSE] = queue_decide_close,
	[CMD_QUEUE_OPEN] = queue_decide_open,
	[CMD_QUEUE_ORDER] = queue_decide_rule,
	[CMD_QUEUE_LIMIT] = queue_decide_rule,
	[CMD_QUEUE_INTERRUPT] = queue_decide_rule,
	[CMD_PEOPLE_ADD] = people_decide_add,
	[CMD_PEOPLE_SET] = people_decide_set,
	[CMD_NOTE_ADD] = notes_decide_add,
	[CMD_NOTE_EDIT] = notes_decide_edit,
	[CMD_NOTE_REMOVE] = notes_decide_remove,
	[CMD_AWARD_GIVE] = awards_decide_give,
	[CMD_MARK_PHOTO] = marks_decide_add,
	[CMD_MARK_MOMENT] = marks_decide_add,
	[CMD_MESSAGE_SEND] = message_decide_send,
	[CMD_CHAIR_PASS] = chair_decide_pass,
	[CMD_UNDO] = undo_decide,
	[CMD_SESSION_CLOSE] = close_decide,
	[CMD_REPORT_REVIEW] = amends_decide_report,
	[CMD_REPORT_APPROVE] = amends_decide_report,
};

void
events_finish(struct events *list)
{
	free(list->items);
	arena_finish(&list->arena);
	*list = (struct events){0};
}

struct event *
decide_event(struct deciding *d, enum event_kind kind)
{
	struct event e = event_make(kind);
	VEC_PUSH(d->out->items, d->out->n, d->out->cap, e);
	return &d->out->items[d->out->n - 1];
}

int64_t
decide_id(const struct deciding *d, enum id_kind kind)
{
	return d->s->next_id[kind];
}

enum refusal
decide_no(struct deciding *d, enum refusal code, const char *why, size_t n, const struct str *args)
{
	*d->no = (struct refused){.code = code, .why = why, .n = n};
	for (size_t i = 0; i < n; i++)
		d->no->args[i] = arena_str(&d->out->arena, args[i]);
	return code;
}

struct str
decide_number(struct deciding *d, int64_t v)
{
	struct buf digits = {0};
	buf_int(&digits, v);
	struct str kept = arena_str(&d->out->arena, buf_view(&digits));
	buf_finish(&digits);
	return kept;
}

enum refusal
close_decide(struct deciding *d)
{
	floor_clear(d, STR("close"));
	decide_event(d, EVENT_SESSION_CLOSE)->close.why = d->c->why;
	return REFUSAL_NONE;
}

static bool
may(const struct session *s, const struct command_row *row, enum seat seat)
{
	if (row->seats & (unsigned)seat)
		return true;
	/* A passed chair opens the chair's acts to the other chairs. */
	return seat == SEAT_ONLINE_CHAIR && s->st.chair.n && row->seats & SEAT_CHAIR;
}

static enum refusal
check(struct deciding *d, const struct command_row *row)
{
	const struct state *st = d->st;
	if (!st->opened)
		return REFUSE(d, REFUSAL_NOT_ALLOWED, N_("there is no session yet"), STR_NONE);
	if (st->closed && !st->amending)
		return amends_check(d);
	if (!may(d->s, row, d->c->seat))
		return REFUSE(d, REFUSAL_NOT_ALLOWED, N_("the seat {0} may not do this"),
			str_of(seat_text(d->c->seat)));
	if (d->c->basis != EVENT_NO && row->changes != NOUN_OTHER &&
		st->changed[row->changes] > d->c->basis)
		return REFUSE(d, REFUSAL_STALE,
			N_("{0} was changed by event {1} after what you saw; nothing was done"),
			str_of(row->noun), decide_number(d, st->changed[row->changes]));
	if (d->c->by.n > EVENT_NAME_MAX)
		return REFUSE(d, REFUSAL_LIMIT, N_("a console's name has at most {0} bytes"),
			decide_number(d, EVENT_NAME_MAX));
	return amends_check(d);
}

/* Numbers and dates the batch; "more" ties together what belongs to one command in one log. */
static void
finish(const struct session *s, struct events *out, int64_t t, struct str at, struct str by)
{
	int64_t next[LANE_COUNT];
	struct event *last[LANE_COUNT] = {NULL};
	for (int i = 0; i < LANE_COUNT; i++)
		next[i] = session_next_seq(s, (enum event_lane)i);
	for (size_t i = 0; i < out->n; i++) {
		struct event *e = &out->items[i];
		if (last[e->lane])
			last[e->lane]->more = true;
		last[e->lane] = e;
		e->seq = next[e->lane]++;
		e->t = t;
		e->at = at;
		e->by = by;
	}
}

/* The journal adds a number and a seal to the line. */
enum { LINE_MAX_HERE = EVENT_LINE_MAX - 512 };

/* What a reader of the log would refuse must not get into it: each text, and the line as a whole.
 */
static enum refusal
check_sizes(struct deciding *d, const struct event *e)
{
	size_t n;
	const struct field *f = field_rows(e->kind, &n);
	for (size_t i = 0; i < n; i++) {
		if (f[i].type != FIELD_STR && f[i].type != FIELD_CHANGE)
			continue;
		const struct str *text = field_of(&f[i], e);
		if (text->n > f[i].max)
			return REFUSE(d, REFUSAL_LIMIT,
				N_("a text has at most {0} bytes here, this one has {1}"),
				decide_number(d, (int64_t)f[i].max),
				decide_number(d, (int64_t)text->n));
	}
	struct buf line = {0};
	event_encode(&line, e);
	n = line.n;
	buf_finish(&line);
	if (n > LINE_MAX_HERE)
		return REFUSE(d, REFUSAL_LIMIT,
			N_("a line of the log has at most {0} bytes, this would take {1}"),
			decide_number(d, LINE_MAX_HERE), decide_number(d, (int64_t)n));
	return REFUSAL_NONE;
}

enum refusal
session_decide(
	const struct session *s, const struct command *c, struct events *out, struct refused *no)
{
	int64_t t = c->t > s->last_t ? c->t : s->last_t;
	struct deciding d = {.s = s, .st = &s->st, .c = c, .t = t, .out = out, .no = no};
	assert(c->verb < CMD_COUNT);
	out->n = 0;
	*no = (struct refused){0};
	enum refusal code = check(&d, &command_rows()[c->verb]);
	if (!code)
		code = deciders[c->verb](&d);
	if (!code)
		code = amends_route(&d);
	finish(s, out, t, c->at, c->by);
	for (size_t i = 0; !code && i < out->n; i++)
		code = check_sizes(&d, &out->items[i]);
	if (code)
		out->n = 0;
	assert(code || out->n);
	return code;
}

/* ---- what the host does by itself ---- */

void
decide_alone(const struct session *s, struct events *out, struct event e, enum event_lane lane,
	int64_t t, struct str at, struct str by)
{
	e.lane = lane;
	out->n = 0;
	VEC_PUSH(out->items, out->n, out->cap, e);
	finish(s, out, t > s->last_t ? t : s->last_t, at, by);
}

void
session_hosting(const struct session *s, struct events *out, const struct event *host, int64_t t,
	struct str at, struct str by)
{
	assert(host->kind == EVENT_SESSION_HOST);
	decide_alone(s, out, *host, host->lane, t, at, by);
}

void
session_tick(const struct session *s, struct events *out, int64_t t, struct str at, struct str by)
{
	out->n = 0;
	if (session_clock_runs(s) && !s->st.closed && t - s->last_t >= SESSION_TICK_MS - SESSION_TICK_EARLY_MS)
		decide_alone(
			s, out, event_make(EVENT_SESSION_TICK), LANE_SESSION, t, at, by);
}
