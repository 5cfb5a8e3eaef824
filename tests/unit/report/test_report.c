/* What a report tells of a session: everybody, in order, nothing that was meant for chairs, and no
 * text that acts as Markdown. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <jansson.h>

#include "../../../src/report/internal.h"
#include "dais/command.h"
#include "dais/report.h"

static const char forum[] =
	"{\"dais\":1,\"title\":\"A *forum* on #1\",\"language\":\"en\",\"sponsors\":[\"Sponsor | "
	"One\"],"
	"\"people\":[{\"id\":\"ann\",\"name\":\"Ann Lee\",\"title\":\"Dr\",\"affiliation\":\"Unit "
	"A\",\"role\":\"executive-chair\"},"
	"{\"id\":\"zh\",\"name\":\"张虎\",\"title\":\"教授\",\"affiliation\":\"山西大学\","
	"\"attending\":\"online\"},"
	"{\"id\":\"li\",\"name\":\"李毅\"}],"
	"\"agenda\":[{\"kind\":\"point\",\"id\":\"p1\",\"title\":\"Why?\",\"duration\":600000,"
	"\"invited\":[\"zh\"]},"
	"{\"kind\":\"award\",\"id\":\"w1\",\"duration\":60000,\"recipients\":[\"zh\",\"li\","
	"\"ann\"],\"presenters\":[\"ann\"]},"
	"{\"kind\":\"photo\",\"id\":\"f1\",\"duration\":60000}],"
	"\"report\":{\"written_by\":[\"Somebody Else\"],\"approved_by\":[\"Ann Lee\"]}}";

static void
apply(struct session *s, const struct events *list)
{
	const char *why;
	for (size_t i = 0; i < list->n; i++)
		if (session_apply(s, &list->items[i], &why) < 0)
			fail_msg("%s", why);
}

static struct session *
opened(void)
{
	struct session *s = session_create();
	struct events list = {0};
	const char *why;
	assert_true(session_opening(&list, STR("dais"), str_of(forum), false,
		STR("2026-01-01T10:00:00+00:00"), STR("host"), &why));
	apply(s, &list);
	struct event host = event_make(EVENT_SESSION_HOST);
	host.host.epoch = 1;
	host.host.host = host.host.boot = STR("x");
	host.host.why = STR("start");
	host.host.wall = 36000000;
	host.host.mono = host.host.gap = host.host.zone = 0;
	session_hosting(s, &list, &host, 0, STR("2026-01-01T10:00:00+00:00"), STR("host"));
	apply(s, &list);
	events_finish(&list);
	return s;
}

/* The opening of a log of corrections. */
static void
amend(struct session *s)
{
	struct events list = {0};
	struct event e = event_make(EVENT_AMEND_OPEN);
	e.amend.of = e.amend.head = STR("x");
	e.amend.records = 1;
	session_amend(s, &list, &e, 0, STR("2026-01-02T10:00:00+00:00"), STR("chair"));
	apply(s, &list);
	events_finish(&list);
}

static void
say(struct session *s, int64_t t, const char *line)
{
	struct arena a = {0};
	struct command c;
	struct refused no;
	struct events list = {0};
	assert_int_equal(command_parse(str_of(line), &a, &c, &no), 0);
	c.seat = SEAT_CHAIR;
	c.by = STR("chair");
	c.t = t;
	c.at = STR("2026-01-01T10:00:00+00:00");
	if (session_decide(s, &c, &list, &no))
		fail_msg("%s: %s", line, no.why);
	apply(s, &list);
	events_finish(&list);
	arena_finish(&a);
}

static struct session *
debated(void)
{
	struct session *s = opened();
	say(s, 0, "segment next");
	say(s, 1000, "queue add 张虎");
	say(s, 2000, "floor next");
	say(s, 3000, "note add it is *so* <b>");
	say(s, 3000, "note add ~only for chairs");
	say(s, 4000, "note add taken back");
	say(s, 4500, "note remove 3");
	say(s, 5000, "queue add 李毅 --as question");
	say(s, 6000, "floor next");
	say(s, 7000, "note add ?- is it");
	say(s, 9000, "floor end");
	say(s, 65000, "floor end");
	return s;
}

static struct buf
written(const struct session *s, enum report_format f, int64_t now)
{
	struct buf out = {0};
	struct report_options o = {.now_t = now};
	report_write(&out, s, f, &o);
	return out;
}

/* Each of the texts, one behind the other. */
static void
in_order(struct buf *text, const char *const *parts, size_t n)
{
	const char *at = text->p;
	for (size_t i = 0; i < n; i++) {
		const char *found = strstr(at, parts[i]);
		if (!found)
			fail_msg("not found behind the others: %s\nin\n%s", parts[i], text->p);
		at = found + strlen(parts[i]);
	}
}

