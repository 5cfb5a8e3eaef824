/* Cleaning, measuring and cutting, against the table of sequences that terminals were measured with. */
#include "rig.h"

#include <wchar.h>

#include <unicode/ubrk.h>
#include <unicode/utext.h>

#include "dais/text.h"

static const struct {
	const char *raw, *clean;
	int width;
} sequences[] = {
	{"👨‍👩‍👧", "👨👩👧", 6},
	{"🧑🏽‍🚀", "🧑🚀", 4},
	{"🏳️‍🌈", "🏳🌈", 3},
	{"👍🏽", "👍", 2},
	{"🏽", "〓", 2},
	{"a\u200e🏽", "a〓", 3},
	{"\u1161", "�", 1},
	{"❤️", "❤", 1},
	{"⚠️", "⚠", 1},
	{"⏱️", "⏱", 1},
	{"1️⃣", "1⃣", 1},
	{"🇨🇳", "🇨🇳", 2},
	{"é", "é", 1},
	{"é", "é", 1},
	{"葛󠄀", "葛", 2},
	{"각", "각", 2},
	{"각", "각", 2},
	{"\xf0\xb1\x8d\x90", "〓", 2},
	{"\xf0\x9f\xab\xa8", "〓", 2},
	{"䷀", "〓", 2},
	{"㉈", "〓", 2},
	{"क्षि", "क्षि", 3},
	{"“‘…—·①─│●★×°", "“‘…—·①─│●★×°", 12},
	{"\u202e" "abc", "abc", 3},
	{"a\u2066b\u2069", "ab", 2},
	{"soft\u00adhyphen", "softhyphen", 10},
	{"a\u200b\ufeff" "b", "ab", 2},
	{"\U000e0041x", "x", 1},
	{"a\u2028b", "ab", 2},
	{"\033[2J", "␛[2J", 4},
	{"a\tb\nc\r\nd", "a b c d", 7},
	{"a\rb\177", "a␍b␡", 4},
	{"\xc2\x85\xc2\x9b", "��", 2},
	{"\xff" "a\xe4\xbd", "�a��", 4},
	{"\u0301x", "◌\u0301x", 2},
	{"a\n\u0301", "a ◌\u0301", 3},
	{"a\u0301\u0302\u0303\u0304\u0305z", "a\u0301\u0302\u0303z", 2},
	{"\u3164\u115f", "", 0},
	{"\ufdd0\U0010ffff", "��", 2},
	{"张虎　教授", "张虎　教授", 10},
	{"", "", 0},
};

static void
table(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof sequences / sizeof *sequences; i++) {
		struct buf out = {0};
		buf_puts(&out, "|");
		text_clean(&out, str_of(sequences[i].raw));
		assert_str(str_from(buf_view(&out), 1), sequences[i].clean);
		assert_int_equal(text_width(str_of(sequences[i].raw)), sequences[i].width);
		buf_finish(&out);
	}
}

/* What every cleaned text must be: valid, nothing hidden, as wide as ncurses will take it to be. */
static void
assert_clean(struct str clean, int width)
{
	int sum = 0, marks = 0;
	bool base = false;
	assert_true(utf8_valid(clean, NULL));
	for (size_t at = 0; at < clean.n;) {
		uint32_t code = 0;
		at += utf8_read(str_from(clean, at), &code);
		assert_false(utf8_hidden(code));
		int one = wcwidth((wchar_t)code);
		assert_in_range(one + 1, 1, 3);
		marks = one == 0 ? marks + 1 : 0;
		base |= one > 0;
		assert_true(one > 0 || base);
		assert_in_range(marks, 0, 3);
		sum += one;
	}
	assert_int_equal(sum, width);
}

static void
every_code_point(void **state)
{
	(void)state;
	for (uint32_t code = 0; code <= 0x10ffff; code++) {
		if (code >= 0xd800 && code <= 0xdfff)
			continue;
		char bytes[4];
		struct str s = {bytes, utf8_write(bytes, code)};
		struct buf out = {0};
		text_clean(&out, s);
		assert_clean(buf_view(&out), text_width(s));
		buf_finish(&out);
	}
}

