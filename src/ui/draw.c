/*
 * What every pane draws with: text in a rectangle, rules, bars. Coordinates
 * count from the rectangle's corner.
 */
#include "internal.h"

#include "dais/text.h"

int
draw_put(struct grid *g, struct rect r, int x, int y, struct str text, enum style style)
{
	return grid_put(g, r, r.x + x, r.y + y, text, style) - r.x;
}

int
draw_fit(struct grid *g, struct rect r, int x, int y, int columns, struct str text,
	enum style style)
{
	struct buf fitted = {0};
	if (columns > r.w - x)
		columns = r.w - x;
	int plain = grid_plain_width(text);
	if (plain >= 0 && plain <= columns)
		return draw_put(g, r, x, y, text, style);
	text_fit(&fitted, text, columns);
	x = draw_put(g, r, x, y, buf_view(&fitted), style);
	buf_finish(&fitted);
	return x;
}

static int
width_of(struct str text)
{
	int plain = grid_plain_width(text);
	return plain >= 0 ? plain : text_width(text);
}

int
draw_right(struct grid *g, struct rect r, int end, int y, struct str text, enum style style)
{
	if (end > r.w)
		end = r.w;
	int x = end - width_of(text);
	if (x < 0)
		x = 0;
	draw_fit(g, r, x, y, end - x, text, style);
	return x;
}

int
draw_centre(struct grid *g, struct rect r, int y, struct str text, enum style style)
{
	int free_columns = r.w - width_of(text);
	return draw_fit(g, r, free_columns > 0 ? free_columns / 2 : 0, y, r.w, text, style);
}

int
draw_wrapped(struct grid *g, struct rect r, int x, int y, int columns, int rows, struct str text,
	enum style style)
{
	struct buf clean = {0};
	text_clean(&clean, text);
	struct str rest = buf_view(&clean);
	if (columns > r.w - x)
		columns = r.w - x;
	int row = 0;
	while (rest.n && row < rows && columns > 0) {
		size_t n = row == rows - 1 ? rest.n : text_break(rest, columns);
		struct str line = str_upto(rest, n);
		while (line.n && line.p[line.n - 1] == ' ')
			line.n--;
		draw_fit(g, r, x, y + row++, columns, line, style);
		rest = str_from(rest, n);
	}
	buf_finish(&clean);
	return row;
}

static int
repeat(struct grid *g, struct rect r, int x, int y, int columns, struct str sign, enum style style)
{
	return grid_repeat(g, r, r.x + x, r.y + y, columns, sign, style) - r.x;
}

void
draw_rule(struct grid *g, struct rect r, int y, struct str title, struct str extra)
{
	int x = 0;
	if (title.n)
		x = draw_fit(g, r, x, y, r.w, title, STYLE_TITLE) + 1;
	if (extra.n && x < r.w)
		x = draw_fit(g, r, x, y, r.w - x, extra, STYLE_FAINT) + 1;
	repeat(g, r, x, y, r.w - x, STR("─"), STYLE_RULE);
}

void
draw_bar(struct grid *g, struct rect r, int x, int y, int columns, int64_t done, int64_t whole,
	enum style style)
{
	if (columns > r.w - x)
		columns = r.w - x;
	if (columns <= 0)
		return;
	double part = whole > 0 ? (double)done / (double)whole : 0;
	part = part < 0 ? 0 : part > 1 ? 1 : part;
	int halves = (int)(part * 2 * columns);
	int end = x + columns;
	x = repeat(g, r, x, y, halves / 2, STR("━"), style);
	if (halves % 2)
		x = draw_put(g, r, x, y, STR("╾"), style);
	repeat(g, r, x, y, end - x, STR("─"), STYLE_BAR_REST);
}

void
draw_cursor(struct grid *g, struct rect r, int x, int y)
{
	bool inside = x >= 0 && x < r.w && y >= 0 && y < r.h;
	g->cursor_x = inside ? r.x + x : -1;
	g->cursor_y = inside ? r.y + y : -1;
}
