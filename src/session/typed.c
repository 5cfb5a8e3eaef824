/*
 * Words as a shell parts them, from a keyboard with a Chinese input method:
 * whoever types 「－－as　question」 means `--as question`, and is not told to
 * switch keyboards in the middle of a debate.
 */
#include "typed.h"

#include "dais/utf8.h"

enum { FULL_FIRST = 0xff01, FULL_LAST = 0xff5e, FULL_SHIFT = 0xff01 - '!' };

/* Typographic quotes; these part words only where a pair embraces a whole one, and are text
 * elsewhere. */
static const struct pair {
	const char *open, *close;
} pairs[] = {
	{"“", "”"},
	{"‘", "’"},
	{"「", "」"},
	{"『", "』"},
	{"＂", "＂"},
	{"＇", "＇"},
	{"”", "”"},
};

size_t
typed_read(struct str s, uint32_t *code)
{
	size_t n = utf8_read(s, code);
	if (n == 0)
		return 0;
	if (*code >= FULL_FIRST && *code <= FULL_LAST)
		*code -= FULL_SHIFT;
	/* The hyphen, the dashes and the minus sign. */
	if ((*code >= 0x2010 && *code <= 0x2015) || *code == 0x2212)
		*code = '-';
	return n;
}

size_t
typed_blank(struct str s)
{
	if (s.n && (s.p[0] == ' ' || (s.p[0] >= '\t' && s.p[0] <= '\r')))
		return 1;
	struct str wide = STR("\xe3\x80\x80");
	return str_starts(s, wide) ? wide.n : 0;
}

void
typed_fold(struct buf *out, struct str s)
{
	uint32_t code = 0;
	char bytes[4];
	for (size_t n; (n = typed_read(s, &code)) > 0; s = str_from(s, n))
		buf_put(out, bytes, utf8_write(bytes, code));
	buf_str(out, s);
}

size_t
typed_dashes(struct str s)
{
	uint32_t code;
	size_t one = typed_read(s, &code);
	if (one == 0 || code != '-')
		return 0;
	size_t two = typed_read(str_from(s, one), &code);
	return two && code == '-' ? one + two : 0;
}

bool
typed_quote(struct str s)
{
	for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++)
		if (str_starts(s, str_of(pairs[i].open)))
			return true;
	return false;
}

static bool
ends(struct str s)
{
	return s.n == 0 || typed_blank(s) > 0;
}

/* The typographic quotes at `at` that embrace everything up to the next blank behind them; the
 * length with both, or 0. */
static size_t
embraced(struct str line, size_t at, struct str *inside)
{
	struct str s = str_from(line, at);
	for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++) {
		struct str open = str_of(pairs[i].open), close = str_of(pairs[i].close);
		if (!str_starts(s, open))
			continue;
		for (size_t k = open.n; k + close.n <= s.n; k++) {
			if (!str_starts(str_from(s, k), close) || !ends(str_from(s, k + close.n)))
				continue;
			*inside = (struct str){s.p + open.n, k - open.n};
			return k + close.n;
		}
	}
	return 0;
}

/* Appends what stands between the quotes at `at`; answers the length with both, or 0 where the
 * second is missing. */
static size_t
put_quoted(struct buf *out, struct str line, size_t at)
{
	char quote = line.p[at];
	for (size_t i = at + 1; i < line.n; i++) {
		if (line.p[i] == quote)
			return i + 1 - at;
		bool escapes = quote == '"' && line.p[i] == '\\' && i + 1 < line.n &&
			       (line.p[i + 1] == '"' || line.p[i + 1] == '\\');
		i += escapes;
		buf_char(out, line.p[i]);
	}
	return 0;
}

/* An option's value begins behind the first = of a word that begins with dashes. */
static bool
value_begins(struct str line, size_t start, size_t at)
{
	struct str so_far = {line.p + start, at - start};
	uint32_t code = 0;
	if (line.p[at - 1] != '=' &&
		!(so_far.n >= 3 && str_eq(str_from(so_far, so_far.n - 3), STR("＝"))))
		return false;
	if (!typed_dashes(so_far))
		return false;
	for (size_t n; code != '=' && (n = typed_read(so_far, &code)) > 0;)
		so_far = str_from(so_far, n);
	return so_far.n == 0;
}

/* Appends what stands at `at` of a word; answers its length, or 0 where something has no end. */
static size_t
put_part(struct buf *out, struct str line, size_t start, size_t at, bool *quoted)
{
	char c = line.p[at];
	*quoted = true;
	if (c == '"' || c == '\'')
		return put_quoted(out, line, at);
	uint32_t code;
	if (c == '\\') {
		size_t n = utf8_read(str_from(line, at + 1), &code);
		buf_put(out, line.p + at + 1, n);
		return n ? n + 1 : 0;
	}
	struct str inside;
	size_t n = at == start || value_begins(line, start, at) ? embraced(line, at, &inside) : 0;
	if (n) {
		buf_str(out, inside);
		return n;
	}
	*quoted = false;
	n = utf8_read(str_from(line, at), &code);
	buf_put(out, line.p + at, n);
	return n;
}

struct typed_word
typed_take(struct str line, size_t at, struct arena *a)
{
	struct typed_word w = {.start = at, .closed = true};
	struct buf text = {0};
	bool quoted;
	while (w.closed && !ends(str_from(line, at))) {
		size_t n = put_part(&text, line, w.start, at, &quoted);
		if (at == w.start) {
			w.quoted = quoted;
			w.whole = quoted && line.p[at] != '\\' && ends(str_from(line, at + n));
		}
		w.closed = n > 0;
		w.bad = at;
		at += n;
	}
	w.end = at;
	w.text = arena_str(a, buf_view(&text));
	buf_finish(&text);
	return w;
}
