/*
 * The folded session as JSON: everything that the other formats show, for
 * programs. A long session has a million notes and turns, so no tree of them
 * all is made: each is written and forgotten.
 */
#include <jansson.h>

#include "dais/text.h"
#include "internal.h"

struct sink {
	struct buf *out, raw;
	const char *indent; /* of the value that is being written */
	size_t members, items;
};

static int
indented(const char *p, size_t n, void *ctx)
{
	struct sink *k = ctx;
	/* Within a text a newline is written \\n. */
	for (size_t i = 0; i < n; i++) {
		buf_char(&k->raw, p[i]);
		if (p[i] == '\n')
			buf_puts(&k->raw, k->indent);
	}
	return 0;
}

static void
put(struct sink *k, const char *indent, json_t *value)
{
	buf_reset(&k->raw);
	k->indent = indent;
	json_dump_callback(value, indented, k, JSON_INDENT(2) | JSON_ENCODE_ANY);
	text_json(k->out, buf_view(&k->raw));
	json_decref(value);
}

static void
put_key(struct sink *k, const char *key)
{
	buf_puts(k->out, k->members++ ? ",\n  \"" : "{\n  \"");
	buf_puts(k->out, key);
	buf_puts(k->out, "\": ");
}

/* What jansson could not make, of bytes that are no text, is left out. */
static void
put_member(struct sink *k, const char *key, json_t *value)
{
	if (!value)
		return;
	put_key(k, key);
	put(k, "  ", value);
}

static void
list_begin(struct sink *k, const char *key)
{
	put_key(k, key);
	buf_char(k->out, '[');
	k->items = 0;
}

static void
put_item(struct sink *k, json_t *value)
{
	if (!value)
		return;
	buf_puts(k->out, k->items++ ? ",\n    " : "\n    ");
	put(k, "    ", value);
}

static void
list_end(struct sink *k)
{
	buf_puts(k->out, k->items ? "\n  ]" : "]");
}

static json_t *
text(struct str s)
{
	return json_stringn(s.p ? s.p : "", s.n);
}

static json_t *
texts(struct event_list list)
{
	json_t *a = json_array();
	for (size_t i = 0; i < list.n; i++)
		json_array_append_new(a, text(list.items[i]));
	return a;
}

static json_t *
whole(int64_t v)
{
	return v == EVENT_NO ? json_null() : json_integer(v);
}

static json_t *
forum(const struct session_forum *f)
{
	json_t *o = json_object();
	const struct {
		const char *key;
		struct str value;
	} strings[] = {{"title", f->title}, {"series", f->series}, {"date", f->date},
		{"venue", f->venue}, {"language", f->language}, {"about", f->about}};
	const struct {
		const char *key;
		struct event_list value;
	} lists[] = {{"organizers", f->organizers}, {"sponsors", f->sponsors}, {"media", f->media},
		{"written_by", f->written_by}, {"reviewed_by", f->reviewed_by},
		{"approved_by", f->approved_by}};
	for (size_t i = 0; i < sizeof strings / sizeof *strings; i++)
		json_object_set_new(o, strings[i].key, text(strings[i].value));
	for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
		json_object_set_new(o, lists[i].key, texts(lists[i].value));
	json_object_set_new(o, "start_min", whole(f->start_min));
	return o;
}

static void
people(struct sink *k, const struct session *s, int64_t now)
{
	size_t n = session_person_count(s);
	list_begin(k, "people");
	for (size_t i = 0; i < n; i++) {
		const struct session_person *person = session_person_at(s, i);
		struct session_talk talk = session_talk(s, person->id, SIZE_MAX, now);
		put_item(k,
			json_pack("{s:o, s:o, s:o, s:o, s:s, s:s, s:b, s:I, s:I}", "id",
				text(person->id), "name", text(person->name), "title",
				text(person->title), "affiliation", text(person->affiliation),
				"role", event_role_text(person->role), "attending",
				event_attending_text(person->attending), "walk_in", person->walk_in,
				"turns", (json_int_t)talk.turns, "spoken_ms", (json_int_t)talk.ms));
	}
	list_end(k);
}

static void
segments(struct sink *k, const struct session *s, int64_t now)
{
	static const char *const states[] = {"planned", "running", "done", "skipped"};
	size_t n;
	const struct session_segment *g = session_segments(s, &n);
	list_begin(k, "segments");
	for (size_t i = 0; i < n; i++)
		put_item(k,
			json_pack(
				"{s:o, s:s, s:o, s:s, s:I, s:I, s:I, s:i, s:i, s:o, s:o, s:o, s:o}",
				"id", text(g[i].id), "kind", segment_kind_text(g[i].kind), "title",
				text(g[i].title), "state",
				states[session_closed(s) && g[i].state == SEGMENT_RUNNING
						? SEGMENT_DONE
						: g[i].state],
				"planned_ms", (json_int_t)g[i].planned_ms, "budget_ms",
				(json_int_t)g[i].budget_ms, "elapsed_ms",
				(json_int_t)session_segment_elapsed(s, i, now), "number",
				g[i].number, "of", g[i].of, "speakers", texts(g[i].speakers),
				"recipients", texts(g[i].recipients), "presenters",
				texts(g[i].presenters), "invited", texts(g[i].invited)));
	list_end(k);
}

static struct str
segment_id(const struct session *s, size_t i)
{
	size_t n;
	const struct session_segment *g = session_segments(s, &n);
	return i < n ? g[i].id : STR_NONE;
}

