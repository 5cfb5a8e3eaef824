/*
 * The log's canonical JSON (formats.md 2): no spaces, whole numbers below
 * 2^53 in size, no duplicate keys, no NUL in a key, valid UTF-8, \u escapes in
 * lower-case hex for what utf8_hidden() names, and nothing else escaped but "
 * and \.
 * The reader refuses every text that the writer would not have written.
 * Pure.
 */
#pragma once

#include "dais/str.h"

/* Appends s as a canonical string with its quotes; bytes that are not UTF-8 become U+FFFD. */
void canon_put_str(struct buf *out, struct str s);

/* A writer that sees to the commas. Start: struct canon_writer w = {&out}; */
struct canon_writer {
	struct buf *out;
	bool comma;
};
void canon_open(struct canon_writer *w, char bracket); /* '{' or '[' */
void canon_close(struct canon_writer *w, char bracket); /* '}' or ']' */
void canon_key(struct canon_writer *w, const char *key);
void canon_int(struct canon_writer *w, int64_t v);
void canon_str(struct canon_writer *w, struct str s);
void canon_bool(struct canon_writer *w, bool v);
void canon_raw(struct canon_writer *w, struct str canonical);
/* key and value in one call */
void canon_key_int(struct canon_writer *w, const char *key, int64_t v);
void canon_key_str(struct canon_writer *w, const char *key, struct str s);

/* A reader over borrowed bytes. After the first failure `ok` stays false and every call answers false. */
struct canon_reader {
	struct str in;
	size_t at;
	bool ok;
	int depth;
};
struct canon_reader canon_read(struct str in);
/* What comes next: one of { [ " digit(0) t f n ] } or 0 at the end. */
char canon_peek(const struct canon_reader *r);
/* Takes this very text. */
bool canon_take(struct canon_reader *r, const char *text);
bool canon_take_int(struct canon_reader *r, int64_t *out);
bool canon_take_bool(struct canon_reader *r, bool *out);
/* A string's value; points into the input where nothing is escaped, otherwise into a. */
bool canon_take_str(struct canon_reader *r, struct arena *a, struct str *out);
/* Any value, checked (depth at most 16); its bytes. */
bool canon_take_any(struct canon_reader *r, struct str *out);
/*
 * Walks an object or list: canon_enter takes the bracket; then, while
 * canon_more(): canon_take a key with canon_next_key (objects) and a value.
 *     if (canon_enter(r, '{')) while (canon_more(r, '}')) { canon_next_key(r, a, &key); … }
 * canon_more answers false behind the closing bracket, which it takes.
 */
bool canon_enter(struct canon_reader *r, char bracket);
bool canon_more(struct canon_reader *r, char closing);
bool canon_next_key(struct canon_reader *r, struct arena *a, struct str *key);
/* True if everything was read and nothing failed. */
bool canon_done(const struct canon_reader *r);
