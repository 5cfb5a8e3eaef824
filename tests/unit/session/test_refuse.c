/* Records whose checksums are right and which no session of ours would write: each is refused with its
 * reason, and changes nothing. What a later version may say is passed over. */
#include "sitting.h"

static struct buf
dump(const struct sitting *x)
{
	struct buf b = {0};
	session_dump(x->s, &b);
	return b;
}

/* The record of that kind and data, as a log has it. */
static int
put(struct sitting *x, const char *kind, const char *data, enum event_lane lane, const char **why)
{
	struct buf body = {0};
	struct event e;
	buf_printf(&body, "\"t\":5000,\"at\":\"\",\"by\":\"\",\"kind\":\"%s\",\"data\":%s", kind, data);
	int r = event_decode(&e, buf_view(&body), &x->arena, why) ? 0 : -1;
	e.lane = lane;
	e.seq = session_next_seq(x->s, lane);
	if (r == 0)
		r = session_apply(x->s, &e, why);
	buf_finish(&body); /* the event borrows from it */
	return r;
}

struct row {
	const char *before[3]; /* what the chair does first */
	const char *kind, *data, *why;
};

static const struct row rows[] = {
	{{0}, "turn.start", "{\"turn\":1,\"person\":\"a\",\"as\":\"speech\"}", "before the first segment"},
	{{"segment next"}, "turn.start", "{\"turn\":1,\"person\":\"zz\",\"as\":\"speech\"}", "nobody has this id"},
	{{"segment next"}, "turn.start", "{\"turn\":1,\"person\":\"a\",\"as\":\"song\"}", "of a later version"},
	{{"segment next", "floor give a", "floor end"}, "turn.start",
		"{\"turn\":1,\"person\":\"a\",\"as\":\"speech\"}", "an id was given before"},
	{{"segment next", "floor give a"}, "turn.start", "{\"turn\":2,\"person\":\"b\",\"as\":\"speech\"}",
		"somebody else has the floor"},
	{{"segment next"}, "turn.start", "{\"turn\":1,\"person\":\"a\",\"as\":\"speech\",\"entry\":7}",
		"the queue has no such entry"},
	{{0}, "note.add", "{\"note\":1,\"person\":\"zz\",\"text\":\"x\"}", "nobody has this id"},
	{{"note add x"}, "note.add", "{\"note\":1,\"text\":\"y\"}", "id is taken"},
	{{"segment next"}, "queue.add", "{\"entry\":1,\"person\":\"zz\",\"as\":\"speech\"}", "nobody has this id"},
	{{"segment next"}, "queue.add", "{\"entry\":1,\"person\":\"a\",\"as\":\"song\"}", "of a later version"},
	{{"segment next", "queue add b"}, "queue.add", "{\"entry\":1,\"person\":\"a\",\"as\":\"speech\"}",
		"an id was given before"},
	{{0}, "segment.extend", "{\"segment\":\"zz\",\"by\":1000}", "no such segment"},
	{{0}, "segment.skip", "{\"segment\":\"zz\"}", "no such segment"},
	{{0}, "agenda.fit", "{\"plan\":{}}", "cannot be read"},
	{{0}, "agenda.fit", "{\"plan\":[1]}", "cannot be read"},
	{{0}, "agenda.fit", "{\"plan\":[[]]}", "cannot be read"},
	{{0}, "agenda.fit", "{\"plan\":[[1,1]]}", "cannot be read"},
	{{0}, "agenda.fit", "{\"plan\":[[\"p1\"]]}", "cannot be read"},
	{{0}, "agenda.fit", "{\"plan\":[[\"p1\",\"1\"]]}", "cannot be read"},
	{{0}, "agenda.fit", "{\"plan\":[[\"p1\",1000,1]]}", "cannot be read"},
	{{0}, "agenda.fit", "{\"plan\":[[\"p1\",-1]]}", "no such segment"},
	{{0}, "agenda.fit", "{\"plan\":[[\"p1\",1000],[\"zz\",1000]]}", "no such segment"},
	{{0}, "report.review", "{\"person\":\"a\"}", "a log of amendments"},
	{{0}, "report.approve", "{\"person\":\"a\"}", "a log of amendments"},
	{{0}, "person.add", "{\"person\":\"a\",\"name\":\"另一个\"}", ""},
	{{0}, "person.set", "{\"person\":\"zz\",\"title\":\"x\"}", ""},
	{{"segment next", "floor give a"}, "session.close", "{\"why\":\"x\"}", "while somebody has the floor"},
	{{"session close"}, "note.add", "{\"note\":1,\"text\":\"x\"}", "nothing follows"},
	{{0}, "undo", "{\"target\":0}", ""},
	{{0}, "undo", "{\"target\":99}", ""},
};

