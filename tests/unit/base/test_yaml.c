/* The tree: its texts and places, and what is refused. What people are told is tested with the
 * agendas. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <locale.h>
#include <stdlib.h>
#include <string.h>

#include "dais/decode.h"
#include "dais/yaml.h"

struct file {
	struct arena arena;
	struct diag_list l;
	struct yaml_node *root;
	struct buf shown;
};

static void
open_file(struct file *f, struct str source)
{
	*f = (struct file){0};
	diag_start(&f->l, "f", source);
	f->root = yaml_read(&f->arena, source, &f->l);
	buf_reserve(&f->shown, 1);
	diag_render(&f->shown, &f->l);
}

static void
close_file(struct file *f)
{
	buf_finish(&f->shown);
	diag_finish(&f->l);
	arena_finish(&f->arena);
}

static void
test_tree(void **state)
{
	(void)state;
	struct file f;
	open_file(&f, STR("a: 1\nb: [x, 'y y', \"z\\u4e2d\"]\nc:\n  d: yes\n  e: 010\n"));
	assert_int_equal(f.l.n, 0);
	assert_int_equal(f.root->kind, YAML_MAP);
	assert_true(str_is(yaml_get(f.root, "a")->text, "1"));
	struct yaml_node *b = yaml_get(f.root, "b");
	assert_int_equal(b->kind, YAML_LIST);
	assert_true(str_is(b->first->text, "x"));
	assert_true(str_is(b->first->next->text, "y y"));
	assert_true(str_is(b->first->next->next->text, "z中"));
	assert_null(b->first->next->next->next);
	struct yaml_node *c = yaml_get(f.root, "c");
	assert_true(str_is(yaml_get(c, "d")->text, "yes"));
	assert_true(str_is(yaml_get(c, "e")->text, "010"));
	assert_null(yaml_get(c, "x"));
	assert_null(yaml_get(NULL, "x"));
	assert_null(yaml_get(b, "x"));
	close_file(&f);
}

static void
at(const struct yaml_node *node, int line, int column, int length)
{
	assert_int_equal(node->at.line, line);
	assert_int_equal(node->at.column, column);
	assert_int_equal(node->length, length);
}

/* Columns count characters, lengths take the quotes along, and lines end as editors end them. */
static void
test_places(void **state)
{
	(void)state;
	struct file f;
	open_file(&f, STR("\xef\xbb\xbf张虎: \"教\xe2\x80\xa8授\"\r\nb: c\r\nd: {e: "
			  "'f'}\rg:\n  two\n  lines\nh: |\n  t\n"));
	assert_non_null(f.root);
	at(yaml_get(f.root, "张虎")->key, 1, 1, 2);
	at(yaml_get(f.root, "张虎"), 1, 5, 5);
	at(yaml_get(f.root, "b"), 2, 4, 1);
	at(yaml_get(yaml_get(f.root, "d"), "e"), 3, 8, 3);
	at(yaml_get(f.root, "g"), 5, 3, 3);
	assert_true(str_is(yaml_get(f.root, "g")->text, "two lines"));
	at(yaml_get(f.root, "h"), 7, 4, 1);
	close_file(&f);
}

static void
test_empty(void **state)
{
	(void)state;
	static const char *const files[] = {"", "\n", "# only words\n", "---\n", "\xef\xbb\xbf"};
	for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
		struct file f;
		open_file(&f, str_of(files[i]));
		assert_non_null(f.root);
		assert_int_equal(f.l.errors, 0);
		assert_null(f.root->first);
		close_file(&f);
	}
	struct file f;
	open_file(&f, STR_NONE);
	assert_non_null(f.root);
	close_file(&f);
}

static void
refused(struct str source, const char *words)
{
	struct file f;
	open_file(&f, source);
	if (f.l.errors == 0 || !strstr(f.shown.p, words))
		print_error("wanted \"%s\", told \"%s\"\n", words, f.shown.p);
	assert_true(f.l.errors > 0);
	assert_non_null(strstr(f.shown.p, words));
	close_file(&f);
}

