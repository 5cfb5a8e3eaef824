/*
 * Certificates: the line that the chair reads aloud, and who has theirs. It
 * takes the place of the floor, where nobody speaks in that segment.
 */
#include "pane.h"

#include "dais/text.h"

const struct session_person *
award_next(const struct ui *u)
{
	const struct session_segment *s = now_segment(u);
	if (!s || s->kind != SEGMENT_AWARD)
		return NULL;
	size_t now = session_segment_now(u->s);
	for (size_t i = 0; i < s->recipients.n; i++)
		if (!session_awarded(u->s, now, s->recipients.items[i]))
			return session_person(u->s, s->recipients.items[i]);
	return NULL;
}

bool
award_shown(const struct ui *u)
{
	const struct session_segment *s = now_segment(u);
	return s && s->kind == SEGMENT_AWARD && !now_turn(u) && !session_closed(u->s);
}

struct str
award_title(struct ui *u)
{
	const struct session_segment *s = now_segment(u);
	int64_t done = 0;
	for (size_t i = 0; i < s->recipients.n; i++)
		done += session_awarded(u->s, session_segment_now(u->s), s->recipients.items[i]);
	if (!s->recipients.n)
		return str_of(word_kind(s->kind));
	return FILL(u, _("{0} of {1} handed over"), ui_number(u, done),
		ui_number(u, (int64_t)s->recipients.n));
}

/* ---- who is chosen: the next one, until a hand chooses another ---- */

static size_t
chosen(const struct ui *u)
{
	const struct session_segment *s = now_segment(u);
	const struct session_person *next = award_next(u);
	const struct acting *a = &u->acting;
	if (a->recipient < s->recipients.n && a->recipient_of == session_segment_now(u->s))
		return a->recipient;
	for (size_t i = 0; next && i < s->recipients.n; i++)
		if (str_eq(s->recipients.items[i], next->id))
			return i;
	return s->recipients.n;
}

static void
choose(struct ui *u, size_t i)
{
	u->acting.recipient = i;
	u->acting.recipient_of = session_segment_now(u->s);
}

void
award_step(struct ui *u, int by)
{
	const struct session_segment *s = now_segment(u);
	int64_t n = (int64_t)s->recipients.n, to = (int64_t)chosen(u) + by;
	if (n)
		choose(u, (size_t)(to < 0 ? 0 : to >= n ? n - 1 : to));
}

void
award_give(struct ui *u, const struct session_person *p)
{
	struct buf line = {0};
	buf_puts(&line, "award give ");
	command_quote(&line, p->id);
	if (!ask(u, buf_view(&line)))
		u->acting.recipient = SIZE_MAX;
	buf_finish(&line);
}

void
award_act(struct ui *u)
{
	const struct session_segment *s = now_segment(u);
	size_t i = chosen(u);
	const struct session_person *p =
		i < s->recipients.n ? session_person(u->s, s->recipients.items[i]) : NULL;
	if (!p)
		say(u, str_of(_("no certificate is waiting to be handed over")), true);
	else if (session_awarded(u->s, session_segment_now(u->s), p->id))
		say(u, FILL(u, _("{0} has the certificate already"), p->name), true);
	else
		award_give(u, p);
}

/* ---- what is read aloud ---- */

/* "our invited guest 张虎, 教授" */
static struct str
honoured(struct ui *u, const struct session_person *p)
{
	struct str who = p->title.n ? FILL(u, _("{0}, {1}"), p->name, p->title) : p->name;
	if (p->role == ROLE_GUEST)
		return FILL(u, _("our invited guest {0}"), who);
	if (p->role == ROLE_KEYNOTE)
		return FILL(u, _("our keynote speaker {0}"), who);
	return who;
}

static struct str
aloud(struct ui *u, const struct session_segment *s, const struct session_person *p)
{
	if (s->presenters.n)
		return FILL(u, _("We invite {0} to present the certificate of thanks to {1}."),
			word_people(u, s->presenters), honoured(u, p));
	return FILL(u, _("A certificate of thanks goes to {0}."), honoured(u, p));
}

/* ---- painting ---- */

static struct str
title_and_unit(struct ui *u, const struct session_person *p)
{
	return ui_join(u, p->title, STR(" "), p->affiliation);
}

/* The columns that names take, so that what follows them stands below each other. */
static int
name_columns(struct ui *u, int w)
{
	const struct session_segment *s = now_segment(u);
	int columns = 0, most = (w - 2) * 2 / 5;
	for (size_t i = 0; i < s->recipients.n; i++) {
		int name = text_width(word_name(u, s->recipients.items[i]));
		columns = name > columns ? name : columns;
	}
	return columns > most ? most : columns;
}

