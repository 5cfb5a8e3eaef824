/*
 * Finding what a hand types in a hurry inside of what was written: capitals,
 * full-width forms, line ends make no difference.
 */
#include "pane.h"

#include "dais/text.h"
#include "dais/utf8.h"

static uint32_t
folded(uint32_t c)
{
	if (c >= 0xff01 && c <= 0xff5e)
		c = c - 0xff01 + '!';
	if (c == 0x3000 || c == '\n' || c == '\t')
		return ' ';
	return c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c;
}

static size_t
take(struct str *s, uint32_t *c)
{
	uint32_t raw = 0;
	size_t n = utf8_read(*s, &raw);
	*c = n ? folded(raw) : 0xfffd;
	n = n ? n : 1;
	*s = str_from(*s, n);
	return n;
}

/* The bytes at the start of s that are the needle; 0: it does not stand there. */
static size_t
stands(struct str s, struct str needle)
{
	size_t all = 0;
	uint32_t a, b;
	while (needle.n) {
		if (!s.n)
			return 0;
		take(&needle, &b);
		all += take(&s, &a);
		if (a != b)
			return 0;
	}
	return all;
}

struct hit
find_in(struct str s, struct str needle)
{
	struct str rest = s;
	uint32_t c;
	for (size_t at = 0; needle.n && rest.n;) {
		size_t n = stands(rest, needle);
		if (n) {
			/* What is marked ends where a character that the eye sees ends. */
			size_t end = at + n, last = text_prev(s, end);
			size_t whole = text_next(s, last);
			return (struct hit){at, whole > end ? whole : end};
		}
		at += take(&rest, &c);
	}
	return (struct hit){SIZE_MAX, SIZE_MAX};
}

struct str
find_folded(struct ui *u, struct str s)
{
	struct buf out = {0};
	char bytes[4];
	uint32_t c;
	while (s.n) {
		take(&s, &c);
		buf_put(&out, bytes, utf8_write(bytes, c));
	}
	struct str kept = arena_str(&u->scratch, buf_view(&out));
	buf_finish(&out);
	return kept;
}
