/*
 * What goes to a guest: its own words first, then what it lacks of the log as
 * far as its window has room, then the latest of what is not in the log. One
 * write a turn.
 */
#include "hub.h"

#include "dais/i18n.h"

/* A few guests get on fast; a house full of such that do not listen costs no more than they. */
static size_t
window_of(const struct hub *h)
{
	size_t share = h->n ? WINDOWS_BYTES / h->n : WINDOWS_BYTES;
	share = share > WINDOW_LEAST ? share : WINDOW_LEAST;
	return share < h->limits.window ? share : h->limits.window;
}

static int64_t
time_of(struct hub *h, enum event_lane lane, int64_t seq)
{
	struct sealed r;
	return sealed_read(&r, h->calls.line(h->calls.ctx, lane, seq)) ? r.t : EVENT_NO;
}

/* Which lane goes on. Both are sent in the order of session time, the session's first. */
static bool
lane_next(struct guest *g, enum event_lane *lane)
{
	struct hub *h = g->hub;
	bool main_log = g->next[LANE_SESSION] <= guest_head(g, LANE_SESSION);
	bool chairs = g->next[LANE_CHAIRS] <= guest_head(g, LANE_CHAIRS);
	*lane = main_log ? LANE_SESSION : LANE_CHAIRS;
	if (main_log && chairs &&
		time_of(h, LANE_CHAIRS, g->next[LANE_CHAIRS]) <
			time_of(h, LANE_SESSION, g->next[LANE_SESSION]))
		*lane = LANE_CHAIRS;
	return main_log || chairs;
}

static void
put_lines(struct guest *g, struct buf *out, size_t room, bool idle)
{
	struct hub *h = g->hub;
	enum event_lane lane;
	while (out->n < room && lane_next(g, &lane)) {
		struct str line = h->calls.line(h->calls.ctx, lane, g->next[lane]);
		/* What cannot be read now is tried again when something else happens. */
		if (!line.n)
			return;
		/* A line that is longer than the window goes alone. */
		if (out->n + line.n >= room && (out->n || !idle))
			break;
		if (!g->laned || g->lane != lane) {
			struct message m = message_make(MESSAGE_LANE);
			m.text = lane_text(lane);
			message_write(out, &m);
			g->laned = true;
			g->lane = lane;
		}
		buf_str(out, line);
		buf_char(out, '\n');
		g->next[lane]++;
	}
	g->more = lane_next(g, &lane);
	if (!g->live && g->next[LANE_SESSION] > g->live_at[LANE_SESSION] &&
		g->next[LANE_CHAIRS] > g->live_at[LANE_CHAIRS] && out->n < room) {
		struct message m = message_make(MESSAGE_LIVE);
		m.n = g->live_at[LANE_SESSION] > 0 ? g->live_at[LANE_SESSION] : 0;
		message_write(out, &m);
		g->live = true;
	}
}

static void
put_latest(struct guest *g, struct buf *out, size_t room)
{
	struct hub *h = g->hub;
	for (size_t i = 0; i < LINK_POSTS && out->n < room; i++) {
		const struct hub_post *p = &h->posts[i];
		if (g->posts[i] == p->version || !(p->seats & (unsigned)g->seat))
			continue;
		struct message m = message_make(MESSAGE_POST);
		m.n = (int64_t)i;
		m.posted = p->text.n ? buf_view(&p->text) : STR("");
		message_write(out, &m);
		g->posts[i] = p->version;
	}
	if (seat_writes(g->seat) && g->who_is != h->here_built && out->n < room) {
		buf_str(out, buf_view(&h->here));
		g->who_is = h->here_built;
	}
	if (seat_writes(g->seat) && g->stable != h->copies_version && out->n < room) {
		struct message m = message_make(MESSAGE_STABLE);
		m.n = h->copies.stable[LANE_SESSION];
		m.chairs = h->copies.stable[LANE_CHAIRS];
		m.copies = (int64_t)h->copies.live;
		message_write(out, &m);
		g->stable = h->copies_version;
	}
}

size_t
guest_send(struct guest *g, int64_t now)
{
	struct hub *h = g->hub;
	size_t waiting = g->wire.waiting(g->wire.ctx), window = window_of(h);
	size_t room = waiting < window ? window - waiting : 0;
	g->more = false;
	/* Where there is none, the end of a write wakes the loop. */
	if (room == 0)
		return 0;
	buf_reset(&h->out);
	buf_str(&h->out, buf_view(&g->words));
	buf_reset(&g->words);
	if (g->state == GUEST_IN) {
		put_lines(g, &h->out, room, waiting == 0);
		put_latest(g, &h->out, room);
	}
	if (h->out.n == 0)
		return 0;
	g->spoke = now;
	g->wire.send(g->wire.ctx, buf_view(&h->out));
	if (g->fresh.n)
		key_forget(h->out.p, h->out.n);
	g->waited = g->wire.waiting(g->wire.ctx);
	if (waiting == 0)
		g->flowed = now;
	return h->out.n;
}

void
hub_here_build(struct hub *h, int64_t now)
{
	struct message m = message_make(MESSAGE_HERE);
	bool again = h->here_at == EVENT_NO || now - h->here_at >= HERE_AGAIN_MS;
	if (!again && (!h->here_stale || now - h->here_at < HERE_MS))
		return;
	struct arena a = {0};
	struct message_who *who = arena_alloc(&a, (h->n + 1) * sizeof *who);
	if (h->self)
		who[m.who_n++] = (struct message_who){str_of(h->self), STR("chair"), EVENT_NO,
			EVENT_NO, EVENT_NO, h->self_typing ? 1 : EVENT_NO};
	m.n = 0;
	for (size_t i = 0; i < h->n; i++) {
		const struct guest *g = h->guests[i];
		if (g->state != GUEST_IN)
			continue;
		m.n += g->seat == SEAT_OBSERVER;
		if (g->seat != SEAT_OBSERVER)
			who[m.who_n++] = (struct message_who){g->name, str_of(seat_text(g->seat)),
				now - g->joined, g->rtt, g->quiet ? 1 : EVENT_NO,
				g->typing ? 1 : EVENT_NO};
	}
	m.who = who;
	buf_reset(&h->here);
	message_write(&h->here, &m);
	arena_finish(&a);
	h->here_built = ++h->here_version;
	h->here_at = now;
	h->here_stale = false;
}
