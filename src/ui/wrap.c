/*
 * Text in rows: line ends part it, and what is longer than a row is broken by
 * the rules of text_break. A row knows its bytes in the text as it was typed,
 * so that a caret has a cell, and a cell a place in the text.
 */
#include "internal.h"

#include <stdlib.h>
#include <string.h>

#include "dais/text.h"

static void
put_row(struct wrap *w, size_t start, size_t end)
{
	struct wrap_row row = {start, end};
	VEC_PUSH(w->rows, w->n, w->cap, row);
}

/*
 * The end, in raw, of what became at most the first *cleaned bytes of the
 * cleaned form, one cluster at least; and how many bytes it became. A cluster
 * of the raw text is never parted, though its cleaned form may be several.
 */
static size_t
raw_end(struct str raw, size_t *cleaned)
{
	struct buf one = {0};
	size_t at = 0, done = 0;
	while (at < raw.n) {
		size_t next = text_next(raw, at);
		buf_reset(&one);
		text_clean(&one, str_upto(str_from(raw, at), next - at));
		if (at > 0 && done + one.n > *cleaned)
			break;
		done += one.n;
		at = next;
	}
	buf_finish(&one);
	*cleaned = done;
	return at;
}

static void
wrap_line(struct wrap *w, struct str text, size_t start, size_t end, int columns)
{
	struct buf clean = {0};
	struct str raw = str_upto(str_from(text, start), end - start);
	text_clean(&clean, raw);
	struct str rest = buf_view(&clean);
	bool same = str_eq(rest, raw);
	size_t at = start;
	do {
		size_t n = text_break(rest, columns);
		/* What is invisible at the end stays with the last row. */
		size_t next = end;
		if (n < rest.n)
			next = at + (same ? n : raw_end(str_upto(str_from(text, at), end - at), &n));
		rest = str_from(rest, n);
		put_row(w, at, next);
		at = next;
	} while (at < end);
	buf_finish(&clean);
}

void
wrap_make(struct wrap *w, struct str text, int columns)
{
	w->n = 0;
	for (size_t at = 0;;) {
		const char *found = at < text.n ? memchr(text.p + at, '\n', text.n - at) : NULL;
		size_t end = found ? (size_t)(found - text.p) : text.n;
		wrap_line(w, text, at, end, columns > 0 ? columns : 1);
		if (!found)
			return;
		at = end + 1;
	}
}

struct str
wrap_text(const struct wrap *w, struct str text, size_t row)
{
	const struct wrap_row *r = &w->rows[row];
	return str_upto(str_from(text, r->start), r->end - r->start);
}

size_t
wrap_row_at(const struct wrap *w, size_t at)
{
	size_t low = 0, high = w->n;
	while (low + 1 < high) {
		size_t middle = low + (high - low) / 2;
		if (w->rows[middle].start <= at)
			low = middle;
		else
			high = middle;
	}
	return low;
}

int
wrap_column_at(const struct wrap *w, struct str text, size_t at)
{
	const struct wrap_row *r = &w->rows[wrap_row_at(w, at)];
	return text_width(str_upto(str_from(text, r->start), at - r->start));
}

size_t
wrap_place(const struct wrap *w, struct str text, size_t row, int column)
{
	const struct wrap_row *r = &w->rows[row];
	/* Behind the last character of a row that was broken is the start of the next one. */
	bool broken = row + 1 < w->n && w->rows[row + 1].start == r->end;
	size_t at = r->start;
	int x = 0;
	while (at < r->end) {
		size_t next = text_next(text, at);
		if (next > r->end || (broken && next == r->end))
			break;
		x += text_width(str_upto(str_from(text, at), next - at));
		if (x > column)
			break;
		at = next;
	}
	return at;
}

void
wrap_finish(struct wrap *w)
{
	free(w->rows);
	*w = (struct wrap){0};
}
