/* What the console keeps about acts: what was clicked, what is asked about, who I am. */
#pragma once

#include "internal.h"

enum { SPANS_MAX = 32, BUTTONS_MAX = 3, DOUBLE_CLICK_MS = 400 };

/* The last press of the mouse, for a second one at the same place. */
struct click {
	bool is; /* false: there is none, or something came between */
	int64_t ms;
	int x, y;
	int64_t chosen; /* what it chose */
};
/* What a click on the line of hints does. */
struct hint_span {
	int x, w; /* columns of the screen */
	uint32_t key;
	unsigned mods;
};
/* The program's keys and those that somebody bound, in one table. */
struct binding;
struct keymap {
	struct binding *rows; /* owned; NULL: only the program's */
	size_t n, cap;
};
struct acting {
	struct buf me;	   /* the name that my events bear; empty before the first */
	int64_t asked;	   /* what was on the screen for the last command: a seq */
	int64_t read;	   /* what somebody could have read there: a seq, at most the basis */
	int64_t shown_ms;  /* since when what is behind that is shown */
	bool dated;	   /* it is refused if that changed */
	bool had_copies;   /* the log was on a second machine's disk */
	int64_t unsaved_t; /* since when that trouble lasts */
	int64_t gap_ms, gap_turn; /* that can be taken back from this turn */
	/* Selected among the certificates of a segment, or SIZE_MAX: the next one. */
	size_t recipient, recipient_of;
	int64_t clock_ms;   /* of ui_clock() */
	int64_t pressed_ms; /* when the last key of normal mode came, and which */
	uint32_t pressed;
	struct click click;
	struct hint_span spans[SPANS_MAX];
	size_t spans_n;
	struct rect buttons[BUTTONS_MAX]; /* of the dialog, where they were painted */
};

struct ui;
struct input_event;

/* The basis rises to what is painted now; and what of it a person can have taken in. meanwhile.c */
void basis_painted(struct ui *u);
int64_t basis_read(const struct ui *u);
/* ---- a second that passes: tick.c ---- */

/* What the grid shows, as far as time alone may change it. */
struct painted {
	bool panes; /* the panes of a live session, and nothing over them */
	bool said;
	int64_t t;
	size_t events;
	int bar_y; /* of the point's time within its pane, or -1 */
};
/* Draws over r what time alone changed since u->painted.t; false: it is to be painted anew. */
typedef bool tick_fn(struct ui *u, struct grid *g, struct rect r);
tick_fn tick_anew; /* always false */
/* Paints what time changed, if nothing else did; false: all is to be painted, and then noted. */
bool tick_paint(struct ui *u, struct grid *g);
void tick_painted(struct ui *u);

/* So long for a person, as session time: in a rehearsal that runs faster. */
int64_t ui_span(const struct ui *u, int64_t ms);

struct str word_ordinal(struct ui *u, int n); /* "2", 二. words.c */
/* "begins at 14:00 · Lecture hall 2", or "2023-07-15 14:00 · …": before anything ran. words.c */
struct str word_begins(struct ui *u, bool dated);

/* ---- a sentence that names keys: keyed.c ---- */

struct keyed {
	enum style style;
	const char *format; /* translated */
	size_t keys;	    /* so many of the arguments are keys, the first ones */
	const struct str *args;
	size_t n;
};
/* In the columns of r, from y on; answers the lines used. */
int keyed_put(struct ui *u, struct grid *g, struct rect r, int y, const struct keyed *is);
#define KEYED(style, format, keys, ...)                                                            \
	&(struct keyed){style, format, keys, (struct str[]){__VA_ARGS__},                          \
		sizeof((struct str[]){__VA_ARGS__}) / sizeof(struct str)}

/* ---- the mouse: mouse.c ---- */
void mouse_event(struct ui *u, const struct input_event *e);
/* Remembers that a click on these columns of the hints is this key. */
void hint_span(struct ui *u, int x, int w, uint32_t key, unsigned mods);
/* A click: the button under it is chosen; the second one acts. */
void dialog_click(struct ui *u, int x, int y, bool twice);

/* ---- what others did, what is forgotten: meanwhile.c ---- */
struct str word_by(struct str by); /* a console's name as a person would say it */
/* The same where it stands alone in a column: a seat, or a person of the roster. */
struct str word_writer(const struct ui *u, struct str by);
/* Who did it meanwhile, as a sentence; or nothing. */
struct str word_meanwhile(struct ui *u, const struct event *e);
/* The newest event behind seq that somebody else asked for and that has such a sentence, or NULL. */
const struct event *meanwhile(const struct ui *u, int64_t seq);
/* For how long nobody's clock runs although one should; below 0: all is well. */
int64_t idle_ms(const struct ui *u);
struct str word_idle(struct ui *u); /* that, and the key which helps */

/* Rows of the sentence above the line that is typed, in place of the rule there; 0: it stands in the line of hints. */
int told_rows(struct ui *u, int columns, bool ruled);
void say_nobody_waits(struct ui *u); /* and what helps; ask.c */
void ask_to_leave(struct ui *u); /* parting.c */
void ask_to_close(struct ui *u, struct str line);
/* The running clock in one line, for what covers the floor; or nothing. */
struct str floor_clock(struct ui *u, enum style *style);

/* ---- certificates: pane_award.c ---- */
bool award_shown(const struct ui *u); /* they stand where the floor does */
struct str award_title(struct ui *u); /* "1 of 2 handed over" */
void award_step(struct ui *u, int by);
bool award_choose(struct ui *u, int y);
void award_act(struct ui *u);
void award_give(struct ui *u, const struct session_person *p);
