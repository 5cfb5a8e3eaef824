/*
 * What the files of the console share: the console itself, its panes, its
 * modes. A pane draws the session and knows no keys but those of its rows; a
 * mode takes the keys and draws at most an overlay.
 */
#pragma once

#include "dais/i18n.h"
#include "internal.h"

enum pane_id {
	PANE_AGENDA, PANE_POINT, PANE_FLOOR, PANE_QUEUE, PANE_NOTES,
	PANE_FOCUSABLE, /* how many of them can have the focus */
	PANE_HEADER = PANE_FOCUSABLE, PANE_STRIP, PANE_TABS, PANE_NEXT, PANE_INPUT, PANE_HINTS,
	PANE_COUNT
};

enum mode_id {
	MODE_NORMAL, MODE_NOTE, MODE_MESSAGE, MODE_LATE, MODE_COMMAND, MODE_PICK, MODE_DIALOG,
	MODE_HELP, MODE_COUNT
};

/* Where everything stands; an empty rectangle is not shown. */
struct layout {
	struct rect at[PANE_COUNT];
	struct rect body; /* what an overlay may cover */
	bool rail;	  /* the agenda stands at the left on a ground of its own */
	bool titled;	  /* floor and queue have a title above them */
	bool airy;	  /* blank lines below titles */
	bool bare;	  /* no margin for signs */
	bool small;	  /* only who, how long and who is next */
	int clock;	  /* rows of the large clock, at most */
};

enum { CHOICES_MAX = 3, MATCHES_MAX = 400, SAY_MS = 8000, SIGN_MS = 10000 };

struct choice {
	struct buf label; /* translated; the button names the act */
	struct buf line;  /* a command line; empty: nothing is done */
	bool leave;
};
struct dialog {
	struct buf title, text;
	struct choice choices[CHOICES_MAX];
	size_t n, at; /* the harmless one is chosen first */
};

struct match {
	size_t person; /* place among session_people(), or SIZE_MAX: a walk-in */
	int rank;
};
struct picker {
	enum event_as as;
	struct match found[MATCHES_MAX];
	size_t n, at;
};

struct history {
	char **lines; /* owned */
	size_t n, cap, at;
};

struct ui {
	const struct session *s;
	const struct theme *theme;
	struct ui_calls calls;
	struct ui_status status;
	struct buf trouble;
	struct grid grid;
	struct input input;
	struct layout layout;
	struct arena scratch; /* texts of one painting or one key */
	bool dirty;
	int bells;
	int64_t t;     /* of the last painting, or of what happened since */
	int64_t basis; /* the last seq that was on the screen */
	size_t seen;   /* events that were told of */

	enum mode_id mode, before; /* before: where a dialog goes back to */
	enum pane_id focus, tab;
	bool zoom;
	struct edit edit;
	struct buf ghost; /* the unfinished line below the history */
	struct history history;
	int64_t note; /* being edited, or EVENT_NO */
	struct picker picker;
	struct dialog dialog;
	int help_top;

	int64_t entry;	    /* selected in the queue, or EVENT_NO: the one suggested */
	size_t entry_place; /* where it stood */
	size_t segment;	    /* selected in the agenda, or SIZE_MAX: the running one */
	int64_t line;	    /* selected among the notes, or EVENT_NO: the newest */

	struct buf said;
	bool said_bad;
	int64_t said_t;
	bool has_sign;
	struct session_alarm sign;
	int64_t sign_t;
};

/* ---- panes: one a file ---- */

struct pane_ops {
	const char *title; /* N_(), for tabs; NULL where there is none */
	void (*paint)(struct ui *u, struct grid *g, struct rect r);
	void (*step)(struct ui *u, int by);	 /* chooses another row */
	void (*choose)(struct ui *u, int y);	 /* the row at y of the pane */
	void (*act)(struct ui *u);		 /* Enter on the chosen row */
};
extern const struct pane_ops pane_agenda, pane_point, pane_floor, pane_queue, pane_notes,
	pane_header, pane_strip, pane_tabs, pane_next, pane_input, pane_hints;
const struct pane_ops *pane_ops(enum pane_id id);

/* r without the column for signs. */
struct rect pane_inner(const struct ui *u, struct rect r);
/* The title line of a pane; shows whether it has the focus. */
void pane_title(struct ui *u, struct grid *g, struct rect r, enum pane_id id, struct str title,
	struct str extra);
/* Lays the ground of a chosen row under it, and a sign before it if its pane has the focus. */
void pane_chosen(struct ui *u, struct grid *g, struct rect r, int y, enum pane_id id);
/* The rows above the list of a pane: its title, and the air below it. */
int pane_head(const struct ui *u, enum pane_id id, struct rect r);
/* The first of n rows to show in h, so that `at` is among them, with what is behind it. */
size_t pane_first(size_t n, size_t at, int h);

void layout_make(struct layout *l, struct ui *u, int columns, int rows);
int point_rows(struct ui *u, int columns); /* lines that the title of the point takes */

