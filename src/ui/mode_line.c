/*
 * The modes in which a line is typed: a note, a message, a late start, a
 * command. While text is typed nothing but text happens.
 */
#include "pane.h"

#include <stdlib.h>

/* ---- what they share ---- */

static void
with_text(struct ui *u, const char *before, struct str text)
{
	struct buf line = {0};
	buf_puts(&line, before);
	buf_str(&line, text);
	if (!ask(u, buf_view(&line)) && u->mode != MODE_DIALOG)
		edit_clear(&u->edit);
	buf_finish(&line);
}

/* Takes a key if it is one of the line's. */
static bool
typed(struct ui *u, uint32_t key, unsigned mods)
{
	if (key == KEY_ESCAPE) {
		mode_leave(u);
		return true;
	}
	if (key == KEY_ENTER)
		return false;
	if (edit_key(&u->edit, key, mods) == EDIT_FULL)
		say(u, str_of(_("the line is full")), true);
	return true;
}

static void
line_paste(struct ui *u, struct str text)
{
	if (edit_insert(&u->edit, text) == EDIT_FULL)
		say(u, str_of(_("the line is full; the rest was left out")), true);
}

/* ---- notes: many, one after the other ---- */

void
note_edit(struct ui *u, const struct session_note *note)
{
	mode_enter(u, MODE_NOTE);
	u->note = note->id;
	edit_set(&u->edit, note->text);
}

static void
note_key(struct ui *u, uint32_t key, unsigned mods)
{
	if (typed(u, key, mods))
		return;
	struct str text = str_trim(buf_view(&u->edit.text));
	if (!text.n) {
		mode_leave(u);
		return;
	}
	if (u->note == EVENT_NO) {
		with_text(u, "note add -- ", text);
		return;
	}
	struct buf before = {0};
	buf_printf(&before, "note edit %lld -- ", (long long)u->note);
	with_text(u, before.p, text);
	buf_finish(&before);
	if (!u->edit.text.n)
		mode_leave(u);
}

/* ---- a message to the other chairs ---- */

static void
message_key(struct ui *u, uint32_t key, unsigned mods)
{
	if (typed(u, key, mods))
		return;
	struct str text = str_trim(buf_view(&u->edit.text));
	if (text.n)
		with_text(u, "message send -- ", text);
	if (!u->edit.text.n || !text.n)
		mode_leave(u);
}

/* ---- a late start ---- */

static void
late_key(struct ui *u, uint32_t key, unsigned mods)
{
	if (typed(u, key, mods))
		return;
	struct str text = str_trim(buf_view(&u->edit.text));
	int64_t seconds;
	struct buf line = {0};
	if (text.n) {
		buf_puts(&line, "floor correct ");
		/* A bare number is seconds. */
		if (str_int(text, &seconds)) {
			buf_int(&line, seconds);
			buf_char(&line, 's');
		} else {
			command_quote(&line, text);
		}
	}
	if (!text.n || (!ask(u, buf_view(&line)) && u->mode != MODE_DIALOG))
		mode_leave(u);
	buf_finish(&line);
}

/* ---- commands, with a history ---- */

static void
remember(struct history *h, struct str line)
{
	if (h->n && str_eq(str_of(h->lines[h->n - 1]), line))
		return;
	char *kept = str_dup(line);
	VEC_PUSH(h->lines, h->n, h->cap, kept);
}

static void
recall(struct ui *u, bool older)
{
	struct history *h = &u->history;
	if (older ? h->at == 0 : h->at == h->n)
		return;
	if (h->at == h->n) {
		buf_reset(&u->ghost);
		buf_str(&u->ghost, buf_view(&u->edit.text));
	}
	h->at += older ? SIZE_MAX : 1;
	edit_set(&u->edit, h->at == h->n ? buf_view(&u->ghost) : str_of(h->lines[h->at]));
}

static void
command_run(struct ui *u)
{
	struct str line = str_trim(buf_view(&u->edit.text));
	if (!line.n) {
		mode_leave(u);
		return;
	}
	remember(&u->history, line);
	u->history.at = u->history.n;
	if (!ask(u, line) && u->mode != MODE_DIALOG)
		mode_leave(u);
}

static void
command_key(struct ui *u, uint32_t key, unsigned mods)
{
	if (key == KEY_ESCAPE) {
		mode_leave(u);
		return;
	}
	if (key == KEY_ENTER) {
		command_run(u);
		return;
	}
	/* Rubbing out the colon leaves the command line. */
	if (key == KEY_BACKSPACE && !u->edit.text.n) {
		mode_leave(u);
		return;
	}
	enum edit_did did = edit_key(&u->edit, key, mods);
	if (did == EDIT_OLDER || did == EDIT_NEWER)
		recall(u, did == EDIT_OLDER);
	else if (did == EDIT_FULL)
		say(u, str_of(_("the line is full")), true);
	else if (did == EDIT_CHANGED && u->said_bad)
		buf_reset(&u->said);
}

const struct mode_ops mode_note = {note_key, line_paste, NULL, N_("note")};
const struct mode_ops mode_message = {message_key, line_paste, NULL, N_("to the chairs")};
const struct mode_ops mode_late = {late_key, line_paste, NULL, N_("began how long ago?")};
const struct mode_ops mode_command = {command_key, line_paste, NULL, N_("command")};
