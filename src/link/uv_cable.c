/*
 * Bytes in and out of one connection. One write at a time and one buffer
 * behind it; what waits is bounded by who sends, which asks before it does.
 * It closes in one way only: its handles, then gone, then its memory.
 */
#include "uv_cable.h"

#include <assert.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdlib.h>
#include <sys/socket.h>

static uv_stream_t *
in_of(struct cable *c)
{
	return (uv_stream_t *)&c->in;
}

static uv_stream_t *
out_of(struct cable *c)
{
	return c->split ? (uv_stream_t *)&c->write_end : in_of(c);
}

static void
on_closed(uv_handle_t *h)
{
	struct cable *c = h->data;
	if (--c->handles > 0)
		return;
	c->calls.gone(c->calls.ctx);
	tls_free(c->tls);
	buf_finish(&c->going);
	buf_finish(&c->coming);
	free(c);
}

static void
shut_handles(struct cable *c)
{
	if (c->closed)
		return;
	c->closed = c->closing = true;
	uv_close((uv_handle_t *)&c->in, on_closed);
	if (c->split)
		uv_close((uv_handle_t *)&c->write_end, on_closed);
	uv_close((uv_handle_t *)&c->leave, on_closed);
}

static struct cable *
cable_make(uv_loop_t *loop, const struct cable_calls *calls)
{
	struct cable *c = xcalloc(1, sizeof *c);
	c->loop = loop;
	c->calls = *calls;
	uv_timer_init(loop, &c->leave);
	c->leave.data = c;
	c->handles = 2;
	return c;
}

struct cable *
cable_tcp(uv_loop_t *loop, const struct cable_calls *calls)
{
	struct cable *c = cable_make(loop, calls);
	uv_tcp_init(loop, &c->in.tcp);
	c->in.tcp.data = c;
	return c;
}

struct cable *
cable_pipe(uv_loop_t *loop, const struct cable_calls *calls, bool split)
{
	struct cable *c = cable_make(loop, calls);
	uv_pipe_init(loop, &c->in.pipe, 0);
	c->in.pipe.data = c;
	c->split = split;
	if (split) {
		uv_pipe_init(loop, &c->write_end, 0);
		c->write_end.data = c;
		c->handles++;
	}
	return c;
}

void
cable_watch_tcp(uv_tcp_t *tcp)
{
	unsigned ms = CABLE_SILENT_MS;
	uv_os_fd_t fd;
	uv_tcp_nodelay(tcp, 1);
	if (uv_fileno((uv_handle_t *)tcp, &fd) == 0)
		setsockopt(fd, IPPROTO_TCP, TCP_USER_TIMEOUT, &ms, sizeof ms);
}

static void
on_leave(uv_timer_t *t)
{
	shut_handles(t->data);
}

static void
on_shut(uv_shutdown_t *req, int status)
{
	(void)status;
	shut_handles(req->handle->data);
}

static void push(struct cable *c);

static void
on_written(uv_write_t *req, int status)
{
	struct cable *c = req->handle->data;
	c->is_writing = false;
	buf_finish(&c->going);
	if (c->closed)
		return;
	if (status < 0)
		shut_handles(c);
	else if (c->coming.n > 0)
		push(c);
	else if (c->closing && uv_shutdown(&c->leaving, out_of(c), on_shut) < 0)
		shut_handles(c);
}

static void
push(struct cable *c)
{
	c->going = c->coming;
	c->coming = (struct buf){0};
	uv_buf_t bytes = uv_buf_init(c->going.p, (unsigned)c->going.n);
	if (uv_write(&c->writing, out_of(c), &bytes, 1, on_written) < 0)
		shut_handles(c);
	else
		c->is_writing = true;
}

static void
put_raw(struct cable *c, struct str bytes)
{
	if (c->closed || bytes.n == 0)
		return;
	if (!c->is_writing) {
		uv_buf_t now = uv_buf_init((char *)(uintptr_t)bytes.p, (unsigned)bytes.n);
		int done = uv_try_write(out_of(c), &now, 1);
		if (done < 0 && done != UV_EAGAIN) {
			shut_handles(c);
			return;
		}
		bytes = str_from(bytes, done > 0 ? (size_t)done : 0);
	}
	buf_str(&c->coming, bytes);
	if (!c->is_writing && c->coming.n > 0)
		push(c);
}

