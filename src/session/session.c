/*
 * The fold. A session keeps every event that was ever applied, and beside them
 * one state: what they amount to without those that were undone. An undo folds
 * anew from the start, so that what was undone has left no trace, and nothing
 * needs an inverse.
 */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "internal.h"

static void
state_start(struct state *st)
{
	static const size_t sizes[LIST_COUNT] = {
		[LIST_PEOPLE] = sizeof(struct session_person),
		[LIST_TURNS] = sizeof(struct session_turn),
		[LIST_NOTES] = sizeof(struct noted),
		[LIST_NOTED] = sizeof(size_t),
		[LIST_MARKS] = sizeof(struct session_mark),
		[LIST_AWARDS] = sizeof(struct session_award),
		[LIST_MESSAGES] = sizeof(struct session_message),
		[LIST_VISITS] = sizeof(struct session_visit),
		[LIST_TALKS] = sizeof(struct session_talk),
		[LIST_SPEAKERS] = sizeof(struct speaker),
		[LIST_HEARD] = sizeof(struct heard),
	};
	*st = (struct state){
		.now = NOWHERE, .floor = NOWHERE, .closed_t = EVENT_NO, .first_enter_t = EVENT_NO};
	for (size_t i = 0; i < LIST_COUNT; i++)
		st->lists[i] = pile_make(sizes[i]);
	for (size_t i = 0; i < NOUN_COUNT; i++)
		st->changed[i] = EVENT_NO;
	st->next_changed = EVENT_NO;
}

struct arena *
state_arena(struct state *st)
{
	if (!st->strings) {
		st->strings = xcalloc(1, sizeof *st->strings);
		st->strings->holders = 1;
	}
	return &st->strings->arena;
}

struct state
state_share(const struct state *st)
{
	struct state copy = *st;
	if (copy.strings)
		copy.strings->holders++;
	for (size_t i = 0; i < LIST_COUNT; i++)
		copy.lists[i] = pile_share(&st->lists[i]);
	block_share(copy.by_id.slots);
	block_share(copy.segments);
	block_share(copy.queue);
	return copy;
}

void
state_finish(struct state *st)
{
	for (size_t i = 0; i < LIST_COUNT; i++)
		pile_finish(&st->lists[i]);
	block_drop(st->by_id.slots);
	block_drop(st->segments);
	block_drop(st->queue);
	if (st->strings && !--st->strings->holders) {
		arena_finish(&st->strings->arena);
		free(st->strings);
	}
	state_start(st);
}

struct session *
session_create(void)
{
	struct session *s = xcalloc(1, sizeof *s);
	state_start(&s->st);
	s->host = s->first_host = NOWHERE;
	for (size_t i = 0; i < ID_COUNT; i++)
		s->next_id[i] = 1;
	return s;
}

void
session_destroy(struct session *s)
{
	if (!s)
		return;
	state_finish(&s->st);
	arena_finish(&s->arena);
	free(s->past);
	for (int i = 0; i < LANE_COUNT; i++)
		free(s->lane_at[i]);
	free(s);
}

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

