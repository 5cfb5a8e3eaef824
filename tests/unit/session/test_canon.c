/* Canonical JSON: jansson is the judge of what is JSON at all, the writer of what is canonical. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "dais/utf8.h"
#include "judge.h"

static const char *const good[] = {
	"0",
	"1",
	"-1",
	"9007199254740991",
	"-9007199254740991",
	"\"\"",
	"\"a\"",
	"\"张虎\"",
	"true",
	"false",
	"null",
	"[]",
	"{}",
	"[1]",
	"[1,2,[3,{}]]",
	"{\"a\":1}",
	"{\"a\":{\"a\":1},\"b\":[]}",
	"\"\\u0000\"",
	"\"\\u000a\"",
	"\"\\u001b\"",
	"\"\\u007f\"",
	"\"\\u0085\"",
	"\"\\u200b\"",
	"\"\\u2028\"",
	"\"\\u202e\"",
	"\"\\ufeff\"",
	"\"\\uffff\"",
	"\"\\udb40\\udc41\"",
	"\"\\ud83f\\udffe\"",
	"\"\\udbff\\udfff\"",
	"\"\\\"\"",
	"\"\\\\\"",
	"\"/\"",
	"\"😀\"",
	"\"\xef\xbf\xbd\"",
	"\"[\"",
	"[\"{\"]",
	"[\"[\",1]",
	"{\"{\":\"}\"}",
	"\"　\"",
	"{\"\":0}",
	"[[[[[[[[[[[[[[[[0]]]]]]]]]]]]]]]]",
	"[\"\\\\u0041\"]",
	"{\"ab\":1,\"a\":2,\"abc\":3}",
};

static const char *const bad[] = {
	"",
	" ",
	"-",
	"-0",
	"00",
	"01",
	"-01",
	"1.0",
	"1e3",
	"1E3",
	"+1",
	".5",
	"0x1",
	"9007199254740992",
	"-9007199254740992",
	"99999999999999999999999999",
	"NaN",
	"nul",
	"True",
	"tru",
	"falsee",
	"\"",
	"\"a",
	"a",
	"'a'",
	"\"\\n\"",
	"\"\\t\"",
	"\"\\b\"",
	"\"\\f\"",
	"\"\\r\"",
	"\"\\/\"",
	"\"\\a\"",
	"\"\\u0041\"",
	"\"\\u000A\"",
	"\"\\u001B\"",
	"\"\\u00\"",
	"\"\\u\"",
	"\"\\u000g\"",
	"\"\\",
	"\"\\u0022\"",
	"\"\\u005c\"",
	"\"\\u4e00\"",
	"\"\\ud800\"",
	"\"\\udc00\"",
	"\"\\ud800a\"",
	"\"\\ud800\\u0041\"",
	"\"\\ud83d\\ude00\"",
	"\"\\udc00\\ud800\"",
	"\"\\udb40\\udC41\"",
	"\"\\ud800\\ud800\"",
	"\"\n\"",
	"\"\t\"",
	"\"\x1b\"",
	"\"\x7f\"",
	"\"\xc2\x85\"",
	"\"\xe2\x80\x8b\"",
	"\"\xe2\x80\xa8\"",
	"\"\xe2\x80\xae\"",
	"\"\xef\xbb\xbf\"",
	"\"\xef\xbf\xbf\"",
	"\"\xf3\xa0\x81\x81\"",
	"\"\xf4\x8f\xbf\xbf\"",
	"\"\xff\"",
	"\"\xc0\x80\"",
	"\"\xed\xa0\x80\"",
	"\"\xf4\x90\x80\x80\"",
	"\"\xe4\xb8\"",
	"[",
	"[1",
	"[1,",
	"[1,]",
	"[,1]",
	"[,]",
	"[1 ,2]",
	"[1, 2]",
	"[ ]",
	"[1}",
	"[1 2]",
	"[1\"\"]",
	"{",
	"{\"a\"",
	"{\"a\":",
	"{\"a\":1",
	"{\"a\":1,",
	"{\"a\":1,}",
	"{,}",
	"{ }",
	"{\"a\" :1}",
	"{\"a\": 1}",
	"{a:1}",
	"{1:1}",
	"{\"a\",1}",
	"{\"a\":1]",
	"{\"a\":1,\"a\":1}",
	"{\"a\":1,\"b\":2,\"a\":3}",
	"{\"x\":{\"a\":1,\"a\":2}}",
	"[{\"\":1,\"\":1}]",
	"1 ",
	" 1",
	"1\n",
	"1,",
	"{}{}",
	"[]]",
	"null0",
	"truefalse",
	"[[[[[[[[[[[[[[[[[0]]]]]]]]]]]]]]]]]",
	"{\"\\u000a\":1,\"\\u000a\":2}",
	"{\"\\u0000\":1}",
	"[{\"a\\u200bb\\u0000\":1}]",
	"\xef\xbb\xbf{}",
	"//",
	"[1]//",
};

static bool
accepts(struct str text)
{
	struct canon_reader r = canon_read(text);
	struct str any;
	return canon_take_any(&r, &any) && canon_done(&r);
}

/* jansson reads what we accept, and the writer makes the same bytes of it. */
static void
judge(struct str text)
{
	json_t *v = judge_load(text);
	if (!v)
		print_error("not JSON: %.*s\n", STR_ARG(text));
	assert_non_null(v);
	struct buf again = {0};
	struct canon_writer w = {.out = &again};
	judge_write(&w, v);
	assert_int_equal(again.n, text.n);
	assert_memory_equal(again.p, text.p, text.n);
	buf_finish(&again);
	json_decref(v);
}

