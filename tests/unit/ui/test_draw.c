/* Lines, bars and the big clock, as a person would see them. */
#include "rig.h"

#include "dais/text.h"

static struct grid
start(int columns, int rows)
{
	struct grid g = {0};
	grid_resize(&g, columns, rows);
	return g;
}

static void
text_in_a_rect(void **state)
{
	(void)state;
	struct grid g = start(20, 5);
	struct rect r = {2, 1, 10, 3};
	assert_int_equal(draw_put(&g, r, 0, 0, STR("张虎"), STYLE_STRONG), 4);
	assert_int_equal(draw_right(&g, r, 10, 0, STR("2:17"), STYLE_TEXT), 6);
	assert_int_equal(draw_fit(&g, r, 8, 1, 99, STR("abc"), STYLE_TEXT), 10);
	assert_int_equal(draw_right(&g, r, 10, 2, STR("much too long"), STYLE_TEXT), 0);
	draw_put(&g, r, 0, 3, STR("below"), STYLE_TEXT);
	draw_put(&g, r, -1, 1, STR("xy"), STYLE_TEXT);
	assert_dump(&g, false, "\n  张虎  2:17\n  y       a…\n  much too …\n\n");
	grid_clear(&g);
	draw_centre(&g, r, 0, STR("张虎"), STYLE_TEXT);
	draw_centre(&g, r, 1, STR("far too long for it"), STYLE_TEXT);
	assert_dump(&g, false, "\n     张虎\n  far too l…\n\n\n");
	grid_finish(&g);
}

static void
wrapping(void **state)
{
	(void)state;
	struct grid g = start(12, 4);
	struct rect r = grid_area(&g);
	struct str question = STR("大模型会对哪些研究方向造成冲击，该如何应对？");
	assert_int_equal(draw_wrapped(&g, r, 0, 0, 12, 4, question, STYLE_TEXT), 4);
	assert_dump(&g, false, "大模型会对哪\n些研究方向造\n成冲击，该如\n何应对？\n");
	grid_clear(&g);
	assert_int_equal(draw_wrapped(&g, r, 0, 0, 12, 2, question, STYLE_TEXT), 2);
	assert_dump(&g, false, "大模型会对哪\n些研究方向…\n\n\n");
	grid_clear(&g);
	assert_int_equal(draw_wrapped(&g, r, 0, 0, 5, 4, STR("one two  three"), STYLE_TEXT), 3);
	assert_dump(&g, false, "one\ntwo\nthree\n\n");
	assert_int_equal(draw_wrapped(&g, r, 0, 0, 0, 4, question, STYLE_TEXT), 0);
	assert_int_equal(draw_wrapped(&g, r, 0, 0, 9, 4, STR_NONE, STYLE_TEXT), 0);
	grid_finish(&g);
}

static void
rules(void **state)
{
	(void)state;
	struct grid g = start(16, 4);
	struct rect r = grid_area(&g);
	draw_rule(&g, r, 0, STR("队列 5"), STR("先"));
	draw_rule(&g, r, 1, STR_NONE, STR_NONE);
	draw_rule(&g, r, 2, STR("a title that is too long"), STR("extra"));
	assert_dump(&g, true,
		"{title:队列 5 }{faint:先 }{rule:──────}\n{rule:────────────────}\n"
		"{title:a title that is…}\n\n");
	grid_finish(&g);
}

static void
assert_bar(int64_t done, int64_t whole, const char *want)
{
	struct grid g = start(4, 1);
	draw_bar(&g, grid_area(&g), 0, 0, 4, done, whole, STYLE_BAR);
	assert_dump(&g, false, want);
	grid_finish(&g);
}

