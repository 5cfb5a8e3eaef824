/* Logs to measure with. */
#pragma once

#include <stdio.h>

#include "dais/event.h"

enum { MAKE_SEED = 20230715 };

struct made {
	int64_t events, kinds[EVENT_KIND_COUNT], refused; /* refused: what the chair may not do */
};
/* Writes a whole log of so many events, at least 100; undos: their share. Ends the program where
 * that fails. */
struct made make_log(FILE *file, int64_t events, uint64_t seed, double undos);
