/*
 * Everybody, taken apart for finding: once, and again only who came or
 * changed. What the rule of the house says of them is looked up when the
 * session changes, not when a key is pressed.
 */
#include "match.h"

#include <stdlib.h>
#include <string.h>

const char *
known_letters(const struct known *k)
{
	return (const char *)(k->parts + k->parts_n);
}

/* ---- taking apart ---- */

static uint64_t
stamp_str(uint64_t h, struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		h = (h ^ (unsigned char)s.p[i]) * 1099511628211u;
	return (h ^ 0xff) * 1099511628211u;
}

static uint64_t
stamp_of(const struct session_person *p)
{
	uint64_t h = 14695981039346656037u;
	h = stamp_str(h, p->id);
	h = stamp_str(h, p->name);
	h = stamp_str(h, p->affiliation);
	return stamp_str(h, p->pinyin);
}

static bool
has_han(const struct spelling *s, size_t end)
{
	for (size_t i = 0; i < end; i++)
		if (spell_is_han(s->parts[i].code))
			return true;
	return false;
}

/* Answers whether the name has characters to be read. */
static bool
take_apart(struct roster *r, struct known *k, const struct session_person *p,
	const struct str readings[2])
{
	struct spelling *s = &r->spelling;
	s->n = 0;
	buf_reset(&s->letters);
	spell_text(s, p->name, PART_NAME);
	size_t end = s->n;
	spell_reading(s, 0, end, p->pinyin);
	for (int i = 0; i < 2; i++)
		spell_reading(s, 0, end, readings[i]);
	spell_text(s, p->id, PART_ID);
	spell_text(s, p->affiliation, PART_UNIT);
	size_t size = s->n * sizeof *k->parts;
	k->parts = xrealloc(k->parts, size + s->letters.n);
	k->parts_n = (uint32_t)s->n;
	if (size)
		memcpy(k->parts, s->parts, size);
	if (s->letters.n)
		memcpy((char *)k->parts + size, s->letters.p, s->letters.n);
	return has_han(s, end);
}

int
match_person(const struct session_person *p, struct str query)
{
	struct roster r = {0};
	struct known k = {0};
	struct query q = {0};
	if (!query.n)
		return FIT_EXACT;
	query_read(&q, query);
	take_apart(&r, &k, p, (struct str[2]){STR_NONE, STR_NONE});
	enum fit fit = q.n ? match_fit(&q, k.parts, k.parts_n, known_letters(&k)) : FIT_NONE;
	free(k.parts);
	roster_finish(&r);
	return fit == FIT_NONE ? -1 : (int)fit;
}

/* Whether one of the events since may have changed who is there, or their names. */
static bool
people_changed(struct roster *r, const struct session *s)
{
	size_t n = session_event_count(s);
	bool changed = !r->events || n < r->events;
	for (size_t i = r->events; !changed && i < n; i++) {
		enum event_kind kind = session_event_at(s, i)->kind;
		changed = kind == EVENT_PERSON_ADD || kind == EVENT_PERSON_SET ||
			  kind == EVENT_UNDO || kind == EVENT_SESSION_OPEN;
	}
	r->events = n;
	return changed;
}

void
roster_sync(struct roster *r, const struct session *s)
{
	if (!people_changed(r, s))
		return;
	size_t n = session_person_count(s);
	for (size_t i = n; i < r->n; i++) {
		r->unread -= r->known[i].unread;
		free(r->known[i].parts);
	}
	r->n = n < r->n ? n : r->n;
	for (size_t i = 0; i < n; i++) {
		const struct session_person *p = session_person_at(s, i);
		uint64_t stamp = stamp_of(p);
		if (i == r->n)
			VEC_PUSH(r->known, r->n, r->cap, (struct known){.stamp = ~stamp});
		struct known *k = &r->known[i];
		if (k->stamp == stamp)
			continue;
		r->unread -= k->unread;
		k->stamp = stamp;
		k->unread = take_apart(r, k, p, (struct str[2]){STR_NONE, STR_NONE});
		r->unread += k->unread;
	}
}

bool
roster_read(struct roster *r, const struct session *s, struct str id, struct str name,
	struct str names, struct str generic)
{
	roster_sync(r, s);
	const struct session_person *p = session_person(s, id);
	if (!p || !str_eq(p->name, name))
		return false;
	take_apart(r, &r->known[session_person_place(s, id)], p, (struct str[2]){names, generic});
	return true;
}

void
roster_finish(struct roster *r)
{
	for (size_t i = 0; i < r->n; i++)
		free(r->known[i].parts);
	free(r->known);
	spell_finish(&r->spelling);
	*r = (struct roster){0};
}

/* ---- the rule of the house ---- */

static struct known *
known_of(struct roster *r, const struct session *s, struct str id)
{
	size_t place = session_person_place(s, id);
	return place != SIZE_MAX ? &r->known[place] : NULL;
}

void
roster_group(struct roster *r, const struct session *s, enum event_as as)
{
	size_t n = session_person_count(s), now = session_segment_now(s);
	const struct session_turn *turn = session_floor(s);
	struct known *k;
	for (size_t i = 0; i < n; i++) {
		r->known[i].group =
			session_person_at(s, i)->point_spoken ? GROUP_HEARD : GROUP_UNHEARD;
		r->known[i].present = false;
	}
	if (turn && turn->state != TURN_ENDED && (k = known_of(r, s, turn->person)) != NULL) {
		k->group = GROUP_HEARD;
		k->present = true;
	}
	const struct session_entry *queue = session_queue(s, &n);
	for (size_t i = 0; i < n; i++)
		if (queue[i].as == as && (k = known_of(r, s, queue[i].person)) != NULL)
			k->present = true;
	const struct session_segment *segments = session_segments(s, &n);
	const struct event_list *invited = now < n ? &segments[now].invited : NULL;
	for (size_t i = 0; invited && i < invited->n; i++)
		if ((k = known_of(r, s, invited->items[i])) != NULL && k->group == GROUP_UNHEARD)
			k->group = GROUP_INVITED;
}
