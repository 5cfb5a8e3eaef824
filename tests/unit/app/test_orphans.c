/* Two logs of one session that went apart: what only one holds, what carries it over, what became of it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "orphans.h"

static const char forum[] =
	"{\"dais\":1,\"title\":\"t\",\"people\":[{\"id\":\"p0\",\"name\":\"张虎\"},{\"id\":\"p1\",\"name\":\"宋昌\"}],"
	"\"agenda\":[{\"kind\":\"point\",\"id\":\"s0\",\"title\":\"q\",\"duration\":600000},"
	"{\"kind\":\"award\",\"id\":\"s1\",\"duration\":600000,\"recipients\":[\"p0\",\"p1\"],\"presenters\":[\"p1\"]}]}";

#define AT "2026-11-24T09:00:00+08:00"

static void
apply(struct session *s, struct event e)
{
	const char *why = "";
	e.seq = session_next_seq(s, e.lane);
	assert_int_equal(session_apply(s, &e, &why), 0);
}

static void
host(struct session *s, int64_t epoch, const char *why)
{
	struct event e = event_make(EVENT_SESSION_HOST);
	e.t = session_last_t(s);
	e.at = STR(AT);
	e.by = STR("host");
	e.host.epoch = epoch;
	e.host.host = STR("hall");
	e.host.boot = STR("boot");
	e.host.wall = 1700000000000 + e.t;
	e.host.mono = e.t;
	e.host.why = str_of(why);
	e.host.zone = 480;
	apply(s, e);
}

static struct session *
opened(void)
{
	struct session *s = session_create();
	struct event e = event_make(EVENT_SESSION_OPEN);
	e.at = STR(AT);
	e.by = STR("host");
	e.open.format = 1;
	e.open.app = STR("dais");
	e.open.forum = str_of(forum);
	apply(s, e);
	e.lane = LANE_CHAIRS;
	apply(s, e);
	host(s, 1, "start");
	return s;
}

/* As a command of a console, whose ask has this id, if any. */
static enum refusal
ask(struct session *s, int64_t t, const char *line, const char *req)
{
	struct arena a = {0};
	struct command c;
	struct refused no;
	struct events list = {0};
	struct buf extra = {0};
	enum refusal code = command_parse(str_of(line), &a, &c, &no);
	assert_int_equal(code, REFUSAL_NONE);
	c.seat = SEAT_CHAIR;
	c.by = STR("chair");
	c.t = t;
	c.at = STR(AT);
	code = session_decide(s, &c, &list, &no);
	for (size_t i = 0; !code && i < list.n; i++) {
		if (req && i == 0) {
			buf_printf(&extra, "\"req\":\"%s\"", req);
			list.items[i].extra = buf_view(&extra);
		}
		apply(s, list.items[i]);
	}
	buf_finish(&extra);
	events_finish(&list);
	arena_finish(&a);
	return code;
}

static void
say(struct session *s, int64_t t, const char *line)
{
	assert_int_equal(ask(s, t, line, NULL), REFUSAL_NONE);
}

struct two {
	struct session *here, *old;
	struct orphans o;
};

/* Both know the first point, a turn and a note on it. */
static int
begin(void **state)
{
	struct two *x = xcalloc(1, sizeof *x);
	for (int i = 0; i < 2; i++) {
		struct session *s = opened();
		say(s, 1000, "segment next");
		say(s, 2000, "floor give p0");
		say(s, 3000, "note add 都有的");
		*(i ? &x->old : &x->here) = s;
	}
	*state = x;
	return 0;
}

static int
end(void **state)
{
	struct two *x = *state;
	orphans_finish(&x->o);
	session_destroy(x->here);
	session_destroy(x->old);
	free(x);
	return 0;
}

static void
part(struct two *x)
{
	host(x->here, 1000, "takeover");
	say(x->here, 9000, "note add 之后");
}

static size_t
compare(struct two *x)
{
	assert_true(orphans_add(&x->o, x->here, x->old, STR("/old.dais")));
	return x->o.n;
}

static void
assert_line(const struct two *x, size_t i, const char *line)
{
	char *found = str_dup(x->o.items[i].line);
	assert_string_equal(found, line);
	free(found);
}

static void
nothing_is_lacking(void **state)
{
	struct two *x = *state;
	assert_int_equal(compare(x), 0);
	part(x);
	assert_int_equal(compare(x), 0);
}

