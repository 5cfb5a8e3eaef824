/*
 * The one way to write a value as JSON, so that a log's bytes can be sealed and
 * compared. Since every value has one text, two keys are equal where their
 * bytes are, and the reader need not decode to find a duplicate.
 */
#include "dais/canon.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "dais/utf8.h"

#define INT_LIMIT ((int64_t)1 << 53)

enum { DEPTH_MAX = 16, ESCAPE = 6 };

static void
put_escape(struct buf *out, uint32_t unit)
{
	static const char hex[] = "0123456789abcdef";
	const char text[ESCAPE] = {'\\', 'u', hex[unit >> 12 & 15], hex[unit >> 8 & 15],
		hex[unit >> 4 & 15], hex[unit & 15]};
	buf_put(out, text, sizeof text);
}

static void
put_hidden(struct buf *out, uint32_t code)
{
	if (code > 0xffff) {
		put_escape(out, 0xd800 + ((code - 0x10000) >> 10));
		put_escape(out, 0xdc00 + ((code - 0x10000) & 0x3ff));
	} else {
		put_escape(out, code);
	}
}

void
canon_put_str(struct buf *out, struct str s)
{
	buf_char(out, '"');
	for (size_t at = 0; at < s.n;) {
		uint32_t code;
		size_t n = utf8_read(str_from(s, at), &code);
		if (n == 0) {
			buf_puts(out, "\xef\xbf\xbd");
			n = 1;
		} else if (utf8_hidden(code)) {
			put_hidden(out, code);
		} else {
			if (code == '"' || code == '\\')
				buf_char(out, '\\');
			buf_put(out, s.p + at, n);
		}
		at += n;
	}
	buf_char(out, '"');
}

/* A value or a key follows: the comma that parts it from the one before. */
static void
part(struct canon_writer *w)
{
	if (w->comma)
		buf_char(w->out, ',');
	w->comma = true;
}

void
canon_open(struct canon_writer *w, char bracket)
{
	part(w);
	buf_char(w->out, bracket);
	w->comma = false;
}

void
canon_close(struct canon_writer *w, char bracket)
{
	buf_char(w->out, bracket);
	w->comma = true;
}

void
canon_key(struct canon_writer *w, const char *key)
{
	part(w);
	canon_put_str(w->out, str_of(key));
	buf_char(w->out, ':');
	w->comma = false;
}

void
canon_int(struct canon_writer *w, int64_t v)
{
	assert(v > -INT_LIMIT && v < INT_LIMIT);
	part(w);
	buf_int(w->out, v);
}

void
canon_str(struct canon_writer *w, struct str s)
{
	part(w);
	canon_put_str(w->out, s);
}

void
canon_bool(struct canon_writer *w, bool v)
{
	part(w);
	buf_puts(w->out, v ? "true" : "false");
}

void
canon_raw(struct canon_writer *w, struct str canonical)
{
	part(w);
	buf_str(w->out, canonical);
}

void
canon_key_int(struct canon_writer *w, const char *key, int64_t v)
{
	canon_key(w, key);
	canon_int(w, v);
}

void
canon_key_str(struct canon_writer *w, const char *key, struct str s)
{
	canon_key(w, key);
	canon_str(w, s);
}

struct canon_reader
canon_read(struct str in)
{
	return (struct canon_reader){.in = {in.p ? in.p : "", in.n}, .ok = true};
}

static bool
fail(struct canon_reader *r)
{
	r->ok = false;
	return false;
}

/* The byte at the reader's place, or -1 behind the end. */
static int
byte(const struct canon_reader *r)
{
	return r->at < r->in.n ? (unsigned char)r->in.p[r->at] : -1;
}

static bool
digit(int c)
{
	return c >= '0' && c <= '9';
}

char
canon_peek(const struct canon_reader *r)
{
	int c = r->ok ? byte(r) : -1;
	if (digit(c) || c == '-')
		return '0';
	switch (c) {
	case '{':
	case '[':
	case '"':
	case 't':
	case 'f':
	case 'n':
	case ']':
	case '}':
		return (char)c;
	default:
		return 0;
	}
}

bool
canon_take(struct canon_reader *r, const char *text)
{
	if (!r->ok)
		return false;
	const char *p = r->in.p + r->at;
	size_t n = 0, left = r->in.n - r->at;
	for (; text[n]; n++)
		if (n == left || p[n] != text[n])
			return fail(r);
	r->at += n;
	return true;
}

