/* Each does its harm as long as it is let; what the host made of it is counted. */
#include "rogue.h"

#include <stdio.h>
#include <string.h>

static void
g_bytes(void *owner, struct str bytes)
{
	struct rogue *r = owner;
	hub_feed(r->guest, bytes, r->hall->ether->now);
}

static void
g_down(void *owner)
{
	struct rogue *r = owner;
	hub_gone(r->guest);
	r->guest = NULL;
}

static void
bytes(void *owner, struct str b)
{
	struct rogue *r = owner;
	if (r->heard.n < 1 << 20)
		buf_str(&r->heard, b);
}

static void
down(void *owner)
{
	(void)owner;
}

static void
say(struct rogue *r, const char *text)
{
	tube_put(r->tube, 0, str_of(text));
}

static const char *const hellos[ROGUE_KINDS] = {
	[ROGUE_FLOOR] = "{\"hello\":1,\"seat\":\"scribe\",\"name\":\"evil\"}\n",
	[ROGUE_REPLAY] = "{\"hello\":1,\"seat\":\"chair\",\"name\":\"evil\"}\n",
	[ROGUE_STALE] = "{\"hello\":1,\"seat\":\"chair\",\"name\":\"evil\"}\n",
	[ROGUE_EPOCH] = "{\"hello\":1,\"seat\":\"observer\",\"name\":\"evil\",\"epoch\":99999}\n",
	[ROGUE_BEYOND] =
		"{\"hello\":1,\"seat\":\"observer\",\"name\":\"evil\",\"seq\":999999,\"hash\":"
		"\"0000000000000000000000000000000000000000000000000000000000000000\"}\n",
};

static void
begin(struct rogue *r)
{
	struct ether *e = r->hall->ether;
	r->kind = (enum rogue_kind)(ether_random(e) % ROGUE_KINDS);
	r->tube = tube_make(
		e, (struct tube_end){r, bytes, down}, (struct tube_end){r, g_bytes, g_down});
	struct wire w = tube_wire(r->tube, 1);
	/* A seat was given to a key; the liar asks for more with it. */
	unsigned seats =
		hellos[r->kind] && r->kind < ROGUE_EPOCH ? SEAT_CHAIR | SEAT_SCRIBE : SEAT_OBSERVER;
	r->guest = hub_open(r->hall->hub, &w, &(struct hub_admit){.seats = seats}, e->now);
	r->since = e->now;
	r->acts = 0;
	buf_reset(&r->heard);
	r->lives[r->kind]++;
	if (r->kind == ROGUE_STUCK)
		tube_stick(r->tube, 0);
	if (r->kind == ROGUE_SLOW)
		tube_slow(r->tube, 0, 60);
	if (r->kind == ROGUE_SILENT || r->kind == ROGUE_DRIP || r->kind == ROGUE_NOISE)
		return;
	say(r, hellos[r->kind] ? hellos[r->kind]
			       : "{\"hello\":1,\"seat\":\"observer\",\"name\":\"evil\"}\n");
}

static void
ask(struct rogue *r, const char *id, const char *line, int64_t made)
{
	struct buf b = {0};
	buf_printf(&b, "{\"ask\":\"%s\",\"do\":\"%s\",\"made\":%lld}\n", id, line, (long long)made);
	tube_put(r->tube, 0, buf_view(&b));
	buf_finish(&b);
}

/* An id from the log, with another wish behind it. */
static void
replay(struct rogue *r)
{
	const struct hall_lane *l = &r->hall->lanes[LANE_SESSION];
	for (size_t i = l->n; i-- > 0;) {
		const char *at = memmem(l->lines[i].p, l->lines[i].n, "\"req\":\"", 7);
		if (!at)
			continue;
		struct str id = {at + 7, strcspn(at + 7, "\"")};
		char text[80];
		snprintf(text, sizeof text, "%.*s", STR_ARG(id));
		ask(r, text, "note add evil replayed", r->hall->ether->now);
		return;
	}
}

