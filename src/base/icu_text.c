/*
 * What people typed, made safe for a terminal and measured.
 *
 * Terminals disagree about joiners, variation selectors, skin tones and new
 * characters, so a cleaned text has none of these, and its width is the sum of
 * wcwidth(). Nearly all text is ASCII and Chinese; it is cut into clusters by
 * two table look-ups a character. ICU's iterators, dear to open, are opened
 * only for flags, joined emoji, Indic syllables and Hangul in parts.
 */
#include "dais/text.h"

#include <wchar.h>

#include <unicode/ubrk.h>
#include <unicode/uchar.h>
#include <unicode/utext.h>

#include "dais/utf8.h"

enum { REPLACEMENT = 0xfffd, GETA = 0x3013, DOTTED_CIRCLE = 0x25cc, SYMBOL_FOR_DELETE = 0x2421 };
enum { MARKS_MAX = 3 };

/*
 * How a code point takes part in clusters. Between two OTHER, and around a
 * CONTROL, there is always a boundary.
 */
enum kind { OTHER, EXTEND, CONTROL, HARD };

/* Characters that are kept as they are, have this width everywhere, and are kind OTHER. */
struct plain {
	uint32_t from, to;
	int width;
};
static const struct plain plains[] = {
	{0x20, 0x7e, 1},     {0xa1, 0xac, 1},	  {0xae, 0xff, 1},     {0x2010, 0x2027, 1},
	{0x2190, 0x21ff, 1}, {0x2500, 0x25bf, 1}, {0x3001, 0x3029, 2}, {0x3041, 0x3096, 2},
	{0x30a1, 0x30fa, 2}, {0x3400, 0x4dbf, 2}, {0x4e00, 0x9ffc, 2}, {0xff01, 0xff60, 2},
};

static int
plain_width(uint32_t code)
{
	if (code >= 0x4e00 && code <= 0x9ffc)
		return 2;
	for (size_t i = 0; i < sizeof plains / sizeof *plains && code >= plains[i].from; i++)
		if (code <= plains[i].to)
			return plains[i].width;
	return -1;
}

/* Like utf8_read, but a byte that is not valid reads as U+FFFD. s is not empty. */
static size_t
read_any(struct str s, uint32_t *code)
{
	size_t n = utf8_read(s, code);
	if (n)
		return n;
	*code = REPLACEMENT;
	return 1;
}

static enum kind
kind_of(uint32_t code)
{
	if (plain_width(code) > 0)
		return OTHER;
	switch (u_getIntPropertyValue((UChar32)code, UCHAR_GRAPHEME_CLUSTER_BREAK)) {
	case U_GCB_OTHER:
		return OTHER;
	case U_GCB_CONTROL:
	case U_GCB_CR:
	case U_GCB_LF:
		return CONTROL;
	case U_GCB_EXTEND:
		/* A virama may join what stands on both its sides. */
		return u_getCombiningClass((UChar32)code) == 9 ? HARD : EXTEND;
	default:
		return HARD;
	}
}

static bool
sure_boundary(uint32_t before, enum kind left, uint32_t after, enum kind right)
{
	if (left == CONTROL || right == CONTROL)
		return !(before == '\r' && after == '\n');
	return left == OTHER && right == OTHER;
}

/* Goes over the clusters of s. Zero but for s to begin; walk_end frees. */
struct walk {
	struct str s;
	size_t at;
	UBreakIterator *breaks;
	UText *text;
	size_t from, to; /* the part of s that the iterator is set to */
};

static void
walk_end(struct walk *w)
{
	if (w->breaks)
		ubrk_close(w->breaks);
	if (w->text)
		utext_close(w->text);
}

/* The end of what needs ICU from `at` on: the first boundary that is sure without it. */
static size_t
hard_end(struct str s, size_t at)
{
	uint32_t left = 0, right = 0;
	size_t end = at + read_any(str_from(s, at), &left);
	enum kind left_kind = kind_of(left);
	while (end < s.n) {
		size_t n = read_any(str_from(s, end), &right);
		enum kind right_kind = kind_of(right);
		if (sure_boundary(left, left_kind, right, right_kind))
			break;
		end += n;
		left = right;
		left_kind = right_kind;
	}
	return end;
}

/* Where ICU has no memory or no data, single code points stand in for clusters. */
static size_t
walk_hard(struct walk *w)
{
	UErrorCode status = U_ZERO_ERROR;
	if (w->at >= w->to) {
		w->from = w->at;
		w->to = hard_end(w->s, w->at);
		if (!w->breaks)
			w->breaks = ubrk_open(UBRK_CHARACTER, "", NULL, 0, &status);
		int64_t n = (int64_t)(w->to - w->from);
		w->text = utext_openUTF8(w->text, w->s.p + w->from, n, &status);
		ubrk_setUText(w->breaks, w->text, &status);
	}
	if (U_SUCCESS(status)) {
		int32_t next = ubrk_following(w->breaks, (int32_t)(w->at - w->from));
		if (next != UBRK_DONE)
			return w->from + (size_t)next;
	}
	uint32_t code = 0;
	return w->at + read_any(str_from(w->s, w->at), &code);
}

