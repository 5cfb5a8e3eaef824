/* A few lines that a command answered with, to be read and copied: an invite, who is here. */
#include "pane.h"

#include <string.h>

#include "dais/text.h"

/* A line to be copied has nothing beside it, and no blank that is not its own. */
static void
put_line(struct page *p, struct str line, struct rect r)
{
	if (!line.n || line.p[0] != '\t') {
		page_put(p, 1, line, STYLE_TEXT);
		p->y += !line.n;
		return;
	}
	struct str rest = str_from(line, 1);
	for (size_t n; rest.n; rest = str_from(rest, n), p->y++) {
		n = text_next(rest, 0);
		for (size_t next; n < rest.n; n = next) {
			next = text_next(rest, n);
			if (text_width(str_upto(rest, next)) > r.w)
				break;
		}
		page_name(p, 0, r.w, str_upto(rest, n), STYLE_STRONG);
	}
}

/* Answers how many lines there are. */
static int
paint_text(struct ui *u, struct grid *g, struct rect r)
{
	struct page p = {g, r, -u->top};
	struct str rest = buf_view(&u->shown);
	while (rest.n) {
		const char *end = memchr(rest.p, '\n', rest.n);
		size_t n = end ? (size_t)(end - rest.p) : rest.n;
		put_line(&p, str_upto(rest, n), r);
		rest = str_from(rest, n + 1);
	}
	return p.y + u->top;
}

static void
text_paint(struct ui *u, struct grid *g)
{
	struct rect r = page_open(u, g, buf_view(&u->shown_title), STR_NONE);
	g->cursor_x = g->cursor_y = -1;
	int lines = paint_text(u, NULL, r), most = lines > r.h ? lines - r.h : 0;
	if (u->top > most)
		u->top = most;
	paint_text(u, g, r);
}

static void
text_key(struct ui *u, uint32_t key, unsigned mods)
{
	(void)mods;
	if (key == KEY_ESCAPE || key == KEY_ENTER || key == 'q')
		mode_leave(u);
	else
		page_key(u, key, &u->top);
}

const struct mode_ops mode_text = {text_key, NULL, text_paint, NULL};

void
ui_show(struct ui *u, struct str title, struct str text)
{
	buf_reset(&u->shown_title);
	buf_str(&u->shown_title, title);
	buf_reset(&u->shown);
	buf_str(&u->shown, text);
	mode_enter(u, MODE_TEXT);
	u->dirty = true;
}
