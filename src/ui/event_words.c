/*
 * What was done, said as a noun: for a list of what can be taken back, the
 * sentence that says it was, and completion. Needs no screen.
 */
#include "complete.h"

#include <string.h>

#include "dais/text.h"
#include "pane.h"

struct words {
	const struct session *s;
	struct arena *a;
};

static struct str
fill(const struct words *w, const char *format, struct str arg)
{
	struct buf out = {0};
	i18n_fill(&out, format, &arg, 1);
	struct str kept = arena_str(w->a, buf_view(&out));
	buf_finish(&out);
	return kept;
}

static struct str
name_of(const struct words *w, struct str id)
{
	const struct session_person *p = session_person(w->s, id);
	return p && p->name.n ? p->name : id;
}

static struct str
names_of(const struct words *w, struct event_list ids)
{
	struct buf all = {0};
	for (size_t i = 0; i < ids.n; i++) {
		if (i)
			buf_puts(&all, _(", "));
		buf_str(&all, name_of(w, ids.items[i]));
	}
	struct str kept = arena_str(w->a, buf_view(&all));
	buf_finish(&all);
	return kept;
}

static struct str
time_of(const struct words *w, int64_t ms)
{
	struct buf out = {0};
	duration_put(&out, ms);
	struct str kept = arena_str(w->a, buf_view(&out));
	buf_finish(&out);
	return kept;
}

struct str
segment_words(const struct session *s, struct arena *a, const struct session_segment *g)
{
	struct words w = {s, a};
	struct buf number = {0};
	if (g->kind == SEGMENT_POINT) {
		i18n_ordinal(&number, g->number, i18n_chinese());
		struct str said = fill(&w, _("Point {0}"), buf_view(&number));
		buf_finish(&number);
		return said;
	}
	if (g->kind == SEGMENT_KEYNOTE && g->speakers.n)
		return fill(&w, _("Keynote {0}"), names_of(&w, g->speakers));
	if (g->kind == SEGMENT_AWARD || !g->title.n)
		return str_of(word_kind(g->kind));
	return g->title;
}

static struct str
title_of(const struct words *w, struct str id)
{
	size_t n;
	const struct session_segment *all = session_segments(w->s, &n);
	for (size_t i = 0; i < n; i++)
		if (str_eq(all[i].id, id))
			return segment_words(w->s, w->a, &all[i]);
	return id;
}

/* Whose entry it is, or was. */
static struct str
entry_name(const struct words *w, int64_t entry)
{
	for (size_t i = session_event_count(w->s); i-- > 0;) {
		const struct event *e = session_event_at(w->s, i);
		if (e->kind == EVENT_QUEUE_ADD && e->queue.entry == entry)
			return name_of(w, e->queue.person);
	}
	return STR_NONE;
}

static struct str
queue_words(const struct words *w, const struct event *e)
{
	struct str name = entry_name(w, e->queue.entry);
	if (e->kind == EVENT_QUEUE_MOVE)
		return name.n ? fill(w, _("the move of {0} in the queue"), name)
			      : str_of(_("the move in the queue"));
	return name.n ? fill(w, _("the removal of {0} from the queue"), name)
		      : str_of(_("the removal from the queue"));
}

static struct str
turn_words(const struct words *w, const struct event *e)
{
	switch ((int)e->kind) {
	case EVENT_TURN_START:
		return fill(w, _("the floor for {0}"), name_of(w, e->turn.person));
	case EVENT_TURN_PAUSE:
		return str_of(_("the pause"));
	case EVENT_TURN_RESUME:
		return str_of(_("going on"));
	case EVENT_TURN_EXTEND:
		return fill(w, _("the change of time by {0}"), time_of(w, e->turn.by));
	case EVENT_TURN_CORRECT:
		return str_of(_("the corrected start"));
	default:
		return str_of(_("the end of the turn"));
	}
}

static struct str
note_words(const struct words *w, const struct event *e)
{
	enum { TEXT_COLUMNS = 24 };
	size_t n = session_note_count(w->s);
	struct str note = e->note.text;
	for (size_t i = n; i-- > 0 && e->kind == EVENT_NOTE_REMOVE;) {
		const struct session_note *x = session_note_at(w->s, i);
		if (x->id == e->note.note && x->lane == e->lane)
			note = x->text;
	}
	if (!note.n)
		return str_of(_("the removal of a note"));
	struct buf text = {0};
	text_fit(&text, note, TEXT_COLUMNS);
	struct str said = e->kind == EVENT_NOTE_REMOVE
		? fill(w, _("the removal of the note “{0}”"), buf_view(&text))
		: fill(w, _("the note “{0}”"), buf_view(&text));
	buf_finish(&text);
	return said;
}

static struct str
agenda_words(const struct words *w, const struct event *e)
{
	if (e->kind == EVENT_SEGMENT_ENTER)
		return fill(w, _("going to {0}"), title_of(w, e->segment.segment));
	if (e->kind == EVENT_SEGMENT_SKIP)
		return fill(w, _("skipping {0}"), title_of(w, e->segment.segment));
	return fill(w, _("the change of time by {0}"), time_of(w, e->segment.by));
}

struct str
event_words(const struct session *s, struct arena *a, const struct event *e)
{
	struct words w = {s, a};
	switch ((int)e->kind) {
	case EVENT_CHAIR_PASS:
		return str_of(_("passing the chair"));
	case EVENT_SEGMENT_ENTER:
	case EVENT_SEGMENT_EXTEND:
	case EVENT_SEGMENT_SKIP:
		return agenda_words(&w, e);
	case EVENT_AGENDA_FIT:
		return str_of(_("fitting the agenda"));
	case EVENT_PERSON_ADD:
		return fill(&w, _("{0} on the roster"), e->person.name);
	case EVENT_PERSON_SET:
		return fill(&w, _("what was changed about {0}"), name_of(&w, e->person.person));
	case EVENT_QUEUE_ADD:
		return fill(&w, _("{0} in the queue"), name_of(&w, e->queue.person));
	case EVENT_QUEUE_MOVE:
	case EVENT_QUEUE_REMOVE:
		return queue_words(&w, e);
	case EVENT_QUEUE_CLOSE:
		return str_of(_("closing the list"));
	case EVENT_QUEUE_OPEN:
		return str_of(_("opening the list"));
	case EVENT_QUEUE_RULE:
		return str_of(_("the rule of the queue"));
	case EVENT_TURN_START:
	case EVENT_TURN_PAUSE:
	case EVENT_TURN_RESUME:
	case EVENT_TURN_EXTEND:
	case EVENT_TURN_CORRECT:
	case EVENT_TURN_END:
		return turn_words(&w, e);
	case EVENT_NOTE_ADD:
	case EVENT_NOTE_EDIT:
	case EVENT_NOTE_REMOVE:
		return note_words(&w, e);
	case EVENT_AWARD_GIVE:
		return fill(&w, _("the certificate for {0}"), name_of(&w, e->award.recipient));
	case EVENT_MARK_ADD:
		return str_of(_("the mark"));
	default:
		return str_of(_("what was done last"));
	}
}

struct str
ui_event_words(const struct session *s, struct arena *a, const struct event *e)
{
	return event_words(s, a, e);
}
