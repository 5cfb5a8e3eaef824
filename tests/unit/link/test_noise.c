/* What is told of noise is bounded, and nothing that came is missing from the numbers. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>

#include "noise.h"
#include "scratch.h"

struct told {
	size_t times[NOISE_KINDS];
	unsigned more[NOISE_KINDS], others[NOISE_KINDS];
	char last[64];
};

static void
more(void *ctx, size_t kind, struct str from, unsigned n)
{
	struct told *t = ctx;
	assert_true(n > 0);
	t->times[kind]++;
	t->more[kind] += n;
	t->others[kind] += from.n ? 0 : n;
	snprintf(t->last, sizeof t->last, "%.*s", STR_ARG(from));
}

static void
one_address(void **state)
{
	struct noise n = {0};
	struct told t = {0};
	(void)state;
	assert_int_equal(noise_deadline(&n), EVENT_NO);
	assert_true(noise_hear(&n, 1, STR("10.0.0.7"), 1000));
	for (int i = 0; i < 12; i++)
		assert_false(noise_hear(&n, 1, STR("10.0.0.7"), 2000 + i));
	/* Another kind, and another address, are news of their own. */
	assert_true(noise_hear(&n, 2, STR("10.0.0.7"), 30000));
	assert_true(noise_hear(&n, 1, STR("10.0.0.8"), 3000));
	assert_int_equal(noise_deadline(&n), 61000);
	noise_tell(&n, 60999, more, &t);
	assert_int_equal(t.times[1], 0);
	noise_tell(&n, 61000, more, &t);
	assert_int_equal(t.times[1], 1);
	assert_int_equal(t.more[1], 12);
	assert_string_equal(t.last, "10.0.0.7");
	/* It is over: the next one is told again, and who came once has no number. */
	assert_int_equal(noise_deadline(&n), 90000);
	assert_true(noise_hear(&n, 1, STR("10.0.0.7"), 61001));
	noise_tell(&n, 200000, more, &t);
	assert_int_equal(t.times[1], 1);
	assert_int_equal(t.times[2], 0);
	assert_int_equal(noise_deadline(&n), EVENT_NO);
}

/* Thousands of addresses for hours: a few words a minute, and the sum is right. */
static void
everybody(void **state)
{
	struct noise n = {0};
	struct told t = {0};
	uint64_t seed = seed_take();
	size_t came = 0, told = 0, minutes = 120;
	char from[80];
	(void)state;
	int64_t now = 5000, end = now + (int64_t)minutes * NOISE_MS;
	while (now < end) {
		now += (int64_t)(seed_next(&seed) % 40);
		noise_tell(&n, now, more, &t);
		uint64_t r = seed_next(&seed);
		snprintf(from, sizeof from, r % 3 ? "10.0.0.%d" : "2001:db8:aaaa:bbbb:%d::/64", (int)(r >> 8) % 5000);
		came++;
		told += noise_hear(&n, 3, str_of(from), now);
	}
	noise_tell(&n, now + NOISE_MS, more, &t);
	assert_int_equal(told + t.more[3], came);
	assert_true(told <= (minutes + 1) * NOISE_ROWS);
	assert_true(t.times[3] <= (minutes + 1) * (NOISE_ROWS + 1));
	assert_true(t.others[3] > came / 2);
}

/* A name that is too long, or none, is one like another. */
static void
odd_names(void **state)
{
	struct noise n = {.window_ms = 10};
	struct told t = {0};
	char name[200];
	(void)state;
	for (size_t i = 0; i < sizeof name; i++)
		name[i] = 'x';
	assert_true(noise_hear(&n, 0, (struct str){name, sizeof name}, 0));
	assert_false(noise_hear(&n, 0, (struct str){name, sizeof name}, 1));
	assert_true(noise_hear(&n, 0, STR_NONE, 2));
	assert_false(noise_hear(&n, 0, STR_NONE, 3));
	noise_tell(&n, 10, more, &t);
	assert_int_equal(t.times[0], 2);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(one_address),
		cmocka_unit_test(everybody),
		cmocka_unit_test(odd_names),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