/* Every message of libyaml that a text can bring about comes out in words for people. */
static void
test_refused(void **state)
{
	(void)state;
	static const struct {
		const char *source, *words;
	} table[] = {
		{"a: b\nc\nd: e\n", "f:2:1: This line is no \"key: value\"."},
		{"a: [b, c\nd: e\n", "f:1:4: This \"[\" is not closed"},
		{"a: {b: c\nd: e\n", "f:1:4: This \"{\" is not closed"},
		{"a: 'b\n", "f:1:4: This quote is never closed."},
		{"a: \"b\n", "f:1:4: This quote is never closed."},
		{"a: \"b\n---\n", "f:1:4: This quote is never closed."},
		{"a: \"\\q\"\n", "f:1:5: In double quotes"},
		{"a: \"\\xzz\"\n", "f:1:7: In double quotes"},
		{"a: b: c\n", "f:1:5: A second \": \""},
		{"a: - b\n", "f:1:4: A list cannot begin"},
		{"a: @b\n", "f:1:4: A value cannot begin with this character."},
		{"a: `b\n", "f:1:4: A value cannot begin with this character."},
		{"a: *\n", "f:1:4: A value cannot begin with \"*\"."},
		{"a: &\n", "f:1:4: A value cannot begin with \"&\"."},
		{"a: !<x b\n", "f:1:4: A value cannot begin with \"!\"."},
		{"a: !x!y b\n", "f:1:4: A value cannot begin with \"!\"."},
		{"a: | b\n", "f:1:6: Nothing may stand behind"},
		{"a: |0\n", "Nothing may stand behind"},
		{"%x\n", "f:1:1: A line cannot begin with \"%\"."},
		{"%YAML 1.1\n---\na: b\n", "f:1:1: Directives"},
		{"%YAML 9.1\n---\na: b\n", "Directives"},
		{"%TAG !a! b\n---\na: b\n", "f:1:1: Directives"},
		{"a: b\n  c: d\n", "f:2:3: This line is not lined up"},
		{"  a: b\n c: d\n", "f:2:2: This"},
		{"a:\n  - b\n c: d\n", "f:3:2: This line is not lined up"},
		{"a: \"b\" c\n", "f:1:8: This does not fit"},
		{"[a, b] c\n", "f:1:8: This"},
		{"a: [,]\n", "f:1:5: A value is missing here."},
		{"a:\n\tb: c\n", "f:2:1: A tab stands"},
		{"a: |\n\tb\n", "f:2:1: A tab stands"},
		{"a: \tb: c\n", "f:1:"},
		{"&a b: *a\n", "f:1:1: Anchors"},
		{"a: !!int 5\n", "f:1:4: Tags"},
		{"a: &x [b]\nc: &y {d: e}\n", "f:2:4: Anchors"},
		{"a: *a\n", "f:1:4: Aliases"},
		{"<<: {a: b}\n", "f:1:1: Merge keys"},
		{"a: b\n...\n---\nc: d\n", "f:3:1: A second document"},
		{"{a: b}: c\n", "f:1:1: A key must be a word."},
		{"a: b\n\"a\": c\n", "f:2:1: The key \"a\" stands here twice."},
		{"a：b\nc: d\n", "f:1:2: This colon is full-width."},
		{"a:b\nc: d\n", "f:1:2: A plain blank must follow the colon."},
		{"a:\u3000b\nc: d\n", "f:1:2: A plain blank must follow the colon."},
		{"a: “x”\nb: [c，d]\ne: f: g\n", "f:3:5: A second \": \""},
		{"a:\n  x：y\n  b: c\n", "f:2:4: This colon is full-width."},
		{"a: b\x01\n", "f:1:5: An invisible character stands here (U+0001)."},
		{"a: \xef\xbb\xbf"
		 "b\n",
			"f:1:4: An invisible character stands here (U+FEFF)."},
		{"a: \xc2\x9b\n", "f:1:4: An invisible character stands here (U+009B)."},
		{"a: caf\xe9 \n", "f:1:7: This byte is not UTF-8."},
		{"# \xb4\xf3\xc4\xa3\xd0\xcd\n",
			"f:1:3: This file is in GB18030 (GBK), not in UTF-8."},
		{"\xff\xfe", "f: This file is in UTF-16"},
	};
	for (size_t i = 0; i < sizeof table / sizeof *table; i++)
		refused(str_of(table[i].source), table[i].words);
	refused(STR("a: b\0c\n"), "f:1:5: An invisible character stands here (U+0000).");
}

