/* What src/app's host does, with a disk that is late and that a crash forgets. */
#include "hall.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "dais/journal.h"

static const char forum[] = "{\"title\":\"T\",\"people\":[{\"id\":\"a\",\"name\":\"张虎\"},{\"id\":"
			    "\"b\",\"name\":\"宋昌\"},"
			    "{\"id\":\"c\",\"name\":\"陈俊颖\",\"attending\":\"online\"}],"
			    "\"agenda\":[{\"kind\":\"point\",\"id\":\"p1\",\"duration\":600000}]}";
#define AT STR("2023-07-15T14:00:00+08:00")

static int64_t
hall_t(const struct hall *h)
{
	/* No two commands at one time: their order over both logs is that of t. */
	int64_t t = h->ether->now - h->began, last = session_last_t(h->session);
	return t > last || !session_event_count(h->session) ? t : last + 1;
}

static void
take(struct hall *h, struct events *list)
{
	for (size_t i = 0; i < list->n; i++) {
		const char *why = "";
		struct buf body = {0};
		struct hall_lane *l = &h->lanes[list->items[i].lane];
		if (session_apply(h->session, &list->items[i], &why)) {
			fprintf(stderr, "# apply: %s\n", why);
			abort();
		}
		event_encode(&body, &list->items[i]);
		/* Each disk is as late as it likes. */
		if (l->queued == 0)
			l->sync_at = h->ether->now + 1 + (int64_t)(ether_random(h->ether) % 60);
		VEC_PUSH(
			l->bodies, l->queued, l->queued_cap, arena_str(&h->arena, buf_view(&body)));
		buf_finish(&body);
	}
}

static void
sync_lane(struct hall *h, enum event_lane lane)
{
	struct hall_lane *l = &h->lanes[lane];
	int64_t safe = (int64_t)l->n;
	for (size_t i = 0; i < l->queued; i++) {
		struct buf line = {0};
		journal_seal(&line, (int64_t)l->n, safe, l->bodies[i], l->hash);
		VEC_PUSH(l->lines, l->n, l->cap,
			arena_str(&h->arena, str_upto(buf_view(&line), line.n - 1)));
		buf_finish(&line);
	}
	l->queued = 0;
}

static void
c_facts(void *ctx, struct hub_facts *out)
{
	struct hall *h = ctx;
	*out = (struct hub_facts){.epoch = h->epoch, .t = hall_t(h), .pace = 1};
	for (int i = 0; i < 2; i++) {
		out->synced[i] = (int64_t)h->lanes[i].n - 1;
		out->queued[i] = out->synced[i] + (int64_t)h->lanes[i].queued;
	}
}

static struct str
c_line(void *ctx, enum event_lane lane, int64_t seq)
{
	struct hall *h = ctx;
	assert(seq >= 0 && (size_t)seq < h->lanes[lane].n);
	return h->lanes[lane].lines[seq];
}

static void
c_command(void *ctx, const struct hub_ask *ask, struct hub_outcome *out)
{
	struct hall *h = ctx;
	struct arena a = {0};
	struct command c;
	struct refused no = {0};
	struct events list = {0};
	enum refusal code = command_parse(ask->line, &a, &c, &no);
	if (!code) {
		c.seat = ask->seat;
		c.by = ask->by;
		c.t = hall_t(h);
		c.at = AT;
		code = session_decide(h->session, &c, &list, &no);
	}
	buf_reset(&h->why);
	buf_puts(&h->why, no.why ? no.why : "");
	if (code) {
		out->code = str_of(refusal_text(code));
		out->why = buf_view(&h->why);
	} else {
		struct buf extra = {0};
		h->executed(h->ctx, ask);
		buf_puts(&extra, "\"req\":\"");
		buf_str(&extra, ask->id);
		buf_puts(&extra, "\"");
		if (ask->late_ms)
			buf_printf(&extra, ",\"late\":%lld", (long long)ask->late_ms);
		list.items[0].extra = arena_str(&a, buf_view(&extra));
		buf_finish(&extra);
		out->lane = list.items[list.n - 1].lane;
		out->seq = list.items[list.n - 1].seq;
		take(h, &list);
		h->done++;
	}
	events_finish(&list);
	arena_finish(&a);
}

void
hall_do(struct hall *h, struct str line)
{
	struct arena a = {0};
	struct command c;
	struct refused no = {0};
	struct events list = {0};
	enum refusal code = command_parse(line, &a, &c, &no);
	c.seat = SEAT_CHAIR;
	c.by = STR("chair");
	c.t = hall_t(h);
	c.at = AT;
	if (code || session_decide(h->session, &c, &list, &no)) {
		fprintf(stderr, "# %.*s: %s\n", STR_ARG(line), no.why);
		abort();
	}
	take(h, &list);
	events_finish(&list);
	arena_finish(&a);
}

static void
c_news(void *ctx, const struct hub_news *n)
{
	struct hall *h = ctx;
	h->joined += n->kind == HUB_JOINED;
	h->refused += n->kind == HUB_REFUSED || n->kind == HUB_DENIED;
	h->closed += n->kind == HUB_CLOSED;
	h->old += n->kind == HUB_OLD_EPOCH;
}

