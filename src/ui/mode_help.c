/* Help: every key and every command, made from the tables that run them. */
#include "pane.h"

#include "dais/text.h"

struct help {
	struct ui *u;
	struct grid *g;
	struct rect r;
	int y; /* of the next line; the first rows are scrolled away */
	int left;
};

/* Wraps text into the right column, from the line that is being written on. */
static void
put_text(struct help *h, struct str text, enum style style)
{
	struct rect r = h->r;
	struct buf clean = {0};
	text_clean(&clean, text);
	struct str rest = buf_view(&clean);
	int columns = r.w - h->left - 1;
	for (size_t n; rest.n; rest = str_from(rest, n)) {
		n = text_break(rest, columns);
		if (h->y >= 0)
			draw_fit(h->g, r, h->left, h->y, columns, str_trim(str_upto(rest, n)), style);
		h->y++;
	}
	buf_finish(&clean);
}

static void
put_row(struct help *h, struct str name, struct str does, struct str usage)
{
	if (h->y >= 0)
		draw_fit(h->g, h->r, 1, h->y, h->r.w - 2, name, STYLE_KEY);
	/* On a narrow screen the name has a line of its own. */
	if (text_width(name) + 2 > h->left)
		h->y++;
	put_text(h, does, STYLE_TEXT);
	put_text(h, usage, STYLE_DIM);
}

static void
put_title(struct help *h, const char *title)
{
	if (h->y >= 0)
		draw_fit(h->g, h->r, 1, h->y, h->r.w - 2, str_of(_(title)), STYLE_TITLE);
	h->y += 2;
}

static void
put_keys(struct help *h)
{
	size_t n;
	const struct binding *keys = key_table(&n);
	put_title(h, N_("Keys"));
	for (size_t i = 0; i < n; i++)
		if (keys[i].help)
			put_row(h, str_of(_(keys[i].shown)), str_of(_(keys[i].help)), STR_NONE);
	h->y++;
}

static void
put_commands(struct help *h)
{
	const struct command_row *rows = command_rows();
	put_title(h, N_("Commands, behind :"));
	for (int i = 0; i < CMD_COUNT; i++) {
		struct str name = ui_join(h->u, str_of(rows[i].noun), STR(" "), str_of(rows[i].word));
		struct str usage = rows[i].usage[0] ? str_of(_(rows[i].usage)) : STR_NONE;
		put_row(h, name, str_of(_(rows[i].help)), usage);
	}
}

/* Paints from help_top on; answers how many lines there are. */
static int
paint_all(struct ui *u, struct grid *g, struct rect r)
{
	struct help h = {u, g, r, -u->help_top, r.w >= 60 ? 20 : 8};
	put_keys(&h);
	h.left = r.w >= 60 ? 20 : 3;
	put_commands(&h);
	return h.y + u->help_top;
}

static void
help_paint(struct ui *u, struct grid *g)
{
	struct rect r = u->layout.small ? grid_area(g) : u->layout.body;
	grid_blank(g, r, STYLE_TEXT);
	g->cursor_x = g->cursor_y = -1;
	if (!u->layout.small)
		r = rect_cut(r, 0, 1, 0, 0);
	int lines = paint_all(u, g, r);
	int most = lines > r.h ? lines - r.h : 0;
	if (u->help_top <= most)
		return;
	u->help_top = most;
	grid_blank(g, r, STYLE_TEXT);
	paint_all(u, g, r);
}

static void
help_key(struct ui *u, uint32_t key, unsigned mods)
{
	enum { FAR = 100000 };
	int page = u->layout.body.h > 2 ? u->layout.body.h - 2 : 1;
	(void)mods;
	if (key == KEY_DOWN || key == 'j' || key == KEY_ENTER)
		u->help_top++;
	else if (key == KEY_UP || key == 'k')
		u->help_top--;
	else if (key == KEY_PAGE_DOWN || key == ' ')
		u->help_top += page;
	else if (key == KEY_PAGE_UP)
		u->help_top -= page;
	else if (key == KEY_HOME)
		u->help_top = 0;
	else if (key == KEY_END)
		u->help_top = FAR;
	else if (key == KEY_ESCAPE || key == 'q' || key == '?')
		mode_leave(u);
	if (u->help_top < 0)
		u->help_top = 0;
}

const struct mode_ops mode_help = {help_key, NULL, help_paint, NULL};