static void
turns(struct sink *k, const struct session *s, int64_t now)
{
	static const char *const states[] = {"running", "paused", "ended"};
	size_t n = session_turn_count(s);
	list_begin(k, "turns");
	for (size_t i = 0; i < n; i++) {
		const struct session_turn *turn = session_turn_at(s, i);
		json_t *o = json_pack("{s:I, s:o, s:o, s:o, s:s, s:s, s:o, s:s}", "turn",
			(json_int_t)turn->id, "segment", text(segment_id(s, turn->segment)),
			"person", text(turn->person), "name", text(report_name(s, turn->person)),
			"as", event_as_text(turn->as), "attending",
			event_attending_text(turn->attending), "about", text(turn->about), "state",
			states[turn->state]);
		json_object_set_new(o, "start_t", json_integer(turn->started_t));
		json_object_set_new(o, "end_t", whole(turn->ended_t));
		json_object_set_new(o, "allotted_ms", whole(turn->allotted));
		json_object_set_new(o, "spoken_ms", json_integer(session_turn_elapsed(turn, now)));
		json_object_set_new(o, "paused_ms", json_integer(report_turn_paused(turn, now)));
		put_item(k, o);
	}
	list_end(k);
}

static void
notes(struct sink *k, const struct session *s)
{
	size_t n = session_note_count(s);
	list_begin(k, "notes");
	for (size_t i = 0; i < n; i++) {
		const struct session_note *note = session_note_at(s, i);
		if (!report_note_public(note))
			continue;
		put_item(k,
			json_pack("{s:I, s:I, s:o, s:o, s:o, s:o, s:o, s:s, s:o}", "note",
				   (json_int_t)note->id, "t", (json_int_t)note->t, "at",
				   text(note->at), "by", text(note->by), "turn",
				   note->turn ? json_integer(note->turn) : json_null(), "segment",
				   text(segment_id(s, note->segment)), "person", text(note->person),
				   "mark", event_mark_text(note->mark), "text", text(note->text)));
	}
	list_end(k);
}

static void
awards(struct sink *k, const struct session *s)
{
	size_t n = session_award_count(s);
	list_begin(k, "awards");
	for (size_t i = 0; i < n; i++) {
		const struct session_award *award = session_award_at(s, i);
		put_item(k,
			json_pack("{s:o, s:o, s:o, s:I, s:o}", "segment",
				   text(segment_id(s, award->segment)), "recipient",
				   text(award->recipient), "presenters", texts(award->presenters),
				   "t", (json_int_t)award->t, "at", text(award->at)));
	}
	list_end(k);
}

static void
marks(struct sink *k, const struct session *s)
{
	size_t n = session_mark_count(s);
	list_begin(k, "marks");
	for (size_t i = 0; i < n; i++) {
		const struct session_mark *mark = session_mark_at(s, i);
		put_item(k,
			json_pack("{s:I, s:s, s:o, s:o, s:I, s:o}", "mark", (json_int_t)mark->id,
				   "what", event_what_text(mark->what), "text", text(mark->text),
				   "segment", text(segment_id(s, mark->segment)), "t",
				   (json_int_t)mark->t, "at", text(mark->at)));
	}
	list_end(k);
}

static json_t *
approval(const struct session_approval *a)
{
	if (!a)
		return json_null();
	return json_pack("{s:o, s:o, s:o, s:b}", "names", texts(a->names), "at", text(a->at), "by",
		text(a->by), "changed_since", a->changed > 0);
}

/* What was corrected after the close: the parts of the session above have it already. */
static void
corrections(struct sink *k, const struct session *s)
{
	list_begin(k, "corrections");
	for (size_t i = report_correction(s, 0); i != SIZE_MAX; i = report_correction(s, i + 1)) {
		const struct event *e = session_event_at(s, i);
		bool note = e->kind != EVENT_PERSON_SET;
		json_t *o = json_pack("{s:I, s:s, s:o, s:o}", "seq", (json_int_t)e->seq, "kind",
			event_kind_text(e->kind), "at", text(e->at), "by", text(e->by));
		json_object_set_new(o, note ? "note" : "person",
			note ? json_integer(e->note.note) : text(e->person.person));
		put_item(k, o);
	}
	list_end(k);
}

void
json_write(struct buf *out, const struct session *s, const struct report_options *o)
{
	struct sink k = {.out = out};
	put_member(&k, "draft", json_boolean(report_is_draft(s, o)));
	put_member(&k, "closed", json_boolean(session_closed(s)));
	put_member(&k, "rehearsal", json_boolean(session_rehearsal(s)));
	put_member(&k, "damage", o->damage.n ? text(o->damage) : json_null());
	put_member(&k, "t", json_integer(o->now_t));
	put_member(&k, "forum", forum(session_forum(s)));
	put_member(&k, "began_wall_ms", json_integer(session_began_wall(s)));
	people(&k, s, o->now_t);
	segments(&k, s, o->now_t);
	turns(&k, s, o->now_t);
	notes(&k, s);
	awards(&k, s);
	marks(&k, s);
	put_member(&k, "reviewed", approval(session_reviewed(s)));
	put_member(&k, "approved", approval(session_approved(s)));
	corrections(&k, s);
	buf_puts(out, "\n}\n");
	buf_finish(&k.raw);
}
