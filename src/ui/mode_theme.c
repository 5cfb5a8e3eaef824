/*
 * The list of themes. What is chosen is worn at once, so that the whole screen
 * is the sample; Enter keeps it, Esc takes the one from before again. Nothing is
 * written: which theme a console begins with is said in its configuration.
 */
#include "pane.h"

#include "dais/text.h"

enum { WIDTH = 34, AROUND = 4 };

/* Shows it, and says why where that cannot be. */
static bool
wear(struct ui *u, size_t i)
{
	struct buf why = {0};
	bool good = u->themes.show(u->themes.ctx, i, &why);
	if (!good)
		say(u, buf_view(&why), true);
	else if (u->said_bad)
		buf_reset(&u->said);
	buf_finish(&why);
	u->dirty = true;
	return good;
}

/* Colours are the terminal's matter: the console only asks for others. */
void
theme_next(struct ui *u)
{
	size_t n = u->themes.count ? u->themes.count(u->themes.ctx) : 0;
	size_t at = n ? u->themes.shown(u->themes.ctx) : 0;
	for (size_t tries = 0; tries < n; tries++) {
		at = (at + 1) % n;
		if (!wear(u, at))
			continue;
		/* That one could not be read is more than what the next is called. */
		if (tries == 0)
			say(u, FILL(u, _("theme: {0}"), str_of(u->themes.name(u->themes.ctx, at))), false);
		return;
	}
}

void
theme_list(struct ui *u)
{
	if (!u->themes.count || !u->themes.count(u->themes.ctx))
		return;
	mode_enter(u, MODE_THEME);
	u->theme_before = u->chosen = u->themes.shown(u->themes.ctx);
}

static void
choose(struct ui *u, size_t i)
{
	u->chosen = i;
	wear(u, i);
}

static void
theme_key(struct ui *u, uint32_t key, unsigned mods)
{
	size_t n = u->themes.count(u->themes.ctx);
	key = key == 'j' || key == KEY_TAB ? (uint32_t)KEY_DOWN : key == 'k' ? (uint32_t)KEY_UP : key;
	(void)mods;
	switch (key) {
	case KEY_DOWN:
	case 't':
	case 'T':
		choose(u, (u->chosen + 1) % n);
		break;
	case KEY_UP:
		choose(u, (u->chosen + n - 1) % n);
		break;
	case KEY_HOME:
		choose(u, 0);
		break;
	case KEY_END:
		choose(u, n - 1);
		break;
	case KEY_ENTER:
		mode_leave(u);
		break;
	case KEY_ESCAPE:
	case 'q':
		wear(u, u->theme_before);
		mode_leave(u);
		break;
	default:
		break;
	}
}

static void
paint_row(struct ui *u, struct grid *g, struct rect row, size_t i)
{
	bool chosen = i == u->chosen;
	if (chosen) {
		grid_ground(g, row, STYLE_SELECTED);
		draw_put(g, row, 0, 0, STR("▸"), STYLE_ACCENT);
	}
	int end = row.w - 1;
	if (i == u->themes.shown(u->themes.ctx))
		end = draw_right(g, row, end, 0, STR("✓"), STYLE_GOOD) - 1;
	else if (chosen)
		end = draw_right(g, row, end, 0, STR("!"), STYLE_ALERT) - 1;
	draw_fit(g, row, 2, 0, end - 2, str_of(u->themes.name(u->themes.ctx, i)),
		chosen ? STYLE_STRONG : STYLE_TEXT);
}

/* At the right, above the line where text is typed: what it is about stays in sight. */
static void
theme_paint(struct ui *u, struct grid *g)
{
	struct rect r = u->layout.body;
	size_t n = u->themes.count(u->themes.ctx);
	int h = (int)n + 1 < r.h ? (int)n + 1 : r.h, w = r.w < WIDTH + AROUND ? r.w : WIDTH;
	r = (struct rect){r.x + r.w - w, r.y + r.h - h, w, h};
	g->cursor_x = g->cursor_y = -1;
	if (r.w < 4 || r.h < 1)
		return;
	grid_blank(g, r, STYLE_DIALOG);
	if (r.h > 1) {
		draw_fit(g, r, 2, 0, r.w - 3, str_of(_("Themes")), STYLE_TITLE);
		r = rect_cut(r, 0, 1, 0, 0);
	}
	size_t first = pane_first(n, u->chosen, r.h);
	for (int y = 0; y < r.h && first + (size_t)y < n; y++)
		paint_row(u, g, (struct rect){r.x, r.y + y, r.w, 1}, first + (size_t)y);
}

const struct mode_ops mode_theme = {theme_key, NULL, theme_paint, NULL};

void
ui_themes(struct ui *u, const struct ui_themes *themes)
{
	u->themes = *themes;
}
