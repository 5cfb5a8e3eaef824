/*
 * The descriptions of terminals know one way to another look: everything off,
 * then what is wanted, each in a sequence of its own. That is most of what a
 * clock writes each second. Here stands what the terminal has and what is
 * wanted, and between them goes the shortest sequence, where it is first seen:
 * a blank shows neither a colour of letters nor that they are bold, a move of
 * the cursor shows nothing.
 */
#include "pen.h"

#include <string.h>

#define ESC '\033'

enum { CODES = 10, BOLD = 1 << 1, DIM = 1 << 2, ITALIC = 1 << 3 };

/* Of these a blank shows nothing. */
enum { IN_LETTERS = BOLD | DIM | ITALIC };

struct job {
	struct pen *pen;
	struct pen_state want;
	struct buf *out;
};

/* ---- what is wanted ---- */

static bool
is_colour(int code)
{
	return (code >= 30 && code <= 37) || (code >= 40 && code <= 47) || (code >= 90 && code <= 97) ||
		(code >= 100 && code <= 107);
}

static int
number(struct str word)
{
	int n = 0;
	for (size_t i = 0; i < word.n; i++) {
		if (word.p[i] < '0' || word.p[i] > '9' || n > 999)
			return -1;
		n = n * 10 + word.p[i] - '0';
	}
	return n;
}

static bool
set_colour(struct pen_state *s, bool back, struct str text)
{
	char *colour = back ? s->back : s->fore;
	if (text.n >= PEN_COLOUR)
		return false;
	memset(colour, 0, PEN_COLOUR);
	memcpy(colour, text.p, text.n);
	return true;
}

static bool
set_attribute(struct pen_state *s, int code)
{
	static const unsigned off[CODES] = {[2] = BOLD | DIM, [3] = 1 << 3, [4] = 1 << 4, [5] = 1 << 5,
		[7] = 1 << 7, [8] = 1 << 8, [9] = 1 << 9};
	if (code == 0) {
		s->attributes = 0;
		memset(s->fore, 0, sizeof s->fore);
		memset(s->back, 0, sizeof s->back);
	} else if (code > 0 && code < CODES && code != 6) {
		s->attributes |= 1u << code;
	} else if (code >= 20 && code < 20 + CODES && off[code - 20]) {
		s->attributes &= ~off[code - 20];
	} else if (code == 39 || code == 49) {
		set_colour(s, code == 49, STR(""));
	} else if (code >= 10 && code <= 12) {
		s->font = (char)('0' + code - 10);
	} else {
		return false;
	}
	return true;
}

/* How long the colour at the start is: "38;5;253", "38;2;1;2;3", "38:2::1:2:3"; 0 if it is none. */
static size_t
colour_length(struct str rest)
{
	if (rest.n < 3 || (rest.p[0] != '3' && rest.p[0] != '4') || rest.p[1] != '8')
		return 0;
	size_t n = 2;
	int more = 0;
	if (rest.p[2] == ';')
		more = str_starts(str_from(rest, 3), STR("5;"))	  ? 2
		       : str_starts(str_from(rest, 3), STR("2;")) ? 4
								  : -1;
	else if (rest.p[2] != ':')
		return 0;
	for (; n < rest.n && more >= 0; n++) {
		bool end = rest.p[n] == ';';
		if (end && more-- == 0)
			return n;
	}
	return more == 0 ? n : 0;
}

/* "0;1;38;5;253". False, and nothing changed, where it says something else. */
static bool
read_codes(struct pen_state *s, struct str codes)
{
	struct pen_state read = *s;
	for (size_t at = 0; at <= codes.n;) {
		struct str rest = str_from(codes, at);
		size_t n = colour_length(rest);
		const char *end = memchr(rest.p, ';', rest.n);
		struct str word = str_upto(rest, n ? n : end ? (size_t)(end - rest.p) : rest.n);
		int code = number(word);
		bool known = n			? set_colour(&read, rest.p[0] == '4', word)
			     : is_colour(code)	? set_colour(&read, code / 10 % 10 == 4 || code >= 100, word)
						: set_attribute(&read, code);
		if (!known)
			return false;
		at += word.n + 1;
	}
	*s = read;
	return true;
}

/* ---- what is sent ---- */

static void
put_code(struct buf *out, const char *code)
{
	if (out->n)
		buf_char(out, ';');
	buf_puts(out, code);
}

static void
put_attributes(struct buf *out, unsigned which)
{
	for (int i = 1; i < CODES; i++)
		if (which & 1u << i)
			put_code(out, (char[]){(char)('0' + i), 0});
}

static void
put_font(struct buf *out, char now, char want)
{
	if (want && now != want)
		put_code(out, (char[]){'1', want, 0});
}

/* From what is there to what is wanted, attribute by attribute. */
static void
put_changes(struct buf *out, const struct pen_state *now, const struct pen_state *want)
{
	unsigned off = now->attributes & ~want->attributes, on = want->attributes & ~now->attributes;
	if (off & (BOLD | DIM)) {
		put_code(out, "22");
		on |= want->attributes & (BOLD | DIM);
	}
	for (int i = 3; i < CODES; i++)
		if (off & 1u << i)
			put_code(out, (char[]){'2', (char)('0' + i), 0});
	put_attributes(out, on);
	put_font(out, now->font, want->font);
	if (strcmp(now->fore, want->fore) != 0)
		put_code(out, *want->fore ? want->fore : "39");
	if (strcmp(now->back, want->back) != 0)
		put_code(out, *want->back ? want->back : "49");
}

