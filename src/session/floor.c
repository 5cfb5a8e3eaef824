/*
 * The floor: whose turn it is and how its clock stands. One turn is on the
 * floor; a question or point of order may be heard on top of it, and then the
 * one below waits (or runs on, or ended) as the session's rule says.
 */
#include <assert.h>
#include <string.h>

#include "internal.h"

bool
as_interrupts(enum event_as as)
{
	return as == AS_ORDER || as == AS_QUESTION;
}

/* The place of the turn with this id, or NOWHERE. */
static size_t
turn_place(const struct state *st, int64_t id)
{
	/* Ids only grow; and mostly it is the newest that is meant. */
	size_t low = 0, n = id > 0 ? list_n(st, LIST_TURNS) : 0, high = n;
	if (n && turn_at(st, n - 1)->id <= id)
		low = n - 1;
	while (low < high) {
		size_t mid = low + (high - low) / 2;
		if (turn_at(st, mid)->id < id)
			low = mid + 1;
		else
			high = mid;
	}
	return low < n && turn_at(st, low)->id == id ? low : NOWHERE;
}

const struct session_turn *
floor_turn(const struct state *st, int64_t id)
{
	size_t place = turn_place(st, id);
	return place == NOWHERE ? NULL : turn_at(st, place);
}

const struct session_turn *
floor_shown(const struct state *st)
{
	return st->floor == NOWHERE ? NULL : turn_at(st, st->floor);
}

const struct session_turn *
floor_active(const struct state *st)
{
	const struct session_turn *turn = floor_shown(st);
	return turn && turn->state != TURN_ENDED ? turn : NULL;
}

int64_t
session_turn_elapsed(const struct session_turn *turn, int64_t t)
{
	if (turn->resumed_t == EVENT_NO)
		return turn->spoken_ms;
	return span_cut(turn->spoken_ms + (t > turn->resumed_t ? t - turn->resumed_t : 0));
}

static void
clock_stop(struct session_turn *turn, int64_t t)
{
	turn->spoken_ms = session_turn_elapsed(turn, t);
	turn->resumed_t = EVENT_NO;
}

static void
pause_over(struct session_turn *turn, int64_t t)
{
	if (turn->paused_t != EVENT_NO)
		turn->paused_ms += t - turn->paused_t;
	turn->paused_t = EVENT_NO;
}

static const char *
fold_start(struct state *st, const struct event *e)
{
	const struct session_person *p = people_get(st, e->turn.person);
	const struct session_turn *active = floor_active(st);
	size_t place = list_n(st, LIST_TURNS);
	const struct session_turn *last = place ? turn_at(st, place - 1) : NULL;
	if (!p)
		return N_("nobody has this id");
	if (st->now == NOWHERE)
		return N_("nobody can have the floor before the first segment");
	if (!e->turn.as || (last && e->turn.turn <= last->id))
		return N_("a turn has no kind, or an id that is taken");
	if (!span_fits(e->turn.allotted))
		return N_("a number is out of range");
	if (active && !as_interrupts(e->turn.as))
		return N_("somebody else has the floor");
	struct session_turn turn = {.id = e->turn.turn,
		.person = p->id,
		.attending = p->attending,
		.segment = st->now,
		.as = e->turn.as,
		.allotted = e->turn.allotted,
		.started_t = e->t,
		.ended_t = EVENT_NO,
		.resumed_t = e->t,
		.paused_t = EVENT_NO,
		.under = active ? active->id : 0};
	if (e->turn.entry > 0) {
		const struct session_entry *entry = queue_get(st, e->turn.entry, NULL);
		if (!entry || !str_eq(entry->person, p->id))
			return N_("the queue has no such entry");
		turn.entry = entry->id;
		turn.attending = entry->attending;
		turn.about = entry->about;
		queue_drop(st, entry->id);
	}
	if (turn.as == AS_SPEECH)
		st->last_attending = turn.attending;
	else if (!last || last->segment != st->now)
		st->last_attending = ATTENDING_UNSET;
	talk_started(st, &turn);
	*(struct session_turn *)pile_push(&st->lists[LIST_TURNS]) = turn;
	st->floor = place;
	return NULL;
}

