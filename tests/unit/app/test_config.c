/* The settings of a person: what is taken of a file, and what is told of a bad one. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <locale.h>
#include <stdlib.h>
#include <string.h>

#include "config.h"

static struct theme_place places[] = {{(char[]){"dark"}, NULL}, {(char[]){"ember"}, NULL}};
static const struct themes themes = {places, 2, 2};

static size_t
read_text(struct config *c, struct str source, struct buf *said)
{
	struct diag_list l;
	diag_start(&l, "config.yaml", source);
	config_read(c, source, &themes, &l);
	diag_render(said, &l);
	size_t n = l.n;
	diag_finish(&l);
	return n;
}

static void
assert_good(const char *source, struct config *c)
{
	struct buf said = {0};
	if (read_text(c, str_of(source), &said))
		fail_msg("%s", said.p);
	buf_finish(&said);
}

/* So many problems; each part is told. */
static void
assert_told(const char *source, size_t n, const char *part)
{
	struct config c;
	struct buf said = {0};
	size_t is = read_text(&c, str_of(source), &said);
	if (is != n || !strstr(said.p, part))
		fail_msg("%zu problems, not %zu with \"%s\":\n%s", is, n, part, said.p);
	config_finish(&c);
	buf_finish(&said);
}

/* What the manual shows as a file is one. */
static void
examples(void **state)
{
	struct config c;
	struct buf whole = {0};
	size_t n;
	const struct setting *settings = config_settings(&n);
	(void)state;
	for (size_t i = 0; i < n; i++)
		buf_puts(&whole, settings[i].example);
	assert_good(whole.p, &c);
	assert_string_equal(c.theme, "ember");
	assert_string_equal(c.language, "zh-CN");
	assert_true(!c.bells.warn && c.bells.up && c.bells.overtime && c.keys);
	config_finish(&c);
	buf_finish(&whole);
}

static void
taken(void **state)
{
	(void)state;
	struct config c;
	assert_good("", &c);
	assert_true(!c.theme && !c.language && !c.keys && c.bells.warn && c.bells.up && c.bells.overtime);
	config_finish(&c);
	assert_good("# only a remark\n", &c);
	config_finish(&c);
	assert_good("theme: ember\nlanguage: zh-CN\nbells: [up]\n"
		    "keys: {F5: floor next, g: note, 空格: none, Ctrl-n: \"segment next\"}\n", &c);
	assert_string_equal(c.theme, "ember");
	assert_string_equal(c.language, "zh-CN");
	assert_true(!c.bells.warn && c.bells.up && !c.bells.overtime);
	assert_non_null(c.keys);
	config_finish(&c);
	assert_good("bells: off\n", &c);
	assert_true(!c.bells.warn && !c.bells.up && !c.bells.overtime);
	config_finish(&c);
	assert_good("bells: on\nlanguage: zh_CN\n", &c);
	assert_true(c.bells.warn && c.bells.up && c.bells.overtime);
	assert_string_equal(c.language, "zh-CN");
	config_finish(&c);
	assert_good("bells: warn\n", &c);
	assert_true(c.bells.warn && !c.bells.up);
	config_finish(&c);
}

static void
told(void **state)
{
	(void)state;
	assert_told("theme: embr\n", 1, "config.yaml:1:8: There is no theme \"embr\".");
	assert_told("theme: embr\n", 1, "did you mean \"ember\"?");
	assert_told("theme: qqqqq\n", 1, "one of: dark, ember");
	assert_told("theme: [dark]\n", 1, "config.yaml:1:8");
	assert_told("theme:\n", 1, "A theme is named");
	assert_told("themes: dark\n", 1, "did you mean \"theme\"?");
	assert_told("language: fr\n", 1, "one of: en, zh-CN");
	assert_told("language: {}\n", 1, "config.yaml:1:11");
	assert_told("bells: [warn, ups]\n", 1, "config.yaml:1:15: There is no bell \"ups\".");
	assert_told("bells: {warn: on}\n", 1, "Bells are on, off, or a list");
	assert_told("bells: loud\n", 1, "There is no bell \"loud\".");
	assert_told("bells: [[up]]\n", 1, "config.yaml:1:9");
	assert_told("keys: F5\n", 1, "Keys are bound so");
	assert_told("keys:\n  F5: [floor next]\n", 1, "config.yaml:2:7: A key is bound to one");
	assert_told("keys:\n  F99: help\n", 1, "config.yaml:2:3: There is no key \"F99\".");
	assert_told("keys:\n  F6: flor next\n", 1, "config.yaml:2:7");
	assert_told("keys:\n  F6: hlp\n", 1, "did you mean \"help\"?");
	assert_told("keys:\n  F6: queue remove @\n  f6: note\n", 1, "config.yaml:3:3: This key is bound already.");
	assert_told("keys:\n  Ctrl-m: note\n", 1, "cannot tell this key");
	assert_told("keys:\n  Esc: note\n", 1, "keeps its meaning");
	assert_told("keys:\n  \"?\": note\n", 1, "keeps its meaning");
	assert_told("- a\n", 1, "config.yaml:1:1");
	/* All in one go, and what is good holds. */
	struct config c;
	struct buf said = {0};
	assert_int_equal(read_text(&c, STR("theme: nope\nlanguage: xx\nbells: [a]\nkeys: {F1: help, F99: x}\nmore: 1\n"),
		&said), 5);
	assert_true(!c.theme && !c.language && c.keys);
	config_finish(&c);
	buf_finish(&said);
}

/* Whatever a file holds, reading it ends, and says something. */
static void
hostile(void **state)
{
	(void)state;
	const struct str files[] = {
		STR("\xff\xfe\x00k\x00"), STR("keys: {\x1b[2J: note}"), STR("keys: {&a F1: *a}"), STR("theme: !!int 3"),
		STR("keys:\n\tF5: note"), STR("theme: \"dark"), STR("a: b: c"), STR("\0\0\0\0"),
		STR("keys: {? : note, \"\": note, \" \": note}"), STR("theme: dark\n---\ntheme: dark\n"),
		STR("keys: {F5: \"note\\nfloor next\", F6: \"\\e[2J\"}"),
	};
	struct config c;
	struct buf said = {0}, deep = {0};
	for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
		buf_reset(&said);
		assert_true(read_text(&c, files[i], &said) > 0);
		assert_null(memchr(said.p, 0x1b, said.n));
		config_finish(&c);
	}
	buf_puts(&deep, "keys: ");
	buf_fill(&deep, '[', 100000);
	assert_true(read_text(&c, buf_view(&deep), &said) > 0);
	config_finish(&c);
	buf_reset(&deep);
	buf_puts(&deep, "keys:\n  F5: ");
	buf_fill(&deep, 'x', 500000);
	assert_true(read_text(&c, buf_view(&deep), &said) > 0);
	config_finish(&c);
	buf_finish(&deep);
	buf_finish(&said);
}

int
main(void)
{
	setlocale(LC_CTYPE, "C.UTF-8");
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(examples), cmocka_unit_test(taken),
		cmocka_unit_test(told),
		cmocka_unit_test(hostile),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
