/*
 * The exports of a closed session: which of them are ticked, what came of each.
 * They are written by somebody else and meanwhile nothing waits; what was
 * written is not ticked any more, so that Enter does not write it twice.
 */
#include "pane.h"
#include "dais/text.h"

#include <string.h>

enum { SIGN = 1, BOX = 4, GAP = 0, NAME_COLUMNS = 10, NARROW = 44 };

size_t
summary_exports(const struct ui *u)
{
	size_t n = 0;
	if (!u->calls.export || !u->calls.exports || !session_closed(u->s))
		return 0;
	while (n < EXPORTS_MAX && u->calls.exports[n])
		n++;
	return n;
}

void
summary_exports_open(struct ui *u)
{
	struct summing *s = &u->summing;
	bool fresh = true;
	size_t n = summary_exports(u);
	s->at = 0;
	for (size_t i = 0; i < n; i++)
		fresh = fresh && s->exports[i].state == EXPORT_NONE && !s->exports[i].ticked;
	for (size_t i = 0; i < n && fresh; i++)
		s->exports[i].ticked = strcmp(u->calls.exports[i], "md") == 0 ||
				       strcmp(u->calls.exports[i], "html") == 0;
}

static size_t
ticked(const struct ui *u)
{
	size_t count = 0, n = summary_exports(u);
	for (size_t i = 0; i < n; i++)
		count += u->summing.exports[i].ticked;
	return count;
}

/* ---- painting ---- */

static struct str
button(struct ui *u)
{
	size_t n = ticked(u);
	struct str number = ui_number(u, (int64_t)n);
	if (!n)
		return str_of(_("Write"));
	return ui_fill(u, i18n_plural("Write {0} file", "Write {0} files", n), &number, 1);
}

static void
put_item(struct ui *u, struct page *p, int x, size_t i, struct str name)
{
	size_t n = summary_exports(u);
	bool chosen = i == u->summing.at, box = i < n;
	struct rect r = {p->r.x + x, p->r.y + p->y, SIGN + (box ? BOX : 1) + text_width(name) + 1, 1};
	if (!p->g || p->y < 0 || p->y >= p->r.h)
		return;
	if (r.x + r.w > p->r.x + p->r.w)
		r.w = p->r.x + p->r.w - r.x;
	u->summing.spots[i] = r;
	if (chosen)
		grid_ground(p->g, r, box ? STYLE_SELECTED : STYLE_BUTTON);
	enum style style = !box && chosen ? STYLE_BUTTON : box || ticked(u) ? STYLE_TEXT : STYLE_FAINT;
	if (chosen)
		draw_put(p->g, r, 0, 0, STR("▸"), box ? STYLE_ACCENT : STYLE_BUTTON);
	if (box)
		draw_put(p->g, r, SIGN, 0, u->summing.exports[i].ticked ? STR("[x]") : STR("[ ]"),
			u->summing.exports[i].ticked ? STYLE_ACCENT : STYLE_DIM);
	draw_fit(p->g, r, SIGN + (box ? BOX : 1), 0, r.w, name, style);
}

/* The boxes and the button, as many in a row as fit. */
static void
put_items(struct ui *u, struct page *p)
{
	size_t n = summary_exports(u);
	int x = 0;
	for (size_t i = 0; i <= n; i++) {
		struct str name = i < n ? str_of(u->calls.exports[i]) : button(u);
		int w = SIGN + (i < n ? BOX : 1) + text_width(name) + 1;
		if (x && x + w > p->r.w) {
			p->y++;
			x = 0;
		}
		put_item(u, p, x, i, name);
		x += w + GAP;
	}
	p->y++;
}

