/* The schedule: dates of the calendar, and clocks east and west. */
#include "sitting.h"

/* The offset of a session that enters its first segment at this wall clock. */
static int64_t
offset_at(const char *date, const char *start, int64_t wall, int64_t zone)
{
	struct buf forum = {0};
	struct sitting x = {.s = session_create()};
	struct event e = event_make(EVENT_SESSION_OPEN);
	buf_puts(&forum, "{\"title\":\"T\"");
	if (date)
		buf_printf(&forum, ",\"date\":\"%s\"", date);
	buf_printf(&forum, ",\"start\":\"%s\"," SITTING_PEOPLE "," SITTING_AGENDA "}", start);
	e.open.format = 1;
	e.open.forum = buf_view(&forum);
	assert_int_equal(sitting_apply(&x, e), 0);
	assert_int_equal(sitting_apply(&x, sitting_host(wall, zone)), 0);
	assert_int_equal(sitting_do(&x, 0, "segment next"), REFUSAL_NONE);
	int64_t offset = session_offset_ms(x.s, 0);
	buf_finish(&forum);
	sitting_close(&x);
	return offset;
}

static void
dates_are_found(void **state)
{
	/* Seconds since 1970 as date(1) -u says them. */
	assert_int_equal(offset_at("1970-01-01", "00:00", 60000, 0), 60000);
	assert_int_equal(offset_at("2000-02-29", "12:00", 951825600000 + 1000, 0), 1000);
	assert_int_equal(offset_at("2023-07-15", "14:00", 1689429600000 - 1000, 0), -1000);
	assert_int_equal(offset_at("2024-12-31", "23:59", 1735689540000, 0), 0);
	assert_int_equal(offset_at("2100-03-01", "00:00", 4107542400000 + 5000, 0), 5000);
	(void)state;
}

static void
zones_count(void **state)
{
	(void)state;
	assert_int_equal(offset_at("2023-07-15", "14:00", 1689400800000 + 7000, 480), 7000);
	assert_int_equal(offset_at("2023-07-15", "14:00", 1689447600000 + 7000, -300), 7000);
}

static void
without_a_date_the_day_is_the_day(void **state)
{
	(void)state;
	/* 06:05 UTC is 14:05 at +08:00; at 18:30 UTC the next day has begun there. */
	assert_int_equal(offset_at(NULL, "14:00", 1689400800000 + 300000, 480), 300000);
	assert_int_equal(offset_at(NULL, "02:00", 1689445800000, 480), 30 * 60000);
}

static void
what_is_no_time_is_no_plan(void **state)
{
	static const char *const starts[] = {"24:00", "12:60", "9:30", "ab:cd", ""};
	(void)state;
	for (size_t i = 0; i < sizeof starts / sizeof *starts; i++)
		assert_int_equal(offset_at("2023-07-15", starts[i], 1689400800000, 480), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(dates_are_found),
		cmocka_unit_test(zones_count),
		cmocka_unit_test(without_a_date_the_day_is_the_day),
		cmocka_unit_test(what_is_no_time_is_no_plan),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
