/* Segments: where in the agenda the session is. Entering one leaves the one before, and nothing
 * else does. */
#include <string.h>

#include "internal.h"

size_t
segment_find(const struct state *st, struct str id)
{
	for (size_t i = 0; i < st->segments_n; i++)
		if (str_eq(st->segments[i].id, id))
			return i;
	return NOWHERE;
}

struct session_segment *
segment_mine(struct state *st, size_t i)
{
	size_t bytes = st->segments_n * sizeof *st->segments;
	st->segments = block_mine(st->segments, bytes, bytes);
	return &st->segments[i];
}

int64_t
state_segment_elapsed(const struct state *st, size_t i, int64_t t)
{
	const struct session_segment *g = &st->segments[i];
	if (st->closed && t > st->closed_t)
		t = st->closed_t;
	return g->before_ms + (g->state == SEGMENT_RUNNING ? t - g->entered_t : 0);
}

/* What a point says of its own comes before what stands for the whole session. */
static void
rules_enter(struct state *st, const struct session_rules *own)
{
	struct session_rules *r = &st->rules;
	*r = st->standing;
	for (size_t i = AS_UNSET + 1; i < AS_COUNT; i++)
		if (own->allotted[i] != EVENT_NO)
			r->allotted[i] = own->allotted[i];
	if (own->warns <= SESSION_WARN_MAX) {
		r->warns = own->warns;
		memcpy(r->warn, own->warn, sizeof r->warn);
	}
	if (own->overtime_bell != EVENT_NO)
		r->overtime_bell = own->overtime_bell;
	if (own->limit != EVENT_NO)
		r->limit = own->limit;
	if (own->interrupt)
		r->interrupt = own->interrupt;
	if (own->order)
		r->order = own->order;
	if (own->overtime)
		r->overtime = own->overtime;
}

void
segment_visit_ends(struct state *st, int64_t t)
{
	size_t n = list_n(st, LIST_VISITS);
	if (n)
		((struct session_visit *)pile_mine(&st->lists[LIST_VISITS], n - 1))->to = t;
}

static void
leave(struct state *st, int64_t t)
{
	if (st->now == NOWHERE)
		return;
	struct session_segment *left = segment_mine(st, st->now);
	left->before_ms = state_segment_elapsed(st, st->now, t);
	left->left_t = t;
	left->state = SEGMENT_DONE;
	segment_visit_ends(st, t);
}

static const char *
fold_enter(struct state *st, const struct event *e)
{
	size_t i = segment_find(st, e->segment.segment);
	if (i == NOWHERE)
		return N_("the agenda has no such segment");
	if (i == st->now)
		return N_("this segment runs already");
	if (floor_active(st))
		return N_("a segment cannot be left while somebody has the floor");
	leave(st, e->t);
	struct session_segment *g = segment_mine(st, i);
	g->state = SEGMENT_RUNNING;
	g->entered_t = e->t;
	*(struct session_visit *)pile_push(&st->lists[LIST_VISITS]) =
		(struct session_visit){i, e->t, EVENT_NO};
	talk_enter(st, st->now, i);
	st->now = i;
	st->floor = NOWHERE;
	if (st->first_enter_t == EVENT_NO)
		st->first_enter_t = e->t;
	if (e->segment.carry != 1)
		st->queue_n = 0;
	st->queue_closed = false;
	rules_enter(st, &g->rules);
	return NULL;
}

/* Reads a plan, and does as it says if it is meant; NULL, or why that does not work. */
static const char *
follow(struct state *st, struct str plan, struct arena *a, bool meant)
{
	const char *unread = N_("a plan of the remaining time cannot be read");
	struct canon_reader r = canon_read(plan);
	struct str id;
	int64_t ms;
	if (!canon_enter(&r, '['))
		return unread;
	while (canon_more(&r, ']')) {
		if (!canon_enter(&r, '[') || !canon_more(&r, ']') || !canon_take_str(&r, a, &id) ||
			!canon_more(&r, ']') || !canon_take_int(&r, &ms) || canon_more(&r, ']'))
			return unread;
		size_t i = segment_find(st, id);
		if (i == NOWHERE || ms < 0)
			return N_("the agenda has no such segment");
		if (!span_fits(ms))
			return N_("a number is out of range");
		if (meant)
			segment_mine(st, i)->budget_ms = ms;
	}
	return canon_done(&r) ? NULL : unread;
}

static const char *
fold_fit(struct state *st, const struct event *e)
{
	struct arena a = {0};
	/* Read twice: a plan that does not fit must change nothing. */
	const char *why = follow(st, e->fit.plan, &a, false);
	if (!why)
		why = follow(st, e->fit.plan, &a, true);
	arena_finish(&a);
	return why;
}

const char *
segment_fold(struct state *st, const struct event *e)
{
	if (e->kind == EVENT_SEGMENT_ENTER)
		return fold_enter(st, e);
	if (e->kind == EVENT_AGENDA_FIT)
		return fold_fit(st, e);
	size_t i = segment_find(st, e->segment.segment);
	if (i == NOWHERE)
		return N_("the agenda has no such segment");
	if (e->kind == EVENT_SEGMENT_EXTEND && !span_fits(e->segment.by))
		return N_("a number is out of range");
	if (e->kind == EVENT_SEGMENT_EXTEND) {
		struct session_segment *g = segment_mine(st, i);
		g->budget_ms = span_cut(g->budget_ms + e->segment.by);
		if (g->budget_ms < 0)
			g->budget_ms = 0;
		return NULL;
	}
	if (st->segments[i].state != SEGMENT_PLANNED)
		return N_("only a segment that has not begun can be skipped");
	segment_mine(st, i)->state = SEGMENT_SKIPPED;
	return NULL;
}

