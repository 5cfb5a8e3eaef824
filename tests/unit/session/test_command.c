/* The command language: what each line means, what is refused and where. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "dais/command.h"
#include "dais/i18n.h"
#include "dais/utf8.h"

static struct arena arena;

static int
finish(void **state)
{
	(void)state;
	arena_finish(&arena);
	return 0;
}

static void
put_str(struct buf *b, const char *key, struct str s)
{
	if (s.p)
		buf_printf(b, " %s=<%.*s>", key, STR_ARG(s));
}

static void
put_int(struct buf *b, const char *key, int64_t v, int64_t none)
{
	if (v != none)
		buf_printf(b, " %s=%lld", key, (long long)v);
}

static void
put_word(struct buf *b, const char *key, const char *word)
{
	if (word)
		buf_printf(b, " %s=%s", key, word);
}

/* All that a command says, in one line. */
static void
tell(struct buf *b, const struct command *c)
{
	const struct command_row *row = &command_rows()[c->verb];
	buf_printf(b, "%s%s%s", row->noun, row->word[0] ? " " : "", row->word);
	put_str(b, "person", c->person);
	put_str(b, "id", c->id);
	put_int(b, "number", c->number, EVENT_NO);
	if (c->where != PLACE_UNSET)
		put_word(b, "where", (const char *[]){"", "up", "down", "top", "place"}[c->where]);
	put_int(b, "place", c->place, 0);
	if (c->has_duration)
		buf_printf(b, " duration=%lld", (long long)c->duration);
	put_str(b, "name", c->name);
	put_str(b, "title", c->title);
	put_str(b, "affiliation", c->affiliation);
	put_str(b, "text", c->text);
	put_str(b, "about", c->about);
	put_str(b, "why", c->why);
	put_str(b, "to", c->to);
	for (size_t i = 0; i < c->names.n; i++)
		put_str(b, "by", c->names.items[i]);
	put_word(b, "as", event_as_text(c->as));
	put_word(b, "attending", event_attending_text(c->attending));
	put_word(b, "role", event_role_text(c->role));
	put_word(b, "link", event_link_text(c->link));
	put_word(b, "mark", event_mark_text(c->mark));
	put_word(b, "order", event_order_text(c->order));
	put_word(b, "interrupt", event_interrupt_text(c->interrupt));
	buf_puts(b, c->carry ? " carry" : "");
	buf_puts(b, c->leave ? " leave" : "");
	buf_puts(b, c->top ? " top" : "");
	buf_puts(b, c->override ? " override" : "");
	buf_puts(b, c->plain ? " plain" : "");
	buf_puts(b, c->back ? " back" : "");
	put_int(b, "basis", c->basis, EVENT_NO);
	put_int(b, "turn", c->turn, 0);
}

struct line {
	const char *text, *means;
};

