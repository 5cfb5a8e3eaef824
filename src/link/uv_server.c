/*
 * The listening socket: bound under the place's lock, looked after every few
 * seconds since logind deletes it under a host that outlives its login, and
 * let go without a handle left behind.
 */
#include <assert.h>
#include <stdlib.h>
#include <unistd.h>

#include "uv_internal.h"

/* A house of observers comes back at once when its host does. */
enum { BACKLOG = 1024 };

/* Memory of its own: a new one may open before the old one has closed. */
struct listener {
	uv_pipe_t pipe;
	struct server *server; /* NULL if it never came to listen */
};

static const struct server_limits usual = {
	.check_ms = 10000,
	.partial_ms = 10000,
	.leave_ms = 1000,
	.rate = 200,
	.burst = 400,
	.peers = 1200,
};

static unsigned
said_or(unsigned said, unsigned otherwise)
{
	return said ? said : otherwise;
}

static struct server_limits
limits_of(struct server_limits l)
{
	return (struct server_limits){
		.check_ms = said_or(l.check_ms, usual.check_ms),
		.partial_ms = said_or(l.partial_ms, usual.partial_ms),
		.leave_ms = said_or(l.leave_ms, usual.leave_ms),
		.rate = said_or(l.rate, usual.rate),
		.burst = said_or(l.burst, usual.burst),
		.peers = said_or(l.peers, usual.peers),
	};
}

static void
on_listener_closed(uv_handle_t *h)
{
	struct listener *l = h->data;
	struct server *s = l->server;
	free(l);
	if (s) {
		s->handles--;
		server_settle(s);
	}
}

static void
on_check_closed(uv_handle_t *h)
{
	struct server *s = h->data;
	s->handles--;
	server_settle(s);
}

static void
on_connection(uv_stream_t *h, int status)
{
	struct listener *l = h->data;
	if (status == 0 && !l->server->stopping)
		peer_accept(l->server, h);
}

static int
listener_open(struct server *s)
{
	int fd = place_bind(s->place);
	if (fd < 0)
		return fd;
	struct listener *l = xcalloc(1, sizeof *l);
	int rc = uv_pipe_init(s->loop, &l->pipe, 0);
	if (rc < 0) {
		place_unbind(s->place);
		close(fd);
		free(l);
		return rc;
	}
	l->pipe.data = l;
	rc = uv_pipe_open(&l->pipe, fd);
	if (rc < 0)
		close(fd);
	else
		rc = uv_listen((uv_stream_t *)&l->pipe, BACKLOG, on_connection);
	if (rc < 0) {
		place_unbind(s->place);
		uv_close((uv_handle_t *)&l->pipe, on_listener_closed);
		return rc;
	}
	l->server = s;
	s->handles++;
	s->listener = l;
	return 0;
}

static void
listener_close(struct server *s)
{
	if (s->listener)
		uv_close((uv_handle_t *)&s->listener->pipe, on_listener_closed);
	s->listener = NULL;
}

/* Where binding again fails, it is tried again the next time. Who is connected stays so. */
static void
on_check(uv_timer_t *t)
{
	struct server *s = t->data;
	if (s->listener && place_bound(s->place))
		return;
	listener_close(s);
	listener_open(s);
}

int
server_start(struct server **out, struct uv_loop_s *loop, struct place *at,
	const struct server_calls *calls)
{
	struct server *s = xcalloc(1, sizeof *s);
	s->loop = loop;
	s->place = at;
	s->calls = *calls;
	s->calls.limits = limits_of(calls->limits);
	int rc = listener_open(s);
	if (rc < 0) {
		free(s);
		return rc;
	}
	uv_timer_init(loop, &s->check);
	s->check.data = s;
	s->handles++;
	uv_timer_start(&s->check, on_check, s->calls.limits.check_ms, s->calls.limits.check_ms);
	*out = s;
	return 0;
}

size_t
server_peers(const struct server *s)
{
	return s->n_peers;
}

void
server_settle(struct server *s)
{
	if (!s->stopping || s->handles > 0 || s->n_peers > 0)
		return;
	if (s->stopped)
		s->stopped(s->stopped_ctx);
	free(s);
}

void
server_stop(struct server *s, void (*closed)(void *ctx), void *ctx)
{
	assert(!s->stopping);
	s->stopping = true;
	s->stopped = closed;
	s->stopped_ctx = ctx;
	place_unbind(s->place);
	listener_close(s);
	uv_close((uv_handle_t *)&s->check, on_check_closed);
	for (struct peer *p = s->peers; p; p = peer_next(p))
		peer_leave(p);
}
