/*
 * Notes as they are typed: many, one after the other, each of one line or of
 * several. Before anything is saved the prompt says whose note it will be and
 * how it is marked; what is not saved is kept as a draft.
 */
#include "pane.h"

#include <stdlib.h>
#include <string.h>

#include "dais/text.h"

enum { HEAD_BYTES = 1024 };

/* ---- what the session would make of it ---- */

static bool
would_note(struct ui *u, struct command *c, struct note_reading *out)
{
	struct events list = {0};
	struct refused no = {0};
	c->seat = SEAT_CHAIR;
	c->t = u->t;
	c->basis = c->number = EVENT_NO;
	bool ok = !session_decide(u->s, c, &list, &no) && list.n;
	if (ok) {
		const struct event *e = &list.items[list.n - 1];
		*out = (struct note_reading){e->note.mark, arena_str(&u->scratch, e->note.person),
			arena_str(&u->scratch, e->note.text), 0};
	}
	events_finish(&list);
	return ok;
}

struct note_reading
note_read(struct ui *u, struct str text, struct str person)
{
	struct note_reading out = {.mark = MARK_CLAIM, .person = person};
	struct buf head = {0};
	size_t n = note_cut(text, HEAD_BYTES);
	buf_str(&head, str_upto(text, n));
	/* A mark or a name alone is no note yet; what comes will make it one. */
	buf_char(&head, 'x');
	struct command c = {.verb = CMD_NOTE_ADD, .person = person, .text = buf_view(&head)};
	if (would_note(u, &c, &out))
		out.prefix = out.text.n <= n + 1 ? n + 1 - out.text.n : 0;
	buf_finish(&head);
	return out;
}

const char *
note_sign(enum event_mark mark)
{
	static const char *const signs[MARK_COUNT] = {[MARK_UNSET] = "", [MARK_CLAIM] = "",
		[MARK_QUESTION] = "?", [MARK_ACTION] = "!", [MARK_DECISION] = "=",
		[MARK_QUOTE] = "\"", [MARK_PRIVATE] = "~"};
	return signs[mark];
}

const struct session_note *
note_of(const struct ui *u, int64_t id)
{
	size_t n = session_note_count(u->s);
	for (size_t i = n; id != EVENT_NO && i-- > 0;) {
		const struct session_note *note = session_note_at(u->s, i);
		if (note->id == id && !note->removed)
			return note;
	}
	return NULL;
}

static struct str
text_of(const struct ui *u)
{
	return buf_view(&u->edit.text);
}

/* Whom a note that is being edited is about; of a new one the text tells. */
static struct str
person_of(const struct ui *u)
{
	const struct session_note *note = note_of(u, u->note);
	return note ? note->person : STR_NONE;
}

struct str
note_prompt(struct ui *u, int columns)
{
	enum { NAME_COLUMNS = 16 };
	struct note_reading is = note_read(u, text_of(u), person_of(u));
	struct str who = ui_fit(u, word_name(u, is.person), NAME_COLUMNS);
	struct str sign = str_of(note_sign(is.mark));
	struct str word = str_of(u->note == EVENT_NO ? _("note") : _("edit note"));
	/* What is typed needs room more than its name does. */
	for (int drop = 0; drop < 3; drop++) {
		struct str all = ui_join(u, drop < 1 ? word : STR_NONE, STR(" "), drop < 2 ? who : STR_NONE);
		all = ui_join(u, ui_join(u, all, STR(" "), sign), STR(" "), STR("› "));
		if (text_width(all) <= columns / 2)
			return all;
	}
	return columns > 2 ? STR("› ") : STR_NONE;
}

/* ---- beginning and leaving ---- */

static void
note_open(struct ui *u, struct str text, int64_t note)
{
	mode_enter(u, MODE_NOTE);
	buf_reset(&u->said);
	u->note = note_of(u, note) ? note : EVENT_NO;
	u->noting.goal = -1;
	u->noting.top = 0;
	edit_set(&u->edit, text);
}

void
note_start(struct ui *u)
{
	struct noting *n = &u->noting;
	if (!n->n) {
		note_open(u, STR_NONE, EVENT_NO);
		return;
	}
	struct draft d = n->drafts[--n->n];
	note_open(u, str_of(d.text), d.note);
	free(d.text);
}

void
note_with(struct ui *u, struct str text)
{
	note_open(u, text, EVENT_NO);
}

/* The text as it could be typed: its mark as its sign. Whose note it is does not change. */
static struct str
as_typed(struct ui *u, const struct session_note *note)
{
	struct str sign = str_of(note_sign(note->mark));
	return ui_join(u, sign, note->mark == MARK_QUOTE ? STR("") : STR(" "), note->text);
}

