/*
 * What people ask of a session: the command language (formats.md 3), and what
 * the session decides. A command changes nothing; the events that it is
 * answered with do, once they are applied.
 */
#pragma once

#include "dais/session.h"

/* The seats at a session, as bits: who may. */
enum seat { SEAT_CHAIR = 1, SEAT_ONLINE_CHAIR = 2, SEAT_SCRIBE = 4, SEAT_STAGE = 8, SEAT_OBSERVER = 16 };
const char *seat_text(enum seat seat);

/* What a command changes, for --basis. */
enum command_noun { NOUN_FLOOR, NOUN_QUEUE, NOUN_SEGMENT, NOUN_OTHER, NOUN_COUNT };

enum command_verb {
	CMD_SEGMENT_NEXT, CMD_SEGMENT_PREV, CMD_SEGMENT_GO, CMD_SEGMENT_EXTEND, CMD_SEGMENT_SKIP, CMD_AGENDA_FIT,
	CMD_FLOOR_NEXT, CMD_FLOOR_GIVE, CMD_FLOOR_TOGGLE, CMD_FLOOR_PAUSE, CMD_FLOOR_RESUME, CMD_FLOOR_EXTEND, CMD_FLOOR_CORRECT, CMD_FLOOR_END,
	CMD_QUEUE_ADD, CMD_QUEUE_MOVE, CMD_QUEUE_REMOVE, CMD_QUEUE_CLOSE, CMD_QUEUE_OPEN, CMD_QUEUE_ORDER, CMD_QUEUE_LIMIT, CMD_QUEUE_INTERRUPT,
	CMD_PEOPLE_ADD, CMD_PEOPLE_SET,
	CMD_NOTE_ADD, CMD_NOTE_EDIT, CMD_NOTE_REMOVE,
	CMD_AWARD_GIVE, CMD_MARK_PHOTO, CMD_MARK_MOMENT, CMD_MESSAGE_SEND, CMD_CHAIR_PASS, CMD_UNDO, CMD_SESSION_CLOSE,
	CMD_REPORT_REVIEW, CMD_REPORT_APPROVE,
	CMD_COUNT
};

/* One row of the language, from which parsing, help, completion and permissions follow. */
struct command_row {
	enum command_verb verb;
	const char *noun, *word; /* "queue", "add"; word "" for a one-word command (undo) */
	const char *usage;	 /* "PERSON [--as KIND] …", N_() */
	const char *help;	 /* one line, N_() */
	const char *args;	 /* what it takes; see src/session/command.c */
	unsigned seats;		 /* who may, always */
	enum command_noun changes;
	bool moment; /* bound to the moment: refused while a console is cut off */
};
const struct command_row *command_rows(void); /* CMD_COUNT rows, in the order of the enumerator */

enum command_place { PLACE_UNSET, PLACE_UP, PLACE_DOWN, PLACE_TOP, PLACE_NUMBER };

/* A parsed command. Strings point into its arena. Durations in ms. */
struct command {
	enum command_verb verb;
	/* Who and when: filled in by whoever received it. */
	enum seat seat;
	struct str by;
	int64_t t;
	struct str at;
	int64_t basis; /* the last seq that the sender had seen, or EVENT_NO */
	/* What. */
	struct str person;	 /* id or name as typed */
	struct str id;		 /* of a segment, as typed */
	struct str text, about, why, to;
	struct str title, affiliation, name;
	struct event_list names; /* presenters; who reviewed or approved */
	int64_t turn;		 /* that a note belongs to; 0 if not said, EVENT_NO for none (--turn 0) */
	int64_t number;		 /* an entry, a note, a seq, a place, a limit; EVENT_NO if not said */
	int64_t place;		 /* PLACE_NUMBER: from 1 */
	enum command_place where;
	int64_t duration;
	bool has_duration;
	bool carry, leave, top, override, plain; /* plain: a note whose text is taken as it is */
	enum event_as as;
	enum event_attending attending;
	enum event_role role;
	enum event_link link;
	enum event_mark mark;
	enum event_order order;
	enum event_interrupt interrupt;
	bool back;
};

