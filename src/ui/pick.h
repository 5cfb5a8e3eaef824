/* Choosing somebody for the queue: what its files know of each other. */
#pragma once

#include "match.h"

struct ui;

/* What is typed: a name, and of a walk-in where they are from and what they are. */
struct typed_name {
	struct str name, unit, title;
	bool more; /* a slash stands behind the name */
};
struct picker {
	enum event_as as;
	enum event_attending attending; /* as chosen for the row at; unset: where they are */
	struct roster roster;
	size_t *found; /* owned; places of people, the best first; SIZE_MAX: a walk-in */
	uint8_t *ranks; /* owned; of one search */
	size_t n, cap, at;
	uint64_t work; /* of the last search: what a key costs, counted */
	bool moved; /* a hand chose the row */
	bool stale; /* readings came since the search */
	struct rect list; /* where the rows were painted */
	size_t first;	  /* of them */
};

void pick_start(struct ui *u, enum event_as as);
void pick_match(struct ui *u); /* again: the people or what they did changed */
void pick_click(struct ui *u, int x, int y, bool second); /* the second one adds */
void pick_paint(struct ui *u, struct grid *g);
void pick_finish(struct picker *p);
struct typed_name pick_typed(const struct ui *u);