static void
fold_end(struct state *st, struct session_turn *turn, int64_t t)
{
	clock_stop(turn, t);
	pause_over(turn, t);
	turn->state = TURN_ENDED;
	turn->waited = false;
	turn->ended_t = t;
	talk_ended(st, turn);
	if (turn->under)
		st->floor = turn_place(st, turn->under);
}

static const char *
fold_correct(struct session_turn *turn, const struct event *e)
{
	int64_t elapsed = session_turn_elapsed(turn, e->t);
	if (!span_fits(e->turn.by) || (e->turn.by > 0 && !span_fits(elapsed + e->turn.by)))
		return N_("a number is out of range");
	if (elapsed + e->turn.by < 0)
		return N_("a correction takes away more than was spoken");
	turn->spoken_ms += e->turn.by;
	turn->started_t -= e->turn.by;
	return NULL;
}

const char *
floor_fold(struct state *st, const struct event *e)
{
	if (e->kind == EVENT_TURN_START)
		return fold_start(st, e);
	if (!floor_active(st))
		return N_("nobody has the floor");
	struct session_turn *turn = pile_mine(&st->lists[LIST_TURNS], st->floor);
	switch ((int)e->kind) {
	case EVENT_TURN_PAUSE:
		if (turn->state != TURN_RUNNING)
			return N_("the clock stands already");
		clock_stop(turn, e->t);
		turn->state = TURN_PAUSED;
		turn->paused_t = e->t;
		turn->waited =
			e->more; /* by the question that the same command gave the floor to */
		return NULL;
	case EVENT_TURN_RESUME:
		if (turn->state != TURN_PAUSED)
			return N_("the clock runs already");
		pause_over(turn, e->t);
		turn->state = TURN_RUNNING;
		turn->resumed_t = e->t;
		turn->waited = false;
		return NULL;
	case EVENT_TURN_EXTEND:
		/* No limit is not a limit of nothing. */
		if (turn->allotted == EVENT_NO)
			return N_("this turn has no limit");
		if (!span_fits(e->turn.by))
			return N_("a number is out of range");
		turn->allotted = span_cut(turn->allotted + e->turn.by);
		if (turn->allotted < 0)
			turn->allotted = 0;
		return NULL;
	case EVENT_TURN_CORRECT:
		return fold_correct(turn, e);
	default:
		assert(e->kind == EVENT_TURN_END);
		fold_end(st, turn, e->t);
		return NULL;
	}
}

/* ---- questions ---- */

const struct session_turn *
session_floor(const struct session *s)
{
	return floor_shown(&s->st);
}

const struct session_turn *
session_turn(const struct session *s, int64_t id)
{
	return floor_turn(&s->st, id);
}

bool
session_clock_runs(const struct session *s)
{
	for (const struct session_turn *turn = floor_active(&s->st); turn;
		turn = turn->under ? floor_turn(&s->st, turn->under) : NULL)
		if (turn->state == TURN_RUNNING)
			return true;
	return false;
}

/* ---- deciding ---- */

void
floor_clear(struct deciding *d, struct str why)
{
	for (const struct session_turn *turn = floor_active(d->st); turn;
		turn = turn->under ? floor_turn(d->st, turn->under) : NULL)
		decide_event(d, EVENT_TURN_END)->turn.why = why;
}

/* Who speaks because the agenda says so shares the time of the segment, and has no limit where that
 * has none; anybody else gets what the kind allows. */
static int64_t
allotted(const struct deciding *d, size_t segment, const struct session_person *p, enum event_as as)
{
	const struct session_segment *g = &d->st->segments[segment];
	for (size_t i = 0; g->kind != SEGMENT_POINT && as == AS_SPEECH && i < g->speakers.n; i++)
		if (str_eq(g->speakers.items[i], p->id))
			return g->budget_ms > 0 ? g->budget_ms / (int64_t)g->speakers.n : EVENT_NO;
	return d->st->rules.allotted[as] > 0 ? d->st->rules.allotted[as] : EVENT_NO;
}

