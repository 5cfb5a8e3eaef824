/*
 * What was written down, in the order of time: notes, photos and moments,
 * messages to the chairs. What was removed is not among it.
 */
#include "pane.h"

#include <stdlib.h>

static struct str
with_remark(struct ui *u, const struct session_note *note)
{
	bool chairs = note->lane == LANE_CHAIRS;
	if (!chairs && !note->edited)
		return note->text;
	const char *remark = !note->edited ? _("(chairs only)")
			     : chairs	    ? _("(chairs only, edited)")
					    : _("(edited)");
	return ui_join(u, note->text, STR(" "), str_of(remark));
}

static void
add_note(struct ui *u, struct lines *all, const struct session_note *note)
{
	static const enum style styles[MARK_COUNT] = {[MARK_QUESTION] = STYLE_WARNING,
		[MARK_ACTION] = STYLE_ALERT, [MARK_DECISION] = STYLE_GOOD,
		[MARK_QUOTE] = STYLE_ACCENT, [MARK_PRIVATE] = STYLE_REMOTE};
	if (note->removed)
		return;
	struct line line = {note->t, note->segment, word_name(u, note->person), with_remark(u, note),
		note->text.n, note->by, note_sign(note->mark), styles[note->mark], note};
	VEC_PUSH(all->items, all->n, all->cap, line);
}

static void
add_mark(struct lines *all, const struct session_mark *mark)
{
	struct str text = mark->text;
	if (!text.n)
		text = mark->what == WHAT_PHOTO ? str_of(_("photo")) : str_of(_("moment"));
	struct line line = {mark->t, mark->segment, STR_NONE, text, text.n, mark->by, "◆", STYLE_DIM, NULL};
	VEC_PUSH(all->items, all->n, all->cap, line);
}

static void
add_message(struct lines *all, const struct session_message *m)
{
	size_t segment = all->n ? all->items[all->n - 1].segment : SIZE_MAX;
	struct line line = {
		m->t, segment, str_of(_("chairs")), m->text, m->text.n, m->by, "›", STYLE_REMOTE, NULL};
	VEC_PUSH(all->items, all->n, all->cap, line);
}

struct lines
note_lines(struct ui *u)
{
	struct lines all = {0};
	size_t a = 0, b = 0, c = 0;
	size_t notes_n = session_note_count(u->s);
	size_t marks_n = session_mark_count(u->s);
	size_t messages_n = session_message_count(u->s);
	while (a < notes_n || b < marks_n || c < messages_n) {
		const struct session_note *note = a < notes_n ? session_note_at(u->s, a) : NULL;
		const struct session_mark *mark = b < marks_n ? session_mark_at(u->s, b) : NULL;
		const struct session_message *message =
			c < messages_n ? session_message_at(u->s, c) : NULL;
		int64_t ta = note ? note->t : INT64_MAX;
		int64_t tb = mark ? mark->t : INT64_MAX;
		int64_t tc = message ? message->t : INT64_MAX;
		if (ta <= tb && ta <= tc) {
			add_note(u, &all, note);
			a++;
		} else if (tb <= tc) {
			add_mark(&all, mark);
			b++;
		} else {
			add_message(&all, message);
			c++;
		}
	}
	return all;
}