static void
host_begins(struct hall *h, const char *why)
{
	struct events list = {0};
	struct event e = event_make(EVENT_SESSION_HOST);
	e.host.epoch = ++h->epoch;
	e.host.host = STR("hall");
	e.host.boot = STR("boot");
	e.host.wall = 1689400800000 + h->ether->now;
	e.host.mono = h->ether->now;
	e.host.why = str_of(why);
	e.host.gap = 0;
	e.host.zone = 480;
	session_hosting(h->session, &list, &e, hall_t(h), AT, STR("host"));
	take(h, &list);
	events_finish(&list);
	h->hub = hub_create(&(struct hub_calls){h, c_facts, c_line, c_command, c_news, h->limits});
	h->hosts++;
}

static void
session_begins(struct hall *h)
{
	struct events list = {0};
	const char *why = "";
	char at[] = "2023-07-15T14:00:00+08:00";
	/* No two sessions begin in one second. */
	at[18] = (char)('0' + h->sessions++ % 10);
	h->began = h->ether->now;
	h->epoch = 0;
	h->session = session_create();
	if (!session_opening(&list, STR("sim"), str_of(forum), false, str_of(at), STR("host"),
		    &why)) {
		fprintf(stderr, "# opening: %s\n", why);
		abort();
	}
	take(h, &list);
	list.items[0].lane = LANE_CHAIRS;
	take(h, &(struct events){.items = list.items, .n = 1});
	events_finish(&list);
	host_begins(h, "start");
	for (int lane = 0; lane < 2; lane++)
		sync_lane(h, (enum event_lane)lane);
}

void
hall_open(struct hall *h, struct ether *e)
{
	h->ether = e;
	session_begins(h);
}

void
hall_step(struct hall *h)
{
	for (int lane = 0; lane < 2; lane++)
		if (h->lanes[lane].queued && h->ether->now >= h->lanes[lane].sync_at)
			sync_lane(h, (enum event_lane)lane);
	hub_turn(h->hub, h->ether->now);
}

bool
hall_synced(const struct hall *h)
{
	return h->lanes[0].queued == 0 && h->lanes[1].queued == 0;
}

bool
hall_apply(struct session *s, enum event_lane lane, int64_t seq, struct str body)
{
	struct arena a = {0};
	struct event e;
	const char *why = "";
	bool good = event_decode(&e, body, &a, &why);
	e.lane = lane;
	e.seq = seq;
	good = good && session_apply(s, &e, &why) == 0;
	if (!good)
		fprintf(stderr, "# %.*s: %s\n", STR_ARG(body), why);
	arena_finish(&a);
	return good;
}

static struct str
body_of(struct str line, int64_t *t)
{
	const char *at = memmem(line.p, line.n, "\"t\":", 4);
	const char *end = memmem(line.p, line.n, ",\"crc\":\"", 8);
	*t = strtoll(at + 4, NULL, 10);
	return (struct str){at, (size_t)(end - at)};
}

struct session *
fold_lines(const struct str *main_log, size_t n, const struct str *chairs, size_t chairs_n)
{
	struct session *s = session_create();
	size_t i = 0, k = 0;
	while (i < n || k < chairs_n) {
		int64_t ti = INT64_MAX, tk = INT64_MAX;
		struct str bi = i < n ? body_of(main_log[i], &ti) : STR_NONE;
		struct str bk = k < chairs_n ? body_of(chairs[k], &tk) : STR_NONE;
		bool first = i < n && ti <= tk;
		if (!hall_apply(s, first ? LANE_SESSION : LANE_CHAIRS, (int64_t)(first ? i++ : k++),
			    first ? bi : bk))
			abort();
	}
	return s;
}

struct session *
hall_fold(const struct hall *h, bool chairs)
{
	const struct hall_lane *l = h->lanes;
	return fold_lines(l[0].lines, l[0].n, l[1].lines, chairs ? l[1].n : 0);
}

void
hall_takeover(struct hall *h, const struct str *main_log, size_t n, const struct str *chairs,
	size_t chairs_n)
{
	const struct str *lines[] = {main_log, chairs};
	const size_t ns[] = {n, chairs_n};
	hub_destroy(h->hub);
	session_destroy(h->session);
	h->session = fold_lines(main_log, n, chairs, chairs_n);
	for (int lane = 0; lane < 2; lane++) {
		struct hall_lane *l = &h->lanes[lane];
		l->n = l->queued = 0;
		for (size_t i = 0; i < ns[lane]; i++)
			VEC_PUSH(l->lines, l->n, l->cap, arena_str(&h->arena, lines[lane][i]));
		record_hash(l->lines[l->n - 1], l->hash);
	}
	h->epoch = session_host(h->session)->host.epoch + 999;
	host_begins(h, "takeover");
}

void
hall_crash(struct hall *h)
{
	hub_destroy(h->hub);
	/* A chairs' record may have been faster than what it speaks of; the next host would refuse
	 * such logs. */
	sync_lane(h, LANE_SESSION);
	for (int lane = 0; lane < 2; lane++)
		h->lanes[lane].queued = 0;
	session_destroy(h->session);
	h->session = hall_fold(h, true);
	host_begins(h, "resume");
}

void
hall_renew(struct hall *h)
{
	hub_destroy(h->hub);
	session_destroy(h->session);
	for (int lane = 0; lane < 2; lane++) {
		h->lanes[lane].n = h->lanes[lane].queued = 0;
		memset(h->lanes[lane].hash, 0, sizeof h->lanes[lane].hash);
	}
	session_begins(h);
}

void
hall_finish(struct hall *h)
{
	hub_destroy(h->hub);
	session_destroy(h->session);
	for (int lane = 0; lane < 2; lane++) {
		free(h->lanes[lane].bodies);
		free(h->lanes[lane].lines);
	}
	buf_finish(&h->why);
	arena_finish(&h->arena);
}
