/*
 * Many consoles and a host in one process, over tubes that are late and break,
 * with crashes on both sides and bad company. At the end every console has the
 * host's bytes, what was asked for was done once, in order and not late.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "desk.h"
#include "rogue.h"

enum { DESKS = 9, ROGUES = 6, STEP_MS = 5, TIME_MS = 90000, CALM_MS = 40000, MOMENT_MS = 5000 };

struct world {
	struct ether ether;
	struct hall hall;
	struct desk desks[DESKS];
	struct rogue rogues[ROGUES];
	bool with_rogues;
	size_t late, crashes;
};

static uint64_t
seed_of_run(void)
{
	const char *said = getenv("DAIS_SEED");
	uint64_t seed = said ? strtoull(said, NULL, 10) : (uint64_t)getpid() * 2654435761u + 1;
	printf("# DAIS_SEED=%llu\n", (unsigned long long)seed);
	fflush(stdout);
	return seed;
}

/* The moment of asking is known here; what is bound to it must not come later. */
static void
executed(void *ctx, const struct hub_ask *ask)
{
	struct world *w = ctx;
	w->late += ask->late_ms > 0;
	for (size_t i = 0; i < DESKS; i++) {
		for (size_t k = 0; k < w->desks[i].asks_n; k++) {
			const struct desk_ask *a = &w->desks[i].asks[k];
			if (!str_is(ask->id, a->id))
				continue;
			if (a->moment)
				assert_true(w->ether.now - a->at <= MOMENT_MS);
			assert_true(str_is(ask->line, a->line));
			return;
		}
	}
	print_error("%.*s\n", STR_ARG(ask->line));
	fail(); /* nobody honest asked for this */
}

static void
world_open(struct world *w, uint64_t seed, bool with_rogues)
{
	static const struct {
		const char *name;
		enum seat seat;
	} who[DESKS] = {{"chair2", SEAT_CHAIR}, {"online", SEAT_ONLINE_CHAIR},
		{"scribe1", SEAT_SCRIBE}, {"scribe2", SEAT_SCRIBE}, {"scribe3", SEAT_SCRIBE},
		{"stage", SEAT_STAGE}, {"looker1", SEAT_OBSERVER}, {"looker2", SEAT_OBSERVER},
		{"looker3", SEAT_OBSERVER}};
	*w = (struct world){.ether = {.now = 1000, .seed = seed, .delay_min = 1, .delay_max = 80},
		.with_rogues = with_rogues};
	w->hall.executed = executed;
	w->hall.ctx = w;
	hall_open(&w->hall, &w->ether);
	for (size_t i = 0; i < DESKS; i++)
		desk_open(&w->desks[i], &w->hall, who[i].name, who[i].seat);
	for (size_t i = 0; i < ROGUES; i++)
		w->rogues[i].hall = &w->hall;
}

static void
world_step(struct world *w)
{
	w->ether.now += STEP_MS;
	for (size_t i = 0; i < DESKS; i++)
		desk_step(&w->desks[i]);
	for (size_t i = 0; i < ROGUES && w->with_rogues; i++)
		rogue_step(&w->rogues[i]);
	hall_step(&w->hall);
}

static void
world_finish(struct world *w)
{
	for (size_t i = 0; i < DESKS; i++)
		desk_finish(&w->desks[i]);
	for (size_t i = 0; i < ROGUES; i++)
		rogue_finish(&w->rogues[i]);
	hall_finish(&w->hall);
}

/* Somebody does something. */
static void
type(struct world *w, struct desk *d)
{
	static const char *const chairs[] = {"queue add a", "queue add c --online", "floor next",
		"floor toggle", "people set c --link ready", "message send hello",
		"note add --mark private psst", "floor give b", "undo", "segment next"};
	char line[80];
	bool chair = d->seat == SEAT_CHAIR || d->seat == SEAT_ONLINE_CHAIR;
	if (d->seat == SEAT_STAGE || d->seat == SEAT_OBSERVER)
		return;
	if (chair && ether_random(&w->ether) % 2) {
		desk_ask(d, chairs[ether_random(&w->ether) % (sizeof chairs / sizeof *chairs)]);
		return;
	}
	snprintf(line, sizeof line, "note add --plain %s-%04zu.", d->name, d->typed);
	if (desk_ask(d, line) == REFUSAL_NONE)
		d->typed++;
}

static void
everybody_out(struct world *w)
{
	for (size_t i = 0; i < DESKS; i++)
		desk_cut(&w->desks[i], false);
	for (int k = 0; k < 3; k++) {
		for (size_t i = 0; i < DESKS; i++)
			if (w->desks[i].tube)
				tube_step(w->desks[i].tube);
		for (size_t i = 0; i < ROGUES; i++)
			if (w->rogues[i].tube) {
				tube_cut(w->rogues[i].tube);
				tube_step(w->rogues[i].tube);
			}
	}
	assert_int_equal(hub_guests(w->hall.hub), 0);
}

