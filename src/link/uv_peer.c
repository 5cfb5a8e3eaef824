/*
 * One connection. A peer is never trusted to read, to stop, to end its line or
 * to speak sense, and costs at most one line coming in and SERVER_WAIT_MAX or
 * one answer going out. It closes in one way only: both handles, then gone, then its
 * memory; so nobody who still holds it inside a call holds freed memory.
 */
#include <stdlib.h>
#include <string.h>

#include "dais/i18n.h"
#include "message.h"
#include "uv_internal.h"

enum peer_state {
	PEER_OPEN,
	PEER_PAUSED,  /* asked too much: not read for a while */
	PEER_ENDED,   /* says no more, but waits for answers */
	PEER_LEAVING, /* its last words are being written */
	PEER_CLOSED
};

struct peer {
	struct server *server;
	struct peer *next, *before;
	enum peer_state state;
	unsigned handles;
	uv_pipe_t pipe;
	uv_timer_t timer; /* what it is for depends on the state */
	uv_shutdown_t leaving;
	uv_write_t writing;
	bool is_writing;
	struct buf going, coming; /* in libuv's hands, and behind that */
	struct frame in;
	int64_t tokens;   /* thousandths of a request; below 0 is a debt */
	uint64_t counted; /* loop time up to which tokens were given */
	uint64_t lines, heard, said;
	void *tag;
	struct guest *guest; /* once it has greeted as a console: the hub's */
};

static void peer_push(struct peer *p);
static void peer_admit(struct peer *p);
static void on_timer(uv_timer_t *t);
static void on_alloc(uv_handle_t *h, size_t n, uv_buf_t *out);
static void on_read(uv_stream_t *h, ssize_t n, const uv_buf_t *bytes);

static uv_stream_t *
stream_of(struct peer *p)
{
	return (uv_stream_t *)&p->pipe;
}

static int
fd_of(struct peer *p)
{
	uv_os_fd_t fd;
	return uv_fileno((uv_handle_t *)&p->pipe, &fd) < 0 ? -1 : fd;
}

static void
on_closed(uv_handle_t *h)
{
	struct peer *p = h->data;
	struct server *s = p->server;
	if (--p->handles > 0)
		return;
	if (p->before)
		p->before->next = p->next;
	else
		s->peers = p->next;
	if (p->next)
		p->next->before = p->before;
	s->n_peers--;
	if (p->guest)
		hub_gone(p->guest);
	else if (s->calls.gone)
		s->calls.gone(s->calls.ctx, p);
	frame_finish(&p->in);
	buf_finish(&p->going);
	buf_finish(&p->coming);
	free(p);
	server_settle(s);
}

static void
peer_close(struct peer *p)
{
	if (p->state == PEER_CLOSED)
		return;
	p->state = PEER_CLOSED;
	uv_close((uv_handle_t *)&p->timer, on_closed);
	uv_close((uv_handle_t *)&p->pipe, on_closed);
}

static void
on_left(uv_shutdown_t *req, int status)
{
	(void)status;
	peer_close(req->handle->data);
}

static void
peer_shut(struct peer *p)
{
	if (uv_shutdown(&p->leaving, stream_of(p), on_left) < 0)
		peer_close(p);
}

void
peer_leave(struct peer *p)
{
	if (p->state >= PEER_LEAVING)
		return;
	p->state = PEER_LEAVING;
	uv_read_stop(stream_of(p));
	uv_timer_start(&p->timer, on_timer, p->server->calls.limits.leave_ms, 0);
	if (!p->is_writing)
		peer_shut(p);
}

/* A partial line must come to its end in time; a drop now and then does not renew that. */
static void
peer_watch(struct peer *p, bool renew)
{
	if (p->in.held.n == 0)
		uv_timer_stop(&p->timer);
	else if (renew || !uv_is_active((uv_handle_t *)&p->timer))
		uv_timer_start(&p->timer, on_timer, p->server->calls.limits.partial_ms, 0);
}

static void
peer_resume(struct peer *p)
{
	p->state = PEER_OPEN;
	peer_watch(p, true);
	if (uv_read_start(stream_of(p), on_alloc, on_read) < 0)
		peer_close(p);
}

static void
on_timer(uv_timer_t *t)
{
	struct peer *p = t->data;
	switch (p->state) {
	case PEER_PAUSED:
		peer_resume(p);
		break;
	case PEER_OPEN:
	case PEER_ENDED:
		peer_leave(p);
		break;
	case PEER_LEAVING:
		peer_close(p);
		break;
	case PEER_CLOSED:
		break;
	}
}

