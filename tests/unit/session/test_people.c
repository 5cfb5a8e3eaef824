/* People: ten thousand of them are found, and what is not known is not. */
#include "sitting.h"

static void
ten_thousand_are_found(void **state)
{
	struct buf forum = {0};
	const struct session_person *p;
	(void)state;
	buf_puts(&forum, "{\"title\":\"T\",\"people\":[");
	for (int i = 0; i < 10000; i++)
		buf_printf(&forum, "%s{\"id\":\"p%d\",\"name\":\"n%d\"}", i ? "," : "", i, i / 2);
	buf_puts(&forum, "]," SITTING_AGENDA "}");
	struct sitting x = sitting_open(forum.p);
	for (int i = 0; i < 10000; i++) {
		struct buf id = {0};
		buf_printf(&id, "p%d", i);
		p = session_person(x.s, buf_view(&id));
		assert_non_null(p);
		assert_true(str_eq(p->id, buf_view(&id)));
		buf_finish(&id);
	}
	assert_null(session_person(x.s, STR("p10000")));
	assert_null(session_person(x.s, STR("")));
	assert_int_equal(session_person_find(x.s, STR("n17"), &p), 2);
	assert_true(str_is(p->id, "p34"));
	assert_int_equal(session_person_find(x.s, STR("p34"), &p), 1);
	assert_int_equal(session_person_find(x.s, STR("nobody"), &p), 0);
	buf_finish(&forum);
	sitting_close(&x);
}

/* A name that is another one's id: the id is meant, since it is the only way to name that one. */
static void
an_id_goes_before_a_name(void **state)
{
	struct sitting x = sitting_plain();
	const struct session_person *p;
	(void)state;
	assert_int_equal(sitting_do(&x, 0, "people add a"), REFUSAL_NONE);
	assert_int_equal(session_person_find(x.s, STR("a"), &p), 1);
	assert_true(str_is(p->name, "张虎"));
	sitting_close(&x);
}

static void
a_walk_in_is_known_as_one(void **state)
{
	struct sitting x = sitting_plain();
	(void)state;
	sitting_do(&x, 0, "people add 王五");
	assert_false(session_person(x.s, STR("a"))->walk_in);
	assert_true(session_person(x.s, STR("w1"))->walk_in);
	sitting_close(&x);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(ten_thousand_are_found),
		cmocka_unit_test(an_id_goes_before_a_name),
		cmocka_unit_test(a_walk_in_is_known_as_one),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
