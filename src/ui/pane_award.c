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

static void
paint_recipient(struct ui *u, struct grid *g, struct rect r, int y, size_t i)
{
	const struct session_segment *s = now_segment(u);
	struct str id = s->recipients.items[i];
	const struct session_person *p = session_person(u->s, id), *next = award_next(u);
	bool done = session_awarded(u->s, session_segment_now(u->s), id);
	bool is_next = next && str_eq(next->id, id);
	draw_put(g, r, 0, y, done ? STR("✓") : is_next ? STR("▶") : STR("·"),
		done ? STYLE_GOOD : is_next ? STYLE_ACCENT : STYLE_FAINT);
	int x = draw_fit(g, r, 2, y, r.w - 2, word_name(u, id), is_next ? STYLE_STRONG : STYLE_TEXT) + 2;
	if (p && x + 3 < r.w)
		draw_fit(g, r, x, y, r.w - x, ui_join(u, p->title, STR(" "), p->affiliation), STYLE_DIM);
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

/* The rows of the list; what is read aloud is never cut for its sake. */
static struct rect
list_area(struct ui *u, struct rect r, int *cue_rows)
{
	int y = u->layout.small && r.h > 1, lines = lines_of(cue(u), r.w), left = r.h - y;
	*cue_rows = lines < left ? lines : left;
	left -= *cue_rows;
	y += *cue_rows + (left > 1);
	int n = (int)now_segment(u)->recipients.n;
	struct rect list = rect_cut(r, 0, y, 0, 0);
	list.h = list.h < n ? list.h : n;
	return list;
}

void
award_paint(struct ui *u, struct grid *g, struct rect r)
{
	int lines, y = u->layout.small && r.h > 1;
	struct rect inner = rect_cut(pane_inner(u, r), 0, pane_head(u, PANE_FLOOR, r), 0, 0);
	struct rect list = list_area(u, inner, &lines);
	if (y)
		header_small(u, g, (struct rect){inner.x, inner.y, inner.w, 1});
	draw_wrapped(g, inner, 0, y, inner.w, lines, cue(u), STYLE_STRONG);
	size_t n = now_segment(u)->recipients.n, at = chosen(u);
	size_t first = pane_first(n, at < n ? at : 0, list.h);
	for (int row = 0; row < list.h; row++) {
		size_t i = first + (size_t)row;
		if (i == at && u->focus == PANE_FLOOR)
			pane_chosen(u, g, (struct rect){r.x, list.y, r.w, list.h}, row, PANE_FLOOR);
		paint_recipient(u, g, list, row, i);
	}
}

bool
award_choose(struct ui *u, int y)
{
	int lines;
	struct rect r = u->layout.at[PANE_FLOOR];
	struct rect inner = rect_cut(pane_inner(u, r), 0, pane_head(u, PANE_FLOOR, r), 0, 0);
	struct rect list = list_area(u, inner, &lines);
	int row = r.y + y - list.y;
	size_t n = now_segment(u)->recipients.n, at = chosen(u);
	if (row < 0 || row >= list.h)
		return false;
	choose(u, pane_first(n, at < n ? at : 0, list.h) + (size_t)row);
	return true;
}
