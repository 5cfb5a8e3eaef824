/* The decoder against RFC 3629, spelt out the slow way. */
#include "rig.h"

static void
round_trip(void **state)
{
	(void)state;
	for (uint32_t code = 0; code <= 0x10ffff; code++) {
		if (code >= 0xd800 && code <= 0xdfff)
			continue;
		char bytes[4];
		uint32_t got = 0;
		size_t n = utf8_write(bytes, code);
		assert_int_equal(n, code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4);
		assert_int_equal(utf8_read((struct str){bytes, n}, &got), n);
		assert_int_equal(got, code);
		for (size_t shorter = 0; shorter < n; shorter++)
			assert_int_equal(utf8_read((struct str){bytes, shorter}, &got), 0);
	}
}

static void
refused(void **state)
{
	(void)state;
	static const char *const bad[] = {
		"\x80", "\xbf", "\xc0\x80", "\xc1\xbf", "\xc2", "\xc2\x41", "\xe0\x80\x80",
		"\xe0\x9f\xbf", "\xed\xa0\x80", "\xed\xbf\xbf", "\xe4\xbd", "\xe4\x41\xa0",
		"\xf0\x80\x80\x80", "\xf0\x8f\xbf\xbf", "\xf4\x90\x80\x80", "\xf5\x80\x80\x80",
		"\xf8\x88\x80\x80\x80", "\xfe", "\xff", "\xf0\x9f\x91",
	};
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		uint32_t code;
		size_t at = 99;
		struct buf b = {0};
		buf_puts(&b, "ab");
		buf_puts(&b, bad[i]);
		assert_int_equal(utf8_read(str_of(bad[i]), &code), 0);
		assert_false(utf8_valid(buf_view(&b), &at));
		assert_int_equal(at, 2);
		buf_finish(&b);
	}
	assert_true(utf8_valid(STR("张虎 👍"), NULL));
	assert_true(utf8_valid(STR_NONE, NULL));
}

/* Every sequence of up to three bytes: accepted exactly if writing the code point gives it back. */
static void
only_one_spelling(void **state)
{
	(void)state;
	for (uint32_t v = 0; v < 1u << 24; v++) {
		char bytes[4] = {(char)(v >> 16), (char)(v >> 8), (char)v}, again[4];
		uint32_t code = 0;
		size_t n = utf8_read((struct str){bytes, 3}, &code);
		if (n == 0)
			continue;
		assert_int_equal(utf8_write(again, code), n);
		assert_memory_equal(bytes, again, n);
		assert_true(code < 0xd800 || code > 0xdfff);
	}
}

static void
hidden(void **state)
{
	(void)state;
	static const uint32_t yes[] = {0, 9, 0xa, 0x1b, 0x7f, 0x85, 0x9b, 0xad, 0x61c, 0x180e, 0x200b,
		0x200d, 0x200f, 0x2028, 0x2029, 0x202e, 0x2060, 0x2066, 0x2069, 0xfeff, 0xfff9, 0xfdd0,
		0xfffe, 0xffff, 0x1fffe, 0x10ffff, 0xe0001, 0xe0041};
	static const uint32_t no[] = {0x20, 'a', 0xa0, 0x300, 0x2027, 0x2030, 0x4e00, 0xfffd, 0x1f600};
	for (size_t i = 0; i < sizeof yes / sizeof *yes; i++)
		assert_true(utf8_hidden(yes[i]));
	for (size_t i = 0; i < sizeof no / sizeof *no; i++)
		assert_false(utf8_hidden(no[i]));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(round_trip),
		cmocka_unit_test(refused),
		cmocka_unit_test(only_one_spelling),
		cmocka_unit_test(hidden),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
