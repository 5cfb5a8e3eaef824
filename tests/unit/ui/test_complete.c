/*
 * Completion: '|' in these lines is the caret; what is offered is told as
 * "text text text", first what all begin with where that is more than is
 * typed, as "[common] …".
 */
#include "rig.h"

#include "complete.h"

static const char forum[] =
	"{\"format\":1,\"title\":\"T\",\"language\":\"en\","
	"\"people\":[{\"id\":\"ann\",\"name\":\"Ann Lee\",\"title\":\"Dr\"},"
	"{\"id\":\"zh\",\"name\":\"张虎\",\"title\":\"教授\",\"affiliation\":\"山西大学\",\"pinyin\":\"zhang hu\"},"
	"{\"id\":\"li\",\"name\":\"李毅\",\"pinyin\":\"li yi\"},"
	"{\"id\":\"li2\",\"name\":\"李毅\",\"pinyin\":\"li yi\"}],"
	"\"agenda\":[{\"kind\":\"point\",\"id\":\"p1\",\"title\":\"Why?\",\"duration\":600000},"
	"{\"kind\":\"award\",\"id\":\"w1\",\"duration\":60000,\"recipients\":[\"zh\"]},"
	"{\"kind\":\"photo\",\"id\":\"f1\",\"duration\":60000}]}";

static void
apply(struct session *s, const struct events *list)
{
	const char *why;
	for (size_t i = 0; i < list->n; i++)
		if (session_apply(s, &list->items[i], &why) < 0)
			fail_msg("%s", why);
}

static void
say(struct session *s, const char *line)
{
	struct arena a = {0};
	struct command c;
	struct refused no;
	struct events list = {0};
	assert_int_equal(command_parse(str_of(line), &a, &c, &no), 0);
	c.seat = SEAT_CHAIR;
	c.by = STR("chair");
	c.at = STR("2026-01-01T10:00:00+00:00");
	if (session_decide(s, &c, &list, &no))
		fail_msg("%s: %s", line, no.why);
	apply(s, &list);
	events_finish(&list);
	arena_finish(&a);
}

static int
begin(void **state)
{
	struct session *s = session_create();
	struct events list = {0};
	const char *why = NULL;
	struct str at = STR("2026-01-01T10:00:00+00:00");
	if (!session_opening(&list, STR("dais"), str_of(forum), false, at, STR("host"), &why))
		fail_msg("%s", why);
	apply(s, &list);
	events_finish(&list);
	struct event host = event_make(EVENT_SESSION_HOST);
	host.host.epoch = 1;
	host.host.host = host.host.boot = STR("x");
	host.host.why = STR("start");
	host.host.wall = 36000000;
	host.host.mono = host.host.gap = host.host.zone = 0;
	session_hosting(s, &list, &host, 0, at, STR("host"));
	apply(s, &list);
	events_finish(&list);
	say(s, "segment next");
	say(s, "queue add 张虎");
	say(s, "queue add li2 --as question");
	say(s, "note add it is so");
	say(s, "note add taken back");
	say(s, "note remove 2");
	*state = s;
	return 0;
}

static int
finish(void **state)
{
	session_destroy(*state);
	return 0;
}

static size_t
asked(const struct session *s, const char *line, struct arena *a, struct completion *out)
{
	const char *caret = strchr(line, '|');
	struct buf whole = {0};
	assert_non_null(caret);
	buf_put(&whole, line, (size_t)(caret - line));
	size_t at = whole.n;
	buf_puts(&whole, caret + 1);
	complete(s, arena_str(a, buf_view(&whole)), at, a, out);
	buf_finish(&whole);
	return at;
}

