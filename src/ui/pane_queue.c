/*
 * The queue: who waits, why, where they are and how long already; and below
 * it who is next by the rule, with the reason. The row that is chosen is the
 * suggested one until a hand chooses another.
 */
#include "pane.h"

#include "dais/text.h"

/* The place of the chosen entry; what went away gives its place to the one behind it. */
static size_t
chosen(const struct ui *u, size_t n)
{
	const struct session_entry *queue = session_queue(u->s, &n);
	for (size_t i = 0; u->entry != EVENT_NO && i < n; i++)
		if (queue[i].id == u->entry)
			return i;
	struct session_next next = session_next(u->s);
	return next.place < n ? next.place : 0;
}

const struct session_entry *
queue_chosen(const struct ui *u)
{
	size_t n;
	const struct session_entry *queue = session_queue(u->s, &n);
	return n ? &queue[chosen(u, n)] : NULL;
}

static void
queue_step(struct ui *u, int by)
{
	size_t n;
	const struct session_entry *queue = session_queue(u->s, &n);
	if (!n)
		return;
	int64_t to = (int64_t)chosen(u, n) + by;
	u->entry = queue[to < 0 ? 0 : to >= (int64_t)n ? n - 1 : (size_t)to].id;
}

static void
queue_act(struct ui *u)
{
	const struct session_entry *e = queue_chosen(u);
	struct buf line = {0};
	if (!e) {
		say_nobody_waits(u);
		return;
	}
	buf_puts(&line, "floor give ");
	command_quote(&line, e->person);
	if (!ask(u, buf_view(&line)))
		u->entry = EVENT_NO;
	buf_finish(&line);
}

/* ---- one row ---- */

/* On a screen that is very wide a row is still read in one glance. */
enum { NAME_MOST = 14, NAME_WIDE = 24, REASON_MOST = 18, ROW_MOST = 84, WAIT = 5, WAIT_MIN = 16, VERY_WIDE = 110 };

/* What a row says, in the widths that there are. */
struct columns {
	int number, name, reason, place, wait, gap;
	int whole; /* that the names would like */
	bool short_reason, short_place;
};

static struct str
reason_of(struct ui *u, const struct session_entry *e, bool brief)
{
	const struct session_person *p = session_person(u->s, e->person), *about;
	if (e->as == AS_REPLY && e->about.n && !brief)
		return session_person_find(u->s, e->about, &about)
			       ? FILL(u, _("reply to {0}"), e->about)
			       : e->about;
	if (e->as == AS_ORDER && brief)
		return str_of(_("order"));
	if (e->as != AS_SPEECH)
		return word_as(e->as);
	if (p && p->point_speeches > 0)
		return FILL(u, _("speech {0}"), ui_number(u, p->point_speeches + 1));
	return p && p->point_spoken ? str_of(_("speech")) : str_of(_("unheard"));
}

static enum style
reason_style(struct ui *u, const struct session_entry *e)
{
	const struct session_person *p = session_person(u->s, e->person);
	if (e->as == AS_ORDER)
		return STYLE_ALERT;
	if (e->as != AS_SPEECH)
		return STYLE_ACCENT;
	return p && p->point_spoken ? STYLE_DIM : STYLE_GOOD;
}

static struct str
wait_of(struct ui *u, const struct session_entry *e)
{
	int64_t t = session_closed(u->s) ? session_closed_t(u->s) : u->t;
	return ui_time(u, t > e->since ? t - e->since : 0);
}

static int
widest(int a, struct str text)
{
	int w = text_width(text);
	return a > w ? a : w;
}

static struct columns
measure(struct ui *u, bool short_reason, bool short_place, int gap)
{
	size_t n;
	const struct session_entry *queue = session_queue(u->s, &n);
	struct columns c = {.number = n > 99 ? 4 : n > 9 ? 3 : 2, .gap = gap, .short_reason = short_reason,
		.short_place = short_place, .wait = WAIT};
	for (size_t i = 0; i < n; i++) {
		c.name = widest(c.name, word_name(u, queue[i].person));
		c.reason = widest(c.reason, reason_of(u, &queue[i], short_reason));
		c.place = widest(c.place, word_place(u, &queue[i], short_place));
		c.wait = widest(c.wait, wait_of(u, &queue[i]));
	}
	c.whole = c.name > NAME_WIDE ? NAME_WIDE : c.name;
	c.name = c.name > NAME_MOST ? NAME_MOST : c.name;
	c.reason = c.reason > REASON_MOST ? REASON_MOST : c.reason;
	return c;
}

