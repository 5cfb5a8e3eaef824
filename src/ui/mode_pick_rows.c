/*
 * The people who fit what is typed, one a row: who they are, where they are,
 * what they said already. The columns stand still while the rows change.
 */
#include "pane.h"

#include <assert.h>

#include "dais/text.h"

enum { LIST_ROWS = 9, LIST_MOST = 12, LIST_LEAST = 5, NAME = 14, WORDY = 72, ROOMY = 50, UNIT = 10 };

struct columns {
	int name, who, place, state; /* widths; 0: there is no room for it */
	bool brief;
};

static const struct session_person *
person_at(const struct ui *u, size_t row)
{
	size_t n = session_person_count(u->s);
	size_t person = row < u->picker.n ? u->picker.found[row] : SIZE_MAX;
	return person < n ? session_person_at(u->s, person) : NULL;
}

/* What they said on this point and in all; whether they are invited to it. */
static struct str
state_of(struct ui *u, const struct session_person *p, const struct known *k, bool brief)
{
	const struct session_turn *turn = now_turn(u);
	if (turn && str_eq(turn->person, p->id))
		return str_of(_("has the floor"));
	if (k->present)
		return str_of(_("waits already"));
	struct session_talk here = session_talk(u->s, p->id, session_segment_now(u->s), u->t);
	struct session_talk all = session_talk(u->s, p->id, SIZE_MAX, u->t);
	struct str times = ui_number(u, p->point_spoken), total = ui_time(u, all.ms);
	if (p->point_spoken && (brief || here.ms == all.ms))
		return FILL(u, _("spoke {0}× · {1}"), times, total);
	if (p->point_spoken)
		return FILL(u, _("spoke {0}× · {1} here, {2} in all"), times, ui_time(u, here.ms),
			total);
	if (k->group == GROUP_INVITED)
		return all.ms && !brief ? FILL(u, _("invited, unheard · {0} in all"), total)
					: str_of(_("invited, unheard"));
	if (all.ms && brief)
		return FILL(u, _("{0} in all"), total);
	if (!now_segment(u))
		return STR_NONE;
	return all.ms ? FILL(u, _("unheard · {0} in all"), total) : str_of(_("unheard"));
}

/* On site is what most are: it is said of the chosen row only, where a key can change it. */
static struct str
place_of(struct ui *u, size_t row, bool brief)
{
	const struct picker *p = &u->picker;
	const struct session_person *person = person_at(u, row);
	bool chosen = row == p->at;
	enum event_attending attending = chosen && p->attending ? p->attending
					 : person		? person->attending
								: ATTENDING_SITE;
	if (attending != ATTENDING_ONLINE && !chosen)
		return STR_NONE;
	struct session_entry entry = {.person = person ? person->id : STR(""),
		.attending = attending};
	return word_place(u, &entry, brief);
}

static int
widest(int w, struct str text)
{
	int columns = text_width(text);
	return columns > w ? columns : w;
}

/* Over the rows that are shown, so that words stand below each other. */
static struct columns
measure(struct ui *u, int w, size_t first, size_t end)
{
	struct columns c = {.name = w >= ROOMY ? NAME : w / 2, .brief = w < WORDY};
	for (size_t i = first; i < end; i++) {
		const struct session_person *p = person_at(u, i);
		const struct known *k = p ? &u->picker.roster.known[u->picker.found[i]] : NULL;
		if (k)
			c.state = widest(c.state, state_of(u, p, k, c.brief));
		if (w >= ROOMY)
			c.place = widest(c.place, place_of(u, i, c.brief));
	}
	c.who = w - c.name - (c.place ? c.place + 2 : 0) - (c.state ? c.state + 2 : 0);
	return c;
}

static void
paint_person(struct ui *u, struct grid *g, struct rect r, size_t row, const struct columns *c)
{
	const struct session_person *p = person_at(u, row), *first;
	assert(p); /* paint_rows asked */
	const struct known *k = &u->picker.roster.known[u->picker.found[row]];
	bool turned = row == u->picker.at && u->picker.attending;
	struct str state = state_of(u, p, k, c->brief), place = place_of(u, row, c->brief);
	enum style style = k->group == GROUP_INVITED && !k->present ? STYLE_GOOD : STYLE_DIM;
	/* In a narrow list whatever differs is said before anything else. */
	if (c->who < UNIT && session_person_find(u->s, p->name, &first) > 1 &&
		session_person(u->s, p->name) != p)
		state = p->affiliation;
	if (!c->place && turned) {
		state = place;
		style = STYLE_ACCENT;
	}
	draw_fit(g, r, 0, 0, c->name - 1, p->name, STYLE_STRONG);
	int x = r.w - c->state;
	if (c->who < UNIT)
		x = draw_right(g, r, r.w, 0, ui_fit(u, state, r.w - c->name), style);
	else
		draw_put(g, r, x, 0, state, style);
	if (c->place)
		draw_put(g, r, x - 2 - c->place, 0, place,
			turned					? STYLE_ACCENT
			: p->attending == ATTENDING_ONLINE ? STYLE_REMOTE
								: STYLE_DIM);
	if (c->who >= UNIT)
		draw_fit(g, r, c->name, 0, c->who, ui_join(u, p->title, STR(" "), p->affiliation),
			STYLE_DIM);
}

