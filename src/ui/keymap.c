/*
 * The keys of normal mode: one table, from which dispatch, hints and help are
 * made. A key is a command line wherever it can be. Full-width keys are taken
 * for the plain ones, so that an input method left on is no trap.
 */
#include "pane.h"

#include <string.h>

static const struct binding keys[] = {
	{' ', N_("Space"), "floor toggle", ACT_NONE, 0, NOW_RUNNING, N_("pause"),
		N_("start, pause or resume the clock of the floor"), 1},
	{' ', N_("Space"), "floor toggle", ACT_NONE, 0, NOW_PAUSED, N_("resume"), NULL, 1},
	{' ', N_("Space"), "floor toggle", ACT_NONE, 0, NOW_IDLE | NOW_NEXT, N_("start"), NULL, 1},
	{'n', "n", "floor next", ACT_NONE, 0, NOW_ACTIVE | NOW_NEXT, N_("next"),
		N_("end this turn and give the floor to whoever is next"), 2},
	{']', "]", "segment next", ACT_NONE, 0, NOW_BEFORE, N_("begin"), NULL, 1},
	{'w', "w", NULL, ACT_AWARD, 0, NOW_AWARD, N_("handed over"),
		N_("the next certificate was handed over"), 1},
	{'a', "a", NULL, ACT_ADD, AS_SPEECH, NOW_SEGMENT, N_("add"), N_("add a speaker to the queue"), 4},
	{'r', "r", NULL, ACT_ADD, AS_REPLY, NOW_SEGMENT, N_("reply"), N_("add a reply"), 7},
	{'o', "o", NULL, ACT_ADD, AS_ORDER, NOW_SEGMENT, N_("order"), N_("add a point of order"), 9},
	{'c', "c", NULL, ACT_ADD, AS_QUESTION, NOW_SEGMENT, NULL, N_("add a clarifying question"), 0},
	{'i', "i", NULL, ACT_NOTE, 0, NOW_OPEN, N_("note"), N_("note what is said"), 5},
	{'+', "+", "floor extend +30s", ACT_NONE, 0, NOW_ACTIVE, N_("extend"),
		N_("30 s more for this turn"), 6},
	{'-', "-", "floor extend -30s", ACT_NONE, 0, 0, NULL, N_("30 s less for this turn"), 0},
	{'=', "=", "floor extend +30s", ACT_NONE, 0, 0, NULL, NULL, 0},
	{'>', ">", "segment extend +1m", ACT_NONE, 0, 0, NULL, N_("1 min more for this segment"), 0},
	{'<', "<", "segment extend -1m", ACT_NONE, 0, 0, NULL, N_("1 min less for this segment"), 0},
	{'e', "e", "floor end", ACT_NONE, 0, NOW_ACTIVE, N_("end"),
		N_("end this turn; nobody has the floor then"), 12},
	{'l', "l", NULL, ACT_LATE, 0, 0, NULL, N_("this turn began earlier than the clock thinks"), 0},
	{KEY_ENTER, N_("Enter"), NULL, ACT_ACT, 0, 0, NULL,
		N_("act on the chosen row: {0}"), 0},
	{'x', "x", "queue remove @", ACT_NONE, 0, NOW_QUEUE, N_("remove"),
		N_("take the chosen entry out of the queue; in the notes, the chosen note"), 13},
	{'J', "J", "queue move @ down", ACT_NONE, 0, 0, NULL, N_("move the chosen entry down"), 0},
	{'K', "K", "queue move @ up", ACT_NONE, 0, 0, NULL, N_("move the chosen entry up"), 0},
	{']', "]", "segment next", ACT_NONE, 0, NOW_SEGMENT | NOW_MORE, N_("next segment"),
		N_("go to the next segment"), 10},
	{'[', "[", "segment prev", ACT_NONE, 0, 0, NULL, N_("go back to the segment before"), 0},
	{'u', "u", "undo", ACT_NONE, 0, NOW_SEGMENT, N_("undo"), N_("take back what was done last"), 11},
	{'U', "U", NULL, ACT_UNDO_LIST, 0, 0, NULL, N_("a list of what can be undone"), 0},
	{KEY_ENTER, N_("Enter"), NULL, ACT_ACT, 0, NOW_REMOTE, N_("queue"), NULL, 2},
	{'s', "s", NULL, ACT_LINK, 0, NOW_REMOTE, N_("ready/muted"),
		N_("how the line to the chosen speaker is: ready, muted, no answer, connecting"), 2},
	{'m', "m", NULL, ACT_MESSAGE, 0, 0, NULL, N_("write to the other chairs"), 0},
	{'h', "h", NULL, ACT_HERE, 0, NOW_JOINED, N_("who is here"), N_("show who is here, and on which seat"), 14},
	{'M', "M", NULL, ACT_MESSAGES, 0, 0, NULL, N_("read again what was said below"), 0},
	{'p', "p", "mark photo", ACT_NONE, 0, 0, NULL, N_("mark a photo for the record"), 0},
	{':', ":", NULL, ACT_COMMAND, 0, NOW_OPEN, N_("command"), N_("type a command"), 8},
	{'/', "/", NULL, ACT_FIND, 0, NOW_NOTES, N_("find"), N_("find in notes and people"), 4},
	{KEY_ENTER, N_("Enter"), NULL, ACT_ACT, 0, NOW_NOTES | NOW_OPEN, N_("edit"), NULL, 3},
	{'x', "x", NULL, ACT_NONE, 0, NOW_NOTES | NOW_OPEN, N_("remove"), NULL, 3},
	{KEY_TAB, N_("Tab"), NULL, ACT_FOCUS_NEXT, 1, 0, NULL, N_("go to the next pane"), 0},
	{'1', "1", NULL, ACT_FOCUS, PANE_AGENDA, 0, NULL, N_("go to the agenda"), 0},
	{'2', "2", NULL, ACT_FOCUS, PANE_POINT, 0, NULL, N_("go to the point"), 0},
	{'3', "3", NULL, ACT_FOCUS, PANE_FLOOR, 0, NULL, N_("go to the floor"), 0},
	{'4', "4", NULL, ACT_FOCUS, PANE_QUEUE, 0, NULL, N_("go to the queue"), 0},
	{'5', "5", NULL, ACT_FOCUS, PANE_NOTES, 0, NULL, N_("go to the notes"), 0},
	{'6', "6", NULL, ACT_FOCUS, PANE_REMOTE, 0, NULL, N_("go to the people online"), 0},
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
	{'S', "S", NULL, ACT_SUMMARY, 0, NOW_CLOSED, N_("summary"),
		N_("what the session came to, and its exports"), 1},
	{'q', "q", NULL, ACT_LEAVE, 0, NOW_CLOSED, N_("leave"), N_("leave this console"), 1},
	{'?', "?", NULL, ACT_HELP, 0, 0, N_("help"), N_("show every key and command"), 0},
};

