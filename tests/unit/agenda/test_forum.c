/* What a right agenda becomes, looked at with another JSON parser than the one that wrote it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <jansson.h>

#include <locale.h>
#include <stdio.h>
#include <string.h>

#include "dais/event.h"
#include "dais/command.h"
#include "lab.h"

static json_t *
parse(const struct agenda *a)
{
	json_error_t error;
	json_t *forum = json_loadb(a->forum.p, a->forum.n, JSON_REJECT_DUPLICATES, &error);
	if (!forum)
		print_error("%s at %d\n", error.text, error.position);
	return forum;
}

static json_t *
read_case(const char *name, struct agenda *a)
{
	struct buf source = {0}, shown = {0};
	assert_int_equal(lab_file(CASES, str_of(name), &source), 0);
	assert_true(lab_read(a, buf_view(&source), CASES, name, &shown));
	assert_int_equal(shown.n, 0);
	buf_finish(&source);
	return parse(a);
}

static const char *
text_of(json_t *object, const char *key)
{
	return json_string_value(json_object_get(object, key));
}

static void
keys_in_order(json_t *object, const char *const *order, size_t n)
{
	const char *key;
	json_t *value;
	size_t at = 0;
	json_object_foreach(object, key, value)
	{
		while (at < n && strcmp(order[at], key) != 0)
			at++;
		assert_true(at < n);
	}
}

static void
test_taiyuan(void **state)
{
	(void)state;
	struct agenda a;
	json_t *forum = read_case("fine-taiyuan.yaml", &a);
	assert_non_null(forum);
	assert_string_equal(
		text_of(forum, "title"), "AI for Science大行其道,如何应对AI against Scientists");
	assert_string_equal(text_of(forum, "date"), "2023-07-15");
	assert_string_equal(text_of(forum, "start"), "14:00");
	json_t *people = json_object_get(forum, "people");
	assert_int_equal(json_array_size(people), 9);
	json_t *zhang = json_array_get(people, 5);
	assert_string_equal(text_of(zhang, "id"), "zhanghu");
	assert_string_equal(text_of(zhang, "name"), "张虎");
	assert_string_equal(text_of(zhang, "attending"), "site");
	assert_string_equal(text_of(json_array_get(people, 8), "id"), "zhaishuangjiao");
	json_t *agenda = json_object_get(forum, "agenda");
	json_t *award = json_array_get(agenda, 2), *point = json_array_get(agenda, 3);
	assert_string_equal(text_of(award, "id"), "award1");
	json_t *presenters = json_object_get(award, "presenters");
	assert_string_equal(json_string_value(json_array_get(presenters, 0)), "yao");
	assert_string_equal(json_string_value(json_array_get(presenters, 1)), "xu");
	json_t *invited = json_object_get(point, "invited");
	assert_string_equal(json_string_value(json_array_get(invited, 0)), "zhanghu");
	assert_string_equal(json_string_value(json_array_get(invited, 1)), "songchang");
	assert_int_equal(json_integer_value(json_object_get(point, "duration")), 40 * 60000);
	json_decref(forum);
	agenda_finish(&a);
}

static void
test_order_of_keys(void **state)
{
	(void)state;
	static const char *const forum_keys[] = {"dais", "title", "series", "date", "start",
		"venue", "language", "organizers", "sponsors", "media", "about", "timing", "queue",
		"people", "agenda", "report"};
	static const char *const timing_keys[] = {"speech", "reply", "question", "order", "warn",
		"overtime_bell", "overtime", "interrupt", "limit"};
	static const char *const person_keys[] = {
		"id", "name", "title", "affiliation", "role", "attending", "pinyin", "note"};
	static const char *const segment_keys[] = {"kind", "id", "title", "duration", "speakers",
		"recipients", "presenters", "invited", "brief", "timing", "queue"};
	struct agenda a;
	json_t *forum = read_case("fine-everything.yaml", &a);
	assert_non_null(forum);
	assert_int_equal(json_object_size(forum), 16);
	keys_in_order(forum, forum_keys, 16);
	json_t *timing = json_object_get(forum, "timing");
	assert_int_equal(json_object_size(timing), 9);
	keys_in_order(timing, timing_keys, 9);
	json_t *person = json_array_get(json_object_get(forum, "people"), 0);
	assert_int_equal(json_object_size(person), 8);
	keys_in_order(person, person_keys, 8);
	json_t *agenda = json_object_get(forum, "agenda"), *segment;
	size_t i;
	json_array_foreach(agenda, i, segment) keys_in_order(segment, segment_keys, 11);
	json_t *warn = json_object_get(timing, "warn");
	assert_int_equal(json_integer_value(json_array_get(warn, 0)), 120000);
	assert_int_equal(json_integer_value(json_array_get(warn, 2)), 30000);
	json_decref(forum);
	agenda_finish(&a);
}

static void
test_durations(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		int64_t ms;
	} table[] = {
		{"90s", 90000},
		{"3m", 180000},
		{"1m30s", 90000},
		{"1h", 3600000},
		{"1:30", 90000},
		{"3分", 180000},
		{"1分30秒", 90000},
		{"1h30m", 5400000},
		{"'3m'", 180000},
		{"30秒", 30000},
	};
	for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
		struct buf source = {0}, shown = {0};
		struct agenda a;
		buf_puts(&source, "dais: 1\nforum: {title: x}\nagenda: [{kind: other, duration: ");
		buf_puts(&source, table[i].text);
		buf_puts(&source, "}]\n");
		assert_true(lab_read(&a, buf_view(&source), NULL, "x", &shown));
		assert_int_equal(a.planned_ms, table[i].ms);
		agenda_finish(&a);
		buf_finish(&source);
		buf_finish(&shown);
	}
}

/* The rules of the Gregorian calendar, at their edges. */
static void
test_dates(void **state)
{
	(void)state;
	static const struct {
		const char *date;
		bool real;
	} table[] = {
		{"1900-01-01", true},
		{"2000-02-29", true},
		{"2024-02-29", true},
		{"9999-12-31", true},
		{"2023-04-30", true},
		{"2023-01-31", true},
		{"1899-12-31", false},
		{"1900-02-29", false},
		{"2023-02-29", false},
		{"2023-04-31", false},
		{"2023-00-10", false},
		{"2023-13-10", false},
		{"2023-01-00", false},
		{"2023-01-32", false},
		{"10000-01-01", false},
		{"-2023-01-01", false},
		{"2023-1-01", false},
		{"2023-01-01 1", false},
	};
	for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
		struct buf source = {0}, shown = {0};
		struct agenda a;
		buf_printf(&source,
			"dais: 1\nforum: {title: x, date: \"%s\"}\nagenda: [{kind: break}]\n",
			table[i].date);
		assert_int_equal(lab_read(&a, buf_view(&source), NULL, "x", &shown), table[i].real);
		agenda_finish(&a);
		buf_finish(&source);
		buf_finish(&shown);
	}
}