static void
refused(void **state)
{
	int wrong = 0;
	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct sitting x = sitting_plain();
		const struct row *r = &rows[i];
		const char *why = "";
		for (size_t k = 0; k < 3 && r->before[k]; k++)
			assert_int_equal(sitting_do(&x, 1000 * (int64_t)k, r->before[k]), REFUSAL_NONE);
		struct buf before = dump(&x);
		bool right = put(&x, r->kind, r->data, LANE_SESSION, &why) < 0 && strstr(why, r->why);
		if (!right)
			print_message("# %s %s: %s\n", r->kind, r->data, why);
		wrong += !right;
		struct buf after = dump(&x);
		assert_true(str_eq(buf_view(&before), buf_view(&after)));
		buf_finish(&before);
		buf_finish(&after);
		sitting_close(&x);
	}
	assert_int_equal(wrong, 0);
}

/* The chairs' log has an opening, hostings and an end of its own; they say nothing about the debate. */
static void
chairs_lane(void **state)
{
	(void)state;
	static const char *const kinds[][2] = {{"session.open", "{\"format\":1,\"app\":\"x\",\"forum\":{\"title\":\"U\"},\"rehearsal\":false}"},
		{"session.host", "{\"epoch\":9,\"host\":\"x\",\"boot\":\"b\",\"wall\":1,\"mono\":1,\"why\":\"x\",\"gap\":0,\"zone\":0}"},
		{"session.tick", "{}"}, {"session.close", "{\"why\":\"x\"}"}};
	struct sitting x = sitting_plain();
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
		const char *why = "";
		if (put(&x, kinds[i][0], kinds[i][1], LANE_CHAIRS, &why) != 0)
			fail_msg("%s: %s", kinds[i][0], why);
	}
	assert_false(session_closed(x.s));
	assert_true(str_is(session_forum(x.s)->title, "T"));
	sitting_close(&x);
}