/* Says what Enter would do, and how to say more of them. */
static void
paint_walk_in(struct ui *u, struct grid *g, struct rect r, size_t row, const struct columns *c)
{
	struct typed_name typed = pick_typed(u);
	struct str who = ui_join(u, typed.title, STR(" "), typed.unit);
	struct str place = u->picker.at == row ? place_of(u, row, c->brief) : STR_NONE;
	bool theirs = typed.more && who.n;
	int end = r.w;
	if (place.n && r.w >= ROOMY)
		end = draw_right(g, r, r.w, 0, place,
			u->picker.attending ? STYLE_ACCENT : STYLE_DIM) - 2;
	else if (place.n && u->picker.attending)
		end = draw_right(g, r, r.w, 0, place, STYLE_ACCENT) - 2;
	int x = draw_fit(g, r, 0, 0, end, FILL(u, _("add {0} as a walk-in"), typed.name),
		STYLE_ACCENT);
	if (!typed.more)
		who = str_of(_("or: name / unit / title"));
	else if (!theirs)
		who = str_of(_("unit / title"));
	if (end - x - 2 >= (theirs ? UNIT : text_width(who)))
		draw_fit(g, r, x + 2, 0, end - x - 2, who, typed.more ? STYLE_TEXT : STYLE_FAINT);
}

static void
paint_rows(struct ui *u, struct grid *g, struct rect r)
{
	struct picker *p = &u->picker;
	size_t end = p->first + (size_t)r.h < p->n ? p->first + (size_t)r.h : p->n;
	int margin = !u->layout.bare;
	struct columns c = measure(u, r.w - 1 - margin, p->first, end);
	for (size_t i = p->first; i < end; i++) {
		struct rect row = {r.x, r.y + (int)(i - p->first), r.w, 1};
		if (i == p->at) {
			grid_ground(g, row, STYLE_SELECTED);
			draw_put(g, row, 0, 0, STR("▸"), STYLE_ACCENT);
		}
		row = rect_cut(row, 1, 0, margin, 0);
		if (person_at(u, i))
			paint_person(u, g, row, i, &c);
		else
			paint_walk_in(u, g, row, i, &c);
	}
	if (!p->n)
		draw_fit(g, r, 1, 0, r.w - 2, str_of(_("Type a name.")), STYLE_DIM);
}

/* Below the clock where that leaves room enough, over everything where it does not. */
static struct rect
list_area(struct ui *u)
{
	struct rect r = u->layout.body, floor = u->layout.at[PANE_FLOOR];
	int below = floor.h ? r.y + r.h - floor.y - floor.h : r.h;
	int h = below < LIST_LEAST ? LIST_ROWS : below < LIST_MOST ? below : LIST_MOST;
	h = h < r.h ? h : r.h;
	r.y += r.h - h;
	r.h = h;
	return u->layout.rail ? rect_cut(r, u->layout.at[PANE_AGENDA].w, 0, 0, 0) : r;
}

/* No further than it must: what a hand points at stays where it is. */
static void
scroll(struct picker *p)
{
	size_t h = p->list.h > 0 ? (size_t)p->list.h : 1;
	if (p->first + h > p->n)
		p->first = p->n > h ? p->n - h : 0;
	if (p->at < p->first)
		p->first = p->at;
	if (p->at >= p->first + h)
		p->first = p->at - h + 1;
}

void
pick_paint(struct ui *u, struct grid *g)
{
	static const char *const titles[AS_COUNT] = {[AS_UNSET] = "",
		[AS_SPEECH] = N_("Add to the queue"), [AS_REPLY] = N_("Add a reply"),
		[AS_ORDER] = N_("Add a point of order"), [AS_QUESTION] = N_("Add a question")};
	struct picker *p = &u->picker;
	struct rect r = list_area(u);
	bool title = u->layout.body.h >= 4;
	if (p->stale)
		pick_match(u);
	grid_blank(g, r, STYLE_DIALOG);
	if (u->layout.rail)
		r = rect_cut(r, 2, 0, 1, 0);
	if (title) {
		struct rect top = rect_cut(r, 1, 0, 1, 0);
		size_t people = p->n && p->found[p->n - 1] == SIZE_MAX ? p->n - 1 : p->n;
		draw_rule(g, top, 0, str_of(_(titles[p->as])),
			people ? ui_number(u, (int64_t)people) : STR_NONE);
		r = rect_cut(r, 0, 1, 0, 0);
	}
	p->list = r;
	scroll(p);
	paint_rows(u, g, r);
}