void
note_edit(struct ui *u, const struct session_note *note)
{
	note_open(u, as_typed(u, note), note->id);
}

static bool
unsaved(struct ui *u)
{
	const struct session_note *note = note_of(u, u->note);
	struct str text = str_trim(text_of(u));
	return text.n && !(note && str_eq(text, str_trim(as_typed(u, note))));
}

static void
note_leave(struct ui *u)
{
	bool keep = unsaved(u);
	if (keep) {
		struct noting *n = &u->noting;
		struct draft d = {str_dup(text_of(u)), u->note};
		VEC_PUSH(n->drafts, n->n, n->cap, d);
	}
	mode_leave(u);
	if (keep)
		say(u, FILL(u, _("draft kept; {0} brings it back"), key_word(u, "note")), false);
}

/* ---- saving ---- */

static void
saved(struct ui *u)
{
	bool edited = u->note != EVENT_NO;
	u->noting.top = 0;
	edit_clear(&u->edit);
	if (edited)
		mode_leave(u);
	if (edited)
		say(u, FILL(u, _("the note was changed; {0} undoes it"), key_word(u, "undo")), false);
	else
		notes_follow(u);
	if (!edited && !u->layout.at[PANE_NOTES].h)
		say(u, str_of(_("noted")), false);
}

void
note_line(struct buf *line, int64_t note, const struct note_reading *is)
{
	buf_puts(line, "note ");
	if (note != EVENT_NO) {
		buf_puts(line, "edit ");
		buf_int(line, note);
	} else {
		buf_puts(line, "add");
	}
	if (note == EVENT_NO && is->person.n) {
		buf_puts(line, " --person ");
		command_quote(line, is->person);
	}
	buf_puts(line, " --plain --mark ");
	buf_puts(line, event_mark_text(is->mark));
	buf_puts(line, " -- ");
	buf_str(line, is->text);
}

static void
save_edited(struct ui *u)
{
	struct note_reading is = {0};
	struct buf line = {0};
	struct command c = {.verb = CMD_NOTE_ADD, .person = person_of(u), .text = text_of(u)};
	/* Where the session will refuse it, it says why. */
	if (!would_note(u, &c, &is))
		is = (struct note_reading){MARK_CLAIM, STR_NONE, text_of(u), 0};
	note_line(&line, u->note, &is);
	if (!ask(u, buf_view(&line)) && u->mode == MODE_NOTE)
		saved(u);
	buf_finish(&line);
}

static void
publish(struct ui *u)
{
	u->mode = MODE_NOTE;
	save_edited(u);
}

void
note_back(struct ui *u)
{
	u->mode = MODE_NOTE;
}

/* Rubbing out a ~ opens to all what was for chairs: not without a question. */
static bool
asks_to_publish(struct ui *u)
{
	const struct session_note *note = note_of(u, u->note);
	if (!note || note->lane != LANE_CHAIRS)
		return false;
	if (note_read(u, text_of(u), note->person).mark == MARK_PRIVATE)
		return false;
	dialog_start(u, str_of(_("Show this note to everybody?")),
		str_of(_("It was for chairs only, and ~ is no longer before it.")));
	dialog_add_then(u, _("Keep writing"), note_back);
	dialog_add_then(u, _("Show it to everybody"), publish);
	dialog_show(u);
	return true;
}

static void
save(struct ui *u)
{
	struct str text = str_trim(text_of(u));
	if (!text.n && u->note == EVENT_NO) {
		mode_leave(u);
		return;
	}
	if (text.n - note_read(u, text, person_of(u)).prefix > EVENT_NOTE_MAX) {
		note_ask_split(u);
		return;
	}
	if (!text.n) {
		say(u, str_of(_("a note needs some text; x in the notes removes it")), true);
		return;
	}
	if (u->note != EVENT_NO && !note_of(u, u->note))
		u->note = EVENT_NO; /* removed by somebody meanwhile: what was typed becomes a new one */
	if (u->note != EVENT_NO) {
		if (!asks_to_publish(u))
			save_edited(u);
		return;
	}
	struct buf line = {0};
	buf_puts(&line, "note add -- ");
	buf_str(&line, text);
	if (!ask(u, buf_view(&line)) && u->mode == MODE_NOTE)
		saved(u);
	buf_finish(&line);
}

/* ---- keys ---- */