/* All of it; of what a reset leaves alone `now` is there. */
static void
put_whole(struct buf *out, const struct pen_state *now, const struct pen_state *want)
{
	if (want->attributes || want->font != now->font || *want->fore || *want->back)
		buf_char(out, '0');
	put_attributes(out, want->attributes);
	put_font(out, now->font, want->font);
	if (*want->fore)
		put_code(out, want->fore);
	if (*want->back)
		put_code(out, want->back);
}

static bool
same(const struct pen_state *a, const struct pen_state *b, unsigned besides)
{
	return (a->attributes | besides) == (b->attributes | besides) && a->charset == b->charset &&
		a->font == b->font && strcmp(a->back, b->back) == 0;
}

/* Something is about to be seen. */
static void
show(struct job *j, bool blank)
{
	static const unsigned lines = 1 << 4 | 1 << 5 | 1 << 7 | 1 << 8 | 1 << 9;
	const struct pen_state *want = &j->want;
	struct pen *pen = j->pen;
	bool letters = !blank || (want->attributes & lines);
	if (pen->known && same(&pen->now, want, letters ? 0 : IN_LETTERS) &&
		(!letters || strcmp(pen->now.fore, want->fore) == 0))
		return;
	if (want->charset && (!pen->known || pen->now.charset != want->charset)) {
		buf_puts(j->out, "\033(");
		buf_char(j->out, want->charset);
	}
	struct buf changes = {0}, whole = {0};
	put_whole(&whole, pen->known ? &pen->now : &(struct pen_state){0}, want);
	if (pen->known)
		put_changes(&changes, &pen->now, want);
	bool less = pen->known && changes.n <= whole.n;
	if (!less || changes.n) {
		buf_puts(j->out, "\033[");
		buf_str(j->out, buf_view(less ? &changes : &whole));
		buf_char(j->out, 'm');
	}
	pen->known = true;
	pen->now = *want;
	buf_finish(&changes);
	buf_finish(&whole);
}

/* ---- what was drawn ---- */

/* The length of the sequence at the start of s, or all of s where it has no end. */
static size_t
sequence_length(struct str s)
{
	size_t n = 2;
	if (s.n < 2)
		return s.n;
	if (s.p[1] == '[') {
		while (n < s.n && (unsigned char)s.p[n] >= 0x20 && (unsigned char)s.p[n] < 0x40)
			n++;
		return n < s.n ? n + 1 : s.n;
	}
	if (strchr("]P^_X", s.p[1])) {
		for (; n < s.n; n++) {
			if (s.p[n] == '\a')
				return n + 1;
			if (s.p[n] == ESC && n + 1 < s.n)
				return n + 2;
		}
		return s.n;
	}
	while (n <= s.n && s.p[n - 1] >= 0x20 && s.p[n - 1] < 0x30)
		n++;
	return n < s.n ? n : s.n;
}

/* The cursor goes elsewhere, or is shown or hidden. */
static bool
moves(struct str s)
{
	return (s.n >= 3 && s.p[1] == '[' && s.p[2] < '<' && strchr("HfGdABCD", s.p[s.n - 1])) ||
		str_is(s, "\033[?25h") || str_is(s, "\033[?25l") || str_is(s, "\033[?12l");
}

static void
hand_on(struct job *j, struct str s)
{
	if (moves(s)) {
		buf_str(j->out, s);
	} else if (s.n >= 3 && s.p[1] == '[' && s.p[2] != '?' && strchr("KJX", s.p[s.n - 1])) {
		show(j, true);
		buf_str(j->out, s);
	} else {
		show(j, false);
		buf_str(j->out, s);
		j->pen->known = false;
	}
}

static void
sequence(struct job *j, struct str s)
{
	if (s.n == 3 && s.p[1] == '(' && s.p[2] > 0x20 && s.p[2] < 0x7f) {
		j->want.charset = s.p[2];
		return;
	}
	bool look = s.n >= 3 && s.p[1] == '[' && s.p[s.n - 1] == 'm' && !(s.p[2] >= '<' && s.p[2] <= '?');
	if (!look) {
		hand_on(j, s);
	} else if (!read_codes(&j->want, str_from(str_upto(s, s.n - 1), 2))) {
		hand_on(j, s);
		j->pen->off = true;
	}
}

void
pen_write(struct pen *pen, struct buf *out, struct str drawn)
{
	/* What is not known is not wanted otherwise: everything drawn says first what it looks like. */
	struct job j = {pen, pen->now, out};
	for (size_t n; drawn.n && !pen->off; drawn = str_from(drawn, n)) {
		unsigned char c = (unsigned char)drawn.p[0];
		n = 1;
		if (c == ESC) {
			n = sequence_length(drawn);
			sequence(&j, str_upto(drawn, n));
			continue;
		}
		if (c != '\b' && c != '\r')
			show(&j, c == ' ');
		buf_char(out, (char)c);
	}
	if (!pen->off)
		show(&j, false);
	buf_str(out, drawn);
}
