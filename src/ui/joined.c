/*
 * Other consoles, as this one sees them: who is here and who types; and on a
 * console that joined, how the line to the host stands. While nothing arrives,
 * what is shown is old, and says so.
 */
#include "pane.h"

#include "dais/text.h"

enum { TYPING_MS = 6000, NAME_COLUMNS = 20, SEAT_COLUMNS = 14, WHO_COLUMNS = 70 };

/* ---- what the program tells ---- */

static bool
same_who(const struct others *o, const struct ui_who *who, size_t n)
{
	bool same = o->n == n;
	for (size_t i = 0; same && i < n; i++)
		same = str_eq(o->who[i].name, who[i].name) && o->who[i].seat == who[i].seat &&
		       o->who[i].quiet == who[i].quiet && o->who[i].typing == who[i].typing &&
		       o->who[i].rtt_ms == who[i].rtt_ms;
	return same;
}

static void
keep_who(struct ui *u, const struct ui_who *who, size_t n)
{
	struct others *o = &u->others;
	if (same_who(o, who, n))
		return;
	arena_finish(&o->arena);
	o->who = arena_alloc(&o->arena, (n + 1) * sizeof *o->who);
	o->n = n;
	for (size_t i = 0; i < n; i++) {
		o->who[i] = who[i];
		o->who[i].name = arena_str(&o->arena, who[i].name);
	}
	u->dirty = true;
}

void
ui_here(struct ui *u, const struct ui_who *who, size_t n)
{
	keep_who(u, who, n);
}

void
ui_joined(struct ui *u, const struct ui_joined *is, const struct ui_who *who, size_t n)
{
	bool first = !u->is_joined;
	struct buf was = {0};
	buf_str(&was, u->joined.line);
	if (first || is->cut != u->joined.cut || is->unsent != u->joined.unsent ||
		is->unanswered != u->joined.unanswered || (is->cut && is->as_of != u->joined.as_of) ||
		is->rtt_ms != u->joined.rtt_ms || is->seat != u->joined.seat ||
		is->refused != u->joined.refused ||
		!str_eq(is->line, buf_view(&was)))
		u->dirty = true;
	buf_finish(&was);
	u->joined = *is;
	u->is_joined = true;
	buf_reset(&u->cable);
	buf_str(&u->cable, is->line);
	u->joined.line = buf_view(&u->cable);
	/* What I ask for bears the name that the host knows me by. */
	if (is->name.n) {
		buf_reset(&u->acting.me);
		buf_str(&u->acting.me, is->name);
	}
	u->joined.name = buf_view(&u->acting.me);
	if (first && remote_first(u))
		u->focus = u->tab = u->side = PANE_REMOTE;
	else if (first && is->seat == SEAT_SCRIBE)
		u->focus = u->tab = PANE_NOTES;
	keep_who(u, who, n);
}

/* ---- the line ---- */

bool
joined_old(const struct ui *u)
{
	return u->is_joined && u->joined.cut && u->joined.as_of != EVENT_NO;
}

static struct str
unsent_text(struct ui *u)
{
	struct str n = ui_number(u, (int64_t)u->joined.unsent);
	if (!u->is_joined || !u->joined.unsent)
		return STR_NONE;
	return ui_fill(u, i18n_plural("{0} note waits", "{0} notes wait", u->joined.unsent), &n, 1);
}

struct str
joined_line(struct ui *u, int w)
{
	struct str sign = u->joined.lost ? STR("✗") : STR("…"), unsent = unsent_text(u);
	if (!u->is_joined || !u->joined.line.n)
		return unsent;
	struct str line = ui_join(u, sign, STR(" "), u->joined.line);
	struct str both = ui_join(u, line, STR(" · "), unsent);
	if (text_width(both) <= w)
		return both;
	/* How many wait is said rather than since when. */
	if (joined_old(u) && u->joined.lost) {
		const char *brief = u->joined.refused ? _("NOT LET IN") : _("CUT OFF");
		struct str word = ui_join(u, sign, STR(" "), str_of(brief));
		both = ui_join(u, word, STR(" · "), unsent);
		if (unsent.n && text_width(both) <= w)
			return both;
		return text_width(line) <= w ? line : word;
	}
	return line;
}

