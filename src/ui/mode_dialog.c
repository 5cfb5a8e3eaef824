/*
 * A question before an act. The harmless answer is chosen first, Escape is
 * the harmless answer too, and letters do nothing: nobody ends a session by a
 * reflex.
 */
#include "pane.h"

#include "dais/text.h"

enum { DIALOG_WIDTH = 60 };

void
dialog_start(struct ui *u, struct str title, struct str text)
{
	struct dialog *d = &u->dialog;
	buf_reset(&d->title);
	buf_reset(&d->text);
	buf_str(&d->title, title);
	buf_str(&d->text, text);
	d->n = d->at = 0;
}

void
dialog_add(struct ui *u, const char *label, struct str line, bool leave)
{
	struct choice *c = &u->dialog.choices[u->dialog.n++];
	buf_reset(&c->label);
	buf_reset(&c->line);
	buf_puts(&c->label, label);
	/* What is answered later was asked on the screen of now. */
	if (line.n)
		ask_date(u, line, &c->line);
	c->leave = leave;
	c->then = NULL;
}

void
dialog_add_then(struct ui *u, const char *label, void (*then)(struct ui *u))
{
	dialog_add(u, label, STR_NONE, false);
	u->dialog.choices[u->dialog.n - 1].then = then;
}

void
dialog_show(struct ui *u)
{
	mode_enter(u, MODE_DIALOG);
}

static void
answer(struct ui *u, struct choice *c)
{
	if (c->then) {
		c->then(u);
		return;
	}
	mode_leave(u);
	if (c->leave)
		u->calls.leave(u->calls.ctx);
	else if (c->line.n)
		ask_now(u, buf_view(&c->line));
}

void
dialog_click(struct ui *u, int x, int y, bool twice)
{
	struct dialog *d = &u->dialog;
	for (size_t i = 0; i < d->n; i++) {
		struct rect b = u->acting.buttons[i];
		if (x < b.x || x >= b.x + b.w || y < b.y || y >= b.y + b.h)
			continue;
		bool chosen = d->at == i;
		d->at = i;
		if (twice && chosen)
			answer(u, &d->choices[i]);
		return;
	}
}

static void
dialog_key(struct ui *u, uint32_t key, unsigned mods)
{
	struct dialog *d = &u->dialog;
	(void)mods;
	if (key == KEY_LEFT || key == KEY_UP || (key == KEY_TAB && mods == MOD_SHIFT)) {
		d->at = (d->at + d->n - 1) % d->n;
	} else if (key == KEY_RIGHT || key == KEY_DOWN || key == KEY_TAB) {
		d->at = (d->at + 1) % d->n;
	} else if (key == KEY_ESCAPE) {
		answer(u, &d->choices[0]);
	} else if (key == KEY_ENTER) {
		answer(u, &d->choices[d->at]);
	}
}

/* ---- painting ---- */

static int
lines_of(struct str text, int columns)
{
	struct buf clean = {0};
	text_clean(&clean, text);
	struct str rest = buf_view(&clean);
	int lines = 0;
	for (; rest.n; lines++)
		rest = str_from(rest, text_break(rest, columns));
	buf_finish(&clean);
	return lines;
}

static void
paint_frame(struct grid *g, struct rect r)
{
	grid_blank(g, r, STYLE_DIALOG);
	for (int x = 1; x < r.w - 1; x++) {
		draw_put(g, r, x, 0, STR("─"), STYLE_RULE);
		draw_put(g, r, x, r.h - 1, STR("─"), STYLE_RULE);
	}
	for (int y = 1; y < r.h - 1; y++) {
		draw_put(g, r, 0, y, STR("│"), STYLE_RULE);
		draw_put(g, r, r.w - 1, y, STR("│"), STYLE_RULE);
	}
	draw_put(g, r, 0, 0, STR("┌"), STYLE_RULE);
	draw_put(g, r, r.w - 1, 0, STR("┐"), STYLE_RULE);
	draw_put(g, r, 0, r.h - 1, STR("└"), STYLE_RULE);
	draw_put(g, r, r.w - 1, r.h - 1, STR("┘"), STYLE_RULE);
}

static int
button_width(const struct dialog *d, size_t i)
{
	return text_width(buf_view(&d->choices[i].label)) + 4;
}

static void
paint_button(struct ui *u, struct grid *g, struct rect r, int x, int y, size_t i)
{
	const struct dialog *d = &u->dialog;
	struct str label = buf_view(&d->choices[i].label);
	bool chosen = i == d->at;
	struct rect b = rect_cut((struct rect){r.x + x, r.y + y, button_width(d, i), 1}, 0, 0, 0, 0);
	if (b.x + b.w > r.x + r.w)
		b.w = r.x + r.w - b.x;
	if (b.w <= 0 || y >= r.h)
		return;
	u->acting.buttons[i] = b;
	if (chosen)
		grid_ground(g, b, STYLE_BUTTON);
	draw_put(g, b, 0, 0, chosen ? STR("▸") : STR(" "), chosen ? STYLE_BUTTON : STYLE_TEXT);
	draw_fit(g, b, 2, 0, b.w - 3, label, chosen ? STYLE_BUTTON : STYLE_TEXT);
}

