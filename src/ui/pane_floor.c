/*
 * The floor: who speaks, and how long. The clock comes first in every size;
 * what it means is said in words and by a sign as well as by colour. Its last
 * time stays until the next turn begins.
 */
#include "pane.h"

#include "dais/text.h"

enum { LAST_MS = 60000 };

/* How a turn stands, in whole seconds, so that what is shown adds up. */
struct standing {
	const struct session_turn *turn;
	int64_t spoken, allotted, left; /* ms; allotted EVENT_NO: no limit */
	bool over, ended, paused, warned, last; /* last: the last minute of a longer turn */
	int64_t idle;				/* nobody's clock runs for so long; below 0: it does */
	bool signalled; /* an alarm is fresh */
	bool told;	/* what the time is out of stands beside the clock */
};

static struct standing
standing_of(const struct ui *u, const struct session_turn *turn)
{
	struct standing s = {.turn = turn, .allotted = turn->allotted};
	s.spoken = session_turn_elapsed(turn, u->t) / 1000 * 1000;
	s.left = turn->allotted - s.spoken;
	s.over = turn->allotted >= 0 && s.left <= 0;
	s.ended = turn->state == TURN_ENDED;
	s.paused = turn->state == TURN_PAUSED;
	s.signalled = sign_shown(u, true);
	s.idle = idle_ms(u);
	s.last = turn->allotted > LAST_MS && s.left > 0 && s.left <= LAST_MS;
	const struct session_rules *rules = session_rules(u->s);
	if (turn->allotted >= 0 && rules->warns)
		s.warned = s.left <= rules->warn[0] && rules->warn[0] < turn->allotted;
	return s;
}

static enum style
clock_style(const struct standing *s)
{
	if (s->ended || s->paused)
		return STYLE_CLOCK_PAUSED;
	return s->over ? STYLE_OVERTIME : STYLE_CLOCK;
}

static struct str
clock_text(struct ui *u, const struct standing *s)
{
	if (s->over && !s->ended)
		return ui_join(u, STR("+"), STR(""), ui_time(u, -s->left));
	return ui_time(u, s->spoken);
}

struct str
floor_clock(struct ui *u, enum style *style)
{
	const struct session_turn *turn = now_turn(u);
	if (!turn)
		return STR_NONE;
	int64_t t = u->t;
	u->t = joined_old(u) ? u->joined.as_of : t;
	struct standing s = standing_of(u, turn);
	u->t = t;
	*style = joined_old(u) ? STYLE_CLOCK_PAUSED : clock_style(&s);
	return clock_text(u, &s);
}

/* "0:43 left", "+0:12 over time" */
static struct str
left_text(struct ui *u, const struct standing *s, bool told)
{
	if (s->over && s->left == 0)
		return str_of(_("time is up"));
	if (s->over)
		return FILL(u, _("+{0} over time"), ui_time(u, -s->left));
	if (s->allotted < 0 || s->ended)
		return STR_NONE;
	if (told)
		return FILL(u, _("{0} left"), ui_time(u, s->left));
	return FILL(u, _("{0} left of {1}"), ui_time(u, s->left), ui_time(u, s->allotted));
}

/* What the clock means, in at most w columns: "⚑ last minute · 0:43 left", "‖ paused", "final time". */
static struct str
state_text(struct ui *u, const struct standing *s, int w)
{
	struct str left = left_text(u, s, s->told), word = STR_NONE, idle = STR_NONE;
	if (s->idle >= 0)
		idle = ui_time(u, s->idle);
	if (s->ended && idle.n)
		word = FILL(u, _("⚑ nobody's clock runs for {0}"), idle);
	else if (s->ended)
		word = str_of(_("final time"));
	else if (s->paused && idle.n)
		word = FILL(u, _("⚑ paused for {0}"), idle);
	else if (s->paused)
		word = str_of(_("‖ paused"));
	else if (s->last)
		word = str_of(_("⚑ last minute"));
	else if (s->over || s->warned || s->signalled)
		return ui_join(u, STR("⚑"), STR(" "), left);
	struct str all = ui_join(u, word, STR(" · "), left);
	if (text_width(all) > w && !s->told)
		all = ui_join(u, word, STR(" · "), left = left_text(u, s, true));
	if (text_width(all) <= w)
		return all;
	if (s->ended || s->paused)
		return text_width(word) > w && idle.n ? ui_join(u, STR("⚑"), STR(" "), idle) : word;
	return word.n ? ui_join(u, STR("⚑"), STR(" "), left) : left;
}

