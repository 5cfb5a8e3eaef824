/* A table of texts, open addressing: ids and names of a big roster are looked up once for every
 * mention. */
#include <stdlib.h>

#include "internal.h"

static size_t
slot_for(const struct map *m, struct str key)
{
	uint64_t hash = 0xcbf29ce484222325; /* FNV-1a */
	for (size_t i = 0; i < key.n; i++)
		hash = (hash ^ (unsigned char)key.p[i]) * 0x100000001b3;
	size_t at = (size_t)hash & (m->cap - 1);
	while (m->slots[at].value && !str_eq(m->slots[at].key, key))
		at = (at + 1) & (m->cap - 1);
	return at;
}

void *
map_get(const struct map *m, struct str key)
{
	return m->cap ? m->slots[slot_for(m, key)].value : NULL;
}

void
map_put(struct map *m, struct str key, void *value)
{
	if (m->n * 2 >= m->cap) {
		struct map bigger = {.cap = m->cap ? m->cap * 2 : 64};
		bigger.slots = xcalloc(bigger.cap, sizeof *bigger.slots);
		for (size_t i = 0; i < m->cap; i++) {
			if (m->slots[i].value)
				bigger.slots[slot_for(&bigger, m->slots[i].key)] = m->slots[i];
		}
		bigger.n = m->n;
		free(m->slots);
		*m = bigger;
	}
	struct map_slot *slot = &m->slots[slot_for(m, key)];
	m->n += slot->value == NULL;
	*slot = (struct map_slot){key, value};
}

void
map_finish(struct map *m)
{
	free(m->slots);
	*m = (struct map){0};
}
