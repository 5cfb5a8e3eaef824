/*
 * The life of a joined console: it dials, greets, catches up, is live, is cut
 * off, and dials again, with a pause that grows and that no two consoles share.
 * What it says about itself is what a person has to know.
 */
#include "spoke.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "dais/i18n.h"

/* splitmix64 */
static uint64_t
random_next(struct spoke *s)
{
	uint64_t z = (s->random += 0x9e3779b97f4a7c15u);
	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
	z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
	return z ^ (z >> 31);
}

void
spoke_changed(struct spoke *s)
{
	if (s->calls.changed)
		s->calls.changed(s->calls.ctx);
}

void
spoke_say(struct spoke *s, const struct message *m)
{
	if (s->wired && !s->closing)
		message_write(&s->words, m);
}

static void
flush(struct spoke *s, int64_t now)
{
	if (!s->wired || s->closing || s->words.n == 0)
		return;
	s->spoke = now;
	s->wire.send(s->wire.ctx, buf_view(&s->words));
	buf_reset(&s->words);
}

void
spoke_set(struct spoke *s, enum spoke_state state, int64_t now)
{
	s->state = state;
	s->since = now;
	if (state == SPOKE_LIVE) {
		s->was_live = true;
		s->tries = 0;
		buf_reset(&s->code);
		buf_reset(&s->why);
	}
	spoke_changed(s);
}

void
spoke_put(struct buf *b, struct str s)
{
	buf_reset(b);
	buf_str(b, s);
}

/* Of a command that did not come whole nothing is held. */
static void
unlink_wire(struct spoke *s, bool written)
{
	if (s->wired && !s->closing) {
		s->closing = true;
		s->in.broken = true;
		s->wire.close(s->wire.ctx, written);
	}
	for (int lane = 0; lane < 2; lane++) {
		buf_finish(&s->held[lane]);
		s->want[lane] = s->seq[lane] + 1;
		memcpy(s->chain[lane], s->hash[lane], sizeof s->hash[lane]);
	}
	buf_reset(&s->words);
	s->laned = false;
	s->rtt = s->ping_at = EVENT_NO;
	asks_again(s);
}

void
spoke_stop(struct spoke *s, enum spoke_state state, struct str code, struct str why, int64_t now)
{
	spoke_put(&s->code, code);
	spoke_put(&s->why, why);
	unlink_wire(s, true);
	s->dial_at = EVENT_NO;
	spoke_set(s, state, now);
}

static bool
is_over(const struct spoke *s)
{
	return s->state == SPOKE_REFUSED || s->state == SPOKE_DIVERGED || s->state == SPOKE_LEFT;
}

void
spoke_cut(struct spoke *s, struct str why, int64_t now)
{
	if (is_over(s))
		return;
	int64_t most = SPOKE_WAIT_MIN_MS;
	for (unsigned i = 0; i < s->tries && most < SPOKE_WAIT_MAX_MS; i++)
		most *= 2;
	most = most < SPOKE_WAIT_MAX_MS ? most : SPOKE_WAIT_MAX_MS;
	s->tries++;
	s->dial_at = now + (int64_t)(random_next(s) % (uint64_t)(most + 1));
	bool live = s->state == SPOKE_LIVE || s->state == SPOKE_CATCHING_UP;
	unlink_wire(s, false);
	spoke_put(&s->why, why);
	/* A cut began when the host was last heard, not when that was noticed. */
	if (live)
		spoke_set(s, SPOKE_CUT, s->heard);
	else
		spoke_changed(s);
}

struct spoke *
spoke_create(const struct spoke_start *start, const struct spoke_calls *calls, int64_t now)
{
	struct spoke *s = xcalloc(1, sizeof *s);
	s->calls = *calls;
	s->session = arena_str(&s->arena, start->session);
	s->wish = arena_str(&s->arena, start->name);
	s->console = arena_str(&s->arena, start->id);
	s->wished = s->seat = start->seat;
	s->random = s->secret = start->seed;
	s->epoch = start->epoch;
	for (int lane = 0; lane < 2; lane++) {
		s->seq[lane] = s->head[lane] = start->seq[lane];
		s->want[lane] = start->seq[lane] + 1;
		if (start->seq[lane] >= 0)
			memcpy(s->hash[lane], start->hash[lane], 32);
		memcpy(s->chain[lane], s->hash[lane], 32);
	}
	if (start->seq[LANE_SESSION] >= 0 || start->epoch > 0)
		hash_text(&s->log, start->log);
	for (int lane = 0; lane < 2; lane++)
		s->synced[lane] = s->claimed[lane] = s->stable[lane] = -1;
	s->state = SPOKE_CONNECTING;
	s->since = s->dial_at = s->heard = now;
	s->rtt = s->ping_at = s->clock = s->t = EVENT_NO;
	s->pace = 1;
	asks_load(s, start->outbox);
	return s;
}

