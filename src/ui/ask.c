/*
 * Asking the session, and telling what came of it. A command says what its
 * sender had seen; one that cannot be taken back, or that leaves people
 * behind, is asked about first.
 */
#include "pane.h"

#include <stdlib.h>
#include <string.h>

void
say(struct ui *u, struct str sentence, bool bad)
{
	buf_reset(&u->said);
	buf_str(&u->said, sentence);
	u->said_bad = bad;
	u->said_t = u->t > session_last_t(u->s) ? u->t : session_last_t(u->s);
	sentence_keep(u, sentence, bad);
	u->dirty = true;
}

struct str
said(const struct ui *u)
{
	/* A replay has no clock of its own for that: the next key takes it away. */
	if (u->replaying.is)
		return buf_view(&u->said);
	if (!u->said.n || u->t - u->said_t >= ui_span(u, SAY_MS * (u->said_bad ? 2 : 1)))
		return STR_NONE;
	return buf_view(&u->said);
}

/* ---- what happened ---- */

static const struct event *
event_of(const struct ui *u, enum event_lane lane, int64_t seq)
{
	for (size_t i = session_event_count(u->s); i-- > 0;) {
		const struct event *e = session_event_at(u->s, i);
		if (e->lane == lane && e->seq == seq)
			return e;
	}
	return NULL;
}

static struct str
told_turn(struct ui *u, const struct event *e)
{
	const struct session_turn *turn = session_floor(u->s);
	if (!turn)
		return STR_NONE;
	struct str name = word_name(u, turn->person);
	if (e->kind == EVENT_TURN_EXTEND)
		return FILL(u, _("{0} has {1} in all"), name, ui_time(u, turn->allotted));
	return FILL(u, _("the turn of {0} stands at {1} now"), name,
		ui_time(u, session_turn_elapsed(turn, u->t)));
}

/* A sentence for an event whose effect is not plain to see. */
static struct str
told(struct ui *u, const struct event *e)
{
	const struct event *undone;
	const struct session_segment *g = now_segment(u);
	switch ((int)e->kind) {
	case EVENT_UNDO:
		undone = event_of(u, e->lane, e->undo.seq);
		return undone ? FILL(u, _("undone: {0}"), word_event(u, undone)) : STR_NONE;
	case EVENT_QUEUE_ADD:
		return FILL(u, _("{0} is in the queue"), word_name(u, e->queue.person));
	case EVENT_QUEUE_REMOVE:
		return seat_may(u, CMD_UNDO) ? FILL(u, _("taken out of the queue; {0} undoes it"), key_word(u, "undo"))
					     : str_of(_("taken out of the queue"));
	case EVENT_QUEUE_CLOSE:
		return str_of(_("the list is closed; points of order are still taken"));
	case EVENT_QUEUE_OPEN:
		return str_of(_("the list is open"));
	case EVENT_QUEUE_RULE:
		return str_of(_("the rule of the queue was changed"));
	case EVENT_TURN_EXTEND:
	case EVENT_TURN_CORRECT:
		return told_turn(u, e);
	case EVENT_SEGMENT_EXTEND:
		return g ? FILL(u, _("this segment has {0} in all"), ui_time(u, g->budget_ms))
			 : STR_NONE;
	case EVENT_AGENDA_FIT:
		return str_of(_("the time that is left was shared out"));
	case EVENT_PERSON_ADD:
		return FILL(u, _("{0} is on the roster"), e->person.name);
	case EVENT_MARK_ADD:
		return FILL(u, _("marked at {0}"), ui_wall(u, session_wall(u->s, e->t), true));
	case EVENT_MESSAGE_SEND:
		return FILL(u, _("{0} writes: {1}"), word_by(e->by), e->message.text);
	case EVENT_AWARD_GIVE:
		return FILL(u, _("{0} has the certificate"), word_name(u, e->award.recipient));
	case EVENT_CHAIR_PASS:
		return e->pass.to.n ? FILL(u, _("{0} has the chair"), word_name(u, e->pass.to))
				    : str_of(_("the chair is back"));
	case EVENT_SESSION_CLOSE:
		return str_of(_("the session is closed"));
	default:
		return STR_NONE;
	}
}

void
notice(struct ui *u)
{
	size_t n = session_event_count(u->s);
	if (u->replaying.is)
		u->seen = n;
	for (size_t i = u->seen; i < n; i++) {
		const struct event *e = session_event_at(u->s, i);
		struct str sentence = told(u, e);
		/* Of what was undone together, the first is what was done. */
		if (sentence.n && !(e->kind == EVENT_UNDO && e->more))
			say(u, sentence, false);
		if (e->kind == EVENT_SESSION_CLOSE)
			summary_due(u);
		if (e->kind == EVENT_TURN_START || e->kind == EVENT_TURN_END)
			u->has_sign = false;
	}
	u->seen = n;
}

/* ---- asking ---- */