/* Why a command was refused; 0 is not. The words are those of formats.md 3. */
enum refusal { REFUSAL_NONE, REFUSAL_STALE, REFUSAL_EMPTY_QUEUE, REFUSAL_UNKNOWN_PERSON, REFUSAL_AMBIGUOUS_PERSON, REFUSAL_UNKNOWN_ID, REFUSAL_NOT_ALLOWED, REFUSAL_CLOSED, REFUSAL_LIMIT, REFUSAL_BAD_ARGUMENT, REFUSAL_NOTHING_TO_UNDO, REFUSAL_CANNOT_UNDO, REFUSAL_COUNT };
const char *refusal_text(enum refusal code); /* "empty-queue" */

/* A refusal as a value: a sentence in English for N_() with {0}… and what goes there. */
struct refused {
	enum refusal code;
	const char *why;
	struct str args[4]; /* live in the arena that was passed */
	size_t n;
	int column; /* of a line that could not be read: the character, from 1; 0 otherwise */
};

/*
 * Reads one line of the command language. Words are parted by blanks (U+3000
 * too), quoted as in a shell; full-width punctuation is accepted. The answer's
 * who and when are left empty; --basis is read.
 */
enum refusal command_parse(struct str line, struct arena *a, struct command *out, struct refused *no);
/* The same from words that are parted already (a process' arguments). */
enum refusal command_parse_words(const struct str *words, size_t n, struct arena *a, struct command *out, struct refused *no);
/* Appends a word so that command_parse reads it back as one. */
void command_quote(struct buf *out, struct str word);
/* "90s", "3m", "1m30s", "1h", "1:30", "3分", "1分30秒", full-width too; with_sign allows + and -. */
bool duration_read(struct str s, bool with_sign, int64_t *ms);
/* "1:30", "-0:05", "1:02:03". Seconds are rounded down in size (towards zero). */
void duration_put(struct buf *out, int64_t ms);

/* Events that a command asks for, in order; written whole or not at all. Zeroed memory is an empty list. */
struct events {
	struct event *items; /* owned; strings live in `arena` or in the command */
	size_t n, cap;
	struct arena arena;
};
void events_finish(struct events *list);

/*
 * Decides a command: reads s, appends to out, changes nothing. Answers a
 * refusal, or 0 with at least one event, ready to be applied in order: seq, t,
 * at, by, lane and more are set. t is never before the session's last. Once
 * the session is closed, everything is refused; with an amend.open applied,
 * notes, spellings and the report's approval are decided into LANE_AMENDS.
 */
enum refusal session_decide(const struct session *s, const struct command *c, struct events *out, struct refused *no);

/*
 * Events that the host makes by itself. The opening is session.open and, where
 * the roster is too long for one line of the log, a person.add for each of
 * those whom no segment names. forum: canonical JSON from the agenda room.
 * False and a sentence for N_() where it is no forum, or too large without
 * its roster.
 */
bool session_opening(struct events *out, struct str app, struct str forum, bool rehearsal, struct str at, struct str by, const char **why);
void session_hosting(const struct session *s, struct events *out, const struct event *host, int64_t t, struct str at, struct str by);
/* The opening of an amendment log: amend.open, to be applied before anything is corrected. Session time has ended with the close: t is the last one, at says when. */
void session_amend(const struct session *s, struct events *out, const struct event *open, int64_t t, struct str at, struct str by);
/*
 * A tick, if a clock runs and nearly SESSION_TICK_MS went by without an event; n is 0
 * otherwise. It may come SESSION_TICK_EARLY_MS early, with what wakes the program anyway.
 */
void session_tick(const struct session *s, struct events *out, int64_t t, struct str at, struct str by);

/* What can be undone, newest first: the index of a command's first event for session_event_at(), or SIZE_MAX from there on. */
size_t session_undoable(const struct session *s, size_t before);
/* A forum as session.open holds it, checked: false and a sentence for N_() where the text is not one. For the agenda room's tests. */
bool session_forum_valid(struct str canonical, const char **why);
