/* Events as lines: every kind comes back as it went, and nothing but what the writer writes is
 * read. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <jansson.h>

#include "field.h"

#define HEAD "\"t\":754000,\"at\":\"2026-06-17T14:52:07+08:00\",\"by\":\"主席\",\"kind\":"

/* The bodies of all kinds with every field, and of some with as little as may be. */
static const char *const good[] = {
	HEAD "\"session.open\",\"data\":{\"format\":1,\"app\":\"dais "
	     "0.1\",\"forum\":{\"title\":\"x\"},\"rehearsal\":true}",
	HEAD "\"session.open\",\"data\":{\"format\":1,\"forum\":{},\"rehearsal\":false}",
	HEAD "\"session.host\",\"data\":{\"epoch\":1,\"host\":\"h\",\"boot\":\"b\",\"wall\":1,"
	     "\"mono\":0,\"why\":\"start\","
	     "\"gap\":5,\"torn\":\"x.dais.torn-1\",\"zone\":-210,\"more\":1}",
	HEAD "\"session.host\",\"data\":{\"epoch\":1,\"host\":\"\",\"wall\":1,\"mono\":0,\"why\":"
	     "\"resume\"}",
	HEAD "\"session.close\",\"data\":{\"why\":\"散会\"}",
	HEAD "\"session.close\",\"data\":{}",
	HEAD "\"session.tick\",\"data\":{}",
	HEAD "\"chair.pass\",\"data\":{\"to\":\"zhanghu\"}",
	HEAD "\"chair.pass\",\"data\":{\"to\":\"\"}",
	HEAD "\"segment.enter\",\"data\":{\"segment\":\"p1\",\"carry\":1}",
	HEAD "\"segment.enter\",\"data\":{\"segment\":\"p1\",\"carry\":0,\"more\":1}",
	HEAD "\"segment.extend\",\"data\":{\"segment\":\"p1\",\"by\":-60000}",
	HEAD "\"segment.extend\",\"data\":{\"segment\":\"p1\",\"by\":-1}",
	HEAD "\"segment.skip\",\"data\":{\"segment\":\"p1\"}",
	HEAD "\"agenda.fit\",\"data\":{\"plan\":[[\"p1\",60000],[\"p2\",1]]}",
	HEAD "\"person.add\",\"data\":{\"person\":\"a\",\"name\":\"张虎\",\"title\":\"教授\","
	     "\"affiliation\":\"山西大学\","
	     "\"role\":\"executive-chair\",\"attending\":\"online\"}",
	HEAD "\"person.add\",\"data\":{\"person\":\"a\",\"name\":\"b\"}",
	HEAD "\"person.set\",\"data\":{\"person\":\"a\",\"name\":\"c\",\"title\":\"\","
	     "\"affiliation\":\"\",\"role\":\"guest\","
	     "\"attending\":\"site\",\"link\":\"muted\"}",
	HEAD "\"person.set\",\"data\":{\"person\":\"a\",\"link\":\"away\"}",
	HEAD "\"queue.add\",\"data\":{\"entry\":1,\"person\":\"a\",\"as\":\"reply\",\"attending\":"
	     "\"site\",\"about\":\"反驳宋昌\","
	     "\"place\":0}",
	HEAD "\"queue.add\",\"data\":{\"entry\":1,\"person\":\"a\",\"as\":\"order\"}",
	HEAD "\"queue.move\",\"data\":{\"entry\":1,\"place\":3,\"as\":\"question\"}",
	HEAD "\"queue.remove\",\"data\":{\"entry\":1,\"why\":\"left\"}",
	HEAD "\"queue.close\",\"data\":{}",
	HEAD "\"queue.open\",\"data\":{\"more\":1}",
	HEAD "\"queue.rule\",\"data\":{\"order\":\"unheard-first\",\"limit\":0,\"interrupt\":"
	     "\"charge\"}",
	HEAD "\"turn.start\",\"data\":{\"turn\":1,\"person\":\"a\",\"entry\":7,\"as\":\"speech\","
	     "\"allotted\":180000}",
	HEAD "\"turn.start\",\"data\":{\"turn\":1,\"person\":\"a\",\"as\":\"speech\"}",
	HEAD "\"turn.pause\",\"data\":{}",
	HEAD "\"turn.resume\",\"data\":{}",
	HEAD "\"turn.extend\",\"data\":{\"by\":-30000}",
	HEAD "\"turn.correct\",\"data\":{\"by\":0}",
	HEAD "\"turn.end\",\"data\":{\"why\":\"next\"}",
	HEAD "\"note.add\",\"data\":{\"note\":1,\"turn\":1,\"person\":\"a\",\"mark\":\"quote\","
	     "\"text\":\"a\\u000ab\"}",
	HEAD "\"note.add\",\"data\":{\"note\":1,\"text\":\"\"}",
	HEAD "\"note.edit\",\"data\":{\"note\":1,\"text\":\"\",\"mark\":\"private\"}",
	HEAD "\"note.edit\",\"data\":{\"note\":1}",
	HEAD "\"note.remove\",\"data\":{\"note\":1}",
	HEAD "\"award.give\",\"data\":{\"segment\":\"s\",\"recipient\":\"a\",\"presenters\":[\"b\","
	     "\"c\\\"\"]}",
	HEAD "\"award.give\",\"data\":{\"segment\":\"s\",\"recipient\":\"a\"}",
	HEAD "\"mark.add\",\"data\":{\"mark\":1,\"what\":\"photo\",\"text\":\"合影\"}",
	HEAD "\"message.send\",\"data\":{\"to\":\"c\",\"text\":\"x\"}",
	HEAD "\"message.send\",\"data\":{\"text\":\"x\"}",
	HEAD "\"amend.open\",\"data\":{\"of\":\"观点.dais\",\"records\":214,\"head\":\"00ff\"}",
	HEAD "\"report.review\",\"data\":{\"names\":[\"冯洋\"]}",
	HEAD "\"report.approve\",\"data\":{\"names\":[\"韩英\",\"曹建\"]}",
	HEAD "\"undo\",\"data\":{\"seq\":0}",
	HEAD "\"undo\",\"data\":{\"seq\":5,\"new\":[1,{\"x\":null}],\"other\":\"y\",\"more\":1}",
	HEAD "\"poll.open\",\"data\":{\"text\":\"x\",\"n\":-5,\"more\":1}",
	HEAD "\"unknown\",\"data\":{}",
	HEAD "\"\",\"data\":{\"deep\":[[[]]]}",
	"\"t\":0,\"at\":\"\",\"by\":\"\",\"kind\":\"session.tick\",\"data\":{}",
};

