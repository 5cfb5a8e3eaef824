/*
 * UTF-8 as bytes and code points. Strict: no overlong forms, no surrogates,
 * nothing above U+10FFFF (RFC 3629).
 */
#pragma once

#include "dais/str.h"

/* Reads the code point at the start of s; answers its length in bytes, or 0 where s is empty or not valid there. */
size_t utf8_read(struct str s, uint32_t *code);
/* Writes code (valid, not a surrogate) into out; answers 1 to 4. */
size_t utf8_write(char out[4], uint32_t code);
/* True if all of s is valid; otherwise *bad is the offset of the first byte that is not. bad may be NULL. */
bool utf8_valid(struct str s, size_t *bad);
/*
 * True for what must never stand raw in a log line or a message to a
 * terminal: C0, DEL, C1, bidi controls, zero-width and tag characters, U+2028
 * and U+2029, noncharacters (formats.md 2).
 */
bool utf8_hidden(uint32_t code);
