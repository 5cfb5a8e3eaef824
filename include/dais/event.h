/*
 * The vocabulary of a session: every event that can be in a log, and its one
 * line of text (formats.md 2).
 */
#pragma once

#include "dais/str.h"

enum { EVENT_NAME_MAX = 256, EVENT_NOTE_MAX = 8192, EVENT_LINE_MAX = 65536 };
#define EVENT_INT_MAX ((int64_t)1 << 53)
/* An integer that is not there. */
#define EVENT_NO ((int64_t)-1)

/* Kinds: identifier, the text in the log, the member of struct event's union. */
#define EVENT_KINDS(X)                                                                             \
	X(SESSION_OPEN, "session.open", open)                                                      \
	X(SESSION_HOST, "session.host", host)                                                      \
	X(SESSION_CLOSE, "session.close", close)                                                   \
	X(SESSION_TICK, "session.tick", none)                                                      \
	X(CHAIR_PASS, "chair.pass", pass)                                                          \
	X(SEGMENT_ENTER, "segment.enter", segment)                                                 \
	X(SEGMENT_EXTEND, "segment.extend", segment)                                               \
	X(SEGMENT_SKIP, "segment.skip", segment)                                                   \
	X(AGENDA_FIT, "agenda.fit", fit)                                                           \
	X(PERSON_ADD, "person.add", person)                                                        \
	X(PERSON_SET, "person.set", person)                                                        \
	X(QUEUE_ADD, "queue.add", queue)                                                           \
	X(QUEUE_MOVE, "queue.move", queue)                                                         \
	X(QUEUE_REMOVE, "queue.remove", queue)                                                     \
	X(QUEUE_CLOSE, "queue.close", none)                                                        \
	X(QUEUE_OPEN, "queue.open", none)                                                          \
	X(QUEUE_RULE, "queue.rule", rule)                                                          \
	X(TURN_START, "turn.start", turn)                                                          \
	X(TURN_PAUSE, "turn.pause", none)                                                          \
	X(TURN_RESUME, "turn.resume", none)                                                        \
	X(TURN_EXTEND, "turn.extend", turn)                                                        \
	X(TURN_CORRECT, "turn.correct", turn)                                                      \
	X(TURN_END, "turn.end", turn)                                                              \
	X(NOTE_ADD, "note.add", note)                                                              \
	X(NOTE_EDIT, "note.edit", note)                                                            \
	X(NOTE_REMOVE, "note.remove", note)                                                        \
	X(AWARD_GIVE, "award.give", award)                                                         \
	X(MARK_ADD, "mark.add", mark)                                                              \
	X(MESSAGE_SEND, "message.send", message)                                                   \
	X(AMEND_OPEN, "amend.open", amend)                                                         \
	X(REPORT_REVIEW, "report.review", report)                                                  \
	X(REPORT_APPROVE, "report.approve", report)                                                \
	X(UNDO, "undo", undo)

enum event_kind {
#define X(id, text, member) EVENT_##id,
	EVENT_KINDS(X)
#undef X
	EVENT_UNKNOWN, /* of a later version: kept, shown, changes nothing */
	EVENT_KIND_COUNT
};

/* The order is the precedence in the queue. 0 in each of these enums is "not said". */
enum event_as { AS_UNSET, AS_ORDER, AS_QUESTION, AS_REPLY, AS_SPEECH, AS_COUNT };
enum event_attending { ATTENDING_UNSET, ATTENDING_SITE, ATTENDING_ONLINE, ATTENDING_COUNT };
enum event_role { ROLE_UNSET, ROLE_EXECUTIVE_CHAIR, ROLE_ONLINE_CHAIR, ROLE_CHAIR, ROLE_KEYNOTE, ROLE_GUEST, ROLE_MEMBER, ROLE_AUDIENCE, ROLE_COUNT };
enum event_link { LINK_UNSET, LINK_CONNECTING, LINK_READY, LINK_MUTED, LINK_AWAY, LINK_COUNT };
enum event_mark { MARK_UNSET, MARK_CLAIM, MARK_QUESTION, MARK_ACTION, MARK_DECISION, MARK_QUOTE, MARK_PRIVATE, MARK_COUNT };
enum event_what { WHAT_UNSET, WHAT_PHOTO, WHAT_MOMENT, WHAT_COUNT };
enum event_order { ORDER_UNSET, ORDER_FIFO, ORDER_UNHEARD_FIRST, ORDER_ALTERNATE, ORDER_COUNT };
enum event_interrupt { INTERRUPT_UNSET, INTERRUPT_PAUSE, INTERRUPT_CHARGE, INTERRUPT_END, INTERRUPT_COUNT };

