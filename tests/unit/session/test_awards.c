/* Certificates: whose they are and where they count. */
#include "sitting.h"

static void
counts_by_segment_and_person(void **state)
{
	struct sitting x =
		sitting_open("{\"title\":\"T\"," SITTING_PEOPLE
			     ",\"agenda\":[{\"kind\":\"award\",\"id\":\"w1\",\"recipients\":[\"a\","
			     "\"b\"],\"presenters\":[\"c\"]},"
			     "{\"kind\":\"award\",\"id\":\"w2\",\"recipients\":[\"a\"]}]}");
	(void)state;
	sitting_do(&x, 0, "segment next");
	assert_int_equal(sitting_do(&x, 0, "award give a"), REFUSAL_NONE);
	assert_true(session_awarded(x.s, 0, STR("a")));
	assert_false(session_awarded(x.s, 0, STR("b")));
	assert_false(session_awarded(x.s, 1, STR("a")));
	size_t n = session_award_count(x.s);
	assert_int_equal(n, 1);
	assert_int_equal(session_award_at(x.s, 0)->presenters.n, 1);
	assert_true(str_is(session_award_at(x.s, 0)->presenters.items[0], "c"));
	sitting_close(&x);
}

static void
too_many_presenters_do_not_break_the_line(void **state)
{
	struct sitting x = sitting_plain();
	struct buf line = {0};
	(void)state;
	sitting_do(&x, 0, "segment next");
	buf_puts(&line, "award give a --by b");
	for (int i = 0; i < 40000; i++)
		buf_puts(&line, ",b");
	assert_int_equal(sitting_ask(&x, 0, SEAT_CHAIR, buf_view(&line)), REFUSAL_LIMIT);
	buf_finish(&line);
	sitting_close(&x);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(counts_by_segment_and_person),
		cmocka_unit_test(too_many_presenters_do_not_break_the_line),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
