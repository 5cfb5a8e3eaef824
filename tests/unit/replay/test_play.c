/* Playing: what the steady clock makes of the position. */
#include "past.h"

#include <stdio.h>

enum { SEED = 4711 };

static bool
changes(const struct event *e)
{
	return e->kind != EVENT_SESSION_TICK;
}

/* However irregularly it is looked at, t is exactly pace times what went by. */
static void
a_pace_does_not_drift(void **state)
{
	(void)state;
	struct past p = past_random(SEED, 400);
	uint32_t dice = SEED;
	int64_t expected = 0, end = session_last_t(p.x.s);
	int pace = 1;
	past_do(&p, "play");
	while (expected < end * 3 / 4) {
		int64_t step = past_dice(&dice, 40);
		p.now += step;
		expected += step * pace;
		replay_advance(p.r, p.now);
		if (past_dice(&dice, 50) == 0) {
			char line[32];
			pace = 1 + (int)past_dice(&dice, 7);
			snprintf(line, sizeof line, "pace %d", pace);
			assert_int_equal(past_do(&p, line), 0);
		}
		if (past_dice(&dice, 50) == 0) {
			past_do(&p, "pause");
			p.now += 1234567;
			assert_false(replay_advance(p.r, p.now));
			past_do(&p, "toggle");
		}
		assert_int_equal(replay_t(p.r), expected);
	}
	past_close(&p);
}

/* Woken only when it asks for it, it stops at every event, in order, and at the end once. */
static void
at_64_every_event_is_shown(void **state)
{
	(void)state;
	struct past p = past_random(SEED + 1, 500);
	size_t shown = replay_at(p.r), ends = 0;
	past_do(&p, "pace 64");
	past_do(&p, "play");
	for (int64_t wake; (wake = replay_wake(p.r, p.now)) >= 0;) {
		assert_true(wake >= p.now);
		p.now = wake;
		replay_advance(p.r, p.now);
		assert_true(replay_at(p.r) >= shown);
		/* What came in at once had one time, but for the 64 ms that a tick of the clock
		 * covers. */
		for (; shown < replay_at(p.r); shown++)
			if (changes(session_event_at(p.x.s, shown)))
				assert_true(replay_t(p.r) - session_event_at(p.x.s, shown)->t < 64);
		ends += !replay_playing(p.r);
	}
	assert_int_equal(ends, 1);
	assert_int_equal(shown, session_event_count(p.x.s));
	assert_int_equal(replay_t(p.r), session_last_t(p.x.s));
	assert_false(replay_advance(p.r, p.now + 100000));
	past_check(&p);
	/* Playing on from the end begins anew. */
	past_do(&p, "toggle");
	assert_int_equal(replay_t(p.r), 0);
	assert_true(replay_playing(p.r));
	past_close(&p);
}

/* A command is in with all of its events or not at all. */
static void
a_command_comes_as_one(void **state)
{
	(void)state;
	struct past p = past_random(SEED + 2, 500);
	past_do(&p, "pace 3");
	past_do(&p, "play");
	for (int64_t wake; (wake = replay_wake(p.r, p.now)) >= 0;) {
		p.now = wake;
		replay_advance(p.r, p.now);
		assert_false(session_event_at(p.x.s, replay_at(p.r) - 1)->more);
	}
	past_close(&p);
}

static struct past
quiet(void)
{
	struct sitting x = sitting_plain();
	assert_int_equal(sitting_do(&x, 0, "segment next"), 0);
	assert_int_equal(sitting_do(&x, 1000, "floor give a"), 0);
	for (int64_t t = 6000; t <= 56000; t += SESSION_TICK_MS)
		past_tick(&x, t);
	assert_int_equal(sitting_do(&x, 60000, "note add one"), 0);
	assert_int_equal(sitting_do(&x, 62999, "note add two"), 0);
	assert_int_equal(sitting_do(&x, 66000, "floor end"), 0);
	return past_of(x);
}

