/*
 * The agenda: what was, what runs, what comes, and when it will end. A rail
 * at the left of a wide screen, a list where it is asked for.
 */
#include "pane.h"

#include "dais/text.h"

enum { OVERRUN_MS = 60000, FOOT_ROWS = 4 };

/* The row that is chosen: by hand, or else the running one. */
static size_t
chosen(const struct ui *u, size_t n)
{
	size_t at = u->segment < n ? u->segment : session_segment_now(u->s);
	return at < n ? at : 0;
}

static void
agenda_step(struct ui *u, int by)
{
	size_t n;
	session_segments(u->s, &n);
	int64_t to = (int64_t)chosen(u, n) + by;
	if (!n)
		return;
	u->segment = to < 0 ? 0 : to >= (int64_t)n ? n - 1 : (size_t)to;
}

static void
agenda_act(struct ui *u)
{
	size_t n;
	const struct session_segment *all = session_segments(u->s, &n);
	struct buf line = {0};
	if (!n)
		return;
	buf_puts(&line, "segment go ");
	command_quote(&line, all[chosen(u, n)].id);
	if (!ask(u, buf_view(&line)) && u->mode == MODE_NORMAL)
		u->segment = SIZE_MAX;
	buf_finish(&line);
}

/* ---- painting ---- */

/* After the close nothing runs any more. */
static bool
is_running(const struct ui *u, const struct session_segment *g)
{
	return g->state == SEGMENT_RUNNING && !session_closed(u->s);
}

static const char *
sign_of(const struct ui *u, const struct session_segment *g)
{
	if (g->state == SEGMENT_RUNNING && !is_running(u, g))
		return "✓";
	switch (g->state) {
	case SEGMENT_DONE:
		return "✓";
	case SEGMENT_RUNNING:
		return "▶";
	case SEGMENT_SKIPPED:
		return "–";
	case SEGMENT_PLANNED:
		return "·";
	}
	return "·";
}

/* How long it took or may take, in a row of w columns. */
static struct str
time_of(struct ui *u, size_t i, int w, enum style *style)
{
	size_t n;
	const struct session_segment *s = &session_segments(u->s, &n)[i];
	*style = STYLE_FAINT;
	if (s->state == SEGMENT_SKIPPED)
		return str_of(_("skipped"));
	if (s->state == SEGMENT_PLANNED)
		return ui_time(u, s->budget_ms);
	int64_t ms = session_segment_elapsed(u->s, i, u->t);
	struct str took = ui_time(u, ms);
	bool over = ms - s->budget_ms >= OVERRUN_MS && s->budget_ms > 0;
	*style = over ? STYLE_WARNING : is_running(u, s) ? STYLE_TEXT : STYLE_DIM;
	if (!over)
		return took;
	struct str by = ui_join(u, STR("+"), STR(""), ui_time(u, ms - s->budget_ms));
	struct str both = ui_join(u, by, STR(" "), took);
	bool fits = text_width(word_segment(u, s)) + text_width(both) + 3 <= w;
	return fits ? both : by;
}

static void
paint_row(struct ui *u, struct grid *g, struct rect r, int y, size_t i)
{
	size_t n;
	const struct session_segment *s = &session_segments(u->s, &n)[i];
	bool runs = is_running(u, s), was = s->state == SEGMENT_DONE || s->state == SEGMENT_RUNNING;
	enum style style = runs ? STYLE_STRONG : STYLE_DIM, how;
	struct str time = time_of(u, i, r.w, &how);
	int end = draw_right(g, r, r.w, y, time, how);
	draw_put(g, r, 0, y, str_of(sign_of(u, s)), runs ? STYLE_ACCENT : was ? STYLE_GOOD : STYLE_FAINT);
	if (end > 4)
		draw_fit(g, r, 2, y, end - 3, word_segment(u, s), style);
}

static void
paint_foot(struct ui *u, struct grid *g, struct rect r, int y)
{
	int64_t ends = session_expected_end(u->s, u->t), planned = session_planned_end(u->s);
	if (ends == EVENT_NO)
		return;
	draw_rule(g, r, y, STR_NONE, STR_NONE);
	draw_fit(g, r, 0, y + 1, r.w,
		session_closed(u->s) ? FILL(u, _("ended {0}"), ui_wall(u, ends, false))
				     : FILL(u, _("ends {0}"), ui_wall(u, ends, false)),
		STYLE_TEXT);
	draw_fit(g, r, 0, y + 2, r.w, FILL(u, _("planned {0}"), ui_wall(u, planned, false)), STYLE_FAINT);
}

/* The rows of the list, below the title. */
static struct rect
list_area(const struct ui *u, struct rect r, size_t n, bool *foot)
{
	int head = pane_head(u, PANE_AGENDA, r);
	r = rect_cut(r, 0, head, 0, 0);
	*foot = r.h >= FOOT_ROWS + 4;
	if (*foot)
		r.h -= FOOT_ROWS;
	if (r.h > (int)n)
		r.h = (int)n;
	return r;
}

static struct rect
row_area(const struct ui *u, struct rect list)
{
	bool rail = u->layout.rail;
	return rect_cut(list, u->layout.bare ? 0 : rail ? 2 : 1, 0, rail ? 2 : 1, 0);
}

