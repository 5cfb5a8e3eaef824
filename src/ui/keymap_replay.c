/*
 * The keys of a replay: one table, as that of the live console, but each key
 * is a line of the replay's own language. What would change a session is not
 * there; whoever tries it is told so.
 */
#include "pane.h"

static const struct binding keys[] = {
	{' ', N_("Space"), "toggle", ACT_NONE, 0, NOW_RUNNING, N_("pause"), N_("play, or stand still"), 1},
	{' ', N_("Space"), "toggle", ACT_NONE, 0, NOW_PAUSED, N_("play"), NULL, 1},
	{KEY_RIGHT, "→", "to +10s", ACT_NONE, 0, 0, NULL, N_("10 s on"), 0},
	{KEY_LEFT, "←", "to -10s", ACT_NONE, 0, 0, NULL, N_("10 s back"), 0},
	{'n', "n", "step turn", ACT_NONE, 0, 0, N_("next turn"), N_("to the next turn"), 3},
	{'p', "p", "step turn back", ACT_NONE, 0, 0, NULL, N_("to the turn before"), 0},
	{']', "]", "step segment", ACT_NONE, 0, 0, N_("next segment"), N_("to the next segment"), 5},
	{'[', "[", "step segment back", ACT_NONE, 0, 0, NULL, N_("to the segment before"), 0},
	{'.', ".", "step event", ACT_NONE, 0, 0, NULL, N_("to the next event"), 0},
	{',', ",", "step event back", ACT_NONE, 0, 0, NULL, N_("to the event before"), 0},
	{'+', "+", "pace faster", ACT_NONE, 0, 0, N_("faster"), N_("play twice as fast, up to 64×"), 4},
	{'=', "=", "pace faster", ACT_NONE, 0, 0, NULL, NULL, 0},
	{'-', "-", "pace slower", ACT_NONE, 0, 0, NULL, N_("play half as fast, down to 1×"), 0},
	{'g', "g", NULL, ACT_GO_TO, 0, 0, N_("go to"),
		N_("go to a time: 14:52, +3m, -30s, start, end"), 2},
	{'/', "/", NULL, ACT_FIND, 0, 0, N_("find"), N_("find in all notes and people, and go there"), 2},
	{'s', "s", "skip", ACT_NONE, 0, NOW_TALK, N_("skip silences"),
		N_("cut silences short, or play them as well"), 7},
	{'s', "s", "skip", ACT_NONE, 0, NOW_SKIPS, N_("play silences"), NULL, 7},
	{KEY_HOME, N_("Home"), "to start", ACT_NONE, 0, 0, NULL, N_("to the start"), 0},
	{KEY_END, N_("End"), "to end", ACT_NONE, 0, 0, NULL, N_("to the end"), 0},
	{'f', "f", "follow", ACT_NONE, 0, NOW_OPEN, N_("follow"),
		N_("go along with the session that runs"), 2},
	{KEY_ENTER, N_("Enter"), NULL, ACT_ACT, 0, 0, N_("go there"),
		N_("go to the chosen row: where the segment begins, the note was taken, that person speaks next"), 6},
	{':', ":", NULL, ACT_COMMAND, 0, 0, N_("command"), N_("type a command"), 8},
	{'S', "S", NULL, ACT_SUMMARY, 0, 0, NULL, N_("what the session had come to by then"), 0},
	{'M', "M", NULL, ACT_MESSAGES, 0, 0, NULL, N_("read again what was said below"), 0},
	{KEY_TAB, N_("Tab"), NULL, ACT_FOCUS_NEXT, 1, 0, NULL, N_("go to the next pane"), 0},
	{'1', "1", NULL, ACT_FOCUS, PANE_AGENDA, 0, NULL, N_("go to the agenda"), 0},
	{'2', "2", NULL, ACT_FOCUS, PANE_POINT, 0, NULL, N_("go to the point"), 0},
	{'3', "3", NULL, ACT_FOCUS, PANE_FLOOR, 0, NULL, N_("go to the floor"), 0},
	{'4', "4", NULL, ACT_FOCUS, PANE_QUEUE, 0, NULL, N_("go to the queue"), 0},
	{'5', "5", NULL, ACT_FOCUS, PANE_NOTES, 0, NULL, N_("go to the notes"), 0},
	{'z', "z", NULL, ACT_ZOOM, 0, 0, NULL, N_("only this pane, or all again"), 0},
	{'t', "t", NULL, ACT_THEME, 0, 0, NULL, N_("the next theme"), 0},
	{'T', "T", NULL, ACT_THEMES, 0, 0, NULL, N_("choose a theme from a list"), 0},
	{'j', "j", NULL, ACT_STEP, 1, 0, NULL, N_("choose the row below"), 0},
	{'k', "k", NULL, ACT_STEP, -1, 0, NULL, N_("choose the row above"), 0},
	{KEY_DOWN, "↓", NULL, ACT_STEP, 1, 0, NULL, NULL, 0},
	{KEY_UP, "↑", NULL, ACT_STEP, -1, 0, NULL, NULL, 0},
	{KEY_PAGE_DOWN, N_("PgDn"), NULL, ACT_PAGE, 1, 0, NULL, N_("a page down"), 0},
	{KEY_PAGE_UP, N_("PgUp"), NULL, ACT_PAGE, -1, 0, NULL, N_("a page up"), 0},
	{KEY_ESCAPE, N_("Esc"), NULL, ACT_ESCAPE, 0, 0, NULL, N_("leave what is open"), 0},
	{'q', "q", NULL, ACT_LEAVE, 0, 0, N_("leave"), N_("leave the replay"), 9},
	{'?', "?", NULL, ACT_HELP, 0, 0, N_("help"), N_("show every key and command"), 0},
};

