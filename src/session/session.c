/*
 * The fold. A session keeps every event that was ever applied, and beside them
 * one state: what they amount to without those that were undone. An undo folds
 * anew from before what it takes back, so that what was undone has left no
 * trace, and nothing needs an inverse.
 */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "internal.h"

enum { ZONE_MAX_MIN = 24 * 60 }; /* no place on earth is that far from UTC */

void
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
	s->fine = CHECKPOINT_FINE;
	s->coarse = CHECKPOINT_COARSE;
	s->work_due = CHECKPOINT_WORK;
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
	for (size_t i = 0; i < s->points_n; i++) {
		state_finish(s->points[i].st);
		free(s->points[i].st);
	}
	free(s->points);
	arena_finish(&s->arena);
	free(s->past);
	for (int i = 0; i < LANE_COUNT; i++)
		free(s->lane_at[i]);
	free(s->hosts);
	free(s);
}

static const char *
fold_kind(struct state *st, const struct event *e)
{
	switch (e->kind) {
	case EVENT_SESSION_OPEN:
		return forum_fold(st, e);
	case EVENT_SESSION_HOST:
		if (e->host.zone < -ZONE_MAX_MIN || e->host.zone > ZONE_MAX_MIN)
			return N_("a number is out of range");
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

/* Half of a log are kinds after which nobody else can be next; those are not asked about. */
static const bool next_stays[EVENT_KIND_COUNT] = {
	[EVENT_SESSION_HOST] = true,
	[EVENT_SESSION_TICK] = true,
	[EVENT_NOTE_ADD] = true,
	[EVENT_NOTE_EDIT] = true,
	[EVENT_NOTE_REMOVE] = true,
	[EVENT_MARK_ADD] = true,
	[EVENT_MESSAGE_SEND] = true,
	[EVENT_AWARD_GIVE] = true,
	[EVENT_UNKNOWN] = true,
};

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
	const char *why = fold_kind(st, e);
	if (why || e->lane != LANE_SESSION)
		return why;
	state_touch(st, e->kind, e->seq);
	if (next_stays[e->kind])
		return NULL;
	struct session_next before = st->next;
	st->next = state_next(st);
	if (!str_eq(before.person, st->next.person) || before.entry != st->next.entry)
		st->next_changed = e->seq;
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
	assert(!s->of);
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
	past_keep(s, e);
	const struct kept *kept = kept_at(s, s->past_n - 1);
	*why = e->kind == EVENT_UNDO ? refold_undo(s) : state_fold(&s->st, &kept->e);
	if (*why) {
		past_unkeep(s);
		return -1;
	}
	s->last_t = e->t;
	if (id != EVENT_NO && id >= s->next_id[id_kind])
		s->next_id[id_kind] = id + 1;
	if (e->kind == EVENT_SESSION_HOST && e->lane == LANE_SESSION) {
		VEC_PUSH(s->hosts, s->hosts_n, s->hosts_cap, s->past_n - 1);
		s->came = s->hosts_n == 1 ? 0 : s->came;
	}
	s->came += e->kind == EVENT_PERSON_ADD;
	checkpoint_due(s);
	return 0;
}
