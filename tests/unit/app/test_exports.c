/* What an export beside a log is called, and that it speaks the forum's language and the console goes on in its own. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "../session/sitting.h"
#include "exports.h"

static void
each_lies_beside_the_log(void **state)
{
	static const struct {
		const char *log;
		enum report_format format;
		int n;
		const char *path;
	} rows[] = {{"/x/forum.dais", REPORT_MD, 1, "/x/forum.md"},
		{"/x/forum.dais", REPORT_MD, 2, "/x/forum-2.md"},
		{"/x/论坛.rehearsal.dais", REPORT_HTML, 1, "/x/论坛.rehearsal.html"},
		{"/x.dais/f", REPORT_CSV, 1, "/x.dais/f.csv"},
		{"forum.dais", REPORT_VTT, 17, "forum-17.vtt"},
		{"/x/forum.dais", REPORT_CHAPTERS, 1, "/x/forum.chapters.txt"},
		{"/x/forum.dais", REPORT_CHAPTERS, 3, "/x/forum-3.chapters.txt"},
		{"/x/forum.dais", REPORT_JSON, 1, "/x/forum.json"}};
	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct buf out = {0};
		export_path(&out, rows[i].log, rows[i].format, rows[i].n);
		assert_string_equal(out.p, rows[i].path);
		buf_finish(&out);
	}
}

static void
all_formats_can_be_picked(void **state)
{
	enum report_format f;
	size_t n = 0;
	(void)state;
	for (; export_formats[n]; n++) {
		assert_true(report_format_from(str_of(export_formats[n]), &f));
		assert_int_equal(f, n);
	}
	assert_int_equal(n, REPORT_FORMAT_COUNT);
}

/* What it is in the environment is what the next sentence of the console is looked up by. */
static void
the_console_keeps_its_language(void **state)
{
	static const char *const own[] = {"zh_CN", "en", NULL};
	struct sitting x =
		sitting_open("{\"title\":\"T\",\"language\":\"zh-CN\"," SITTING_PEOPLE "," SITTING_AGENDA "}");
	(void)state;
	sitting_do(&x, 0, "segment next");
	assert_int_equal(sitting_do(&x, 1000, "session close"), 0);
	for (size_t i = 0; i < sizeof own / sizeof *own; i++) {
		struct buf out = {0};
		if (own[i])
			setenv("LANGUAGE", own[i], 1);
		else
			unsetenv("LANGUAGE");
		export_text(&out, x.s, REPORT_HTML);
		assert_non_null(strstr(out.p, "<html lang=\"zh-CN\">"));
		const char *now = getenv("LANGUAGE");
		assert_string_equal(now ? now : "none", own[i] ? own[i] : "none");
		buf_finish(&out);
	}
	sitting_close(&x);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_lies_beside_the_log),
		cmocka_unit_test(all_formats_can_be_picked),
		cmocka_unit_test(the_console_keeps_its_language),
	};
	return cmocka_run_group_tests_name("exports", tests, NULL, NULL);
}
