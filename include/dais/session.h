/*
 * The session: what a debate decides and remembers. Pure: no clock, file,
 * screen, locale or randomness; time is an argument. Live, joined and replayed
 * sessions run the same session_apply(), so they cannot drift apart.
 *
 * Everything that is handed out is borrowed and read-only, and lives until the
 * next session_apply() or session_destroy(). Times are session time in
 * milliseconds.
 */
#pragma once

#include "dais/event.h"

struct session;

enum segment_kind { SEGMENT_OPENING, SEGMENT_KEYNOTE, SEGMENT_AWARD, SEGMENT_POINT, SEGMENT_BREAK, SEGMENT_CLOSING, SEGMENT_PHOTO, SEGMENT_OTHER, SEGMENT_KIND_COUNT };
enum segment_state { SEGMENT_PLANNED, SEGMENT_RUNNING, SEGMENT_DONE, SEGMENT_SKIPPED };

const char *segment_kind_text(enum segment_kind v); /* "keynote" */

enum { SESSION_WARN_MAX = 8 };
/* No duration is longer, some 31 years, so that what is counted with them never overflows. */
#define SESSION_SPAN_MAX ((int64_t)1000000000000)

/* What the hall sees of a turn's overtime: how long, nothing, or that the time is up. */
enum session_overtime { OVERTIME_UNSET, OVERTIME_SHOW, OVERTIME_HIDE, OVERTIME_UP, OVERTIME_COUNT };
const char *session_overtime_text(enum session_overtime v); /* "time-is-up" */

/* How long, how warned, in which order. Durations in ms; EVENT_NO where nothing was said. */
struct session_rules {
	int64_t allotted[AS_COUNT]; /* by kind of entry */
	int64_t warn[SESSION_WARN_MAX]; /* before the end, longest first */
	size_t warns;
	int64_t overtime_bell; /* repeated; 0 never */
	enum event_interrupt interrupt;
	int64_t limit; /* speeches a person a point; 0 none */
	enum event_order order;
	enum session_overtime overtime;
};

struct session_forum {
	struct str title, series, date /* YYYY-MM-DD */, venue, language, about;
	int64_t start_min; /* minutes after local midnight, or EVENT_NO */
	struct event_list organizers, sponsors, media;
	struct event_list written_by, reviewed_by, approved_by;
	struct session_rules rules;
	struct str canonical; /* the whole agenda as it stands in session.open */
};

struct session_person {
	struct str id, name, title, affiliation, pinyin, note;
	enum event_role role;
	enum event_attending attending;
	enum event_link link;
	bool walk_in;
	int64_t spoken, spoken_ms;	       /* ended turns of all kinds, in the whole session */
	int64_t point_speeches, point_spoken, point_ms; /* in the current segment: speeches, turns, their time */
};

struct session_segment {
	struct str id, title, brief;
	enum segment_kind kind;
	enum segment_state state;
	int64_t planned_ms; /* as in the agenda */
	int64_t budget_ms;  /* with extensions and fits */
	int64_t entered_t;  /* last time, or EVENT_NO */
	int64_t left_t;	    /* last time, or EVENT_NO */
	int64_t before_ms;  /* of earlier visits */
	struct event_list speakers, recipients, presenters, invited; /* ids of people */
	struct session_rules rules; /* in force when this segment runs */
	int number, of;		    /* among the segments of its kind, from 1 */
};

struct session_entry { /* somebody who waits */
	int64_t id;
	struct str person, about;
	enum event_as as;
	enum event_attending attending;
	int64_t since; /* t */
};

enum turn_state { TURN_RUNNING, TURN_PAUSED, TURN_ENDED };

struct session_turn {
	int64_t id;
	struct str person;
	enum event_attending attending;
	struct str about;
	size_t segment; /* index */
	int64_t entry;	/* or 0 */
	enum event_as as;
	enum turn_state state;
	int64_t allotted;  /* ms with extensions, or EVENT_NO for none */
	int64_t started_t; /* below 0 where a correction says that it began before the session was opened */
	int64_t ended_t;   /* EVENT_NO while it lasts */
	int64_t spoken_ms; /* up to resumed_t, corrections included */
	int64_t resumed_t; /* since when the clock runs, or EVENT_NO */
	int64_t paused_ms; /* up to paused_t */
	int64_t paused_t;  /* since when it is paused, or EVENT_NO */
	int64_t under;	   /* the turn that it interrupted, or 0 */
	bool waited;	   /* paused by an interruption, to go on after it */
};

