/*
 * A line is its first key and the fields behind it: one table of keys serves
 * every kind, in both directions, so that writer and reader cannot disagree.
 */
#include "message.h"

#include <string.h>

#include "dais/canon.h"

enum { WHO_MAX = 1024 };

static const struct kind {
	const char *key;
	bool text;
} kinds[MESSAGE_COUNT] = {
	[MESSAGE_HELLO] = {"hello", false},
	[MESSAGE_WELCOME] = {"welcome", false},
	[MESSAGE_ASK] = {"ask", true},
	[MESSAGE_ANSWER] = {"answer", true},
	[MESSAGE_PING] = {"ping", false},
	[MESSAGE_PONG] = {"pong", false},
	[MESSAGE_TYPING] = {"typing", false},
	[MESSAGE_LANE] = {"lane", true},
	[MESSAGE_LIVE] = {"live", false},
	[MESSAGE_HERE] = {"here", false},
	[MESSAGE_POST] = {"post", false},
	[MESSAGE_KEY] = {"key", true},
	[MESSAGE_KEPT] = {"kept", false},
	[MESSAGE_HELD] = {"held", false},
	[MESSAGE_STABLE] = {"stable", false},
	[MESSAGE_BYE] = {"bye", true},
	[MESSAGE_REFUSED] = {"refused", true},
	[MESSAGE_RELAY] = {"relay", false},
};

struct field {
	const char *key;
	size_t at;
	bool text;
};

#define TEXT(key, member)                                                                          \
	{                                                                                          \
		key, offsetof(struct message, member), true                                        \
	}
#define NUMBER(key, member)                                                                        \
	{                                                                                          \
		key, offsetof(struct message, member), false                                       \
	}
static const struct field fields[] = {
	TEXT("session", session),
	TEXT("seat", seat),
	TEXT("name", name),
	TEXT("id", id),
	TEXT("log", log),
	NUMBER("epoch", epoch),
	NUMBER("seq", seq),
	TEXT("hash", hash),
	NUMBER("chairs", chairs),
	NUMBER("copies", copies),
	TEXT("chairs_hash", chairs_hash),
	TEXT("do", line),
	NUMBER("made", made),
	NUMBER("late", late),
	NUMBER("typed", typed),
	TEXT("of", of),
	TEXT("code", code),
	TEXT("why", why),
	NUMBER("column", column),
	NUMBER("now", now),
	NUMBER("t", t),
	NUMBER("pace", pace),
	TEXT("text", posted),
};

#define WHO_TEXT(key, member)                                                                      \
	{                                                                                          \
		key, offsetof(struct message_who, member), true                                    \
	}
#define WHO_NUMBER(key, member)                                                                    \
	{                                                                                          \
		key, offsetof(struct message_who, member), false                                   \
	}
static const struct field who_fields[] = {
	WHO_TEXT("name", name),
	WHO_TEXT("seat", seat),
	WHO_NUMBER("since", since),
	WHO_NUMBER("rtt", rtt),
	WHO_NUMBER("quiet", quiet),
	WHO_NUMBER("typing", typing),
};
enum {
	FIELDS = sizeof fields / sizeof *fields,
	WHO_FIELDS = sizeof who_fields / sizeof *who_fields
};

static struct str *
text_at(void *of, const struct field *f)
{
	return (struct str *)(void *)((char *)of + f->at);
}

static int64_t *
number_at(void *of, const struct field *f)
{
	return (int64_t *)(void *)((char *)of + f->at);
}

static void
fields_clear(void *of, const struct field *table, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (!table[i].text)
			*number_at(of, &table[i]) = EVENT_NO;
}

struct message
message_make(enum message_kind kind)
{
	struct message m = {.kind = kind};
	fields_clear(&m, fields, FIELDS);
	return m;
}