static enum style
state_style(const struct standing *s)
{
	if (s->idle >= 0)
		return STYLE_WARNING;
	if (s->ended)
		return STYLE_DIM;
	if (s->signalled && !s->paused)
		return s->over ? STYLE_OVERTIME : STYLE_ALERT;
	if (s->over)
		return STYLE_OVERTIME;
	return s->warned || s->last || s->paused ? STYLE_WARNING : STYLE_TEXT;
}

/* "first time on this point", "spoke 1× before · 2:10 in all"; or the half of it. */
static struct str
before_text(struct ui *u, const struct standing *s, bool brief)
{
	const struct session_turn *turn = s->turn;
	const struct session_person *p = session_person(u->s, turn->person);
	const struct session_segment *g = now_segment(u);
	if (!p)
		return STR_NONE;
	int64_t before = p->point_spoken - s->ended;
	int64_t all = session_talk(u->s, turn->person, SIZE_MAX, u->t).ms / 1000 * 1000;
	if (before > 0 && !brief)
		return FILL(u, _("spoke {0}× before · {1} in all"), ui_number(u, before), ui_time(u, all));
	if (all > s->spoken)
		return FILL(u, _("{0} in all"), ui_time(u, all));
	if (!g || g->kind != SEGMENT_POINT)
		return STR_NONE;
	return brief ? str_of(_("first time")) : str_of(_("first time on this point"));
}

/* Whoever was interrupted. */
static struct str
below_text(struct ui *u, const struct session_turn *turn)
{
	const struct session_turn *below = turn->under ? session_turn(u->s, turn->under) : NULL;
	if (!below || turn->state == TURN_ENDED)
		return STR_NONE;
	struct str time = ui_time(u, session_turn_elapsed(below, u->t));
	/* A long name must not push out what is said of it. */
	struct str name = ui_fit(u, word_name(u, below->person), 16);
	if (below->state == TURN_PAUSED)
		return FILL(u, _("{0} waits at {1}"), name, time);
	return FILL(u, _("{0} runs on at {1}"), name, time);
}

/* ---- somebody speaks, or just did ---- */

static void
paint_name(struct ui *u, struct grid *g, struct rect r, int y, const struct standing *s, bool unit)
{
	const struct session_person *p = session_person(u->s, s->turn->person);
	struct rect row = {r.x, r.y + y, r.w, 1};
	enum event_as as = s->turn->as;
	if (u->layout.small && y == 0) {
		int end = header_small(u, g, row);
		row.w = end > 1 ? end - 1 : 0;
	}
	if (as != AS_SPEECH && as != AS_UNSET) {
		struct str kind = ui_join(u, str_of(sign_as(as)), STR(" "), word_as(as));
		if (row.w < 24)
			kind = str_of(sign_as(as));
		int end = draw_right(g, row, row.w, 0, kind, as == AS_ORDER ? STYLE_ALERT : STYLE_ACCENT);
		row.w = end > 1 ? end - 1 : 0;
	}
	int x = draw_fit(g, row, 0, 0, row.w, word_name(u, s->turn->person), STYLE_STRONG) + 2;
	if (!p)
		return;
	if (x + 3 < row.w && p->title.n)
		x = draw_fit(g, row, x, 0, row.w - x, p->title, STYLE_TEXT) + (unit ? 1 : 2);
	if (unit && x + 5 < row.w)
		draw_fit(g, row, x, 0, row.w - x, p->affiliation, STYLE_DIM);
}

static void
paint_unit(struct ui *u, struct grid *g, struct rect r, int y, const struct standing *s)
{
	const struct session_person *p = session_person(u->s, s->turn->person);
	struct session_entry e = {.person = s->turn->person, .attending = s->turn->attending};
	struct str place = e.attending == ATTENDING_ONLINE ? word_place(u, &e, false) : STR_NONE;
	/* How the line is counts for more than the end of a long name. */
	int end = place.n ? r.w - text_width(place) - 2 : r.w;
	int x = p && p->affiliation.n && end > 0 ? draw_fit(g, r, 0, y, end, p->affiliation, STYLE_DIM) + 2 : 0;
	if (place.n && x < r.w)
		draw_fit(g, r, x, y, r.w - x, place, STYLE_REMOTE);
}

