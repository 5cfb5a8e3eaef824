/*
 * The state as text: equal for equal states, different for states that a
 * person could tell apart. Tests and simulations compare it.
 */
#include "internal.h"

static void
put_int(struct buf *out, const char *key, int64_t v)
{
	buf_char(out, ' ');
	buf_puts(out, key);
	buf_char(out, '=');
	buf_int(out, v);
}

static void
put_str(struct buf *out, const char *key, struct str s)
{
	buf_char(out, ' ');
	buf_puts(out, key);
	buf_char(out, '=');
	canon_put_str(out, s);
}

static void
dump_people(const struct state *st, struct buf *out)
{
	for (size_t i = 0; i < list_n(st, LIST_PEOPLE); i++) {
		const struct session_person *p = people_at(st, i);
		buf_puts(out, "person");
		put_str(out, "id", p->id);
		put_str(out, "name", p->name);
		put_str(out, "title", p->title);
		put_str(out, "unit", p->affiliation);
		put_int(out, "role", p->role);
		put_int(out, "walkin", p->walk_in);
		put_int(out, "attending", p->attending);
		put_int(out, "link", p->link);
		put_int(out, "spoken", p->spoken);
		put_int(out, "ms", p->spoken_ms);
		put_int(out, "here", p->point_spoken);
		put_int(out, "speeches", p->point_speeches);
		put_int(out, "herems", p->point_ms);
		buf_char(out, '\n');
	}
}

static void
dump_agenda(const struct state *st, struct buf *out)
{
	for (size_t i = 0; i < st->segments_n; i++) {
		const struct session_segment *g = &st->segments[i];
		buf_puts(out, "segment");
		put_str(out, "id", g->id);
		put_int(out, "state", g->state);
		put_int(out, "budget", g->budget_ms);
		put_int(out, "entered", g->entered_t);
		put_int(out, "left", g->left_t);
		put_int(out, "before", g->before_ms);
		buf_char(out, '\n');
	}
	for (size_t i = 0; i < list_n(st, LIST_VISITS); i++) {
		const struct session_visit *v = pile_at(&st->lists[LIST_VISITS], i);
		buf_puts(out, "visit");
		put_int(out, "segment", (int64_t)v->segment);
		put_int(out, "from", v->from);
		put_int(out, "to", v->to);
		buf_char(out, '\n');
	}
}

static void
dump_floor(const struct state *st, struct buf *out)
{
	for (size_t i = 0; i < st->queue_n; i++) {
		const struct session_entry *q = &st->queue[i];
		buf_puts(out, "entry");
		put_int(out, "id", q->id);
		put_str(out, "person", q->person);
		put_str(out, "about", q->about);
		put_int(out, "as", q->as);
		put_int(out, "attending", q->attending);
		put_int(out, "since", q->since);
		buf_char(out, '\n');
	}
	for (size_t i = 0; i < list_n(st, LIST_TURNS); i++) {
		const struct session_turn *t = turn_at(st, i);
		buf_puts(out, "turn");
		put_int(out, "id", t->id);
		put_str(out, "person", t->person);
		put_int(out, "segment", (int64_t)t->segment);
		put_int(out, "as", t->as);
		put_int(out, "state", t->state);
		put_int(out, "allotted", t->allotted);
		put_int(out, "started", t->started_t);
		put_int(out, "ended", t->ended_t);
		put_int(out, "spoken", t->spoken_ms);
		put_int(out, "resumed", t->resumed_t);
		put_int(out, "paused", t->paused_ms);
		put_int(out, "since", t->paused_t);
		put_int(out, "under", t->under);
		put_int(out, "waited", t->waited);
		put_int(out, "entry", t->entry);
		put_int(out, "attending", t->attending);
		put_str(out, "about", t->about);
		buf_char(out, '\n');
	}
}

