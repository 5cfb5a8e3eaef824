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

static struct str
aloud(struct ui *u, const struct session_person *p)
{
	if (p->title.n && p->affiliation.n)
		return FILL(u, _("A certificate of thanks goes to {0}, {1}, {2}."), p->name, p->title,
			p->affiliation);
	if (p->title.n || p->affiliation.n)
		return FILL(u, _("A certificate of thanks goes to {0}, {1}."), p->name,
			p->title.n ? p->title : p->affiliation);
	return FILL(u, _("A certificate of thanks goes to {0}."), p->name);
}

static void
paint_recipient(struct ui *u, struct grid *g, struct rect r, int y, struct str id, bool next)
{
	const struct session_person *p = session_person(u->s, id);
	bool done = session_awarded(u->s, session_segment_now(u->s), id);
	draw_put(g, r, 0, y, done ? STR("✓") : next ? STR("▶") : STR("·"),
		done ? STYLE_GOOD : next ? STYLE_ACCENT : STYLE_FAINT);
	int x = draw_fit(g, r, 2, y, r.w - 2, word_name(u, id), next ? STYLE_STRONG : STYLE_TEXT) + 2;
	if (p && x + 3 < r.w)
		draw_fit(g, r, x, y, r.w - x, ui_join(u, p->title, STR(" "), p->affiliation), STYLE_DIM);
}

void
award_paint(struct ui *u, struct grid *g, struct rect r, int y)
{
	const struct session_segment *s = now_segment(u);
	const struct session_person *next = award_next(u);
	int names = (int)s->recipients.n;
	if (u->layout.small && r.h > 1) {
		header_small(u, g, (struct rect){r.x, r.y, r.w, 1});
		y++;
	}
	/* What is read aloud is never cut for the list's sake. */
	int lines = r.h - y - 3 < 2 ? 2 : r.h - y - 3;
	if (next)
		y += draw_wrapped(g, r, 0, y, r.w, lines, aloud(u, next), STYLE_STRONG);
	else if (y < r.h)
		y += draw_wrapped(g, r, 0, y, r.w, 2,
			names ? str_of(_("All certificates are handed over; ] goes on."))
			      : str_of(_("No certificates are planned here; ] goes on.")),
			STYLE_STRONG);
	if (next && s->presenters.n && y < r.h)
		draw_fit(g, r, 0, y++, r.w,
			FILL(u, _("presented by {0}"), word_people(u, s->presenters)), STYLE_DIM);
	y++;
	/* Of many, those around the next one. */
	size_t at = 0, n = s->recipients.n;
	while (next && at < n && !str_eq(s->recipients.items[at], next->id))
		at++;
	size_t first = pane_first(n, at, r.h - y);
	for (size_t i = first; i < n && y < r.h; i++, y++)
		paint_recipient(u, g, r, y, s->recipients.items[i], next && i == at);
}
