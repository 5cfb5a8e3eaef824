/*
 * The timeline of a replay: the whole session in the width of the screen, by
 * segment, by turn and by what was marked, and where in it one stands. A click
 * goes there.
 */
#include "pane.h"

#include "dais/text.h"

enum {
	TALL_ROWS = 30, TALL_COLUMNS = 60, TWO_ROWS = 14,
	CLOCK_COLUMNS = 9, BAR_MIN = 12, LABEL_MIN = 6,
};

int
timeline_rows(int columns, int rows)
{
	if (rows >= TALL_ROWS && columns >= TALL_COLUMNS)
		return 3;
	return rows >= TWO_ROWS ? 2 : 1;
}

/* The columns of the bar itself; empty where there is no room for one. */
static struct rect
bar_of(const struct ui *u, struct rect r)
{
	int margin = u->layout.bare ? 0 : 1;
	r = rect_cut(r, margin, 0, margin, 0);
	if (r.h < 3)
		r = rect_cut(r, CLOCK_COLUMNS, 0, 0, 0);
	return u->layout.small || r.w < BAR_MIN ? (struct rect){0} : r;
}

/* ---- segments ---- */

static enum style
style_of(enum segment_kind kind)
{
	static const enum style styles[SEGMENT_KIND_COUNT] = {
		[SEGMENT_OPENING] = STYLE_TITLE, [SEGMENT_KEYNOTE] = STYLE_GOOD,
		[SEGMENT_AWARD] = STYLE_WARNING, [SEGMENT_POINT] = STYLE_BAR,
		[SEGMENT_BREAK] = STYLE_FAINT, [SEGMENT_CLOSING] = STYLE_TITLE,
		[SEGMENT_PHOTO] = STYLE_REMOTE, [SEGMENT_OTHER] = STYLE_DIM};
	return styles[kind];
}

/* As much of its name as says something in so many columns. */
static struct str
label_of(struct ui *u, const struct session_segment *g, int columns)
{
	struct str name = segment_words(u->replay.whole, &u->scratch, g);
	if (text_width(name) <= columns)
		return name;
	if (g->kind == SEGMENT_POINT) {
		/* Digits: 一 would be a piece of the line that it stands on. */
		struct str number = ui_number(u, g->number);
		return text_width(number) <= columns ? number : STR_NONE;
	}
	/* A title may be cut; half a word of our own says nothing. */
	return columns >= LABEL_MIN && str_eq(name, g->title) ? ui_fit(u, name, columns) : STR_NONE;
}

/*
 * A visit from column `x` up to `end`: a sign where it begins, its name, and a
 * line that is heavy as far as it was played.
 */
static void
paint_visit(struct ui *u, struct grid *g, struct rect r, int x, int end, int played)
{
	const struct session *whole = u->replay.whole;
	size_t i = u->replaying.line.cells[x].visit, n;
	const struct session_segment *all = session_segments(whole, &n);
	const struct session_visit *v = i < session_visit_count(whole) ? session_visit_at(whole, i) : NULL;
	bool there = v && v->segment < n;
	enum style style = there ? style_of(all[v->segment].kind) : STYLE_FAINT;
	if (there) {
		bool now = v->from <= u->t && (v->to == EVENT_NO || u->t < v->to);
		draw_put(g, r, x++, 0, STR("│"), STYLE_DIM);
		struct str label = label_of(u, &all[v->segment], end - x);
		x = draw_fit(g, r, x, 0, end - x, label, now ? STYLE_STRONG : style);
		/* A blank between a name and its line. */
		x += label.n && x < end;
	}
	for (; x < end; x++)
		draw_put(g, r, x, 0,
			!there ? STR("·") : x < played ? STR("━") : STR("─"), style);
}

static void
paint_segments(struct ui *u, struct grid *g, struct rect r, int played)
{
	const struct timeline *l = &u->replaying.line;
	for (int x = 0, end; x < l->columns; x = end) {
		for (end = x + 1; end < l->columns && l->cells[end].visit == l->cells[x].visit;)
			end++;
		paint_visit(u, g, r, x, end, played);
	}
}

