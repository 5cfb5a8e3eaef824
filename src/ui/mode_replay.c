/*
 * A replay in the console: where its position stands, its commands, and the
 * line in which a time is typed. The panes show the view as they show a
 * session; nothing that is done here reaches the log.
 */
#include "pane.h"

void
ui_replay(struct ui *u, const struct ui_replay *is)
{
	struct replaying *r = &u->replaying;
	bool first = !r->is, harmed = !str_eq(is->damage, buf_view(&r->damage));
	u->replay = *is;
	r->is = true;
	if (harmed) {
		buf_reset(&r->damage);
		buf_str(&r->damage, is->damage);
	}
	u->replay.damage = buf_view(&r->damage);
	u->t = is->t;
	u->dirty = true;
	u->seen = session_event_count(u->s);
	if (first)
		u->focus = u->tab = PANE_NOTES;
	/* Where no line is kept free for it, it is at least told. */
	if (harmed && is->damage.n)
		say(u, FILL(u, _("NOT TO BE TRUSTED: {0}"), is->damage), true);
}

void
replaying_finish(struct replaying *r)
{
	buf_finish(&r->damage);
	buf_finish(&r->waiting);
	timeline_finish(&r->line);
}

const struct session *
session_sought(const struct ui *u)
{
	return u->replaying.is ? u->replay.whole : u->s;
}

void
say_fixed(struct ui *u)
{
	struct str sentence = str_of(_("this is a replay: nothing can be changed"));
	if (!u->replaying.told_fixed) {
		u->replaying.told_fixed = true;
		say(u, sentence, true);
		return;
	}
	/* Shown again, but not written down a second time. */
	buf_reset(&u->said);
	buf_str(&u->said, sentence);
	u->said_bad = true;
}

/* ---- asking ---- */

static struct str
first_word(struct str line)
{
	size_t n = 0;
	line = str_trim(line);
	while (n < line.n && line.p[n] != ' ')
		n++;
	return str_upto(line, n);
}

static bool
knows(const struct ui *u, struct str word)
{
	for (size_t i = 0; i < u->replay.commands_n; i++)
		if (str_is(word, u->replay.commands[i].word))
			return true;
	return false;
}

/* A command of a live session, rightly written. */
static bool
is_live(struct str line)
{
	struct arena a = {0};
	struct command c = {0};
	struct refused no;
	bool read = command_parse(line, &a, &c, &no) == REFUSAL_NONE;
	arena_finish(&a);
	return read;
}

/* How it plays is no move: what is chosen stays chosen. */
static bool
moves(struct str word)
{
	static const char *const still[] = {"play", "pause", "toggle", "pace", "skip"};
	for (size_t i = 0; i < sizeof still / sizeof *still; i++)
		if (str_is(word, still[i]))
			return false;
	return true;
}

enum refusal
ask_replay(struct ui *u, struct str line)
{
	struct arena a = {0};
	struct refused no = {0};
	struct str word = first_word(line);
	if (!knows(u, word) && is_live(line)) {
		say_fixed(u);
		return REFUSAL_NOT_ALLOWED;
	}
	buf_reset(&u->said);
	enum refusal code = u->calls.command(u->calls.ctx, line, &a, &no);
	u->dirty = true;
	if (code && no.why) {
		say(u, ui_fill(u, _(no.why), no.args, no.n), true);
		if (u->mode == MODE_COMMAND && no.column > 0)
			command_wrong(u, no.column);
	} else if (!code && moves(word)) {
		notes_follow(u);
		u->segment = SIZE_MAX;
		u->entry = EVENT_NO;
	}
	arena_finish(&a);
	return code;
}

void
ask_replay_id(struct ui *u, const char *word, struct str id, const char *more)
{
	struct buf line = {0};
	buf_puts(&line, word);
	buf_str(&line, id);
	buf_puts(&line, more);
	ask_replay(u, buf_view(&line));
	buf_finish(&line);
}

void
ask_replay_number(struct ui *u, const char *word, int64_t n)
{
	struct buf line = {0};
	buf_puts(&line, word);
	buf_char(&line, ' ');
	buf_int(&line, n);
	ask_replay(u, buf_view(&line));
	buf_finish(&line);
}

/* ---- going to a time ---- */

static void
goto_key(struct ui *u, uint32_t key, unsigned mods)
{
	if (key == KEY_ESCAPE || (key == KEY_BACKSPACE && !u->edit.text.n)) {
		mode_leave(u);
		return;
	}
	if (key != KEY_ENTER) {
		enum edit_did did = edit_key(&u->edit, key, mods);
		if (did == EDIT_FULL)
			say(u, str_of(_("the line is full")), true);
		else if (did == EDIT_CHANGED)
			buf_reset(&u->said);
		return;
	}
	struct str text = find_folded(u, str_trim(buf_view(&u->edit.text)));
	struct buf line = {0};
	buf_puts(&line, "to ");
	buf_str(&line, text);
	if (!text.n || !ask_replay(u, buf_view(&line)))
		mode_leave(u);
	buf_finish(&line);
}

const struct mode_ops mode_goto = {goto_key, line_paste, NULL, N_("go to")};
