/* A session in sentences: what its clocks cross is said once, and the last of it where much was crossed. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "spoken.h"

static struct spoken
running(void)
{
	return (struct spoken){.title = STR("T"), .saved = true, .segment = STR("s1"), .kind = STR("point"),
		.number = 1, .of = 1, .budget_ms = 600000, .state = SPOKEN_RUNNING, .turn = 5,
		.speaker = STR("张虎"), .allotted_ms = 180000, .next = STR("李毅"),
		.warn_ms = {60000, 30000}, .warns = 2, .bell_ms = 30000};
}

/* What is said while ms go by. */
static void
goes_by(struct spoken *is, int64_t ms, const char *said)
{
	struct buf out = {0};
	struct spoken later = spoken_later(is, ms);
	spoken_clocks(&out, is, &later);
	assert_string_equal(out.p ? out.p : "", said);
	*is = later;
	buf_finish(&out);
}

static void
test_marks(void **state)
{
	struct spoken is = running();
	(void)state;
	assert_int_equal(spoken_due(&is), 120000);
	goes_by(&is, 119999, "");
	goes_by(&is, 1, "1 minute left for 张虎.\n");
	goes_by(&is, 1, "");
	assert_int_equal(spoken_due(&is), 29999);
	goes_by(&is, 30000, "30 seconds left for 张虎.\n");
	goes_by(&is, 29999, "The time of 张虎 is up.\n");
	assert_int_equal(spoken_due(&is), 30000);
	goes_by(&is, 30000, "张虎 is 30 seconds over time.\n");
	goes_by(&is, 29999, "");
	goes_by(&is, 1, "张虎 is 1 minute over time.\n");
}

/* A machine that slept, a clock that runs a thousand times as fast: the last of it counts. */
static void
test_many_at_once(void **state)
{
	struct spoken is = running();
	(void)state;
	goes_by(&is, 175000, "30 seconds left for 张虎.\n");
	goes_by(&is, 400000, "张虎 is 6 minutes 30 seconds over time.\n1 minute left for this segment.\n");
	goes_by(&is, 25000, "张虎 is 7 minutes over time.\nThe time of this segment is up.\n");
}

static void
test_silent(void **state)
{
	struct spoken is = running();
	(void)state;
	is.state = SPOKEN_PAUSED;
	goes_by(&is, 539999, "");
	assert_int_equal(spoken_due(&is), 1);
	is.budget_ms = 0;
	assert_int_equal(spoken_due(&is), -1);
	is = running();
	is.allotted_ms = -1;
	is.bell_ms = 0;
	goes_by(&is, 500000, "");
	/* A warning as long as the whole turn says nothing. */
	is = running();
	is.allotted_ms = 60000;
	goes_by(&is, 1, "");
	goes_by(&is, 29999, "30 seconds left for 张虎.\n");
}

static void
changes(const struct spoken *was, const struct spoken *is, const char *said)
{
	struct buf out = {0};
	spoken_change(&out, was, is);
	assert_string_equal(out.p ? out.p : "", said);
	buf_finish(&out);
}

static void
test_changes(void **state)
{
	struct spoken was = running(), is = running();
	(void)state;
	changes(&was, &is, "");
	is.elapsed_ms = 20000;
	changes(&was, &is, "");
	is.state = SPOKEN_PAUSED;
	changes(&was, &is, "张虎 is paused after 20 seconds.\n");
	is.state = SPOKEN_ENDED;
	is.next = STR_NONE;
	changes(&was, &is, "张虎 has ended after 20 seconds. Nobody has the floor.\nNobody is next.\n");
	is = running();
	is.turn = 9;
	is.speaker = STR("李\033毅");
	is.as = STR("question");
	changes(&was, &is, "李␛毅 (question) has the floor for 3 minutes.\n");
	is = running();
	is.saved = false;
	changes(&was, &is, "NOT SAVED: the log cannot be written.\n");
	changes(&is, &was, "Everything is saved again.\n");
	is = running();
	is.closed = true;
	is.state = SPOKEN_ENDED;
	changes(&was, &is, "The session is closed.\n");
}

static void
first(const struct spoken *is, const char *said)
{
	struct buf out = {0};
	spoken_first(&out, is);
	assert_string_equal(out.p ? out.p : "", said);
	buf_finish(&out);
}

/* A title may be a question, in either language's signs: no sentence ends twice, none goes on behind it. */
static void
test_titles(void **state)
{
	struct spoken was = running(), is = running();
	(void)state;
	is.title = STR("Is it so?");
	is.number = 2;
	is.of = 3;
	is.segment = STR("s2");
	is.segment_title = STR("该如何应对？");
	first(&is, "Is it so?\nNow Point 2 of 3, planned for 10 minutes: 该如何应对？\n"
		   "张虎 has the floor for 3 minutes.\nNext is 李毅.\n");
	changes(&was, &is, "Now Point 2 of 3, planned for 10 minutes: 该如何应对？\n");
	is.rehearsal = true;
	is.title = STR("一个论坛");
	is.segment_title = STR("A title");
	is.budget_ms = 0;
	is.kind = STR("closing");
	is.next = STR("M. L. King Jr.");
	is.state = SPOKEN_NOBODY;
	first(&is, "A rehearsal of 一个论坛.\nNow Closing: A title.\nNobody has the floor.\n"
		   "Next is M. L. King Jr.\n");
	is.segment_title = STR_NONE;
	was = is;
	was.segment = STR("s1");
	changes(&was, &is, "Now Closing.\n");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_marks), cmocka_unit_test(test_many_at_once),
		cmocka_unit_test(test_silent), cmocka_unit_test(test_changes),
		cmocka_unit_test(test_titles)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
