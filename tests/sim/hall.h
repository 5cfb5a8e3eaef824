/* The host of a simulation: a session, two logs that reach the "disk" late, and a hub. */
#pragma once

#include "tube.h"

struct hall_lane {
	struct str *bodies; /* queued, not on the disk */
	size_t queued, queued_cap;
	struct str *lines; /* sealed and synced, without newline */
	size_t n, cap;
	unsigned char hash[32];
	int64_t sync_at;
};

struct hall {
	struct ether *ether;
	struct arena arena;
	struct session *session;
	struct hall_lane lanes[2];
	struct hub *hub;
	int64_t epoch, began, hosts, sessions;
	size_t joined, refused, closed, old;
	size_t done; /* commands that were decided well */
	void (*executed)(void *ctx, const struct hub_ask *ask); /* before each of them */
	void *ctx;
	struct buf why; /* of the last refusal to a command */
	struct hub_limits limits;
};

void hall_open(struct hall *h, struct ether *e);
void hall_step(struct hall *h);
void hall_do(struct hall *h, struct str line); /* the host's own chair does something */
void hall_crash(struct hall *
		h); /* the tubes have to be gone; what was not synced is lost; a new epoch begins */
void hall_renew(struct hall *h); /* likewise, and another session of that name begins */
void hall_finish(struct hall *h);
bool hall_synced(const struct hall *h);
/* What a console that sees these lanes has to have: folded from the lines. */
struct session *hall_fold(const struct hall *h, bool chairs);
struct session *fold_lines(const struct str *main_log, size_t n, const struct str *chairs, size_t chairs_n);
void hall_takeover(struct hall *h, const struct str *main_log, size_t n, const struct str *chairs, size_t chairs_n); /* the tubes have to be gone; its disk is lost */
/* Decodes and applies. */
bool hall_apply(struct session *s, enum event_lane lane, int64_t seq, struct str body);
