/*
 * The modes in which a line is typed: a message, a late start.
 * While text is typed nothing but text happens.
 */
#include "pane.h"

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

void
line_paste(struct ui *u, struct str text)
{
	if (edit_insert(&u->edit, text) == EDIT_FULL)
		say(u, str_of(_("the line is full; the rest was left out")), true);
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

const struct mode_ops mode_message = {message_key, line_paste, NULL, N_("to the chairs")};
const struct mode_ops mode_late = {late_key, line_paste, NULL, N_("began how long ago?")};
