/* Certificates handed over, moments marked, words among chairs: things that happen once and are
 * only remembered. */
#include <string.h>

#include "internal.h"

bool
awards_given(const struct state *st, size_t segment, struct str recipient)
{
	for (size_t i = 0; i < list_n(st, LIST_AWARDS); i++)
		if (award_at(st, i)->segment == segment &&
			str_eq(award_at(st, i)->recipient, recipient))
			return true;
	return false;
}

static const char *
fold_award(struct state *st, const struct event *e)
{
	size_t segment = segment_find(st, e->award.segment);
	if (segment == NOWHERE)
		return N_("the agenda has no such segment");
	if (!people_get(st, e->award.recipient))
		return N_("nobody has this id");
	for (size_t i = 0; i < e->award.presenters.n; i++)
		if (!people_get(st, e->award.presenters.items[i]))
			return N_("nobody has this id");
	if (awards_given(st, segment, e->award.recipient))
		return N_("this certificate was handed over already");
	*(struct session_award *)pile_push(&st->lists[LIST_AWARDS]) =
		(struct session_award){.t = e->t,
			.at = e->at,
			.recipient = e->award.recipient,
			.presenters = e->award.presenters,
			.segment = segment};
	return NULL;
}

const char *
awards_fold(struct state *st, const struct event *e)
{
	if (e->kind == EVENT_AWARD_GIVE)
		return fold_award(st, e);
	if (e->kind == EVENT_MESSAGE_SEND) {
		*(struct session_message *)pile_push(&st->lists[LIST_MESSAGES]) =
			(struct session_message){.t = e->t,
				.at = e->at,
				.by = e->by,
				.to = e->message.to,
				.text = e->message.text};
		return NULL;
	}
	*(struct session_mark *)pile_push(&st->lists[LIST_MARKS]) =
		(struct session_mark){.id = e->mark.mark,
			.t = e->t,
			.at = e->at,
			.by = e->by,
			.text = e->mark.text,
			.what = e->mark.what,
			.segment = st->now};
	return NULL;
}

/* ---- questions ---- */

bool
session_awarded(const struct session *s, size_t segment, struct str recipient)
{
	return awards_given(&s->st, segment, recipient);
}

/* ---- deciding ---- */

/* The segment that a certificate belongs to: the running one first, then any that still owes it. */
static size_t
segment_for(const struct state *st, struct str recipient)
{
	if (st->now != NOWHERE && people_listed(st->segments[st->now].recipients, recipient))
		return st->now;
	size_t given = NOWHERE;
	for (size_t i = 0; i < st->segments_n; i++) {
		if (!people_listed(st->segments[i].recipients, recipient))
			continue;
		if (!awards_given(st, i, recipient))
			return i;
		given = i;
	}
	return given != NOWHERE ? given : st->now;
}

static enum refusal
presenters(struct deciding *d, const struct session_segment *g, struct event_list *out)
{
	*out = g->presenters;
	if (!d->c->names.n)
		return REFUSAL_NONE;
	struct str *ids = arena_alloc(&d->out->arena, d->c->names.n * sizeof *ids);
	for (size_t i = 0; i < d->c->names.n; i++) {
		const struct session_person *p;
		enum refusal no = decide_person(d, d->c->names.items[i], &p);
		if (no)
			return no;
		ids[i] = p->id;
	}
	*out = (struct event_list){ids, d->c->names.n};
	return REFUSAL_NONE;
}

enum refusal
awards_decide_give(struct deciding *d)
{
	const struct session_person *p;
	struct event_list by;
	enum refusal no = decide_person(d, d->c->person, &p);
	if (no)
		return no;
	size_t segment = segment_for(d->st, p->id);
	if (segment == NOWHERE)
		return REFUSE(d, REFUSAL_NOT_ALLOWED,
			N_("no segment runs yet; segment next begins the first"), STR_NONE);
	if (awards_given(d->st, segment, p->id))
		return REFUSE(d, REFUSAL_STALE, N_("{0} has the certificate already"), p->name);
	no = presenters(d, &d->st->segments[segment], &by);
	if (no)
		return no;
	struct event *e = decide_event(d, EVENT_AWARD_GIVE);
	e->award.segment = d->st->segments[segment].id;
	e->award.recipient = p->id;
	e->award.presenters = by;
	return REFUSAL_NONE;
}

enum refusal
marks_decide_add(struct deciding *d)
{
	struct event *e = decide_event(d, EVENT_MARK_ADD);
	e->mark.mark = decide_id(d, ID_MARK);
	e->mark.what = d->c->verb == CMD_MARK_PHOTO ? WHAT_PHOTO : WHAT_MOMENT;
	e->mark.text = str_trim(d->c->text);
	return REFUSAL_NONE;
}

enum refusal
message_decide_send(struct deciding *d)
{
	if (!str_trim(d->c->text).n)
		return REFUSE(d, REFUSAL_BAD_ARGUMENT, N_("a message needs some text"), STR_NONE);
	struct event *e = decide_event(d, EVENT_MESSAGE_SEND);
	e->lane = LANE_CHAIRS;
	e->message.to = d->c->to;
	e->message.text = str_trim(d->c->text);
	return REFUSAL_NONE;
}

size_t
session_mark_count(const struct session *s)
{
	return list_n(&s->st, LIST_MARKS);
}

const struct session_mark *
session_mark_at(const struct session *s, size_t i)
{
	return pile_at(&s->st.lists[LIST_MARKS], i);
}

size_t
session_award_count(const struct session *s)
{
	return list_n(&s->st, LIST_AWARDS);
}

const struct session_award *
session_award_at(const struct session *s, size_t i)
{
	return pile_at(&s->st.lists[LIST_AWARDS], i);
}

size_t
session_message_count(const struct session *s)
{
	return list_n(&s->st, LIST_MESSAGES);
}

const struct session_message *
session_message_at(const struct session *s, size_t i)
{
	return pile_at(&s->st.lists[LIST_MESSAGES], i);
}
