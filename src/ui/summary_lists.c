/*
 * What is left to do after a session: who was invited and not heard, which
 * certificates were not handed over, what was decided and who does what.
 */
#include "pane.h"
#include "dais/text.h"

enum { LEFT = 3, TIME_COLUMNS = 7, NAMES_AT = 20, WIDE = 44 };

/* The names of those of one segment, in one paragraph behind what it is called. */
static size_t
put_missing(struct ui *u, struct page *p, const struct summary_people *list, size_t i)
{
	size_t n, segment = list->items[i].segment;
	const struct session_segment *all = session_segments(u->s, &n);
	struct str names = STR_NONE;
	for (; i < list->n && list->items[i].segment == segment; i++)
		names = ui_join(u, names, str_of(_(", ")), word_name(u, list->items[i].person));
	bool wide = p->r.w >= WIDE;
	page_name(p, LEFT, wide ? NAMES_AT - LEFT - 1 : p->r.w - LEFT - 1,
		summary_segment(u, &all[segment]), STYLE_DIM);
	p->y += !wide;
	page_put(p, wide ? NAMES_AT : LEFT + 2, names, STYLE_TEXT);
	return i;
}

static void
put_all_missing(struct ui *u, struct page *p, const struct summary_people *list, const char *none)
{
	for (size_t i = 0; i < list->n;)
		i = put_missing(u, p, list, i);
	if (!list->n)
		page_put(p, LEFT, str_of(_(none)), STYLE_DIM);
}

void
summary_unheard(struct ui *u, struct page *p)
{
	const struct summary_counts *c = &u->summing.counts;
	if (!c->invites)
		return;
	summary_head(u, p, N_("Invited and not heard"), NULL);
	put_all_missing(u, p, &c->unheard, N_("Everybody who was invited was heard."));
}

void
summary_ungiven(struct ui *u, struct page *p)
{
	const struct summary_counts *c = &u->summing.counts;
	if (!c->awards)
		return;
	summary_head(u, p, N_("Certificates not handed over"), NULL);
	put_all_missing(u, p, &c->ungiven, N_("All certificates were handed over."));
}

static void
put_notes(struct ui *u, struct page *p, const struct summary_places *list)
{
	for (size_t i = 0; i < list->n; i++) {
		const struct session_note *note = session_note_at(u->s, list->items[i]);
		struct str who = note->person.n ? word_name(u, note->person) : STR_NONE;
		page_name(p, LEFT, TIME_COLUMNS - 2, ui_wall(u, session_wall(u->s, note->t), false),
			STYLE_DIM);
		page_put(p, LEFT + TIME_COLUMNS - 1,
			who.n ? FILL(u, _("{0}: {1}"), who, note->text) : note->text, STYLE_TEXT);
	}
}

void
summary_noted(struct ui *u, struct page *p)
{
	const struct summary_counts *c = &u->summing.counts;
	if (!c->decisions.n && !c->actions.n) {
		summary_head(u, p, N_("Decisions and actions"), NULL);
		page_put(p, LEFT, str_of(_("None was noted.")), STYLE_DIM);
		return;
	}
	if (c->decisions.n) {
		summary_head(u, p, N_("Decisions"), NULL);
		put_notes(u, p, &c->decisions);
	}
	if (c->actions.n) {
		summary_head(u, p, N_("Actions"), NULL);
		put_notes(u, p, &c->actions);
	}
}
