/* Cells and rows as spreadsheets save them. Pure: what the cells mean is the roster's affair. */
#include "csv.h"
#include "dais/i18n.h"

static size_t
count(struct str s, char c)
{
	size_t n = 0;
	for (size_t i = 0; i < s.n; i++)
		n += s.p[i] == c;
	return n;
}

struct csv
csv_start(struct str text)
{
	struct str first = text;
	for (size_t i = 0; i < first.n; i++) {
		if (text.p[i] == '\n' || text.p[i] == '\r')
			first.n = i;
	}
	return (struct csv){.text = text,
		.place = {1, 1},
		.separator = count(first, '\t') > count(first, ',') ? '\t' : ','};
}

static char
peek(const struct csv *c)
{
	return c->at < c->text.n ? c->text.p[c->at] : 0;
}

static bool
at_end(const struct csv *c)
{
	return c->at >= c->text.n;
}

static void
step(struct csv *c)
{
	char now = peek(c);
	c->at++;
	if (now == '\n' || (now == '\r' && peek(c) != '\n'))
		c->place = (struct diag_place){c->place.line + 1, 1};
	else if (now != '\r' && (peek(c) & 0xc0) != 0x80)
		c->place.column++;
}

static bool
ends_cell(const struct csv *c)
{
	return at_end(c) || peek(c) == c->separator || peek(c) == '\n' || peek(c) == '\r';
}

/* Behind the opening quote; the text in its quotes, or false and why. */
static bool
quoted(struct csv *c, struct buf *out, const char **why)
{
	struct diag_place open = c->place;
	step(c);
	for (;; step(c)) {
		if (at_end(c)) {
			c->place = open;
			*why = N_("This quote is never closed.");
			return false;
		}
		if (peek(c) != '"') {
			buf_char(out, peek(c));
			continue;
		}
		step(c);
		if (peek(c) != '"')
			break;
		buf_char(out, '"');
	}
	while (peek(c) == ' ')
		step(c);
	if (!ends_cell(c)) {
		*why = N_("Nothing may stand behind a closing quote.");
		return false;
	}
	return true;
}

bool
csv_row(struct csv *c, struct arena *a, struct csv_cell *cells, size_t max, size_t *n,
	const char **why)
{
	*n = 0;
	*why = NULL;
	if (at_end(c))
		return false;
	struct buf text = {0};
	for (bool more = true; more; (*n)++) {
		struct diag_place at = c->place;
		buf_reset(&text);
		if (peek(c) == '"' && !quoted(c, &text, why)) {
			buf_finish(&text);
			return false;
		}
		for (; !ends_cell(c); step(c))
			buf_char(&text, peek(c));
		if (*n < max)
			cells[*n] = (struct csv_cell){arena_str(a, str_trim(buf_view(&text))), at};
		more = !at_end(c) && peek(c) == c->separator;
		if (more)
			step(c);
	}
	if (peek(c) == '\r')
		step(c);
	if (peek(c) == '\n')
		step(c);
	buf_finish(&text);
	return true;
}
