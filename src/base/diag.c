/*
 * Problems of a file, shown all at once. A column counts characters, a caret
 * stands under cells: both are worked out from the line itself, so that a
 * caret is right under Chinese text too.
 */
#include <stdlib.h>
#include <string.h>

#include "dais/diag.h"
#include "dais/i18n.h"
#include "dais/text.h"
#include "dais/utf8.h"

enum {
	SHOWN_CELLS = 72, /* of a source line, so that it and its number fit a terminal of 80 */
	AFTER_CELLS = 36, /* of these, kept for what stands at and behind the place */
	WINDOW = 512,     /* bytes of a long line that are looked at on either side */
	WORD_MAX = 64     /* characters of a word that is compared */
};

void
diag_start(struct diag_list *l, const char *file, struct str source)
{
	*l = (struct diag_list){.file = xstrdup(file), .source = source};
}

void
diag_finish(struct diag_list *l)
{
	for (size_t i = 0; i < l->n; i++) {
		free(l->items[i].text);
		free(l->items[i].hint);
	}
	free(l->items);
	free(l->file);
	*l = (struct diag_list){0};
}

void
diag_add(
	struct diag_list *l, struct diag_place at, int length, bool warning, char *text, char *hint)
{
	struct diag d = {at, length, warning, text, hint};
	VEC_PUSH(l->items, l->n, l->cap, d);
	if (!warning)
		l->errors++;
}

char *
diag_text(const char *format, const struct str *args, size_t n)
{
	struct buf b = {0};
	buf_reserve(&b, 1);
	i18n_fill(&b, format, args, n);
	return b.p;
}

void
diag_error(struct diag_list *l, struct diag_place at, int length, const char *format,
	const struct str *args, size_t n)
{
	diag_add(l, at, length, false, diag_text(format, args, n), NULL);
}

/* Where the lines of a text begin. A line ends as editors end it: LF, CR LF, or CR alone. */
struct lines {
	size_t *start;
	size_t n, cap;
};

static void
lines_find(struct lines *lines, struct str s)
{
	*lines = (struct lines){0};
	size_t first = str_starts(s, STR("\xef\xbb\xbf")) ? 3 : 0;
	VEC_PUSH(lines->start, lines->n, lines->cap, first);
	for (size_t i = first; i < s.n; i++) {
		if (s.p[i] == '\n' || (s.p[i] == '\r' && (i + 1 == s.n || s.p[i + 1] != '\n')))
			VEC_PUSH(lines->start, lines->n, lines->cap, i + 1);
	}
}

static struct str
line_at(const struct lines *lines, struct str source, int number)
{
	if (number < 1 || (size_t)number > lines->n)
		return STR("");
	size_t from = lines->start[number - 1];
	size_t to = (size_t)number < lines->n ? lines->start[number] : source.n;
	while (to > from && (source.p[to - 1] == '\n' || source.p[to - 1] == '\r'))
		to--;
	return (struct str){source.p + from, to - from};
}

/* The offset `characters` behind `from`; a byte that is not UTF-8 counts as one. */
static size_t
step(struct str s, size_t from, int characters)
{
	uint32_t code;
	while (characters-- > 0 && from < s.n) {
		size_t n = utf8_read(str_from(s, from), &code);
		from += n ? n : 1;
	}
	return from;
}

/* Where to begin showing a line that is too long, so that the place is in sight. */
static size_t
cut_before(struct str line, size_t at)
{
	size_t low = at > WINDOW ? at - WINDOW : 0;
	while (low > 0 && low < at && (line.p[low] & 0xc0) == 0x80)
		low++;
	struct str window = {line.p + low, at - low}, after = str_from(line, at);
	int behind = text_width(str_upto(after, step(after, 0, AFTER_CELLS)));
	int room = SHOWN_CELLS - 1 - (behind < AFTER_CELLS ? behind : AFTER_CELLS);
	size_t from = window.n;
	while (from > 0) {
		size_t before = text_prev(window, from);
		if (text_width(str_from(window, before)) > room)
			break;
		from = before;
	}
	return low + from;
}

struct shown {
	int before; /* cells left of the caret */
	int cells;  /* of the whole */
};

static struct shown
show_line(struct buf *out, struct str line, size_t at)
{
	if (line.n <= WINDOW && text_width(line) <= SHOWN_CELLS) {
		text_clean(out, line);
		return (struct shown){text_width(str_upto(line, at)), text_width(line)};
	}
	size_t from = cut_before(line, at);
	int mark = 0;
	if (from > 0) {
		buf_puts(out, "…");
		mark = 1;
	}
	/* Enough that text_fit sees whether something is missing, without cleaning a megabyte. */
	struct str rest = str_from(line, from);
	if (rest.n > 2 * WINDOW)
		rest.n = step(str_upto(rest, 2 * WINDOW), 0, WINDOW / 4);
	int cells = text_fit(out, rest, SHOWN_CELLS - mark);
	return (struct shown){
		mark + text_width((struct str){line.p + from, at - from}), mark + cells};
}

