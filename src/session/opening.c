/*
 * The opening of a log. The whole agenda stands in session.open; but a line of
 * the log has a limit and a roster has not, so people whom no segment names
 * follow one by one where there is no room for them.
 */
#include <stdlib.h>
#include <string.h>

#include "internal.h"

/* Leaves room in the line for the envelope, the seal and the other fields. */
enum { FORUM_MAX = EVENT_LINE_MAX - 1024 };

static bool
named_by_a_segment(const struct state *st, struct str id)
{
	for (size_t i = 0; i < st->segments_n; i++) {
		const struct session_segment *g = &st->segments[i];
		if (people_listed(g->speakers, id) || people_listed(g->recipients, id) ||
			people_listed(g->presenters, id) || people_listed(g->invited, id))
			return true;
	}
	return false;
}

/* The people as they stand in the forum's text; the same order as the state's. */
static struct event_list
people_texts(struct arena *a, struct str people, size_t n)
{
	struct canon_reader r = canon_read(people);
	struct str *texts = arena_alloc(a, (n + 1) * sizeof *texts);
	size_t i = 0;
	if (canon_enter(&r, '['))
		while (canon_more(&r, ']') && i < n)
			canon_take_any(&r, &texts[i++]);
	return (struct event_list){texts, i};
}

/* Marks who stays in session.open: those named by segments, then the rest in order while `room`
 * bytes last. */
static bool
choose(const struct state *st, struct event_list texts, size_t room, bool *stays)
{
	size_t used = 0;
	for (size_t i = 0; i < texts.n; i++) {
		stays[i] = named_by_a_segment(st, people_at(st, i)->id);
		used += stays[i] ? texts.items[i].n + 1 : 0;
	}
	if (used > room)
		return false;
	for (size_t i = 0; i < texts.n; i++) {
		if (stays[i])
			continue;
		if (used + texts.items[i].n + 1 > room)
			break;
		stays[i] = true;
		used += texts.items[i].n + 1;
	}
	return true;
}

static void
write_forum(struct buf *out, struct str forum, struct event_list texts, const bool *stays)
{
	struct canon_reader r = canon_read(forum);
	struct canon_writer w = {out, false};
	struct arena a = {0};
	struct str key, value;
	canon_open(&w, '{');
	if (canon_enter(&r, '{')) {
		while (canon_more(&r, '}') && canon_next_key(&r, &a, &key) &&
			canon_take_any(&r, &value)) {
			char *z = str_dup(key);
			canon_key(&w, z);
			free(z);
			if (!str_is(key, "people")) {
				canon_raw(&w, value);
				continue;
			}
			canon_open(&w, '[');
			for (size_t i = 0; i < texts.n; i++)
				if (stays[i])
					canon_raw(&w, texts.items[i]);
			canon_close(&w, ']');
		}
	}
	canon_close(&w, '}');
	arena_finish(&a);
}

static struct str
people_of(struct str forum, struct arena *a)
{
	struct canon_reader r = canon_read(forum);
	struct str key, value;
	if (canon_enter(&r, '{'))
		while (canon_more(&r, '}') && canon_next_key(&r, a, &key) &&
			canon_take_any(&r, &value))
			if (str_is(key, "people"))
				return value;
	return STR("[]");
}

static void
add_rest(struct events *out, const struct state *st, const bool *stays, struct event like)
{
	for (size_t i = 0; i < list_n(st, LIST_PEOPLE); i++) {
		if (stays[i])
			continue;
		const struct session_person *p = people_at(st, i);
		struct event e = event_make(EVENT_PERSON_ADD);
		e.at = like.at;
		e.by = like.by;
		e.t = 0;
		e.seq = (int64_t)out->n;
		e.person.person = p->id;
		e.person.name = p->name;
		e.person.title = p->title;
		e.person.affiliation = p->affiliation;
		e.person.role = p->role;
		e.person.attending = p->attending;
		e.person.pinyin = p->pinyin;
		e.person.note = p->note;
		struct event kept = event_copy(&out->arena, &e);
		VEC_PUSH(out->items, out->n, out->cap, kept);
	}
}

bool
session_opening(struct events *out, struct str app, struct str forum, bool rehearsal, struct str at,
	struct str by, const char **why)
{
	struct event e = event_make(EVENT_SESSION_OPEN);
	e.seq = e.t = 0;
	e.at = at;
	e.by = by;
	e.open.format = 1;
	e.open.app = app;
	e.open.rehearsal = rehearsal;
	e.open.forum = forum;
	struct session *whole = session_create();
	out->n = 0;
	bool ok = session_apply(whole, &e, why) == 0;
	if (ok && forum.n > FORUM_MAX) {
		struct arena a = {0};
		struct buf trimmed = {0};
		struct str people = people_of(forum, &a);
		struct event_list texts = people_texts(&a, people, list_n(&whole->st, LIST_PEOPLE));
		bool *stays = arena_alloc(&a, texts.n + 1);
		size_t rest = forum.n - people.n;
		ok = rest < FORUM_MAX && choose(&whole->st, texts, FORUM_MAX - rest, stays);
		if (ok) {
			write_forum(&trimmed, forum, texts, stays);
			e.open.forum = arena_str(&out->arena, buf_view(&trimmed));
			VEC_PUSH(out->items, out->n, out->cap, e);
			add_rest(out, &whole->st, stays, e);
		} else {
			*why = N_("the agenda without its roster is longer than 63 KiB; shorten "
				  "its texts");
		}
		buf_finish(&trimmed);
		arena_finish(&a);
	} else if (ok) {
		VEC_PUSH(out->items, out->n, out->cap, e);
	}
	session_destroy(whole);
	return ok;
}
