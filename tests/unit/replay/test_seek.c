/* Jumps: what any position shows, and how one gets from one to the next. */
#include "past.h"

#include <stdio.h>

enum { SEED = 2026 };

/* 200 positions at random, by number and by time: each is what a fresh fold makes of it. */
static void
any_position_is_a_fresh_fold(void **state)
{
	(void)state;
	struct past p = past_random(SEED, 700);
	uint32_t dice = SEED;
	const struct session *view = replay_session(p.r);
	for (size_t i = 0; i < 200; i++) {
		char line[40];
		uint32_t n = 1 + past_dice(&dice, (uint32_t)session_event_count(p.x.s));
		bool by_time = past_dice(&dice, 2);
		int64_t t = session_event_at(p.x.s, n - 1)->t + past_dice(&dice, 900);
		snprintf(line, sizeof line, by_time ? "moment %lld" : "event %lld",
			by_time ? (long long)t : (long long)n);
		assert_int_equal(past_do(&p, line), 0);
		assert_true(replay_at(p.r) >= n);
		assert_ptr_equal(replay_session(p.r), view);
		if (by_time && t < session_last_t(p.x.s))
			assert_int_equal(replay_t(p.r), t);
		/* Everything up to t is in, and nothing behind it. */
		size_t at = replay_at(p.r);
		assert_true(session_event_at(p.x.s, at - 1)->t <= replay_t(p.r));
		if (at < session_event_count(p.x.s))
			assert_true(session_event_at(p.x.s, at)->t >= replay_t(p.r));
		past_check(&p);
	}
	past_close(&p);
}

/* Forward over every command once, ticks left out; and back over the same positions. */
static void
steps_by_event(void **state)
{
	(void)state;
	struct past p = past_random(SEED + 1, 400);
	size_t at[1000], n = 0;
	do {
		at[n++] = replay_at(p.r);
		assert_int_equal(replay_t(p.r), n == 1 ? 0 : session_event_at(p.x.s, at[n - 1] - 1)->t);
	} while (!past_do(&p, "step event"));
	assert_int_equal(p.code, REFUSAL_UNKNOWN_ID);
	size_t commands = 0, i = at[0];
	for (; i < session_event_count(p.x.s); i++) {
		const struct event *e = session_event_at(p.x.s, i);
		commands += e->kind != EVENT_SESSION_TICK && !e->more;
	}
	assert_int_equal(n - 1, commands);
	while (--n > 0) {
		assert_int_equal(past_do(&p, "step event back"), 0);
		assert_int_equal(replay_at(p.r), at[n - 1]);
	}
	assert_int_equal(past_do(&p, "step event back"), REFUSAL_UNKNOWN_ID);
	/* A step stops what played. */
	past_do(&p, "play");
	past_do(&p, "step event");
	assert_false(replay_playing(p.r));
	past_close(&p);
}

static struct past
debate(void)
{
	struct sitting x = sitting_plain();
	assert_int_equal(sitting_do(&x, 1000, "segment next"), 0);
	assert_int_equal(sitting_do(&x, 2000, "floor give a"), 0);
	assert_int_equal(sitting_do(&x, 3000, "note add \"Große ＡＩ Modelle\""), 0);
	assert_int_equal(sitting_do(&x, 20000, "floor end"), 0);
	assert_int_equal(sitting_do(&x, 30000, "floor give b"), 0);
	assert_int_equal(sitting_do(&x, 31000, "queue add c --about 反驳张虎"), 0);
	assert_int_equal(sitting_do(&x, 40000, "floor end"), 0);
	assert_int_equal(sitting_do(&x, 50000, "segment next --carry"), 0);
	assert_int_equal(sitting_do(&x, 60000, "floor give a"), 0);
	assert_int_equal(sitting_do(&x, 61000, "note add second"), 0);
	assert_int_equal(sitting_do(&x, 62000, "mark moment 掌声"), 0);
	assert_int_equal(sitting_do(&x, 70000, "floor end"), 0);
	assert_int_equal(sitting_do(&x, 71000, "message send geheim"), 0);
	assert_int_equal(sitting_do(&x, 80000, "segment go p1 --leave"), 0);
	assert_int_equal(sitting_do(&x, 90000, "people add 张虎 --affiliation 太原理工大学"), 0);
	return past_of(x);
}

