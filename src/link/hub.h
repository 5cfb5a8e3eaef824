/*
 * What the hub's files share: hub.c has the whole, guest.c hears one guest,
 * guest_greet.c lets it in, hub_send.c tells it.
 */
#pragma once

#include "message.h"

enum guest_state { GUEST_NEW, GUEST_IN, GUEST_LEAVING };
/* Words for one guest that wait; more than this, and it does not listen. */
enum {
	GUEST_WORDS_MAX = 32 << 10,
	GUEST_ASKS_MAX = 256,
	TYPING_MS = 6000,
	QUIET_MS = 3000,
	HERE_MS = 200,
	AHEAD_MS = 1000,
	LINE_SHARE = 8192, /* bytes that count as a line more */
	CATCHING_BYTES = 1 << 20, /* to all that catch up, in one turn: the chair waits for no turn */
	WINDOWS_BYTES = 16 << 20, /* to all guests that may be in flight … */
	WINDOW_LEAST = 16 << 10,  /* … but to each at least this */
	HERE_AGAIN_MS = 5000
};

struct guest {
	struct hub *hub;
	struct wire wire;
	enum guest_state state;
	struct arena arena; /* of the strings below */
	unsigned seats;
	struct str forced, name, from, who, fresh, console;
	void (*kept)(void *ctx, struct str who, struct str name);
	void *kept_ctx;
	enum seat seat;
	struct frame in;
	size_t before; /* bytes that came before it was let in */
	int64_t lines;
	int64_t opened, joined, heard, spoke, pinged, ping_at, ping_n, rtt;
	int64_t partial, paused; /* since when a line is unfinished; until when it is not read */
	int64_t tokens, counted; /* thousandths of a line */
	int64_t flowed;          /* when the wire last took something */
	size_t waited;
	int64_t next[2], live_at[2];
	int64_t held[2]; /* of a chair's seat: what its disk has */
	bool here;       /* on the host's own machine */
	bool live, laned;
	bool more; /* lacks something that could be sent */
	bool denied; /* it asked for what its seat may not do, which was told */
	enum event_lane lane;
	bool typing, quiet;
	int64_t typed;
	int64_t posts[LINK_POSTS], who_is, stable; /* versions that it has */
	size_t asks;                     /* that wait for the disk */
	struct buf words;
};

struct pending {       /* an answer that waits for the disk */
	struct str id; /* lives with the ids */
	enum event_lane lane;
	int64_t seq;
	struct guest *guest;
};

struct hub_post {
	struct buf text;
	unsigned seats;
	int64_t version;
};

struct hub {
	struct hub_calls calls;
	struct hub_limits limits;
	struct hub_facts facts;
	struct guest **guests;
	size_t n, cap;
	size_t first; /* of those that catch up, at the next turn */
	struct asked asked;
	struct buf log;     /* which log this is: the hash of its first record, in hex */
	int64_t scanned[2]; /* the next record to look for asks in */
	struct str scan_req[2];
	struct pending *pending;
	size_t pending_n, pending_cap;
	int64_t released[2], gate[2]; /* what may go to who sees both lanes; what it will be next */
	struct hub_post posts[LINK_POSTS];
	char *self;
	bool self_typing;
	int64_t here_version, here_built, here_at;
	bool here_stale;
	struct buf here, out;
	struct hub_copies copies;
	int64_t copies_version;
	int64_t due;
};

int64_t guest_head(
	const struct guest *g, enum event_lane lane); /* the last seq that may be sent to it */
bool seat_writes(enum seat seat);                     /* hears who is here, may say something */

/* hub.c */
void hub_facts_take(struct hub *h); /* what is on the disk now, and its asks */
struct str hub_log(struct hub *h);  /* nothing where its first record cannot be read */
void hub_tell(struct hub *h, enum hub_news_kind kind, const struct guest *g, struct str why,
	int64_t epoch);
void hub_here_stale(struct hub *h); /* who is here has changed */
void guest_see(const struct guest *g, int64_t now, struct hub_seen *out);
void hub_pend(struct hub *h, struct guest *g, struct str id, enum event_lane lane, int64_t seq);

/* guest.c */
void guest_say(struct guest *g, const struct message *m);
void guest_close(struct guest *g, bool written);
/* A last word, then the end; told to the chair as kind. */
void guest_refuse(struct guest *g, enum hub_news_kind kind, const char *code, const char *why);
void guest_answer(struct guest *g, struct str id, enum event_lane lane, int64_t seq);
/* True if it should be pinged by now. */
bool guest_silent(const struct guest *g, int64_t now);
/* What time alone brings: ends, pings (all that are due by ping_by), reading again. */
void guest_watch(struct guest *g, int64_t now, int64_t ping_by);
int64_t guest_due(const struct guest *g, int64_t now);

/* guest_greet.c */
void guest_hello(struct guest *g, const struct message *m, int64_t now);
void guest_relay(struct guest *g, const struct message *m);

/* hub_send.c */
size_t guest_send(struct guest *g, int64_t now); /* the bytes that went */
void hub_here_build(struct hub *h, int64_t now);
