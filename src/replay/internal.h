/* What the files of the replay share. */
#pragma once

#include "dais/i18n.h"
#include "dais/replay.h"

enum {
	SILENCE_MS = 3000,      /* of session time without an event: longer is a silence */
	SILENCE_CUT_MS = 1000,  /* what is left of it */
	STAND_MS = 2000,        /* while it plays: so long behind a mark counts as standing on it */
	AHEAD_MS = 2 * SESSION_TICK_MS, /* how far time goes on without the tick that is due */
};

struct replay {
	const struct session *of;
	struct session *view; /* owned */
	size_t at;
	int64_t t;
	bool playing, skips, runs, follows;
	bool unanchored; /* since_ms is set by the next look at the clock */
	int pace;
	/* While it plays, t is since_t + (now - since_ms) times the speed: whole numbers, set anew
	 * only where the position jumps or the speed changes, so that nothing adds up. */
	int64_t since_ms, since_t;
};

/* A command that is being carried out. */
struct ask {
	struct replay *r;
	struct str rest; /* of the line, behind its first word, without blanks around it */
	int64_t now_ms;
	struct arena *a;
	struct refused *no;
};
/* why: N_() with {0}…; args are copied. With REFUSAL_NONE: a word about what was done. */
enum refusal replay_no(
	struct ask *q, enum refusal code, const char *why, size_t n, const struct str *args);
#define REPLAY_NO(q, code, why, ...)                                                               \
	replay_no(q, code, why, sizeof((struct str[]){__VA_ARGS__}) / sizeof(struct str),          \
		(struct str[]){__VA_ARGS__})
/* Takes the first word; false where there is none. */
bool replay_word(struct str *rest, struct str *word);
/* True, and taken off, where the rest ends in the word "back". */
bool replay_back(struct ask *q);

/* ---- replay.c: the position ---- */

/* There, and on from there if it plays. Nothing is followed any more. */
void replay_go(struct replay *r, size_t n, int64_t t, int64_t now_ms);
void replay_go_start(struct replay *r, int64_t now_ms);
void replay_go_end(struct replay *r, int64_t now_ms);
void replay_follow(struct replay *r, int64_t now_ms);
/* Plays, or no longer. */
void replay_play(struct replay *r, bool on, int64_t now_ms);
void replay_set_pace(struct replay *r, int pace, int64_t now_ms);

/* ---- past.c: questions to the list of events ---- */

int64_t past_t(const struct session *of, size_t i);
/* Whether something looks different behind it: a tick changes nothing, nor do the hosts of the
 * chairs' log. */
bool past_changes(const struct event *e);
/* How many events have t at most this. */
size_t past_until(const struct session *of, int64_t t);
/* Behind the command of event i. */
size_t past_command_end(const struct session *of, size_t i);
/* How many events make the beginning: what opens the session, and who hosts it then. */
size_t past_beginning(const struct session *of);
typedef bool (*past_match)(const struct session *of, const struct event *e, void *ctx);
/* The first from i on; the last before i; SIZE_MAX: none. */
size_t past_next(const struct session *of, size_t i, past_match match, void *ctx);
size_t past_before(const struct session *of, size_t i, past_match match, void *ctx);

/* ---- each command ---- */
enum refusal seek_step(struct ask *q);
enum refusal seek_event(struct ask *q);
enum refusal seek_segment(struct ask *q);
enum refusal seek_person(struct ask *q);
enum refusal seek_note(struct ask *q);
enum refusal seek_text(struct ask *q);
enum refusal seek_time(struct ask *q);
enum refusal seek_moment(struct ask *q);

/* ---- fold.c ---- */

/* One character, as whoever types in a hurry means it: lower case, half width, blanks alike.
 * Answers its length, 0 at the end. */
size_t fold_read(struct str s, uint32_t *code);
void fold_put(struct buf *out, struct str s);
bool fold_has(struct str s, struct str part);