const struct binding *
key_table_live(size_t *n)
{
	*n = sizeof keys / sizeof *keys;
	return keys;
}

const struct binding *
key_table(const struct ui *u, size_t *n)
{
	const struct keymap *own = u->replaying.is ? &u->keymap_replay : &u->keymap_live;
	*n = own->n;
	if (own->rows)
		return own->rows;
	return u->replaying.is ? key_table_replay(n) : key_table_live(n);
}

static unsigned
floor_flags(const struct ui *u)
{
	const struct session_turn *turn = now_turn(u);
	unsigned now = session_next(u->s).why != NEXT_NOBODY ? NOW_NEXT : 0;
	if (!turn)
		return now | NOW_IDLE;
	return now | NOW_ACTIVE | (turn->state == TURN_RUNNING ? NOW_RUNNING : NOW_PAUSED);
}

unsigned
now_flags(struct ui *u)
{
	if (u->replaying.is)
		return now_flags_replay(u);
	size_t waiting, n, at = session_segment_now(u->s);
	const struct session_segment *all = session_segments(u->s, &n);
	session_queue(u->s, &waiting);
	/* What x and Enter do there is done to a note. */
	unsigned notes = u->focus == PANE_NOTES && notes_any(u) ? NOW_NOTES : 0;
	notes |= u->is_joined ? NOW_JOINED : 0;
	if (session_closed(u->s))
		return NOW_CLOSED | notes;
	bool remote = u->focus == PANE_REMOTE;
	notes |= remote && remote_count(u) ? NOW_REMOTE : 0;
	if (at == SIZE_MAX)
		return NOW_OPEN | NOW_BEFORE | notes;
	unsigned now = NOW_OPEN | NOW_SEGMENT | floor_flags(u) | notes;
	if (remote ? remote_entry(u) != NULL : waiting && u->focus != PANE_NOTES)
		now |= NOW_QUEUE;
	if (award_next(u))
		now |= NOW_AWARD;
	for (size_t i = at + 1; i < n; i++)
		if (all[i].state != SEGMENT_SKIPPED)
			now |= NOW_MORE;
	return now;
}