static void
people_stand_in_the_order_they_spoke(void **state)
{
	struct session *s = debated();
	struct buf md = written(s, REPORT_MD, 70000);
	static const char *const parts[] = {"# A \\*forum\\* on \\#1",
		"**DRAFT** The session is still open", "Ann Lee, Dr, Unit A",
		"## Debate point 1: Why?", "**张虎, 教授, 山西大学** (online, 1:00)",
		"- it is \\*so\\* \\<b\\>", "**李毅** (clarifying question, 0:03)",
		"- **Question:** \\- is it", "| 张虎, 教授, 山西大学 | 1 | 1:00 |",
		"Sponsor \\| One", "Somebody Else", "**Approved by:** Ann Lee"};
	(void)state;
	in_order(&md, parts, sizeof parts / sizeof *parts);
	assert_null(strstr(md.p, "only for chairs"));
	assert_null(strstr(md.p, "taken back"));
	buf_finish(&md);
	session_destroy(s);
}

static void
a_running_turn_counts_up_to_now(void **state)
{
	struct session *s = debated();
	(void)state;
	say(s, 70000, "floor give ann");
	struct buf md = written(s, REPORT_MD, 80000);
	assert_non_null(strstr(md.p, "**Ann Lee, Dr, Unit A** (0:10, still speaking)"));
	buf_finish(&md);
	say(s, 90000, "session close");
	md = written(s, REPORT_MD, 999000);
	assert_non_null(strstr(md.p, "**Ann Lee, Dr, Unit A** (0:20)"));
	assert_non_null(strstr(md.p, "**DRAFT** Not approved yet."));
	buf_finish(&md);
	session_destroy(s);
}

static void
certificates_are_told_by_hands(void **state)
{
	struct session *s = debated();
	(void)state;
	say(s, 70000, "segment next");
	say(s, 71000, "award give 张虎");
	say(s, 72000, "award give 李毅");
	say(s, 73000, "segment next");
	say(s, 74000, "mark photo all of us");
	struct buf md = written(s, REPORT_MD, 80000);
	static const char *const parts[] = {
		"- Ann Lee presented the certificate of thanks to 张虎, 教授, 山西大学; 李毅",
		"- Not handed over: Ann Lee", "- 10:01 Photo taken: all of us"};
	in_order(&md, parts, 3);
	buf_finish(&md);
	session_destroy(s);
}

static void
markdown_is_kept_from_acting(void **state)
{
	static const struct {
		const char *text, *shown;
	} rows[] = {
		{"plain 文字", "plain 文字"},
		{"a_b*c`d", "a\\_b\\*c\\`d"},
		{"- item", "\\- item"},
		{"1. first", "1\\. first"},
		{"12) x", "12\\) x"},
		{"3.5 times", "3\\.5 times"},
		{"+ plus", "\\+ plus"},
		{"=== x", "\\=== x"},
		{"# head", "\\# head"},
		{"> quote", "\\> quote"},
		{"[a](javascript:x)", "\\[a\\](javascript:x)"},
		{"<script>", "\\<script\\>"},
		{"a|b", "a\\|b"},
		{"&lt;", "\\&lt;"},
		{"two\nlines\r\n\r\nand", "two lines and"},
		{"esc\x1b[31m\xe2\x80\xaeread", "esc\\[31mread"},
		{"\x1b- item", "\\- item"},
		{"\xe2\x80\x8b"
		 "1. first",
			"1\\. first"},
		{"bad \xff byte", "bad \xef\xbf\xbd byte"},
		{"  blanks  ", "blanks"},
		{"", ""},
		{"7", "7"},
	};
	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct buf out = {0};
		markdown_text(&out, str_of(rows[i].text));
		assert_string_equal(out.p ? out.p : "", rows[i].shown);
		buf_finish(&out);
	}
	struct buf out = {0};
	markdown_text(&out, (struct str){"\0x", 2});
	assert_string_equal(out.p, "x");
	buf_finish(&out);
}