/* The person of a certificate that is next, or NULL. */
const struct session_person *award_next(const struct ui *u);
void award_paint(struct ui *u, struct grid *g, struct rect r, int y);
/* Name and "● 14:52" in the smallest console; answers where it starts. */
int header_small(struct ui *u, struct grid *g, struct rect r);
/* The chosen entry, or NULL. */
const struct session_entry *queue_chosen(const struct ui *u);

/* ---- modes ---- */

struct mode_ops {
	void (*key)(struct ui *u, uint32_t key, unsigned mods);
	void (*paste)(struct ui *u, struct str text); /* NULL: nothing happens */
	void (*paint)(struct ui *u, struct grid *g);  /* NULL: no overlay */
	const char *prompt;			      /* N_(); NULL: nothing is typed */
};
extern const struct mode_ops mode_normal, mode_note, mode_message, mode_late, mode_command,
	mode_pick, mode_dialog, mode_help;
const struct mode_ops *mode_ops(enum mode_id id);
void mode_enter(struct ui *u, enum mode_id mode);
void mode_leave(struct ui *u); /* to normal */

void note_edit(struct ui *u, const struct session_note *note);
void pick_start(struct ui *u, enum event_as as);
void pick_match(struct ui *u); /* again: the text or the people changed */
/* How well a person fits a query, lower is better; -1: not at all. */
int match_person(const struct session_person *p, struct str query);

void dialog_start(struct ui *u, struct str title, struct str text);
void dialog_add(struct ui *u, const char *label, struct str line, bool leave);
void dialog_show(struct ui *u);

/* ---- keys: keymap.c ---- */

enum act {
	ACT_NONE, ACT_ACT, ACT_ADD, ACT_NOTE, ACT_MESSAGE, ACT_LATE, ACT_COMMAND, ACT_HELP,
	ACT_LEAVE, ACT_ZOOM, ACT_FOCUS, ACT_FOCUS_NEXT, ACT_STEP, ACT_PAGE, ACT_AWARD, ACT_ESCAPE,
};
/* What can be done now, as bits: a hint is shown where all of its bits are. */
enum {
	NOW_OPEN = 1, NOW_BEFORE = 2, NOW_SEGMENT = 4, NOW_RUNNING = 8, NOW_PAUSED = 16,
	NOW_ACTIVE = 32, NOW_IDLE = 64, NOW_NEXT = 128, NOW_QUEUE = 256, NOW_AWARD = 512,
	NOW_MORE = 1024, NOW_CLOSED = 2048,
};
struct binding {
	uint32_t key;
	const char *shown;   /* N_() where it is a word */
	const char *line;    /* a command line, @ for the chosen entry; or NULL: */
	enum act act;
	int arg;
	unsigned when;
	const char *hint;    /* N_(); NULL: none */
	const char *help;    /* N_(); NULL: another row of the same key says it */
	int rank;	     /* of the hint, where there is no room for all */
};
const struct binding *key_table(size_t *n);
unsigned now_flags(const struct ui *u);

/* ---- asking the session: ask.c ---- */

/* A command line, with what its sender had seen; where it needs a decision, a dialog comes first. */
enum refusal ask(struct ui *u, struct str line);
/* The same without a question before it. */
enum refusal ask_now(struct ui *u, struct str line);
/* Appends a command line with what is on the screen now, where it matters and is not said yet. */
void ask_date(const struct ui *u, struct str line, struct buf *out);
/* Tells of what happened since it last told. */
void notice(struct ui *u);
void say(struct ui *u, struct str sentence, bool bad);
/* The sentence in the message line, or nothing if its time is over. */
struct str said(const struct ui *u);

/* ---- words: words.c; texts live in u->scratch ---- */

struct str ui_fill(struct ui *u, const char *format, const struct str *args, size_t n);
#define FILL(u, format, ...)                                                                       \
	ui_fill(u, format, (struct str[]){__VA_ARGS__},                                            \
		sizeof((struct str[]){__VA_ARGS__}) / sizeof(struct str))
struct str ui_number(struct ui *u, int64_t v);
struct str ui_time(struct ui *u, int64_t ms);		    /* 2:17 */
struct str ui_wall(struct ui *u, int64_t wall, bool seconds); /* 14:52:07 */
struct str ui_fit(struct ui *u, struct str text, int columns); /* with an ellipsis where it is cut */
struct str ui_join(struct ui *u, struct str a, struct str between, struct str b); /* only where both are */
struct str word_name(const struct ui *u, struct str person);
struct str word_as(enum event_as as);
const char *sign_as(enum event_as as);
struct str word_place(const struct ui *u, const struct session_entry *e, bool brief);
struct str word_why(enum session_next_why why);
struct str word_order(enum event_order order);
struct str word_segment(struct ui *u, const struct session_segment *g); /* short: "Point 2" */
const char *word_kind(enum segment_kind kind);
struct str word_offset(struct ui *u);
struct str word_event(struct ui *u, const struct event *e); /* what was done, as a noun */
struct str word_people(struct ui *u, struct event_list ids);
bool sign_shown(const struct ui *u, bool turn); /* the alarm is fresh, and of a turn (of the segment) */
const struct session_segment *now_segment(const struct ui *u); /* or NULL */
const struct session_turn *now_turn(const struct ui *u); /* not ended; or NULL */
