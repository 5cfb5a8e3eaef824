/*
 * A growing array that two states can hold at once. It is kept as a tree of
 * small parts; who writes copies the few parts on the way that another still
 * holds. So a copy of a state costs nothing, and what both have in common
 * exists once. Places that nothing was written to take no room.
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

struct pile_part;

struct pile {
	struct pile_part *root;
	size_t n;	 /* one behind the last place that was written to */
	uint32_t size;	 /* of an item */
	uint32_t height; /* how many levels stand above the items */
};

struct pile pile_make(size_t size); /* empty; needs pile_finish() once it holds something */
void pile_finish(struct pile *p);
/* Another holder of the same items; what one writes the other does not see. */
struct pile pile_share(const struct pile *p);
/* Borrowed until the next writing; NULL where nothing was ever written nearby. */
const void *pile_at(const struct pile *p, size_t i);
/* The item at i for writing, zeroed if it is new. It stays this holder's own, and stays where it
 * is, until the pile is shared again. */
void *pile_mine(struct pile *p, size_t i);
void *pile_push(struct pile *p);

/* The same for a flat array, which is copied as a whole. NULL is an empty one. */
void *block_share(void *items);
void block_drop(void *items);
/* The array for writing with room for `need` bytes, of which the first `used` are kept. Owned. */
void *block_mine(void *items, size_t used, size_t need);
