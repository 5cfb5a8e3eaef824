/* Theme files: what comes out of good ones, and what bad ones are told. */
#include "rig.h"

#include "dais/diag.h"

static bool
read_theme(struct theme *t, const char *source, struct buf *said)
{
	struct diag_list l;
	diag_start(&l, "t.yaml", str_of(source));
	bool good = theme_read(t, l.source, &l);
	diag_render(said, &l);
	assert_int_equal(good, l.errors == 0);
	diag_finish(&l);
	return good;
}

static void
assert_refused(const char *source, const char *part)
{
	struct theme t;
	struct buf said = {0};
	assert_false(read_theme(&t, source, &said));
	if (!strstr(said.p, part))
		fail_msg("not told \"%s\":\n%s", part, said.p);
	assert_null(t.name);
	buf_finish(&said);
}

static void
builtins(void **state)
{
	(void)state;
	size_t n = 0;
	for (const char *name; (name = theme_builtin_name(n)) != NULL; n++) {
		struct theme t;
		struct buf said = {0};
		struct diag_list l;
		diag_start(&l, name, theme_builtin(name));
		bool good = theme_read(&t, l.source, &l);
		diag_render(&said, &l);
		assert_str(buf_view(&said), "");
		assert_true(good);
		assert_string_equal(t.name, name);
		assert_true(t.author[0] && t.description[0]);
		theme_finish(&t);
		diag_finish(&l);
		buf_finish(&said);
	}
	assert_true(n >= 8);
	assert_string_equal(theme_builtin_name(0), "dark");
	assert_int_equal(theme_builtin("nothing").n, 0);
}

static void
values(void **state)
{
	(void)state;
	struct theme t;
	struct buf said = {0};
	assert_true(read_theme(&t,
		"name: mine\nstyles:\n"
		"  text: {fg: \"#ffffff\", bg: \"#000000\"}\n"
		"  accent: {fg: \"#FF0000\", attr: [bold, underline]}\n"
		"  good: {fg: \"#5f87af\", 256: 7, 8: magenta}\n"
		"  dim: {fg: \"#808080\", 256: default, 8: default}\n"
		"  rule: {fg: default}\n"
		"  selected: {bg: \"#262626\", attr: [reverse]}\n"
		"  remote: {attr: [dim, italic]}\n",
		&said));
	assert_str(buf_view(&said), "");
	assert_string_equal(t.name, "mine");
	assert_string_equal(t.author, "");
	const struct look *l = t.looks;
	assert_true(l[STYLE_ACCENT].fore.set && l[STYLE_ACCENT].fore.r == 255 && l[STYLE_ACCENT].fore.g == 0);
	assert_int_equal(l[STYLE_ACCENT].fore.c256, 196);
	assert_int_equal(l[STYLE_ACCENT].fore.c8, 1);
	assert_true(l[STYLE_ACCENT].attr.bold && l[STYLE_ACCENT].attr.underline && !l[STYLE_ACCENT].attr.dim);
	assert_true(l[STYLE_ACCENT].attr8.bold && l[STYLE_ACCENT].attr8.underline);
	assert_false(l[STYLE_ACCENT].back.set);
	assert_int_equal(l[STYLE_GOOD].fore.c256, 7);
	assert_int_equal(l[STYLE_GOOD].fore.c8, 5);
	assert_true(l[STYLE_DIM].fore.set);
	assert_int_equal(l[STYLE_DIM].fore.c256, -1);
	assert_int_equal(l[STYLE_DIM].fore.c8, -1);
	assert_false(l[STYLE_RULE].fore.set);
	assert_int_equal(l[STYLE_SELECTED].back.c256, 235);
	assert_int_equal(l[STYLE_TEXT].fore.c256, 231);
	assert_int_equal(l[STYLE_TEXT].back.c256, 16);
	assert_int_equal(l[STYLE_TEXT].fore.c8, 7);
	/* What is left out is like text. */
	assert_true(l[STYLE_REMOTE].fore.set && l[STYLE_REMOTE].fore.r == 255 && l[STYLE_REMOTE].attr.italic);
	assert_true(l[STYLE_CLOCK].fore.set && !l[STYLE_CLOCK].attr.bold);
	/* Grounds. */
	struct look mixed = theme_look(&t, STYLE_ACCENT, STYLE_SELECTED);
	assert_true(mixed.attr.reverse && mixed.attr.bold && mixed.back.r == 0x26 && mixed.fore.r == 255);
	mixed = theme_look(&t, STYLE_ACCENT, STYLE_RAIL);
	assert_true(!mixed.attr.reverse && mixed.back.set && mixed.back.r == 0);
	theme_finish(&t);
	buf_finish(&said);
}

