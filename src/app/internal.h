/* What the ways of running the program share. */
#pragma once

#include "dais/command.h"
#include "dais/i18n.h"
#include "dais/journal.h"
#include "dais/log.h"

#define APP_NAME "dais"

/* ---- output: the only function that writes to standard output ---- */
void app_print(struct str text); /* ends the program with DAIS_FAILED where it cannot be written */
/* format (translated) with {0}… filled in, those cleaned, to standard output. */
void app_say(const char *format, const struct str *args, size_t n);
/* Of the terminal that standard output is; 0 where it is none. */
int output_columns(void);
/* Before anything is opened: where a standard stream is closed, no file of ours may come to stand for it. */
void output_hold(void);
/* Several lines for standard error, cleaned already. */
void app_complain(struct str text);
/* format (translated) with {0}… filled, to standard error as "dais: …". */
void app_error(const char *format, const struct str *args, size_t n);
#define APP_ERROR(format, ...)                                                                     \
	app_error(format, (struct str[]){__VA_ARGS__},                                             \
		sizeof((struct str[]){__VA_ARGS__}) / sizeof(struct str))

/* ---- the command line ---- */
struct option {
	const char *name;       /* "--json" */
	const char *short_name; /* "-j" or NULL */
	const char *value;      /* what it takes, for the help (N_()), or NULL for a flag */
	const char *help;       /* N_() */
};
struct arguments {
	const char **values; /* beside each option: its value, "" for a flag that is set, or NULL */
	char **rest;         /* what is not an option */
	int rest_n;
};
struct subcommand {
	const char *name;
	const char *usage; /* behind the name, N_() */
	const char *help;  /* one line, N_() */
	const char *more;  /* further lines for --help, N_(), or NULL */
	const struct option *options;
	size_t options_n;
	int words_last; /* options end at this word (1: the first): what follows is somebody else's */
	int least, most; /* words; most -1: any */
	int (*run)(const struct arguments *args);
};
const struct subcommand *app_subcommands(size_t *n);
int options_run(const struct subcommand *sub, int argc, char **argv);
void options_help(const struct subcommand *sub);
void options_overview(void);

int cmd_demo(const struct arguments *args);
int cmd_new(const struct arguments *args);
int cmd_check(const struct arguments *args);
int cmd_run(const struct arguments *args);
int cmd_ctl(const struct arguments *args);
int cmd_status(const struct arguments *args);
int cmd_list(const struct arguments *args);
int cmd_replay(const struct arguments *args);
int cmd_report(const struct arguments *args);
int cmd_amend(const struct arguments *args);
int cmd_verify(const struct arguments *args);
int cmd_merge(const struct arguments *args);
int cmd_join(const struct arguments *args);
int cmd_stage(const struct arguments *args);
int cmd_stdio(const struct arguments *args);
/* For shells: the words behind "dais complete", of which the last one is being typed. */
int cmd_complete(int n, char *const *words);

/* ---- the world ---- */
/* Reads a regular file of at most `most` bytes; never waits for a fifo or a device. Negative errno;
 * -EFBIG, -EISDIR, -EINVAL (not a regular file). */
int file_read(const char *path, size_t most, struct buf *out);
/* Writes a new file (0600 or 0644), refusing to replace one. */
int file_create(const char *path, struct str text, unsigned mode);
const char *file_why(int error); /* a translated sentence */
/* The folder that programs keep their state in, made if need be; owned, or NULL. */
char *state_folder(void);
bool state_first(void); /* true once in the life of the folder */
void state_remember(const char *log);
void state_forget(const char *log);
typedef void (*state_seen_cb)(void *ctx, const char *log);
void state_each(state_seen_cb seen, void *ctx);
/* posix_orphans.c: that a session went on at another host, without what only this log holds; and
 * where, owned, or NULL. A file beside the log. */
void log_moved(const char *log, struct str host);
char *log_moved_to(const char *log);

/* Each line of standard input, without blanks around it; blank ones and those that begin with # are
 * passed over. DAIS_OK, or the last other answer. */