/* ---- normal mode ---- */

/*
 * A key that is held down comes again and again. The floor is passed once for
 * one press, and one person taken out of the queue: nobody means that twice
 * within a second. Two segments can be meant in a row, but no finger is as
 * fast as a keyboard that repeats.
 */
static bool
repeats(struct ui *u, uint32_t key, const struct binding *b)
{
	static const struct {
		const char *line;
		int64_t ms;
	} once[] = {{"floor next", 750}, {"segment next", 80}, {"segment prev", 80},
		{"queue remove @", 750}};
	struct acting *a = &u->acting;
	int64_t since = a->clock_ms - a->pressed_ms;
	bool same = a->pressed == key && a->clock_ms > 0 && since >= 0;
	a->pressed = key;
	a->pressed_ms = a->clock_ms;
	for (size_t i = 0; same && i < sizeof once / sizeof *once; i++) {
		if (!b || !b->line || strcmp(once[i].line, b->line) != 0 || since >= once[i].ms)
			continue;
		say(u, str_of(_("that key came several times at once: done once")), true);
		return true;
	}
	return false;
}

/* Runs a key's command line, with the chosen entry in the place of @. */
static void
run_line(struct ui *u, struct str line)
{
	struct buf whole = {0};
	const struct session_entry *e = u->focus == PANE_REMOTE ? remote_entry(u) : queue_chosen(u);
	bool lacks = false;
	for (size_t i = 0; i < line.n; i++) {
		if (line.p[i] != '@')
			buf_char(&whole, line.p[i]);
		else if (e)
			buf_int(&whole, e->id);
		else
			lacks = true;
	}
	/* What is moved stays chosen. */
	if (e && str_starts(line, STR("queue move")))
		u->entry = e->id;
	if (lacks)
		say_nobody_waits(u);
	else
		ask(u, buf_view(&whole));
	buf_finish(&whole);
}

static void
give_award(struct ui *u)
{
	const struct session_person *p = award_next(u);
	if (p)
		award_give(u, p);
	else
		say(u, str_of(_("no certificate is waiting to be handed over")), true);
}

static void
step(struct ui *u, int by)
{
	if (pane_ops(u->focus)->step)
		pane_ops(u->focus)->step(u, by);
}

/* The people online are gone to by their number; where this console is for them, by Tab too. */
static void
focus_next(struct ui *u, int by)
{
	do {
		u->focus = (enum pane_id)((u->focus + by + PANE_FOCUSABLE) % PANE_FOCUSABLE);
	} while (u->focus == PANE_REMOTE && !remote_first(u));
}

static void
escape(struct ui *u)
{
	u->zoom = false;
	u->entry = EVENT_NO;
	notes_follow(u);
	u->segment = SIZE_MAX;
	u->side = remote_first(u) ? PANE_REMOTE : PANE_AGENDA;
	if (u->focus == PANE_AGENDA || u->focus == PANE_REMOTE)
		u->focus = u->side;
	buf_reset(&u->said);
}

/* Where a new speaker, note or message would be refused anyway, that is said before anything is typed. */
static bool
too_late(struct ui *u, enum act act)
{
	bool types = act == ACT_ADD || act == ACT_NOTE || act == ACT_MESSAGE || act == ACT_LATE;
	if (types && session_closed(u->s)) {
		say(u, str_of(_("the session is closed; nothing follows")), true);
		return true;
	}
	if (act == ACT_LATE && !now_turn(u)) {
		say(u, str_of(_("nobody has the floor")), true);
		return true;
	}
	return false;
}