/* What came later and must be undone before, in words instead of its number. */
static bool
needs_first(struct ui *u, const struct refused *no)
{
	int64_t seq;
	const struct event *e = str_int(no->args[0], &seq) ? event_of(u, LANE_SESSION, seq) : NULL;
	if (!e || !str_is(no->args[1], event_kind_text(e->kind)))
		return false;
	say(u, FILL(u, _("{0}, at {1}, needs it: undo that first"), word_event(u, e),
		ui_wall(u, session_wall(u->s, e->t), true)), true);
	return true;
}

void
say_nobody_waits(struct ui *u)
{
	if (!now_segment(u) && seat_may(u, CMD_SEGMENT_NEXT) && !session_closed(u->s))
		say(u, FILL(u, _("nothing has begun yet; {0} begins"), key_word(u, "segment next")), true);
	else
		say(u, FILL(u, _("nobody waits; {0} adds somebody"), key_word(u, "add")), true);
}

/* Where somebody waits already is seen by the place, not by the entry's number. */
static bool
waits_already(struct ui *u, const struct refused *no)
{
	size_t n;
	int64_t entry;
	const struct session_entry *queue = session_queue(u->s, &n);
	if (no->n != 2 || !str_is(str_of(no->why), "{0} is in the queue already, as entry {1}") ||
		!str_int(no->args[1], &entry))
		return false;
	for (size_t i = 0; i < n; i++)
		if (queue[i].id == entry) {
			say(u, FILL(u, _("{0} is number {1} in the queue already"), no->args[0],
				ui_number(u, (int64_t)i + 1)), true);
			return true;
		}
	return false;
}

/* Whoever pressed a key is not told words of the command language. */
static bool
refused_key(struct ui *u, const struct refused *no)
{
	static const struct {
		const char *why, *said, *key;
	} keys[] = {
		{N_("no segment runs yet; segment next begins the first"),
			N_("nothing has begun yet; {0} begins"), "segment next"},
		{N_("nobody has the floor; floor next gives it to whoever is next"),
			N_("nobody has the floor; {0} gives it to whoever is next"), "floor toggle"},
	};
	if (no->code == REFUSAL_EMPTY_QUEUE || (!now_segment(u) && str_is(str_of(no->why), keys[1].why))) {
		say_nobody_waits(u);
		return true;
	}
	for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
		if (str_is(str_of(no->why), keys[i].why)) {
			say(u, FILL(u, _(keys[i].said), key_word(u, keys[i].key)), true);
			return true;
		}
	return false;
}

static void
refused(struct ui *u, const struct refused *no)
{
	static const char *const nouns[] = {"floor", "queue", "segment"};
	static const char *const faster[] = { /* than I saw what I did myself */
		N_("the floor changed just now: look, and press again"),
		N_("the queue changed just now: look, and press again"),
		N_("the segment changed just now: look, and press again")};
	if (!no->why)
		return;
	const char *why = NULL;
	for (size_t i = 0; i < 3 && no->code == REFUSAL_STALE && no->n == 2; i++)
		if (str_is(no->args[0], nouns[i]))
			why = faster[i];
	if (no->code == REFUSAL_STALE && (why || !no->n)) {
		const struct event *e = meanwhile(u, u->acting.asked);
		if (e) {
			say(u, word_meanwhile(u, e), true);
			return;
		}
	}
	if (no->code == REFUSAL_CANNOT_UNDO && no->n == 2 && needs_first(u, no))
		return;
	if (waits_already(u, no) || (u->mode == MODE_NORMAL && refused_key(u, no)))
		return;
	say(u, why ? str_of(_(why)) : ui_fill(u, _(no->why), no->args, no->n), true);
	if (u->mode == MODE_COMMAND && no->column > 0)
		command_wrong(u, no->column);
}

void
ui_refused(struct ui *u, struct str code, struct str why)
{
	bool stale = str_eq(code, str_of(refusal_text(REFUSAL_STALE)));
	const struct event *e = stale && u->acting.dated ? meanwhile(u, u->acting.asked) : NULL;
	say(u, e ? word_meanwhile(u, e) : why.n ? why : code, true);
	u->dirty = true;
}

static void
offer_override(struct ui *u, struct str line, const struct refused *no)
{
	struct buf anyway = {0};
	buf_str(&anyway, line);
	buf_puts(&anyway, " --override");
	const char *why = N_("{0} has had {1} of {2} speeches on this point.");
	dialog_start(u, str_of(_("The limit is reached")), ui_fill(u, _(why), no->args, no->n));
	dialog_add(u, _("Leave it"), STR_NONE, false);
	dialog_add(u, _("Add all the same"), buf_view(&anyway), false);
	dialog_show(u);
	buf_finish(&anyway);
}

/* Whoever gives the floor or leaves a segment acts on what is on the screen and on nothing newer. */
static bool
is_strict(enum command_verb verb)
{
	return verb == CMD_FLOOR_NEXT || verb == CMD_FLOOR_TOGGLE || verb == CMD_FLOOR_GIVE ||
	       verb == CMD_SEGMENT_NEXT || verb == CMD_SEGMENT_PREV;
}

static int64_t
basis_of(const struct ui *u, const struct command *c)
{
	return is_strict(c->verb) ? basis_read(u) : u->basis;
}

