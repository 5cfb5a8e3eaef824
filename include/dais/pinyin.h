/*
 * How Chinese names are read: ICU's Han-Latin, with surnames by their own
 * readings. Opening costs about 100 ms once, so it happens in a worker or
 * only where a name needs it.
 */
#pragma once

#include "dais/str.h"

struct pinyin;

struct pinyin *pinyin_create(void); /* owned; NULL if ICU has no such data */
void pinyin_destroy(struct pinyin *p);
/* Appends the syllables of a name, lower case ASCII, parted by single blanks ("zhang hu"); ü is v. */
void pinyin_name(const struct pinyin *p, struct buf *out, struct str name);
/* The same by the generic readings of each character. */
void pinyin_generic(const struct pinyin *p, struct buf *out, struct str name);