static void
test_depth(void **state)
{
	(void)state;
	for (size_t depth = 15; depth <= 17; depth++) {
		struct buf source = {0};
		struct file f;
		buf_fill(&source, '[', depth);
		buf_fill(&source, ']', depth);
		open_file(&f, buf_view(&source));
		assert_int_equal(f.root != NULL, depth <= 16);
		assert_int_equal(f.l.errors, depth > 16);
		close_file(&f);
		buf_finish(&source);
	}
}

static void
test_sizes(void **state)
{
	(void)state;
	struct buf source = {0};
	struct file f;
	buf_puts(&source, "a: b\n#");
	buf_fill(&source, 'x', 1024 * 1024 - source.n);
	open_file(&f, buf_view(&source));
	assert_non_null(f.root);
	close_file(&f);
	buf_char(&source, 'x');
	refused(buf_view(&source), "f: The file is larger than 1 MiB.");
	buf_reset(&source);
	for (int i = 0; i < 257; i++)
		buf_printf(&source, "k%d: v\n", i);
	refused(buf_view(&source), "f:257:1: More than 256 keys stand here.");
	open_file(&f, buf_view(&source));
	assert_null(f.root);
	close_file(&f);
	buf_finish(&source);
}

static void
test_only(void **state)
{
	(void)state;
	static const char *const known[] = {"title", "date"};
	struct file f;
	struct buf shown = {0};
	open_file(&f, STR("title: a\ndat: b\nx:\n  titel: c\n"));
	yaml_only(f.root, known, 2, &f.l);
	yaml_only(yaml_get(f.root, "title"), known, 2, &f.l);
	yaml_only(NULL, known, 2, &f.l);
	diag_render(&shown, &f.l);
	assert_string_equal(shown.p, "f:2:1: There is no key \"dat\" here.\n   2 | dat: b\n     | "
				     "^~~ did you mean \"date\"?\n"
				     "f:3:1: There is no key \"x\" here.\n   3 | x:\n     | ^ "
				     "known here: title, date\n");
	buf_finish(&shown);
	close_file(&f);
}

static void
test_gb18030(void **state)
{
	(void)state;
	struct buf out = {0};
	buf_puts(&out, "> ");
	assert_true(decode_gb18030(&out, STR("\xb4\xf3 a \x81\x30\x81\x30\x90\x30\x81\x30")));
	assert_string_equal(out.p, "> 大 a \xc2\x80\xf0\x90\x80\x80");
	assert_true(decode_gb18030(&out, STR("")));
	size_t n = out.n;
	assert_false(decode_gb18030(&out, STR("abc\xb4")));
	assert_false(decode_gb18030(&out, STR("\xb4 abc")));
	assert_false(decode_gb18030(&out, STR("abc\xff")));
	assert_int_equal(out.n, n);
	assert_int_equal(strlen(out.p), n);
	buf_finish(&out);
}

int
main(void)
{
	setlocale(LC_ALL, "C.UTF-8");
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_tree),
		cmocka_unit_test(test_places),
		cmocka_unit_test(test_empty),
		cmocka_unit_test(test_refused),
		cmocka_unit_test(test_depth),
		cmocka_unit_test(test_sizes),
		cmocka_unit_test(test_only),
		cmocka_unit_test(test_gb18030),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
