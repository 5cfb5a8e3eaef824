/*
 * The summary's figures: how long everybody talked, and what the agenda had
 * planned against what it came to. Bars stand beside their numbers.
 */
#include "pane.h"
#include "dais/text.h"

enum { AIRY = 14, NAME_MAX_COLUMNS = 24, BARE = 44, TURNS_COLUMNS = 50 };

int64_t
summary_end(const struct ui *u)
{
	return session_closed(u->s) ? session_closed_t(u->s) : u->t;
}

void
summary_head(struct ui *u, struct page *p, const char *title, const char *extra)
{
	p->y += u->layout.body.h >= AIRY;
	if (p->g && p->y >= 0 && p->y < p->r.h)
		draw_rule(p->g, rect_cut(p->r, 1, 0, 1, 0), p->y, str_of(_(title)),
			extra ? str_of(_(extra)) : STR_NONE);
	p->y++;
}

struct str
summary_segment(struct ui *u, const struct session_segment *g)
{
	if (g->kind == SEGMENT_AWARD && g->of > 1)
		return FILL(u, _("Certificates {0}"), ui_number(u, g->number));
	return word_segment(u, g);
}

/* ---- numbers ---- */

static struct str
counted(struct ui *u, const char *text, int64_t n)
{
	struct str number = ui_number(u, n);
	return ui_fill(u, text, &number, 1);
}

static struct str
people_of(struct ui *u, const struct summary_counts *c)
{
	struct str args[] = {ui_number(u, (int64_t)c->people_n), ui_number(u, c->site),
		ui_number(u, c->online)};
	if (!c->people_n)
		return str_of(_("nobody spoke"));
	if (!c->online)
		return ui_fill(u, i18n_plural("{0} person spoke", "{0} people spoke", c->people_n), args, 3);
	return ui_fill(u,
		i18n_plural("{0} person spoke ({1} on site, {2} online)",
			"{0} people spoke ({1} on site, {2} online)", c->people_n),
		args, 3);
}

static struct str
offset_of(struct ui *u, int64_t ms)
{
	enum { CLOSE_MS = 60000 };
	if (ms >= CLOSE_MS)
		return FILL(u, _("{0} late"), ui_time(u, ms));
	if (ms <= -CLOSE_MS)
		return FILL(u, _("{0} ahead"), ui_time(u, -ms));
	return str_of(_("on time"));
}

void
summary_numbers(struct ui *u, struct page *p)
{
	const struct summary_counts *c = &u->summing.counts;
	struct str dot = STR(" · "), all = people_of(u, c);
	unsigned long turns = (unsigned long)c->turns, notes = (unsigned long)c->notes;
	all = ui_join(u, all, dot, counted(u, i18n_plural("{0} turn", "{0} turns", turns), c->turns));
	all = ui_join(u, all, dot, counted(u, i18n_plural("{0} note", "{0} notes", notes), c->notes));
	if (c->marks)
		all = ui_join(u, all, dot,
			counted(u, i18n_plural("{0} mark", "{0} marks", (unsigned long)c->marks), c->marks));
	page_parts(p, 1, all, dot, STYLE_TEXT);
	int64_t ends = session_expected_end(u->s, summary_end(u)), planned = session_planned_end(u->s);
	if (ends == EVENT_NO || planned == EVENT_NO)
		return;
	const char *text = session_closed(u->s) ? _("ended {0}, planned {1}") : _("ends {0}, planned {1}");
	struct str when = FILL(u, text, ui_wall(u, ends, false), ui_wall(u, planned, false));
	page_parts(p, 1, ui_join(u, when, dot, offset_of(u, ends - planned)), dot, STYLE_DIM);
}

/* ---- talk time ---- */

struct columns {
	int name, turns, time, bar; /* columns; turns 0: not shown */
};

static struct str
turns_of(struct ui *u, const struct summary_person *who)
{
	return FILL(u, _("{0}×"), ui_number(u, who->turns));
}

static int
wider(int columns, struct str text)
{
	int w = text_width(text);
	return w > columns ? w : columns;
}

static struct columns
talk_columns(struct ui *u, int w)
{
	const struct summary_counts *c = &u->summing.counts;
	struct columns is = {0};
	int most = w / 3 < NAME_MAX_COLUMNS ? w / 3 : NAME_MAX_COLUMNS;
	for (size_t i = 0; i < c->people_n; i++) {
		const struct summary_person *who = &c->people[i];
		is.name = wider(is.name, session_person_at(u->s, who->person)->name);
		is.time = wider(is.time, ui_time(u, who->ms));
		if (w >= TURNS_COLUMNS)
			is.turns = wider(is.turns, turns_of(u, who));
	}
	is.name = is.name > most ? most : is.name;
	is.bar = w - 3 - is.name - 1 - (is.turns ? is.turns + 2 : 0) - is.time - 2;
	return is;
}

static void
put_talk(struct ui *u, struct page *p, const struct columns *is, const struct summary_person *who,
	int64_t most)
{
	struct rect row = {p->r.x, p->r.y + p->y, p->r.w - 1, 1};
	if (!p->g || p->y < 0 || p->y >= p->r.h)
		return;
	if (who->invited)
		draw_put(p->g, row, 1, 0, STR("◆"), STYLE_ACCENT);
	draw_fit(p->g, row, 3, 0, is->name, session_person_at(u->s, who->person)->name, STYLE_TEXT);
	/* Whoever spoke has a bar that can be seen. */
	int64_t least = is->bar > 0 ? most / (2 * is->bar) + 1 : 0;
	draw_bar(p->g, row, 3 + is->name + 1, 0, is->bar, who->ms > least ? who->ms : least, most,
		STYLE_BAR);
	if (is->turns)
		draw_right(p->g, row, row.w - is->time - 2, 0, turns_of(u, who), STYLE_DIM);
	draw_right(p->g, row, row.w, 0, ui_time(u, who->ms), STYLE_TEXT);
}

