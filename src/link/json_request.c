/*
 * Requests and answers as one JSON object a line. What comes in is hostile
 * until it is read: how deep it goes is known before a recursive parser sees
 * it, every field has one type, no field comes twice, and fields that this
 * version does not know mean nothing.
 */
#include <jansson.h>

#include "dais/utf8.h"
#include "internal.h"

enum { ID_MAX = 256 };

static bool
is_shallow(struct str line)
{
	int depth = 0;
	bool quoted = false;
	for (size_t i = 0; i < line.n; i++) {
		char c = line.p[i];
		if (quoted) {
			if (c == '\\')
				i++;
			else if (c == '"')
				quoted = false;
		} else if (c == '"') {
			quoted = true;
		} else if (c == '{' || c == '[') {
			if (++depth > LINK_DEPTH_MAX)
				return false;
		} else if (c == '}' || c == ']') {
			depth--;
		}
	}
	return true;
}

static json_t *
object_load(struct str line)
{
	if (line.n > EVENT_LINE_MAX || !utf8_valid(line, NULL) || !is_shallow(line))
		return NULL;
	json_t *o = json_loadb(line.p, line.n, JSON_REJECT_DUPLICATES, NULL);
	if (!json_is_object(o)) {
		json_decref(o);
		return NULL;
	}
	return o;
}

/* Not there is fine and leaves *out alone; there with another type, or too long, is not. */
static bool
take_text(const json_t *o, const char *key, size_t most, struct arena *a, struct str *out)
{
	const json_t *v = json_object_get(o, key);
	if (!v)
		return true;
	if (!json_is_string(v) || json_string_length(v) > most)
		return false;
	*out = arena_str(a, (struct str){json_string_value(v), json_string_length(v)});
	return true;
}

static bool
take_int(const json_t *o, const char *key, int64_t most, int64_t *out)
{
	const json_t *v = json_object_get(o, key);
	if (!v)
		return true;
	if (!json_is_integer(v) || json_integer_value(v) < 0 || json_integer_value(v) > most)
		return false;
	*out = json_integer_value(v);
	return true;
}

static bool
take_words(const json_t *v, struct arena *a, struct event_list *out)
{
	size_t n = json_array_size(v);
	if (!json_is_array(v) || n == 0)
		return false;
	struct str *items = arena_alloc(a, n * sizeof *items);
	for (size_t i = 0; i < n; i++) {
		const json_t *word = json_array_get(v, i);
		if (!json_is_string(word))
			return false;
		items[i] = arena_str(a,
			(struct str){json_string_value(word), json_string_length(word)});
	}
	*out = (struct event_list){items, n};
	return true;
}

/* Exactly one of them says what is wanted. */
static bool
take_kind(const json_t *o, struct arena *a, struct request *out)
{
	const json_t *words = json_object_get(o, "words");
	struct str get = STR_NONE, follow = STR_NONE;
	if (!take_text(o, "do", EVENT_LINE_MAX, a, &out->line) ||
		!take_text(o, "get", ID_MAX, a, &get) ||
		!take_text(o, "follow", ID_MAX, a, &follow))
		return false;
	if ((words != NULL) + (out->line.p != NULL) + (get.p != NULL) + (follow.p != NULL) != 1)
		return false;
	if (words)
		return take_words(words, a, &out->words);
	if (get.p)
		out->kind = REQUEST_STATUS;
	else if (follow.p)
		out->kind = REQUEST_FOLLOW;
	return out->line.p || str_is(get.p ? get : follow, "status");
}

bool
request_read(struct request *out, struct str line, struct arena *a)
{
	*out = (struct request){.kind = REQUEST_COMMAND};
	json_t *o = object_load(line);
	bool good = o && take_kind(o, a, out) && take_text(o, "id", ID_MAX, a, &out->id) &&
		take_text(o, "by", EVENT_NAME_MAX, a, &out->by);
	json_decref(o);
	return good;
}

