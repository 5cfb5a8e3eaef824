/* Durations: what is read, what is refused, and what a clock shows. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "dais/command.h"

enum { S = 1000, M = 60 * S, H = 60 * M };

struct good {
	const char *text;
	int64_t ms;
};

static const struct good plain[] = {
	{"90s", 90 * S},
	{"3m", 3 * M},
	{"1m30s", M + 30 * S},
	{"1h", H},
	{"1:30", M + 30 * S},
	{"3分", 3 * M},
	{"1分30秒", M + 30 * S},
	{"1小时", H},
	{"5分钟", 5 * M},
	{"0s", 0},
	{"1:02:03", H + 2 * M + 3 * S},
	{"0:00", 0},
	{"1小时30分钟", H + 30 * M},
	{"１：３０", M + 30 * S},
	{"９０ｓ", 90 * S},
	{"３分", 3 * M},
	{"１分３０秒", M + 30 * S},
	{"1h2m3s", H + 2 * M + 3 * S},
	{"1h3s", H + 3 * S},
	{"90:00", 90 * M},
	{"24h", 24 * H},
	{"24:00:00", 24 * H},
	{"86400s", 24 * H},
	{"1440m", 24 * H},
	{"05m", 5 * M},
	{"0:05", 5 * S},
	{"30秒", 30 * S},
};

static const char *const bad[] = {
	"",
	" ",
	"90",
	"９０",
	"s",
	"m",
	"1",
	"-",
	"+",
	":",
	":30",
	"1:",
	"1:3",
	"1:300",
	"1:60",
	"1:02:60",
	"1:60:00",
	"1:2:03",
	"1:02:03:04",
	"1m 30s",
	" 1m",
	"1m ",
	"1 m",
	"1.5m",
	"1m30",
	"30s1m",
	"1m1m",
	"1m90s",
	"1h60m",
	"1d",
	"1M",
	"1min",
	"1mm",
	"24h1s",
	"25h",
	"24:00:01",
	"86401s",
	"1441m",
	"99999999999999999999s",
	"18446744073709551617s",
	"1m-30s",
	"--1m",
	"+-1m",
	"1e3s",
	"0x10s",
	"分",
	"1分钟钟",
	"三分",
	"1时",
	"1:30s",
	"1:30分",
	"1m\n",
	"inf",
	"\xff",
	"1\xff",
	"1m\xff",
};

static void
reads(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof plain / sizeof plain[0]; i++) {
		int64_t ms = -7;
		print_message("# %s\n", plain[i].text);
		assert_true(duration_read(str_of(plain[i].text), false, &ms));
		assert_int_equal(ms, plain[i].ms);
		assert_true(duration_read(str_of(plain[i].text), true, &ms));
		assert_int_equal(ms, plain[i].ms);
	}
}

static void
refuses(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
		int64_t ms = -7;
		print_message("# %zu\n", i);
		assert_false(duration_read(str_of(bad[i]), false, &ms));
		assert_false(duration_read(str_of(bad[i]), true, &ms));
		assert_int_equal(ms, -7);
	}
	int64_t ms;
	assert_false(duration_read(STR("1m\0"), false, &ms));
	assert_false(duration_read(STR_NONE, true, &ms));
}

static void
signs(void **state)
{
	(void)state;
	static const struct good signed_[] = {
		{"+30s", 30 * S},
		{"-30s", -30 * S},
		{"－３０ｓ", -30 * S},
		{"＋1:30", M + 30 * S},
		{"−1分", -M},
		{"–5m", -5 * M},
		{"-24h", -24 * H},
		{"+0s", 0},
	};
	for (size_t i = 0; i < sizeof signed_ / sizeof signed_[0]; i++) {
		int64_t ms = -7;
		assert_false(duration_read(str_of(signed_[i].text), false, &ms));
		assert_int_equal(ms, -7);
		assert_true(duration_read(str_of(signed_[i].text), true, &ms));
		assert_int_equal(ms, signed_[i].ms);
	}
	int64_t ms;
	assert_false(duration_read(STR("-24:00:01"), true, &ms));
}

static void
shows(void **state)
{
	(void)state;
	static const struct good shown[] = {
		{"1:30", 90 * S},
		{"-0:05", -5 * S},
		{"1:02:03", H + 2 * M + 3 * S},
		{"0:00", 0},
		{"0:00", 999},
		{"0:00", -999},
		{"-0:01", -1999},
		{"0:01", 1999},
		{"59:59", H - 1},
		{"1:00:00", H},
		{"-1:00:00", -H},
		{"100:00:00", 100 * H},
		{"0:59", M - 1},
	};
	struct buf b = {0};
	for (size_t i = 0; i < sizeof shown / sizeof shown[0]; i++) {
		buf_reset(&b);
		duration_put(&b, shown[i].ms);
		assert_string_equal(b.p, shown[i].text);
	}
	buf_reset(&b);
	duration_put(&b, INT64_MIN);
	assert_true(b.n > 0);
	buf_finish(&b);
}

/* What a clock shows below a day is a duration that reads back. */
static void
round_trip(void **state)
{
	(void)state;
	struct buf b = {0};
	for (int64_t s = -24 * 3600; s <= 24 * 3600; s += 7) {
		int64_t ms = 0;
		buf_reset(&b);
		duration_put(&b, s * S);
		assert_true(duration_read(buf_view(&b), true, &ms));
		assert_int_equal(ms, s * S);
	}
	buf_finish(&b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads),
		cmocka_unit_test(refuses),
		cmocka_unit_test(signs),
		cmocka_unit_test(shows),
		cmocka_unit_test(round_trip),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
