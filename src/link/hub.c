/*
 * All consoles of one session, seen from the host. It holds no line of the log:
 * what a guest lacks follows from its cursor, so that a guest which does not
 * listen costs its window and nothing more.
 */
#include "hub.h"

#include <assert.h>
#include <stdlib.h>

#include "dais/i18n.h"

static const struct hub_limits usual = {
	.hello_ms = 3000,
	.partial_ms = 10000,
	.stall_ms = 20000,
	.ping_ms = 2000,
	.dead_ms = 6000,
	.moment_ms = 5000,
	.window = 128 << 10,
	.before = 8 << 10,
	.rate = 20,
	.burst = 40,
	.seats = 8,
	.observers = 1024,
};

#define OR_USUAL(member) (l.member ? l.member : usual.member)

static struct hub_limits
limits_of(struct hub_limits l)
{
	return (struct hub_limits){
		.hello_ms = OR_USUAL(hello_ms),
		.partial_ms = OR_USUAL(partial_ms),
		.stall_ms = OR_USUAL(stall_ms),
		.ping_ms = OR_USUAL(ping_ms),
		.dead_ms = OR_USUAL(dead_ms),
		.moment_ms = OR_USUAL(moment_ms),
		.window = OR_USUAL(window),
		.before = OR_USUAL(before),
		.rate = OR_USUAL(rate),
		.burst = OR_USUAL(burst),
		.seats = OR_USUAL(seats),
		.observers = OR_USUAL(observers),
	};
}

bool
seat_sees_chairs(enum seat seat)
{
	return seat == SEAT_CHAIR || seat == SEAT_ONLINE_CHAIR;
}

bool
seat_writes(enum seat seat)
{
	return seat_sees_chairs(seat) || seat == SEAT_SCRIBE;
}

struct hub *
hub_create(const struct hub_calls *calls)
{
	struct hub *h = xcalloc(1, sizeof *h);
	h->calls = *calls;
	h->limits = limits_of(calls->limits);
	h->released[0] = h->released[1] = h->gate[0] = h->gate[1] = -1;
	h->here_version = 1;
	h->copies.stable[0] = h->copies.stable[1] = -1;
	h->here_at = EVENT_NO;
	h->due = EVENT_NO;
	return h;
}

void
hub_destroy(struct hub *h)
{
	if (!h)
		return;
	assert(h->n == 0);
	for (size_t i = 0; i < LINK_POSTS; i++)
		buf_finish(&h->posts[i].text);
	asked_finish(&h->asked);
	buf_finish(&h->log);
	free(h->guests);
	free(h->pending);
	free(h->self);
	buf_finish(&h->here);
	buf_finish(&h->out);
	free(h);
}

/* Which asks the log answers; also those of hosts before this one. */
static void
scan(struct hub *h, enum event_lane lane)
{
	struct sealed r;
	for (; h->scanned[lane] <= h->facts.synced[lane]; h->scanned[lane]++) {
		struct str line = h->calls.line(h->calls.ctx, lane, h->scanned[lane]);
		if (!line.n)
			return;
		if (!sealed_read(&r, line))
			continue;
		if (r.req.n)
			asked_set(&h->asked, r.req, lane, r.seq);
		if (r.req.n && r.more)
			h->scan_req[lane] = arena_str(&h->asked.arena, r.req);
		/* The last of a command is what its asker was told. */
		if (!r.more && h->scan_req[lane].n) {
			asked_set(&h->asked, h->scan_req[lane], lane, r.seq);
			h->scan_req[lane] = STR_NONE;
		}
	}
}

/*
 * Two logs reach the disk at their own times, but who sees both gets their
 * records in the order in which they were made: both as far as everything is
 * there that was queued at one moment.
 */
static void
release(struct hub *h)
{
	for (int round = 0; round < 2; round++) {
		for (int lane = 0; lane < 2; lane++)
			if (h->facts.synced[lane] < h->gate[lane])
				return;
		for (int lane = 0; lane < 2; lane++) {
			h->released[lane] = h->gate[lane];
			h->gate[lane] = h->facts.queued[lane];
		}
	}
}

int64_t
guest_head(const struct guest *g, enum event_lane lane)
{
	if (seat_sees_chairs(g->seat))
		return g->hub->released[lane];
	return lane == LANE_SESSION ? g->hub->facts.synced[lane] : -1;
}