/* In one line, or with the unit below. */
static void
paint_recipient(struct ui *u, struct grid *g, struct rect r, int y, size_t i, bool two)
{
	const struct session_segment *s = now_segment(u);
	struct str id = s->recipients.items[i];
	const struct session_person *p = session_person(u->s, id), *next = award_next(u);
	bool done = session_awarded(u->s, session_segment_now(u->s), id);
	bool is_next = next && str_eq(next->id, id);
	draw_put(g, r, 0, y, done ? STR("✓") : is_next ? STR("▶") : STR("·"),
		done ? STYLE_GOOD : is_next ? STYLE_ACCENT : STYLE_FAINT);
	int name = name_columns(u, r.w), x = 2 + name + 2;
	/* Whoever has nothing to follow has the room of it. */
	name = p && (p->title.n || (p->affiliation.n && !two)) ? name : r.w - 2;
	draw_fit(g, r, 2, y, name, word_name(u, id), is_next ? STYLE_STRONG : STYLE_TEXT);
	if (p && x + 3 < r.w)
		draw_fit(g, r, x, y, r.w - x, two ? p->title : title_and_unit(u, p), STYLE_DIM);
	if (p && two)
		draw_fit(g, r, 2, y + 1, r.w - 2, p->affiliation, STYLE_DIM);
}

static int
lines_of(struct str text, int columns)
{
	int lines = 0;
	for (; text.n && columns > 0; lines++)
		text = str_from(text, text_break(text, columns));
	return lines;
}

/* What stands above the list. */
static struct str
cue(struct ui *u)
{
	const struct session_segment *s = now_segment(u);
	const struct session_person *next = award_next(u);
	if (next)
		return aloud(u, s, next);
	return s->recipients.n ? str_of(_("All certificates are handed over; ] goes on."))
			       : str_of(_("No certificates are planned here; ] goes on."));
}

/* Where the list stands, and how. */
struct list {
	struct rect r;
	int cue, step; /* rows of what is read aloud; rows that one of them takes */
	size_t n, first, shown;
};

/* True where a unit would be cut. */
static bool
is_long(struct ui *u, int columns)
{
	const struct session_segment *s = now_segment(u);
	for (size_t i = 0; i < s->recipients.n; i++) {
		const struct session_person *p = session_person(u->s, s->recipients.items[i]);
		if (p && 2 + name_columns(u, columns) + 2 + text_width(title_and_unit(u, p)) > columns)
			return true;
	}
	return false;
}

/* What is read aloud is never cut for the sake of the list. */
static struct list
list_of(struct ui *u, struct rect r)
{
	enum { MORE_ROWS = 3 };
	struct list is = {.n = now_segment(u)->recipients.n};
	int y = u->layout.small && r.h > 1, lines = lines_of(cue(u), r.w), left = r.h - y;
	is.cue = lines < left ? lines : left;
	left -= is.cue;
	y += is.cue + (left > 1);
	is.r = rect_cut(r, 0, y, 0, 0);
	is.step = (int)is.n * 2 <= is.r.h && is_long(u, r.w) ? 2 : 1;
	is.shown = (size_t)(is.r.h / is.step);
	if (is.n > is.shown && is.shown >= MORE_ROWS)
		is.shown--;
	is.shown = is.shown < is.n ? is.shown : is.n;
	size_t at = chosen(u);
	is.first = pane_first(is.n, at < is.n ? at : 0, (int)is.shown);
	return is;
}

void
award_paint(struct ui *u, struct grid *g, struct rect r)
{
	int y = u->layout.small && r.h > 1;
	struct rect inner = rect_cut(pane_inner(u, r), 0, pane_head(u, PANE_FLOOR, r), 0, 0);
	struct list is = list_of(u, inner);
	if (y)
		header_small(u, g, (struct rect){inner.x, inner.y, inner.w, 1});
	draw_wrapped(g, inner, 0, y, inner.w, is.cue, cue(u), STYLE_STRONG);
	for (size_t row = 0; row < is.shown; row++) {
		struct rect whole = {r.x, is.r.y, r.w, is.r.h};
		int at = (int)row * is.step;
		if (is.first + row == chosen(u) && u->focus == PANE_FLOOR) {
			pane_chosen(u, g, whole, at, PANE_FLOOR);
			grid_ground(g, (struct rect){r.x, is.r.y + at, r.w, is.step}, STYLE_SELECTED);
		}
		paint_recipient(u, g, is.r, at, is.first + row, is.step > 1);
	}
	int below = (int)is.shown * is.step;
	if (is.shown < is.n && below < is.r.h)
		draw_fit(g, is.r, 2, below, is.r.w - 2,
			FILL(u, _("{0} more"), ui_number(u, (int64_t)(is.n - is.shown))), STYLE_FAINT);
}

bool
award_choose(struct ui *u, int y)
{
	struct rect r = u->layout.at[PANE_FLOOR];
	struct rect inner = rect_cut(pane_inner(u, r), 0, pane_head(u, PANE_FLOOR, r), 0, 0);
	struct list is = list_of(u, inner);
	int row = r.y + y - is.r.y;
	if (row < 0 || row >= (int)is.shown * is.step)
		return false;
	choose(u, is.first + (size_t)(row / is.step));
	return true;
}
