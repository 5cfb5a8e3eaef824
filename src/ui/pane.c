/* What panes have in common: a margin for signs, a title, a list that scrolls. */
#include "pane.h"

struct rect
pane_inner(const struct ui *u, struct rect r)
{
	return rect_cut(r, u->layout.bare ? 0 : 1, 0, 0, 0);
}

int
pane_head(const struct ui *u, enum pane_id id, struct rect r)
{
	const struct layout *l = &u->layout;
	bool tabs = !l->rail && !u->zoom && l->at[PANE_FLOOR].w == r.w && id != PANE_FLOOR;
	if (id == PANE_AGENDA && l->rail)
		return r.h > 12 ? 3 : 1;
	if (l->small || (tabs && !l->titled))
		return 0;
	if (id == PANE_FLOOR && !l->titled)
		return 0;
	return l->airy && r.h > 6 ? 2 : 1;
}

void
pane_title(struct ui *u, struct grid *g, struct rect r, enum pane_id id, struct str title,
	struct str extra)
{
	int head = pane_head(u, id, r);
	bool focused = u->focus == id && u->mode == MODE_NORMAL;
	bool rail = id == PANE_AGENDA && u->layout.rail;
	struct rect inner = rail ? rect_cut(r, 2, head > 2, 2, 0) : pane_inner(u, r);
	if (!head)
		return;
	if (rail) {
		draw_fit(g, inner, 0, 0, inner.w, title, focused ? STYLE_STRONG : STYLE_TITLE);
		return;
	}
	draw_rule(g, inner, 0, title, extra);
	/* Over the rule's own title, in the same columns. */
	if (focused)
		draw_fit(g, inner, 0, 0, inner.w, title, STYLE_STRONG);
}

void
pane_chosen(struct ui *u, struct grid *g, struct rect r, int y, enum pane_id id)
{
	grid_ground(g, (struct rect){r.x, r.y + y, r.w, 1}, STYLE_SELECTED);
	if (u->focus == id && !u->layout.bare)
		draw_put(g, r, 0, y, STR("▸"), STYLE_ACCENT);
}

size_t
pane_first(size_t n, size_t at, int h)
{
	size_t rows = h > 0 ? (size_t)h : 0;
	if (n <= rows)
		return 0;
	size_t first = at >= rows / 2 ? at - rows / 2 : 0;
	return first + rows > n ? n - rows : first;
}

/* ---- which of them is looked at, where there is room for one ---- */

static int
tab(struct ui *u, struct grid *g, struct rect r, int x, enum pane_id id, size_t n)
{
	bool shown = u->layout.at[id].h > 0;
	struct str title = str_of(_(pane_ops(id)->title));
	if (n)
		title = ui_join(u, title, STR(" "), ui_number(u, (int64_t)n));
	if (shown)
		draw_put(g, r, x, 0, STR("▸"), STYLE_ACCENT);
	return draw_fit(g, r, x + 2, 0, r.w - x - 2, title, shown ? STYLE_STRONG : STYLE_FAINT) + 2;
}

static void
tabs_paint(struct ui *u, struct grid *g, struct rect r)
{
	size_t waiting, notes, written = 0;
	session_queue(u->s, &waiting);
	const struct session_note *all = session_notes(u->s, &notes);
	for (size_t i = 0; i < notes; i++)
		written += !all[i].removed;
	int x = tab(u, g, r, 0, PANE_QUEUE, waiting);
	if (x < r.w)
		x = tab(u, g, r, x, PANE_NOTES, written);
	if (x < r.w)
		tab(u, g, r, x, PANE_AGENDA, 0);
}

const struct pane_ops pane_tabs = {NULL, tabs_paint, NULL, NULL, NULL};
