/* The line editor: '|' in these texts is the caret. */
#include "rig.h"

#include "dais/text.h"

static void
assert_line(const struct edit *e, const char *want)
{
	struct buf out = {0};
	struct str s = buf_view(&e->text);
	buf_str(&out, str_upto(s, e->caret));
	buf_char(&out, '|');
	buf_str(&out, str_from(s, e->caret));
	assert_str(buf_view(&out), want);
	buf_finish(&out);
}

static struct edit
line(const char *text)
{
	struct edit e = {0};
	const char *caret = strchr(text, '|');
	assert_non_null(caret);
	edit_set(&e, (struct str){text, (size_t)(caret - text)});
	size_t at = e.caret;
	edit_insert(&e, str_of(caret + 1));
	e.caret = at;
	return e;
}

static const struct {
	const char *before;
	uint32_t key;
	unsigned mods;
	enum edit_did did;
	const char *after;
} table[] = {
	{"a|", 'b', 0, EDIT_CHANGED, "ab|"},
	{"a|c", 0x5f20, 0, EDIT_CHANGED, "a张|c"},
	{"张虎|", KEY_LEFT, 0, EDIT_MOVED, "张|虎"},
	{"|张", KEY_LEFT, 0, EDIT_KEPT, "|张"},
	{"|👨‍👩‍👧x", KEY_RIGHT, 0, EDIT_MOVED, "👨‍👩‍👧|x"},
	{"a|", KEY_RIGHT, 0, EDIT_KEPT, "a|"},
	{"ab|c", KEY_HOME, 0, EDIT_MOVED, "|abc"},
	{"a|bc", KEY_END, 0, EDIT_MOVED, "abc|"},
	{"ab|c", 'a', MOD_CTRL, EDIT_MOVED, "|abc"},
	{"a|bc", 'e', MOD_CTRL, EDIT_MOVED, "abc|"},
	/* One Backspace takes what the eye takes for one. */
	{"x👨‍👩‍👧|", KEY_BACKSPACE, 0, EDIT_CHANGED, "x|"},
	{"xé|", KEY_BACKSPACE, 0, EDIT_CHANGED, "x|"},
	{"x🇨🇳|", KEY_BACKSPACE, 0, EDIT_CHANGED, "x|"},
	{"🇨🇳🇨🇳|", KEY_BACKSPACE, 0, EDIT_CHANGED, "🇨🇳|"},
	{"x각|", KEY_BACKSPACE, 0, EDIT_CHANGED, "x|"},
	{"x각|", KEY_BACKSPACE, 0, EDIT_CHANGED, "x|"},
	{"x👍🏽|", KEY_BACKSPACE, 0, EDIT_CHANGED, "x|"},
	{"|", KEY_BACKSPACE, 0, EDIT_KEPT, "|"},
	{"|👨‍👩‍👧x", KEY_DELETE, 0, EDIT_CHANGED, "|x"},
	{"a|éb", 'd', MOD_CTRL, EDIT_CHANGED, "a|b"},
	{"a|", KEY_DELETE, 0, EDIT_KEPT, "a|"},
	{"one two|", KEY_LEFT, MOD_CTRL, EDIT_MOVED, "one |two"},
	{"one  |two", KEY_LEFT, MOD_ALT, EDIT_MOVED, "|one  two"},
	{"|one two", 'f', MOD_ALT, EDIT_MOVED, "one| two"},
	{"one| two", KEY_RIGHT, MOD_CTRL, EDIT_MOVED, "one two|"},
	{"张虎，教授|", 'b', MOD_ALT, EDIT_MOVED, "张虎，|教授"},
	{"|AI大行其道", 'f', MOD_ALT, EDIT_MOVED, "AI|大行其道"},
	/* Chinese jumps by words, not by whole sentences. */
	{"今天的研究|", 'b', MOD_ALT, EDIT_MOVED, "今天的|研究"},
	{"|研究人员很多", 'f', MOD_ALT, EDIT_MOVED, "研究|人员很多"},
	{"今天研究|x", 'w', MOD_CTRL, EDIT_CHANGED, "今天|x"},
	{"|研究abc", 'd', MOD_ALT, EDIT_CHANGED, "|abc"},
	{"ab|", 'h', MOD_CTRL, EDIT_CHANGED, "a|"},
	{"张虎|", 't', MOD_CTRL, EDIT_CHANGED, "虎张|"},
	{"a|bc", 't', MOD_CTRL, EDIT_CHANGED, "ba|c"},
	{"|ab", 't', MOD_CTRL, EDIT_KEPT, "|ab"},
	{"x👨‍👩‍👧|", 't', MOD_CTRL, EDIT_CHANGED, "👨‍👩‍👧x|"},
	{"one two |x", 'w', MOD_CTRL, EDIT_CHANGED, "one |x"},
	{"|x", 'w', MOD_CTRL, EDIT_KEPT, "|x"},
	{"a |one two", 'd', MOD_ALT, EDIT_CHANGED, "a | two"},
	{"ab|cd", 'u', MOD_CTRL, EDIT_CHANGED, "|cd"},
	{"ab|cd", 'k', MOD_CTRL, EDIT_CHANGED, "ab|"},
	{"ab|", 'k', MOD_CTRL, EDIT_KEPT, "ab|"},
	{"ab|", 'y', MOD_CTRL, EDIT_KEPT, "ab|"},
	{"ab|", KEY_UP, 0, EDIT_OLDER, "ab|"},
	{"ab|", 'n', MOD_CTRL, EDIT_NEWER, "ab|"},
	{"ab|", KEY_ENTER, 0, EDIT_IGNORED, "ab|"},
	{"ab|", KEY_ESCAPE, 0, EDIT_IGNORED, "ab|"},
	{"ab|", 'x', MOD_ALT, EDIT_IGNORED, "ab|"},
	{"ab|", KEY_F1, 0, EDIT_IGNORED, "ab|"},
	/* What is typed may join what stands there; the caret never stays inside. */
	{"e|x", 0x301, 0, EDIT_CHANGED, "e\u0301|x"},
	{"|\u0301x", 'e', 0, EDIT_CHANGED, "e\u0301|x"},
	{"👨|👧", 0x200d, 0, EDIT_CHANGED, "👨‍👧|"},
};

