/*
 * The mouse: a click chooses, a second one at the same place acts, the wheel
 * moves what is under it. Nothing that is typed or asked is touched by a click
 * beside it, and an act is never done by a click and by a key as well.
 */
#include "pane.h"

static bool
inside(struct rect r, int x, int y)
{
	return x >= r.x && x < r.x + r.w && y >= r.y && y < r.y + r.h;
}

void
ui_clock(struct ui *u, int64_t ms)
{
	u->acting.clock_ms = ms;
}

/* A number for what is chosen in the pane: a second click acts only on what the first one chose. */
static int64_t
chosen_in(const struct ui *u, enum pane_id id)
{
	const struct session_entry *e = queue_chosen(u);
	switch ((int)id) {
	case PANE_AGENDA:
		return u->segment == SIZE_MAX ? EVENT_NO : (int64_t)u->segment;
	case PANE_QUEUE:
		return e ? e->id : EVENT_NO;
	case PANE_NOTES:
		return u->line;
	case PANE_FLOOR:
		return u->acting.recipient == SIZE_MAX ? EVENT_NO : (int64_t)u->acting.recipient;
	default:
		return EVENT_NO;
	}
}

/* True if this press is the second of two. Three are no two doubles. */
static bool
is_second(struct ui *u, int x, int y)
{
	struct click *c = &u->acting.click;
	bool second = c->is && c->x == x && c->y == y && u->acting.clock_ms >= c->ms &&
		      u->acting.clock_ms - c->ms <= DOUBLE_CLICK_MS;
	*c = (struct click){!second, u->acting.clock_ms, x, y, c->chosen};
	return second;
}

static void
press_pane(struct ui *u, enum pane_id id, int x, int y)
{
	const struct pane_ops *ops = pane_ops(id);
	struct rect r = u->layout.at[id];
	bool second = is_second(u, x, y);
	int64_t before = u->acting.click.chosen;
	u->focus = id;
	if (!ops->choose)
		return;
	bool hit = ops->choose(u, y - r.y);
	u->acting.click.chosen = hit ? chosen_in(u, id) : EVENT_NO;
	/* A row which moved away from under the pointer is not the one that was meant. */
	if (!second || !hit || before != u->acting.click.chosen)
		return;
	if (u->replaying.is)
		act_replay(u, (int)id);
	else if (ops->act)
		ops->act(u);
}

void
hint_span(struct ui *u, int x, int w, uint32_t key, unsigned mods)
{
	if (u->acting.spans_n < SPANS_MAX)
		u->acting.spans[u->acting.spans_n++] = (struct hint_span){x, w, key, mods};
}

static void
press_hint(struct ui *u, int x)
{
	for (size_t i = 0; i < u->acting.spans_n; i++) {
		const struct hint_span *s = &u->acting.spans[i];
		if (x >= s->x && x < s->x + s->w) {
			mode_ops(u->mode)->key(u, s->key, s->mods);
			return;
		}
	}
}

static void
wheel(struct ui *u, const struct input_event *e, int by)
{
	if (u->mode == MODE_DIALOG)
		return;
	bool list = u->mode == MODE_PICK || u->mode == MODE_HELP || u->mode == MODE_FIND ||
		    (u->mode == MODE_COMMAND && u->completer.shown);
	if ((u->mode != MODE_NORMAL && !mode_ops(u->mode)->prompt) || list) {
		mode_ops(u->mode)->key(u, by < 0 ? KEY_UP : KEY_DOWN, 0);
		return;
	}
	for (int id = 0; id < PANE_FOCUSABLE; id++) {
		const struct pane_ops *ops = pane_ops((enum pane_id)id);
		if (inside(u->layout.at[id], e->x, e->y) && ops->step)
			ops->step(u, by);
	}
}

static void
press(struct ui *u, int x, int y)
{
	if (inside(u->layout.at[PANE_HINTS], x, y)) {
		press_hint(u, x);
		return;
	}
	if (u->mode == MODE_DIALOG) {
		dialog_click(u, x, y, is_second(u, x, y));
		return;
	}
	if (u->mode == MODE_PICK)
		pick_click(u, x, y, is_second(u, x, y));
	if (u->mode == MODE_SUMMARY)
		summary_click(u, x, y, is_second(u, x, y));
	if (u->mode != MODE_NORMAL)
		return;
	if (inside(u->layout.at[PANE_TABS], x, y)) {
		u->acting.click = (struct click){.x = x};
		pane_ops(PANE_TABS)->choose(u, 0);
		return;
	}
	for (int id = 0; id < PANE_FOCUSABLE; id++) {
		if (inside(u->layout.at[id], x, y)) {
			press_pane(u, (enum pane_id)id, x, y);
			return;
		}
	}
}

void
mouse_event(struct ui *u, const struct input_event *e)
{
	int by = e->mouse == MOUSE_WHEEL_UP ? -1 : e->mouse == MOUSE_WHEEL_DOWN ? 1 : 0;
	if (u->replaying.is && timeline_mouse(u, e)) {
		u->acting.click.is = false;
	} else if (by) {
		u->acting.click.is = false;
		wheel(u, e, by);
	} else if (e->mouse == MOUSE_PRESS && e->button == 0) {
		press(u, e->x, e->y);
	}
}
