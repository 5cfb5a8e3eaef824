/*
 * The stage: what the hall sees on the projector. The question, who speaks, a
 * clock for the last row, who comes next; and for some seconds the card that a
 * timekeeper would hold up. It follows from the session and its time alone, so
 * that every stage shows the same.
 */
#include "pane.h"

#include "dais/text.h"

enum { CARD_MS = 6000, NEXT_MAX = 4, MINUTE = 60000 };

struct stage_clock {
	struct str text;
	enum style style;
	int64_t done, whole; /* of the bar; whole 0: none */
};

/* ---- the clock ---- */

static struct stage_clock
turn_clock(struct ui *u, const struct session_turn *turn)
{
	int64_t spoken = session_turn_elapsed(turn, u->t) / 1000 * 1000, allotted = turn->allotted;
	struct stage_clock c = {ui_time(u, spoken), STYLE_CLOCK, spoken, allotted > 0 ? allotted : 0};
	enum session_overtime rule = session_rules(u->s)->overtime;
	bool over = allotted >= 0 && spoken >= allotted;
	if (over && rule != OVERTIME_SHOW)
		c.text = ui_time(u, allotted);
	else if (over && turn->state != TURN_ENDED)
		c.text = ui_join(u, STR("+"), STR(""), ui_time(u, spoken - allotted));
	if (turn->state != TURN_RUNNING)
		c.style = STYLE_CLOCK_PAUSED;
	else if (over && rule != OVERTIME_HIDE)
		c.style = STYLE_OVERTIME;
	return c;
}

/* What is left of a break, a photo, a point in which nobody speaks yet. */
static struct stage_clock
segment_clock(struct ui *u, const struct session_segment *g)
{
	int64_t ms = session_segment_elapsed(u->s, session_segment_now(u->s), u->t);
	int64_t left = g->budget_ms - ms / 1000 * 1000;
	if (g->budget_ms <= 0)
		return (struct stage_clock){ui_time(u, ms), STYLE_CLOCK_PAUSED, 0, 0};
	return (struct stage_clock){ui_time(u, left > 0 ? left : 0),
		g->kind == SEGMENT_BREAK ? STYLE_CLOCK : STYLE_CLOCK_PAUSED, ms, g->budget_ms};
}

static struct stage_clock
stage_clock(struct ui *u)
{
	const struct session_turn *turn = session_floor(u->s);
	const struct session_segment *g = now_segment(u);
	if (!g || session_closed(u->s))
		return (struct stage_clock){
			ui_wall(u, session_wall(u->s, u->t), false), STYLE_CLOCK_PAUSED, 0, 0};
	return turn ? turn_clock(u, turn) : segment_clock(u, g);
}

/* The same for every time of one length, so that the clock does not jump about. */
static int
clock_size(struct str text, int w, int h)
{
	char widest[16];
	size_t n = text.n < sizeof widest ? text.n : sizeof widest;
	for (size_t i = 0; i < n; i++)
		widest[i] = text.p[i] >= '0' && text.p[i] <= '9' ? '8' : text.p[i];
	return big_size((struct str){widest, n}, w, h, h);
}

/* What it will be by the end counts too: it must not shrink as it grows from 9:59 to 10:00. */
static int
size_of(struct ui *u, struct rect r, const struct stage_clock *c, bool *small_plus)
{
	struct str text = c->text, end = ui_time(u, c->whole);
	bool plus = text.n && text.p[0] == '+';
	text = plus ? str_from(text, 1) : text;
	/* For an hour that is too much to be waited for. */
	end = end.n > 5 ? STR("00:00") : end;
	int digits = clock_size(end.n > text.n ? end : text, r.w, r.h);
	int whole = plus ? clock_size(ui_join(u, STR("+"), STR(""), text), r.w, r.h) : digits;
	/* Where the sign of overtime would make the digits smaller, it is the sign that shrinks. */
	*small_plus = plus && whole < digits;
	return *small_plus ? digits : whole;
}