struct str
joined_as_of(struct ui *u)
{
	if (!joined_old(u))
		return STR_NONE;
	return FILL(u, _("as of {0}"), ui_wall(u, session_wall(u->s, u->joined.as_of), true));
}

/* Old is no colour of its own: everything that would call is said quietly. */
static enum style
faded(enum style style)
{
	switch ((int)style) {
	case STYLE_CLOCK:
	case STYLE_OVERTIME:
	case STYLE_BAR:
		return STYLE_CLOCK_PAUSED;
	case STYLE_TEXT:
	case STYLE_STRONG:
	case STYLE_ACCENT:
	case STYLE_TITLE:
	case STYLE_GOOD:
	case STYLE_WARNING:
	case STYLE_ALERT:
	case STYLE_REMOTE:
		return STYLE_DIM;
	default:
		return style;
	}
}

void
joined_fade(struct ui *u, struct grid *g)
{
	static const enum pane_id panes[] = {PANE_AGENDA, PANE_POINT, PANE_FLOOR, PANE_QUEUE,
		PANE_REMOTE, PANE_STRIP};
	if (!joined_old(u))
		return;
	for (size_t i = 0; i < sizeof panes / sizeof *panes; i++) {
		struct rect r = u->layout.at[panes[i]];
		/* In the smallest console the first row is the header too. */
		bool head = u->layout.small && panes[i] == PANE_FLOOR && r.h > 1;
		for (int y = r.y + head; y < r.y + r.h; y++)
			for (int x = r.x; x < r.x + r.w; x++) {
				struct cell *c = &g->cells[y * g->columns + x];
				c->style = (unsigned char)faded((enum style)c->style);
			}
	}
}

/* ---- who is here ---- */

struct str
here_me(const struct ui *u)
{
	return u->is_joined || !u->others.n ? buf_view(&u->acting.me) : u->others.who[0].name;
}

static bool
is_me(const struct ui *u, size_t i)
{
	if (!u->is_joined)
		return i == 0;
	return str_eq(u->others.who[i].name, u->joined.name) && u->others.who[i].seat == u->joined.seat;
}

static bool
watches(const struct ui_who *who)
{
	return who->seat == SEAT_OBSERVER || who->seat == SEAT_STAGE;
}

struct str
here_typing(struct ui *u)
{
	struct str names = STR_NONE;
	size_t n = 0;
	for (size_t i = 0; i < u->others.n; i++) {
		const struct ui_who *who = &u->others.who[i];
		if (!who->typing || is_me(u, i) || (u->is_joined && u->joined.cut))
			continue;
		n++;
		names = ui_join(u, names, str_of(_(", ")), word_by(who->name));
	}
	if (n > 3)
		names = str_of(_("several people"));
	return n ? ui_fill(u, i18n_plural("{0} types…", "{0} type…", n), &names, 1) : STR_NONE;
}

static void
paint_who(struct ui *u, struct page *p, size_t i)
{
	const struct ui_who *who = &u->others.who[i];
	bool narrow = p->r.w < WHO_COLUMNS, lost = who->quiet || (u->is_joined && u->joined.cut && !is_me(u, i));
	int name = narrow ? p->r.w / 2 - 4 : NAME_COLUMNS, x = 3 + name + 1;
	struct str since = who->since == EVENT_NO ? STR_NONE
						  : FILL(u, _("since {0}"), ui_wall(u, who->since, false));
	struct str state = who->quiet ? str_of(_("not heard from")) : who->typing ? str_of(_("types…"))
			   : who->rtt_ms > 0 && who->rtt_ms != EVENT_NO
				     ? FILL(u, _("{0} ms"), ui_number(u, who->rtt_ms))
				     : STR_NONE;
	page_name(p, 1, 1, lost ? STR("○") : STR("●"), lost ? STYLE_WARNING : STYLE_GOOD);
	struct str me = is_me(u, i) ? str_of(_("(you)")) : STR_NONE;
	page_name(p, 3, name, ui_join(u, word_by(who->name), STR(" "), me), STYLE_STRONG);
	/* Whoever has no other name than the seat's is not named twice. */
	if (str_eq(word_by(who->name), who->name))
		page_name(p, x, SEAT_COLUMNS, word_seat(who->seat), STYLE_TEXT);
	x += SEAT_COLUMNS + 1;
	if (!narrow) {
		page_name(p, x, 12, since, STYLE_DIM);
		page_name(p, x + 13, p->r.w - x - 14, state, who->quiet ? STYLE_WARNING : STYLE_DIM);
	} else if (ui_join(u, since, STR(" "), state).n && p->r.w >= 24) {
		p->y++;
		page_name(p, 3, p->r.w - 4, ui_join(u, since, STR(" · "), state),
			who->quiet ? STYLE_WARNING : STYLE_DIM);
	}
	p->y++;
}

