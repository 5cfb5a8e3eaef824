/*
 * One record that only another log holds, as a command that does it again: what
 * a note says in the end, not how it came to that; people by the id that both
 * logs know, or by name; and what had its sense in its moment says when that was.
 */
#include "dais/i18n.h"
#include "dais/text.h"
#include "dais/ui.h"
#include "orphans.h"

enum { TEXT_COLUMNS = 60 };

static struct str
kept(struct arena *a, struct buf *text)
{
	struct str s = arena_str(a, buf_view(text));
	buf_finish(text);
	return s;
}

static struct str
fill(struct arena *a, const char *format, struct str first, struct str second)
{
	struct buf text = {0};
	i18n_fill(&text, format, (struct str[]){first, second}, 2);
	return kept(a, &text);
}

static struct str
number(struct arena *a, int64_t v)
{
	struct buf digits = {0};
	buf_int(&digits, v);
	return kept(a, &digits);
}

static bool
is_tail(const struct orphan_past *p, const struct event *e)
{
	return e->lane <= LANE_CHAIRS && e->seq >= p->fork[e->lane];
}

/* Whom both logs know by this id; who came since is somebody else there and here. */
static struct str
person(const struct orphan_past *p, struct str id)
{
	for (size_t i = session_event_count(p->old); i-- > p->old_from;) {
		const struct event *e = session_event_at(p->old, i);
		if (e->kind == EVENT_PERSON_ADD && is_tail(p, e) && str_eq(e->person.person, id))
			return e->person.name;
	}
	return id;
}

static bool
turn_is_common(const struct orphan_past *p, int64_t turn)
{
	for (size_t i = p->old_from; i < session_event_count(p->old); i++) {
		const struct event *e = session_event_at(p->old, i);
		if (e->kind == EVENT_TURN_START && e->turn.turn == turn && is_tail(p, e))
			return false;
	}
	return session_turn(p->here, turn) != NULL;
}

static void
option(struct buf *line, const char *name, struct str value)
{
	buf_puts(line, name);
	command_quote(line, value);
}

const struct session_note *
orphan_note(const struct session *old, const struct event *e)
{
	for (size_t i = session_note_count(old); i-- > 0;) {
		const struct session_note *note = session_note_at(old, i);
		if (note->id == e->note.note && note->lane == e->lane)
			return note;
	}
	return NULL;
}

/* Changed and then removed is removed. */
static bool
is_removal(const struct session_note *note, const struct event *e)
{
	return e->kind == EVENT_NOTE_REMOVE || (e->kind == EVENT_NOTE_EDIT && note->removed);
}

static void
note_line(const struct orphan_past *p, const struct event *e, struct buf *line)
{
	const struct session_note *note = orphan_note(p->old, e);
	if (!note)
		return;
	if (is_removal(note, e)) {
		buf_puts(line, "note remove ");
		buf_int(line, note->id);
		return;
	}
	buf_puts(line, "note ");
	buf_puts(line, e->kind == EVENT_NOTE_ADD ? "add" : "edit ");
	if (e->kind == EVENT_NOTE_EDIT)
		buf_int(line, note->id);
	buf_puts(line, " --plain --mark ");
	buf_puts(line, event_mark_text(note->mark));
	if (e->kind == EVENT_NOTE_ADD && note->person.n)
		option(line, " --person ", person(p, note->person));
	/* On a turn that is only there: the same person's here, if anybody's. */
	bool common = note->turn && turn_is_common(p, note->turn);
	if (e->kind == EVENT_NOTE_ADD && (common || !note->person.n)) {
		buf_puts(line, " --turn ");
		buf_int(line, common ? note->turn : 0);
	}
	buf_puts(line, " -- ");
	buf_str(line, note->text);
}

static void
award_line(const struct orphan_past *p, const struct event *e, struct buf *line)
{
	struct buf names = {0};
	option(line, "award give ", person(p, e->award.recipient));
	for (size_t i = 0; i < e->award.presenters.n; i++) {
		buf_puts(&names, i ? "," : "");
		buf_str(&names, person(p, e->award.presenters.items[i]));
	}
	if (names.n)
		option(line, " --by ", buf_view(&names));
	buf_finish(&names);
}

static bool
is_corrected(const struct event *e)
{
	return e->person.name.n || e->person.title.p || e->person.affiliation.p || e->person.role;
}