void
hub_facts_take(struct hub *h)
{
	h->calls.facts(h->calls.ctx, &h->facts);
	scan(h, LANE_SESSION);
	scan(h, LANE_CHAIRS);
	release(h);
}

struct str
hub_log(struct hub *h)
{
	struct sealed r;
	if (!h->log.n && h->facts.synced[LANE_SESSION] >= 0 &&
		sealed_read(&r, h->calls.line(h->calls.ctx, LANE_SESSION, 0)))
		hash_text(&h->log, r.hash);
	return buf_view(&h->log);
}

void
guest_see(const struct guest *g, int64_t now, struct hub_seen *out)
{
	*out = (struct hub_seen){
		.guest = (struct guest *)(uintptr_t)g,
		.name = g->name,
		.from = g->from,
		.who = g->who,
		.seat = g->seat,
		.since = g->joined,
		.rtt_ms = g->rtt,
		.quiet = now - g->heard > QUIET_MS && g->paused == EVENT_NO,
		.typing = g->typing,
	};
}

void
hub_tell(struct hub *h, enum hub_news_kind kind, const struct guest *g, struct str why,
	int64_t epoch)
{
	struct hub_news n = {.kind = kind, .why = why, .epoch = epoch};
	guest_see(g, g->heard, &n.who);
	if (h->calls.news)
		h->calls.news(h->calls.ctx, &n);
}

void
hub_here_stale(struct hub *h)
{
	h->here_stale = true;
}

void
hub_pend(struct hub *h, struct guest *g, struct str id, enum event_lane lane, int64_t seq)
{
	for (size_t i = 0; i < h->pending_n; i++) {
		if (!str_eq(h->pending[i].id, id))
			continue;
		h->pending[i].guest->asks--;
		h->pending[i].guest = g;
		g->asks++;
		return;
	}
	struct pending p = {arena_str(&h->asked.arena, id), lane, seq, g};
	VEC_PUSH(h->pending, h->pending_n, h->pending_cap, p);
	g->asks++;
}

static void
answer_synced(struct hub *h)
{
	size_t kept = 0;
	for (size_t i = 0; i < h->pending_n; i++) {
		struct pending *p = &h->pending[i];
		if (h->facts.synced[p->lane] < p->seq) {
			h->pending[kept++] = *p;
		} else {
			p->guest->asks--;
			guest_answer(p->guest, p->id, p->lane, p->seq);
		}
	}
	h->pending_n = kept;
}

static struct str
keep_text(struct guest *g, struct str s)
{
	return s.p ? arena_str(&g->arena, s) : STR_NONE;
}

struct guest *
hub_open(struct hub *h, const struct wire *w, const struct hub_admit *admit, int64_t now)
{
	struct guest *g = xcalloc(1, sizeof *g);
	g->hub = h;
	g->wire = *w;
	g->seats = admit->seats;
	g->forced = keep_text(g, admit->name);
	g->from = keep_text(g, admit->from);
	g->who = keep_text(g, admit->who);
	g->fresh = keep_text(g, admit->fresh);
	g->kept = admit->kept;
	g->kept_ctx = admit->ctx;
	g->here = admit->here;
	g->held[0] = g->held[1] = -1;
	g->opened = g->heard = g->spoke = g->flowed = g->counted = now;
	g->tokens = h->limits.burst * 1000;
	g->partial = g->paused = g->ping_at = g->rtt = EVENT_NO;
	g->pinged = now;
	VEC_PUSH(h->guests, h->n, h->cap, g);
	return g;
}

void
hub_gone(struct guest *g)
{
	struct hub *h = g->hub;
	size_t kept = 0;
	for (size_t i = 0; i < h->pending_n; i++)
		if (h->pending[i].guest != g)
			h->pending[kept++] = h->pending[i];
	h->pending_n = kept;
	for (size_t i = 0; i < h->n; i++)
		if (h->guests[i] == g)
			h->guests[i] = h->guests[--h->n];
	if (g->state == GUEST_IN)
		hub_tell(h, HUB_LEFT, g, str_of(_("the line was lost")), EVENT_NO);
	hub_here_stale(h);
	frame_finish(&g->in);
	if (g->fresh.n)
		key_forget((void *)(uintptr_t)g->fresh.p, g->fresh.n);
	buf_finish(&g->words);
	arena_finish(&g->arena);
	free(g);
}

