/* Two logs that were written side by side become one session again, in the order in which things happened. */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "dais/command.h"
#include "internal.h"

static const char forum[] =
	"{\"dais\":1,\"title\":\"t\",\"people\":[{\"id\":\"p0\",\"name\":\"a\"}],"
	"\"agenda\":[{\"kind\":\"point\",\"id\":\"s0\",\"title\":\"q\",\"duration\":600000}]}";

struct lab {
	char folder[64], log[96], chairs[96];
	struct session *session;
	struct journal *journals[2];
};

static void
save(struct journal *j)
{
	struct journal_batch *b;
	while ((b = journal_begin(j)))
		assert_int_equal(journal_settle(j, b, journal_commit(b)), 0);
}

/* Folds an event and puts it into its lane's log. */
static void
put(struct lab *x, const struct event *e)
{
	struct buf body = {0};
	const char *why;
	assert_int_equal(session_apply(x->session, e, &why), 0);
	event_encode(&body, e);
	journal_append(x->journals[e->lane], &(struct str){body.p, body.n}, 1);
	save(x->journals[e->lane]);
	buf_finish(&body);
}

static void
command(struct lab *x, int64_t t, const char *line)
{
	struct arena a = {0};
	struct command c;
	struct refused no;
	struct events list = {0};
	assert_int_equal(command_parse(str_of(line), &a, &c, &no), REFUSAL_NONE);
	c.seat = SEAT_CHAIR;
	c.by = STR("chair");
	c.t = t;
	c.at = STR("2026-01-01T00:00:00+00:00");
	assert_int_equal(session_decide(x->session, &c, &list, &no), REFUSAL_NONE);
	for (size_t i = 0; i < list.n; i++) {
		list.items[i].more = false; /* saved one by one here */
		put(x, &list.items[i]);
	}
	events_finish(&list);
	arena_finish(&a);
}

static int
begin(void **state)
{
	struct lab *x = xcalloc(1, sizeof *x);
	struct events opening = {0};
	struct buf body = {0};
	const char *why = NULL;
	strcpy(x->folder, "/tmp/dais-recall-XXXXXX");
	assert_non_null(mkdtemp(x->folder));
	snprintf(x->log, sizeof x->log, "%s/n.dais", x->folder);
	snprintf(x->chairs, sizeof x->chairs, "%s/n.chairs.dais", x->folder);
	x->session = session_create();
	assert_true(session_opening(&opening, STR("dais"), str_of(forum), false,
		STR("2026-01-01T00:00:00+00:00"), STR("host"), &why));
	event_encode(&body, &opening.items[0]);
	assert_int_equal(journal_create(&x->journals[LANE_SESSION], x->log, buf_view(&body)), 0);
	assert_int_equal(journal_create(&x->journals[LANE_CHAIRS], x->chairs, buf_view(&body)), 0);
	for (int lane = 0; lane < 2; lane++) {
		opening.items[0].lane = (enum event_lane)lane;
		assert_int_equal(session_apply(x->session, &opening.items[0], &why), 0);
	}
	buf_finish(&body);
	events_finish(&opening);
	*state = x;
	return 0;
}

static int
end(void **state)
{
	static const char *const names[] = {"n.dais", "n.chairs.dais", "n.dais.mark", "n.chairs.dais.mark"};
	struct lab *x = *state;
	for (int lane = 0; lane < 2; lane++)
		journal_close(x->journals[lane]);
	session_destroy(x->session);
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		char path[128];
		snprintf(path, sizeof path, "%s/%s", x->folder, names[i]);
		unlink(path);
	}
	int gone = rmdir(x->folder);
	free(x);
	return gone;
}

static void
assert_same(const struct session *a, const struct session *b)
{
	struct buf x = {0}, y = {0};
	session_dump(a, &x);
	session_dump(b, &y);
	assert_string_equal(x.p, y.p);
	buf_finish(&x);
	buf_finish(&y);
}

static void
debate(struct lab *x)
{
	command(x, 10, "segment next");
	command(x, 20, "message send before anybody spoke");
	command(x, 30, "floor give p0");
	command(x, 40, "note add ~to the turn");
	command(x, 50, "floor end");
	command(x, 60, "message send last");
	command(x, 60, "note add said");
}