struct refusal_row {
	const char *body, *why;
};

#define CANON "the line is not as dais writes it"
#define TYPE "a field does not hold what it should"
#define LONG "a text is too long"
#define RANGE "a number is out of range"
#define EMPTY "an empty field is written out"
#define WORD "a word is of a later version of dais"
#define MISSING "a field is missing"

static const struct refusal_row bad[] = {
	{"", CANON},
	{"{}", CANON},
	{"\"t\":-1,\"at\":\"\",\"by\":\"\",\"kind\":\"session.tick\",\"data\":{}", RANGE},
	{"\"t\":1.5,\"at\":\"\",\"by\":\"\",\"kind\":\"session.tick\",\"data\":{}", CANON},
	{"\"at\":\"\",\"t\":1,\"by\":\"\",\"kind\":\"session.tick\",\"data\":{}", CANON},
	{"\"t\":1,\"at\":\"\",\"kind\":\"session.tick\",\"data\":{}", CANON},
	{HEAD "\"session.tick\",\"data\":[]", CANON},
	{HEAD "\"session.tick\",\"data\":\"\"", CANON},
	{HEAD "\"session.tick\",\"data\":{},\"x\":1", CANON},
	{HEAD "\"session.tick\",\"data\":{}}", CANON},
	{HEAD "\"session.tick\",\"data\":{ }", CANON},
	{HEAD "\"session.tick\",\"data\":{\"more\":0}", TYPE},
	{HEAD "\"session.tick\",\"data\":{\"more\":true}", TYPE},
	{HEAD "\"session.tick\",\"data\":{\"more\":12}", CANON},
	{HEAD "\"session.tick\",\"data\":{\"more\":1,\"more\":1}", CANON},
	{HEAD "\"poll\",\"data\":{\"a\":1,\"a\":2}", CANON},
	{HEAD "\"amend.open\",\"data\":{\"of\":\"a\",\"head\":\"00\"}", MISSING},
	{HEAD "\"amend.open\",\"data\":{\"of\":\"a\",\"records\":-1,\"head\":\"00\"}", RANGE},
	{HEAD "\"report.approve\",\"data\":{\"names\":\"x\"}", TYPE},
	{HEAD "\"undo\",\"data\":{}", MISSING},
	{HEAD "\"undo\",\"data\":{\"seq\":-1}", RANGE},
	{HEAD "\"undo\",\"data\":{\"seq\":\"1\"}", TYPE},
	{HEAD "\"undo\",\"data\":{\"seq\":1,\"seq\":1}", CANON},
	{HEAD "\"undo\",\"data\":{\"seq\":null}", TYPE},
	{HEAD "\"queue.add\",\"data\":{\"entry\":1,\"person\":\"a\"}", MISSING},
	{HEAD "\"queue.add\",\"data\":{\"entry\":1,\"as\":\"reply\"}", MISSING},
	{HEAD "\"queue.add\",\"data\":{\"entry\":1,\"person\":\"a\",\"as\":\"sing\"}", WORD},
	{HEAD "\"queue.add\",\"data\":{\"entry\":1,\"person\":\"a\",\"as\":\"\"}", WORD},
	{HEAD "\"queue.add\",\"data\":{\"entry\":1,\"person\":\"a\",\"as\":1}", TYPE},
	{HEAD "\"queue.add\",\"data\":{\"entry\":1,\"person\":[],\"as\":\"reply\"}", TYPE},
	{HEAD "\"queue.add\",\"data\":{\"entry\":1,\"person\":\"a\",\"as\":\"reply\",\"about\":"
	      "\"\"}",
		EMPTY},
	{HEAD "\"queue.add\",\"data\":{\"entry\":1,\"person\":\"a\",\"as\":\"reply\",\"place\":-1}",
		RANGE},
	{HEAD "\"turn.start\",\"data\":{\"turn\":1,\"person\":\"a\",\"entry\":0,\"as\":\"speech\"}",
		EMPTY},
	{HEAD "\"turn.start\",\"data\":{\"turn\":1,\"person\":\"a\",\"as\":\"speech\",\"allotted\":"
	      "-1}",
		RANGE},
	{HEAD "\"turn.extend\",\"data\":{}", MISSING},
	{HEAD "\"turn.end\",\"data\":{\"why\":\"\"}", EMPTY},
	{HEAD "\"session.host\",\"data\":{\"epoch\":1,\"host\":\"h\",\"wall\":1,\"mono\":0,\"why\":"
	      "\"x\",\"zone\":-1}",
		EMPTY},
	{HEAD "\"session.open\",\"data\":{\"format\":1,\"forum\":{},\"rehearsal\":1}", TYPE},
	{HEAD "\"session.open\",\"data\":{\"format\":1,\"rehearsal\":true}", MISSING},
	{HEAD "\"session.open\",\"data\":{\"format\":1,\"forum\":{}}", MISSING},
	{HEAD "\"award.give\",\"data\":{\"segment\":\"s\",\"recipient\":\"a\",\"presenters\":[]}",
		EMPTY},
	{HEAD "\"award.give\",\"data\":{\"segment\":\"s\",\"recipient\":\"a\",\"presenters\":[1]}",
		TYPE},
	{HEAD "\"award.give\",\"data\":{\"segment\":\"s\",\"recipient\":\"a\",\"presenters\":["
	      "\"a\",[]]}",
		TYPE},
	{HEAD "\"award.give\",\"data\":{\"segment\":\"s\",\"recipient\":\"a\",\"presenters\":"
	      "\"b\"}",
		TYPE},
	{HEAD "\"person.set\",\"data\":{\"person\":\"a\",\"name\":\"\"}", EMPTY},
	{HEAD "\"person.set\",\"data\":{\"name\":\"a\"}", MISSING},
	{HEAD "\"note.add\",\"data\":{\"note\":1,\"mark\":\"loud\",\"text\":\"\"}", WORD},
};

