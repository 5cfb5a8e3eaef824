/* Finding people: whoever is meant is found, by whatever a hand types of them. */
#include "crowd.h"

/* ---- one person ---- */

struct row {
	const char *name, *pinyin, *unit, *query;
	enum fit fit;
};

static enum fit
fit_of(const struct row *row, const struct pinyin *p)
{
	struct spelling s = {0};
	struct buf names = {0}, generic = {0};
	struct query q = {0};
	spell_text(&s, str_of(row->name), PART_NAME);
	size_t end = s.n;
	pinyin_name(p, &names, str_of(row->name));
	pinyin_generic(p, &generic, str_of(row->name));
	spell_reading(&s, 0, end, str_of(row->pinyin));
	spell_reading(&s, 0, end, buf_view(&names));
	spell_reading(&s, 0, end, buf_view(&generic));
	spell_text(&s, STR("id-7"), PART_ID);
	spell_text(&s, str_of(row->unit), PART_UNIT);
	query_read(&q, str_of(row->query));
	enum fit fit = match_fit(&q, s.parts, s.n, s.letters.p);
	spell_finish(&s);
	buf_finish(&names);
	buf_finish(&generic);
	return fit;
}

static const struct row rows[] = {
	{"张虎", NULL, NULL, "张虎", FIT_EXACT},
	{"张虎", NULL, NULL, "zhanghu", FIT_EXACT},
	{"张虎", NULL, NULL, "Zhang Hu", FIT_EXACT},
	{"张虎", NULL, NULL, "zhang'hu", FIT_EXACT},
	{"张虎", NULL, NULL, "ｚｈａｎｇ　ｈｕ", FIT_EXACT},
	{"张虎", NULL, NULL, "Zhāng Hǔ", FIT_EXACT},
	{"张虎", NULL, NULL, "张h", FIT_ALL},
	{"张虎", NULL, NULL, "zhang虎", FIT_EXACT},
	{"张虎", NULL, NULL, "z虎", FIT_ALL},
	{"张虎", NULL, NULL, "zhhu", FIT_ALL},
	{"张虎", NULL, NULL, "zh", FIT_ALL},
	{"张虎", NULL, NULL, "zha", FIT_START},
	{"张虎", NULL, NULL, "zhang", FIT_WHOLE},
	{"张虎", NULL, NULL, "hu", FIT_LATER},
	{"张虎", NULL, NULL, "h", FIT_INSIDE},
	{"张虎", NULL, NULL, "虎", FIT_LATER},
	{"张虎", NULL, NULL, "hz", FIT_NONE},
	{"张虎", NULL, NULL, "虎张", FIT_NONE},
	{"张虎", NULL, NULL, "zhanghua", FIT_NONE},
	{"张虎", NULL, NULL, "zhangg", FIT_NONE},
	{"张虎", NULL, NULL, "ang", FIT_NONE},
	{"张虎", NULL, NULL, "id7", FIT_ID},
	{"张虎", NULL, NULL, "id-", FIT_START},
	{"张虎", NULL, NULL, "d-7", FIT_NONE},
	{"張虎", NULL, NULL, "zhanghu", FIT_EXACT},
	{"单田芳", NULL, NULL, "shantianfang", FIT_EXACT},
	{"单田芳", NULL, NULL, "stf", FIT_ALL},
	{"单田芳", NULL, NULL, "dtf", FIT_ALL},
	{"单田芳", NULL, NULL, "dan田f", FIT_ALL},
	{"曾国藩", NULL, NULL, "zengguofan", FIT_EXACT},
	{"解晓东", NULL, NULL, "xxd", FIT_ALL},
	{"解晓东", NULL, NULL, "jxd", FIT_ALL},
	{"欧阳娜娜", NULL, NULL, "oy", FIT_START},
	{"欧阳娜娜", NULL, NULL, "ouyang", FIT_WHOLE},
	{"欧阳娜娜", NULL, NULL, "nana", FIT_LATER},
	{"姚姗姗", NULL, NULL, "yss", FIT_ALL},
	{"吕布", NULL, NULL, "lvbu", FIT_EXACT},
	{"吕布", NULL, NULL, "lubu", FIT_EXACT},
	{"吕布", NULL, NULL, "lübu", FIT_EXACT},
	{"吕布", NULL, NULL, "lb", FIT_ALL},
	{"路布", NULL, NULL, "lvbu", FIT_NONE},
	{"徐略", NULL, NULL, "xvlue", FIT_EXACT},
	{"朴树", "piao shu", NULL, "piaoshu", FIT_EXACT},
	{"朴树", "Piáo Shù", NULL, "ps", FIT_ALL},
	{"朴树", "piao shu", NULL, "piao树", FIT_EXACT},
	{"西安", NULL, NULL, "xian", FIT_EXACT},
	{"Zoë Müller", NULL, NULL, "zoe", FIT_WHOLE},
	{"Zoë Müller", NULL, NULL, "zoë mü", FIT_ALL},
	{"Zoë Müller", NULL, NULL, "zm", FIT_ALL},
	{"Zoë Müller", NULL, NULL, "muller zoe", FIT_INSIDE},
	{"Zoë Müller", NULL, NULL, "oe", FIT_NONE},
	{"Conan O'Brien", NULL, NULL, "obrien", FIT_LATER},
	{"Conan O’Brien", NULL, NULL, "co", FIT_ALL},
	{"Anne-Sophie Li", NULL, NULL, "asl", FIT_ALL},
	{"Anne-Sophie Li", NULL, NULL, "annesophie", FIT_WHOLE},
	{"王小明 (Xiao-Ming Wang)", NULL, NULL, "wangxm", FIT_START},
	{"王小明 (Xiao-Ming Wang)", NULL, NULL, "ming wang", FIT_LATER},
	{"𠮷田", NULL, NULL, "𠮷", FIT_WHOLE},
	{"张虎", NULL, "山西大学计算机学院", "计算机", FIT_UNIT},
	{"张虎", NULL, "University of Shanxi", "shanx", FIT_UNIT},
	{"张虎", NULL, "University of Shanxi", "uni", FIT_UNIT},
	{"张虎", NULL, "University of Shanxi", "of shanxi", FIT_UNIT},
	{"张虎", NULL, "University of Shanxi", "anxi", FIT_NONE},
	{"张虎", NULL, "University of Shanxi", "us", FIT_NONE},
	{"张虎", NULL, "YOCSEF太原", "f太", FIT_NONE},
	{"张虎", NULL, "YOCSEF太原", "yocsef太", FIT_UNIT},
	{"张虎", NULL, NULL,
		"zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz",
		FIT_NONE},
};