static void
keys(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
		struct edit e = line(table[i].before);
		assert_int_equal(edit_key(&e, table[i].key, table[i].mods), table[i].did);
		assert_line(&e, table[i].after);
		edit_finish(&e);
	}
}

static void
yanking(void **state)
{
	(void)state;
	struct edit e = line("one 研究|");
	edit_key(&e, 'w', MOD_CTRL);
	assert_line(&e, "one |");
	edit_key(&e, KEY_BACKSPACE, 0); /* a single character does not replace what was cut */
	edit_key(&e, 'y', MOD_CTRL);
	edit_key(&e, 'y', MOD_CTRL);
	assert_line(&e, "one研究研究|");
	edit_finish(&e);
}

static void
inserting(void **state)
{
	(void)state;
	struct edit e = {.limit = 10};
	assert_int_equal(edit_insert(&e, STR("a\nb\tc\033\001\177\xc2\x9b\xff")), EDIT_CHANGED);
	assert_line(&e, "a b c|");
	assert_int_equal(edit_insert(&e, STR("\033")), EDIT_KEPT);
	assert_int_equal(edit_insert(&e, STR("张虎")), EDIT_FULL);
	assert_int_equal(edit_insert(&e, STR("张ab")), EDIT_CHANGED);
	assert_int_equal(edit_key(&e, 'x', 0), EDIT_FULL);
	assert_line(&e, "a b c张ab|");
	edit_set(&e, STR("new\n"));
	assert_line(&e, "new |");
	edit_clear(&e);
	assert_line(&e, "|");
	edit_finish(&e);
}

static void
assert_window(struct edit *e, int columns, const char *want, int caret)
{
	int x = -1;
	assert_str(edit_window(e, columns, &x), want);
	assert_int_equal(x, caret);
}

static void
window(void **state)
{
	(void)state;
	struct edit e = line("abcdef|");
	assert_window(&e, 10, "abcdef", 6);
	assert_window(&e, 7, "abcdef", 6);
	assert_window(&e, 4, "def", 3);
	edit_key(&e, KEY_LEFT, 0);
	edit_key(&e, KEY_LEFT, 0);
	assert_window(&e, 4, "def", 1);
	edit_key(&e, KEY_HOME, 0);
	assert_window(&e, 4, "abcd", 0);
	edit_key(&e, KEY_END, 0);
	assert_window(&e, 4, "def", 3);
	edit_key(&e, KEY_BACKSPACE, 0);
	assert_window(&e, 4, "cde", 3);
	assert_window(&e, 10, "abcde", 5);
	edit_finish(&e);
	e = line("张虎教授|");
	assert_window(&e, 6, "教授", 4);
	assert_window(&e, 5, "教授", 4);
	assert_window(&e, 1, "", 0);
	assert_window(&e, 0, "", 0);
	edit_finish(&e);
	struct edit none = {0};
	assert_window(&none, 5, "", 0);
}

/* Whatever is pressed, the caret is on a boundary, the text valid, the window no wider than asked. */
static void
anything(void **state)
{
	(void)state;
	static const uint32_t codes[] = {'a', ' ', 0x5f20, 0x301, 0x200d, 0x1f468, 0x1f467, 0x1f1e8,
		0x1f1f3, 0x1100, 0x1161, 0x94d, 0x915, 0xfe0f, KEY_LEFT, KEY_RIGHT, KEY_BACKSPACE,
		KEY_DELETE, KEY_HOME, KEY_END};
	static const char letters[] = "abefdkuwy";
	uint64_t dice = seed_random();
	for (int round = 0; round < 100; round++) {
		struct edit e = {.limit = 200};
		for (int i = 0; i < 80; i++) {
			if (draw_random(&dice, 5))
				edit_key(&e, codes[draw_random(&dice, sizeof codes / sizeof *codes)], 0);
			else
				edit_key(&e, (unsigned char)letters[draw_random(&dice, 9)],
					draw_random(&dice, 2) ? MOD_CTRL : MOD_ALT);
			struct str s = buf_view(&e.text);
			assert_true(utf8_valid(s, NULL));
			assert_in_range(s.n, 0, 200);
			size_t at = 0;
			while (at < e.caret)
				at = text_next(s, at);
			assert_int_equal(at, e.caret);
			int x = -1, columns = 1 + (int)draw_random(&dice, 12);
			struct str shown = edit_window(&e, columns, &x);
			assert_in_range(x, 0, columns - 1);
			assert_in_range(text_width(shown), 0, columns);
		}
		edit_finish(&e);
	}
}

int
main(void)
{
	setlocale(LC_CTYPE, "C.UTF-8");
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(keys),
		cmocka_unit_test(yanking),
		cmocka_unit_test(inserting),
		cmocka_unit_test(window),
		cmocka_unit_test(anything),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
