/* After the close: what can be corrected, what cannot, and what an approval covers. */
#include "sitting.h"

/* A debate of three turns and three notes, the last for chairs only; closed. */
static struct sitting
debate(void)
{
	struct sitting x = sitting_plain();
	assert_int_equal(sitting_do(&x, 1000, "segment next"), 0);
	assert_int_equal(sitting_do(&x, 2000, "floor give a"), 0);
	assert_int_equal(sitting_do(&x, 3000, "note add 大模型便利"), 0);
	assert_int_equal(sitting_do(&x, 4000, "floor give b"), 0);
	assert_int_equal(sitting_do(&x, 5000, "note add ? 是否开源"), 0);
	assert_int_equal(sitting_do(&x, 6000, "note add ~ 时间不够"), 0);
	assert_int_equal(sitting_do(&x, 7000, "segment next"), 0);
	assert_int_equal(sitting_do(&x, 8000, "floor give a"), 0);
	assert_int_equal(sitting_do(&x, 9000, "session close"), 0);
	return x;
}

static int
open_amends(struct sitting *x)
{
	struct event e = event_make(EVENT_AMEND_OPEN);
	struct events list = {0};
	const char *why;
	e.amend.of = STR("a.dais");
	e.amend.records = session_next_seq(x->s, LANE_SESSION);
	e.amend.head = STR("00");
	session_amend(x->s, &list, &e, 10000, STR("now"), STR("editor"));
	assert_int_equal(list.n, 1);
	assert_int_equal(list.items[0].lane, LANE_AMENDS);
	int r = session_apply(x->s, &list.items[0], &why);
	events_finish(&list);
	return r;
}

static struct sitting
amending(void)
{
	struct sitting x = debate();
	assert_int_equal(open_amends(&x), 0);
	return x;
}

/* The whole state, as text. */
static char *
dump(const struct sitting *x)
{
	struct buf b = {0};
	session_dump(x->s, &b);
	return b.p;
}

static const struct session_note *
note(const struct sitting *x, int64_t id)
{
	for (size_t i = session_note_count(x->s); i-- > 0;)
		if (session_note_at(x->s, i)->id == id)
			return session_note_at(x->s, i);
	return NULL;
}

static const struct {
	const char *line;
	bool after; /* taken once the log of amendments is open */
} lines[CMD_COUNT] = {
	[CMD_SEGMENT_NEXT] = {"segment next", false},
	[CMD_SEGMENT_PREV] = {"segment prev", false},
	[CMD_SEGMENT_GO] = {"segment go p1", false},
	[CMD_SEGMENT_EXTEND] = {"segment extend 1m", false},
	[CMD_SEGMENT_SKIP] = {"segment skip p2", false},
	[CMD_AGENDA_FIT] = {"agenda fit", false},
	[CMD_FLOOR_NEXT] = {"floor next", false},
	[CMD_FLOOR_GIVE] = {"floor give a", false},
	[CMD_FLOOR_TOGGLE] = {"floor toggle", false},
	[CMD_FLOOR_PAUSE] = {"floor pause", false},
	[CMD_FLOOR_RESUME] = {"floor resume", false},
	[CMD_FLOOR_EXTEND] = {"floor extend 30s", false},
	[CMD_FLOOR_CORRECT] = {"floor correct 30s", false},
	[CMD_FLOOR_END] = {"floor end", false},
	[CMD_QUEUE_ADD] = {"queue add a", false},
	[CMD_QUEUE_MOVE] = {"queue move 1 up", false},
	[CMD_QUEUE_REMOVE] = {"queue remove 1", false},
	[CMD_QUEUE_CLOSE] = {"queue close", false},
	[CMD_QUEUE_OPEN] = {"queue open", false},
	[CMD_QUEUE_ORDER] = {"queue order fifo", false},
	[CMD_QUEUE_LIMIT] = {"queue limit 2", false},
	[CMD_QUEUE_INTERRUPT] = {"queue interrupt end", false},
	[CMD_PEOPLE_ADD] = {"people add 某人", false},
	[CMD_PEOPLE_SET] = {"people set a --name 张琥", true},
	[CMD_NOTE_ADD] = {"note add 宋昌: 补充", true},
	[CMD_NOTE_EDIT] = {"note edit 1 改过", true},
	[CMD_NOTE_REMOVE] = {"note remove 2", true},
	[CMD_AWARD_GIVE] = {"award give a", false},
	[CMD_MARK_PHOTO] = {"mark photo", false},
	[CMD_MARK_MOMENT] = {"mark moment", false},
	[CMD_MESSAGE_SEND] = {"message send x", false},
	[CMD_CHAIR_PASS] = {"chair pass a", false},
	[CMD_UNDO] = {"undo", true},
	[CMD_SESSION_CLOSE] = {"session close", false},
	[CMD_REPORT_REVIEW] = {"report review 冯洋", true},
	[CMD_REPORT_APPROVE] = {"report approve 冯洋、韩英", true},
};

