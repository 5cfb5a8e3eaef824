/* What the two libuv files share: uv_server.c listens and ends, uv_peer.c has each connection. */
#pragma once

#include <uv.h>

#include "internal.h"

enum { SERVER_CHUNK = 4096, SERVER_WAIT_MAX = 256 * 1024 };

struct server {
	uv_loop_t *loop;
	struct place *place;
	struct server_calls calls; /* with the limits that hold */
	struct listener *listener; /* NULL while there is none */
	uv_timer_t check;
	struct peer *peers;
	size_t n_peers;
	size_t handles; /* open ones beside the peers' */
	bool stopping;
	void (*stopped)(void *ctx);
	void *stopped_ctx;
	char chunk[SERVER_CHUNK]; /* every peer reads into it, one after the other */
};

/* Takes the connection that waits; it may be turned away. */
void peer_accept(struct server *s, uv_stream_t *from);
/* Reads no more, writes what was said, then closes; for at most leave_ms. */
void peer_leave(struct peer *p);
struct peer *peer_next(const struct peer *p);
/* A peer or another handle has gone: ends the server if it was the last one. */
void server_settle(struct server *s);
