/*
 * Undo: a command is taken back whole. Whether later events can stand without
 * it is not guessed but tried, on a fold of its own.
 */
#include <stdlib.h>

#include "internal.h"

/* What can be taken back at all. Time, hosting and what others have read cannot. */
bool
undo_possible(enum event_kind kind)
{
	switch (kind) {
	case EVENT_SESSION_OPEN:
	case EVENT_SESSION_HOST:
	case EVENT_SESSION_CLOSE:
	case EVENT_SESSION_TICK:
	case EVENT_MESSAGE_SEND:
	case EVENT_AMEND_OPEN:
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
	case EVENT_REPORT_REVIEW:
	case EVENT_REPORT_APPROVE:
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

/* True if the event behind place belongs to the same command. A note that is made public leaves one
 * log and enters the other. */
static bool
tied(const struct session *s, size_t place)
{
	if (place + 1 >= s->past_n)
		return false;
	const struct event *e = &kept_at(s, place)->e, *next = &kept_at(s, place + 1)->e;
	if (e->lane == next->lane)
		return e->more;
	return e->kind == EVENT_NOTE_REMOVE && e->lane == LANE_CHAIRS &&
	       next->kind == EVENT_NOTE_ADD && e->t == next->t && str_eq(e->by, next->by);
}

/* The first event of the command that the event at place belongs to. */
static size_t
command_start(const struct session *s, size_t place)
{
	while (place > 0 && tied(s, place - 1))
		place--;
	return place;
}

static size_t
command_end(const struct session *s, size_t place)
{
	while (tied(s, place))
		place++;
	return place + 1;
}

size_t
session_undoable(const struct session *s, size_t before)
{
	for (size_t i = before < s->past_n ? before : s->past_n; i-- > 0;) {
		const struct event *e = &kept_at(s, i)->e;
		/* What came before the first hosting is the agenda, not an act. */
		if (first_host(s) != NOWHERE && i < first_host(s))
			return NOWHERE;
		if (!undo_possible(e->kind) || e->kind == EVENT_UNDO || is_news(e) ||
			past_undone(s, i, s->past_n))
			continue;
		/* After the close only a correction is taken back. */
		if (s->st.amending && e->lane != LANE_AMENDS)
			return NOWHERE;
		return command_start(s, i);
	}
	return NOWHERE;
}

static enum refusal
depends(struct deciding *d, size_t place)
{
	const struct event *e = &kept_at(d->s, place)->e;
	return REFUSE(d, REFUSAL_CANNOT_UNDO,
		N_("what came later needs it: {1} (event {0}); undo that first"),
		decide_number(d, e->seq), str_of(event_kind_text(e->kind)));
}

/* Folds the past anew without the events from start to end, one more after the other as the undos
 * will be applied. */
static enum refusal
try_without(struct deciding *d, size_t start, size_t end)
{
	size_t *turned = xmalloc((end - start) * sizeof *turned), at = 0;
	struct refold x = {.n = d->s->past_n, .before = NOWHERE, .turned = turned};
	const char *why = NULL;
	for (size_t i = end; !why && i-- > start;) {
		struct state st;
		size_t about = kept_at(d->s, i)->about;
		if (past_undone(d->s, i, d->s->past_n))
			continue;
		turned[x.turned_n++] = about;
		x.before = about < x.before ? about : x.before;
		why = session_refold(d->s, &x, &st, &at);
		if (!why)
			state_finish(&st);
	}
	free(turned);
	return why ? depends(d, at) : REFUSAL_NONE;
}

/* Whoever takes back what they did last does not mean what others typed meanwhile. */
static bool
is_others_note(const struct deciding *d, size_t place)
{
	const struct event *e = &kept_at(d->s, place)->e;
	bool note = e->kind == EVENT_NOTE_ADD || e->kind == EVENT_NOTE_EDIT ||
		    e->kind == EVENT_NOTE_REMOVE;
	return note && !str_eq(e->by, d->c->by);
}

static enum refusal
target(struct deciding *d, size_t *place)
{
	const struct session *s = d->s;
	if (d->c->number == EVENT_NO) {
		*place = session_undoable(s, NOWHERE);
		while (*place != NOWHERE && is_others_note(d, *place))
			*place = session_undoable(s, *place);
		if (*place == NOWHERE)
			return REFUSE(d, REFUSAL_NOTHING_TO_UNDO,
				N_("nothing has been done yet that could be undone"), STR_NONE);
		return REFUSAL_NONE;
	}
	enum event_lane lane = d->st->amending ? LANE_AMENDS : LANE_SESSION;
	*place = session_place(s, lane, d->c->number);
	if (*place == NOWHERE)
		return REFUSE(d, REFUSAL_UNKNOWN_ID, N_("there is no event {0}"),
			decide_number(d, d->c->number));
	const struct kept *k = kept_at(s, *place);
	if (!undo_possible(k->e.kind) || (first_host(s) != NOWHERE && *place < first_host(s)))
		return REFUSE(d, REFUSAL_CANNOT_UNDO, N_("{0} cannot be taken back"),
			k->e.kind == EVENT_UNKNOWN ? k->e.name
						   : str_of(event_kind_text(k->e.kind)));
	if (!past_turns(s, *place))
		return REFUSE(d, REFUSAL_CANNOT_UNDO, N_("event {0} was undone already"),
			decide_number(d, d->c->number));
	*place = command_start(s, *place);
	return REFUSAL_NONE;
}

enum refusal
undo_decide(struct deciding *d)
{
	size_t start;
	enum refusal no = target(d, &start);
	if (no)
		return no;
	size_t end = command_end(d->s, start);
	no = try_without(d, start, end);
	for (size_t i = end; !no && i-- > start;) {
		const struct event *past = &kept_at(d->s, i)->e;
		if (past_undone(d->s, i, d->s->past_n))
			continue;
		struct event *e = decide_event(d, EVENT_UNDO);
		e->lane = past->lane;
		e->undo.seq = past->seq;
	}
	return no;
}
