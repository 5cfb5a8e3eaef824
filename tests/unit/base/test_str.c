/* Slices, buffers and arenas at their edges. */
#include "rig.h"

static void
slices(void **state)
{
	(void)state;
	struct str s = STR("chair");
	assert_true(str_is(str_from(s, 2), "air"));
	assert_true(str_is(str_upto(s, 2), "ch"));
	assert_true(str_is(str_from(s, 9), ""));
	assert_true(str_is(str_upto(s, 9), "chair"));
	assert_int_equal(str_from(STR_NONE, 3).n, 0);
	assert_true(str_eq(STR_NONE, STR("")));
	assert_false(str_eq(STR("a"), STR("ab")));
	assert_false(str_is(STR("ab"), "a"));
	assert_false(str_is(STR("a"), "ab"));
	assert_true(str_starts(s, STR("cha")));
	assert_true(str_starts(s, STR_NONE));
	assert_false(str_starts(STR("ch"), STR("cha")));
	assert_int_equal(str_of(NULL).n, 0);
}

static void
order(void **state)
{
	(void)state;
	assert_true(str_cmp(STR("a"), STR("b")) < 0);
	assert_true(str_cmp(STR("a"), STR("ab")) < 0);
	assert_true(str_cmp(STR("b"), STR("ab")) > 0);
	assert_true(str_cmp(STR("\xff"), STR("a")) > 0);
	assert_int_equal(str_cmp(STR("ab"), STR("ab")), 0);
	assert_true(str_cmp(STR_NONE, STR("a")) < 0);
	assert_int_equal(str_cmp(STR_NONE, STR("")), 0);
}

static void
trimming(void **state)
{
	(void)state;
	assert_str(str_trim(STR(" \t a b \n")), "a b");
	assert_str(str_trim(STR("　张虎　 ")), "张虎");
	assert_str(str_trim(STR("　 　")), "");
	assert_str(str_trim(STR("")), "");
	/* The bytes of U+3000, but of other characters. */
	assert_str(str_trim(STR("\xf0\xa3\x80\x80")), "\xf0\xa3\x80\x80");
}

static void
numbers(void **state)
{
	(void)state;
	static const char *const bad[] = {
		"", "-1", "+1", " 1", "1 ", "1a", "9223372036854775808", "99999999999999999999", "１"};
	int64_t v = 7;
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		assert_false(str_int(str_of(bad[i]), &v));
	assert_true(str_int(STR("0"), &v));
	assert_int_equal(v, 0);
	assert_true(str_int(STR("9223372036854775807"), &v));
	assert_true(v == INT64_MAX);
	assert_true(str_int(STR("007"), &v));
	assert_int_equal(v, 7);
}

static void
buffers(void **state)
{
	(void)state;
	struct buf b = {0};
	assert_int_equal(buf_view(&b).n, 0);
	assert_non_null(buf_view(&b).p);
	buf_put(&b, NULL, 0);
	buf_puts(&b, "你");
	buf_char(&b, ' ');
	buf_int(&b, INT64_MIN);
	buf_fill(&b, '.', 3);
	buf_printf(&b, "%s-%d", "x", 12);
	assert_string_equal(b.p, "你 -9223372036854775808...x-12");
	assert_int_equal(b.n, strlen(b.p));
	char *memory = b.p;
	buf_reset(&b);
	assert_string_equal(b.p, "");
	assert_ptr_equal(b.p, memory);
	/* Each length once, so that every edge of the growth is met. */
	for (size_t n = 0; n < 3000; n++) {
		buf_char(&b, (char)('a' + n % 26));
		assert_int_equal(b.p[b.n], 0);
	}
	for (size_t n = 0; n < 3000; n++)
		assert_int_equal(b.p[n], 'a' + n % 26);
	buf_finish(&b);
	assert_null(b.p);
}

static void
arenas(void **state)
{
	(void)state;
	struct arena a = {0};
	for (size_t n = 0; n < 20000; n += 37) {
		unsigned char *p = arena_alloc(&a, n);
		assert_int_equal((uintptr_t)p % _Alignof(max_align_t), 0);
		for (size_t i = 0; i < n; i++)
			assert_int_equal(p[i], 0);
		memset(p, 0xff, n);
	}
	struct str copy = arena_str(&a, STR("张虎"));
	assert_string_equal(copy.p, "张虎");
	assert_int_equal(copy.p[copy.n], 0);
	assert_string_equal(arena_str(&a, STR_NONE).p, "");
	arena_finish(&a);
	assert_null(a.head);
}

static void
vectors(void **state)
{
	(void)state;
	int *items = NULL;
	size_t n = 0, cap = 0;
	for (int i = 0; i < 100; i++)
		VEC_PUSH(items, n, cap, i);
	assert_int_equal(n, 100);
	assert_int_equal(items[0], 0);
	assert_int_equal(items[99], 99);
	free(items);
	char *z = str_dup(str_upto(STR("chair"), 3));
	assert_string_equal(z, "cha");
	free(z);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(slices),
		cmocka_unit_test(order),
		cmocka_unit_test(trimming),
		cmocka_unit_test(numbers),
		cmocka_unit_test(buffers),
		cmocka_unit_test(arenas),
		cmocka_unit_test(vectors),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