static void
show_place(struct buf *out, const struct diag *d, struct str line)
{
	struct buf number = {0};
	buf_int(&number, d->at.line);
	buf_fill(out, ' ', number.n < 4 ? 4 - number.n : 0);
	buf_str(out, buf_view(&number));
	buf_puts(out, " | ");
	size_t at = step(line, 0, d->at.column > 0 ? d->at.column - 1 : 0);
	struct shown shown = show_line(out, line, at);
	buf_char(out, '\n');
	buf_fill(out, ' ', number.n < 4 ? 4 : number.n);
	buf_puts(out, " | ");
	buf_fill(out, ' ', (size_t)shown.before);
	buf_char(out, '^');
	size_t end = step(line, at, d->length < SHOWN_CELLS ? d->length : SHOWN_CELLS);
	int under = text_width((struct str){line.p ? line.p + at : "", end - at});
	if (under > shown.cells - shown.before)
		under = shown.cells - shown.before;
	if (d->length > 1 && under > 1)
		buf_fill(out, '~', (size_t)under - 1);
	if (d->hint) {
		buf_char(out, ' ');
		text_clean(out, str_of(d->hint));
	}
	buf_char(out, '\n');
	buf_finish(&number);
}

static void
show(struct buf *out, const struct diag_list *l, const struct diag *d, const struct lines *lines)
{
	text_clean(out, str_of(l->file));
	if (d->at.line > 0)
		buf_printf(out, ":%d:%d", d->at.line, d->at.column > 0 ? d->at.column : 1);
	buf_puts(out, ": ");
	if (d->warning) {
		buf_puts(out, _("warning"));
		buf_puts(out, ": ");
	}
	text_clean(out, str_of(d->text));
	buf_char(out, '\n');
	if (d->at.line > 0) {
		show_place(out, d, line_at(lines, l->source, d->at.line));
	} else if (d->hint) {
		buf_fill(out, ' ', 7);
		text_clean(out, str_of(d->hint));
		buf_char(out, '\n');
	}
}

static int
by_place(const void *a, const void *b)
{
	const struct diag *x = *(const struct diag *const *)a, *y = *(const struct diag *const *)b;
	if (x->at.line != y->at.line)
		return x->at.line < y->at.line ? -1 : 1;
	if (x->at.column != y->at.column)
		return x->at.column < y->at.column ? -1 : 1;
	return (x > y) - (x < y); /* they lie in the order in which they were told */
}

void
diag_render(struct buf *out, const struct diag_list *l)
{
	if (l->n == 0)
		return;
	struct lines lines;
	lines_find(&lines, l->source);
	const struct diag **order = xcalloc(l->n, sizeof *order);
	for (size_t i = 0; i < l->n; i++)
		order[i] = &l->items[i];
	qsort(order, l->n, sizeof *order, by_place);
	for (size_t i = 0; i < l->n && i < DIAG_SHOWN; i++)
		show(out, l, order[i], &lines);
	if (l->n > DIAG_SHOWN) {
		struct buf more = {0};
		buf_int(&more, (int64_t)(l->n - DIAG_SHOWN));
		text_clean(out, str_of(l->file));
		buf_puts(out, ": ");
		i18n_fill(out, _("{0} more problems are not shown."),
			(struct str[]){buf_view(&more)}, 1);
		buf_char(out, '\n');
		buf_finish(&more);
	}
	free(order);
	free(lines.start);
}

/* Characters of a word with ASCII capitals made small; 0 if there are too many to compare. */
static int
letters(struct str s, uint32_t out[WORD_MAX])
{
	int n = 0;
	for (size_t at = 0; at < s.n;) {
		uint32_t code = 0xfffd;
		size_t bytes = utf8_read(str_from(s, at), &code);
		if (n == WORD_MAX)
			return 0;
		out[n++] = code >= 'A' && code <= 'Z' ? code + 32 : code;
		at += bytes ? bytes : 1;
	}
	return n;
}

static int
least(int a, int b)
{
	return a < b ? a : b;
}

/* Characters to insert, drop, replace or swap with a neighbour until a is b. */
static int
distance(const uint32_t *a, int an, const uint32_t *b, int bn)
{
	int rows[3][WORD_MAX + 1];
	int *before = rows[0], *last = rows[1], *now = rows[2];
	for (int j = 0; j <= bn; j++)
		last[j] = j;
	for (int i = 1; i <= an; i++) {
		now[0] = i;
		for (int j = 1; j <= bn; j++) {
			now[j] = least(last[j] + 1, now[j - 1] + 1);
			now[j] = least(now[j], last[j - 1] + (a[i - 1] != b[j - 1]));
			if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
				now[j] = least(now[j], before[j - 2] + 1);
		}
		int *spare = before;
		before = last;
		last = now;
		now = spare;
	}
	return last[bn];
}

const char *
diag_meant(struct str word, const char *const *known, size_t n)
{
	uint32_t a[WORD_MAX], b[WORD_MAX];
	int an = letters(word, a), best = WORD_MAX + 1;
	const char *meant = NULL;
	for (size_t i = 0; i < n && an > 0; i++) {
		/* Broken bytes all count as one letter. */
		if (str_is(word, known[i]))
			return known[i];
		int bn = letters(str_of(known[i]), b);
		int longer = an > bn ? an : bn;
		if (bn == 0 || (longer - least(an, bn)) * 3 > longer)
			continue;
		int d = distance(a, an, b, bn);
		if (d < best && d * 3 <= longer) {
			best = d;
			meant = known[i];
		}
	}
	return meant;
}
