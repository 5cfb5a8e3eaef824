/*
 * Undo: a command is taken back whole. Whether later events can stand without
 * it is not guessed but tried, on a fold of its own.
 */
#include <stdlib.h>

#include "internal.h"

/* What can be taken back at all. Time, hosting and what others have read cannot. */
static bool
can_undo(enum event_kind kind)
{
	switch (kind) {
	case EVENT_SESSION_OPEN:
	case EVENT_SESSION_HOST:
	case EVENT_SESSION_CLOSE:
	case EVENT_SESSION_TICK:
	case EVENT_MESSAGE_SEND:
	case EVENT_UNKNOWN:
	case EVENT_KIND_COUNT:
		return false;
	case EVENT_CHAIR_PASS:
	case EVENT_SEGMENT_ENTER:
	case EVENT_SEGMENT_EXTEND:
	case EVENT_SEGMENT_SKIP:
	case EVENT_AGENDA_FIT:
	case EVENT_PERSON_ADD:
	case EVENT_PERSON_SET:
	case EVENT_QUEUE_ADD:
	case EVENT_QUEUE_MOVE:
	case EVENT_QUEUE_REMOVE:
	case EVENT_QUEUE_CLOSE:
	case EVENT_QUEUE_OPEN:
	case EVENT_QUEUE_RULE:
	case EVENT_TURN_START:
	case EVENT_TURN_PAUSE:
	case EVENT_TURN_RESUME:
	case EVENT_TURN_EXTEND:
	case EVENT_TURN_CORRECT:
	case EVENT_TURN_END:
	case EVENT_NOTE_ADD:
	case EVENT_NOTE_EDIT:
	case EVENT_NOTE_REMOVE:
	case EVENT_AWARD_GIVE:
	case EVENT_MARK_ADD:
	case EVENT_UNDO:
		return true;
	}
	return false;
}

/* A change of somebody's link alone is news, not an act. */
static bool
is_news(const struct event *e)
{
	return e->kind == EVENT_PERSON_SET && e->person.link && !e->person.name.n &&
	       !e->person.title.p && !e->person.affiliation.p && !e->person.role &&
	       !e->person.attending;
}

/* The first event of the command that the event at place belongs to. */
static size_t
command_start(const struct session *s, size_t place)
{
	while (place > 0 && s->past[place - 1].e.more &&
		s->past[place - 1].e.lane == s->past[place].e.lane)
		place--;
	return place;
}

static size_t
command_end(const struct session *s, size_t place)
{
	while (place + 1 < s->past_n && s->past[place].e.more)
		place++;
	return place + 1;
}

size_t
session_undoable(const struct session *s, size_t before)
{
	for (size_t i = before < s->past_n ? before : s->past_n; i-- > 0;) {
		const struct kept *k = &s->past[i];
		/* What came before the first hosting is the agenda, not an act. */
		if (s->first_host != NOWHERE && i < s->first_host)
			return NOWHERE;
		if (k->undone || !can_undo(k->e.kind) || k->e.kind == EVENT_UNDO || is_news(&k->e))
			continue;
		return command_start(s, i);
	}
	return NOWHERE;
}

size_t
session_event_count(const struct session *s)
{
	return s->past_n;
}

const struct event *
session_event_at(const struct session *s, size_t i)
{
	return &s->past[i].e;
}

bool
session_event_undone(const struct session *s, size_t i)
{
	return s->past[i].undone;
}

int64_t
session_next_seq(const struct session *s, enum event_lane lane)
{
	return (int64_t)s->lane_n[lane];
}

int64_t
session_last_t(const struct session *s)
{
	return s->last_t;
}

/* What happened inside a segment would land in another one if its entry were taken back. */
static size_t
inside(const struct session *s, size_t enter_end)
{
	for (size_t i = enter_end; i < s->past_n; i++) {
		enum event_kind kind = s->past[i].e.kind;
		if (!s->past[i].undone &&
			(kind == EVENT_TURN_START || kind == EVENT_NOTE_ADD ||
				kind == EVENT_QUEUE_ADD || kind == EVENT_AWARD_GIVE ||
				kind == EVENT_MARK_ADD || kind == EVENT_SEGMENT_ENTER))
			return i;
	}
	return NOWHERE;
}

static enum refusal
depends(struct deciding *d, size_t place)
{
	const struct event *e = &d->s->past[place].e;
	return REFUSE(d, REFUSAL_CANNOT_UNDO,
		N_("what came later needs it: {1} (event {0}); undo that first"),
		decide_number(d, e->seq), str_of(event_kind_text(e->kind)));
}

/* Folds a copy of the past without the events from start to end. */
static enum refusal
try_without(struct deciding *d, size_t start, size_t end)
{
	struct session trial = *d->s;
	trial.past = xmalloc(d->s->past_n * sizeof *trial.past);
	for (size_t i = 0; i < d->s->past_n; i++)
		trial.past[i] = d->s->past[i];
	for (size_t i = end; i-- > start;)
		session_set_undone(&trial, i, true);
	struct state st;
	size_t at = 0;
	const char *why = session_refold(&trial, &st, &at);
	if (!why)
		state_finish(&st);
	free(trial.past);
	return why ? depends(d, at) : REFUSAL_NONE;
}

static enum refusal
target(struct deciding *d, size_t *place)
{
	const struct session *s = d->s;
	if (d->c->number == EVENT_NO) {
		*place = session_undoable(s, NOWHERE);
		if (*place == NOWHERE)
			return REFUSE(d, REFUSAL_NOTHING_TO_UNDO,
				N_("nothing has been done yet that could be undone"), STR_NONE);
		return REFUSAL_NONE;
	}
	*place = session_place(s, LANE_SESSION, d->c->number);
	if (*place == NOWHERE)
		return REFUSE(d, REFUSAL_UNKNOWN_ID, N_("there is no event {0}"),
			decide_number(d, d->c->number));
	const struct kept *k = &s->past[*place];
	if (!can_undo(k->e.kind) || (s->first_host != NOWHERE && *place < s->first_host))
		return REFUSE(d, REFUSAL_CANNOT_UNDO, N_("{0} cannot be taken back"),
			str_of(event_kind_text(k->e.kind)));
	if (k->undone)
		return REFUSE(d, REFUSAL_CANNOT_UNDO, N_("event {0} was undone already"),
			decide_number(d, d->c->number));
	*place = command_start(s, *place);
	return REFUSAL_NONE;
}

enum refusal
undo_decide(struct deciding *d)
{
	size_t start, later;
	enum refusal no = target(d, &start);
	if (no)
		return no;
	size_t end = command_end(d->s, start);
	for (size_t i = start; i < end; i++) {
		if (d->s->past[i].e.kind != EVENT_SEGMENT_ENTER)
			continue;
		later = inside(d->s, end);
		if (later != NOWHERE)
			return depends(d, later);
	}
	no = try_without(d, start, end);
	if (no)
		return no;
	for (size_t i = end; i-- > start;) {
		const struct event *past = &d->s->past[i].e;
		struct event *e = decide_event(d, EVENT_UNDO);
		e->lane = past->lane;
		e->undo.seq = past->seq;
	}
	return REFUSAL_NONE;
}
