/* Piles that share their parts against flat arrays that do not. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "dais/str.h"
#include "pile.h"

enum { HOLDERS = 6, PLACES = 3000, STEPS = 60000 };

struct item {
	uint64_t a;
	uint32_t b;
};

/* What a pile should hold. */
struct model {
	struct item *items;
	size_t n;
};

struct pair {
	struct pile pile;
	struct model model;
};

static uint64_t
roll(uint64_t *seed, uint64_t below)
{
	/* splitmix64 */
	uint64_t z = (*seed += 0x9e3779b97f4a7c15);
	z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9;
	z = (z ^ z >> 27) * 0x94d049bb133111eb;
	return (z ^ z >> 31) % below;
}

static void
assert_same(const struct pair *x)
{
	static const struct item nothing;
	assert_int_equal(x->pile.n, x->model.n);
	for (size_t i = 0; i < x->model.n; i++) {
		const struct item *there = pile_at(&x->pile, i), *meant = &x->model.items[i];
		there = there ? there : &nothing;
		assert_true(there->a == meant->a && there->b == meant->b);
	}
	assert_null(pile_at(&x->pile, x->model.n));
	assert_null(pile_at(&x->pile, SIZE_MAX));
}

static void
write_item(struct pair *x, size_t i, struct item item)
{
	*(struct item *)(i == x->pile.n ? pile_push(&x->pile) : pile_mine(&x->pile, i)) = item;
	x->model.items[i] = item;
	if (i >= x->model.n)
		x->model.n = i + 1;
}

static void
copy_over(struct pair *to, const struct pair *from)
{
	struct pile shared = pile_share(&from->pile);
	pile_finish(&to->pile);
	to->pile = shared;
	memcpy(to->model.items, from->model.items, PLACES * sizeof *to->model.items);
	to->model.n = from->model.n;
}

static void
like_a_flat_array(void **state)
{
	uint64_t seed = 20230715;
	struct pair all[HOLDERS];
	(void)state;
	printf("# seed %llu\n", (unsigned long long)seed);
	for (size_t i = 0; i < HOLDERS; i++)
		all[i] = (struct pair){
			pile_make(sizeof(struct item)), {xcalloc(PLACES, sizeof(struct item)), 0}};
	for (size_t step = 0; step < STEPS; step++) {
		struct pair *x = &all[roll(&seed, HOLDERS)];
		uint64_t what = roll(&seed, 200);
		struct item item = {roll(&seed, UINT64_MAX), (uint32_t)step};
		if (what == 0) {
			pile_finish(&x->pile);
			memset(x->model.items, 0, PLACES * sizeof *x->model.items);
			x->model.n = 0;
		} else if (what < 10) {
			copy_over(x, &all[roll(&seed, HOLDERS)]);
		} else if (what < 120 && x->model.n < PLACES) {
			write_item(x, x->model.n, item);
		} else if (what == 120) {
			write_item(x, roll(&seed, PLACES), item); /* leaves a gap */
		} else if (x->model.n) {
			write_item(x, roll(&seed, x->model.n), item);
		}
		if (step % 500 == 0)
			for (size_t i = 0; i < HOLDERS; i++)
				assert_same(&all[i]);
	}
	for (size_t i = 0; i < HOLDERS; i++) {
		assert_same(&all[i]);
		pile_finish(&all[i].pile);
		free(all[i].model.items);
	}
}

/* An id comes from outside and may be any number. */
static void
the_furthest_places(void **state)
{
	static const size_t places[] = {
		0, 7, 8, 255, 256, 8191, 8192, (size_t)1 << 53, SIZE_MAX / 2, SIZE_MAX - 1};
	enum { N = sizeof places / sizeof *places };
	struct pile p = pile_make(sizeof(uint64_t));
	(void)state;
	for (size_t i = 0; i < N; i++) {
		assert_null(pile_at(&p, places[i]));
		*(uint64_t *)pile_mine(&p, places[i]) = i + 1;
	}
	struct pile shared = pile_share(&p);
	for (size_t i = 0; i < N; i++)
		*(uint64_t *)pile_mine(&shared, places[i]) = 100 + i;
	for (size_t i = 0; i < N; i++) {
		assert_int_equal(*(const uint64_t *)pile_at(&p, places[i]), i + 1);
		assert_int_equal(*(const uint64_t *)pile_at(&shared, places[i]), 100 + i);
	}
	pile_finish(&p);
	pile_finish(&shared);
}

/* What is one's own is written to where it stands: pointers into it live on. */
static void
own_items_stay_where_they_are(void **state)
{
	struct pile p = pile_make(sizeof(uint64_t));
	(void)state;
	uint64_t *first = pile_push(&p);
	for (size_t i = 0; i < 10000; i++)
		pile_push(&p);
	assert_true(first == pile_mine(&p, 0));
	struct pile shared = pile_share(&p);
	assert_true(first != pile_mine(&p, 0));
	assert_true(pile_at(&shared, 0) == (const void *)first);
	pile_finish(&p);
	pile_finish(&shared);
}

static void
blocks_are_copied_when_written_to(void **state)
{
	(void)state;
	assert_null(block_share(NULL));
	block_drop(NULL);
	int *a = block_mine(NULL, 0, 4 * sizeof *a);
	for (int i = 0; i < 4; i++)
		a[i] = i;
	int *b = block_share(a);
	assert_true(a == b);
	b = block_mine(b, 4 * sizeof *b, 4 * sizeof *b);
	assert_true(a != b);
	b[0] = 100;
	assert_int_equal(a[0], 0);
	assert_int_equal(b[3], 3);
	/* Its own now: written to in place, and larger only where it must be. */
	assert_true(b == block_mine(b, 4 * sizeof *b, 4 * sizeof *b));
	b = block_mine(b, 4 * sizeof *b, 4000 * sizeof *b);
	assert_int_equal(b[0], 100);
	assert_int_equal(b[3999], 0);
	block_drop(a);
	block_drop(b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(like_a_flat_array),
		cmocka_unit_test(the_furthest_places),
		cmocka_unit_test(own_items_stay_where_they_are),
		cmocka_unit_test(blocks_are_copied_when_written_to),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
