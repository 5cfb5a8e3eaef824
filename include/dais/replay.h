/*
 * A position in the past of a session, and how it moves. Pure: the room's
 * steady clock is an argument. It shows what session_view() answers at that
 * position, and is steered by a small command language of its own.
 */
#pragma once

#include "dais/command.h"

struct replay;

enum { REPLAY_PACE_MAX = 64 };

/* `of` is borrowed, and may grow; the position is its first event. Owned: replay_destroy(). */
struct replay *replay_create(const struct session *of);
void replay_destroy(struct replay *r);
/* Events were added to `of`. Where the position followed the end, it still does. */
void replay_grown(struct replay *r);

/*
 * Whether somebody writes `of` now: then time goes on at its end, and `follow`
 * and `to end` go along with it. False at first.
 */
void replay_runs(struct replay *r, bool runs);

/* The session as it was; borrowed, the same pointer as long as r lives. */
const struct session *replay_session(const struct replay *r);
/* Session time at the position: between the t of the last event that is in, and of the next. */
int64_t replay_t(const struct replay *r);
size_t replay_at(const struct replay *r); /* how many events are in */
bool replay_playing(const struct replay *r);
bool replay_follows(const struct replay *r); /* stands at the end, and goes on with it */
bool replay_skips(const struct replay *r);   /* silences are cut short */
int replay_pace(const struct replay *r);

/* Goes on by what the steady clock says, if it plays. True if something is new. */
bool replay_advance(struct replay *r, int64_t now_ms);
/* The steady time at which something will be new by itself: an event, a whole second on a clock; -1: nothing will. */
int64_t replay_wake(const struct replay *r, int64_t now_ms);

/* One row of its command language; help and completion follow from the table. */
struct replay_row {
	const char *word;  /* "to" */
	const char *usage; /* N_() */
	const char *help;  /* one line, N_() */
};
const struct replay_row *replay_rows(size_t *n);
/*
 * play, pause, toggle; pace N|faster|slower; step event|turn|segment [back];
 * to 14:52[:07]|+3m|-30s|start|end; moment MS (session time); event N;
 * segment ID|N; person PERSON [back]; note ID; find TEXT [back]; skip [on|off];
 * follow. Refusals say why, as those of a session's commands do; with
 * REFUSAL_NONE no->why may be a word about what was done (a search went round).
 */
enum refusal replay_command(struct replay *r, struct str line, int64_t now_ms, struct arena *a, struct refused *no);
