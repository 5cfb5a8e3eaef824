/* People: who is on the roster, found by id or by name; who holds the chair. */
#include <assert.h>
#include <string.h>

#include "internal.h"

/* FNV-1a: the same on every machine, which a seeded hash would not be. */
static uint32_t
hash(struct str s)
{
	uint32_t h = 2166136261u;
	for (size_t i = 0; i < s.n; i++)
		h = (h ^ (unsigned char)s.p[i]) * 16777619u;
	return h;
}

static void
index_put(struct index *x, struct str id, size_t place)
{
	size_t at = hash(id) & (x->cap - 1);
	while (x->slots[at])
		at = (at + 1) & (x->cap - 1);
	x->slots[at] = (uint32_t)place + 1;
}

static void
index_add(struct state *st, size_t place)
{
	struct index *x = &st->by_id;
	size_t bytes = x->cap * sizeof *x->slots;
	if ((place + 1) * 2 <= x->cap) {
		x->slots = block_mine(x->slots, bytes, bytes);
	} else {
		block_drop(x->slots);
		x->cap = x->cap ? x->cap * 2 : 64;
		x->slots = block_mine(NULL, 0, x->cap * sizeof *x->slots);
		for (size_t i = 0; i < place; i++)
			index_put(x, people_at(st, i)->id, i);
	}
	index_put(x, people_at(st, place)->id, place);
}

size_t
people_place(const struct state *st, struct str id)
{
	const struct index *x = &st->by_id;
	if (!x->cap)
		return NOWHERE;
	for (size_t at = hash(id) & (x->cap - 1); x->slots[at]; at = (at + 1) & (x->cap - 1))
		if (str_eq(people_at(st, x->slots[at] - 1)->id, id))
			return x->slots[at] - 1;
	return NOWHERE;
}

const struct session_person *
people_get(const struct state *st, struct str id)
{
	size_t place = people_place(st, id);
	return place == NOWHERE ? NULL : people_at(st, place);
}

void
people_put(struct state *st, struct session_person p)
{
	*(struct session_person *)pile_push(&st->lists[LIST_PEOPLE]) = p;
	index_add(st, list_n(st, LIST_PEOPLE) - 1);
}

bool
people_listed(struct event_list ids, struct str id)
{
	for (size_t i = 0; i < ids.n; i++)
		if (str_eq(ids.items[i], id))
			return true;
	return false;
}

static const char *
fold_add(struct state *st, const struct event *e)
{
	if (!e->person.person.n || people_get(st, e->person.person))
		return N_("this person's id is taken");
	people_put(
		st, (struct session_person){.id = e->person.person,
			    .name = e->person.name,
			    .title = e->person.title,
			    .affiliation = e->person.affiliation,
			    .role = e->person.role ? e->person.role : ROLE_AUDIENCE,
			    .attending = e->person.attending ? e->person.attending : ATTENDING_SITE,
			    .link = e->person.link,
			    .pinyin = e->person.pinyin,
			    .note = e->person.note,
			    .walk_in = st->hosted});
	return NULL;
}

const char *
people_fold(struct state *st, const struct event *e)
{
	if (e->kind == EVENT_CHAIR_PASS) {
		if (e->pass.to.n && !people_get(st, e->pass.to))
			return N_("nobody has this id");
		st->chair = e->pass.to;
		return NULL;
	}
	if (e->kind == EVENT_PERSON_ADD)
		return fold_add(st, e);
	size_t place = people_place(st, e->person.person);
	if (place == NOWHERE)
		return N_("nobody has this id");
	struct session_person *p = people_mine(st, place);
	if (e->person.name.n)
		p->name = e->person.name;
	if (e->person.title.p)
		p->title = e->person.title;
	if (e->person.affiliation.p)
		p->affiliation = e->person.affiliation;
	if (e->person.role)
		p->role = e->person.role;
	if (e->person.attending)
		p->attending = e->person.attending;
	if (e->person.link)
		p->link = e->person.link;
	/* Whoever waits is shown where they are now. */
	for (size_t i = 0; e->person.attending && i < st->queue_n; i++)
		if (str_eq(st->queue[i].person, p->id))
			queue_mine(st, st->queue_n)[i].attending = p->attending;
	return NULL;
}

/* ---- questions ---- */

const struct session_person *
session_person(const struct session *s, struct str id)
{
	return people_get(&s->st, id);
}

size_t
session_person_find(const struct session *s, struct str who, const struct session_person **first)
{
	*first = people_get(&s->st, who);
	if (*first)
		return 1;
	size_t found = 0;
	for (size_t i = 0; i < list_n(&s->st, LIST_PEOPLE); i++) {
		const struct session_person *p = people_at(&s->st, i);
		if (!str_eq(p->name, who))
			continue;
		if (!found++)
			*first = p;
	}
	return found;
}

struct str
session_chair(const struct session *s)
{
	return s->st.chair;
}

/* ---- deciding ---- */

/* The units of everybody with this name, so that the chair can tell them apart. */
static struct str
namesakes(struct deciding *d, struct str name)
{
	struct buf list = {0};
	for (size_t i = 0; i < list_n(d->st, LIST_PEOPLE); i++) {
		const struct session_person *p = people_at(d->st, i);
		if (!str_eq(p->name, name))
			continue;
		if (list.n)
			buf_puts(&list, ", ");
		buf_str(&list, p->id);
		if (p->affiliation.n) {
			buf_puts(&list, " (");
			buf_str(&list, p->affiliation);
			buf_puts(&list, ")");
		}
	}
	struct str kept = arena_str(&d->out->arena, buf_view(&list));
	buf_finish(&list);
	return kept;
}

