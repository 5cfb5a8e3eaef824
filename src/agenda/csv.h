/* A table of cells, parted by commas or tabs, quoted as RFC 4180 has it. */
#pragma once

#include "dais/diag.h"

struct csv {
	struct str text;
	size_t at;
	struct diag_place place; /* of text[at] */
	char separator;
};

struct csv_cell {
	struct str text;
	struct diag_place at;
};

/* Begins a table; the separator is the one that stands more often in the first line. */
struct csv csv_start(struct str text);
/*
 * Reads the next row into cells (room for max; *n of them, more than max if
 * there were more). False at the end, or where a quote is wrong: then *why is a
 * sentence for N_(), and csv->place where.
 */
bool csv_row(struct csv *c, struct arena *a, struct csv_cell *cells, size_t max, size_t *n,
	const char **why);
