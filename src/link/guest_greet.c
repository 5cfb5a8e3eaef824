/*
 * Who is let in, on which seat and under which name; and whether what it holds
 * is the beginning of this log.
 */
#include "hub.h"

#include <stdlib.h>
#include <string.h>

#include "dais/i18n.h"

static size_t
seated(const struct hub *h, enum seat seat)
{
	size_t n = 0;
	for (size_t i = 0; i < h->n; i++)
		n += h->guests[i]->state == GUEST_IN && h->guests[i]->seat == seat;
	return n;
}

/* 1 for the wish itself, N for WISH-N, 0 for what is no such name. */
static size_t
number_of(struct str wish, struct str name)
{
	int64_t n;
	if (str_eq(wish, name))
		return 1;
	if (!str_starts(name, wish) || name.p[wish.n] != '-' ||
		!str_int(str_from(name, wish.n + 1), &n) || n < 2 || name.p[wish.n + 1] == '0')
		return 0;
	return (size_t)n;
}

static void
mark(bool *taken, size_t most, size_t n)
{
	if (n <= most)
		taken[n] = true;
}

/* NAME, NAME-2 … among those who are here; the host's own names are nobody else's. */
static struct str
name_free(struct guest *g, struct str wish)
{
	struct hub *h = g->hub;
	struct buf name = {0};
	/* With a number behind it it is still a name; a character stays whole. */
	if (wish.n > EVENT_NAME_MAX - 8)
		for (wish.n = EVENT_NAME_MAX - 8; ((unsigned char)wish.p[wish.n] & 0xc0) == 0x80;)
			wish.n--;
	/* Of as many numbers and one more, one is free; a hall of a thousand has one name. */
	size_t free_n = 1, most = h->n + 3;
	bool *taken = xcalloc(most + 1, sizeof *taken);
	mark(taken, most, number_of(wish, STR("host")));
	if (h->self)
		mark(taken, most, number_of(wish, str_of(h->self)));
	for (size_t k = 0; k < h->n; k++)
		if (h->guests[k]->state == GUEST_IN)
			mark(taken, most, number_of(wish, h->guests[k]->name));
	while (taken[free_n])
		free_n++;
	free(taken);
	buf_str(&name, wish);
	if (free_n > 1)
		buf_printf(&name, "-%zu", free_n);
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
		/* Another seat is another console's. */
		if (old != g && old->state == GUEST_IN && same && old->seat == g->seat)
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
	m.log = hub_log(h);
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

/*
 * What it holds is the log of another session under the same name: no epoch of
 * that one says anything about this one. Nobody has to do anything; it begins
 * again by itself.
 */
static bool
is_another(struct guest *g, const struct message *m)
{
	struct str ours = hub_log(g->hub);
	return m->log.p && ours.n && !str_eq(m->log, ours);
}

static void
refuse_another(struct guest *g)
{
	struct message no = message_make(MESSAGE_REFUSED);
	no.text = STR("another");
	no.log = hub_log(g->hub);
	no.why = str_of(_("its copy is of another session of the same name"));
	guest_say(g, &no);
	guest_close(g, true);
}

void
guest_hello(struct guest *g, const struct message *m, int64_t now)
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
	} else if (is_another(g, m) && m->seq != EVENT_NO) {
		refuse_another(g);
	} else if (m->epoch > h->facts.epoch && !is_another(g, m)) {
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
void
guest_relay(struct guest *g, const struct message *m)
{
	enum seat seat = seat_from(m->seat);
	if (g->who.n || (m->seat.p && !seat)) {
		guest_refuse(g, HUB_REFUSED, "not-allowed", N_("that seat is not yours"));
		return;
	}
	if (seat)
		g->seats &= (unsigned)seat;
	g->here = false;
	if (name_valid(m->name))
		g->from = arena_str(&g->arena, m->name);
}