static void
paint_clock(struct ui *u, struct grid *g, struct rect r, const struct stage_clock *c)
{
	bool small;
	int size = size_of(u, r, c, &small), y = (r.h - size) / 2;
	struct str text = small ? str_from(c->text, 1) : c->text;
	int x = (r.w - big_width(text, size)) / 2;
	if (size <= 0)
		return;
	big_put(g, r, x, y, text, size, c->style);
	int sign = small ? big_size(STR("+"), x - 1, size, size) : 0;
	if (sign)
		big_put(g, r, x - 1 - big_width(STR("+"), sign), y + (size - sign) / 2, STR("+"), sign, c->style);
}

/* ---- the card ---- */

/* What a timekeeper would hold up now: false, or how much is left (0: time is up). */
static bool
card_now(const struct ui *u, int64_t *left)
{
	const struct session_turn *turn = now_turn(u);
	const struct session_rules *rules = session_rules(u->s);
	if (!turn || turn->state != TURN_RUNNING || turn->allotted <= 0)
		return false;
	int64_t spoken = session_turn_elapsed(turn, u->t);
	/* What the hall is not to see, no card tells it. */
	size_t cards = rules->warns + (rules->overtime != OVERTIME_HIDE);
	for (size_t i = 0; i < cards; i++) {
		*left = i < rules->warns ? rules->warn[i] : 0;
		int64_t since = spoken - (turn->allotted - *left);
		if (*left < turn->allotted && since >= 0 && since < CARD_MS)
			return true;
	}
	return false;
}

static struct str
card_text(struct ui *u, int64_t left)
{
	if (left == 0)
		return str_of(_("time is up"));
	if (left % MINUTE)
		return FILL(u, _("{0} seconds left"), ui_number(u, left / 1000));
	return left == MINUTE ? str_of(_("1 minute left"))
			      : FILL(u, _("{0} minutes left"), ui_number(u, left / MINUTE));
}

static void
paint_card(struct ui *u, struct grid *g, struct rect r, int64_t left)
{
	enum style style = left ? STYLE_WARNING : STYLE_OVERTIME;
	struct str sign = left ? STR("⚑ ") : STR("■ ");
	struct str words = ui_join(u, sign, STR(""), card_text(u, left));
	const struct session_turn *turn = now_turn(u);
	int above = r.h >= 16 ? 3 : 1;
	draw_centre(g, r, above - 1, word_name(u, turn->person), STYLE_STRONG);
	struct stage_clock c = {.text = ui_time(u, left), .style = style};
	paint_clock(u, g, rect_cut(r, 0, above, 0, above), &c);
	draw_centre(g, r, r.h - above, words, style);
}

/* ---- words ---- */

/* How a turn stands, where it does not just run: in words, as a colour may be missed. */
static struct str
turn_state(struct ui *u, const struct session_turn *turn)
{
	bool up = turn->allotted >= 0 && session_turn_elapsed(turn, u->t) >= turn->allotted;
	if (turn->state == TURN_PAUSED)
		return str_of(_("‖ paused"));
	if (turn->state == TURN_RUNNING && up && session_rules(u->s)->overtime != OVERTIME_HIDE)
		return str_of(_("■ time is up"));
	return STR_NONE;
}

/* Who speaks, and behind it how that stands, in the colour of it. */
static void
paint_speaker(struct ui *u, struct grid *g, struct rect r, int y, const struct session_turn *turn)
{
	const struct session_person *p = session_person(u->s, turn->person);
	struct str name = ui_join(u, p->name, STR("  "), p->title);
	struct str all = ui_join(u, name, STR("  "), p->affiliation), state = turn_state(u, turn);
	int beside = state.n ? text_width(state) + 2 : 0;
	if (text_width(all) + beside > r.w)
		all = ui_fit(u, name, r.w - beside);
	int x = (r.w - text_width(all) - beside) / 2;
	x = draw_put(g, r, x > 0 ? x : 0, y, all, turn->state == TURN_ENDED ? STYLE_DIM : STYLE_STRONG);
	if (state.n)
		draw_fit(g, r, x + 2, y, r.w - x - 2, state,
			turn->state == TURN_PAUSED ? STYLE_WARNING : STYLE_OVERTIME);
}