static struct arena arena;

static bool
decode(struct event *e, struct str body, const char **why)
{
	*why = "untouched";
	bool ok = event_decode(e, body, &arena, why);
	assert_true(ok == (*why == NULL));
	return ok;
}

static void
same(struct str a, struct str b)
{
	if (!str_eq(a, b))
		print_error("%.*s\n%.*s\n", STR_ARG(a), STR_ARG(b));
	assert_true(str_eq(a, b));
}

static int
finish(void **state)
{
	(void)state;
	arena_finish(&arena);
	return 0;
}

/* In a block of just that size, so that the sanitizer sees who reads on. */
static bool
decode_alone(struct str body)
{
	struct event e;
	const char *why;
	char *p = malloc(body.n ? body.n : 1);
	if (body.n)
		memcpy(p, body.p, body.n);
	bool ok = decode(&e, (struct str){p, body.n}, &why);
	free(p);
	return ok;
}

static void
round_trip(void **state)
{
	(void)state;
	bool seen[EVENT_KIND_COUNT] = {false};
	for (size_t i = 0; i < sizeof good / sizeof good[0]; i++) {
		struct event e;
		const char *why;
		struct str body = str_of(good[i]);
		print_message("# %s\n", good[i]);
		if (!decode(&e, body, &why))
			fail_msg("%s", why);
		seen[e.kind] = true;
		struct buf out = {0};
		event_encode(&out, &e);
		same(buf_view(&out), body);
		struct arena copies = {0};
		struct event copy = event_copy(&copies, &e);
		buf_reset(&out);
		event_encode(&out, &copy);
		same(buf_view(&out), body);
		arena_finish(&copies);
		buf_finish(&out);
		for (size_t n = 0; n < body.n; n++)
			assert_false(decode_alone(str_upto(body, n)));
	}
	for (int k = 0; k < EVENT_KIND_COUNT; k++)
		assert_true(seen[k]);
}

