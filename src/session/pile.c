/*
 * Arrays that share their parts. Parts are counted, not owned: a part with one
 * holder is written to in place, one with more is copied first, and its kids
 * get one holder more.
 */
#include "pile.h"

#include <assert.h>
#include <stdalign.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "dais/str.h"

enum { LEAF_BITS = 3, FAN_BITS = 5, LEAF = 1 << LEAF_BITS, FAN = 1 << FAN_BITS, INDEX_BITS = 64 };

static_assert(sizeof(size_t) * 8 == INDEX_BITS, "a place has 64 bits");

struct pile_part {
	size_t holders;
	alignas(max_align_t) unsigned char bytes[]; /* items, or above them kids */
};

static struct pile_part **
kids(struct pile_part *part)
{
	return (struct pile_part **)(void *)part->bytes;
}

/* How far a place is shifted to find the kid of a part at this height; below none where the part has items. */
static int
shift(unsigned height)
{
	return LEAF_BITS + FAN_BITS * ((int)height - 1);
}

static bool
reaches(const struct pile *p, size_t i)
{
	int bits = shift(p->height + 1);
	return bits >= INDEX_BITS || i >> bits == 0;
}

static size_t
part_bytes(const struct pile *p, unsigned height)
{
	return height ? FAN * sizeof(struct pile_part *) : (size_t)LEAF * p->size;
}

struct pile
pile_make(size_t size)
{
	return (struct pile){.size = (uint32_t)size};
}

static void
drop(struct pile_part *part, unsigned height)
{
	if (!part || --part->holders)
		return;
	for (size_t i = 0; height && i < FAN; i++)
		drop(kids(part)[i], height - 1);
	free(part);
}

void
pile_finish(struct pile *p)
{
	drop(p->root, p->height);
	*p = pile_make(p->size);
}

struct pile
pile_share(const struct pile *p)
{
	if (p->root)
		p->root->holders++;
	return *p;
}

const void *
pile_at(const struct pile *p, size_t i)
{
	struct pile_part *part = i < p->n ? p->root : NULL;
	for (int bits = shift(p->height); part && bits >= LEAF_BITS; bits -= FAN_BITS)
		part = kids(part)[i >> bits & (FAN - 1)];
	return part ? part->bytes + (i & (LEAF - 1)) * p->size : NULL;
}

/* The part at this height for writing; a new one where there was none. */
static struct pile_part *
own(const struct pile *p, struct pile_part *part, unsigned height)
{
	size_t n = part_bytes(p, height);
	if (part && part->holders == 1)
		return part;
	struct pile_part *copy = part ? xmalloc(sizeof *copy + n) : xcalloc(1, sizeof *copy + n);
	copy->holders = 1;
	if (!part)
		return copy;
	memcpy(copy->bytes, part->bytes, n);
	part->holders--;
	for (size_t i = 0; height && i < FAN; i++)
		if (kids(copy)[i])
			kids(copy)[i]->holders++;
	return copy;
}

static void
rise(struct pile *p)
{
	struct pile_part *below = p->root;
	p->height++;
	if (!below)
		return;
	p->root = own(p, NULL, p->height);
	kids(p->root)[0] = below;
}

void *
pile_mine(struct pile *p, size_t i)
{
	while (!reaches(p, i))
		rise(p);
	if (i >= p->n)
		p->n = i + 1;
	struct pile_part **at = &p->root;
	for (unsigned h = p->height; h; h--) {
		*at = own(p, *at, h);
		at = &kids(*at)[i >> shift(h) & (FAN - 1)];
	}
	*at = own(p, *at, 0);
	return (*at)->bytes + (i & (LEAF - 1)) * p->size;
}

void *
pile_push(struct pile *p)
{
	return pile_mine(p, p->n);
}

/* ---- flat ones ---- */

struct block {
	size_t holders, cap;
	alignas(max_align_t) unsigned char bytes[];
};

static struct block *
block_of(void *items)
{
	return items ? (struct block *)(void *)((char *)items - offsetof(struct block, bytes))
		     : NULL;
}

void *
block_share(void *items)
{
	if (items)
		block_of(items)->holders++;
	return items;
}

void
block_drop(void *items)
{
	struct block *b = block_of(items);
	if (b && !--b->holders)
		free(b);
}

void *
block_mine(void *items, size_t used, size_t need)
{
	struct block *b = block_of(items);
	if (b && b->holders == 1 && b->cap >= need)
		return items;
	size_t cap = b && b->cap >= need ? b->cap : need + need / 2;
	struct block *copy = xcalloc(1, sizeof *copy + cap);
	copy->holders = 1;
	copy->cap = cap;
	if (b && used)
		memcpy(copy->bytes, items, used);
	block_drop(items);
	return copy->bytes;
}
