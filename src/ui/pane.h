/*
 * What the files of the console share: the console itself, its panes, its
 * modes. A pane draws the session and knows no keys but those of its rows; a
 * mode takes the keys and draws at most an overlay.
 */
#pragma once

#include "acts.h"
#include "complete.h"
#include "dais/i18n.h"
#include "internal.h"
#include "pick.h"
#include "summary.h"
#include "timeline.h"

enum pane_id {
	PANE_AGENDA, PANE_POINT, PANE_FLOOR, PANE_QUEUE, PANE_NOTES, PANE_REMOTE,
	PANE_FOCUSABLE, /* how many of them can have the focus */
	PANE_HEADER = PANE_FOCUSABLE, PANE_STRIP, PANE_TABS, PANE_NEXT, PANE_INPUT, PANE_HINTS,
	PANE_TIMELINE, PANE_COUNT
};

enum mode_id {
	MODE_NORMAL, MODE_NOTE, MODE_MESSAGE, MODE_LATE, MODE_COMMAND, MODE_PICK, MODE_DIALOG,
	MODE_HELP, MODE_UNDO, MODE_MESSAGES, MODE_FIND, MODE_CARD, MODE_SUMMARY, MODE_THEME, MODE_STAGE,
	MODE_GO_TO, MODE_TEXT, MODE_HERE, MODE_COUNT
};

/* Where everything stands; an empty rectangle is not shown. */
struct layout {
	struct rect at[PANE_COUNT];
	struct rect body; /* what an overlay may cover */
	bool rail;	  /* the agenda, or who is online, stands at the left on a ground of its own */
	bool titled;	  /* floor and queue have a title above them */
	bool airy;	  /* blank lines below titles */
	bool bare;	  /* no margin for signs */
	bool ruled;	  /* a rule above the line where text is typed */
	bool small;	  /* only who, how long and who is next */
	int clock;	  /* rows of the large clock, at most */
};

struct ui;
struct binding;
enum { CHOICES_MAX = 3, SAY_MS = 8000, SIGN_MS = 10000 };

struct choice {
	struct buf label; /* translated; the button names the act */
	struct buf line;  /* a command line; empty: nothing is done */
	bool leave;
	void (*then)(struct ui *u); /* or this, which sets the mode */
};
struct dialog {
	struct buf title, text;
	struct choice choices[CHOICES_MAX];
	size_t n, at; /* the harmless one is chosen first */
};

struct draft {
	char *text; /* owned */
	int64_t note; /* that was being edited, or EVENT_NO */
};
struct noting {
	struct draft *drafts; /* owned; the last one comes back first */
	size_t n, cap;
	struct wrap wrap; /* of the text, at */
	int columns;
	size_t top;	  /* the first row that is shown */
	int goal;	  /* the column that Up and Down keep to, or -1 */
	struct buf pasted; /* waits for an answer */
};

struct note_place {
	size_t line;
	int row;
};
struct notes {
	bool held; /* somebody looks back */
	struct note_place top; /* the first row that is shown then */
	size_t seen; /* lines there were when the newest was last on the screen */
};

enum line_what { LINE_NOTE, LINE_MARK, LINE_MESSAGE };
struct line_place {
	uint32_t place; /* among the session's notes, marks or messages */
	enum line_what what;
};
struct lines { /* in the order of time */
	struct line_place *items; /* owned */
	size_t n, cap;
	bool made;
	size_t events; /* of the session, when it was made */
};

enum { FOUND_MAX = 400 };
struct found {
	int64_t note; /* its id; EVENT_NO: a person */
	size_t place; /* among the session's notes or people */
	int rank;     /* of a person: lower fits better */
};
struct finder {
	struct found found[FOUND_MAX];
	size_t n, all, at; /* all: with those that have no room in the list */
	struct buf last;   /* what was gone to by */
	int64_t note;	   /* the note that was gone to, or EVENT_NO */
	struct buf person; /* the id of whom the card shows */
};

enum { HISTORY_MAX = 500, SENTENCES_MAX = 200 };
struct history { /* of the command line, oldest first; no line twice */
	char **lines; /* owned */
	size_t n, cap, at;
	struct buf typed; /* what earlier lines must begin with */
};
struct completer { /* the list above the command line */
	struct completion found;
	struct arena arena; /* of it */
	bool shown, past;   /* past: earlier lines that hold what is typed */
	size_t at;	    /* SIZE_MAX: none is chosen yet */
};
struct sentences { /* what was said, oldest first from `first` on */
	struct sentence {
		char *text; /* owned */
		int64_t wall;
		bool bad;
	} items[SENTENCES_MAX];
	size_t n, first;
};

