/* What tests of several rooms share: numbers whose seed is printed, and text that is compared. */
#pragma once

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "dais/str.h"

/* DAIS_SEED repeats a run. */
static inline uint64_t
seed_random(void)
{
	const char *given = getenv("DAIS_SEED");
	uint64_t seed = given ? strtoull(given, NULL, 10) : (uint64_t)time(NULL);
	printf("# DAIS_SEED=%llu\n", (unsigned long long)seed);
	return seed * 2654435761u + 1;
}

static inline uint32_t
draw_random(uint64_t *state, uint32_t below)
{
	*state ^= *state << 13;
	*state ^= *state >> 7;
	*state ^= *state << 17;
	return (uint32_t)(*state >> 32) % below;
}

static inline void
assert_str(struct str got, const char *want)
{
	struct buf z = {0};
	buf_str(&z, got);
	buf_char(&z, 0);
	assert_string_equal(z.p, want);
	buf_finish(&z);
}
