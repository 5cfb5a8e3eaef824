/*
 * Bytes and where they live: slices, growing buffers, arenas.
 *
 * Allocation never returns NULL to a caller: where memory ends, the program
 * ends, through the hook of log.h, so that the terminal is restored first.
 */
#pragma once

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A borrowed run of bytes, UTF-8 unless said otherwise; not terminated. p may be NULL if n is 0. */
struct str {
	const char *p;
	size_t n;
};

#define STR(literal) ((struct str){"" literal, sizeof(literal) - 1})
#define STR_NONE ((struct str){NULL, 0})
/* For printf: printf("%.*s", STR_ARG(s)). */
#define STR_ARG(s) (int)(s).n, (s).p

struct str str_of(const char *z); /* NULL gives STR_NONE */
bool str_eq(struct str a, struct str b);
bool str_is(struct str a, const char *z);
int str_cmp(struct str a, struct str b); /* by bytes */
bool str_starts(struct str s, struct str prefix);
/* Skips ASCII blanks and U+3000 at both ends. */
struct str str_trim(struct str s);
struct str str_from(struct str s, size_t start);
struct str str_upto(struct str s, size_t n);
/* Whole decimal number without sign, blank or overflow; false otherwise. */
bool str_int(struct str s, int64_t *out);

/* A growing buffer, owned by its holder; always terminated behind n once anything was put. Zeroed memory is an empty one. */
struct buf {
	char *p;
	size_t n, cap;
};

void buf_finish(struct buf *b);
void buf_reset(struct buf *b); /* keeps the memory */
void buf_reserve(struct buf *b, size_t more);
void buf_put(struct buf *b, const void *p, size_t n);
void buf_str(struct buf *b, struct str s);
void buf_puts(struct buf *b, const char *z);
void buf_char(struct buf *b, char c);
void buf_int(struct buf *b, int64_t v);
void buf_fill(struct buf *b, char c, size_t n);
void buf_printf(struct buf *b, const char *format, ...) __attribute__((format(printf, 2, 3), nonnull(2)));
struct str buf_view(const struct buf *b);

/* Memory that is given back all at once. Pointers live until arena_finish or arena_reset. Zeroed memory is an empty one. */
struct arena {
	struct arena_block *head;
};

void *arena_alloc(struct arena *a, size_t n); /* zeroed, aligned for anything */
struct str arena_str(struct arena *a, struct str s); /* a copy, terminated */
void arena_finish(struct arena *a);

void *xmalloc(size_t n) __attribute__((returns_nonnull));
void *xcalloc(size_t count, size_t n) __attribute__((returns_nonnull));
void *xrealloc(void *p, size_t n) __attribute__((returns_nonnull));
char *xstrdup(const char *z) __attribute__((returns_nonnull));
char *str_dup(struct str s) __attribute__((returns_nonnull)); /* owned, terminated */

/* Appends ITEM to a growing array of COUNT items with room for CAP. */
#define VEC_PUSH(array, count, cap, item)                                                          \
	do {                                                                                       \
		if ((count) == (cap)) {                                                            \
			(cap) = (cap) ? (cap) * 2 : 8;                                             \
			(array) = xrealloc((array), (cap) * sizeof *(array));                      \
		}                                                                                  \
		(array)[(count)++] = (item);                                                       \
	} while (0)
