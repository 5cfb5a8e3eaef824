/*
 * Between the protocol, which is pure, and what carries its bytes: lines out of
 * bytes, a wire, and the two ends that a wire is given to.
 */
#pragma once

#include "dais/link.h"

/*
 * Feed bytes, get lines; empty ones are skipped. Pure, and the lines do not
 * depend on how the bytes were cut. Zeroed memory is an empty one;
 * frame_finish gives its memory back.
 */
struct frame {
	struct buf held;
	size_t most; /* bytes in a line; 0: EVENT_LINE_MAX */
	bool broken; /* a line was too long, had a NUL, or was not UTF-8; a callback sets it to hear
			no more */
};
typedef void (*frame_line_cb)(void *ctx, struct str line);
/* Answers false once the line is broken; nothing more is read then. */
bool frame_feed(struct frame *f, struct str bytes, frame_line_cb line, void *ctx);
void frame_finish(struct frame *f);

bool request_read(
	struct request *out, struct str line, struct arena *a); /* strict; jansson reads it */

/* What carries the lines of one console. After close no byte comes, and its owner tells the end
 * once, later. */
struct wire {
	void *ctx;
	size_t (*waiting)(void *ctx); /* bytes that were sent and that the system has not taken */
	void (*send)(void *ctx, struct str bytes); /* takes all of them */
	void (*listen)(void *ctx, bool reading);   /* stops reading, and begins again */
	void (*close)(void *ctx, bool written);    /* once what was sent is written; or at once */
};

/* Whom a wire may bring: seats as bits; a name that overrules what it calls itself, if any; where
 * it comes from; a fresh key to give it. */
struct hub_admit {
	unsigned seats;
	struct str name, from, who, fresh;
	bool here; /* from this machine, unless a relay says otherwise: what it holds is no second
		      copy */
	void (*kept)(void *ctx, struct str who, struct str name); /* the fresh key was confirmed */
	void *ctx;
};
struct guest *hub_open(
	struct hub *h, const struct wire *w, const struct hub_admit *admit, int64_t now);
void hub_feed(struct guest *g, struct str bytes, int64_t now);
void hub_gone(struct guest *g); /* the wire has ended, whoever ended it */

void spoke_up(struct spoke *s, const struct wire *w, int64_t now);
void spoke_feed(struct spoke *s, struct str bytes, int64_t now);
/* No wire came, or it ended. code: "" for a line that was lost; otherwise it is final and why is
 * for a person. */
void spoke_down(struct spoke *s, struct str code, struct str why, int64_t now);

/* Sets something of the caller's beside a peer. */
void server_tag(struct peer *p, void *tag);
void *server_tag_of(const struct peer *p);
/* Peers that are connected now. */
size_t server_peers(const struct server *s);

enum invite_wrong {
	INVITE_GOOD,
	INVITE_NONE,
	INVITE_ADDRESS,
	INVITE_SEAT,
	INVITE_SHORT,
	INVITE_MISTYPED
};
/* Blanks, <>, quotes and full stops that chats put around it are no part of it. */
enum invite_wrong invite_read(struct invite *out, struct str text, struct arena *a);
const char *invite_why(enum invite_wrong w);                            /* a sentence for N_() */
void key_text(struct buf *out, const unsigned char key[LINK_KEY_SIZE]); /* base64url */

/* The key that a console with this identity ("c@s") must hold. */
bool seats_find(const struct seats *s, struct str identity, unsigned char psk[LINK_KEY_SIZE]);
enum seat_use {
	SEAT_ENTERS,
	SEAT_ENTERS_ANEW,
	SEAT_ENTERS_CHANGING,
	SEAT_USED_AGAIN,
	SEAT_UNKNOWN
};
/* A good handshake: random makes the fresh key, to be saved before it is given away; so is what
 * ANEW changed. */
enum seat_use seats_use(struct seats *s, struct str identity,
	const unsigned char random[LINK_KEY_SIZE], struct seat_view *out,
	unsigned char fresh[LINK_KEY_SIZE]);
/* The fresh key was confirmed (or used): the old one ends. name: the console's. */
bool seats_confirm(struct seats *s, struct str identity, struct str name);
/* True where this key has come more than sixty times within a minute; counts. */
bool seats_often(struct seats *s, struct str identity, int64_t now);
/* Five wrong tries from an address within a minute, and it is not heard for a minute. */
bool seats_hear(const struct seats *s, struct str address, int64_t now);
void seats_wrong(struct seats *s, struct str address, struct str identity, int64_t now);