/* Names for colours, fewer attributes for fewer colours, and what is left open. */
static void
palettes(void **state)
{
	(void)state;
	struct theme t;
	struct buf said = {0};
	assert_true(read_theme(&t,
		"name: mine\n"
		"palette: {night: [\"#101020\", 17, black], sky: \"#5f87ff\", leaf: [\"#00ff00\", 118]}\n"
		"styles:\n"
		"  text: {fg: sky, bg: night}\n"
		"  accent: {fg: leaf, attr: [bold], attr8: [], mono: [underline]}\n"
		"  alert: {fg: night, bg: leaf, attr: [bold, reverse]}\n"
		"  good: {fg: leaf, 256: 40, 8: green}\n"
		"  selected: {bg: sky, attr8: [reverse]}\n",
		&said));
	assert_str(buf_view(&said), "");
	const struct look *l = t.looks;
	assert_true(l[STYLE_TEXT].back.b == 0x20 && l[STYLE_TEXT].back.c256 == 17 && l[STYLE_TEXT].back.c8 == 0);
	assert_int_equal(l[STYLE_TEXT].fore.c256, 69);
	assert_int_equal(l[STYLE_ACCENT].fore.c256, 118);
	assert_int_equal(l[STYLE_ACCENT].fore.c8, 2);
	assert_int_equal(l[STYLE_GOOD].fore.c256, 40);
	assert_true(l[STYLE_ACCENT].attr.bold && !l[STYLE_ACCENT].attr8.bold);
	assert_true(l[STYLE_ACCENT].mono.underline && !l[STYLE_ACCENT].mono.bold);
	assert_true(l[STYLE_ALERT].attr8.bold && l[STYLE_ALERT].attr8.reverse);
	/* An alarm that a theme does not know of is its alert, reversed. */
	assert_true(l[STYLE_ALARM].back.g == 0xff && l[STYLE_ALARM].attr.bold && l[STYLE_ALARM].attr.reverse);
	assert_true(l[STYLE_ALARM].mono.reverse);
	/* What says nothing of terminals without colours is there as in mono. */
	assert_true(l[STYLE_STRONG].mono.bold && l[STYLE_SELECTED].mono.reverse && !l[STYLE_TEXT].mono.bold);
	/* A style's own ground goes with it; grounds give theirs to everybody else. */
	struct look look = theme_look(&t, STYLE_ALERT, STYLE_SELECTED);
	assert_true(look.back.g == 0xff && look.back.r == 0 && look.fore.b == 0x20);
	look = theme_look(&t, STYLE_GOOD, STYLE_SELECTED);
	assert_true(look.back.b == 0xff && look.back.r == 0x5f);
	/* Nothing is left to the terminal's own ground. */
	look = theme_look(&t, STYLE_DIM, STYLE_HEADER);
	assert_true(look.back.set && look.back.c256 == 17 && look.back.c8 == 0);
	/* Reversed on reversed ground is turned back, so that it is seen. */
	look = theme_look(&t, STYLE_ALERT, STYLE_SELECTED);
	assert_true(look.attr.reverse && !look.attr8.reverse);
	theme_finish(&t);
	buf_finish(&said);
}

/* In eight colours what cannot be read takes the ground's letters. */
static void
legible(void **state)
{
	(void)state;
	struct theme t;
	struct buf said = {0};
	assert_true(read_theme(&t,
		"name: mine\nstyles:\n"
		"  text: {fg: \"#ffffff\", bg: \"#000000\", 8: white, bg8: black}\n"
		"  good: {8: green}\n"
		"  alert: {8: blue}\n"
		"  rule: {8: red}\n"
		"  warning: {8: red}\n"
		"  dialog: {8: yellow, bg8: yellow}\n"
		"  selected: {8: yellow, bg8: blue}\n",
		&said));
	assert_str(buf_view(&said), "");
	assert_int_equal(theme_look(&t, STYLE_GOOD, STYLE_TEXT).fore.c8, 2);
	assert_int_equal(theme_look(&t, STYLE_ALERT, STYLE_TEXT).fore.c8, 7);
	assert_int_equal(theme_look(&t, STYLE_GOOD, STYLE_SELECTED).fore.c8, 3);
	/* A line need not be read. */
	assert_int_equal(theme_look(&t, STYLE_RULE, STYLE_TEXT).fore.c8, 1);
	assert_int_equal(theme_look(&t, STYLE_WARNING, STYLE_TEXT).fore.c8, 7);
	/* Where the ground's own cannot be read either, black or white can. */
	assert_int_equal(theme_look(&t, STYLE_GOOD, STYLE_DIALOG).fore.c8, 0);
	theme_finish(&t);
	buf_finish(&said);
}

