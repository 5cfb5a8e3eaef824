/* Jumps by the clock: the wall's, and the session's own. */
#include "past.h"

enum { MINUTE = 60000, HOUR = 60 * MINUTE };
#define DAY ((int64_t)24 * HOUR)

static void
lands(struct past *p, const char *line, int64_t t)
{
	if (past_do(p, line))
		fail_msg("%s: %s", line, p->x.no.why);
	if (replay_t(p->r) != t)
		fail_msg("%s: at %lld, not %lld", line, (long long)replay_t(p->r), (long long)t);
}

/* The hall's clock says 14:00 in a zone 8 hours east when the session begins. */
static struct sitting
at_two(int64_t wall_of_day)
{
	struct sitting x = {.s = session_create()};
	struct event e = event_make(EVENT_SESSION_OPEN);
	e.open.format = 1;
	e.open.forum = str_of("{\"title\":\"T\"," SITTING_PEOPLE "," SITTING_AGENDA "}");
	assert_int_equal(sitting_apply(&x, e), 0);
	assert_int_equal(sitting_apply(&x, sitting_host(19000 * DAY + wall_of_day, 480)), 0);
	return x;
}

static void
time_of_day(void **state)
{
	(void)state;
	struct sitting x = at_two(6 * HOUR + 30000); /* 14:00:30 */
	sitting_do(&x, 1000, "segment next");
	sitting_do(&x, 2 * HOUR, "note add end");
	struct past p = past_of(x);
	lands(&p, "to 14:52", 52 * MINUTE - 30000);
	lands(&p, "to 14:52:07", 52 * MINUTE - 30000 + 7000);
	lands(&p, "to １４：５２", 52 * MINUTE - 30000);
	lands(&p, "to 14:00", 0); /* the minute in which it began */
	assert_int_equal(past_do(&p, "to 14:00:29"), REFUSAL_UNKNOWN_ID);
	lands(&p, "to 14:00:30", 0);
	lands(&p, "to 16:00", 2 * HOUR - 30000);
	assert_int_equal(past_do(&p, "to 16:01"), REFUSAL_UNKNOWN_ID);
	assert_int_equal(p.x.no.n, 3);
	assert_true(str_is(p.x.no.args[1], "14:00") && str_is(p.x.no.args[2], "16:00"));
	assert_int_equal(past_do(&p, "to 13:59"), REFUSAL_UNKNOWN_ID);
	past_close(&p);
}

/* Across midnight, and over more than a day: the nearest such time. */
static void
midnight(void **state)
{
	(void)state;
	struct sitting x = at_two(15 * HOUR); /* 23:00 */
	sitting_do(&x, 1000, "segment next");
	sitting_do(&x, 27 * HOUR, "note add end");
	struct past p = past_of(x);
	lands(&p, "to 00:10", HOUR + 10 * MINUTE);
	lands(&p, "to 23:30", 30 * MINUTE);
	lands(&p, "to 9:05", 10 * HOUR + 5 * MINUTE);
	lands(&p, "to end", 27 * HOUR);
	lands(&p, "to 23:30", 24 * HOUR + 30 * MINUTE);
	past_close(&p);
}

/* A log that says that it went on for a hundred thousand years is not walked through day by day. */
static void
ages(void **state)
{
	int64_t end = (int64_t)1 << 52;
	(void)state;
	struct sitting x = at_two(6 * HOUR); /* 14:00 */
	sitting_do(&x, 1000, "segment next");
	sitting_do(&x, end, "note add end");
	struct past p = past_of(x);
	lands(&p, "to 14:05", 5 * MINUTE);
	lands(&p, "moment 8640000000000000", 100000000 * DAY < end ? 100000000 * DAY : end);
	lands(&p, "to end", end);
	lands(&p, "to 14:05", (end - 5 * MINUTE) / DAY * DAY + 5 * MINUTE);
	lands(&p, "moment 864000000000000", 10000000 * DAY);
	lands(&p, "to 13:59", 10000000 * DAY - MINUTE);
	lands(&p, "to start", 0);
	lands(&p, "to 13:59", DAY - MINUTE);
	past_close(&p);
}

/* Another machine hosts on with another clock: what its wall showed counts from there on. */
static void
two_hosts(void **state)
{
	(void)state;
	struct sitting x = at_two(6 * HOUR); /* 14:00 */
	sitting_do(&x, 1000, "segment next");
	struct event e = sitting_host(19000 * DAY + 10 * HOUR, 540); /* 19:00 there */
	e.t = HOUR;
	e.host.epoch = 2;
	assert_int_equal(sitting_apply(&x, e), 0);
	sitting_do(&x, 2 * HOUR, "note add end");
	struct past p = past_of(x);
	lands(&p, "to 14:30", 30 * MINUTE);
	lands(&p, "to 19:30", HOUR + 30 * MINUTE);
	assert_int_equal(past_do(&p, "to 17:00"), REFUSAL_UNKNOWN_ID);
	past_close(&p);
}

static void
so_much_on_or_back(void **state)
{
	(void)state;
	struct sitting x = at_two(0);
	sitting_do(&x, 1000, "segment next");
	sitting_do(&x, HOUR, "note add end");
	struct past p = past_of(x);
	lands(&p, "to +3m", 3 * MINUTE);
	lands(&p, "to -30s", 150000);
	lands(&p, "to ＋1分30秒", 240000);
	lands(&p, "to -1:00", 180000);
	lands(&p, "to -1h", 0);
	lands(&p, "to +2h", HOUR);
	lands(&p, "to start", 0);
	assert_int_equal(replay_at(p.r), 2); /* opened and hosted, and nothing that anybody did */
	lands(&p, "to end", HOUR);
	assert_int_equal(replay_at(p.r), session_event_count(p.x.s));
	past_close(&p);
}

static void
no_times(void **state)
{
	(void)state;
	static const char *const bad[] = {"to 3m", "to 24:00", "to 14:60", "to 14:52:60", "to 1452",
		"to 14:5 2", "to :52", "to 14:", "to +", "to +x", "to 14:52:", "to 14:52:07:01", "to now",
		"to 114:52", "moment x", "moment -5"};
	struct sitting x = at_two(0);
	struct past p = past_of(x);
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		if (past_do(&p, bad[i]) != REFUSAL_BAD_ARGUMENT)
			fail_msg("%s: %d", bad[i], p.code);
	past_close(&p);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(time_of_day),
		cmocka_unit_test(midnight),
		cmocka_unit_test(ages),
		cmocka_unit_test(two_hosts),
		cmocka_unit_test(so_much_on_or_back),
		cmocka_unit_test(no_times),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