static struct event *
start(struct deciding *d, const struct session_person *p, int64_t entry, enum event_as as,
	int64_t ms)
{
	struct event *e = decide_event(d, EVENT_TURN_START);
	e->turn.turn = decide_id(d, ID_TURN);
	e->turn.person = p->id;
	e->turn.entry = entry ? entry : EVENT_NO;
	e->turn.as = as;
	e->turn.allotted = ms;
	return e;
}

void
floor_open_keynote(struct deciding *d, size_t segment)
{
	const struct session_segment *g = &d->st->segments[segment];
	if (g->kind != SEGMENT_KEYNOTE || !g->speakers.n || g->state == SEGMENT_DONE)
		return;
	const struct session_person *p = people_get(d->st, g->speakers.items[0]);
	start(d, p, 0, AS_SPEECH, allotted(d, segment, p, AS_SPEECH));
}

/* Makes room on the floor for a turn of this kind. */
static void
make_room(struct deciding *d, enum event_as as, const char *why)
{
	const struct session_turn *active = floor_active(d->st);
	if (!active)
		return;
	if (!as_interrupts(as)) {
		floor_clear(d, str_of(why));
		return;
	}
	/* A question upon a question takes its place; what was interrupted first waits on. */
	if (active->under) {
		decide_event(d, EVENT_TURN_END)->turn.why = str_of(why);
		return;
	}
	if (d->st->rules.interrupt == INTERRUPT_END)
		decide_event(d, EVENT_TURN_END)->turn.why = STR("interrupted");
	else if (d->st->rules.interrupt == INTERRUPT_PAUSE && active->state == TURN_RUNNING)
		decide_event(d, EVENT_TURN_PAUSE);
}

static enum refusal
give(struct deciding *d, const struct session_person *p, const struct session_entry *entry,
	int64_t ms)
{
	enum event_as as = entry ? entry->as : AS_SPEECH;
	if (d->st->now == NOWHERE)
		return REFUSE(d, REFUSAL_NOT_ALLOWED,
			N_("no segment runs yet; segment next begins the first"), STR_NONE);
	make_room(d, as, "next");
	start(d, p, entry ? entry->id : 0, as,
		ms != EVENT_NO ? ms : allotted(d, d->st->now, p, as));
	return REFUSAL_NONE;
}

/* Ends the turn on the floor; what it had interrupted goes on by itself if only the interruption
 * had stopped it. */
static void
end_turn(struct deciding *d, struct str why)
{
	const struct session_turn *active = floor_active(d->st);
	assert(active);
	decide_event(d, EVENT_TURN_END)->turn.why = why;
	const struct session_turn *below = active->under ? floor_turn(d->st, active->under) : NULL;
	if (below && below->state == TURN_PAUSED && below->waited)
		decide_event(d, EVENT_TURN_RESUME);
}

enum refusal
floor_decide_next(struct deciding *d)
{
	struct session_next next = state_next(d->st);
	/* Whoever pressed next had somebody before their eyes; another must not get the floor by
	 * surprise. */
	if (d->c->basis != EVENT_NO && d->st->next_changed > d->c->basis)
		return REFUSE(d, REFUSAL_STALE,
			N_("somebody else is next by now; look and press again"), STR_NONE);
	if (next.why == NEXT_NOBODY)
		return REFUSE(d, REFUSAL_EMPTY_QUEUE,
			N_("nobody waits; queue add puts somebody there, floor end ends the turn"),
			STR_NONE);
	if (next.why == NEXT_RESUMES) {
		end_turn(d, STR("next"));
		return REFUSAL_NONE;
	}
	return give(
		d, people_get(d->st, next.person), queue_get(d->st, next.entry, NULL), EVENT_NO);
}