/* "next  Ann Lee · 董云云": in the order in which they would be called. */
static struct str
coming(struct ui *u, int columns)
{
	struct session_next next = session_next(u->s);
	struct str all = STR_NONE;
	size_t n, shown = 0;
	const struct session_entry *queue = session_queue(u->s, &n);
	if (next.why != NEXT_NOBODY) {
		all = word_name(u, next.person);
		shown++;
	}
	for (size_t i = 0; i < n && shown < NEXT_MAX; i++) {
		if (i == next.place || str_eq(queue[i].person, next.person))
			continue;
		struct str more = ui_join(u, all, STR(" · "), word_name(u, queue[i].person));
		if (text_width(more) > columns - 8)
			break;
		all = more;
		shown++;
	}
	return all.n ? FILL(u, _("next  {0}"), all) : STR_NONE;
}

static int
least(int a, int b)
{
	return a < b ? a : b;
}

static int
greater(int a, int b)
{
	return a > b ? a : b;
}

static struct str
named(struct ui *u, const struct session_person *p)
{
	return ui_join(u, p->name, STR("  "), p->title);
}

/* Who gets a certificate, and who has it: in columns. */
static void
paint_award(struct ui *u, struct grid *g, struct rect r, const struct session_segment *s)
{
	size_t now = session_segment_now(u->s);
	const struct session_person *next = award_next(u);
	struct str by = s->presenters.n ? FILL(u, _("presented by {0}"), word_people(u, s->presenters)) : STR_NONE;
	if (by.n && r.h > (int)s->recipients.n + 2) {
		draw_centre(g, r, r.h - 1, ui_fit(u, by, r.w), STYLE_DIM);
		r.h -= 2;
	}
	int rows = (int)s->recipients.n < r.h ? (int)s->recipients.n : r.h, name = 0, unit = 0;
	int step = rows * 2 <= r.h ? 2 : 1, y = (r.h - rows * step) / 2;
	for (int i = 0; i < rows; i++) {
		const struct session_person *p = session_person(u->s, s->recipients.items[i]);
		name = p ? greater(name, text_width(named(u, p))) : name;
		unit = p ? greater(unit, text_width(p->affiliation)) : unit;
	}
	name = least(name, r.w - 2);
	unit = r.w - name - 4 >= 8 ? least(unit, r.w - name - 4) : 0;
	int x = (r.w - 2 - name - (unit ? unit + 2 : 0)) / 2;
	for (int i = 0; i < rows; i++, y += step) {
		const struct session_person *p = session_person(u->s, s->recipients.items[i]);
		bool given = p && session_awarded(u->s, now, p->id);
		enum style style = given ? STYLE_GOOD : p == next ? STYLE_STRONG : STYLE_DIM;
		if (!p)
			continue;
		draw_put(g, r, x, y, given ? STR("✓") : p == next ? STR("▸") : STR("·"), style);
		draw_fit(g, r, x + 2, y, name, named(u, p), style);
		if (unit)
			draw_fit(g, r, x + 2 + name + 2, y, unit, p->affiliation, style);
	}
}

/* ---- the whole ---- */

/* Rows of air that a stage of this height has to give away, between its parts. */
static int
air_of(int h, int parts)
{
	int spare = h - parts - 5;
	return spare >= 18 ? 2 : spare >= 7 ? 1 : 0;
}

/* Rows of about one length, each in the middle; nothing is left alone in the last one. */
static int
draw_centred(struct grid *g, struct rect r, int y, int rows, struct str text, enum style style)
{
	struct wrap w = {0};
	wrap_make(&w, text, r.w);
	size_t needs = w.n;
	int columns = needs <= (size_t)rows ? text_width(text) / (int)needs : r.w;
	while (columns < r.w && (wrap_make(&w, text, columns), w.n > needs))
		columns++;
	if (columns >= r.w)
		wrap_make(&w, text, r.w);
	if (needs > (size_t)rows)
		needs = (size_t)draw_wrapped(g, r, 0, y, r.w, rows, text, style);
	else
		for (size_t i = 0; i < w.n; i++)
			draw_centre(g, r, y + (int)i, str_trim(wrap_text(&w, text, i)), style);
	wrap_finish(&w);
	return (int)needs;
}