static void
another_session_is_none(void **state)
{
	struct two *x = *state;
	struct event e = event_make(EVENT_SESSION_OPEN);
	struct session *other = session_create();
	e.at = STR(AT);
	e.by = STR("host");
	e.t = 5;
	e.open.format = 1;
	e.open.app = STR("dais");
	e.open.forum = str_of(forum);
	apply(other, e);
	assert_false(orphans_add(&x->o, x->here, other, STR("/o.dais")));
	assert_int_equal(x->o.n, 0);
	session_destroy(other);
}

/* Time that went on and hosting that began again are nothing that anybody did. */
static void
what_nobody_did(void **state)
{
	struct two *x = *state;
	struct event tick = event_make(EVENT_SESSION_TICK);
	part(x);
	tick.t = 8000;
	tick.at = STR(AT);
	tick.by = STR("host");
	apply(x->old, tick);
	host(x->old, 2, "resume");
	assert_int_equal(compare(x), 0);
	assert_int_equal(x->o.sources_n, 0);
}

static void
each_kind_has_its_line(void **state)
{
	static const struct {
		const char *done, *line;
	} acts[] = {
		{"note add ?为什么", "note add --plain --mark question --person p0 --turn 1 -- 为什么"},
		{"note add --turn 0 谁也没说", "note add --plain --mark claim --turn 0 -- 谁也没说"},
		{"note add --mark private -- --mark x", "note add --plain --mark private --person p0 --turn 1 -- --mark x"},
		{"people add \"孙 三\" --title \"a b\" --online", "people add \"孙 三\" --title \"a b\" --role audience --online"},
		{"note add --person w1 来了", "note add --plain --mark claim --person \"孙 三\" -- 来了"},
		{"award give p0", "award give p0 --by p1"},
		{"award give p1 --by p0,w1", "award give p1 --by \"p0,孙 三\""},
		{"mark moment 一刻", "mark moment -- 09:00:00 一刻"},
		{"mark photo", "mark photo -- 09:00:00"},
		{"message send --to 书记 你好", "message send --to 书记 -- chair 09:00:00: 你好"},
		{"people set p1 --affiliation 太原", "people set p1 --affiliation 太原"},
		{"note edit 1 改了", "note edit 1 --plain --mark claim -- 改了"},
	};
	struct two *x = *state;
	part(x);
	for (size_t i = 0; i < sizeof acts / sizeof *acts; i++)
		say(x->old, 10000 + 10 * (int64_t)i, acts[i].done);
	assert_int_equal(compare(x), sizeof acts / sizeof *acts);
	for (size_t i = 0; i < sizeof acts / sizeof *acts; i++) {
		assert_line(x, i, acts[i].line);
		assert_int_equal(x->o.items[i].state, ORPHAN_WAITS);
		assert_true(x->o.items[i].words.n > 0);
		/* The host would have it. */
		struct buf id = {0};
		buf_str(&id, x->o.items[i].id);
		assert_int_equal(ask(x->here, 20000 + (int64_t)i, acts[i].line, id.p), REFUSAL_NONE);
		buf_finish(&id);
		orphans_look(&x->o, x->here);
		assert_int_equal(x->o.items[i].state, ORPHAN_THERE);
	}
	assert_int_equal(orphans_open(&x->o, SIZE_MAX), 0);
	const struct session_note *late = session_note_at(x->here, session_note_count(x->here) - 1);
	assert_true(str_is(late->text, "来了"));
	assert_true(str_is(late->person, "w1"));
}

static void
what_is_of_its_moment(void **state)
{
	static const char *const acts[] = {"floor pause", "floor resume", "floor end", "queue add p1", "queue limit 2",
		"people set p1 --link ready", "segment next --leave", "chair pass p1", "session close"};
	struct two *x = *state;
	part(x);
	for (size_t i = 0; i < sizeof acts / sizeof *acts; i++)
		say(x->old, 10000 + 10 * (int64_t)i, acts[i]);
	/* A command that makes several records is one act. */
	assert_int_equal(compare(x), sizeof acts / sizeof *acts);
	for (size_t i = 0; i < x->o.n; i++) {
		assert_int_equal(x->o.items[i].state, ORPHAN_PAST);
		assert_int_equal(x->o.items[i].line.n, 0);
		assert_true(x->o.items[i].words.n > 0);
	}
}

