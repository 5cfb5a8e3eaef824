/* Rows are the text, nothing is lost or parted, and every caret has a cell. */
#include "rig.h"

#include "dais/text.h"

static void
rows_are(const char *text, int columns, const char *want)
{
	struct wrap w = {0};
	struct buf got = {0};
	wrap_make(&w, str_of(text), columns);
	for (size_t i = 0; i < w.n; i++) {
		buf_char(&got, '|');
		buf_str(&got, wrap_text(&w, str_of(text), i));
	}
	assert_str(buf_view(&got), want);
	buf_finish(&got);
	wrap_finish(&w);
}

static void
breaks_as_chinese_is_broken(void **state)
{
	(void)state;
	rows_are("", 10, "|");
	rows_are("\n", 10, "||");
	rows_are("a\n\nb", 10, "|a||b");
	rows_are("研究，架构。", 6, "|研究，|架构。");
	rows_are("研究，架构。", 5, "|研|究，|架|构。");
	rows_are("研究「架构」", 6, "|研究|「架|构」");
	rows_are("one two three", 7, "|one two |three");
	rows_are("abcdefgh", 3, "|abc|def|gh");
	rows_are("汉", 1, "|汉");
}

static void
hidden_and_hostile_stay_whole(void **state)
{
	(void)state;
	rows_are("a\xe2\x80\xae" "bcd", 2, "|a\xe2\x80\xae" "b|cd");
	rows_are("👨‍👩‍👧👨‍👩‍👧", 8, "|👨‍👩‍👧|👨‍👩‍👧");
	rows_are("ab\xe2\x80\x8b", 2, "|ab\xe2\x80\x8b");
}

static void
caret_is(const char *text, int columns, size_t at, size_t row, int column)
{
	struct wrap w = {0};
	wrap_make(&w, str_of(text), columns);
	assert_int_equal(wrap_row_at(&w, at), row);
	assert_int_equal(wrap_column_at(&w, str_of(text), at), column);
	assert_int_equal(wrap_place(&w, str_of(text), row, column), at);
	wrap_finish(&w);
}

static void
a_caret_has_a_cell(void **state)
{
	(void)state;
	caret_is("", 5, 0, 0, 0);
	caret_is("汉字", 5, 3, 0, 2);
	caret_is("汉字", 5, 6, 0, 4);
	/* Where a row was broken, the caret is at the start of the next. */
	caret_is("汉字汉字", 4, 6, 1, 0);
	caret_is("汉字汉字", 4, 12, 1, 4);
	/* Before and behind a line end. */
	caret_is("a\nb", 5, 1, 0, 1);
	caret_is("a\nb", 5, 2, 1, 0);
	caret_is("a\n", 5, 2, 1, 0);
	/* Half of a wide character is no place. */
	struct wrap w = {0};
	wrap_make(&w, STR("abc\n汉字"), 10);
	assert_int_equal(wrap_place(&w, STR("abc\n汉字"), 1, 3), 7);
	assert_int_equal(wrap_place(&w, STR("abc\n汉字"), 0, 9), 3);
	wrap_finish(&w);
}

static void
one_random(uint64_t *state)
{
	static const char *const parts[] = {"a", "bc ", "\n", "汉", "字。", ",", "「", "」", "👨‍👩‍👧", "e\xcc\x81",
		"\xe2\x80\xae", "\x1b", "\t", "  ", "https://example.org/", "🇨🇳", "\xff", "\xcc\x81"};
	struct buf text = {0};
	struct wrap w = {0};
	int columns = 1 + (int)draw_random(state, 30);
	for (uint32_t n = draw_random(state, 40); n > 0; n--)
		buf_puts(&text, parts[draw_random(state, sizeof parts / sizeof *parts)]);
	struct str s = buf_view(&text);
	wrap_make(&w, s, columns);
	assert_true(w.n > 0);
	assert_int_equal(w.rows[0].start, 0);
	assert_int_equal(w.rows[w.n - 1].end, s.n);
	for (size_t i = 0; i < w.n; i++) {
		struct str row = wrap_text(&w, s, i);
		if (i + 1 < w.n && w.rows[i + 1].start != w.rows[i].end) {
			assert_int_equal(w.rows[i + 1].start, w.rows[i].end + 1);
			assert_int_equal(s.p[w.rows[i].end], '\n');
		} else if (i + 1 < w.n) {
			assert_true(row.n > 0);
		}
		assert_null(row.n ? memchr(row.p, '\n', row.n) : NULL);
		assert_int_equal(wrap_row_at(&w, w.rows[i].start), i);
		/* Blanks hang over the end, with what is not seen behind them. */
		while (row.n && (strchr(" \t", row.p[row.n - 1]) ||
				text_width(str_from(row, text_prev(row, row.n))) == 0))
			row.n = text_prev(row, row.n);
		/* Only a character that is wider than the row leaves it. */
		int widest = 0;
		for (size_t at = 0, next; at < row.n; at = next) {
			next = text_next(row, at);
			int width = text_width(str_upto(str_from(row, at), next - at));
			widest = width > widest ? width : widest;
		}
		assert_true(text_width(row) <= columns || text_width(row) == widest);
	}
	buf_finish(&text);
	wrap_finish(&w);
}

static void
any_text_is_kept(void **state)
{
	(void)state;
	uint64_t seed = seed_random();
	for (int i = 0; i < 3000; i++)
		one_random(&seed);
}

int
main(void)
{
	setlocale(LC_CTYPE, "C.UTF-8");
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(breaks_as_chinese_is_broken),
		cmocka_unit_test(hidden_and_hostile_stay_whole),
		cmocka_unit_test(a_caret_has_a_cell),
		cmocka_unit_test(any_text_is_kept),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