void
ask_date(const struct ui *u, struct str line, struct buf *out)
{
	struct arena a = {0};
	struct command c = {0};
	struct refused no;
	bool read = command_parse(line, &a, &c, &no) == REFUSAL_NONE;
	buf_str(out, line);
	/* Who is added gets in nobody's way. */
	bool conflicts = read && c.verb != CMD_QUEUE_ADD &&
			 command_rows()[c.verb].changes != NOUN_OTHER;
	if (conflicts && c.basis == EVENT_NO && u->basis >= 0) {
		buf_puts(out, " --basis ");
		buf_int(out, basis_of(u, &c));
	}
	arena_finish(&a);
}

static enum refusal
send(struct ui *u, struct str line, const struct command *c)
{
	struct arena a = {0};
	struct refused no = {0};
	struct buf whole = {0};
	ask_date(u, line, &whole);
	int64_t last = session_next_seq(u->s, LANE_SESSION) - 1;
	size_t n = session_event_count(u->s);
	u->acting.asked = !c ? u->basis : c->basis != EVENT_NO ? c->basis : basis_of(u, c);
	u->acting.dated = c && command_rows()[c->verb].changes != NOUN_OTHER;
	buf_reset(&u->said);
	enum refusal code = u->calls.command(u->calls.ctx, buf_view(&whole), &a, &no);
	u->dirty = true;
	if (!code && session_event_count(u->s) > n) {
		buf_reset(&u->acting.me);
		buf_str(&u->acting.me, session_event_at(u->s, n)->by);
	}
	if (!code) {
		/* What I did myself I know, even if it was not painted yet. */
		if (u->basis == last && c && !is_strict(c->verb))
			basis_painted(u);
		notice(u);
	} else if (code == REFUSAL_LIMIT && c && c->verb == CMD_QUEUE_ADD && no.n == 3) {
		offer_override(u, line, &no);
	} else {
		refused(u, &no);
	}
	buf_finish(&whole);
	arena_finish(&a);
	return code;
}

enum refusal
ask_now(struct ui *u, struct str line)
{
	if (u->replaying.is)
		return ask_replay(u, line);
	struct arena a = {0};
	struct command c = {0};
	struct refused no;
	bool read = command_parse(line, &a, &c, &no) == REFUSAL_NONE;
	enum refusal code = send(u, line, read ? &c : NULL);
	arena_finish(&a);
	return code;
}

static void
add_with(struct ui *u, const char *label, struct str line, const char *option)
{
	struct buf whole = {0};
	buf_str(&whole, line);
	buf_puts(&whole, option);
	dialog_add(u, label, buf_view(&whole), false);
	buf_finish(&whole);
}

static void
ask_leave_point(struct ui *u, struct str line, size_t waiting)
{
	struct str n = ui_number(u, (int64_t)waiting);
	const char *text = i18n_plural("One still waits on this point.",
		"{0} still wait on this point.", waiting);
	dialog_start(u, str_of(_("Leave this point?")), ui_fill(u, text, &n, 1));
	dialog_add(u, _("Stay"), STR_NONE, false);
	add_with(u, _("Carry them over"), line, " --carry");
	add_with(u, _("Leave them"), line, " --leave");
	dialog_show(u);
}

/* Going to another segment is possible, and would part from people who wait. */
static bool
parts(const struct ui *u, const struct command *c)
{
	const struct session_segment *g = now_segment(u);
	size_t waiting, n, now = session_segment_now(u->s);
	const struct session_segment *all = session_segments(u->s, &n);
	session_queue(u->s, &waiting);
	if (!g || g->kind != SEGMENT_POINT || !waiting || c->carry || c->leave)
		return false;
	if (c->verb == CMD_SEGMENT_GO)
		return true;
	size_t step = c->verb == CMD_SEGMENT_PREV ? SIZE_MAX : 1;
	for (size_t i = now + step; i < n; i += step)
		if (all[i].state != SEGMENT_SKIPPED)
			return true;
	return false;
}

enum refusal
ask(struct ui *u, struct str line)
{
	if (u->replaying.is)
		return ask_replay(u, line);
	struct arena a = {0};
	struct command c = {0};
	struct refused no;
	size_t waiting;
	session_queue(u->s, &waiting);
	bool read = command_parse(line, &a, &c, &no) == REFUSAL_NONE;
	if (read && seat_refuses(u, &command_rows()[c.verb])) {
		arena_finish(&a);
		return REFUSAL_NOT_ALLOWED;
	}
	bool closed = session_closed(u->s);
	enum refusal code = REFUSAL_NONE;
	bool moves = c.verb == CMD_SEGMENT_NEXT || c.verb == CMD_SEGMENT_PREV ||
		     c.verb == CMD_SEGMENT_GO;
	if (read && !closed && c.verb == CMD_SESSION_CLOSE)
		ask_to_close(u, line);
	else if (read && !closed && moves && parts(u, &c))
		ask_leave_point(u, line, waiting);
	else
		code = send(u, line, read ? &c : NULL);
	arena_finish(&a);
	return code;
}
