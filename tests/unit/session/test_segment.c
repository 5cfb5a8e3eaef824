/* Segments: which rules are in force, and where nothing runs yet. */
#include "sitting.h"

static void
rules_of_a_point_hold_inside(void **state)
{
	struct sitting x = sitting_open(
		"{\"title\":\"T\",\"timing\":{\"speech\":60000,\"warn\":[5000,30000]}"
		"," SITTING_PEOPLE ",\"agenda\":[{\"kind\":\"point\",\"id\":\"p1\",\"timing\":{"
				   "\"warn\":[],\"overtime_bell\":0,\"reply\":9000}},"
		"{\"kind\":\"point\",\"id\":\"p2\"}]}");
	(void)state;
	sitting_do(&x, 0, "segment next");
	assert_int_equal(session_rules(x.s)->warns, 0);
	assert_int_equal(session_rules(x.s)->overtime_bell, 0);
	assert_int_equal(session_rules(x.s)->allotted[AS_SPEECH], 60000);
	assert_int_equal(session_rules(x.s)->allotted[AS_REPLY], 9000);
	sitting_do(&x, 0, "segment next");
	assert_int_equal(session_rules(x.s)->warns, 2);
	assert_int_equal(session_rules(x.s)->warn[0], 30000);
	assert_int_equal(session_rules(x.s)->warn[1], 5000);
	sitting_close(&x);
}

static void
words_of_a_later_version_leave_the_rule(void **state)
{
	struct sitting x = sitting_open(
		"{\"title\":\"T\",\"timing\":{\"interrupt\":\"vote\",\"pace\":{\"x\":1}},"
		"\"queue\":{\"order\":\"lottery\"},\"weather\":[1,{\"a\":true}]," SITTING_PEOPLE
		"," SITTING_AGENDA "}");
	(void)state;
	assert_int_equal(session_rules(x.s)->interrupt, INTERRUPT_PAUSE);
	assert_int_equal(session_rules(x.s)->order, ORDER_FIFO);
	sitting_close(&x);
}

static void
nothing_runs_before_the_first(void **state)
{
	struct sitting x = sitting_plain();
	size_t n;
	(void)state;
	assert_true(session_segment_now(x.s) == SIZE_MAX);
	assert_null(session_floor(x.s));
	assert_int_equal(session_next(x.s).why, NEXT_NOBODY);
	assert_int_equal(session_deadline_ms(x.s, 0), EVENT_NO);
	assert_int_equal(session_expected_end(x.s, 0), EVENT_NO);
	assert_int_equal(session_segments(x.s, &n)[0].entered_t, EVENT_NO);
	assert_int_equal(n, 2);
	sitting_close(&x);
}

static void
forums_that_are_none(void **state)
{
	static const char *const bad[] = {"", "{}", "[]", "{\"title\":\"T\"}",
		"{\"title\":\"T\",\"agenda\":[]}",
		"{\"title\":\"T\",\"agenda\":[{\"kind\":\"lunch\",\"id\":\"x\"}]}",
		"{\"title\":\"T\",\"agenda\":[{\"kind\":\"point\"}]}",
		"{\"title\":\"T\",\"agenda\":[{\"kind\":\"point\",\"id\":\"x\"},{\"kind\":"
		"\"point\",\"id\":\"x\"}]}",
		"{\"title\":\"T\",\"agenda\":[{\"kind\":\"point\",\"id\":\"x\",\"invited\":["
		"\"nobody\"]}]}",
		"{\"title\":\"T\",\"agenda\":[{\"kind\":\"point\",\"id\":\"x\",\"duration\":-1}]}",
		"{\"title\":\"T\",\"people\":[{\"id\":\"a\"}],\"agenda\":[{\"kind\":\"point\","
		"\"id\":\"x\"}]}",
		"{\"title\":\"T\",\"people\":[{\"id\":\"a\",\"name\":\"x\"},{\"id\":\"a\",\"name\":"
		"\"y\"}],"
		"\"agenda\":[{\"kind\":\"point\",\"id\":\"x\"}]}",
		"{\"title\":\"T\",\"agenda\":[{\"kind\":\"point\",\"id\":\"x\"}]} "};
	const char *why = NULL;
	(void)state;
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		assert_false(session_forum_valid(str_of(bad[i]), &why));
		assert_non_null(why);
	}
	assert_true(session_forum_valid(
		STR("{\"title\":\"T\",\"agenda\":[{\"kind\":\"point\",\"id\":\"x\"}]}"), &why));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(rules_of_a_point_hold_inside),
		cmocka_unit_test(words_of_a_later_version_leave_the_rule),
		cmocka_unit_test(nothing_runs_before_the_first),
		cmocka_unit_test(forums_that_are_none),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
