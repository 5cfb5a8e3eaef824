/*
 * The queue: who waits, in what order, and who is next. Entries stand by
 * precedence of their kinds, within a kind as they came or were moved; the
 * rule of the session only suggests, and says why.
 */
#include <assert.h>
#include <string.h>

#include "internal.h"

const struct session_entry *
queue_get(const struct state *st, int64_t id, size_t *place)
{
	for (size_t i = 0; i < st->queue_n; i++) {
		if (st->queue[i].id == id) {
			if (place)
				*place = i;
			return &st->queue[i];
		}
	}
	return NULL;
}

void
queue_block(const struct state *st, enum event_as as, size_t *first, size_t *end)
{
	size_t i = 0;
	while (i < st->queue_n && st->queue[i].as < as)
		i++;
	*first = i;
	while (i < st->queue_n && st->queue[i].as == as)
		i++;
	*end = i;
}

struct session_entry *
queue_mine(struct state *st, size_t n)
{
	st->queue = block_mine(
		st->queue, st->queue_n * sizeof *st->queue, (n ? n : 1) * sizeof *st->queue);
	return st->queue;
}

/* Puts an entry where it asks to stand, but never out of its kind: an undo before it may have moved
 * the borders. */
static void
insert(struct state *st, struct session_entry entry, int64_t place)
{
	size_t first, end;
	queue_block(st, entry.as, &first, &end);
	size_t at = place == EVENT_NO || place > (int64_t)end ? end
		    : place < (int64_t)first                  ? first
							      : (size_t)place;
	struct session_entry *queue = queue_mine(st, st->queue_n + 1);
	memmove(queue + at + 1, queue + at, (st->queue_n++ - at) * sizeof *queue);
	queue[at] = entry;
}

static struct session_entry
take_out(struct state *st, size_t place)
{
	struct session_entry *queue = queue_mine(st, st->queue_n), entry = queue[place];
	memmove(queue + place, queue + place + 1, (--st->queue_n - place) * sizeof *queue);
	return entry;
}

void
queue_drop(struct state *st, int64_t id)
{
	size_t place;
	if (queue_get(st, id, &place))
		take_out(st, place);
}

static const char *
fold_rule(struct state *st, const struct event *e)
{
	struct session_rules *both[] = {&st->standing, &st->rules};
	for (size_t i = 0; i < 2; i++) {
		if (e->rule.order)
			both[i]->order = e->rule.order;
		if (e->rule.limit != EVENT_NO)
			both[i]->limit = e->rule.limit;
		if (e->rule.interrupt)
			both[i]->interrupt = e->rule.interrupt;
	}
	return NULL;
}

static const char *
fold_add(struct state *st, const struct event *e)
{
	const struct session_person *p = people_get(st, e->queue.person);
	if (!p)
		return N_("nobody has this id");
	if (!e->queue.as || queue_get(st, e->queue.entry, NULL))
		return N_("a queue entry has no kind, or an id that is taken");
	insert(st,
		(struct session_entry){.id = e->queue.entry,
			.person = p->id,
			.about = e->queue.about,
			.as = e->queue.as,
			.since = e->t,
			.attending = e->queue.attending ? e->queue.attending : p->attending},
		e->queue.place);
	return NULL;
}

const char *
queue_fold(struct state *st, const struct event *e)
{
	size_t place;
	if (e->kind == EVENT_QUEUE_RULE)
		return fold_rule(st, e);
	if (e->kind == EVENT_QUEUE_CLOSE || e->kind == EVENT_QUEUE_OPEN) {
		st->queue_closed = e->kind == EVENT_QUEUE_CLOSE;
		return NULL;
	}
	if (e->kind == EVENT_QUEUE_ADD)
		return fold_add(st, e);
	if (!queue_get(st, e->queue.entry, &place))
		return N_("the queue has no such entry");
	struct session_entry entry = take_out(st, place);
	if (e->kind == EVENT_QUEUE_MOVE) {
		if (e->queue.as)
			entry.as = e->queue.as;
		insert(st, entry, e->queue.place);
	}
	return NULL;
}

/* ---- questions ---- */

const struct session_entry *
session_queue(const struct session *s, size_t *n)
{
	*n = s->st.queue_n;
	return s->st.queue;
}

bool
session_queue_closed(const struct session *s)
{
	return s->st.queue_closed;
}

/* Where the last one to speak in turn sat; both intakes are served by turns. */
static enum event_attending
last_attending(const struct state *st)
{
	size_t n = list_n(st, LIST_TURNS);
	return n && turn_at(st, n - 1)->segment == st->now ? st->last_attending : ATTENDING_UNSET;
}

