/* A replay in the console: where the session's time lies on a bar, and what keys mean there. */
#pragma once

#include "dais/session.h"
#include "internal.h"

/* ---- time on a bar: timeline.c; pure ---- */

enum timeline_turns { /* bits: which half of a cell, and where who spoke was */
	TURNS_SITE_LEFT = 1, TURNS_SITE_RIGHT = 2, TURNS_ONLINE_LEFT = 4, TURNS_ONLINE_RIGHT = 8,
};
enum timeline_sign { TIMELINE_NOTHING, TIMELINE_PHOTO, TIMELINE_ACTION, TIMELINE_DECISION };

struct timeline_cell {
	size_t visit; /* which of the session's visits it shows, or SIZE_MAX */
	unsigned char turns, sign;
};
struct timeline { /* zeroed memory is ready to be made */
	struct timeline_cell *cells; /* owned */
	int columns;
	size_t events;	  /* of the session that it was made of */
	int64_t from, to; /* session time of its ends */
};

/* What is on it is looked up once, and again only when it has another width or the session grew. */
void timeline_make(struct timeline *l, const struct session *whole, int columns);
void timeline_finish(struct timeline *l);
/* The first moment of a cell; whatever lies beside the bar is the cell at its end. */
int64_t timeline_time(const struct timeline *l, int x);
/* Where a moment lies, in half cells from 0. */
int timeline_half(const struct timeline *l, int64_t t);

/* ---- what is being replayed: mode_replay.c ---- */

struct replaying {
	bool is;	   /* this console shows a replay */
	bool told_fixed;   /* that nothing can be changed was said once */
	bool dragging;	   /* the button went down on the bar */
	int dragged_x;
	struct buf damage; /* what ui_replay::damage views */
	struct timeline line;
	struct buf waiting; /* for what, while there is a card of progress; empty: none */
	int done;	    /* thousandths of it */
};

struct ui;
struct session_person;
struct completion;

/* A line of the replay's command language. */
enum refusal ask_replay(struct ui *u, struct str line);
/* `word` and what follows it: an id, or a time. */
void ask_replay_id(struct ui *u, const char *word, struct str id, const char *more);
void ask_replay_number(struct ui *u, const char *word, int64_t n);
void say_fixed(struct ui *u); /* that nothing can be changed */
/* The session in which things are found: of a replay the whole one. */
const struct session *session_sought(const struct ui *u);
void replaying_finish(struct replaying *r);
/* Candidates for a word of the replay's language. */
void complete_replay(const struct ui *u, struct str line, size_t caret, struct arena *a,
	struct completion *out);

/* ---- its keys: keymap_replay.c ---- */

struct binding;
const struct binding *key_table_replay(size_t *n);
unsigned now_flags_replay(const struct ui *u);
void key_replay(struct ui *u, uint32_t key);
/* Enter on the chosen row of a pane, or a second click on it. */
void act_replay(struct ui *u, int pane);

/* ---- how it looks: pane_timeline.c, pane_header.c ---- */

/* Rows that the timeline takes at this size. */
int timeline_rows(int columns, int rows);
/* A rule above it, with the times of both ends. */
void timeline_rule(struct ui *u, struct grid *g, struct rect r);
/* The button of the mouse on the bar: true where it was taken. */
bool timeline_mouse(struct ui *u, const struct input_event *e);

/* ---- waiting: progress.c ---- */

void progress_paint(struct ui *u, struct grid *g);
void progress_key(struct ui *u, uint32_t key, unsigned mods);
