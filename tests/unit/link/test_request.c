/* What is written reads back the same; what nobody writes is refused. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "wired.h"
#include "scratch.h"

static bool
reads(struct str line)
{
	struct arena a = {0};
	struct request r;
	bool good = request_read(&r, line, &a);
	arena_finish(&a);
	return good;
}

static void
assert_str(struct str is, const char *should)
{
	if (!should) {
		assert_null(is.p);
		return;
	}
	assert_int_equal(is.n, strlen(should));
	assert_memory_equal(is.p, should, is.n);
}

static void
wire_form(void **state)
{
	(void)state;
	struct buf out = {0};
	struct str words[] = {STR("note"), STR("add"), STR("a \"b\"\n\\c")};
	request_write(&out,
		&(struct request){.line = STR("queue add 张虎"), .id = STR("1"), .by = STR("ctl")});
	request_write(&out, &(struct request){.words = {words, 3}, .line = STR("loses")});
	request_write(&out, &(struct request){.kind = REQUEST_STATUS});
	request_write(&out, &(struct request){.kind = REQUEST_FOLLOW, .id = STR("")});
	assert_string_equal(out.p, "{\"do\":\"queue add 张虎\",\"id\":\"1\",\"by\":\"ctl\"}\n"
				   "{\"words\":[\"note\",\"add\",\"a \\\"b\\\"\\u000a\\\\c\"]}\n"
				   "{\"get\":\"status\"}\n"
				   "{\"follow\":\"status\",\"id\":\"\"}\n");
	buf_reset(&out);
	answer_write(&out, &(struct answer){.id = STR("1"), .ok = true, .seq = 214});
	answer_write(&out, &(struct answer){.ok = true, .seq = EVENT_NO});
	answer_write(&out, &(struct answer){.id = STR("1"),
				   .refused = STR("stale"),
				   .why = STR("\x1b]0;x"),
				   .column = 7});
	answer_write(&out, &(struct answer){.refused = STR("closed"),
				   .why = STR("\xe2\x80\xae\xf3\xa0\x80\x81")});
	assert_string_equal(out.p,
		"{\"id\":\"1\",\"ok\":true,\"seq\":214}"
		"{\"ok\":true}"
		"{\"id\":\"1\",\"ok\":false,\"refused\":\"stale\",\"why\":\"\\u001b]0;x\","
		"\"column\":7}"
		"{\"ok\":false,\"refused\":\"closed\",\"why\":\"\\u202e\\udb40\\udc01\"}");
	buf_finish(&out);
}

static void
good_requests(void **state)
{
	static const struct {
		const char *in;
		enum request_kind kind;
		const char *line, *id, *by;
		size_t words;
	} rows[] = {
		{"{\"do\":\"queue add 张虎\",\"id\":\"1\",\"by\":\"ctl\"}", REQUEST_COMMAND,
			"queue add 张虎", "1", "ctl", 0},
		{" { \"by\" : \"b\" , \"do\" : \"\" } ", REQUEST_COMMAND, "", NULL, "b", 0},
		{"{\"do\":\"x\"}\r", REQUEST_COMMAND, "x", NULL, NULL, 0},
		{"{\"words\":[\"note\",\"add\",\"…\"]}", REQUEST_COMMAND, NULL, NULL, NULL, 3},
		{"{\"get\":\"status\",\"id\":\"\"}", REQUEST_STATUS, NULL, "", NULL, 0},
		{"{\"follow\":\"status\"}", REQUEST_FOLLOW, NULL, NULL, NULL, 0},
		{"{\"get\":\"status\",\"later\":[[[[[[1]]]]]],\"v\":2.5}", REQUEST_STATUS, NULL,
			NULL, NULL, 0},
		{"{\"do\":\"[[[[[[[[[[[[{{{{ \\\" [[[[\"}", REQUEST_COMMAND,
			"[[[[[[[[[[[[{{{{ \" [[[[", NULL, NULL, 0},
		{"{\"do\":\"\\u5f20\\ud83c\\udf89\"}", REQUEST_COMMAND, "张🎉", NULL, NULL, 0},
	};
	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct arena a = {0};
		struct request r;
		assert_true(request_read(&r, str_of(rows[i].in), &a));
		assert_int_equal(r.kind, rows[i].kind);
		assert_str(r.line, rows[i].line);
		assert_str(r.id, rows[i].id);
		assert_str(r.by, rows[i].by);
		assert_int_equal(r.words.n, rows[i].words);
		arena_finish(&a);
	}
}

static void
bad_requests(void **state)
{
	static const char *const rows[] = {
		"",
		" ",
		"x",
		"{",
		"}",
		"[]",
		"null",
		"1",
		"\"do\"",
		"{}",
		"{\"id\":\"1\"}",
		"{\"do\":\"x\"}{\"do\":\"y\"}",
		"{\"do\":\"x\"} tail",
		"{\"do\":\"x\",}",
		"{'do':'x'}",
		"{\"do\":\"x\",\"do\":\"y\"}",
		"{\"do\":\"x\",\"id\":\"1\",\"id\":\"2\"}",
		"{\"do\":\"x\",\"later\":{\"a\":1,\"a\":2}}",
		"{\"do\":1}",
		"{\"do\":null}",
		"{\"do\":true}",
		"{\"do\":[\"x\"]}",
		"{\"do\":{\"x\":1}}",
		"{\"do\":\"x\",\"id\":1}",
		"{\"do\":\"x\",\"id\":null}",
		"{\"do\":\"x\",\"by\":[]}",
		"{\"words\":\"note add\"}",
		"{\"words\":[]}",
		"{\"words\":[1]}",
		"{\"words\":[\"a\",null]}",
		"{\"words\":{\"0\":\"a\"}}",
		"{\"words\":[[\"a\"]]}",
		"{\"do\":\"x\",\"words\":[\"x\"]}",
		"{\"do\":\"x\",\"get\":\"status\"}",
		"{\"get\":\"status\",\"follow\":\"status\"}",
		"{\"get\":\"log\"}",
		"{\"follow\":\"\"}",
		"{\"get\":1}",
		"{\"DO\":\"x\"}",
		"{\"do\":\"a\\u0000b\"}",
		"{\"a\\u0000b\":1,\"do\":\"x\"}",
		"{\"do\":\"\\ud800\"}",
		"{\"do\":\"x\",\"n\":123456789012345678901234567890}",
		"{\"do\":\"x\",\"n\":1e999}",
		"{\"do\":\"\xd5\xc5\xbb\xa2\"}",
		"{\"do\":\"\xc0\xaf\"}",
		"{\"do\":\"\xed\xa0\x80\"}",
		"{\"do\":\"\x01\"}",
		"\xef\xbb\xbf{\"do\":\"x\"}",
		"{\"do\":\"x\",\"l\":[[[[[[[[1]]]]]]]]}",
		"{\"do\":\"x\",\"l\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{}}}}}}}}}",
	};
	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		if (reads(str_of(rows[i])))
			fail_msg("was accepted: %s", rows[i]);
	}
	assert_false(reads(STR("{\"do\":\"a\0b\"}")));
	assert_false(reads(STR("{\"do\":\"x\"}\0")));
}

static void
oversize(void **state)
{
	(void)state;
	struct buf in = {0};
	buf_fill(&in, '[', 100000);
	assert_false(reads(buf_view(&in)));
	assert_false(reads(str_upto(buf_view(&in), 60000)));
	for (size_t i = 0; i < 10000; i++)
		memcpy(in.p + i * 5, "{\"a\":", 5);
	assert_false(reads(str_upto(buf_view(&in), 50000)));
	/* An id as long as may be, and one more. */
	for (size_t n = 256; n <= 257; n++) {
		buf_reset(&in);
		buf_puts(&in, "{\"do\":\"x\",\"id\":\"");
		buf_fill(&in, 'i', n);
		buf_puts(&in, "\"}");
		assert_int_equal(reads(buf_view(&in)), n == 256);
		memcpy(in.p + 10, "\"by", 3);
		assert_int_equal(reads(buf_view(&in)), n == 256);
	}
	/* A line as long as may be, and one more. */
	for (size_t n = EVENT_LINE_MAX; n <= EVENT_LINE_MAX + 1; n++) {
		buf_reset(&in);
		buf_puts(&in, "{\"do\":\"");
		buf_fill(&in, 'x', n - 9);
		buf_puts(&in, "\"}");
		assert_int_equal(in.n, n);
		assert_int_equal(reads(buf_view(&in)), n == EVENT_LINE_MAX);
	}
	buf_finish(&in);
}

