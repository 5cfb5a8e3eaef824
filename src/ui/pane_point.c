/*
 * The point: what is being debated, and how much of its time is gone. Other
 * segments stand here as well, with their title; before the first and after
 * the close it says what to do.
 */
#include "pane.h"

#include "dais/text.h"

/* "Point 2 of 3", "Opening" */
static struct str
place(struct ui *u, const struct session_segment *g)
{
	const char *of = NULL;
	if (g->kind == SEGMENT_POINT)
		of = N_("Point {0} of {1}");
	else if (g->kind == SEGMENT_KEYNOTE)
		of = N_("Keynote {0} of {1}");
	else if (g->kind == SEGMENT_AWARD)
		of = N_("Certificates {0} of {1}");
	struct str number = g->kind == SEGMENT_POINT ? word_ordinal(u, g->number) : ui_number(u, g->number);
	if (of && g->of > 1)
		return FILL(u, _(of), number, ui_number(u, g->of));
	return str_of(word_kind(g->kind));
}

static bool
holds(struct str text, struct str part)
{
	for (size_t i = 0; i + part.n <= text.n; i++)
		if (str_starts(str_from(text, i), part))
			return true;
	return false;
}

struct str
point_headline(struct ui *u, struct str *label)
{
	const struct session_segment *g = now_segment(u);
	const struct session_forum *forum = session_forum(u->s);
	*label = session_closed(u->s) ? str_of(_("Closed")) : forum->series;
	if (session_closed(u->s) || !g)
		return forum->title;
	struct str where = place(u, g), title = g->title.n ? g->title : word_segment(u, g);
	if (holds(title, where))
		return title;
	if (holds(where, title))
		return where;
	*label = where;
	return title;
}

/* "5 spoke · 1 invited unheard" */
static struct str
heard(struct ui *u)
{
	const struct session_segment *g = now_segment(u);
	if (!g || g->kind != SEGMENT_POINT || session_closed(u->s))
		return STR_NONE;
	size_t now = session_segment_now(u->s), unheard = session_unheard(u->s, now);
	struct str spoke = FILL(u, _("{0} spoke"), ui_number(u, (int64_t)session_spoke(u->s, now)));
	if (!unheard)
		return spoke;
	return ui_join(u, spoke, STR(" · "),
		FILL(u, _("{0} invited unheard"), ui_number(u, (int64_t)unheard)));
}

/* "22:18 of 40:00", or how far over it is. */
static struct str
elapsed(struct ui *u, int64_t *ms, int64_t *budget)
{
	const struct session_segment *g = now_segment(u);
	*ms = *budget = 0;
	if (!g || session_closed(u->s))
		return STR_NONE;
	*ms = session_segment_elapsed(u->s, session_segment_now(u->s), u->t);
	*budget = g->budget_ms;
	if (*budget > 0 && *ms / 1000 > *budget / 1000)
		return FILL(u, _("+{0} over {1}"), ui_time(u, *ms / 1000 * 1000 - *budget),
			ui_time(u, *budget));
	if (*budget > 0)
		return FILL(u, _("{0} of {1}"), ui_time(u, *ms), ui_time(u, *budget));
	return ui_time(u, *ms);
}

int
point_rows(struct ui *u, int columns)
{
	struct str label;
	return text_width(point_headline(u, &label)) > columns ? 2 : 1;
}

static void
paint_bar(struct ui *u, struct grid *g, struct rect r, int y, bool say_heard)
{
	int64_t ms, budget;
	struct str time = elapsed(u, &ms, &budget);
	bool over = budget > 0 && ms / 1000 > budget / 1000;
	if (!time.n)
		return;
	if (sign_shown(u, false))
		time = ui_join(u, STR("⚑"), STR(" "), time);
	int end = draw_right(g, r, r.w, y, time, over ? STYLE_OVERTIME : STYLE_TEXT) - 3;
	struct str said_heard = say_heard ? heard(u) : STR_NONE;
	if (said_heard.n && text_width(said_heard) < end - 12)
		end = draw_right(g, r, end, y, said_heard, STYLE_DIM) - 3;
	if (end > 0 && budget > 0)
		draw_bar(g, r, 0, y, end, ms, budget, over ? STYLE_OVERTIME : STYLE_BAR);
}

/* One line: the question, and the time at its end. */
static void
paint_line(struct ui *u, struct grid *g, struct rect r)
{
	int64_t ms, budget;
	struct str time = elapsed(u, &ms, &budget), label;
	int end = r.w;
	if (time.n)
		end = draw_right(g, r, r.w, 0, time,
			budget > 0 && ms > budget ? STYLE_OVERTIME : STYLE_DIM) - 2;
	if (end > 0)
		draw_fit(g, r, 0, 0, end, point_headline(u, &label), STYLE_STRONG);
}

static void
point_paint(struct ui *u, struct grid *g, struct rect r)
{
	struct str label, title = point_headline(u, &label);
	bool labelled = u->layout.rail || u->layout.airy || u->zoom;
	if (u->focus == PANE_POINT && !u->layout.bare)
		draw_put(g, r, 0, r.h >= 4 ? 1 : 0, STR("▸"), STYLE_ACCENT);
	r = pane_inner(u, r);
	u->painted.bar_y = -1;
	if (r.h < 2) {
		paint_line(u, g, r);
		return;
	}
	int y = r.h >= 4, x = 0;
	bool air = u->layout.airy;
	if (labelled) {
		x = draw_fit(g, r, 0, y, r.w, label, STYLE_ACCENT);
		struct str spoke = heard(u);
		if (text_width(spoke) < r.w - x - 2)
			draw_right(g, r, r.w, y, spoke, STYLE_DIM);
		y += 1 + air;
	}
	int lines = r.h - y - 1 - air < 2 ? 1 : 2;
	y += draw_wrapped(g, r, 0, y, r.w, lines, title, STYLE_STRONG) + air;
	if (y < r.h && !now_segment(u) && !session_closed(u->s))
		draw_fit(g, r, 0, y, r.w, word_begins(u, true), STYLE_DIM);
	else if (y < r.h) {
		paint_bar(u, g, r, y, !labelled);
		u->painted.bar_y = y;
	}
}

/* Its time and its bar, while they take the columns that they took. */
static bool
point_tick(struct ui *u, struct grid *g, struct rect r)
{
	int64_t ms, budget, t = u->t;
	bool signs = sign_shown(u, false);
	struct str now = elapsed(u, &ms, &budget);
	u->t = u->painted.t;
	struct str was = elapsed(u, &ms, &budget);
	signs = signs != sign_shown(u, false);
	u->t = t;
	if (u->painted.bar_y < 0 || text_width(now) != text_width(was) || signs)
		return !now.n && !was.n;
	bool labelled = u->layout.rail || u->layout.airy || u->zoom;
	paint_bar(u, g, pane_inner(u, r), u->painted.bar_y, !labelled);
	return true;
}

const struct pane_ops pane_point = {N_("Point"), point_paint, NULL, NULL, NULL, NULL, point_tick};
