/* What a session has for a place in a command line: its people, segments, those who wait, notes. */
#include "complete.h"

#include <string.h>

#include "dais/i18n.h"
#include "pane.h"

enum { EVENTS_MAX = 50, NOTES_MAX = 200 };

static struct str
kept(struct completing *c, struct buf *b)
{
	struct str s = arena_str(c->a, buf_view(b));
	buf_finish(b);
	return s;
}

static struct str
number(struct completing *c, int64_t v)
{
	struct buf b = {0};
	buf_int(&b, v);
	return kept(c, &b);
}

static struct str
joined(struct completing *c, struct str a, const char *between, struct str b)
{
	if (!a.n || !b.n)
		return a.n ? a : b;
	struct buf out = {0};
	buf_str(&out, a);
	buf_puts(&out, between);
	buf_str(&out, b);
	return kept(c, &out);
}

static bool
holds(struct str s, struct str piece)
{
	return !piece.n || (s.n && memmem(s.p, s.n, piece.p, piece.n));
}

void
complete_person(struct completing *c, struct str before, struct str typed)
{
	size_t n;
	const struct session_person *people = session_people(c->s, &n), *first;
	for (size_t i = 0; i < n; i++) {
		const struct session_person *p = &people[i];
		int rank = match_person(p, typed);
		if (rank < 0)
			continue;
		/* Two of one name are told apart by their ids. */
		bool unique = p->name.n && session_person_find(c->s, p->name, &first) == 1;
		struct buf whole = {0}, quoted = {0};
		buf_str(&whole, before);
		buf_str(&whole, unique ? p->name : p->id);
		command_quote(&quoted, buf_view(&whole));
		buf_finish(&whole);
		struct str help = joined(c, p->title, " ", p->affiliation);
		if (!unique)
			help = joined(c, p->id, " · ", help);
		complete_add(c, kept(c, &quoted), p->name.n ? p->name : p->id, help, rank);
	}
}

void
complete_segment(struct completing *c, struct str typed)
{
	size_t n;
	const struct session_segment *all = session_segments(c->s, &n);
	for (size_t i = 0; i < n; i++) {
		const struct session_segment *g = &all[i];
		bool by_id = str_starts(g->id, typed);
		if (!by_id && !holds(g->title, typed))
			continue;
		struct buf quoted = {0};
		command_quote(&quoted, g->id);
		complete_add(c, kept(c, &quoted), g->id,
			g->title.n ? g->title : str_of(word_kind(g->kind)), !by_id);
	}
}

void
complete_entry(struct completing *c, struct str typed)
{
	size_t n;
	const struct session_entry *queue = session_queue(c->s, &n);
	for (size_t i = 0; i < n; i++) {
		const struct session_entry *e = &queue[i];
		const struct session_person *p = session_person(c->s, e->person);
		struct str id = number(c, e->id);
		bool by_id = str_starts(id, typed);
		if (!by_id && (!p || match_person(p, typed) < 0))
			continue;
		struct str name = p && p->name.n ? p->name : e->person;
		complete_add(c, id, id, joined(c, name, " · ", word_as(e->as)), !by_id);
	}
}

void
complete_note(struct completing *c, struct str typed)
{
	size_t n;
	const struct session_note *notes = session_notes(c->s, &n);
	for (size_t i = n; i-- > 0 && c->out->n < NOTES_MAX;) {
		const struct session_note *note = &notes[i];
		struct str id = number(c, note->id);
		bool by_id = str_starts(id, typed);
		if (note->removed || (!by_id && !holds(note->text, typed)))
			continue;
		const struct session_person *p = session_person(c->s, note->person);
		struct str text = joined(c, p ? p->name : STR_NONE, ": ", note->text);
		complete_add(c, id, id, text, !by_id);
	}
}

void
complete_event(struct completing *c, struct str typed)
{
	size_t at = SIZE_MAX;
	while ((at = session_undoable(c->s, at)) != SIZE_MAX && c->out->n < EVENTS_MAX) {
		const struct event *e = session_event_at(c->s, at);
		struct str seq = number(c, e->seq), what = event_words(c->s, c->a, e);
		bool by_seq = str_starts(seq, typed);
		/* A number means an event of the session's log alone. */
		if (e->lane == LANE_SESSION && (by_seq || holds(what, typed)))
			complete_add(c, seq, seq, joined(c, what, " · ", e->by), !by_seq);
	}
}