struct session_note {
	int64_t id, t, turn; /* turn: 0 for none */
	struct str at, by, person, text; /* person: id, or "" */
	size_t segment;			 /* index, or SIZE_MAX before the first */
	enum event_mark mark;
	enum event_lane lane;
	bool edited, removed, late; /* late: it waited on a console whose line was cut */
};

struct session_mark {
	int64_t id, t;
	struct str at, by, text;
	enum event_what what;
	size_t segment;
};

struct session_award {
	int64_t t;
	struct str at, recipient;
	struct event_list presenters;
	size_t segment;
};

struct session_message {
	int64_t t;
	struct str at, by, to, text; /* to: "" for all chairs */
};

struct session *session_create(void); /* owned; empty until a session.open was applied */
void session_destroy(struct session *s);

/*
 * Folds one event into the state, and keeps a copy of it. 0, or negative where
 * an event from outside does not fit (wrong sequence, unknown id, nothing may
 * follow a close): then nothing changed and *why is a sentence for N_().
 */
int session_apply(struct session *s, const struct event *e, const char **why);

/* The past: every applied event in order of application, undone ones too. */
size_t session_event_count(const struct session *s);
const struct event *session_event_at(const struct session *s, size_t i);
bool session_event_undone(const struct session *s, size_t i);
/* The seq that the next event of a lane will have. */
int64_t session_next_seq(const struct session *s, enum event_lane lane);
int64_t session_last_t(const struct session *s);
/*
 * The past of another session as it was. Every question of this header and of
 * session_dump() is answered as it would have been answered after the first n
 * of its events (0 to session_event_count(of)); nothing can be applied to it.
 * `of` must outlive it, and may grow meanwhile. Any position costs about the
 * same, however long the past is (performance.md: one frame, in a million
 * events), for the session keeps checkpoints of itself as it goes.
 * What a view hands out lives until the next session_view_at(), an event only
 * until `of` grows.
 */
struct session *session_view(const struct session *of); /* owned: session_destroy(); at 0 */
void session_view_at(struct session *view, size_t n);
/* One line of text that is equal for equal states: for tests and simulations. */
void session_dump(const struct session *s, struct buf *out);

const struct session_forum *session_forum(const struct session *s);
bool session_rehearsal(const struct session *s);
bool session_opened(const struct session *s);
bool session_closed(const struct session *s);
int64_t session_closed_t(const struct session *s); /* EVENT_NO while open */

/*
 * Corrections after the close (LANE_AMENDS). Who reviewed the report, and who
 * approved it: NULL for nobody. `changed` counts what was corrected, or taken
 * back, since then: an approval stands for what is printed only while it is 0.
 */
struct session_approval {
	int64_t seq, t;
	struct str at, by;
	struct event_list names;
	size_t changed;
};
bool session_amending(const struct session *s); /* an amend.open was applied */
size_t session_amended(const struct session *s); /* corrections that stand; reviews and approvals are none */
const struct session_approval *session_reviewed(const struct session *s);
const struct session_approval *session_approved(const struct session *s);

/* The last session.host event, or NULL. */
const struct event *session_host(const struct session *s);
/* The first session.open's and host's wall clock: where the session began. */
int64_t session_began_wall(const struct session *s);
/* Session time to wall clock, ms since 1970, by the last session.host; and minutes east of UTC there. */
int64_t session_wall(const struct session *s, int64_t t);
int64_t session_zone(const struct session *s);
struct str session_chair(const struct session *s); /* the person to whom the chair was passed, or "" */

size_t session_person_count(const struct session *s);
const struct session_person *session_person_at(const struct session *s, size_t i);
const struct session_person *session_person(const struct session *s, struct str id); /* NULL if unknown */
size_t session_person_place(const struct session *s, struct str id); /* for session_person_at(), or SIZE_MAX */
/* People with that id or name (exact): how many, and the first. */
size_t session_person_find(const struct session *s, struct str id_or_name, const struct session_person **first);