enum refusal
decide_person(struct deciding *d, struct str who, const struct session_person **out)
{
	struct str name = str_trim(who);
	if (!name.n)
		return REFUSE(d, REFUSAL_BAD_ARGUMENT, N_("who is meant? Give a name or an id"),
			STR_NONE);
	size_t found = session_person_find(d->s, name, out);
	if (found == 1)
		return REFUSAL_NONE;
	if (!found)
		return REFUSE(d, REFUSAL_UNKNOWN_PERSON,
			N_("nobody on the roster is called {0}; people add puts a newcomer there"),
			name);
	return REFUSE(d, REFUSAL_AMBIGUOUS_PERSON,
		N_("several people are called {0}; name one by id: {1}"), name, namesakes(d, name));
}

/* An id for a walk-in that nobody has or had, undone or not: w1, w2 … in the order of coming. */
static struct str
walk_in_id(struct deciding *d)
{
	/* A roster too long for session.open came before the first hosting. */
	for (int64_t came = d->s->came + 1;; came++) {
		struct buf id = {0};
		buf_char(&id, 'w');
		buf_int(&id, came);
		struct str kept = arena_str(&d->out->arena, buf_view(&id));
		buf_finish(&id);
		if (!people_get(d->st, kept))
			return kept;
	}
}

static bool
too_long(struct str s)
{
	return s.n > EVENT_NAME_MAX;
}

enum refusal
people_decide_add(struct deciding *d)
{
	const struct command *c = d->c;
	struct str name = str_trim(c->name);
	if (!name.n)
		return REFUSE(d, REFUSAL_BAD_ARGUMENT, N_("a person needs a name"), STR_NONE);
	if (too_long(name) || too_long(c->title) || too_long(c->affiliation))
		return REFUSE(d, REFUSAL_LIMIT,
			N_("a name, title or affiliation has at most {0} bytes"),
			decide_number(d, EVENT_NAME_MAX));
	for (size_t i = 0; i < list_n(d->st, LIST_PEOPLE); i++) {
		const struct session_person *p = people_at(d->st, i);
		if (str_eq(p->name, name) && str_eq(p->affiliation, c->affiliation))
			return REFUSE(d, REFUSAL_NOT_ALLOWED,
				N_("{0} is on the roster already, as {1}"), name, p->id);
	}
	struct event *e = decide_event(d, EVENT_PERSON_ADD);
	e->person.person = walk_in_id(d);
	e->person.name = name;
	e->person.title = c->title;
	e->person.affiliation = c->affiliation;
	e->person.role = c->role ? c->role : ROLE_AUDIENCE;
	e->person.attending = c->attending ? c->attending : ATTENDING_SITE;
	return REFUSAL_NONE;
}

enum refusal
people_decide_set(struct deciding *d)
{
	const struct command *c = d->c;
	const struct session_person *p;
	enum refusal no = decide_person(d, c->person, &p);
	if (no)
		return no;
	struct str name = str_trim(c->name);
	if (c->name.p && !name.n)
		return REFUSE(d, REFUSAL_BAD_ARGUMENT, N_("a person needs a name"), STR_NONE);
	if (too_long(name) || too_long(c->title) || too_long(c->affiliation))
		return REFUSE(d, REFUSAL_LIMIT,
			N_("a name, title or affiliation has at most {0} bytes"),
			decide_number(d, EVENT_NAME_MAX));
	if (!name.n && !c->title.p && !c->affiliation.p && !c->role && !c->attending && !c->link)
		return REFUSE(d, REFUSAL_BAD_ARGUMENT,
			N_("people set needs something to change, such as --online or --link "
			   "ready"),
			STR_NONE);
	struct event *e = decide_event(d, EVENT_PERSON_SET);
	e->person.person = p->id;
	e->person.name = name;
	e->person.title = c->title;
	e->person.affiliation = c->affiliation;
	e->person.role = c->role;
	e->person.attending = c->attending;
	e->person.link = c->link;
	/* A link belongs to somebody who is not in the hall. */
	if (c->link && !c->attending && p->attending != ATTENDING_ONLINE)
		e->person.attending = ATTENDING_ONLINE;
	return REFUSAL_NONE;
}

enum refusal
chair_decide_pass(struct deciding *d)
{
	if (d->c->back) {
		if (!d->st->chair.n)
			return REFUSE(d, REFUSAL_NOT_ALLOWED,
				N_("the chair was not passed to anybody"), STR_NONE);
		decide_event(d, EVENT_CHAIR_PASS)->pass.to = STR("");
		return REFUSAL_NONE;
	}
	const struct session_person *p;
	enum refusal no = decide_person(d, d->c->person, &p);
	if (no)
		return no;
	if (str_eq(d->st->chair, p->id))
		return REFUSE(d, REFUSAL_STALE, N_("{0} has the chair already"), p->name);
	decide_event(d, EVENT_CHAIR_PASS)->pass.to = p->id;
	return REFUSAL_NONE;
}

size_t
session_person_place(const struct session *s, struct str id)
{
	return people_place(&s->st, id);
}

size_t
session_person_count(const struct session *s)
{
	return list_n(&s->st, LIST_PEOPLE);
}

const struct session_person *
session_person_at(const struct session *s, size_t i)
{
	return people_at(&s->st, i);
}