/* Before amend.open nothing follows a close; after it only what the table says, and all of that
 * into the lane of corrections. */
static void
every_command(void **state)
{
	(void)state;
	for (int verb = 0; verb < CMD_COUNT; verb++) {
		struct sitting x = debate();
		assert_non_null(lines[verb].line);
		char *before = dump(&x);
		assert_int_equal(sitting_do(&x, 20000, lines[verb].line), REFUSAL_CLOSED);
		assert_non_null(strstr(x.no.why, "nothing follows"));
		assert_int_equal(open_amends(&x), 0);
		if (verb == CMD_UNDO) /* of what was said before the close, nothing */
			assert_int_equal(
				sitting_do(&x, 20000, "undo"), REFUSAL_NOTHING_TO_UNDO);
		if (verb == CMD_UNDO)
			assert_int_equal(sitting_do(&x, 20000, "note edit 1 x"), 0);
		enum refusal code = sitting_do(&x, 21000, lines[verb].line);
		assert_int_equal(code, lines[verb].after ? REFUSAL_NONE : REFUSAL_CLOSED);
		if (code)
			assert_non_null(strstr(x.no.why, "can still be corrected"));
		for (size_t i = 0; i < x.events.n; i++)
			assert_int_equal(x.events.items[i].lane, LANE_AMENDS);
		assert_int_equal(x.events.n, lines[verb].after);
		assert_true(session_closed(x.s));
		assert_int_equal(session_closed_t(x.s), 9000);
		free(before);
		sitting_close(&x);
	}
}

static void
not_before_the_close(void **state)
{
	struct sitting x = sitting_plain();
	(void)state;
	assert_int_equal(sitting_do(&x, 0, "report approve 冯洋"), REFUSAL_NOT_ALLOWED);
	assert_non_null(strstr(x.no.why, "after the close"));
	assert_int_equal(open_amends(&x), -1);
	assert_false(session_amending(x.s));
	sitting_close(&x);
}

