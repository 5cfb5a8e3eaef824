/*
 * The words of a line that is not finished: parted as command_parse parts
 * them, but a quote that is not closed yet reaches to the caret instead of
 * being a fault.
 */
#include "complete.h"

#include "dais/utf8.h"

enum { FULL_FIRST = 0xff01, FULL_LAST = 0xff5e, FULL_SHIFT = 0xff01 - '!', BLANK = 0x3000 };

static const struct pair {
	const char *open, *close;
} pairs[] = {{"“", "”"}, {"‘", "’"}, {"「", "」"}, {"『", "』"}, {"＂", "＂"}, {"＇", "＇"}, {"”", "”"}};

/* Reads a character; full-width ASCII and other dashes count as ASCII. */
static size_t
read_plain(struct str s, uint32_t *code)
{
	size_t n = utf8_read(s, code);
	if (!n) {
		*code = '?';
		return s.n > 0;
	}
	if (*code >= FULL_FIRST && *code <= FULL_LAST)
		*code -= FULL_SHIFT;
	if ((*code >= 0x2010 && *code <= 0x2015) || *code == 0x2212)
		*code = '-';
	return n;
}

static size_t
blank_at(struct str s)
{
	uint32_t code = 0;
	size_t n = utf8_read(s, &code);
	return n && (code == ' ' || code == BLANK || (code >= '\t' && code <= '\r')) ? n : 0;
}

static void
put_plain(struct buf *out, struct str s)
{
	uint32_t code;
	char bytes[4];
	for (size_t n; s.n && (n = read_plain(s, &code)) > 0; s = str_from(s, n))
		buf_put(out, bytes, utf8_write(bytes, code));
}

/* The pair of typographic quotes that opens at s; `end` is behind its close, or the end of s. */
static bool
embraced(struct str s, struct str *inside, size_t *end)
{
	for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
		struct str open = str_of(pairs[i].open), close = str_of(pairs[i].close);
		if (!str_starts(s, open))
			continue;
		for (size_t k = open.n; k <= s.n; k++) {
			struct str rest = str_from(s, k + close.n <= s.n ? k + close.n : s.n);
			bool closes = str_starts(str_from(s, k), close) && (!rest.n || blank_at(rest));
			if (!closes && k < s.n)
				continue;
			*inside = str_upto(str_from(s, open.n), k - open.n);
			*end = closes ? k + close.n : s.n;
			return true;
		}
	}
	return false;
}

/* Appends what ' or " embraces at the start of s; answers the length with both. */
static size_t
put_quoted(struct buf *out, struct str s)
{
	size_t i = 1;
	for (; i < s.n && s.p[i] != s.p[0]; i++) {
		if (s.p[0] == '"' && s.p[i] == '\\' && i + 1 < s.n &&
			(s.p[i + 1] == '"' || s.p[i + 1] == '\\'))
			i++;
		buf_char(out, s.p[i]);
	}
	return i < s.n ? i + 1 : s.n;
}

/* Reads the word at the start of s; answers its length. */
static size_t
read_word(struct str s, struct buf *text, bool *quoted)
{
	size_t at = 0, n = 0;
	struct str inside;
	*quoted = s.n && (s.p[0] == '"' || s.p[0] == '\'');
	if (embraced(s, &inside, &n)) {
		*quoted = true;
		buf_str(text, inside);
		return n;
	}
	for (; at < s.n && !blank_at(str_from(s, at)); at += n) {
		struct str rest = str_from(s, at);
		uint32_t code;
		if (rest.p[0] == '"' || rest.p[0] == '\'') {
			n = put_quoted(text, rest);
			continue;
		}
		at += rest.p[0] == '\\' && rest.n > 1;
		rest = str_from(s, at);
		n = read_plain(rest, &code);
		put_plain(text, str_upto(rest, n));
	}
	return at;
}

void
complete_read(struct completing *c)
{
	for (size_t at = 0, n; at < c->line.n; at += n) {
		struct buf text = {0};
		bool quoted;
		n = blank_at(str_from(c->line, at));
		if (n)
			continue;
		n = read_word(str_from(c->line, at), &text, &quoted);
		struct typed_part word = {arena_str(c->a, buf_view(&text)), at, quoted};
		buf_finish(&text);
		if (at + n < c->line.n)
			VEC_PUSH(c->words, c->words_n, c->words_cap, word);
		else
			c->now = word;
	}
	if (!c->now.text.p && !c->now.quoted)
		c->now.start = c->line.n;
}