static void
what_was_taken_back(void **state)
{
	struct two *x = *state;
	part(x);
	say(x->old, 10000, "note add 说错了");
	say(x->old, 10010, "undo");
	say(x->old, 10020, "note add 也错了");
	say(x->old, 10030, "note remove 3");
	say(x->old, 10040, "note add 先这样");
	say(x->old, 10050, "note edit 4 后这样 --mark decision");
	assert_int_equal(compare(x), 1);
	assert_line(x, 0, "note add --plain --mark decision --person p0 --turn 1 -- 后这样");
}

static void
an_undo_of_what_both_know(void **state)
{
	struct two *x = *state;
	part(x);
	say(x->old, 10000, "undo");
	assert_int_equal(compare(x), 1);
	assert_int_equal(x->o.items[0].state, ORPHAN_PAST);
}

static void
changed_and_removed_is_removed(void **state)
{
	struct two *x = *state;
	part(x);
	say(x->old, 10000, "note edit 1 改了");
	say(x->old, 10010, "note edit 1 又改了");
	say(x->old, 10020, "note remove 1");
	assert_int_equal(compare(x), 1);
	assert_line(x, 0, "note remove 1");
}

static void
both_changed_it(void **state)
{
	struct two *x = *state;
	part(x);
	say(x->here, 9500, "note edit 1 这边的");
	say(x->here, 9510, "people set p1 --title 甲");
	say(x->old, 10000, "note edit 1 那边的");
	say(x->old, 10010, "people set p1 --title 乙");
	assert_int_equal(compare(x), 2);
	assert_int_equal(x->o.items[0].state, ORPHAN_CLASHES);
	assert_int_equal(x->o.items[1].state, ORPHAN_CLASHES);
}

static void
both_did_the_same(void **state)
{
	static const char *const acts[] = {"note edit 1 一样", "people set p1 --title 甲", "people add 孙三", "award give p0"};
	struct two *x = *state;
	part(x);
	for (size_t i = 0; i < sizeof acts / sizeof *acts; i++) {
		say(x->here, 9500 + (int64_t)i, acts[i]);
		say(x->old, 10000 + (int64_t)i, acts[i]);
	}
	assert_int_equal(compare(x), sizeof acts / sizeof *acts);
	assert_int_equal(orphans_open(&x->o, SIZE_MAX), 0);
}

/* Whoever asked for it may have asked the new host again. */
static void
its_asker_was_faster(void **state)
{
	struct two *x = *state;
	part(x);
	assert_int_equal(ask(x->old, 10000, "note add 问过的", "abc-1"), REFUSAL_NONE);
	assert_int_equal(ask(x->old, 10010, "note add 也问过", "abc-2"), REFUSAL_NONE);
	assert_int_equal(ask(x->here, 9500, "note add 问过的", "abc-1"), REFUSAL_NONE);
	assert_int_equal(compare(x), 2);
	assert_int_equal(x->o.items[0].state, ORPHAN_THERE);
	assert_int_equal(x->o.items[1].state, ORPHAN_WAITS);
	assert_true(str_is(x->o.items[1].id, "abc-2"));
}

/* Taken back here is decided here. */
static void
carried_over_and_taken_back(void **state)
{
	struct two *x = *state;
	part(x);
	say(x->old, 10000, "note add 多余");
	assert_int_equal(compare(x), 1);
	char *id = str_dup(x->o.items[0].id), *line = str_dup(x->o.items[0].line);
	assert_int_equal(ask(x->here, 9500, line, id), REFUSAL_NONE);
	say(x->here, 9600, "undo");
	orphans_look(&x->o, x->here);
	assert_int_equal(x->o.items[0].state, ORPHAN_THERE);
	free(id);
	free(line);
}

static void
set_aside(void **state)
{
	struct two *x = *state;
	part(x);
	say(x->old, 10000, "note add 甲");
	say(x->old, 10010, "note add 乙");
	say(x->old, 10020, "floor end");
	assert_int_equal(compare(x), 3);
	char *one = str_dup(x->o.items[0].aside_id), *rest = str_dup(x->o.sources[0].rest_id),
	     *two = str_dup(x->o.items[1].id);
	assert_int_equal(ask(x->here, 9500, "message send 甲不要", one), REFUSAL_NONE);
	assert_int_equal(ask(x->here, 9600, "note add 乙", two), REFUSAL_NONE);
	orphans_look(&x->o, x->here);
	assert_int_equal(orphans_open(&x->o, 0), 1);
	assert_int_equal(ask(x->here, 9700, "message send 都不要", rest), REFUSAL_NONE);
	orphans_look(&x->o, x->here);
	assert_int_equal(x->o.items[0].state, ORPHAN_ASIDE);
	assert_int_equal(x->o.items[1].state, ORPHAN_THERE);
	assert_int_equal(x->o.items[2].state, ORPHAN_ASIDE);
	free(one);
	free(two);
	free(rest);
}

