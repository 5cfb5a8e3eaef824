/* Undo: all the way back there is nothing left, and forward again all of it. */
#include "sitting.h"

static const char *const debate[] = {"segment next", "queue add a", "queue add b --as reply",
	"queue add c", "queue move 3 up", "floor next", "note add ? what", "floor pause",
	"floor resume", "floor extend 30s", "floor next", "queue close", "people add 王五",
	"queue order alternate", "segment extend 1m", "floor end", "mark photo", "award give a",
	"chair pass b", "segment next --leave", "floor give w13", "floor correct 1s"};
enum { STEPS = sizeof debate / sizeof *debate };

static void
all_the_way_back(void **state)
{
	struct sitting x = sitting_plain();
	size_t n;
	(void)state;
	int done = 0;
	for (int i = 0; i < STEPS; i++)
		done += sitting_do(&x, 1000 * (i + 1), debate[i]) == REFUSAL_NONE;
	assert_true(done >= STEPS - 2);
	for (int i = 0; i < done; i++)
		assert_int_equal(sitting_do(&x, 100000, "undo"), REFUSAL_NONE);
	assert_int_equal(sitting_do(&x, 100000, "undo"), REFUSAL_NOTHING_TO_UNDO);
	session_queue(x.s, &n);
	assert_int_equal(n, 0);
	assert_int_equal(session_turn_count(x.s), 0);
	assert_int_equal(session_person_count(x.s), 3);
	assert_true(session_segment_now(x.s) == SIZE_MAX);
	assert_int_equal(session_rules(x.s)->order, ORDER_FIFO);
	sitting_close(&x);
}

static void
every_event_says_whether_it_stands(void **state)
{
	struct sitting x = sitting_plain();
	(void)state;
	sitting_do(&x, 0, "segment next");
	sitting_do(&x, 0, "queue add a");
	sitting_do(&x, 0, "undo");
	assert_int_equal(session_event_count(x.s), 5);
	assert_false(session_event_undone(x.s, 2));
	assert_true(session_event_undone(x.s, 3));
	assert_false(session_event_undone(x.s, 4));
	assert_int_equal(session_undoable(x.s, SIZE_MAX), 2);
	assert_true(session_undoable(x.s, 2) == SIZE_MAX);
	sitting_close(&x);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(all_the_way_back),
		cmocka_unit_test(every_event_says_whether_it_stands),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
