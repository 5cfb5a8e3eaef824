/*
 * The door to other machines. Until a key has proved itself, a connection
 * costs a bounded handshake and is one of a few; after that it is the hub's
 * guest on the seat of its key, whatever it says it is.
 */
#include <assert.h>
#include <errno.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>

#include "uv_cable.h"
#include "dais/i18n.h"
#include "message.h"
#include "noise.h"

enum {
	GATE_BACKLOG = 64,
	GATE_SHAKING = 16,
	GATE_ADDRESS = 3,
	GATE_SHAKE_MS = 3000,
	GATE_LOOK_MS = 250
};

struct entry { /* one connection */
	struct gate *gate;
	struct entry *next;
	struct cable *cable;
	struct tls *tls; /* the cable's */
	struct guest *guest;
	struct gate_names named;
	char who[24];  /* the number of its seat */
	uint64_t since;
	bool in, judged; /* its key was good; it was told of */
};

struct gate {
	uv_loop_t *loop;
	uv_tcp_t listener;
	uv_timer_t look, hush;
	struct gate_calls calls;
	struct noise noise;
	struct tls_context *context;
	struct entry *entries;
	unsigned handles;
	bool closing;
	void (*closed)(void *ctx);
	void *closed_ctx;
};

static void
on_more(void *ctx, size_t kind, struct str from, unsigned more)
{
	struct gate *g = ctx;
	struct gate_news n = {.kind = (enum gate_news_kind)kind, .from = from, .more = more};
	if (g->calls.news)
		g->calls.news(g->calls.ctx, &n);
}

static void
on_hush(uv_timer_t *t)
{
	struct gate *g = t->data;
	int64_t now = (int64_t)uv_now(g->loop);
	noise_tell(&g->noise, now, on_more, g);
	int64_t due = noise_deadline(&g->noise);
	if (due != EVENT_NO)
		uv_timer_start(&g->hush, on_hush, due > now ? (uint64_t)(due - now) : 1, 0);
}

static void
tell(struct entry *e, enum gate_news_kind kind, const char *why)
{
	struct gate *g = e->gate;
	struct gate_news n = {.kind = kind, .from = str_of(e->named.from), .why = str_of(_(why))};
	bool now = noise_hear(&g->noise, kind, str_of(e->named.near), (int64_t)uv_now(g->loop));
	e->judged = true;
	if (!uv_is_active((uv_handle_t *)&g->hush) && !g->closing)
		on_hush(&g->hush);
	if (e->tls)
		n.identity = tls_identity(e->tls);
	if (now && g->calls.news)
		g->calls.news(g->calls.ctx, &n);
}

static void
settle(struct gate *g)
{
	if (!g->closing || g->handles > 0 || g->entries)
		return;
	if (g->closed)
		g->closed(g->closed_ctx);
	tls_context_free(g->context);
	free(g);
}

/* What a handshake that failed was, as far as it can be told. */
static void
judge(struct entry *e)
{
	if (e->in || e->judged)
		return;
	switch (tls_wrong_of(e->tls)) {
	case TLS_WRONG_KEY:
		seats_wrong(e->gate->calls.seats, str_of(e->named.near), tls_identity(e->tls),
			(int64_t)uv_now(e->gate->loop));
		tell(e, GATE_WRONG_KEY, N_("a key that is wrong or unknown"));
		break;
	case TLS_NOT_TLS:
	case TLS_TOO_OLD:
	case TLS_NO_KEY:
		tell(e, GATE_NOT_TLS, N_("something else than a console of dais"));
		break;
	case TLS_FINE:
	case TLS_TRUNCATED:
	case TLS_ELSE:
		tell(e, GATE_SILENT, N_("a connection that did not greet"));
		break;
	}
}

static void
on_gone(void *ctx)
{
	struct entry *e = ctx;
	struct gate *g = e->gate;
	judge(e);
	if (e->guest)
		hub_gone(e->guest);
	for (struct entry **at = &g->entries; *at; at = &(*at)->next) {
		if (*at == e) {
			*at = e->next;
			break;
		}
	}
	free(e);
	settle(g);
}

static void
on_bytes(void *ctx, struct str bytes)
{
	struct entry *e = ctx;
	if (e->guest)
		hub_feed(e->guest, bytes, (int64_t)uv_now(e->gate->loop));
}

static bool
save(struct gate *g)
{
	return !g->calls.save || g->calls.save(g->calls.ctx);
}

static void
on_kept(void *ctx, struct str who, struct str name)
{
	struct entry *e = ctx;
	(void)who;
	seats_confirm(e->gate->calls.seats, tls_identity(e->tls), name);
	save(e->gate);
}

static void
turn_away(struct entry *e, const char *code, const char *why)
{
	struct message m = message_make(MESSAGE_REFUSED);
	struct wire w = cable_wire(e->cable);
	struct buf line = {0};
	m.text = str_of(code);
	m.why = str_of(_(why));
	message_write(&line, &m);
	w.send(w.ctx, buf_view(&line));
	w.close(w.ctx, true);
	buf_finish(&line);
}

