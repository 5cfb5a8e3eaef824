/*
 * The past: every event as it came, and which of them stand. Undone or not is
 * never written down, for it depends on when one asks: an event knows the undos
 * that are about it, and each turned round everything on its way to it.
 */
#include <assert.h>

#include "field.h"
#include "internal.h"

/* A copy of the string; the one of the event before where they are equal. */
static struct str
kept_str(struct session *s, struct str text, struct str before)
{
	if (!text.p || (before.p && str_eq(text, before)))
		return text.p ? before : STR_NONE;
	return arena_str(&s->arena, text);
}

/* One console says many things, and a command many at one time. */
static void
copy(struct session *s, struct event *to, const struct event *e, const struct event *before)
{
	*to = *e;
	to->at = to->by = STR_NONE;
	event_own(&s->arena, to);
	to->at = kept_str(s, e->at, before->at);
	to->by = kept_str(s, e->by, before->by);
}

void
past_keep(struct session *s, const struct event *e)
{
	const struct session_turn *active = floor_active(&s->st);
	static const struct event none;
	size_t n = s->past_n;
	assert(n < UINT32_MAX);
	VEC_PUSH(s->lane_at[e->lane], s->lane_n[e->lane], s->lane_cap[e->lane], n);
	if (n == s->past_cap) {
		s->past_cap = n ? n * 2 : 8;
		s->past = xrealloc(s->past, s->past_cap * sizeof *s->past);
	}
	struct kept *k = &s->past[n];
	copy(s, &k->e, e, n ? &s->past[n - 1].e : &none);
	k->floor = active ? active->id : 0;
	k->now = s->st.now;
	k->running = active && active->state == TURN_RUNNING;
	k->about = (uint32_t)n;
	k->turned = k->depth = 0;
	s->past_n++;
}

void
past_unkeep(struct session *s)
{
	s->lane_n[s->past[--s->past_n].e.lane]--;
}

size_t
session_place(const struct session *s, enum event_lane lane, int64_t seq)
{
	bool there = seq >= 0 && (uint64_t)seq < s->lane_n[lane];
	return there ? past_of(s)->lane_at[lane][seq] : NOWHERE;
}

/* What an undo names. */
static size_t
target(const struct session *s, size_t undo)
{
	const struct event *e = &kept_at(s, undo)->e;
	return past_of(s)->lane_at[e->lane][e->undo.seq];
}

/* True if an undo is of this event, or of an undo of it and so on. */
static bool
hangs_on(const struct session *s, size_t undo, size_t place)
{
	while (undo > place)
		undo = target(s, undo);
	return undo == place;
}

/*
 * The last undo that hangs on an event decides: it stands itself, since nothing
 * came behind it, so what it names is undone, and so on by turns down to the
 * event; past_turns() lets no undo in that would not turn all of them.
 */
bool
past_undone(const struct session *s, size_t place, size_t n)
{
	const struct kept *k = kept_at(s, place);
	size_t at = kept_at(s, k->about)->turned;
	for (; at > place + 1; at = kept_at(s, at - 1)->turned)
		if (at <= n && (k->about == place || hangs_on(s, at - 1, place)))
			return (kept_at(s, at - 1)->depth - k->depth) % 2 != 0;
	return false;
}

/* The last event that both an undo and this place hang on; both are about the same. */
static size_t
common(const struct session *s, size_t undo, size_t place)
{
	while (undo != place) {
		if (undo > place)
			undo = target(s, undo);
		else
			place = target(s, place);
	}
	return place;
}

/*
 * Everything from the place down must stand and be undone by turns. The last
 * undo that hangs on one of these decided about it; going back from the newest
 * undo, each decides about what it has in common with the way down and none
 * before it had, and has that as it must be if it lies an even number of undos
 * from the place.
 */
bool
past_turns(const struct session *s, size_t place)
{
	const struct kept *k = kept_at(s, place);
	size_t at = kept_at(s, k->about)->turned, decided = 0;
	for (; at && decided <= k->depth; at = kept_at(s, at - 1)->turned) {
		if (at > s->past_n)
			continue;
		size_t depth = kept_at(s, common(s, at - 1, place))->depth;
		if (depth >= decided && (kept_at(s, at - 1)->depth - k->depth) % 2 != 0)
			return false;
		decided = depth >= decided ? depth + 1 : decided;
	}
	return true;
}

void
past_turn(struct session *s, size_t undo, size_t place)
{
	struct kept *k = &s->past[undo];
	k->about = s->past[place].about;
	k->depth = s->past[place].depth + 1;
	k->turned = s->past[k->about].turned;
	s->past[k->about].turned = (uint32_t)undo + 1;
}

void
past_turn_back(struct session *s, size_t undo)
{
	struct kept *k = &s->past[undo];
	s->past[k->about].turned = k->turned;
}

/* ---- questions ---- */

size_t
session_event_count(const struct session *s)
{
	return s->past_n;
}

const struct event *
session_event_at(const struct session *s, size_t i)
{
	return &kept_at(s, i)->e;
}

bool
session_event_undone(const struct session *s, size_t i)
{
	return past_undone(s, i, s->past_n);
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