enum refusal
floor_decide_give(struct deciding *d)
{
	const struct session_person *p;
	enum refusal no = decide_person(d, d->c->person, &p);
	if (no)
		return no;
	const struct session_turn *active = floor_active(d->st);
	if (active && str_eq(active->person, p->id)) {
		if (active->state == TURN_RUNNING)
			return REFUSE(d, REFUSAL_STALE, N_("{0} has the floor already"), p->name);
		decide_event(d, EVENT_TURN_RESUME);
		return REFUSAL_NONE;
	}
	const struct session_turn *below = active ? floor_turn(d->st, active->under) : NULL;
	if (below && str_eq(below->person, p->id)) {
		decide_event(d, EVENT_TURN_END)->turn.why = STR("give");
		if (below->state == TURN_PAUSED)
			decide_event(d, EVENT_TURN_RESUME);
		return REFUSAL_NONE;
	}
	const struct session_entry *entry = NULL;
	for (size_t i = 0; !entry && i < d->st->queue_n; i++)
		if (str_eq(d->st->queue[i].person, p->id))
			entry = &d->st->queue[i];
	if (d->c->has_duration && d->c->duration <= 0)
		return REFUSE(d, REFUSAL_BAD_ARGUMENT,
			N_("a turn takes longer than nothing; for instance --for 3m"), STR_NONE);
	return give(d, p, entry, d->c->has_duration ? d->c->duration : EVENT_NO);
}

static enum refusal
nobody(struct deciding *d)
{
	return REFUSE(d, REFUSAL_NOT_ALLOWED,
		N_("nobody has the floor; floor next gives it to whoever is next"), STR_NONE);
}

enum refusal
floor_decide_toggle(struct deciding *d)
{
	const struct session_turn *active = floor_active(d->st);
	if (!active)
		return floor_decide_next(d);
	decide_event(d, active->state == TURN_RUNNING ? EVENT_TURN_PAUSE : EVENT_TURN_RESUME);
	return REFUSAL_NONE;
}

enum refusal
floor_decide_pause(struct deciding *d)
{
	const struct session_turn *active = floor_active(d->st);
	if (!active)
		return nobody(d);
	if (active->state == TURN_PAUSED)
		return REFUSE(d, REFUSAL_STALE, N_("the clock stands already"), STR_NONE);
	decide_event(d, EVENT_TURN_PAUSE);
	return REFUSAL_NONE;
}

enum refusal
floor_decide_resume(struct deciding *d)
{
	const struct session_turn *active = floor_active(d->st);
	if (!active)
		return nobody(d);
	if (active->state == TURN_RUNNING)
		return REFUSE(d, REFUSAL_STALE, N_("the clock runs already"), STR_NONE);
	decide_event(d, EVENT_TURN_RESUME);
	return REFUSAL_NONE;
}

enum refusal
floor_decide_extend(struct deciding *d)
{
	const struct session_turn *active = floor_active(d->st);
	if (!active)
		return nobody(d);
	if (active->allotted == EVENT_NO)
		return REFUSE(d, REFUSAL_NOT_ALLOWED,
			N_("{0} speaks without a limit; there is nothing to extend"),
			people_get(d->st, active->person)->name);
	if (!d->c->duration)
		return REFUSE(d, REFUSAL_BAD_ARGUMENT,
			N_("by how much? For instance +30s, or -30s"), STR_NONE);
	decide_event(d, EVENT_TURN_EXTEND)->turn.by = d->c->duration;
	return REFUSAL_NONE;
}

enum refusal
floor_decide_correct(struct deciding *d)
{
	const struct session_turn *active = floor_active(d->st);
	if (!active)
		return nobody(d);
	int64_t by = d->c->duration - session_turn_elapsed(active, d->t);
	if (d->c->duration < 0 || !by)
		return REFUSE(d, REFUSAL_BAD_ARGUMENT,
			N_("how long ago did the turn begin? For instance 40s"), STR_NONE);
	decide_event(d, EVENT_TURN_CORRECT)->turn.by = by;
	return REFUSAL_NONE;
}

enum refusal
floor_decide_end(struct deciding *d)
{
	if (!floor_active(d->st))
		return nobody(d);
	end_turn(d, STR("end"));
	return REFUSAL_NONE;
}

size_t
session_turn_count(const struct session *s)
{
	return list_n(&s->st, LIST_TURNS);
}

const struct session_turn *
session_turn_at(const struct session *s, size_t i)
{
	return turn_at(&s->st, i);
}
