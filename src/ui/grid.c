/*
 * The cells that a screen is made of. A wide character takes two, and no
 * operation leaves half of one behind; that is why all writing goes through
 * one function here.
 */
#include "internal.h"

#include <stdlib.h>
#include <string.h>
#include <wchar.h>

#include "dais/text.h"
#include "dais/utf8.h"

static const struct cell blank = {
	.text = " ", .width = 1, .style = STYLE_TEXT, .ground = STYLE_TEXT};

const char *
style_name(enum style s)
{
	static const char *const names[] = {
#define X(id, name) name,
		UI_STYLES(X)
#undef X
	};
	return names[s];
}

static int
between(int least, int v, int most)
{
	return v < least ? least : v > most ? most : v;
}

void
grid_resize(struct grid *g, int columns, int rows)
{
	g->columns = between(0, columns, COLUMNS_MAX);
	g->rows = between(0, rows, ROWS_MAX);
	size_t n = (size_t)g->columns * (size_t)g->rows;
	g->cells = xrealloc(g->cells, (n ? n : 1) * sizeof *g->cells);
	grid_clear(g);
}

void
grid_finish(struct grid *g)
{
	free(g->cells);
	*g = (struct grid){0};
}

struct rect
grid_area(const struct grid *g)
{
	return (struct rect){0, 0, g->columns, g->rows};
}

struct rect
rect_cut(struct rect r, int left, int top, int right, int bottom)
{
	left = between(0, left, r.w);
	top = between(0, top, r.h);
	r.x += left;
	r.y += top;
	r.w = between(0, r.w - left - right, r.w - left);
	r.h = between(0, r.h - top - bottom, r.h - top);
	return r;
}

void
grid_clear(struct grid *g)
{
	size_t columns = (size_t)g->columns;
	for (size_t x = 0; g->rows && x < columns; x++)
		g->cells[x] = blank;
	for (int y = 1; y < g->rows; y++)
		memcpy(&g->cells[(size_t)y * columns], g->cells, columns * sizeof *g->cells);
	g->cursor_x = g->cursor_y = -1;
}

/* The part of r that is on the grid; its corners fit into an int whatever r holds. */
static struct rect
on_grid(const struct grid *g, struct rect r)
{
	int64_t right = (int64_t)r.x + r.w, bottom = (int64_t)r.y + r.h;
	int x = between(0, r.x, g->columns), y = between(0, r.y, g->rows);
	int x_end = right < x ? x : right > g->columns ? g->columns : (int)right;
	int y_end = bottom < y ? y : bottom > g->rows ? g->rows : (int)bottom;
	return (struct rect){x, y, x_end - x, y_end - y};
}

static struct cell *
cell_at(struct grid *g, int x, int y)
{
	return &g->cells[(size_t)y * (size_t)g->columns + (size_t)x];
}

static void
erase(struct cell *c)
{
	unsigned char ground = c->ground;
	*c = blank;
	c->ground = ground;
}

/* Blanks the other half of a wide character that is about to lose the cells from x up to end. */
static void
part_halves(struct grid *g, int x, int end, int y)
{
	struct cell *first = cell_at(g, x, y);
	if (first->width == 0 && x > 0)
		erase(first - 1);
	if (end < g->columns && cell_at(g, end, y)->width == 0)
		erase(cell_at(g, end, y));
}

void
grid_ground(struct grid *g, struct rect r, enum style ground)
{
	r = on_grid(g, r);
	for (int y = r.y; y < r.y + r.h; y++)
		for (int x = r.x; x < r.x + r.w; x++)
			cell_at(g, x, y)->ground = (unsigned char)ground;
}

void
grid_blank(struct grid *g, struct rect r, enum style ground)
{
	r = on_grid(g, r);
	for (int y = r.y; r.w > 0 && y < r.y + r.h; y++) {
		part_halves(g, r.x, r.x + r.w, y);
		for (int x = r.x; x < r.x + r.w; x++)
			*cell_at(g, x, y) = blank;
	}
	grid_ground(g, r, ground);
}

/* A mark too many for the cell is left out: nobody can see it. */
static void
add_mark(struct cell *c, struct str mark)
{
	size_t n = strlen(c->text);
	if (n + mark.n < CELL_BYTES)
		memcpy(c->text + n, mark.p, mark.n);
}

static void
set_cell(struct grid *g, int x, int y, struct str text, int width, enum style style)
{
	part_halves(g, x, x + width, y);
	for (int i = 0; i < width; i++) {
		struct cell *c = cell_at(g, x + i, y);
		erase(c);
		memset(c->text, 0, CELL_BYTES);
		c->style = (unsigned char)style;
		c->width = 0;
	}
	struct cell *c = cell_at(g, x, y);
	memcpy(c->text, text.p, text.n);
	c->width = (unsigned char)width;
}

/*
 * The bytes of a character that nothing has to be done to, or 0: ASCII, the
 * lines and blocks of U+2500 to U+25BF, and the ideographs of U+4E00 to U+9F7F,
 * which take two columns.
 */
static size_t
plain_bytes(struct str s, size_t at)
{
	const unsigned char *p = (const unsigned char *)s.p + at;
	if (p[0] < 0x80)
		return p[0] >= 0x20 && p[0] <= 0x7e;
	if (s.n - at < 3 || (p[1] & 0xc0) != 0x80 || (p[2] & 0xc0) != 0x80)
		return 0;
	bool drawn = p[0] == 0xe2 && p[1] >= 0x94 && p[1] <= 0x96;
	bool ideograph = (p[0] == 0xe4 && p[1] >= 0xb8) || (p[0] > 0xe4 && p[0] < 0xe9) ||
		(p[0] == 0xe9 && p[1] < 0xbe);
	return drawn || ideograph ? 3 : 0;
}