/* Heard in this segment: by a turn that is over, or by one on the floor. */
static bool
heard(const struct state *st, struct str person)
{
	if (people_get(st, person)->point_spoken)
		return true;
	const struct session_turn *turn = floor_active(st);
	for (; turn; turn = floor_turn(st, turn->under))
		if (str_eq(turn->person, person))
			return true;
	return false;
}

/* Which of the speeches that wait is next by the rule, and why. */
static size_t
by_rule(const struct state *st, size_t first, size_t end, enum session_next_why *why)
{
	*why = NEXT_FIRST;
	if (st->rules.order == ORDER_UNHEARD_FIRST) {
		for (size_t i = first; i < end; i++) {
			if (!heard(st, st->queue[i].person)) {
				*why = NEXT_UNHEARD;
				return i;
			}
		}
	} else if (st->rules.order == ORDER_ALTERNATE) {
		enum event_attending last = last_attending(st);
		for (size_t i = first; last && i < end; i++) {
			if (st->queue[i].attending != last) {
				*why = NEXT_ALTERNATE;
				return i;
			}
		}
	}
	return first;
}

/* Whoever the agenda names for this segment and has not spoken in it yet. */
static struct session_next
by_agenda(const struct state *st)
{
	struct session_next nobody = {.why = NEXT_NOBODY, .place = NOWHERE};
	if (st->now == NOWHERE || st->segments[st->now].kind == SEGMENT_POINT)
		return nobody;
	struct event_list speakers = st->segments[st->now].speakers;
	for (size_t i = 0; i < speakers.n; i++)
		if (!heard(st, speakers.items[i]))
			return (struct session_next){NEXT_SPEAKER, speakers.items[i], NOWHERE, 0};
	return nobody;
}

struct session_next
state_next(const struct state *st)
{
	static const enum session_next_why by_kind[AS_COUNT] = {[AS_ORDER] = NEXT_ORDER,
		[AS_QUESTION] = NEXT_QUESTION,
		[AS_REPLY] = NEXT_REPLY,
		[AS_SPEECH] = NEXT_FIRST};
	const struct session_turn *active = floor_active(st);
	bool head_interrupts = st->queue_n && as_interrupts(st->queue[0].as);
	if (active && active->under && !head_interrupts)
		return (struct session_next){
			NEXT_RESUMES, floor_turn(st, active->under)->person, NOWHERE, 0};
	if (!st->queue_n)
		return by_agenda(st);
	enum event_as as = st->queue[0].as;
	enum session_next_why why = by_kind[as];
	size_t place = 0, first, end;
	if (as == AS_SPEECH) {
		queue_block(st, as, &first, &end);
		place = by_rule(st, first, end, &why);
	}
	return (struct session_next){why, st->queue[place].person, place, st->queue[place].id};
}

struct session_next
session_next(const struct session *s)
{
	return state_next(&s->st);
}

/* ---- deciding ---- */

static enum refusal
may_wait(struct deciding *d, const struct session_person *p, enum event_as as)
{
	const struct state *st = d->st;
	int64_t waiting = 0;
	for (size_t i = 0; i < st->queue_n; i++) {
		if (!str_eq(st->queue[i].person, p->id))
			continue;
		if (st->queue[i].as == as)
			return REFUSE(d, REFUSAL_NOT_ALLOWED,
				N_("{0} is in the queue already, as entry {1}"), p->name,
				decide_number(d, st->queue[i].id));
		waiting += st->queue[i].as == AS_SPEECH;
	}
	if (st->queue_closed && as != AS_ORDER)
		return REFUSE(d, REFUSAL_CLOSED,
			N_("the list is closed: only points of order are taken; queue open opens "
			   "it again"),
			STR_NONE);
	int64_t had = p->point_speeches + waiting;
	const struct session_turn *turn = floor_active(st);
	for (; turn; turn = floor_turn(st, turn->under))
		had += turn->as == AS_SPEECH && str_eq(turn->person, p->id);
	if (as == AS_SPEECH && st->rules.limit > 0 && had >= st->rules.limit && !d->c->override)
		return REFUSE(d, REFUSAL_LIMIT,
			N_("{0} has {1} of {2} speeches on this point already; --override adds "
			   "one all the same"),
			p->name, decide_number(d, had), decide_number(d, st->rules.limit));
	return REFUSAL_NONE;
}

