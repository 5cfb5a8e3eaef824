/*
 * The summary: what a session comes to, once it is closed and whenever somebody
 * asks. It opens by itself at the close, and never while something is typed.
 */
#include "pane.h"
#include "dais/text.h"

enum { TWO_COLUMNS = 100, BETWEEN = 2 };

/* ---- opening ---- */

void
summary_open(struct ui *u)
{
	u->summing.due = false;
	u->summing.events = SIZE_MAX;
	mode_enter(u, MODE_SUMMARY);
	summary_exports_open(u);
}

void
summary_due(struct ui *u)
{
	u->summing.due = true;
	if (u->mode == MODE_NORMAL)
		summary_open(u);
}

void
summary_finish(struct summing *s)
{
	summary_counts_finish(&s->counts);
	for (size_t i = 0; i < EXPORTS_MAX; i++)
		buf_finish(&s->exports[i].told);
}

/* Counted again where something happened, or a clock went on by a second. */
static void
recount(struct ui *u)
{
	struct summing *s = &u->summing;
	int64_t t = summary_end(u) / 1000;
	size_t events = session_event_count(u->s);
	if (s->events == events && s->t == t)
		return;
	summary_counts_finish(&s->counts);
	summary_count(&s->counts, u->s, summary_end(u));
	s->events = events;
	s->t = t;
}

/* ---- painting ---- */

typedef void section(struct ui *u, struct page *p);
static section *const left[] = {summary_talk, summary_unheard, summary_ungiven};
static section *const right[] = {summary_plan, summary_noted};
static section *const one[] = {
	summary_talk, summary_plan, summary_unheard, summary_ungiven, summary_noted};

static int
put_column(struct ui *u, struct page p, int x, int w, section *const *sections, size_t n)
{
	p.r.x += x;
	p.r.w = w;
	for (size_t i = 0; i < n; i++)
		sections[i](u, &p);
	return p.y;
}

#define COUNTED(a) a, sizeof(a) / sizeof *(a)

/* Answers how many lines there are. */
static int
put_all(struct ui *u, struct grid *g, struct rect r, bool exports)
{
	struct page p = {g, r, -u->top};
	if (exports)
		summary_exports_paint(u, &p);
	summary_numbers(u, &p);
	if (r.w < TWO_COLUMNS)
		return put_column(u, p, 0, r.w, COUNTED(one)) + u->top;
	int w = (r.w - BETWEEN) / 2;
	int a = put_column(u, p, 0, w, COUNTED(left));
	int b = put_column(u, p, r.w - w, w, COUNTED(right));
	return (a > b ? a : b) + u->top;
}

static int
export_rows(struct ui *u, struct rect r)
{
	struct page p = {NULL, r, 0};
	summary_exports_paint(u, &p);
	return p.y;
}

/* Below everything else, always in sight, where they leave more than half of the room. */
static struct rect
put_below(struct ui *u, struct grid *g, struct rect r, int rows)
{
	struct rect below = {r.x, r.y + r.h - rows - 1, r.w, rows + 1};
	draw_rule(g, rect_cut(below, !u->layout.bare, 0, !u->layout.bare, 0), 0,
		str_of(_("Write beside the log")), STR_NONE);
	struct page p = {g, rect_cut(below, 0, 1, 0, 0), 0};
	summary_exports_paint(u, &p);
	r.h -= rows + 1;
	return r;
}

/* "14:02–17:08" */
static struct str
span(struct ui *u)
{
	struct str from = ui_wall(u, session_wall(u->s, 0), false);
	return ui_join(u, from, STR("–"), ui_wall(u, session_wall(u->s, summary_end(u)), false));
}

static void
summary_paint(struct ui *u, struct grid *g)
{
	bool closed = session_closed(u->s);
	recount(u);
	struct rect r = page_open(u, g, str_of(closed ? _("Summary") : _("Summary so far")), span(u));
	g->cursor_x = g->cursor_y = -1;
	int rows = export_rows(u, r);
	bool below = rows && (rows + 1) * 2 <= r.h;
	if (below)
		r = put_below(u, g, r, rows);
	/* What came of it stands at the end of them. */
	if (rows && !below && u->summing.came)
		u->top = rows > r.h ? rows - r.h : 0;
	int lines = put_all(u, NULL, r, !below), most = lines > r.h ? lines - r.h : 0;
	if (u->top > most)
		u->top = most;
	put_all(u, g, r, !below);
	if (u->top < most && r.h > 2 && r.w > 20)
		draw_right(g, r, r.w, r.h - 1, STR("↓"), STYLE_FAINT);
}

/* ---- keys ---- */

static void
summary_key(struct ui *u, uint32_t key, unsigned mods)
{
	if (key >= 0xff01 && key <= 0xff5e)
		key = key - 0xff01 + '!';
	key = key == 0x3000 ? ' ' : key;
	u->summing.came = false;
	key = key == 'j' ? (uint32_t)KEY_DOWN : key == 'k' ? (uint32_t)KEY_UP : key;
	if (key == KEY_ESCAPE || key == 'S') {
		mode_leave(u);
	} else if (key == 'q') {
		ask_to_leave(u);
	} else if (summary_exports_key(u, key, mods)) {
		/* Where they are not always in sight, they stand at the top. */
		u->top = u->summing.came ? u->top : 0;
	} else {
		key = key == ' ' ? (uint32_t)KEY_PAGE_DOWN : key;
		page_key(u, key, &u->top);
	}
}

const struct mode_ops mode_summary = {summary_key, NULL, summary_paint, NULL};
