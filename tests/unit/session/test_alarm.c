/* Alarms: whoever looks seldom hears the same ones as whoever looks all the time. */
#include "sitting.h"

enum { END = 400000 };

/* Everything that sounds when the clock is looked at in steps of `step`, each alarm as kind and
 * time. */
static void
look(const struct session *s, int64_t step, struct buf *heard)
{
	struct session_alarm alarm;
	for (int64_t from = 0; from < END; from += step) {
		int64_t to = from + step < END ? from + step : END, at = from;
		while (session_alarm_next(s, at, &alarm) && alarm.t <= to) {
			buf_printf(heard, "%d@%lld/%lld ", (int)alarm.kind, (long long)alarm.t,
				(long long)alarm.left_ms);
			assert_true(alarm.t > at);
			at = alarm.t;
		}
	}
}

static void
any_pace_hears_the_same(void **state)
{
	static const int64_t steps[] = {7, 999, 1000, 30000, 77777, END};
	struct sitting x = sitting_open(
		"{\"title\":\"T\",\"timing\":{\"speech\":100000,\"warn\":[30000,60000,100000],"
		"\"overtime_bell\":45000}," SITTING_PEOPLE "," SITTING_AGENDA "}");
	struct buf all = {0};
	(void)state;
	sitting_do(&x, 0, "segment next");
	sitting_do(&x, 0, "floor give a");
	look(x.s, 1, &all);
	assert_string_equal(all.p,
		"0@40000/60000 0@70000/30000 1@100000/0 2@145000/-45000 2@190000/-90000 "
		"2@235000/-135000 2@280000/-180000 2@325000/-225000 2@370000/-270000 ");
	for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
		struct buf some = {0};
		look(x.s, steps[i], &some);
		assert_string_equal(some.p, all.p);
		buf_finish(&some);
	}
	buf_finish(&all);
	sitting_close(&x);
}

static void
the_next_one_lies_ahead(void **state)
{
	struct sitting x = sitting_plain();
	struct session_alarm alarm;
	(void)state;
	sitting_do(&x, 0, "segment next");
	sitting_do(&x, 0, "floor give a");
	int64_t t = 0;
	for (int i = 0; i < 1000; i++) {
		assert_true(session_alarm_next(x.s, t, &alarm));
		assert_true(alarm.t > t);
		t = alarm.t;
	}
	/* Far in overtime it is found at once, not bell by bell. */
	assert_true(session_alarm_next(x.s, (int64_t)1 << 50, &alarm));
	assert_true(alarm.t > (int64_t)1 << 50);
	sitting_close(&x);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(any_pace_hears_the_same),
		cmocka_unit_test(the_next_one_lies_ahead),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
