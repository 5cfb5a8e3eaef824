/*
 * A card for what takes long: what it is, how far it is, and that it can be
 * left. There are no panes yet behind it.
 */
#include "pane.h"

#include "dais/text.h"

enum { THOUSAND = 1000, CARD_COLUMNS = 48, CARD_ROWS = 5 };

void
ui_progress(struct ui *u, const char *what, int done)
{
	struct replaying *r = &u->replaying;
	struct str now = what ? str_of(what) : STR_NONE;
	done = done < 0 ? 0 : done > THOUSAND ? THOUSAND : done;
	/* Whole percent are all that is shown of it. */
	if (str_eq(now, buf_view(&r->waiting)) && done / 10 == r->done / 10)
		return;
	if (!str_eq(now, buf_view(&r->waiting))) {
		buf_reset(&r->waiting);
		buf_str(&r->waiting, now);
	}
	r->done = done;
	u->dirty = true;
}

void
progress_key(struct ui *u, uint32_t key, unsigned mods)
{
	bool leaves = key == KEY_ESCAPE || key == 'q' || key == 0xff51 ||
		      (key == 'c' && mods == MOD_CTRL);
	if (leaves)
		u->calls.leave(u->calls.ctx);
}

void
progress_paint(struct ui *u, struct grid *g)
{
	struct rect r = grid_area(g);
	struct replaying *is = &u->replaying;
	struct str percent = FILL(u, _("{0} %"), ui_number(u, is->done / 10));
	struct str what = buf_view(&is->waiting), end = str_of(_("Esc cancels"));
	if (r.h < CARD_ROWS + 4 || r.w < CARD_COLUMNS / 2 + 8) {
		int y = r.h > 2 ? r.h / 2 : 0;
		int x = draw_right(g, r, r.w, y, percent, STYLE_ACCENT);
		draw_fit(g, r, 0, y, x - 1, what, STYLE_TEXT);
		if (r.h > 2)
			draw_fit(g, r, 0, r.h - 1, r.w, end, STYLE_DIM);
		return;
	}
	int w = r.w - 8 < CARD_COLUMNS ? r.w - 8 : CARD_COLUMNS;
	struct rect card = {(r.w - w) / 2, (r.h - CARD_ROWS) / 2, w, CARD_ROWS};
	int x = draw_right(g, card, w, 0, percent, STYLE_ACCENT);
	draw_fit(g, card, 0, 0, x - 1, what, STYLE_TEXT);
	draw_bar(g, card, 0, 2, w, is->done, THOUSAND, STYLE_BAR);
	draw_fit(g, card, 0, 4, w, end, STYLE_DIM);
}
