/* Where a caret stands, in what order problems are told, and what a word was meant to be. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <locale.h>
#include <stdlib.h>
#include <string.h>

#include "dais/diag.h"
#include "dais/text.h"

static void
shown(const char *source, struct diag_place at, int length, const char *hint, const char *wanted)
{
	struct diag_list l;
	struct buf out = {0};
	diag_start(&l, "f", str_of(source));
	diag_add(&l, at, length, false, xstrdup("T."), hint ? xstrdup(hint) : NULL);
	diag_render(&out, &l);
	assert_string_equal(out.p, wanted);
	buf_finish(&out);
	diag_finish(&l);
}

static void
test_plain(void **state)
{
	(void)state;
	shown("a: b\nkey: value\n", (struct diag_place){2, 6}, 5, "hint",
		"f:2:6: T.\n   2 | key: value\n     |      ^~~~~ hint\n");
	shown("a: b\n", (struct diag_place){1, 1}, 0, NULL, "f:1:1: T.\n   1 | a: b\n     | ^\n");
	shown("a: b", (struct diag_place){0, 0}, 0, NULL, "f: T.\n");
	shown("a: b", (struct diag_place){0, 0}, 0, "hint", "f: T.\n       hint\n");
}

/* A column is a character, a caret stands under cells. */
static void
test_wide(void **state)
{
	(void)state;
	shown("名: 张虎 x", (struct diag_place){1, 4}, 2, "h",
		"f:1:4: T.\n   1 | 名: 张虎 x\n     |     ^~~~ h\n");
	shown("张a虎b", (struct diag_place){1, 4}, 1, NULL,
		"f:1:4: T.\n   1 | 张a虎b\n     |      ^\n");
	shown("e\xcc\x81xy", (struct diag_place){1, 3}, 2, NULL,
		"f:1:3: T.\n   1 | e\xcc\x81xy\n     |  ^~\n");
}

static void
test_tabs_and_controls(void **state)
{
	(void)state;
	shown("\t\tkey: b", (struct diag_place){1, 3}, 3, NULL,
		"f:1:3: T.\n   1 |   key: b\n     |   ^~~\n");
	shown("a\x1b[31m", (struct diag_place){1, 3}, 1, NULL,
		"f:1:3: T.\n   1 | a␛[31m\n     |   ^\n");
	shown("a\xff b", (struct diag_place){1, 4}, 1, NULL,
		"f:1:4: T.\n   1 | a\xef\xbf\xbd b\n     |    ^\n");
}

/* Editors agree on LF, CR LF and CR; a byte order mark is no character of the first line. */
static void
test_lines(void **state)
{
	(void)state;
	shown("a\r\nb\rc\nd", (struct diag_place){4, 1}, 1, NULL,
		"f:4:1: T.\n   4 | d\n     | ^\n");
	shown("a\r\nb\rc\nd", (struct diag_place){2, 1}, 1, NULL,
		"f:2:1: T.\n   2 | b\n     | ^\n");
	shown("\xef\xbb\xbfkey", (struct diag_place){1, 1}, 3, NULL,
		"f:1:1: T.\n   1 | key\n     | ^~~\n");
	shown("a\n", (struct diag_place){2, 1}, 1, NULL, "f:2:1: T.\n   2 | \n     | ^\n");
	shown("a\n", (struct diag_place){7, 9}, 1, NULL, "f:7:9: T.\n   7 | \n     | ^\n");
	shown("ab", (struct diag_place){1, 99}, 9, NULL, "f:1:99: T.\n   1 | ab\n     |   ^\n");
}

static size_t
cells_before(const char *line, char stop)
{
	const char *end = strrchr(line, stop);
	return end ? (size_t)text_width((struct str){line, (size_t)(end - line)}) : SIZE_MAX;
}

/* Of a long line the part around the place is shown, and the caret is under it still. */
static void
test_long_lines(void **state)
{
	(void)state;
	for (int before = 0; before < 400; before += 7) {
		for (int after = 0; after < 400; after += 57) {
			struct buf source = {0}, out = {0};
			for (int i = 0; i < before; i++)
				buf_puts(&source, i % 3 ? "张" : "a");
			buf_char(&source, '@');
			for (int i = 0; i < after; i++)
				buf_puts(&source, i % 2 ? "虎" : "b");
			struct diag_list l;
			diag_start(&l, "f", buf_view(&source));
			diag_add(&l, (struct diag_place){1, before + 1}, 1, false, xstrdup(""),
				NULL);
			diag_render(&out, &l);
			char *line = strchr(out.p, '\n') + 1, *caret = strchr(line, '\n');
			*caret++ = 0;
			assert_true(text_width(str_of(line)) <= 7 + 72);
			assert_int_equal(cells_before(line, '@'), cells_before(caret, '^'));
			assert_int_equal(
				strstr(line, "…") != NULL, text_width(buf_view(&source)) > 72);
			buf_finish(&source);
			buf_finish(&out);
			diag_finish(&l);
		}
	}
}

