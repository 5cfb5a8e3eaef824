/* What a person typed: full-width forms that an input method leaves in it, blanks, quotes, words.
 */
#pragma once

#include "dais/str.h"

/* One character at the start of s, full-width ASCII (U+FF01 to U+FF5E) and other dashes as ASCII;
 * answers its length, 0 at the end. */
size_t typed_read(struct str s, uint32_t *code);
/* The length of the blank at the start of s, or 0: ASCII blanks and U+3000. */
size_t typed_blank(struct str s);
/* Appends s with full-width ASCII as ASCII. */
void typed_fold(struct buf *out, struct str s);
/* The length of two dashes of any kind at the start of s, or 0. */
size_t typed_dashes(struct str s);

/* True if s begins with a typographic quote that may embrace a word. */
bool typed_quote(struct str s);

struct typed_word {
	struct str text;   /* without its quotes; in the arena */
	size_t start, end; /* in the line */
	bool quoted;       /* its first character was quoted */
	bool closed;       /* false: a quote or backslash at `bad` has no end */
	bool whole;        /* one pair of quotes embraces all of it */
	size_t bad;
};
/* Reads the word at `at` (no blank there) as a shell would. */
struct typed_word typed_take(struct str line, size_t at, struct arena *a);