static void
table(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof good / sizeof good[0]; i++) {
		struct str text = str_of(good[i]);
		print_message("# %s\n", good[i]);
		assert_true(accepts(text));
		judge(text);
		for (size_t n = 0; n < text.n; n++)
			if (accepts(str_upto(text, n)))
				judge(str_upto(text, n)); /* "10" cut to "1" */
	}
	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
		print_message("# bad %zu\n", i);
		assert_false(accepts(str_of(bad[i])));
	}
	assert_false(accepts(STR("\"\0\"")));
	assert_false(accepts(STR("1\0")));
}

/* Every code point: written, read back, and never raw where it is hidden. */
static void
every_character(void **state)
{
	(void)state;
	struct buf out = {0};
	struct arena a = {0};
	for (uint32_t code = 0; code <= 0x10ffff; code++) {
		if (code == 0xd800)
			code = 0xe000;
		char bytes[4];
		struct str in = {bytes, utf8_write(bytes, code)}, back;
		buf_reset(&out);
		canon_put_str(&out, in);
		struct canon_reader r = canon_read(buf_view(&out));
		assert_true(canon_take_str(&r, &a, &back) && canon_done(&r));
		assert_true(str_eq(in, back));
		bool plain = !utf8_hidden(code) && code != '"' && code != '\\';
		assert_int_equal(plain, out.n == in.n + 2);
		/* As it stands, among others that a reader might take many of at once. */
		buf_reset(&out);
		buf_puts(&out, "\"1234567");
		buf_str(&out, in);
		buf_puts(&out, "12345678\"");
		assert_int_equal(plain, accepts(buf_view(&out)));
		if (code % 4096 == 0)
			arena_finish(&a);
	}
	buf_reset(&out);
	canon_put_str(&out, STR("a\xff\xe4\xb8z"));
	assert_string_equal(out.p, "\"a\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbdz\"");
	buf_reset(&out);
	canon_put_str(&out, STR_NONE);
	assert_string_equal(out.p, "\"\"");
	buf_finish(&out);
	arena_finish(&a);
}

/* Many keys are neither slow nor let a duplicate through. */
static void
many_keys(void **state)
{
	(void)state;
	struct buf out = {0};
	enum { N = 5000 };
	buf_char(&out, '{');
	for (int i = 0; i < N; i++)
		buf_printf(&out, "%s\"k%d\":%d", i ? "," : "", i * 7919 % N, i);
	buf_char(&out, '}');
	assert_true(accepts(buf_view(&out)));
	out.n--;
	buf_puts(&out, ",\"k4999\":0}");
	assert_false(accepts(buf_view(&out)));
	buf_finish(&out);
}

