/*
 * What one guest says, and what it may: the server decides from the seat that
 * it was given, never from what a line claims. Whoever breaks a limit gets one
 * sentence and is gone; the others do not notice.
 */
#include "hub.h"

#include <string.h>

#include "dais/i18n.h"

void
guest_say(struct guest *g, const struct message *m)
{
	if (g->state != GUEST_LEAVING)
		message_write(&g->words, m);
}

void
guest_close(struct guest *g, bool written)
{
	if (g->state == GUEST_LEAVING)
		return;
	if (written && g->words.n)
		g->wire.send(g->wire.ctx, buf_view(&g->words));
	if (g->state == GUEST_IN)
		hub_here_stale(g->hub);
	g->state = GUEST_LEAVING;
	g->in.broken = true;
	buf_finish(&g->words);
	g->wire.close(g->wire.ctx, written);
}

void
guest_refuse(struct guest *g, enum hub_news_kind kind, const char *code, const char *why)
{
	if (g->state == GUEST_LEAVING)
		return;
	hub_tell(g->hub, kind, g, str_of(_(why)), EVENT_NO);
	hub_drop(g, str_of(code), str_of(_(why)));
}

void
guest_answer(struct guest *g, struct str id, enum event_lane lane, int64_t seq)
{
	struct message m = message_make(MESSAGE_ANSWER);
	m.text = id;
	m.seq = seq;
	m.of = lane_text(lane);
	guest_say(g, &m);
}

static void
answer_no(struct guest *g, struct str id, const char *code, struct str why, int column)
{
	struct message m = message_make(MESSAGE_ANSWER);
	m.text = id;
	m.code = str_of(code);
	m.why = why;
	if (column > 0)
		m.column = column;
	guest_say(g, &m);
}

/* 0 if the line cannot be read as a command; the deciding one will say why. */
static bool
bound_to_moment(struct str line)
{
	struct arena a = {0};
	struct command c;
	struct refused no;
	bool moment =
		command_parse(line, &a, &c, &no) == REFUSAL_NONE && command_rows()[c.verb].moment;
	arena_finish(&a);
	return moment;
}

/* By our clock, which it only estimates; a time to come is that of another clock. */
static bool
in_time(const struct guest *g, int64_t made)
{
	int64_t age = g->heard - made;
	return made != EVENT_NO && age <= g->hub->limits.moment_ms && age >= -AHEAD_MS;
}

static void
decide(struct guest *g, const struct message *m)
{
	struct hub *h = g->hub;
	struct hub_outcome out = {.seq = EVENT_NO};
	struct hub_ask ask = {.from = g,
		.seat = g->seat,
		.by = g->name,
		.id = m->text,
		.line = m->line,
		.late_ms = m->late > 0 ? m->late : 0};
	h->calls.command(h->calls.ctx, &ask, &out);
	if (out.code.p) {
		struct message no = message_make(MESSAGE_ANSWER);
		no.text = m->text;
		no.code = out.code;
		no.why = out.why;
		if (out.column > 0)
			no.column = out.column;
		guest_say(g, &no);
		return;
	}
	asked_set(&h->asked, m->text, out.lane, out.seq);
	hub_pend(h, g, m->text, out.lane, out.seq);
}

static void
on_ask(struct guest *g, const struct message *m)
{
	struct hub *h = g->hub;
	enum event_lane lane;
	int64_t seq;
	if (!asked_valid(m->text) || !m->line.p) {
		guest_refuse(g, HUB_CLOSED, "bad-argument", N_("this line is not a request"));
		return;
	}
	hub_facts_take(h);
	if (asked_find(&h->asked, m->text, &lane, &seq)) {
		if (seq <= h->facts.synced[lane])
			guest_answer(g, m->text, lane, seq);
		else
			hub_pend(h, g, m->text, lane, seq);
	} else if (!seat_writes(g->seat)) {
		if (!g->denied)
			hub_tell(h, HUB_DENIED, g, str_of(_("this seat only looks on")), EVENT_NO);
		g->denied = true;
		answer_no(g, m->text, refusal_text(REFUSAL_NOT_ALLOWED),
			str_of(_("this seat only looks on")), 0);
	} else if (g->asks >= GUEST_ASKS_MAX) {
		answer_no(g, m->text, refusal_text(REFUSAL_LIMIT),
			str_of(_("too much of yours waits to be saved")), 0);
	} else if (bound_to_moment(m->line) && !in_time(g, m->made)) {
		answer_no(g, m->text, refusal_text(REFUSAL_STALE),
			str_of(_("this came too late; nothing was done")), 0);
	} else {
		decide(g, m);
	}
}

