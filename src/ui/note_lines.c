/*
 * What was written down, in the order of time: notes, photos and moments,
 * messages to the chairs. What was removed is not among it. Their order is
 * worked out once for a state of the session; what a line says only when it
 * is looked at, as a long debate has more notes than a screen has rows.
 */
#include "pane.h"

static struct str
with_remark(struct ui *u, const struct session_note *note)
{
	static const char *const remarks[] = {NULL, N_("(chairs only)"), N_("(edited)"),
		N_("(chairs only, edited)"), N_("(late)"), N_("(chairs only, late)"), N_("(edited, late)"),
		N_("(chairs only, edited, late)")};
	const char *remark =
		remarks[(note->lane == LANE_CHAIRS) + 2 * note->edited + 4 * note->late];
	return remark ? ui_join(u, note->text, STR(" "), str_of(_(remark))) : note->text;
}

static struct line
of_note(struct ui *u, const struct session_note *note)
{
	static const enum style styles[MARK_COUNT] = {[MARK_QUESTION] = STYLE_WARNING,
		[MARK_ACTION] = STYLE_ALERT, [MARK_DECISION] = STYLE_GOOD,
		[MARK_QUOTE] = STYLE_ACCENT, [MARK_PRIVATE] = STYLE_REMOTE};
	return (struct line){note->t, note->segment, word_name(u, note->person),
		with_remark(u, note), note->text.n, word_writer(u, note->by), note_sign(note->mark),
		styles[note->mark], note};
}

static struct line
of_mark(const struct ui *u, const struct session_mark *mark)
{
	struct str text = mark->text;
	if (!text.n)
		text = mark->what == WHAT_PHOTO ? str_of(_("photo")) : str_of(_("moment"));
	return (struct line){
		mark->t, mark->segment, STR_NONE, text, text.n, word_writer(u, mark->by), "◆", STYLE_DIM, NULL};
}

size_t
written_segment(const struct ui *u, const struct lines *all, size_t i)
{
	const struct line_place *at = &all->items[i];
	/* A message stands where the line before it does. */
	while (at->what == LINE_MESSAGE && at > all->items)
		at--;
	if (at->what == LINE_NOTE)
		return session_note_at(u->s, at->place)->segment;
	return at->what == LINE_MARK ? session_mark_at(u->s, at->place)->segment : SIZE_MAX;
}

struct line
written_line(struct ui *u, const struct lines *all, size_t i)
{
	const struct line_place *at = &all->items[i];
	if (at->what == LINE_NOTE)
		return of_note(u, session_note_at(u->s, at->place));
	if (at->what == LINE_MARK)
		return of_mark(u, session_mark_at(u->s, at->place));
	const struct session_message *m = session_message_at(u->s, at->place);
	struct str to = m->to.n ? word_by(m->to) : str_of(_("chairs"));
	return (struct line){m->t, written_segment(u, all, i), to, m->text,
		m->text.n, word_writer(u, m->by), "›", STYLE_REMOTE, NULL};
}

/* ---- their order ---- */

static void
add(struct lines *all, enum line_what what, size_t place)
{
	struct line_place at = {(uint32_t)place, what};
	VEC_PUSH(all->items, all->n, all->cap, at);
}

/* From these notes, marks and messages on. */
static void
collect(struct lines *all, const struct session *s, size_t a, size_t b, size_t c)
{
	size_t notes = session_note_count(s), marks = session_mark_count(s);
	size_t messages = session_message_count(s);
	const struct session_note *note = a < notes ? session_note_at(s, a) : NULL;
	while (a < notes || b < marks || c < messages) {
		int64_t ta = note ? note->t : INT64_MAX;
		int64_t tb = b < marks ? session_mark_at(s, b)->t : INT64_MAX;
		int64_t tc = c < messages ? session_message_at(s, c)->t : INT64_MAX;
		if (note && ta <= tb && ta <= tc) {
			if (!note->removed)
				add(all, LINE_NOTE, a);
			a++;
			note = a < notes ? session_note_at(s, a) : NULL;
		} else if (tb <= tc) {
			add(all, LINE_MARK, b++);
		} else {
			add(all, LINE_MESSAGE, c++);
		}
	}
}

static int64_t
time_of(const struct session *s, const struct line_place *at)
{
	return at->what == LINE_NOTE   ? session_note_at(s, at->place)->t
	       : at->what == LINE_MARK ? session_mark_at(s, at->place)->t
				       : session_message_at(s, at->place)->t;
}

/* Takes off the lines of moment t and later, and those of what is not there any more. */
static void
keep_before(struct lines *all, const struct session *s, int64_t t)
{
	const size_t counts[] = {[LINE_NOTE] = session_note_count(s),
		[LINE_MARK] = session_mark_count(s), [LINE_MESSAGE] = session_message_count(s)};
	while (all->n > 0) {
		const struct line_place *last = &all->items[all->n - 1];
		if (last->place < counts[last->what] && time_of(s, last) < t)
			return;
		all->n--;
	}
}

/* How many of a kind come before moment t. */
static size_t
count_before(const struct session *s, enum line_what what, size_t count, int64_t t)
{
	struct line_place at = {(uint32_t)count, what};
	while (at.place > 0) {
		at.place--;
		if (time_of(s, &at) < t)
			return at.place + 1;
	}
	return 0;
}

/*
 * True where between two states of the session nothing happened to notes but
 * that more were taken: then the lines before moment t are the same in both.
 */
static bool
only_adds(const struct session *whole, size_t from, size_t to)
{
	enum { FEW = 2000 };
	if (to - from > FEW || to > session_event_count(whole))
		return false;
	for (size_t i = from; i < to; i++) {
		enum event_kind kind = session_event_at(whole, i)->kind;
		if (kind == EVENT_UNDO || kind == EVENT_NOTE_REMOVE)
			return false;
	}
	return true;
}

const struct lines *
note_lines(struct ui *u)
{
	struct lines *all = &u->lines;
	const struct session *s = u->s, *whole = session_sought(u);
	size_t events = session_event_count(s);
	size_t low = all->events < events ? all->events : events;
	size_t high = all->events < events ? events : all->events;
	bool same = all->made && low == high;
	if (!same && all->made && only_adds(whole, low, high)) {
		int64_t t = low < session_event_count(whole) ? session_event_at(whole, low)->t : 0;
		keep_before(all, s, t);
		collect(all, s, count_before(s, LINE_NOTE, session_note_count(s), t),
			count_before(s, LINE_MARK, session_mark_count(s), t),
			count_before(s, LINE_MESSAGE, session_message_count(s), t));
	} else if (!same) {
		all->n = 0;
		collect(all, s, 0, 0, 0);
	}
	all->made = true;
	all->events = events;
	return all;
}