static void
walk(void **state)
{
	(void)state;
	struct arena a = {0};
	struct canon_reader r =
		canon_read(STR("{\"a\\u000a\":[1,-2],\"b\":true,\"c\":\"x\\\"\",\"d\":{}}"));
	struct str key = STR_NONE, s = STR_NONE;
	int64_t v = 0;
	bool b = false;
	assert_int_equal(canon_peek(&r), '{');
	assert_true(canon_enter(&r, '{') && canon_more(&r, '}') && canon_next_key(&r, &a, &key));
	assert_true(str_is(key, "a\n"));
	assert_true(canon_enter(&r, '[') && canon_more(&r, ']'));
	assert_int_equal(canon_peek(&r), '0');
	assert_true(canon_take_int(&r, &v) && v == 1 && canon_more(&r, ']'));
	assert_int_equal(canon_peek(&r), '0');
	assert_true(canon_take_int(&r, &v) && v == -2);
	assert_false(canon_more(&r, ']'));
	assert_true(canon_more(&r, '}') && canon_next_key(&r, &a, &key) &&
		    canon_take_bool(&r, &b) && b);
	assert_true(
		canon_more(&r, '}') && canon_next_key(&r, &a, &key) && canon_take_str(&r, &a, &s));
	assert_true(str_is(s, "x\""));
	assert_true(canon_more(&r, '}') && canon_next_key(&r, &a, &key) && canon_take_any(&r, &s));
	assert_true(str_is(s, "{}"));
	assert_false(canon_done(&r));
	assert_false(canon_more(&r, '}'));
	assert_true(canon_done(&r));
	assert_int_equal(canon_peek(&r), 0);

	r = canon_read(STR("[1]"));
	assert_false(canon_enter(&r, '{'));
	assert_false(canon_enter(&r, '[')); /* a failure stays */
	assert_int_equal(canon_peek(&r), 0);
	assert_false(canon_done(&r));
	assert_false(canon_more(&r, ']'));
	assert_false(canon_take_int(&r, &v));
	r = canon_read(STR_NONE);
	assert_false(canon_take_any(&r, &s));
	r = canon_read(STR("\"t\":1"));
	assert_true(canon_take(&r, "\"t\":") && canon_take_int(&r, &v) && canon_done(&r));
	r = canon_read(STR("\"t\""));
	assert_false(canon_take(&r, "\"t\":"));
	arena_finish(&a);
}

static uint64_t
dice(uint64_t *seed)
{
	*seed ^= *seed << 13;
	*seed ^= *seed >> 7;
	*seed ^= *seed << 17;
	return *seed;
}

static void
random_str(struct buf *out, uint64_t *seed)
{
	static const uint32_t some[] = {0, 9, 10, 27, '"', '\\', 'a', '/', 0x7f, 0x85, 0xad, 0x200b,
		0x202e, 0x4e00, 0xfeff, 0xfffd, 0xffff, 0x1f600, 0xe0041, 0x10ffff};
	char bytes[4];
	for (uint64_t n = dice(seed) % 8; n; n--)
		buf_put(out, bytes,
			utf8_write(bytes, some[dice(seed) % (sizeof some / sizeof some[0])]));
}

static void
random_value(struct canon_writer *w, uint64_t *seed, int depth)
{
	struct buf s = {0};
	uint64_t n = dice(seed) % 5;
	switch (dice(seed) % (depth < 15 ? 6 : 4)) {
	case 0:
		canon_int(w, (int64_t)(dice(seed) >> 11) - ((int64_t)1 << 52));
		break;
	case 1:
		canon_bool(w, dice(seed) & 1);
		break;
	case 2:
	case 3:
		random_str(&s, seed);
		canon_str(w, buf_view(&s));
		break;
	case 4:
		canon_open(w, '[');
		while (n--)
			random_value(w, seed, depth + 1);
		canon_close(w, ']');
		break;
	default:
		canon_open(w, '{');
		while (n--) {
			char key[] = {(char)('a' + n), 0};
			canon_key(w, key);
			random_value(w, seed, depth + 1);
		}
		canon_close(w, '}');
	}
	buf_finish(&s);
}

/* Random values are canonical; with one byte changed they are refused or canonical still. */
static void
random_values(void **state)
{
	(void)state;
	uint64_t seed = 20260617;
	print_message("# seed %llu\n", (unsigned long long)seed);
	struct buf out = {0};
	for (int round = 0; round < 4000; round++) {
		buf_reset(&out);
		struct canon_writer w = {.out = &out};
		random_value(&w, &seed, 0);
		assert_true(accepts(buf_view(&out)));
		judge(buf_view(&out));
		for (int k = 0; k < 20; k++) {
			size_t at = dice(&seed) % out.n;
			char was = out.p[at];
			out.p[at] = (char)dice(&seed);
			if (accepts(buf_view(&out)))
				judge(buf_view(&out));
			out.p[at] = was;
		}
	}
	buf_finish(&out);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(table),
		cmocka_unit_test(every_character),
		cmocka_unit_test(many_keys),
		cmocka_unit_test(walk),
		cmocka_unit_test(random_values),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
