/* What the files of the session share: the state, one struct, and each noun's part in deciding and
 * folding. */
#pragma once

#include "dais/canon.h"
#include "dais/command.h"
#include "dais/i18n.h"
#include "dais/session.h"
#include "pile.h"

#define NOWHERE SIZE_MAX

/* Ids of entries, turns, notes and marks are never given twice, not even after an undo. */
enum id_kind { ID_ENTRY, ID_TURN, ID_NOTE, ID_MARK, ID_COUNT };

/* From ids of people to their places, so that 10,000 of them cost the same as ten. */
struct index {
	uint32_t *slots; /* place + 1; a block */
	size_t cap;
};

/* Strings that a fold made itself; a state and its copies hold them together. */
struct strings {
	struct arena arena;
	size_t holders;
};

enum list {
	LIST_PEOPLE,
	LIST_TURNS,
	LIST_NOTES, /* struct noted */
	LIST_NOTED, /* by a note's id: the newest place + 1 */
	LIST_MARKS,
	LIST_AWARDS,
	LIST_MESSAGES,
	LIST_VISITS,
	LIST_TALKS,    /* struct session_talk: for each person the segments and one for all */
	LIST_SPEAKERS, /* struct speaker */
	LIST_HEARD,    /* by segment: struct heard */
	LIST_COUNT
};

/* An id may come again in another log, or after the note was removed. */
struct noted {
	struct session_note note;
	size_t before; /* the place + 1 of the one before with this id */
};

/* Whoever spoke in a segment, in the order of their first turns there. */
struct speaker {
	size_t person, before; /* before: the place + 1 of the speaker before in this segment */
};
struct heard {
	size_t last, n; /* last: a speaker's place + 1 */
};

/*
 * The fold of the events that stand. It is copied by state_share() at the
 * price of its plain members: lists and blocks are shared until one of the
 * copies writes. Strings point into the kept events or into `strings`.
 */
struct state {
	struct strings *strings;
	struct pile lists[LIST_COUNT];
	bool opened, closed, rehearsal;
	bool amending; /* an amend.open was there */
	size_t amended;
	struct session_approval reviewed, approved;
	bool hosted; /* a session.host was there: whoever is added now walked in */
	int64_t closed_t;
	struct session_forum forum;
	struct session_rules standing; /* the forum's, with what queue.rule changed */
	struct session_rules rules;    /* in force */

	struct index by_id;

	struct session_segment *segments; /* a block */
	size_t segments_n;
	size_t now;            /* the running segment, or NOWHERE */
	int64_t first_enter_t; /* or EVENT_NO */

	struct session_entry *queue; /* a block */
	size_t queue_n;
	bool queue_closed;

	size_t floor; /* the turn shown on the floor, or NOWHERE */
	/* Where the last one to speak in turn sat, among the newest turns of one segment. */
	enum event_attending last_attending;

	struct str chair;
	int64_t changed[NOUN_COUNT]; /* seq of the last event that changed it */
	struct session_next next;    /* as of the last event that may have changed it */
	int64_t next_changed;        /* seq of the last event after which somebody else was next */
	size_t work; /* of how many people something was said when a segment was entered */
};

struct kept {
	struct event e;
	/* What it was said in view of: an undo must not turn it to another turn or segment. */
	int64_t floor; /* the turn on the floor, 0 for none */
	size_t now;    /* the running segment */
	bool running;  /* the clock on the floor ran */
	/* See past.c. Places in the past. */
	uint32_t about;  /* what an undo is about in the end; of anything else its own place */
	uint32_t turned; /* + 1: the last undo about it; of an undo the one before about the same */
	uint32_t depth;  /* how many undos lie between an undo and that, itself included */
};

struct checkpoint {
	size_t at;    /* how many events are in */
	size_t until; /* serves positions up to here; NOWHERE: all of them */
	bool coarse;
	struct state *st; /* owned */
};

/* How far apart, in events. In a log of a million events folding 2048 takes about half a
 * millisecond, and a checkpoint holds some 45 KiB of its own. Where a hall of thousands goes from
 * segment to segment, an event is not the measure of work: what was said of so many people is. */
enum { CHECKPOINT_FINE = 64, CHECKPOINT_COARSE = 2048, CHECKPOINT_WORK = 300000 };

struct session {
	/* A view's: whose past it looks at. Then past, lane_at, hosts and the checkpoints are that
	 * one's, and what counts them is what was there at the view's position. */
	const struct session *of;
	struct arena arena; /* of the kept events */
	struct kept *past;
	size_t past_n, past_cap;
	size_t *lane_at[LANE_COUNT]; /* seq -> place in past; owned */
	size_t lane_n[LANE_COUNT], lane_cap[LANE_COUNT];
	size_t *hosts; /* places of session.host in past; owned */
	size_t hosts_n, hosts_cap;
	int64_t last_t;
	int64_t next_id[ID_COUNT];
	int64_t came;              /* person.add since the first hosting, undone ones too */
	struct checkpoint *points; /* by place; owned */
	size_t points_n, points_cap, fine_n;
	size_t fine, coarse; /* how far apart they are taken; 0: not at all */
	size_t due;          /* the next one, not before this many events … */
	size_t work_due;     /* … or so much work */
	struct state st;
};