/* Tokens come with time, up to the burst. */
static void
peer_count(struct peer *p)
{
	const struct server_limits *l = &p->server->calls.limits;
	uint64_t now = uv_now(p->server->loop);
	int64_t most = (int64_t)l->burst * 1000;
	/* Longer than this fills any bucket, and cannot overflow. */
	uint64_t past = now - p->counted < 3600000 ? now - p->counted : 3600000;
	p->tokens += (int64_t)past * l->rate;
	if (p->tokens > most)
		p->tokens = most;
	p->counted = now;
}

/* One timer until the debt is paid, and the kernel's buffer holds the peer back meanwhile. */
static void
peer_pause(struct peer *p)
{
	int64_t rate = p->server->calls.limits.rate;
	p->state = PEER_PAUSED;
	uv_read_stop(stream_of(p));
	uv_timer_start(&p->timer, on_timer, (uint64_t)((1000 - p->tokens) / rate + 1), 0);
}

static void
peer_refuse(struct peer *p, const char *code, const char *why)
{
	struct buf line = {0};
	struct message m = message_make(MESSAGE_REFUSED);
	m.text = str_of(code);
	m.why = str_of(why);
	message_write(&line, &m);
	/* Whoever it is, a console or one that asks and waits, can read it. */
	line.n -= strlen("}\n");
	buf_puts(&line, ",\"ok\":false}");
	server_say(p, buf_view(&line));
	buf_finish(&line);
	peer_leave(p);
}

static void
on_line(void *ctx, struct str line)
{
	struct peer *p = ctx;
	struct arena a = {0};
	struct request r;
	p->lines++;
	if (request_read(&r, line, &a)) {
		p->heard++;
		p->tokens -= 1000;
		p->server->calls.request(p->server->calls.ctx, p, &r);
	} else {
		peer_refuse(p, "bad-argument", _("this line is not a request"));
	}
	/* Whatever follows is not for us once it is leaving. */
	if (p->state >= PEER_LEAVING)
		p->in.broken = true;
	arena_finish(&a);
}

/* Scripts close their sending side and then wait; those get their answers first. */
static void
peer_ended(struct peer *p)
{
	uv_timer_stop(&p->timer);
	if (p->guest || socket_dead(fd_of(p))) {
		peer_close(p);
	} else if (p->said >= p->heard) {
		peer_leave(p);
	} else {
		p->state = PEER_ENDED;
		uv_timer_start(&p->timer, on_timer, p->server->calls.limits.partial_ms, 0);
	}
}

/* True if these bytes, behind those that are held, begin a console's first line. */
static bool
peer_greets(const struct peer *p, struct str bytes)
{
	static const char *const words[] = {"{\"hello\":", "{\"relay\":"};
	char first[9];
	size_t n = p->in.held.n < sizeof first ? p->in.held.n : sizeof first;
	if (!p->server->calls.hub || p->lines > 0 || n + bytes.n < sizeof first)
		return false;
	if (n)
		memcpy(first, p->in.held.p, n);
	memcpy(first + n, bytes.p, sizeof first - n);
	return memcmp(first, words[0], sizeof first) == 0 ||
	       memcmp(first, words[1], sizeof first) == 0;
}

static void
peer_feed(struct peer *p, struct str bytes)
{
	uint64_t lines = p->lines;
	if (!p->guest && peer_greets(p, bytes))
		peer_admit(p);
	if (p->guest) {
		hub_feed(p->guest, bytes, (int64_t)uv_now(p->server->loop));
		return;
	}
	peer_count(p);
	bool good = frame_feed(&p->in, bytes, on_line, p);
	if (p->state != PEER_OPEN)
		return;
	if (!good)
		peer_refuse(p, "bad-argument", _("this line is too long or not UTF-8"));
	else if (p->tokens < 0)
		peer_pause(p);
	else
		peer_watch(p, p->lines != lines);
}

static void
on_alloc(uv_handle_t *h, size_t n, uv_buf_t *out)
{
	struct peer *p = h->data;
	(void)n;
	*out = uv_buf_init(p->server->chunk, sizeof p->server->chunk);
}

static void
on_read(uv_stream_t *h, ssize_t n, const uv_buf_t *bytes)
{
	struct peer *p = h->data;
	if (n > 0)
		peer_feed(p, (struct str){bytes->base, (size_t)n});
	else if (n == UV_EOF)
		peer_ended(p);
	else if (n < 0)
		peer_close(p);
}

static void
on_said(uv_write_t *req, int status)
{
	struct peer *p = req->handle->data;
	p->is_writing = false;
	buf_finish(&p->going);
	if (status < 0)
		peer_close(p);
	else if (p->coming.n > 0)
		peer_push(p);
	else if (p->state == PEER_LEAVING)
		peer_shut(p);
}