static int
plain_width(struct str s, size_t at)
{
	return (unsigned char)s.p[at] >= 0xe4 ? 2 : 1;
}

int
grid_plain_width(struct str s)
{
	int columns = 0;
	for (size_t at = 0, n; at < s.n; at += n) {
		if (!(n = plain_bytes(s, at)))
			return -1;
		columns += plain_width(s, at);
	}
	return columns;
}

/* What is plain: most of a screen is put this way. */
static int
put_plain(struct grid *g, struct rect clip, int x, int y, struct str text, enum style style)
{
	size_t at = 0, end;
	int past, room = clip.x + clip.w;
	for (; at < text.n && x < clip.x && x + plain_width(text, at) <= room;
		at += plain_bytes(text, at))
		x += plain_width(text, at);
	if (x < clip.x)
		return x;
	for (end = at, past = x; end < text.n && past + plain_width(text, end) <= room;
		end += plain_bytes(text, end))
		past += plain_width(text, end);
	if (past == x)
		return x;
	part_halves(g, x, past, y);
	for (struct cell *c = cell_at(g, x, y); at < end;) {
		size_t n = plain_bytes(text, at);
		int width = plain_width(text, at);
		unsigned char sign = (unsigned char)style;
		*c = (struct cell){.width = (unsigned char)width, .style = sign, .ground = c->ground};
		memcpy(c->text, text.p + at, n);
		if (width == 2)
			c[1] = (struct cell){.style = sign, .ground = c[1].ground};
		c += width;
		at += n;
	}
	return past;
}

int
grid_put(struct grid *g, struct rect clip, int x, int y, struct str text, enum style style)
{
	clip = on_grid(g, clip);
	if (y < clip.y || y >= clip.y + clip.h || x >= clip.x + clip.w)
		return x;
	if (grid_plain_width(text) >= 0)
		return put_plain(g, clip, x, y, text, style);
	struct buf clean = {0};
	text_clean(&clean, text);
	text = buf_view(&clean);
	struct cell *last = NULL;
	for (size_t at = 0, n = 0; at < text.n; at += n) {
		uint32_t code = 0;
		n = utf8_read(str_from(text, at), &code);
		struct str one = str_upto(str_from(text, at), n);
		int width = code < 0x7f ? 1 : wcwidth((wchar_t)code);
		width = between(0, width, 2);
		if (width == 0) {
			if (last)
				add_mark(last, one);
			continue;
		}
		if (x + width > clip.x + clip.w)
			break;
		last = NULL;
		if (x >= clip.x) {
			set_cell(g, x, y, one, width, style);
			last = cell_at(g, x, y);
		}
		x += width;
	}
	buf_finish(&clean);
	return x;
}

int
grid_repeat(struct grid *g, struct rect clip, int x, int y, int columns, struct str sign, enum style style)
{
	clip = on_grid(g, clip);
	int end = x + columns > clip.x + clip.w ? clip.x + clip.w : x + columns, from = x < clip.x ? clip.x : x;
	if (y < clip.y || y >= clip.y + clip.h)
		return x;
	if (from >= end)
		return end > x ? end : x;
	struct cell one = {.width = 1, .style = (unsigned char)style};
	memcpy(one.text, sign.p, sign.n);
	part_halves(g, from, end, y);
	for (struct cell *c = cell_at(g, from, y), *last = c + (end - from); c < last; c++) {
		one.ground = c->ground;
		*c = one;
	}
	return end;
}

static bool
same_cell(const struct cell *a, const struct cell *b)
{
	return memcmp(a, b, sizeof *a) == 0;
}

bool
cells_differ(const struct cell *last, const struct cell *now, int columns, int *from, int *end)
{
	int a = 0, b = columns;
	if (memcmp(last, now, (size_t)columns * sizeof *last) == 0)
		return false;
	while (same_cell(&last[a], &now[a]))
		a++;
	while (same_cell(&last[b - 1], &now[b - 1]))
		b--;
	while (a > 0 && (last[a].width == 0 || now[a].width == 0))
		a--;
	while (b < columns && (last[b].width == 0 || now[b].width == 0))
		b++;
	*from = a;
	*end = b;
	return true;
}

static bool
same_run(const struct cell *c, const struct cell *run)
{
	if (c->ground != run->ground)
		return false;
	return c->style == run->style || strcmp(c->text, " ") == 0;
}

static void
dump_row(const struct cell *row, int n, struct buf *out, bool styles)
{
	const struct cell *run = &blank;
	for (int x = 0; x < n; x++) {
		const struct cell *c = &row[x];
		if (styles && c->width > 0 && !same_run(c, run)) {
			if (run->style != STYLE_TEXT || run->ground != STYLE_TEXT)
				buf_char(out, '}');
			run = c;
			if (c->style != STYLE_TEXT || c->ground != STYLE_TEXT) {
				buf_char(out, '{');
				buf_puts(out, style_name(c->style));
				if (c->ground != STYLE_TEXT) {
					buf_char(out, '/');
					buf_puts(out, style_name(c->ground));
				}
				buf_char(out, ':');
			}
		}
		buf_puts(out, c->text);
	}
	if (run->style != STYLE_TEXT || run->ground != STYLE_TEXT)
		buf_char(out, '}');
	buf_char(out, '\n');
}

void
grid_dump(const struct grid *g, struct buf *out, bool styles)
{
	for (int y = 0; y < g->rows; y++) {
		const struct cell *row = &g->cells[(size_t)y * (size_t)g->columns];
		int n = g->columns;
		while (n > 0 && strcmp(row[n - 1].text, " ") == 0 &&
			(!styles || row[n - 1].ground == STYLE_TEXT))
			n--;
		dump_row(row, n, out, styles);
	}
}
