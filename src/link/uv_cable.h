/* One connection on libuv, with or without TLS, as the wire of a guest or a spoke. */
#pragma once

#include <uv.h>

#include "tls.h"

enum {
	CABLE_CHUNK = 4096,
	CABLE_SHAKE_MAX = 8 << 10,
	CABLE_LEAVE_MS = 1000,
	CABLE_SILENT_MS = 6000
};

/* An address for people, and for counting: a network of IPv6 is one neighbour, for its addresses cost
 * nothing. */
struct gate_names {
	char from[52], near[52];
};
void gate_name(const struct sockaddr_storage *peer, struct gate_names *out);

struct cable_calls {
	void *ctx;
	void (*up)(void *ctx); /* the handshake is over, or there is none */
	void (*bytes)(void *ctx, struct str bytes);
	void (*gone)(void *ctx); /* once; the cable is freed behind it */
};

struct cable {
	uv_loop_t *loop;
	struct cable_calls calls;
	union {
		uv_tcp_t tcp;
		uv_pipe_t pipe;
	} in;
	uv_pipe_t write_end; /* where it is not `in` */
	bool split;
	unsigned handles;
	uv_timer_t leave;
	uv_shutdown_t leaving;
	uv_write_t writing;
	bool is_writing, is_up, closing, closed;
	struct buf going, coming; /* in libuv's hands, and behind that */
	struct tls *tls;
	size_t shaken; /* bytes that came before it was up */
	char chunk[CABLE_CHUNK];
};

/* Handles are open from here on; gone comes for every cable. */
struct cable *cable_tcp(uv_loop_t *loop, const struct cable_calls *calls);
struct cable *cable_pipe(uv_loop_t *loop, const struct cable_calls *calls, bool split);
/* The streams are connected: reads from now on. tls: NULL for none; the cable's from now on. */
void cable_begin(struct cable *c, struct tls *tls);
struct wire cable_wire(struct cable *c);
/* Ends it: once what was said is written, for at most a second; or at once. */
void cable_end(struct cable *c, bool written);
/* A silent partition is noticed by who sends, too. */
void cable_watch_tcp(uv_tcp_t *tcp);
