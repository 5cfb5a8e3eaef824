/*
 * Where everything stands at a given size. One pass from the top to the
 * bottom hands out rows and columns that are there, so that at no size two
 * panes meet; what has no room is not shown.
 */
#include "pane.h"

enum {
	RAIL_COLUMNS = 100, RAIL_ROWS = 26, RAIL_WIDTH = 29, RAIL_WIDE = 36,
	SIDE_COLUMNS = 180, TWO_COLUMNS = 66, AIRY_ROWS = 32, TITLED_ROWS = 26, STRIP_ROWS = 22,
	SMALL_ROWS = 10, SMALL_COLUMNS = 32, BARE_COLUMNS = 50, GAP = 2,
	LARGE_CLOCK = 10, LARGE_CLOCK_COLUMNS = 68, CLOCK = 5, NOTES_MIN = 3,
	TYPED_ROWS = 5, RULED_ROWS = 14,
};

static int
least(int a, int b)
{
	return a < b ? a : b;
}

static int
most(int a, int b)
{
	return a > b ? a : b;
}

/* Takes up to h rows off the top of r. */
static struct rect
take_top(struct rect *r, int h)
{
	struct rect top = *r;
	top.h = most(0, least(h, r->h));
	r->y += top.h;
	r->h -= top.h;
	return top;
}

static struct rect
take_bottom(struct rect *r, int h)
{
	struct rect bottom = *r;
	bottom.h = most(0, least(h, r->h));
	bottom.y = r->y + r->h - bottom.h;
	r->h -= bottom.h;
	return bottom;
}

/* A note grows upwards while it is typed, as far as what it is about can still be seen. */
static int
typed_rows(struct ui *u, int columns, int rows)
{
	return most(1, least(note_rows(u, columns), least(TYPED_ROWS, rows / 3)));
}

/* ---- the smallest: who, how long, who is next ---- */

/* Rows for who is next, or for what is to be told: a refusal is read whole. */
static int
next_rows(struct ui *u, int columns, int rows)
{
	enum { FLOOR_ROWS = 5 };
	struct wrap w = {0};
	if (u->mode != MODE_NORMAL)
		return 1;
	wrap_make(&w, said(u), columns > 1 ? columns : 1);
	int lines = (int)w.n;
	wrap_finish(&w);
	return most(1, least(lines, rows - FLOOR_ROWS));
}

static void
make_small(struct layout *l, struct ui *u, struct rect all)
{
	int columns = all.w;
	bool typing = mode_ops(u->mode)->prompt != NULL;
	l->small = l->bare = true;
	l->clock = CLOCK;
	if (u->replaying.is && !typing && all.h > 1)
		l->at[PANE_TIMELINE] = take_bottom(&all, 1);
	if (typing && all.h > 2)
		l->at[PANE_HINTS] = take_bottom(&all, 1);
	int typed = typed_rows(u, columns, all.h), told = told_rows(u, columns, false);
	if (typing)
		l->at[PANE_INPUT] = take_bottom(&all, typed + most(0, least(told, all.h - typed - 4)));
	else if (all.h > 1 && !(u->replaying.is && all.h < 4))
		l->at[PANE_NEXT] = take_bottom(&all, next_rows(u, columns, all.h));
	l->body = all;
	enum pane_id id = u->zoom ? u->focus : PANE_FLOOR;
	l->at[id] = all;
}

/* ---- everything else ---- */

static int
point_height(struct ui *u, int columns, int rows, bool rail)
{
	int lines = point_rows(u, columns);
	if (rows >= AIRY_ROWS)
		return 6 + lines;
	if (rail)
		return 4 + lines;
	if (rows >= STRIP_ROWS)
		return 3 + lines;
	return rows >= 17 ? 3 : rows >= 14 ? 1 : 0;
}

static int
floor_height(const struct layout *l, int rows, int width)
{
	int h = l->airy ? 9 : l->titled ? 5 : rows >= STRIP_ROWS - 4 && width >= 30 ? 4 : 2;
	return h + l->clock;
}

static enum pane_id
lower_pane(struct ui *u, bool queue_too)
{
	if (u->focus == PANE_AGENDA || u->focus == PANE_NOTES || u->focus == PANE_REMOTE ||
		(queue_too && u->focus == PANE_QUEUE))
		u->tab = u->focus;
	if (!queue_too && u->tab == PANE_QUEUE)
		return PANE_NOTES;
	return u->tab;
}

static int
clock_rows(const struct layout *l, int columns, int rows)
{
	if (!l->airy || columns < LARGE_CLOCK_COLUMNS || rows < 44)
		return CLOCK;
	return rows >= 70 && columns >= LARGE_CLOCK_COLUMNS * 3 / 2 ? LARGE_CLOCK + CLOCK
								    : LARGE_CLOCK;
}

/* Floor above queue, and the notes beside them: for a screen that is very wide. */
static void
make_side(struct layout *l, struct ui *u, struct rect main, int rows)
{
	int notes = main.w * 42 / 100;
	l->at[PANE_NOTES] = (struct rect){main.x + main.w - notes, main.y + 1, notes, main.h - 2};
	main.w -= notes + GAP + 1;
	l->at[PANE_POINT] = take_top(&main, point_height(u, main.w - 1, rows, true));
	l->clock = clock_rows(l, main.w, rows);
	l->at[PANE_FLOOR] = take_top(&main, floor_height(l, rows, main.w) + 1);
	l->at[PANE_QUEUE] = main;
}