bool
canon_take_int(struct canon_reader *r, int64_t *out)
{
	if (!r->ok)
		return false;
	const char *p = r->in.p;
	size_t at = r->at, n = r->in.n;
	bool minus = at < n && p[at] == '-';
	at += minus;
	size_t start = at;
	int64_t v = 0;
	for (; at < n && digit(p[at]) && v < INT_LIMIT; at++)
		v = v * 10 + (p[at] - '0');
	r->at = at;
	bool zero = at > start && p[start] == '0';
	if (at == start || v >= INT_LIMIT || (zero && (minus || at > start + 1)))
		return fail(r);
	*out = minus ? -v : v;
	return true;
}

bool
canon_take_bool(struct canon_reader *r, bool *out)
{
	*out = byte(r) == 't';
	return canon_take(r, *out ? "true" : "false");
}

/* Four lower-case hexadecimal digits at the start of s, or -1. */
static int32_t
hex4(struct str s)
{
	int32_t v = 0;
	if (s.n < 4)
		return -1;
	for (size_t i = 0; i < 4; i++) {
		char c = s.p[i];
		if (!digit(c) && (c < 'a' || c > 'f'))
			return -1;
		v = v << 4 | (digit(c) ? c - '0' : c - 'a' + 10);
	}
	return v;
}

/* Reads the escape at the start of s; answers its length, or 0 where the writer would have written
 * something else. */
static size_t
escape(struct str s, uint32_t *code)
{
	if (s.n < 2)
		return 0;
	*code = (unsigned char)s.p[1];
	if (s.p[1] == '"' || s.p[1] == '\\')
		return 2;
	int32_t unit = s.p[1] == 'u' ? hex4(str_from(s, 2)) : -1;
	if (unit < 0 || (unit >= 0xdc00 && unit <= 0xdfff))
		return 0;
	*code = (uint32_t)unit;
	if (unit < 0xd800 || unit > 0xdfff)
		return utf8_hidden(*code) ? ESCAPE : 0;
	struct str rest = str_from(s, ESCAPE);
	int32_t low = str_starts(rest, STR("\\u")) ? hex4(str_from(rest, 2)) : -1;
	if (low < 0xdc00 || low > 0xdfff)
		return 0;
	*code = 0x10000 + ((uint32_t)(unit - 0xd800) << 10) + (uint32_t)(low - 0xdc00);
	return utf8_hidden(*code) ? 2 * ESCAPE : 0;
}

/* One character of a string at the start of s, escaped or not; answers its length, or 0 where it is
 * not canonical. */
static size_t
character(struct str s, uint32_t *code)
{
	if (s.n && s.p[0] == '\\')
		return escape(s, code);
	size_t n = utf8_read(s, code);
	return n && !utf8_hidden(*code) ? n : 0;
}

#define EACH(byte) ((uint64_t)0x0101010101010101 * (byte))

/* True if eight bytes are ASCII that stands for itself. A borrow can only make a byte look hidden
 * behind one that is. */
static bool
eight_plain(const char *p)
{
	uint64_t w;
	memcpy(&w, p, sizeof w);
	uint64_t quote = w ^ EACH('"'), slash = w ^ EACH('\\');
	uint64_t found = (w - EACH(0x20)) | (w + EACH(1)) | w | (quote - EACH(1)) | (slash - EACH(1));
	return !(found & EACH(0x80));
}

/* How many bytes at the start of p stand for themselves at the first look: ASCII, and what begins
 * like CJK, where nothing is hidden. */
static size_t
plain(const char *p, size_t n)
{
	const unsigned char *c = (const unsigned char *)p;
	size_t at = 0;
	for (;;) {
		while (n - at >= 8 && eight_plain(p + at))
			at += 8;
		while (at < n && c[at] >= 0x20 && c[at] < 0x7f && c[at] != '"' && c[at] != '\\')
			at++;
		size_t before = at;
		while (n - at >= 3 && c[at] >= 0xe3 && c[at] <= 0xec && (c[at + 1] & 0xc0) == 0x80 &&
			(c[at + 2] & 0xc0) == 0x80)
			at += 3;
		if (at == before)
			return at;
	}
}

/* Takes a string and answers what stands between its quotes, as it stands. */
static bool
take_raw(struct canon_reader *r, struct str *raw, bool *escaped)
{
	if (!r->ok || byte(r) != '"')
		return fail(r);
	const char *p = r->in.p;
	size_t start = r->at + 1, at = start, n = r->in.n;
	*escaped = false;
	for (;;) {
		uint32_t code;
		at += plain(p + at, n - at);
		if (at < n && p[at] == '"')
			break;
		size_t length = character((struct str){p + at, n - at}, &code);
		if (length == 0) {
			r->at = at;
			return fail(r);
		}
		*escaped |= p[at] == '\\';
		at += length;
	}
	*raw = (struct str){p + start, at - start};
	r->at = at + 1;
	return true;
}

