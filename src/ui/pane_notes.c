/*
 * The notes: what was said, when, by whom, and who wrote it. The newest is at
 * the bottom, until somebody looks back: then the view stays where it is and
 * counts what comes below it.
 */
#include "pane.h"

#include "dais/text.h"

/* ---- columns and rows ---- */

struct columns {
	int name, text, by;
};
/* The notes as they lie in the pane. */
struct view {
	const struct lines *all;
	struct columns c;
	struct wrap wrap; /* of the line asked for last */
	int w, h;
};

static struct columns
measure(struct ui *u, const struct lines *all, size_t near, int w)
{
	enum { TIME = 6, SIGN = 2, BY_MIN = 60, ROUND = 100, NAME_MOST = 12, WIDE = 100 };
	int most = w >= WIDE ? 2 * NAME_MOST : NAME_MOST;
	struct columns c = {0, 0, 0};
	size_t first = near > ROUND ? near - ROUND : 0;
	for (size_t i = first; i < all->n && i <= near + ROUND; i++) {
		struct line line = written_line(u, all, i);
		int name = text_width(line.person), by = text_width(line.by);
		c.name = name > c.name ? name : c.name;
		c.by = by > c.by ? by : c.by;
	}
	c.name = (c.name > most ? most : c.name) + 1;
	if (w < 40 && c.name > 7)
		c.name = 7;
	c.by = w >= BY_MIN ? (c.by > 12 ? 12 : c.by) + 2 : 0;
	c.text = w - TIME - c.name - SIGN - c.by;
	if (c.text < 1)
		c.text = 1;
	return c;
}

/* The segment whose name parts line i from what is above it, or SIZE_MAX. */
static size_t
parted(const struct ui *u, const struct lines *all, size_t i)
{
	size_t n, segment = written_segment(u, all, i);
	session_segments(u->s, &n);
	size_t before = i ? written_segment(u, all, i - 1) : session_segment_now(u->s);
	return segment < n && segment != before ? segment : SIZE_MAX;
}

static int
rows_of(struct ui *u, struct view *v, size_t i)
{
	wrap_make(&v->wrap, written_line(u, v->all, i).text, v->c.text);
	return (int)v->wrap.n + (parted(u, v->all, i) != SIZE_MAX);
}

/* ---- places: a line, and a row of it ---- */

static bool
before(struct note_place a, struct note_place b)
{
	return a.line != b.line ? a.line < b.line : a.row < b.row;
}

static struct note_place
moved(struct ui *u, struct view *v, struct note_place p, int rows)
{
	while (rows < 0 && (p.row > 0 || p.line > 0)) {
		if (!p.row)
			p.row = rows_of(u, v, --p.line);
		int by = -rows < p.row ? -rows : p.row;
		p.row -= by;
		rows += by;
	}
	while (rows > 0 && p.line < v->all->n) {
		int left = rows_of(u, v, p.line) - p.row;
		if (rows < left) {
			p.row += rows;
			return p;
		}
		rows -= left;
		p = (struct note_place){p.line + 1, 0};
	}
	return p;
}

/* The place from which the last row of line i is the last row of the pane. */
static struct note_place
top_for(struct ui *u, struct view *v, size_t i)
{
	return moved(u, v, (struct note_place){i + 1, 0}, -v->h);
}

/*
 * Whole lines up to the newest; of one that is longer than the pane its
 * beginning. Rather a part of a line than a pane that is half empty.
 */
static struct note_place
newest(struct ui *u, struct view *v)
{
	struct note_place top = top_for(u, v, v->all->n - 1);
	if (top.line + 1 >= v->all->n)
		return (struct note_place){v->all->n - 1, 0};
	if (top.row && rows_of(u, v, top.line) - top.row <= v->h / 2)
		return (struct note_place){top.line + 1, 0};
	return top;
}

static struct note_place
top_of(struct ui *u, struct view *v)
{
	struct note_place top = u->notes.top;
	if (!u->notes.held || top.line >= v->all->n)
		return newest(u, v);
	int rows = rows_of(u, v, top.line);
	top.row = top.row < rows ? top.row : rows - 1;
	return top;
}

