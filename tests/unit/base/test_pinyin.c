/* Names as they are read aloud: surnames by their own readings. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "dais/pinyin.h"
#include "dais/utf8.h"

struct row {
	const char *name, *sound;
};

static int
open_pinyin(void **state)
{
	*state = pinyin_create();
	return *state ? 0 : -1;
}

static int
close_pinyin(void **state)
{
	pinyin_destroy(*state);
	return 0;
}

typedef void (*reading)(const struct pinyin *, struct buf *, struct str);

static void
compare(const struct pinyin *p, reading read, const struct row *rows, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct buf out = {0};
		buf_reserve(&out, 1);
		read(p, &out, str_of(rows[i].name));
		assert_string_equal(out.p, rows[i].sound);
		buf_finish(&out);
	}
}

static void
test_names(void **state)
{
	static const struct row rows[] = {
		{"张虎", "zhang hu"},
		{"姚姗姗", "yao shan shan"},
		{"许骁哲", "xu xiao zhe"},
		{"王元卓", "wang yuan zhuo"},
		{"翟双姣", "zhai shuang jiao"},
		{"李哲", "li zhe"},
		{"张光华", "zhang guang hua"},
		{"区志坚", "ou zhi jian"},
		{"单田芳", "shan tian fang"},
		{"解晓东", "xie xiao dong"},
		{"曾国藩", "zeng guo fan"},
		{"仇英", "qiu ying"},
		{"欧阳修", "ou yang xiu"},
		{"尉迟恭", "yu chi gong"},
		{"长孙无忌", "zhang sun wu ji"},
		{"万俟卨", "mo qi xie"},
		{"令狐冲", "ling hu chong"},
		{"澹台灭明", "tan tai mie ming"},
		{"诸葛亮", "zhu ge liang"},
		{"任正非", "ren zheng fei"},
		{"查良镛", "zha liang yong"},
		{"乐毅", "yue yi"},
		{"冼星海", "xian xing hai"},
		{"秘宜", "bi yi"},
		{"种师道", "chong shi dao"},
		{"折可适", "she ke shi"},
		{"張虎", "zhang hu"},
		{"陳俊穎", "chen jun ying"},
		{"曾國藩", "zeng guo fan"},
	};
	compare(*state, pinyin_name, rows, sizeof rows / sizeof *rows);
}

static void
test_generic(void **state)
{
	static const struct row rows[] = {
		{"单田芳", "dan tian fang"},
		{"曾国藩", "ceng guo fan"},
		{"翟双姣", "di shuang jiao"},
		{"解晓东", "jie xiao dong"},
		{"张虎", "zhang hu"},
	};
	compare(*state, pinyin_generic, rows, sizeof rows / sizeof *rows);
}

/* ü is typed v in pinyin, and u in German. */
static void
test_u_with_dots(void **state)
{
	static const struct row rows[] = {
		{"吕布", "lv bu"},
		{"女娲", "nv wa"},
		{"徐双", "xu shuang"},
		{"Müller", "muller"},
		{"José", "jose"},
	};
	compare(*state, pinyin_name, rows, sizeof rows / sizeof *rows);
}

static void
test_mixed(void **state)
{
	static const struct row rows[] = {
		{"Anna 王", "anna wang"},
		{"  王  Anna ", "wang anna"},
		{"李雷2", "li lei2"},
		{"买买提·艾力", "mai mai ti ai li"},
		{"反方 单田芳", "fan fang shan tian fang"},
		{"O'Brien", "obrien"},
		{"", ""},
		{"🙂", ""},
		{"𠮷", ""},
	};
	compare(*state, pinyin_name, rows, sizeof rows / sizeof *rows);
}

/* Whatever goes in, small letters, digits and single blanks come out. */
static void
test_shape(void **state)
{
	for (uint32_t code = 1; code < 0x30000; code += 97) {
		if (code >= 0xd800 && code < 0xe000)
			continue;
		char bytes[4];
		struct buf name = {0}, out = {0};
		buf_put(&name, bytes, utf8_write(bytes, code));
		buf_put(&name, bytes, utf8_write(bytes, code + 1 == 0xd800 ? 'x' : code + 1));
		buf_reserve(&out, 1);
		pinyin_name(*state, &out, buf_view(&name));
		for (size_t i = 0; i < out.n; i++) {
			char c = out.p[i];
			assert_true((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
				    (c == ' ' && i > 0 && i + 1 < out.n && out.p[i - 1] != ' '));
		}
		buf_finish(&name);
		buf_finish(&out);
	}
}

static void
test_appends(void **state)
{
	struct buf out = {0};
	buf_puts(&out, "x ");
	pinyin_name(*state, &out, STR("张虎"));
	assert_string_equal(out.p, "x zhang hu");
	buf_finish(&out);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_names),
		cmocka_unit_test(test_generic),
		cmocka_unit_test(test_u_with_dots),
		cmocka_unit_test(test_mixed),
		cmocka_unit_test(test_shape),
		cmocka_unit_test(test_appends),
	};
	return cmocka_run_group_tests(tests, open_pinyin, close_pinyin);
}