static inline const struct session *
past_of(const struct session *s)
{
	return s->of ? s->of : s;
}

static inline const struct kept *
kept_at(const struct session *s, size_t place)
{
	return &past_of(s)->past[place];
}

/* The place of the first session.host, or NOWHERE. */
static inline size_t
first_host(const struct session *s)
{
	return s->hosts_n ? past_of(s)->hosts[0] : NOWHERE;
}

/* ---- folding: each checks first and changes then; NULL, or why the event does not fit ---- */
const char *forum_fold(struct state *st, const struct event *e);
const char *people_fold(struct state *st, const struct event *e);
const char *segment_fold(struct state *st, const struct event *e);
const char *queue_fold(struct state *st, const struct event *e);
const char *floor_fold(struct state *st, const struct event *e);
const char *notes_fold(struct state *st, const struct event *e);
const char *awards_fold(struct state *st, const struct event *e);
/* Of the corrections' lane, after the close. */
const char *amends_fold(struct state *st, const struct event *e);
/* An undo that stands. */
void amends_undo(struct state *into, const struct event *e);

void state_start(struct state *st);
void state_finish(struct state *st); /* empty again */
struct state state_share(const struct state *st);
struct arena *state_arena(struct state *st);
/* Folds one event that is no undo. */
const char *state_fold(struct state *st, const struct event *e);
/* Says that the noun of this kind was changed by seq. */
void state_touch(struct state *st, enum event_kind kind, int64_t seq);

/* ---- the past ---- */
void past_keep(struct session *s, const struct event *e);
void past_unkeep(struct session *s);
/* True if an event is undone as of the first n events; it and n are among them. */
bool past_undone(const struct session *s, size_t place, size_t n);
/* True if an undo of the event at place turns round every event that hangs on it. */
bool past_turns(const struct session *s, size_t place);
/* The undo, kept last, takes back the event at place; and it does not, after all. */
void past_turn(struct session *s, size_t undo, size_t place);
void past_turn_back(struct session *s, size_t undo);
/* The place in the past of a lane's event, or NOWHERE. */
size_t session_place(const struct session *s, enum event_lane lane, int64_t seq);

/* ---- folding anew ---- */
struct refold {
	size_t n;             /* as of the first n events */
	size_t before;        /* from a checkpoint with no more events than these */
	const size_t *turned; /* events, no undos, that are turned round on trial */
	size_t turned_n;
};
/* The state without what is undone; NULL, or why that does not work; *at is then the place of the
 * event that does not fit, and `into` empty. */
const char *session_refold(
	const struct session *s, const struct refold *x, struct state *into, size_t *at);
/* The same on top of a state of the first `from` events. */
const char *refold_on(
	const struct session *s, struct state *st, size_t from, const struct refold *x, size_t *at);
/* Folds the undo that was kept last; NULL, or why it cannot be. */
const char *refold_undo(struct session *s);

/* ---- checkpoints ---- */
/* The newest that serves as of n events and has at most `before` of them in, or NULL. */
const struct checkpoint *checkpoint_for(const struct session *s, size_t n, size_t before);
/* An event was applied: takes one where it is time. */
void checkpoint_due(struct session *s);
/* An undo at this place is about an event at that place: what has it in serves no longer. */
void checkpoint_spoil(struct session *s, size_t about, size_t undo);

/* True if events of this kind can be taken back at all. */
bool undo_possible(enum event_kind kind);
/* ---- the lists: to read, and to write ---- */
static inline size_t
list_n(const struct state *st, enum list list)
{
	return st->lists[list].n;
}

static inline const struct session_person *
people_at(const struct state *st, size_t i)
{
	return pile_at(&st->lists[LIST_PEOPLE], i);
}

static inline struct session_person *
people_mine(struct state *st, size_t i)
{
	return pile_mine(&st->lists[LIST_PEOPLE], i);
}

static inline const struct session_turn *
turn_at(const struct state *st, size_t i)
{
	return pile_at(&st->lists[LIST_TURNS], i);
}

static inline const struct noted *
noted_at(const struct state *st, size_t i)
{
	return pile_at(&st->lists[LIST_NOTES], i);
}

static inline const struct session_award *
award_at(const struct state *st, size_t i)
{
	return pile_at(&st->lists[LIST_AWARDS], i);
}

struct session_segment *segment_mine(struct state *st, size_t i);
struct session_entry *queue_mine(struct state *st, size_t n); /* with room for n */
void segment_visit_ends(struct state *st, int64_t t);