static void
json_holds_the_fold(void **state)
{
	struct session *s = debated();
	struct buf text = written(s, REPORT_JSON, 70000);
	json_error_t error;
	json_t *root = json_loads(text.p, JSON_REJECT_DUPLICATES, &error);
	(void)state;
	assert_non_null(root);
	assert_true(json_is_true(json_object_get(root, "draft")));
	json_t *turns = json_object_get(root, "turns"), *notes = json_object_get(root, "notes");
	assert_int_equal(json_array_size(turns), 2);
	assert_int_equal(
		json_integer_value(json_object_get(json_array_get(turns, 0), "spoken_ms")), 60000);
	assert_string_equal(
		json_string_value(json_object_get(json_array_get(turns, 1), "as")), "question");
	assert_int_equal(json_array_size(notes), 2);
	assert_string_equal(json_string_value(json_object_get(json_array_get(notes, 0), "text")),
		"it is *so* <b>");
	assert_int_equal(json_array_size(json_object_get(root, "people")), 3);
	assert_null(strstr(text.p, "only for chairs"));
	json_decref(root);
	buf_finish(&text);
	session_destroy(s);
}

static void
numbers_are_said_in_chinese(void **state)
{
	static const struct {
		int n;
		const char *said;
	} rows[] = {{1, "一"}, {3, "三"}, {10, "十"}, {11, "十一"}, {20, "二十"}, {35, "三十五"},
		{99, "九十九"}, {100, "100"}};
	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct buf out = {0};
		i18n_ordinal(&out, rows[i].n, true);
		assert_string_equal(out.p, rows[i].said);
		buf_finish(&out);
	}
}

/* What no event can hold (bytes that are not UTF-8) and what formats.py does not reach. */
static void
each_format_escapes_its_own(void **state)
{
	static const struct {
		void (*put)(struct buf *out, struct str text);
		const char *text, *shown;
	} rows[] = {
		{csv_cell, "plain 文字", "plain 文字"},
		{csv_cell, "", ""},
		{csv_cell, "=1", "'=1"},
		{csv_cell, "\t=1", "'=1"},
		{csv_cell, "\xe2\x80\x8b@x", "'@x"},
		{csv_cell, "＝1", "'＝1"},
		{csv_cell, "1=1", "1=1"},
		{csv_cell, "-,\"", "\"'-,\"\"\""},
		{csv_cell, "a;b", "\"a;b\""},
		{csv_cell, "a\r\nb", "\"a\nb\""},
		{csv_cell, "a\xff", "a\xef\xbf\xbd"},
		{vtt_text, "a --> b", "a --&gt; b"},
		{vtt_text, "<c>&amp;", "&lt;c&gt;&amp;amp;"},
		{vtt_text, "a\n\nb", "a b"},
		{vtt_text, "\xff", "\xef\xbf\xbd"},
		{html_text, "<a href='x' title=\"y\">&",
			"&lt;a href=&#39;x&#39; title=&quot;y&quot;&gt;&amp;"},
		{html_text, "two\n\n lines \n", "two\nlines"},
		{html_text, "\xe2\x80\x8b\xc2\xa0 a\xc2\xa0z \xe3\x80\x80\xe2\x80\x83\xe2\x80\x8b", "a\xc2\xa0z"},
		{csv_cell, "\xc2\xa0=1", "'=1"},
		{vtt_text, "\xe3\x80\x80\n", ""},
		{html_text,
			"\xe2\x80\xae"
			"a\x1b[m\xff",
			"a[m\xef\xbf\xbd"},
	};
	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct buf out = {0};
		rows[i].put(&out, str_of(rows[i].text));
		assert_string_equal(out.p ? out.p : "", rows[i].shown);
		buf_finish(&out);
	}
}

static void
formats_are_known_by_their_names(void **state)
{
	static const char *const names[] = {"md", "html", "csv", "vtt", "chapters", "json"};
	enum report_format f;
	(void)state;
	assert_int_equal(sizeof names / sizeof *names, REPORT_FORMAT_COUNT);
	for (size_t i = 0; i < REPORT_FORMAT_COUNT; i++) {
		assert_true(report_format_from(str_of(names[i]), &f));
		assert_string_equal(report_format_text(f), names[i]);
		assert_int_equal(
			report_format_recorded(f), f == REPORT_VTT || f == REPORT_CHAPTERS);
	}
	assert_false(report_format_from(STR("pdf"), &f));
	assert_false(report_format_from(STR(""), &f));
}

/* 0 is noon of the day on which the calendar is asked; the host's clock says which. */
static void
dates_are_local(void **state)
{
	static const struct {
		int64_t wall, zone;
		const char *date, *time;
	} rows[] = {{0, 0, "1970-01-01", "00:00:00"}, {-1, 0, "1969-12-31", "23:59:59"},
		{951782400000, 0, "2000-02-29", "00:00:00"},
		{1709164799000, 0, "2024-02-28", "23:59:59"},
		{1709164799000, 480, "2024-02-29", "07:59:59"},
		{1735689599999, 0, "2024-12-31", "23:59:59"},
		{1735689600000, -300, "2024-12-31", "19:00:00"}};
	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct session *s = opened();
		struct buf out = {0};
		/* The host of opened() stood at 36000000 when the session's time was 0. */
		int64_t t = rows[i].wall - 36000000 + rows[i].zone * 60000;
		report_date(&out, s, t);
		assert_string_equal(out.p, rows[i].date);
		buf_reset(&out);
		report_seconds(&out, s, t);
		assert_string_equal(out.p, rows[i].time);
		buf_finish(&out);
		session_destroy(s);
	}
}