static void
host_crash(struct world *w)
{
	everybody_out(w);
	hall_crash(&w->hall);
	w->crashes++;
}

static void
trouble(struct world *w)
{
	struct desk *d = &w->desks[ether_random(&w->ether) % DESKS];
	switch (ether_random(&w->ether) % 6) {
	case 0:
	case 1:
		desk_cut(d, false);
		break;
	case 2:
		desk_cut(d, true);
		break;
	case 3:
		desk_crash(d);
		break;
	case 4:
		d->dial_fails = !d->dial_fails;
		break;
	case 5:
		if (ether_random(&w->ether) % 4 == 0)
			host_crash(w);
		break;
	}
}

static size_t
count(struct str in, const char *what)
{
	size_t n = 0;
	struct str w = str_of(what);
	for (const char *at; (at = memmem(in.p, in.n, w.p, w.n)); n++)
		in = str_from(in, (size_t)(at - in.p) + w.n);
	return n;
}

/* Each note once, in the order of typing; no ask answered by two records. */
static void
check_log(struct world *w)
{
	struct buf all = {0};
	const struct hall_lane *l = w->hall.lanes;
	for (int lane = 0; lane < 2; lane++)
		for (size_t i = 0; i < l[lane].n; i++)
			buf_str(&all, l[lane].lines[i]);
	for (size_t i = 0; i < DESKS; i++) {
		struct desk *d = &w->desks[i];
		const char *after = all.p;
		for (size_t k = 0; k < d->typed; k++) {
			char text[40];
			snprintf(text, sizeof text, "\"text\":\"%s-%04zu.\"", d->name, k);
			/* edits name their note by number; a text stands in its own record alone */
			assert_int_equal(count(buf_view(&all), text), 1);
			const char *at = strstr(after, text);
			assert_non_null(at);
			after = at;
		}
		for (size_t k = 0; k < d->asks_n; k++) {
			char req[100];
			snprintf(req, sizeof req, "\"req\":\"%s\"", d->asks[k].id);
			assert_true(count(buf_view(&all), req) <= 1);
		}
	}
	assert_int_equal(count(buf_view(&all), "evil"), 0);
	buf_finish(&all);
}

/* Where two states part. */
static void
fail_where(const char *name, const char *is, const char *wants)
{
	size_t at = 0;
	while (is[at] && is[at] == wants[at])
		at++;
	at = at > 60 ? at - 60 : 0;
	fail_msg("%s has %.160s\nwhere the host has %.160s", name, is + at, wants + at);
}

static void
check_desk(struct world *w, struct desk *d, const struct buf *with, const struct buf *without)
{
	bool chair = d->seat == SEAT_CHAIR || d->seat == SEAT_ONLINE_CHAIR;
	struct buf dump = {0};
	assert_int_equal(desk_state(d), SPOKE_LIVE);
	assert_int_equal(d->n[LANE_SESSION], w->hall.lanes[LANE_SESSION].n);
	assert_int_equal(d->n[LANE_CHAIRS], chair ? w->hall.lanes[LANE_CHAIRS].n : 0);
	for (int lane = 0; lane < 2; lane++)
		for (size_t i = 0; i < d->n[lane]; i++)
			assert_true(str_eq(d->lines[lane][i], w->hall.lanes[lane].lines[i]));
	session_dump(d->session, &dump);
	if (!str_eq(buf_view(&dump), buf_view(chair ? with : without)))
		fail_where(d->name, dump.p, (chair ? with : without)->p);
	buf_finish(&dump);
	struct spoke_view v;
	spoke_look(d->spoke, w->ether.now, &v);
	assert_int_equal(v.unanswered, 0);
	assert_int_equal(v.unsent, 0);
	assert_int_equal(d->outbox.n, 0);
}

static void
check_world(struct world *w)
{
	struct buf with = {0}, without = {0};
	struct session *s = hall_fold(&w->hall, false);
	session_dump(s, &without);
	session_destroy(s);
	session_dump(w->hall.session, &with);
	check_log(w);
	for (size_t i = 0; i < DESKS; i++)
		check_desk(w, &w->desks[i], &with, &without);
	buf_finish(&with);
	buf_finish(&without);
}

