/* What a session has for a place in a command line: its people, segments, those who wait, notes. */
#include "complete.h"

#include <string.h>

#include "dais/i18n.h"
#include "pane.h"

enum { EVENTS_MAX = 50, NOTES_MAX = 200, DISTANCES = 3, CONSOLES_MAX = 32 };

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

static bool
is_among(struct event_list ids, struct str id)
{
	for (size_t i = 0; i < ids.n; i++)
		if (str_eq(ids.items[i], id))
			return true;
	return false;
}

static bool
waits(const struct session *s, struct str id)
{
	size_t n;
	const struct session_entry *queue = session_queue(s, &n);
	for (size_t i = 0; i < n; i++)
		if (str_eq(queue[i].person, id))
			return true;
	return false;
}

/* Among people who fit as well: 0 for those whom this command is about now. */
static int
distance(const struct completing *c, const struct session_person *p)
{
	size_t n, now = session_segment_now(c->s);
	const struct session_segment *all = session_segments(c->s, &n);
	if (!c->row || now >= n)
		return 0;
	switch ((int)c->row->verb) {
	case CMD_FLOOR_GIVE:
		return !waits(c->s, p->id);
	case CMD_AWARD_GIVE:
		return !is_among(all[now].recipients, p->id) || session_awarded(c->s, now, p->id);
	case CMD_QUEUE_ADD:
		if (waits(c->s, p->id))
			return 2;
		return !is_among(all[now].invited, p->id) || p->point_spoken > 0;
	default:
		return 0;
	}
}

void
complete_person(struct completing *c, struct str before, struct str typed)
{
	size_t n = session_person_count(c->s);
	const struct session_person *first;
	for (size_t i = 0; i < n; i++) {
		const struct session_person *p = session_person_at(c->s, i);
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
		complete_add(c, kept(c, &quoted), p->name.n ? p->name : p->id, help,
			rank * DISTANCES + distance(c, p));
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
	size_t n = session_note_count(c->s);
	for (size_t i = n; i-- > 0 && c->out->n < NOTES_MAX;) {
		const struct session_note *note = session_note_at(c->s, i);
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

static void
add_console(struct completing *c, struct str name, struct str typed, struct str help, int rank)
{
	struct buf quoted = {0};
	command_quote(&quoted, name);
	struct str text = kept(c, &quoted);
	if (str_starts(name, typed))
		complete_add(c, text, name, help, rank);
}

/* Who is here; then consoles that were heard of, the last one first. */
void
complete_console(struct completing *c, struct str typed)
{
	struct str known[CONSOLES_MAX];
	size_t n = 0;
	for (size_t i = 0; c->with && i < c->with->who_n && n < CONSOLES_MAX; i++) {
		const struct ui_who *who = &c->with->who[i];
		known[n++] = who->name;
		bool me = str_eq(who->name, c->with->me);
		if (!me && (who->seat & (SEAT_STAGE | SEAT_OBSERVER)) == 0)
			add_console(c, who->name, typed, word_seat(who->seat), 0);
	}
	for (size_t i = session_event_count(c->s); i-- > 0 && n < CONSOLES_MAX;) {
		struct str by = session_event_at(c->s, i)->by;
		bool again = !by.n;
		for (size_t k = 0; k < n && !again; k++)
			again = str_eq(known[k], by);
		if (again)
			continue;
		known[n++] = by;
		add_console(c, by, typed, STR_NONE, 1);
	}
}