static void
random_text(void **state)
{
	(void)state;
	uint64_t dice = seed_random();
	for (int round = 0; round < 4000; round++) {
		struct buf raw = {0}, clean = {0}, again = {0};
		put_random(&raw, &dice, 1 + draw_random(&dice, 30), round % 2);
		text_clean(&clean, buf_view(&raw));
		assert_clean(buf_view(&clean), text_width(buf_view(&raw)));
		text_clean(&again, buf_view(&clean));
		assert_int_equal(text_width(buf_view(&clean)), text_width(buf_view(&raw)));
		assert_true(str_eq(buf_view(&again), buf_view(&clean)));
		buf_finish(&raw);
		buf_finish(&clean);
		buf_finish(&again);
	}
}

/* The quick way through plain text must cut where ICU cuts. */
static void
clusters_are_icus(void **state)
{
	(void)state;
	uint64_t dice = seed_random();
	UErrorCode status = U_ZERO_ERROR;
	UBreakIterator *breaks = ubrk_open(UBRK_CHARACTER, "", NULL, 0, &status);
	for (int round = 0; round < 4000; round++) {
		struct buf raw = {0};
		put_random(&raw, &dice, 1 + draw_random(&dice, 12), false);
		struct str s = buf_view(&raw);
		UText *text = utext_openUTF8(NULL, s.p, (int64_t)s.n, &status);
		ubrk_setUText(breaks, text, &status);
		assert_true(U_SUCCESS(status));
		for (size_t at = 0; at < s.n;) {
			size_t next = (size_t)ubrk_following(breaks, (int32_t)at);
			assert_int_equal(text_next(s, at), next);
			assert_int_equal(text_prev(s, next), at);
			at = next;
		}
		utext_close(text);
		buf_finish(&raw);
	}
	ubrk_close(breaks);
}

static void
steps(void **state)
{
	(void)state;
	static const char *const whole[] = {
		"姚", "a", "👨‍👩‍👧", "é", "🇨🇳", "각", "葛󠄀", "क्षि", "👍🏽", "1️⃣", "\r\n"};
	struct buf all = {0};
	enum { COUNT = sizeof whole / sizeof *whole };
	for (size_t i = 0; i < COUNT; i++)
		buf_puts(&all, whole[i]);
	struct str s = buf_view(&all);
	size_t at = 0;
	for (size_t i = 0; i < COUNT; i++) {
		assert_int_equal(text_next(s, at), at + strlen(whole[i]));
		at = text_next(s, at);
	}
	for (size_t i = COUNT; i-- > 0;) {
		assert_int_equal(text_prev(s, at), at - strlen(whole[i]));
		at = text_prev(s, at);
	}
	assert_int_equal(text_next(s, s.n), s.n);
	assert_int_equal(text_prev(s, 0), 0);
	assert_int_equal(text_prev(STR_NONE, 0), 0);
	buf_finish(&all);
}

static void
fitting(void **state)
{
	(void)state;
	static const struct {
		const char *raw;
		int columns;
		const char *want;
		int width;
	} rows[] = {
		{"张虎教授", 8, "张虎教授", 8}, {"张虎教授", 9, "张虎教授", 8},
		{"张虎教授", 7, "张虎教…", 7}, {"张虎教授", 6, "张虎…", 5},
		{"张虎教授", 2, "…", 1},       {"张虎教授", 1, "…", 1},
		{"张虎教授", 0, "", 0},	       {"张虎教授", -3, "", 0},
		{"chair", 5, "chair", 5},      {"chair", 4, "cha…", 4},
		{"chair", 1, "…", 1},	       {"a张虎", 4, "a张…", 4},
		{"👨‍👩‍👧x", 6, "…", 1},	       {"👨‍👩‍👧x", 7, "👨👩👧x", 7},
		{"ab\u202e", 2, "ab", 2},      {"", 3, "", 0},
		{"aé", 2, "aé", 2},	       {"aéz", 2, "a…", 2},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct buf out = {0};
		buf_puts(&out, "#");
		assert_int_equal(text_fit(&out, str_of(rows[i].raw), rows[i].columns), rows[i].width);
		assert_str(str_from(buf_view(&out), 1), rows[i].want);
		buf_reset(&out);
		text_pad(&out, str_of(rows[i].raw), rows[i].columns);
		assert_int_equal(text_width(buf_view(&out)), rows[i].columns > 0 ? rows[i].columns : 0);
		buf_finish(&out);
	}
}

