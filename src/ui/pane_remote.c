/*
 * The people online: how the line to each of them stands, who of them waits and
 * how long they spoke. Whoever needs a hand comes first; what the online chair
 * does here is in the queue that both chairs look at.
 */
#include "pane.h"

#include <stdlib.h>
#include <string.h>

#include "dais/text.h"

enum { REPEAT_MS = 1500 };

/* The lower the sooner: whoever is wanted now and cannot be heard comes first. */
enum need {
	NEED_NOW, NEED_SOON, NEED_SPEAKS, NEED_WAITS, NEED_CONNECTS, NEED_READY, NEED_MUTED,
	NEED_UNKNOWN, NEED_AWAY
};

struct remote_row {
	const struct session_person *p;
	enum need need;
	size_t at;    /* among all people */
	size_t place; /* in the queue, or SIZE_MAX */
	bool speaks, next;
};

bool
remote_first(const struct ui *u)
{
	return u->is_joined && u->joined.seat == SEAT_ONLINE_CHAIR && !u->replaying.is;
}

static size_t
place_of(const struct ui *u, struct str person)
{
	size_t n;
	const struct session_entry *queue = session_queue(u->s, &n);
	for (size_t i = 0; i < n; i++)
		if (str_eq(queue[i].person, person))
			return i;
	return SIZE_MAX;
}

static enum need
need_of(const struct remote_row *r)
{
	static const enum need by_link[LINK_COUNT] = {[LINK_UNSET] = NEED_UNKNOWN,
		[LINK_CONNECTING] = NEED_CONNECTS, [LINK_READY] = NEED_READY,
		[LINK_MUTED] = NEED_MUTED, [LINK_AWAY] = NEED_AWAY};
	bool ready = r->p->link == LINK_READY;
	if ((r->speaks || r->next) && !ready)
		return NEED_NOW;
	if (r->speaks)
		return NEED_SPEAKS;
	if (r->place != SIZE_MAX)
		return ready ? NEED_WAITS : NEED_SOON;
	return by_link[r->p->link];
}

static int
compare(const void *a, const void *b)
{
	const struct remote_row *x = a, *y = b;
	if (x->need != y->need)
		return x->need < y->need ? -1 : 1;
	if (x->speaks != y->speaks)
		return x->speaks ? -1 : 1;
	if (x->place != y->place)
		return x->place < y->place ? -1 : 1;
	return x->at < y->at ? -1 : x->at > y->at;
}

/* In u->scratch. */
static struct remote_row *
rows_of(struct ui *u, size_t *n)
{
	size_t people = session_person_count(u->s);
	const struct session_turn *turn = now_turn(u);
	struct session_next next = session_next(u->s);
	struct remote_row *rows = arena_alloc(&u->scratch, (people + 1) * sizeof *rows);
	*n = 0;
	for (size_t i = 0; i < people; i++) {
		const struct session_person *p = session_person_at(u->s, i);
		struct remote_row r = {.p = p, .at = i, .place = place_of(u, p->id)};
		size_t waiting;
		const struct session_entry *queue = session_queue(u->s, &waiting);
		bool calls = r.place < waiting && queue[r.place].attending == ATTENDING_ONLINE;
		if (p->attending != ATTENDING_ONLINE && !calls)
			continue;
		r.speaks = turn && str_eq(turn->person, p->id);
		r.next = next.why != NEXT_NOBODY && str_eq(next.person, p->id);
		r.need = need_of(&r);
		rows[(*n)++] = r;
	}
	if (*n)
		qsort(rows, *n, sizeof *rows, compare);
	return rows;
}

/* The row that is chosen by hand, or else the first. */
static size_t
chosen(const struct ui *u, const struct remote_row *rows, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (str_eq(rows[i].p->id, buf_view(&u->remote.person)))
			return i;
	return 0;
}