static bool
view_open(struct ui *u, struct view *v)
{
	struct rect r = u->layout.at[PANE_NOTES];
	r = pane_inner(u, rect_cut(r, 0, pane_head(u, PANE_NOTES, r), 0, 0));
	*v = (struct view){.all = note_lines(u), .w = r.w, .h = r.h > 0 ? r.h : 1};
	size_t near = u->notes.held ? u->notes.top.line : v->all->n;
	v->c = measure(u, v->all, near, r.w);
	return v->all->n > 0;
}

static void
view_close(struct view *v)
{
	wrap_finish(&v->wrap);
}

static size_t
chosen(const struct ui *u, const struct view *v)
{
	return u->line >= 0 && u->line < (int64_t)v->all->n ? (size_t)u->line : v->all->n - 1;
}

/* ---- looking back ---- */

void
notes_follow(struct ui *u)
{
	u->notes.held = false;
	u->line = EVENT_NO;
}

static void
hold(struct ui *u, struct note_place top)
{
	u->notes.held = true;
	u->notes.top = top;
}

/* By rows; what is chosen comes along. */
static void
scroll(struct ui *u, struct view *v, int rows)
{
	struct note_place from = top_of(u, v), top = moved(u, v, from, rows);
	if (rows > 0 && !before(top, top_for(u, v, v->all->n - 1))) {
		notes_follow(u);
		return;
	}
	hold(u, top);
	struct note_place end = moved(u, v, top, v->h);
	size_t first = top.line + (top.row > 0 && top.line + 1 < end.line);
	size_t last = end.row == 0 && end.line > first ? end.line - 1 : end.line;
	size_t now = chosen(u, v);
	if (rows < 0)
		now = now > last || (rows < -1 && now > first) ? first : now;
	if (now < first)
		now = first;
	u->line = (int64_t)(now > last ? last : now);
}

static void
show(struct ui *u, struct view *v, size_t i)
{
	struct note_place top = top_of(u, v), start = {i, 0}, low = top_for(u, v, i);
	if (before(top, low))
		top = low;
	if (before(start, top))
		top = start;
	hold(u, top);
	u->line = (int64_t)i;
}

/* To the next line, or through a line that is longer than the pane. */
static void
step(struct ui *u, struct view *v, int by)
{
	size_t now = chosen(u, v);
	struct note_place top = top_of(u, v), start = {now, 0}, low = top_for(u, v, now);
	if ((by < 0 && before(start, top)) || (by > 0 && before(top, low)))
		hold(u, moved(u, v, top, by)), u->line = (int64_t)now;
	else if (by < 0 && now > 0)
		show(u, v, now - 1);
	else if (by > 0 && now + 2 < v->all->n)
		show(u, v, now + 1);
	else if (by > 0)
		notes_follow(u);
	else
		show(u, v, 0);
}

static void
notes_step(struct ui *u, int by)
{
	struct view v;
	if (view_open(u, &v) && (by == 1 || by == -1))
		step(u, &v, by);
	else if (v.all->n)
		scroll(u, &v, by);
	view_close(&v);
}

void
notes_page(struct ui *u, int by)
{
	int h = u->layout.at[PANE_NOTES].h;
	notes_step(u, by * (h > 4 ? h - 2 : 2));
}

void
notes_show(struct ui *u, int64_t id)
{
	struct view v;
	bool shown = u->layout.at[PANE_NOTES].h > 0;
	view_open(u, &v);
	for (size_t i = 0; i < v.all->n; i++) {
		const struct line_place *at = &v.all->items[i];
		if (at->what == LINE_NOTE && session_note_at(u->s, at->place)->id == id) {
			u->line = (int64_t)i;
			hold(u, shown ? top_of(u, &v) : (struct note_place){i, 0});
			if (shown)
				show(u, &v, i);
		}
	}
	view_close(&v);
}