static void
welcome(struct entry *e, const struct seat_view *seat, const unsigned char *fresh)
{
	struct gate *g = e->gate;
	struct buf key = {0}, number = {0};
	struct wire w = cable_wire(e->cable);
	buf_int(&number, seat->number);
	memcpy(e->who, number.p, number.n + 1);
	if (fresh)
		key_text(&key, fresh);
	e->guest = hub_open(g->calls.hub, &w,
		&(struct hub_admit){.seats = seat->seat,
			.name = seat->name,
			.from = str_of(e->named.from),
			.who = str_of(e->who),
			.fresh = buf_view(&key),
			.kept = on_kept,
			.ctx = e},
		(int64_t)uv_now(g->loop));
	key_forget(key.p, key.n);
	buf_finish(&key);
	buf_finish(&number);
}

/* Two at once with one invite: the first one's key is on its way, and nobody else gets it. */
static bool
is_contested(const struct entry *e, const struct seat_view *seat)
{
	struct buf number = {0};
	bool found = false;
	buf_int(&number, seat->number);
	for (const struct entry *o = e->gate->entries; o; o = o->next)
		found = found || (o != e && o->guest && str_is(buf_view(&number), o->who) &&
					 strcmp(o->named.near, e->named.near) != 0);
	buf_finish(&number);
	return found;
}

static void
on_up(void *ctx)
{
	struct entry *e = ctx;
	unsigned char random[LINK_KEY_SIZE], fresh[LINK_KEY_SIZE];
	struct seat_view seat;
	key_random(random, sizeof random);
	e->in = true;
	if (seats_often(e->gate->calls.seats, tls_identity(e->tls), (int64_t)uv_now(e->gate->loop))) {
		tell(e, GATE_FULL, N_("a console that comes too often"));
		turn_away(e, "limit", N_("this console comes too often; it has to wait"));
		key_forget(random, sizeof random);
		return;
	}
	switch (seats_use(e->gate->calls.seats, tls_identity(e->tls), random, &seat, fresh)) {
	case SEAT_UNKNOWN: /* revoked during the handshake */
		turn_away(e, "revoked", N_("this seat was taken back"));
		break;
	case SEAT_USED_AGAIN:
		tell(e, GATE_USED_AGAIN, N_("an invite that was used before"));
		turn_away(
			e, "used", N_("this invite was used before; ask the chair for a new one"));
		break;
	case SEAT_ENTERS:
		welcome(e, &seat, NULL);
		break;
	case SEAT_ENTERS_ANEW:
		if (save(e->gate))
			welcome(e, &seat, NULL);
		else
			turn_away(e, "limit", N_("the host cannot save its keys now"));
		break;
	case SEAT_ENTERS_CHANGING:
		if (is_contested(e, &seat)) {
			tell(e, GATE_USED_AGAIN,
				N_("an invite that another console is just using"));
			turn_away(e, "limit", N_("another console is just using this invite"));
			break;
		}
		/* A key that only one end has would shut the console out. */
		if (save(e->gate))
			welcome(e, &seat, fresh);
		else
			turn_away(e, "limit", N_("the host cannot save its keys now"));
		break;
	}
	key_forget(random, sizeof random);
	key_forget(fresh, sizeof fresh);
}

static bool
on_find(void *ctx, struct str identity, unsigned char key[LINK_KEY_SIZE])
{
	struct entry *e = ctx;
	return seats_find(e->gate->calls.seats, identity, key);
}

void
gate_name(const struct sockaddr_storage *peer, struct gate_names *out)
{
	struct sockaddr_in6 six;
	char text[46] = "";
	struct buf b = {0};
	*out = (struct gate_names){"", ""};
	memcpy(&six, peer, sizeof six);
	if (peer->ss_family == AF_INET)
		uv_ip4_name((const struct sockaddr_in *)peer, text, sizeof text);
	else
		uv_ip6_name(&six, text, sizeof text);
	memcpy(out->from, text, sizeof text);
	if (peer->ss_family == AF_INET6 && !IN6_IS_ADDR_V4MAPPED(&six.sin6_addr)) {
		memset(six.sin6_addr.s6_addr + 8, 0, 8);
		uv_ip6_name(&six, text, sizeof text);
		buf_printf(&b, "%s/64", text);
		memcpy(out->near, b.p, b.n + 1);
		buf_finish(&b);
	} else {
		memcpy(out->near, text, sizeof text);
	}
}

static void
name_address(struct entry *e)
{
	struct sockaddr_storage peer = {0};
	int n = sizeof peer;
	if (uv_tcp_getpeername(&e->cable->in.tcp, (struct sockaddr *)&peer, &n) == 0)
		gate_name(&peer, &e->named);
}

static void look_on(struct gate *g);

static void
on_look(uv_timer_t *t)
{
	look_on(t->data);
}

static unsigned
shake_ms(const struct gate *g)
{
	return g->calls.shake_ms ? g->calls.shake_ms : GATE_SHAKE_MS;
}

static void
look_on(struct gate *g)
{
	bool shaking = false;
	for (struct entry *e = g->entries; e; e = e->next) {
		if (e->in)
			continue;
		shaking = true;
		if (uv_now(g->loop) - e->since >= shake_ms(g))
			cable_end(e->cable, false);
	}
	if (!shaking)
		uv_timer_stop(&g->look);
}