/* Steps over one cluster and answers it; s.n is not reached yet. */
static struct str
walk_next(struct walk *w)
{
	size_t start = w->at, end = start;
	uint32_t first = 0, next = 0;
	end += read_any(str_from(w->s, end), &first);
	enum kind kind = kind_of(first);
	if (kind == CONTROL) {
		if (first == '\r' && end < w->s.n && w->s.p[end] == '\n')
			end++;
	} else {
		while (kind != HARD && end < w->s.n) {
			size_t n = read_any(str_from(w->s, end), &next);
			kind = kind_of(next);
			if (kind == OTHER || kind == CONTROL)
				break;
			end += n;
		}
		if (kind == HARD)
			end = walk_hard(w);
	}
	w->at = end;
	return str_upto(str_from(w->s, start), end - start);
}

static void
put_code(struct buf *out, uint32_t code)
{
	char bytes[4];
	size_t n = utf8_write(bytes, code);
	if (out)
		buf_put(out, bytes, n);
}

static bool
is_dropped(uint32_t code)
{
	return u_charType((UChar32)code) == U_FORMAT_CHAR || code == 0x2028 || code == 0x2029 ||
		u_hasBinaryProperty((UChar32)code, UCHAR_DEFAULT_IGNORABLE_CODE_POINT);
}

static bool
is_mark(uint32_t code)
{
	int type = u_charType((UChar32)code);
	return type == U_NON_SPACING_MARK || type == U_ENCLOSING_MARK;
}

/* What stands in for a code point that must not or cannot be shown; 0 for nothing. */
static uint32_t
replaced(uint32_t code)
{
	if (code == '\n' || code == '\t')
		return ' ';
	if (code < 0x20)
		return 0x2400 + code;
	if (code == 0x7f)
		return SYMBOL_FOR_DELETE;
	if (code >= 0x80 && code <= 0x9f)
		return REPLACEMENT;
	if (is_dropped(code))
		return 0;
	/* VTE alone shows hexagrams and circled tens on squares in one column. */
	if ((code >= 0x4dc0 && code <= 0x4dff) || (code >= 0x3248 && code <= 0x324f))
		return GETA;
	if (wcwidth((wchar_t)code) >= 0 && !utf8_hidden(code))
		return code;
	if (is_mark(code))
		return 0;
	int wide = u_getIntPropertyValue((UChar32)code, UCHAR_EAST_ASIAN_WIDTH);
	return wide == U_EA_WIDE || wide == U_EA_FULLWIDTH ? GETA : REPLACEMENT;
}

/* The width of what replaced() gives; one column where the locale knows only ASCII. */
static int
shown_width(uint32_t code)
{
	int width = plain_width(code);
	if (width < 0)
		width = wcwidth((wchar_t)code);
	return width < 0 ? 1 : width;
}

/* Appends a cluster, cleaned, to out (which may be NULL) and answers its width. */
static int
put_cluster(struct buf *out, struct str cluster)
{
	int width = 0, marks = -1; /* -1: no base yet */
	if (cluster.n == 2 && cluster.p[0] == '\r')
		cluster = str_from(cluster, 1);
	for (size_t at = 0; at < cluster.n;) {
		uint32_t code = 0;
		at += read_any(str_from(cluster, at), &code);
		if (plain_width(code) < 0)
			code = replaced(code);
		bool tone = code >= 0x1f3fb && code <= 0x1f3ff;
		if (code == 0 || (tone && marks >= 0))
			continue;
		/* Without a base here it must not find one in front of it later. */
		if (tone)
			code = GETA;
		int columns = shown_width(code);
		if (columns == 0 && marks < 0 && kind_of(code) == HARD && !is_mark(code)) {
			put_code(out, REPLACEMENT);
			width++;
			continue;
		}
		if (columns == 0 && marks < 0) {
			put_code(out, DOTTED_CIRCLE);
			width++;
			marks = 0;
		}
		if (columns == 0 && marks++ >= MARKS_MAX)
			continue;
		put_code(out, code);
		width += columns;
		if (columns > 0)
			marks = 0;
	}
	return width;
}

/* How many bytes of s from `at` on are printable ASCII with no mark behind them. */
static size_t
ascii_run(struct str s, size_t at)
{
	size_t end = at;
	while (end < s.n && s.p[end] >= 0x20 && s.p[end] <= 0x7e)
		end++;
	if (end > at && end < s.n && (s.p[end] & 0x80))
		end--;
	return end - at;
}

