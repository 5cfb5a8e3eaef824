/* A console on a session that another process hosts: what its files share. */
#pragma once

#include <uv.h>

#include "dais/link.h"
#include "ending.h"
#include "internal.h"
#include "merge.h"
#include "screen.h"

/* What is asked of the console itself, and of no session. */
extern const struct ui_command join_commands[];
extern const size_t join_commands_n;

/* What this console keeps between two starts, in a folder of its own in the state folder. */
struct kept {
	char *folder; /* owned; NULL: nothing is kept */
	char id[17];  /* by which the host knows asks again */
	struct buf outbox; /* as it was last saved */
	char *log;         /* owned; the copy's path */
	int lock;          /* held while this console runs */
};
/* The folder of a console with this name at this address, made if need be; another one where a
 * console of that name runs already. False where there is none to keep anything in. */
bool kept_open(struct kept *k, const struct address *to, enum seat seat, struct str name);
void kept_finish(struct kept *k);
/* The key that came in the place of the invite's; false: there is none. */
bool kept_key(const struct kept *k, unsigned char key[LINK_KEY_SIZE]);
bool kept_put_key(const struct kept *k, struct str key);
bool kept_put_outbox(struct kept *k, struct str text);
/* The hash of the copy's first record: which log it is. */
bool kept_log(const struct kept *k, unsigned char hash[32]);
/* Renames the copies away, and notes that wait where outbox is said; what was there has its new path
 * appended. False: it cannot be, or too much lies there already. */
bool kept_set_aside(struct kept *k, struct buf *log, struct buf *outbox);

/* The copies of both logs: what came is written and synced in a thread of the pool. */
struct copies {
	uv_loop_t *loop;
	struct mirror *mirror[2]; /* NULL: not kept */
	struct buf coming[2], going[2];
	int64_t came[2], handed[2], synced[2]; /* the last seq of each: here, with the thread, on the disk */
	uv_work_t work;
	bool busy;
	int error; /* of the last try; 0: all is well */
	int failed; /* the thread's own, of the try under way */
	uint64_t again; /* loop time before which nothing is tried again */
};
/* Opens what is there; negative errno where this console can keep nothing. */
int copies_open(struct copies *c, uv_loop_t *loop, const char *log, bool chairs);
void copies_take(struct copies *c, enum event_lane lane, int64_t seq, struct str line);
void copies_turn(struct copies *c);
bool copies_busy(const struct copies *c);
/* What is left is written now, waiting for the disk. */
int copies_finish(struct copies *c);

struct join_options {
	const struct address *to;
	enum seat seat;
	struct str name;
	const char *log; /* to be compared with the session's, or NULL */
};
/* Runs until the console is left. Answers the exit code; *copy is the log's copy, owned, where the
 * console is to go on as the host, and NULL otherwise. */
int join_run(const struct join_options *options, char **copy);

struct join {
	uv_loop_t uv;
	const struct join_options *options;
	struct session *session;
	struct spoke *spoke;
	struct dial *dial;
	struct kept kept;
	struct copies copies;
	struct screen screen;
	uv_prepare_t prepare;
	uv_timer_t wake;
	uv_work_t pool;
	struct ending ending;
	struct buf said; /* of the state of the line, as it was last shown */
	enum spoke_state state;
	int64_t alarm_t, told; /* told: the last record that was shown as saved */
	int told_error; /* of the copies */
	bool news, leaving, spoken;
	bool taking; /* over, once this loop has ended */
	bool parting, aside; /* from a host with another log; that was done */
	bool lived; /* it was live since it began */
	struct merge merge;
	int code;
};

/* uv_join.c: what it begins with */
void join_dial(struct join *j);
void join_dial_closed(void *ctx);
void join_copies(struct join *j);
void join_spoke(struct join *j);

/* join_aside.c */
void join_part(struct join *j); /* from a host with another log, where that is so */

/* join_show.c */
bool join_is_stage(const struct join *j);
int64_t join_now(const struct join *j); /* of the loop, in ms */
struct spoke_view join_look(const struct join *j);
void join_tell(struct join *j); /* to the screen, what is new */

/* merge.c */
void merge_turn(struct join *j);
bool merge_answer(struct join *j, const struct answer *a); /* false: it is not about what was merged */
bool merge_is(struct str line);
enum refusal merge_command(struct join *j, struct str line, struct refused *no);
void merge_finish(struct join *j); /* and says what is left */
void merge_look(struct join *j); /* merge_look.c */
/* merge_say.c: the list; a command line that tells the chairs; what was found, if anything */
void merge_list(const struct orphans *o, bool how, struct buf *out);
void merge_message(const struct merge *m, enum merge_what what, size_t of, struct str why,
	struct buf *out);
void merge_found(const struct merge *m, struct buf *out);

/* posix_orphans.c */
/* Logs that may be this session's: hosted here, or kept by consoles that joined from here and do not
 * run now, those with their outbox. */
typedef void (*orphan_log_cb)(void *ctx, const char *log, const char *outbox, bool hosted);
void orphan_logs(const struct kept *own, orphan_log_cb seen, void *ctx);
/* True if the file begins with this line. */
bool orphan_begins(const char *log, struct str first);

/* takeover.c */
/* 0 where the console may take over now: it is left then. */
enum refusal takeover_ask(struct join *j, struct str line, struct refused *no);
/* Hosts what the copy holds, and the notes that waited beside it: this seat's, of that name. */
int takeover_host(const char *copy, struct str session, enum seat seat, struct str name);

/* cmd_join.c */
bool seat_named(const char *word, enum seat *out);
int seat_unknown(const char *word); /* says so; the exit code */