static const struct line good[] = {
	{"segment next", "segment next"},
	{"  segment\tnext　", "segment next"},
	{"segment next --carry", "segment next carry"},
	{"segment next －－leave --basis 12", "segment next leave basis=12"},
	{"segment prev", "segment prev"},
	{"segment go 3", "segment go id=<3>"},
	{"segment go ３", "segment go id=<3>"},
	{"segment go point-2 --leave", "segment go id=<point-2> leave"},
	{"segment extend 5m", "segment extend duration=300000"},
	{"segment extend -1:30", "segment extend duration=-90000"},
	{"segment skip 思辨", "segment skip id=<思辨>"},
	{"agenda fit", "agenda fit"},
	{"floor next --basis=214", "floor next basis=214"},
	{"floor give 张虎", "floor give person=<张虎>"},
	{"floor give --for 3分 张虎", "floor give person=<张虎> duration=180000"},
	{"floor toggle", "floor toggle"},
	{"floor pause", "floor pause"},
	{"floor resume", "floor resume"},
	{"floor extend +30s", "floor extend duration=30000"},
	{"floor extend 30s", "floor extend duration=30000"},
	{"floor extend -30s", "floor extend duration=-30000"},
	{"ｆｌｏｏｒ　ｅｘｔｅｎｄ　－３０ｓ", "floor extend duration=-30000"},
	{"floor extend ＋１：３０", "floor extend duration=90000"},
	{"floor correct 20s", "floor correct duration=20000"},
	{"floor end", "floor end"},
	{"queue add 张虎", "queue add person=<张虎>"},
	{"queue add 张虎 --as reply --online --about 反驳宋昌 --top --override",
		"queue add person=<张虎> about=<反驳宋昌> as=reply attending=online top override"},
	{"queue add --about='两 个' --site 张虎 --as=ｑｕｅｓｔｉｏｎ",
		"queue add person=<张虎> about=<两 个> as=question attending=site"},
	{"queue　add　张虎　－－ａｓ　question　——about＝“大 模型”",
		"queue add person=<张虎> about=<大 模型> as=question"},
	{"queue add 张虎 --about 「两 个」", "queue add person=<张虎> about=<两 个>"},
	{"queue add 张虎 --about ＂两 个＂", "queue add person=<张虎> about=<两 个>"},
	{"queue add 张虎 --about 谈“模型”的事", "queue add person=<张虎> about=<谈“模型”的事>"},
	{"queue add 张虎 --about “模型”的事", "queue add person=<张虎> about=<“模型”的事>"},
	{"queue add 张虎 --about \"\"", "queue add person=<张虎> about=<>"},
	{"queue add 张虎 --about=", "queue add person=<张虎> about=<>"},
	{"queue add 张虎 --about=a=b", "queue add person=<张虎> about=<a=b>"},
	{"queue add \"John Smith\"", "queue add person=<John Smith>"},
	{"queue add 'John \"J\" Smith'", "queue add person=<John \"J\" Smith>"},
	{"queue add John\\ Smith", "queue add person=<John Smith>"},
	{"queue add \"a\\\"b\\\\c\\d\"", "queue add person=<a\"b\\c\\d>"},
	{"queue add a\"b c\"'d e'f", "queue add person=<ab cd ef>"},
	{"queue add “John Smith”", "queue add person=<John Smith>"},
	{"queue add ‘John Smith’ --top", "queue add person=<John Smith> top"},
	{"queue add O’Brien", "queue add person=<O’Brien>"},
	{"queue add -- --top", "queue add person=<--top>"},
	{"queue add \"--top\"", "queue add person=<--top>"},
	{"queue add －－ －－top", "queue add person=<－－top>"},
	{"queue add -x", "queue add person=<-x>"},
	{"queue add 张虎 --about \"--top\"", "queue add person=<张虎> about=<--top>"},
	{"queue move 3 up", "queue move number=3 where=up"},
	{"queue move ３ ｄｏｗｎ", "queue move number=3 where=down"},
	{"queue move 3 top", "queue move number=3 where=top"},
	{"queue move 3 ２", "queue move number=3 where=place place=2"},
	{"queue remove 3", "queue remove number=3"},
	{"queue close", "queue close"},
	{"queue open", "queue open"},
	{"queue order unheard-first", "queue order order=unheard-first"},
	{"queue order ｕｎｈｅａｒｄ－ｆｉｒｓｔ", "queue order order=unheard-first"},
	{"queue limit 0", "queue limit number=0"},
	{"queue interrupt charge", "queue interrupt interrupt=charge"},
	{"people add 李毅 --title 教授 --affiliation '山西 大学' --role guest --online",
		"people add name=<李毅> title=<教授> affiliation=<山西 大学> attending=online "
		"role=guest"},
	{"people set liyi --name 李易 --site --link ready --role online-chair --title \"\"",
		"people set person=<liyi> name=<李易> title=<> attending=site role=online-chair "
		"link=ready"},
	{"note add ? 为什么", "note add text=<? 为什么>"},
	{"note add ？为什么", "note add text=<？为什么>"},
	{"note add   don't  say \"no\" \\n  ", "note add text=<don't  say \"no\" \\n>"},
	{"note add \"引用 一句", "note add text=<\"引用 一句>"},
	{"note add \"引用\" 一句", "note add text=<\"引用\" 一句>"},
	{"note add \"a  \\\"b\\\"\"", "note add text=<a  \"b\">"},
	{"note add 'a  b' --mark question", "note add text=<a  b> mark=question"},
	{"note add --mark action 'a  b'", "note add text=<a  b> mark=action"},
	{"note add \"a\"b", "note add text=<\"a\"b>"},
	{"note add “引用”", "note add text=<“引用”>"},
	{"note add 张虎: 便利", "note add text=<张虎: 便利>"},
	{"note add a  b --person 张虎 --mark decision",
		"note add person=<张虎> text=<a  b> mark=decision"},
	{"note add a  b　－－mark＝quote　c  d", "note add text=<a  b c  d> mark=quote"},
	{"note add --person 张虎 a", "note add person=<张虎> text=<a>"},
	{"note add --plain ? a", "note add text=<? a> plain"},
	{"note add -- --mark quote", "note add text=<--mark quote>"},
	{"note add -- \"a\"", "note add text=<\"a\">"},
	{"note add --mark quote -- --mark", "note add text=<--mark> mark=quote"},
	{"note add -5 分钟", "note add text=<-5 分钟>"},
	{"note add a -- b", "note add text=<a -- b>"},
	{"note add a --help b", "note add text=<a --help b>"},
	{"note add 对比——大模型", "note add text=<对比——大模型>"},
	{"note add a --basis 7", "note add text=<a> basis=7"},
	{"note edit 4 = 一致 同意", "note edit number=4 text=<= 一致 同意>"},
	{"note edit 4 --mark decision 同意", "note edit number=4 text=<同意> mark=decision"},
	{"note edit --mark decision 4 同意", "note edit number=4 text=<同意> mark=decision"},
	{"note remove 4", "note remove number=4"},
	{"award give 冯洋 --by 杨志斌、张虎，李毅,a",
		"award give person=<冯洋> by=<杨志斌> by=<张虎> by=<李毅> by=<a>"},
	{"award give 冯洋 --by 'John Smith, 张虎'",
		"award give person=<冯洋> by=<John Smith> by=<张虎>"},
	{"award give 冯洋", "award give person=<冯洋>"},
	{"mark photo", "mark photo"},
	{"mark photo 全体 合影", "mark photo text=<全体 合影>"},
	{"mark moment", "mark moment"},
	{"message send 快  到了", "message send text=<快  到了>"},
	{"message send --to online 快到了", "message send text=<快到了> to=<online>"},
	{"chair pass 韩英", "chair pass person=<韩英>"},
	{"chair pass back", "chair pass back"},
	{"chair pass \"back\"", "chair pass person=<back>"},
	{"undo", "undo"},
	{"undo 12", "undo number=12"},
	{"undo --basis 3", "undo basis=3"},
	{"session close", "session close"},
	{"session close --why '时间 到'", "session close why=<时间 到>"},
	{"report review 冯洋、董云云", "report review by=<冯洋> by=<董云云>"},
	{"report review 冯洋，", "report review by=<冯洋>"},
	{"report approve \"Li Wei\",韩英", "report approve by=<Li Wei> by=<韩英>"},
	{"note add --turn 3 好", "note add text=<好> turn=3"},
};

