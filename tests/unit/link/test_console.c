/* Spokes and a hub over real sockets on one loop: this machine's, TLS, ssh and the relay. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <pthread.h>

#include "rig.h"
#include "hall.h"
#include "key.h"
#include "uv_cable.h"
#include "dais/journal.h"

struct party {
	char dir[32];
	uv_loop_t loop;
	struct ether ether;
	struct hall hall;
	struct place *place;
	struct server *server;
	struct seats *seats;
	struct gate *gate;
	size_t closed, executed, saves, ctl;
	size_t news[GATE_FULL + 1], more[GATE_FULL + 1], sums;
	unsigned noise_ms;
	bool save_fails;
	unsigned shake_ms;
};

struct console {
	struct party *p;
	struct arena arena;
	struct address to;
	struct dial *dial;
	struct spoke *spoke;
	size_t lines, yes, no;
	struct str held[400];
	unsigned char key[32];
	bool has_key;
};

static void
executed(void *ctx, const struct hub_ask *ask)
{
	(void)ask;
	((struct party *)ctx)->executed++;
}

static void
on_news(void *ctx, const struct gate_news *n)
{
	struct party *p = ctx;
	if (n->more) {
		p->more[n->kind] += n->more;
		p->sums++;
		return;
	}
	assert_true(n->from.n > 0 && n->why.n > 0);
	p->news[n->kind]++;
}

static bool
on_save(void *ctx)
{
	struct party *p = ctx;
	p->saves++;
	return !p->save_fails;
}

static void
on_request(void *ctx, struct peer *from, const struct request *r)
{
	struct party *p = ctx;
	(void)r;
	p->ctl++;
	server_say(from, STR("{\"ok\":true}"));
}

static void
on_closed(void *ctx)
{
	((struct party *)ctx)->closed++;
}

static void
party_open(struct party *p)
{
	const char *why;
	*p = (struct party){0};
	signal(SIGPIPE, SIG_IGN);
	alarm(GUARD_S);
	scratch_make(p->dir);
	uv_loop_init(&p->loop);
	p->ether.now = (int64_t)uv_now(&p->loop);
	p->hall.executed = executed;
	p->hall.ctx = p;
	hall_open(&p->hall, &p->ether);
	assert_int_equal(place_take(&p->place, STR("forum"), "/log", &why), 0);
	assert_int_equal(server_start(&p->server, &p->loop, p->place,
				 &(struct server_calls){
					 .ctx = p, .request = on_request, .hub = p->hall.hub}),
		0);
	p->seats = seats_create(STR("forum"));
}

static void
party_gate(struct party *p)
{
	assert_int_equal(gate_open(&p->gate, &p->loop, STR("127.0.0.1"), 0,
				 &(struct gate_calls){
					 p, p->hall.hub, p->seats, on_save, on_news, p->shake_ms,
					 p->noise_ms}),
		0);
}

static void
party_step(struct party *p)
{
	uv_run(&p->loop, UV_RUN_NOWAIT);
	p->ether.now = (int64_t)uv_now(&p->loop);
	hall_step(&p->hall);
}

static void
party_close(struct party *p)
{
	hub_stop(p->hall.hub, STR("the end"));
	size_t open = 1 + (p->gate != NULL);
	server_stop(p->server, on_closed, p);
	if (p->gate)
		gate_close(p->gate, on_closed, p);
	while (p->closed < open)
		party_step(p);
	uv_run(&p->loop, UV_RUN_DEFAULT);
	assert_int_equal(uv_loop_close(&p->loop), 0);
	place_give_up(p->place);
	seats_destroy(p->seats);
	hall_finish(&p->hall);
	scratch_remove(p->dir);
	alarm(0);
}

static int64_t
c_wall(void *ctx)
{
	(void)ctx;
	return 1689400800000;
}

static void
c_dial(void *ctx)
{
	struct console *c = ctx;
	dial_go(c->dial, c->spoke);
}

static bool
c_line(void *ctx, enum event_lane lane, int64_t seq, struct str body, struct str line)
{
	struct console *c = ctx;
	(void)body;
	if (lane == LANE_SESSION && seq < 400)
		c->held[seq] = arena_str(&c->arena, line);
	c->lines++;
	return true;
}

static void
c_answer(void *ctx, const struct answer *a)
{
	struct console *c = ctx;
	c->yes += a->ok;
	c->no += !a->ok;
}

static bool
c_key(void *ctx, struct str key)
{
	struct console *c = ctx;
	c->has_key = key_read(key, c->key);
	dial_key(c->dial, c->key);
	return c->has_key;
}

static void
console_open(struct console *c, struct party *p, const char *address, enum seat seat)
{
	const char *why = "";
	struct spoke_start start = {.session = STR("forum"),
		.name = STR("董云云"),
		.id = STR("0123456789abcdef"),
		.seat = seat,
		.seq = {-1, -1},
		.seed = 7};
	struct spoke_calls calls = {.ctx = c,
		.wall = c_wall,
		.dial = c_dial,
		.seal = journal_seal,
		.line = c_line,
		.answer = c_answer,
		.key = c_key};
	*c = (struct console){.p = p};
	assert_true(address_read(&c->to, str_of(address), &c->arena, &why));
	c->dial = dial_create(&p->loop, &c->to);
	c->spoke = spoke_create(&start, &calls, (int64_t)uv_now(&p->loop));
}

static enum spoke_state
state_of(struct console *c)
{
	struct spoke_view v;
	spoke_look(c->spoke, c->p->ether.now, &v);
	return v.state;
}

static struct str
code_of(struct console *c)
{
	struct spoke_view v;
	spoke_look(c->spoke, c->p->ether.now, &v);
	return v.code.n ? v.code : v.why;
}

static void
console_step(struct console *c)
{
	party_step(c->p);
	spoke_turn(c->spoke, c->p->ether.now);
}

#define console_until(c, condition)                                                                \
	while (!(condition))                                                                       \
	console_step(c)

static void
console_close(struct console *c)
{
	size_t closed = c->p->closed;
	spoke_leave(c->spoke);
	dial_close(c->dial, on_closed, c->p);
	while (c->p->closed == closed)
		party_step(c->p);
	c->p->closed = closed;
	spoke_destroy(c->spoke);
	arena_finish(&c->arena);
}

static void
console_ask(struct console *c, const char *line)
{
	struct arena a = {0};
	struct refused no;
	struct str id;
	size_t told = c->yes + c->no;
	assert_int_equal(spoke_ask(c->spoke, str_of(line), c->p->ether.now, &id, &a, &no), 0);
	console_until(c, c->yes + c->no > told);
	arena_finish(&a);
}

static void
works(struct console *c)
{
	size_t executed = c->p->executed, yes = c->yes;
	console_until(c, state_of(c) == SPOKE_LIVE);
	console_ask(c, "note add what was said");
	assert_int_equal(c->yes, yes + 1);
	assert_int_equal(c->p->executed, executed + 1);
	console_until(c, hall_synced(&c->p->hall) && c->held[c->p->hall.lanes[0].n - 1].n > 0);
	for (size_t i = 0; i < c->p->hall.lanes[0].n; i++)
		assert_true(str_eq(c->held[i], c->p->hall.lanes[0].lines[i]));
}

static void
this_machine(void **state)
{
	struct party p;
	struct console c;
	struct buf heard = {0};
	(void)state;
	party_open(&p);
	console_open(&c, &p, "forum", SEAT_SCRIBE);
	works(&c);
	/* The same socket still answers those who ask once. */
	int fd = socket_connect(&p.place->folder, STR("forum"));
	assert_int_equal(send(fd, "{\"do\":\"x\"}\n", 11, 0), 11);
	char byte = 0;
	while (byte != '\n') {
		if (recv(fd, &byte, 1, MSG_DONTWAIT) == 1)
			buf_char(&heard, byte);
		party_step(&p);
	}
	assert_true(str_is(buf_view(&heard), "{\"ok\":true}\n"));
	assert_int_equal(p.ctl, 1);
	close(fd);
	/* A greeting may come byte by byte. */
	fd = socket_connect(&p.place->folder, STR("forum"));
	struct str hello = STR("{\"hello\":1,\"seat\":\"stage\",\"name\":\"s\"}\n");
	for (size_t i = 0; i < hello.n; i++) {
		assert_int_equal(send(fd, hello.p + i, 1, 0), 1);
		party_step(&p);
	}
	buf_reset(&heard);
	while (byte != '}') {
		if (recv(fd, &byte, 1, MSG_DONTWAIT) == 1)
			buf_char(&heard, byte);
		party_step(&p);
	}
	assert_true(str_starts(buf_view(&heard), STR("{\"welcome\":1,\"seat\":\"stage\"")));
	close(fd);
	buf_finish(&heard);
	console_close(&c);
	party_close(&p);
}

