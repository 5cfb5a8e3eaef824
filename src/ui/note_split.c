/*
 * Text that is larger than a note, and text that is pasted where no note is
 * being typed. Neither is lost, neither is taken for keys, and nothing is
 * saved by itself.
 */
#include "pane.h"

#include <stdlib.h>
#include <string.h>

#include "dais/text.h"
#include "dais/utf8.h"

/* ---- pieces ---- */

static bool
ends_sentence(uint32_t c, struct str rest)
{
	static const uint32_t full[] = {0x3002, 0xff01, 0xff1f, 0xff1b, 0x2026};
	for (size_t i = 0; i < sizeof full / sizeof *full; i++)
		if (c == full[i])
			return true;
	/* 3.5 and e.g. are no ends. */
	return (c == '.' || c == '!' || c == '?') && rest.n && (rest.p[0] == ' ' || rest.p[0] == '\n');
}

size_t
note_cut(struct str text, size_t limit)
{
	size_t end = limit;
	if (text.n <= limit)
		return text.n;
	while (end > 0 && ((unsigned char)text.p[end] & 0xc0) == 0x80)
		end--;
	size_t start = text_prev(text, text_next(text, end));
	if (start < end)
		end = start;
	return end ? end : limit;
}

size_t
note_piece(struct str text, size_t limit)
{
	if (text.n <= limit)
		return text.n;
	size_t line = 0, sentence = 0;
	for (size_t at = 0, n = 0; at < limit; at += n) {
		uint32_t c = 0;
		n = utf8_read(str_from(text, at), &c);
		n = n ? n : 1;
		if (at + n > limit)
			break;
		if (c == '\n')
			line = at + n;
		else if (ends_sentence(c, str_from(text, at + n)))
			sentence = at + n;
	}
	/* A line end far up would leave a small piece and more of them. */
	if (line > limit / 2)
		return line;
	if (sentence > limit / 2)
		return sentence;
	return note_cut(text, limit);
}

static size_t
count_pieces(struct str text)
{
	size_t pieces = 0;
	while ((text = str_trim(text)).n) {
		text = str_from(text, note_piece(text, EVENT_NOTE_MAX));
		pieces++;
	}
	return pieces;
}

/* ---- a note that is too large ---- */

static struct str
kib(struct ui *u, size_t n)
{
	return FILL(u, "{0} KiB", ui_number(u, (int64_t)((n + 1023) / 1024)));
}

/* All pieces are marked as the whole was, and are of the same person. */
static void
split(struct ui *u)
{
	struct str whole = str_trim(arena_str(&u->scratch, buf_view(&u->edit.text)));
	const struct session_note *note = note_of(u, u->note);
	struct note_reading is = note_read(u, whole, note ? note->person : STR_NONE);
	struct str rest = str_trim(str_from(whole, is.prefix));
	size_t count = 0;
	u->mode = MODE_NOTE;
	while (rest.n) {
		struct buf line = {0};
		size_t n = note_piece(rest, EVENT_NOTE_MAX);
		is.text = str_trim(str_upto(rest, n));
		note_line(&line, u->note, &is);
		bool refused = ask(u, buf_view(&line)) != REFUSAL_NONE;
		buf_finish(&line);
		if (refused)
			break;
		count++;
		u->note = EVENT_NO;
		rest = str_trim(str_from(rest, n));
	}
	edit_set(&u->edit, rest);
	if (!rest.n)
		say(u, FILL(u, _("{0} notes were made of it"), ui_number(u, (int64_t)count)), false);
}

void
note_ask_split(struct ui *u)
{
	struct str text = str_trim(buf_view(&u->edit.text));
	struct str pieces = ui_number(u, (int64_t)count_pieces(text));
	dialog_start(u, str_of(_("Too long for one note")),
		FILL(u, _("A note holds {0}, and this text has {1}. It can become {2} notes, parted "
			  "where lines or sentences end."),
			kib(u, EVENT_NOTE_MAX), kib(u, text.n), pieces));
	dialog_add_then(u, _("Keep writing"), note_back);
	struct str label = arena_str(&u->scratch, FILL(u, _("Make {0} notes"), pieces));
	dialog_add_then(u, label.p, split);
	dialog_show(u);
}

void
note_check_size(struct ui *u)
{
	struct str text = str_trim(buf_view(&u->edit.text));
	if (text.n <= EVENT_NOTE_MAX)
		return;
	say(u, FILL(u, _("a note holds {0}, this text has {1}: shorten it, or Enter offers to split it"),
		kib(u, EVENT_NOTE_MAX), kib(u, text.n)), true);
}

/* ---- pasted where nothing is typed ---- */

static void
open_pasted(struct ui *u)
{
	note_with(u, buf_view(&u->noting.pasted));
	buf_reset(&u->noting.pasted);
	note_check_size(u);
}

void
note_paste_asks(struct ui *u, struct str text)
{
	enum { SHOWN_COLUMNS = 150 };
	if (!str_trim(text).n || seat_refuses(u, &command_rows()[CMD_NOTE_ADD]))
		return;
	if (session_closed(u->s)) {
		say(u, str_of(_("the session is closed; nothing follows")), true);
		return;
	}
	buf_reset(&u->noting.pasted);
	buf_str(&u->noting.pasted, text);
	dialog_start(u, str_of(_("Note this?")), ui_fit(u, str_trim(text), SHOWN_COLUMNS));
	dialog_add(u, _("Leave it"), STR_NONE, false);
	dialog_add_then(u, _("Open it as a note"), open_pasted);
	dialog_show(u);
}
