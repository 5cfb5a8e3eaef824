/*
 * The host: one session with its two logs and its clock. A command is decided,
 * applied and queued here; when it is on the disk is the loop's matter, and
 * nobody is told before.
 */
#include <assert.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "dais/canon.h"
#include "dais/link.h"
#include "host.h"

/* A wall clock that was set by more than this is worth a word in the log. */
enum { CLOCK_STEP_MS = 2000 };

static void
changed(struct host *h)
{
	if (h->calls.changed)
		h->calls.changed(h->calls.ctx);
}

/* The time of day that goes into records: in a rehearsal the one that is played. */
void
host_wall_text(const struct host *h, struct buf *at)
{
	int64_t wall = clock_wall_ms();
	if (h->clock.factor > 1 && session_host(h->session))
		wall = session_wall(h->session, host_now(h));
	clock_iso(at, wall, clock_zone_min(wall));
}

/* Folds the events of one command and queues their records. */
void
host_take(struct host *h, const struct events *list)
{
	struct str *bodies[2];
	size_t n[2] = {0, 0};
	for (size_t lane = 0; lane < 2; lane++)
		bodies[lane] = xcalloc(list->n, sizeof *bodies[lane]);
	for (size_t i = 0; i < list->n; i++) {
		const struct event *e = &list->items[i];
		const char *why;
		int fits = session_apply(h->session, e, &why);
		assert(fits == 0); /* what was decided a moment ago */
		(void)fits;
		struct buf body = {0};
		event_encode(&body, e);
		bodies[e->lane][n[e->lane]++] = buf_view(&body);
	}
	for (size_t lane = 0; lane < 2; lane++) {
		if (n[lane] && h->log[lane])
			journal_append(h->log[lane], bodies[lane], n[lane]);
		for (size_t i = 0; i < n[lane]; i++)
			free((void *)(uintptr_t)bodies[lane][i].p);
		free(bodies[lane]);
	}
	changed(h);
}

/*
 * The epoch of a takeover: of a new round, however often the old host is started
 * again; and of a rank within it that is drawn, as two consoles that cannot see
 * each other may take over from the same host. When they meet, one is the later.
 */
static int64_t
takeover_epoch(int64_t epoch)
{
	enum { STARTS = 1000, RANKS = 1000000 }; /* of one host; in a round */
	const int64_t round = (int64_t)STARTS * RANKS;
	uint32_t drawn;
	key_random((unsigned char *)&drawn, sizeof drawn);
	return (epoch / round + 1) * round + (int64_t)(drawn % RANKS) * STARTS;
}

struct event
host_hosting(const struct host *h, const char *why)
{
	const struct event *last = session_host(h->session);
	struct event e = event_make(EVENT_SESSION_HOST);
	int64_t epoch = last ? last->host.epoch : 0;
	e.host.epoch = strcmp(why, "takeover") ? epoch + 1 : takeover_epoch(epoch);
	e.host.host = str_of(h->name);
	e.host.boot = str_of(h->boot);
	e.host.wall = clock_wall_ms();
	e.host.mono = clock_mono_ms();
	e.host.why = str_of(why);
	e.host.gap = h->gap > 0 ? h->gap : 0;
	e.host.torn = str_of(h->torn);
	e.host.zone = clock_zone_min(e.host.wall);
	return e;
}

void
host_say_hosting(struct host *h, const char *why, int64_t t)
{
	struct events list = {0};
	struct buf at = {0};
	struct event e = host_hosting(h, why);
	if (!strcmp(why, "clock")) {
		/* The same hosting goes on; only the hall's clock reads another time. */
		e.host.epoch--;
		e.host.torn = STR_NONE;
	}
	host_wall_text(h, &at);
	session_hosting(h->session, &list, &e, t, buf_view(&at), STR("host"));
	host_take(h, &list);
	events_finish(&list);
	buf_finish(&at);
}

void
host_close(struct host *h)
{
	if (!h)
		return;
	journal_close(h->log[LANE_SESSION]);
	journal_close(h->log[LANE_CHAIRS]);
	session_destroy(h->session);
	free(h->torn);
	free(h);
}

void
host_listen(struct host *h, const struct host_calls *calls)
{
	h->calls = *calls;
}

const struct session *
host_session(const struct host *h)
{
	return h->session;
}

int64_t
host_now(const struct host *h)
{
	int64_t t = clock_session(&h->clock, clock_mono_ms()), last = session_last_t(h->session);
	return t > last ? t : last;
}

int64_t
host_gap_ms(const struct host *h)
{
	return h->gap;
}

const char *
host_torn(const struct host *h)
{
	return h->torn;
}

int64_t
host_factor(const struct host *h)
{
	return h->clock.factor;
}