static void
person_line(const struct orphan_past *p, const struct event *e, struct buf *line)
{
	bool add = e->kind == EVENT_PERSON_ADD;
	/* How somebody's line stands is news of its moment. */
	if (!add && !is_corrected(e))
		return;
	if (add)
		option(line, "people add ", e->person.name);
	else
		option(line, "people set ", person(p, e->person.person));
	if (!add && e->person.name.n)
		option(line, " --name ", e->person.name);
	if (e->person.title.p)
		option(line, " --title ", e->person.title);
	if (e->person.affiliation.p)
		option(line, " --affiliation ", e->person.affiliation);
	if (e->person.role) {
		buf_puts(line, " --role ");
		buf_puts(line, event_role_text(e->person.role));
	}
	if (add && e->person.attending) {
		buf_puts(line, " --");
		buf_puts(line, event_attending_text(e->person.attending));
	}
}

/* "2026-11-23T14:52:07+08:00" */
static struct str
clock_of(const struct event *e)
{
	return e->at.n >= 19 ? str_upto(str_from(e->at, 11), 8) : STR_NONE;
}

static void
moment_line(const struct event *e, struct buf *line)
{
	if (e->kind == EVENT_MARK_ADD) {
		buf_puts(line, "mark ");
		buf_puts(line, event_what_text(e->mark.what));
		buf_puts(line, " -- ");
		buf_str(line, clock_of(e));
		buf_puts(line, e->mark.text.n ? " " : "");
		buf_str(line, e->mark.text);
		return;
	}
	buf_puts(line, "message send");
	if (e->message.to.n)
		option(line, " --to ", e->message.to);
	buf_puts(line, " -- ");
	buf_str(line, e->by);
	buf_char(line, ' ');
	buf_str(line, clock_of(e));
	buf_puts(line, ": ");
	buf_str(line, e->message.text);
}

struct str
orphan_line(const struct orphan_past *p, const struct event *e, struct arena *a)
{
	struct buf line = {0};
	switch ((int)e->kind) {
	case EVENT_NOTE_ADD:
	case EVENT_NOTE_EDIT:
	case EVENT_NOTE_REMOVE:
		note_line(p, e, &line);
		break;
	case EVENT_AWARD_GIVE:
		award_line(p, e, &line);
		break;
	case EVENT_PERSON_ADD:
	case EVENT_PERSON_SET:
		person_line(p, e, &line);
		break;
	case EVENT_MARK_ADD:
	case EVENT_MESSAGE_SEND:
		moment_line(e, &line);
		break;
	default:
		break;
	}
	return line.n ? kept(a, &line) : STR_NONE;
}

/* ---- for a person ---- */

static struct str
short_text(struct arena *a, struct str text)
{
	struct buf out = {0};
	text_fit(&out, text, TEXT_COLUMNS);
	return kept(a, &out);
}

static struct str
note_words(const struct orphan_past *p, const struct event *e, struct arena *a)
{
	const struct session_note *note = orphan_note(p->old, e);
	if (!note)
		return ui_event_words(p->old, a, e);
	if (is_removal(note, e))
		return fill(a, _("the removal of the note “{0}”"), short_text(a, note->text), STR_NONE);
	const struct session_person *who = session_person(p->old, note->person);
	struct str text = short_text(a, note->text);
	if (note->lane == LANE_CHAIRS)
		return fill(a, _("the note for chairs “{0}”"), text, STR_NONE);
	if (e->kind == EVENT_NOTE_EDIT)
		return fill(a, _("another text of note {1}: “{0}”"), text,
			number(a, note->id));
	return who ? fill(a, _("the note “{0}” ({1})"), text, who->name)
		   : fill(a, _("the note “{0}”"), text, STR_NONE);
}

static struct str
undo_words(const struct orphan_past *p, const struct event *e, struct arena *a)
{
	for (size_t i = 0; i < session_event_count(p->old); i++) {
		const struct event *of = session_event_at(p->old, i);
		if (of->lane == e->lane && of->seq == e->undo.seq)
			return fill(a, _("taking back {0}"), ui_event_words(p->old, a, of), STR_NONE);
	}
	return str_of(_("taking something back"));
}