const struct session_segment *session_segments(const struct session *s, size_t *n);
size_t session_segment_now(const struct session *s); /* index, or SIZE_MAX before the first */
int64_t session_segment_elapsed(const struct session *s, size_t i, int64_t t);
/* Which segment ran when, in order; a segment that was left and entered again is there twice. */
struct session_visit {
	size_t segment;
	int64_t from, to; /* t; to: EVENT_NO while it lasts */
};
size_t session_visit_count(const struct session *s);
const struct session_visit *session_visit_at(const struct session *s, size_t i);

const struct session_entry *session_queue(const struct session *s, size_t *n);
bool session_queue_closed(const struct session *s);
/* The rules in force now. */
const struct session_rules *session_rules(const struct session *s);

/* Why somebody is next. */
enum session_next_why { NEXT_NOBODY, NEXT_RESUMES, NEXT_ORDER, NEXT_QUESTION, NEXT_REPLY, NEXT_FIRST, NEXT_UNHEARD, NEXT_ALTERNATE, NEXT_SPEAKER };
struct session_next {
	enum session_next_why why;
	struct str person;
	size_t place;  /* in the queue, or SIZE_MAX: not from the queue */
	int64_t entry; /* or 0 */
};
struct session_next session_next(const struct session *s);

/* The turn on the floor: running, paused, or the last one of this segment, ended, until the next starts. NULL before any. */
const struct session_turn *session_floor(const struct session *s);
size_t session_turn_count(const struct session *s);
const struct session_turn *session_turn_at(const struct session *s, size_t i);
const struct session_turn *session_turn(const struct session *s, int64_t id);
int64_t session_turn_elapsed(const struct session_turn *turn, int64_t t);

size_t session_note_count(const struct session *s); /* removed ones too */
const struct session_note *session_note_at(const struct session *s, size_t i);
size_t session_mark_count(const struct session *s);
const struct session_mark *session_mark_at(const struct session *s, size_t i);
size_t session_award_count(const struct session *s);
const struct session_award *session_award_at(const struct session *s, size_t i);
size_t session_message_count(const struct session *s);
const struct session_message *session_message_at(const struct session *s, size_t i);
bool session_awarded(const struct session *s, size_t segment, struct str recipient);

/* A person's turns in a segment (SIZE_MAX: in all), the running one up to t included. */
struct session_talk {
	int64_t turns, speeches, ms;
};
struct session_talk session_talk(const struct session *s, struct str person, size_t segment, int64_t t);
/* In a segment: how many different people spoke, how many invited ones have not. */
size_t session_spoke(const struct session *s, size_t segment);
size_t session_unheard(const struct session *s, size_t segment);

/*
 * The schedule. Planned times count from the forum's date and start where the
 * session began within twelve hours of them, otherwise (a rehearsal, a demo)
 * from the entry of the first segment.
 */
int64_t session_offset_ms(const struct session *s, int64_t t); /* behind is positive */
int64_t session_planned_end(const struct session *s);	       /* wall ms, or EVENT_NO before the first segment */
int64_t session_expected_end(const struct session *s, int64_t t); /* wall ms, or EVENT_NO */

/* Something that happens by itself. Sounded once, on crossing. */
enum session_alarm_kind { ALARM_TURN_WARN, ALARM_TURN_UP, ALARM_TURN_OVER, ALARM_SEGMENT_WARN, ALARM_SEGMENT_UP, ALARM_IDLE };
struct session_alarm {
	enum session_alarm_kind kind;
	int64_t t;
	int64_t left_ms; /* before the end; negative behind it. ALARM_IDLE: minus how long nobody's clock ran */
};
/* The next alarm after t, or false if nothing will happen by itself. */
bool session_alarm_next(const struct session *s, int64_t t, struct session_alarm *out);
/*
 * Somebody forgot to start a clock, it seems: in a point, or in a segment whose
 * speaker has not been heard yet, nobody's runs. Since when, and from when on
 * that is worth a reminder: later after a pause, which somebody meant.
 */
bool session_idle(const struct session *s, int64_t *since, int64_t *due);
/* When a clock runs: a tick is due this long after the last event (formats.md 2). */
enum { SESSION_TICK_MS = 5000, SESSION_TICK_EARLY_MS = 500 };
bool session_clock_runs(const struct session *s);
/* The earliest of the next alarm and the next tick after t, or EVENT_NO. */
int64_t session_deadline_ms(const struct session *s, int64_t t);