static size_t
seated(const struct hub *h, enum seat seat)
{
	size_t n = 0;
	for (size_t i = 0; i < h->n; i++)
		n += h->guests[i]->state == GUEST_IN && h->guests[i]->seat == seat;
	return n;
}

/* NAME, NAME-2 … among those who are here; the host's own names are nobody else's. */
static struct str
name_free(struct guest *g, struct str wish)
{
	struct hub *h = g->hub;
	struct buf name = {0};
	for (int i = 1;; i++) {
		buf_reset(&name);
		buf_str(&name, wish);
		if (i > 1)
			buf_printf(&name, "-%d", i);
		bool taken = str_is(buf_view(&name), "host") ||
			     (h->self && str_is(buf_view(&name), h->self));
		for (size_t k = 0; k < h->n && !taken; k++)
			taken = h->guests[k]->state == GUEST_IN &&
				str_eq(h->guests[k]->name, buf_view(&name));
		if (!taken)
			break;
	}
	struct str found = arena_str(&g->arena, buf_view(&name));
	buf_finish(&name);
	return found;
}

/* True if what the console holds of a lane is the beginning of ours. */
static bool
same_log(struct guest *g, enum event_lane lane, int64_t seq, struct str hash)
{
	struct hub *h = g->hub;
	unsigned char said[32];
	struct sealed ours;
	g->next[lane] = seq + 1;
	if (seq == EVENT_NO)
		return true;
	return seq <= h->facts.synced[lane] && hash_read(hash, said) &&
	       sealed_read(&ours, h->calls.line(h->calls.ctx, lane, seq)) &&
	       memcmp(said, ours.hash, sizeof said) == 0;
}

/* A console that comes again takes the place of its old link, which may not know yet that it is
 * dead. */
static void
replace(struct guest *g)
{
	struct hub *h = g->hub;
	for (size_t i = 0; i < h->n; i++) {
		struct guest *old = h->guests[i];
		bool same =
			g->who.n ? str_eq(old->who, g->who)
				 : !old->who.n && g->console.n && str_eq(old->console, g->console);
		if (old != g && old->state == GUEST_IN && same)
			hub_drop(old, STR("replaced"),
				str_of(_("this console has connected again")));
	}
}

static void
welcome(struct guest *g, int64_t now)
{
	struct hub *h = g->hub;
	struct message m = message_make(MESSAGE_WELCOME);
	g->state = GUEST_IN;
	g->joined = now;
	for (int lane = 0; lane < 2; lane++)
		g->live_at[lane] = guest_head(g, (enum event_lane)lane);
	m.n = LINK_VERSION;
	m.seat = str_of(seat_text(g->seat));
	m.name = g->name;
	m.epoch = h->facts.epoch;
	m.seq = g->live_at[LANE_SESSION];
	m.chairs = g->live_at[LANE_CHAIRS];
	guest_say(g, &m);
	if (g->fresh.n) {
		struct message key = message_make(MESSAGE_KEY);
		key.text = g->fresh;
		guest_say(g, &key);
	}
	/* The clock is known before anything is asked. */
	g->pinged = now - h->limits.ping_ms;
	hub_here_stale(h);
	hub_tell(h, HUB_JOINED, g, STR_NONE, EVENT_NO);
}

