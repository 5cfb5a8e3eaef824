/*
 * Adding somebody to the queue: one line is typed, the roster narrows above
 * it. Whoever is invited and unheard comes first; a name that nobody has
 * becomes a walk-in, and the list says so before Enter does it.
 */
#include "pane.h"

#include <stdlib.h>

#include "dais/text.h"

enum { RANK_UNINVITED = 10, RANK_HEARD = 20, RANK_WAITS = 100, LIST_ROWS = 9, LIST_MOST = 12, LIST_LEAST = 5 };

static struct str
query_of(const struct ui *u)
{
	return str_trim(buf_view(&u->edit.text));
}

static bool
is_invited(const struct session_segment *g, struct str id)
{
	for (size_t i = 0; g && i < g->invited.n; i++)
		if (str_eq(g->invited.items[i], id))
			return true;
	return false;
}

/* Spoke on this point already, or speaks. */
static bool
is_heard(const struct ui *u, const struct session_person *p)
{
	const struct session_turn *turn = now_turn(u);
	return p->point_spoken > 0 || (turn && str_eq(turn->person, p->id));
}

/* The entry of this person and kind, if they wait already. */
static const struct session_entry *
waits(const struct ui *u, struct str person)
{
	size_t n;
	const struct session_entry *queue = session_queue(u->s, &n);
	for (size_t i = 0; i < n; i++)
		if (str_eq(queue[i].person, person) && queue[i].as == u->picker.as)
			return &queue[i];
	return NULL;
}

static int
compare(const void *a, const void *b)
{
	const struct match *x = a, *y = b;
	if (x->rank != y->rank)
		return x->rank < y->rank ? -1 : 1;
	return x->person < y->person ? -1 : x->person > y->person;
}

/* Keeps the best matches where there are more than the list takes. */
static void
keep(struct picker *p, struct match m)
{
	if (p->n < MATCHES_MAX - 1) {
		p->found[p->n++] = m;
		return;
	}
	size_t worst = 0;
	for (size_t i = 1; i < p->n; i++)
		if (compare(&p->found[i], &p->found[worst]) > 0)
			worst = i;
	if (compare(&m, &p->found[worst]) < 0)
		p->found[worst] = m;
}

void
pick_match(struct ui *u)
{
	struct picker *p = &u->picker;
	const struct session_segment *g = now_segment(u);
	struct str query = query_of(u);
	size_t n;
	const struct session_person *people = session_people(u->s, &n);
	bool exact = false;
	p->n = 0;
	for (size_t i = 0; i < n; i++) {
		int fits = match_person(&people[i], query);
		if (fits < 0)
			continue;
		exact = exact || str_eq(people[i].name, query);
		/* Typing decides; among those who fit as well, the rule of the house does. */
		int rank = query.n ? fits : 0;
		if (fits == 0 && query.n)
			rank = -1;
		else if (is_heard(u, &people[i]))
			rank += RANK_HEARD;
		else if (!is_invited(g, people[i].id))
			rank += RANK_UNINVITED;
		if (waits(u, people[i].id))
			rank += RANK_WAITS;
		keep(p, (struct match){i, rank});
	}
	qsort(p->found, p->n, sizeof *p->found, compare);
	if (query.n && !exact)
		p->found[p->n++] = (struct match){SIZE_MAX, 0};
	if (p->at >= p->n)
		p->at = p->n ? p->n - 1 : 0;
}

void
pick_start(struct ui *u, enum event_as as)
{
	mode_enter(u, MODE_PICK);
	u->picker.as = as;
	u->picker.at = 0;
	pick_match(u);
}

/* ---- adding ---- */

static void
add_person(struct ui *u, struct str person)
{
	const struct session_turn *turn = session_floor(u->s);
	struct buf line = {0};
	buf_puts(&line, "queue add ");
	command_quote(&line, person);
	buf_puts(&line, " --as ");
	buf_puts(&line, event_as_text(u->picker.as));
	/* A reply is one to whoever spoke last. */
	if (u->picker.as == AS_REPLY && turn && !str_eq(turn->person, person)) {
		buf_puts(&line, " --about ");
		command_quote(&line, word_name(u, turn->person));
	}
	if (!ask(u, buf_view(&line)) && u->mode == MODE_PICK)
		mode_leave(u);
	buf_finish(&line);
}

static void
add_walk_in(struct ui *u, struct str name)
{
	struct buf line = {0};
	const struct session_person *first;
	struct str kept = arena_str(&u->scratch, name);
	buf_puts(&line, "people add ");
	command_quote(&line, kept);
	if (!ask(u, buf_view(&line)))
		add_person(u, session_person_find(u->s, kept, &first) == 1 ? first->id : kept);
	buf_finish(&line);
}

static void
pick_enter(struct ui *u)
{
	const struct picker *p = &u->picker;
	size_t n;
	const struct session_person *people = session_people(u->s, &n);
	if (p->at >= p->n)
		return;
	size_t person = p->found[p->at].person;
	if (person < n)
		add_person(u, arena_str(&u->scratch, people[person].id));
	else
		add_walk_in(u, query_of(u));
}

