/* It keeps what it was told to keep, and nothing else survives its crash. */
#include "desk.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "dais/journal.h"

struct seat_at_hub { /* the hub's end of a tube */
	struct guest *guest;
	struct ether *ether;
};

static void
g_bytes(void *owner, struct str bytes)
{
	struct seat_at_hub *x = owner;
	hub_feed(x->guest, bytes, x->ether->now);
}

static void
g_down(void *owner)
{
	struct seat_at_hub *x = owner;
	hub_gone(x->guest);
	free(x);
}

static void
d_bytes(void *owner, struct str bytes)
{
	struct desk *d = owner;
	if (d->spoke)
		spoke_feed(d->spoke, bytes, d->ether->now);
}

void
desk_down(void *owner)
{
	struct desk *d = owner;
	if (d->spoke)
		spoke_down(d->spoke, STR(""), STR("the line was lost"), d->ether->now);
}

static int64_t
c_wall(void *ctx)
{
	struct desk *d = ctx;
	return 1689400800000 + d->ether->now;
}

static void
c_dial(void *ctx)
{
	struct desk *d = ctx;
	d->wants = true;
	d->dial_at = d->ether->now + (int64_t)(ether_random(d->ether) % 60);
}

static bool
c_line(void *ctx, enum event_lane lane, int64_t seq, struct str body, struct str line)
{
	struct desk *d = ctx;
	assert((size_t)seq == d->n[lane]);
	VEC_PUSH(d->lines[lane], d->n[lane], d->cap[lane], arena_str(&d->arena, line));
	if (!record_hash(line, d->hash[lane]))
		return false;
	return hall_apply(d->session, lane, seq, body);
}

static void
c_answer(void *ctx, const struct answer *a)
{
	struct desk *d = ctx;
	d->told_ok += a->ok;
	d->told_no += !a->ok;
	for (size_t i = 0; i < d->asks_n; i++)
		if (str_is(a->id, d->asks[i].id))
			d->asks[i].done = true;
}

static void
c_outbox(void *ctx, struct str text)
{
	struct desk *d = ctx;
	buf_reset(&d->outbox);
	buf_str(&d->outbox, text);
}

static void
begin(struct desk *d)
{
	struct spoke_start start = {.session = STR("forum"),
		.name = str_of(d->name),
		.id = str_of(d->id),
		.seat = d->seat,
		.epoch = d->epoch,
		.outbox = buf_view(&d->outbox),
		.seed = ether_random(d->ether)};
	struct spoke_calls calls = {.ctx = d,
		.wall = c_wall,
		.dial = c_dial,
		.seal = journal_seal,
		.line = c_line,
		.answer = c_answer,
		.outbox = c_outbox};
	for (int lane = 0; lane < 2; lane++) {
		start.seq[lane] = (int64_t)d->n[lane] - 1;
		memcpy(start.hash[lane], d->hash[lane], 32);
	}
	if (d->n[LANE_SESSION])
		record_hash(d->lines[LANE_SESSION][0], start.log);
	else
		start.epoch = 0;
	d->spoke = spoke_create(&start, &calls, d->ether->now);
}

void
desk_open(struct desk *d, struct hall *h, const char *name, enum seat seat)
{
	*d = (struct desk){.hall = h, .ether = h->ether, .seat = seat, .session = session_create()};
	snprintf(d->name, sizeof d->name, "%s", name);
	snprintf(d->id, sizeof d->id, "%016llx", (unsigned long long)ether_random(h->ether));
	begin(d);
}

static void
connect_now(struct desk *d)
{
	d->wants = false;
	if (d->dial_fails) {
		spoke_down(d->spoke, STR(""), STR("nobody answers"), d->ether->now);
		return;
	}
	struct seat_at_hub *x = xcalloc(1, sizeof *x);
	x->ether = d->ether;
	d->tube = tube_make(d->ether, (struct tube_end){d, d_bytes, desk_down},
		(struct tube_end){x, g_bytes, g_down});
	struct wire up = tube_wire(d->tube, 1), down = tube_wire(d->tube, 0);
	x->guest = hub_open(d->hall->hub, &up, &(struct hub_admit){.seats = 31}, d->ether->now);
	spoke_up(d->spoke, &down, d->ether->now);
}