static void
parses(void **state)
{
	(void)state;
	bool seen[CMD_COUNT] = {false};
	struct buf b = {0};
	for (size_t i = 0; i < sizeof good / sizeof good[0]; i++) {
		struct command c;
		struct refused no;
		enum refusal code = command_parse(str_of(good[i].text), &arena, &c, &no);
		print_message("# %s\n", good[i].text);
		if (code)
			fail_msg("%s", no.why);
		assert_null(no.why);
		seen[c.verb] = true;
		buf_reset(&b);
		tell(&b, &c);
		assert_string_equal(b.p, good[i].means);
	}
	for (int i = 0; i < CMD_COUNT; i++)
		assert_true(seen[i]);
	buf_finish(&b);
}

struct bad_line {
	const char *text;
	int column;
	const char *says; /* the sentence holds this */
};

static const struct bad_line bad[] = {
	{"", 1, "no command"},
	{" 　 ", 1, "no command"},
	{"queue", 6, "queue what?"},
	{"qeue add 张虎", 1, "did you mean queue?"},
	{"zzz", 1,
		"only segment, agenda, floor, queue, people, note, award, mark, message, chair, "
		"undo, session, report"},
	{"report approve", 15, "something is missing: report approve NAME"},
	{"report review 、", 15, "no name here"},
	{"q a 张虎", 1, "there is no “q”"},
	{"queue ad 张虎", 7, "did you mean add?"},
	{"queue zzzzz", 7, "only add, move, remove"},
	{"Queue add x", 1, "there is no"},
	{"--basis 3 queue add x", 1, "there is no"},
	{"queue add", 10, "something is missing: queue add PERSON"},
	{"queue add --top", 16, "something is missing"},
	{"queue add --", 13, "something is missing"},
	{"queue add 张虎 李毅", 14, "“李毅” is one word too many"},
	{"queue add 张虎 --on", 14, "there is no --on here, only --about, --as, --basis, --online"},
	{"queue add 张虎 --onlin", 14, "did you mean --online?"},
	{"queue add 张虎　－－ａbuot x", 14, "there is no --abuot; did you mean --about?"},
	{"queue add 张虎 --carry", 14, "there is no --carry"},
	{"queue add 张虎 --as", 14, "--as needs a value"},
	{"queue add 张虎 --as --top", 14, "--as needs a value"},
	{"queue add 张虎 --as sing", 19, "“sing” is none of order, question, reply, speech"},
	{"queue add 张虎 --as replay", 19, "did you mean reply?"},
	{"queue add 张虎 --as=sing", 14, "is none of"},
	{"queue add 张虎 --top=1", 14, "--top takes no value"},
	{"queue add 张虎 --top --top", 20, "--top stands here twice"},
	{"queue add 张虎 --as reply --as reply", 25, "--as stands here twice"},
	{"queue add 张虎 --online --site", 23, "--site and --online cannot both be"},
	{"segment next --carry --leave", 22, "cannot both be"},
	{"queue add \"张虎", 11, "has no end"},
	{"queue add 张虎'", 13, "has no end"},
	{"queue add 张虎\\", 13, "has no end"},
	{"queue add 张虎 --about \"x", 22, "has no end"},
	{"queue move 3", 13, "something is missing"},
	{"queue move x up", 12, "“x” is not a number"},
	{"queue move -1 up", 12, "is not a number"},
	{"queue move 3 0", 14, "no place"},
	{"queue move 3 tpo", 14, "did you mean top?"},
	{"queue move 3 -1", 14, "is none of up, down, top"},
	{"queue limit 1.5", 13, "is not a number"},
	{"queue limit 9007199254740992", 13, "is not a number"},
	{"queue order random", 13, "is none of fifo"},
	{"queue interrupt stop", 17, "is none of pause"},
	{"floor extend", 13, "something is missing"},
	{"floor extend 30", 14, "“30” is not a duration"},
	{"floor extend --30s", 14, "there is no --30s"},
	{"floor correct -30s", 15, "is not a duration"},
	{"floor give 张虎 --for -3m", 21, "is not a duration"},
	{"floor next now", 12, "one word too many"},
	{"note add", 9, "something is missing: note add TEXT"},
	{"note add  ", 11, "something is missing"},
	{"note add --mark quote", 22, "something is missing"},
	{"note add --help", 10, "there is no --help"},
	{"note add a --makr quote", 12, "did you mean --mark?"},
	{"note add a --mark loud", 19, "“loud” is none of"},
	{"note edit 4", 12, "something is missing"},
	{"note edit x y", 11, "is not a number"},
	{"award give 冯洋 --by ,", 20, "there is no name here"},
	{"message send --to c", 20, "something is missing"},
	{"chair pass", 11, "something is missing: chair pass PERSON|back"},
	{"undo x", 6, "is not a number"},
	{"undo 1 2", 8, "one word too many"},
	{"undo --basis x", 14, "is not a number"},
	{"session close now", 15, "one word too many"},
	{"queue add \xff", 11, "not UTF-8"},
	{"张虎\xe4\xb8", 3, "not UTF-8"},
};

