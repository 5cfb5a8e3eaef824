/* Session time across pauses in hosting, reboots and wrong clocks; and dates as people read them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "internal.h"

static void
runs_with_its_factor(void **state)
{
	(void)state;
	struct clock real = {.anchor_t = 1000, .anchor_mono = 50000, .factor = 1};
	struct clock fast = {.anchor_t = 1000, .anchor_mono = 50000, .factor = 20};
	assert_int_equal(clock_session(&real, 50000), 1000);
	assert_int_equal(clock_session(&real, 50250), 1250);
	assert_int_equal(clock_session(&fast, 50250), 6000);
	/* A clock that stepped back takes nothing from anybody. */
	assert_int_equal(clock_session(&real, 49000), 1000);
}

static struct event
hosted(int64_t t, const char *boot, int64_t mono, int64_t wall)
{
	struct event e = event_make(EVENT_SESSION_HOST);
	e.t = t;
	e.host.boot = str_of(boot);
	e.host.mono = mono;
	e.host.wall = wall;
	return e;
}

static void
resumes(void **state)
{
	static const struct {
		const char *what, *boot;
		int64_t last_t, mono, wall, factor, wanted;
	} cases[] = {
		{"the same boot: by its clock", "b1", 5000, 110000, 0, 1, 20000},
		{"the same boot, the date was set: still by its clock", "b1", 5000, 110000, 9000000, 1, 20000},
		{"another boot: by the wall", "b2", 5000, 7, 1030000, 1, 40000},
		{"another boot, a dead battery: what the log vouches for", "b2", 15000, 7, 0, 1, 15000},
		{"another boot, an hour back: never backwards", "b2", 15000, 7, 1000000 - 3600000, 1, 15000},
		{"records reach further than the clock says", "b1", 90000, 110000, 0, 1, 90000},
		{"no boot id known: by the wall", "", 5000, 7, 1030000, 1, 40000},
		{"a rehearsal runs faster meanwhile, too", "b1", 10000, 101000, 0, 20, 30000},
		{"a year that cannot be: nothing is counted", "b2", 15000, 7, EVENT_INT_MAX, 1000, 15000},
	};
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct event host = hosted(10000, i == 6 ? "" : "b1", 100000, 1000000);
		print_message("# %s\n", cases[i].what);
		assert_int_equal(clock_resume(&host, cases[i].last_t, str_of(cases[i].boot), cases[i].mono,
					 cases[i].wall, cases[i].factor),
			cases[i].wanted);
	}
	/* Born, and never hosted: nothing has passed. */
	assert_int_equal(clock_resume(NULL, 42, STR("b1"), 1, 2, 1), 42);
}

static void
writes_dates(void **state)
{
	static const struct {
		int64_t wall, zone;
		const char *wanted;
	} cases[] = {
		{0, 0, "1970-01-01T00:00:00+00:00"},
		{1689400800000, 480, "2023-07-15T14:00:00+08:00"},
		{1709164799999, 0, "2024-02-28T23:59:59+00:00"},
		{1709164800000, 0, "2024-02-29T00:00:00+00:00"},
		{1709251200000, 0, "2024-03-01T00:00:00+00:00"},
		{951782400000, 0, "2000-02-29T00:00:00+00:00"},
		{4107542399000, 0, "2100-02-28T23:59:59+00:00"},
		{4107542400000, 0, "2100-03-01T00:00:00+00:00"},
		{2147483648000, 0, "2038-01-19T03:14:08+00:00"},
		{1735689599000, 0, "2024-12-31T23:59:59+00:00"},
		{1735689599000, 345, "2025-01-01T05:44:59+05:45"},
		{1735689600000, -210, "2024-12-31T20:30:00-03:30"},
		{0, -60, "1969-12-31T23:00:00-01:00"},
	};
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct buf out = {0};
		clock_iso(&out, cases[i].wall, cases[i].zone);
		assert_string_equal(out.p, cases[i].wanted);
		buf_finish(&out);
	}
}

/* Clocks that say what no clock can: nothing runs over, and no record gets a number that cannot be read again. */
static void
at_the_end_of_time(void **state)
{
	static const int64_t most = EVENT_INT_MAX - 1;
	static const int64_t said[] = {INT64_MIN, INT64_MIN + 1, -EVENT_INT_MAX, -1, 0, 1, 9223372036, EVENT_INT_MAX, INT64_MAX};
	static const int64_t factors[] = {1, 1000};
	(void)state;
	assert_int_equal(clock_ms(INT64_MAX, 999999999), most);
	assert_int_equal(clock_ms(INT64_MIN, 0), -most);
	assert_int_equal(clock_ms(1700000000, 123999999), 1700000000123);
	assert_int_equal(clock_ms(-2, 500000000), -1500);
	for (size_t i = 0; i < sizeof said / sizeof *said; i++)
		for (size_t k = 0; k < sizeof said / sizeof *said; k++)
			for (size_t f = 0; f < 2; f++) {
				int64_t then = clock_ms(said[i], 0), now = clock_ms(said[k], 999999999);
				struct clock c = {.anchor_t = 1000, .anchor_mono = then, .factor = factors[f]};
				struct event host = hosted(1000, "b1", then, then);
				struct buf out = {0};
				int64_t t = clock_session(&c, now);
				assert_true(t >= 1000 && t <= most);
				assert_true(now > then || t == 1000);
				assert_true(now <= then || t > 1000);
				t = clock_resume(&host, 5000, STR("b1"), now, 0, factors[f]);
				assert_true(t >= 5000 && t <= most);
				t = clock_resume(&host, 5000, STR("b2"), 0, now, factors[f]);
				assert_true(t >= 5000 && t <= most);
				clock_iso(&out, now, 14 * 60);
				assert_in_range(out.n, 25, 34);
				buf_finish(&out);
			}
	/* One that has run up to there stays there. */
	struct clock last = {.anchor_t = most, .factor = 1000};
	assert_int_equal(clock_session(&last, most), most);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(runs_with_its_factor),
		cmocka_unit_test(resumes),
		cmocka_unit_test(writes_dates),
		cmocka_unit_test(at_the_end_of_time),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