/*
 * Who comes when all places are taken by some that do not get on takes the
 * oldest one's: a console with a key needs one round trip, so it gets in where
 * refusing the newest would shut everybody out.
 */
static void
make_room(struct gate *g)
{
	unsigned all = 0;
	struct entry *oldest = NULL;
	for (struct entry *o = g->entries; o; o = o->next) {
		all += !o->in && !o->judged;
		oldest = o->in || o->judged ? oldest : o;
	}
	if (all <= GATE_SHAKING)
		return;
	assert(oldest); /* the first of so many */
	tell(oldest, GATE_FULL, N_("too many connections at once"));
	cable_end(oldest->cable, false);
}

/* True if it may come in. */
static bool
may_come(struct entry *e)
{
	struct gate *g = e->gate;
	unsigned near = 0;
	for (struct entry *o = g->entries; o; o = o->next)
		near += !o->in && !o->judged && strcmp(o->named.near, e->named.near) == 0;
	if (!seats_hear(g->calls.seats, str_of(e->named.near), (int64_t)uv_now(g->loop))) {
		tell(e, GATE_THROTTLED, N_("too many wrong keys from there"));
	} else if (near > GATE_ADDRESS) {
		tell(e, GATE_FULL, N_("too many connections at once"));
	} else {
		make_room(g);
		return true;
	}
	return false;
}

static void
on_connection(uv_stream_t *listener, int status)
{
	struct gate *g = listener->data;
	if (status < 0 || g->closing)
		return;
	struct entry *e = xcalloc(1, sizeof *e);
	e->gate = g;
	e->since = uv_now(g->loop);
	e->next = g->entries;
	g->entries = e;
	e->cable = cable_tcp(g->loop, &(struct cable_calls){e, on_up, on_bytes, on_gone});
	bool came = uv_accept(listener, (uv_stream_t *)&e->cable->in.tcp) == 0;
	if (came) {
		cable_watch_tcp(&e->cable->in.tcp);
		name_address(e);
		came = may_come(e);
	}
	e->tls = came ? tls_accept(g->context, on_find, e) : NULL;
	if (!e->tls) {
		e->judged = true;
		cable_end(e->cable, false);
		return;
	}
	if (!uv_is_active((uv_handle_t *)&g->look))
		uv_timer_start(&g->look, on_look, GATE_LOOK_MS, GATE_LOOK_MS);
	cable_begin(e->cable, e->tls);
}

static void
on_handle_closed(uv_handle_t *h)
{
	struct gate *g = h->data;
	g->handles--;
	settle(g);
}

static int
listen_at(struct gate *g, struct str address, int port)
{
	struct sockaddr_storage at = {0};
	char *text = str_dup(address);
	int rc = uv_ip4_addr(text, port, (struct sockaddr_in *)&at);
	if (rc < 0)
		rc = uv_ip6_addr(text, port, (struct sockaddr_in6 *)&at);
	free(text);
	if (rc == 0)
		rc = uv_tcp_bind(&g->listener, (const struct sockaddr *)&at, 0);
	return rc < 0 ? rc : uv_listen((uv_stream_t *)&g->listener, GATE_BACKLOG, on_connection);
}

int
gate_open(struct gate **out, struct uv_loop_s *loop, struct str address, int port,
	const struct gate_calls *calls)
{
	struct tls_context *context = tls_context_make(true);
	if (!context)
		return -ENOTSUP;
	struct gate *g = xcalloc(1, sizeof *g);
	g->loop = loop;
	g->calls = *calls;
	g->context = context;
	uv_tcp_init(loop, &g->listener);
	uv_timer_init(loop, &g->look);
	uv_timer_init(loop, &g->hush);
	g->listener.data = g->look.data = g->hush.data = g;
	g->noise.window_ms = calls->noise_ms;
	g->handles = 3;
	int rc = listen_at(g, address, port);
	if (rc < 0) {
		gate_close(g, NULL, NULL);
		return rc;
	}
	*out = g;
	return 0;
}

int
gate_port(const struct gate *g)
{
	struct sockaddr_storage at = {0};
	int n = sizeof at;
	if (uv_tcp_getsockname(&g->listener, (struct sockaddr *)&at, &n) < 0)
		return 0;
	return ntohs(at.ss_family == AF_INET ? ((struct sockaddr_in *)&at)->sin_port
					     : ((struct sockaddr_in6 *)&at)->sin6_port);
}

void
gate_close(struct gate *g, void (*closed)(void *ctx), void *ctx)
{
	assert(!g->closing);
	g->closing = true;
	g->closed = closed;
	g->closed_ctx = ctx;
	uv_close((uv_handle_t *)&g->listener, on_handle_closed);
	uv_close((uv_handle_t *)&g->look, on_handle_closed);
	uv_close((uv_handle_t *)&g->hush, on_handle_closed);
	for (struct entry *e = g->entries; e; e = e->next)
		if (!e->in)
			cable_end(e->cable, false);
}
