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

static int64_t
time_or_never(bool there, int64_t t)
{
	return there ? t : INT64_MAX;
}

struct lines
note_lines(struct ui *u)
{
	struct lines all = {0};
	size_t notes_n, marks_n, messages_n, a = 0, b = 0, c = 0;
	const struct session_note *notes = session_notes(u->s, &notes_n);
	const struct session_mark *marks = session_marks(u->s, &marks_n);
	const struct session_message *messages = session_messages(u->s, &messages_n);
	while (a < notes_n || b < marks_n || c < messages_n) {
		int64_t ta = time_or_never(a < notes_n, a < notes_n ? notes[a].t : 0);
		int64_t tb = time_or_never(b < marks_n, b < marks_n ? marks[b].t : 0);
		int64_t tc = time_or_never(c < messages_n, c < messages_n ? messages[c].t : 0);
		if (ta <= tb && ta <= tc)
			add_note(u, &all, &notes[a++]);
		else if (tb <= tc)
			add_mark(&all, &marks[b++]);
		else
			add_message(&all, &messages[c++]);
	}
	return all;
}