static void
calm(struct world *w)
{
	w->with_rogues = false;
	for (size_t i = 0; i < ROGUES; i++)
		if (w->rogues[i].tube)
			tube_cut(w->rogues[i].tube);
	for (size_t i = 0; i < ROGUES; i++)
		for (int k = 0; k < 3 && w->rogues[i].tube; k++)
			tube_step(w->rogues[i].tube);
	for (size_t i = 0; i < DESKS; i++)
		w->desks[i].dial_fails = false;
	for (int64_t end = w->ether.now + CALM_MS; w->ether.now < end;)
		world_step(w);
}

static void
check_rogues(struct world *w, size_t proofs[ROGUE_KINDS])
{
	static const int64_t longest[ROGUE_KINDS] = {[ROGUE_LONG] = 1000,
		[ROGUE_BYTES] = 1000,
		[ROGUE_SILENT] = 3500,
		[ROGUE_DRIP] = 3500,
		[ROGUE_NOISE] = 3500,
		[ROGUE_EPOCH] = 1000,
		[ROGUE_BEYOND] = 1000};
	for (size_t i = 0; i < ROGUES; i++) {
		/* One window in flight and a few last words. */
		assert_true(w->rogues[i].most_waiting < (128 << 10) + (40 << 10));
		for (size_t k = 0; k < ROGUE_KINDS; k++) {
			proofs[k] += w->rogues[i].proofs[k];
			if (longest[k])
				assert_true(w->rogues[i].longest[k] <= longest[k]);
		}
	}
}

static void
run(uint64_t seed, size_t proofs[ROGUE_KINDS], size_t sums[4])
{
	static struct world w;
	world_open(&w, seed, true);
	for (int64_t end = w.ether.now + TIME_MS; w.ether.now < end;) {
		world_step(&w);
		if (ether_random(&w.ether) % 20 == 0)
			type(&w, &w.desks[ether_random(&w.ether) % DESKS]);
		if (ether_random(&w.ether) % 300 == 0)
			trouble(&w);
	}
	calm(&w);
	check_rogues(&w, proofs);
	check_world(&w);
	sums[0] += w.hall.lanes[0].n + w.hall.lanes[1].n;
	sums[1] += w.hall.joined;
	sums[2] += w.late;
	sums[3] += w.crashes;
	world_finish(&w);
}

static void
storm(void **state)
{
	uint64_t seed = seed_of_run();
	const char *runs = getenv("DAIS_RUNS");
	size_t proofs[ROGUE_KINDS] = {0}, sums[4] = {0};
	(void)state;
	for (int i = 0; i < (runs ? atoi(runs) : 4); i++)
		run(seed + (uint64_t)i, proofs, sums);
	printf("# %zu records, %zu joins, %zu late notes, %zu host crashes\n", sums[0], sums[1],
		sums[2], sums[3]);
	/* Nothing here is worth much if the bad ones never came so far. */
	assert_true(sums[2] > 0);
	assert_true(proofs[ROGUE_SEAT] + proofs[ROGUE_FLOOR] + proofs[ROGUE_STALE] > 0);
}

/* Both chairs press next on the same picture. */
static void
both_press(void **state)
{
	enum { ROUNDS = 1000 };
	static struct world w;
	(void)state;
	world_open(&w, seed_of_run(), false);
	for (int i = 0; i < 400; i++)
		world_step(&w);
	struct desk *one = &w.desks[0], *two = &w.desks[1];
	desk_finish(two);
	desk_open(two, &w.hall, "chair3", SEAT_CHAIR);
	for (int i = 0; i < 400; i++)
		world_step(&w);
	assert_true(desk_live(one) && desk_live(two));
	assert_int_equal(desk_ask(one, "segment next"), 0);
	while (one->told_ok == 0)
		world_step(&w);
	for (int i = 0; i < ROUNDS; i++) {
		size_t told = one->told_ok + one->told_no;
		assert_int_equal(desk_ask(one, "queue add b --override"), 0);
		while (one->told_ok + one->told_no == told || two->n[0] < w.hall.lanes[0].n ||
			one->n[0] < w.hall.lanes[0].n || !hall_synced(&w.hall))
			world_step(&w);
		char line[60];
		size_t turns = session_turn_count(w.hall.session);
		size_t ok = one->told_ok + two->told_ok, no = one->told_no + two->told_no;
		snprintf(line, sizeof line, "floor next --basis %zu", one->n[0] - 1);
		assert_int_equal(desk_ask(one, line), 0);
		assert_int_equal(desk_ask(two, line), 0);
		while (one->told_ok + one->told_no + two->told_ok + two->told_no < ok + no + 2)
			world_step(&w);
		assert_int_equal(one->told_ok + two->told_ok, ok + 1);
		assert_int_equal(session_turn_count(w.hall.session), turns + 1);
	}
	world_finish(&w);
}