/* The people online, and which of them is chosen. */
struct remote {
	struct buf person; /* id */
	enum event_link asked; /* that was asked for them last, and when; LINK_UNSET: nothing */
	int64_t asked_ms;
};

struct ui {
	const struct session *s;
	const struct theme *theme;
	struct ui_calls calls;
	struct ui_status status;
	struct buf trouble;
	struct grid grid;
	struct painted painted;
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
	enum pane_id side; /* which of agenda and people online stands at the left */
	struct remote remote;
	bool zoom;
	struct edit edit;
	struct history history;
	struct completer completer;
	size_t wrong; /* the byte of the typed line that was refused, or SIZE_MAX */
	int wrong_x;  /* the column where it was painted, or -1 */
	int64_t note; /* being edited, or EVENT_NO */
	struct noting noting;
	struct picker picker;
	struct finder finder;
	struct summing summing;
	struct dialog dialog;
	int top;       /* the first line of a page that is shown */
	size_t chosen; /* row of help; of what can be undone the event's place, or SIZE_MAX */
	bool redraw;

	int64_t entry;	    /* selected in the queue, or EVENT_NO: the one suggested */
	size_t entry_place; /* where it stood */
	size_t segment;	    /* selected in the agenda, or SIZE_MAX: the running one */
	int64_t line;	    /* selected among the notes, or EVENT_NO: the newest */
	struct notes notes;
	struct lines lines;

	struct buf shown_title, shown; /* what a command answered with */
	struct others {
		struct ui_who *who; /* in its arena */
		size_t n;
		struct arena arena;
	} others; /* who is here */
	bool types; /* and others were told so, when at: */
	int64_t typed_ms;
	size_t messages_seen; /* messages that were on the screen */
	bool is_joined; /* hosted elsewhere */
	struct ui_joined joined;
	struct buf cable; /* joined.line, stage.line */
	bool on_stage; /* the hall's view, without panes and keys */
	struct ui_stage stage;
	int frozen_columns, frozen_rows; /* of the stage's last picture */
	struct ui_replay replay; /* as it was told last */
	struct replaying replaying;

	struct acting acting;
	struct keymap keymap_live, keymap_replay;
	struct ui_themes themes;
	size_t theme_before; /* what Esc goes back to */
	struct ui_bells mute; /* which alarms do not ring */
	struct sentences sentences;
	struct buf said;
	bool said_bad;
	int64_t said_t;
	bool welcomes; /* a hint for who is here for the first time, since: */
	int64_t welcome_t;
	bool has_sign;
	struct session_alarm sign;
	int64_t sign_t;
};

/* ---- panes: one a file ---- */

struct pane_ops {
	const char *title; /* N_(), for tabs; NULL where there is none */
	void (*paint)(struct ui *u, struct grid *g, struct rect r);
	void (*step)(struct ui *u, int by);	 /* chooses another row */
	bool (*choose)(struct ui *u, int y);	 /* the row at y of the pane; false: none is there */
	void (*act)(struct ui *u);		 /* Enter on the chosen row */
	bool (*key)(struct ui *u, uint32_t key); /* a key that means something else here; or NULL */
	tick_fn *tick;				 /* NULL: time changes nothing in it */
};
extern const struct pane_ops pane_agenda, pane_point, pane_floor, pane_queue, pane_notes, pane_remote,
	pane_header, pane_strip, pane_tabs, pane_next, pane_input, pane_hints, pane_timeline;
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
/* What stands large, and above it where in the agenda that is; nothing is said twice. */
struct str point_headline(struct ui *u, struct str *label);
void stage_paint(struct ui *u, struct grid *g);

/* The person of a certificate that is next, or NULL. */
const struct session_person *award_next(const struct ui *u);
void award_paint(struct ui *u, struct grid *g, struct rect r);
/* Name and "● 14:52" in the smallest console; answers where it starts. */
int header_small(struct ui *u, struct grid *g, struct rect r);
/* The chosen entry, or NULL. */
const struct session_entry *queue_chosen(const struct ui *u);

/* ---- the people online: pane_remote.c ---- */

bool remote_first(const struct ui *u); /* this console is for them above all */
size_t remote_count(struct ui *u);
const struct session_person *remote_chosen(struct ui *u); /* or NULL */
const struct session_entry *remote_entry(struct ui *u);	  /* theirs in the queue, or NULL */
void remote_link(struct ui *u); /* the chosen one is ready, muted, away: what comes next */

/* ---- what this console's seat may do: seat.c ---- */

