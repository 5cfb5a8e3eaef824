/*
 * What the summary counts, held against the session's own questions: debates by
 * chance, with undo, corrections, interruptions, people who come and notes that
 * go.
 */
#include "../session/sitting.h"
#include "rig.h"
#include "summary.h"

static const char forum[] =
	"{\"title\":\"T\",\"people\":["
	"{\"id\":\"p0\",\"name\":\"张虎\"},{\"id\":\"p1\",\"name\":\"宋昌\"},"
	"{\"id\":\"p2\",\"name\":\"陈俊颖\",\"attending\":\"online\"},{\"id\":\"p3\",\"name\":\"Maria\"},"
	"{\"id\":\"p4\",\"name\":\"李毅\",\"attending\":\"online\"},{\"id\":\"p5\",\"name\":\"王莉\"}],"
	"\"agenda\":[{\"kind\":\"opening\",\"id\":\"s0\",\"duration\":60000,\"speakers\":[\"p0\",\"p1\"]},"
	"{\"kind\":\"point\",\"id\":\"s1\",\"duration\":600000,\"invited\":[\"p2\",\"p3\",\"p5\"]},"
	"{\"kind\":\"award\",\"id\":\"s2\",\"duration\":60000,\"recipients\":[\"p2\",\"p3\"]},"
	"{\"kind\":\"point\",\"id\":\"s3\",\"duration\":600000,\"invited\":[\"p2\",\"p4\"]},"
	"{\"kind\":\"award\",\"id\":\"s4\",\"duration\":60000,\"recipients\":[\"p4\",\"p5\",\"p0\"]}]}";

static void
add_word(struct buf *line, uint64_t *seed)
{
	static const char *const lines[] = {"segment next --leave", "segment prev --leave",
		"segment go s2 --leave", "segment go s4 --leave", "segment skip s3", "queue add ",
		"queue add ", "queue add ", "queue add --as question ", "queue add --as order ",
		"floor next", "floor next", "floor next", "floor give ", "floor end", "floor toggle",
		"floor correct 90s", "award give ", "award give ", "mark photo", "undo", "undo",
		"people set --online ", "people set --site ", "people add 来宾", "note add 话",
		"note add =定了", "note add !去做", "note add ~仅主席", "note add ?为何", "note remove ",
		"note edit 2 改了"};
	const char *chosen = lines[draw_random(seed, sizeof lines / sizeof *lines)];
	struct str s = str_of(chosen);
	buf_reset(line);
	buf_str(line, s);
	if (s.p[s.n - 1] != ' ')
		return;
	if (str_starts(s, STR("note")))
		buf_printf(line, "%u", 1 + draw_random(seed, 12));
	else
		buf_printf(line, "p%u", draw_random(seed, 6));
}

/* ---- the same, asked one by one ---- */

static void
check_people(const struct session *s, const struct summary_counts *c, int64_t t)
{
	size_t spoke = 0;
	int64_t place[2] = {0, 0}, turns = 0;
	for (size_t i = 0; i < session_person_count(s); i++) {
		struct session_talk talk =
			session_talk(s, session_person_at(s, i)->id, SIZE_MAX, t);
		const struct summary_person *found = NULL;
		for (size_t k = 0; k < c->people_n; k++)
			if (c->people[k].person == i)
				found = &c->people[k];
		assert_int_equal(talk.turns > 0, found != NULL);
		if (!found)
			continue;
		spoke++;
		turns += talk.turns;
		assert_int_equal(found->turns, talk.turns);
		assert_int_equal(found->ms, talk.ms);
		for (int online = 0; online < 2; online++) {
			bool any = false;
			for (size_t k = 0; k < session_turn_count(s); k++) {
				const struct session_turn *turn = session_turn_at(s, k);
				any = any || (str_eq(turn->person, session_person_at(s, i)->id) &&
						     (turn->attending == ATTENDING_ONLINE) == online);
			}
			place[online] += any;
		}
	}
	assert_int_equal(c->people_n, spoke);
	assert_int_equal(c->turns, turns);
	assert_int_equal(c->site, place[0]);
	assert_int_equal(c->online, place[1]);
	for (size_t i = 1; i < c->people_n; i++)
		assert_true(c->people[i - 1].ms >= c->people[i].ms);
}

