/*
 * What was said in the message line: a sentence that passed while the chair
 * looked at the hall can be read again, the newest first.
 */
#include "pane.h"

#include <stdlib.h>

void
sentence_keep(struct ui *u, struct str text, bool bad)
{
	struct sentences *all = &u->sentences;
	size_t at = (all->first + all->n) % SENTENCES_MAX;
	if (!text.n)
		return;
	if (all->n == SENTENCES_MAX) {
		free(all->items[at].text);
		all->first = (all->first + 1) % SENTENCES_MAX;
	} else {
		all->n++;
	}
	all->items[at] = (struct sentence){str_dup(text), session_wall(u->s, u->said_t), bad};
}

void
sentences_finish(struct sentences *all)
{
	for (size_t i = 0; i < SENTENCES_MAX; i++)
		free(all->items[i].text);
}

/* Answers how many lines there are. */
static int
paint_all(struct ui *u, struct grid *g, struct rect r)
{
	const struct sentences *all = &u->sentences;
	bool wide = r.w >= 50;
	int left = wide ? 13 : 8;
	struct page p = {g, r, -u->top};
	for (size_t i = all->n; i-- > 0;) {
		const struct sentence *said = &all->items[(all->first + i) % SENTENCES_MAX];
		page_name(&p, 1, left - 3, ui_wall(u, said->wall, wide), STYLE_DIM);
		if (said->bad)
			page_name(&p, left - 2, 1, STR("!"), STYLE_ALERT);
		page_put(&p, left, str_of(said->text), said->bad ? STYLE_ALERT : STYLE_TEXT);
	}
	return p.y + u->top;
}

static void
messages_paint(struct ui *u, struct grid *g)
{
	size_t n = u->sentences.n;
	struct str many = n ? ui_number(u, (int64_t)n) : STR_NONE;
	struct rect r = page_open(u, g, str_of(_("What was said here")), many);
	g->cursor_x = g->cursor_y = -1;
	int lines = paint_all(u, NULL, r), most = lines > r.h ? lines - r.h : 0;
	if (u->top > most)
		u->top = most;
	paint_all(u, g, r);
	if (!n)
		draw_fit(g, r, 1, 0, r.w - 2, str_of(_("Nothing was said yet.")), STYLE_DIM);
}

static void
messages_key(struct ui *u, uint32_t key, unsigned mods)
{
	(void)mods;
	key = key == 'j' ? (uint32_t)KEY_DOWN : key == 'k' ? (uint32_t)KEY_UP : key;
	key = key == ' ' ? (uint32_t)KEY_PAGE_DOWN : key;
	if (key == KEY_ESCAPE || key == KEY_ENTER || key == 'q' || key == 'M')
		mode_leave(u);
	else
		page_key(u, key, &u->top);
}

const struct mode_ops mode_messages = {messages_key, NULL, messages_paint, NULL};
