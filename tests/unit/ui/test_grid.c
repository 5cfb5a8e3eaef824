/* Cells: no half of a wide character anywhere, whatever is written where. */
#include "rig.h"

#include "dais/text.h"

static struct grid
start(int columns, int rows)
{
	struct grid g = {0};
	grid_resize(&g, columns, rows);
	return g;
}

static int
put(struct grid *g, int x, int y, const char *text)
{
	return grid_put(g, grid_area(g), x, y, str_of(text), STYLE_TEXT);
}

static void
assert_whole(const struct grid *g)
{
	for (int y = 0; y < g->rows; y++)
		for (int x = 0; x < g->columns; x++) {
			const struct cell *c = &g->cells[y * g->columns + x];
			assert_in_range(c->width, 0, 2);
			assert_true(memchr(c->text, 0, CELL_BYTES) != NULL);
			if (c->width == 2)
				assert_true(x + 1 < g->columns && c[1].width == 0);
			if (c->width == 0)
				assert_true(x > 0 && c[-1].width == 2);
			assert_int_equal(c->text[0] == 0, c->width == 0);
		}
}

static void
halves(void **state)
{
	(void)state;
	struct grid g = start(8, 1);
	assert_int_equal(put(&g, 0, 0, "张虎教授"), 8);
	assert_dump(&g, false, "张虎教授\n");
	put(&g, 3, 0, "x"); /* on the right half of 虎 */
	assert_dump(&g, false, "张 x教授\n");
	put(&g, 4, 0, "y"); /* on the left half of 教 */
	assert_dump(&g, false, "张 xy 授\n");
	put(&g, 5, 0, "王"); /* over a blank and the left half of 授 */
	assert_dump(&g, false, "张 xy王\n");
	put(&g, 1, 0, "李"); /* between two */
	assert_dump(&g, false, " 李xy王\n");
	assert_whole(&g);
	grid_blank(&g, (struct rect){2, 0, 1, 1}, STYLE_DIALOG);
	assert_dump(&g, true, "  {text/dialog: }xy王\n");
	assert_whole(&g);
	grid_finish(&g);
}

static void
edges(void **state)
{
	(void)state;
	struct grid g = start(5, 2);
	assert_int_equal(put(&g, 0, 0, "张虎教"), 4);
	assert_dump(&g, false, "张虎\n\n");
	assert_int_equal(put(&g, 4, 1, "ab"), 5);
	assert_int_equal(put(&g, -3, 1, "张虎a"), 2);
	assert_dump(&g, false, "张虎\n a  a\n");
	put(&g, 0, -1, "no");
	put(&g, 0, 2, "no");
	put(&g, 5, 0, "no");
	put(&g, INT32_MAX - 1, 0, "no");
	put(&g, INT32_MIN, 0, "no");
	assert_int_equal(grid_put(&g, (struct rect){1, 0, 2, 1}, 0, 0, STR("abcdef"), STYLE_DIM), 3);
	assert_dump(&g, false, " bc\n a  a\n");
	grid_ground(&g, (struct rect){-5, -5, INT32_MAX, INT32_MAX}, STYLE_RAIL);
	grid_blank(&g, (struct rect){3, 1, -2, 4}, STYLE_TEXT);
	grid_blank(&g, (struct rect){INT32_MAX, INT32_MIN, INT32_MAX, 4}, STYLE_TEXT);
	assert_whole(&g);
	grid_finish(&g);
}

static void
cleaned(void **state)
{
	(void)state;
	struct grid g = start(12, 1);
	assert_int_equal(put(&g, 0, 0, "a\033[m\u202e" "b\n👨‍👩"), 10);
	assert_dump(&g, false, "a␛[mb 👨👩\n");
	put(&g, 0, 0, "a\u0301\u0302\u0303\u0304");
	assert_string_equal(g.cells[0].text, "a\u0301\u0302\u0303");
	/* A base and three marks of four bytes do not fit; what does not is left out, whole. */
	put(&g, 0, 0, "\U0001d165\U0001d167\U0001d168\U0001d169");
	assert_true(utf8_valid(str_of(g.cells[0].text), NULL));
	assert_whole(&g);
	grid_finish(&g);
}

static void
random_writing(void **state)
{
	(void)state;
	static const char *const words[] = {
		"张虎", "a", "教授 x", "👍", "é", "━━", "李李李李李李", "\u0301", "", "🇨🇳"};
	uint64_t dice = seed_random();
	for (int round = 0; round < 300; round++) {
		struct grid g = start((int)draw_random(&dice, 12), (int)draw_random(&dice, 4));
		for (int i = 0; i < 60; i++) {
			struct rect r = {(int)draw_random(&dice, 20) - 5, (int)draw_random(&dice, 8) - 2,
				(int)draw_random(&dice, 14) - 1, (int)draw_random(&dice, 6) - 1};
			struct str word = str_of(words[draw_random(&dice, 10)]);
			enum style style = (enum style)draw_random(&dice, STYLE_COUNT);
			if (i % 5 == 0)
				grid_blank(&g, r, style);
			else if (i % 5 == 1)
				grid_ground(&g, r, style);
			else
				grid_put(&g, r, r.x + (int)draw_random(&dice, 9) - 4, r.y, word, style);
			assert_whole(&g);
		}
		grid_finish(&g);
	}
}

