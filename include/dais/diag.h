/*
 * Problems in a file that a person wrote: collected, sorted, shown in one go,
 * each with its line and a caret under the right cell.
 */
#pragma once

#include "dais/str.h"

/* Lines and columns count from 1; a column is a character, not a byte and not a cell. Line 0: the file as a whole. */
struct diag_place {
	int line, column;
};

/* So many problems are shown; of more, only the number. Beyond them nobody need look for a "did you mean". */
enum { DIAG_SHOWN = 200 };

struct diag {
	struct diag_place at;
	int length; /* characters under the caret; 0 or 1 is one */
	bool warning;
	char *text; /* owned; a whole sentence, translated, names in it as written */
	char *hint; /* owned; what to do ("did you mean …"), or NULL */
};

struct diag_list {
	char *file;  /* owned; as the person named it */
	struct str source; /* borrowed; must outlive the list */
	struct diag *items; /* owned */
	size_t n, cap;
	size_t errors;
};

void diag_start(struct diag_list *l, const char *file, struct str source);
void diag_finish(struct diag_list *l);
/* Adds a problem; text is taken over (owned from here on). */
void diag_add(struct diag_list *l, struct diag_place at, int length, bool warning, char *text, char *hint);
/* A sentence: format (translated already) with {0}… filled; owned. */
char *diag_text(const char *format, const struct str *args, size_t n);
/* Adds an error without a hint. */
void diag_error(struct diag_list *l, struct diag_place at, int length, const char *format, const struct str *args, size_t n);
/*
 * Appends every problem in the order of the file:
 *     FILE:LINE:COLUMN: TEXT
 *       12 | the line as it is, cleaned, cut around the place if it is long
 *          |     ^~~~ HINT
 * A warning says so before its text; a problem of the whole file has no line.
 */
void diag_render(struct buf *out, const struct diag_list *l);
/* The word among `known` that `word` was meant to be (at most a third of it wrong, by Damerau-Levenshtein), or NULL. */
const char *diag_meant(struct str word, const char *const *known, size_t n);
