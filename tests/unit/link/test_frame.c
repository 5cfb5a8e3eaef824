/* What comes out of a splitter may depend on the bytes, never on how the reads cut them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "wired.h"
#include "scratch.h"

static void
keep(void *ctx, struct str line)
{
	struct buf *out = ctx;
	buf_char(out, '[');
	buf_str(out, line);
	buf_char(out, ']');
}

/* Feeds all of bytes in pieces of at most `most`, 0 for one piece. */
static bool
split(struct buf *out, struct str bytes, size_t most, uint64_t *seed)
{
	struct frame f = {0};
	bool good = true;
	buf_reset(out);
	while (bytes.n > 0) {
		size_t n = most ? 1 + seed_next(seed) % most : bytes.n;
		n = n < bytes.n ? n : bytes.n;
		/* A copy of its own, so that reading past a piece is seen. */
		char *piece = xmalloc(n);
		memcpy(piece, bytes.p, n);
		good = frame_feed(&f, (struct str){piece, n}, keep, out);
		free(piece);
		bytes = str_from(bytes, n);
	}
	assert_int_equal(good, !f.broken);
	frame_finish(&f);
	return good;
}

static void
table(void **state)
{
	static const struct {
		struct str in;
		const char *out;
		bool good;
	} rows[] = {
		{{"", 0}, "", true},
		{{"a\n", 2}, "[a]", true},
		{{"a\nb", 3}, "[a]", true},
		{{"\n\n\na\n\n", 6}, "[a]", true},
		{{"{}\r\n", 4}, "[{}\r]", true},
		{{"\xe5\xbc\xa0\n", 4}, "[\xe5\xbc\xa0]", true},
		{{"\xe5\xbc", 2}, "", true}, /* may still become a letter */
		{{"\xe5\xbc\n", 3}, "", false},
		{{"a\n\xd5\xc5\nb\n", 7}, "[a]", false}, /* GBK */
		{{"a\0b\n", 4}, "", false},
		{{"\0\n", 2}, "", false},
		{{"\xc0\xaf\n", 3}, "", false},     /* overlong */
		{{"\xed\xa0\x80\n", 4}, "", false}, /* surrogate */
		{{"\xf4\x90\x80\x80\n", 5}, "", false},
		{{"\xff\xfe{\n", 4}, "", false},
	};
	(void)state;
	struct buf out = {0};
	uint64_t seed = 1;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		for (size_t most = 0; most < 3; most++) {
			assert_int_equal(split(&out, rows[i].in, most, &seed), rows[i].good);
			assert_string_equal(buf_view(&out).p, rows[i].out);
		}
	}
	buf_finish(&out);
}

static void
longest(void **state)
{
	(void)state;
	struct buf in = {0}, out = {0};
	uint64_t seed = 2;
	for (size_t most = 0; most < 5000; most += 1999) {
		buf_reset(&in);
		buf_fill(&in, 'x', EVENT_LINE_MAX);
		buf_char(&in, '\n');
		assert_true(split(&out, buf_view(&in), most, &seed));
		assert_int_equal(out.n, EVENT_LINE_MAX + 2);
		buf_reset(&in);
		buf_puts(&in, "a\n");
		buf_fill(&in, 'x', EVENT_LINE_MAX + 1);
		assert_false(split(&out, buf_view(&in), most, &seed));
		assert_string_equal(out.p, "[a]");
	}
	buf_finish(&in);
	buf_finish(&out);
}

/* What is answered may be longer, where the reader says so. */
static void
longer(void **state)
{
	(void)state;
	struct frame f = {.most = 2 * EVENT_LINE_MAX};
	struct buf in = {0}, out = {0};
	buf_fill(&in, 'x', 2 * EVENT_LINE_MAX);
	buf_char(&in, '\n');
	assert_true(frame_feed(&f, buf_view(&in), keep, &out));
	assert_int_equal(out.n, 2 * EVENT_LINE_MAX + 2);
	buf_reset(&in);
	buf_fill(&in, 'x', 2 * EVENT_LINE_MAX + 1);
	assert_false(frame_feed(&f, buf_view(&in), keep, &out));
	frame_finish(&f);
	buf_finish(&in);
	buf_finish(&out);
}

/* A peer that sends without end costs one line, and nothing once it is broken. */
static void
bounded(void **state)
{
	(void)state;
	struct frame f = {0};
	struct buf out = {0};
	char bytes[4096];
	memset(bytes, 'x', sizeof bytes);
	for (int i = 0; i < 1000; i++) {
		frame_feed(&f, (struct str){bytes, sizeof bytes}, keep, &out);
		assert_true(f.held.cap <= 4 * EVENT_LINE_MAX);
	}
	assert_true(f.broken);
	assert_int_equal(f.held.cap, 0);
	assert_int_equal(out.n, 0);
	assert_false(frame_feed(&f, STR("a\n"), keep, &out));
	assert_int_equal(out.n, 0);
	frame_finish(&f);
	buf_finish(&out);
}

static void
stop_at_first(void *ctx, struct str line)
{
	struct frame *f = ctx;
	assert_string_equal(str_is(line, "a") ? "a" : "another", "a");
	f->broken = true;
}

static void
callback_stops(void **state)
{
	(void)state;
	struct frame f = {0};
	assert_false(frame_feed(&f, STR("a\nb\nc\n"), stop_at_first, &f));
	frame_finish(&f);
	f = (struct frame){0};
	assert_true(frame_feed(&f, STR("a"), stop_at_first, &f));
	assert_false(frame_feed(&f, STR("\nb\n"), stop_at_first, &f));
	frame_finish(&f);
}

static void
cuts(void **state)
{
	static const struct str parts[] = {{"a", 1}, {"\n", 1}, {"\n", 1}, {"{\"do\":\"x\"}", 10},
		{"\xe5\xbc\xa0", 3}, {"\xf0\x9f\x8e\x89", 4}, {"\xe5", 1}, {"\0", 1}, {"\xff", 1}};
	(void)state;
	uint64_t seed = seed_take();
	struct buf in = {0}, whole = {0}, cut = {0};
	for (int round = 0; round < 3000; round++) {
		buf_reset(&in);
		/* Rounds with and without bad parts, and some with a line near the limit. */
		size_t kinds = round % 2 ? 6 : 9;
		for (size_t i = seed_next(&seed) % 60; i > 0; i--)
			buf_str(&in, parts[seed_next(&seed) % kinds]);
		if (round % 100 == 0)
			buf_fill(&in, 'y', EVENT_LINE_MAX - 30 + seed_next(&seed) % 60);
		buf_char(&in, '\n');
		bool good = split(&whole, buf_view(&in), 0, &seed);
		size_t most = round % 100 == 0 ? 5000 : 9;
		assert_int_equal(split(&cut, buf_view(&in), most, &seed), good);
		assert_int_equal(cut.n, whole.n);
		assert_memory_equal(buf_view(&cut).p, buf_view(&whole).p, cut.n);
	}
	buf_finish(&in);
	buf_finish(&whole);
	buf_finish(&cut);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(table),
		cmocka_unit_test(longest),
		cmocka_unit_test(longer),
		cmocka_unit_test(bounded),
		cmocka_unit_test(callback_stops),
		cmocka_unit_test(cuts),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