static void
pick_key(struct ui *u, uint32_t key, unsigned mods)
{
	struct picker *p = &u->picker;
	if (key == KEY_ESCAPE) {
		mode_leave(u);
		return;
	}
	if (key == KEY_ENTER) {
		pick_enter(u);
		return;
	}
	if (key == KEY_TAB)
		key = mods == MOD_SHIFT ? KEY_UP : KEY_DOWN, mods = 0;
	enum edit_did did = edit_key(&u->edit, key, mods);
	/* The list goes round: one step up from the first is the walk-in. */
	if (did == EDIT_OLDER && p->n)
		p->at = (p->at + p->n - 1) % p->n;
	if (did == EDIT_NEWER && p->n)
		p->at = (p->at + 1) % p->n;
	if (did == EDIT_CHANGED) {
		p->at = 0;
		pick_match(u);
	}
}

static void
pick_paste(struct ui *u, struct str text)
{
	edit_insert(&u->edit, text);
	u->picker.at = 0;
	pick_match(u);
}

/* ---- painting ---- */

static struct str
state_of(struct ui *u, const struct session_person *p)
{
	const struct session_turn *turn = now_turn(u);
	if (waits(u, p->id))
		return str_of(_("waits already"));
	if (turn && str_eq(turn->person, p->id))
		return str_of(_("has the floor"));
	struct session_talk all = session_talk(u->s, p->id, SIZE_MAX, u->t);
	if (p->point_spoken)
		return FILL(u, _("spoke {0}× · {1}"), ui_number(u, p->point_spoken),
			ui_time(u, all.ms));
	if (is_invited(now_segment(u), p->id))
		return str_of(_("invited, unheard"));
	return all.ms ? FILL(u, _("{0} in all"), ui_time(u, all.ms)) : STR_NONE;
}

static void
paint_person(struct ui *u, struct grid *g, struct rect r, int y, const struct session_person *p)
{
	int name = r.w >= 50 ? 14 : r.w / 2, unit = r.w - name - 22;
	struct str state = state_of(u, p);
	const struct session_person *first;
	/* People of one name are told apart before anything else is said of them. */
	if (unit < 4 && session_person_find(u->s, p->name, &first) > 1)
		state = ui_fit(u, p->affiliation, r.w - name - 2);
	draw_fit(g, r, 0, y, name - 1, p->name, STYLE_STRONG);
	int end = draw_right(g, r, r.w - 1, y, state,
		is_heard(u, p) ? STYLE_DIM : is_invited(now_segment(u), p->id) ? STYLE_GOOD : STYLE_DIM);
	if (p->attending == ATTENDING_ONLINE && end > name + 10)
		end = draw_right(g, r, end - 2, y, str_of(_("online")), STYLE_REMOTE);
	if (unit > end - name - 2)
		unit = end - name - 2;
	struct str who = ui_join(u, p->title, STR(" "), p->affiliation);
	if (unit >= 4)
		draw_fit(g, r, name, y, end - name - 2, who, STYLE_DIM);
}

static void
paint_row(struct ui *u, struct grid *g, struct rect r, int y, size_t i)
{
	size_t n;
	const struct session_person *people = session_people(u->s, &n);
	const struct match *m = &u->picker.found[i];
	struct rect row = {r.x, r.y + y, r.w, 1};
	if (i == u->picker.at) {
		grid_ground(g, row, STYLE_SELECTED);
		draw_put(g, row, 0, 0, STR("▸"), STYLE_ACCENT);
	}
	row = rect_cut(row, 1, 0, 0, 0);
	if (m->person < n)
		paint_person(u, g, row, 0, &people[m->person]);
	else
		draw_fit(g, row, 0, 0, row.w, FILL(u, _("add {0} as a walk-in"), query_of(u)),
			STYLE_ACCENT);
}

static void
pick_paint(struct ui *u, struct grid *g)
{
	static const char *const titles[AS_COUNT] = {[AS_UNSET] = "",
		[AS_SPEECH] = N_("Add to the queue"), [AS_REPLY] = N_("Add a reply"),
		[AS_ORDER] = N_("Add a point of order"), [AS_QUESTION] = N_("Add a question")};
	struct rect r = u->layout.body;
	const struct picker *p = &u->picker;
	bool title = r.h >= 4;
	/* The clock is not covered where that leaves room enough. */
	struct rect floor = u->layout.at[PANE_FLOOR];
	int below = floor.h ? r.y + r.h - floor.y - floor.h : r.h;
	int h = below < LIST_LEAST ? LIST_ROWS : below < LIST_MOST ? below : LIST_MOST;
	h = h < r.h ? h : r.h;
	r.y += r.h - h;
	r.h = h;
	if (u->layout.rail)
		r = rect_cut(r, u->layout.at[PANE_AGENDA].w, 0, 0, 0);
	grid_blank(g, r, STYLE_DIALOG);
	if (u->layout.rail)
		r = rect_cut(r, 2, 0, 1, 0);
	if (title) {
		struct rect top = rect_cut(r, 1, 0, 1, 0);
		draw_rule(g, top, 0, str_of(_(titles[p->as])),
			p->n ? ui_number(u, (int64_t)p->n) : STR_NONE);
		r = rect_cut(r, 0, 1, 0, 0);
	}
	size_t first = pane_first(p->n, p->at, r.h);
	for (int y = 0; y < r.h && first + (size_t)y < p->n; y++)
		paint_row(u, g, r, y, first + (size_t)y);
	if (!p->n)
		draw_fit(g, r, 1, 0, r.w - 2, str_of(_("Type a name.")), STYLE_DIM);
}

const struct mode_ops mode_pick = {pick_key, pick_paste, pick_paint, N_("add")};