/* ---- shared questions ---- */
void people_put(struct state *st, struct session_person p);
const struct session_person *people_get(const struct state *st, struct str id);
size_t people_place(const struct state *st, struct str id); /* or NOWHERE */
bool people_listed(struct event_list ids, struct str id);
/* A duration that a log may say; and one cut to what it may be. */
static inline bool
span_fits(int64_t ms)
{
	return ms >= -SESSION_SPAN_MAX && ms <= SESSION_SPAN_MAX;
}
static inline int64_t
span_cut(int64_t ms)
{
	int64_t most = SESSION_SPAN_MAX;
	return ms > most ? most : ms < -most ? -most : ms;
}
size_t segment_find(const struct state *st, struct str id);
const struct session_entry *queue_get(const struct state *st, int64_t id, size_t *place);
void queue_drop(struct state *st, int64_t id);
/* The first place that an entry of this kind may take, and one behind the last. */
void queue_block(const struct state *st, enum event_as as, size_t *first, size_t *end);
const struct session_turn *floor_active(const struct state *st); /* not ended; or NULL */
const struct session_turn *floor_turn(const struct state *st, int64_t id);
const struct session_turn *floor_shown(const struct state *st); /* or NULL */
struct session_next state_next(const struct state *st);
int64_t state_segment_elapsed(const struct state *st, size_t i, int64_t t);
/* Counts what a turn adds to its person and segment. */
void talk_started(struct state *st, const struct session_turn *turn);
void talk_ended(struct state *st, const struct session_turn *turn);
/* People's counts for the running segment, when another one is entered. */
void talk_enter(struct state *st, size_t left, size_t entered);
bool awards_given(const struct state *st, size_t segment, struct str recipient);
const struct session_note *notes_get(const struct state *st, int64_t id);
/* Interrupting kinds are heard while another has the floor. */
bool as_interrupts(enum event_as as);

/* ---- deciding ---- */
struct deciding {
	const struct session *s;
	const struct state *st;
	const struct command *c;
	int64_t t;
	struct events *out;
	struct refused *no;
};
/* Appends an event of the command; fill in its data. */
struct event *decide_event(struct deciding *d, enum event_kind kind);
int64_t decide_id(const struct deciding *d, enum id_kind kind);
/* Refuses: why is N_() with {0}…; args may be fewer. Strings are copied. The answer of REFUSE is
 * its code, so that whoever reads a caller sees that it is never REFUSAL_NONE. */
enum refusal decide_no(
	struct deciding *d, enum refusal code, const char *why, size_t n, const struct str *args);
#define REFUSE(d, code, why, ...)                                                                  \
	((void)decide_no(d, code, why, sizeof((struct str[]){__VA_ARGS__}) / sizeof(struct str),   \
		 (struct str[]){__VA_ARGS__}),                                                     \
		(code))
struct str decide_number(struct deciding *d, int64_t v);
enum refusal decide_person(struct deciding *d, struct str who, const struct session_person **out);

typedef enum refusal (*decide_cb)(struct deciding *d);
enum refusal segment_decide_next(struct deciding *d);
enum refusal segment_decide_prev(struct deciding *d);
enum refusal segment_decide_go(struct deciding *d);
enum refusal segment_decide_extend(struct deciding *d);
enum refusal segment_decide_skip(struct deciding *d);
enum refusal schedule_decide_fit(struct deciding *d);
enum refusal floor_decide_next(struct deciding *d);
enum refusal floor_decide_give(struct deciding *d);
enum refusal floor_decide_toggle(struct deciding *d);
enum refusal floor_decide_pause(struct deciding *d);
enum refusal floor_decide_resume(struct deciding *d);
enum refusal floor_decide_extend(struct deciding *d);
enum refusal floor_decide_correct(struct deciding *d);
enum refusal floor_decide_end(struct deciding *d);
enum refusal queue_decide_add(struct deciding *d);
enum refusal queue_decide_move(struct deciding *d);
enum refusal queue_decide_remove(struct deciding *d);
enum refusal queue_decide_close(struct deciding *d);
enum refusal queue_decide_open(struct deciding *d);
enum refusal queue_decide_rule(struct deciding *d);
enum refusal people_decide_add(struct deciding *d);
enum refusal people_decide_set(struct deciding *d);
enum refusal notes_decide_add(struct deciding *d);
enum refusal notes_decide_edit(struct deciding *d);
enum refusal notes_decide_remove(struct deciding *d);
enum refusal awards_decide_give(struct deciding *d);
enum refusal marks_decide_add(struct deciding *d);
enum refusal message_decide_send(struct deciding *d);
enum refusal chair_decide_pass(struct deciding *d);
enum refusal undo_decide(struct deciding *d);
enum refusal close_decide(struct deciding *d);
enum refusal amends_decide_report(struct deciding *d);
/* What can be done before the close, and what after it. */
enum refusal amends_check(struct deciding *d);
/* After the close all that was decided is a correction. */
enum refusal amends_route(struct deciding *d);
/* One event of the host's own, numbered and dated. */
void decide_alone(const struct session *s, struct events *out, struct event e,
	enum event_lane lane, int64_t t, struct str at, struct str by);
/* Ends every turn that is not ended: what the floor asks of whoever changes the segment or closes.
 */
void floor_clear(struct deciding *d, struct str why);
/* Gives the floor to the speaker of a keynote that is entered by the event before. */
void floor_open_keynote(struct deciding *d, size_t segment);