const struct binding *
key_table_replay(size_t *n)
{
	*n = sizeof keys / sizeof *keys;
	return keys;
}

unsigned
now_flags_replay(const struct ui *u)
{
	const struct ui_replay *is = &u->replay;
	unsigned now = is->playing ? NOW_RUNNING : NOW_PAUSED;
	now |= is->skips ? NOW_SKIPS : NOW_TALK;
	return now | (is->runs && !is->follows ? NOW_OPEN : 0);
}

/* ---- Enter ---- */

static void
act_agenda(struct ui *u)
{
	size_t n;
	const struct session_segment *all = session_segments(u->s, &n);
	size_t at = u->segment < n ? u->segment : session_segment_now(u->s);
	if (n)
		ask_replay_id(u, "segment ", all[at < n ? at : 0].id, "");
}

static void
act_notes(struct ui *u)
{
	struct line line;
	if (!notes_chosen(u, &line))
		return;
	if (line.note)
		ask_replay_number(u, "note", line.note->id);
	else
		ask_replay_number(u, "moment", line.t);
}

void
act_replay(struct ui *u, int pane)
{
	const struct session_entry *e = queue_chosen(u);
	const struct session_turn *turn = session_floor(u->s);
	if (pane == PANE_AGENDA)
		act_agenda(u);
	else if (pane == PANE_NOTES)
		act_notes(u);
	else if (pane == PANE_QUEUE && e)
		ask_replay_id(u, "person ", e->person, "");
	else if (pane == PANE_QUEUE)
		say(u, str_of(_("Nobody waits.")), false);
	else if (pane == PANE_FLOOR && turn && !award_shown(u))
		card_open(u, turn->person);
}

/* ---- what comes from the keyboard ---- */

static bool
would_change(uint32_t key)
{
	size_t n;
	const struct binding *live = key_table_live(&n);
	for (size_t i = 0; i < n; i++)
		if (live[i].key == key)
			return true;
	return false;
}

void
key_replay(struct ui *u, uint32_t key)
{
	buf_reset(&u->said);
	for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
		if (keys[i].key != key)
			continue;
		if (keys[i].line)
			ask_replay(u, str_of(keys[i].line));
		else if (keys[i].act == ACT_ACT)
			act_replay(u, (int)u->focus);
		else
			act_do(u, keys[i].act, keys[i].arg);
		return;
	}
	if (would_change(key))
		say_fixed(u);
}