static int
total(const struct columns *c)
{
	enum { SIGN = 2 };
	return c->number + SIGN + c->name + 1 + c->reason + c->gap + c->place + 1 + c->wait;
}

/* The longest words that fit; then fewer of them. */
static struct columns
fit_columns(struct ui *u, int w)
{
	struct columns c = {0};
	bool fits = false;
	for (int i = 0; i < 6 && !fits; i++) {
		c = measure(u, i >= 4, i >= 2, i % 2 ? 1 : 2);
		fits = total(&c) <= w;
	}
	int too_much = total(&c) - w;
	/* What is left over goes to the names. */
	if (too_much < 0)
		c.name = c.whole - c.name < -too_much ? c.whole : c.name - too_much;
	if (too_much > 0 && c.name > 6) {
		int cut = c.name - 6 < too_much ? c.name - 6 : too_much;
		c.name -= cut;
		too_much -= cut;
	}
	if (too_much > 0) {
		c.place = 0;
		too_much = total(&c) - 1 - w;
	}
	if (too_much > 0)
		c.reason = c.reason > too_much ? c.reason - too_much : 0;
	return c;
}

static void
paint_entry(struct ui *u, struct grid *g, struct rect r, int y, size_t i, const struct columns *c)
{
	size_t n;
	const struct session_entry *e = &session_queue(u->s, &n)[i];
	int end = r.w;
	if (r.w >= WAIT_MIN)
		end = draw_right(g, r, r.w, y, wait_of(u, e), STYLE_DIM) - 1;
	r.w = end > 0 ? end : 0;
	draw_right(g, r, c->number - 1, y, ui_number(u, (int64_t)i + 1), STYLE_FAINT);
	int x = c->number;
	draw_put(g, r, x, y, str_of(sign_as(e->as)), reason_style(u, e));
	x += 2;
	draw_fit(g, r, x, y, c->name, word_name(u, e->person), STYLE_STRONG);
	x += c->name + 1;
	if (c->reason > 2 && x < r.w)
		draw_fit(g, r, x, y, c->reason, reason_of(u, e, c->short_reason), reason_style(u, e));
	x += c->reason + c->gap;
	if (c->place > 0 && x < r.w)
		draw_fit(g, r, x, y, r.w - x, word_place(u, e, c->short_place),
			e->attending == ATTENDING_ONLINE ? STYLE_REMOTE : STYLE_DIM);
}

/* ---- the pane ---- */

/* "next  李毅  points of order first" */
static void
paint_next(struct ui *u, struct grid *g, struct rect r, int y, bool label)
{
	struct session_next next = session_next(u->s);
	int x = 0;
	if (next.why == NEXT_NOBODY || y >= r.h || session_closed(u->s))
		return;
	if (label)
		x = draw_fit(g, r, 0, y, r.w, str_of(_("next")), STYLE_DIM) + 2;
	int name = r.w - x > 24 ? (r.w - x) / 2 : r.w - x;
	if (x < r.w)
		x = draw_fit(g, r, x, y, name, word_name(u, next.person), STYLE_STRONG) + 2;
	if (x + text_width(word_why(next.why)) <= r.w)
		draw_put(g, r, x, y, word_why(next.why), STYLE_FAINT);
}

static struct rect
list_area(const struct ui *u, struct rect r, size_t n, bool *next)
{
	r = rect_cut(r, 0, pane_head(u, PANE_QUEUE, r), 0, 0);
	*next = r.h >= 3;
	int most = *next ? r.h - (r.h > 4 ? 2 : 1) : r.h;
	r.h = (int)n < most ? (int)n : most;
	return r;
}

static void
paint_nobody(struct ui *u, struct grid *g, struct rect r)
{
	int y = draw_wrapped(g, r, 0, 0, r.w, 1, str_of(_("Nobody waits.")), STYLE_TEXT);
	if (session_closed(u->s) || u->replaying.is)
		return;
	if (now_segment(u) && seat_may(u, CMD_QUEUE_ADD))
		y += keyed_put(u, g, r, y, KEYED(STYLE_DIM, _("{0} adds somebody."), 1, key_word(u, "add")));
	if (session_queue_closed(u->s) && y < r.h && seat_may(u, CMD_QUEUE_OPEN))
		draw_wrapped(g, r, 0, y, r.w, r.h - y,
			str_of(_("The list is closed; :queue open takes speeches again.")), STYLE_WARNING);
}

/* Where the rows stand. */
struct places {
	struct rect list, inner, row;
	size_t at, first;
	bool next;
};

