/*
 * Leaving a session and coming back to it: what goes on meanwhile, what may
 * be lost, and what the time in between did to the clock of whoever spoke.
 */
#include "pane.h"

enum { GAP_MIN_MS = 10000 }; /* below that a correction is not worth a question */

static struct str
and_then(struct ui *u, struct str a, struct str b)
{
	return a.n && b.n ? FILL(u, _("{0} {1}"), a, b) : a.n ? a : b;
}

static struct str
unsaved_text(struct ui *u)
{
	struct str since = ui_wall(u, session_wall(u->s, u->acting.unsaved_t), false);
	struct str args[] = {since, ui_number(u, (int64_t)u->status.unsaved), u->status.trouble};
	const char *text = i18n_plural("NOT SAVED since {0}, {1} record: {2}. Leaving now may lose it.",
		"NOT SAVED since {0}, {1} records: {2}. Leaving now may lose them.",
		u->status.unsaved);
	return ui_fill(u, text, args, 3);
}

/* What goes on, or does not, while nobody hosts. */
static struct str
meanwhile_text(struct ui *u)
{
	const struct session_turn *turn = now_turn(u);
	size_t others = u->status.consoles;
	struct str n = ui_number(u, (int64_t)others), text = STR_NONE;
	if (turn && turn->state == TURN_RUNNING)
		text = FILL(u, _("The clock of {0} goes on meanwhile."), word_name(u, turn->person));
	if (others)
		text = and_then(u, text,
			ui_fill(u, i18n_plural("{0} other console is cut off until then.",
					   "{0} other consoles are cut off until then.", others),
				&n, 1));
	return text;
}

/* From a session that goes on elsewhere. */
static void
ask_to_part(struct ui *u)
{
	struct str n = ui_number(u, (int64_t)u->joined.unsent);
	struct str text = str_of(_("The session goes on without this console; you can join it again."));
	const char *waits = i18n_plural("{0} note waits for the line: it is kept here, and sent when you join again.",
		"{0} notes wait for the line: they are kept here, and sent when you join again.",
		u->joined.unsent);
	if (u->joined.unsent)
		text = and_then(u, text, ui_fill(u, waits, &n, 1));
	dialog_start(u, str_of(_("Leave this console?")), text);
	dialog_add(u, _("Stay"), STR_NONE, false);
	dialog_add(u, _("Leave"), STR_NONE, true);
	dialog_show(u);
}

void
ask_to_leave(struct ui *u)
{
	if (u->is_joined) {
		ask_to_part(u);
		return;
	}
	if (u->replaying.is) {
		u->calls.leave(u->calls.ctx);
		return;
	}
	struct str text = str_of(_("The session is kept and can be resumed where it stood."));
	if (u->status.not_saved)
		text = unsaved_text(u);
	else if (session_closed(u->s))
		text = str_of(_("The session is closed; its log is kept."));
	if (!session_closed(u->s))
		text = and_then(u, text, meanwhile_text(u));
	dialog_start(u,
		u->status.not_saved ? str_of(_("Leave although not everything is saved?"))
				    : str_of(_("Leave this console?")),
		text);
	dialog_add(u, _("Stay"), STR_NONE, false);
	dialog_add(u, u->status.not_saved ? _("Leave all the same") : _("Leave"), STR_NONE, true);
	dialog_show(u);
}

/* What ends with the session, and what comes behind it. */
static struct str
close_text(struct ui *u)
{
	size_t waiting;
	const struct session_turn *turn = now_turn(u);
	struct str text = str_of(_("Closing ends the session for good: nothing can follow it."));
	session_queue(u->s, &waiting);
	struct str n = ui_number(u, (int64_t)waiting);
	text = and_then(u, text, str_of(_("To go on later, leave with q instead.")));
	if (turn)
		text = and_then(u, text, FILL(u, _("{0} has the floor now."), word_name(u, turn->person)));
	if (waiting)
		text = and_then(u, text,
			ui_fill(u, i18n_plural("One still waits.", "{0} still wait.", waiting), &n, 1));
	return and_then(u, text, str_of(_("A summary comes next, and the report can be written.")));
}

void
ask_to_close(struct ui *u, struct str line)
{
	dialog_start(u, str_of(_("Close the session?")), close_text(u));
	dialog_add(u, _("Keep it open"), STR_NONE, false);
	dialog_add(u, _("Close the session"), line, false);
	dialog_show(u);
}

/* ---- coming back ---- */

static void
keep_clock(struct ui *u)
{
	mode_leave(u);
}

static void
take_back(struct ui *u)
{
	const struct session_turn *turn = now_turn(u);
	struct buf line = {0};
	mode_leave(u);
	if (!turn || turn->id != u->acting.gap_turn || turn->state != TURN_RUNNING) {
		say(u, str_of(_("another turn is on the floor by now; nothing was done")), true);
		return;
	}
	int64_t ms = session_turn_elapsed(turn, u->t) - u->acting.gap_ms;
	buf_printf(&line, "floor correct %llds", (long long)(ms > 0 ? (ms + 500) / 1000 : 0));
	ask(u, buf_view(&line));
	buf_finish(&line);
}

void
ui_resumed(struct ui *u, int64_t gap_ms)
{
	const struct session_turn *turn = now_turn(u);
	int64_t t = u->t > session_last_t(u->s) ? u->t : session_last_t(u->s);
	bool through = turn && turn->state == TURN_RUNNING && turn->resumed_t <= t - gap_ms;
	if (!through || gap_ms < GAP_MIN_MS || session_closed(u->s))
		return;
	struct str gap = ui_time(u, gap_ms), stands = ui_time(u, session_turn_elapsed(turn, t));
	struct str name = word_name(u, turn->person);
	u->acting.gap_ms = gap_ms;
	u->acting.gap_turn = turn->id;
	dialog_start(u, str_of(_("The clock went on")),
		FILL(u,
			_("The clock of {0} went on for {1} while nobody hosted, and stands at {2}. If "
			  "nobody spoke in that time, take it back."),
			name, gap, stands));
	dialog_add_then(u, _("Keep the clock"), keep_clock);
	dialog_add_then(u, _("Take the gap back"), take_back);
	dialog_show(u);
}