/* Bytes that are no text are passed on, so that they are refused and never recorded as something
 * else. */
static void
gbk_is_refused(void **state)
{
	(void)state;
	struct buf out = {0};
	request_write(&out, &(struct request){.line = STR("queue add \xd5\xc5\xbb\xa2")});
	assert_false(reads(str_upto(buf_view(&out), out.n - 1)));
	buf_finish(&out);
}

static struct str
random_text(struct arena *a, uint64_t *seed)
{
	static const char *const parts[] = {"a", "\"", "\\", "/", "\n", "\t", "\x7f", "\x1b", "张",
		"虎", "🎉", "\xe2\x80\xae", "\xef\xbb\xbf", "\xf3\xa0\x80\x81", "\xf4\x8f\xbf\xbf",
		"{", "}", "[", ",", ":", " ", "u0041"};
	struct buf b = {0};
	for (size_t n = seed_next(seed) % 20; n > 0; n--)
		buf_puts(&b, parts[seed_next(seed) % (sizeof parts / sizeof *parts)]);
	struct str s = arena_str(a, buf_view(&b));
	buf_finish(&b);
	return s;
}

static void
round_trip(void **state)
{
	(void)state;
	uint64_t seed = seed_take();
	for (int i = 0; i < 2000; i++) {
		struct arena a = {0};
		struct buf out = {0};
		struct str words[4] = {random_text(&a, &seed), random_text(&a, &seed),
			random_text(&a, &seed), random_text(&a, &seed)};
		struct request w = {.kind = (enum request_kind)(seed_next(&seed) % 3),
				       .id = random_text(&a, &seed),
				       .by = random_text(&a, &seed)},
			       r;
		if (w.kind == REQUEST_COMMAND && i % 2)
			w.words = (struct event_list){words, 1 + seed_next(&seed) % 4};
		else if (w.kind == REQUEST_COMMAND)
			w.line = words[0];
		request_write(&out, &w);
		/* One line, and nothing in it that a terminal would act on. */
		assert_ptr_equal(strchr(out.p, '\n'), out.p + out.n - 1);
		assert_null(strchr(out.p, 0x1b));
		assert_true(request_read(&r, str_upto(buf_view(&out), out.n - 1), &a));
		assert_int_equal(r.kind, w.kind);
		assert_true(str_eq(r.line, w.line) && str_eq(r.id, w.id) && str_eq(r.by, w.by));
		assert_int_equal(r.words.n, w.words.n);
		for (size_t k = 0; k < r.words.n; k++)
			assert_true(str_eq(r.words.items[k], words[k]));
		buf_finish(&out);
		arena_finish(&a);
	}
}