static void
reads_both(void **state)
{
	struct lab *x = *state;
	struct recall r;
	debate(x);
	assert_int_equal(recall_read(&r, x->log, true), 0);
	assert_true(r.chairs_there);
	assert_int_equal(r.bad_line, 0);
	assert_int_equal(r.check.state, JOURNAL_WHOLE);
	assert_same(r.session, x->session);
	size_t n = session_note_count(r.session);
	assert_int_equal(n, 2);
	assert_int_equal(session_note_at(r.session, 0)->lane, LANE_CHAIRS);
	assert_int_equal(
		session_note_at(r.session, 0)->turn, 1); /* the turn that ran when it was made */
	recall_finish(&r);
}

static void
reads_one(void **state)
{
	struct lab *x = *state;
	struct recall r;
	debate(x);
	assert_int_equal(recall_read(&r, x->log, false), 0);
	assert_false(r.chairs_there);
	assert_int_equal(session_message_count(r.session), 0);
	assert_int_equal(session_note_count(r.session), 1);
	recall_finish(&r);
}

static void
opens_both(void **state)
{
	struct lab *x = *state;
	struct recall r;
	debate(x);
	/* While somebody writes it nobody else may. */
	struct journal *two[2];
	assert_int_equal(recall_open(&r, x->log, &two[0], &two[1], NULL), -EAGAIN);
	assert_null(two[0]);
	recall_finish(&r);
	for (int lane = 0; lane < 2; lane++)
		journal_close(x->journals[lane]);
	assert_int_equal(recall_open(&r, x->log, &x->journals[0], &x->journals[1], NULL), 0);
	assert_same(r.session, x->session);
	assert_int_equal(journal_next_seq(x->journals[0]), session_next_seq(r.session, LANE_SESSION));
	assert_int_equal(journal_next_seq(x->journals[1]), session_next_seq(r.session, LANE_CHAIRS));
	recall_finish(&r);
}

/* Sealed properly, and still no session: whoever wrote that was no dais. */
static void
finds_nonsense(void **state)
{
	struct lab *x = *state;
	struct recall r;
	struct buf body = {0}, told = {0};
	struct event e = event_make(EVENT_TURN_END);
	command(x, 10, "segment next");
	e.t = 20;
	e.at = STR("2026-01-01T00:00:00+00:00");
	e.by = STR("chair");
	e.turn.why = STR("end");
	event_encode(&body, &e);
	journal_append(x->journals[LANE_SESSION], &(struct str){body.p, body.n}, 1);
	save(x->journals[LANE_SESSION]);
	assert_int_equal(recall_read(&r, x->log, true), 0);
	assert_int_equal(r.check.state, JOURNAL_WHOLE);
	assert_int_equal(r.bad_line, 3);
	recall_damage(&told, &r);
	assert_non_null(strstr(told.p, "3"));
	assert_same(r.session, x->session); /* up to there */
	buf_finish(&body);
	buf_finish(&told);
	recall_finish(&r);
}

static void
names_the_chairs_log(void **state)
{
	static const char *const cases[][2] = {
		{"/x/n.dais", "/x/n.chairs.dais"},
		{"n.dais", "n.chairs.dais"},
		{"n", "n.chairs.dais"},
		{"a.dais/n", "a.dais/n.chairs.dais"},
		{"n.rehearsal.dais", "n.rehearsal.chairs.dais"},
	};
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		char *path = chairs_path(cases[i][0]);
		assert_string_equal(path, cases[i][1]);
		free(path);
	}
}

/* A copy that made room for another log has its chairs' log under the same number. */
static void
beside(void **state)
{
	static const char *const paths[][2] = {{"/a/n.dais", "/a/n.chairs.dais"},
		{"/a/copy.dais.aside-12", "/a/copy.chairs.dais.aside-12"},
		{"/x.dais.aside-1/n", "/x.dais.aside-1/n.chairs.dais"}, {"n", "n.chairs.dais"}};
	(void)state;
	for (size_t i = 0; i < sizeof paths / sizeof *paths; i++) {
		char *found = chairs_path(paths[i][0]);
		assert_string_equal(found, paths[i][1]);
		free(found);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(beside),
		cmocka_unit_test_setup_teardown(reads_both, begin, end),
		cmocka_unit_test_setup_teardown(reads_one, begin, end),
		cmocka_unit_test_setup_teardown(opens_both, begin, end),
		cmocka_unit_test_setup_teardown(finds_nonsense, begin, end),
		cmocka_unit_test(names_the_chairs_log),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
