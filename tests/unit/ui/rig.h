/* What the tests of this folder share. */
#pragma once

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "dais/utf8.h"
#include "internal.h"

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

static inline void
assert_dump(const struct grid *g, bool styles, const char *want)
{
	struct buf out = {0};
	grid_dump(g, &out, styles);
	assert_str(buf_view(&out), want);
	buf_finish(&out);
}
