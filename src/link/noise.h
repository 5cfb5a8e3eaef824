/* Who makes noise, counted: a few are told at once, the rest as numbers, however many come. */
#pragma once

#include "internal.h"

enum { NOISE_KINDS = 6, NOISE_ROWS = 4, NOISE_MS = 60000 };

struct noise_row {
	char from[56];
	unsigned more; /* beside the one that was told */
};
/* One kind's window: it begins with the first that comes and ends after a minute. */
struct noise_kind {
	struct noise_row rows[NOISE_ROWS];
	size_t n;
	unsigned others; /* from addresses that have no row */
	int64_t since;
};
struct noise {
	struct noise_kind kinds[NOISE_KINDS];
	int64_t window_ms; /* 0: NOISE_MS */
};

/* True if this one is to be told by itself; otherwise it is counted. */
bool noise_hear(struct noise *n, size_t kind, struct str from, int64_t now);
/* For each number that is due, from empty for all other addresses; then that window is over. */
typedef void (*noise_more_cb)(void *ctx, size_t kind, struct str from, unsigned more);
void noise_tell(struct noise *n, int64_t now, noise_more_cb more, void *ctx);
int64_t noise_deadline(const struct noise *n); /* EVENT_NO: nothing will be due */
