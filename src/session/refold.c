/*
 * Folding anew, without what was undone. It begins at the newest checkpoint
 * from which nothing that was undone has to be taken out again.
 */
#include <assert.h>

#include "internal.h"

static const enum command_noun touched[EVENT_KIND_COUNT] = {
	[EVENT_SESSION_OPEN] = NOUN_OTHER,
	[EVENT_SESSION_HOST] = NOUN_OTHER,
	[EVENT_SESSION_CLOSE] = NOUN_OTHER,
	[EVENT_SESSION_TICK] = NOUN_OTHER,
	[EVENT_CHAIR_PASS] = NOUN_OTHER,
	[EVENT_SEGMENT_ENTER] = NOUN_SEGMENT,
	[EVENT_SEGMENT_EXTEND] = NOUN_SEGMENT,
	[EVENT_SEGMENT_SKIP] = NOUN_SEGMENT,
	[EVENT_AGENDA_FIT] = NOUN_SEGMENT,
	[EVENT_PERSON_ADD] = NOUN_OTHER,
	[EVENT_PERSON_SET] = NOUN_OTHER,
	[EVENT_QUEUE_ADD] = NOUN_QUEUE,
	[EVENT_QUEUE_MOVE] = NOUN_QUEUE,
	[EVENT_QUEUE_REMOVE] = NOUN_QUEUE,
	[EVENT_QUEUE_CLOSE] = NOUN_QUEUE,
	[EVENT_QUEUE_OPEN] = NOUN_QUEUE,
	[EVENT_QUEUE_RULE] = NOUN_QUEUE,
	[EVENT_TURN_START] = NOUN_FLOOR,
	[EVENT_TURN_PAUSE] = NOUN_FLOOR,
	[EVENT_TURN_RESUME] = NOUN_FLOOR,
	[EVENT_TURN_EXTEND] = NOUN_FLOOR,
	[EVENT_TURN_CORRECT] = NOUN_FLOOR,
	[EVENT_TURN_END] = NOUN_FLOOR,
	[EVENT_NOTE_ADD] = NOUN_OTHER,
	[EVENT_NOTE_EDIT] = NOUN_OTHER,
	[EVENT_NOTE_REMOVE] = NOUN_OTHER,
	[EVENT_AWARD_GIVE] = NOUN_OTHER,
	[EVENT_MARK_ADD] = NOUN_OTHER,
	[EVENT_MESSAGE_SEND] = NOUN_OTHER,
	[EVENT_AMEND_OPEN] = NOUN_OTHER,
	[EVENT_REPORT_REVIEW] = NOUN_OTHER,
	[EVENT_REPORT_APPROVE] = NOUN_OTHER,
	[EVENT_UNDO] = NOUN_OTHER,
	[EVENT_UNKNOWN] = NOUN_OTHER,
};

void
state_touch(struct state *st, enum event_kind kind, int64_t seq)
{
	st->changed[touched[kind]] = seq;
	/* Who enters a segment finds another floor and another queue; who takes the floor leaves
	 * the queue. */
	if (kind == EVENT_SEGMENT_ENTER)
		st->changed[NOUN_FLOOR] = st->changed[NOUN_QUEUE] = seq;
	if (kind == EVENT_TURN_START)
		st->changed[NOUN_QUEUE] = seq;
}

/* An undo changes the noun of what it takes back, and perhaps who is next. */
static void
touch_undo(const struct session *s, size_t n, struct state *into, size_t place)
{
	const struct kept *k = kept_at(s, place);
	if (k->e.lane == LANE_AMENDS && !past_undone(s, place, n))
		amends_undo(into, &k->e);
	if (k->e.lane != LANE_SESSION)
		return;
	enum event_kind kind = kept_at(s, k->about)->e.kind;
	state_touch(into, kind, k->e.seq);
	if (touched[kind] != NOUN_OTHER)
		into->next_changed = k->e.seq;
}

/* What was said of one turn or in one segment must not come to mean another one; NULL, or why it
 * would. */
static const char *
still_meant(const struct state *st, const struct kept *k)
{
	const struct session_turn *active = floor_active(st);
	enum command_noun noun = touched[k->e.kind];
	bool lands = k->e.kind == EVENT_TURN_START || k->e.kind == EVENT_SEGMENT_ENTER ||
		     k->e.kind == EVENT_QUEUE_ADD || k->e.kind == EVENT_QUEUE_CLOSE ||
		     k->e.kind == EVENT_QUEUE_OPEN;
	if (noun == NOUN_FLOOR && k->floor != (active ? active->id : 0))
		return N_("it would come to mean another turn");
	/* An interruption stopped the clock that ran, and no other. */
	if (k->e.kind == EVENT_TURN_START &&
		k->running != (active && active->state == TURN_RUNNING))
		return N_("it found the clock otherwise");
	if (lands && k->now != st->now)
		return N_("it would land in another segment");
	return NULL;
}

const char *
refold_on(
	const struct session *s, struct state *st, size_t from, const struct refold *x, size_t *at)
{
	for (size_t i = from; i < x->n; i++) {
		const struct kept *k = kept_at(s, i);
		if (k->e.kind == EVENT_UNDO) {
			touch_undo(s, x->n, st, i);
			continue;
		}
		bool undone = past_undone(s, i, x->n);
		for (size_t j = 0; j < x->turned_n; j++)
			undone ^= x->turned[j] == i;
		if (undone)
			continue;
		const char *why = still_meant(st, k);
		if (!why)
			why = state_fold(st, &k->e);
		if (why) {
			*at = i;
			return why;
		}
	}
	return NULL;
}

const char *
session_refold(const struct session *s, const struct refold *x, struct state *into, size_t *at)
{
	const struct checkpoint *point = checkpoint_for(s, x->n, x->before);
	if (point)
		*into = state_share(point->st);
	else
		state_start(into);
	const char *why = refold_on(s, into, point ? point->at : 0, x, at);
	if (why)
		state_finish(into);
	return why;
}

const char *
refold_undo(struct session *s)
{
	size_t own = s->past_n - 1, at;
	const struct event *e = &s->past[own].e;
	size_t place = session_place(s, e->lane, e->undo.seq);
	if (s->st.closed && e->lane == LANE_SESSION)
		return N_("nothing follows session.close");
	if (place == NOWHERE || place == own)
		return N_("an undo names no earlier event");
	if (!undo_possible(s->past[place].e.kind))
		return N_("an undo names what cannot be taken back");
	if (!past_turns(s, place))
		return N_("this was undone already");
	struct state fresh;
	past_turn(s, own, place);
	size_t about = s->past[own].about;
	const char *why =
		session_refold(s, &(struct refold){.n = own + 1, .before = about}, &fresh, &at);
	if (why) {
		past_turn_back(s, own);
		return why;
	}
	state_finish(&s->st);
	s->st = fresh;
	checkpoint_spoil(s, about, own);
	return NULL;
}