static int
paint_head(struct ui *u, struct grid *g, struct rect r, int y, int air)
{
	struct str label, title = point_headline(u, &label);
	int rows = r.h >= 24 ? 3 : r.h >= 14 ? 2 : 1;
	/* On a small screen the question is wanted whole rather than where it stands in the agenda. */
	if (rows == 1 && text_width(title) > r.w)
		return y + draw_centred(g, r, y, 2, title, STYLE_STRONG);
	draw_centre(g, r, y, ui_fit(u, label, r.w), STYLE_ACCENT);
	y += 1 + (air > 0);
	if (text_width(title) <= r.w)
		draw_centre(g, r, y++, title, STYLE_STRONG);
	else
		y += draw_centred(g, r, y, rows, title, STYLE_STRONG);
	return y;
}

/* The lines below the clock, from the last one up; answers the first that is taken. */
static int
paint_foot(struct ui *u, struct grid *g, struct rect r, int air, const struct stage_clock *c)
{
	const struct session_turn *turn = session_floor(u->s);
	struct str next = session_closed(u->s) ? STR_NONE : coming(u, r.w);
	bool over = c->whole > 0 && c->done >= c->whole && c->style == STYLE_OVERTIME;
	int y = r.h - 1 - (air > 1), inset = r.w / 6;
	if (!now_segment(u) && !session_closed(u->s))
		next = ui_fit(u, word_begins(u, false), r.w);
	if (next.n)
		draw_centre(g, r, y, next, turn && turn->state != TURN_ENDED ? STYLE_DIM : STYLE_STRONG);
	y -= 1 + air;
	if (c->whole > 0)
		draw_bar(g, rect_cut(r, inset, 0, inset, 0), 0, y, r.w - 2 * inset, c->done, c->whole,
			over ? STYLE_OVERTIME : STYLE_BAR);
	if (!turn || session_closed(u->s))
		return y;
	y -= 1 + (air > 0);
	paint_speaker(u, g, r, y, turn);
	return y;
}

void
stage_paint(struct ui *u, struct grid *g)
{
	struct rect whole = grid_area(g);
	int margin = whole.w >= 80 ? whole.w / 20 : 1;
	struct rect r = rect_cut(whole, margin, 0, margin, 0);
	const struct session_segment *s = now_segment(u);
	int64_t left;
	/* The hall need not know, but whoever looks after the projector must. */
	if (u->stage.line.n && r.h > 8) {
		draw_fit(g, r, 0, r.h - 1, r.w, ui_join(u, STR("✗"), STR(" "), u->stage.line), STYLE_FAINT);
		r.h -= r.h >= 20 ? 2 : 1;
	} else if (u->stage.line.n) {
		draw_put(g, whole, whole.w - 1, 0, STR("✗"), STYLE_WARNING);
	}
	if (u->stage.blank)
		return;
	if (card_now(u, &left)) {
		paint_card(u, g, r, left);
		return;
	}
	int air = air_of(r.h, 5);
	struct stage_clock c = stage_clock(u);
	int top = paint_head(u, g, r, air > 1 ? 2 : air, air) + (air > 0);
	int end = paint_foot(u, g, r, air, &c);
	struct rect middle = rect_cut(r, 0, top, 0, r.h - end + (air > 0));
	bool awards = s && s->kind == SEGMENT_AWARD && !session_floor(u->s) && s->recipients.n;
	if (awards && !session_closed(u->s))
		paint_award(u, g, middle, s);
	else
		paint_clock(u, g, middle, &c);
}

static void
stage_key(struct ui *u, uint32_t key, unsigned mods)
{
	bool leaves = key == 'q' || key == KEY_ESCAPE || (key == 'c' && mods == MOD_CTRL);
	if (leaves && u->calls.leave)
		u->calls.leave(u->calls.ctx);
	else if (key == 't')
		theme_next(u);
}

const struct mode_ops mode_stage = {stage_key, NULL, NULL, NULL};

void
ui_stage(struct ui *u, const struct ui_stage *is)
{
	u->stage = *is;
	buf_reset(&u->cable);
	buf_str(&u->cable, is->line);
	u->stage.line = buf_view(&u->cable);
	u->on_stage = true;
	u->mode = MODE_STAGE;
	u->dirty = true;
}