typedef int (*input_line_cb)(void *ctx, struct str line);
int input_lines(input_line_cb take, void *ctx);
char *login_name(void); /* owned */
/* posix_signals.c: TERM, INT, HUP and QUIT. Held while the pool's threads are made, they come to the
 * loop alone; held and ignored when it closes, a second one does no harm. */
size_t signals_of_end(const int **out);
void signals_hold(void);
void signals_release(void);
void signals_ignore(void);
unsigned limits_raise(void); /* the most files that may be open; how many of them consoles may be */

/* posix_history.c: the command lines of earlier sessions, the oldest first */
typedef void (*history_line_cb)(void *ctx, struct str line);
void history_each(history_line_cb seen, void *ctx);
void history_append(struct str line); /* from any thread */

/* A time that the kernel tells, within what a log can hold. */
int64_t clock_ms(int64_t seconds, int64_t nanoseconds);
int64_t clock_mono_ms(void);             /* CLOCK_BOOTTIME: goes on through a suspend */
int64_t clock_wall_ms(void);             /* since 1970 */
int64_t clock_zone_min(int64_t wall_ms); /* minutes east of UTC then */
void clock_boot_id(char out[64]);
void clock_host_name(char out[256]);
/* "2026-11-23T14:52:07+08:00" */
void clock_iso(struct buf *out, int64_t wall_ms, int64_t zone_min);

/* ---- session time ---- */
struct clock {
	int64_t anchor_t, anchor_mono;
	int64_t factor; /* session ms for one real ms; above 1 in a rehearsal */
};
int64_t clock_session(const struct clock *c, int64_t mono);
/*
 * The session time of now, after `host` (the last session.host) hosted until
 * somewhere behind last_t: as if nothing had happened in between. By the boot
 * clock where it is the same boot, otherwise by the wall clock; never before
 * last_t.
 */
int64_t clock_resume(const struct event *host, int64_t last_t, struct str boot, int64_t mono,
	int64_t wall, int64_t factor);

/* ---- a log read into a session ---- */
struct recall {
	struct session *session; /* owned until recall_take */
	struct journal_check check, chairs;
	int64_t bad_line; /* a record that checks but makes no sense, or 0 */
	const char *why;  /* N_() */
	bool chairs_there;
	/* Of the corrections after the close, which stand in a log beside it. */
	bool amends_there;
	struct journal_check amends;
	int64_t amends_bad_line;
	const char *amends_why; /* N_() */
	bool is_amends;         /* LOG itself is called like a log of corrections */
};
/* The event of a record, in a; or why there is none, N_(). */
const char *recall_event(struct event *e, const struct journal_record *r, struct arena *a);
/* Reads LOG and, where they are there, its chairs' log and its corrections, without a lock. 0, or
 * negative errno where the log cannot be read at all. */
int recall_read(struct recall *out, const char *log, bool with_chairs);
/* The same, and says in thousandths how far it is, from whatever thread this is. watch may be NULL. */
struct recall_watch {
	void *ctx;
	void (*done)(void *ctx, int done);
};
int recall_watched(struct recall *out, const char *log, bool with_chairs,
	const struct recall_watch *watch);
/* The same while opening both for writing. Each journal is NULL on failure. */
int recall_open(struct recall *out, const char *log, struct journal **main_log,
	struct journal **chairs_log, const struct recall_watch *watch);
/* posix_patience.c: the same as recall_read, with a bar on standard error if it is a terminal and this takes long. */
int recall_patiently(struct recall *out, const char *log, bool with_chairs);
/* A watch that draws such a bar, and its end: nothing stays of it. */
struct patience {
	struct recall_watch watch;
	int64_t begun_ms;
	int columns, shown; /* columns of the terminal, 0: none; shown: percent, or -1 */
};
void patience_start(struct patience *p);
void patience_end(struct patience *p);
void recall_finish(struct recall *r);
/* The same without the corrections; and these alone, opened for more. */
int recall_sealed(struct recall *out, const char *log, bool with_chairs);
int recall_open_amends(struct recall *r, const char *log, struct journal **amends);
/* Says why a log cannot be read; the exit code. */
int log_unreadable(const char *log, int error);
/* NAME.dais -> NAME.chairs.dais, NAME.amend.dais; owned. */
char *chairs_path(const char *log);
char *amends_path(const char *log);
/* What of a log cannot be trusted, as a translated sentence; "" if all can. */
void recall_damage(struct buf *out, const struct recall *r);
/* The same of its corrections. */
void recall_amends_damage(struct buf *out, const struct recall *r);