static void
choose(struct ui *u, struct str person)
{
	buf_reset(&u->remote.person);
	buf_str(&u->remote.person, person);
}

const struct session_person *
remote_chosen(struct ui *u)
{
	size_t n;
	struct remote_row *rows = rows_of(u, &n);
	return n ? rows[chosen(u, rows, n)].p : NULL;
}

const struct session_entry *
remote_entry(struct ui *u)
{
	size_t n, place;
	const struct session_person *p = remote_chosen(u);
	const struct session_entry *queue = session_queue(u->s, &n);
	return p && (place = place_of(u, p->id)) < n ? &queue[place] : NULL;
}

static void
remote_step(struct ui *u, int by)
{
	size_t n;
	struct remote_row *rows = rows_of(u, &n);
	if (!n)
		return;
	int64_t to = (int64_t)chosen(u, rows, n) + by;
	choose(u, rows[to < 0 ? 0 : to >= (int64_t)n ? n - 1 : (size_t)to].p->id);
}

/* ---- acting ---- */

static void
remote_act(struct ui *u)
{
	size_t n;
	struct remote_row *rows = rows_of(u, &n);
	struct buf line = {0};
	if (!n) {
		say(u, str_of(_("nobody takes part online")), true);
		return;
	}
	const struct remote_row *r = &rows[chosen(u, rows, n)];
	choose(u, r->p->id);
	if (r->speaks) {
		say(u, FILL(u, _("{0} has the floor"), r->p->name), true);
	} else if (r->place != SIZE_MAX) {
		say(u, FILL(u, _("{0} is number {1} in the queue already"), r->p->name,
			ui_number(u, (int64_t)r->place + 1)), true);
	} else {
		buf_puts(&line, "queue add ");
		command_quote(&line, r->p->id);
		buf_puts(&line, " --online");
		ask(u, buf_view(&line));
	}
	buf_finish(&line);
}

/* Whose link the key is about: of the chosen row, or of the chosen entry of the queue. */
static const struct session_person *
linked(struct ui *u)
{
	const struct session_entry *e = queue_chosen(u);
	if (u->focus == PANE_QUEUE && e && e->attending == ATTENDING_ONLINE)
		return session_person(u->s, e->person);
	return u->focus == PANE_REMOTE ? remote_chosen(u) : NULL;
}

void
remote_link(struct ui *u)
{
	static const enum event_link after[LINK_COUNT] = {[LINK_UNSET] = LINK_READY,
		[LINK_CONNECTING] = LINK_READY, [LINK_READY] = LINK_MUTED,
		[LINK_MUTED] = LINK_AWAY, [LINK_AWAY] = LINK_CONNECTING};
	struct remote *m = &u->remote;
	const struct session_person *p = linked(u);
	struct buf line = {0};
	if (!p) {
		say(u, str_of(_("choose somebody online first: 6 goes there")), true);
		return;
	}
	/* A second press counts on from the first, also while the answer is on its way. */
	int64_t since = u->acting.clock_ms - m->asked_ms;
	bool again = m->asked && str_eq(p->id, buf_view(&m->person)) && since >= 0 && since < REPEAT_MS;
	enum event_link link = after[again ? m->asked : p->link];
	if (u->focus == PANE_REMOTE || !again)
		choose(u, p->id);
	buf_puts(&line, "people set ");
	command_quote(&line, p->id);
	buf_puts(&line, " --link ");
	buf_puts(&line, event_link_text(link));
	m->asked = ask(u, buf_view(&line)) ? LINK_UNSET : link;
	m->asked_ms = u->acting.clock_ms;
	buf_finish(&line);
}

static bool
remote_key(struct ui *u, uint32_t key)
{
	/* What these do is done to an entry, and there may be none. */
	bool entry = key == 'x' || key == 'J' || key == 'K';
	const struct session_person *p = entry && !remote_entry(u) ? remote_chosen(u) : NULL;
	if (!p)
		return false;
	say(u, FILL(u, _("{0} is not in the queue"), p->name), true);
	return true;
}

