/* The floor: turns found by id although undos leave gaps, and clocks read at any time. */
#include "sitting.h"

static void
undone_turns_are_not_found(void **state)
{
	struct sitting x = sitting_plain();
	(void)state;
	sitting_do(&x, 0, "segment next");
	sitting_do(&x, 1000, "floor give a");
	sitting_do(&x, 2000, "floor give b");
	sitting_do(&x, 3000, "undo");
	sitting_do(&x, 4000, "floor give c");
	assert_int_equal(session_turn_count(x.s), 2);
	assert_non_null(session_turn(x.s, 1));
	assert_null(session_turn(x.s, 2));
	assert_non_null(session_turn(x.s, 3));
	assert_null(session_turn(x.s, 0));
	assert_null(session_turn(x.s, 4));
	assert_true(session_floor(x.s) == session_turn(x.s, 3));
	sitting_close(&x);
}

static void
clock_is_read_at_any_time(void **state)
{
	struct sitting x = sitting_plain();
	(void)state;
	sitting_do(&x, 0, "segment next");
	sitting_do(&x, 1000, "floor give a");
	const struct session_turn *turn = session_floor(x.s);
	/* A look from before the last event is a look at its moment. */
	assert_int_equal(session_turn_elapsed(turn, 0), 0);
	assert_int_equal(session_turn_elapsed(turn, 1001), 1);
	assert_int_equal(session_turn_elapsed(turn, 1000 + 86400000), 86400000);
	assert_true(session_clock_runs(x.s));
	sitting_do(&x, 2000, "floor pause");
	assert_int_equal(session_turn_elapsed(session_floor(x.s), 99999), 1000);
	assert_false(session_clock_runs(x.s));
	sitting_close(&x);
}

static void
time_in_a_command_never_runs_back(void **state)
{
	struct sitting x = sitting_plain();
	(void)state;
	sitting_do(&x, 5000, "segment next");
	assert_int_equal(sitting_do(&x, 1000, "floor give a"), REFUSAL_NONE);
	assert_int_equal(x.events.items[0].t, 5000);
	assert_int_equal(session_last_t(x.s), 5000);
	sitting_close(&x);
}

static void
only_speeches_count_as_speeches(void **state)
{
	struct sitting x = sitting_plain();
	(void)state;
	sitting_do(&x, 0, "segment next");
	sitting_do(&x, 0, "floor give a");
	sitting_do(&x, 1000, "floor end");
	sitting_do(&x, 1000, "queue add a --as question");
	sitting_do(&x, 1000, "floor next");
	struct session_talk talk = session_talk(x.s, STR("a"), 0, 3000);
	assert_int_equal(talk.turns, 2);
	assert_int_equal(talk.speeches, 1);
	assert_int_equal(talk.ms, 3000);
	assert_int_equal(session_talk(x.s, STR("a"), 1, 3000).turns, 0);
	sitting_close(&x);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(undone_turns_are_not_found),
		cmocka_unit_test(clock_is_read_at_any_time),
		cmocka_unit_test(time_in_a_command_never_runs_back),
		cmocka_unit_test(only_speeches_count_as_speeches),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
