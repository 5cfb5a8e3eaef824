/*
 * Text as a terminal shows it.
 *
 * The log keeps what people typed; a screen gets a cleaned form on whose width
 * all terminals agree: per ICU grapheme cluster, format characters, variation
 * selectors and skin tones dropped, controls made visible, characters that the
 * C library does not know replaced, at most three marks on a base. The width
 * is then the sum of wcwidth(), which is also what ncurses uses.
 */
#pragma once

#include "dais/str.h"

/* Appends the cleaned form of s (invalid bytes become U+FFFD). Newlines and tabs become single spaces. */
void text_clean(struct buf *out, struct str s);
/* Columns that the cleaned form of s takes. */
int text_width(struct str s);
/*
 * Appends the cleaned form of s cut to at most `columns`, ending in "…" where
 * something was cut, never half of a wide character. Answers its columns.
 */
int text_fit(struct buf *out, struct str s, int columns);
/* Like text_fit, then padded with blanks to exactly `columns`. */
void text_pad(struct buf *out, struct str s, int columns);
/* The offset of the grapheme boundary after (before) `at` in s; the end (0) if there is none. */
size_t text_next(struct str s, size_t at);
size_t text_prev(struct str s, size_t at);
/*
 * The end of the word after (its start before) `at` in s, valid UTF-8 without
 * blanks, as ICU's dictionary parts Chinese; the end (0) if there is none.
 */
size_t text_word_next(struct str s, size_t at);
size_t text_word_prev(struct str s, size_t at);
/*
 * The end of the first line of s (cleaned already) that fits into `columns`,
 * broken by the rules of UAX 14 as ICU has them for Chinese; at least one
 * cluster. The blanks behind it hang.
 */
size_t text_break(struct str s, int columns);
/*
 * Appends JSON as it stands, with \u escapes for what utf8_hidden() names, which
 * in JSON can only stand inside strings: harmless to a terminal, the same to a
 * parser. Newlines stay.
 */
void text_json(struct buf *out, struct str json);