/* ---- the host: one session, its logs, its clock ---- */
struct host;
typedef void (*host_done_cb)(void *ctx, int64_t seq);
struct host_calls {
	void *ctx;
	void (*changed)(void *ctx); /* events were applied, or what is saved changed */
};
struct host_start {
	const char *log;  /* path */
	struct str forum; /* canonical */
	bool resume;
	int64_t factor; /* 1, or more for a rehearsal */
	bool rehearsal;
	const char *why; /* of a resumption: NULL, or "takeover" */
};
/* Begins or resumes. On failure NULL, and the reason was told on standard error; *code is the exit
 * code. */
struct host *host_open(const struct host_start *start, int *code);
void host_close(struct host *h);
void host_listen(struct host *h, const struct host_calls *calls);
const struct session *host_session(const struct host *h);
int64_t host_now(const struct host *h);
int64_t host_gap_ms(
	const struct host *h); /* how long nobody hosted, or EVENT_NO for a new session */
const char *host_torn(const struct host *h); /* the file that a torn tail was saved in, or NULL */
int64_t host_factor(const struct host *h);
struct asker {
	enum seat seat;
	struct str by;
	struct str id;	 /* of a joined console's ask: goes into the log as "req", so that it is done once */
	int64_t late_ms; /* how long it waited for a line: as "late" */
};
/* A line (or words) of the command language, decided, applied, queued. *lane, *seq: the last event,
 * to wait for. */
enum refusal host_command(struct host *h, const struct asker *who, struct str line,
	struct event_list words, struct arena *a, struct refused *no, enum event_lane *lane,
	int64_t *seq);
/* What is due by itself: ticks, and a word in the log where the wall clock was set. */
void host_tick(struct host *h);
/* A record on the disk, its own bytes without newline, borrowed until the next call. */
struct str host_line(struct host *h, enum event_lane lane, int64_t seq);
int64_t host_synced(const struct host *h, enum event_lane lane);
bool host_all_saved(const struct host *h);
/* 0, or why the log cannot be saved now. */
int host_trouble(const struct host *h);
int64_t host_retry_ms(const struct host *h, enum event_lane lane);
int host_failovers(const struct host *h, const char **old);
/* The commits: both logs go through here, at most one of each under way. */
struct host_commit {
	struct journal *journal;
	struct journal_batch *batch;
	int result;
};
bool host_begin(struct host *h, enum event_lane lane, struct host_commit *out);
void host_settle(struct host *h, const struct host_commit *done);
/* Saves everything now, waiting for the disk; for the end. 0 or the last error. */
int host_flush(struct host *h);
/* Appends the records that are not on the disk, a line each, without seal: for a place that still
 * takes them. */
void host_unsaved(const struct host *h, struct buf *out);

/* The state as JSON, one line without newline (formats.md 4). */
struct status_console {
	struct str name, role;
	int64_t since_wall;
};
void status_json(struct buf *out, const struct host *h, struct str name,
	const struct status_console *consoles, size_t n);

/* ---- the loop ---- */
struct live {
	struct host *host;
	const char *log;
	struct str name;
	bool headless;
};
/* Runs until the session is left (or, headless, closed). Answers the exit code. */
int live_run(const struct live *options);

/* A sentence for a refusal: translated and filled in. */
void refusal_sentence(struct buf *out, const struct refused *no);
/* The session that is meant: named, or the only one that runs. Owned, or NULL after a sentence;
 * *code is then the exit code. */
char *session_named(const char *name, int *code);
/* From now on a crash restores the terminal before it is one. */
void crash_guard(void);
int run_agenda(const char *file, bool fresh, bool headless, int64_t factor);