static void
answers(void **state)
{
	static const char *const bad[] = {
		"",
		"{}",
		"[]",
		"{\"ok\":1}",
		"{\"ok\":null}",
		"{\"ok\":\"true\"}",
		"{\"ok\":false}",
		"{\"ok\":true,\"seq\":-1}",
		"{\"ok\":true,\"seq\":1.5}",
		"{\"ok\":true,\"seq\":\"1\"}",
		"{\"ok\":true,\"seq\":9007199254740993}",
		"{\"ok\":true,\"seq\":1,\"seq\":2}",
		"{\"ok\":true,\"refused\":\"stale\"}",
		"{\"ok\":false,\"refused\":\"\"}",
		"{\"ok\":false,\"refused\":1}",
		"{\"ok\":false,\"refused\":\"x\",\"why\":1}",
		"{\"ok\":false,\"refused\":\"x\",\"column\":-1}",
		"{\"ok\":false,\"refused\":\"x\",\"column\":99999999999}",
		"{\"session\":\"x\",\"seq\":4}",
	};
	(void)state;
	struct arena a = {0};
	struct answer r;
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		if (answer_read(&r, str_of(bad[i]), &a))
			fail_msg("was accepted: %s", bad[i]);
	struct answer w[] = {
		{.id = STR("7"), .ok = true, .seq = EVENT_INT_MAX},
		{.ok = true, .seq = 0},
		{.ok = true, .seq = EVENT_NO},
		{.id = STR(""),
			.seq = EVENT_NO,
			.refused = STR("bad-argument"),
			.why = STR("没有“x”\n\x1b"),
			.column = 12},
	};
	for (size_t i = 0; i < sizeof w / sizeof *w; i++) {
		struct buf out = {0};
		answer_write(&out, &w[i]);
		assert_true(answer_read(&r, buf_view(&out), &a));
		assert_int_equal(r.ok, w[i].ok);
		assert_int_equal(r.seq, w[i].seq);
		assert_int_equal(r.column, w[i].column);
		assert_true(str_eq(r.id, w[i].id) && (r.id.p != NULL) == (w[i].id.p != NULL));
		assert_true(str_eq(r.refused, w[i].refused) && str_eq(r.why, w[i].why));
		buf_finish(&out);
	}
	arena_finish(&a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(wire_form),
		cmocka_unit_test(good_requests),
		cmocka_unit_test(bad_requests),
		cmocka_unit_test(oversize),
		cmocka_unit_test(gbk_is_refused),
		cmocka_unit_test(round_trip),
		cmocka_unit_test(answers),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
