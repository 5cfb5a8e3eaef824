/*
 * The end of a session in one pane: what is counted, how it is written down,
 * and the exports that can be made of it.
 */
#pragma once

#include "dais/session.h"
#include "internal.h"

/* ---- what a session comes to: summary_count.c; pure ---- */

struct summary_person { /* somebody who spoke */
	size_t person; /* for session_person_at() */
	int64_t turns, ms;
	bool invited; /* to a segment, by name */
};
struct summary_missing { /* an invited person who was not heard, a certificate that was not given */
	size_t segment;
	struct str person; /* id */
};
struct summary_places {
	size_t *items; /* owned */
	size_t n, cap;
};
struct summary_people {
	struct summary_missing *items; /* owned, in the order of the agenda */
	size_t n, cap;
};
struct summary_counts {
	struct summary_person *people; /* owned; who talked longest comes first */
	size_t people_n;
	int64_t turns, site, online; /* different people who had a turn on site, and online */
	int64_t notes, marks;	     /* what everybody may read, removed ones left out */
	bool invites, awards;	     /* the agenda invites somebody; has certificates */
	struct summary_people unheard, ungiven;
	struct summary_places decisions, actions; /* for session_note_at() */
};
/* Up to t; summary_counts_finish() gives it back. */
void summary_count(struct summary_counts *out, const struct session *s, int64_t t);
void summary_counts_finish(struct summary_counts *c);

/* ---- what the console keeps ---- */

enum { EXPORTS_MAX = 8 };
enum export_state { EXPORT_NONE, EXPORT_BEGUN, EXPORT_WRITTEN, EXPORT_FAILED };
struct export_row {
	bool ticked;
	enum export_state state;
	struct buf told; /* the file's name, or why there is none */
};
struct summing {
	struct summary_counts counts;
	size_t events; /* that are counted; SIZE_MAX: nothing is */
	int64_t t;     /* the second up to which */
	bool due;      /* the session ended while something was typed */
	struct export_row exports[EXPORTS_MAX];
	bool came;     /* what came of an export is to be seen */
	size_t at;     /* chosen among the exports; behind the last: the button */
	struct rect spots[EXPORTS_MAX + 1]; /* where they were painted */
};

struct ui;
struct page;

/* ---- the sections: summary_talk.c, summary_lists.c; each goes on below ---- */

/* Up to when is counted: the close, or now. */
int64_t summary_end(const struct ui *u);
/* "Talk time ◆ invited ─────" */
void summary_head(struct ui *u, struct page *p, const char *title, const char *extra);
/* What a segment is called where several are of one kind: "Certificates 2". */
struct str summary_segment(struct ui *u, const struct session_segment *g);
void summary_numbers(struct ui *u, struct page *p);
void summary_talk(struct ui *u, struct page *p);
void summary_plan(struct ui *u, struct page *p);
void summary_unheard(struct ui *u, struct page *p);
void summary_ungiven(struct ui *u, struct page *p);
void summary_noted(struct ui *u, struct page *p);

/* ---- the exports: summary_exports.c ---- */

size_t summary_exports(const struct ui *u); /* how many formats can be written now */
void summary_exports_open(struct ui *u);
void summary_exports_paint(struct ui *u, struct page *p);
/* True if the key is one of theirs. */
bool summary_exports_key(struct ui *u, uint32_t key, unsigned mods);
void summary_click(struct ui *u, int x, int y, bool twice);

/* ---- the mode: mode_summary.c ---- */

void summary_open(struct ui *u);
/* The session was closed: opens it, at once or when nothing is typed any more. */
void summary_due(struct ui *u);
void summary_finish(struct summing *s);