static void
refuses(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
		struct event e;
		const char *why;
		print_message("# %s\n", bad[i].body);
		assert_false(decode(&e, str_of(bad[i].body), &why));
		assert_string_equal(why, bad[i].why);
	}
}

/* Fields may come in any order; what is unknown goes behind them. */
static void
any_order(void **state)
{
	(void)state;
	struct event e;
	const char *why;
	assert_true(decode(&e,
		STR(HEAD "\"queue.add\",\"data\":{\"more\":1,\"zz\":{\"a\":1},\"about\":\"x\","
			 "\"as\":\"reply\","
			 "\"yy\":[],\"person\":\"a\",\"entry\":4}"),
		&why));
	assert_int_equal(e.queue.entry, 4);
	assert_int_equal(e.queue.place, EVENT_NO);
	assert_true(e.more);
	struct buf out = {0};
	event_encode(&out, &e);
	same(buf_view(&out), STR(HEAD "\"queue.add\",\"data\":{\"entry\":4,\"person\":\"a\",\"as\":"
				      "\"reply\",\"about\":\"x\","
				      "\"zz\":{\"a\":1},\"yy\":[],\"more\":1}"));
	buf_finish(&out);
}

static void
fields(void **state)
{
	(void)state;
	struct event e;
	const char *why;
	assert_true(decode(&e,
		STR(HEAD "\"turn.start\",\"data\":{\"turn\":9,\"person\":\"\\u000a\",\"as\":"
			 "\"order\"}"),
		&why));
	assert_int_equal(e.t, 754000);
	assert_true(str_is(e.at, "2026-06-17T14:52:07+08:00") && str_is(e.by, "主席"));
	assert_int_equal(e.kind, EVENT_TURN_START);
	assert_int_equal(e.turn.turn, 9);
	assert_true(str_is(e.turn.person, "\n"));
	assert_int_equal(e.turn.as, AS_ORDER);
	assert_int_equal(e.turn.entry, EVENT_NO);
	assert_int_equal(e.turn.allotted, EVENT_NO);
	assert_int_equal(e.seq, EVENT_NO);
	assert_false(e.more);
	assert_true(decode(
		&e, STR(HEAD "\"person.set\",\"data\":{\"person\":\"a\",\"title\":\"\"}"), &why));
	assert_non_null(e.person.title.p); /* changed to nothing */
	assert_null(e.person.affiliation.p);
	struct arena a = {0};
	struct event copy = event_copy(&a, &e);
	assert_non_null(copy.person.title.p);
	assert_null(copy.person.affiliation.p);
	arena_finish(&a);
	assert_true(decode(&e, STR(HEAD "\"poll\",\"data\":{\"a\":1,\"more\":1,\"b\":2}"), &why));
	assert_int_equal(e.kind, EVENT_UNKNOWN);
	assert_true(str_is(e.name, "poll") && str_is(e.extra, "\"a\":1,\"b\":2") && e.more);
}