static void
silences_are_cut(void **state)
{
	(void)state;
	struct past p = quiet();
	int64_t began = p.now;
	assert_false(replay_skips(p.r));
	past_do(&p, "skip on");
	assert_true(replay_skips(p.r));
	past_do(&p, "play");
	p.now = began + 1999;
	replay_advance(p.r, p.now);
	assert_int_equal(replay_t(p.r), 1999);
	/* One second of the silence; then the note that ends it, at once. */
	p.now = began + 2000;
	replay_advance(p.r, p.now);
	assert_int_equal(replay_t(p.r), 60000);
	assert_int_equal(session_note_count(replay_session(p.r)), 1);
	/* 2.999 s are none; 3.001 s are one. */
	p.now = began + 2000 + 2999;
	replay_advance(p.r, p.now);
	assert_int_equal(replay_t(p.r), 62999);
	p.now = began + 2000 + 2999 + 999;
	replay_advance(p.r, p.now);
	assert_int_equal(replay_t(p.r), 63998);
	p.now++;
	replay_advance(p.r, p.now);
	assert_int_equal(replay_t(p.r), 66000);
	assert_false(replay_playing(p.r));
	past_close(&p);
}

/* All at once comes to the same as step by step. */
static void
a_long_sleep_skips_as_well(void **state)
{
	(void)state;
	struct past p = quiet(), q = quiet();
	for (int64_t ms = 0; ms < 7000; ms += 7) {
		struct past *both[] = {&p, &q};
		for (size_t i = 0; i < 2; i++) {
			both[i]->now = 5000;
			past_do(both[i], "to start");
			past_do(both[i], "skip on");
			past_do(both[i], "pause");
			past_do(both[i], "play");
		}
		for (int64_t k = 0; k <= ms; k += 7)
			replay_advance(p.r, 5000 + k);
		replay_advance(q.r, 5000 + ms);
		assert_int_equal(replay_t(p.r), replay_t(q.r));
		assert_int_equal(replay_at(p.r), replay_at(q.r));
	}
	past_close(&p);
	past_close(&q);
}

/* In the midst of a silence there is nothing to wait for. */
static void
a_jump_into_a_silence(void **state)
{
	(void)state;
	struct past p = quiet();
	past_do(&p, "moment 30000");
	past_do(&p, "skip");
	past_do(&p, "play");
	assert_int_equal(replay_wake(p.r, p.now), p.now);
	replay_advance(p.r, p.now);
	assert_int_equal(replay_t(p.r), 60000);
	past_close(&p);
}

/* Between events only whole seconds wake, and while it stands still nothing does. */
static void
wakes(void **state)
{
	(void)state;
	struct past p = quiet();
	assert_int_equal(replay_wake(p.r, p.now), -1);
	past_do(&p, "moment 10300");
	past_do(&p, "play");
	int64_t from = p.now;
	assert_int_equal(replay_wake(p.r, p.now), from + 700);
	past_do(&p, "pace 4");
	assert_int_equal(replay_wake(p.r, p.now), from + 175);
	past_do(&p, "pace 64");
	assert_int_equal(replay_wake(p.r, p.now), from + 11); /* 700 / 64, never early */
	past_do(&p, "pause");
	assert_int_equal(replay_wake(p.r, p.now), -1);
	past_close(&p);
}

static void
paces(void **state)
{
	(void)state;
	static const int up[] = {2, 4, 8, 16, 32, 64};
	struct past p = quiet();
	for (size_t i = 0; i < 6; i++) {
		assert_int_equal(past_do(&p, "pace faster"), 0);
		assert_int_equal(replay_pace(p.r), up[i]);
	}
	assert_int_equal(past_do(&p, "pace faster"), REFUSAL_LIMIT);
	past_do(&p, "pace ５×");
	assert_int_equal(replay_pace(p.r), 5);
	past_do(&p, "pace slower");
	assert_int_equal(replay_pace(p.r), 4);
	past_do(&p, "pace 5x");
	past_do(&p, "pace faster");
	assert_int_equal(replay_pace(p.r), 8);
	past_do(&p, "pace 1");
	assert_int_equal(past_do(&p, "pace slower"), REFUSAL_LIMIT);
	assert_int_equal(past_do(&p, "pace 0"), REFUSAL_BAD_ARGUMENT);
	assert_int_equal(past_do(&p, "pace 65"), REFUSAL_BAD_ARGUMENT);
	assert_int_equal(past_do(&p, "pace x"), REFUSAL_BAD_ARGUMENT);
	assert_int_equal(replay_pace(p.r), 1);
	past_close(&p);
}

