/* The state of a session as one JSON object (formats.md 4), for status bars, stream decks and
 * whoever reads along. */
#include <stdlib.h>
#include <string.h>

#include <jansson.h>

#include "dais/text.h"
#include "internal.h"

static json_t *
text(struct str s)
{
	return json_stringn(s.p ? s.p : "", s.n);
}

static json_t *
wall(int64_t ms, int64_t zone)
{
	if (ms == EVENT_NO)
		return json_null();
	struct buf iso = {0};
	clock_iso(&iso, ms, zone);
	json_t *value = json_string(iso.p);
	buf_finish(&iso);
	return value;
}

static json_t *
whole(int64_t v)
{
	return v == EVENT_NO ? json_null() : json_integer(v);
}

static json_t *
segment(const struct session *s, int64_t t)
{
	size_t n, now = session_segment_now(s);
	const struct session_segment *g = session_segments(s, &n);
	if (now == SIZE_MAX)
		return json_null();
	g += now;
	return json_pack("{s:o, s:s, s:o, s:I, s:I, s:i, s:i}", "id", text(g->id), "kind",
		segment_kind_text(g->kind), "title", text(g->title), "elapsed_ms",
		(json_int_t)session_segment_elapsed(s, now, t), "budget_ms",
		(json_int_t)g->budget_ms, "number", g->number, "of", g->of);
}

static json_t *
floor_now(const struct session *s, int64_t t)
{
	static const char *const states[] = {"running", "paused", "ended"};
	const struct session_turn *turn = session_floor(s);
	if (!turn)
		return json_null();
	const struct session_person *p = session_person(s, turn->person);
	return json_pack("{s:I, s:o, s:o, s:o, s:o, s:s, s:s, s:I, s:o}", "turn",
		(json_int_t)turn->id, "person", text(p->id), "name", text(p->name), "title",
		text(p->title), "affiliation", text(p->affiliation), "as", event_as_text(turn->as),
		"state", states[turn->state], "elapsed_ms",
		(json_int_t)session_turn_elapsed(turn, t), "allotted_ms", whole(turn->allotted));
}

static json_t *
queue(const struct session *s, int64_t t)
{
	size_t n;
	const struct session_entry *q = session_queue(s, &n);
	json_t *list = json_array();
	for (size_t i = 0; i < n; i++) {
		const struct session_person *p = session_person(s, q[i].person);
		json_array_append_new(list,
			json_pack("{s:I, s:o, s:o, s:s, s:s, s:o, s:I, s:I, s:I}", "entry",
				(json_int_t)q[i].id, "person", text(p->id), "name", text(p->name),
				"as", event_as_text(q[i].as), "attending",
				event_attending_text(q[i].attending), "about", text(q[i].about),
				"waiting_ms", (json_int_t)(t - q[i].since), "spoken",
				(json_int_t)p->point_spoken, "spoken_ms", (json_int_t)p->point_ms));
	}
	return list;
}

static json_t *
next(const struct session *s)
{
	static const char *const whys[] = {[NEXT_NOBODY] = "",
		[NEXT_RESUMES] = "resumes",
		[NEXT_ORDER] = "order",
		[NEXT_QUESTION] = "question",
		[NEXT_REPLY] = "reply",
		[NEXT_FIRST] = "first",
		[NEXT_UNHEARD] = "unheard-first",
		[NEXT_ALTERNATE] = "alternate",
		[NEXT_SPEAKER] = "speaker"};
	struct session_next who = session_next(s);
	if (who.why == NEXT_NOBODY)
		return json_null();
	return json_pack("{s:o, s:s, s:o, s:o}", "entry",
		who.entry ? json_integer(who.entry) : json_null(), "why", whys[who.why], "person",
		text(who.person), "name", text(session_person(s, who.person)->name));
}

/* Before the end of a time, the longest first. */
static json_t *
warnings(const struct session_rules *rules)
{
	json_t *list = json_array();
	for (size_t i = 0; i < rules->warns; i++)
		json_array_append_new(list, json_integer((json_int_t)rules->warn[i]));
	return list;
}

static size_t
public_notes(const struct session *s)
{
	size_t count = 0;
	size_t n = session_note_count(s);
	for (size_t i = 0; i < n; i++)
		count += session_note_at(s, i)->lane == LANE_SESSION &&
			 !session_note_at(s, i)->removed;
	return count;
}

static json_t *
console_list(const struct session *s, const struct status_console *consoles, size_t n)
{
	json_t *list = json_array();
	for (size_t i = 0; i < n; i++)
		json_array_append_new(
			list, json_pack("{s:o, s:o, s:o}", "name", text(consoles[i].name), "role",
				      text(consoles[i].role), "since",
				      wall(consoles[i].since_wall, session_zone(s))));
	return list;
}

void
status_json(struct buf *out, const struct host *h, struct str name,
	const struct status_console *consoles, size_t n)
{
	const struct session *s = host_session(h);
	int64_t t = host_now(h);
	json_t *root = json_pack("{s:o, s:o, s:I, s:I, s:b, s:I, s:I, s:o}", "session", text(name),
		"title", text(session_forum(s)->title), "seq",
		(json_int_t)(session_next_seq(s, LANE_SESSION) - 1), "synced",
		(json_int_t)host_synced(h, LANE_SESSION), "saved",
		!host_trouble(h) && host_all_saved(h), "t", (json_int_t)t, "offset_ms",
		(json_int_t)session_offset_ms(s, t), "expected_end",
		wall(session_expected_end(s, t), session_zone(s)));
	json_object_set_new(root, "closed", json_boolean(session_closed(s)));
	json_object_set_new(root, "rehearsal", json_boolean(session_rehearsal(s)));
	json_object_set_new(root, "factor", json_integer((json_int_t)host_factor(h)));
	json_object_set_new(root, "warn_ms", warnings(session_rules(s)));
	json_object_set_new(root, "overtime_bell_ms",
		json_integer((json_int_t)session_rules(s)->overtime_bell));
	json_object_set_new(root, "segment", segment(s, t));
	json_object_set_new(root, "floor", floor_now(s, t));
	json_object_set_new(root, "queue", queue(s, t));
	json_object_set_new(root, "next", next(s));
	json_object_set_new(root, "consoles", console_list(s, consoles, n));
	json_object_set_new(root, "people", json_integer((json_int_t)session_person_count(s)));
	json_object_set_new(root, "notes", json_integer((json_int_t)public_notes(s)));
	char *dumped = json_dumps(root, JSON_COMPACT);
	text_json(out, str_of(dumped ? dumped : "{}"));
	free(dumped);
	json_decref(root);
}