static char *
invite_of(struct party *p, enum seat seat, const unsigned char key[32])
{
	struct invite i = {.host = STR("127.0.0.1"),
		.session = STR("forum"),
		.port = gate_port(p->gate),
		.seat = seat};
	struct buf text = {0};
	memcpy(i.key, key, 32);
	invite_write(&text, &i);
	return text.p;
}

static void
by_invite(void **state)
{
	static const unsigned char key[32] = "a key that a chair has made";
	struct party p;
	struct console c, thief;
	struct seat_view seat;
	(void)state;
	party_open(&p);
	party_gate(&p);
	assert_int_equal(seats_invite(p.seats, SEAT_SCRIBE, key), 1);
	char *invite = invite_of(&p, SEAT_SCRIBE, key);
	console_open(&c, &p, invite, SEAT_SCRIBE);
	works(&c);
	console_until(&c, c.has_key && p.saves >= 2);
	assert_true(seats_at(p.seats, 0, &seat));
	assert_int_equal(seat.state, SEAT_BOUND);
	assert_null(seat.invite);
	assert_true(str_is(seat.name, "董云云"));
	/* Somebody else found the invite in the chat. */
	console_open(&thief, &p, invite, SEAT_SCRIBE);
	console_until(&thief, state_of(&thief) == SPOKE_REFUSED);
	assert_true(str_is(code_of(&thief), "used"));
	assert_int_equal(p.news[GATE_USED_AGAIN], 1);
	console_close(&thief);
	console_close(&c);
	free(invite);
	party_close(&p);
}