/* Each format says whether it is a draft, and why, or holds its peace. */
static void
says(const struct session *s, struct str damage, bool draft, const char *why)
{
	const struct report_options o = {.now_t = 90000, .damage = damage};
	assert_int_equal(report_is_draft(s, &o), draft);
	for (int f = 0; f < REPORT_FORMAT_COUNT; f++) {
		struct buf out = {0};
		report_write(&out, s, (enum report_format)f, &o);
		if (f == REPORT_MD || f == REPORT_HTML || f == REPORT_VTT) {
			assert_int_equal(!!strstr(out.p, "DRAFT"), draft);
			if (why && !strstr(out.p, why))
				fail_msg("%s: not in %s", why, out.p);
		}
		if (f == REPORT_JSON)
			assert_non_null(
				strstr(out.p, draft ? "\"draft\": true" : "\"draft\": false"));
		buf_finish(&out);
	}
}

static void
a_draft_until_it_is_approved(void **state)
{
	struct session *s = debated();
	(void)state;
	says(s, STR_NONE, true, "still open");
	say(s, 80000, "session close");
	says(s, STR_NONE, true, "Not approved yet.");
	amend(s);
	say(s, 90000, "note edit 1 *changed*");
	says(s, STR_NONE, true, "With one correction made after the close.");
	say(s, 90000, "report approve ann,Zoe_Z");
	says(s, STR_NONE, false, "With one correction made after the close.");
	struct buf md = written(s, REPORT_MD, 90000);
	assert_non_null(strstr(md.p, "**Approved by:** Ann Lee, Zoe\\_Z (2026-01-01)"));
	assert_non_null(strstr(md.p, "\n## Corrections made after the close\n\n"
				     "- 2026-01-01 chair: a note of "));
	assert_non_null(strstr(md.p, "\\*changed\\*"));
	buf_finish(&md);
	/* What cannot be trusted was not approved. */
	says(s, STR("line 9 is bad"), true, "but the log cannot all be trusted.");
	say(s, 90000, "people set zh --name Zhang");
	says(s, STR_NONE, true, "2026-01-01, but changed since then.");
	md = written(s, REPORT_MD, 90000);
	assert_non_null(strstr(md.p, "**Approved by:** Ann Lee\n")); /* who is to do it */
	assert_non_null(strstr(md.p, "the name of Zhang was corrected"));
	buf_finish(&md);
	say(s, 90000, "undo");
	says(s, STR_NONE, false, NULL);
	session_destroy(s);
}

/* A note that was added afterwards is printed with its turn; one for chairs is not, nor named. */
static void
corrections_stand_where_they_belong(void **state)
{
	struct session *s = debated();
	(void)state;
	say(s, 70000, "note add ~ secret");
	say(s, 80000, "session close");
	amend(s);
	say(s, 90000, "note add ! added to the first --turn 1");
	struct buf md = written(s, REPORT_MD, 90000), json = written(s, REPORT_JSON, 90000);
	const char *turn = strstr(md.p, "**张虎, 教授, 山西大学** (online");
	const char *added = strstr(md.p, "added to the first"), *next = strstr(md.p, "**李毅** (");
	assert_true(turn && added && next && turn < added && added < next);
	assert_null(strstr(md.p, "secret"));
	assert_null(strstr(json.p, "secret"));
	assert_non_null(strstr(json.p, "\"kind\": \"note.add\""));
	buf_finish(&md);
	buf_finish(&json);
	session_destroy(s);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(people_stand_in_the_order_they_spoke),
		cmocka_unit_test(a_running_turn_counts_up_to_now),
		cmocka_unit_test(certificates_are_told_by_hands),
		cmocka_unit_test(markdown_is_kept_from_acting),
		cmocka_unit_test(json_holds_the_fold),
		cmocka_unit_test(numbers_are_said_in_chinese),
		cmocka_unit_test(each_format_escapes_its_own),
		cmocka_unit_test(formats_are_known_by_their_names),
		cmocka_unit_test(dates_are_local),
		cmocka_unit_test(a_draft_until_it_is_approved),
		cmocka_unit_test(corrections_stand_where_they_belong),
	};
	return cmocka_run_group_tests_name("report", tests, NULL, NULL);
}