void
summary_talk(struct ui *u, struct page *p)
{
	const struct summary_counts *c = &u->summing.counts;
	struct columns is = talk_columns(u, p->r.w - 1);
	bool invited = false;
	if (!c->people_n)
		return;
	for (size_t i = 0; i < c->people_n; i++)
		invited = invited || c->people[i].invited;
	summary_head(u, p, N_("Talk time"), invited ? N_("◆ invited") : NULL);
	for (size_t i = 0; i < c->people_n; i++, p->y++)
		put_talk(u, p, &is, &c->people[i], c->people[0].ms);
}

/* ---- plan and actual ---- */

/* "+3:02 over", "0:20 under", or nothing where there is nothing to say. */
static struct str
difference(struct ui *u, int64_t planned, int64_t actual)
{
	int64_t by = (actual / 1000 - planned / 1000) * 1000;
	if (!by || planned <= 0)
		return STR_NONE;
	return by > 0 ? FILL(u, _("+{0} over"), ui_time(u, by))
		      : FILL(u, _("{0} under"), ui_time(u, -by));
}

struct plan_columns {
	int actual, planned, by; /* planned 0: not shown */
};

static void
widen(struct ui *u, struct plan_columns *is, int64_t planned, int64_t actual)
{
	is->actual = wider(is->actual, ui_time(u, actual));
	is->planned = wider(is->planned, FILL(u, _("of {0}"), ui_time(u, planned)));
	is->by = wider(is->by, difference(u, planned, actual));
}

static void
put_times(struct ui *u, struct page *p, const struct plan_columns *is, struct str name,
	int64_t planned, int64_t actual)
{
	enum { OVER_MS = 60000 };
	struct rect row = {p->r.x, p->r.y + p->y, p->r.w - 1, 1};
	bool over = planned > 0 && actual - planned >= OVER_MS;
	int end = row.w;
	if (!p->g || p->y < 0 || p->y >= p->r.h)
		return;
	draw_right(p->g, row, end, 0, difference(u, planned, actual), over ? STYLE_WARNING : STYLE_DIM);
	end -= is->by ? is->by + 2 : 0;
	if (is->planned && planned > 0)
		draw_right(p->g, row, end, 0, FILL(u, _("of {0}"), ui_time(u, planned)), STYLE_FAINT);
	end -= is->planned ? is->planned + 1 : 0;
	draw_right(p->g, row, end, 0, ui_time(u, actual), STYLE_TEXT);
	end -= is->actual + 1;
	if (end > 4)
		draw_fit(p->g, row, 3, 0, end - 3, name, STYLE_TEXT);
}

static void
put_planned(struct ui *u, struct page *p, const struct plan_columns *is, size_t i,
	const struct session_segment *g)
{
	struct rect row = {p->r.x, p->r.y + p->y, p->r.w - 1, 1};
	bool done = g->state == SEGMENT_DONE || g->state == SEGMENT_RUNNING;
	if (!p->g || p->y < 0 || p->y >= p->r.h)
		return;
	draw_put(p->g, row, 1, 0, done ? STR("✓") : g->state == SEGMENT_SKIPPED ? STR("–") : STR("·"),
		done ? STYLE_GOOD : STYLE_FAINT);
	if (done) {
		put_times(u, p, is, summary_segment(u, g), g->planned_ms,
			session_segment_elapsed(u->s, i, summary_end(u)));
		return;
	}
	int end = draw_right(p->g, row, row.w, 0,
		g->state == SEGMENT_SKIPPED ? str_of(_("skipped")) : str_of(_("not reached")), STYLE_FAINT);
	draw_fit(p->g, row, 3, 0, end - 4, summary_segment(u, g), STYLE_DIM);
}

void
summary_plan(struct ui *u, struct page *p)
{
	size_t n;
	const struct session_segment *all = session_segments(u->s, &n);
	int64_t planned = 0, actual = 0, end = summary_end(u);
	struct plan_columns is = {0};
	enum { AROUND = 8, NAME_MOST = 14 };
	int name = 0;
	if (session_segment_now(u->s) == SIZE_MAX)
		return;
	summary_head(u, p, N_("Planned and actual"), NULL);
	for (size_t i = 0; i < n; i++) {
		int64_t took = session_segment_elapsed(u->s, i, end);
		int columns = text_width(summary_segment(u, &all[i]));
		name = columns > name ? columns : name;
		planned += all[i].planned_ms;
		actual += took;
		if (all[i].state == SEGMENT_DONE || all[i].state == SEGMENT_RUNNING)
			widen(u, &is, all[i].planned_ms, took);
	}
	widen(u, &is, planned, actual);
	/* A name says more than the plan, which the difference tells of as well. */
	int names = p->r.w - is.by - is.planned - is.actual - AROUND;
	is.planned = p->r.w < BARE || names < (name < NAME_MOST ? name : NAME_MOST) ? 0 : is.planned;
	for (size_t i = 0; i < n; i++, p->y++)
		put_planned(u, p, &is, i, &all[i]);
	put_times(u, p, &is, str_of(_("in all")), planned, actual);
	p->y++;
}
