/*
 * The chair's console: bytes from a keyboard in, a grid of cells out. Knows no
 * terminal but for the one file behind terminal_*; what it wants done it asks
 * for through callbacks, in the command language.
 */
#pragma once

#include "dais/command.h"

/* ---- cells ---- */

/* Styles are named for meaning; a theme maps them to colours and attributes. */
#define UI_STYLES(X)                                                                               \
	X(TEXT, "text") X(STRONG, "strong") X(DIM, "dim") X(FAINT, "faint") X(RULE, "rule")        \
	X(HEADER, "header") X(HEADER_DIM, "header-dim") X(RAIL, "rail") X(SELECTED, "selected")    \
	X(ACCENT, "accent") X(TITLE, "title") X(GOOD, "good") X(WARNING, "warning")                \
	X(ALERT, "alert") X(ALARM, "alarm") X(OVERTIME, "overtime") X(REMOTE, "remote") X(CLOCK, "clock")            \
	X(CLOCK_PAUSED, "clock-paused") X(BAR, "bar") X(BAR_REST, "bar-rest") X(KEY, "key")        \
	X(INPUT, "input") X(DIALOG, "dialog") X(BUTTON, "button")
enum style {
#define X(id, name) STYLE_##id,
	UI_STYLES(X)
#undef X
	STYLE_COUNT
};

enum { CELL_BYTES = 16 }; /* a base and three marks */
struct cell {
	char text[CELL_BYTES]; /* cleaned UTF-8, terminated; "" in the right half of a wide character */
	unsigned char width;   /* 1 or 2; 0 in the right half */
	unsigned char style;   /* enum style */
	unsigned char ground;  /* the style whose background it stands on: STYLE_TEXT, HEADER, RAIL, SELECTED, DIALOG … */
};
struct grid {
	int columns, rows;
	struct cell *cells; /* owned; row by row */
	int cursor_x, cursor_y; /* where text is typed; -1: hidden */
};
void grid_resize(struct grid *g, int columns, int rows); /* and clears it */
void grid_finish(struct grid *g);
/* Rows as text, blanks at the end kept off, each ending in a newline; with styles: runs marked as {style:text}. */
void grid_dump(const struct grid *g, struct buf *out, bool styles);

/* ---- colours ---- */

struct colour {
	bool set;
	unsigned char r, g, b; /* true colour */
	short c256, c8;	       /* the nearest, or what the theme says; -1: the terminal's own */
};
struct attributes {
	bool bold, dim, italic, underline, reverse;
};
struct look {
	struct colour fore, back;
	struct attributes attr, attr8, mono; /* with 256 colours and more, with eight, with none */
};
struct theme {
	char *name, *author, *description; /* owned */
	struct look looks[STYLE_COUNT];
};
struct diag_list;
/* Reads a theme file (themes/ shows the form). False where it cannot be used; problems are in l. */
bool theme_read(struct theme *out, struct str source, struct diag_list *l);
void theme_finish(struct theme *t);
/* The text of a theme that comes with the program; STR_NONE where there is none of that name. */
struct str theme_builtin(const char *name);
/* Their names, the default first; NULL behind the last. */
const char *theme_builtin_name(size_t i);

/* ---- the console ---- */

struct ui;
struct ui_command {
	const char *word, *usage, *help; /* N_(); lower-case words of the usage can be typed as they are */
};
struct ui_calls {
	void *ctx;
	/* A command line, carried out at once; the refusal's strings live in a. */
	enum refusal (*command)(void *ctx, struct str line, struct arena *a, struct refused *no);
	void (*leave)(void *ctx);
	void (*history)(void *ctx, struct str line); /* a typed command line, to be kept; or NULL */
	/*
	 * Begins to write an export beside the log; NULL where there is nothing to write. What came
	 * of it is told by ui_exported(), from inside of the call or later.
	 */
	void (*export)(void *ctx, const char *format);
	const char *const *exports; /* the formats, NULL behind the last */
	/* Somebody begins to type what others will read, or stops; or NULL. */
	void (*typing)(void *ctx, bool typing);
	/* What command() knows beside the command language: for completion and help. */
	const struct ui_command *more;
	size_t more_n;
};
struct ui_status { /* what the console shows and the session does not know */
	int64_t saved;	     /* last synced seq */
	bool not_saved;	     /* and why: */
	struct str trouble;  /* a translated sentence */
	size_t unsaved;	     /* records that wait for the disk */
	size_t consoles;     /* others that are connected */
	size_t copies;	     /* of them chairs' on other machines, whose disks have the log too; 0: ONE COPY */
	int64_t held;	     /* the last seq that is on a second machine's disk; -1: none */
	int64_t speed;	     /* of the session's clock: 20 in a rehearsal at 20x; 0 is 1 */
};

