/*
 * A sentence that names keys: they look as they do in the line of hints, so
 * that an "i" is not read as a word.
 */
#include "pane.h"

#include <string.h>

#include "dais/text.h"

/* Where in the sentence that is made of format its argument `place` begins; SIZE_MAX: it does not. */
static size_t
place_of(const char *format, size_t place, const struct str *args, size_t n)
{
	char sign[] = {'{', (char)('0' + place), '}', 0};
	const char *at = strstr(format, sign);
	if (!at)
		return SIZE_MAX;
	struct buf before = {0}, start = {0};
	buf_put(&start, format, (size_t)(at - format));
	buf_char(&start, 0);
	i18n_fill(&before, start.p, args, n);
	size_t bytes = before.n;
	buf_finish(&before);
	buf_finish(&start);
	return bytes;
}

int
keyed_put(struct ui *u, struct grid *g, struct rect r, int y, const struct keyed *is)
{
	struct str text = ui_fill(u, is->format, is->args, is->n);
	int rows = draw_wrapped(g, r, 0, y, r.w, r.h - y, text, is->style);
	struct wrap w = {0};
	wrap_make(&w, text, r.w > 1 ? r.w : 1);
	for (size_t i = 0; i < is->keys && rows > 0; i++) {
		struct str key = is->args[i];
		size_t at = place_of(is->format, i, is->args, is->n);
		if (at == SIZE_MAX || !key.n)
			continue;
		size_t row = wrap_row_at(&w, at);
		int x = wrap_column_at(&w, text, at);
		/* Not where it is broken, nor under the sign that something was cut. */
		bool cut = row + 1 == (size_t)rows && w.n > (size_t)rows;
		if (row < (size_t)rows && at + key.n <= w.rows[row].end && x + text_width(key) <= r.w - cut)
			draw_put(g, r, x, y + (int)row, key, STYLE_KEY);
	}
	wrap_finish(&w);
	return rows;
}
