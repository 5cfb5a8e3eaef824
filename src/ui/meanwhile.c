/*
 * What happened while nobody here looked: what another console did, so that a
 * refusal explains itself; and that nobody's clock runs, so that it is not
 * found out when it is too late.
 */
#include "pane.h"

static const struct deed {
	enum event_kind kind;
	const char *sentence; /* {0} who, {1} whom or where */
	bool moves;	      /* the floor */
} deeds[] = {
	{EVENT_SEGMENT_ENTER, N_("{0} went to {1} meanwhile; nothing was done"), true},
	{EVENT_SEGMENT_EXTEND, N_("{0} changed the time of this segment meanwhile; nothing was done"), false},
	{EVENT_SEGMENT_SKIP, N_("{0} left out {1} meanwhile; nothing was done"), false},
	{EVENT_AGENDA_FIT, N_("{0} fitted the agenda meanwhile; nothing was done"), false},
	{EVENT_QUEUE_ADD, N_("{0} added {1} to the queue meanwhile; nothing was done"), false},
	{EVENT_QUEUE_MOVE, N_("{0} moved somebody in the queue meanwhile; nothing was done"), false},
	{EVENT_QUEUE_REMOVE, N_("{0} took somebody out of the queue meanwhile; nothing was done"), false},
	{EVENT_QUEUE_CLOSE, N_("{0} closed the list meanwhile; nothing was done"), false},
	{EVENT_QUEUE_OPEN, N_("{0} opened the list meanwhile; nothing was done"), false},
	{EVENT_QUEUE_RULE, N_("{0} changed the rule of the queue meanwhile; nothing was done"), false},
	{EVENT_TURN_START, N_("{0} gave the floor to {1} meanwhile; nothing was done"), true},
	{EVENT_TURN_PAUSE, N_("{0} paused the clock meanwhile; nothing was done"), true},
	{EVENT_TURN_RESUME, N_("{0} let the clock of {1} go on meanwhile; nothing was done"), true},
	{EVENT_TURN_EXTEND, N_("{0} changed the time of this turn meanwhile; nothing was done"), false},
	{EVENT_TURN_CORRECT, N_("{0} corrected the start of this turn meanwhile; nothing was done"), false},
	{EVENT_TURN_END, N_("{0} ended the turn meanwhile; nothing was done"), true},
	{EVENT_UNDO, N_("{0} took something back meanwhile; nothing was done"), true},
};

struct str
word_by(struct str by)
{
	static const struct {
		const char *by, *word;
	} words[] = {{"chair", N_("the chair")}, {"online-chair", N_("the online chair")},
		{"online", N_("the online chair")}, {"scribe", N_("the scribe")},
		{"host", N_("the host")}, {"ctl", N_("a script")}};
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (str_is(by, words[i].by))
			return str_of(_(words[i].word));
	return by;
}

struct str
word_writer(const struct ui *u, struct str by)
{
	static const struct {
		const char *by, *word;
	} words[] = {{"chair", N_("chair")}, {"online-chair", N_("online chair")},
		{"online", N_("online")}, {"scribe", N_("scribe")}, {"ctl", N_("script")}};
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (str_is(by, words[i].by))
			return str_of(_(words[i].word));
	return word_name(u, by);
}

static const struct deed *
deed_of(enum event_kind kind)
{
	for (size_t i = 0; i < sizeof deeds / sizeof deeds[0]; i++)
		if (deeds[i].kind == kind)
			return &deeds[i];
	return NULL;
}