bool
notes_any(const struct ui *u)
{
	return session_note_count(u->s) + session_mark_count(u->s) + session_message_count(u->s) >
	       0;
}

/* ---- acting ---- */

bool
notes_chosen(struct ui *u, struct line *out)
{
	struct view v = {.all = note_lines(u)};
	bool any = v.all->n > 0;
	if (any)
		*out = written_line(u, v.all, chosen(u, &v));
	return any;
}

static const struct session_note *
chosen_note(struct ui *u)
{
	struct line line = {0};
	bool any = notes_chosen(u, &line);
	const struct session_note *note = line.note;
	if (any && !note)
		say(u, str_of(_("this is no note: it stays as it is")), true);
	return note;
}

static void
notes_act(struct ui *u)
{
	const struct session_note *note = chosen_note(u);
	if (note)
		note_edit(u, note);
}

static void
remove_chosen(struct ui *u)
{
	const struct session_note *note = chosen_note(u);
	if (!note)
		return;
	struct buf line = {0};
	buf_puts(&line, "note remove ");
	buf_int(&line, note->id);
	if (!ask(u, buf_view(&line)))
		say(u, seat_may(u, CMD_UNDO) ? FILL(u, _("the note was removed; {0} undoes it"), key_word(u, "undo"))
					     : str_of(_("the note was removed")), false);
	buf_finish(&line);
}

static bool
notes_key(struct ui *u, uint32_t key)
{
	if (key == 'x') {
		remove_chosen(u);
	} else if (key == KEY_END) {
		notes_follow(u);
	} else if (key == KEY_HOME) {
		hold(u, (struct note_place){0, 0});
		u->line = 0;
	} else {
		return false;
	}
	return true;
}

static bool
notes_choose(struct ui *u, int y)
{
	struct view v;
	bool there = false;
	int head = pane_head(u, PANE_NOTES, u->layout.at[PANE_NOTES]);
	if (view_open(u, &v) && y >= head) {
		struct note_place top = top_of(u, &v), at = moved(u, &v, top, y - head);
		there = at.line < v.all->n;
		if (there) {
			hold(u, top);
			u->line = (int64_t)at.line;
		}
	}
	view_close(&v);
	return there;
}

/* ---- painting ---- */

static void
paint_parting(struct ui *u, struct grid *g, struct rect r, int y, size_t segment)
{
	size_t n;
	struct str name = word_segment(u, &session_segments(u->s, &n)[segment]);
	draw_rule(g, r, y, STR_NONE, STR_NONE);
	int x = draw_fit(g, r, 0, y, r.w - 1, name, STYLE_DIM);
	draw_put(g, r, x, y, STR(" "), STYLE_TEXT);
}

/* What was typed, and faint what is remarked about it. */
static void
paint_text(struct grid *g, struct rect r, int x, int y, const struct line *n, struct wrap_row row)
{
	size_t typed = row.end < n->typed ? row.end : n->typed;
	if (row.start < typed)
		x = draw_put(g, r, x, y, str_upto(str_from(n->text, row.start), typed - row.start),
			STYLE_TEXT);
	else
		typed = row.start;
	if (row.end > typed)
		draw_put(g, r, x, y, str_upto(str_from(n->text, typed), row.end - typed), STYLE_FAINT);
}

static void
paint_first(struct ui *u, struct grid *g, struct rect r, int y, const struct line *n,
	const struct columns *c)
{
	draw_put(g, r, 0, y, ui_wall(u, session_wall(u->s, n->t), false), STYLE_FAINT);
	draw_fit(g, r, 6, y, c->name - 1, n->person, STYLE_TITLE);
	draw_put(g, r, 6 + c->name, y, str_of(n->sign), n->style);
	if (c->by > 2) {
		struct rect by = {r.x + r.w - c->by + 2, r.y + y, c->by - 2, 1};
		draw_right(g, by, by.w, 0, n->by, STYLE_FAINT);
	}
}

