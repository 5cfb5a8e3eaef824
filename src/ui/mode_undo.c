/*
 * What can be taken back, the newest first, each with who did it and when.
 * The row that is chosen stays chosen while others go on working, so that
 * Enter undoes what was looked at.
 */
#include "pane.h"

enum { UNDO_MAX = 300 };

/* A number in the command language means an event of the session's log. */
static size_t
next_place(const struct ui *u, size_t before)
{
	do
		before = session_undoable(u->s, before);
	while (before != SIZE_MAX && session_event_at(u->s, before)->lane != LANE_SESSION);
	return before;
}

/* The places of what can be undone, and which of them is chosen. */
static size_t
collect(const struct ui *u, size_t *places, size_t *at)
{
	size_t n = 0, place = SIZE_MAX;
	*at = 0;
	while (n < UNDO_MAX && (place = next_place(u, place)) != SIZE_MAX) {
		places[n++] = place;
		if (u->chosen != SIZE_MAX && place >= u->chosen)
			*at = n - 1;
	}
	return n;
}

void
undo_start(struct ui *u)
{
	mode_enter(u, MODE_UNDO);
	u->chosen = next_place(u, SIZE_MAX);
}

static void
undo_chosen(struct ui *u, size_t place)
{
	struct buf line = {0};
	buf_puts(&line, "undo ");
	buf_int(&line, session_event_at(u->s, place)->seq);
	/* A refusal is read beside what it is about. */
	if (!ask(u, buf_view(&line)) && u->mode == MODE_UNDO)
		mode_leave(u);
	buf_finish(&line);
}

static void
undo_key(struct ui *u, uint32_t key, unsigned mods)
{
	size_t places[UNDO_MAX], at, n = collect(u, places, &at);
	(void)mods;
	key = key == 'j' ? (uint32_t)KEY_DOWN : key == 'k' ? (uint32_t)KEY_UP : key;
	if (key == KEY_ESCAPE || key == 'q' || key == 'U' || !n) {
		mode_leave(u);
		return;
	}
	if (key == KEY_ENTER) {
		undo_chosen(u, places[at]);
		return;
	}
	int row = (int)at;
	if (!page_key(u, key, &row))
		return;
	u->chosen = places[row < (int)n ? row : (int)n - 1];
	if (u->said_bad)
		buf_reset(&u->said);
}

static void
paint_row(struct ui *u, struct grid *g, struct rect r, size_t place, bool chosen)
{
	const struct event *e = session_event_at(u->s, place);
	bool wide = r.w >= 50;
	if (chosen) {
		grid_ground(g, r, STYLE_SELECTED);
		draw_put(g, r, 0, 0, STR("▸"), STYLE_ACCENT);
	}
	struct str when = ui_wall(u, session_wall(u->s, e->t), wide);
	int x = draw_put(g, r, 1, 0, when, STYLE_DIM) + 2;
	int end = wide ? draw_right(g, r, r.w - 1, 0, word_writer(u, e->by), STYLE_DIM) - 2 : r.w - 1;
	draw_fit(g, r, x, 0, end - x, event_words(u->s, &u->scratch, e), STYLE_TEXT);
}

static void
undo_paint(struct ui *u, struct grid *g)
{
	size_t places[UNDO_MAX], at, n = collect(u, places, &at);
	struct rect r = page_open(u, g, str_of(_("What can be undone")),
		n ? ui_number(u, (int64_t)n) : STR_NONE);
	g->cursor_x = g->cursor_y = -1;
	/* The smallest console has no message line. */
	if (u->layout.small && said(u).n && r.h > 2) {
		struct page p = {g, r, 0};
		page_put(&p, 1, said(u), u->said_bad ? STYLE_ALERT : STYLE_TEXT);
		r = rect_cut(r, 0, p.y < r.h ? p.y : r.h - 1, 0, 0);
	}
	size_t first = pane_first(n, at, r.h);
	for (int y = 0; y < r.h && first + (size_t)y < n; y++)
		paint_row(u, g, (struct rect){r.x, r.y + y, r.w, 1}, places[first + (size_t)y],
			first + (size_t)y == at);
	if (!n)
		draw_fit(g, r, 1, 0, r.w - 2, str_of(_("Nothing can be undone.")), STYLE_DIM);
}

const struct mode_ops mode_undo = {undo_key, NULL, undo_paint, NULL};
