/* The file of earlier command lines: short, without doubles, for nobody else. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "internal.h"

static char folder[] = "/tmp/dais-history-XXXXXX";

static void
path_of(char out[64], const char *end)
{
	snprintf(out, 64, "%s/dais/history%s", folder, end);
}

static int
begin(void **state)
{
	char path[64];
	(void)state;
	path_of(path, "");
	unlink(path);
	return 0;
}

static int
make(void **state)
{
	(void)state;
	return !mkdtemp(folder) || setenv("XDG_STATE_HOME", folder, 1);
}

static int
drop(void **state)
{
	char path[64];
	begin(state);
	snprintf(path, sizeof path, "%s/dais", folder);
	return rmdir(path) || rmdir(folder);
}

static void
seen(void *ctx, struct str line)
{
	buf_str(ctx, line);
	buf_char(ctx, '|');
}

static void
assert_history(const char *want)
{
	struct buf all = {0};
	history_each(seen, &all);
	assert_string_equal(all.p ? all.p : "", want);
	buf_finish(&all);
}

static void
write_file(const char *text)
{
	char path[64];
	history_append(STR("x")); /* makes the folder */
	path_of(path, "");
	FILE *f = fopen(path, "w");
	assert_non_null(f);
	fputs(text, f);
	assert_int_equal(fclose(f), 0);
}

static void
test_kept(void **state)
{
	(void)state;
	assert_history("");
	history_append(STR("floor next"));
	history_append(STR("queue add 张虎"));
	assert_history("floor next|queue add 张虎|");
}

static void
test_double(void **state)
{
	(void)state;
	history_append(STR("a"));
	history_append(STR("b"));
	history_append(STR("a"));
	assert_history("b|a|");
	assert_history("b|a|");
}

static void
test_bounded(void **state)
{
	char path[64];
	struct stat st;
	struct buf text = {0}, all = {0};
	(void)state;
	for (int i = 0; i < 900; i++)
		buf_printf(&text, "%03d\n", i);
	write_file(text.p);
	history_each(seen, &all);
	assert_int_equal(all.n, 500 * 4);
	assert_memory_equal(all.p, "400|401|", 8);
	path_of(path, "");
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_size, 500 * 4);
	buf_finish(&text);
	buf_finish(&all);
}

static void
test_private(void **state)
{
	char path[64];
	struct stat st;
	(void)state;
	history_append(STR("a"));
	path_of(path, "");
	assert_int_equal(chmod(path, 0644), 0);
	history_append(STR("b"));
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
}

static void
test_foreign(void **state)
{
	(void)state;
	/* Bytes that are no text, an empty line, a last line without an end. */
	write_file("good\n\xff\xfe\n\nlast");
	assert_history("good|last|");
	history_append(STR("next"));
	assert_history("good|last|next|");
}

static void
test_no_link(void **state)
{
	char path[64], other[64];
	struct stat st;
	(void)state;
	history_append(STR("a"));
	path_of(path, "");
	path_of(other, ".other");
	assert_int_equal(rename(path, other), 0);
	assert_int_equal(symlink(other, path), 0);
	history_append(STR("b"));
	assert_history("");
	assert_int_equal(stat(other, &st), 0);
	assert_int_equal(st.st_size, 2);
	unlink(other);
}

static void
test_one_line(void **state)
{
	(void)state;
	history_append(STR("a\nb"));
	history_append(STR(""));
	assert_history("");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(test_kept, begin),
		cmocka_unit_test_setup(test_double, begin),
		cmocka_unit_test_setup(test_bounded, begin),
		cmocka_unit_test_setup(test_private, begin),
		cmocka_unit_test_setup(test_foreign, begin),
		cmocka_unit_test_setup(test_no_link, begin),
		cmocka_unit_test_setup(test_one_line, begin),
	};
	return cmocka_run_group_tests(tests, make, drop);
}
