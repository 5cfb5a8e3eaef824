/* A past to replay: debates made of random commands, and a replay that is asked in lines. */
#pragma once

#include "sitting.h"

#include "dais/replay.h"

struct past {
	struct sitting x;
	struct replay *r;
	int64_t now; /* the room's steady clock */
	enum refusal code;
};

/* At most `events` of them; the seed decides everything. */
struct past past_random(unsigned seed, size_t events);
struct past past_of(struct sitting x);
void past_close(struct past *p);
/* A line of the replay's commands. */
enum refusal past_do(struct past *p, const char *line);
/* The state at the position is that of a fresh fold of what is in. */
void past_check(const struct past *p);
uint32_t past_dice(uint32_t *seed, uint32_t sides);
void past_tick(struct sitting *x, int64_t t);