static void
noise(struct rogue *r)
{
	char junk[64];
	for (size_t i = 0; i < sizeof junk; i++)
		junk[i] = (char)ether_random(r->hall->ether);
	tube_put(r->tube, 0, (struct str){junk, sizeof junk});
}

static void
act(struct rogue *r)
{
	int64_t now = r->hall->ether->now, n = r->acts++;
	char id[40];
	struct buf b = {0};
	snprintf(id, sizeof id, "evil%llu", (unsigned long long)ether_random(r->hall->ether));
	switch (r->kind) {
	case ROGUE_STUCK:
	case ROGUE_SLOW:
		if (n % 200 == 1)
			say(r, "{\"ping\":7}\n");
		break;
	case ROGUE_FLOOD:
		for (int i = 0; i < 40; i++)
			say(r, "{\"ping\":7}\n");
		break;
	case ROGUE_LONG:
		buf_fill(&b, 'x', 70000);
		tube_put(r->tube, 0, buf_view(&b));
		break;
	case ROGUE_BYTES:
		say(r, "{\"typing\":\"\xd5\xc5\"}\n");
		break;
	case ROGUE_SEAT:
		if (n % 100 == 1)
			ask(r, id, "note add evil", now);
		break;
	case ROGUE_FLOOR:
		if (n % 100 == 1)
			ask(r, id, n % 200 == 1 ? "floor give a" : "session close", now);
		break;
	case ROGUE_REPLAY:
		if (n % 100 == 1)
			replay(r);
		break;
	case ROGUE_STALE:
		if (n % 100 == 1 && now > 5002)
			ask(r, id, "people add evil", now - 5002);
		break;
	case ROGUE_DRIP:
		if (n % 50 == 0)
			say(r, "{");
		break;
	case ROGUE_NOISE:
		noise(r);
		break;
	case ROGUE_SILENT:
	case ROGUE_EPOCH:
	case ROGUE_BEYOND:
	case ROGUE_KINDS:
		break;
	}
	buf_finish(&b);
}

/* What the host said to it: that it was refused, or closed. */
static void
judge(struct rogue *r)
{
	static const char *const proofs[ROGUE_KINDS] = {
		[ROGUE_SEAT] = "\"code\":\"not-allowed\"",
		[ROGUE_FLOOR] = "\"code\":\"not-allowed\"",
		[ROGUE_REPLAY] = "{\"answer\":",
		[ROGUE_STALE] = "\"code\":\"stale\"",
		[ROGUE_LONG] = "{\"refused\":",
		[ROGUE_BYTES] = "{\"refused\":",
		[ROGUE_NOISE] = "{\"refused\":",
		[ROGUE_SILENT] = "{\"refused\":\"limit\"",
		[ROGUE_DRIP] = "{\"refused\":",
		[ROGUE_EPOCH] = "{\"refused\":\"old-host\"",
		[ROGUE_BEYOND] = "{\"refused\":\"diverged\"",
	};
	const char *p = proofs[r->kind];
	if (p && r->heard.n && memmem(r->heard.p, r->heard.n, p, strlen(p)))
		r->proofs[r->kind]++;
	int64_t lived = r->hall->ether->now - r->since;
	if (lived > r->longest[r->kind])
		r->longest[r->kind] = lived;
}

void
rogue_step(struct rogue *r)
{
	if (!r->tube) {
		begin(r);
		return;
	}
	tube_step(r->tube);
	size_t waiting = tube_waiting(r->tube, 1);
	if (waiting > r->most_waiting)
		r->most_waiting = waiting;
	/* The patient ones go by themselves after a while. */
	if (r->hall->ether->now - r->since > 40000)
		tube_cut(r->tube);
	if (tube_over(r->tube)) {
		judge(r);
		tube_free(r->tube);
		r->tube = NULL;
	} else {
		act(r);
	}
}

void
rogue_finish(struct rogue *r)
{
	if (r->tube) {
		tube_cut(r->tube);
		tube_step(r->tube);
		tube_step(r->tube);
		tube_free(r->tube);
	}
	buf_finish(&r->heard);
}