static void
with_kept_key(void **state)
{
	static const unsigned char key[32] = "another key";
	struct party p;
	struct console c, other;
	(void)state;
	party_open(&p);
	party_gate(&p);
	seats_invite(p.seats, SEAT_ONLINE_CHAIR, key);
	char *invite = invite_of(&p, SEAT_ONLINE_CHAIR, key);
	console_open(&c, &p, invite, SEAT_ONLINE_CHAIR);
	console_until(&c, state_of(&c) == SPOKE_LIVE && c.has_key && p.saves >= 2);
	char *kept = invite_of(&p, SEAT_ONLINE_CHAIR, c.key);
	/* The key says which seat; wishing for another one does not help. */
	console_open(&other, &p, kept, SEAT_CHAIR);
	console_until(&other, state_of(&other) == SPOKE_REFUSED);
	assert_true(str_is(code_of(&other), "not-allowed"));
	console_close(&other);
	assert_int_equal(state_of(&c), SPOKE_LIVE);
	/* The same key from another place is the same console: the old link goes. */
	console_open(&other, &p, kept, SEAT_ONLINE_CHAIR);
	console_until(&other, state_of(&other) == SPOKE_LIVE);
	while (state_of(&c) != SPOKE_REFUSED)
		party_step(&p);
	assert_true(str_is(code_of(&c), "replaced"));
	works(&other);
	assert_false(other.has_key);
	/* Taken back. */
	assert_true(seats_revoke(p.seats, 1));
	struct hub_seen seen;
	for (size_t i = 0; i < hub_guests(p.hall.hub); i++)
		if (hub_guest(p.hall.hub, i, p.ether.now, &seen) && str_is(seen.who, "1"))
			hub_drop(seen.guest, STR("revoked"), STR("taken back"));
	console_until(&other, state_of(&other) == SPOKE_REFUSED);
	console_close(&other);
	console_open(&other, &p, kept, SEAT_ONLINE_CHAIR);
	console_until(&other, state_of(&other) == SPOKE_REFUSED);
	assert_true(str_is(code_of(&other), "wrong-key"));
	console_close(&other);
	console_close(&c);
	free(kept);
	free(invite);
	party_close(&p);
}