/* Paints line i from a row of it on; answers the row of the pane below. */
static int
paint_line(struct ui *u, struct grid *g, struct rect r, int y, struct view *v, struct note_place p)
{
	struct rect inner = pane_inner(u, r);
	struct line line = written_line(u, v->all, p.line);
	const struct line *n = &line;
	size_t segment = parted(u, v->all, p.line);
	int rows = rows_of(u, v, p.line), head = segment != SIZE_MAX;
	bool marked = p.line == chosen(u, v) && u->focus == PANE_NOTES && u->mode == MODE_NORMAL;
	/* The text keeps clear of who wrote it. */
	struct rect text = inner;
	text.w = 8 + v->c.name + v->c.text < inner.w ? 8 + v->c.name + v->c.text : inner.w;
	for (int row = p.row; row < rows && y < r.h; row++, y++) {
		if (row < head) {
			paint_parting(u, g, inner, y, segment);
			continue;
		}
		if (marked)
			grid_ground(g, (struct rect){r.x, r.y + y, r.w, 1}, STYLE_SELECTED);
		if (marked && row == head && !u->layout.bare)
			draw_put(g, r, 0, y, STR("▸"), STYLE_ACCENT);
		if (row == head)
			paint_first(u, g, inner, y, n, &v->c);
		paint_text(g, text, 8 + v->c.name, y, n, v->wrap.rows[row - head]);
	}
	return y;
}

/* "12 · Point 1 · 3 new below" */
static struct str
title_of(struct ui *u, struct view *v)
{
	struct notes *state = &u->notes;
	struct str all = ui_number(u, (int64_t)v->all->n);
	if (!state->held) {
		state->seen = v->all->n;
		return all;
	}
	struct note_place top = top_of(u, v), end = moved(u, v, top, v->h);
	size_t below = v->all->n - end.line, n, segment = written_segment(u, v->all, top.line);
	size_t fresh = v->all->n > state->seen ? v->all->n - state->seen : 0;
	const struct session_segment *segments = session_segments(u->s, &n);
	if (segment < n && segment != session_segment_now(u->s))
		all = ui_join(u, all, STR(" · "), word_segment(u, &segments[segment]));
	if (!below)
		state->seen = v->all->n;
	else if (fresh)
		all = ui_join(u, all, STR(" · "), FILL(u, _("{0} new below"),
			ui_number(u, (int64_t)(fresh < below ? fresh : below))));
	else
		all = ui_join(u, all, STR(" · "), FILL(u, _("{0} below"), ui_number(u, (int64_t)below)));
	return all;
}

/* A message that is covered by something else was not read yet. */
static void
see_message(struct ui *u, const struct view *v, size_t i)
{
	const struct line_place *at = &v->all->items[i];
	bool seen = u->mode == MODE_NORMAL || u->mode == MODE_NOTE || u->mode == MODE_MESSAGE;
	if (seen && at->what == LINE_MESSAGE && at->place >= u->messages_seen)
		u->messages_seen = at->place + 1;
}

static void
notes_paint(struct ui *u, struct grid *g, struct rect r)
{
	struct view v;
	bool any = view_open(u, &v);
	if (!any)
		notes_follow(u);
	pane_title(u, g, r, PANE_NOTES, str_of(_("Notes")),
		ui_join(u, any ? title_of(u, &v) : STR_NONE, STR(" · "), here_typing(u)));
	r = rect_cut(r, 0, pane_head(u, PANE_NOTES, r), 0, 0);
	if (any) {
		struct note_place p = top_of(u, &v);
		for (int y = 0; y < r.h && p.line < v.all->n; p = (struct note_place){p.line + 1, 0})
			{
			see_message(u, &v, p.line);
			y = paint_line(u, g, r, y, &v, p);
		}
	} else if (!session_closed(u->s) && !u->replaying.is && seat_asks(u)) {
		keyed_put(u, g, pane_inner(u, r), 0, KEYED(STYLE_DIM, _("{0} notes what is said."), 1,
			key_word(u, "note")));
	}
	view_close(&v);
}

const struct pane_ops pane_notes = {
	N_("Notes"), notes_paint, notes_step, notes_choose, notes_act, notes_key};