static void
dump_notes(const struct state *st, struct buf *out)
{
	for (size_t i = 0; i < list_n(st, LIST_NOTES); i++) {
		const struct session_note *n = &noted_at(st, i)->note;
		buf_puts(out, "note");
		put_int(out, "id", n->id);
		put_int(out, "t", n->t);
		put_int(out, "turn", n->turn);
		put_str(out, "by", n->by);
		put_str(out, "person", n->person);
		put_str(out, "text", n->text);
		put_int(out, "mark", n->mark);
		put_int(out, "removed", n->removed);
		put_int(out, "edited", n->edited);
		put_int(out, "late", n->late);
		put_int(out, "lane", n->lane);
		put_int(out, "segment", n->segment == NOWHERE ? -1 : (int64_t)n->segment);
		buf_char(out, '\n');
	}
	for (size_t i = 0; i < list_n(st, LIST_MARKS); i++) {
		const struct session_mark *m = pile_at(&st->lists[LIST_MARKS], i);
		buf_puts(out, "mark");
		put_int(out, "id", m->id);
		put_int(out, "t", m->t);
		put_int(out, "what", m->what);
		put_str(out, "text", m->text);
		buf_char(out, '\n');
	}
	for (size_t i = 0; i < list_n(st, LIST_AWARDS); i++) {
		const struct session_award *w = pile_at(&st->lists[LIST_AWARDS], i);
		buf_puts(out, "award");
		put_int(out, "segment", (int64_t)w->segment);
		put_int(out, "t", w->t);
		put_str(out, "recipient", w->recipient);
		for (size_t k = 0; k < w->presenters.n; k++)
			put_str(out, "by", w->presenters.items[k]);
		buf_char(out, '\n');
	}
	for (size_t i = 0; i < list_n(st, LIST_MESSAGES); i++) {
		const struct session_message *m = pile_at(&st->lists[LIST_MESSAGES], i);
		buf_puts(out, "message");
		put_int(out, "t", m->t);
		put_str(out, "by", m->by);
		put_str(out, "to", m->to);
		put_str(out, "text", m->text);
		buf_char(out, '\n');
	}
}

static void
dump_approval(struct buf *out, const char *what, const struct session_approval *a)
{
	put_int(out, what, a->seq);
	put_str(out, "by", a->by);
	put_int(out, "changed", (int64_t)a->changed);
	for (size_t i = 0; i < a->names.n; i++)
		put_str(out, "name", a->names.items[i]);
}

static void
dump_amends(const struct state *st, struct buf *out)
{
	buf_puts(out, "amends");
	put_int(out, "corrections", (int64_t)st->amended);
	if (st->reviewed.names.n)
		dump_approval(out, "reviewed", &st->reviewed);
	if (st->approved.names.n)
		dump_approval(out, "approved", &st->approved);
	buf_char(out, '\n');
}

void
session_dump(const struct session *s, struct buf *out)
{
	const struct state *st = &s->st;
	buf_puts(out, "session");
	put_str(out, "title", st->forum.title);
	put_int(out, "opened", st->opened);
	put_int(out, "closed", st->closed);
	put_int(out, "now", st->now == NOWHERE ? -1 : (int64_t)st->now);
	put_int(out, "floor", st->floor == NOWHERE ? -1 : (int64_t)st->floor);
	put_int(out, "list", st->queue_closed);
	put_int(out, "order", st->rules.order);
	put_int(out, "limit", st->rules.limit);
	put_int(out, "interrupt", st->rules.interrupt);
	put_int(out, "overtime", st->rules.overtime);
	for (size_t i = AS_UNSET + 1; i < AS_COUNT; i++)
		put_int(out, event_as_text((enum event_as)i), st->rules.allotted[i]);
	put_str(out, "chair", st->chair);
	put_int(out, "end", st->closed_t);
	put_int(out, "begin", st->first_enter_t);
	put_int(out, "next", st->next_changed);
	for (size_t i = 0; i < NOUN_COUNT; i++)
		put_int(out, "changed", st->changed[i]);
	buf_char(out, '\n');
	dump_people(st, out);
	dump_agenda(st, out);
	dump_floor(st, out);
	dump_notes(st, out);
	if (st->amending)
		dump_amends(st, out);
}