/* A zero would be something said, also in fields that a kind shares its member of the union with.
 */
static void
made_empty(void **state)
{
	(void)state;
	struct event e = event_make(EVENT_QUEUE_REMOVE);
	assert_int_equal(e.queue.entry, EVENT_NO);
	assert_int_equal(e.queue.place, EVENT_NO);
	e = event_make(EVENT_TURN_END);
	assert_int_equal(e.turn.turn, EVENT_NO);
	assert_int_equal(e.turn.by, EVENT_NO);
	assert_int_equal(e.turn.allotted, EVENT_NO);
	e = event_make(EVENT_SEGMENT_SKIP);
	assert_int_equal(e.segment.carry, EVENT_NO);
	e = event_make(EVENT_SESSION_HOST);
	assert_int_equal(e.host.zone, EVENT_NO);
	assert_int_equal(e.host.gap, EVENT_NO);
	/* And so in every field of every kind. */
	for (int kind = 0; kind < EVENT_KIND_COUNT; kind++) {
		size_t n;
		const struct field *f = field_rows((enum event_kind)kind, &n);
		e = event_make((enum event_kind)kind);
		for (size_t i = 0; i < n; i++)
			assert_true(!field_said(&f[i], &e) || f[i].type == FIELD_BOOL);
		for (size_t i = 0; i < n; i++)
			if (f[i].type == FIELD_INT || f[i].type == FIELD_SIGNED ||
				f[i].type == FIELD_ID)
				assert_int_equal(*(int64_t *)field_at(&f[i], &e), EVENT_NO);
	}
	/* An entry that is 0 is none. */
	e = event_make(EVENT_TURN_START);
	e.turn = (__typeof__(e.turn)){1, STR("a"), 0, AS_REPLY, EVENT_NO, EVENT_NO, STR_NONE};
	struct buf out = {0};
	event_encode(&out, &e);
	assert_null(strstr(out.p, "entry"));
	buf_finish(&out);
}

static void
put_long(struct buf *b, const char *before, size_t n, const char *after)
{
	buf_reset(b);
	buf_puts(b, before);
	buf_fill(b, 'x', n);
	buf_puts(b, after);
}

static void
limits(void **state)
{
	(void)state;
	static const struct limit {
		const char *before;
		size_t max;
		const char *after;
	} rows[] = {
		{HEAD "\"note.add\",\"data\":{\"note\":1,\"text\":\"", 8192, "\"}"},
		{HEAD "\"message.send\",\"data\":{\"text\":\"", 8192, "\"}"},
		{HEAD "\"person.add\",\"data\":{\"person\":\"a\",\"name\":\"", 256, "\"}"},
		{HEAD "\"person.add\",\"data\":{\"person\":\"a\",\"name\":\"b\",\"title\":\"", 1024,
			"\"}"},
		{HEAD "\"award.give\",\"data\":{\"segment\":\"s\",\"recipient\":\"a\","
		      "\"presenters\":[\"",
			256, "\"]}"},
		{HEAD "\"", 256, "\",\"data\":{}"},
		{"\"t\":1,\"at\":\"\",\"by\":\"", 256, "\",\"kind\":\"session.tick\",\"data\":{}"},
		{"\"t\":1,\"at\":\"", 256, "\",\"by\":\"\",\"kind\":\"session.tick\",\"data\":{}"},
	};
	struct buf b = {0};
	struct event e;
	const char *why;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		put_long(&b, rows[i].before, rows[i].max, rows[i].after);
		assert_true(decode(&e, buf_view(&b), &why));
		put_long(&b, rows[i].before, rows[i].max + 1, rows[i].after);
		assert_false(decode(&e, buf_view(&b), &why));
		assert_string_equal(why, LONG);
	}
	const char *before = HEAD "\"poll\",\"data\":{\"x\":\"", *after = "\"}";
	size_t room = EVENT_LINE_MAX - strlen(before) - strlen(after);
	put_long(&b, before, room, after);
	assert_true(decode(&e, buf_view(&b), &why));
	put_long(&b, before, room + 1, after);
	assert_false(decode(&e, buf_view(&b), &why));
	buf_finish(&b);
}