/* The minute at which it will end is another. */
static bool
end_moved(const struct ui *u)
{
	enum { MINUTE = 60000 };
	return session_expected_end(u->s, u->t) / MINUTE != session_expected_end(u->s, u->painted.t) / MINUTE;
}

/* The time of what runs, while it takes no more columns than before. */
static bool
agenda_tick(struct ui *u, struct grid *g, struct rect r)
{
	size_t n;
	bool foot;
	session_segments(u->s, &n);
	struct rect list = list_area(u, r, n, &foot), row = row_area(u, list);
	size_t first = pane_first(n, chosen(u, n), list.h);
	int64_t t = u->t;
	if (end_moved(u))
		return false;
	for (int y = 0; y < list.h; y++) {
		size_t i = first + (size_t)y;
		enum style style, before;
		if (session_segment_elapsed(u->s, i, t) == session_segment_elapsed(u->s, i, u->painted.t))
			continue;
		struct str now = time_of(u, i, row.w, &style);
		u->t = u->painted.t;
		struct str was = time_of(u, i, row.w, &before);
		u->t = t;
		if (now.n != was.n)
			return false;
		draw_right(g, row, row.w, y, now, style);
	}
	return true;
}

static void
agenda_paint(struct ui *u, struct grid *g, struct rect r)
{
	size_t n;
	const struct session_segment *all = session_segments(u->s, &n);
	bool foot, rail = u->layout.rail;
	if (rail)
		grid_ground(g, r, STYLE_RAIL);
	pane_title(u, g, r, PANE_AGENDA, str_of(_("Agenda")), STR_NONE);
	struct rect list = list_area(u, r, n, &foot);
	struct rect inner = row_area(u, list);
	size_t at = chosen(u, n), first = pane_first(n, at, list.h);
	for (int y = 0; y < list.h; y++) {
		size_t i = first + (size_t)y;
		bool picked = i == at && u->focus == PANE_AGENDA;
		struct rect row = rect_cut(list, rail ? 1 : 0, 0, rail ? 1 : 0, 0);
		if (picked || is_running(u, &all[i]))
			grid_ground(g, (struct rect){row.x, row.y + y, row.w, 1}, STYLE_SELECTED);
		if (picked && !u->layout.bare)
			draw_put(g, row, 0, y, STR("▸"), STYLE_ACCENT);
		paint_row(u, g, inner, y, i);
	}
	inner.h = r.y + r.h - inner.y;
	if (foot && n > (size_t)list.h)
		draw_fit(g, inner, 2, list.h, inner.w - 2,
			FILL(u, _("{0} more"), ui_number(u, (int64_t)n - list.h)), STYLE_FAINT);
	if (foot)
		paint_foot(u, g, inner, list.h + 1);
}

static bool
agenda_choose(struct ui *u, int y)
{
	size_t n;
	bool foot;
	session_segments(u->s, &n);
	struct rect r = u->layout.at[PANE_AGENDA], list = list_area(u, r, n, &foot);
	int row = y - (list.y - r.y);
	if (row < 0 || row >= list.h)
		return false;
	u->segment = pane_first(n, chosen(u, n), list.h) + (size_t)row;
	return true;
}

const struct pane_ops pane_agenda = {
	N_("Agenda"), agenda_paint, agenda_step, agenda_choose, agenda_act, NULL,
	agenda_tick};

/* ---- the same in one line ---- */

static void
strip_paint(struct ui *u, struct grid *g, struct rect r)
{
	size_t n, now = session_segment_now(u->s);
	const struct session_segment *all = session_segments(u->s, &n);
	int64_t ends = session_expected_end(u->s, u->t);
	grid_ground(g, r, STYLE_RAIL);
	r = rect_cut(r, 1, 0, 1, 0);
	int end = r.w;
	if (session_closed(u->s))
		now = n;
	if (ends != EVENT_NO)
		end = draw_right(g, r, r.w, 0,
			session_closed(u->s) ? FILL(u, _("ended {0}"), ui_wall(u, ends, false))
					     : FILL(u, _("ends {0}"), ui_wall(u, ends, false)),
			STYLE_DIM) - 2;
	struct str name = now < n ? ui_fit(u, word_segment(u, &all[now]), r.w / 2 - 8) : STR_NONE;
	struct rect left = {r.x, r.y, end < 0 ? 0 : end, 1};
	bool signs = (int)n * 2 + text_width(name) + 4 <= left.w;
	int x = 0;
	for (size_t i = 0; i < n; i++) {
		if (i == now)
			x = draw_fit(g, left, draw_put(g, left, x, 0, STR("▶ "), STYLE_ACCENT), 0, left.w,
				    name, STYLE_ACCENT) + 2;
		else if (signs)
			x = draw_put(g, left, x, 0, str_of(sign_of(u, &all[i])),
				    all[i].state == SEGMENT_DONE || all[i].state == SEGMENT_RUNNING
					    ? STYLE_GOOD : STYLE_FAINT) + 1;
	}
	if (!signs && now < n)
		draw_fit(g, left, x, 0, left.w - x,
			FILL(u, _("{0} of {1}"), ui_number(u, (int64_t)now + 1), ui_number(u, (int64_t)n)),
			STYLE_FAINT);
}

static bool
strip_tick(struct ui *u, struct grid *g, struct rect r)
{
	(void)g;
	(void)r;
	return !end_moved(u);
}

const struct pane_ops pane_strip = {NULL, strip_paint, NULL, NULL, NULL, NULL, strip_tick};