static void
sentence(struct buf *b, const struct refused *no)
{
	buf_reset(b);
	i18n_fill(b, no->why, no->args, no->n);
}

static void
refuses(void **state)
{
	(void)state;
	struct buf b = {0};
	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
		struct command c;
		struct refused no;
		print_message("# bad %zu %s\n", i,
			utf8_valid(str_of(bad[i].text), NULL) ? bad[i].text : "");
		assert_int_equal(
			command_parse(str_of(bad[i].text), &arena, &c, &no), REFUSAL_BAD_ARGUMENT);
		assert_int_equal(no.code, REFUSAL_BAD_ARGUMENT);
		sentence(&b, &no);
		print_message("# %d %s\n", no.column, b.p);
		assert_non_null(strstr(b.p, bad[i].says));
		assert_int_equal(no.column, bad[i].column);
	}
	buf_finish(&b);
}

static const struct parted {
	const char *const words[12];
	const char *means; /* NULL: refused */
} parted[] = {
	{{"queue", "add", "John Smith", "--as", "reply"}, "queue add person=<John Smith> as=reply"},
	{{"queue", "add", "\"x\" y\\"}, "queue add person=<\"x\" y\\>"},
	{{"queue", "add", "“x y”", "--about="}, "queue add person=<“x y”> about=<>"},
	{{"queue", "add", "x", "--about=两 个 --top"}, "queue add person=<x> about=<两 个 --top>"},
	{{"queue", "add", "--", "--top"}, "queue add person=<--top>"},
	{{"queue", "add", "--top"}, NULL},
	{{"queue", "add", ""}, "queue add person=<>"},
	{{"note", "add", "?", "为什么  是", "--mark", "quote", "b"},
		"note add text=<? 为什么  是 b> mark=quote"},
	{{"note", "add", "a --mark quote"}, "note add text=<a --mark quote>"},
	{{"note", "add", "\"a\""}, "note add text=<\"a\">"},
	{{"note", "add", "a", "--", "--mark", "b"}, "note add text=<a --mark b>"},
	{{"note", "add", "a", "--zzzzzzz"}, NULL},
	{{"note", "add"}, NULL},
	{{"undo"}, "undo"},
	{{"floor", "extend", "-30s"}, "floor extend duration=-30000"},
	{{"chair", "pass", "back"}, "chair pass back"},
	{{"session", "close", "--why", "a b"}, "session close why=<a b>"},
	{{"queue add", "x"}, NULL},
	{{""}, NULL},
	{{"queue", "add", "\xff"}, NULL},
};