static void
wrong_keys(void **state)
{
	static const unsigned char key[32] = "right", wrong[32] = "wrong";
	struct party p;
	struct console c;
	struct seat_view seat;
	(void)state;
	party_open(&p);
	party_gate(&p);
	seats_invite(p.seats, SEAT_SCRIBE, key);
	char *invite = invite_of(&p, SEAT_SCRIBE, wrong), *good = invite_of(&p, SEAT_SCRIBE, key);
	for (size_t i = 1; i <= 5; i++) {
		console_open(&c, &p, invite, SEAT_SCRIBE);
		console_until(&c, state_of(&c) == SPOKE_REFUSED);
		assert_true(str_is(code_of(&c), "wrong-key"));
		assert_true(seats_at(p.seats, 0, &seat) && seat.wrong <= (int64_t)i);
		console_close(&c);
	}
	assert_int_equal(p.news[GATE_WRONG_KEY], 1);
	/* Now nobody is heard from there, with a good key neither; it stays a matter of time for
	 * them. */
	console_open(&c, &p, good, SEAT_SCRIBE);
	console_until(&c, p.news[GATE_THROTTLED] > 0);
	assert_int_not_equal(state_of(&c), SPOKE_REFUSED);
	assert_int_equal(p.executed, 0);
	console_close(&c);
	free(invite);
	free(good);
	party_close(&p);
}

/* From an address of the loopback's many. */
static int
dial_from(struct party *p, unsigned host)
{
	struct sockaddr_in at, own = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(0x7f000000 + host)};
	uv_ip4_addr("127.0.0.1", gate_port(p->gate), &at);
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	assert_int_equal(bind(fd, (struct sockaddr *)&own, sizeof own), 0);
	assert_int_equal(connect(fd, (struct sockaddr *)&at, sizeof at), 0);
	return fd;
}

static int
dial_raw(struct party *p)
{
	return dial_from(p, 1);
}

static void
no_consoles(void **state)
{
	struct party p;
	(void)state;
	party_open(&p);
	p.shake_ms = 50;
	p.noise_ms = 200;
	party_gate(&p);
	int http = dial_raw(&p), silent = dial_raw(&p);
	struct str get = STR("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
	assert_int_equal(send(http, get.p, get.n, 0), get.n);
	while (p.news[GATE_NOT_TLS] == 0 || p.news[GATE_SILENT] == 0)
		party_step(&p);
	/* What never ends is cut at 8 KiB, and too many at once are not heard. */
	int flood = dial_raw(&p);
	char head[9000] = "\x16\x03\x01\x3f\xff\x01\x00\x3f\xfb\x03\x03";
	(void)!send(flood, head, sizeof head, MSG_NOSIGNAL);
	while (p.more[GATE_NOT_TLS] + p.more[GATE_SILENT] < 1)
		party_step(&p);
	int many[6];
	for (size_t i = 0; i < 6; i++)
		many[i] = dial_raw(&p);
	while (p.news[GATE_FULL] == 0)
		party_step(&p);
	for (size_t i = 0; i < 6; i++)
		close(many[i]);
	close(http);
	close(silent);
	close(flood);
	assert_int_equal(hub_guests(p.hall.hub), 0);
	party_close(&p);
}

/* Who has a network of IPv6 has more addresses than there are tries. */
static void
neighbours(void **state)
{
	static const struct {
		const char *address, *from, *near;
	} rows[] = {
		{"2001:db8:1:2:3:4:5:6", "2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"},
		{"2001:db8:1:2::9", "2001:db8:1:2::9", "2001:db8:1:2::/64"},
		{"2001:db8:1:3::9", "2001:db8:1:3::9", "2001:db8:1:3::/64"},
		{"2001:db8:1111:2222:3333:4444:5555:6666", "2001:db8:1111:2222:3333:4444:5555:6666",
			"2001:db8:1111:2222::/64"},
		{"::1", "::1", "::/64"},
		{"::ffff:10.0.0.7", "::ffff:10.0.0.7", "::ffff:10.0.0.7"},
		{"10.0.0.7", "10.0.0.7", "10.0.0.7"},
	};
	struct seats *s = seats_create(STR("x"));
	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct sockaddr_storage at = {0};
		struct gate_names is;
		if (uv_ip4_addr(rows[i].address, 0, (struct sockaddr_in *)&at))
			assert_int_equal(uv_ip6_addr(rows[i].address, 0, (struct sockaddr_in6 *)&at), 0);
		gate_name(&at, &is);
		assert_string_equal(is.from, rows[i].from);
		assert_string_equal(is.near, rows[i].near);
	}
	/* Five tries from five addresses of one network are five; one from elsewhere is one. */
	for (uint8_t i = 0; i < 5; i++) {
		struct sockaddr_storage at = {0};
		struct gate_names is;
		uv_ip6_addr("2001:db8:1:2::", 0, (struct sockaddr_in6 *)&at);
		((struct sockaddr_in6 *)&at)->sin6_addr.s6_addr[15] = i;
		gate_name(&at, &is);
		assert_true(seats_hear(s, str_of(is.near), 1000 + i));
		seats_wrong(s, str_of(is.near), STR("?"), 1000 + i);
	}
	assert_false(seats_hear(s, STR("2001:db8:1:2::/64"), 2000));
	assert_true(seats_hear(s, STR("2001:db8:1:3::/64"), 2000));
	/* Who tries from dozens of networks does not free the first one before its minute. */
	for (int i = 0; i < 40; i++) {
		char near[60];
		snprintf(near, sizeof near, "2001:db8:2:%x::/64", i);
		for (int k = 0; k < 5; k++)
			seats_wrong(s, str_of(near), STR("?"), 3000 + i);
		assert_false(seats_hear(s, str_of(near), 4000));
	}
	assert_false(seats_hear(s, STR("2001:db8:1:2::/64"), 4000));
	assert_true(seats_hear(s, STR("2001:db8:1:2::/64"), 62000));
	seats_destroy(s);
}