/* As a console does: what it held makes room, and it begins with nothing. */
static void
set_aside(struct desk *d)
{
	spoke_destroy(d->spoke);
	session_destroy(d->session);
	d->session = session_create();
	d->n[0] = d->n[1] = d->synced[0] = d->synced[1] = 0;
	memset(d->hash, 0, sizeof d->hash);
	d->epoch = 0;
	d->aside++;
	begin(d);
}

/* A disk that is late. */
static void
sync_copies(struct desk *d)
{
	if (d->synced[0] == d->n[0] && d->synced[1] == d->n[1]) {
		d->sync_at = 0;
		return;
	}
	if (d->sync_at == 0)
		d->sync_at = d->ether->now + 1 + (int64_t)(ether_random(d->ether) % 200);
	if (d->ether->now < d->sync_at)
		return;
	memcpy(d->synced, d->n, sizeof d->synced);
	d->sync_at = 0;
	const int64_t synced[] = {(int64_t)d->n[0] - 1, (int64_t)d->n[1] - 1};
	spoke_held(d->spoke, synced, d->ether->now);
}

/* What was not on the disk is lost, as is half a command. */
static void
lose(struct desk *d)
{
	memcpy(d->n, d->synced, sizeof d->n);
	for (int lane = 0; lane < 2; lane++) {
		memset(d->hash[lane], 0, sizeof d->hash[lane]);
		if (d->n[lane])
			record_hash(d->lines[lane][d->n[lane] - 1], d->hash[lane]);
	}
	session_destroy(d->session);
	d->session = fold_lines(d->lines[0], d->n[0], d->lines[1], d->n[1]);
}

void
desk_step(struct desk *d)
{
	if (d->tube) {
		tube_step(d->tube);
		if (tube_over(d->tube)) {
			tube_free(d->tube);
			d->tube = NULL;
		}
	}
	if (!d->spoke) {
		if (!d->tube && d->ether->now >= d->back_at)
			begin(d);
		return;
	}
	spoke_turn(d->spoke, d->ether->now);
	if (d->wants && !d->tube && d->ether->now >= d->dial_at)
		connect_now(d);
	struct spoke_view v;
	spoke_look(d->spoke, d->ether->now, &v);
	d->epoch = v.epoch;
	sync_copies(d);
	if (v.state == SPOKE_DIVERGED && !d->tube)
		set_aside(d);
}

void
desk_crash(struct desk *d)
{
	if (!d->spoke)
		return;
	if (d->tube)
		tube_cut(d->tube);
	spoke_destroy(d->spoke);
	d->spoke = NULL;
	d->wants = false;
	lose(d);
	d->back_at = d->ether->now + 100 + (int64_t)(ether_random(d->ether) % 3000);
}

void
desk_cut(struct desk *d, bool silent)
{
	if (d->tube && silent)
		tube_silence(d->tube);
	else if (d->tube)
		tube_cut(d->tube);
}

enum refusal
desk_ask(struct desk *d, const char *line)
{
	struct arena a = {0};
	struct refused no;
	struct str id;
	if (!d->spoke)
		return REFUSAL_CLOSED;
	enum refusal code = spoke_ask(d->spoke, str_of(line), d->ether->now, &id, &a, &no);
	if (!code) {
		struct desk_ask k = {.id = str_dup(id),
			.line = xstrdup(line),
			.at = d->ether->now,
			.moment = !strstr(line, "note ")};
		VEC_PUSH(d->asks, d->asks_n, d->asks_cap, k);
	}
	arena_finish(&a);
	return code;
}

enum spoke_state
desk_state(const struct desk *d)
{
	struct spoke_view v;
	if (!d->spoke)
		return SPOKE_LEFT;
	spoke_look(d->spoke, d->ether->now, &v);
	return v.state;
}

bool
desk_live(const struct desk *d)
{
	return desk_state(d) == SPOKE_LIVE;
}

void
desk_finish(struct desk *d)
{
	if (d->tube) {
		tube_cut(d->tube);
		tube_step(d->tube);
		tube_step(d->tube);
		tube_free(d->tube);
	}
	spoke_destroy(d->spoke);
	session_destroy(d->session);
	for (int lane = 0; lane < 2; lane++)
		free(d->lines[lane]);
	for (size_t i = 0; i < d->asks_n; i++) {
		free(d->asks[i].id);
		free(d->asks[i].line);
	}
	free(d->asks);
	buf_finish(&d->outbox);
	arena_finish(&d->arena);
}