/* Agendas in an opening, by another's hand. NULL: it opens. */
#define END ",\"agenda\":[{\"kind\":\"point\",\"id\":\"p\"}]}"
static const struct {
	const char *forum, *why;
} forums[] = {
	{"{\"title\":\"T\"" END, NULL},
	{"{\"title\":\"T\",\"later\":{\"a\":[1,{}]}" END, NULL},
	{"{\"title\":\"T\",\"timing\":{\"interrupt\":\"shout\",\"overtime\":\"sing\",\"later\":1}" END, NULL},
	{"{\"title\":\"T\",\"timing\":{\"warn\":[1,2,3,4,5,6,7,8,9,10,11,12]}" END, NULL},
	{"{\"title\":\"T\",\"queue\":{\"order\":\"alphabet\",\"later\":1}" END, NULL},
	{"{\"title\":\"T\",\"report\":{\"later\":1,\"approved_by\":[]}" END, NULL},
	{"{\"title\":\"T\",\"people\":[{\"id\":\"a\",\"name\":\"A\",\"role\":\"king\",\"attending\":\"moon\",\"age\":7}]" END, NULL},
	{"{\"title\":\"T\",\"start\":\"25:00\"" END, NULL},
	{"{\"title\":\"T\",\"agenda\":[{\"kind\":\"point\",\"id\":\"p\",\"later\":[1],\"queue\":{\"order\":\"fifo\",\"later\":2}}]}", NULL},
	{"{\"title\":\"T\"}", "cannot be read"},
	{"{" END, "cannot be read"},
	{"7", "cannot be read"},
	{"{\"title\":\"T\",\"timing\":[]" END, "cannot be read"},
	{"{\"title\":\"T\",\"timing\":{\"warn\":5}" END, "cannot be read"},
	{"{\"title\":\"T\",\"timing\":{\"warn\":[\"5\"]}" END, "cannot be read"},
	{"{\"title\":\"T\",\"timing\":{\"overtime\":7}" END, "cannot be read"},
	{"{\"title\":\"T\",\"timing\":{\"interrupt\":7}" END, "cannot be read"},
	{"{\"title\":\"T\",\"queue\":7" END, "cannot be read"},
	{"{\"title\":\"T\",\"queue\":{\"order\":7}" END, "cannot be read"},
	{"{\"title\":\"T\",\"report\":[]" END, "cannot be read"},
	{"{\"title\":\"T\",\"report\":{\"written_by\":\"a\"}" END, "cannot be read"},
	{"{\"title\":\"T\",\"start\":7" END, "cannot be read"},
	{"{\"title\":\"T\",\"people\":7" END, "the agenda cannot be read"},
	{"{\"title\":\"T\",\"people\":[7]" END, "a person of the agenda cannot be read"},
	{"{\"title\":\"T\",\"people\":[{\"id\":\"a\"}]" END, ""},
	{"{\"title\":\"T\",\"people\":[{\"name\":\"a\"}]" END, ""},
	{"{\"title\":\"T\",\"people\":[{\"id\":\"a\",\"name\":\"A\"},{\"id\":\"a\",\"name\":\"B\"}]" END, ""},
	{"{\"title\":\"T\",\"agenda\":7}", "the agenda cannot be read"},
	{"{\"title\":\"T\",\"agenda\":[7]}", "a segment of the agenda cannot be read"},
	{"{\"title\":\"T\",\"agenda\":[{\"kind\":\"dance\",\"id\":\"p\"}]}", "no known kind"},
	{"{\"title\":\"T\",\"agenda\":[{\"kind\":7,\"id\":\"p\"}]}", "no known kind"},
	{"{\"title\":\"T\",\"agenda\":[{\"kind\":\"point\"}]}", "no known kind"},
	{"{\"title\":\"T\",\"agenda\":[{\"kind\":\"point\",\"id\":\"p\"},{\"kind\":\"point\",\"id\":\"p\"}]}", "no known kind"},
	{"{\"title\":\"T\",\"agenda\":[{\"kind\":\"point\",\"id\":\"p\",\"duration\":-1}]}", "no known kind"},
	{"{\"title\":\"T\",\"agenda\":[{\"kind\":\"point\",\"id\":\"p\",\"speakers\":[\"zz\"]}]}", "not among its people"},
	{"{\"title\":\"T\",\"agenda\":[{\"kind\":\"award\",\"id\":\"p\",\"recipients\":[\"zz\"]}]}", "not among its people"},
	{"{\"title\":\"T\",\"agenda\":[{\"kind\":\"award\",\"id\":\"p\",\"presenters\":[\"zz\"]}]}", "not among its people"},
	{"{\"title\":\"T\",\"agenda\":[{\"kind\":\"point\",\"id\":\"p\",\"invited\":[\"zz\"]}]}", "not among its people"},
};

static void
openings(void **state)
{
	int wrong = 0;
	(void)state;
	for (size_t i = 0; i < sizeof forums / sizeof *forums; i++) {
		const char *why = "";
		bool good = session_forum_valid(str_of(forums[i].forum), &why);
		bool right = forums[i].why ? !good && strstr(why, forums[i].why) : good;
		if (!right)
			print_message("# %s: %s\n", forums[i].forum, good ? "opens" : why);
		wrong += !right;
	}
	assert_int_equal(wrong, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(refused),
		cmocka_unit_test(chairs_lane),
		cmocka_unit_test(openings),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
