/* What the files of the running loop share. */
#pragma once

#include <uv.h>

#include "dais/diag.h"
#include "dais/link.h"
#include "dais/ui.h"
#include "internal.h"

/* A peer that waits until a record is on the disk. */
struct waiting {
	struct peer *peer;
	char *id; /* owned */
	enum event_lane lane;
	int64_t seq;
};

/* A peer that wants to hear of every change. */
struct follower {
	struct peer *peer;
	int64_t seq, synced;
	int trouble;
};

struct loop;

/* One log's commits, one at a time, in a thread of the pool. */
struct saver {
	uv_work_t work;
	struct loop *loop;
	struct host_commit commit;
	bool busy;
	uv_timer_t retry;
	bool held; /* no commit of this log before its timer fired; the other one goes on */
};

struct loop {
	uv_loop_t uv;
	const struct live *options;
	struct host *host;
	struct saver savers[2];
	bool news; /* events were applied or saved since the last turn */

	struct place *place;
	struct server *server;
	struct waiting *waiting;
	size_t waiting_n, waiting_cap;
	struct follower *followers;
	size_t followers_n, followers_cap;
	int64_t began_wall;

	uv_prepare_t prepare;
	uv_timer_t wake;
	int64_t alarm_t; /* alarms up to here were sounded */
	int failovers;   /* that were told */
	bool leaving;
	int code;

	/* The console; all NULL where there is none. */
	struct ui *ui;
	struct theme theme;
	size_t theme_at; /* which of the built-in ones */
	struct terminal *terminal;
	struct readings *readings; /* owned; NULL where no name needs any */
	uv_poll_t keys, screen;
	uv_timer_t escape;
	int screen_fd;
	struct buf frame; /* bytes of the frame that is being written */
	size_t frame_at;
	bool due; /* time alone asks for a new picture */
	uv_signal_t signals[7];
	size_t signals_n;
};

/* uv_save.c */
void save_start(struct loop *l);
void save_turn(struct loop *l); /* begins what can be begun */
bool save_busy(const struct loop *l);

/* serve.c */
int serve_start(struct loop *l);
void serve_turn(struct loop *l); /* answers and tells what is on the disk by now */
void serve_finish(struct loop *l);

/* uv_screen.c */
int screen_start(struct loop *l);
void screen_turn(struct loop *l);
void screen_resized(struct loop *l);
/* Stops the whole job until it is continued; handle is SIGTSTP's, watched again by `again`
 * afterwards. */
void screen_suspend(struct loop *l, uv_signal_t *handle, uv_signal_cb again);
void screen_finish(struct loop *l);

/* uv_history.c */
void history_recall(struct loop *l); /* into the console */
void history_keep(void *ctx, struct str line);

/* uv_readings.c */
void readings_turn(struct loop *l); /* has names read whose readings the console lacks */
bool readings_busy(const struct loop *l);
void readings_stop(struct loop *l); /* soon, not at once */
void readings_finish(struct loop *l);

/* uv_live.c */
void live_leave(struct loop *l, int code);