static void
lands(struct past *p, const char *line, int64_t t)
{
	if (past_do(p, line))
		fail_msg("%s: %s", line, p->x.no.why);
	if (replay_t(p->r) != t)
		fail_msg("%s: at %lld, not %lld", line, (long long)replay_t(p->r), (long long)t);
	past_check(p);
}

static void
steps_by_turn_and_segment(void **state)
{
	(void)state;
	struct past p = debate();
	lands(&p, "step turn", 2000);
	lands(&p, "step turn", 30000);
	lands(&p, "step turn", 60000);
	assert_int_equal(past_do(&p, "step turn"), REFUSAL_UNKNOWN_ID);
	lands(&p, "step turn back", 30000);
	lands(&p, "moment 35000", 35000);
	lands(&p, "step turn back", 30000); /* the running one's start first */
	lands(&p, "step turn back", 2000);
	assert_int_equal(past_do(&p, "step turn back"), REFUSAL_UNKNOWN_ID);
	lands(&p, "step segment", 50000);
	lands(&p, "step segment", 80000);
	assert_int_equal(past_do(&p, "step segment"), REFUSAL_UNKNOWN_ID);
	lands(&p, "step segment back", 50000);
	lands(&p, "step  segment　back", 1000);
	assert_int_equal(past_do(&p, "step segment back"), REFUSAL_UNKNOWN_ID);
	past_close(&p);
}

/* Whoever presses twice while it plays gets further back than the start of this turn. */
static void
back_while_playing(void **state)
{
	(void)state;
	struct past p = debate();
	lands(&p, "moment 65000", 65000);
	past_do(&p, "play");
	lands(&p, "step turn back", 60000);
	assert_true(replay_playing(p.r));
	p.now += 1500;
	lands(&p, "step turn back", 30000);
	p.now += 2500;
	lands(&p, "step turn back", 30000);
	past_close(&p);
}

static void
to_a_segment(void **state)
{
	(void)state;
	struct past p = debate();
	lands(&p, "segment p2", 50000);
	lands(&p, "segment 1", 1000);
	lands(&p, "segment p1", 80000); /* again where it stands: the next visit */
	lands(&p, "segment ２", 50000);
	assert_int_equal(past_do(&p, "segment p3"), REFUSAL_UNKNOWN_ID);
	assert_int_equal(past_do(&p, "segment 3"), REFUSAL_UNKNOWN_ID);
	assert_int_equal(past_do(&p, "segment 0"), REFUSAL_UNKNOWN_ID);
	past_close(&p);
	struct sitting x = sitting_plain();
	sitting_do(&x, 10, "segment next");
	sitting_do(&x, 20, "segment next");
	sitting_do(&x, 30, "undo");
	sitting_do(&x, 40, "segment next");
	p = past_of(x);
	lands(&p, "segment p2", 40); /* the entry that stands, not the one that was undone */
	past_close(&p);
	x = sitting_plain();
	sitting_do(&x, 10, "segment next");
	p = past_of(x);
	assert_int_equal(past_do(&p, "segment p2"), REFUSAL_UNKNOWN_ID);
	past_close(&p);
}

static void
to_a_person(void **state)
{
	(void)state;
	struct past p = debate();
	lands(&p, "person a", 2000);
	lands(&p, "person a", 60000);
	assert_null(p.x.no.why);
	lands(&p, "person a", 2000);
	assert_non_null(p.x.no.why); /* it went round, and says so */
	lands(&p, "person a back", 60000);
	assert_non_null(p.x.no.why);
	lands(&p, "person a back", 2000);
	assert_null(p.x.no.why);
	lands(&p, "person 宋昌", 30000);
	lands(&p, "person 宋", 30000);
	assert_int_equal(past_do(&p, "person 张虎"), REFUSAL_AMBIGUOUS_PERSON);
	assert_int_equal(past_do(&p, "person 虎"), REFUSAL_AMBIGUOUS_PERSON);
	assert_int_equal(past_do(&p, "person nobody"), REFUSAL_UNKNOWN_PERSON);
	assert_int_equal(past_do(&p, "person 陈俊颖"), REFUSAL_UNKNOWN_ID);
	assert_int_equal(replay_t(p.r), 30000);
	past_close(&p);
}

