/*
 * The notes: what was said, when, by whom, and who wrote it; photos and
 * messages to the chairs stand among them. The newest is at the bottom.
 */
#include "pane.h"

#include <stdlib.h>

#include "dais/text.h"

/* One thing that was written down. */
struct line {
	int64_t t, id;
	struct str person, text, by;
	const char *sign;
	enum style style; /* of the sign */
	const struct session_note *note; /* or NULL */
};
struct lines {
	struct line *items;
	size_t n, cap;
};

static void
add_note(struct ui *u, struct lines *all, const struct session_note *note)
{
	static const struct {
		const char *sign;
		enum style style;
	} marks[MARK_COUNT] = {
		[MARK_UNSET] = {"", STYLE_TEXT}, [MARK_CLAIM] = {"", STYLE_TEXT},
		[MARK_QUESTION] = {"?", STYLE_WARNING}, [MARK_ACTION] = {"!", STYLE_ALERT},
		[MARK_DECISION] = {"=", STYLE_GOOD}, [MARK_QUOTE] = {"\"", STYLE_ACCENT},
		[MARK_PRIVATE] = {"~", STYLE_REMOTE}};
	if (note->removed)
		return;
	struct line line = {note->t, note->id, word_name(u, note->person), note->text, note->by,
		marks[note->mark].sign, marks[note->mark].style, note};
	VEC_PUSH(all->items, all->n, all->cap, line);
}

static void
add_mark(struct lines *all, const struct session_mark *mark)
{
	struct str text = mark->text;
	if (!text.n)
		text = mark->what == WHAT_PHOTO ? str_of(_("photo")) : str_of(_("moment"));
	struct line line = {mark->t, -1, STR_NONE, text, mark->by, "◆", STYLE_DIM, NULL};
	VEC_PUSH(all->items, all->n, all->cap, line);
}

static void
add_message(struct lines *all, const struct session_message *m)
{
	struct line line = {m->t, -1, str_of(_("chairs")), m->text, m->by, "›", STYLE_REMOTE, NULL};
	VEC_PUSH(all->items, all->n, all->cap, line);
}

static int64_t
time_or_never(bool there, int64_t t)
{
	return there ? t : INT64_MAX;
}

/* The last `most` things of the three lists, merged by time. */
static struct lines
collect(struct ui *u)
{
	struct lines all = {0};
	size_t notes_n, marks_n, messages_n, a = 0, b = 0, c = 0;
	const struct session_note *notes = session_notes(u->s, &notes_n);
	const struct session_mark *marks = session_marks(u->s, &marks_n);
	const struct session_message *messages = session_messages(u->s, &messages_n);
	while (a < notes_n || b < marks_n || c < messages_n) {
		int64_t ta = time_or_never(a < notes_n, a < notes_n ? notes[a].t : 0);
		int64_t tb = time_or_never(b < marks_n, b < marks_n ? marks[b].t : 0);
		int64_t tc = time_or_never(c < messages_n, c < messages_n ? messages[c].t : 0);
		if (ta <= tb && ta <= tc)
			add_note(u, &all, &notes[a++]);
		else if (tb <= tc)
			add_mark(&all, &marks[b++]);
		else
			add_message(&all, &messages[c++]);
	}
	return all;
}

/* ---- choosing: u->line is a place, so that marks and messages can be passed ---- */

static size_t
chosen(const struct ui *u, size_t n)
{
	return u->line >= 0 && u->line < (int64_t)n ? (size_t)u->line : n - 1;
}

static void
notes_step(struct ui *u, int by)
{
	struct lines all = collect(u);
	if (all.n) {
		int64_t to = (int64_t)chosen(u, all.n) + by;
		u->line = to < 0 ? 0 : to;
		if (to >= (int64_t)all.n - 1)
			u->line = EVENT_NO;
	}
	free(all.items);
}

static void
notes_act(struct ui *u)
{
	struct lines all = collect(u);
	if (all.n && all.items[chosen(u, all.n)].note)
		note_edit(u, all.items[chosen(u, all.n)].note);
	free(all.items);
}

/* ---- painting ---- */

struct columns {
	int name, text, by;
};

static struct columns
measure(const struct lines *all, size_t first, int w)
{
	enum { TIME = 6, SIGN = 2, BY_MIN = 60 };
	struct columns c = {0, 0, 0};
	for (size_t i = first; i < all->n; i++) {
		int name = text_width(all->items[i].person), by = text_width(all->items[i].by);
		c.name = name > c.name ? name : c.name;
		c.by = by > c.by ? by : c.by;
	}
	c.name = (c.name > 12 ? 12 : c.name) + 1;
	if (w < 40 && c.name > 7)
		c.name = 7;
	c.by = w >= BY_MIN ? (c.by > 12 ? 12 : c.by) + 2 : 0;
	c.text = w - TIME - c.name - SIGN - c.by;
	if (c.text < 1)
		c.text = 1;
	return c;
}