static int
paint_all(struct ui *u, struct grid *g, struct rect r)
{
	struct page p = {g, r, -u->top};
	size_t stages = 0, observers = 0;
	for (size_t i = 0; i < u->others.n; i++) {
		stages += u->others.who[i].seat == SEAT_STAGE;
		observers += u->others.who[i].seat == SEAT_OBSERVER;
		if (!watches(&u->others.who[i]) || is_me(u, i))
			paint_who(u, &p, i);
	}
	struct str n = ui_number(u, (int64_t)stages), m = ui_number(u, (int64_t)observers), all = STR_NONE;
	if (stages)
		all = ui_fill(u, i18n_plural("{0} stage", "{0} stages", stages), &n, 1);
	if (observers)
		all = ui_join(u, all, STR(" · "),
			ui_fill(u, i18n_plural("{0} observer", "{0} observers", observers), &m, 1));
	if (all.n) {
		p.y++;
		page_put(&p, 3, all, STYLE_DIM);
	}
	if (u->others.n) {
		size_t copies = u->status.copies;
		struct str machines = ui_number(u, (int64_t)copies + 1);
		p.y++;
		page_put(&p, 3,
			copies ? FILL(u, _("The log is on the disks of {0} machines."), machines)
			       : str_of(_("ONE COPY: no chair's console on another machine has the log.")),
			copies || !u->acting.had_copies ? STYLE_DIM : STYLE_WARNING);
	}
	return p.y + u->top;
}

static void
here_paint(struct ui *u, struct grid *g)
{
	struct str n = u->others.n ? ui_number(u, (int64_t)u->others.n) : STR_NONE;
	struct rect r = page_open(u, g, str_of(_("Who is here")), n);
	g->cursor_x = g->cursor_y = -1;
	int lines = paint_all(u, NULL, r), most = lines > r.h ? lines - r.h : 0;
	if (u->top > most)
		u->top = most;
	paint_all(u, g, r);
	if (!u->others.n)
		draw_fit(g, r, 1, 0, r.w - 2, str_of(_("Nobody else is here.")), STYLE_DIM);
}

static void
here_key(struct ui *u, uint32_t key, unsigned mods)
{
	(void)mods;
	if (key == KEY_ESCAPE || key == KEY_ENTER || key == 'q' || key == 'h')
		mode_leave(u);
	else
		page_key(u, key, &u->top);
}

const struct mode_ops mode_here = {here_key, NULL, here_paint, NULL};

void
ui_here_show(struct ui *u)
{
	mode_enter(u, MODE_HERE);
	u->dirty = true;
}

/* ---- typing, and messages that were not seen ---- */

void
typing_turn(struct ui *u, bool key)
{
	bool text = (u->mode == MODE_NOTE || u->mode == MODE_MESSAGE) && u->edit.text.n;
	int64_t since = u->acting.clock_ms - u->typed_ms;
	/* Whoever left a text standing does not type. */
	bool now = text && (key || (u->types && since < TYPING_MS));
	if (key && text)
		u->typed_ms = u->acting.clock_ms;
	if (now == u->types || !u->calls.typing || u->replaying.is)
		return;
	u->types = now;
	u->calls.typing(u->calls.ctx, now);
}

size_t
messages_unread(const struct ui *u)
{
	size_t n = session_message_count(u->s), unread = 0;
	for (size_t i = u->messages_seen; i < n && !u->replaying.is; i++)
		unread += !str_eq(session_message_at(u->s, i)->by, buf_view(&u->acting.me));
	return unread;
}
