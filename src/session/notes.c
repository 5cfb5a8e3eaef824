/*
 * Notes: what was said, beside the turn that it was said in. A line may begin
 * with a mark and may name somebody else; both in full-width too, since that
 * is what a Chinese keyboard gives.
 */
#include <string.h>

#include "dais/utf8.h"
#include "internal.h"

/* The place of the newest note with this id that was not removed, or NOWHERE. */
static size_t
note_place(const struct state *st, int64_t id)
{
	const size_t *newest = pile_at(&st->lists[LIST_NOTED], (size_t)id);
	for (size_t at = newest ? *newest : 0; at; at = noted_at(st, at - 1)->before)
		if (!noted_at(st, at - 1)->note.removed)
			return at - 1;
	return NOWHERE;
}

const struct session_note *
notes_get(const struct state *st, int64_t id)
{
	size_t place = note_place(st, id);
	return place == NOWHERE ? NULL : &noted_at(st, place)->note;
}

static void
put(struct state *st, struct session_note note)
{
	size_t *newest = pile_mine(&st->lists[LIST_NOTED], (size_t)note.id);
	struct noted *x = pile_push(&st->lists[LIST_NOTES]);
	*x = (struct noted){note, *newest};
	*newest = list_n(st, LIST_NOTES);
}

/*
 * Whether it was typed while the line to the host was cut. A quotation mark
 * inside a value is escaped, so these bytes are a key.
 */
static bool
came_late(const struct event *e)
{
	for (size_t i = 0; i < e->extra.n; i++)
		if (str_starts(str_from(e->extra, i), STR("\"late\":")))
			return true;
	return false;
}

static const char *
fold_add(struct state *st, const struct event *e)
{
	if (e->note.person.n && !people_get(st, e->note.person))
		return N_("nobody has this id");
	/* Whoever corrects without the chairs' log cannot know the ids in it. */
	const struct session_note *taken = notes_get(st, e->note.note);
	if (taken && (e->lane != LANE_AMENDS || taken->lane != LANE_CHAIRS))
		return N_("a note's id is taken");
	/* Where the turn was taken back, the note stays. */
	const struct session_turn *turn = floor_turn(st, e->note.turn);
	put(st, ((struct session_note){.id = e->note.note,
			.t = e->t,
			.turn = turn ? turn->id : 0,
			.at = e->at,
			.by = e->by,
			.person = e->note.person,
			.text = e->note.text,
			.segment = turn ? turn->segment : st->now,
			.mark = e->note.mark ? e->note.mark : MARK_CLAIM,
			.lane = e->lane,
			.late = came_late(e)}));
	return NULL;
}

const char *
notes_fold(struct state *st, const struct event *e)
{
	if (e->kind == EVENT_NOTE_ADD)
		return fold_add(st, e);
	const struct session_note *old = notes_get(st, e->note.note);
	bool amends = old && e->lane == LANE_AMENDS && old->lane == LANE_SESSION;
	if (!old || (old->lane != e->lane && !amends))
		return N_("there is no such note");
	struct noted *x = pile_mine(&st->lists[LIST_NOTES], note_place(st, e->note.note));
	struct session_note *note = &x->note;
	if (e->kind == EVENT_NOTE_REMOVE) {
		note->removed = true;
		return NULL;
	}
	note->text = e->note.text;
	if (e->note.mark)
		note->mark = e->note.mark;
	note->edited = true;
	return NULL;
}

/* ---- deciding ---- */

static const struct {
	const char *text;
	enum event_mark mark;
} signs[] = {
	{"?", MARK_QUESTION},
	{"？", MARK_QUESTION},
	{"!", MARK_ACTION},
	{"！", MARK_ACTION},
	{"=", MARK_DECISION},
	{"＝", MARK_DECISION},
	{"\"", MARK_QUOTE},
	{"＂", MARK_QUOTE},
	{"“", MARK_QUOTE},
	{"~", MARK_PRIVATE},
	{"～", MARK_PRIVATE},
};