/* Hundreds of addresses, each with something that is not TLS: a few words and a few numbers. */
static void
noise_of_many(void **state)
{
	enum { MANY = 300 };
	struct party p;
	struct str get = STR("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
	(void)state;
	party_open(&p);
	p.noise_ms = 3000;
	party_gate(&p);
	for (unsigned i = 0; i < MANY; i++) {
		char byte;
		int fd = dial_from(&p, 2 + i % 100);
		(void)!send(fd, get.p, get.n, MSG_NOSIGNAL);
		while (recv(fd, &byte, 1, MSG_DONTWAIT) < 0 && (errno == EAGAIN || errno == EINTR))
			party_step(&p);
		close(fd);
	}
	while (p.news[GATE_NOT_TLS] + p.more[GATE_NOT_TLS] < MANY)
		party_step(&p);
	assert_int_equal(p.news[GATE_NOT_TLS] + p.more[GATE_NOT_TLS], MANY);
	/* However long this machine took for it, a window of 3 s has at most four and five. */
	assert_true(p.news[GATE_NOT_TLS] + p.sums < MANY / 4);
	party_close(&p);
}

/* All places are taken by silent ones: who has a key gets in all the same, within the time that a
 * silent one has. */
static void
house_of_silence(void **state)
{
	static const unsigned char key[32] = "k";
	struct party p;
	struct console c;
	int many[40];
	(void)state;
	party_open(&p);
	p.shake_ms = 600000;
	party_gate(&p);
	for (unsigned i = 0; i < 40; i++) {
		many[i] = dial_from(&p, 2 + i);
		party_step(&p);
	}
	while (p.news[GATE_FULL] == 0)
		party_step(&p);
	seats_invite(p.seats, SEAT_SCRIBE, key);
	char *invite = invite_of(&p, SEAT_SCRIBE, key);
	console_open(&c, &p, invite, SEAT_SCRIBE);
	works(&c);
	console_close(&c);
	for (unsigned i = 0; i < 40; i++)
		close(many[i]);
	free(invite);
	party_close(&p);
}

/* Keys that cannot be saved are not given away, and the invite stays good. */
static void
disk_full(void **state)
{
	static const unsigned char key[32] = "k";
	struct party p;
	struct console c;
	(void)state;
	party_open(&p);
	p.save_fails = true;
	party_gate(&p);
	seats_invite(p.seats, SEAT_SCRIBE, key);
	char *invite = invite_of(&p, SEAT_SCRIBE, key);
	console_open(&c, &p, invite, SEAT_SCRIBE);
	console_until(&c, p.saves > 0 && str_starts(code_of(&c), STR("the host cannot save")));
	assert_false(c.has_key);
	p.save_fails = false;
	works(&c);
	console_until(&c, c.has_key);
	console_close(&c);
	free(invite);
	party_close(&p);
}

struct relaying {
	int in, out;
	unsigned seat;
};

static void *
relay_thread(void *ctx)
{
	struct relaying *r = ctx;
	stdio_relay(STR("forum"), r->seat, r->in, r->out);
	close(r->in);
	return NULL;
}

static void
hear(struct party *p, int fd, struct buf *out, const char *until)
{
	char byte;
	buf_reset(out);
	while (!out->n || !memmem(out->p, out->n, until, strlen(until))) {
		ssize_t n = recv(fd, &byte, 1, MSG_DONTWAIT);
		if (n == 1)
			buf_char(out, byte);
		assert_true(n != 0);
		party_step(p);
	}
}

static void
relayed(void **state)
{
	struct party p;
	struct buf heard = {0};
	(void)state;
	party_open(&p);
	/* Where it comes from is no longer than an address, whatever the environment says. */
	struct buf endless = {0};
	buf_fill(&endless, 'x', 100000);
	setenv("SSH_CONNECTION", endless.p, 1);
	buf_finish(&endless);
	for (int round = 0; round < 2; round++) {
		int ends[2];
		pthread_t thread;
		assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends), 0);
		struct relaying r = {ends[1], ends[1], SEAT_SCRIBE};
		assert_int_equal(pthread_create(&thread, NULL, relay_thread, &r), 0);
		/* The account's seat was said first; the line that asks for more comes too late. */
		struct str hello = round ? STR("{\"hello\":1,\"seat\":\"scribe\",\"name\":\"s\"}\n")
					 : STR("{\"hello\":1,\"seat\":\"chair\",\"name\":\"s\"}\n");
		assert_int_equal(send(ends[0], hello.p, hello.n, 0), hello.n);
		hear(&p, ends[0], &heard, round ? "{\"live\":" : "{\"refused\":\"not-allowed\"");
		shutdown(ends[0], SHUT_RDWR);
		close(ends[0]);
		pthread_join(thread, NULL);
	}
	buf_finish(&heard);
	party_close(&p);
}