static void
parses_words(void **state)
{
	(void)state;
	struct buf b = {0};
	struct command c;
	struct refused no;
	for (size_t i = 0; i < sizeof parted / sizeof parted[0]; i++) {
		struct str words[12];
		size_t n = 0;
		for (; parted[i].words[n]; n++)
			words[n] = str_of(parted[i].words[n]);
		enum refusal code = command_parse_words(words, n, &arena, &c, &no);
		print_message("# %zu %s\n", i, code ? no.why : "");
		assert_int_equal(code, parted[i].means ? 0 : REFUSAL_BAD_ARGUMENT);
		assert_int_equal(no.column, 0);
		buf_reset(&b);
		tell(&b, &c);
		if (!code)
			assert_string_equal(b.p, parted[i].means);
	}
	assert_int_equal(command_parse_words(NULL, 0, &arena, &c, &no), REFUSAL_BAD_ARGUMENT);
	buf_finish(&b);
}

static void
rows(void **state)
{
	(void)state;
	const struct command_row *r = command_rows();
	for (int i = 0; i < CMD_COUNT; i++) {
		assert_int_equal(r[i].verb, i);
		assert_true(r[i].seats & SEAT_CHAIR);
		assert_false(r[i].seats & (SEAT_STAGE | SEAT_OBSERVER));
		assert_true(r[i].help[0] != 0);
		bool note = strcmp(r[i].noun, "note") == 0;
		assert_int_equal(r[i].moment, !note);
		bool writes =
			note || strcmp(r[i].noun, "mark") == 0 || strcmp(r[i].noun, "message") == 0;
		bool lists = strcmp(r[i].noun, "queue") == 0 || strcmp(r[i].noun, "people") == 0;
		assert_int_equal(!!(r[i].seats & SEAT_SCRIBE), writes);
		assert_int_equal(!!(r[i].seats & SEAT_ONLINE_CHAIR), writes || lists);
	}
	assert_int_equal(r[CMD_FLOOR_NEXT].changes, NOUN_FLOOR);
	assert_int_equal(r[CMD_QUEUE_ADD].changes, NOUN_QUEUE);
	assert_int_equal(r[CMD_AGENDA_FIT].changes, NOUN_SEGMENT);
	assert_int_equal(r[CMD_NOTE_ADD].changes, NOUN_OTHER);
	assert_string_equal(seat_text(SEAT_ONLINE_CHAIR), "online-chair");
	assert_null(seat_text((enum seat)0));
	assert_string_equal(refusal_text(REFUSAL_NOTHING_TO_UNDO), "nothing-to-undo");
	for (int i = 1; i < REFUSAL_COUNT; i++)
		assert_true(refusal_text((enum refusal)i)[0] != 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_teardown(parses, finish),
		cmocka_unit_test_teardown(refuses, finish),
		cmocka_unit_test_teardown(parses_words, finish),
		cmocka_unit_test(rows),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