static void
test_templates(void **state)
{
	(void)state;
	for (int chinese = 0; chinese < 2; chinese++) {
		struct buf shown = {0};
		struct agenda a;
		const char *why;
		assert_true(lab_read(&a, agenda_template(chinese), NULL, "template", &shown));
		assert_int_equal(shown.n, 0);
		assert_int_equal(a.chinese, chinese);
		assert_int_equal(a.points, 2);
		assert_true(session_forum_valid(buf_view(&a.forum), &why));
		/* Every kind of advice is for a person, and none of it needs another width. */
		assert_null(memchr(agenda_template(chinese).p, '\t', agenda_template(chinese).n));
		agenda_finish(&a);
		buf_finish(&shown);
	}
}

/* A forum of n people who are called by name in every list. */
static void
put_big(struct buf *out, int n, const char *name)
{
	buf_puts(out, "dais: 1\nforum: {title: x}\npeople:\n");
	for (int i = 0; i < n; i++)
		buf_printf(
			out, "  - {name: \"%s %d\", affiliation: \"Unit %d\"}\n", name, i, i % 7);
	buf_puts(out, "agenda:\n");
	for (int i = 0; i < 12; i++) {
		buf_puts(out, "  - kind: point\n    duration: 40m\n    invited:\n");
		for (int k = 0; k < 10; k++)
			buf_printf(out, "      - %s %d\n", name, (i * 37 + k) % n);
	}
}

