/* The queue: its order holds whatever comes, and its texts have limits. */
#include "sitting.h"

static void
stays_in_order(void **state)
{
	static const char *const kinds[] = {"order", "question", "reply", "speech"};
	struct sitting x = sitting_plain();
	uint32_t dice = 1;
	size_t n;
	(void)state;
	for (int i = 0; i < 300; i++) {
		struct buf line = {0};
		dice = dice * 1103515245 + 12345;
		buf_printf(&line, "people add p%d", i);
		assert_int_equal(sitting_ask(&x, 0, SEAT_CHAIR, buf_view(&line)), 0);
		buf_reset(&line);
		buf_printf(&line, "queue add p%d --as %s%s", i, kinds[dice >> 16 & 3],
			dice >> 20 & 1 ? " --top" : "");
		assert_int_equal(sitting_ask(&x, 0, SEAT_CHAIR, buf_view(&line)), 0);
		buf_reset(&line);
		const struct session_entry *q = session_queue(x.s, &n);
		buf_printf(&line, "queue move %d %d", (int)q[(dice >> 8) % n].id,
			(int)((dice >> 4) % (n + 2)) + 1);
		sitting_ask(&x, 0, SEAT_CHAIR, buf_view(&line));
		buf_finish(&line);
		q = session_queue(x.s, &n);
		assert_int_equal(n, i + 1);
		for (size_t k = 1; k < n; k++)
			assert_true(q[k - 1].as <= q[k].as);
	}
	sitting_close(&x);
}

static void
place_not_said_is_the_end(void **state)
{
	struct sitting x = sitting_plain();
	size_t n;
	(void)state;
	sitting_do(&x, 0, "queue add a");
	struct event e = event_make(EVENT_QUEUE_ADD);
	e.queue.entry = 2;
	e.queue.person = STR("b");
	e.queue.as = AS_SPEECH;
	assert_int_equal(sitting_apply(&x, e), 0);
	const struct session_entry *q = session_queue(x.s, &n);
	assert_int_equal(n, 2);
	assert_int_equal(q[1].id, 2);
	assert_int_equal(q[1].attending, ATTENDING_SITE);
	sitting_close(&x);
}

static void
about_has_a_limit(void **state)
{
	struct sitting x = sitting_plain();
	struct buf line = {0};
	(void)state;
	buf_puts(&line, "queue add a --about ");
	buf_fill(&line, 'x', 1024);
	assert_int_equal(sitting_ask(&x, 0, SEAT_CHAIR, buf_view(&line)), REFUSAL_NONE);
	line.p[10] = 'b';
	buf_char(&line, 'x');
	assert_int_equal(sitting_ask(&x, 0, SEAT_CHAIR, buf_view(&line)), REFUSAL_LIMIT);
	buf_finish(&line);
	sitting_close(&x);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(stays_in_order),
		cmocka_unit_test(place_not_said_is_the_end),
		cmocka_unit_test(about_has_a_limit),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
