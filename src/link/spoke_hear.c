/*
 * What the host says. A record is taken only if it is the next one of its lane,
 * carries on the chain of hashes and would be sealed the same by us; those of
 * one command are taken together.
 */
#include "spoke.h"

#include <stdlib.h>
#include <string.h>

#include "dais/i18n.h"

static void
diverged(struct spoke *s, const char *why, int64_t now)
{
	spoke_stop(s, SPOKE_DIVERGED, STR("diverged"), str_of(_(why)), now);
}

static bool
verify(struct spoke *s, const struct sealed *r, struct str line)
{
	unsigned char *chain = s->chain[s->lane];
	if (r->body.n > SPOKE_BODY_MAX)
		return false;
	buf_reset(&s->sealed);
	s->calls.seal(&s->sealed, r->seq, r->safe, r->body, chain);
	return s->sealed.n == line.n + 1 && memcmp(s->sealed.p, line.p, line.n) == 0;
}

/* All lines of one command, one after the other. */
static bool
deliver(struct spoke *s, enum event_lane lane)
{
	struct sealed r;
	struct str rest = buf_view(&s->held[lane]), req = STR_NONE;
	while (rest.n) {
		const char *end = memchr(rest.p, '\n', rest.n);
		struct str line = str_upto(rest, (size_t)(end - rest.p));
		rest = str_from(rest, line.n + 1);
		if (!sealed_read(&r, line) ||
			!s->calls.line(s->calls.ctx, lane, r.seq, r.body, line))
			return false;
		if (r.req.n)
			req = r.req;
		if (lane == LANE_SESSION && r.seq == 0) {
			buf_reset(&s->log);
			hash_text(&s->log, r.hash);
		}
		if (s->welcomed.n && s->log.n && !str_eq(buf_view(&s->welcomed), buf_view(&s->log)))
			return false;
		s->seq[lane] = r.seq;
		memcpy(s->hash[lane], r.hash, sizeof r.hash);
	}
	if (s->seq[lane] > s->head[lane])
		s->head[lane] = s->seq[lane];
	asks_seen(s, lane, s->seq[lane], req);
	return true;
}

static void
take_record(struct spoke *s, struct str line, int64_t now)
{
	struct sealed r;
	enum event_lane lane = s->lane;
	if (!s->laned || !sealed_read(&r, line)) {
		spoke_cut(s, str_of(_("the host does not speak our language")), now);
		return;
	}
	if (r.seq < s->want[lane])
		return;
	if (r.seq > s->want[lane]) {
		spoke_cut(s, str_of(_("a record of the log is missing")), now);
		return;
	}
	if (!verify(s, &r, line)) {
		diverged(s, N_("the host's log does not carry on the copy that is held here"), now);
		return;
	}
	s->want[lane]++;
	buf_str(&s->held[lane], line);
	buf_char(&s->held[lane], '\n');
	if (s->held[lane].n > SPOKE_HELD_MAX) {
		diverged(s, N_("a command of the host does not come to its end"), now);
	} else if (!r.more) {
		bool fits = deliver(s, lane);
		buf_finish(&s->held[lane]);
		if (!fits)
			diverged(s, N_("a record of the host makes no sense here"), now);
		else
			spoke_changed(s);
	}
}

/* Epochs are counted in each log by itself, so this is looked at before them. */
static void
another(struct spoke *s, int64_t now)
{
	spoke_stop(s, SPOKE_DIVERGED, STR("another"),
		str_of(_("the host's log is another session's than the copy that is held here")),
		now);
}

static void
on_welcome(struct spoke *s, const struct message *m, int64_t now)
{
	if (m->n != LINK_VERSION || !seat_from(m->seat) || !name_valid(m->name)) {
		spoke_cut(s, str_of(_("the host does not speak our language")), now);
		return;
	}
	if (m->log.p && s->log.n && !str_eq(m->log, buf_view(&s->log))) {
		if (s->seq[LANE_SESSION] >= 0) {
			another(s, now);
			return;
		}
		/* Nothing is held of that one but a promise, which is none to this one. */
		buf_reset(&s->log);
		s->epoch = 0;
	}
	spoke_put(&s->welcomed, m->log);
	bool later = s->calls.promise && m->log.n == 64 &&
		     !s->calls.promise(s->calls.ctx, m->log, m->epoch);
	if (m->epoch < s->epoch || later) {
		spoke_stop(s, SPOKE_REFUSED, STR("old-host"),
			str_of(_("this host is an old one; somebody else has hosted the session "
				 "since")),
			now);
		return;
	}
	if (m->epoch > s->epoch)
		asks_epoch(s);
	s->epoch = m->epoch;
	s->seat = seat_from(m->seat);
	free(s->name);
	s->name = str_dup(m->name);
	s->claimed[0] = s->claimed[1] = -1;
	s->copies = 0;
	s->head[LANE_SESSION] = m->seq;
	s->head[LANE_CHAIRS] = m->chairs;
	spoke_set(s, SPOKE_CATCHING_UP, now);
}