enum refusal
queue_decide_add(struct deciding *d)
{
	const struct command *c = d->c;
	const struct session_person *p;
	enum event_as as = c->as ? c->as : AS_SPEECH;
	enum refusal no = decide_person(d, c->person, &p);
	if (!no)
		no = may_wait(d, p, as);
	if (no)
		return no;
	size_t first, end;
	queue_block(d->st, as, &first, &end);
	struct event *e = decide_event(d, EVENT_QUEUE_ADD);
	e->queue.entry = decide_id(d, ID_ENTRY);
	e->queue.person = p->id;
	e->queue.as = as;
	e->queue.attending = c->attending ? c->attending : p->attending;
	e->queue.about = c->about;
	e->queue.place = (int64_t)(c->top ? first : end);
	return REFUSAL_NONE;
}

static enum refusal
entry_named(struct deciding *d, size_t *place)
{
	if (queue_get(d->st, d->c->number, place))
		return REFUSAL_NONE;
	return REFUSE(d, REFUSAL_UNKNOWN_ID, N_("the queue has no entry {0}"),
		decide_number(d, d->c->number));
}

/*
 * One step over the border of a kind changes the kind, and the place stays:
 * that is what the step means. Further moves go to a place and take the kind
 * that stands there.
 */
enum refusal
queue_decide_move(struct deciding *d)
{
	const struct state *st = d->st;
	size_t from, to;
	enum refusal no = entry_named(d, &from);
	if (no)
		return no;
	enum event_as as = st->queue[from].as;
	to = from;
	if (d->c->where == PLACE_UP || d->c->where == PLACE_DOWN) {
		bool up = d->c->where == PLACE_UP;
		if (up ? from == 0 : from + 1 == st->queue_n)
			return REFUSE(d, REFUSAL_NOT_ALLOWED,
				up ? N_("{0} is first already") : N_("{0} is last already"),
				people_get(st, st->queue[from].person)->name);
		size_t beside = up ? from - 1 : from + 1;
		if (st->queue[beside].as == as)
			to = beside;
		else
			as = st->queue[beside].as;
	} else if (d->c->where == PLACE_NUMBER && d->c->place < 1) {
		return REFUSE(d, REFUSAL_BAD_ARGUMENT, N_("places count from 1"), STR_NONE);
	} else {
		to = d->c->where == PLACE_TOP ? 0 : (size_t)d->c->place - 1;
		if (to >= st->queue_n)
			to = st->queue_n - 1;
		if (to == from)
			return REFUSE(d, REFUSAL_STALE, N_("{0} stands there already"),
				people_get(st, st->queue[from].person)->name);
		/* The neighbours once it stands there; moving up, the one that stood there is
		 * pushed behind it. */
		enum event_as above = to == 0 ? AS_ORDER : st->queue[to > from ? to : to - 1].as;
		enum event_as below =
			to > from ? (to + 1 < st->queue_n ? st->queue[to + 1].as : AS_SPEECH)
				  : st->queue[to].as;
		as = as < above ? above : as > below ? below : as;
	}
	struct event *e = decide_event(d, EVENT_QUEUE_MOVE);
	e->queue.entry = st->queue[from].id;
	e->queue.place = (int64_t)to;
	e->queue.as = as;
	return REFUSAL_NONE;
}

enum refusal
queue_decide_remove(struct deciding *d)
{
	size_t place;
	enum refusal no = entry_named(d, &place);
	if (no)
		return no;
	struct event *e = decide_event(d, EVENT_QUEUE_REMOVE);
	e->queue.entry = d->c->number;
	e->queue.why = d->c->why;
	return REFUSAL_NONE;
}

enum refusal
queue_decide_close(struct deciding *d)
{
	if (d->st->queue_closed)
		return REFUSE(d, REFUSAL_STALE, N_("the list is closed already"), STR_NONE);
	decide_event(d, EVENT_QUEUE_CLOSE);
	return REFUSAL_NONE;
}

enum refusal
queue_decide_open(struct deciding *d)
{
	if (!d->st->queue_closed)
		return REFUSE(d, REFUSAL_STALE, N_("the list is open already"), STR_NONE);
	decide_event(d, EVENT_QUEUE_OPEN);
	return REFUSAL_NONE;
}

enum refusal
queue_decide_rule(struct deciding *d)
{
	struct event *e = decide_event(d, EVENT_QUEUE_RULE);
	e->rule.order = d->c->order;
	e->rule.limit = d->c->verb == CMD_QUEUE_LIMIT ? d->c->number : EVENT_NO;
	e->rule.interrupt = d->c->interrupt;
	return REFUSAL_NONE;
}
