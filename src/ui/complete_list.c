/*
 * The list above the command line: what may stand at the caret, or which
 * earlier lines hold what is typed. Nothing is taken until somebody chose it.
 */
#include "pane.h"

#include <string.h>

#include "dais/text.h"

enum { LIST_MOST = 12 };

void
list_close(struct ui *u)
{
	struct completer *c = &u->completer;
	arena_finish(&c->arena);
	c->found = (struct completion){0};
	c->shown = false;
}

/* Puts text in the place of what a candidate stands for. */
static bool
replace(struct ui *u, struct str text)
{
	const struct completion *found = &u->completer.found;
	struct str line = buf_view(&u->edit.text);
	struct buf whole = {0};
	buf_str(&whole, str_upto(line, found->start));
	buf_str(&whole, text);
	size_t caret = whole.n;
	buf_str(&whole, str_from(line, found->end));
	bool fits = whole.n <= u->edit.limit;
	if (fits) {
		edit_set(&u->edit, buf_view(&whole));
		u->edit.caret = caret;
		u->history.at = u->history.n;
		u->wrong = SIZE_MAX;
	} else {
		say(u, str_of(_("the line is full")), true);
	}
	buf_finish(&whole);
	return fits;
}

/* A word that is whole ends in a blank. */
static void
take(struct ui *u, size_t i)
{
	struct completer *c = &u->completer;
	struct buf text = {0};
	struct str behind = str_from(buf_view(&u->edit.text), c->found.end);
	buf_str(&text, c->found.items[i].text);
	if (!c->past && !str_starts(behind, STR(" ")))
		buf_char(&text, ' ');
	if (replace(u, buf_view(&text)) && !c->past && str_starts(behind, STR(" ")))
		u->edit.caret++;
	buf_finish(&text);
	list_close(u);
}

static void
find_past(struct ui *u)
{
	struct completer *c = &u->completer;
	const struct history *h = &u->history;
	struct str typed = buf_view(&u->edit.text);
	c->found = (struct completion){.end = typed.n};
	c->found.items = arena_alloc(&c->arena, (h->n + 1) * sizeof *c->found.items);
	for (size_t i = h->n; i-- > 0;) {
		struct str line = arena_str(&c->arena, str_of(h->lines[i]));
		if (typed.n && !memmem(line.p, line.n, typed.p, typed.n))
			continue;
		c->found.items[c->found.n++] = (struct candidate){.text = line, .shown = line};
	}
}

static void
find(struct ui *u)
{
	struct completer *c = &u->completer;
	arena_finish(&c->arena);
	if (c->past)
		find_past(u);
	else if (u->replaying.is)
		complete_replay(u, buf_view(&u->edit.text), u->edit.caret, &c->arena, &c->found);
	else
		complete_for(u->s,
			&(struct complete_for){seat_bits(u), u->calls.more, u->calls.more_n, u->others.who,
				u->others.n, here_me(u)},
			buf_view(&u->edit.text), u->edit.caret, &c->arena, &c->found);
}

void
list_open(struct ui *u)
{
	struct completer *c = &u->completer;
	c->past = false;
	c->at = SIZE_MAX;
	find(u);
	if (c->found.n == 1) {
		take(u, 0);
		return;
	}
	if (c->found.common.n && replace(u, c->found.common))
		find(u);
	c->shown = c->found.n || c->found.usage.n;
}

void
list_open_past(struct ui *u)
{
	struct completer *c = &u->completer;
	c->past = true;
	c->at = 0;
	find(u);
	c->shown = true;
}

void
list_typed(struct ui *u)
{
	struct completer *c = &u->completer;
	size_t start = c->found.start;
	if (!c->shown)
		return;
	find(u);
	c->at = c->past ? 0 : SIZE_MAX;
	if (!c->past && (!c->found.n || c->found.start != start))
		list_close(u);
}