/* What a string taken raw stands for. */
static struct str
decoded(struct str raw, struct arena *a)
{
	/* An escape is never shorter than what it stands for. */
	char *p = arena_alloc(a, raw.n + 1);
	size_t n = 0;
	for (size_t at = 0; at < raw.n;) {
		uint32_t code = 0;
		at += character(str_from(raw, at), &code);
		n += utf8_write(p + n, code);
	}
	return (struct str){p, n};
}

bool
canon_take_str(struct canon_reader *r, struct arena *a, struct str *out)
{
	bool escaped;
	if (!take_raw(r, out, &escaped))
		return false;
	if (escaped)
		*out = decoded(*out, a);
	return true;
}

/* A key and its colon. The writer's keys are C strings and so is what most readers of JSON make of
 * one: there is no NUL in it. */
static bool
take_key(struct canon_reader *r, struct str *raw, bool *escaped)
{
	if (!take_raw(r, raw, escaped))
		return false;
	for (size_t at = 0; *escaped && at < raw->n;) {
		uint32_t code = 0;
		at += character(str_from(*raw, at), &code);
		if (code == 0)
			return fail(r);
	}
	return canon_take(r, ":");
}

static int
by_bytes(const void *a, const void *b)
{
	return str_cmp(*(const struct str *)a, *(const struct str *)b);
}

static bool take_value(struct canon_reader *r);

/* An object's members. Its keys are sorted rather than compared in pairs, so that no line can make
 * us slow. */
static bool
take_object(struct canon_reader *r)
{
	struct str *keys = NULL, key;
	size_t n = 0, cap = 0;
	bool escaped;
	canon_enter(r, '{');
	while (canon_more(r, '}')) {
		if (!take_key(r, &key, &escaped) || !take_value(r))
			break;
		VEC_PUSH(keys, n, cap, key);
	}
	if (r->ok && n > 1) {
		qsort(keys, n, sizeof *keys, by_bytes);
		for (size_t i = 1; i < n; i++)
			if (str_eq(keys[i - 1], keys[i]))
				fail(r);
	}
	free(keys);
	return r->ok;
}

static bool
take_list(struct canon_reader *r)
{
	canon_enter(r, '[');
	while (canon_more(r, ']'))
		take_value(r);
	return r->ok;
}

static bool
take_value(struct canon_reader *r)
{
	struct str s;
	int64_t v;
	bool b;
	switch (canon_peek(r)) {
	case '{':
		return take_object(r);
	case '[':
		return take_list(r);
	case '"':
		return take_raw(r, &s, &b);
	case '0':
		return canon_take_int(r, &v);
	case 't':
	case 'f':
		return canon_take_bool(r, &b);
	case 'n':
		return canon_take(r, "null");
	default:
		return fail(r);
	}
}

bool
canon_take_any(struct canon_reader *r, struct str *out)
{
	size_t start = r->at;
	if (!take_value(r))
		return false;
	*out = (struct str){r->in.p + start, r->at - start};
	return true;
}

bool
canon_enter(struct canon_reader *r, char bracket)
{
	if (!r->ok || r->depth == DEPTH_MAX || byte(r) != bracket)
		return fail(r);
	r->at++;
	r->depth++;
	return true;
}

bool
canon_more(struct canon_reader *r, char closing)
{
	if (!r->ok)
		return false;
	/* No value ends with an opening bracket, so one behind us means that nothing was taken yet.
	 */
	bool first = r->at > 0 && (r->in.p[r->at - 1] == '{' || r->in.p[r->at - 1] == '[');
	if (byte(r) == closing) {
		assert(r->depth > 0);
		r->at++;
		r->depth--;
		return false;
	}
	return first ? byte(r) >= 0 || fail(r) : canon_take(r, ",");
}

bool
canon_next_key(struct canon_reader *r, struct arena *a, struct str *key)
{
	bool escaped;
	if (!take_key(r, key, &escaped))
		return false;
	if (escaped)
		*key = decoded(*key, a);
	return true;
}

bool
canon_done(const struct canon_reader *r)
{
	return r->ok && r->at == r->in.n && r->depth == 0;
}
