/*
 * Finding: one line is typed, and the people and the notes that it fits stand
 * above it, the newest note first. A person opens as a card, a note is gone to
 * where it stands among the others.
 */
#include "pane.h"

#include <stdlib.h>

#include "dais/text.h"

/* ---- what fits ---- */

static struct str
query_of(const struct ui *u)
{
	return str_trim(buf_view(&u->edit.text));
}

static void
keep(struct finder *f, struct found found)
{
	f->all++;
	if (f->n < FOUND_MAX)
		f->found[f->n++] = found;
}

/* A title fits least. */
static int
person_rank(const struct session_person *p, struct str query)
{
	enum { BY_TITLE = 1000 };
	int rank = match_person(p, query);
	return rank >= 0 || find_in(p->title, query).from == SIZE_MAX ? rank : BY_TITLE;
}

static int
compare(const void *a, const void *b)
{
	const struct found *x = a, *y = b;
	if (x->rank != y->rank)
		return x->rank < y->rank ? -1 : 1;
	return x->place < y->place ? -1 : x->place > y->place;
}

void
find_match(struct ui *u)
{
	struct finder *f = &u->finder;
	struct str query = find_folded(u, query_of(u));
	int rank;
	size_t people_n = session_person_count(session_sought(u));
	size_t notes_n = session_note_count(session_sought(u));
	f->n = f->all = 0;
	for (size_t i = 0; query.n && i < people_n; i++)
		if ((rank = person_rank(session_person_at(session_sought(u), i), query)) >= 0)
			keep(f, (struct found){EVENT_NO, i, rank});
	qsort(f->found, f->n, sizeof *f->found, compare);
	for (size_t i = notes_n; query.n && i-- > 0;) {
		const struct session_note *note = session_note_at(session_sought(u), i);
		if (!note->removed && find_in(note->text, query).from != SIZE_MAX)
			keep(f, (struct found){note->id, i, 0});
	}
	if (f->at >= f->n)
		f->at = f->n ? f->n - 1 : 0;
}

void
find_start(struct ui *u)
{
	mode_enter(u, MODE_FIND);
	buf_reset(&u->said);
	u->finder.at = 0;
	find_match(u);
}

/* ---- going there ---- */

static void
go_to_note(struct ui *u, int64_t id)
{
	mode_leave(u);
	u->finder.note = id;
	u->focus = PANE_NOTES;
	buf_reset(&u->finder.person);
	if (u->replaying.is)
		ask_replay_number(u, "note", id);
	/* Where only the floor is shown there is no other way to see them. */
	u->zoom = u->zoom || u->layout.small;
	notes_show(u, id);
	if (!u->replaying.is)
		say(u, str_of(_("/ and Enter go on to the next one; Enter edits this note")), false);
	else if (!said(u).n)
		say(u, str_of(_("/ and Enter go on to the next one")), false);
}

/* To when they speak next; the same once more is the turn after that. */
static void
go_to_person(struct ui *u, struct str id)
{
	mode_leave(u);
	u->finder.note = EVENT_NO;
	id = arena_str(&u->scratch, id);
	buf_reset(&u->finder.person);
	buf_str(&u->finder.person, id);
	ask_replay_id(u, "person ", id, "");
	if (!said(u).n)
		say(u, str_of(_("/ and Enter go on to their next turn")), false);
}

static void
go_to(struct ui *u, const struct found *found)
{
	size_t n = session_person_count(session_sought(u));
	if (found->note != EVENT_NO)
		go_to_note(u, found->note);
	else if (found->place < n && u->replaying.is)
		go_to_person(u, session_person_at(session_sought(u), found->place)->id);
	else if (found->place < n)
		card_open(u, session_person_at(session_sought(u), found->place)->id);
}

/* Nothing is typed: the note behind the one that was gone to, with what was typed then. */
static void
go_on(struct ui *u)
{
	struct finder *f = &u->finder;
	bool behind = f->note == EVENT_NO;
	if (u->replaying.is && behind && f->person.n) {
		go_to_person(u, buf_view(&f->person));
		return;
	}
	edit_set(&u->edit, buf_view(&f->last));
	find_match(u);
	for (size_t i = 0; i < f->n; i++) {
		if (behind && f->found[i].note != EVENT_NO) {
			go_to_note(u, f->found[i].note);
			return;
		}
		behind = behind || f->found[i].note == f->note;
	}
	f->note = EVENT_NO;
	mode_leave(u);
	say(u, str_of(_("that was the last one; / and Enter begin again")), false);
}

static void
find_enter(struct ui *u)
{
	struct finder *f = &u->finder;
	if (!query_of(u).n && f->last.n) {
		go_on(u);
	} else if (!query_of(u).n) {
		mode_leave(u);
	} else if (f->at < f->n) {
		buf_reset(&f->last);
		buf_str(&f->last, query_of(u));
		go_to(u, &f->found[f->at]);
	}
}

static void
find_step(struct finder *f, int by)
{
	size_t far = (size_t)(by < 0 ? -by : by);
	if (by < 0)
		f->at = f->at > far ? f->at - far : 0;
	else if (f->n)
		f->at = f->at + far < f->n ? f->at + far : f->n - 1;
}

static void
find_key(struct ui *u, uint32_t key, unsigned mods)
{
	enum { PAGE = 8 };
	if (key == KEY_ESCAPE || (key == KEY_BACKSPACE && !u->edit.text.n)) {
		mode_leave(u);
	} else if (key == KEY_ENTER) {
		find_enter(u);
	} else if (key == KEY_PAGE_UP || key == KEY_PAGE_DOWN) {
		find_step(&u->finder, key == KEY_PAGE_UP ? -PAGE : PAGE);
	} else if (key == KEY_TAB) {
		find_step(&u->finder, mods == MOD_SHIFT ? -1 : 1);
	} else {
		enum edit_did did = edit_key(&u->edit, key, mods);
		if (did == EDIT_OLDER || did == EDIT_NEWER)
			find_step(&u->finder, did == EDIT_OLDER ? -1 : 1);
		if (did == EDIT_CHANGED) {
			u->finder.at = 0;
			find_match(u);
		}
	}
}