static void
test_rows(void **state)
{
	struct pinyin *p = pinyin_create();
	(void)state;
	assert_non_null(p);
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		enum fit fit = fit_of(&rows[i], p);
		if (fit != rows[i].fit)
			fail_msg("%s by %s: %d, not %d", rows[i].name, rows[i].query, (int)fit,
				(int)rows[i].fit);
	}
	pinyin_destroy(p);
}

/* ---- against a plain way of finding ---- */

/* The rest of the query is spent on the syllables from here on, at least a letter for each. */
static bool
plainly_from(const char *at, const char *query)
{
	if (!*query)
		return true;
	size_t n = strcspn(at, " ");
	const char *next = at[n] ? at + n + 1 : "";
	size_t taken = 0;
	while (taken < n && at[taken] == query[taken])
		taken++;
	for (; taken > 0; taken--)
		if (!query[taken] || (*next && plainly_from(next, query + taken)))
			return true;
	return false;
}

static bool
plainly(const char *syllables, const char *query)
{
	for (const char *at = syllables; at; at = strchr(at, ' ') ? strchr(at, ' ') + 1 : NULL)
		if (plainly_from(at, query))
			return true;
	return false;
}

/* Few letters and short syllables: most queries nearly fit. */
static void
test_plain(void **state)
{
	enum { ROUNDS = 200000 };
	uint64_t seed = seed_random();
	size_t fitting = 0;
	(void)state;
	for (int round = 0; round < ROUNDS; round++) {
		char syllables[32], query[12];
		size_t n = 0;
		for (uint32_t i = 0, all = 1 + draw_random(&seed, 4); i < all; i++) {
			for (uint32_t j = 0, most = 1 + draw_random(&seed, 4); j < most; j++)
				syllables[n++] = "abc"[draw_random(&seed, 3)];
			syllables[n++] = i + 1 < all ? ' ' : 0;
		}
		n = 1 + draw_random(&seed, 8);
		for (size_t i = 0; i < n; i++)
			query[i] = "abc"[draw_random(&seed, 3)];
		query[n] = 0;
		struct spelling s = {0};
		struct query q = {0};
		size_t words = 1;
		for (const char *c = syllables; *c; c++)
			words += *c == ' ';
		/* Characters keep Latin words from being turned round. */
		spell_text(&s, str_upto(STR("一二三四"), words * 3), PART_NAME);
		spell_reading(&s, 0, words, str_of(syllables));
		query_read(&q, str_of(query));
		bool found = match_fit(&q, s.parts, s.n, s.letters.p) != FIT_NONE;
		if (found != plainly(syllables, query))
			fail_msg("%s in %s: %d", query, syllables, found);
		fitting += found;
		spell_finish(&s);
	}
	assert_in_range(fitting, ROUNDS / 20, ROUNDS);
}