static void
move_row(struct ui *u, int by)
{
	struct noting *n = &u->noting;
	struct str text = text_of(u);
	wrap_make(&n->wrap, text, n->columns);
	size_t row = wrap_row_at(&n->wrap, u->edit.caret);
	if (n->goal < 0)
		n->goal = wrap_column_at(&n->wrap, text, u->edit.caret);
	if (by < 0 && row == 0)
		u->edit.caret = 0;
	else if (by > 0 && row + 1 == n->wrap.n)
		u->edit.caret = text.n;
	else
		u->edit.caret = wrap_place(&n->wrap, text, by < 0 ? row - 1 : row + 1, n->goal);
}

static void
note_key(struct ui *u, uint32_t key, unsigned mods)
{
	if (key == KEY_ESCAPE) {
		note_leave(u);
		return;
	}
	if (key == KEY_ENTER && !mods) {
		save(u);
		return;
	}
	if (key == KEY_PAGE_UP || key == KEY_PAGE_DOWN) {
		notes_page(u, key == KEY_PAGE_UP ? -1 : 1);
		return;
	}
	enum edit_did did = key == KEY_ENTER ? edit_insert(&u->edit, STR("\n"))
					     : edit_key(&u->edit, key, mods);
	if (did == EDIT_OLDER || did == EDIT_NEWER) {
		move_row(u, did == EDIT_OLDER ? -1 : 1);
		return;
	}
	u->noting.goal = -1;
	if (did == EDIT_FULL)
		say(u, str_of(_("there is no room for more; save it or shorten it")), true);
	else if (did == EDIT_CHANGED && u->said_bad)
		buf_reset(&u->said);
}

static void
note_paste(struct ui *u, struct str text)
{
	u->noting.goal = -1;
	if (edit_insert(&u->edit, text) == EDIT_FULL)
		say(u, str_of(_("there is no room for what was pasted; save or shorten what is here first")),
			true);
	else
		note_check_size(u);
}

/* ---- where it is typed ---- */

static int
wrap_in(struct ui *u, struct str prompt, int columns)
{
	/* The caret behind the last character has a cell of its own. */
	u->noting.columns = columns - text_width(prompt) - 1;
	if (u->noting.columns < 1)
		u->noting.columns = 1;
	wrap_make(&u->noting.wrap, text_of(u), u->noting.columns);
	return (int)(u->noting.wrap.n < ROWS_MAX ? u->noting.wrap.n : ROWS_MAX);
}

int
note_rows(struct ui *u, int columns)
{
	return u->mode == MODE_NOTE ? wrap_in(u, note_prompt(u, columns), columns) : 1;
}

/* The first row to show, so that the caret is seen and no row stays empty. */
static size_t
first_row(struct noting *n, size_t row, size_t h)
{
	if (n->wrap.n <= h)
		n->top = 0;
	else if (n->top + h > n->wrap.n)
		n->top = n->wrap.n - h;
	if (row < n->top)
		n->top = row;
	if (row >= n->top + h)
		n->top = row + 1 - h;
	return n->top;
}

void
note_paint(struct ui *u, struct grid *g, struct rect r)
{
	struct noting *n = &u->noting;
	struct str text = text_of(u), prompt = note_prompt(u, r.w);
	wrap_in(u, prompt, r.w);
	int x = text_width(prompt);
	size_t row = wrap_row_at(&n->wrap, u->edit.caret), h = r.h > 0 ? (size_t)r.h : 1;
	size_t top = first_row(n, row, h);
	draw_put(g, r, 0, 0, prompt, STYLE_ACCENT);
	if (n->wrap.n > h && r.h > 1)
		draw_fit(g, r, 0, 1, x - 1,
			FILL(u, "{0}/{1}", ui_number(u, (int64_t)row + 1), ui_number(u, (int64_t)n->wrap.n)),
			STYLE_FAINT);
	for (int y = 0; y < r.h && top + (size_t)y < n->wrap.n; y++)
		draw_put(g, r, x, y, wrap_text(&n->wrap, text, top + (size_t)y), STYLE_INPUT);
	/* Blanks that hang over the end of a row do not take the caret along. */
	int column = wrap_column_at(&n->wrap, text, u->edit.caret);
	if (column > r.w - x - 1)
		column = r.w - x - 1;
	draw_cursor(g, r, x + column, (int)(row - top));
}

void
note_finish(struct ui *u)
{
	for (size_t i = 0; i < u->noting.n; i++)
		free(u->noting.drafts[i].text);
	free(u->noting.drafts);
	wrap_finish(&u->noting.wrap);
	buf_finish(&u->noting.pasted);
}

const struct mode_ops mode_note = {note_key, note_paste, NULL, N_("note")};