static void
test_order(void **state)
{
	(void)state;
	static const struct {
		struct diag_place at;
		const char *text;
	} told[] = {
		{{2, 3}, "d"},
		{{1, 9}, "b"},
		{{2, 3}, "e"},
		{{0, 0}, "a"},
		{{2, 1}, "c"},
		{{2, 3}, "f"},
	};
	struct diag_list l;
	struct buf out = {0}, order = {0};
	diag_start(&l, "f", STR("x\ny\n"));
	for (size_t i = 0; i < sizeof told / sizeof *told; i++)
		diag_add(&l, told[i].at, 1, i % 2, xstrdup(told[i].text), NULL);
	assert_int_equal(l.errors, 3);
	diag_render(&out, &l);
	for (char *p = out.p; (p = strchr(p, '\n')); p++) {
		if (p - out.p >= 3 && p[-2] == ' ' && p[-1] >= 'a' && p[-1] <= 'f')
			buf_char(&order, p[-1]);
	}
	assert_string_equal(order.p, "abcdef");
	buf_finish(&out);
	buf_finish(&order);
	diag_finish(&l);
}

static void
test_warning(void **state)
{
	(void)state;
	struct diag_list l;
	struct buf out = {0};
	diag_start(&l, "dir/a b.yaml", STR("x"));
	diag_add(&l, (struct diag_place){1, 1}, 1, true, xstrdup("T."), NULL);
	diag_error(&l, (struct diag_place){1, 1}, 1, "{1} and {0}.",
		(struct str[]){STR("a"), STR("\x1b%s")}, 2);
	assert_int_equal(l.errors, 1);
	diag_render(&out, &l);
	assert_string_equal(out.p, "dir/a b.yaml:1:1: warning: T.\n   1 | x\n     | ^\n"
				   "dir/a b.yaml:1:1: ␛%s and a.\n   1 | x\n     | ^\n");
	buf_finish(&out);
	diag_finish(&l);
}

static void
test_many(void **state)
{
	(void)state;
	struct diag_list l;
	struct buf out = {0};
	diag_start(&l, "f", STR("x"));
	for (int i = 0; i < DIAG_SHOWN + 7; i++)
		diag_error(&l, (struct diag_place){1, 1}, 1, "T.", NULL, 0);
	diag_render(&out, &l);
	assert_non_null(strstr(out.p, "\nf: 7 more problems are not shown.\n"));
	buf_finish(&out);
	diag_finish(&l);
}

static void
test_meant(void **state)
{
	(void)state;
	static const char *const known[] = {
		"title", "series", "date", "start", "venue", "张光华", "张虎", "online-chair"};
	static const struct {
		const char *word, *meant;
	} table[] = {
		{"titel", "title"},
		{"tilte", "title"},
		{"Title", "title"},
		{"tit", NULL},
		{"dat", "date"},
		{"serie", "series"},
		{"sreies", "series"},
		{"strat", "start"},
		{"xyz", NULL},
		{"", NULL},
		{"张光花", "张光华"},
		{"张湖", NULL},
		{"online_chair", "online-chair"},
		{"venues and a lot more behind it", NULL},
		{"a word of more characters than anybody would compare with any other word", NULL},
	};
	for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
		const char *meant =
			diag_meant(str_of(table[i].word), known, sizeof known / sizeof *known);
		if (table[i].meant)
			assert_string_equal(meant ? meant : "nothing", table[i].meant);
		else
			assert_null(meant);
	}
	assert_null(diag_meant(STR("title"), NULL, 0));
}

int
main(void)
{
	setlocale(LC_ALL, "C.UTF-8");
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_plain),
		cmocka_unit_test(test_wide),
		cmocka_unit_test(test_tabs_and_controls),
		cmocka_unit_test(test_lines),
		cmocka_unit_test(test_long_lines),
		cmocka_unit_test(test_order),
		cmocka_unit_test(test_warning),
		cmocka_unit_test(test_many),
		cmocka_unit_test(test_meant),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
