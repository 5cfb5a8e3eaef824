/*
 * The lines of the console protocol (link.md) as values:
 *
 * console   {"hello":1,"session","seat","name","id":CONSOLE,"log","epoch","seq","hash","chairs","chairs_hash"}
 *           log: which log it holds, by its first record's hash; then what of each lane: the
 *           last seq and its hash; nothing if not said
 *           {"ask":ID,"do":COMMAND,"made":MS,"late":MS}  made: the host's clock when it was typed,
 *           late: how long ago that was, for what waited while the line was cut
 *           {"typing":0|1}   {"kept":1}   {"bye":WHY}
 *           {"held":SEQ,"chairs"} on a chair's seat: what its disk has of each lane
 * host      {"welcome":1,"session","seat","name","log","epoch","seq","chairs"}   or {"refused":CODE,"why"} and the end;
 *           refused as "another" with "log": that is another session's, whatever its epoch
 *           {"lane":"session"|"chairs"} says which log the lines behind it are from; lines begin with {"seq":
 *           {"live":SEQ} everything up to the welcome has been sent
 *           {"answer":ID,"seq","of":LANE} once it is on the disk, or {"answer":ID,"code","why","column"}
 *           {"here":OBSERVERS,"who":[{"name","seat","since","rtt","quiet","typing"},…]} for those who may write
 *           {"stable":SEQ,"chairs","copies":N} what is on the disks of two machines, for those who may write
 *           {"post":SLOT,"text"} the latest value of something that is not in the log
 *           {"key":KEY} a fresh key, to be kept before it is confirmed with kept   {"bye":WHY}
 * both      {"ping":N}, the host's with "now","t","pace"   {"pong":N}
 * a relay   {"relay":1,"seat","name"} before the hello: at most this seat, from there
 *
 * An ID is done once, however often it is asked: the host writes it into the
 * record ("req" in data), and a repeated one is answered with what became of it.
 */
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