/* A changed byte is refused, or the line is canonical still: the same bytes again, but for a field
 * that is unknown now. */
static void
changed_bytes(void **state)
{
	(void)state;
	static const char others[] = {0, '"', '\\', ',', ':', '0', '9', '-', 'a', 'z', ' ', '{',
		'}', '[', ']', '\n', (char)0x80};
	for (size_t i = 0; i < sizeof good / sizeof good[0]; i++) {
		struct buf body = {0}, out = {0}, again = {0};
		buf_puts(&body, good[i]);
		for (size_t at = 0; at < body.n; at++) {
			char was = body.p[at];
			for (size_t k = 0; k < sizeof others; k++) {
				struct event e, f;
				const char *why;
				body.p[at] = others[k];
				if (!decode(&e, buf_view(&body), &why))
					continue;
				buf_reset(&out);
				event_encode(&out, &e);
				assert_int_equal(out.n, body.n);
				if (e.extra.n == 0)
					same(buf_view(&out), buf_view(&body));
				assert_true(decode(&f, buf_view(&out), &why));
				buf_reset(&again);
				event_encode(&again, &f);
				same(buf_view(&again), buf_view(&out));
			}
			body.p[at] = was;
			arena_finish(&arena);
		}
		buf_finish(&body);
		buf_finish(&out);
		buf_finish(&again);
	}
}

/* What is written is JSON to others too. */
static void
json(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof good / sizeof good[0]; i++) {
		struct buf b = {0};
		json_error_t error;
		buf_printf(&b, "{%s}", good[i]);
		json_t *v = json_loadb(b.p, b.n, JSON_REJECT_DUPLICATES | JSON_ALLOW_NUL, &error);
		assert_non_null(v);
		json_decref(v);
		buf_finish(&b);
	}
}

static void
words(void **state)
{
	(void)state;
	assert_null(event_as_text(AS_UNSET));
	assert_string_equal(event_as_text(AS_SPEECH), "speech");
	assert_int_equal(event_as_from(STR("order")), AS_ORDER);
	assert_int_equal(event_as_from(STR("Order")), AS_UNSET);
	assert_int_equal(event_as_from(STR_NONE), AS_UNSET);
	for (int v = 1; v < ROLE_COUNT; v++)
		assert_int_equal(event_role_from(str_of(event_role_text((enum event_role)v))), v);
	assert_null(event_role_text(ROLE_COUNT));
	for (int v = 1; v < MARK_COUNT; v++)
		assert_int_equal(event_mark_from(str_of(event_mark_text((enum event_mark)v))), v);
	for (int v = 1; v < LINK_COUNT; v++)
		assert_int_equal(event_link_from(str_of(event_link_text((enum event_link)v))), v);
	assert_string_equal(event_attending_text(ATTENDING_ONLINE), "online");
	assert_string_equal(event_what_text(WHAT_MOMENT), "moment");
	assert_string_equal(event_order_text(ORDER_UNHEARD_FIRST), "unheard-first");
	assert_string_equal(event_interrupt_text(INTERRUPT_CHARGE), "charge");
	assert_string_equal(event_kind_text(EVENT_UNDO), "undo");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_teardown(round_trip, finish),
		cmocka_unit_test_teardown(refuses, finish),
		cmocka_unit_test_teardown(any_order, finish),
		cmocka_unit_test_teardown(fields, finish),
		cmocka_unit_test_teardown(made_empty, finish),
		cmocka_unit_test_teardown(limits, finish),
		cmocka_unit_test_teardown(changed_bytes, finish),
		cmocka_unit_test(json),
		cmocka_unit_test(words),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