/* ---- questions ---- */

const struct session_segment *
session_segments(const struct session *s, size_t *n)
{
	*n = s->st.segments_n;
	return s->st.segments;
}

size_t
session_segment_now(const struct session *s)
{
	return s->st.now;
}

int64_t
session_segment_elapsed(const struct session *s, size_t i, int64_t t)
{
	return state_segment_elapsed(&s->st, i, t);
}

size_t
session_visit_count(const struct session *s)
{
	return list_n(&s->st, LIST_VISITS);
}

const struct session_visit *
session_visit_at(const struct session *s, size_t i)
{
	return pile_at(&s->st.lists[LIST_VISITS], i);
}

/* ---- deciding ---- */

static struct str
segment_name(const struct session_segment *g)
{
	return g->title.n ? g->title : g->id;
}

static enum refusal
enter(struct deciding *d, size_t i)
{
	const struct state *st = d->st;
	bool point = st->now != NOWHERE && st->segments[st->now].kind == SEGMENT_POINT;
	if (point && st->queue_n && !d->c->carry && !d->c->leave)
		return REFUSE(d, REFUSAL_NOT_ALLOWED,
			N_("{0} still wait on this point: --carry takes them along, --leave lets "
			   "them go"),
			decide_number(d, (int64_t)st->queue_n));
	/* Only a point drops its queue: whoever was carried into a break is still there behind it.
	 */
	bool carry = st->queue_n && (point ? d->c->carry : !d->c->leave);
	floor_clear(d, STR("segment"));
	/* The chair is passed for a segment, and its end says so. */
	if (st->chair.n)
		decide_event(d, EVENT_CHAIR_PASS)->pass.to = STR("");
	struct event *e = decide_event(d, EVENT_SEGMENT_ENTER);
	e->segment.segment = st->segments[i].id;
	e->segment.carry = carry;
	floor_open_keynote(d, i);
	return REFUSAL_NONE;
}

enum refusal
segment_decide_next(struct deciding *d)
{
	const struct state *st = d->st;
	for (size_t i = st->now == NOWHERE ? 0 : st->now + 1; i < st->segments_n; i++)
		if (st->segments[i].state != SEGMENT_SKIPPED)
			return enter(d, i);
	return REFUSE(d, REFUSAL_NOT_ALLOWED,
		N_("this is the last segment; session close ends the session"), STR_NONE);
}

enum refusal
segment_decide_prev(struct deciding *d)
{
	const struct state *st = d->st;
	for (size_t i = st->now == NOWHERE ? 0 : st->now; i-- > 0;)
		if (st->segments[i].state != SEGMENT_SKIPPED)
			return enter(d, i);
	return REFUSE(d, REFUSAL_NOT_ALLOWED, N_("there is no segment before this one"), STR_NONE);
}

/* A segment by id, or by its place in the agenda from 1. */
static enum refusal
named(struct deciding *d, size_t *out)
{
	int64_t n;
	*out = segment_find(d->st, d->c->id);
	if (*out == NOWHERE && str_int(d->c->id, &n) && n >= 1 && (uint64_t)n <= d->st->segments_n)
		*out = (size_t)n - 1;
	if (*out != NOWHERE)
		return REFUSAL_NONE;
	return REFUSE(d, REFUSAL_UNKNOWN_ID,
		N_("the agenda has no segment {0}; they are numbered 1 to {1}"), d->c->id,
		decide_number(d, (int64_t)d->st->segments_n));
}

enum refusal
segment_decide_go(struct deciding *d)
{
	size_t i;
	enum refusal no = named(d, &i);
	if (no)
		return no;
	if (i == d->st->now)
		return REFUSE(d, REFUSAL_STALE, N_("{0} runs already"),
			segment_name(&d->st->segments[i]));
	return enter(d, i);
}

enum refusal
segment_decide_extend(struct deciding *d)
{
	const struct state *st = d->st;
	if (st->now == NOWHERE)
		return REFUSE(d, REFUSAL_NOT_ALLOWED,
			N_("no segment runs yet; segment next begins the first"), STR_NONE);
	if (!d->c->duration)
		return REFUSE(d, REFUSAL_BAD_ARGUMENT, N_("by how much? For instance 5m, or -5m"),
			STR_NONE);
	struct event *e = decide_event(d, EVENT_SEGMENT_EXTEND);
	e->segment.segment = st->segments[st->now].id;
	e->segment.by = d->c->duration;
	return REFUSAL_NONE;
}

enum refusal
segment_decide_skip(struct deciding *d)
{
	size_t i;
	enum refusal no = named(d, &i);
	if (no)
		return no;
	const struct session_segment *g = &d->st->segments[i];
	if (g->state == SEGMENT_SKIPPED)
		return REFUSE(d, REFUSAL_STALE, N_("{0} is skipped already"), segment_name(g));
	if (g->state != SEGMENT_PLANNED)
		return REFUSE(d, REFUSAL_NOT_ALLOWED,
			N_("{0} has begun; only a segment to come can be skipped"),
			segment_name(g));
	decide_event(d, EVENT_SEGMENT_SKIP)->segment.segment = g->id;
	return REFUSAL_NONE;
}
