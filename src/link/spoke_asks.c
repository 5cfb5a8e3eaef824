/*
 * What this console asked for and what became of it. An ask keeps its id until
 * its end is known; a note until the log is on the disks of two machines so
 * far, where there are two: the host's may be the one that never comes back. So
 * it may be sent as often as it takes, and is done once.
 */
#include <stdlib.h>
#include <string.h>

#include "dais/i18n.h"
#include "key.h"
#include "spoke.h"

static void
ask_finish(struct spoke_ask *k)
{
	free(k->id);
	free(k->line);
}

static bool
under_way(const struct spoke_ask *k)
{
	return k->sent && !k->answered;
}

/* Only notes outlive the console. */
static void
outbox_save(struct spoke *s)
{
	buf_reset(&s->outbox);
	for (size_t i = 0; i < s->asks_n; i++) {
		const struct spoke_ask *k = &s->asks[i];
		struct message m = message_make(MESSAGE_ASK);
		if (k->moment)
			continue;
		m.text = str_of(k->id);
		m.line = str_of(k->line);
		m.typed = k->typed;
		message_write(&s->outbox, &m);
	}
	if (s->calls.outbox)
		s->calls.outbox(s->calls.ctx, buf_view(&s->outbox));
}

struct unpacking {
	outbox_ask_cb seen;
	void *ctx;
};

static void
unpack_line(void *ctx, struct str line)
{
	struct unpacking *u = ctx;
	struct arena a = {0};
	struct message m;
	if (message_read(&m, line, &a) && m.kind == MESSAGE_ASK && asked_valid(m.text) && m.line.p)
		u->seen(u->ctx, m.text, m.line, m.typed);
	arena_finish(&a);
}

void
outbox_each(struct str outbox, outbox_ask_cb seen, void *ctx)
{
	struct unpacking u = {seen, ctx};
	struct frame f = {0};
	frame_feed(&f, outbox, unpack_line, &u);
	frame_finish(&f);
}

static void
load(void *ctx, struct str id, struct str line, int64_t typed)
{
	struct spoke *s = ctx;
	struct spoke_ask k = {.id = str_dup(id),
		.line = str_dup(line),
		.waited = true,
		.made = EVENT_NO,
		.typed = typed};
	VEC_PUSH(s->asks, s->asks_n, s->asks_cap, k);
}

void
asks_load(struct spoke *s, struct str outbox)
{
	outbox_each(outbox, load, s);
}

void
asks_finish(struct spoke *s)
{
	for (size_t i = 0; i < s->asks_n; i++)
		ask_finish(&s->asks[i]);
	free(s->asks);
	buf_finish(&s->outbox);
}

static void
drop(struct spoke *s, size_t i)
{
	bool saved = !s->asks[i].moment;
	s->flying -= under_way(&s->asks[i]);
	ask_finish(&s->asks[i]);
	memmove(&s->asks[i], &s->asks[i + 1], (s->asks_n - i - 1) * sizeof *s->asks);
	s->asks_n--;
	if (saved)
		outbox_save(s);
}

static void
send(struct spoke *s, struct spoke_ask *k, int64_t now)
{
	struct message m = message_make(MESSAGE_ASK);
	(void)now;
	m.text = str_of(k->id);
	m.line = str_of(k->line);
	m.made = k->made;
	int64_t age = s->calls.wall(s->calls.ctx) - k->typed;
	if (k->late || (!k->moment && (k->waited || age > SPOKE_LATE_MS)))
		m.late = age > 0 ? age : 1;
	k->sent = true;
	s->flying++;
	spoke_say(s, &m);
}

void
asks_send(struct spoke *s, int64_t now)
{
	if (s->state != SPOKE_LIVE || !s->wired || s->closing)
		return;
	for (size_t i = 0; i < s->asks_n && s->flying < SPOKE_FLYING; i++)
		if (!s->asks[i].sent && !s->asks[i].answered)
			send(s, &s->asks[i], now);
}

void
asks_again(struct spoke *s)
{
	for (size_t i = 0; i < s->asks_n; i++) {
		if (!s->asks[i].moment)
			s->asks[i].answered = s->asks[i].logged = false;
		s->asks[i].sent = s->asks[i].answered;
		s->asks[i].waited = true;
	}
	s->flying = 0;
}

void
asks_epoch(struct spoke *s)
{
	for (size_t i = 0; i < s->asks_n; i++)
		s->asks[i].made = EVENT_NO;
}

static void
tell(struct spoke *s, const struct answer *a)
{
	if (s->calls.answer)
		s->calls.answer(s->calls.ctx, a);
	spoke_changed(s);
}

static bool
forgettable(const struct spoke *s, const struct spoke_ask *k)
{
	return k->logged && (k->moment || s->copies == 0 || s->stable[k->lane] >= k->seq);
}

void
asks_stable(struct spoke *s)
{
	/* Where the second machine falls behind, the oldest are let go rather than new ones refused. */
	size_t kept = 0, most = SPOKE_ASKS_MAX / 2, over = s->asks_n > most ? s->asks_n - most : 0;
	bool saved = false;
	for (size_t i = 0; i < s->asks_n; i++) {
		struct spoke_ask *k = &s->asks[i];
		if (!forgettable(s, k) && !(k->logged && over > 0)) {
			s->asks[kept++] = *k;
			continue;
		}
		over -= over > 0;
		saved = saved || !k->moment;
		ask_finish(k);
	}
	s->asks_n = kept;
	if (saved)
		outbox_save(s);
}