/* Sixty seconds without a line, twenty notes typed meanwhile. */
static void
cut_for_a_minute(void **state)
{
	static struct world w;
	struct desk *scribe = &w.desks[2];
	(void)state;
	world_open(&w, seed_of_run(), false);
	for (int i = 0; i < 400; i++)
		world_step(&w);
	assert_true(desk_live(scribe));
	scribe->dial_fails = true;
	desk_cut(scribe, true);
	for (int i = 0; i < 60000 / STEP_MS; i++) {
		world_step(&w);
		if (i > 2000 && i % 400 == 0 && scribe->typed < 20)
			type(&w, scribe);
	}
	assert_int_equal(scribe->typed, 20);
	assert_int_equal(desk_state(scribe), SPOKE_CUT);
	assert_int_equal(desk_ask(scribe, "mark photo"), REFUSAL_STALE);
	struct spoke_view v;
	spoke_look(scribe->spoke, w.ether.now, &v);
	/* It began when the host was last heard. */
	assert_true(w.ether.now - v.since >= 60000 && w.ether.now - v.since < 63000);
	assert_int_equal(v.unsent, 20);
	desk_crash(scribe);
	calm(&w);
	check_world(&w);
	assert_int_equal(w.late, 20);
	world_finish(&w);
}

/*
 * The host's disk is gone in mid-debate and never comes back: the online chair
 * goes on with what its own disk has. Each note of somebody who was told that
 * it is recorded, or who was told nothing yet, is there, once and in order
 * (P1' of the design).
 */
static void
disk_gone(void **state)
{
	const char *runs = getenv("DAIS_RUNS");
	uint64_t seed = seed_of_run();
	size_t kept = 0;
	(void)state;
	for (int run = 0; run < (runs ? atoi(runs) : 12); run++) {
		static struct world w;
		world_open(&w, seed + (uint64_t)run, false);
		for (int i = 0; i < 600; i++)
			world_step(&w);
		struct desk *deputy = &w.desks[1];
		assert_true(desk_live(deputy));
		/* It is the only chair's seat: what is stable is on its disk. */
		w.desks[0].dial_fails = true;
		desk_cut(&w.desks[0], false);
		for (int i = 0; i < 2000 + (int)(ether_random(&w.ether) % 400); i++) {
			world_step(&w);
			if (ether_random(&w.ether) % 6 == 0)
				type(&w, &w.desks[2 + ether_random(&w.ether) % 3]);
			if (ether_random(&w.ether) % 400 == 0)
				desk_cut(&w.desks[2 + ether_random(&w.ether) % 3], ether_random(&w.ether) % 2);
		}
		for (size_t i = 2; i < 5; i++) {
			struct spoke_view v;
			spoke_look(w.desks[i].spoke, w.ether.now, &v);
			kept += v.unheld;
		}
		everybody_out(&w);
		desk_crash(deputy);
		size_t old = w.hall.lanes[0].n;
		hall_takeover(&w.hall, deputy->lines[0], deputy->n[0], deputy->lines[1], deputy->n[1]);
		assert_true(w.hall.lanes[0].n <= old + 1);
		calm(&w);
		check_world(&w);
		world_finish(&w);
	}
	/* Notes that were told as recorded and were on one machine only: the test's worth. */
	printf("# %zu notes were on one machine\n", kept);
	assert_true(kept > 0);
}

/* The chair begins another session under the name: lower epochs than the consoles know, and all
 * follow it, each once, with notes that waited. */
static void
another_session(void **state)
{
	static struct world w;
	(void)state;
	world_open(&w, seed_of_run(), false);
	for (int i = 0; i < 400; i++)
		world_step(&w);
	for (int k = 0; k < 2; k++) {
		host_crash(&w);
		for (int i = 0; i < 2000; i++)
			world_step(&w);
	}
	assert_true(desk_live(&w.desks[2]) && w.desks[2].epoch == 3);
	everybody_out(&w);
	hall_renew(&w.hall);
	desk_crash(&w.desks[3]);
	assert_int_equal(desk_ask(&w.desks[2], "note add --plain scribe1-0000."), 0);
	w.desks[2].typed = 1;
	calm(&w);
	for (size_t i = 0; i < DESKS; i++)
		assert_int_equal(w.desks[i].aside, 1);
	assert_int_equal(w.hall.old, 0);
	assert_int_equal(w.desks[2].epoch, 1);
	check_world(&w);
	world_finish(&w);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(storm),
		cmocka_unit_test(both_press),
		cmocka_unit_test(cut_for_a_minute),
		cmocka_unit_test(another_session),
		cmocka_unit_test(disk_gone),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