/* ---- painting ---- */

static const char *
sign_of(enum event_link link)
{
	static const char *const signs[LINK_COUNT] = {[LINK_UNSET] = "·", [LINK_CONNECTING] = "…",
		[LINK_READY] = "●", [LINK_MUTED] = "○", [LINK_AWAY] = "✗"};
	return signs[link];
}

static struct str
word_link(enum event_link link)
{
	static const char *const words[LINK_COUNT] = {[LINK_UNSET] = N_("online"),
		[LINK_CONNECTING] = N_("connecting"), [LINK_READY] = N_("ready"),
		[LINK_MUTED] = N_("muted"), [LINK_AWAY] = N_("no answer")};
	return str_of(_(words[link]));
}

static enum style
style_of(const struct remote_row *r)
{
	if (r->p->link == LINK_READY)
		return STYLE_GOOD;
	if (r->need == NEED_NOW)
		return STYLE_ALERT;
	return r->need == NEED_SOON || r->need == NEED_CONNECTS ? STYLE_WARNING : STYLE_DIM;
}

/* "speaks", "next", "waits 2"; or nothing. */
static struct str
where(struct ui *u, const struct remote_row *r, bool brief)
{
	if (r->speaks)
		return brief ? STR("▶") : str_of(_("▶ speaks"));
	if (r->place == SIZE_MAX)
		return STR_NONE;
	struct str number = ui_number(u, (int64_t)r->place + 1);
	return brief ? ui_join(u, STR("#"), STR(""), number) : FILL(u, _("waits {0}"), number);
}

static struct str
talk_of(struct ui *u, const struct remote_row *r)
{
	struct session_talk all = session_talk(u->s, r->p->id, SIZE_MAX, u->t);
	return all.turns ? ui_time(u, all.ms) : str_of(_("unheard"));
}

/* Two lines each: who and where in the queue, how the line is and how long they spoke. */
static void
paint_tall(struct ui *u, struct grid *g, struct rect r, int y, const struct remote_row *row)
{
	int end = draw_right(g, r, r.w, y, where(u, row, false), row->speaks ? STYLE_ACCENT : STYLE_TEXT) - 1;
	draw_put(g, r, 0, y, str_of(sign_of(row->p->link)), style_of(row));
	draw_fit(g, r, 2, y, end - 2, row->p->name, STYLE_STRONG);
	end = draw_right(g, r, r.w, y + 1, talk_of(u, row), STYLE_FAINT) - 1;
	draw_fit(g, r, 2, y + 1, end - 2, word_link(row->p->link), style_of(row));
}

static void
paint_flat(struct ui *u, struct grid *g, struct rect r, int y, const struct remote_row *row, int name)
{
	enum { WHERE = 4, TALK = 7, WORD = 10 };
	int end = draw_right(g, r, r.w, y, where(u, row, true), row->speaks ? STYLE_ACCENT : STYLE_TEXT);
	end = end > r.w - WHERE ? r.w - WHERE : end;
	if (r.w >= 2 + name + 1 + WORD + TALK + WHERE + 1) {
		draw_right(g, r, end, y, talk_of(u, row), STYLE_FAINT);
		end -= TALK + 1;
	}
	draw_put(g, r, 0, y, str_of(sign_of(row->p->link)), style_of(row));
	name = name < end - 3 ? name : end - 3;
	draw_fit(g, r, 2, y, name, row->p->name, STYLE_STRONG);
	if (2 + name + 1 < end)
		draw_fit(g, r, 2 + name + 1, y, end - name - 3, word_link(row->p->link), style_of(row));
}

static bool
is_rail(const struct ui *u)
{
	return u->layout.rail && u->side == PANE_REMOTE;
}

