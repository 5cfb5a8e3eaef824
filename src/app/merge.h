/* Merging what only another log holds, at a joined console. */
#pragma once

#include "orphans.h"

enum merge_what { MERGE_ADOPT, MERGE_ASIDE, MERGE_REST, MERGE_FOUND };

struct merge_ask {
	enum merge_what what;
	size_t of; /* an item, or a source */
	char *why; /* owned, or NULL */
};

struct merge { /* zeroed memory is one that has not looked yet */
	const struct session *of;
	struct orphans orphans;
	struct merge_ask *asks; /* owned; one after the other */
	size_t n, cap, at;
	bool sought, under_way, answered;
	bool say_found, say_end; /* in the next turn */
	size_t wanted, done, refused; /* of what a person asked for */
};