/* Which log an event belongs to: the session's, that which only chairs may see, or that of the corrections after the close. */
enum event_lane { LANE_SESSION, LANE_CHAIRS, LANE_AMENDS, LANE_COUNT };

struct event_list { /* of strings; borrowed */
	const struct str *items;
	size_t n;
};

/*
 * An event as a value. Strings are borrowed; session_apply() keeps copies.
 * Durations and times are in milliseconds. Integers that are not there are
 * EVENT_NO, strings {NULL,0}, enumerators 0.
 */
struct event {
	int64_t seq;  /* in its lane's log, gapless from 0 */
	int64_t safe; /* as read from a log; ignored on writing */
	int64_t t;    /* session time, never decreasing */
	struct str at; /* local wall time, ISO 8601 with offset, for people */
	struct str by; /* the console that asked */
	enum event_kind kind;
	enum event_lane lane;
	bool more;	   /* "more":1 in data: the next event is part of the same command */
	struct str name;   /* of an unknown kind: its text */
	struct str extra;  /* of data: fields unknown to this version, canonical `"k":v,…` without braces */
	union {
		struct { int64_t format; struct str app; struct str forum; bool rehearsal; } open; /* forum: canonical JSON */
		struct { int64_t epoch; struct str host, boot; int64_t wall, mono; struct str why; int64_t gap; struct str torn; int64_t zone; } host; /* zone: minutes east of UTC */
		struct { struct str why; } close;
		struct { struct str to; } pass; /* a person's id, or "" for back */
		struct { struct str segment; int64_t carry; int64_t by; } segment; /* carry: 1 takes the queue along */
		struct { struct str plan; } fit; /* canonical [["segment",ms],…] */
		struct { struct str person, name, title, affiliation; enum event_role role; enum event_attending attending; enum event_link link; struct str pinyin, note; } person; /* pinyin, note: of a roster that does not fit into session.open */
		struct { int64_t entry; struct str person; enum event_as as; enum event_attending attending; struct str about; int64_t place; struct str why; } queue; /* place: 0 is the head */
		struct { enum event_order order; int64_t limit; enum event_interrupt interrupt; } rule;
		struct { int64_t turn; struct str person; int64_t entry; enum event_as as; int64_t allotted; int64_t by; struct str why; } turn;
		struct { int64_t note; int64_t turn; struct str person; enum event_mark mark; struct str text; } note;
		struct { struct str segment, recipient; struct event_list presenters; } award;
		struct { int64_t mark; enum event_what what; struct str text; } mark;
		struct { struct str to, text; } message;
		struct { struct str of; int64_t records; struct str head; } amend; /* the sealed log: its base name, how many records, its last hash as 64 hex digits */
		struct { struct event_list names; } report; /* of people, as they are to be printed */
		struct { int64_t seq; } undo;
	};
};

/* An event of this kind with every field "not there". */
struct event event_make(enum event_kind kind);
const char *event_kind_text(enum event_kind kind); /* "queue.add" */
/* The word of an enumerator in the log, in commands and in agendas; NULL for the unset one. */
const char *event_as_text(enum event_as v);
const char *event_attending_text(enum event_attending v);
const char *event_role_text(enum event_role v);
const char *event_link_text(enum event_link v);
const char *event_mark_text(enum event_mark v);
const char *event_what_text(enum event_what v);
const char *event_order_text(enum event_order v);
const char *event_interrupt_text(enum event_interrupt v);

/*
 * The record of an event without what the journal adds around it:
 *     "t":MS,"at":"…","by":"…","kind":"…","data":{…}
 * The journal puts {"seq":N,"safe":N, before it and the seal behind it.
 */
void event_encode(struct buf *out, const struct event *e);
/*
 * Reads that body back. Strings point into `body` or into a. False where it is
 * not canonical, a field has the wrong type or a required one is missing; then
 * *why is a sentence for N_() (static).
 */
bool event_decode(struct event *out, struct str body, struct arena *a, const char **why);
/* A deep copy whose strings live in a. */
struct event event_copy(struct arena *a, const struct event *e);