/* A sign so many times is what a text of so many signs is, wherever it stands. */
static void
repeating(void **state)
{
	(void)state;
	uint64_t dice = seed_random();
	for (int round = 0; round < 2000; round++) {
		struct grid one = start(10, 3), other = start(10, 3);
		struct rect r = {(int)draw_random(&dice, 14) - 3, (int)draw_random(&dice, 6) - 2,
			(int)draw_random(&dice, 12), (int)draw_random(&dice, 4)};
		int x = r.x, y = r.y + (int)draw_random(&dice, 3), n = (int)draw_random(&dice, 12) - 1;
		struct buf text = {0};
		for (int i = 0; i < n; i++)
			buf_str(&text, STR("━"));
		for (int i = 0; i < 2; i++) {
			put(i ? &one : &other, 0, 0, "张虎张虎张");
			grid_ground(i ? &one : &other, (struct rect){2, 0, 4, 2}, STYLE_HEADER);
		}
		assert_int_equal(grid_repeat(&one, r, x, y, n, STR("━"), STYLE_RULE),
			grid_put(&other, r, x, y, buf_view(&text), STYLE_RULE));
		assert_memory_equal(one.cells, other.cells, 30 * sizeof *one.cells);
		assert_whole(&one);
		buf_finish(&text);
		grid_finish(&one);
		grid_finish(&other);
	}
}

/* What is said to be shown as it is takes the columns that it is measured to have with care. */
static void
plain_widths(void **state)
{
	(void)state;
	int plain = 0;
	for (uint32_t code = 0; code < 0x20000; code++) {
		struct buf text = {0}, clean = {0};
		buf_char(&text, 'a');
		char bytes[4];
		buf_put(&text, bytes, utf8_write(bytes, code));
		buf_str(&text, STR("张"));
		int columns = grid_plain_width(buf_view(&text));
		if (columns >= 0) {
			plain++;
			assert_int_equal(columns, text_width(buf_view(&text)));
			text_clean(&clean, buf_view(&text));
			assert_string_equal(clean.p, text.p);
		}
		buf_finish(&text);
		buf_finish(&clean);
	}
	assert_in_range(plain, 20000, 22000);
}

static void
sizes(void **state)
{
	(void)state;
	static const int sides[] = {-1, 0, 1, 2, 65535, INT32_MAX};
	for (size_t i = 0; i < 6; i++)
		for (size_t j = 0; j < 6; j++) {
			struct grid g = start(sides[i], sides[j]);
			assert_in_range(g.columns, 0, 1000);
			assert_in_range(g.rows, 0, 500);
			put(&g, 0, 0, "张虎");
			assert_int_equal(g.cursor_x, -1);
			grid_finish(&g);
		}
}

static void
dumps(void **state)
{
	(void)state;
	struct grid g = start(14, 3);
	grid_ground(&g, (struct rect){0, 0, 14, 1}, STYLE_HEADER);
	grid_put(&g, grid_area(&g), 0, 0, STR("dais"), STYLE_HEADER);
	grid_put(&g, grid_area(&g), 6, 0, STR("14:52"), STYLE_HEADER);
	grid_put(&g, grid_area(&g), 0, 1, STR("a "), STYLE_TEXT);
	grid_put(&g, grid_area(&g), 2, 1, STR("晚 3"), STYLE_WARNING);
	assert_dump(&g, true, "{header/header:dais  14:52   }\na {warning:晚 3}\n\n");
	assert_dump(&g, false, "dais  14:52\na 晚 3\n\n");
	grid_finish(&g);
}

static void
cutting_rects(void **state)
{
	(void)state;
	struct rect r = rect_cut((struct rect){10, 20, 30, 5}, 2, 1, 3, 1);
	assert_true(r.x == 12 && r.y == 21 && r.w == 25 && r.h == 3);
	r = rect_cut((struct rect){10, 20, 3, 2}, 5, 5, 5, 5);
	assert_true(r.w == 0 && r.h == 0);
	r = rect_cut((struct rect){0, 0, 10, 10}, 0, 0, 12, 0);
	assert_true(r.x == 0 && r.w == 0 && r.h == 10);
}

int
main(void)
{
	setlocale(LC_CTYPE, "C.UTF-8");
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(halves),
		cmocka_unit_test(edges),
		cmocka_unit_test(cleaned),
		cmocka_unit_test(random_writing),
		cmocka_unit_test(repeating),
		cmocka_unit_test(plain_widths),
		cmocka_unit_test(sizes),
		cmocka_unit_test(dumps),
		cmocka_unit_test(cutting_rects),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