/* The clock, as large as there is room; what it is out of stands at its foot. */
static void
paint_clock(struct ui *u, struct grid *g, struct rect r, int y, int rows, struct standing *s)
{
	struct str text = clock_text(u, s);
	/* A clock that grows from 9:59 to 10:00 must not shrink by it. */
	struct str measure = text.n < 5 && s->allotted >= 600000 ? STR("00:00") : text;
	int size = big_size(measure, r.w, rows, rows);
	if (!size)
		size = big_size(text, r.w, rows, rows);
	/* Where the sign of overtime would make the digits smaller, it is the sign that shrinks. */
	int beside = text.n && text.p[0] == '+' ? big_size(str_from(text, 1), r.w - 2, rows, rows) : 0;
	bool plain_plus = beside > size && beside > 1;
	if (plain_plus)
		size = beside;
	if (!size) {
		draw_fit(g, r, 0, y, r.w, text, clock_style(s));
		return;
	}
	int x = 0;
	if (plain_plus) {
		draw_put(g, r, 0, y + size / 2, STR("+"), clock_style(s));
		x = 2;
		text = str_from(text, 1);
	}
	x = big_put(g, r, x, y, text, size, clock_style(s));
	if (s->allotted < 0)
		return;
	struct str of = s->over && !s->ended
				? FILL(u, _("{0} of {1}"), ui_time(u, s->spoken), ui_time(u, s->allotted))
				: FILL(u, _("of {0}"), ui_time(u, s->allotted));
	x += size > 1 ? 2 : 1;
	if (x + text_width(of) > r.w)
		of = FILL(u, _("of {0}"), ui_time(u, s->allotted));
	s->told = x + text_width(of) <= r.w;
	if (s->told)
		draw_put(g, r, x, y + size - 1, of, STYLE_DIM);
}

static void
paint_bar(struct ui *u, struct grid *g, struct rect r, int y, const struct standing *s, bool words)
{
	enum { BAR_MIN = 8, ROOM_MIN = 12 };
	int end = r.w, room = r.w - BAR_MIN > ROOM_MIN ? r.w - BAR_MIN : ROOM_MIN;
	if (s->ended)
		room = r.w;
	struct str state = words ? state_text(u, s, room) : STR_NONE;
	if (state.n)
		end = draw_right(g, r, r.w, y, state, state_style(s)) - 2;
	if (s->allotted >= 0 && end > 0)
		draw_bar(g, r, 0, y, end, s->spoken, s->allotted,
			s->over && !s->ended		? STYLE_OVERTIME
			: s->paused || s->ended ? STYLE_CLOCK_PAUSED
						: STYLE_BAR);
}

/* The line under the bar: what the clock means, and beside it how often the speaker spoke. */
static bool
paint_about(struct ui *u, struct grid *g, struct rect r, int y, const struct standing *s)
{
	struct str before = before_text(u, s, false);
	int end = draw_right(g, r, r.w, y, state_text(u, s, r.w), state_style(s));
	if (text_width(before) + 2 > end)
		before = before_text(u, s, true);
	if (text_width(before) >= end)
		return false;
	draw_put(g, r, 0, y, before, STYLE_DIM);
	return true;
}

/* Name, affiliation, clock, bar and totals, each on lines of its own. */
static void
paint_roomy(struct ui *u, struct grid *g, struct rect r, struct standing *s)
{
	int y = 0;
	paint_name(u, g, r, y++, s, false);
	paint_unit(u, g, r, y++, s);
	y++;
	int rows = r.h - y - 3 < u->layout.clock ? r.h - y - 3 : u->layout.clock;
	paint_clock(u, g, r, y, rows, s);
	y += rows + 1;
	paint_bar(u, g, r, y++, s, false);
	bool beside = paint_about(u, g, r, y, s);
	struct str below = below_text(u, s->turn);
	/* Whoever waits meanwhile comes first. */
	if (below.n)
		draw_fit(g, r, 0, y + 1, r.w, below, STYLE_WARNING);
	else if (!beside)
		draw_fit(g, r, 0, y + 1, r.w, before_text(u, s, true), STYLE_DIM);
}

