/*
 * Asks by their ids. They are never forgotten: a console may have been cut off
 * for the whole debate. Open addressing; an id is at most 64 bytes.
 */
#include <stdlib.h>
#include <string.h>

#include "dais/utf8.h"
#include "message.h"

struct asked_slot {
	struct str id;
	enum event_lane lane;
	int64_t seq;
};

/* FNV-1a; a console that made its ids collide would slow itself down by less than its rate allows.
 */
static size_t
hash_of(struct str s)
{
	uint64_t h = 14695981039346656037u;
	for (size_t i = 0; i < s.n; i++)
		h = (h ^ (unsigned char)s.p[i]) * 1099511628211u;
	return (size_t)(h ^ h >> 32);
}

static struct asked_slot *
slot_of(struct asked_slot *slots, size_t cap, struct str id)
{
	size_t i = hash_of(id) & (cap - 1);
	while (slots[i].id.p && !str_eq(slots[i].id, id))
		i = (i + 1) & (cap - 1);
	return &slots[i];
}

bool
asked_find(const struct asked *a, struct str id, enum event_lane *lane, int64_t *seq)
{
	const struct asked_slot *s = a->cap ? slot_of(a->slots, a->cap, id) : NULL;
	if (!s || !s->id.p)
		return false;
	*lane = s->lane;
	*seq = s->seq;
	return true;
}

static void
grow(struct asked *a)
{
	size_t cap = a->cap ? a->cap * 2 : 64;
	struct asked_slot *slots = xcalloc(cap, sizeof *slots);
	for (size_t i = 0; i < a->cap; i++)
		if (a->slots[i].id.p)
			*slot_of(slots, cap, a->slots[i].id) = a->slots[i];
	free(a->slots);
	a->slots = slots;
	a->cap = cap;
}

void
asked_set(struct asked *a, struct str id, enum event_lane lane, int64_t seq)
{
	if (a->n * 2 >= a->cap)
		grow(a);
	struct asked_slot *s = slot_of(a->slots, a->cap, id);
	if (!s->id.p) {
		s->id = arena_str(&a->arena, id);
		a->n++;
	}
	s->lane = lane;
	s->seq = seq;
}

void
asked_finish(struct asked *a)
{
	free(a->slots);
	arena_finish(&a->arena);
	*a = (struct asked){0};
}

bool
asked_valid(struct str id)
{
	if (id.n == 0 || id.n > LINK_ID_MAX)
		return false;
	for (size_t i = 0; i < id.n; i++) {
		char c = id.p[i];
		if (!((c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
			    c == '-' || c == '_'))
			return false;
	}
	return true;
}

bool
name_valid(struct str name)
{
	uint32_t code;
	if (name.n == 0 || name.n > EVENT_NAME_MAX || !utf8_valid(name, NULL))
		return false;
	for (size_t at = 0, n; at < name.n; at += n) {
		n = utf8_read(str_from(name, at), &code);
		if (utf8_hidden(code))
			return false;
	}
	return true;
}

struct str
request_id(struct str fields)
{
	/* A quote inside a text is written \", so this cannot stand in one. */
	struct str key = STR("\"req\":\"");
	const char *at = fields.n ? memmem(fields.p, fields.n, key.p, key.n) : NULL;
	if (!at)
		return STR_NONE;
	struct str rest = str_from(fields, (size_t)(at - fields.p) + key.n);
	const char *end = memchr(rest.p, '"', rest.n);
	struct str id = end ? str_upto(rest, (size_t)(end - rest.p)) : STR_NONE;
	return asked_valid(id) ? id : STR_NONE;
}