/* ---- five thousand ---- */

static void
initials_of(const char *syllables, struct buf *out)
{
	buf_reset(out);
	for (const char *c = syllables; *c; c++)
		if (c == syllables || c[-1] == ' ')
			buf_char(out, *c);
}

static enum fit
fit_in(const struct ui *u, size_t person, struct str text)
{
	const struct known *k = &u->picker.roster.known[person];
	struct query q = {0};
	query_read(&q, text);
	return match_fit(&q, k->parts, k->parts_n, known_letters(k));
}

static void
test_thousands(void **state)
{
	uint64_t seed = seed_random();
	struct crowd c;
	struct buf sound = {0}, initials = {0};
	(void)state;
	crowd_open(&c, "");
	crowd_add_random(&c, &seed, 5000);
	assert_int_equal(crowd_read(&c), 5000);
	size_t n = session_person_count(c.s);
	assert_int_equal(n, 5000);
	for (size_t i = 0; i < n; i++) {
		const struct session_person *person = session_person_at(c.s, i);
		buf_reset(&sound);
		pinyin_name(c.pinyin, &sound, person->name);
		initials_of(sound.p, &initials);
		if (fit_in(c.ui, i, person->name) != FIT_EXACT ||
			fit_in(c.ui, i, buf_view(&sound)) != FIT_EXACT ||
			fit_in(c.ui, i, buf_view(&initials)) > FIT_ALL)
			fail_msg("%.*s, %s, %s", STR_ARG(person->name), sound.p, initials.p);
	}
	/* The whole way, for some: the first row is somebody who is called so. */
	for (size_t round = 0; round < 100; round++) {
		struct buf typed = {0};
		size_t i = draw_random(&seed, 5000);
		buf_str(&typed, session_person_at(c.s, i)->name);
		crowd_type(&c, typed.p);
		const struct picker *p = &c.ui->picker;
		assert_true(p->n > 0 && p->found[0] < n);
		const struct session_person *first = session_person_at(c.s, p->found[0]);
		assert_true(str_eq(first->name, session_person_at(c.s, i)->name));
		buf_finish(&typed);
	}
	buf_finish(&sound);
	buf_finish(&initials);
	crowd_close(&c);
}

