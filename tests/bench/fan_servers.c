#include "fan.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <uv.h>

#include "dais/link.h"

enum { PEERS_MAX = 4096, PIECE = 4096 };

static void
need(int result, const char *what)
{
	if (result >= 0)
		return;
	fprintf(stderr, "fan: %s: %s\n", what, uv_strerror(result));
	_exit(1);
}

/* Stops with the one who gives orders; how many came otherwise. */
static int64_t
take_orders(int fd)
{
	char bytes[PIECE];
	ssize_t n = read(fd, bytes, sizeof bytes);
	if (n == 0)
		_exit(0);
	return n > 0 ? n : 0;
}

/* ---- dais ---- */

struct host {
	const struct fan *fan;
	uv_loop_t loop;
	uv_prepare_t prepare;
	uv_poll_t orders;
	uv_timer_t wake;
	struct place *place;
	struct hub *hub;
	struct server *server;
	int64_t synced;
};

static void
facts(void *ctx, struct hub_facts *out)
{
	const struct host *h = ctx;
	*out = (struct hub_facts){
		.synced = {h->synced, -1}, .queued = {h->synced, -1}, .epoch = 1, .pace = 1};
}

static struct str
line(void *ctx, enum event_lane lane, int64_t seq)
{
	const struct host *h = ctx;
	struct str all = lane == LANE_SESSION ? h->fan->lines[seq % FAN_LINES] : STR_NONE;
	return all.n ? str_upto(all, all.n - 1) : all;
}

static void
command(void *ctx, const struct hub_ask *ask, struct hub_outcome *out)
{
	(void)ctx;
	(void)ask;
	*out = (struct hub_outcome){.code = STR("not-allowed"), .why = STR("")};
}

static void
request(void *ctx, struct peer *from, const struct request *r)
{
	(void)ctx;
	(void)r;
	server_say(from, STR("{\"ok\":false}"));
}

static void
ordered(uv_poll_t *poll, int status, int events)
{
	struct host *h = poll->data;
	(void)status;
	(void)events;
	h->synced += take_orders(h->fan->orders);
}

static void
woken(uv_timer_t *timer)
{
	(void)timer;
}

/* As in a live session: once before the loop sleeps. */
static void
before_sleep(uv_prepare_t *prepare)
{
	struct host *h = prepare->data;
	int64_t now = (int64_t)uv_now(&h->loop);
	hub_turn(h->hub, now);
	int64_t due = hub_deadline(h->hub, now);
	if (due != EVENT_NO)
		uv_timer_start(&h->wake, woken, due > now ? (uint64_t)(due - now) : 1, 0);
}

void
fan_dais(const struct fan *f)
{
	static struct host h;
	const char *why;
	h.fan = f;
	h.synced = FAN_FIRST - 1;
	signal(SIGPIPE, SIG_IGN);
	setenv("XDG_RUNTIME_DIR", f->folder, 1);
	need(uv_loop_init(&h.loop), "no loop");
	struct hub_calls calls = {.ctx = &h, .facts = facts, .line = line, .command = command};
	calls.limits.observers = PEERS_MAX;
	h.hub = hub_create(&calls);
	need(place_take(&h.place, STR("fan"), "/none", &why), "no place");
	need(server_start(&h.server, &h.loop, h.place,
		     &(struct server_calls){.ctx = &h,
			     .request = request,
			     .hub = h.hub,
			     .limits.peers = PEERS_MAX}),
		"no server");
	uv_prepare_init(&h.loop, &h.prepare);
	uv_timer_init(&h.loop, &h.wake);
	uv_poll_init(&h.loop, &h.orders, f->orders);
	h.prepare.data = h.orders.data = &h;
	uv_prepare_start(&h.prepare, before_sleep);
	uv_poll_start(&h.orders, UV_READABLE, ordered);
	uv_run(&h.loop, UV_RUN_DEFAULT);
	_exit(0);
}

/* ---- bare libuv ---- */

struct bare {
	const struct fan *fan;
	uv_loop_t loop;
	uv_pipe_t listener, peers[PEERS_MAX];
	uv_poll_t orders;
	size_t n;
	int64_t told;
	char chunk[PIECE];
};

struct rest {
	uv_write_t request;
	char bytes[];
};

static void
rest_written(uv_write_t *request, int status)
{
	(void)status;
	free(request);
}

static void
tell(uv_stream_t *to, struct str text)
{
	uv_buf_t all = uv_buf_init((char *)text.p, (unsigned)text.n);
	int done = uv_try_write(to, &all, 1);
	text = str_from(text, done > 0 ? (size_t)done : 0);
	if (!text.n)
		return;
	struct rest *rest = xmalloc(sizeof *rest + text.n);
	for (size_t i = 0; i < text.n; i++)
		rest->bytes[i] = text.p[i];
	all = uv_buf_init(rest->bytes, (unsigned)text.n);
	need(uv_write(&rest->request, to, &all, 1, rest_written), "cannot write");
}

static void
bare_ordered(uv_poll_t *poll, int status, int events)
{
	struct bare *b = poll->data;
	(void)status;
	(void)events;
	for (int64_t n = take_orders(b->fan->orders); n; n--, b->told++)
		for (size_t i = 0; i < b->n; i++)
			tell((uv_stream_t *)&b->peers[i], b->fan->lines[b->told % FAN_LINES]);
}

static void
give_chunk(uv_handle_t *handle, size_t n, uv_buf_t *out)
{
	struct bare *b = handle->data;
	(void)n;
	*out = uv_buf_init(b->chunk, sizeof b->chunk);
}

static void
heard(uv_stream_t *stream, ssize_t n, const uv_buf_t *bytes)
{
	(void)bytes;
	if (n < 0)
		uv_read_stop(stream);
}

static void
connected(uv_stream_t *listener, int status)
{
	struct bare *b = listener->data;
	uv_pipe_t *peer = &b->peers[b->n];
	if (status < 0 || b->n == PEERS_MAX)
		return;
	need(uv_pipe_init(&b->loop, peer, 0), "no pipe");
	peer->data = b;
	need(uv_accept(listener, (uv_stream_t *)peer), "nobody accepted");
	uv_read_start((uv_stream_t *)peer, give_chunk, heard);
	b->n++;
}

void
fan_bare(const struct fan *f)
{
	static struct bare b;
	char path[256];
	b.fan = f;
	b.told = FAN_FIRST;
	signal(SIGPIPE, SIG_IGN);
	snprintf(path, sizeof path, "%s/bare.sock", f->folder);
	unlink(path);
	need(uv_loop_init(&b.loop), "no loop");
	need(uv_pipe_init(&b.loop, &b.listener, 0), "no pipe");
	need(uv_pipe_bind(&b.listener, path), path);
	b.listener.data = b.orders.data = &b;
	need(uv_listen((uv_stream_t *)&b.listener, 64, connected), path);
	uv_poll_init(&b.loop, &b.orders, f->orders);
	uv_poll_start(&b.orders, UV_READABLE, bare_ordered);
	uv_run(&b.loop, UV_RUN_DEFAULT);
	_exit(0);
}