/* In a row if they fit, below each other otherwise. */
static void
paint_buttons(struct ui *u, struct grid *g, struct rect r, int y)
{
	const struct dialog *d = &u->dialog;
	int all = 0;
	for (size_t i = 0; i < BUTTONS_MAX; i++)
		u->acting.buttons[i] = (struct rect){0};
	for (size_t i = 0; i < d->n; i++)
		all += button_width(d, i) + 1;
	/* Where there is one line for them, it is the chosen one that is seen. */
	if (all > r.w + 1 && r.h - y < (int)d->n) {
		paint_button(u, g, r, 0, y, d->at);
		return;
	}
	int x = 0;
	for (size_t i = 0; i < d->n; i++) {
		paint_button(u, g, r, x, y, i);
		if (all > r.w + 1)
			y++;
		else
			x += button_width(d, i) + 1;
	}
}

/* Below the clock of the floor if there is room, and beside the agenda. */
static struct rect
dialog_area(const struct ui *u, struct rect all, int w, int h)
{
	const struct layout *l = &u->layout;
	struct rect floor = l->at[PANE_FLOOR], hints = l->at[PANE_HINTS];
	int end = hints.h ? hints.y : all.h, left = l->rail ? l->at[PANE_AGENDA].w : 0;
	int y = floor.y + floor.h + l->airy;
	if (y + h > end)
		y = end - h;
	if (y < 0 || !floor.h)
		y = (all.h - h) / 2;
	if (left + w > all.w)
		left = 0;
	return (struct rect){left + (all.w - left - w) / 2, y < 0 ? 0 : y, w, h};
}

static void
paint_words(struct ui *u, struct grid *g, struct rect r, int rows, bool frame, bool clock)
{
	const struct dialog *d = &u->dialog;
	enum style style = STYLE_CLOCK;
	struct str time = clock ? floor_clock(u, &style) : STR_NONE;
	int y = 0, spare = r.h - rows, end = r.w;
	if (time.n && spare > 0 && text_width(time) + 8 < r.w)
		end = draw_right(g, r, r.w, 0, time, style) - 2;
	int most = spare - lines_of(buf_view(&d->text), r.w);
	if (spare > 0)
		y += draw_wrapped(g, r, 0, y, end, most > 1 && !frame ? 2 : 1, buf_view(&d->title),
			STYLE_STRONG);
	y += frame && y < spare;
	if (y < spare)
		y += draw_wrapped(g, r, 0, y, r.w, spare - y, buf_view(&d->text), STYLE_TEXT);
	y += frame && y < spare;
	paint_buttons(u, g, r, y < r.h ? y : r.h - 1);
}

static void
dialog_paint(struct ui *u, struct grid *g)
{
	const struct dialog *d = &u->dialog;
	struct rect all = grid_area(g);
	bool frame = all.w >= 34 && all.h >= 9;
	int w = all.w < DIALOG_WIDTH + 4 ? all.w - (frame ? 2 : 0) : DIALOG_WIDTH;
	int inner = w - (frame ? 4 : 0), buttons = 0;
	for (size_t i = 0; i < d->n; i++)
		buttons += button_width(d, i) + 1;
	int rows = buttons > inner + 1 ? (int)d->n : 1;
	int h = lines_of(buf_view(&d->text), inner) + rows + (frame ? 5 : 1);
	if (h > all.h)
		h = all.h;
	struct rect r = dialog_area(u, all, w, h), floor = u->layout.at[PANE_FLOOR];
	bool covers = !frame || r.y < floor.y + floor.h;
	/* Half a clock says nothing; the whole time stands in the dialog. */
	if (frame && r.y > floor.y + 1 && r.y < floor.y + floor.h - 2)
		grid_blank(g, (struct rect){floor.x, floor.y + 1, floor.w, r.y - floor.y - 1}, STYLE_TEXT);
	if (frame && r.x > 0)
		grid_blank(g, (struct rect){r.x - 1, r.y, r.w + 2, r.h}, STYLE_DIALOG);
	if (frame)
		paint_frame(g, r);
	else
		grid_blank(g, r = all, STYLE_DIALOG);
	if (frame)
		r = rect_cut(r, 2, 1, 2, 1);
	paint_words(u, g, r, rows, frame, covers);
	g->cursor_x = g->cursor_y = -1;
}

const struct mode_ops mode_dialog = {dialog_key, NULL, dialog_paint, NULL};
