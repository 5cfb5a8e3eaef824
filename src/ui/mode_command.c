/*
 * The command line: earlier lines, a list of what may stand at the caret, and
 * a sign under the place that was refused. A line that was refused stays, to be
 * put right.
 */
#include "pane.h"

#include "dais/text.h"
#include "dais/utf8.h"

void
command_start(struct ui *u, struct str line)
{
	mode_enter(u, MODE_COMMAND);
	edit_set(&u->edit, line);
}

void
command_wrong(struct ui *u, int column)
{
	struct str line = buf_view(&u->edit.text);
	uint32_t code;
	/* Columns count from where the command begins. */
	size_t at = line.n - str_trim(line).n, n;
	while (at > 0 && !str_eq(str_trim(str_from(line, at)), str_trim(line)))
		at--;
	for (int i = 1; i < column && (n = utf8_read(str_from(line, at), &code)) > 0; i++)
		at += n;
	u->wrong = at;
	u->edit.caret = 0;
	while (u->edit.caret < at)
		u->edit.caret = text_next(line, u->edit.caret);
}

static void
command_run(struct ui *u)
{
	struct str line = str_trim(buf_view(&u->edit.text));
	list_close(u);
	u->wrong = SIZE_MAX;
	if (!line.n) {
		mode_leave(u);
		return;
	}
	history_add(&u->history, line);
	if (u->calls.history)
		u->calls.history(u->calls.ctx, line);
	if (!ask(u, line) && u->mode == MODE_COMMAND)
		mode_leave(u);
}

static void
recall(struct ui *u, bool older)
{
	struct history *h = &u->history;
	struct str line;
	if (h->at == h->n) {
		buf_reset(&h->typed);
		buf_str(&h->typed, buf_view(&u->edit.text));
	}
	if (history_step(h, older, &line))
		edit_set(&u->edit, line);
}

static void
changed(struct ui *u)
{
	u->wrong = SIZE_MAX;
	u->history.at = u->history.n;
	if (u->said_bad)
		buf_reset(&u->said);
	list_typed(u);
}

static void
command_key(struct ui *u, uint32_t key, unsigned mods)
{
	if (list_key(u, key, mods))
		return;
	if (key == KEY_ENTER) {
		command_run(u);
	} else if (key == KEY_TAB) {
		list_open(u);
	} else if (key == 'r' && mods == MOD_CTRL) {
		list_open_past(u);
	} else if (key == KEY_ESCAPE || (key == KEY_BACKSPACE && !u->edit.text.n)) {
		/* Rubbing out the colon leaves the command line. */
		mode_leave(u);
	} else {
		enum edit_did did = edit_key(&u->edit, key, mods);
		if (did == EDIT_OLDER || did == EDIT_NEWER)
			recall(u, did == EDIT_OLDER);
		else if (did == EDIT_FULL)
			say(u, str_of(_("the line is full")), true);
		else if (did == EDIT_CHANGED)
			changed(u);
		else if (did == EDIT_MOVED)
			list_close(u);
	}
}

static void
command_paste(struct ui *u, struct str text)
{
	line_paste(u, text);
	changed(u);
}

static void
command_paint(struct ui *u, struct grid *g)
{
	list_paint(u, g);
}

const struct mode_ops mode_command = {command_key, command_paste, command_paint, N_("command")};