static void
paint_tight(struct ui *u, struct grid *g, struct rect r, struct standing *s)
{
	int y = 0, h = r.h;
	enum { THREE_ROWS_WIDE = 18 };
	/* Where the bar would make the digits smaller, it goes. */
	bool bar = h >= 3 && !(h == 4 && r.w >= THREE_ROWS_WIDE) && h != 6, about = h >= 8;
	paint_name(u, g, r, y++, s, true);
	int rows = h - y - bar - about, clock = rows < u->layout.clock ? rows : u->layout.clock;
	struct str below = below_text(u, s->turn);
	if (rows > clock)
		draw_fit(g, r, 0, y++, r.w, below, STYLE_WARNING);
	paint_clock(u, g, r, y, clock, s);
	y += clock;
	if (about) {
		paint_bar(u, g, r, y, s, false);
		paint_about(u, g, r, y + 1, s);
		return;
	}
	/* Without a line of their own, whoever waits takes the bar's. */
	if (bar && below.n) {
		s->told = true;
		int end = draw_right(g, r, r.w, y, state_text(u, s, r.w * 2 / 3), state_style(s));
		if (end > 8)
			draw_fit(g, r, 0, y, end - 2, below, STYLE_WARNING);
	} else if (bar) {
		paint_bar(u, g, r, y, s, true);
	}
}

/* One or two lines: the time is the last thing to go. */
static void
paint_line(struct ui *u, struct grid *g, struct rect r, struct standing *s)
{
	int y = r.h > 1;
	int x = draw_fit(g, r, 0, y, r.w, clock_text(u, s), clock_style(s)) + 1;
	if (y)
		paint_name(u, g, r, 0, s, false);
	else if (x < r.w)
		x = draw_fit(g, r, x, y, r.w - x, word_name(u, s->turn->person), STYLE_STRONG) + 1;
	s->told = true;
	struct str state = state_text(u, s, r.w - x);
	if (x + text_width(state) <= r.w)
		draw_put(g, r, x, y, state, state_style(s));
}

/* ---- nobody speaks ---- */

/* A replay goes to the next segment in words of its own. */
static struct str
segment_key(struct ui *u)
{
	return key_word(u, u->replaying.is ? "step segment" : "segment next");
}

static int
paint_next(struct ui *u, struct grid *g, struct rect r, int y)
{
	struct session_next next = session_next(u->s);
	if (u->replaying.is)
		return y;
	if (next.why == NEXT_NOBODY && !seat_may(u, CMD_QUEUE_ADD))
		return y;
	if (next.why == NEXT_NOBODY)
		y += keyed_put(u, g, r, y, KEYED(STYLE_DIM, _("{0} adds somebody to the queue."), 1,
			key_word(u, "add")));
	else if (seat_may(u, CMD_FLOOR_TOGGLE))
		y += keyed_put(u, g, r, y, KEYED(STYLE_DIM, _("{0} gives it to {1}."), 1,
			key_word(u, "floor toggle"), word_name(u, next.person)));
	return y;
}

/* A break: what comes after it. */
static int
paint_goes_on(struct ui *u, struct grid *g, struct rect r, int y)
{
	size_t n, at = session_segment_now(u->s) + 1;
	const struct session_segment *all = session_segments(u->s, &n);
	while (at < n && all[at].state == SEGMENT_SKIPPED)
		at++;
	if ((u->replaying.is && at >= n) || !seat_may(u, CMD_SEGMENT_NEXT))
		return y;
	if (at < n)
		return y + keyed_put(u, g, r, y, KEYED(STYLE_DIM, _("{0} goes on with {1}."), 1,
			segment_key(u), word_segment(u, &all[at])));
	return y + draw_wrapped(g, r, 0, y, r.w, r.h - y,
		str_of(_("The agenda ends here; :session close closes the session.")), STYLE_DIM);
}

/* A talk: who gives it. */
static int
paint_speakers(struct ui *u, struct grid *g, struct rect r, int y, const struct session_segment *s)
{
	for (size_t i = 0; i < s->speakers.n && y < r.h; i++) {
		const struct session_person *p = session_person(u->s, s->speakers.items[i]);
		int x = draw_fit(g, r, 0, y, r.w, word_name(u, s->speakers.items[i]), STYLE_STRONG) + 2;
		if (p && x + 3 < r.w)
			draw_fit(g, r, x, y, r.w - x, ui_join(u, p->title, STR(" "), p->affiliation),
				STYLE_DIM);
		y++;
	}
	return y < r.h ? y + (s->speakers.n > 0) : y;
}