static void
peer_push(struct peer *p)
{
	p->going = p->coming;
	p->coming = (struct buf){0};
	uv_buf_t bytes = uv_buf_init(p->going.p, (unsigned)p->going.n);
	if (uv_write(&p->writing, stream_of(p), &bytes, 1, on_said) < 0)
		peer_close(p);
	else
		p->is_writing = true;
}

/* One write at a time, one buffer behind it: many short lines cost no more than a long one. */
static void
peer_write(struct peer *p, struct str bytes)
{
	if (!p->is_writing) {
		uv_buf_t now = uv_buf_init((char *)bytes.p, (unsigned)bytes.n);
		int done = uv_try_write(stream_of(p), &now, 1);
		if (done < 0 && done != UV_EAGAIN) {
			peer_close(p);
			return;
		}
		bytes = str_from(bytes, done > 0 ? (size_t)done : 0);
	}
	/* One answer may be long; a second one behind it is where not reading begins to cost. */
	size_t waits = p->going.n + p->coming.n;
	if (waits > 0 && waits + bytes.n > SERVER_WAIT_MAX) {
		peer_close(p);
		return;
	}
	buf_str(&p->coming, bytes);
	if (!p->is_writing && p->coming.n > 0)
		peer_push(p);
}

static size_t
wire_waiting(void *ctx)
{
	const struct peer *p = ctx;
	return p->pipe.write_queue_size + p->coming.n;
}

static void
wire_send(void *ctx, struct str bytes)
{
	struct peer *p = ctx;
	if (p->state < PEER_LEAVING)
		peer_write(p, bytes);
}

static void
wire_listen(void *ctx, bool reading)
{
	struct peer *p = ctx;
	if (p->state >= PEER_LEAVING)
		return;
	if (!reading)
		uv_read_stop(stream_of(p));
	else if (uv_read_start(stream_of(p), on_alloc, on_read) < 0)
		peer_close(p);
}

static void
wire_close(void *ctx, bool written)
{
	if (written)
		peer_leave(ctx);
	else
		peer_close(ctx);
}

/* From here on the hub judges it, also how long it may take. */
static void
peer_admit(struct peer *p)
{
	struct wire w = {p, wire_waiting, wire_send, wire_listen, wire_close};
	uint64_t now = uv_now(p->server->loop);
	p->guest = hub_open(p->server->calls.hub, &w,
		&(struct hub_admit){.seats = SEAT_CHAIR | SEAT_ONLINE_CHAIR | SEAT_SCRIBE |
					     SEAT_STAGE | SEAT_OBSERVER,
			.from = str_of(_("this machine")),
			.here = true},
		(int64_t)now);
	uv_timer_stop(&p->timer);
	if (p->in.held.n)
		hub_feed(p->guest, buf_view(&p->in.held), (int64_t)now);
	frame_finish(&p->in);
	p->in = (struct frame){0};
}

void
server_say(struct peer *to, struct str line)
{
	struct buf bytes = {0};
	if (to->state >= PEER_LEAVING)
		return;
	if (line.n > LINK_ANSWER_MAX)
		answer_write(&bytes, &(struct answer){.refused = STR("limit"),
					     .why = str_of(_("the answer is too long"))});
	else
		buf_str(&bytes, line);
	buf_char(&bytes, '\n');
	to->said++;
	peer_write(to, buf_view(&bytes));
	buf_finish(&bytes);
	if (to->state == PEER_ENDED && to->said >= to->heard)
		peer_leave(to);
}

void
server_tag(struct peer *p, void *tag)
{
	p->tag = tag;
}

void *
server_tag_of(const struct peer *p)
{
	return p->tag;
}

struct peer *
peer_next(const struct peer *p)
{
	return p->next;
}

static void
peer_join(struct peer *p, uv_stream_t *from)
{
	if (uv_accept(from, stream_of(p)) < 0 || !socket_ours(fd_of(p))) {
		peer_close(p);
		return;
	}
	if (p->server->n_peers > p->server->calls.limits.peers)
		peer_refuse(p, "limit", _("too many others are connected"));
	else
		peer_resume(p);
}

void
peer_accept(struct server *s, uv_stream_t *from)
{
	struct peer *p = xcalloc(1, sizeof *p);
	p->server = s;
	p->counted = uv_now(s->loop);
	p->tokens = (int64_t)s->calls.limits.burst * 1000;
	uv_timer_init(s->loop, &p->timer);
	p->timer.data = p;
	uv_pipe_init(s->loop, &p->pipe, 0);
	p->pipe.data = p;
	p->handles = 2;
	p->next = s->peers;
	if (s->peers)
		s->peers->before = p;
	s->peers = p;
	s->n_peers++;
	peer_join(p, from);
}
