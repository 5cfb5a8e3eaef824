/* A log whose checksums are right may still say anything: no duration in it, and no sum of them, is
 * beyond what can be counted with. A build with -fsanitize=undefined shows what an assertion here
 * cannot. */
#include "sitting.h"

enum { MANY = 12000 };

static const int64_t most = EVENT_INT_MAX - 1;

static int
put(struct sitting *x, int64_t t, enum event_kind kind, int64_t by)
{
	struct event e = event_make(kind);
	e.t = t;
	if (kind == EVENT_SEGMENT_EXTEND) {
		e.segment.segment = STR("p1");
		e.segment.by = by;
	} else
		e.turn.by = by;
	return sitting_apply(x, e);
}

static int
begin(struct sitting *x, int64_t t, int64_t turn, enum event_as as, int64_t allotted)
{
	struct event e = event_make(EVENT_TURN_START);
	e.t = t;
	e.turn.turn = turn;
	e.turn.person = STR("a");
	e.turn.as = as;
	e.turn.allotted = allotted;
	return sitting_apply(x, e);
}

static void
look(const struct sitting *x, int64_t t)
{
	struct session_alarm alarm;
	struct session_talk talk = session_talk(x->s, STR("a"), (size_t)-1, t);
	assert_true(talk.ms >= 0 && talk.ms <= MANY * SESSION_SPAN_MAX);
	session_alarm_next(x->s, t, &alarm);
	session_expected_end(x->s, t);
	session_planned_end(x->s);
	session_offset_ms(x->s, t);
}

static void
no_duration_is_beyond_all(void **state)
{
	struct sitting x = sitting_plain();
	(void)state;
	assert_int_equal(sitting_do(&x, 0, "segment next"), REFUSAL_NONE);
	assert_int_equal(begin(&x, 0, 1, AS_SPEECH, most), -1);
	assert_int_equal(begin(&x, 0, 1, AS_SPEECH, 1000), 0);
	assert_int_equal(put(&x, 1, EVENT_TURN_EXTEND, most), -1);
	assert_int_equal(put(&x, 1, EVENT_TURN_EXTEND, -most), -1);
	assert_int_equal(put(&x, 1, EVENT_TURN_CORRECT, most), -1);
	assert_int_equal(put(&x, 1, EVENT_SEGMENT_EXTEND, most), -1);
	assert_int_equal(put(&x, 1, EVENT_SEGMENT_EXTEND, -most), -1);
	/* What a chair may type still goes. */
	assert_int_equal(put(&x, 1, EVENT_TURN_EXTEND, 86400000), 0);
	assert_int_equal(session_floor(x.s)->allotted, 86401000);
	look(&x, most);
	sitting_close(&x);
}

static void
sums_of_durations_end(void **state)
{
	struct sitting x = sitting_plain();
	size_t n;
	(void)state;
	assert_int_equal(sitting_do(&x, 0, "segment next"), REFUSAL_NONE);
	assert_int_equal(begin(&x, 0, 1, AS_SPEECH, 1000), 0);
	for (int i = 0; i < MANY; i++) {
		assert_int_equal(put(&x, 1, EVENT_TURN_EXTEND, SESSION_SPAN_MAX), 0);
		assert_int_equal(put(&x, 1, EVENT_SEGMENT_EXTEND, SESSION_SPAN_MAX), 0);
		put(&x, 1, EVENT_TURN_CORRECT, SESSION_SPAN_MAX - 2);
	}
	const struct session_turn *turn = session_floor(x.s);
	assert_int_equal(turn->allotted, SESSION_SPAN_MAX);
	assert_int_equal(session_segments(x.s, &n)[0].budget_ms, SESSION_SPAN_MAX);
	assert_in_range(session_turn_elapsed(turn, 1), 1, SESSION_SPAN_MAX);
	look(&x, 1);
	look(&x, most);
	sitting_close(&x);
}

/* Questions upon questions run all at once, each as long as the session. */
static void
turns_upon_turns(void **state)
{
	struct sitting x = sitting_plain();
	(void)state;
	assert_int_equal(sitting_do(&x, 0, "segment next"), REFUSAL_NONE);
	for (int i = 0; i < MANY / 4; i++)
		assert_int_equal(begin(&x, 0, i + 1, i ? AS_QUESTION : AS_SPEECH, 1000), 0);
	look(&x, most);
	for (int i = 0; i < MANY / 4; i++)
		assert_int_equal(put(&x, most, EVENT_TURN_END, EVENT_NO), 0);
	look(&x, most);
	sitting_close(&x);
}

static void
an_agenda_of_ages(void **state)
{
	struct sitting x = sitting_open(
		"{\"title\":\"T\"," SITTING_PEOPLE
		",\"timing\":{\"speech\":9007199254740991,\"overtime_bell\":9007199254740991,"
		"\"warn\":[9007199254740991,1]},"
		"\"agenda\":[{\"kind\":\"point\",\"id\":\"p1\",\"duration\":9007199254740991},"
		"{\"kind\":\"point\",\"id\":\"p2\",\"duration\":9007199254740991},"
		"{\"kind\":\"keynote\",\"id\":\"p3\",\"duration\":9007199254740991,"
		"\"speakers\":[\"a\"]}]}");
	size_t n;
	(void)state;
	const struct session_segment *all = session_segments(x.s, &n);
	for (size_t i = 0; i < n; i++)
		assert_int_equal(all[i].planned_ms, SESSION_SPAN_MAX);
	assert_int_equal(sitting_do(&x, 0, "segment next"), REFUSAL_NONE);
	assert_int_equal(sitting_do(&x, 0, "floor give a"), REFUSAL_NONE);
	look(&x, 0);
	look(&x, most);
	assert_int_equal(sitting_do(&x, 1000, "agenda fit"), REFUSAL_NONE);
	look(&x, 1000);
	struct event e = event_make(EVENT_AGENDA_FIT);
	e.fit.plan = STR("[[\"p2\",9007199254740991]]");
	assert_int_equal(sitting_apply(&x, e), -1);
	sitting_close(&x);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(no_duration_is_beyond_all),
		cmocka_unit_test(sums_of_durations_end),
		cmocka_unit_test(turns_upon_turns),
		cmocka_unit_test(an_agenda_of_ages),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
