/* A library that is opened at need: all of what is asked for, or nothing. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "dais/library.h"

struct table {
	double (*root)(double);
	double (*power)(double, double);
};

static const struct library_call calls[] = {
	{"sqrt", offsetof(struct table, root)}, {"pow", offsetof(struct table, power)}};

static void
test_found(void **state)
{
	struct table m = {0};
	(void)state;
	assert_true(library_open("libm.so.6", calls, 2, &m));
	assert_true(m.root(81) == 9 && m.power(2, 10) == 1024);
}

static void
test_only_what_is_asked(void **state)
{
	struct table m = {0};
	(void)state;
	assert_true(library_open("libm.so.6", calls + 1, 1, &m));
	assert_null(m.root);
	assert_true(m.power(3, 2) == 9);
}

static void
test_missing(void **state)
{
	static const struct library_call strange[] = {{"sqrt", offsetof(struct table, root)}, {"no_such_function", offsetof(struct table, power)}};
	struct table m = {0};
	(void)state;
	assert_false(library_open("libno-such-library.so.7", calls, 2, &m));
	assert_false(library_open("libm.so.6", strange, 2, &m));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_found), cmocka_unit_test(test_only_what_is_asked),
		cmocka_unit_test(test_missing)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