void
asks_answer(struct spoke *s, const struct message *m)
{
	size_t i = 0;
	while (i < s->asks_n && !str_is(m->text, s->asks[i].id))
		i++;
	if (i == s->asks_n || s->asks[i].answered)
		return;
	struct spoke_ask *k = &s->asks[i];
	struct answer a = {.id = m->text,
		.ok = !m->code.p,
		.seq = m->seq,
		.refused = m->code,
		.why = m->why,
		.column = m->column > 0 ? (int)m->column : 0};
	s->flying -= under_way(k);
	k->answered = true;
	bool known = lane_from(m->of, &k->lane);
	k->seq = m->seq;
	bool seen =
		!known ||
		(k->lane == LANE_CHAIRS && s->seat != SEAT_CHAIR && s->seat != SEAT_ONLINE_CHAIR) ||
		s->seq[k->lane] >= k->seq;
	bool told = k->told;
	k->told = true;
	k->logged = a.ok && seen;
	if (!a.ok || k->moment)
		drop(s, i);
	else
		asks_stable(s);
	/* Whoever hears of it may ask for the next thing at once. */
	if (!told)
		tell(s, &a);
}

void
asks_seen(struct spoke *s, enum event_lane lane, int64_t seq, struct str req)
{
	bool any = false;
	for (size_t i = 0; i < s->asks_n; i++) {
		struct spoke_ask *k = &s->asks[i];
		bool ours = req.n && str_is(req, k->id);
		if (!ours && !(k->answered && k->lane == lane && k->seq <= seq))
			continue;
		s->flying -= under_way(k);
		k->answered = k->logged = any = true;
		k->lane = lane;
		k->seq = ours ? seq : k->seq;
		bool told = k->told;
		k->told = true;
		if (!told)
			tell(s, &(struct answer){.id = str_of(k->id), .ok = true, .seq = seq});
	}
	if (any)
		asks_stable(s);
}

static enum refusal
refuse(struct refused *no, enum refusal code, const char *why)
{
	*no = (struct refused){.code = code, .why = why};
	return code;
}

static void
put_derived(struct buf *out, struct str key, uint64_t n)
{
	unsigned char bytes[32];
	struct buf info = {0};
	buf_printf(&info, "dais ask 1|%llu", (unsigned long long)n);
	key_derive(bytes, key, buf_view(&info));
	for (size_t i = 0; i < 8; i++)
		buf_printf(out, "%02x", bytes[i]);
	key_forget(bytes, sizeof bytes);
	buf_finish(&info);
}

/*
 * Whose it is and which one, both derived one way: the log shows ids to
 * everybody, and whoever knew the next one could ask it first, so that this
 * console would hear that it is done.
 */
static char *
id_new(struct spoke *s)
{
	struct buf id = {0};
	put_derived(&id, s->console, 0);
	buf_char(&id, '-');
	put_derived(&id, (struct str){(const char *)&s->secret, sizeof s->secret}, ++s->named);
	return id.p;
}

/* id: owned from now on, or freed where it is refused. */
static enum refusal
take(struct spoke *s, char *id, struct str line, int64_t typed, int64_t now, struct arena *a,
	struct refused *no)
{
	struct command c;
	bool live = s->state == SPOKE_LIVE;
	enum refusal code = command_parse(line, a, &c, no);
	bool moment = !code && command_rows()[c.verb].moment;
	/* Escaped, a byte takes at most six. */
	if (!code && line.n > EVENT_LINE_MAX / 6 - 256)
		code = refuse(no, REFUSAL_LIMIT, N_("this is too long"));
	if (!code && (s->state == SPOKE_LEFT || (moment && !live)))
		code = refuse(no, REFUSAL_STALE,
			N_("the line to the host is cut: only notes are kept until it is back"));
	if (!code && s->asks_n >= SPOKE_ASKS_MAX)
		code = refuse(no, REFUSAL_LIMIT, N_("too much of yours waits for the host"));
	if (code) {
		free(id);
		return code;
	}
	struct spoke_ask k = {.id = id,
		.line = str_dup(line),
		.moment = moment,
		.late = typed != EVENT_NO,
		.waited = !live,
		.made = live && s->clock != EVENT_NO ? s->clock + (now - s->clock_at) : EVENT_NO,
		.typed = typed != EVENT_NO ? typed : s->calls.wall(s->calls.ctx)};
	VEC_PUSH(s->asks, s->asks_n, s->asks_cap, k);
	/* It is on the disk before anybody is told of it. */
	if (!moment)
		outbox_save(s);
	spoke_changed(s);
	return REFUSAL_NONE;
}

enum refusal
spoke_ask(struct spoke *s, struct str line, int64_t now, struct str *id, struct arena *a,
	struct refused *no)
{
	char *own = id_new(s);
	enum refusal code = take(s, own, line, EVENT_NO, now, a, no);
	if (code)
		return code;
	*id = str_of(own);
	spoke_turn(s, now);
	return REFUSAL_NONE;
}

enum refusal
spoke_ask_late(struct spoke *s, struct str id, struct str line, int64_t typed, int64_t now,
	struct arena *a, struct refused *no)
{
	if (!asked_valid(id))
		return refuse(no, REFUSAL_BAD_ARGUMENT, N_("this line is not a request"));
	for (size_t i = 0; i < s->asks_n; i++)
		if (str_is(id, s->asks[i].id))
			return REFUSAL_NONE;
	enum refusal code = take(s, str_dup(id), line, typed, now, a, no);
	if (!code)
		spoke_turn(s, now);
	return code;
}