static void
to_a_note(void **state)
{
	(void)state;
	struct past p = debate();
	lands(&p, "note 2", 61000);
	lands(&p, "note 1", 3000);
	assert_int_equal(past_do(&p, "note 3"), REFUSAL_UNKNOWN_ID);
	assert_int_equal(past_do(&p, "note x"), REFUSAL_BAD_ARGUMENT);
	past_close(&p);
}

static void
to_a_text(void **state)
{
	(void)state;
	struct past p = debate();
	lands(&p, "find ai MODELLE", 3000);
	lands(&p, "find 反驳", 31000);
	lands(&p, "find 掌声", 62000);
	lands(&p, "find 太原", 90000);
	lands(&p, "find 张虎 back", 60000); /* a turn of theirs */
	lands(&p, "find 张虎 back", 31000); /* what somebody's contribution is about */
	lands(&p, "find 张虎 back", 2000);
	assert_null(p.x.no.why);
	lands(&p, "find 张虎 back", 90000);
	assert_non_null(p.x.no.why);
	lands(&p, "find 'second'", 61000);
	assert_int_equal(past_do(&p, "find geheim"), REFUSAL_UNKNOWN_ID); /* messages are not */
	assert_int_equal(past_do(&p, "find back"), REFUSAL_UNKNOWN_ID);
	assert_int_equal(past_do(&p, "find \"\""), REFUSAL_BAD_ARGUMENT);
	assert_int_equal(replay_t(p.r), 61000);
	past_close(&p);
}

static void
to_an_event(void **state)
{
	(void)state;
	struct past p = debate();
	char line[32];
	snprintf(line, sizeof line, "event %zu", session_event_count(p.x.s) + 1);
	assert_int_equal(past_do(&p, line), REFUSAL_UNKNOWN_ID);
	assert_int_equal(past_do(&p, "event 0"), REFUSAL_UNKNOWN_ID);
	assert_int_equal(past_do(&p, "event -1"), REFUSAL_BAD_ARGUMENT);
	lands(&p, "event 3", 1000);
	assert_int_equal(replay_at(p.r), 3);
	lands(&p, "moment 999999", 90000);
	past_close(&p);
}

/* An act was real until it was undone: that is what the room saw. */
static void
what_was_undone_is_there_until_then(void **state)
{
	(void)state;
	struct sitting x = sitting_plain();
	sitting_do(&x, 1000, "segment next");
	sitting_do(&x, 2000, "floor give a");
	sitting_do(&x, 9000, "undo");
	struct past p = past_of(x);
	lands(&p, "moment 5000", 5000);
	assert_non_null(session_floor(replay_session(p.r)));
	lands(&p, "moment 9000", 9000);
	assert_null(session_floor(replay_session(p.r)));
	lands(&p, "step turn back", 2000);
	past_close(&p);
}

/* Every row is a command, and nothing else is. */
static void
the_table(void **state)
{
	(void)state;
	struct past p = debate();
	size_t n;
	const struct replay_row *rows = replay_rows(&n);
	assert_true(n >= 14);
	for (size_t i = 0; i < n; i++) {
		past_do(&p, rows[i].word);
		assert_true(!p.code || rows[i].usage[0] || p.code == REFUSAL_CLOSED);
		char line[64];
		snprintf(line, sizeof line, "%s zzz", rows[i].word);
		assert_int_not_equal(past_do(&p, line), 0);
		assert_true(rows[i].help[0]);
	}
	static const char *const bad[] = {"", " 　", "plays", "note add x", "step", "step backwards",
		"step turn forth", "skip maybe", "floor next", "to", "find", "person", "event x"};
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		assert_int_not_equal(past_do(&p, bad[i]), 0);
	assert_int_equal(past_do(&p, "ＰＬＡＹ"), 0);
	past_close(&p);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(any_position_is_a_fresh_fold),
		cmocka_unit_test(steps_by_event),
		cmocka_unit_test(steps_by_turn_and_segment),
		cmocka_unit_test(back_while_playing),
		cmocka_unit_test(to_a_segment),
		cmocka_unit_test(to_a_person),
		cmocka_unit_test(to_a_note),
		cmocka_unit_test(to_a_text),
		cmocka_unit_test(to_an_event),
		cmocka_unit_test(what_was_undone_is_there_until_then),
		cmocka_unit_test(the_table),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