static void
fields_write(struct canon_writer *w, const void *of, const struct field *table, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		void *at = (void *)(uintptr_t)of;
		if (table[i].text && text_at(at, &table[i])->p)
			canon_key_str(w, table[i].key, *text_at(at, &table[i]));
		else if (!table[i].text && *number_at(at, &table[i]) >= 0)
			canon_key_int(w, table[i].key, *number_at(at, &table[i]));
	}
}

void
message_write(struct buf *out, const struct message *m)
{
	struct canon_writer w = {.out = out};
	canon_open(&w, '{');
	if (kinds[m->kind].text)
		canon_key_str(&w, kinds[m->kind].key, m->text);
	else
		canon_key_int(&w, kinds[m->kind].key, m->n);
	fields_write(&w, m, fields, FIELDS);
	if (m->who) {
		canon_key(&w, "who");
		canon_open(&w, '[');
		for (size_t i = 0; i < m->who_n; i++) {
			canon_open(&w, '{');
			fields_write(&w, &m->who[i], who_fields, WHO_FIELDS);
			canon_close(&w, '}');
		}
		canon_close(&w, ']');
	}
	canon_close(&w, '}');
	buf_char(out, '\n');
}

static const struct field *
field_of(struct str key, const struct field *table, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (str_is(key, table[i].key))
			return &table[i];
	return NULL;
}

/* A field of a later version means nothing here; a known one has its type. */
static bool
field_take(struct canon_reader *r, struct arena *a, const struct field *f, void *of)
{
	struct str any;
	if (!f)
		return canon_take_any(r, &any);
	if (f->text)
		return canon_take_str(r, a, text_at(of, f));
	return canon_take_int(r, number_at(of, f)) && *number_at(of, f) >= 0;
}

static bool
who_take(struct canon_reader *r, struct arena *a, struct message *m)
{
	struct message_who *items = NULL;
	if (!canon_enter(r, '['))
		return false;
	while (canon_more(r, ']')) {
		struct str key;
		if (m->who_n == WHO_MAX || !canon_enter(r, '{'))
			return false;
		if (!items)
			items = arena_alloc(a, WHO_MAX * sizeof *items);
		struct message_who *w = &items[m->who_n++];
		fields_clear(w, who_fields, WHO_FIELDS);
		while (canon_more(r, '}'))
			if (!canon_next_key(r, a, &key) ||
				!field_take(r, a, field_of(key, who_fields, WHO_FIELDS), w))
				return false;
	}
	m->who = items;
	return r->ok;
}

static bool
kind_take(struct canon_reader *r, struct arena *a, struct str key, struct message *m)
{
	for (size_t i = 0; i < MESSAGE_COUNT; i++) {
		if (!str_is(key, kinds[i].key))
			continue;
		*m = message_make((enum message_kind)i);
		return kinds[i].text ? canon_take_str(r, a, &m->text)
				     : canon_take_int(r, &m->n) && m->n >= 0;
	}
	return false;
}

/* A key that comes twice is seen by the reader of any value, which walks the line once before. */
static bool
is_canonical(struct str line)
{
	struct canon_reader r = canon_read(line);
	struct str any;
	return canon_peek(&r) == '{' && canon_take_any(&r, &any) && canon_done(&r);
}

bool
message_read(struct message *out, struct str line, struct arena *a)
{
	struct canon_reader r = canon_read(line);
	struct str key;
	*out = message_make(MESSAGE_COUNT);
	if (line.n > EVENT_LINE_MAX || !is_canonical(line) || !canon_enter(&r, '{') ||
		!canon_more(&r, '}') || !canon_next_key(&r, a, &key) || !kind_take(&r, a, key, out))
		return false;
	while (canon_more(&r, '}')) {
		if (!canon_next_key(&r, a, &key))
			return false;
		bool good = str_is(key, "who")
				    ? who_take(&r, a, out)
				    : field_take(&r, a, field_of(key, fields, FIELDS), out);
		if (!good)
			return false;
	}
	return canon_done(&r);
}