/* A session that runs: what comes is shown as it comes, and clocks go on until it does. */
static void
it_follows(void **state)
{
	(void)state;
	struct past p = quiet();
	assert_int_equal(past_do(&p, "follow"), REFUSAL_CLOSED);
	replay_runs(p.r, true);
	past_do(&p, "pace 64");
	assert_int_equal(past_do(&p, "follow"), 0);
	assert_true(replay_follows(p.r) && replay_playing(p.r));
	assert_int_equal(replay_t(p.r), 66000);
	p.now += 1500;
	replay_advance(p.r, p.now);
	assert_int_equal(replay_t(p.r), 67500); /* once as fast, whatever the pace was */
	assert_int_equal(sitting_do(&p.x, 67400, "floor give b"), 0);
	replay_grown(p.r);
	replay_advance(p.r, p.now);
	assert_int_equal(replay_t(p.r), 67500); /* a clock does not step back */
	assert_int_equal(replay_at(p.r), session_event_count(p.x.s));
	past_check(&p);
	/* The host is gone: without the tick that is due the speaker's clock stops. */
	p.now += 3600000;
	replay_advance(p.r, p.now);
	assert_int_equal(replay_t(p.r), 67400 + 2 * SESSION_TICK_MS);
	assert_int_equal(replay_wake(p.r, p.now), -1);
	/* It comes back much later, as if nothing had happened. */
	assert_int_equal(sitting_do(&p.x, 4000000, "floor end"), 0);
	replay_grown(p.r);
	assert_int_equal(replay_t(p.r), 4000000);
	replay_advance(p.r, p.now);
	p.now += 10;
	replay_advance(p.r, p.now);
	assert_int_equal(replay_t(p.r), 4000010);
	past_do(&p, "pause");
	assert_false(replay_follows(p.r));
	size_t at = replay_at(p.r);
	assert_int_equal(sitting_do(&p.x, 4000100, "note add later"), 0);
	replay_grown(p.r);
	assert_int_equal(replay_at(p.r), at);
	/* Who plays on until the end goes on with it. */
	past_do(&p, "play");
	p.now += 1000;
	replay_advance(p.r, p.now);
	assert_true(replay_follows(p.r));
	past_do(&p, "step event back");
	assert_false(replay_follows(p.r));
	past_do(&p, "to end");
	assert_true(replay_follows(p.r));
	replay_runs(p.r, false);
	assert_false(replay_follows(p.r) || replay_playing(p.r));
	past_close(&p);
}

/* It may be there before the first event is. */
static void
from_nothing(void **state)
{
	(void)state;
	struct sitting x = sitting_plain();
	struct session *empty = session_create();
	struct replay *r = replay_create(empty);
	struct refused no;
	const char *why;
	assert_int_equal(replay_at(r), 0);
	assert_int_equal(replay_wake(r, 0), -1);
	static const char *const all[] = {"play", "step event", "step turn back", "to +3m", "to end",
		"to 14:00", "moment 7", "event 1", "segment 1", "person a", "note 1", "find x"};
	for (size_t i = 0; i < sizeof all / sizeof *all; i++)
		replay_command(r, str_of(all[i]), 0, &x.arena, &no);
	for (size_t i = 0; i < session_event_count(x.s); i++)
		assert_int_equal(session_apply(empty, session_event_at(x.s, i), &why), 0);
	replay_grown(r);
	assert_int_equal(replay_at(r), session_event_count(empty));
	assert_true(session_opened(replay_session(r)));
	replay_destroy(r);
	session_destroy(empty);
	sitting_close(&x);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_pace_does_not_drift),
		cmocka_unit_test(at_64_every_event_is_shown),
		cmocka_unit_test(a_command_comes_as_one),
		cmocka_unit_test(silences_are_cut),
		cmocka_unit_test(a_long_sleep_skips_as_well),
		cmocka_unit_test(a_jump_into_a_silence),
		cmocka_unit_test(wakes),
		cmocka_unit_test(paces),
		cmocka_unit_test(it_follows),
		cmocka_unit_test(from_nothing),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
