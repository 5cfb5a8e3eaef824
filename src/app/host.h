/* The inside of a host, for the files that open it and run it. */
#pragma once

#include "internal.h"

struct host {
	struct session *session;
	struct journal *log[2];
	struct clock clock;
	struct host_calls calls;
	char boot[64], name[256];
	int64_t gap;
	char *torn; /* owned; the file that this hosting names, or NULL */
};

/* The time of day that goes into records: in a rehearsal the one that is played. */
void host_wall_text(const struct host *h, struct buf *at);
/* Folds the events of one command and queues their records. */
void host_take(struct host *h, const struct events *list);
/* A session.host of now; why: start, resume, or clock where only the wall clock was set. */
struct event host_hosting(const struct host *h, const char *why);
void host_say_hosting(struct host *h, const char *why, int64_t t);