/* What ssh says is what the person reads; what it was called with means nothing to a shell. */
static void
over_ssh(void **state)
{
	struct party p;
	struct console c;
	struct buf path = {0}, heard = {0};
	(void)state;
	party_open(&p);
	buf_printf(&path, "%s/ssh", p.dir);
	FILE *script = fopen(path.p, "w");
	fprintf(script,
		"#!/bin/sh\nprintf '%%s ' \"$@\" > %s/args\necho hello >&2\necho Permission "
		"denied. >&2\nexit 255\n",
		p.dir);
	fclose(script);
	chmod(path.p, 0700);
	buf_reset(&path);
	char *old = xstrdup(getenv("PATH"));
	buf_printf(&path, "%s:%s", p.dir, old);
	setenv("PATH", path.p, 1);
	console_open(&c, &p, "ssh://anna@hall:22/forum", SEAT_SCRIBE);
	console_until(&c, str_is(code_of(&c), "Permission denied."));
	assert_int_not_equal(state_of(&c), SPOKE_REFUSED);
	console_close(&c);
	setenv("PATH", old, 1);
	buf_reset(&path);
	buf_printf(&path, "%s/args", p.dir);
	buf_fill(&heard, 0, 200);
	FILE *args = fopen(path.p, "r");
	assert_non_null(args);
	assert_non_null(fgets(heard.p, 200, args));
	fclose(args);
	assert_string_equal(heard.p, "-T -o BatchMode=yes -p 22 -l anna -- hall dais stdio forum ");
	buf_finish(&heard);
	buf_finish(&path);
	free(old);
	party_close(&p);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(this_machine),
		cmocka_unit_test(by_invite),
		cmocka_unit_test(with_kept_key),
		cmocka_unit_test(wrong_keys),
		cmocka_unit_test(no_consoles),
		cmocka_unit_test(neighbours),
		cmocka_unit_test(noise_of_many),
		cmocka_unit_test(house_of_silence),
		cmocka_unit_test(disk_full),
		cmocka_unit_test(relayed),
		cmocka_unit_test(over_ssh),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
