/* What a terminal draws with, so that only what changes of it is sent. */
#pragma once

#include "dais/str.h"

enum { PEN_COLOUR = 24 };

struct pen_state {
	unsigned attributes; /* a bit for each that is on */
	char charset, font;  /* of G0, as it was designated; 0 where nobody said */
	char fore[PEN_COLOUR], back[PEN_COLOUR]; /* as they are asked for: "38;5;253"; "" is the default */
};

/* Zeroed memory is a terminal of which nothing is known. */
struct pen {
	bool known;
	bool off; /* it was asked for something that is not known here: all is handed on */
	struct pen_state now; /* the terminal's, if it is known */
};

/*
 * Appends what was drawn for a terminal of ECMA-48's colours and attributes,
 * without what would change nothing that is seen. What it does not know it
 * hands on as it is.
 */
void pen_write(struct pen *pen, struct buf *out, struct str drawn);
