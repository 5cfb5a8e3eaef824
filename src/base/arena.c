/* Blocks in a list; an allocation that does not fit opens the next block. Nothing is freed alone.
 */
#include <stdalign.h>
#include <stdlib.h>
#include <string.h>

#include "dais/str.h"

enum { BLOCK = 16384 };

struct arena_block {
	struct arena_block *next;
	size_t used, cap;
	alignas(max_align_t) unsigned char bytes[];
};

void *
arena_alloc(struct arena *a, size_t n)
{
	size_t align = alignof(max_align_t);
	n = (n + align - 1) / align * align;
	if (!a->head || a->head->cap - a->head->used < n) {
		size_t cap = n > BLOCK ? n : BLOCK;
		struct arena_block *b = xcalloc(1, sizeof *b + cap);
		b->cap = cap;
		b->next = a->head;
		a->head = b;
	}
	void *p = a->head->bytes + a->head->used;
	a->head->used += n;
	return p;
}

struct str
arena_str(struct arena *a, struct str s)
{
	char *p = arena_alloc(a, s.n + 1);
	if (s.n)
		memcpy(p, s.p, s.n);
	return (struct str){p, s.n};
}

void
arena_finish(struct arena *a)
{
	while (a->head) {
		struct arena_block *next = a->head->next;
		free(a->head);
		a->head = next;
	}
}
