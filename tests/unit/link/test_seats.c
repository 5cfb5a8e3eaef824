/* Keys: one console's each, changed after the first use, and told apart from old ones. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "scratch.h"
#include "seats.h"

static const unsigned char key[32] = "invite", more[32] = "random", again[32] = "later";

static char *
identity(const unsigned char k[32])
{
	struct buf b = {0};
	key_identity(&b, STR("forum"), SEAT_SCRIBE, k);
	return b.p;
}

/* Written and read back: a host that was started again. */
static struct seats *
restart(struct seats *s)
{
	struct buf text = {0}, twice = {0};
	struct seats *n = seats_create(STR("another name"));
	seats_write(s, &text);
	assert_true(seats_read(n, buf_view(&text)));
	seats_write(n, &twice);
	assert_true(str_eq(buf_view(&text), buf_view(&twice)));
	seats_destroy(s);
	buf_finish(&text);
	buf_finish(&twice);
	return n;
}

static void
rotation(void **state)
{
	struct seat_view v;
	unsigned char fresh[32] = "", psk[32], expected[32];
	char *old = identity(key), *now = identity(more);
	(void)state;
	for (int crash = 0; crash < 2; crash++) {
		struct seats *s = seats_create(STR("forum"));
		assert_int_equal(seats_invite(s, SEAT_SCRIBE, key), 1);
		assert_int_equal(seats_invite(s, SEAT_STAGE, again), 2);
		assert_true(seats_at(s, 0, &v) && v.state == SEAT_INVITED);
		assert_memory_equal(v.invite, key, 32);
		assert_true(seats_find(s, str_of(old), psk));
		key_psk(expected, STR("forum"), str_of(old), key);
		assert_memory_equal(psk, expected, 32);
		assert_false(seats_find(s, str_of(now), psk));
		assert_int_equal(seats_use(s, str_of(old), more, &v, fresh), SEAT_ENTERS_CHANGING);
		assert_memory_equal(fresh, more, 32);
		assert_null(v.invite);
		if (crash)
			s = restart(s);
		/* The line broke before the console had the key: the same key again. */
		assert_int_equal(seats_use(s, str_of(old), again, &v, fresh), SEAT_ENTERS_CHANGING);
		assert_memory_equal(fresh, more, 32);
		/* Or after it had it: using it is the confirmation. */
		if (crash)
			assert_int_equal(seats_use(s, str_of(now), again, &v, fresh), SEAT_ENTERS_ANEW);
		else
			assert_true(seats_confirm(s, str_of(old), STR("韩英")));
		s = restart(s);
		assert_int_equal(seats_use(s, str_of(old), again, &v, fresh), SEAT_USED_AGAIN);
		assert_int_equal(v.number, 1);
		assert_int_equal(seats_use(s, str_of(now), again, &v, fresh), SEAT_ENTERS);
		assert_int_equal(v.state, SEAT_BOUND);
		assert_true(str_is(v.name, crash ? "" : "韩英"));
		assert_true(str_is(v.who, now));
		/* The name of the first is the seat's. */
		seats_confirm(s, str_of(now), STR("somebody"));
		seats_at(s, 0, &v);
		assert_true(str_is(v.name, crash ? "somebody" : "韩英"));
		assert_true(seats_revoke(s, 1));
		assert_false(seats_revoke(s, 1));
		assert_false(seats_revoke(s, 9));
		s = restart(s);
		assert_false(seats_find(s, str_of(now), psk));
		assert_false(seats_find(s, str_of(old), psk));
		assert_int_equal(seats_use(s, str_of(now), again, &v, fresh), SEAT_UNKNOWN);
		assert_int_equal(seats_invite(s, SEAT_SCRIBE, key), 3);
		seats_destroy(s);
	}
	free(old);
	free(now);
}

