/*
 * The forum as session.open holds it: canonical JSON in one fixed order, so
 * that the same agenda always makes the same bytes. What was not said is left
 * out.
 */
#include "dais/canon.h"
#include "internal.h"

static void
put_text(struct canon_writer *w, const char *key, struct str s)
{
	if (s.n)
		canon_key_str(w, key, s);
}

static void
put_word(struct canon_writer *w, const char *key, const char *word)
{
	if (word)
		canon_key_str(w, key, str_of(word));
}

static void
put_int(struct canon_writer *w, const char *key, int64_t v)
{
	if (v != EVENT_NO)
		canon_key_int(w, key, v);
}

static void
put_names(struct canon_writer *w, const char *key, const struct names *names)
{
	if (!names->n)
		return;
	canon_key(w, key);
	canon_open(w, '[');
	for (size_t i = 0; i < names->n; i++)
		canon_str(w, names->items[i]);
	canon_close(w, ']');
}

static void
put_timing(struct canon_writer *w, const struct rules *rules)
{
	static const enum event_as order[] = {AS_SPEECH, AS_REPLY, AS_QUESTION, AS_ORDER};
	for (size_t i = 0; i < sizeof order / sizeof *order; i++)
		put_int(w, event_as_text(order[i]), rules->allotted[order[i]]);
	if (rules->warns) {
		canon_key(w, "warn");
		canon_open(w, '[');
		for (size_t i = 0; i < rules->warns; i++)
			canon_int(w, rules->warn[i]);
		canon_close(w, ']');
	}
	put_int(w, "overtime_bell", rules->overtime_bell);
	put_word(w, "overtime", rules->overtime ? session_overtime_text(rules->overtime) : NULL);
	put_word(w, "interrupt", rules->interrupt ? event_interrupt_text(rules->interrupt) : NULL);
	put_int(w, "limit", rules->limit);
}

static void
put_rules(struct canon_writer *w, const struct rules *rules)
{
	struct buf timing = {0};
	struct canon_writer inner = {.out = &timing};
	put_timing(&inner, rules);
	if (timing.n) {
		canon_key(w, "timing");
		canon_open(w, '{');
		put_timing(w, rules);
		canon_close(w, '}');
	}
	buf_finish(&timing);
	if (rules->order) {
		canon_key(w, "queue");
		canon_open(w, '{');
		put_word(w, "order", event_order_text(rules->order));
		canon_close(w, '}');
	}
}

static void
put_person(struct canon_writer *w, const struct person *p)
{
	canon_open(w, '{');
	canon_key_str(w, "id", p->id);
	canon_key_str(w, "name", p->name);
	put_text(w, "title", p->title);
	put_text(w, "affiliation", p->affiliation);
	put_word(w, "role", p->role ? event_role_text(p->role) : NULL);
	put_word(w, "attending", event_attending_text(p->attending));
	put_text(w, "pinyin", p->pinyin);
	put_text(w, "note", p->note);
	canon_close(w, '}');
}

static void
put_segment(struct canon_writer *w, const struct segment *s)
{
	canon_open(w, '{');
	canon_key_str(w, "kind", str_of(segment_kind_text(s->kind)));
	canon_key_str(w, "id", s->id);
	put_text(w, "title", s->title);
	put_int(w, "duration", s->duration ? s->duration : EVENT_NO);
	put_names(w, "speakers", &s->lists[LIST_SPEAKERS]);
	put_names(w, "recipients", &s->lists[LIST_RECIPIENTS]);
	put_names(w, "presenters", &s->lists[LIST_PRESENTERS]);
	put_names(w, "invited", &s->lists[LIST_INVITED]);
	put_text(w, "brief", s->brief);
	put_rules(w, &s->rules);
	canon_close(w, '}');
}

static void
put_report(struct canon_writer *w, const struct reading *r)
{
	if (!r->written_by.n && !r->reviewed_by.n && !r->approved_by.n)
		return;
	canon_key(w, "report");
	canon_open(w, '{');
	put_names(w, "written_by", &r->written_by);
	put_names(w, "reviewed_by", &r->reviewed_by);
	put_names(w, "approved_by", &r->approved_by);
	canon_close(w, '}');
}

void
forum_write(const struct reading *r, struct buf *out)
{
	struct canon_writer w = {.out = out};
	canon_open(&w, '{');
	canon_key_int(&w, "dais", 1);
	put_text(&w, "title", r->title);
	put_text(&w, "series", r->series);
	put_text(&w, "date", r->date);
	put_text(&w, "start", r->start);
	put_text(&w, "venue", r->venue);
	put_text(&w, "language", r->language);
	put_names(&w, "organizers", &r->organizers);
	put_names(&w, "sponsors", &r->sponsors);
	put_names(&w, "media", &r->media);
	put_text(&w, "about", r->about);
	put_rules(&w, &r->rules);
	if (r->n_people) {
		canon_key(&w, "people");
		canon_open(&w, '[');
		for (size_t i = 0; i < r->n_people; i++)
			put_person(&w, r->people[i]);
		canon_close(&w, ']');
	}
	canon_key(&w, "agenda");
	canon_open(&w, '[');
	for (size_t i = 0; i < r->n_segments; i++)
		put_segment(&w, r->segments[i]);
	canon_close(&w, ']');
	put_report(&w, r);
	canon_close(&w, '}');
}