void
spoke_destroy(struct spoke *s)
{
	if (!s)
		return;
	asks_finish(s);
	frame_finish(&s->in);
	for (int lane = 0; lane < 2; lane++)
		buf_finish(&s->held[lane]);
	for (size_t i = 0; i < LINK_POSTS; i++)
		buf_finish(&s->posts[i].text);
	buf_finish(&s->words);
	buf_finish(&s->code);
	buf_finish(&s->why);
	buf_finish(&s->sealed);
	buf_finish(&s->log);
	buf_finish(&s->welcomed);
	free(s->name);
	arena_finish(&s->here);
	arena_finish(&s->arena);
	free(s);
}

static void
hello(struct spoke *s)
{
	struct message m = message_make(MESSAGE_HELLO);
	struct buf hash[2] = {{0}, {0}};
	for (int lane = 0; lane < 2; lane++)
		hash_text(&hash[lane], s->hash[lane]);
	m.n = LINK_VERSION;
	m.session = s->session;
	m.seat = str_of(seat_text(s->wished));
	m.name = s->wish;
	m.id = s->console.n ? s->console : STR_NONE;
	m.log = s->log.n ? buf_view(&s->log) : STR_NONE;
	m.epoch = s->epoch;
	m.seq = s->seq[LANE_SESSION];
	m.chairs = s->seq[LANE_CHAIRS];
	m.hash = m.seq >= 0 ? buf_view(&hash[LANE_SESSION]) : STR_NONE;
	m.chairs_hash = m.chairs >= 0 ? buf_view(&hash[LANE_CHAIRS]) : STR_NONE;
	spoke_say(s, &m);
	buf_finish(&hash[LANE_SESSION]);
	buf_finish(&hash[LANE_CHAIRS]);
}

void
spoke_up(struct spoke *s, const struct wire *w, int64_t now)
{
	assert(!s->wired);
	s->wire = *w;
	s->wired = true;
	s->closing = s->dialing = false;
	frame_finish(&s->in);
	s->in = (struct frame){0};
	s->heard = s->spoke = s->pinged = now;
	if (is_over(s)) {
		unlink_wire(s, false);
		return;
	}
	hello(s);
	flush(s, now);
}

struct feeding {
	struct spoke *s;
	int64_t now;
};

static void
on_line(void *ctx, struct str line)
{
	struct feeding *f = ctx;
	spoke_line(f->s, line, f->now);
}

void
spoke_feed(struct spoke *s, struct str bytes, int64_t now)
{
	struct feeding f = {s, now};
	if (!s->wired || s->closing)
		return;
	s->heard = now;
	if (!frame_feed(&s->in, bytes, on_line, &f) && !s->closing)
		spoke_cut(s, str_of(_("the host does not speak our language")), now);
	asks_send(s, now);
	flush(s, now);
}

void
spoke_down(struct spoke *s, struct str code, struct str why, int64_t now)
{
	bool ours = s->closing;
	s->wired = s->dialing = s->closing = false;
	if (is_over(s))
		return;
	if (code.n)
		spoke_stop(s, SPOKE_REFUSED, code, why, now);
	else if (!ours)
		spoke_cut(s, why, now);
}

static bool
has_claim(const struct spoke *s)
{
	bool differs = s->synced[0] > s->claimed[0] || s->synced[1] > s->claimed[1];
	return s->state == SPOKE_LIVE && seat_sees_chairs(s->seat) && s->synced[0] >= 0 && differs;
}

/* Not for every record: the host hears a console so often. */
static void
claim(struct spoke *s, int64_t now)
{
	struct message m = message_make(MESSAGE_HELD);
	if (!has_claim(s) || now - s->claimed_at < SPOKE_HELD_MS)
		return;
	m.n = s->synced[LANE_SESSION];
	m.chairs = s->synced[LANE_CHAIRS];
	memcpy(s->claimed, s->synced, sizeof s->claimed);
	s->claimed_at = now;
	spoke_say(s, &m);
}

void
spoke_held(struct spoke *s, const int64_t synced[2], int64_t now)
{
	for (int lane = 0; lane < 2; lane++)
		s->synced[lane] = synced[lane] < s->seq[lane] ? synced[lane] : s->seq[lane];
	claim(s, now);
	flush(s, now);
}

static void
ping(struct spoke *s, int64_t now)
{
	struct message m = message_make(MESSAGE_PING);
	m.n = ++s->ping_n;
	s->pinged = s->ping_at = now;
	spoke_say(s, &m);
}