static void
refused(void **state)
{
	(void)state;
	assert_refused("", "t.yaml");
	assert_refused("- a\n", "t.yaml:1:1");
	assert_refused("styles: {}\n", "no name");
	assert_refused("name: x\n", "no styles");
	assert_refused("name: x\nstyles: red\n", "t.yaml:2:9");
	assert_refused("name: x\nstyle: {}\n", "did you mean \"styles\"");
	assert_refused("name: [x]\nstyles: {}\n", "t.yaml:1:7");
	assert_refused("name: x\nstyles:\n  acent: {}\n", "did you mean \"accent\"");
	assert_refused("name: x\nstyles:\n  text: red\n", "t.yaml:3:9");
	assert_refused("name: x\nstyles:\n  text: {colour: red}\n", "\"colour\"");
	assert_refused("name: x\nstyles:\n  text: {fg: red}\n", "t.yaml:3:14");
	assert_refused("name: x\nstyles:\n  text: {fg: \"#12345\"}\n", "t.yaml:3:14");
	assert_refused("name: x\nstyles:\n  text: {fg: \"#12345g\"}\n", "t.yaml:3:14");
	assert_refused("name: x\nstyles:\n  text: {fg: [a]}\n", "t.yaml:3:14");
	assert_refused("name: x\nstyles:\n  text: {256: 256}\n", "from 0 to 255");
	assert_refused("name: x\nstyles:\n  text: {bg256: blue}\n", "from 0 to 255");
	assert_refused("name: x\nstyles:\n  text: {8: geen}\n", "did you mean \"green\"");
	assert_refused("name: x\nstyles:\n  text: {8: 3}\n", "one of: black, red");
	assert_refused("name: x\nstyles:\n  text: {attr: bold}\n", "t.yaml:3:16");
	assert_refused("name: x\nstyles:\n  text: {attr: [bald]}\n", "did you mean \"bold\"");
	assert_refused("name: x\nstyles:\n  text: {attr: [[bold]]}\n", "t.yaml:3:17");
	assert_refused("name: x\npalette: red\nstyles: {}\n", "t.yaml:2:10");
	assert_refused("name: x\npalette: {a: red}\nstyles: {}\n", "t.yaml:2:14");
	assert_refused("name: x\npalette: {a: []}\nstyles: {}\n", "t.yaml:2:14");
	assert_refused("name: x\npalette: {a: [\"#ffffff\", 1, red, 2]}\nstyles: {}\n", "t.yaml:2:14");
	assert_refused("name: x\npalette: {a: [\"#ffffff\", 999]}\nstyles: {}\n", "from 0 to 255");
	assert_refused("name: x\npalette: {default: \"#ffffff\"}\nstyles: {}\n", "the terminal's own");
	assert_refused("name: x\npalette: {sky: \"#ffffff\"}\nstyles:\n  text: {fg: sku}\n", "did you mean \"sky\"");
	assert_refused("name: x\nstyles:\n  text: {attr8: bold}\n", "t.yaml:3:17");
	assert_refused("name: x\nstyles:\n  text: {mono: [bald]}\n", "did you mean \"bold\"");
	/* All at once. */
	assert_refused("name: x\nstyles:\n  text: {fg: red}\n  dim: {attr: [bald]}\n", "t.yaml:3:14");
	assert_refused("name: x\nstyles:\n  text: {fg: red}\n  dim: {attr: [bald]}\n", "t.yaml:4:16");
}

int
main(void)
{
	setlocale(LC_CTYPE, "C.UTF-8");
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(builtins),
		cmocka_unit_test(values),
		cmocka_unit_test(palettes),
		cmocka_unit_test(legible),
		cmocka_unit_test(refused),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