bool
answer_read(struct answer *out, struct str line, struct arena *a)
{
	*out = (struct answer){.seq = EVENT_NO};
	int64_t column = 0;
	json_t *o = object_load(line);
	const json_t *ok = json_object_get(o, "ok");
	bool good = json_is_boolean(ok) && take_text(o, "id", ID_MAX, a, &out->id) &&
		take_int(o, "seq", EVENT_INT_MAX, &out->seq) &&
		take_text(o, "refused", ID_MAX, a, &out->refused) &&
		take_text(o, json_is_true(ok) ? "text" : "why", EVENT_LINE_MAX, a, &out->why) &&
		take_int(o, "column", EVENT_LINE_MAX, &column);
	out->ok = json_is_true(ok);
	out->column = (int)column;
	json_decref(o);
	return good && out->ok == (out->refused.n == 0);
}

static void
put_code(struct buf *out, uint32_t code)
{
	if (code > 0xffff) {
		code -= 0x10000;
		buf_printf(out, "\\u%04x", (unsigned)(0xd800 | code >> 10));
		code = 0xdc00 | (code & 0x3ff);
	}
	buf_printf(out, "\\u%04x", (unsigned)code);
}

/* Safe to cat, like the log; bytes that are no text stay, and the reader decides about them. */
static void
put_text(struct buf *out, struct str s)
{
	uint32_t code;
	buf_char(out, '"');
	for (size_t at = 0, n; at < s.n; at += n ? n : 1) {
		n = utf8_read(str_from(s, at), &code);
		if (n == 0) {
			buf_char(out, s.p[at]);
		} else if (utf8_hidden(code)) {
			put_code(out, code);
		} else {
			if (code == '"' || code == '\\')
				buf_char(out, '\\');
			buf_put(out, s.p + at, n);
		}
	}
	buf_char(out, '"');
}

static void
put_field(struct buf *out, const char *key, struct str value)
{
	if (!value.p)
		return;
	if (out->n > 0 && out->p[out->n - 1] != '{')
		buf_char(out, ',');
	buf_char(out, '"');
	buf_puts(out, key);
	buf_puts(out, "\":");
	put_text(out, value);
}

static void
put_number(struct buf *out, const char *key, int64_t value)
{
	buf_puts(out, ",\"");
	buf_puts(out, key);
	buf_puts(out, "\":");
	buf_int(out, value);
}

static void
put_words(struct buf *out, struct event_list words)
{
	buf_puts(out, "\"words\":[");
	for (size_t i = 0; i < words.n; i++) {
		if (i > 0)
			buf_char(out, ',');
		put_text(out, words.items[i]);
	}
	buf_char(out, ']');
}

void
request_write(struct buf *out, const struct request *r)
{
	buf_char(out, '{');
	if (r->kind == REQUEST_STATUS)
		put_field(out, "get", STR("status"));
	else if (r->kind == REQUEST_FOLLOW)
		put_field(out, "follow", STR("status"));
	else if (r->words.n > 0)
		put_words(out, r->words);
	else
		put_field(out, "do", r->line.p ? r->line : STR(""));
	put_field(out, "id", r->id);
	put_field(out, "by", r->by);
	buf_puts(out, "}\n");
}

void
answer_write(struct buf *out, const struct answer *a)
{
	buf_char(out, '{');
	put_field(out, "id", a->id);
	if (a->id.p)
		buf_char(out, ',');
	buf_puts(out, a->ok ? "\"ok\":true" : "\"ok\":false");
	if (a->ok && a->seq >= 0)
		put_number(out, "seq", a->seq);
	if (a->ok && a->why.n)
		put_field(out, "text", a->why);
	if (!a->ok) {
		put_field(out, "refused", a->refused);
		put_field(out, "why", a->why);
		if (a->column > 0)
			put_number(out, "column", a->column);
	}
	buf_char(out, '}');
}
