/* What the files of dais replay share: a log that is played in a console. */
#pragma once

#include <stdatomic.h>
#include <uv.h>

#include "dais/replay.h"
#include "ending.h"
#include "internal.h"
#include "screen.h"

enum { PLAYER_COMMANDS_MAX = 32 };

struct player_start {
	const char *log; /* path */
	const char *at;  /* where to begin: what the replay's "to" takes, or NULL */
	const char *pace; /* or NULL */
};

/* One of the logs, as far as it was read. */
struct tail {
	char *path; /* owned */
	enum event_lane lane;
	struct journal_check check;
	struct arena arena; /* of the events that wait to be applied */
	struct event *events; /* owned */
	size_t n, cap, taken;
};

struct player {
	uv_loop_t uv;
	const struct player_start *start;
	struct screen screen;
	uv_prepare_t prepare;
	uv_timer_t wake;
	struct ending ending;
	bool news; /* what the console shows is no longer so */
	bool leaving;
	int code;
	struct buf said; /* a word about the last command */

	/* Opening: a thread of the pool reads, the loop answers keys. */
	uv_work_t work;
	uv_timer_t patience;
	bool opening;
	atomic_int done; /* thousandths */
	int error;
	struct session *nothing; /* owned; what the console has while there is no session */
	struct recall recall;
	struct replay *replay; /* owned; NULL while opening */
	struct ui_command commands[PLAYER_COMMANDS_MAX]; /* of the replay, for the console */
	size_t commands_n;

	/* Following: what another process adds. */
	struct tail tails[2];
	uv_fs_event_t watch;
	uv_timer_t poll;
	bool runs, watching;
	struct buf damage;
};

/* uv_replay.c */
int player_run(const struct player_start *start);
void player_leave(struct player *p, int code);
void player_opened(struct player *p); /* by the opening, on the loop */

/* uv_replay_open.c */
void opening_start(struct player *p);

/* uv_replay_tail.c */
void tails_start(struct player *p);
void tails_stop(struct player *p);
void tails_finish(struct player *p);