/* Until the host has spoken, a login may be under way that takes its time. */
static int64_t
patience(const struct spoke *s)
{
	bool in = s->state == SPOKE_LIVE || s->state == SPOKE_CATCHING_UP;
	return in ? SPOKE_DEAD_MS : SPOKE_GREET_MS;
}

void
spoke_turn(struct spoke *s, int64_t now)
{
	if (is_over(s))
		return;
	if (s->wired && !s->closing && now - s->heard >= patience(s))
		spoke_cut(s, str_of(_("nothing has come from the host")), now);
	if (!s->wired && !s->dialing && s->dial_at != EVENT_NO && now >= s->dial_at) {
		s->dialing = true;
		s->dial_at = EVENT_NO;
		s->calls.dial(s->calls.ctx);
	}
	bool live = s->state == SPOKE_LIVE || s->state == SPOKE_CATCHING_UP;
	if (s->wired && !s->closing && live && now - s->pinged >= SPOKE_PING_MS &&
		(now - s->heard >= SPOKE_PING_MS || now - s->spoke >= SPOKE_PING_MS))
		ping(s, now);
	claim(s, now);
	asks_send(s, now);
	flush(s, now);
}

int64_t
spoke_deadline(const struct spoke *s, int64_t now)
{
	if (is_over(s))
		return EVENT_NO;
	if (!s->wired)
		return s->dialing ? EVENT_NO : s->dial_at;
	if (s->closing)
		return EVENT_NO;
	bool in = s->state == SPOKE_LIVE || s->state == SPOKE_CATCHING_UP;
	int64_t idle = (s->heard < s->spoke ? s->heard : s->spoke) + SPOKE_PING_MS;
	int64_t due = s->pinged + SPOKE_PING_MS > idle ? s->pinged + SPOKE_PING_MS : idle;
	if (!in || s->heard + SPOKE_DEAD_MS < due)
		due = s->heard + patience(s);
	if (has_claim(s) && s->claimed_at + SPOKE_HELD_MS < due)
		due = s->claimed_at + SPOKE_HELD_MS;
	return due > now ? due : now;
}

void
spoke_typing(struct spoke *s, bool typing, int64_t now)
{
	struct message m = message_make(MESSAGE_TYPING);
	bool again = typing && now - s->typed >= SPOKE_TYPING_MS;
	if (s->state != SPOKE_LIVE || (typing == s->typing && !again))
		return;
	m.n = typing;
	s->typing = typing;
	s->typed = now;
	spoke_say(s, &m);
	flush(s, now);
}

void
spoke_redial(struct spoke *s, int64_t now)
{
	if (s->state == SPOKE_REFUSED)
		spoke_set(s, s->was_live ? SPOKE_CUT : SPOKE_CONNECTING, now);
	if (!s->wired && !s->dialing && !is_over(s))
		s->dial_at = now;
}

void
spoke_leave(struct spoke *s)
{
	struct message m = message_make(MESSAGE_BYE);
	m.text = STR("");
	if (s->state == SPOKE_LEFT)
		return;
	spoke_say(s, &m);
	flush(s, s->heard);
	spoke_stop(s, SPOKE_LEFT, STR_NONE, STR_NONE, s->heard);
}

void
spoke_look(const struct spoke *s, int64_t now, struct spoke_view *out)
{
	*out = (struct spoke_view){
		.state = s->state,
		.since = s->since,
		.code = buf_view(&s->code),
		.why = buf_view(&s->why),
		.name = s->name ? str_of(s->name) : s->wish,
		.seat = s->seat,
		.epoch = s->epoch,
		.rtt_ms = s->rtt,
		.t = s->t == EVENT_NO ? EVENT_NO : s->t + (now - s->clock_at) * s->pace,
		.pace = s->pace,
		.who = s->who,
		.who_n = s->who_n,
		.observers = s->observers,
		.copies = (size_t)s->copies,
	};
	for (int lane = 0; lane < 2; lane++) {
		out->seq[lane] = s->seq[lane];
		out->stable[lane] = s->stable[lane];
		out->head[lane] = s->head[lane] > s->seq[lane] ? s->head[lane] : s->seq[lane];
	}
	for (size_t i = 0; i < s->asks_n; i++) {
		/* What is recorded and only asked for again waits for nobody. */
		out->unsent += !s->asks[i].moment && !s->asks[i].sent && !s->asks[i].told;
		out->unanswered += !s->asks[i].answered && !s->asks[i].told;
		out->unheld += s->asks[i].logged;
	}
	for (size_t i = 0; i < LINK_POSTS; i++)
		out->posts[i] = buf_view(&s->posts[i].text);
}