/* The same records in two places are one; a longer tail is told of anew. */
static void
in_two_places(void **state)
{
	struct two *x = *state;
	part(x);
	say(x->old, 10000, "note add 甲");
	compare(x);
	char *found = str_dup(x->o.sources[0].found_id);
	assert_int_equal(compare(x), 1);
	say(x->old, 10010, "note add 乙");
	assert_int_equal(compare(x), 2);
	assert_false(str_is(x->o.sources[x->o.items[1].source].found_id, found));
	free(found);
}

/* Who does not see the chairs' log has nothing to compare theirs with. */
static void
only_chairs_see_it(void **state)
{
	struct two *x = *state;
	struct session *here = session_create();
	for (size_t i = 0; i < session_event_count(x->here); i++)
		if (session_event_at(x->here, i)->lane == LANE_SESSION)
			apply(here, *session_event_at(x->here, i));
	say(x->old, 10000, "note add ~私");
	say(x->old, 10010, "message send 密");
	say(x->old, 10020, "note add 公");
	struct orphans o = {0};
	assert_true(orphans_add(&o, here, x->old, STR("/old.dais")));
	assert_int_equal(o.n, 1);
	assert_false(o.items[0].chairs);
	orphans_finish(&o);
	assert_int_equal(compare(x), 3);
	assert_true(x->o.items[0].chairs);
	session_destroy(here);
}

static void
what_waited_for_a_line(void **state)
{
	struct two *x = *state;
	assert_int_equal(ask(x->here, 9500, "note add 到了", "id-1"), REFUSAL_NONE);
	orphans_add_ask(&x->o, x->here, STR("/outbox"), STR("id-1"), STR("note add -- 到了"), 1700000009000);
	orphans_add_ask(&x->o, x->here, STR("/outbox"), STR("id-2"), STR("note add -- 没到"), 1700000009000);
	orphans_add_ask(&x->o, x->here, STR("/outbox"), STR("id-2"), STR("note add -- 没到"), 1700000009000);
	assert_int_equal(x->o.n, 2);
	assert_int_equal(x->o.sources_n, 1);
	assert_int_equal(x->o.items[0].state, ORPHAN_THERE);
	assert_int_equal(x->o.items[1].state, ORPHAN_WAITS);
	assert_line(x, 1, "note add -- 没到");
	assert_int_equal(x->o.items[1].wall, 1700000009000);
}

/* An id is what a host takes for one: nothing else gets through the door. */
static void
ids_are_ids(void **state)
{
	struct two *x = *state;
	part(x);
	say(x->old, 10000, "note add 甲");
	compare(x);
	struct str ids[] = {x->o.items[0].id, x->o.items[0].aside_id, x->o.sources[0].rest_id, x->o.sources[0].found_id};
	for (size_t i = 0; i < 4; i++) {
		assert_true(ids[i].n > 0 && ids[i].n <= 64);
		for (size_t k = 0; k < ids[i].n; k++)
			assert_non_null(strchr("abcdefghijklmnopqrstuvwxyz0123456789-", ids[i].p[k]));
	}
}

int
main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, begin, end)
	const struct CMUnitTest tests[] = {
		TEST(nothing_is_lacking), TEST(another_session_is_none), TEST(what_nobody_did),
		TEST(each_kind_has_its_line), TEST(what_is_of_its_moment), TEST(what_was_taken_back),
		TEST(an_undo_of_what_both_know), TEST(changed_and_removed_is_removed), TEST(both_changed_it),
		TEST(both_did_the_same), TEST(its_asker_was_faster), TEST(carried_over_and_taken_back),
		TEST(set_aside), TEST(in_two_places), TEST(only_chairs_see_it), TEST(what_waited_for_a_line),
		TEST(ids_are_ids),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
