/* A wire in memory: bytes are late, cut anywhere between two reads, and never lost unless the tube
 * is broken. */
#pragma once

#include "wired.h"

struct tube;
struct tube_end {
	void *owner;
	void (*bytes)(void *owner, struct str bytes);
	void (*down)(void *owner); /* once */
};
/* What all tubes of a world share. */
struct ether {
	int64_t now;
	uint64_t seed;
	int64_t delay_min, delay_max;
};
uint64_t ether_random(struct ether *e);

struct tube *tube_make(struct ether *e, struct tube_end a, struct tube_end b);
struct wire tube_wire(struct tube *t, int side);
void tube_put(struct tube *t, int side, struct str bytes);
void tube_step(struct tube *t);
bool tube_over(const struct tube *t); /* both ends were told: to be freed */
void tube_free(struct tube *t);
void tube_cut(struct tube *t);             /* both ends notice */
void tube_silence(struct tube *t);         /* nobody notices */
void tube_stick(struct tube *t, int side); /* this side reads no more */
void tube_slow(struct tube *t, int side, size_t bytes_a_step);
size_t tube_waiting(const struct tube *t, int side);