static const char *
fold_kind(struct state *st, const struct event *e)
{
	switch (e->kind) {
	case EVENT_SESSION_OPEN:
		return forum_fold(st, e);
	case EVENT_SESSION_HOST:
		st->hosted = true;
		return NULL;
	case EVENT_SESSION_TICK:
	case EVENT_UNKNOWN:
		return NULL;
	case EVENT_SESSION_CLOSE:
		if (floor_active(st))
			return N_("the session cannot close while somebody has the floor");
		st->closed = true;
		st->closed_t = e->t;
		segment_visit_ends(st, e->t);
		return NULL;
	case EVENT_CHAIR_PASS:
	case EVENT_PERSON_ADD:
	case EVENT_PERSON_SET:
		return people_fold(st, e);
	case EVENT_SEGMENT_ENTER:
	case EVENT_SEGMENT_EXTEND:
	case EVENT_SEGMENT_SKIP:
	case EVENT_AGENDA_FIT:
		return segment_fold(st, e);
	case EVENT_QUEUE_ADD:
	case EVENT_QUEUE_MOVE:
	case EVENT_QUEUE_REMOVE:
	case EVENT_QUEUE_CLOSE:
	case EVENT_QUEUE_OPEN:
	case EVENT_QUEUE_RULE:
		return queue_fold(st, e);
	case EVENT_TURN_START:
	case EVENT_TURN_PAUSE:
	case EVENT_TURN_RESUME:
	case EVENT_TURN_EXTEND:
	case EVENT_TURN_CORRECT:
	case EVENT_TURN_END:
		return floor_fold(st, e);
	case EVENT_NOTE_ADD:
	case EVENT_NOTE_EDIT:
	case EVENT_NOTE_REMOVE:
		return notes_fold(st, e);
	case EVENT_AWARD_GIVE:
	case EVENT_MARK_ADD:
	case EVENT_MESSAGE_SEND:
		return awards_fold(st, e);
	case EVENT_AMEND_OPEN:
	case EVENT_REPORT_REVIEW:
	case EVENT_REPORT_APPROVE:
		return N_("this belongs into a log of amendments");
	case EVENT_UNDO:
	case EVENT_KIND_COUNT:
		break;
	}
	assert(!"an undo is folded by the session");
	return NULL;
}

const char *
state_fold(struct state *st, const struct event *e)
{
	if (!st->opened && e->kind != EVENT_SESSION_OPEN)
		return N_("a session begins with session.open");
	if (e->lane == LANE_AMENDS)
		return amends_fold(st, e);
	if (st->closed && e->lane == LANE_SESSION)
		return N_("nothing follows session.close");
	/* The chairs' log has an opening and hostings of its own; they say nothing about the
	 * debate. */
	if (e->lane == LANE_CHAIRS &&
		(e->kind == EVENT_SESSION_OPEN || e->kind == EVENT_SESSION_HOST ||
			e->kind == EVENT_SESSION_CLOSE || e->kind == EVENT_SESSION_TICK))
		return NULL;
	struct session_next before = state_next(st);
	const char *why = fold_kind(st, e);
	if (why || e->lane != LANE_SESSION)
		return why;
	state_touch(st, e->kind, e->seq);
	struct session_next after = state_next(st);
	if (!str_eq(before.person, after.person) || before.entry != after.entry)
		st->next_changed = e->seq;
	return NULL;
}

size_t
session_place(const struct session *s, enum event_lane lane, int64_t seq)
{
	return seq >= 0 && (uint64_t)seq < s->lane_n[lane] ? s->lane_at[lane][seq] : NOWHERE;
}

void
session_set_undone(struct session *s, size_t place, bool undone)
{
	for (;;) {
		struct kept *k = &s->past[place];
		k->undone = undone;
		if (k->e.kind != EVENT_UNDO)
			return;
		/* Undoing an undo brings back what it had taken away. */
		place = session_place(s, k->e.lane, k->e.undo.seq);
		undone = !undone;
	}
}

/* The event that an undo, or an undo of an undo, is about in the end. */
static const struct event *
undo_about(const struct session *s, const struct event *e)
{
	while (e->kind == EVENT_UNDO)
		e = &s->past[session_place(s, e->lane, e->undo.seq)].e;
	return e;
}

