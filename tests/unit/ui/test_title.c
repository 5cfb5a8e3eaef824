/* Titles of windows: which terminals have one, what is sent for it, and that nothing in it is an order. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "title.h"

static void
test_forms(void **state)
{
	static const struct {
		const char *term;
		bool inside_tmux, marked, keeps;
		enum title_form form;
	} rows[] = {
		{"xterm-256color", false, true, true, TITLE_KEPT},
		{"xterm-256color", true, true, true, TITLE_KEPT},
		{"xterm", false, true, false, TITLE_PUSHED},
		{"tmux-256color", false, false, false, TITLE_PUSHED},
		{"tmux", true, false, false, TITLE_PUSHED},
		{"tmux-direct", true, true, false, TITLE_PUSHED},
		{"screen-256color", true, false, false, TITLE_PUSHED},
		{"screen", false, false, false, TITLE_NAMED},
		{"screen.xterm-256color", false, true, false, TITLE_NAMED},
		{"screensaver", false, false, false, TITLE_NONE},
		{"vt100", false, false, false, TITLE_NONE},
		{"linux", true, false, false, TITLE_NONE},
	};
	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		assert_int_equal(rows[i].form,
			title_form(rows[i].term, rows[i].inside_tmux, rows[i].marked, rows[i].keeps));
}

static void
sends(enum title_form form, const char *title, struct buf *last, const char *sent)
{
	struct buf out = {0};
	title_put(form, str_of(title), last, &out);
	assert_string_equal(out.p ? out.p : "", sent);
	buf_finish(&out);
}

static void
test_sent_once(void **state)
{
	struct buf last = {0};
	(void)state;
	sends(TITLE_KEPT, "论坛", &last, "\033]2;论坛\033\\");
	sends(TITLE_KEPT, "论坛", &last, "");
	sends(TITLE_KEPT, "a\033]52;c;eA==\a\nb", &last, "\033]2;a␛]52;c;eA==␇ b\033\\");
	buf_reset(&last);
	sends(TITLE_NAMED, "论坛", &last, "\033k论坛\033\\");
	sends(TITLE_NAMED, "论坛", &last, "");
	sends(TITLE_NAMED, "01234567890123456789012345678901234567890123456789", &last,
		"\033k012345678901234567890123456789012345678…\033\\");
	sends(TITLE_NONE, "论坛", &last, "");
	buf_finish(&last);
}

static void
test_given_back(void **state)
{
	(void)state;
	assert_string_equal(title_begin(TITLE_PUSHED), "\033[22;2t");
	assert_string_equal(title_end(TITLE_PUSHED), "\033[23;2t");
	assert_string_equal(title_end(TITLE_NAMED), "\033k\033\\");
	assert_string_equal(title_begin(TITLE_KEPT), "");
	assert_string_equal(title_end(TITLE_KEPT), "");
	assert_string_equal(title_end(TITLE_NONE), "");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_forms), cmocka_unit_test(test_sent_once),
		cmocka_unit_test(test_given_back)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