/* Themes that can be shown, where there are some; i counts from 0. */
struct ui_themes {
	void *ctx;
	size_t (*count)(void *ctx);
	const char *(*name)(void *ctx, size_t i);
	size_t (*shown)(void *ctx);
	/* Shows it from the next frame on; false, and why (translated), where it cannot be read. */
	bool (*show)(void *ctx, size_t i, struct buf *why);
};

/* What a person bound keys to. */
struct ui_keys;
enum ui_bind { BIND_DONE, BIND_NO_KEY, BIND_NO_LINE };
struct ui_keys *ui_keys_create(void);
void ui_keys_destroy(struct ui_keys *k);
/*
 * Binds a key, by the names that people give to keys ("F5", "Ctrl-n", "Space",
 * "g"), to a line of the command language, in which @ is the chosen entry, or to
 * a named act ("note", "help", "none"). Where that cannot be: why, translated,
 * and a hint or nothing.
 */
enum ui_bind ui_bind(struct ui_keys *k, struct str key, struct str line, struct buf *why, struct buf *hint);
/* The names of those acts; NULL behind the last. */
const char *ui_bind_act(size_t i);

struct ui *ui_create(const struct session *s, const struct theme *t, const struct ui_calls *calls); /* t and s are borrowed */
void ui_destroy(struct ui *u);
void ui_bound(struct ui *u, const struct ui_keys *k); /* borrowed for its life */
void ui_themes(struct ui *u, const struct ui_themes *themes); /* copied; without them there are no others */
/* Which alarms ring; all, where nothing is said. */
struct ui_bells {
	bool warn, up, overtime;
};
void ui_ring(struct ui *u, struct ui_bells bells);
void ui_resize(struct ui *u, int columns, int rows);
/*
 * A replay: the console's own panes, read-only, over a session_view(). What is
 * asked is in the replay's command language; it goes through calls.command.
 */
struct ui_replay {
	const struct session *whole; /* of which the view is one; for the timeline and for finding */
	const struct ui_command *commands;
	size_t commands_n;
	int64_t t; /* of the position */
	size_t at; /* events that are in */
	bool playing, skips, follows;
	bool runs; /* the session runs elsewhere: more will come */
	int pace;
	struct str damage; /* what of the log cannot be trusted, translated, or "" */
};
void ui_replay(struct ui *u, const struct ui_replay *is); /* copied; the first call makes it a replay */
/*
 * A console on a session that is hosted elsewhere. What its seat may not do is
 * not offered; the line's state is always on the screen.
 */
struct ui_who {
	struct str name;
	enum seat seat;
	bool quiet, typing; /* quiet: nothing was heard from it for a while */
	int64_t since, rtt_ms; /* since when it is here, ms since 1970; EVENT_NO where it is not known */
};
struct ui_joined {
	enum seat seat;
	struct str name; /* that the host knows it by; "" before it is */
	struct str line; /* what is wrong with the line to the host, translated, or "" */
	bool cut;	 /* nothing arrives now: what is shown is the last known state … */
	int64_t as_of;	 /* … of this t */
	bool lost;	 /* there was a line, or there will be none: not to be overlooked */
	bool refused;	 /* the host does not want it: another word than CUT OFF where there is no room */
	size_t unsent;	 /* notes that wait for the line */
	size_t unanswered;
	int64_t rtt_ms; /* or EVENT_NO */
};
/* All copied. The first call makes it a joined console. who: everybody who is here, the host's chair and oneself too. */
void ui_joined(struct ui *u, const struct ui_joined *is, const struct ui_who *who, size_t n);
/* The same list for the host's own console, whose chair is the first. */
void ui_here(struct ui *u, const struct ui_who *who, size_t n);
/* The hall's view of a session instead of the console: large, and nothing to be steered but leaving it. */
struct ui_stage {
	bool blank, frozen; /* frozen: the last picture stays */
	struct str line;    /* what is wrong with the line to the host, translated, or "" */
};
void ui_stage(struct ui *u, const struct ui_stage *is); /* copied */
/* Instead of panes: what is being waited for, in thousandths; Escape and q ask calls.leave. what NULL: no more. */
void ui_progress(struct ui *u, const char *what, int done);
/* Bytes from the terminal. After ui_timeout_ms() without more, ui_idle(): a lone Escape is then a key. */
void ui_feed(struct ui *u, struct str bytes);
/* Nobody hosted for gap_ms: where a speaker's clock went on through it, offers to take that back. */
void ui_resumed(struct ui *u, int64_t gap_ms);
/* A steady clock of the room, not of the session, in ms: set before feeding, for double clicks. */
void ui_clock(struct ui *u, int64_t ms);
int ui_timeout_ms(const struct ui *u); /* -1: none */
void ui_idle(struct ui *u);
/* The session changed (another event was applied). Heartbeats alone do not ask for a picture before the next second. */
void ui_changed(struct ui *u);
void ui_status(struct ui *u, const struct ui_status *st); /* copied */
/* An alarm was crossed: a sign on the screen; the caller rings ui_bells() times after the frame. */
void ui_alarm(struct ui *u, const struct session_alarm *a);
/*
 * How names are read is found out elsewhere, as it takes long. Answers up to
 * `most` people with Chinese characters in their names, everybody once (and
 * again under another name); until their readings come they are found by the
 * characters and the id.
 */