static void
put_came(struct ui *u, struct page *p, size_t i)
{
	const struct export_row *row = &u->summing.exports[i];
	static const struct {
		const char *sign;
		enum style style;
	} by[] = {[EXPORT_NONE] = {"", STYLE_TEXT}, [EXPORT_BEGUN] = {"·", STYLE_DIM},
		[EXPORT_WRITTEN] = {"✓", STYLE_GOOD}, [EXPORT_FAILED] = {"!", STYLE_ALERT}};
	if (row->state == EXPORT_NONE)
		return;
	page_name(p, 1, 2, str_of(by[row->state].sign), by[row->state].style);
	/* Where there is little room, the file's name says which it is. */
	bool named = p->r.w >= NARROW || row->state != EXPORT_WRITTEN;
	if (named)
		page_name(p, 3, NAME_COLUMNS - 1, str_of(u->calls.exports[i]), STYLE_DIM);
	struct str told = row->state == EXPORT_BEGUN ? str_of(_("is being written")) : buf_view(&row->told);
	page_put(p, named ? 3 + NAME_COLUMNS : 3, told, row->state == EXPORT_FAILED ? STYLE_ALERT : STYLE_TEXT);
}

void
summary_exports_paint(struct ui *u, struct page *p)
{
	size_t n = summary_exports(u);
	if (p->g)
		memset(u->summing.spots, 0, sizeof u->summing.spots);
	if (!n)
		return;
	put_items(u, p);
	for (size_t i = 0; i < n; i++)
		put_came(u, p, i);
}

/* ---- keys ---- */

void
ui_exported(struct ui *u, const char *format, bool written, struct str told)
{
	for (size_t i = 0; i < EXPORTS_MAX && u->calls.exports && u->calls.exports[i]; i++) {
		struct export_row *row = &u->summing.exports[i];
		if (strcmp(u->calls.exports[i], format) != 0)
			continue;
		row->state = written ? EXPORT_WRITTEN : EXPORT_FAILED;
		row->ticked = !written;
		buf_reset(&row->told);
		buf_str(&row->told, told);
	}
	u->summing.came = true;
	/* Whoever went on meanwhile reads it below. */
	struct str line = written ? FILL(u, _("written: {0}"), told)
				  : FILL(u, _("{0} was not written: {1}"), str_of(format), told);
	if (u->mode == MODE_SUMMARY)
		sentence_keep(u, line, !written);
	else
		say(u, line, !written);
	u->dirty = true;
}

static void
write_ticked(struct ui *u)
{
	size_t n = summary_exports(u);
	if (!ticked(u)) {
		say(u, str_of(_("tick a format first: Space does")), true);
		return;
	}
	for (size_t i = 0; i < n; i++) {
		struct export_row *row = &u->summing.exports[i];
		if (!row->ticked || row->state == EXPORT_BEGUN)
			continue;
		row->state = EXPORT_BEGUN;
		row->ticked = false;
		u->calls.export(u->calls.ctx, u->calls.exports[i]);
	}
}

static void
act(struct ui *u, bool toggles)
{
	size_t n = summary_exports(u);
	struct summing *s = &u->summing;
	buf_reset(&u->said);
	if (s->at >= n)
		write_ticked(u);
	else if (!toggles)
		s->at = n; /* Enter goes to the button, and writes there */
	else if (s->exports[s->at].state != EXPORT_BEGUN)
		s->exports[s->at].ticked = !s->exports[s->at].ticked;
}

bool
summary_exports_key(struct ui *u, uint32_t key, unsigned mods)
{
	size_t n = summary_exports(u);
	struct summing *s = &u->summing;
	if (!n)
		return false;
	if (key == KEY_LEFT || (key == KEY_TAB && mods == MOD_SHIFT))
		s->at = (s->at + n) % (n + 1);
	else if (key == KEY_RIGHT || key == KEY_TAB)
		s->at = (s->at + 1) % (n + 1);
	else if (key == ' ' || key == KEY_ENTER)
		act(u, key == ' ');
	else
		return false;
	return true;
}

void
summary_click(struct ui *u, int x, int y, bool twice)
{
	size_t n = summary_exports(u);
	for (size_t i = 0; i <= n && n; i++) {
		struct rect r = u->summing.spots[i];
		if (x < r.x || x >= r.x + r.w || y < r.y || y >= r.y + r.h)
			continue;
		/* A box is ticked by one click; what writes wants two, as everywhere. */
		bool again = u->summing.at == i;
		u->summing.at = i;
		if (i < n || (twice && again))
			act(u, true);
		return;
	}
}
