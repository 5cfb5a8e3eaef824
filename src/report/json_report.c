/* The folded session as JSON: everything that the other formats show, for programs. */
#include <stdlib.h>

#include <jansson.h>

#include "dais/text.h"
#include "internal.h"

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

static json_t *
people(const struct session *s, int64_t now)
{
	size_t n;
	const struct session_person *p = session_people(s, &n);
	json_t *a = json_array();
	for (size_t i = 0; i < n; i++) {
		struct session_talk talk = session_talk(s, p[i].id, SIZE_MAX, now);
		json_array_append_new(a,
			json_pack("{s:o, s:o, s:o, s:o, s:s, s:s, s:b, s:I, s:I}", "id",
				text(p[i].id), "name", text(p[i].name), "title", text(p[i].title),
				"affiliation", text(p[i].affiliation), "role",
				event_role_text(p[i].role), "attending",
				event_attending_text(p[i].attending), "walk_in", p[i].walk_in,
				"turns", (json_int_t)talk.turns, "spoken_ms", (json_int_t)talk.ms));
	}
	return a;
}

static json_t *
segments(const struct session *s, int64_t now)
{
	static const char *const states[] = {"planned", "running", "done", "skipped"};
	size_t n;
	const struct session_segment *g = session_segments(s, &n);
	json_t *a = json_array();
	for (size_t i = 0; i < n; i++)
		json_array_append_new(a,
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
	return a;
}

static struct str
segment_id(const struct session *s, size_t i)
{
	size_t n;
	const struct session_segment *g = session_segments(s, &n);
	return i < n ? g[i].id : STR_NONE;
}

static json_t *
turns(const struct session *s, int64_t now)
{
	static const char *const states[] = {"running", "paused", "ended"};
	size_t n;
	const struct session_turn *t = session_turns(s, &n);
	json_t *a = json_array();
	for (size_t i = 0; i < n; i++) {
		json_t *o = json_pack("{s:I, s:o, s:o, s:o, s:s, s:s, s:o, s:s}", "turn",
			(json_int_t)t[i].id, "segment", text(segment_id(s, t[i].segment)), "person",
			text(t[i].person), "name", text(report_name(s, t[i].person)), "as",
			event_as_text(t[i].as), "attending", event_attending_text(t[i].attending),
			"about", text(t[i].about), "state", states[t[i].state]);
		json_object_set_new(o, "start_t", json_integer(t[i].started_t));
		json_object_set_new(o, "end_t", whole(t[i].ended_t));
		json_object_set_new(o, "allotted_ms", whole(t[i].allotted));
		json_object_set_new(o, "spoken_ms", json_integer(session_turn_elapsed(&t[i], now)));
		json_object_set_new(o, "paused_ms", json_integer(report_turn_paused(&t[i], now)));
		json_array_append_new(a, o);
	}
	return a;
}

static json_t *
notes(const struct session *s)
{
	size_t n;
	const struct session_note *x = session_notes(s, &n);
	json_t *a = json_array();
	for (size_t i = 0; i < n; i++) {
		if (!report_note_public(&x[i]))
			continue;
		json_array_append_new(
			a, json_pack("{s:I, s:I, s:o, s:o, s:o, s:o, s:o, s:s, s:o}", "note",
				   (json_int_t)x[i].id, "t", (json_int_t)x[i].t, "at",
				   text(x[i].at), "by", text(x[i].by), "turn",
				   x[i].turn ? json_integer(x[i].turn) : json_null(), "segment",
				   text(segment_id(s, x[i].segment)), "person", text(x[i].person),
				   "mark", event_mark_text(x[i].mark), "text", text(x[i].text)));
	}
	return a;
}

static json_t *
awards(const struct session *s)
{
	size_t n;
	const struct session_award *x = session_awards(s, &n);
	json_t *a = json_array();
	for (size_t i = 0; i < n; i++)
		json_array_append_new(
			a, json_pack("{s:o, s:o, s:o, s:I, s:o}", "segment",
				   text(segment_id(s, x[i].segment)), "recipient",
				   text(x[i].recipient), "presenters", texts(x[i].presenters), "t",
				   (json_int_t)x[i].t, "at", text(x[i].at)));
	return a;
}

static json_t *
marks(const struct session *s)
{
	size_t n;
	const struct session_mark *x = session_marks(s, &n);
	json_t *a = json_array();
	for (size_t i = 0; i < n; i++)
		json_array_append_new(
			a, json_pack("{s:I, s:s, s:o, s:o, s:I, s:o}", "mark", (json_int_t)x[i].id,
				   "what", event_what_text(x[i].what), "text", text(x[i].text),
				   "segment", text(segment_id(s, x[i].segment)), "t",
				   (json_int_t)x[i].t, "at", text(x[i].at)));
	return a;
}

void
json_write(struct buf *out, const struct session *s, const struct report_options *o)
{
	json_t *root = json_pack("{s:b, s:b, s:b, s:o, s:I, s:o}", "draft", 1, "closed",
		session_closed(s), "rehearsal", session_rehearsal(s), "damage",
		o->damage.n ? text(o->damage) : json_null(), "t", (json_int_t)o->now_t, "forum",
		forum(session_forum(s)));
	json_object_set_new(root, "began_wall_ms", json_integer(session_began_wall(s)));
	json_object_set_new(root, "people", people(s, o->now_t));
	json_object_set_new(root, "segments", segments(s, o->now_t));
	json_object_set_new(root, "turns", turns(s, o->now_t));
	json_object_set_new(root, "notes", notes(s));
	json_object_set_new(root, "awards", awards(s));
	json_object_set_new(root, "marks", marks(s));
	char *dumped = json_dumps(root, JSON_INDENT(2));
	struct buf raw = {0};
	buf_puts(&raw, dumped ? dumped : "{}");
	text_json(out, buf_view(&raw));
	buf_char(out, '\n');
	buf_finish(&raw);
	free(dumped);
	json_decref(root);
}