/* ---- turns and marks ---- */

/* Photos, moments, actions and decisions, as they stand among the notes. */
static void
paint_signs(struct ui *u, struct grid *g, struct rect r, int y)
{
	static const struct {
		const char *sign;
		enum style style;
	} signs[] = {[TIMELINE_PHOTO] = {"◆", STYLE_STRONG}, [TIMELINE_ACTION] = {"!", STYLE_ALERT},
		[TIMELINE_DECISION] = {"=", STYLE_GOOD}};
	const struct timeline *l = &u->replaying.line;
	for (int x = 0; x < l->columns; x++)
		if (l->cells[x].sign)
			draw_put(g, r, x, y, str_of(signs[l->cells[x].sign].sign),
				signs[l->cells[x].sign].style);
}

/* On-site speakers are the lower half of a line, online ones its upper half. */
static void
paint_turns(struct ui *u, struct grid *g, struct rect r, int y)
{
	static const char *const blocks[16] = {" ", "▖", "▗", "▄", "▘", "▌", "▚", "▙", "▝", "▞", "▐",
		"▟", "▀", "▛", "▜", "█"};
	const struct timeline *l = &u->replaying.line;
	for (int x = 0; x < l->columns; x++) {
		const struct timeline_cell *cell = &l->cells[x];
		bool online = cell->turns & (TURNS_ONLINE_LEFT | TURNS_ONLINE_RIGHT);
		if (cell->turns)
			draw_put(g, r, x, y, str_of(blocks[cell->turns & 15]),
				online ? STYLE_REMOTE : STYLE_DIM);
	}
}

/* ---- where one stands ---- */

static struct str
wall_of(struct ui *u, int64_t t, bool seconds)
{
	return ui_wall(u, session_wall(u->s, t), seconds);
}

/* The time below the position. */
static void
paint_time(struct ui *u, struct grid *g, struct rect r, int y, int half)
{
	struct str now = wall_of(u, u->t, true);
	int at = half / 2, w = text_width(now) + 2, start = at + w <= r.w ? at : at - w + 1;
	struct str sign = start == at ? ui_join(u, STR("▲"), STR(" "), now)
				      : ui_join(u, now, STR(" "), STR("▲"));
	draw_put(g, r, start, y, sign, STYLE_ACCENT);
}

void
timeline_rule(struct ui *u, struct grid *g, struct rect r)
{
	struct rect bar = bar_of(u, u->layout.at[PANE_TIMELINE]);
	struct timeline *l = &u->replaying.line;
	draw_rule(g, r, 0, STR_NONE, STR_NONE);
	if (!bar.w)
		return;
	timeline_make(l, u->replay.whole, bar.w);
	struct str from = wall_of(u, l->from, false), to = wall_of(u, l->to, false);
	bar.y = r.y;
	bar.h = 1;
	draw_put(g, bar, 0, 0, ui_join(u, from, STR(""), STR(" ")), STYLE_FAINT);
	draw_right(g, bar, bar.w, 0, ui_join(u, STR(" "), STR(""), to), STYLE_FAINT);
}

/* The cell is a letter of a name, or half of one. */
static bool
is_name(const struct grid *g, int x, int y)
{
	const struct cell *c = &g->cells[y * g->columns + x];
	bool ascii = c->text[0] > ' ' && c->text[0] < 0x7f;
	return c->width != 1 || ascii;
}

/* A line through the rows; a name keeps its letters where another row shows the line. */
static void
paint_position(struct grid *g, struct rect r, int rows, int half)
{
	for (int y = 0; y < rows; y++) {
		struct rect at = {r.x + half / 2, r.y + y, 1, 1};
		if (y == 0 && rows > 1 && is_name(g, at.x, at.y)) {
			const struct cell *c = &g->cells[at.y * g->columns + at.x];
			at.x -= c->width == 0;
			at.w = c->width == 1 ? 1 : 2;
		} else {
			grid_put(g, r, at.x, at.y, half % 2 ? STR("▐") : STR("▌"), STYLE_ACCENT);
		}
		grid_ground(g, at, STYLE_SELECTED);
	}
}