/* Whoever holds a key cannot keep the host busy with handshakes. */
static void
often(void **state)
{
	struct seats *s = seats_create(STR("forum"));
	char *id = identity(key), *other = identity(more);
	(void)state;
	seats_invite(s, SEAT_SCRIBE, key);
	seats_invite(s, SEAT_SCRIBE, more);
	assert_false(seats_often(s, STR("?"), 0));
	for (int round = 0; round < 2; round++) {
		for (int i = 0; i < 60; i++)
			assert_false(seats_often(s, str_of(id), 1000 + round * 60000 + i));
		for (int i = 0; i < 500; i++)
			assert_true(seats_often(s, str_of(id), 1000 + round * 60000 + 60 + i));
	}
	assert_false(seats_often(s, str_of(other), 61100));
	free(id);
	free(other);
	seats_destroy(s);
}

static void
tries(void **state)
{
	struct seats *s = seats_create(STR("forum"));
	struct seat_view v;
	char *who = identity(key);
	(void)state;
	seats_invite(s, SEAT_SCRIBE, key);
	for (int i = 0; i < 5; i++) {
		assert_true(seats_hear(s, STR("10.0.0.7"), 1000 + i));
		seats_wrong(s, STR("10.0.0.7"), str_of(who), 1000 + i);
	}
	assert_false(seats_hear(s, STR("10.0.0.7"), 1004));
	assert_false(seats_hear(s, STR("10.0.0.7"), 61003));
	assert_true(seats_hear(s, STR("10.0.0.7"), 61004));
	assert_true(seats_hear(s, STR("10.0.0.8"), 1004));
	assert_true(seats_at(s, 0, &v));
	assert_int_equal(v.wrong, 5);
	/* Four and then a pause are no five. */
	for (int i = 0; i < 8; i++)
		seats_wrong(s, STR("10.0.0.9"), STR("x"), i < 4 ? 100000 : 200000);
	assert_true(seats_hear(s, STR("10.0.0.9"), 200001));
	/* Ten thousand addresses need no more memory than a few. */
	for (int i = 0; i < 10000; i++) {
		char text[24];
		snprintf(text, sizeof text, "%d", i);
		seats_wrong(s, str_of(text), STR("x"), 300000 + i);
	}
	for (int i = 0; i < 5; i++)
		seats_wrong(s, STR("guesser"), STR("x"), 310000 + i);
	assert_false(seats_hear(s, STR("guesser"), 310010));
	free(who);
	seats_destroy(s);
}

static void
files(void **state)
{
	static const char *const bad[] = {
		"",
		"{}",
		"{\"seats\":2,\"session\":\"s\"}\n",
		"{\"seats\":1,\"session\":\"s\"}\n{\"number\":1}\n",
		"{\"seats\":1,\"session\":\"s\"}\n{\"number\":1,\"seat\":\"scribe\",\"state\":9,"
		"\"name\":\"\"}\n",
		"{\"seats\":1,\"session\":\"s\"}\n{\"number\":1,\"seat\":\"king\",\"state\":0,"
		"\"name\":\"\"}\n",
		"{\"seats\":1,\"session\":\"s\"}\n{\"number\":1,\"seat\":\"scribe\",\"state\":0,"
		"\"name\":\"\",\"key\":\"x\"}\n",
		"{\"seats\":1,\"session\":\"s\"}\n{\"number\":1,\"seat\":\"scribe\",\"state\":0,"
		"\"name\":\"\"}\n",
	};
	struct seat_view v;
	(void)state;
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		struct seats *s = seats_create(STR("s"));
		seats_invite(s, SEAT_STAGE, key);
		assert_false(seats_read(s, str_of(bad[i])));
		assert_false(seats_at(s, 0, &v));
		seats_destroy(s);
	}
	/* Half of a file is none. */
	struct seats *s = seats_create(STR("s"));
	struct buf text = {0};
	for (int i = 0; i < 3; i++)
		seats_invite(s, SEAT_SCRIBE, i ? more : key);
	seats_write(s, &text);
	for (size_t n = 0; n + 1 < text.n; n++) {
		struct seats *half = seats_create(STR("s"));
		bool good = seats_read(half, (struct str){text.p, n});
		/* Only at a line's end is it whole. */
		assert_int_equal(good, n > 0 && text.p[n - 1] == '\n');
		seats_destroy(half);
	}
	buf_finish(&text);
	seats_destroy(s);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(rotation),
		cmocka_unit_test(often),
		cmocka_unit_test(tries),
		cmocka_unit_test(files),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
