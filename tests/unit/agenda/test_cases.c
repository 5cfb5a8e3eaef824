/*
 * Every agenda in cases/ against what is said about it: FILE.out holds the
 * problems as they are shown, and the forum where it can be run. RENEW=1
 * writes them anew, to be read before they are committed.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <glob.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "dais/i18n.h"
#include "dais/command.h"
#include "lab.h"

static void
describe(struct buf *out, const char *name, struct str source)
{
	struct agenda a;
	if (lab_read(&a, source, CASES, name, out)) {
		const char *why = "";
		buf_printf(out,
			"segments %zu, people %zu, points %zu, planned %lld, start %lld, %s\n",
			a.segments, a.people, a.points, (long long)a.planned_ms,
			(long long)a.start_min, a.chinese ? "Chinese" : "English");
		buf_str(out, buf_view(&a.forum));
		buf_char(out, '\n');
		if (!session_forum_valid(buf_view(&a.forum), &why))
			buf_printf(out, "the session refuses it: %s\n", why);
	} else {
		buf_puts(out, "refused\n");
		assert_int_equal(a.forum.n, 0);
	}
	agenda_finish(&a);
}

static void
renew(const char *path, const struct buf *text)
{
	FILE *f = fopen(path, "wb");
	assert_non_null(f);
	fwrite(text->p, 1, text->n, f);
	fclose(f);
}

/* A case by the name of its file. */
static void
test_case(void **state)
{
	const char *path = *state, *name = strrchr(path, '/') + 1;
	struct buf source = {0}, out = {0}, wanted = {0}, golden = {0};
	assert_int_equal(lab_file(CASES, str_of(name), &source), 0);
	describe(&out, name, buf_view(&source));
	buf_str(&golden, str_upto(str_of(name), strlen(name) - strlen("yaml")));
	buf_puts(&golden, "out");
	if (getenv("RENEW")) {
		struct buf full = {0};
		buf_puts(&full, CASES "/");
		buf_str(&full, buf_view(&golden));
		renew(full.p, &out);
		buf_finish(&full);
	}
	assert_int_equal(lab_file(CASES, buf_view(&golden), &wanted), 0);
	assert_string_equal(out.p, wanted.p);
	buf_finish(&source);
	buf_finish(&out);
	buf_finish(&wanted);
	buf_finish(&golden);
}

int
main(void)
{
	setlocale(LC_ALL, "C.UTF-8");
	glob_t found;
	if (glob(CASES "/*.yaml", 0, NULL, &found) != 0)
		return 1;
	struct CMUnitTest *tests = calloc(found.gl_pathc, sizeof *tests);
	for (size_t i = 0; i < found.gl_pathc; i++)
		tests[i] = (struct CMUnitTest){.name = strrchr(found.gl_pathv[i], '/') + 1,
			.test_func = test_case,
			.initial_state = found.gl_pathv[i]};
	int failed = _cmocka_run_group_tests("cases", tests, found.gl_pathc, NULL, NULL);
	free(tests);
	globfree(&found);
	return failed;
}