static void
test_among_others(void **state)
{
	static const struct {
		const char *query, *name;
	} wanted[] = {{"stf", "单田芳"}, {"zengguofan", "曾国藩"}, {"xxd", "解晓东"},
		{"oy", "欧阳娜娜"}, {"yss", "姚姗姗"}, {"zh", "张虎"}, {"lvbu", "吕布"},
		{"lubu", "吕布"}};
	enum { WANTED = sizeof wanted / sizeof *wanted, PAGE = 10 };
	/* The same crowd every time: a name with ten namesakes is rightly not on the first page. */
	uint64_t seed = 20230715;
	struct crowd c;
	(void)state;
	crowd_open(&c, "");
	for (size_t i = 0; i < WANTED; i++) {
		struct buf id = {0};
		buf_printf(&id, "=%zu", i);
		crowd_add_random(&c, &seed, 500 / WANTED);
		if (i == 0 || strcmp(wanted[i].name, wanted[i - 1].name) != 0)
			crowd_add(&c, buf_view(&id), str_of(wanted[i].name), STR_NONE, STR_NONE);
		buf_finish(&id);
	}
	crowd_add_random(&c, &seed, 500 % WANTED);
	crowd_read(&c);
	for (size_t i = 0; i < WANTED; i++) {
		size_t n = session_person_count(c.s), at = 0;
		crowd_type(&c, wanted[i].query);
		const struct picker *p = &c.ui->picker;
		while (at < p->n && p->found[at] < n &&
			!str_is(session_person_at(c.s, p->found[at])->name, wanted[i].name))
			at++;
		if (at >= PAGE || at >= p->n || p->found[at] >= n)
			fail_msg("%s is not on the first page by %s", wanted[i].name,
				wanted[i].query);
		/* Nobody stands before who fits less. */
		enum fit fit = fit_in(c.ui, p->found[at], str_of(wanted[i].query));
		for (size_t j = 0; j < at; j++) {
			const struct session_person *before = session_person_at(c.s, p->found[j]);
			enum fit better = fit_in(c.ui, p->found[j], str_of(wanted[i].query));
			if (better > fit)
				fail_msg("%s: %.*s (%s, %d) before %s (%d)", wanted[i].query,
					STR_ARG(before->name), before->id.p, better, wanted[i].name,
					fit);
		}
	}
	crowd_close(&c);
}

/* ---- who comes and is renamed ---- */

static void
rename_first(struct crowd *c, struct str name)
{
	struct event e = event_make(EVENT_PERSON_SET);
	e.person.person = STR("a");
	e.person.name = name;
	crowd_apply(c, e);
}

static void
test_unread(void **state)
{
	struct crowd c;
	struct ui_name who[4];
	(void)state;
	crowd_open(&c, "{\"id\":\"a\",\"name\":\"张虎\"},{\"id\":\"b\",\"name\":\"Ann\"}");
	assert_int_equal(ui_unread(c.ui, who, 4), 1);
	assert_str(who[0].id, "a");
	assert_int_equal(ui_unread(c.ui, who, 4), 0);
	/* Readings of a name that is none any more are not kept. */
	rename_first(&c, STR("单田芳"));
	ui_readings(
		c.ui, &(struct ui_name){STR("a"), STR("张虎")}, STR("zhang hu"), STR("zhang hu"));
	assert_int_equal(fit_in(c.ui, 0, STR("zh")), FIT_NONE);
	assert_int_equal(ui_unread(c.ui, who, 4), 1);
	assert_str(who[0].name, "单田芳");
	ui_readings(c.ui, &who[0], STR("shan tian fang"), STR("dan tian fang"));
	assert_int_equal(fit_in(c.ui, 0, STR("stf")), FIT_ALL);
	/* Whoever walks in is read, nobody else again. */
	crowd_add(&c, STR("w1"), STR("吕布"), STR_NONE, STR_NONE);
	crowd_add(&c, STR("w2"), STR("Zoe"), STR_NONE, STR_NONE);
	assert_int_equal(ui_unread(c.ui, who, 4), 1);
	assert_str(who[0].id, "w1");
	ui_readings(
		c.ui, &(struct ui_name){STR("nobody"), STR("吕布")}, STR("lv bu"), STR("lv bu"));
	ui_readings(c.ui, &who[0], STR("lv bu"), STR("lv bu"));
	assert_int_equal(fit_in(c.ui, 0, STR("stf")), FIT_ALL);
	assert_int_equal(fit_in(c.ui, 2, STR("lb")), FIT_ALL);
	crowd_close(&c);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_rows),
		cmocka_unit_test(test_plain),
		cmocka_unit_test(test_thousands),
		cmocka_unit_test(test_among_others),
		cmocka_unit_test(test_unread),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