struct ui_name {
	struct str id, name; /* borrowed until the session changes */
};
size_t ui_unread(struct ui *u, struct ui_name *out, size_t most);
/* Syllables parted by blanks, of a name and of each character alone. Not used if the name is another one by now. */
void ui_readings(struct ui *u, const struct ui_name *who, struct str names, struct str generic);
/* An export was written, told: its name; or not, and why: a translated sentence. */
void ui_exported(struct ui *u, const char *format, bool written, struct str told);
/*
 * A page over the panes, until it is closed: what a command answered with. A
 * line that begins with a tab is there to be copied: it stands alone from the
 * screen's edge on, and breaks only at the other one.
 */
void ui_show(struct ui *u, struct str title, struct str text);
/* A page of who is here. */
void ui_here_show(struct ui *u);
/* Somebody is here for the first time: the message line says how to begin, until they have or it fades. */
void ui_welcome(struct ui *u);
/* A sentence in the message line. */
void ui_say(struct ui *u, struct str sentence, bool bad);
/* The host refused what was asked here last: why, in its words, or in better ones of this console. */
void ui_refused(struct ui *u, struct str code, struct str why);
int ui_take_bells(struct ui *u);
/* Somebody asked for the screen to be drawn anew: the next frame must draw everything. */
bool ui_take_redraw(struct ui *u);
/* A command line of earlier sessions; the oldest first. */
void ui_history(struct ui *u, struct str line);
/* True if a paint would show something new because of what happened; time alone is the caller's matter. */
bool ui_dirty(const struct ui *u);
/* Paints the state at session time t; zone-corrected wall clock of t comes from the session. The grid is borrowed until the next call. */
const struct grid *ui_paint(struct ui *u, int64_t t);
/* The next t at which the picture changes by time alone (the next whole second of a running clock or the wall). */
int64_t ui_wake(const struct ui *u, int64_t t);

/* ---- for shells and paper ---- */

struct ui_offer {
	struct str text, help; /* help: what it is, translated, or nothing */
};
/* What may stand at the end of a line of the command language, best first; in a. */
size_t ui_complete(const struct session *s, struct str line, struct arena *a, struct ui_offer **out);
/* What an event did, as a noun, translated: "the floor for Zhang Hu"; in a or in the session. */
struct str ui_event_words(const struct session *s, struct arena *a, const struct event *e);
/* The keys of normal mode as the program brings them; false behind the last. A second row of a key has no help. */
bool ui_key_at(size_t i, struct ui_offer *out);

/* ---- a real terminal ---- */

struct terminal;
/*
 * Prepares the terminal on standard input and output: own termios, alternate
 * screen, bracketed paste, mouse. ncurses writes its frames into a memfd; the
 * bytes for the terminal are handed out, so that the caller writes them
 * without blocking. 0 or a negative errno; *why a sentence for N_().
 */
int terminal_open(struct terminal **out, const struct theme *t, const char **why);
/* A descriptor of its own to read keys from, non-blocking. */
int terminal_input(const struct terminal *t);
void terminal_size(const struct terminal *t, int *columns, int *rows);
/* Shows the next frame in other colours; theme is borrowed. */
void terminal_theme(struct terminal *t, const struct theme *theme);
/* Adopts the terminal's new size; the next frame draws everything. */
void terminal_resized(struct terminal *t);
/* Appends what turns the last frame into this one. bells: 0 for none. title: of the window, or NULL. */
void terminal_frame(struct terminal *t, const struct grid *g, int bells, const char *title, struct buf *out);
/* Leaves and enters again, around a suspend. Each writes to the terminal directly. */
void terminal_leave(struct terminal *t);
void terminal_enter(struct terminal *t);
/* Restores everything, from a signal handler or a dying program too. */
void terminal_rescue(void);
void terminal_close(struct terminal *t);
