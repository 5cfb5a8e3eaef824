/* The past of a session: what was undone when, and views of it. What a view answers at every
 * position of whole debates is looked at by the stories and the walk. */
#include <stdio.h>

#include "internal.h"
#include "sitting.h"

static uint64_t
roll(uint64_t *seed, uint64_t below)
{
	*seed = *seed * 6364136223846793005 + 1442695040888963407;
	return (*seed >> 33) % below;
}

static int
mark(struct sitting *x)
{
	struct event e = event_make(EVENT_MARK_ADD);
	e.mark.mark = (int64_t)session_event_count(x->s);
	e.mark.what = WHAT_MOMENT;
	e.mark.text = STR("m");
	e.t = session_last_t(x->s);
	return sitting_apply(x, e);
}

static int
undo(struct sitting *x, size_t seq)
{
	struct event e = event_make(EVENT_UNDO);
	e.undo.seq = (int64_t)seq;
	e.t = session_last_t(x->s);
	return sitting_apply(x, e);
}

/* ---- which events stand, against flags that are set as each undo comes ---- */

enum { EVENTS = 260 };

struct flags {
	bool undone[EVENTS];
	size_t of[EVENTS]; /* what an undo names; SIZE_MAX for a mark */
};

static bool
flags_turn(struct flags *f, size_t place)
{
	bool undone = true;
	for (size_t i = place; i != SIZE_MAX; i = f->of[i], undone = !undone)
		if (f->undone[i] == undone)
			return false;
	undone = true;
	for (size_t i = place; i != SIZE_MAX; i = f->of[i], undone = !undone)
		f->undone[i] = undone;
	return true;
}

static void
look_at_flags(const struct session *s, const bool *undone, size_t n)
{
	assert_int_equal(session_event_count(s), n);
	for (size_t i = 0; i < n; i++)
		if (session_event_undone(s, i) != undone[i])
			fail_msg("event %zu of %zu is %s", i, n,
				undone[i] ? "undone" : "not undone");
}

/* The opening and the hosting come first, and are never undone. */
static void
undone_as_of_any_time(void **state)
{
	static struct flags f, after[EVENTS + 1];
	(void)state;
	for (uint64_t round = 0; round < 30; round++) {
		uint64_t seed = 20230715 + round;
		struct sitting x = sitting_plain();
		struct session *view = session_view(x.s);
		memset(&f, 0, sizeof f);
		f.of[0] = f.of[1] = SIZE_MAX;
		size_t n = 2;
		x.s->fine = 2;
		x.s->coarse = 5;
		after[n] = f;
		while (n < EVENTS) {
			/* Few marks, so that undos hang on undos. */
			bool is_mark = n < 4 || roll(&seed, 6) == 0;
			size_t of = is_mark ? SIZE_MAX : 2 + roll(&seed, n - 2);
			bool turns = is_mark || flags_turn(&f, of);
			assert_int_equal(is_mark ? mark(&x) : undo(&x, of), turns ? 0 : -1);
			if (!turns)
				continue;
			f.of[n++] = of;
			after[n] = f;
			look_at_flags(x.s, f.undone, n);
			size_t at = 2 + roll(&seed, n - 1);
			session_view_at(view, at);
			look_at_flags(view, after[at].undone, at);
		}
		for (size_t at = n; at >= 2; at--) {
			session_view_at(view, at);
			look_at_flags(view, after[at].undone, at);
		}
		session_destroy(view);
		sitting_close(&x);
	}
}

/* An undo of an undo of an undo, as far as it goes. */
static void
a_long_chain(void **state)
{
	enum { DEPTH = 3000 };
	struct sitting x = sitting_plain();
	(void)state;
	assert_int_equal(mark(&x), 0);
	for (size_t i = 0; i < DEPTH; i++)
		assert_int_equal(undo(&x, 2 + i), 0);
	assert_int_equal(session_mark_count(x.s), 1 - DEPTH % 2);
	struct session *view = session_view(x.s);
	for (size_t n = 3; n <= DEPTH + 3; n += 97) {
		session_view_at(view, n);
		assert_int_equal(session_mark_count(view), n % 2);
		assert_int_equal(session_event_undone(view, 2), (n + 1) % 2);
		assert_false(session_event_undone(view, n - 1));
	}
	session_destroy(view);
	sitting_close(&x);
}