static void
assert_lines(const char *text, int columns, const char *want)
{
	struct buf out = {0};
	for (struct str s = str_of(text); s.n;) {
		size_t n = text_break(s, columns);
		assert_in_range(n, 1, s.n);
		buf_str(&out, str_upto(s, n));
		buf_char(&out, '\n');
		s = str_from(s, n);
	}
	assert_str(buf_view(&out), want);
	buf_finish(&out);
}

static void
breaking(void **state)
{
	(void)state;
	assert_lines("正方一辩陈述观点：“人工智能（AI）会增加就业，而不是减少。”他引用了"
		     "《2023年世界经济论坛报告》——预计创造6900万个新岗位……请反方作答！时间为3分30秒。",
		24,
		"正方一辩陈述观点：“人工\n智能（AI）会增加就业，而\n不是减少。”他引用了\n"
		"《2023年世界经济论坛报\n告》——预计创造6900万个新\n岗位……请反方作答！时间为\n3分30秒。\n");
	assert_lines("The motion: “This house believes that 人工智能 (artificial intelligence) "
		     "creates more jobs, not fewer.” See https://example.org/",
		24,
		"The motion: “This house \nbelieves that 人工智能 \n(artificial \n"
		"intelligence) creates \nmore jobs, not fewer.” \nSee https://example.org/\n");
	assert_lines("unbreakable", 4, "unbr\neaka\nble\n");
	assert_lines("辩题", 1, "辩\n题\n");
	assert_lines("ab cd", 2, "ab \ncd\n");
	assert_lines("ab      cd", 3, "ab      \ncd\n");
	assert_lines("🇨🇳🇨🇳🇨🇳", 3, "🇨🇳\n🇨🇳\n🇨🇳\n");
}

static void
lines_fit(void **state)
{
	(void)state;
	uint64_t dice = seed_random();
	for (int round = 0; round < 2000; round++) {
		struct buf raw = {0}, clean = {0};
		put_random(&raw, &dice, 1 + draw_random(&dice, 60), false);
		text_clean(&clean, buf_view(&raw));
		int columns = 1 + (int)draw_random(&dice, 20);
		for (struct str s = buf_view(&clean); s.n;) {
			size_t n = text_break(s, columns);
			struct str line = str_upto(s, n);
			assert_in_range(n, 1, s.n);
			while (line.n && line.p[line.n - 1] == ' ')
				line.n--;
			assert_true(text_width(line) <= columns || text_next(s, 0) >= line.n);
			s = str_from(s, n);
		}
		buf_finish(&raw);
		buf_finish(&clean);
	}
}

/* Whatever the locale, Chinese goes through a message as it is. */
static void
without_a_locale(void **state)
{
	(void)state;
	struct buf out = {0};
	setlocale(LC_CTYPE, "C");
	text_clean(&out, STR("找不到文件 a.log\033"));
	setlocale(LC_CTYPE, "C.UTF-8");
	assert_str(buf_view(&out), "找不到文件 a.log␛");
	buf_finish(&out);
}

int
main(void)
{
	setlocale(LC_CTYPE, "C.UTF-8");
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(table),
		cmocka_unit_test(every_code_point),
		cmocka_unit_test(random_text),
		cmocka_unit_test(clusters_are_icus),
		cmocka_unit_test(steps),
		cmocka_unit_test(fitting),
		cmocka_unit_test(breaking),
		cmocka_unit_test(lines_fit),
		cmocka_unit_test(without_a_locale),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
