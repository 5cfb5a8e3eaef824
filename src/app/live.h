/* What the files of the running loop share. */
#pragma once

#include <uv.h>

#include "dais/link.h"
#include "internal.h"
#include "screen.h"

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

	struct screen screen; /* not up where there is none */
	uv_signal_t signals[4];
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

/* uv_exports.c */
void exports_begin(struct loop *l, const char *format);

/* uv_console.c */
int console_start(struct loop *l);
void console_turn(struct loop *l);

/* uv_live.c */
void live_leave(struct loop *l, int code);
