/* Peers of every bad kind. */
#pragma once

#include "hall.h"

enum rogue_kind {
	ROGUE_STUCK,
	ROGUE_SLOW,
	ROGUE_FLOOD,
	ROGUE_LONG,
	ROGUE_BYTES,
	ROGUE_SEAT,
	ROGUE_FLOOR,
	ROGUE_REPLAY,
	ROGUE_STALE,
	ROGUE_SILENT,
	ROGUE_DRIP,
	ROGUE_NOISE,
	ROGUE_EPOCH,
	ROGUE_BEYOND,
	ROGUE_KINDS
};

struct rogue {
	enum rogue_kind kind;
	struct hall *hall;
	struct tube *tube;
	struct guest *guest;
	struct buf heard;
	int64_t since, acts;
	size_t most_waiting, lives[ROGUE_KINDS], proofs[ROGUE_KINDS];
	int64_t longest[ROGUE_KINDS]; /* how long one lived */
};

void rogue_step(struct rogue *r);
void rogue_finish(struct rogue *r);
