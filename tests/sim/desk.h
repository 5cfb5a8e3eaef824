/* A joined console of a simulation: a spoke, its copy of the log, and a person who types. */
#pragma once

#include "hall.h"

struct desk_ask {
	char *id, *line;
	int64_t at;
	bool moment, done;
};

struct desk {
	struct hall *hall;
	struct ether *ether;
	struct spoke *spoke; /* NULL while it is down */
	struct tube *tube;
	struct session *session;
	struct arena arena;
	struct str *lines[2];
	size_t n[2], cap[2];
	size_t synced[2]; /* that a crash leaves */
	int64_t sync_at;
	unsigned char hash[2][32];
	struct buf outbox;
	char name[16], id[20];
	enum seat seat;
	bool dial_fails, wants;
	int64_t dial_at, back_at, epoch;
	struct desk_ask *asks;
	size_t asks_n, asks_cap, told_ok, told_no, typed, aside;
};

void desk_open(struct desk *d, struct hall *h, const char *name, enum seat seat);
void desk_step(struct desk *d);
void desk_crash(struct desk *d); /* comes back by itself */
void desk_cut(struct desk *d, bool silent);
/* REFUSAL_NONE where it was taken. */
enum refusal desk_ask(struct desk *d, const char *line);
bool desk_live(const struct desk *d);
enum spoke_state desk_state(const struct desk *d);
void desk_finish(struct desk *d);
void desk_down(void *owner); /* of its tube */