/* An ask of another console is known again by its id. */
static void
put_ask(struct events *list, const struct asker *who)
{
	struct buf extra = {0};
	struct canon_writer w = {&extra};
	if (!who->id.n)
		return;
	canon_key_str(&w, "req", who->id);
	if (who->late_ms > 0)
		canon_key_int(&w, "late", who->late_ms);
	list->items[0].extra = arena_str(&list->arena, buf_view(&extra));
	buf_finish(&extra);
}

/* Who merges the two logs has session time to go by: what is of the other log than the event before
 * must not be of the same moment. */
static bool
is_ambiguous(const struct host *h, const struct events *list)
{
	size_t n = session_event_count(h->session);
	return session_event_at(h->session, n - 1)->lane != list->items[0].lane &&
	       list->items[0].t == session_last_t(h->session);
}

enum refusal
host_command(struct host *h, const struct asker *who, struct str line, struct event_list words,
	struct arena *a, struct refused *no, enum event_lane *lane, int64_t *seq)
{
	struct command c;
	struct events list = {0};
	struct buf at = {0};
	enum refusal code = words.n ? command_parse_words(words.items, words.n, a, &c, no)
				    : command_parse(line, a, &c, no);
	if (code)
		return code;
	host_wall_text(h, &at);
	c.seat = who->seat;
	c.by = who->by;
	c.t = host_now(h);
	c.at = buf_view(&at);
	code = session_decide(h->session, &c, &list, no);
	if (!code && is_ambiguous(h, &list)) {
		events_finish(&list);
		list = (struct events){0};
		c.t++;
		code = session_decide(h->session, &c, &list, no);
	}
	if (code) {
		/* The sentence's parts live in the list that goes now. */
		for (size_t i = 0; i < no->n; i++)
			no->args[i] = arena_str(a, no->args[i]);
	} else {
		*lane = LANE_CHAIRS;
		for (size_t i = 0; i < list.n; i++)
			if (list.items[i].lane == LANE_SESSION || *lane == LANE_CHAIRS) {
				*lane = list.items[i].lane;
				*seq = list.items[i].seq;
			}
		put_ask(&list, who);
		host_take(h, &list);
	}
	events_finish(&list);
	buf_finish(&at);
	return code;
}

void
host_tick(struct host *h)
{
	struct events list = {0};
	struct buf at = {0};
	int64_t t = host_now(h), off = clock_wall_ms() - session_wall(h->session, t);
	if (session_closed(h->session))
		return;
	if (h->clock.factor == 1 && (off > CLOCK_STEP_MS || off < -CLOCK_STEP_MS)) {
		h->gap = 0;
		host_say_hosting(h, "clock", t);
	}
	host_wall_text(h, &at);
	session_tick(h->session, &list, t, buf_view(&at), STR("host"));
	if (list.n)
		host_take(h, &list);
	events_finish(&list);
	buf_finish(&at);
}

struct str
host_line(struct host *h, enum event_lane lane, int64_t seq)
{
	return journal_line(h->log[lane], seq);
}

int64_t
host_synced(const struct host *h, enum event_lane lane)
{
	return journal_synced(h->log[lane]);
}

bool
host_all_saved(const struct host *h)
{
	for (size_t lane = 0; lane < 2; lane++)
		if (journal_synced(h->log[lane]) + 1 < journal_next_seq(h->log[lane]))
			return false;
	return true;
}

int
host_trouble(const struct host *h)
{
	int error = journal_trouble(h->log[LANE_SESSION]);
	return error ? error : journal_trouble(h->log[LANE_CHAIRS]);
}

int64_t
host_retry_ms(const struct host *h, enum event_lane lane)
{
	return journal_retry_ms(h->log[lane]);
}

int
host_failovers(const struct host *h, const char **old)
{
	return journal_failovers(h->log[LANE_SESSION], old);
}

bool
host_begin(struct host *h, enum event_lane lane, struct host_commit *out)
{
	*out = (struct host_commit){.journal = h->log[lane], .batch = journal_begin(h->log[lane])};
	return out->batch != NULL;
}

void
host_settle(struct host *h, const struct host_commit *done)
{
	journal_settle(done->journal, done->batch, done->result);
	changed(h);
}

int
host_flush(struct host *h)
{
	int error = 0;
	for (size_t lane = 0; lane < 2; lane++) {
		/* A second try goes to a fresh file where the first one's sync failed. */
		for (int tries = 0; tries < 2; tries++) {
			struct host_commit c;
			while (host_begin(h, lane, &c)) {
				c.result = journal_commit(c.batch);
				host_settle(h, &c);
				if (c.result)
					break;
			}
		}
		if (journal_trouble(h->log[lane]))
			error = journal_trouble(h->log[lane]);
	}
	return error;
}

void
host_unsaved(const struct host *h, struct buf *out)
{
	for (size_t i = 0; i < session_event_count(h->session); i++) {
		const struct event *e = session_event_at(h->session, i);
		if (e->seq <= host_synced(h, e->lane))
			continue;
		buf_printf(out, "{\"seq\":%lld,", (long long)e->seq);
		event_encode(out, e);
		buf_puts(out, "}\n");
	}
}
