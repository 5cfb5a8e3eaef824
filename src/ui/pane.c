/* What panes have in common: a margin for signs, a title, a list that scrolls. */
#include "pane.h"

#include "dais/text.h"

struct rect
pane_inner(const struct ui *u, struct rect r)
{
	return rect_cut(r, u->layout.bare ? 0 : 1, 0, 0, 0);
}

static bool
is_rail(const struct ui *u, enum pane_id id)
{
	return u->layout.rail && id == u->side && (id == PANE_AGENDA || id == PANE_REMOTE);
}

int
pane_head(const struct ui *u, enum pane_id id, struct rect r)
{
	const struct layout *l = &u->layout;
	struct rect floor = l->at[PANE_FLOOR], queue = l->at[PANE_QUEUE];
	bool two = queue.h && queue.y == floor.y;
	bool tabs = !l->rail && !u->zoom && !two && floor.w == r.w && id != PANE_FLOOR;
	if (is_rail(u, id))
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
	bool rail = is_rail(u, id);
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

static struct str
tab_title(struct ui *u, enum pane_id id)
{
	size_t count = 0;
	struct str title = str_of(_(pane_ops(id)->title));
	size_t n = session_note_count(u->s);
	for (size_t i = 0; id == PANE_NOTES && i < n; i++)
		count += !session_note_at(u->s, i)->removed;
	if (id == PANE_QUEUE)
		session_queue(u->s, &count);
	if (id == PANE_REMOTE)
		count = remote_count(u);
	return count ? ui_join(u, title, STR(" "), ui_number(u, (int64_t)count)) : title;
}

static const enum pane_id tabs[] = {PANE_QUEUE, PANE_REMOTE, PANE_NOTES, PANE_AGENDA};
enum { TAB_SIGN = 2, TAB_GAP = 2 };

static bool
has_tab(const struct ui *u, enum pane_id id)
{
	return id != PANE_REMOTE || u->focus == PANE_REMOTE || remote_first(u);
}

static void
tabs_paint(struct ui *u, struct grid *g, struct rect r)
{
	int x = 0;
	for (size_t i = 0; i < sizeof tabs / sizeof *tabs && x < r.w; i++) {
		bool shown = u->layout.at[tabs[i]].h > 0;
		if (!has_tab(u, tabs[i]))
			continue;
		struct str title = tab_title(u, tabs[i]);
		if (shown)
			draw_put(g, r, x, 0, STR("▸"), STYLE_ACCENT);
		x += TAB_SIGN;
		x = draw_fit(g, r, x, 0, r.w - x, title, shown ? STYLE_STRONG : STYLE_FAINT) + TAB_GAP;
	}
}

static bool
tabs_choose(struct ui *u, int y)
{
	int at = u->acting.click.x - u->layout.at[PANE_TABS].x, x = 0;
	(void)y;
	for (size_t i = 0; i < sizeof tabs / sizeof *tabs; i++) {
		if (!has_tab(u, tabs[i]))
			continue;
		x += TAB_SIGN + text_width(tab_title(u, tabs[i])) + TAB_GAP;
		if (at < x) {
			u->focus = tabs[i];
			return true;
		}
	}
	return false;
}

const struct pane_ops pane_tabs = {NULL, tabs_paint, NULL, tabs_choose, NULL};