static enum event_mark
take_mark(struct str *text)
{
	for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
		struct str sign = str_of(signs[i].text);
		if (!str_starts(*text, sign))
			continue;
		*text = str_trim(str_from(*text, sign.n));
		/* A quotation that closes at the end is quoted once, not twice. */
		if (signs[i].mark == MARK_QUOTE)
			for (size_t k = 0; k < 3; k++) {
				struct str close =
					str_of((const char *const[]){"\"", "＂", "”"}[k]);
				if (text->n > close.n &&
					str_eq(str_from(*text, text->n - close.n), close))
					text->n -= close.n;
			}
		return signs[i].mark;
	}
	return MARK_UNSET;
}

/* Whoever is called so; of several the one who spoke last in this segment, since that is whom a
 * scribe hears. */
static const struct session_person *
who_is(const struct session *s, struct str name)
{
	const struct state *st = &s->st;
	const struct session_person *p;
	size_t found = session_person_find(s, name, &p);
	if (found <= 1)
		return p;
	for (size_t i = list_n(st, LIST_TURNS); i-- > 0 && turn_at(st, i)->segment == st->now;) {
		p = people_get(st, turn_at(st, i)->person);
		if (str_eq(p->name, name))
			return p;
	}
	return NULL;
}

/* "name: text" and "name：text", where it is clear who bears the name. */
static const struct session_person *
take_name(const struct session *s, struct str *text)
{
	static const char *const colons[] = {":", "："};
	for (size_t at = 0; at < text->n && at <= EVENT_NAME_MAX; at++) {
		for (size_t k = 0; k < 2; k++) {
			struct str colon = str_of(colons[k]);
			const struct session_person *p;
			if (!str_starts(str_from(*text, at), colon))
				continue;
			struct str rest = str_trim(str_from(*text, at + colon.n));
			p = who_is(s, str_trim(str_upto(*text, at)));
			if (!rest.n || !p)
				return NULL;
			*text = rest;
			return p;
		}
	}
	return NULL;
}

/* The turn that a note about this person belongs to: the one on the floor, or their last in this
 * segment; after the close, when nobody has the floor, their last of all. */
static const struct session_turn *
turn_of(const struct state *st, struct str person)
{
	for (size_t i = list_n(st, LIST_TURNS); st->closed && i-- > 0;)
		if (str_eq(turn_at(st, i)->person, person))
			return turn_at(st, i);
	if (st->closed)
		return NULL;
	const struct session_turn *floor = floor_shown(st);
	if (!person.n || (floor && str_eq(floor->person, person)))
		return floor;
	for (size_t i = list_n(st, LIST_TURNS); i-- > 0 && turn_at(st, i)->segment == st->now;)
		if (str_eq(turn_at(st, i)->person, person))
			return turn_at(st, i);
	return NULL;
}

static enum refusal
check_text(struct deciding *d, struct str text)
{
	if (!text.n)
		return REFUSE(d, REFUSAL_BAD_ARGUMENT, N_("a note needs some text"), STR_NONE);
	if (text.n > EVENT_NOTE_MAX)
		return REFUSE(d, REFUSAL_LIMIT,
			N_("a note has at most {0} bytes, this one has {1}"),
			decide_number(d, EVENT_NOTE_MAX), decide_number(d, (int64_t)text.n));
	return REFUSAL_NONE;
}

static enum refusal
private_allowed(struct deciding *d, enum event_mark mark)
{
	if (mark != MARK_PRIVATE || d->c->seat & (SEAT_CHAIR | SEAT_ONLINE_CHAIR))
		return REFUSAL_NONE;
	return REFUSE(
		d, REFUSAL_NOT_ALLOWED, N_("only chairs can write notes for chairs"), STR_NONE);
}