/* "▶ 4× 14:52:07  1:22:07 of 3:32:00": as much of it as there is room for. */
static void
paint_words(struct ui *u, struct grid *g, struct rect r)
{
	struct str pace = ui_join(u, ui_number(u, u->replay.pace), STR(""), STR("×"));
	struct str sign = u->replay.playing ? STR("▶") : STR("‖"), wall = wall_of(u, u->t, true);
	struct str whole = ui_join(u, ui_join(u, sign, STR(" "), pace), STR(" "), wall);
	const struct timeline *l = &u->replaying.line;
	struct str gone = ui_time(u, u->t - l->from);
	struct str both = FILL(u, _("{0} of {1}"), gone, ui_time(u, l->to - l->from));
	if (text_width(whole) > r.w)
		whole = text_width(wall) <= r.w ? wall : wall_of(u, u->t, false);
	int x = draw_fit(g, r, 0, 0, r.w, whole, STYLE_ACCENT) + 2;
	gone = x + text_width(both) <= r.w ? both : gone;
	if (x + text_width(gone) <= r.w)
		draw_put(g, r, x, 0, gone, STYLE_DIM);
}

static void
timeline_paint(struct ui *u, struct grid *g, struct rect r)
{
	struct rect bar = bar_of(u, r);
	struct timeline *l = &u->replaying.line;
	timeline_make(l, u->replay.whole, bar.w > 0 ? bar.w : 1);
	if (!bar.w) {
		paint_words(u, g, rect_cut(r, u->layout.bare ? 0 : 1, 0, 0, 0));
		return;
	}
	int half = timeline_half(l, u->t);
	if (r.h < 3) {
		int left = bar.x - CLOCK_COLUMNS;
		struct rect words = {left, r.y, CLOCK_COLUMNS - 1, r.h};
		draw_put(g, words, 0, 0, wall_of(u, u->t, true), STYLE_ACCENT);
		if (r.h > 1)
			draw_right(g, words, words.w, 1, ui_time(u, u->t - l->from), STYLE_DIM);
	}
	paint_segments(u, g, bar, half / 2);
	if (r.h > 1) {
		paint_turns(u, g, bar, 1);
		paint_signs(u, g, bar, r.h > 2 ? 2 : 1);
	}
	if (r.h > 2)
		paint_time(u, g, bar, 2, half);
	paint_position(g, bar, r.h > 1 ? 2 : 1, half);
}

const struct pane_ops pane_timeline = {NULL, timeline_paint, NULL, NULL, NULL, NULL};

/* ---- the mouse ---- */

static void
go_to(struct ui *u, int x)
{
	u->replaying.dragged_x = x;
	ask_replay_number(u, "moment", timeline_time(&u->replaying.line, x));
}

bool
timeline_mouse(struct ui *u, const struct input_event *e)
{
	struct rect r = u->layout.at[PANE_TIMELINE], bar = bar_of(u, r);
	bool inside = e->x >= r.x && e->x < r.x + r.w && e->y >= r.y && e->y < r.y + r.h;
	bool wheel = e->mouse == MOUSE_WHEEL_UP || e->mouse == MOUSE_WHEEL_DOWN;
	int x = e->x - bar.x < 0 ? 0 : e->x - bar.x >= bar.w ? bar.w - 1 : e->x - bar.x;
	struct replaying *is = &u->replaying;
	if (u->mode != MODE_NORMAL || e->mouse == MOUSE_RELEASE || !u->replaying.is) {
		is->dragging = false;
		return false;
	}
	if (e->mouse == MOUSE_MOVE) {
		if (is->dragging && e->button == 0 && x != is->dragged_x && bar.w)
			go_to(u, x);
		return is->dragging;
	}
	if (!inside)
		return false;
	if (wheel) {
		ask_replay(u, e->mouse == MOUSE_WHEEL_UP ? STR("step event back") : STR("step event"));
	} else if (e->button == 0 && bar.w) {
		is->dragging = true;
		go_to(u, x);
	}
	return true;
}