/* Where the rows stand, and how many lines each takes. */
static struct rect
list_area(const struct ui *u, struct rect r, size_t n, int *lines)
{
	r = rect_cut(r, 0, pane_head(u, PANE_REMOTE, r), 0, 0);
	int foot = is_rail(u) && r.h > 12 ? 2 : 0;
	r.h -= foot;
	*lines = (int)n * 2 <= r.h && r.w <= 48 ? 2 : 1;
	return r;
}

static void
paint_nobody(struct ui *u, struct grid *g, struct rect r)
{
	int y = draw_wrapped(g, r, 0, 0, r.w, 2, str_of(_("Nobody takes part online.")), STYLE_TEXT);
	if (seat_may(u, CMD_PEOPLE_ADD) && !session_closed(u->s))
		draw_wrapped(g, r, 0, y, r.w, r.h - y,
			str_of(_(":people add NAME --online puts somebody here.")), STYLE_DIM);
}

static void
remote_paint(struct ui *u, struct grid *g, struct rect r)
{
	size_t n, ready = 0;
	struct remote_row *rows = rows_of(u, &n);
	int lines, name = 6;
	bool rail = is_rail(u);
	for (size_t i = 0; i < n; i++) {
		int w = text_width(rows[i].p->name);
		ready += rows[i].p->link == LINK_READY;
		name = w > name ? w : name;
	}
	name = name < 12 ? name : 12;
	struct str title = str_of(_("Online"));
	struct str extra = ready ? FILL(u, _("{0} ready"), ui_number(u, (int64_t)ready)) : STR_NONE;
	if (n)
		title = ui_join(u, title, STR(" "), ui_number(u, (int64_t)n));
	if (rail) {
		grid_ground(g, r, STYLE_RAIL);
		title = ui_join(u, title, STR(" · "), extra);
	}
	pane_title(u, g, r, PANE_REMOTE, title, extra.n ? ui_join(u, STR("·"), STR(" "), extra) : extra);
	struct rect list = list_area(u, r, n, &lines);
	struct rect inner = rect_cut(list, u->layout.bare ? 0 : rail ? 2 : 1, 0, rail ? 2 : !u->layout.bare, 0);
	if (!n) {
		paint_nobody(u, g, inner);
		return;
	}
	int room = list.h / lines;
	size_t at = chosen(u, rows, n), first = pane_first(n, at, room);
	for (int i = 0; i < room && first + (size_t)i < n; i++) {
		struct rect row = rect_cut(list, rail, i * lines, rail, 0);
		row.h = lines;
		if (first + (size_t)i == at) {
			grid_ground(g, row, STYLE_SELECTED);
			pane_chosen(u, g, row, 0, PANE_REMOTE);
		}
		if (lines == 2)
			paint_tall(u, g, inner, i * lines, &rows[first + (size_t)i]);
		else
			paint_flat(u, g, inner, i, &rows[first + (size_t)i], name);
	}
	if (rail && n > (size_t)room)
		draw_fit(g, (struct rect){inner.x, list.y + list.h, inner.w, 1}, 2, 0, inner.w - 2,
			FILL(u, _("{0} more"), ui_number(u, (int64_t)n - room)), STYLE_FAINT);
}

static bool
remote_choose(struct ui *u, int y)
{
	size_t n;
	int lines;
	struct remote_row *rows = rows_of(u, &n);
	struct rect r = u->layout.at[PANE_REMOTE], list = list_area(u, r, n, &lines);
	int row = y - (list.y - r.y);
	size_t i = pane_first(n, chosen(u, rows, n), list.h / lines) + (size_t)(row / lines);
	if (row < 0 || row >= list.h || i >= n)
		return false;
	choose(u, rows[i].p->id);
	return true;
}

size_t
remote_count(struct ui *u)
{
	size_t n;
	rows_of(u, &n);
	return n;
}

const struct pane_ops pane_remote = {
	N_("Online"), remote_paint, remote_step, remote_choose, remote_act, remote_key, tick_anew};
