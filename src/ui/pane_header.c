/*
 * The header: what must never be missed. What matters least goes first where
 * there is no room; the clock and NOT SAVED never go.
 */
#include "pane.h"

#include "dais/text.h"

enum { TITLE_MIN = 16, NARROW = 50, NARROW_TITLE_MIN = 8 };

/* Puts an item at the left of what stands there already, if the title keeps some room. */
static int
put_item(struct grid *g, struct rect r, int end, struct str text, enum style style)
{
	int start = end - text_width(text);
	if (!text.n || start < (r.w < NARROW ? NARROW_TITLE_MIN : TITLE_MIN))
		return end;
	draw_put(g, r, start, 0, text, style);
	return start - 2;
}

static void
paint_right(struct ui *u, struct grid *g, struct rect r, int *end)
{
	struct str offset = word_offset(u);
	bool late = session_offset_ms(u->s, u->t) >= 60000;
	*end = r.w;
	bool seconds = r.w >= 44;
	*end = put_item(g, r, *end, ui_wall(u, session_wall(u->s, u->t), seconds), STYLE_HEADER);
	*end = put_item(g, r, *end, offset, late ? STYLE_WARNING : STYLE_HEADER_DIM);
	if (!u->status.not_saved && u->status.saved >= 0)
		*end = put_item(g, r, *end,
			r.w >= 60 ? FILL(u, _("● saved {0}"), ui_number(u, u->status.saved)) : STR("●"),
			STYLE_GOOD);
	if (u->status.consoles && r.w >= 70) {
		struct str n = ui_number(u, (int64_t)u->status.consoles);
		const char *text = i18n_plural("⇄ {0} console", "⇄ {0} consoles", u->status.consoles);
		*end = put_item(g, r, *end, ui_fill(u, text, &n, 1), STYLE_HEADER_DIM);
	}
}

static void
header_paint(struct ui *u, struct grid *g, struct rect r)
{
	int end, x = 0;
	grid_ground(g, r, STYLE_HEADER);
	r = rect_cut(r, u->layout.bare ? 0 : 1, 0, u->layout.bare ? 0 : 1, 0);
	paint_right(u, g, r, &end);
	if (u->status.not_saved) {
		x = draw_fit(g, r, 0, 0, end, str_of(_("NOT SAVED")), STYLE_ALERT) + 2;
		if (end - x > 4)
			x = draw_fit(g, r, x, 0, end - x, u->status.trouble, STYLE_ALERT) + 2;
	}
	if (session_rehearsal(u->s) && end - x > 4)
		x = draw_fit(g, r, x, 0, end - x, str_of(_("REHEARSAL")), STYLE_WARNING) + 2;
	if (!u->status.not_saved && end - x > 4)
		draw_fit(g, r, x, 0, end - x, session_forum(u->s)->title, STYLE_HEADER);
}

int
header_small(struct ui *u, struct grid *g, struct rect r)
{
	struct str wall = ui_wall(u, session_wall(u->s, u->t), false);
	if (u->status.not_saved)
		return draw_right(g, r, r.w, 0, str_of(_("NOT SAVED")), STYLE_ALERT);
	if (r.w < 16)
		return r.w;
	struct str sign = session_rehearsal(u->s) ? str_of(_("REHEARSAL")) : STR("●");
	if (!session_rehearsal(u->s) && u->status.saved < 0)
		return draw_right(g, r, r.w, 0, wall, STYLE_DIM);
	return draw_right(g, r, r.w, 0, ui_join(u, sign, STR(" "), wall), STYLE_DIM);
}

const struct pane_ops pane_header = {NULL, header_paint, NULL, NULL, NULL};