static void
on_hello(struct guest *g, const struct message *m, int64_t now)
{
	struct hub *h = g->hub;
	enum seat seat = seat_from(m->seat);
	struct str name = g->forced.n ? g->forced : m->name;
	hub_facts_take(h);
	g->seat = seat;
	g->name = name_valid(name) ? arena_str(&g->arena, name) : STR_NONE;
	if (m->n != LINK_VERSION) {
		guest_refuse(g, HUB_REFUSED, "version",
			N_("this host speaks another version of the protocol"));
	} else if (!seat || !(g->seats & (unsigned)seat)) {
		guest_refuse(g, HUB_REFUSED, "not-allowed", N_("that seat is not yours"));
	} else if (!g->name.n || (m->id.p && !asked_valid(m->id))) {
		guest_refuse(g, HUB_REFUSED, "bad-argument", N_("that name is none"));
	} else if (m->epoch > h->facts.epoch) {
		hub_tell(h, HUB_OLD_EPOCH, g, STR_NONE, m->epoch);
		hub_drop(g, STR("old-host"),
			str_of(_("somebody else has hosted this session since; this host is an old "
				 "one")));
	} else if (!same_log(g, LANE_SESSION, m->seq, m->hash) ||
		   (seat_sees_chairs(seat) &&
			   !same_log(g, LANE_CHAIRS, m->chairs, m->chairs_hash))) {
		guest_refuse(g, HUB_REFUSED, "diverged",
			N_("its copy of the log is not the beginning of this log"));
	} else {
		g->console = m->id.p ? arena_str(&g->arena, m->id) : STR_NONE;
		replace(g);
		if (seated(h, seat) >=
			(seat == SEAT_OBSERVER ? h->limits.observers : h->limits.seats)) {
			guest_refuse(g, HUB_REFUSED, "limit", N_("too many have that seat"));
			return;
		}
		g->name = name_free(g, g->name);
		welcome(g, now);
	}
}

/* The relay is started by who may take any seat, and gives away a smaller one. */
static void
on_relay(struct guest *g, const struct message *m)
{
	enum seat seat = seat_from(m->seat);
	if (g->who.n || (m->seat.p && !seat)) {
		guest_refuse(g, HUB_REFUSED, "not-allowed", N_("that seat is not yours"));
		return;
	}
	if (seat)
		g->seats &= (unsigned)seat;
	if (name_valid(m->name))
		g->from = arena_str(&g->arena, m->name);
}

static void
on_pong(struct guest *g, const struct message *m, int64_t now)
{
	if (m->n == g->ping_n && g->ping_at != EVENT_NO) {
		g->rtt = now - g->ping_at;
		g->ping_at = EVENT_NO;
	}
}

static void
on_typing(struct guest *g, const struct message *m, int64_t now)
{
	bool typing = m->n > 0 && seat_writes(g->seat);
	if (typing != g->typing)
		hub_here_stale(g->hub);
	g->typing = typing;
	g->typed = now;
}

static void
on_message(struct guest *g, const struct message *m)
{
	struct message pong = message_make(MESSAGE_PONG);
	int64_t now = g->heard;
	bool in = g->state == GUEST_IN;
	if (m->kind == MESSAGE_HELLO && !in) {
		on_hello(g, m, now);
	} else if (m->kind == MESSAGE_RELAY && !in && g->lines == 1) {
		on_relay(g, m);
	} else if (m->kind == MESSAGE_ASK && in) {
		on_ask(g, m);
	} else if (m->kind == MESSAGE_PING && in) {
		pong.n = m->n;
		guest_say(g, &pong);
	} else if (m->kind == MESSAGE_PONG && in) {
		on_pong(g, m, now);
	} else if (m->kind == MESSAGE_TYPING && in) {
		on_typing(g, m, now);
	} else if (m->kind == MESSAGE_KEPT && in) {
		if (g->kept && g->fresh.n)
			g->kept(g->kept_ctx, g->who, g->name);
		g->fresh = STR_NONE;
	} else if (m->kind == MESSAGE_BYE) {
		if (in)
			hub_tell(g->hub, HUB_LEFT, g, m->text, EVENT_NO);
		guest_close(g, false);
	} else {
		guest_refuse(g, in ? HUB_CLOSED : HUB_REFUSED, "bad-argument",
			N_("a console does not say that here"));
	}
}

static void
on_line(void *ctx, struct str line)
{
	struct guest *g = ctx;
	struct arena a = {0};
	struct message m;
	g->lines++;
	g->tokens -= 1000;
	if (message_read(&m, line, &a))
		on_message(g, &m);
	else
		guest_refuse(g, g->state == GUEST_IN ? HUB_CLOSED : HUB_REFUSED, "bad-argument",
			N_("this line is not one of the protocol"));
	if (g->words.n > GUEST_WORDS_MAX)
		guest_refuse(g, HUB_CLOSED, "limit", N_("it does not listen"));
	arena_finish(&a);
}

static void
count(struct guest *g, int64_t now)
{
	const struct hub_limits *l = &g->hub->limits;
	int64_t past = now - g->counted;
	g->tokens += (past < 3600000 ? past : 3600000) * l->rate;
	if (g->tokens > l->burst * 1000)
		g->tokens = l->burst * 1000;
	g->counted = now;
}