unsigned seat_bits(const struct ui *u);
bool seat_may(const struct ui *u, enum command_verb verb);
bool seat_asks(const struct ui *u); /* anything at all */
struct str word_seat(enum seat seat);
/* The row of the command table that a key stands for, or NULL. */
const struct command_row *seat_row(const struct ui *u, const struct binding *b);
bool seat_offers(const struct ui *u, const struct binding *b);
/* Says who may, if this seat may not. */
bool seat_refuses(struct ui *u, const struct command_row *row);

/* ---- other consoles: joined.c ---- */

bool joined_old(const struct ui *u); /* what is shown is the last known state */
/* What is there to be said of the line, in at most w columns; or nothing. */
struct str joined_line(struct ui *u, int w);
void joined_fade(struct ui *u, struct grid *g);
struct str joined_as_of(struct ui *u); /* "as of 14:52:07", or nothing */
struct str here_me(const struct ui *u); /* what others call this console */
struct str here_typing(struct ui *u);  /* "wang types…", or nothing */
size_t messages_unread(const struct ui *u);
void typing_turn(struct ui *u, bool key); /* tells others whether something is being typed */

/* ---- modes ---- */

struct mode_ops {
	void (*key)(struct ui *u, uint32_t key, unsigned mods);
	void (*paste)(struct ui *u, struct str text); /* NULL: nothing happens */
	void (*paint)(struct ui *u, struct grid *g);  /* NULL: no overlay */
	const char *prompt;			      /* N_(); NULL: nothing is typed */
};
extern const struct mode_ops mode_normal, mode_note, mode_message, mode_late, mode_command,
	mode_pick, mode_dialog, mode_help, mode_undo, mode_messages, mode_find, mode_card,
	mode_summary, mode_theme, mode_stage, mode_text, mode_goto, mode_here;
const struct mode_ops *mode_ops(enum mode_id id);
void mode_enter(struct ui *u, enum mode_id mode);
void mode_leave(struct ui *u); /* to normal */

/* ---- the command line, and lists over the panes ---- */

/* The command line, with this typed already. */
void command_start(struct ui *u, struct str line);
/* The character (from 1) of the typed line that was refused: the caret goes there. */
void command_wrong(struct ui *u, int column);
void line_paste(struct ui *u, struct str text);

void history_add(struct history *h, struct str line);
/* The next older (newer) line that begins with h->typed; behind the newest that itself. */
bool history_step(struct history *h, bool older, struct str *line);
void history_finish(struct history *h);

void list_open(struct ui *u);	   /* candidates for the word at the caret */
void list_open_past(struct ui *u); /* earlier lines */
void list_close(struct ui *u);
/* Takes a key if the list is shown and the key is one of its own. */
bool list_key(struct ui *u, uint32_t key, unsigned mods);
void list_typed(struct ui *u); /* the line changed */
void list_paint(struct ui *u, struct grid *g);

void undo_start(struct ui *u);
void sentence_keep(struct ui *u, struct str text, bool bad);
void sentences_finish(struct sentences *all);

/* ---- lines that scroll: page.c ---- */

struct page {
	struct grid *g; /* NULL: only counts */
	struct rect r;
	int y; /* of the next line; what is not inside of r is not written */
};
/* Wraps into the columns from x on, and goes on below. */
void page_put(struct page *p, int x, struct str text, enum style style);
/* The same, broken only where two parts meet, if a part fits into a row. */
void page_parts(struct page *p, int x, struct str text, struct str between, enum style style);
/* What is at y of the page, in one line, without going on. */
void page_name(struct page *p, int x, int columns, struct str text, enum style style);
/* Moves `top` as a key asks; false if the key is none of these. */
bool page_key(const struct ui *u, uint32_t key, int *top);
/* Blanks where an overlay stands, with a title; answers the room below. */
struct rect page_open(struct ui *u, struct grid *g, struct str title, struct str extra);

/* ---- finding: mode_find.c, mode_card.c, find_text.c ---- */

struct hit {
	size_t from, to; /* bytes; SIZE_MAX: nowhere */
};
/* Where the needle, folded, first stands in s without regard to capitals and full-width forms. */
struct hit find_in(struct str s, struct str needle);
struct str find_folded(struct ui *u, struct str s); /* lives in u->scratch */
void find_start(struct ui *u);
void find_match(struct ui *u); /* again: the text or the session changed */
void card_open(struct ui *u, struct str person);

/* ---- notes being typed: mode_note.c, note_split.c ---- */

enum { NOTE_TYPED_MAX = EVENT_NOTE_MAX + INPUT_PASTE_MAX }; /* what is larger than a note can be split */