static void
paint_empty(struct ui *u, struct grid *g, struct rect r)
{
	const struct session_segment *s = now_segment(u);
	size_t n;
	const struct session_segment *all = session_segments(u->s, &n);
	int y = 0;
	if (u->layout.small)
		header_small(u, g, (struct rect){r.x, r.y, r.w, 1});
	if (u->layout.small && r.h > 1)
		y++;
	if (session_closed(u->s)) {
		int64_t at = session_wall(u->s, session_closed_t(u->s));
		y += draw_wrapped(g, r, 0, y, r.w, 2,
			FILL(u, _("The session was closed at {0}."), ui_wall(u, at, false)), STYLE_STRONG);
		if (u->replaying.is)
			return;
		keyed_put(u, g, r, y + (r.h > 4), KEYED(STYLE_DIM,
			_("{0} shows the summary and writes the report. {1} leaves; dais replay "
			  "plays it all back."), 2, key_word(u, "summary"), key_word(u, "leave")));
	} else if (!s) {
		y += draw_wrapped(g, r, 0, y, r.w, 2, str_of(_("Nothing has begun yet.")), STYLE_STRONG);
		if (n && y < r.h && seat_may(u, CMD_SEGMENT_NEXT))
			keyed_put(u, g, r, y + (r.h > 4), KEYED(STYLE_DIM, _("{0} begins with {1}."), 1,
				segment_key(u), word_segment(u, &all[0])));
	} else {
		if (s->kind != SEGMENT_POINT && s->kind != SEGMENT_AWARD)
			y = paint_speakers(u, g, r, y, s);
		int64_t idle = idle_ms(u);
		if (y < r.h && idle >= 0)
			y += draw_wrapped(g, r, 0, y, r.w, 2,
				FILL(u, _("⚑ nobody's clock runs for {0}"), ui_time(u, idle)), STYLE_WARNING);
		else if (y < r.h)
			y += draw_wrapped(g, r, 0, y, r.w, 1, str_of(_("Nobody has the floor.")), STYLE_TEXT);
		if (y < r.h && (s->kind == SEGMENT_BREAK || s->kind == SEGMENT_PHOTO))
			y = paint_goes_on(u, g, r, y);
		else if (y < r.h)
			y = paint_next(u, g, r, y);
		if (y < r.h && idle >= 0 && seat_may(u, CMD_FLOOR_CORRECT))
			keyed_put(u, g, r, y, KEYED(STYLE_DIM, _("{0} then makes up for a late start."), 1,
				key_word(u, "late")));
	}
}

static void
floor_paint(struct ui *u, struct grid *g, struct rect r)
{
	const struct session_turn *turn = session_floor(u->s);
	bool award = award_shown(u);
	int head = pane_head(u, PANE_FLOOR, r);
	pane_title(u, g, r, PANE_FLOOR, award ? award_title(u) : str_of(_("Floor")), joined_as_of(u));
	if (award) {
		award_paint(u, g, r);
		return;
	}
	if (u->focus == PANE_FLOOR && !u->layout.bare)
		draw_put(g, r, 0, 0, STR("▸"), STYLE_ACCENT);
	r = rect_cut(pane_inner(u, r), 0, head, 0, 0);
	if (!turn || session_closed(u->s)) {
		paint_empty(u, g, r);
		return;
	}
	struct standing standing = standing_of(u, turn);
	if (r.h < 3)
		paint_line(u, g, r, &standing);
	else if (u->layout.airy && r.h >= 11)
		paint_roomy(u, g, r, &standing);
	else
		paint_tight(u, g, r, &standing);
}

/* ---- where certificates stand, they are rows ---- */

static void
floor_step(struct ui *u, int by)
{
	if (award_shown(u))
		award_step(u, by);
}

static bool
floor_choose(struct ui *u, int y)
{
	return award_shown(u) && award_choose(u, y);
}

static void
floor_act(struct ui *u)
{
	if (award_shown(u))
		award_act(u);
}

const struct pane_ops pane_floor = {N_("Floor"), floor_paint, floor_step, floor_choose, floor_act, NULL,
	tick_anew};