/* An undo changes the noun of what it takes back, and perhaps who is next. */
static void
touch_undo(const struct session *s, struct state *into, const struct event *e)
{
	if (e->lane == LANE_AMENDS)
		amends_undo(s, into, e);
	if (e->lane != LANE_SESSION)
		return;
	enum event_kind kind = undo_about(s, e)->kind;
	state_touch(into, kind, e->seq);
	if (touched[kind] != NOUN_OTHER)
		into->next_changed = e->seq;
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
session_refold(const struct session *s, struct state *into, size_t *at)
{
	state_start(into);
	for (size_t i = 0; i < s->past_n; i++) {
		const struct kept *k = &s->past[i];
		if (k->e.kind == EVENT_UNDO) {
			touch_undo(s, into, &k->e);
			continue;
		}
		if (k->undone)
			continue;
		const char *why = still_meant(into, k);
		if (!why)
			why = state_fold(into, &k->e);
		if (why) {
			*at = i;
			state_finish(into);
			return why;
		}
	}
	return NULL;
}

static void
keep(struct session *s, const struct event *e)
{
	const struct session_turn *active = floor_active(&s->st);
	struct kept k = {.e = event_copy(&s->arena, e), .now = s->st.now};
	k.floor = active ? active->id : 0;
	k.running = active && active->state == TURN_RUNNING;
	VEC_PUSH(s->lane_at[e->lane], s->lane_n[e->lane], s->lane_cap[e->lane], s->past_n);
	VEC_PUSH(s->past, s->past_n, s->past_cap, k);
}

static void
unkeep(struct session *s)
{
	s->lane_n[s->past[--s->past_n].e.lane]--;
}

bool
session_undo_turns(const struct session *s, size_t place)
{
	bool undone = true;
	for (;;) {
		const struct kept *k = &s->past[place];
		if (k->undone == undone)
			return false;
		if (k->e.kind != EVENT_UNDO)
			return true;
		place = session_place(s, k->e.lane, k->e.undo.seq);
		undone = !undone;
	}
}

static const char *
apply_undo(struct session *s, const struct event *e)
{
	size_t place = session_place(s, e->lane, e->undo.seq), at;
	if (s->st.closed && e->lane == LANE_SESSION)
		return N_("nothing follows session.close");
	if (place == NOWHERE || place + 1 == s->past_n)
		return N_("an undo names no earlier event");
	if (!undo_possible(s->past[place].e.kind))
		return N_("an undo names what cannot be taken back");
	if (!session_undo_turns(s, place))
		return N_("this was undone already");
	struct state fresh;
	session_set_undone(s, place, true);
	const char *why = session_refold(s, &fresh, &at);
	if (why) {
		session_set_undone(s, place, false);
		return why;
	}
	state_finish(&s->st);
	s->st = fresh;
	return NULL;
}

static int64_t
given_id(const struct event *e, enum id_kind *kind)
{
	switch ((int)e->kind) {
	case EVENT_QUEUE_ADD:
		*kind = ID_ENTRY;
		return e->queue.entry;
	case EVENT_TURN_START:
		*kind = ID_TURN;
		return e->turn.turn;
	case EVENT_NOTE_ADD:
		*kind = ID_NOTE;
		return e->note.note;
	case EVENT_MARK_ADD:
		*kind = ID_MARK;
		return e->mark.mark;
	default:
		return EVENT_NO;
	}
}

int
session_apply(struct session *s, const struct event *e, const char **why)
{
	enum id_kind id_kind = ID_COUNT;
	int64_t id = given_id(e, &id_kind);
	*why = NULL;
	if (e->seq != (int64_t)s->lane_n[e->lane])
		*why = N_("the sequence number is not the next one");
	else if (e->t < s->last_t)
		*why = N_("session time runs backwards");
	/* Notes of both logs share one counter; when two logs are read one behind the other, ids
	 * come interleaved. */
	else if (id != EVENT_NO && (id < 1 || (id < s->next_id[id_kind] && id_kind != ID_NOTE)))
		*why = N_("an id was given before");
	if (*why)
		return -1;
	/* Kept first: the state's strings point into the kept copy. */
	keep(s, e);
	const struct event *kept = &s->past[s->past_n - 1].e;
	*why = e->kind == EVENT_UNDO ? apply_undo(s, kept) : state_fold(&s->st, kept);
	if (*why) {
		unkeep(s);
		return -1;
	}
	s->last_t = e->t;
	if (id != EVENT_NO && id >= s->next_id[id_kind])
		s->next_id[id_kind] = id + 1;
	if (e->kind == EVENT_SESSION_HOST && e->lane == LANE_SESSION) {
		s->host = s->past_n - 1;
		if (s->first_host == NOWHERE)
			s->first_host = s->host;
	}
	return 0;
}