static void
test_big(void **state)
{
	(void)state;
	struct buf source = {0}, shown = {0};
	struct agenda a;
	put_big(&source, 500, "Anna Wang Ölmüller Ли");
	assert_true(lab_read(&a, buf_view(&source), NULL, "x", &shown));
	assert_int_equal(a.people, 500);
	assert_int_equal(a.segments, 12);
	json_t *forum = parse(&a);
	assert_non_null(forum);
	json_decref(forum);
	agenda_finish(&a);
	buf_finish(&source);
	buf_finish(&shown);
}

static void
refused_with(const struct buf *source, const char *words)
{
	struct buf shown = {0};
	struct agenda a;
	assert_false(lab_read(&a, buf_view(source), NULL, "x", &shown));
	if (!strstr(shown.p, words))
		print_error("not told \"%s\" but %s\n", words, shown.p);
	assert_non_null(strstr(shown.p, words));
	assert_int_equal(a.forum.n, 0);
	agenda_finish(&a);
	buf_finish(&shown);
}

static void
test_limits(void **state)
{
	(void)state;
	struct buf source = {0};
	struct agenda a;
	struct diag_list l;
	put_big(&source, 5000, "Somebody with a very long name indeed");
	diag_start(&l, "big", buf_view(&source));
	assert_true(agenda_read(&a, buf_view(&source), NULL, NULL, &l));
	assert_int_equal(a.people, 5000);
	diag_finish(&l);
	agenda_finish(&a);
	buf_reset(&source);
	put_big(&source, 20001, "a");
	refused_with(&source, "More than 20000 people are too many.");
	buf_reset(&source);
	buf_puts(&source, "dais: 1\nforum: {title: x}\nagenda:\n");
	for (int i = 0; i < 70; i++) {
		buf_puts(&source, "  - {kind: break, title: ");
		buf_fill(&source, 'x', 1000);
		buf_puts(&source, "}\n");
	}
	refused_with(&source, "The agenda cannot open a session: the agenda without its roster is longer than 63 KiB");
	buf_reset(&source);
	buf_puts(&source, "dais: 1\nforum: {title: x}\nagenda:\n");
	for (int i = 0; i < 501; i++)
		buf_puts(&source, "  - {kind: break}\n");
	refused_with(&source, "More than 500 segments are too many.");
	buf_reset(&source);
	buf_puts(&source, "dais: 1\nforum: {title: x}\nreport: {written_by: [a");
	for (int i = 0; i < 200; i++)
		buf_puts(&source, ", b");
	buf_puts(&source, "]}\n");
	refused_with(&source, "More than 200 names stand in this list.");
	buf_reset(&source);
	buf_fill(&source, '#', 1024 * 1024 + 1);
	refused_with(&source, "The file is larger than 1 MiB.");
	buf_finish(&source);
}

/* The same bytes every time: a forum is hashed, and nothing of this process may show in it. */
static void
test_same_again(void **state)
{
	(void)state;
	struct agenda a, b;
	json_decref(read_case("fine-ids.yaml", &a));
	json_decref(read_case("fine-ids.yaml", &b));
	assert_true(str_eq(buf_view(&a.forum), buf_view(&b.forum)));
	agenda_finish(&a);
	agenda_finish(&b);
}

int
main(void)
{
	setlocale(LC_ALL, "C.UTF-8");
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_taiyuan),
		cmocka_unit_test(test_order_of_keys),
		cmocka_unit_test(test_durations),
		cmocka_unit_test(test_dates),
		cmocka_unit_test(test_templates),
		cmocka_unit_test(test_big),
		cmocka_unit_test(test_limits),
		cmocka_unit_test(test_same_again),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