/* A copy outlives the line that told of it; but only one on a line will follow what comes. */
static void
count_copies(struct hub *h)
{
	struct hub_copies now = {.stable = {h->copies.stable[0], h->copies.stable[1]}};
	for (size_t i = 0; i < h->n; i++) {
		const struct guest *g = h->guests[i];
		now.live += g->state == GUEST_IN && g->held[LANE_SESSION] >= 0;
		for (int lane = 0; lane < 2; lane++)
			if (g->held[lane] > now.stable[lane])
				now.stable[lane] = g->held[lane];
	}
	if (now.live == h->copies.live && now.stable[0] == h->copies.stable[0] &&
		now.stable[1] == h->copies.stable[1])
		return;
	h->copies = now;
	h->copies_version++;
}

struct hub_copies
hub_copies(const struct hub *h)
{
	return h->copies;
}

static bool
catches_up(const struct guest *g)
{
	return g->state == GUEST_IN && !g->live;
}

/* They come after those that are live, with a bounded part of each turn, each in its time. */
static void
send_catching(struct hub *h, int64_t now)
{
	size_t sent = 0, n = h->n;
	for (size_t k = 0; k < n; k++) {
		size_t i = (h->first + k) % n;
		if (!catches_up(h->guests[i]))
			continue;
		if (sent >= CATCHING_BYTES) {
			h->guests[i]->more = true;
			h->first = i;
			return;
		}
		sent += guest_send(h->guests[i], now);
	}
}

void
hub_turn(struct hub *h, int64_t now)
{
	if (h->n == 0 && h->pending_n == 0)
		return;
	hub_facts_take(h);
	count_copies(h);
	answer_synced(h);
	/* Who would be pinged soon is so with the first of them: a thousand guests that are each
	 * pinged at a time of their own would be a thousand wakeups. */
	int64_t ping_by = now;
	for (size_t i = 0; i < h->n && ping_by == now; i++)
		if (guest_silent(h->guests[i], now))
			ping_by = now + h->limits.ping_ms / 2;
	for (size_t i = 0; i < h->n; i++)
		guest_watch(h->guests[i], now, ping_by);
	hub_here_build(h, now);
	for (size_t i = 0; i < h->n; i++)
		if (h->guests[i]->state != GUEST_LEAVING && !catches_up(h->guests[i]))
			guest_send(h->guests[i], now);
	send_catching(h, now);
}

int64_t
hub_deadline(const struct hub *h, int64_t now)
{
	int64_t due = h->here_stale && h->n ? now + HERE_MS : EVENT_NO;
	for (size_t i = 0; i < h->n; i++)
		if (h->guests[i]->more && h->guests[i]->state == GUEST_IN)
			return now;
	for (size_t i = 0; i < h->n; i++) {
		int64_t at = guest_due(h->guests[i], now);
		if (at != EVENT_NO && (due == EVENT_NO || at < due))
			due = at;
	}
	return due == EVENT_NO || due > now ? due : now;
}

void
hub_post(struct hub *h, size_t slot, unsigned seats, struct str text)
{
	assert(slot < LINK_POSTS && text.n <= LINK_POST_MAX);
	struct hub_post *p = &h->posts[slot];
	if (p->version > 0 && p->seats == seats && str_eq(buf_view(&p->text), text))
		return;
	buf_reset(&p->text);
	buf_str(&p->text, text);
	p->seats = seats;
	p->version++;
}

void
hub_self(struct hub *h, struct str name, bool typing)
{
	if (h->self && str_is(name, h->self) && h->self_typing == typing)
		return;
	free(h->self);
	h->self = str_dup(name);
	h->self_typing = typing;
	hub_here_stale(h);
}

size_t
hub_guests(const struct hub *h)
{
	return h->n;
}

bool
hub_guest(const struct hub *h, size_t i, int64_t now, struct hub_seen *out)
{
	guest_see(h->guests[i], now, out);
	return h->guests[i]->state == GUEST_IN;
}

void
hub_drop(struct guest *g, struct str code, struct str why)
{
	struct message m = message_make(MESSAGE_REFUSED);
	if (g->state == GUEST_LEAVING)
		return;
	m.text = code;
	m.why = why;
	guest_say(g, &m);
	guest_close(g, true);
}

void
hub_stop(struct hub *h, struct str why)
{
	struct message m = message_make(MESSAGE_BYE);
	m.text = why;
	for (size_t i = 0; i < h->n; i++) {
		if (h->guests[i]->state == GUEST_LEAVING)
			continue;
		guest_say(h->guests[i], &m);
		guest_close(h->guests[i], true);
	}
}