struct note_reading { /* what the session would make of a text; lives in u->scratch */
	enum event_mark mark;
	struct str person, text;
	size_t prefix; /* bytes of mark and name at the start */
};
struct note_reading note_read(struct ui *u, struct str text, struct str person);
const char *note_sign(enum event_mark mark);
const struct session_note *note_of(const struct ui *u, int64_t id); /* NULL if there is none, or no more */
/* Appends the command that adds it, or puts it in the place of a note. */
void note_line(struct buf *line, int64_t note, const struct note_reading *is);
void note_start(struct ui *u); /* a draft comes back */
void note_with(struct ui *u, struct str text);
void note_edit(struct ui *u, const struct session_note *note);
void note_back(struct ui *u); /* from a dialog */
struct str note_prompt(struct ui *u, int columns);
int note_rows(struct ui *u, int columns); /* that the text being typed takes; 1 in other modes */
void note_paint(struct ui *u, struct grid *g, struct rect r);
void note_finish(struct ui *u);
/* At most so many bytes of text; no cluster is parted, unless one is larger than that. */
size_t note_cut(struct str text, size_t limit);
/* The end of the first note of a text that is larger than `limit` bytes. */
size_t note_piece(struct str text, size_t limit);
void note_ask_split(struct ui *u);
void note_check_size(struct ui *u); /* says so where one note does not hold the text */
void note_paste_asks(struct ui *u, struct str text);

/* ---- what was written down: note_lines.c, pane_notes.c ---- */

struct line {
	int64_t t;
	size_t segment; /* index, or SIZE_MAX */
	struct str person, text;
	size_t typed;	/* bytes of text that somebody typed; a remark follows */
	struct str by;
	const char *sign;
	enum style style; /* of the sign */
	const struct session_note *note; /* or NULL */
};
/* What a line says. */
struct line written_line(struct ui *u, const struct lines *all, size_t i);
size_t written_segment(const struct ui *u, const struct lines *all, size_t i);
/* Of the state that is shown; borrowed until it is another one. */
const struct lines *note_lines(struct ui *u);
void notes_page(struct ui *u, int by);
void notes_follow(struct ui *u); /* the newest is shown, and what comes */
void notes_show(struct ui *u, int64_t id);
bool notes_any(const struct ui *u);
bool notes_chosen(struct ui *u, struct line *out); /* false: there is none */

void dialog_start(struct ui *u, struct str title, struct str text);
void dialog_add(struct ui *u, const char *label, struct str line, bool leave);
void dialog_add_then(struct ui *u, const char *label, void (*then)(struct ui *u));
void dialog_show(struct ui *u);

/* ---- keys: keymap.c ---- */

enum act {
	ACT_NONE, ACT_ACT, ACT_ADD, ACT_NOTE, ACT_MESSAGE, ACT_LATE, ACT_COMMAND, ACT_HELP,
	ACT_LEAVE, ACT_ZOOM, ACT_FOCUS, ACT_FOCUS_NEXT, ACT_STEP, ACT_PAGE, ACT_AWARD, ACT_ESCAPE,
	ACT_THEME, ACT_THEMES,
	ACT_UNDO_LIST, ACT_MESSAGES, ACT_FIND, ACT_SUMMARY,
	ACT_GO_TO, ACT_LINK, ACT_HERE,
};
/* What can be done now, as bits: a hint is shown where all of its bits are. */
enum {
	NOW_OPEN = 1, NOW_BEFORE = 2, NOW_SEGMENT = 4, NOW_RUNNING = 8, NOW_PAUSED = 16,
	NOW_ACTIVE = 32, NOW_IDLE = 64, NOW_NEXT = 128, NOW_QUEUE = 256, NOW_AWARD = 512,
	NOW_MORE = 1024, NOW_CLOSED = 2048, NOW_NOTES = 4096,
	NOW_TALK = 8192, NOW_SKIPS = 16384, /* of a replay: silences are played, or cut short */
	NOW_REMOTE = 32768, NOW_JOINED = 65536,
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
	unsigned mods;
	bool own; /* somebody bound it: it means the same in every pane */
	bool alone; /* and no key of the program's own does this */
};
const struct binding *key_table_live(size_t *n);
const struct binding *key_table(const struct ui *u, size_t *n); /* of a replay its own */
void act_do(struct ui *u, enum act act, int arg);
uint32_t key_plain(uint32_t key); /* of a full-width one the plain one */
/* The first row of that key, or NULL. */
const struct binding *keymap_find(const struct binding *rows, size_t n, uint32_t key, unsigned mods);
void keymap_finish(struct ui *u);
/*
 * The key for an act ("add", "note") or a line of the command language, as it is bound; where none
 * is, what can be typed instead.
 */
struct str key_word(struct ui *u, const char *what);
void theme_next(struct ui *u); /* mode_theme.c */
void theme_list(struct ui *u);
unsigned now_flags(struct ui *u);

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
