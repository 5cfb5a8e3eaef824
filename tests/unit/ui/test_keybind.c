/* Keys by the names that people give them, and the one table of the program's and one's own. */
#include "rig.h"

#include "pane.h"

static enum ui_bind
bind(struct ui_keys *k, const char *key, const char *line)
{
	struct buf why = {0}, hint = {0};
	enum ui_bind done = ui_bind(k, str_of(key), str_of(line), &why, &hint);
	/* A refusal is a sentence, and says nothing of what was taken. */
	assert_int_equal(done != BIND_DONE, why.n > 0);
	buf_finish(&why);
	buf_finish(&hint);
	return done;
}

/* A console that nothing asks anything of, with these keys. */
static struct ui *
open_console(struct session **s, const struct ui_keys *k)
{
	struct ui_calls calls = {0};
	*s = session_create();
	struct ui *u = ui_create(*s, NULL, &calls);
	ui_bound(u, k);
	return u;
}

static void
names(void **state)
{
	(void)state;
	static const struct {
		const char *name, *shown;
		uint32_t key;
		unsigned mods;
	} good[] = {
		{"g", "g", 'g', 0}, {"G", "G", 'G', 0}, {"f5", "F5", KEY_F1 + 4, 0}, {"F12", "F12", KEY_F1 + 11, 0},
		{"Space", "Space", ' ', 0}, {"空格", "Space", ' ', 0}, {"回车", "Enter", KEY_ENTER, 0},
		{"PageDown", "PgDn", KEY_PAGE_DOWN, 0}, {"Ctrl-n", "Ctrl-n", 'n', MOD_CTRL},
		{"ctrl+N", "Ctrl-n", 'n', MOD_CTRL}, {"^n", "Ctrl-n", 'n', MOD_CTRL}, {"^", "^", '^', 0},
		{"Alt-x", "Alt-x", 'x', MOD_ALT}, {"M-X", "Alt-X", 'X', MOD_ALT},
		{"Ctrl-Alt-a", "Ctrl-Alt-a", 'a', MOD_CTRL | MOD_ALT}, {"Shift-Tab", "Shift-Tab", KEY_TAB, MOD_SHIFT},
		{"；", ";", ';', 0}, {"好", "好", 0x597d, 0}, {"-", "-", '-', 0}, {"Up", "↑", KEY_UP, 0},
		{"Ctrl-F3", "Ctrl-F3", KEY_F1 + 2, MOD_CTRL},
	};
	static const char *const bad[] = {"", " ", "F0", "F13", "gg", "Ctrl-", "Ctrl-z", "Ctrl-m", "Ctrl-i", "Ctrl-[",
		"Ctrl-1", "Shift-a", "Esc", "?", "？", "\x1b", "\xff", "Ctrl-l", "Hyper-x", "\xcc\x81", "Ctrl-好"};
	struct session *s;
	for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
		struct ui_keys *k = ui_keys_create();
		if (bind(k, good[i].name, "mark photo") != BIND_DONE)
			fail_msg("%s cannot be bound", good[i].name);
		struct ui *u = open_console(&s, k);
		size_t n;
		const struct binding *rows = key_table(u, &n);
		const struct binding *b = keymap_find(rows, n, good[i].key, good[i].mods);
		assert_non_null(b);
		assert_true(b->own);
		assert_string_equal(b->shown, good[i].shown);
		assert_string_equal(b->line, "mark photo");
		/* Help is the last, whatever is bound. */
		assert_int_equal(rows[n - 1].act, ACT_HELP);
		ui_destroy(u);
		session_destroy(s);
		ui_keys_destroy(k);
	}
	struct ui_keys *k = ui_keys_create();
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		if (bind(k, bad[i], "note") != BIND_NO_KEY)
			fail_msg("\"%s\" was taken for a key", bad[i]);
	assert_int_equal(bind(k, "g", "note"), BIND_DONE);
	assert_int_equal(bind(k, "g", "help"), BIND_NO_KEY);
	assert_int_equal(bind(k, "h", "nonsense"), BIND_NO_LINE);
	assert_int_equal(bind(k, "h", ""), BIND_NO_LINE);
	assert_int_equal(bind(k, "h", "floor extend soon"), BIND_NO_LINE);
	assert_int_equal(bind(k, "h", "queue move @ down"), BIND_DONE);
	ui_keys_destroy(k);
}

static size_t
count(const struct binding *rows, size_t n, uint32_t key)
{
	size_t found = 0;
	for (size_t i = 0; i < n; i++)
		found += rows[i].key == key && !rows[i].mods;
	return found;
}

static void
merged(void **state)
{
	(void)state;
	struct ui_keys *k = ui_keys_create();
	struct session *s;
	size_t n, base_n;
	key_table_live(&base_n);
	bind(k, "F5", "floor next");
	bind(k, "n", "note");
	bind(k, "x", "none");
	bind(k, "F1", "help");
	struct ui *u = open_console(&s, k);
	const struct binding *rows = key_table(u, &n);
	/* n means something else, and only that; its old meaning has one hint left, at F5. */
	const struct binding *b = keymap_find(rows, n, 'n', 0);
	assert_true(b->own && !b->line && b->act == ACT_NOTE);
	for (size_t i = 0; i < n; i++)
		if (rows[i].key == 'n')
			assert_true(rows[i].own);
	b = keymap_find(rows, n, KEY_F1 + 4, 0);
	assert_true(b->own && !b->alone && b->hint && b->help);
	/* Two keys for a note: both are in the help, the own one in the hints. */
	b = keymap_find(rows, n, 'i', 0);
	assert_true(!b->own && !b->hint && b->help);
	/* x does nothing at all, in no pane. */
	assert_int_equal(count(rows, n, 'x'), 1);
	b = keymap_find(rows, n, 'x', 0);
	assert_true(b->own && !b->line && b->act == ACT_NONE && !b->help && !b->hint);
	assert_int_equal(rows[n - 1].key, '?');
	assert_non_null(rows[n - 1].hint);
	ui_destroy(u);
	session_destroy(s);
	ui_keys_destroy(k);
	/* Without any the table is the program's. */
	k = ui_keys_create();
	u = open_console(&s, k);
	key_table(u, &n);
	assert_int_equal(n, base_n);
	ui_destroy(u);
	session_destroy(s);
	ui_keys_destroy(k);
}

int
main(void)
{
	setlocale(LC_CTYPE, "C.UTF-8");
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names),
		cmocka_unit_test(merged),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