/* A full queue or house may be empty again; anything else is for a person. */
static void
on_refused(struct spoke *s, const struct message *m, int64_t now)
{
	if (str_is(m->text, "limit"))
		spoke_cut(s, m->why, now);
	else if (str_is(m->text, "another") && m->log.p && s->log.n && !str_eq(m->log, buf_view(&s->log)))
		another(s, now);
	else if (str_is(m->text, "diverged"))
		spoke_stop(s, SPOKE_DIVERGED, m->text, m->why, now);
	else
		spoke_stop(s, SPOKE_REFUSED, m->text, m->why, now);
}

static void
on_ping(struct spoke *s, const struct message *m, int64_t now)
{
	struct message pong = message_make(MESSAGE_PONG);
	pong.n = m->n;
	spoke_say(s, &pong);
	if (m->now == EVENT_NO || m->t == EVENT_NO)
		return;
	s->clock = m->now;
	s->clock_at = now;
	s->t = m->t;
	s->pace = m->pace < 1 ? 1 : m->pace < SPOKE_PACE_MAX ? m->pace : SPOKE_PACE_MAX;
	spoke_changed(s);
}

static void
on_here(struct spoke *s, const struct message *m)
{
	struct arena a = {0};
	struct spoke_who *who = arena_alloc(&a, (m->who_n + 1) * sizeof *who);
	for (size_t i = 0; i < m->who_n; i++)
		who[i] = (struct spoke_who){
			.name = arena_str(&a, m->who[i].name),
			.seat = seat_from(m->who[i].seat),
			.since_ms = m->who[i].since,
			.rtt_ms = m->who[i].rtt,
			.quiet = m->who[i].quiet > 0,
			.typing = m->who[i].typing > 0,
		};
	arena_finish(&s->here);
	s->here = a;
	s->who = who;
	s->who_n = m->who_n;
	s->observers = m->n;
	spoke_changed(s);
}

static void
on_stable(struct spoke *s, const struct message *m)
{
	s->stable[LANE_SESSION] = m->n;
	s->stable[LANE_CHAIRS] = m->chairs;
	s->copies = m->copies > 0 ? m->copies : 0;
	asks_stable(s);
	spoke_changed(s);
}

static void
on_post(struct spoke *s, const struct message *m)
{
	if (m->n >= LINK_POSTS)
		return;
	buf_reset(&s->posts[m->n].text);
	buf_str(&s->posts[m->n].text, m->posted);
	spoke_changed(s);
}

static void
on_key(struct spoke *s, const struct message *m)
{
	struct message kept = message_make(MESSAGE_KEPT);
	unsigned char key[LINK_KEY_SIZE];
	kept.n = 1;
	if (key_read(m->text, key) && s->calls.key && s->calls.key(s->calls.ctx, m->text))
		spoke_say(s, &kept);
	key_forget(key, sizeof key);
}

static void
on_message(struct spoke *s, const struct message *m, int64_t now)
{
	bool in = s->state == SPOKE_LIVE || s->state == SPOKE_CATCHING_UP;
	if (m->kind == MESSAGE_REFUSED) {
		on_refused(s, m, now);
	} else if (m->kind == MESSAGE_BYE) {
		spoke_cut(s, m->text, now);
	} else if (m->kind == MESSAGE_WELCOME && !in) {
		on_welcome(s, m, now);
	} else if (!in) {
		spoke_cut(s, str_of(_("the host does not speak our language")), now);
	} else if (m->kind == MESSAGE_LANE) {
		s->laned = lane_from(m->text, &s->lane);
	} else if (m->kind == MESSAGE_LIVE) {
		spoke_set(s, SPOKE_LIVE, now);
	} else if (m->kind == MESSAGE_ANSWER) {
		asks_answer(s, m);
	} else if (m->kind == MESSAGE_PING) {
		on_ping(s, m, now);
	} else if (m->kind == MESSAGE_PONG) {
		if (m->n == s->ping_n && s->ping_at != EVENT_NO)
			s->rtt = now - s->ping_at;
		s->ping_at = EVENT_NO;
	} else if (m->kind == MESSAGE_HERE) {
		on_here(s, m);
	} else if (m->kind == MESSAGE_POST) {
		on_post(s, m);
	} else if (m->kind == MESSAGE_STABLE) {
		on_stable(s, m);
	} else if (m->kind == MESSAGE_KEY) {
		on_key(s, m);
	}
}

void
spoke_line(struct spoke *s, struct str line, int64_t now)
{
	struct arena a = {0};
	struct message m;
	bool in = s->state == SPOKE_LIVE || s->state == SPOKE_CATCHING_UP;
	if (sealed_is(line)) {
		if (in)
			take_record(s, line, now);
		else
			spoke_cut(s, str_of(_("the host does not speak our language")), now);
	} else if (message_read(&m, line, &a)) {
		on_message(s, &m, now);
	}
	/* A line of a later version that is none of ours means nothing. */
	if (s->closing)
		s->in.broken = true;
	arena_finish(&a);
}