static void
a_refused_undo_leaves_no_trace(void **state)
{
	struct sitting x = sitting_plain();
	(void)state;
	sitting_do(&x, 0, "segment next");
	sitting_do(&x, 500, "mark moment");
	size_t start = session_event_count(x.s);
	sitting_do(&x, 1000, "floor give a");
	sitting_do(&x, 2000, "floor end");
	/* The end of the turn needs its start. */
	assert_int_equal(undo(&x, start), -1);
	size_t n = session_event_count(x.s);
	assert_int_equal(undo(&x, start - 1), 0);
	assert_int_equal(session_event_count(x.s), n + 1);
	for (size_t i = 0; i <= n; i++)
		assert_int_equal(session_event_undone(x.s, i), i == start - 1);
	assert_int_equal(session_turn_count(x.s), 1);
	sitting_close(&x);
}

/* ---- views ---- */

static char *
dump(const struct session *s)
{
	struct buf out = {0};
	session_dump(s, &out);
	return out.p;
}

static void
assert_says(const struct session *s, const char *meant)
{
	char *says = dump(s);
	assert_string_equal(says, meant);
	free(says);
}

static void
before_anything(void **state)
{
	struct sitting x = sitting_plain();
	struct session *nothing = session_create(), *view = session_view(x.s);
	char *empty = dump(nothing);
	(void)state;
	assert_says(view, empty);
	assert_false(session_opened(view));
	assert_int_equal(session_next_seq(view, LANE_SESSION), 0);
	assert_null(session_host(view));
	session_view_at(view, 1);
	assert_true(session_opened(view));
	assert_null(session_host(view));
	session_view_at(view, 2);
	assert_int_equal(session_host(view)->seq, 1);
	session_view_at(view, 0);
	assert_says(view, empty);
	free(empty);
	session_destroy(nothing);
	session_destroy(view);
	sitting_close(&x);
}

static void
stays_where_it_is(void **state)
{
	struct sitting x = sitting_plain();
	(void)state;
	sitting_do(&x, 0, "segment next");
	sitting_do(&x, 1000, "floor give a");
	sitting_do(&x, 2000, "note add ? why");
	struct session *view = session_view(x.s);
	size_t n = session_event_count(x.s);
	session_view_at(view, n);
	char *then = dump(x.s);
	sitting_do(&x, 3000, "undo");
	sitting_do(&x, 4000, "people add 王五");
	sitting_do(&x, 5000, "queue add 王五");
	for (int i = 0; i < 3000; i++)
		assert_int_equal(mark(&x), 0);
	assert_says(view, then);
	assert_int_equal(session_event_count(view), n);
	assert_int_equal(session_note_count(view), 1);
	assert_int_equal(session_person_count(view), 3);
	assert_false(session_event_undone(view, n - 1));
	session_view_at(view, session_event_count(x.s));
	assert_true(session_event_undone(view, n - 1));
	session_view_at(view, n);
	assert_says(view, then);
	free(then);
	session_destroy(view);
	sitting_close(&x);
}

/* What could have been decided then; nothing of it can be applied. */
static void
decides_as_of_then(void **state)
{
	struct sitting x = sitting_plain();
	struct session *view = session_view(x.s);
	(void)state;
	sitting_do(&x, 0, "mark moment");
	session_view_at(view, 3);
	sitting_do(&x, 0, "undo");
	assert_int_equal(sitting_do(&x, 0, "undo 2"), REFUSAL_CANNOT_UNDO);
	struct refused no;
	struct command c;
	assert_int_equal(command_parse(STR("undo 2"), &x.arena, &c, &no), REFUSAL_NONE);
	c.seat = SEAT_CHAIR;
	assert_int_equal(session_decide(view, &c, &x.events, &no), REFUSAL_NONE);
	assert_int_equal(x.events.items[0].seq, 3);
	session_destroy(view);
	sitting_close(&x);
}