static void
act_on_row(struct ui *u)
{
	/* After the close nothing can be done to a row any more. */
	if (session_closed(u->s))
		summary_open(u);
	else if (pane_ops(u->focus)->act)
		pane_ops(u->focus)->act(u);
}

void
act_do(struct ui *u, enum act act, int arg)
{
	static const enum mode_id opens[] = {[ACT_MESSAGE] = MODE_MESSAGE, [ACT_LATE] = MODE_LATE,
		[ACT_COMMAND] = MODE_COMMAND, [ACT_HELP] = MODE_HELP, [ACT_GO_TO] = MODE_GO_TO,
		[ACT_MESSAGES] = MODE_MESSAGES, [ACT_HERE] = MODE_HERE};
	if (too_late(u, act))
		return;
	switch (act) {
	case ACT_NONE:
		break;
	case ACT_ACT:
		act_on_row(u);
		break;
	case ACT_ADD:
		pick_start(u, (enum event_as)arg);
		break;
	case ACT_NOTE:
		note_start(u);
		break;
	case ACT_MESSAGE:
	case ACT_LATE:
	case ACT_COMMAND:
	case ACT_HELP:
	case ACT_GO_TO:
	case ACT_MESSAGES: case ACT_HERE:
		mode_enter(u, opens[act]);
		break;
	case ACT_LEAVE:
		ask_to_leave(u);
		break;
	case ACT_THEME:
		theme_next(u);
		break;
	case ACT_THEMES:
		theme_list(u);
		break;
	case ACT_ZOOM:
		u->zoom = !u->zoom;
		break;
	case ACT_FOCUS:
		u->focus = (enum pane_id)arg;
		break;
	case ACT_FOCUS_NEXT:
		focus_next(u, arg);
		break;
	case ACT_STEP:
		step(u, arg);
		break;
	case ACT_PAGE:
		step(u, arg * (u->layout.at[u->focus].h > 3 ? u->layout.at[u->focus].h - 2 : 1));
		break;
	case ACT_AWARD:
		give_award(u);
		break;
	case ACT_ESCAPE:
		escape(u);
		break;
	case ACT_FIND:
		find_start(u);
		break;
	case ACT_SUMMARY:
		summary_open(u);
		break;
	case ACT_UNDO_LIST:
		undo_start(u);
		break;
	case ACT_LINK:
		remote_link(u);
		break;
	}
}

uint32_t
key_plain(uint32_t key)
{
	if (key >= 0xff01 && key <= 0xff5e)
		return key - 0xff01 + '!';
	switch (key) {
	case 0x3000:
		return ' ';
	case 0x3010: /* what [ and ] give under a Chinese input method */
	case 0x300c:
		return '[';
	case 0x3011:
	case 0x300d:
		return ']';
	case 0x3002:
		return '.';
	case 0x3001:
		return '/';
	case 0x300a:
		return '<';
	case 0x300b:
		return '>';
	default:
		return key;
	}
}

static void
normal_key(struct ui *u, uint32_t key, unsigned mods)
{
	size_t n;
	const struct binding *rows = key_table(u, &n);
	key = key_plain(key);
	const struct binding *b = keymap_find(rows, n, key, mods);
	bool own = b && b->own;
	if (!own && key == KEY_TAB && mods == MOD_SHIFT) {
		act_do(u, ACT_FOCUS_NEXT, -1);
		return;
	}
	if (!own && mods & ~(unsigned)MOD_SHIFT && key != KEY_ENTER)
		return;
	if (!own && mods)
		b = keymap_find(rows, n, key, 0);
	if (u->replaying.is && !own) {
		key_replay(u, key);
		return;
	}
	if (!u->replaying.is && repeats(u, key, b))
		return;
	if (b && seat_refuses(u, seat_row(u, b)))
		return;
	if (!own && pane_ops(u->focus)->key && pane_ops(u->focus)->key(u, key))
		return;
	if (b && b->line)
		run_line(u, str_of(b->line));
	else if (b && b->act == ACT_ACT && u->replaying.is)
		act_replay(u, (int)u->focus);
	else if (b)
		act_do(u, b->act, b->arg);
}

const struct mode_ops mode_normal = {normal_key, note_paste_asks, NULL, NULL};
