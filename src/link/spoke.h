/*
 * What the spoke's files share: spoke.c is its life, spoke_hear.c takes what
 * comes, spoke_asks.c holds what was asked.
 */
#pragma once

#include "message.h"

enum {
	SPOKE_PING_MS = 2000,
	SPOKE_DEAD_MS = 6000,
	SPOKE_GREET_MS = 15000,
	SPOKE_WAIT_MIN_MS = 250,
	SPOKE_WAIT_MAX_MS = 5000,
	SPOKE_FLYING = 16,
	SPOKE_HELD_MAX = 5 << 20,
	SPOKE_LATE_MS = 2000,
	SPOKE_TYPING_MS = 3000,
	SPOKE_ASKS_MAX = 2000,
	SPOKE_HELD_MS = 250,
	SPOKE_PACE_MAX = 1000,
	SPOKE_BODY_MAX = EVENT_LINE_MAX - 160
};

struct spoke_ask {
	char *id, *line; /* owned */
	bool moment, sent, waited, answered;
	bool logged, told; /* it is in the log; its person knows its end */
	bool late; /* asked again for what was done elsewhere */
	int64_t made;         /* by the host's clock, or EVENT_NO */
	int64_t typed;        /* wall */
	enum event_lane lane; /* once it was answered … */
	int64_t seq;
};

struct spoke_post {
	struct buf text;
};

struct spoke {
	struct spoke_calls calls;
	struct arena arena;
	struct str session, wish, console;
	enum seat wished;
	enum spoke_state state;
	int64_t since;
	struct buf code, why;
	bool was_live;

	struct wire wire;
	bool wired, dialing, closing;
	struct frame in;
	struct buf words;
	int64_t heard, spoke, pinged, ping_n, ping_at, rtt;
	int64_t dial_at;
	unsigned tries;
	uint64_t random, secret, named; /* of pauses; of ids, and how many there were */

	bool laned;
	enum event_lane lane;
	int64_t seq[2]; /* held, commands whole */
	unsigned char hash[2][32];
	int64_t want[2]; /* of the line that comes next */
	unsigned char chain[2][32];
	/* Which log is held and which one the host says it has: a first record's hash, in hex. */
	struct buf log, welcomed;
	struct buf held[2]; /* lines of a command that is not whole yet */
	int64_t head[2];
	int64_t epoch;
	struct buf sealed;

	int64_t synced[2], claimed[2]; /* on this disk; what the host was told of that */
	int64_t claimed_at;
	int64_t stable[2], copies; /* on a second machine's */

	char *name;
	enum seat seat;
	int64_t clock, clock_at, t, pace; /* the host's clock when it was heard, by ours */

	struct spoke_ask *asks;
	size_t asks_n, asks_cap, flying;
	struct buf outbox;
	bool typing;
	int64_t typed;

	struct arena here;
	struct spoke_who *who;
	size_t who_n;
	int64_t observers;
	struct spoke_post posts[LINK_POSTS];
};

/* spoke.c */
void spoke_say(struct spoke *s, const struct message *m);
void spoke_set(struct spoke *s, enum spoke_state state, int64_t now);
/* Ends the link for good; code and why are for the person. */
void spoke_stop(
	struct spoke *s, enum spoke_state state, struct str code, struct str why, int64_t now);
/* Ends the link and dials again. */
void spoke_cut(struct spoke *s, struct str why, int64_t now);
void spoke_changed(struct spoke *s);
void spoke_put(struct buf *b, struct str s); /* in the place of what it held */

/* spoke_hear.c */
void spoke_line(struct spoke *s, struct str line, int64_t now);

/* spoke_asks.c */
void asks_load(struct spoke *s, struct str outbox);
void asks_send(struct spoke *s, int64_t now); /* as many as may be under way */
void asks_again(struct spoke *s);             /* the link broke */
void asks_epoch(struct spoke *s); /* another host: what its clock said means nothing now */
void asks_answer(struct spoke *s, const struct message *m);
void asks_stable(struct spoke *s); /* what is on two machines was told anew */
void asks_seen(struct spoke *s, enum event_lane lane, int64_t seq, struct str req); /* in the log */
void asks_finish(struct spoke *s);