static void
check_missing(const struct session *s, const struct summary_counts *c)
{
	size_t n, unheard = 0, ungiven = 0;
	const struct session_segment *all = session_segments(s, &n);
	for (size_t i = 0; i < n; i++) {
		size_t here = 0;
		for (size_t k = 0; k < c->unheard.n; k++)
			here += c->unheard.items[k].segment == i;
		assert_int_equal(here, all[i].invited.n ? session_unheard(s, i) : 0);
		unheard += here;
		for (size_t k = 0; k < all[i].recipients.n; k++)
			ungiven += !session_awarded(s, i, all[i].recipients.items[k]);
	}
	assert_int_equal(c->unheard.n, unheard);
	assert_int_equal(c->ungiven.n, ungiven);
	for (size_t k = 0; k < c->unheard.n; k++) {
		struct summary_missing *m = &c->unheard.items[k];
		assert_int_equal(session_talk(s, m->person, m->segment, 0).turns, 0);
	}
	for (size_t k = 0; k < c->ungiven.n; k++)
		assert_false(session_awarded(s, c->ungiven.items[k].segment, c->ungiven.items[k].person));
	assert_true(c->invites && c->awards);
}

static void
check_notes(const struct session *s, const struct summary_counts *c)
{
	int64_t by[MARK_COUNT] = {0}, all = 0;
	for (size_t i = 0; i < session_note_count(s); i++) {
		const struct session_note *note = session_note_at(s, i);
		by[note->mark] += !note->removed;
		all += !note->removed;
	}
	assert_int_equal(c->notes, all - by[MARK_PRIVATE]);
	assert_int_equal(c->decisions.n, by[MARK_DECISION]);
	assert_int_equal(c->actions.n, by[MARK_ACTION]);
	for (size_t i = 0; i < c->actions.n; i++)
		assert_int_equal(session_note_at(s, c->actions.items[i])->mark, MARK_ACTION);
	assert_int_equal(c->marks, session_mark_count(s));
}

static void
check(const struct session *s, int64_t t)
{
	struct summary_counts c;
	summary_count(&c, s, t);
	check_people(s, &c, t);
	check_missing(s, &c);
	check_notes(s, &c);
	summary_counts_finish(&c);
}

static void
it_counts_what_the_session_answers(void **state)
{
	enum { ROUNDS = 60, STEPS = 150 };
	uint64_t seed = seed_random();
	int64_t turns = 0, notes = 0;
	(void)state;
	for (int round = 0; round < ROUNDS; round++) {
		struct sitting x = sitting_open(forum);
		struct buf line = {0};
		int64_t t = 0;
		check(x.s, 0);
		for (int step = 0; step < STEPS; step++) {
			t += draw_random(&seed, 90000);
			add_word(&line, &seed);
			sitting_do(&x, t, line.p);
			if (step % 10 == 0)
				check(x.s, t + draw_random(&seed, 5000));
		}
		if (round % 2)
			assert_int_equal(sitting_do(&x, t, "session close"), 0);
		check(x.s, t);
		turns += (int64_t)session_turn_count(x.s);
		notes += (int64_t)session_note_count(x.s);
		buf_finish(&line);
		sitting_close(&x);
	}
	/* A walk in which nothing happens would prove nothing. */
	assert_true(turns > ROUNDS * 5 && notes > ROUNDS * 5);
}

static void
an_empty_agenda_has_nothing_to_miss(void **state)
{
	struct sitting x = sitting_plain();
	struct summary_counts c;
	(void)state;
	summary_count(&c, x.s, 0);
	assert_false(c.invites);
	assert_false(c.awards);
	assert_int_equal(c.people_n + c.unheard.n + c.ungiven.n + c.decisions.n + c.actions.n, 0);
	summary_counts_finish(&c);
	sitting_close(&x);
}

static void
as_long_stands_as_on_the_roster(void **state)
{
	struct sitting x = sitting_plain();
	struct summary_counts c;
	(void)state;
	sitting_do(&x, 0, "segment next");
	sitting_do(&x, 1000, "floor give c");
	sitting_do(&x, 3000, "floor give a");
	sitting_do(&x, 5000, "floor give b");
	sitting_do(&x, 9000, "floor end");
	summary_count(&c, x.s, 9000);
	assert_int_equal(c.people_n, 3);
	assert_int_equal(c.people[0].person, 1);
	assert_int_equal(c.people[1].person, 0);
	assert_int_equal(c.people[2].person, 2);
	assert_int_equal(c.online, 1);
	summary_counts_finish(&c);
	sitting_close(&x);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(it_counts_what_the_session_answers),
		cmocka_unit_test(an_empty_agenda_has_nothing_to_miss),
		cmocka_unit_test(as_long_stands_as_on_the_roster),
	};
	return cmocka_run_group_tests_name("summary", tests, NULL, NULL);
}