static void
bars(void **state)
{
	(void)state;
	assert_bar(0, 8, "────\n");
	assert_bar(1, 8, "╾───\n");
	assert_bar(2, 8, "━───\n");
	assert_bar(5, 8, "━━╾─\n");
	assert_bar(7, 8, "━━━╾\n");
	assert_bar(8, 8, "━━━━\n");
	assert_bar(9, 8, "━━━━\n");
	assert_bar(-1, 8, "────\n");
	assert_bar(5, 0, "────\n");
	assert_bar(5, -1, "────\n");
	assert_bar(INT64_MAX, INT64_MAX, "━━━━\n");
	assert_bar(INT64_MIN, INT64_MAX, "────\n");
}

static void
big_clock(void **state)
{
	(void)state;
	struct grid g = start(26, 5);
	assert_int_equal(big_width(STR("2:17"), 5), 25);
	assert_int_equal(big_put(&g, grid_area(&g), 0, 0, STR("2:17"), 5, STYLE_CLOCK), 25);
	assert_dump(&g, false,
		"▄▀▀▀▀▄        ▄█   ▀▀▀▀▀█\n     █  ▄▄     █       ▄▀\n  ▄▄▀          █      ▄▀\n"
		"▄▀      ▄▄     █     ▄▀\n█▄▄▄▄▄        ▄█▄    █\n");
	grid_clear(&g);
	big_put(&g, grid_area(&g), 0, 0, STR("+0:12"), 3, STYLE_CLOCK);
	assert_dump(&g, false, " ▄  █▀█ ▄ ▄█  ▀▀█\n▀█▀ █ █ ▄  █  █▀▀\n    ▀▀▀   ▀▀▀ ▀▀▀\n\n\n");
	grid_clear(&g);
	assert_int_equal(big_put(&g, grid_area(&g), 1, 4, STR("-0:12"), 1, STYLE_CLOCK), 6);
	assert_dump(&g, false, "\n\n\n\n -0:12\n");
	grid_finish(&g);
}

/* Every letter in every size takes the width it says, and stays in its rectangle. */
static void
big_letters(void **state)
{
	(void)state;
	static const int sizes[] = {1, 3, 5, 10, 15, 20};
	for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++)
		for (const char *p = "0123456789:+- "; *p; p++) {
			struct str letter = {p, 1};
			struct grid g = start(40, 22);
			int end = big_put(&g, grid_area(&g), 0, 0, letter, sizes[i], STYLE_CLOCK);
			assert_int_equal(end, big_width(letter, sizes[i]));
			for (int y = 0; y < 22; y++)
				for (int x = 0; x < 40; x++)
					if (x >= end || y >= sizes[i])
						assert_string_equal(g.cells[y * 40 + x].text, " ");
			grid_finish(&g);
		}
	struct grid g = start(8, 3);
	big_put(&g, (struct rect){2, 1, 3, 1}, 0, 0, STR("88"), 20, STYLE_CLOCK);
	for (int i = 0; i < 24; i++)
		assert_true(g.cells[i].text[0] == ' ' || (i / 8 == 1 && i % 8 >= 2 && i % 8 < 5));
	grid_finish(&g);
}

static void
big_sizes(void **state)
{
	(void)state;
	assert_int_equal(big_size(STR("2:17"), 25, 5, 99), 5);
	assert_int_equal(big_size(STR("2:17"), 24, 5, 99), 3);
	assert_int_equal(big_size(STR("2:17"), 25, 4, 99), 3);
	assert_int_equal(big_size(STR("2:17"), 12, 2, 99), 1);
	assert_int_equal(big_size(STR("2:17"), 3, 9, 99), 0);
	assert_int_equal(big_size(STR("2:17"), 9, 0, 99), 0);
	assert_int_equal(big_size(STR("2:17"), 120, 36, 99), 20);
	assert_int_equal(big_size(STR("2:17"), 120, 36, 5), 5);
}

int
main(void)
{
	setlocale(LC_CTYPE, "C.UTF-8");
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(text_in_a_rect),
		cmocka_unit_test(wrapping),
		cmocka_unit_test(rules),
		cmocka_unit_test(bars),
		cmocka_unit_test(big_clock),
		cmocka_unit_test(big_letters),
		cmocka_unit_test(big_sizes),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