bool
list_key(struct ui *u, uint32_t key, unsigned mods)
{
	struct completer *c = &u->completer;
	size_t n = c->found.n;
	if (!c->shown)
		return false;
	bool up = key == KEY_UP || (key == KEY_TAB && mods == MOD_SHIFT) ||
		  (key == 'p' && mods == MOD_CTRL);
	bool down = key == KEY_DOWN || (key == KEY_TAB && !mods) ||
		    ((key == 'n' || key == 'r') && mods == MOD_CTRL);
	if (key == KEY_ESCAPE) {
		list_close(u);
	} else if (key == KEY_TAB && !mods && !c->past && c->at == SIZE_MAX &&
		   (n == 1 || c->found.common.n)) {
		list_open(u); /* what was typed since narrowed it */
	} else if (up || down) {
		if (n && c->at == SIZE_MAX)
			c->at = down ? 0 : n - 1;
		else if (n)
			c->at = (c->at + (down ? 1 : n - 1)) % n;
	} else if (n && (key == KEY_PAGE_UP || key == KEY_PAGE_DOWN)) {
		size_t at = c->at == SIZE_MAX ? 0 : c->at, page = LIST_MOST - 2;
		if (key == KEY_PAGE_UP)
			c->at = at > page ? at - page : 0;
		else
			c->at = at + page < n ? at + page : n - 1;
	} else if (key == KEY_ENTER && c->past && !n) {
		list_close(u);
	} else if (key == KEY_ENTER && c->at < n) {
		take(u, c->at);
	} else {
		return false;
	}
	return true;
}

/* ---- painting ---- */

static int
name_columns(const struct completion *found, int w)
{
	int most = 0;
	bool helps = false;
	for (size_t i = 0; i < found->n; i++) {
		int columns = text_width(found->items[i].shown);
		most = columns > most ? columns : most;
		helps = helps || found->items[i].help.n;
	}
	int room = helps ? w / 2 : w - 2;
	return most < room ? most : room;
}

static void
paint_row(struct grid *g, struct rect r, const struct candidate *item, int name, bool chosen)
{
	if (chosen) {
		grid_ground(g, r, STYLE_SELECTED);
		draw_put(g, r, 0, 0, STR("▸"), STYLE_ACCENT);
	}
	draw_fit(g, r, 1, 0, name, item->shown, chosen ? STYLE_STRONG : STYLE_TEXT);
	draw_fit(g, r, name + 3, 0, r.w - name - 4, item->help, STYLE_DIM);
}

void
list_paint(struct ui *u, struct grid *g)
{
	const struct completer *c = &u->completer;
	const struct completion *found = &c->found;
	struct rect r = u->layout.body;
	struct str title = c->past ? str_of(_("Earlier commands")) : found->usage;
	int most = r.h < LIST_MOST ? r.h : LIST_MOST, titled = title.n && most > 1;
	int rows = (found->n < (size_t)most ? (int)found->n : most) + titled;
	if (!c->shown || most < 1)
		return;
	rows = rows < most ? rows : most;
	r.y += r.h - rows;
	r.h = rows;
	grid_blank(g, r, STYLE_DIALOG);
	r = rect_cut(r, !u->layout.bare, 0, !u->layout.bare, 0);
	if (titled) {
		int end = r.w - 1;
		/* That there is more than can be seen is said. */
		if (found->n >= (size_t)rows)
			end = draw_right(g, r, end, 0, ui_number(u, (int64_t)found->n), STYLE_FAINT) - 2;
		draw_fit(g, r, 1, 0, end - 1, title, STYLE_TITLE);
		r = rect_cut(r, 0, 1, 0, 0);
	}
	int name = name_columns(found, r.w);
	size_t first = pane_first(found->n, c->at == SIZE_MAX ? 0 : c->at, r.h);
	for (int y = 0; y < r.h && first + (size_t)y < found->n; y++)
		paint_row(g, (struct rect){r.x, r.y + y, r.w, 1}, &found->items[first + (size_t)y],
			name, first + (size_t)y == c->at);
}