/* Events that came from outside are held to the same rules as commands. */
static void
what_does_not_fit(void **state)
{
	static const enum event_kind kinds[] = {EVENT_SESSION_OPEN, EVENT_SESSION_HOST,
		EVENT_SESSION_CLOSE, EVENT_SESSION_TICK, EVENT_CHAIR_PASS, EVENT_SEGMENT_ENTER,
		EVENT_PERSON_ADD, EVENT_QUEUE_CLOSE, EVENT_TURN_START, EVENT_TURN_PAUSE,
		EVENT_AWARD_GIVE, EVENT_MARK_ADD, EVENT_MESSAGE_SEND, EVENT_AMEND_OPEN,
		EVENT_REPORT_REVIEW, EVENT_REPORT_APPROVE};
	struct sitting x = amending();
	struct event e;
	(void)state;
	char *before = dump(&x);
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
		e = event_make(kinds[i]);
		e.t = 11000;
		e.lane = LANE_AMENDS;
		assert_int_equal(sitting_apply(&x, e), -1);
	}
	e = event_make(EVENT_PERSON_SET);
	e.t = 11000;
	e.lane = LANE_AMENDS;
	e.person.person = STR("a");
	e.person.role = ROLE_GUEST;
	assert_int_equal(sitting_apply(&x, e), -1);
	e.person.role = ROLE_UNSET;
	e.person.attending = ATTENDING_ONLINE;
	assert_int_equal(sitting_apply(&x, e), -1);
	e.person.attending = ATTENDING_UNSET;
	e.person.link = LINK_READY;
	assert_int_equal(sitting_apply(&x, e), -1);
	e = event_make(EVENT_NOTE_ADD);
	e.t = 11000;
	e.lane = LANE_AMENDS;
	e.note.note = 9;
	e.note.text = STR("x");
	e.note.mark = MARK_PRIVATE;
	assert_int_equal(sitting_apply(&x, e), -1);
	e.note.mark = MARK_CLAIM;
	e.lane = LANE_SESSION; /* into the sealed log */
	assert_int_equal(sitting_apply(&x, e), -1);
	e = event_make(EVENT_REPORT_APPROVE);
	e.t = 11000;
	e.report.names = (struct event_list){&(struct str){"x", 1}, 1};
	assert_int_equal(sitting_apply(&x, e), -1);
	e = event_make(EVENT_UNDO);
	e.t = 11000;
	e.lane = LANE_AMENDS;
	e.undo.seq = 0; /* the opening */
	assert_int_equal(sitting_apply(&x, e), -1);
	char *after = dump(&x);
	assert_string_equal(before, after);
	/* A later version's is kept, and changes nothing. */
	e = event_make(EVENT_UNKNOWN);
	e.t = 11000;
	e.lane = LANE_AMENDS;
	e.name = STR("report.print");
	assert_int_equal(sitting_apply(&x, e), 0);
	assert_int_equal(session_amended(x.s), 0);
	free(before);
	free(after);
	sitting_close(&x);
}

static void
without_an_opening(void **state)
{
	struct sitting x = debate();
	struct event e = event_make(EVENT_NOTE_EDIT);
	(void)state;
	e.t = 11000;
	e.lane = LANE_AMENDS;
	e.note.note = 1;
	e.note.text = STR("x");
	assert_int_equal(sitting_apply(&x, e), -1);
	assert_int_equal(session_next_seq(x.s, LANE_AMENDS), 0);
	sitting_close(&x);
}

static void
notes_and_names(void **state)
{
	struct sitting x = amending();
	(void)state;
	assert_int_equal(sitting_do(&x, 11000, "note edit 1 大模型带来便利"), 0);
	assert_true(str_is(note(&x, 1)->text, "大模型带来便利"));
	assert_int_equal(note(&x, 1)->t, 3000); /* said when it was said */
	assert_int_equal(sitting_do(&x, 11000, "note remove 2"), 0);
	assert_true(note(&x, 2)->removed);
	assert_int_equal(sitting_do(&x, 11000, "people set a --name 张琥 --title 教授"), 0);
	assert_true(str_is(session_person(x.s, STR("a"))->name, "张琥"));
	assert_int_equal(sitting_do(&x, 11000, "people set b --online"), REFUSAL_CLOSED);
	assert_int_equal(sitting_do(&x, 11000, "people set b --name x --role guest"),
		REFUSAL_CLOSED);
	assert_int_equal(session_amended(x.s), 3);
	/* A note goes to the turn that is named, or to the person's last. */
	assert_int_equal(sitting_do(&x, 11000, "note add 宋昌: 补充"), 0);
	assert_int_equal(note(&x, 4)->turn, 2);
	assert_int_equal(note(&x, 4)->lane, LANE_AMENDS);
	assert_int_equal(sitting_do(&x, 11000, "note add 再补充 --turn 1"), 0);
	assert_int_equal(note(&x, 5)->turn, 1);
	assert_true(str_is(note(&x, 5)->person, "a"));
	assert_int_equal(sitting_do(&x, 11000, "note add x --turn 9"), REFUSAL_UNKNOWN_ID);
	assert_int_equal(sitting_do(&x, 11000, "note add 会后"), 0);
	assert_int_equal(note(&x, 6)->turn, 0);
	assert_int_equal(sitting_do(&x, 11000, "note edit 4 改过"), 0);
	assert_true(str_is(note(&x, 4)->text, "改过"));
	assert_int_equal(session_amended(x.s), 7);
	sitting_close(&x);
}

