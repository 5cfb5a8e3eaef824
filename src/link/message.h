/* The lines of the console protocol as values; the door lists them. */
#pragma once

#include "internal.h"

enum message_kind {
	MESSAGE_HELLO,
	MESSAGE_WELCOME,
	MESSAGE_ASK,
	MESSAGE_ANSWER,
	MESSAGE_PING,
	MESSAGE_PONG,
	MESSAGE_TYPING,
	MESSAGE_LANE,
	MESSAGE_LIVE,
	MESSAGE_HERE,
	MESSAGE_POST,
	MESSAGE_KEY,
	MESSAGE_KEPT,
	MESSAGE_HELD,
	MESSAGE_STABLE,
	MESSAGE_BYE,
	MESSAGE_REFUSED,
	MESSAGE_RELAY,
	MESSAGE_COUNT
};

struct message_who {
	struct str name, seat;
	int64_t since, rtt, quiet, typing;
};

struct message {
	enum message_kind kind;
	int64_t n;       /* the first key's value … */
	struct str text; /* … where it is a text */
	struct str session, seat, name, id, log, hash, chairs_hash, line, of, code, why, posted;
	int64_t epoch, seq, chairs, copies, made, late, typed, column, now, t, pace;
	const struct message_who *who;
	size_t who_n;
};

/* Nothing said but what it is. */
struct message message_make(enum message_kind kind);
/* With its newline; what was not said is left out. */
void message_write(struct buf *out, const struct message *m);
/* False where it is not canonical, is no message, or a field has the wrong type. */
bool message_read(struct message *out, struct str line, struct arena *a);

/* A record as it stands in a log. */
struct sealed {
	int64_t seq, safe, t;
	struct str body;
	unsigned char hash[32];
	bool more;      /* the next one is part of the same command */
	struct str req; /* the ask that it came of, or nothing; without escapes */
};
/* Reads only what stands around the body, and finds its ask; it verifies nothing. */
bool sealed_read(struct sealed *out, struct str line);
bool sealed_is(struct str line);                               /* a record rather than a message */
void hash_text(struct buf *out, const unsigned char hash[32]); /* 64 hex */

/* The ids that were asked and what became of them. */
struct asked {
	struct asked_slot *slots;
	size_t n, cap;
	struct arena arena;
};
/* False if the id is new. */
bool asked_find(const struct asked *a, struct str id, enum event_lane *lane, int64_t *seq);
void asked_set(struct asked *a, struct str id, enum event_lane lane, int64_t seq);
void asked_finish(struct asked *a);
bool asked_valid(struct str id); /* 1 to LINK_ID_MAX of A-Z a-z 0-9 - _ */

bool seat_sees_chairs(enum seat seat);
struct str lane_text(enum event_lane lane);
bool lane_from(struct str text, enum event_lane *out);
enum seat seat_from(struct str text); /* 0: none */
bool name_valid(struct str name);     /* of a console: said, short enough, nothing hidden */