struct str
orphan_words(const struct orphan_past *p, const struct event *e, struct arena *a)
{
	switch ((int)e->kind) {
	case EVENT_NOTE_ADD:
	case EVENT_NOTE_EDIT:
	case EVENT_NOTE_REMOVE:
		return note_words(p, e, a);
	case EVENT_MARK_ADD:
		return fill(a, _("the mark {0}"), short_text(a, e->mark.text), STR_NONE);
	case EVENT_MESSAGE_SEND:
		return fill(a, _("the message “{0}” from {1}"), short_text(a, e->message.text), e->by);
	case EVENT_UNDO:
		return undo_words(p, e, a);
	case EVENT_SESSION_CLOSE:
		return str_of(_("the close of the session"));
	case EVENT_UNKNOWN:
		return e->name;
	default:
		return ui_event_words(p->old, a, e);
	}
}

/* ---- what was done here ---- */

static bool
same_subject(const struct event *a, const struct event *b)
{
	bool note = a->kind == EVENT_NOTE_EDIT || a->kind == EVENT_NOTE_REMOVE;
	if (note)
		return (b->kind == EVENT_NOTE_EDIT || b->kind == EVENT_NOTE_REMOVE) &&
		       a->lane == b->lane && a->note.note == b->note.note;
	return a->kind == EVENT_PERSON_SET && b->kind == EVENT_PERSON_SET && is_corrected(b) &&
	       str_eq(a->person.person, b->person.person);
}

bool
orphan_clashes(const struct orphan_past *p, const struct event *e)
{
	for (size_t i = session_event_count(p->here); i-- > p->here_from;) {
		const struct event *ours = session_event_at(p->here, i);
		if (is_tail(p, ours) && !session_event_undone(p->here, i) && same_subject(e, ours))
			return true;
	}
	return false;
}

/* After the close a note that was added has no id of an ask: what it says tells it. */
static bool
note_was_added(const struct orphan_past *p, const struct session_note *theirs)
{
	for (size_t i = session_event_count(p->here); i-- > p->here_from;) {
		const struct event *ours = session_event_at(p->here, i);
		if (ours->lane == LANE_AMENDS && ours->kind == EVENT_NOTE_ADD &&
			!session_event_undone(p->here, i) && str_eq(ours->note.text, theirs->text))
			return true;
	}
	return false;
}

static bool
note_is_so(const struct orphan_past *p, const struct event *e)
{
	const struct session_note *ours = orphan_note(p->here, e), *theirs = orphan_note(p->old, e);
	if (e->kind == EVENT_NOTE_ADD)
		return theirs && note_was_added(p, theirs);
	if (!ours || !theirs)
		return false;
	if (is_removal(theirs, e))
		return ours->removed;
	return str_eq(ours->text, theirs->text) && ours->mark == theirs->mark;
}

static bool
came_here_too(const struct orphan_past *p, struct str name)
{
	for (size_t i = session_event_count(p->here); i-- > p->here_from;) {
		const struct event *ours = session_event_at(p->here, i);
		if (ours->kind == EVENT_PERSON_ADD && is_tail(p, ours) &&
			!session_event_undone(p->here, i) && str_eq(ours->person.name, name))
			return true;
	}
	return false;
}

static bool
person_is_so(const struct orphan_past *p, const struct event *e)
{
	const struct session_person *ours = session_person(p->here, e->person.person);
	if (e->kind == EVENT_PERSON_ADD)
		return came_here_too(p, e->person.name);
	return ours && is_corrected(e) &&
	       str_eq(person(p, e->person.person), e->person.person) &&
	       (!e->person.name.n || str_eq(e->person.name, ours->name)) &&
	       (!e->person.title.p || str_eq(e->person.title, ours->title)) &&
	       (!e->person.affiliation.p || str_eq(e->person.affiliation, ours->affiliation)) &&
	       (!e->person.role || e->person.role == ours->role);
}

bool
orphan_is_so(const struct orphan_past *p, const struct event *e)
{
	size_t n;
	const struct session_segment *all;
	switch ((int)e->kind) {
	case EVENT_NOTE_ADD:
	case EVENT_NOTE_EDIT:
	case EVENT_NOTE_REMOVE:
		return note_is_so(p, e);
	case EVENT_PERSON_ADD:
	case EVENT_PERSON_SET:
		return person_is_so(p, e);
	case EVENT_AWARD_GIVE:
		all = session_segments(p->here, &n);
		for (size_t i = 0; i < n; i++)
			if (str_eq(all[i].id, e->award.segment))
				return session_awarded(p->here, i, e->award.recipient);
		return false;
	default:
		return false;
	}
}