/* Floor and queue side by side, the notes below. */
static void
make_two(struct layout *l, struct ui *u, struct rect main, int rows)
{
	l->at[PANE_POINT] = take_top(&main, point_height(u, main.w - 1, rows, l->rail));
	int left = (main.w - GAP) / 2 - 1;
	l->clock = clock_rows(l, left, rows);
	int h = floor_height(l, rows, left);
	if (main.h - h < NOTES_MIN)
		h = main.h;
	struct rect upper = take_top(&main, h);
	l->at[PANE_FLOOR] = l->at[PANE_QUEUE] = upper;
	l->at[PANE_FLOOR].w = left;
	l->at[PANE_QUEUE].x += left + GAP;
	l->at[PANE_QUEUE].w -= left + GAP;
	enum pane_id low = l->rail ? PANE_NOTES : lower_pane(u, false);
	l->at[low] = main;
	/* Who is online keeps a place beside the notes. */
	if (!l->rail && remote_first(u) && low != PANE_AGENDA) {
		l->at[PANE_REMOTE] = l->at[PANE_NOTES] = main;
		l->at[PANE_REMOTE].w = left;
		l->at[PANE_NOTES].x += left + GAP;
		l->at[PANE_NOTES].w -= left + GAP;
	}
}

/* One below the other; of queue, notes and agenda the one that is looked at. */
static void
make_tabs(struct layout *l, struct ui *u, struct rect main, int rows)
{
	l->titled = l->airy = false;
	l->clock = CLOCK;
	l->at[PANE_POINT] = take_top(&main, point_height(u, main.w - 1, least(rows, 21), false));
	l->at[PANE_FLOOR] = take_top(&main, floor_height(l, rows >= STRIP_ROWS ? rows : 0, main.w));
	if (main.h >= NOTES_MIN + 1)
		l->at[PANE_TABS] = take_top(&main, 1);
	l->at[lower_pane(u, true)] = main;
}

static void
make_body(struct layout *l, struct ui *u, int columns, int rows)
{
	struct rect main = l->body;
	if (l->rail) {
		int w = columns >= SIDE_COLUMNS ? RAIL_WIDE : RAIL_WIDTH;
		l->at[u->side] = main;
		l->at[u->side].w = w;
		main.x += w + GAP;
		main.w -= w + GAP + 2;
	} else if (!l->bare) {
		main.w--;
	}
	if (l->rail && columns >= SIDE_COLUMNS && rows >= AIRY_ROWS)
		make_side(l, u, main, rows);
	else if (main.w >= TWO_COLUMNS)
		make_two(l, u, main, rows);
	else
		make_tabs(l, u, main, rows);
}

/*
 * The foot of a replay: its timeline, and above it a line for what is said or
 * typed; where there is none to spare, that takes the timeline's place.
 */
static void
make_replay_foot(struct layout *l, struct ui *u, struct rect *all, int columns, int rows)
{
	bool said_now = said(u).n || mode_ops(u->mode)->prompt;
	enum pane_id low = rows < RULED_ROWS && said_now ? PANE_INPUT : PANE_TIMELINE;
	l->at[low] = take_bottom(all, timeline_rows(columns, rows));
	if (rows >= RULED_ROWS)
		l->at[PANE_INPUT] = take_bottom(all, 1);
}

void
layout_make(struct layout *l, struct ui *u, int columns, int rows)
{
	struct rect all = {0, 0, columns, rows};
	*l = (struct layout){.clock = CLOCK};
	if (rows < SMALL_ROWS || columns < SMALL_COLUMNS) {
		make_small(l, u, all);
		return;
	}
	l->bare = columns < BARE_COLUMNS;
	l->rail = columns >= RAIL_COLUMNS && rows >= RAIL_ROWS && !u->zoom;
	l->airy = rows >= AIRY_ROWS;
	l->titled = rows >= TITLED_ROWS;
	if (u->focus == PANE_AGENDA || u->focus == PANE_REMOTE)
		u->side = u->focus;
	l->at[PANE_HEADER] = take_top(&all, 1);
	l->at[PANE_HINTS] = take_bottom(&all, 1);
	if (u->replaying.is) {
		make_replay_foot(l, u, &all, columns, rows);
	} else {
		l->ruled = rows >= RULED_ROWS;
		int inner = columns - (l->bare ? 0 : 2), told = told_rows(u, inner, l->ruled);
		l->at[PANE_INPUT] = take_bottom(&all, typed_rows(u, inner, rows) + most(told, l->ruled));
	}
	bool away = !l->rail || u->side == PANE_REMOTE;
	if (away && rows >= STRIP_ROWS && columns >= BARE_COLUMNS)
		l->at[PANE_STRIP] = take_top(&all, 1);
	l->body = all;
	if (!u->zoom) {
		make_body(l, u, columns, rows);
		return;
	}
	l->airy = false;
	l->clock = most(CLOCK, (all.h - 6) / CLOCK * CLOCK);
	l->at[u->focus] = rect_cut(all, 0, 0, l->bare ? 0 : 1, 0);
}