static void
put_tls(struct cable *c)
{
	struct buf bytes = {0};
	tls_flush(c->tls, &bytes);
	put_raw(c, buf_view(&bytes));
	buf_finish(&bytes);
}

static void
take_tls(struct cable *c, struct str bytes)
{
	struct buf plain = {0};
	if (!c->is_up && (c->shaken += bytes.n) > CABLE_SHAKE_MAX) {
		cable_end(c, false);
		return;
	}
	enum tls_state state = tls_take(c->tls, bytes, &plain);
	put_tls(c);
	if (!c->is_up && (state == TLS_UP || (state == TLS_ENDED && plain.n))) {
		c->is_up = true;
		c->calls.up(c->calls.ctx);
	}
	if (plain.n && !c->closing)
		c->calls.bytes(c->calls.ctx, buf_view(&plain));
	/* A key may have been in it. */
	key_forget(plain.p, plain.n);
	buf_finish(&plain);
	/* An alert that says why is worth a moment. */
	if (state >= TLS_ENDED)
		cable_end(c, true);
}

static void
on_alloc(uv_handle_t *h, size_t n, uv_buf_t *out)
{
	struct cable *c = h->data;
	(void)n;
	*out = uv_buf_init(c->chunk, sizeof c->chunk);
}

static void
on_read(uv_stream_t *h, ssize_t n, const uv_buf_t *bytes)
{
	struct cable *c = h->data;
	struct str came = {bytes->base, n > 0 ? (size_t)n : 0};
	if (n < 0 && c->tls)
		tls_eof(c->tls);
	if (n < 0)
		shut_handles(c);
	else if (n > 0 && c->tls)
		take_tls(c, came);
	else if (n > 0)
		c->calls.bytes(c->calls.ctx, came);
}

void
cable_begin(struct cable *c, struct tls *tls)
{
	c->tls = tls;
	if (uv_read_start(in_of(c), on_alloc, on_read) < 0) {
		shut_handles(c);
		return;
	}
	if (tls) {
		put_tls(c);
	} else {
		c->is_up = true;
		c->calls.up(c->calls.ctx);
	}
}

void
cable_end(struct cable *c, bool written)
{
	if (c->closed || (c->closing && written))
		return;
	c->closing = true;
	if (!written) {
		shut_handles(c);
		return;
	}
	uv_read_stop(in_of(c));
	if (c->tls) {
		tls_bye(c->tls);
		put_tls(c);
	}
	if (c->closed)
		return;
	uv_timer_start(&c->leave, on_leave, CABLE_LEAVE_MS, 0);
	if (!c->is_writing && uv_shutdown(&c->leaving, out_of(c), on_shut) < 0)
		shut_handles(c);
}

static size_t
wire_waiting(void *ctx)
{
	struct cable *c = ctx;
	return c->closed ? 0 : uv_stream_get_write_queue_size(out_of(c)) + c->coming.n;
}

static void
wire_send(void *ctx, struct str bytes)
{
	struct cable *c = ctx;
	if (c->closing)
		return;
	if (!c->tls) {
		put_raw(c, bytes);
		return;
	}
	tls_put(c->tls, bytes);
	put_tls(c);
}

static void
wire_listen(void *ctx, bool reading)
{
	struct cable *c = ctx;
	if (c->closing)
		return;
	if (!reading)
		uv_read_stop(in_of(c));
	else if (uv_read_start(in_of(c), on_alloc, on_read) < 0)
		shut_handles(c);
}

static void
wire_close(void *ctx, bool written)
{
	cable_end(ctx, written);
}

struct wire
cable_wire(struct cable *c)
{
	return (struct wire){c, wire_waiting, wire_send, wire_listen, wire_close};
}
