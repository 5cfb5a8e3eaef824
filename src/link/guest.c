/*
 * What one guest says, and what it may: the server decides from the seat that
 * it was given, never from what a line claims. Whoever breaks a limit gets one
 * sentence and is gone; the others do not notice.
 */
#include "hub.h"

#include "dais/i18n.h"

/* A year. */
#define LATE_MAX_MS (INT64_C(366) * 86400000)

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
		.late_ms = m->late < 0 ? 0 : m->late < LATE_MAX_MS ? m->late : LATE_MAX_MS};
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

/* What is not here cannot be there. */
static void
on_held(struct guest *g, const struct message *m)
{
	const int64_t said[2] = {m->n, m->chairs};
	if (!seat_sees_chairs(g->seat) || g->here)
		return;
	for (int lane = 0; lane < 2; lane++)
		if (said[lane] > g->held[lane] && said[lane] <= g->hub->facts.synced[lane])
			g->held[lane] = said[lane];
}

static void
on_message(struct guest *g, const struct message *m)
{
	struct message pong = message_make(MESSAGE_PONG);
	int64_t now = g->heard;
	bool in = g->state == GUEST_IN;
	if (m->kind == MESSAGE_HELLO && !in) {
		guest_hello(g, m, now);
	} else if (m->kind == MESSAGE_RELAY && !in && g->lines == 1) {
		guest_relay(g, m);
	} else if (m->kind == MESSAGE_ASK && in) {
		on_ask(g, m);
	} else if (m->kind == MESSAGE_PING && in) {
		pong.n = m->n;
		guest_say(g, &pong);
	} else if (m->kind == MESSAGE_PONG && in) {
		on_pong(g, m, now);
	} else if (m->kind == MESSAGE_TYPING && in) {
		on_typing(g, m, now);
	} else if (m->kind == MESSAGE_HELD && in) {
		on_held(g, m);
	} else if (m->kind == MESSAGE_KEPT && in) {
		if (g->kept && g->fresh.n)
			g->kept(g->kept_ctx, g->who, g->name);
		key_forget((void *)(uintptr_t)g->fresh.p, g->fresh.n);
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
	/* What is long costs more to read. */
	g->tokens -= 1000 + (int64_t)(line.n / LINE_SHARE) * 1000;
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

bool
guest_silent(const struct guest *g, int64_t now)
{
	int64_t ms = g->hub->limits.ping_ms;
	return g->state == GUEST_IN && now - g->pinged >= ms &&
	       (now - g->heard >= ms || now - g->spoke >= ms || g->rtt == EVENT_NO);
}

void
guest_watch(struct guest *g, int64_t now, int64_t ping_by)
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
	} else if (guest_silent(g, ping_by)) {
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