/* What only chairs see is in no report: it stays as it was, and nothing is added to it. */
static void
chairs_only(void **state)
{
	static const char *const tries[] = {"note add ~ 密", "note add 密 --mark private",
		"note edit 1 ~ 密", "note edit 3 密", "note edit 3 公开 --mark claim",
		"note remove 3", "note edit 1 x --mark private"};
	struct sitting x = amending();
	(void)state;
	for (size_t i = 0; i < sizeof tries / sizeof *tries; i++) {
		enum refusal code = sitting_do(&x, 11000, tries[i]);
		assert_true(code == REFUSAL_CLOSED || code == REFUSAL_NOT_ALLOWED);
		assert_int_equal(x.events.n, 0);
	}
	assert_int_equal(sitting_do(&x, 11000, "note add 会后"), 0);
	assert_int_equal(sitting_do(&x, 11000, "note edit 4 ~ 密"), REFUSAL_NOT_ALLOWED);
	sitting_close(&x);
}

/* Corrections that were made where the chairs' log was not at hand may use a number that a note
 * for chairs has: then both are there, and the corrections' is meant from then on. */
static void
a_number_of_the_chairs(void **state)
{
	struct sitting x = amending();
	struct event e = event_make(EVENT_NOTE_ADD);
	(void)state;
	e.t = 11000;
	e.lane = LANE_AMENDS;
	e.note.note = 3;
	e.note.text = STR("会后");
	assert_int_equal(sitting_apply(&x, e), 0);
	assert_int_equal(sitting_do(&x, 11000, "note edit 3 改过"), 0);
	assert_true(str_is(note(&x, 3)->text, "改过"));
	e.note.note = 1;
	assert_int_equal(sitting_apply(&x, e), -1); /* the session's are known to all */
	sitting_close(&x);
}

static size_t
changed(const struct sitting *x)
{
	assert_non_null(session_approved(x->s));
	return session_approved(x->s)->changed;
}

/* An approval covers what stood there when it was given. */
static void
approval(void **state)
{
	struct sitting x = amending();
	(void)state;
	assert_null(session_reviewed(x.s));
	assert_null(session_approved(x.s));
	assert_int_equal(sitting_do(&x, 11000, "note edit 1 一"), 0); /* 1 */
	assert_int_equal(sitting_do(&x, 12000, "report review 冯洋"), 0);
	assert_int_equal(sitting_do(&x, 13000, "report approve 韩英、曹建"), 0); /* 3 */
	assert_int_equal(session_reviewed(x.s)->names.n, 1);
	assert_int_equal(session_approved(x.s)->names.n, 2);
	assert_true(str_is(session_approved(x.s)->names.items[1], "曹建"));
	assert_int_equal(session_approved(x.s)->t, 13000);
	assert_int_equal(changed(&x), 0);
	/* A review says nothing new; a correction does; taken back, it said nothing. */
	assert_int_equal(sitting_do(&x, 14000, "report review 冯洋"), 0);
	assert_int_equal(changed(&x), 0);
	assert_int_equal(sitting_do(&x, 14000, "note edit 2 二"), 0); /* 5 */
	assert_int_equal(changed(&x), 1);
	assert_int_equal(sitting_do(&x, 14000, "undo"), 0);
	assert_int_equal(changed(&x), 0);
	/* What was there before the approval changes it by going, and no more once it is back. */
	assert_int_equal(sitting_do(&x, 15000, "undo 1"), 0); /* 7 */
	assert_int_equal(session_amended(x.s), 0);
	assert_int_equal(changed(&x), 1);
	assert_int_equal(sitting_do(&x, 15000, "undo 7"), 0);
	assert_int_equal(session_amended(x.s), 1);
	assert_int_equal(changed(&x), 0);
	/* Another approval covers what was changed since. */
	assert_int_equal(sitting_do(&x, 16000, "people set a --name 张琥"), 0);
	assert_int_equal(changed(&x), 1);
	assert_int_equal(sitting_do(&x, 16000, "report approve 韩英"), 0);
	assert_int_equal(changed(&x), 0);
	/* Taken back, the one before it counts again, with what came behind it. */
	assert_int_equal(sitting_do(&x, 16000, "undo"), 0);
	assert_int_equal(session_approved(x.s)->names.n, 2);
	assert_int_equal(changed(&x), 1);
	sitting_close(&x);
}