static struct places
places_of(struct ui *u, struct rect r, size_t n)
{
	struct places p = {0};
	p.list = list_area(u, r, n, &p.next);
	p.inner = pane_inner(u, p.list);
	p.inner.h = r.y + r.h - p.list.y;
	p.row = p.inner;
	if (p.row.w > VERY_WIDE)
		p.row.w = ROW_MOST;
	p.at = n ? chosen(u, n) : 0;
	p.first = pane_first(n, p.at, p.list.h);
	return p;
}

/* Their waiting times, while none of them takes more columns than before. */
static bool
queue_tick(struct ui *u, struct grid *g, struct rect r)
{
	size_t n;
	const struct session_entry *queue = session_queue(u->s, &n);
	int64_t t = u->t;
	if (!n || session_closed(u->s))
		return true;
	struct places p = places_of(u, r, n);
	p.row.w -= u->layout.bare ? 0 : 1;
	for (int y = 0; p.row.w >= WAIT_MIN && y < p.list.h; y++) {
		const struct session_entry *e = &queue[p.first + (size_t)y];
		struct str now = wait_of(u, e);
		u->t = u->painted.t;
		struct str was = wait_of(u, e);
		u->t = t;
		if (now.n != was.n)
			return false;
		draw_right(g, p.row, p.row.w, y, now, STYLE_DIM);
	}
	return true;
}

static void
queue_paint(struct ui *u, struct grid *g, struct rect r)
{
	size_t n;
	session_queue(u->s, &n);
	struct str title = str_of(_("Queue")), extra = word_order(session_rules(u->s)->order);
	if (n)
		title = ui_join(u, title, STR(" "), ui_number(u, (int64_t)n));
	if (session_queue_closed(u->s))
		extra = ui_join(u, str_of(_("list closed")), STR(" · "), extra);
	pane_title(u, g, r, PANE_QUEUE, title, extra);
	struct places p = places_of(u, r, n);
	struct rect list = p.list, inner = p.inner, row = p.row;
	if (!n) {
		paint_nobody(u, g, inner);
		if (inner.h >= 4)
			paint_next(u, g, inner, inner.h >= 5 ? 4 : 3, true);
		return;
	}
	struct columns c = fit_columns(u, row.w - 1);
	row.w -= u->layout.bare ? 0 : 1;
	for (int y = 0; y < list.h; y++) {
		if (p.first + (size_t)y == p.at)
			pane_chosen(u, g, list, y, PANE_QUEUE);
		paint_entry(u, g, row, y, p.first + (size_t)y, &c);
	}
	if (n > (size_t)list.h && inner.h > list.h + 1)
		draw_fit(g, inner, 0, list.h, inner.w,
			FILL(u, _("{0} more"), ui_number(u, (int64_t)n - list.h)), STYLE_FAINT);
	if (p.next)
		paint_next(u, g, inner, list.h + (inner.h > list.h + 1), true);
}

static bool
queue_choose(struct ui *u, int y)
{
	size_t n;
	bool next;
	const struct session_entry *queue = session_queue(u->s, &n);
	struct rect r = u->layout.at[PANE_QUEUE], list = list_area(u, r, n, &next);
	int row = y - (list.y - r.y);
	if (row < 0 || row >= list.h)
		return false;
	u->entry = queue[pane_first(n, chosen(u, n), list.h) + (size_t)row].id;
	return true;
}

const struct pane_ops pane_queue = {N_("Queue"), queue_paint, queue_step, queue_choose, queue_act, NULL, queue_tick};

/* ---- the smallest console: one line for who is next, or for what is to be told ---- */

static void
next_paint(struct ui *u, struct grid *g, struct rect r)
{
	enum { NARROW = 16 }; /* below that the first line has no room for a word */
	bool narrow = r.w < NARROW;
	struct str told = said(u);
	if (told.n) {
		draw_wrapped(g, r, 0, 0, r.w, r.h, told, u->said_bad ? STYLE_ALERT : STYLE_TEXT);
	} else if (u->status.not_saved && narrow) {
		draw_fit(g, r, 0, 0, r.w, str_of(_("NOT SAVED")), STYLE_ALARM);
	} else if (session_rehearsal(u->s) && narrow) {
		draw_fit(g, r, 0, 0, r.w, str_of(_("REHEARSAL")), STYLE_WARNING);
	} else {
		if (session_rehearsal(u->s) && u->status.not_saved)
			r.w = draw_right(g, r, r.w, 0, str_of(_("REHEARSAL")), STYLE_WARNING) - 1;
		paint_next(u, g, r, 0, !narrow);
	}
}

const struct pane_ops pane_next = {NULL, next_paint, NULL, NULL, NULL, NULL};