void
text_clean(struct buf *out, struct str s)
{
	struct walk w = {.s = s};
	while (w.at < s.n) {
		size_t n = ascii_run(s, w.at);
		if (n) {
			buf_put(out, s.p + w.at, n);
			w.at += n;
		} else {
			put_cluster(out, walk_next(&w));
		}
	}
	walk_end(&w);
}

int
text_width(struct str s)
{
	struct walk w = {.s = s};
	int width = 0;
	while (w.at < s.n) {
		size_t n = ascii_run(s, w.at);
		width += n ? (int)n : put_cluster(NULL, walk_next(&w));
		w.at += n;
	}
	walk_end(&w);
	return width;
}

int
text_fit(struct buf *out, struct str s, int columns)
{
	struct walk w = {.s = s};
	int width = 0, kept_width = 0;
	size_t kept = out->n; /* the end of what leaves room for the ellipsis */
	while (w.at < s.n && columns > 0) {
		size_t n = ascii_run(s, w.at);
		if (n && n < (size_t)(columns - width)) {
			buf_put(out, s.p + w.at, n);
			w.at += n;
			width += (int)n;
		} else {
			width += put_cluster(out, walk_next(&w));
		}
		if (width > columns) {
			out->n = kept;
			buf_puts(out, "…");
			width = kept_width + 1;
			break;
		}
		if (width < columns) {
			kept = out->n;
			kept_width = width;
		}
	}
	walk_end(&w);
	return width;
}

void
text_pad(struct buf *out, struct str s, int columns)
{
	int width = text_fit(out, s, columns);
	if (width < columns)
		buf_fill(out, ' ', (size_t)(columns - width));
}

size_t
text_next(struct str s, size_t at)
{
	if (at >= s.n)
		return s.n;
	struct walk w = {.s = s, .at = at};
	walk_next(&w);
	walk_end(&w);
	return w.at;
}

/* The start of the code point, or of the byte that is not valid, before `at` (> 0). */
static size_t
code_before(struct str s, size_t at, uint32_t *code)
{
	for (size_t back = 1; back <= 4 && back <= at; back++)
		if (utf8_read(str_upto(str_from(s, at - back), back), code) == back)
			return at - back;
	*code = REPLACEMENT;
	return at - 1;
}

size_t
text_prev(struct str s, size_t at)
{
	if (at > s.n)
		at = s.n;
	if (at == 0)
		return 0;
	uint32_t right = 0, left = 0;
	size_t start = code_before(s, at, &right);
	while (start > 0) {
		size_t before = code_before(s, start, &left);
		if (sure_boundary(left, kind_of(left), right, kind_of(right)))
			break;
		start = before;
		right = left;
	}
	struct walk w = {.s = str_upto(s, at), .at = start};
	size_t last = start;
	while (w.at < at) {
		last = w.at;
		walk_next(&w);
	}
	walk_end(&w);
	return last;
}

/* The last place up to `limit` where UAX 14 lets s break and a cluster ends; 0 for none. */
static size_t
line_break_before(struct str s, size_t limit)
{
	UErrorCode status = U_ZERO_ERROR;
	/* What follows decides too, but not from far away. */
	struct str part = str_upto(s, limit + 64);
	UText *text = utext_openUTF8(NULL, part.p, (int64_t)part.n, &status);
	UBreakIterator *lines = ubrk_open(UBRK_LINE, "zh", NULL, 0, &status);
	ubrk_setUText(lines, text, &status);
	size_t found = 0;
	if (U_SUCCESS(status)) {
		int32_t at = (int32_t)limit;
		if (!ubrk_isBoundary(lines, at))
			at = ubrk_preceding(lines, (int32_t)limit);
		while (at > 0 && text_next(s, text_prev(s, (size_t)at)) != (size_t)at)
			at = ubrk_preceding(lines, at);
		found = at > 0 ? (size_t)at : 0;
	}
	if (lines)
		ubrk_close(lines);
	if (text)
		utext_close(text);
	return found;
}

size_t
text_break(struct str s, int columns)
{
	struct walk w = {.s = s};
	int width = 0;
	size_t end = 0;
	while (w.at < s.n) {
		width += put_cluster(NULL, walk_next(&w));
		if (width > columns)
			break;
		end = w.at;
	}
	walk_end(&w);
	if (end == s.n)
		return end;
	if (end == 0)
		return text_next(s, 0);
	size_t blanks = end;
	while (blanks < s.n && s.p[blanks] == ' ')
		blanks++;
	size_t at = line_break_before(s, blanks);
	return at ? at : end;
}