static int
lines_of(struct str text, int columns)
{
	struct buf clean = {0};
	text_clean(&clean, text);
	struct str rest = buf_view(&clean);
	int n = 0;
	for (; rest.n; n++)
		rest = str_from(rest, text_break(rest, columns));
	buf_finish(&clean);
	return n ? n : 1;
}

static void
paint_note(struct ui *u, struct grid *g, struct rect r, int y, const struct line *n,
	const struct columns *c, int rows)
{
	int x = 0;
	struct str time = ui_wall(u, session_wall(u->s, n->t), false);
	draw_put(g, r, x, y, time, STYLE_FAINT);
	x += 6;
	draw_fit(g, r, x, y, c->name - 1, n->person, STYLE_TITLE);
	x += c->name;
	draw_put(g, r, x, y, str_of(n->sign), n->style);
	x += 2;
	draw_wrapped(g, r, x, y, c->text, rows, n->text, STYLE_TEXT);
	if (c->by > 2) {
		struct rect by = {r.x + r.w - c->by + 2, r.y + y, c->by - 2, 1};
		draw_right(g, by, by.w, 0, n->by, STYLE_FAINT);
	}
}

/* The first line to show, so that the chosen one is the last that fits. */
static size_t
first_shown(const struct lines *all, size_t last, int w, int h, struct columns *c)
{
	size_t first = last + 1;
	int rows = 0;
	/* Names near the end give the columns; a rare wide one further up is cut. */
	*c = measure(all, last + 1 > (size_t)h ? last + 1 - (size_t)h : 0, w);
	while (first > 0) {
		int more = lines_of(all->items[first - 1].text, c->text);
		if (rows + more > h)
			break;
		rows += more;
		first--;
	}
	return first;
}

static void
paint_list(struct ui *u, struct grid *g, struct rect r, const struct lines *all)
{
	struct rect inner = pane_inner(u, r);
	struct columns c;
	size_t last = chosen(u, all->n), first = first_shown(all, last, inner.w, r.h, &c);
	int y = 0;
	/* One that is longer than the pane shows its beginning. */
	if (first > last)
		first = last;
	for (size_t i = first; i < all->n && y < r.h; i++) {
		int rows = lines_of(all->items[i].text, c.text);
		rows = rows > r.h - y ? r.h - y : rows;
		if (i == last && u->focus == PANE_NOTES && u->mode == MODE_NORMAL)
			for (int k = 0; k < rows; k++) {
				grid_ground(g, (struct rect){r.x, r.y + y + k, r.w, 1}, STYLE_SELECTED);
				if (!k && !u->layout.bare)
					draw_put(g, r, 0, y, STR("▸"), STYLE_ACCENT);
			}
		paint_note(u, g, inner, y, &all->items[i], &c, rows);
		y += rows;
	}
}

static void
notes_paint(struct ui *u, struct grid *g, struct rect r)
{
	struct lines all = collect(u);
	size_t below = all.n ? all.n - 1 - chosen(u, all.n) : 0;
	struct str extra = all.n ? ui_number(u, (int64_t)all.n) : STR_NONE;
	if (below)
		extra = ui_join(u, extra, STR(" · "),
			FILL(u, _("{0} newer below"), ui_number(u, (int64_t)below)));
	pane_title(u, g, r, PANE_NOTES, str_of(_("Notes")), extra);
	r = rect_cut(r, 0, pane_head(u, PANE_NOTES, r), 0, 0);
	if (all.n)
		paint_list(u, g, r, &all);
	else if (!session_closed(u->s))
		draw_fit(g, pane_inner(u, r), 0, 0, r.w, str_of(_("i notes what is said.")), STYLE_FAINT);
	free(all.items);
}

static void
notes_choose(struct ui *u, int y)
{
	struct lines all = collect(u);
	struct rect r = u->layout.at[PANE_NOTES];
	r = rect_cut(r, 0, pane_head(u, PANE_NOTES, r), 0, 0);
	struct columns c;
	int row = y - (u->layout.at[PANE_NOTES].h - r.h);
	if (all.n && row >= 0) {
		size_t last = chosen(u, all.n);
		size_t first = first_shown(&all, last, pane_inner(u, r).w, r.h, &c);
		for (size_t i = first; i < all.n; i++) {
			row -= lines_of(all.items[i].text, c.text);
			if (row < 0) {
				u->line = (int64_t)i;
				break;
			}
		}
	}
	free(all.items);
}

const struct pane_ops pane_notes = {N_("Notes"), notes_paint, notes_step, notes_choose, notes_act};