static void
find_paste(struct ui *u, struct str text)
{
	edit_insert(&u->edit, text);
	u->finder.at = 0;
	find_match(u);
}

/* ---- painting ---- */

/* Text with what was found in brackets, so that it is seen without colours; the hit is never cut off. */
static void
paint_hit(struct grid *g, struct rect r, int x, int y, struct str text, struct str query,
	enum style style)
{
	struct hit hit = find_in(text, query);
	int columns = r.w - x;
	if (columns <= 0)
		return;
	if (hit.from == SIZE_MAX) {
		draw_fit(g, r, x, y, columns, text, style);
		return;
	}
	size_t from = 0;
	while (text_width(str_upto(str_from(text, from), hit.from - from)) > columns / 3)
		from = text_next(text, from);
	if (from)
		x = draw_put(g, r, x, y, STR("…"), style);
	x = draw_put(g, r, x, y, str_upto(str_from(text, from), hit.from - from), style);
	x = draw_put(g, r, x, y, STR("["), STYLE_ACCENT);
	x = draw_fit(g, r, x, y, r.w - x - 1, str_upto(str_from(text, hit.from), hit.to - hit.from),
		STYLE_STRONG);
	x = draw_put(g, r, x, y, STR("]"), STYLE_ACCENT);
	draw_fit(g, r, x, y, r.w - x, str_from(text, hit.to), style);
}

/* Somebody who comes later is nobody yet in the view. */
static struct str
name_of(const struct ui *u, struct str id)
{
	const struct session_person *p = session_person(session_sought(u), id);
	return p && p->name.n ? p->name : id;
}

static void
paint_found(struct ui *u, struct grid *g, struct rect r, int y, const struct found *found,
	struct str query)
{
	size_t people_n = session_person_count(session_sought(u));
	size_t notes_n = session_note_count(session_sought(u));
	bool wide = r.w >= 50;
	int kind = wide ? 8 : 0, when = 6, name = wide ? 14 : 8;
	if (found->note != EVENT_NO && found->place < notes_n) {
		const struct session_note *note = session_note_at(session_sought(u), found->place);
		draw_fit(g, r, 0, y, kind - 1, str_of(_("note")), STYLE_DIM);
		draw_put(g, r, kind, y, ui_wall(u, session_wall(session_sought(u), note->t), false), STYLE_FAINT);
		draw_fit(g, r, kind + when, y, name - 1, name_of(u, note->person), STYLE_TITLE);
		draw_put(g, r, kind + when + name, y, str_of(note_sign(note->mark)), STYLE_ACCENT);
		paint_hit(g, r, kind + when + name + 2, y, note->text, query, STYLE_TEXT);
	} else if (found->note == EVENT_NO && found->place < people_n) {
		const struct session_person *p = session_person_at(session_sought(u), found->place);
		struct str unit = ui_join(u, p->title, STR(" "), p->affiliation);
		draw_fit(g, r, 0, y, kind - 1, str_of(_("person")), STYLE_DIM);
		struct rect who = {r.x + kind, r.y + y, when + name - 1, 1};
		paint_hit(g, who, 0, 0, p->name, query, STYLE_TITLE);
		paint_hit(g, r, kind + when + name + 2, y, unit, query, STYLE_DIM);
	}
}

static struct str
count_of(struct ui *u)
{
	const struct finder *f = &u->finder;
	if (!query_of(u).n)
		return STR_NONE;
	return f->all ? ui_number(u, (int64_t)f->all) : str_of(_("nothing fits"));
}

static void
find_paint(struct ui *u, struct grid *g)
{
	enum { LIST_ROWS = 14 };
	const struct finder *f = &u->finder;
	struct rect r = u->layout.body;
	int h = r.h < LIST_ROWS ? r.h : LIST_ROWS;
	r.y += r.h - h;
	r.h = h;
	if (u->layout.rail)
		r = rect_cut(r, u->layout.at[PANE_AGENDA].w, 0, 0, 0);
	grid_blank(g, r, STYLE_DIALOG);
	if (u->layout.rail)
		r = rect_cut(r, 2, 0, 1, 0);
	if (r.h >= 4) {
		draw_rule(g, rect_cut(r, 1, 0, 1, 0), 0, str_of(_("Find")), count_of(u));
		r = rect_cut(r, 0, 1, 0, 0);
	}
	struct str query = find_folded(u, query_of(u));
	size_t first = pane_first(f->n, f->at, r.h);
	for (int y = 0; y < r.h && first + (size_t)y < f->n; y++) {
		struct rect row = {r.x, r.y + y, r.w, 1};
		if (first + (size_t)y == f->at) {
			grid_ground(g, row, STYLE_SELECTED);
			draw_put(g, row, 0, 0, STR("▸"), STYLE_ACCENT);
		}
		paint_found(u, g, rect_cut(row, 1, 0, 1, 0), 0, &f->found[first + (size_t)y], query);
	}
	if (!query.n)
		draw_wrapped(g, r, 1, 0, r.w - 2, r.h,
			f->last.n ? FILL(u, _("Type what was said, or a name. Enter goes on with “{0}”."),
					    buf_view(&f->last))
				  : str_of(_("Type what was said, or a name.")),
			STYLE_DIM);
}

const struct mode_ops mode_find = {find_key, find_paste, find_paint, N_("find")};
