/* What a key costs with ten thousand people, in work and not in time. */
#include "crowd.h"

void *__real_xmalloc(size_t n);
void *__real_xcalloc(size_t count, size_t n);
void *__real_xrealloc(void *p, size_t n);
void *__wrap_xmalloc(size_t n);
void *__wrap_xcalloc(size_t count, size_t n);
void *__wrap_xrealloc(void *p, size_t n);

static size_t allocations;

void *
__wrap_xmalloc(size_t n)
{
	allocations++;
	return __real_xmalloc(n);
}

void *
__wrap_xcalloc(size_t count, size_t n)
{
	allocations++;
	return __real_xcalloc(count, n);
}

void *
__wrap_xrealloc(void *p, size_t n)
{
	allocations++;
	return __real_xrealloc(p, n);
}

enum { PEOPLE = 10000 };

static void
test_keys(void **state)
{
	static const char letters[] = "zhangguohua";
	uint64_t seed = seed_random(), first = 0;
	struct crowd c;
	(void)state;
	crowd_open(&c, "");
	crowd_add_random(&c, &seed, PEOPLE);
	crowd_read(&c);
	ui_feed(c.ui, STR("a"));
	assert_int_equal(c.ui->picker.n, PEOPLE);
	/* Room for the line itself comes with the first key. */
	ui_feed(c.ui, STR("x\x15"));
	for (size_t i = 0; letters[i]; i++) {
		allocations = 0;
		ui_feed(c.ui, (struct str){&letters[i], 1});
		assert_in_range(allocations, 0, 4);
		uint64_t work = c.ui->picker.work;
		first = i ? first : work;
		/* As much as is there to be compared, a few times at most; no more for more letters. */
		assert_in_range(work, PEOPLE, PEOPLE * 64);
		assert_in_range(work, 0, first * 2);
	}
	crowd_close(&c);
}

/* A word of one letter, over and over, is where following every way by itself takes for ever. */
static void
test_worst(void **state)
{
	struct crowd c;
	struct buf name = {0}, typed = {0};
	(void)state;
	crowd_open(&c, "");
	for (int i = 0; i < 60; i++)
		buf_puts(&name, "aaa ");
	buf_fill(&typed, 'a', 40);
	buf_char(&typed, 'b');
	for (int i = 0; i < 100; i++) {
		struct buf id = {0};
		buf_printf(&id, "%d", i);
		crowd_add(&c, buf_view(&id), buf_view(&name), STR_NONE, STR_NONE);
		buf_finish(&id);
	}
	crowd_type(&c, typed.p);
	assert_int_equal(c.ui->picker.n, 1);
	assert_in_range(c.ui->picker.work, 1, 100 * 60 * 4 * 4);
	buf_finish(&name);
	buf_finish(&typed);
	crowd_close(&c);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_keys), cmocka_unit_test(test_worst)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