enum refusal
notes_decide_add(struct deciding *d)
{
	const struct command *c = d->c;
	const struct session_person *p = NULL;
	struct str text = str_trim(c->text);
	enum event_mark mark = c->mark;
	enum refusal no = c->person.n ? decide_person(d, c->person, &p) : REFUSAL_NONE;
	if (no)
		return no;
	/* The mark may stand before the name or behind it. */
	if (!mark && !c->plain)
		mark = take_mark(&text);
	if (!p && !c->plain)
		p = take_name(d->s, &text);
	if (!mark && !c->plain)
		mark = take_mark(&text);
	no = check_text(d, text);
	if (!no)
		no = private_allowed(d, mark);
	if (no)
		return no;
	const struct session_turn *turn = NULL;
	if (c->turn != EVENT_NO)
		turn = c->turn ? floor_turn(d->st, c->turn) : turn_of(d->st, p ? p->id : STR_NONE);
	if (c->turn > 0 && !turn)
		return REFUSE(d, REFUSAL_UNKNOWN_ID, N_("there is no turn {0}"),
			decide_number(d, c->turn));
	struct event *e = decide_event(d, EVENT_NOTE_ADD);
	e->lane = mark == MARK_PRIVATE ? LANE_CHAIRS : LANE_SESSION;
	e->note.note = decide_id(d, ID_NOTE);
	e->note.turn = turn ? turn->id : EVENT_NO;
	e->note.person = p ? p->id : turn ? turn->person : STR_NONE;
	e->note.mark = mark ? mark : MARK_CLAIM;
	e->note.text = text;
	return REFUSAL_NONE;
}

/* The note that is meant, if whoever asks may touch it: a scribe only their own, a note for chairs
 * only a chair. */
static enum refusal
note_named(struct deciding *d, const struct session_note **out)
{
	const struct session_note *note = notes_get(d->st, d->c->number);
	bool chair = d->c->seat & (SEAT_CHAIR | SEAT_ONLINE_CHAIR);
	if (!note || (note->lane == LANE_CHAIRS && !chair))
		return REFUSE(d, REFUSAL_UNKNOWN_ID, N_("there is no note {0}"),
			decide_number(d, d->c->number));
	if (!chair && !str_eq(note->by, d->c->by))
		return REFUSE(d, REFUSAL_NOT_ALLOWED,
			N_("note {0} is {1}'s; a scribe changes only their own"),
			decide_number(d, note->id), note->by);
	*out = note;
	return REFUSAL_NONE;
}

static void
remove_note(struct deciding *d, const struct session_note *note)
{
	struct event *e = decide_event(d, EVENT_NOTE_REMOVE);
	e->lane = note->lane;
	e->note.note = note->id;
}

enum refusal
notes_decide_edit(struct deciding *d)
{
	const struct session_note *note = NULL;
	struct str text = str_trim(d->c->text);
	enum refusal no = note_named(d, &note);
	if (no)
		return no;
	enum event_mark mark = d->c->mark;
	if (!mark && !d->c->plain)
		mark = take_mark(&text);
	no = check_text(d, text);
	if (!no)
		no = private_allowed(d, mark);
	if (no)
		return no;
	if (mark == MARK_PRIVATE && note->lane != LANE_CHAIRS)
		return REFUSE(d, REFUSAL_NOT_ALLOWED,
			N_("note {0} stands in the record that everybody holds; remove it and "
			   "write one for chairs"),
			decide_number(d, note->id));
	if (mark && mark != MARK_PRIVATE && note->lane == LANE_CHAIRS) {
		/* Made public: it leaves the chairs' log and enters the session's. */
		struct session_note old = *note;
		remove_note(d, note);
		struct event *e = decide_event(d, EVENT_NOTE_ADD);
		e->note.note = decide_id(d, ID_NOTE);
		e->note.turn = old.turn ? old.turn : EVENT_NO;
		e->note.person = old.person;
		e->note.mark = mark;
		e->note.text = text;
		return REFUSAL_NONE;
	}
	struct event *e = decide_event(d, EVENT_NOTE_EDIT);
	e->lane = note->lane;
	e->note.note = note->id;
	e->note.text = text;
	e->note.mark = mark ? mark : note->mark;
	return REFUSAL_NONE;
}

enum refusal
notes_decide_remove(struct deciding *d)
{
	const struct session_note *note = NULL;
	enum refusal no = note_named(d, &note);
	if (!no)
		remove_note(d, note);
	return no;
}

size_t
session_note_count(const struct session *s)
{
	return list_n(&s->st, LIST_NOTES);
}

const struct session_note *
session_note_at(const struct session *s, size_t i)
{
	return &noted_at(&s->st, i)->note;
}
