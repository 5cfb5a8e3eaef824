/*
 * A session in sentences, one for each change that matters, for ears: what a
 * screen reader says while somebody chairs. Times are words, nothing is a sign.
 */
#pragma once

#include "dais/str.h"

enum { SPOKEN_WARNS = 8 };
enum spoken_turn { SPOKEN_NOBODY, SPOKEN_RUNNING, SPOKEN_PAUSED, SPOKEN_ENDED };

/* How it stands; strings are borrowed. */
struct spoken {
	struct str title;
	bool rehearsal, closed, saved;
	struct str segment, segment_title, kind; /* segment: its id; "": none has begun */
	int64_t number, of;
	int64_t segment_ms, budget_ms; /* budget 0: none */
	enum spoken_turn state;
	int64_t turn; /* its id */
	struct str speaker, as;
	int64_t elapsed_ms, allotted_ms; /* allotted below 0: no limit */
	struct str next; /* a name, or "" */
	int64_t warn_ms[SPOKEN_WARNS], bell_ms;
	size_t warns;
};

/* How it stands, to begin with. */
void spoken_first(struct buf *out, const struct spoken *is);
/* What has changed, a sentence a line; nothing where nothing that matters has. */
void spoken_change(struct buf *out, const struct spoken *was, const struct spoken *is);
/* The same after ms of the session's clock in which nothing happened. */
struct spoken spoken_later(const struct spoken *is, int64_t ms);
/* What the clocks crossed between the two, in one stretch of time; at most one sentence for each clock. */
void spoken_clocks(struct buf *out, const struct spoken *was, const struct spoken *is);
/* In so many ms of the session's clock they cross something next; -1: never. */
int64_t spoken_due(const struct spoken *is);