static const struct {
	const char *line;
	size_t start;
	const char *offered;
} table[] = {
	/* The command's name. */
	{"|", 0, "segment agenda floor queue people note award mark message chair undo session report"},
	{"s|", 0, "[se] segment session"},
	{"qu|", 0, "[queue] queue"},
	{"  qu|", 2, "[queue] queue"},
	{"queue |", 6, "add move remove close open order limit interrupt"},
	{"queue o|", 6, "open order"},
	{"queue |add", 6, "add move remove close open order limit interrupt"},
	{"give|", 0, "floor give award give"},
	{"tog|", 0, "floor toggle"},
	{"nothing |", 8, ""},
	{"nothing here |", 13, ""},
	{"ｑｕ|", 0, "[queue] queue"},
	{"queue　ｏｒ|", 8, "[order] order"},
	/* Words that are known beforehand. */
	{"queue order |", 12, "fifo unheard-first alternate"},
	{"queue interrupt c|", 16, "[charge] charge"},
	{"queue add zh --as |", 18, "order question reply speech"},
	{"queue add zh --as=r|", 18, "[reply] reply"},
	{"queue add zh ——as　|", 24, "order question reply speech"},
	{"queue move 1 |", 13, "up down top"},
	{"people set zh --link m|", 21, "[muted] muted"},
	{"people set zh --role k|", 21, "[keynote] keynote"},
	{"note add x --mark |", 18, "claim question action decision quote private"},
	/* Options: those of this command, each once, none that excludes another. */
	{"segment next |", 13, "[--] --carry --leave"},
	{"segment next --|", 13, "--carry --leave"},
	{"segment next --c|", 13, "[--carry] --carry"},
	{"segment next --carry -|", 21, ""},
	{"queue add zh --online --|", 22, "--about --as --override --top"},
	{"queue add zh -- --|", 16, ""},
	{"floor next --ba|", 11, "[--basis] --basis"},
	{"floor next |", 11, ""},
	{"note add some text --p|", 19, "--person --plain"},
	{"note add some text |", 19, "[--] --mark --person --plain --turn"},
	/* People: by name, id, sound; a name that two have gives way to the id. */
	{"floor give zhang|", 11, "张虎"},
	{"floor give 张|", 11, "[张虎] 张虎"},
	{"floor give an|", 11, "\"Ann Lee\""},
	{"floor give \"Ann L|", 11, "[\"Ann Lee\"] \"Ann Lee\""},
	{"floor give “Ann L|", 11, "\"Ann Lee\""},
	{"floor give Ann\\ L|", 11, "\"Ann Lee\""},
	/* Who waits is who gets the floor; who waits already is not added. */
	{"floor give 李|", 11, "li2 li"},
	{"queue add 李|", 10, "li li2"},
	{"message send --to c|", 18, "[chair] chair"},
	{"people set 李|", 11, "li li2"},
	{"floor give 李毅 |", 18, "[--for] --for"},
	{"award give 张虎 --by li,zh|", 23, "li,张虎"},
	{"award give 张虎 --by li、an|", 23, "\"li、Ann Lee\""},
	{"chair pass b|", 11, "[back] back"},
	{"note add x --person 张|", 20, "[张虎] 张虎"},
	/* What the session has. */
	{"segment go |", 11, "p1 w1 f1"},
	{"segment go Wh|", 11, "p1"},
	{"queue remove |", 13, "2 1"},
	{"queue remove zhang|", 13, "1"},
	{"queue move 2 u|", 13, "[up] up"},
	{"note edit |", 10, "[1] 1"},
	{"note edit so|", 10, "1"},
	{"note edit 1 |", 12, "[--] --mark --plain"},
	{"queue limit |", 12, ""},
	{"floor extend |", 13, ""},
};

static void
offers(void **state)
{
	int bad = 0;
	for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
		struct arena a = {0};
		struct completion found;
		struct buf told = {0};
		asked(*state, table[i].line, &a, &found);
		if (found.common.n)
			buf_printf(&told, "[%.*s]", STR_ARG(found.common));
		for (size_t k = 0; k < found.n; k++)
			buf_printf(&told, "%s%.*s", told.n ? " " : "", STR_ARG(found.items[k].text));
		if (strcmp(told.p ? told.p : "", table[i].offered) != 0 || found.start != table[i].start) {
			print_error("%s: “%s” from %zu\n", table[i].line, told.p ? told.p : "",
				found.start);
			bad++;
		}
		buf_finish(&told);
		arena_finish(&a);
	}
	assert_int_equal(bad, 0);
}

/* What can be undone stands there with what it was. */
static void
undoing(void **state)
{
	struct arena a = {0};
	struct completion found;
	asked(*state, "undo |", &a, &found);
	assert_int_equal(found.n, 6);
	assert_str(found.items[0].help, "the removal of the note “taken back” · chair");
	assert_str(found.items[5].help, "going to Point 1 · chair");
	struct buf line = {0};
	buf_printf(&line, "undo %.*s", STR_ARG(found.items[0].text));
	say(*state, line.p);
	asked(*state, "undo |", &a, &found);
	assert_int_equal(found.n, 5);
	buf_finish(&line);
	arena_finish(&a);
}