void
hub_feed(struct guest *g, struct str bytes, int64_t now)
{
	const struct hub_limits *l = &g->hub->limits;
	int64_t lines = g->lines;
	if (g->state == GUEST_LEAVING)
		return;
	g->heard = now;
	count(g, now);
	if (g->state == GUEST_NEW && (g->before += bytes.n) > l->before) {
		guest_refuse(g, HUB_REFUSED, "limit", N_("too much came before a greeting"));
		return;
	}
	bool good = frame_feed(&g->in, bytes, on_line, g);
	if (g->state == GUEST_LEAVING)
		return;
	if (!good) {
		guest_refuse(
			g, HUB_CLOSED, "bad-argument", N_("this line is too long or not UTF-8"));
		return;
	}
	if (g->in.held.n == 0)
		g->partial = EVENT_NO;
	else if (g->partial == EVENT_NO || g->lines != lines)
		g->partial = now;
	if (g->tokens < 0 && g->paused == EVENT_NO) {
		g->paused = now + (-g->tokens + l->rate - 1) / l->rate + 1;
		g->wire.listen(g->wire.ctx, false);
	}
}

static void
ping(struct guest *g, int64_t now)
{
	struct hub *h = g->hub;
	struct message m = message_make(MESSAGE_PING);
	m.n = ++g->ping_n;
	m.now = now;
	m.t = h->facts.t;
	m.pace = h->facts.pace;
	guest_say(g, &m);
	g->pinged = now;
	g->ping_at = now;
}

static void
resume(struct guest *g, int64_t now)
{
	g->paused = EVENT_NO;
	/* We did not listen, so nothing that it did not say counts. */
	g->heard = now;
	if (g->partial != EVENT_NO)
		g->partial = now;
	g->wire.listen(g->wire.ctx, true);
}

void
guest_watch(struct guest *g, int64_t now)
{
	const struct hub_limits *l = &g->hub->limits;
	if (g->state == GUEST_LEAVING)
		return;
	size_t waiting = g->wire.waiting(g->wire.ctx);
	if (waiting < g->waited || waiting == 0)
		g->flowed = now;
	g->waited = waiting;
	if (g->paused != EVENT_NO && now >= g->paused)
		resume(g, now);
	if (g->state == GUEST_NEW && now - g->opened >= l->hello_ms) {
		guest_refuse(g, HUB_REFUSED, "limit", N_("no greeting came"));
	} else if (waiting && now - g->flowed >= l->stall_ms) {
		hub_tell(g->hub, HUB_CLOSED, g, str_of(_("it does not listen")), EVENT_NO);
		guest_close(g, false);
	} else if (g->paused == EVENT_NO && g->state == GUEST_IN && now - g->heard >= l->dead_ms) {
		hub_tell(g->hub, HUB_CLOSED, g, str_of(_("nothing has come from it")), EVENT_NO);
		guest_close(g, false);
	} else if (g->paused == EVENT_NO && g->partial != EVENT_NO &&
		   now - g->partial >= l->partial_ms) {
		guest_refuse(g, HUB_CLOSED, "limit", N_("a line did not come to its end"));
	} else if (g->state == GUEST_IN && now - g->pinged >= l->ping_ms &&
		   (now - g->heard >= l->ping_ms || now - g->spoke >= l->ping_ms ||
			   g->rtt == EVENT_NO)) {
		ping(g, now);
	}
	if (g->typing && now - g->typed >= TYPING_MS) {
		g->typing = false;
		hub_here_stale(g->hub);
	}
	bool quiet = now - g->heard > QUIET_MS && g->paused == EVENT_NO;
	if (quiet != g->quiet)
		hub_here_stale(g->hub);
	g->quiet = quiet;
}

int64_t
guest_due(const struct guest *g, int64_t now)
{
	const struct hub_limits *l = &g->hub->limits;
	if (g->state == GUEST_LEAVING)
		return EVENT_NO;
	if (g->state == GUEST_NEW)
		return g->opened + l->hello_ms;
	int64_t due = g->pinged + l->ping_ms;
	if (due <= now)
		due = g->heard + l->ping_ms < g->spoke + l->ping_ms ? g->heard + l->ping_ms
								    : g->spoke + l->ping_ms;
	if (g->paused != EVENT_NO && g->paused < due)
		due = g->paused;
	if (g->paused == EVENT_NO && g->heard + l->dead_ms < due)
		due = g->heard + l->dead_ms;
	return due;
}