static struct str
whom(struct ui *u, const struct event *e)
{
	size_t n;
	const struct session_segment *all = session_segments(u->s, &n);
	const struct session_turn *turn = session_floor(u->s);
	switch ((int)e->kind) {
	case EVENT_TURN_START:
		return word_name(u, e->turn.person);
	case EVENT_TURN_RESUME:
		return turn ? word_name(u, turn->person) : STR("–");
	case EVENT_QUEUE_ADD:
		return word_name(u, e->queue.person);
	case EVENT_SEGMENT_ENTER:
	case EVENT_SEGMENT_SKIP:
		for (size_t i = 0; i < n; i++)
			if (str_eq(all[i].id, e->segment.segment))
				return word_segment(u, &all[i]);
		return e->segment.segment;
	default:
		return STR_NONE;
	}
}

struct str
word_meanwhile(struct ui *u, const struct event *e)
{
	const struct deed *deed = deed_of(e->kind);
	return deed ? FILL(u, _(deed->sentence), word_by(e->by), whom(u, e)) : STR_NONE;
}

static bool
is_console(const struct ui *u, struct str by)
{
	for (size_t i = 0; i < u->others.n; i++)
		if (str_eq(u->others.who[i].name, by))
			return true;
	return false;
}

/* The newest act of somebody else after seq; moves: only one that moved the floor, at another console. */
static const struct event *
newest(const struct ui *u, int64_t seq, bool moves)
{
	for (size_t i = session_event_count(u->s); i-- > 0;) {
		const struct event *e = session_event_at(u->s, i);
		if (e->lane != LANE_SESSION)
			continue;
		if (e->seq <= seq)
			return NULL;
		const struct deed *deed = deed_of(e->kind);
		if (!deed || str_eq(e->by, buf_view(&u->acting.me)))
			continue;
		if (!moves || (deed->moves && is_console(u, e->by)))
			return e;
	}
	return NULL;
}

const struct event *
meanwhile(const struct ui *u, int64_t seq)
{
	return newest(u, seq, false);
}

/*
 * Two chairs who press the same key together mean the same act, also where the
 * picture of the one's act comes up under the finger of the other: nobody acts
 * on a picture that came a moment ago. What I did myself, or a script did for
 * me, I need not read.
 */
enum { READING_MS = 200 };

void
basis_painted(struct ui *u)
{
	int64_t now = session_next_seq(u->s, LANE_SESSION) - 1;
	struct acting *a = &u->acting;
	a->read = basis_read(u);
	if (newest(u, u->basis, true))
		a->shown_ms = a->clock_ms;
	else if (a->read == u->basis)
		a->read = now;
	u->basis = now;
}

int64_t
basis_read(const struct ui *u)
{
	const struct acting *a = &u->acting;
	return a->clock_ms - a->shown_ms >= READING_MS ? u->basis : a->read;
}

int64_t
ui_span(const struct ui *u, int64_t ms)
{
	return u->status.speed > 1 ? ms * u->status.speed : ms;
}

/* ---- nobody's clock runs ---- */

int64_t
idle_ms(const struct ui *u)
{
	int64_t since, due;
	if (u->replaying.is || !session_idle(u->s, &since, &due) || u->t < due)
		return -1;
	return u->t - since;
}

struct str
word_idle(struct ui *u)
{
	const struct session_turn *turn = now_turn(u);
	struct session_next next = session_next(u->s);
	if (!seat_may(u, CMD_FLOOR_TOGGLE))
		return turn ? FILL(u, _("⚑ the clock of {0} stands still"), word_name(u, turn->person))
			    : str_of(_("⚑ nobody's clock runs"));
	if (turn)
		return FILL(u, _("⚑ the clock of {0} stands still: {1} lets it go on"),
			word_name(u, turn->person), key_word(u, "floor toggle"));
	if (next.why == NEXT_NOBODY)
		return FILL(u, _("⚑ nobody's clock runs: {0} adds who speaks, {1} starts, {2} makes up for it"),
			key_word(u, "add"), key_word(u, "floor toggle"), key_word(u, "late"));
	return FILL(u, _("⚑ nobody's clock runs: {1} starts it for {0}, then {2} makes up for it"),
		word_name(u, next.person), key_word(u, "floor toggle"), key_word(u, "late"));
}
