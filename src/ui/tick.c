/*
 * A second that passes changes little: the clocks, how long people wait. While
 * nothing else happened the panes that no time moves stay as they were painted,
 * and of the others each draws again what is not the same. What is shown is
 * what painting all of it would show.
 */
#include "pane.h"

bool
tick_anew(struct ui *u, struct grid *g, struct rect r)
{
	(void)u;
	(void)g;
	(void)r;
	return false;
}

void
tick_painted(struct ui *u)
{
	bool told = said(u).n > 0;
	/* A welcome fades, and what is known as of then has no clock. */
	bool panes = u->mode == MODE_NORMAL && !u->replaying.is && (told || !u->welcomes) && !joined_old(u);
	u->painted.panes = panes;
	u->painted.said = told;
	u->painted.t = u->t;
	u->painted.events = session_event_count(u->s);
}

bool
tick_paint(struct ui *u, struct grid *g)
{
	const struct painted *was = &u->painted;
	if (!was->panes || u->mode != MODE_NORMAL || u->t < was->t ||
		was->events != session_event_count(u->s) || was->said != (said(u).n > 0))
		return false;
	for (enum pane_id id = 0; id < PANE_COUNT; id++) {
		struct rect r = u->layout.at[id];
		const struct pane_ops *pane = pane_ops(id);
		if (r.w <= 0 || r.h <= 0 || !pane->tick || pane->tick(u, g, r))
			continue;
		grid_blank(g, r, STYLE_TEXT);
		pane->paint(u, g, r);
	}
	u->painted.t = u->t;
	return true;
}