/* The session's numbers and the corrections' are not mixed up. */
static void
undo_by_number(void **state)
{
	struct sitting x = amending();
	(void)state;
	assert_int_equal(sitting_do(&x, 11000, "undo 0"), REFUSAL_CANNOT_UNDO);
	assert_int_equal(sitting_do(&x, 11000, "undo 3"), REFUSAL_UNKNOWN_ID);
	assert_int_equal(sitting_do(&x, 11000, "note edit 1 一"), 0);
	assert_int_equal(sitting_do(&x, 11000, "undo 1"), 0);
	assert_true(str_is(note(&x, 1)->text, "大模型便利"));
	assert_int_equal(sitting_do(&x, 11000, "undo 1"), REFUSAL_CANNOT_UNDO);
	/* What is built on it goes first. */
	assert_int_equal(sitting_do(&x, 11000, "note add 会后"), 0); /* 3 */
	assert_int_equal(sitting_do(&x, 11000, "note edit 4 会后说"), 0);
	assert_int_equal(sitting_do(&x, 11000, "undo 3"), REFUSAL_CANNOT_UNDO);
	sitting_close(&x);
}

/* At every moment of the past it was as a fold of what had happened by then, undone approvals and
 * all. */
static void
as_it_was(void **state)
{
	static const char *const said[] = {"note edit 1 一", "report approve 韩英", "note edit 2 二",
		"undo", "undo 1", "undo 5", "report review 冯洋", "people set a --name 张琥",
		"report approve 曹建", "note add 宋昌: 补充", "undo 9", "note edit 4 补", "undo"};
	struct sitting x = amending();
	(void)state;
	for (size_t i = 0; i < sizeof said / sizeof *said; i++)
		if (sitting_do(&x, 11000 + 10 * (int64_t)i, said[i]))
			fail_msg("%s: %s", said[i], x.no.why);
	struct session *view = session_view(x.s), *fresh = session_create();
	size_t n = session_event_count(x.s);
	for (size_t i = 0; i <= n; i++) {
		struct buf a = {0}, b = {0};
		const char *why;
		session_view_at(view, i);
		session_dump(view, &a);
		session_dump(fresh, &b);
		assert_string_equal(a.p, b.p);
		assert_int_equal(session_amended(view), session_amended(fresh));
		assert_int_equal(session_amending(view), session_amending(fresh));
		if (i < n)
			assert_int_equal(
				session_apply(fresh, session_event_at(x.s, i), &why), 0);
		buf_finish(&a);
		buf_finish(&b);
	}
	session_destroy(view);
	session_destroy(fresh);
	sitting_close(&x);
}

/* Time goes on from the close, whatever the clock says. */
static void
time_goes_on(void **state)
{
	struct sitting x = amending();
	(void)state;
	assert_int_equal(sitting_do(&x, 5, "note edit 1 一"), 0);
	assert_int_equal(x.events.items[0].t, 10000);
	assert_int_equal(session_closed_t(x.s), 9000);
	sitting_close(&x);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_command),
		cmocka_unit_test(not_before_the_close),
		cmocka_unit_test(what_does_not_fit),
		cmocka_unit_test(without_an_opening),
		cmocka_unit_test(notes_and_names),
		cmocka_unit_test(chairs_only),
		cmocka_unit_test(a_number_of_the_chairs),
		cmocka_unit_test(approval),
		cmocka_unit_test(undo_by_number),
		cmocka_unit_test(as_it_was),
		cmocka_unit_test(time_goes_on),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
