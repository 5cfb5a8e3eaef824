/* What the files of the running loop share. */
#pragma once

#include <uv.h>

#include "dais/link.h"
#include "ending.h"
#include "internal.h"
#include "screen.h"
#include "share.h"

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

/* How often something was told to the chair of late. */
struct telling {
	uint64_t at;
	unsigned said;
};

/* Other consoles. Without a screen and alone it costs nothing but the hub. */
struct consoles {
	struct hub *hub;
	struct arena said; /* of the last answer */
	struct buf why;
	enum stage_state stage;
	/* Of other machines; NULL until the first was invited. */
	struct seats *seats;
	struct gate *gate;
	char *seats_file, *gate_host; /* owned */
	bool deposed, stays; /* a later host was heard of; the chair goes on all the same */
	struct telling of_hub[HUB_DENIED + 1];
};

struct loop {
	uv_loop_t uv;
	const struct live *options;
	struct host *host;
	struct saver savers[2];
	bool news; /* events were applied or saved since the last turn */

	struct place *place;
	struct server *server;
	struct consoles consoles;
	struct waiting *waiting;
	size_t waiting_n, waiting_cap;
	struct follower *followers;
	size_t followers_n, followers_cap;
	size_t told_copies;
	int64_t told_held;
	int64_t began_wall, told_here; /* told_here: of the loop's clock */

	uv_prepare_t prepare;
	uv_timer_t wake;
	int64_t alarm_t; /* alarms up to here were sounded */
	int failovers;   /* that were told */
	uv_work_t remembering;
	bool leaving, hurried; /* hurried: told a second time to end */
	int code;

	struct screen screen; /* not up where there is none */
	struct ending ending;
};

/* uv_save.c */
void save_start(struct loop *l);
void save_turn(struct loop *l); /* begins what can be begun */
bool save_busy(const struct loop *l);

/* serve.c */
int serve_start(struct loop *l);
void serve_turn(struct loop *l); /* answers and tells what is on the disk by now */
void serve_finish(struct loop *l);

/* consoles.c */
void consoles_start(struct loop *l);
void consoles_finish(struct loop *l);
size_t consoles_count(const struct loop *l); /* that somebody works at, without the host's own */
/* For the status; *out is owned, what it points to lives until the loop's next turn. */
void consoles_list(struct loop *l, struct status_console **out, size_t *n);
void consoles_say(struct loop *l, const char *format, const struct str *args, size_t n, bool bad);
/* True where a later host has gone on with this session, as a chair's console knows: nothing is done here
 * then until the chair says so. */
bool consoles_deposed(struct loop *l, struct str line, struct refused *no);
bool consoles_may_say(const struct loop *l, struct telling *t);

/* share.c */
extern const struct ui_command share_commands[];
extern const size_t share_commands_n;
bool share_is(struct str line);
/* Appends what there is to say, translated, whether it is done or refused. */
enum refusal share_do(struct loop *l, struct str line, struct buf *out);

/* door.c; where something does not work, why gets a sentence. */
bool door_seats(struct loop *l, struct buf *why);
bool door_save(struct loop *l); /* the seats */
bool door_open(struct loop *l, struct str address, struct buf *why); /* no address: as it is, or loopback */
void door_again(struct loop *l); /* where it stood open when this log was last hosted */
void door_close(struct loop *l);
void door_finish(struct loop *l);

/* uv_exports.c */
void exports_begin(struct loop *l, const char *format);

/* uv_console.c */
int console_start(struct loop *l);
void console_first(struct loop *l);
void console_turn(struct loop *l);

/* uv_live.c */
void live_leave(struct loop *l, int code);