/* What was offered stays while others go on. */
static void
outlives(void **state)
{
	struct arena a = {0};
	struct completion found;
	asked(*state, "queue remove |", &a, &found);
	for (int i = 0; i < 40; i++)
		say(*state, "people set li2 --name 别的名字 --title 一个相当长的头衔");
	say(*state, "queue remove 2");
	assert_str(found.items[0].help, "李毅 · question");
	asked(*state, "segment go |", &a, &found);
	say(*state, "segment next --leave");
	assert_str(found.items[0].help, "Why?");
	arena_finish(&a);
}

/* No option of any command is missing here, and each has its line of help. */
static void
options_known(void **state)
{
	const struct command_row *rows = command_rows();
	for (int i = 0; i < CMD_COUNT; i++) {
		for (const char *at = rows[i].args; (at = strstr(at, "--")) != NULL;) {
			struct arena a = {0};
			struct completion found;
			struct buf line = {0};
			size_t n = strcspn(at, " ");
			buf_printf(&line, "%s %s", rows[i].noun, rows[i].word);
			for (const char *p = rows[i].args; *p && *p != '-'; p++)
				if (*p != ' ' && *p != '?' && *p != 't')
					buf_puts(&line, " 1");
			buf_printf(&line, " %.*s|", (int)n, at);
			asked(*state, line.p, &a, &found);
			if (found.n != 1 || !found.items[0].help.n)
				fail_msg("%s", line.p);
			buf_finish(&line);
			arena_finish(&a);
			at += n;
		}
	}
}

/* What is taken reads back as the command that it was meant for. */
static void
reads_back(void **state)
{
	static const char *const lines[] = {"floor give |", "segment go |", "queue remove |",
		"note remove |", "queue order |", "chair pass |", "undo |", "queue interrupt |",
		"queue add zh --as |", "queue move 1 |", "award give zh --by |"};
	for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
		struct arena a = {0};
		struct completion found;
		size_t at = asked(*state, lines[i], &a, &found);
		assert_true(found.n > 0);
		for (size_t k = 0; k < found.n; k++) {
			struct command c;
			struct refused no;
			struct buf whole = {0};
			buf_put(&whole, lines[i], at);
			whole.n = found.start;
			buf_str(&whole, found.items[k].text);
			if (command_parse(buf_view(&whole), &a, &c, &no))
				fail_msg("%s: %s", whole.p, no.why);
			buf_finish(&whole);
		}
		arena_finish(&a);
	}
}

/* Whatever stands there, nothing breaks, and what is replaced lies within the line. */
static void
anything(void **state)
{
	static const char *const pieces[] = {"queue", " ", "add", "--as", "=", "\"", "'", "\\", "“", "”",
		"张", "zh", "　", "--", "，", "\xff", "note ", "undo ", "-", "１", ",", "\xe5\xbc"};
	uint64_t dice = seed_random();
	for (int round = 0; round < 3000; round++) {
		struct arena a = {0};
		struct completion found;
		struct buf line = {0};
		for (uint32_t n = draw_random(&dice, 9); n > 0; n--)
			buf_puts(&line, pieces[draw_random(&dice, sizeof pieces / sizeof *pieces)]);
		size_t at = line.n ? draw_random(&dice, (uint32_t)line.n + 1) : 0;
		complete(*state, buf_view(&line), at, &a, &found);
		assert_true(found.start <= found.end && found.end == at);
		for (size_t i = 0; i < found.n; i++)
			assert_true(found.items[i].text.n > 0 && utf8_valid(found.items[i].text, NULL));
		buf_finish(&line);
		arena_finish(&a);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(offers, begin, finish),
		cmocka_unit_test_setup_teardown(undoing, begin, finish),
		cmocka_unit_test_setup_teardown(outlives, begin, finish),
		cmocka_unit_test_setup_teardown(options_known, begin, finish),
		cmocka_unit_test_setup_teardown(reads_back, begin, finish),
		cmocka_unit_test_setup_teardown(anything, begin, finish),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