/* After the close too: corrections, approvals, and what takes them back. */
static void
corrections_as_of_then(void **state)
{
	static const char *const lines[] = {"note add one", "note add two --person b",
		"note edit 1 three", "note edit 2 four", "note remove 2",
		"people set a --name 李四", "report review 甲", "report approve 乙", "undo"};
	enum { LINES = sizeof lines / sizeof *lines, STEPS = 150 };
	(void)state;
	for (uint64_t round = 0; round < 20; round++) {
		char *said[STEPS * 4];
		uint64_t seed = 20230715 + round;
		struct sitting x = sitting_plain();
		x.s->fine = 3;
		x.s->coarse = 8;
		sitting_do(&x, 0, "segment next");
		sitting_do(&x, 0, "floor give a");
		sitting_do(&x, 0, "note add zero");
		sitting_do(&x, 0, "session close");
		struct event e = event_make(EVENT_AMEND_OPEN);
		e.lane = LANE_AMENDS;
		assert_int_equal(sitting_apply(&x, e), 0);
		size_t first = session_event_count(x.s), n = first;
		said[n] = dump(x.s);
		for (int i = 0; i < STEPS; i++) {
			struct buf line = {0};
			if (roll(&seed, 3))
				buf_puts(&line, lines[roll(&seed, LINES)]);
			else
				buf_printf(&line, "undo %d",
					(int)roll(&seed,
						(uint64_t)session_next_seq(x.s, LANE_AMENDS)));
			if (sitting_do(&x, i, line.p) == REFUSAL_NONE &&
				++n == session_event_count(x.s))
				said[n] = dump(x.s);
			assert_int_equal(n, session_event_count(x.s));
			buf_finish(&line);
		}
		struct session *view = session_view(x.s), *plain = session_create();
		const char *why;
		plain->fine = plain->coarse = 0;
		for (size_t i = 0; i < n; i++) {
			assert_int_equal(session_apply(plain, session_event_at(x.s, i), &why), 0);
			if (i + 1 >= first)
				assert_says(plain, said[i + 1]);
		}
		for (int i = 0; i < 300; i++) {
			size_t at = first + roll(&seed, n - first + 1);
			session_view_at(view, at);
			assert_says(view, said[at]);
		}
		assert_true(n > first + STEPS / 3);
		while (n >= first)
			free(said[n--]);
		session_destroy(plain);
		session_destroy(view);
		sitting_close(&x);
	}
}

static void
visits_in_order(void **state)
{
	struct sitting x = sitting_plain();
	(void)state;
	sitting_do(&x, 1000, "segment next");
	assert_int_equal(session_visit_count(x.s), 1);
	assert_int_equal(session_visit_at(x.s, 0)->to, EVENT_NO);
	sitting_do(&x, 2000, "segment next");
	sitting_do(&x, 5000, "segment prev");
	sitting_do(&x, 9000, "session close");
	static const struct session_visit meant[] = {
		{0, 1000, 2000}, {1, 2000, 5000}, {0, 5000, 9000}};
	assert_int_equal(session_visit_count(x.s), 3);
	for (size_t i = 0; i < 3; i++) {
		const struct session_visit *v = session_visit_at(x.s, i);
		assert_int_equal(v->segment, meant[i].segment);
		assert_int_equal(v->from, meant[i].from);
		assert_int_equal(v->to, meant[i].to);
	}
	sitting_close(&x);
}

/* ---- how far a fold has to go ---- */

static void
assert_near(const struct session *s, size_t n)
{
	const struct checkpoint *point = checkpoint_for(s, n, n);
	if (n - (point ? point->at : 0) > s->coarse)
		fail_msg(
			"%zu of %zu is %zu events away", n, s->past_n, n - (point ? point->at : 0));
}

static void
a_checkpoint_is_near(void **state)
{
	struct sitting x = sitting_plain();
	uint64_t seed = 20230715;
	(void)state;
	x.s->fine = 4;
	x.s->coarse = 50;
	while (session_event_count(x.s) < 5000) {
		size_t n = session_event_count(x.s), far = roll(&seed, 20) ? 10 : n - 2;
		if (n > 20 && roll(&seed, 4) == 0)
			undo(&x, n - 1 - roll(&seed, far));
		else
			assert_int_equal(mark(&x), 0);
		/* The next undo of something near begins nearer still. */
		const struct checkpoint *fine = checkpoint_for(x.s, x.s->past_n, NOWHERE);
		if (n > 50)
			assert_true(x.s->past_n - fine->at <= x.s->fine);
		assert_near(x.s, x.s->past_n);
	}
	for (size_t n = 0; n <= x.s->past_n; n++)
		assert_near(x.s, n);
	/* Nor does it end with the last few. */
	for (int i = 0; i < 200; i++)
		assert_int_equal(mark(&x), 0);
	for (size_t n = x.s->past_n, before = n - 100; before <= n; before++)
		assert_true(before - checkpoint_for(x.s, n, before)->at < x.s->fine);
	sitting_close(&x);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(undone_as_of_any_time),
		cmocka_unit_test(a_long_chain),
		cmocka_unit_test(a_refused_undo_leaves_no_trace),
		cmocka_unit_test(before_anything),
		cmocka_unit_test(stays_where_it_is),
		cmocka_unit_test(decides_as_of_then),
		cmocka_unit_test(corrections_as_of_then),
		cmocka_unit_test(visits_in_order),
		cmocka_unit_test(a_checkpoint_is_near),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
