/* A pseudo-random chair and a forum for it: what it does is decided by the session like anybody's
 * commands, so that every log of it is one that dais could have written. */
#pragma once

#include "dais/command.h"

enum { CHAIR_NOTES = 16 };

struct chair {
	uint64_t state; /* of the pseudo-random numbers: the seed at first */
	double undos;   /* share of undos among its acts */
	int64_t t;
	char at[40];
	struct buf text;               /* of the last note */
	int64_t notes[CHAIR_NOTES]; /* the ids of the last notes, for edits */
	size_t notes_n, walk_ins;
	int64_t visit_ends; /* when it moves on to the next segment, in events */
	int64_t visit;      /* how long it stays in a point, in events */
};

/* From 0 up to n - 1. */
uint64_t chair_pick(struct chair *c, uint64_t n);
/* Appends the agenda as session.open holds it. */
void chair_forum(struct buf *out);
/* The first hosting of such a session. */
struct event chair_host(void);
/* Session time goes on by ms; `at` with it. */
void chair_wait(struct chair *c, int64_t ms);
/* The next thing that it would like to do; strings live in the chair until the next one. */
struct command chair_wish(struct chair *c, const struct session *s);
/* Ends what runs, bit by bit, so that exactly `left` more events close the session. */
struct command chair_end(struct chair *c, const struct session *s, int64_t left);
