/* Notes: their limit to the byte, and ids that two logs share. */
#include "sitting.h"

static enum refusal
note_of(struct sitting *x, const char *piece, size_t bytes)
{
	struct buf line = {0};
	buf_puts(&line, "note add --plain -- ");
	size_t start = line.n;
	while (line.n - start < bytes)
		buf_puts(&line, piece);
	enum refusal code = sitting_ask(x, 0, SEAT_SCRIBE, buf_view(&line));
	buf_finish(&line);
	return code;
}

static void
limit_to_the_byte(void **state)
{
	struct sitting x = sitting_plain();
	(void)state;
	sitting_do(&x, 0, "segment next");
	assert_int_equal(note_of(&x, "x", 8192), REFUSAL_NONE);
	assert_int_equal(note_of(&x, "x", 8193), REFUSAL_LIMIT);
	assert_int_equal(note_of(&x, "话", 8190), REFUSAL_NONE);
	/* Each of these takes six bytes in the log, and the line still has room for them. */
	assert_int_equal(note_of(&x, "\x01", 8192), REFUSAL_NONE);
	sitting_close(&x);
}

static void
every_text_has_a_limit(void **state)
{
	static const struct {
		const char *command;
		size_t most;
	} texts[] = {{"mark photo -- ", 1024}, {"message send -- ", 8192}, {"chair pass ", 0},
		{"people add ", 256}, {"people set a --title ", 256}, {"people set a --name ", 256},
		{"session close --why ", 1024}};
	struct sitting x = sitting_plain();
	(void)state;
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		struct buf line = {0};
		buf_puts(&line, texts[i].command);
		buf_fill(&line, 'y', texts[i].most + 1);
		enum refusal code = sitting_ask(&x, 0, SEAT_CHAIR, buf_view(&line));
		assert_int_equal(code, texts[i].most ? REFUSAL_LIMIT : REFUSAL_UNKNOWN_PERSON);
		line.n--;
		if (texts[i].most)
			assert_int_equal(
				sitting_ask(&x, 0, SEAT_CHAIR, buf_view(&line)), REFUSAL_NONE);
		buf_finish(&line);
	}
	sitting_close(&x);
}

/* What comes late belongs to nobody who happens to speak now. */
static void
a_note_on_no_turn(void **state)
{
	struct sitting x = sitting_plain();
	(void)state;
	sitting_do(&x, 0, "segment next");
	sitting_do(&x, 0, "floor give a");
	sitting_do(&x, 0, "note add --turn 0 -- nobody's");
	sitting_do(&x, 0, "note add --turn 0 --person a -- theirs");
	sitting_do(&x, 0, "note add on the turn");
	for (size_t i = 0; i < 3; i++) {
		const struct session_note *note = session_note_at(x.s, i);
		assert_int_equal(note->turn, i == 2 ? 1 : 0);
		assert_true(str_is(note->person, i == 0 ? "" : "a"));
	}
	sitting_close(&x);
}

/* What waited on a console whose line was cut is told from what only speaks of it. */
static void
a_late_note_is_known(void **state)
{
	static const struct {
		const char *extra;
		bool late;
	} cases[] = {{"", false}, {"\"req\":\"x\"", false}, {"\"req\":\"x\",\"late\":2000", true},
		{"\"req\":\"\\\"late\\\":1\"", false}};
	struct sitting x = sitting_plain();
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct event e = event_make(EVENT_NOTE_ADD);
		e.note.note = (int64_t)i + 1;
		e.note.text = STR("\"late\":1");
		e.extra = str_of(cases[i].extra);
		assert_int_equal(sitting_apply(&x, e), 0);
		assert_int_equal(session_note_at(x.s, i)->late, cases[i].late);
	}
	sitting_close(&x);
}

static void
two_logs_share_the_ids(void **state)
{
	struct sitting x = sitting_plain();
	(void)state;
	sitting_do(&x, 0, "segment next");
	sitting_do(&x, 0, "note add one");
	sitting_do(&x, 0, "note add ~ two");
	sitting_do(&x, 0, "note add three");
	size_t n = session_note_count(x.s);
	assert_int_equal(n, 3);
	for (size_t i = 0; i < n; i++)
		assert_int_equal(session_note_at(x.s, i)->id, i + 1);
	assert_int_equal(session_note_at(x.s, 1)->lane, LANE_CHAIRS);
	assert_int_equal(session_next_seq(x.s, LANE_CHAIRS), 1);
	/* A private note never changes what the session's log is asked about. */
	assert_int_equal(session_next_seq(x.s, LANE_SESSION), 5);
	sitting_close(&x);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(limit_to_the_byte),
		cmocka_unit_test(a_note_on_no_turn),
		cmocka_unit_test(a_late_note_is_known),
		cmocka_unit_test(every_text_has_a_limit),
		cmocka_unit_test(two_logs_share_the_ids),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
