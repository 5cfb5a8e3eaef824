/* A page longer than the screen: what is written above its first line or below its last is not seen. */
#include "pane.h"

#include "dais/text.h"

void
page_put(struct page *p, int x, struct str text, enum style style)
{
	struct buf clean = {0};
	int columns = p->r.w - x - 1;
	text_clean(&clean, text);
	struct str rest = buf_view(&clean);
	for (size_t n; rest.n; rest = str_from(rest, n)) {
		n = text_break(rest, columns > 1 ? columns : 2);
		page_name(p, x, columns, str_trim(str_upto(rest, n)), style);
		p->y++;
	}
	buf_finish(&clean);
}

void
page_parts(struct page *p, int x, struct str text, struct str between, enum style style)
{
	int columns = p->r.w - x - 1;
	struct str rest = text;
	while (rest.n) {
		size_t end = 0, next = 0;
		for (size_t at = 0; at <= rest.n; at++) {
			bool ends = at == rest.n || str_starts(str_from(rest, at), between);
			if (!ends)
				continue;
			if (end && text_width(str_upto(rest, at)) > columns)
				break;
			end = at;
			next = at < rest.n ? at + between.n : at;
		}
		page_put(p, x, str_upto(rest, end), style);
		rest = str_from(rest, next);
	}
}

void
page_name(struct page *p, int x, int columns, struct str text, enum style style)
{
	if (p->g && p->y >= 0 && p->y < p->r.h && columns > 0)
		draw_fit(p->g, p->r, x, p->y, columns, text, style);
}

bool
page_key(const struct ui *u, uint32_t key, int *top)
{
	enum { FAR = 100000 };
	int page = u->layout.body.h > 2 ? u->layout.body.h - 2 : 1;
	switch (key) {
	case KEY_DOWN:
		*top += *top < FAR;
		return true;
	case KEY_UP:
		*top -= *top > 0;
		return true;
	case KEY_PAGE_DOWN:
		*top += *top < FAR ? page : 0;
		return true;
	case KEY_PAGE_UP:
		*top = *top > page ? *top - page : 0;
		return true;
	case KEY_HOME:
		*top = 0;
		return true;
	case KEY_END:
		*top = FAR;
		return true;
	default:
		return false;
	}
}

struct rect
page_open(struct ui *u, struct grid *g, struct str title, struct str extra)
{
	struct rect r = u->layout.body;
	grid_blank(g, r, STYLE_TEXT);
	if (r.h < 3)
		return r;
	draw_rule(g, rect_cut(r, !u->layout.bare, 0, !u->layout.bare, 0), 0, title, extra);
	enum { AIRY = 28 };
	return rect_cut(r, 0, r.h >= AIRY ? 2 : 1, 0, 0);
}
