/* The fold: what is taken, what is refused without a trace, and who may ask for what. */
#include "sitting.h"

/* product.md 5, as it is written there: C chair, O online chair, S scribe. */
static const struct {
	const char *noun, *seats;
} may[] = {{"segment", "C"}, {"agenda", "C"}, {"floor", "C"}, {"award", "C"}, {"undo", "C"},
	{"session", "C"}, {"chair", "C"}, {"report", "C"}, {"queue", "CO"}, {"people", "CO"}, {"note", "COS"},
	{"mark", "COS"}, {"message", "COS"}};
static const struct {
	enum seat seat;
	char letter;
} seats[] = {{SEAT_CHAIR, 'C'}, {SEAT_ONLINE_CHAIR, 'O'}, {SEAT_SCRIBE, 'S'}, {SEAT_STAGE, '-'},
	{SEAT_OBSERVER, '-'}};

static const char *
seats_of(const char *noun)
{
	for (size_t i = 0; i < sizeof may / sizeof *may; i++)
		if (!strcmp(noun, may[i].noun))
			return may[i].seats;
	fail_msg("%s is not in the table", noun);
	return "";
}

/* A refusal of the seat comes before any other, so that nothing needs to be a sensible command. */
static bool
is_shut_out(struct sitting *x, enum command_verb verb, enum seat seat)
{
	struct command c = {
		.verb = verb, .seat = seat, .by = STR("x"), .basis = EVENT_NO, .number = EVENT_NO};
	enum refusal code = session_decide(x->s, &c, &x->events, &x->no);
	return code == REFUSAL_NOT_ALLOWED && strstr(x->no.why, "seat");
}

static void
every_command_by_every_seat(void **state)
{
	struct sitting x = sitting_plain();
	(void)state;
	for (int passed = 0; passed < 2; passed++) {
		for (int verb = 0; verb < CMD_COUNT; verb++) {
			const char *who = seats_of(command_rows()[verb].noun);
			for (size_t i = 0; i < sizeof seats / sizeof *seats; i++) {
				bool open = strchr(who, seats[i].letter) ||
					    (passed && seats[i].letter == 'O');
				assert_int_equal(
					!is_shut_out(&x, (enum command_verb)verb, seats[i].seat),
					open);
			}
		}
		sitting_do(&x, 0, "chair pass b");
	}
	sitting_close(&x);
}

static void
strings_are_kept_as_copies(void **state)
{
	struct sitting x = sitting_plain();
	char text[] = "borrowed";
	(void)state;
	struct event e = event_make(EVENT_MARK_ADD);
	e.mark.mark = 1;
	e.mark.what = WHAT_MOMENT;
	e.mark.text = (struct str){text, sizeof text - 1};
	assert_int_equal(sitting_apply(&x, e), 0);
	memset(text, 'x', sizeof text);
	assert_true(str_is(session_mark_at(x.s, 0)->text, "borrowed"));
	sitting_close(&x);
}

static void
sequence_and_time_are_checked(void **state)
{
	struct sitting x = sitting_plain();
	const char *why;
	(void)state;
	sitting_do(&x, 5000, "segment next");
	struct event e = event_make(EVENT_SESSION_TICK);
	e.seq = 2;
	e.t = 6000;
	assert_true(session_apply(x.s, &e, &why) < 0 && why);
	e.seq = 4;
	assert_true(session_apply(x.s, &e, &why) < 0 && why);
	e.seq = 3;
	e.t = 4999;
	assert_true(session_apply(x.s, &e, &why) < 0 && why);
	e.t = 5000;
	assert_int_equal(session_apply(x.s, &e, &why), 0);
	assert_null(why);
	assert_int_equal(session_event_count(x.s), 4);
	sitting_close(&x);
}

static void
ids_are_never_given_twice(void **state)
{
	struct sitting x = sitting_plain();
	size_t n;
	(void)state;
	sitting_do(&x, 0, "segment next");
	sitting_do(&x, 0, "queue add a");
	sitting_do(&x, 0, "undo");
	sitting_do(&x, 0, "queue add a");
	assert_int_equal(session_queue(x.s, &n)[0].id, 2);
	struct event e = event_make(EVENT_QUEUE_ADD);
	e.queue.entry = 1;
	e.queue.person = STR("b");
	e.queue.as = AS_SPEECH;
	assert_true(sitting_apply(&x, e) < 0);
	e.queue.entry = 0;
	assert_true(sitting_apply(&x, e) < 0);
	e.queue.entry = 3;
	assert_int_equal(sitting_apply(&x, e), 0);
	sitting_close(&x);
}

static void
nothing_comes_before_the_opening(void **state)
{
	struct sitting x = {.s = session_create()};
	struct command c = {.verb = CMD_SEGMENT_NEXT,
		.seat = SEAT_CHAIR,
		.basis = EVENT_NO,
		.number = EVENT_NO};
	(void)state;
	assert_true(sitting_apply(&x, event_make(EVENT_SESSION_TICK)) < 0);
	assert_int_equal(session_decide(x.s, &c, &x.events, &x.no), REFUSAL_NOT_ALLOWED);
	assert_int_equal(session_event_count(x.s), 0);
	struct event e = event_make(EVENT_SESSION_OPEN);
	e.open.format = 2;
	e.open.forum = STR("{\"title\":\"T\"," SITTING_AGENDA "}");
	assert_true(sitting_apply(&x, e) < 0);
	/* What failed has left nothing behind. */
	e.open.format = 1;
	assert_int_equal(sitting_apply(&x, e), 0);
	sitting_close(&x);
}

static void
a_later_resume_moves_the_wall_clock_only(void **state)
{
	struct sitting x = sitting_plain();
	(void)state;
	sitting_do(&x, 1000, "segment next");
	assert_int_equal(session_wall(x.s, 1000), 1689400801000);
	struct event e = sitting_host(1689500000000, 60);
	e.t = 9000;
	e.host.epoch = 2;
	assert_int_equal(sitting_apply(&x, e), 0);
	assert_int_equal(session_wall(x.s, 10000), 1689500001000);
	assert_int_equal(session_zone(x.s), 60);
	assert_int_equal(session_began_wall(x.s), 1689400800000);
	assert_int_equal(session_host(x.s)->host.epoch, 2);
	assert_int_equal(session_segment_elapsed(x.s, 0, 9000), 8000);
	sitting_close(&x);
}

/* Local times are reckoned from it, so a zone that is none must not come in. */
static void
a_zone_is_within_a_day(void **state)
{
	static const int64_t none[] = {1441, -1441, EVENT_INT_MAX - 1, -EVENT_INT_MAX + 1};
	struct sitting x = sitting_plain();
	(void)state;
	for (size_t i = 0; i < sizeof none / sizeof *none; i++)
		assert_int_not_equal(sitting_apply(&x, sitting_host(1689400800000, none[i])), 0);
	assert_int_equal(session_zone(x.s), 480);
	assert_int_equal(sitting_apply(&x, sitting_host(1689400800000, -1440)), 0);
	assert_int_equal(sitting_apply(&x, sitting_host(1689400800000, EVENT_NO)), 0);
	assert_int_equal(session_zone(x.s), 0);
	sitting_close(&x);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_command_by_every_seat),
		cmocka_unit_test(strings_are_kept_as_copies),
		cmocka_unit_test(sequence_and_time_are_checked),
		cmocka_unit_test(ids_are_never_given_twice),
		cmocka_unit_test(nothing_comes_before_the_opening),
		cmocka_unit_test(a_later_resume_moves_the_wall_clock_only),
		cmocka_unit_test(a_zone_is_within_a_day),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
