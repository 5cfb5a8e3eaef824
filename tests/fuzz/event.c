/*
 * The body of a record, with jansson as the judge: what is read, jansson reads
 * to the same values; written again it is the same bytes, and so is a copy of
 * it; what is called not canonical is not.
 */
#include "dais/event.h"
#include "fuzz.h"
#define fail() abort()
#include "judge.h"

static bool
same_text(const json_t *theirs, struct str ours)
{
	return json_is_string(theirs) &&
	       str_eq(ours, (struct str){json_string_value(theirs), json_string_length(theirs)});
}

static void
judge_taken(struct str body, const struct event *e, json_t *o)
{
	struct buf again = {0}, whole = {0};
	struct arena own = {0};
	struct canon_writer w = {.out = &whole};
	json_t *data = json_object_get(o, "data");
	MUST_OF(json_is_object(data) && json_object_size(o) == 5, body);
	MUST(json_integer_value(json_object_get(o, "t")) == e->t && e->t >= 0);
	MUST(same_text(json_object_get(o, "at"), e->at) && same_text(json_object_get(o, "by"), e->by));
	MUST(same_text(json_object_get(o, "kind"),
		e->kind == EVENT_UNKNOWN ? e->name : str_of(event_kind_text(e->kind))));
	MUST(e->more == (json_object_get(data, "more") && json_integer_value(json_object_get(data, "more")) == 1));
	judge_write(&w, o);
	MUST_OF(whole.n == body.n + 2 && memcmp(whole.p + 1, body.p, body.n) == 0, body);
	event_encode(&again, e);
	/* Keys in any order are read; what is written has its own, and is read to the same. */
	json_t *theirs;
	buf_reset(&whole);
	buf_char(&whole, '{');
	buf_str(&whole, buf_view(&again));
	buf_char(&whole, '}');
	theirs = judge_load(buf_view(&whole));
	MUST_OF(theirs && json_equal(theirs, o), buf_view(&again));
	json_decref(theirs);
	struct event copy = event_copy(&own, e);
	size_t was = again.n;
	event_encode(&again, &copy);
	MUST(str_eq(str_upto(buf_view(&again), was), str_from(buf_view(&again), was)));
	struct event back;
	const char *why;
	struct arena a = {0};
	again.n = was;
	buf_reset(&whole);
	MUST_OF(event_decode(&back, buf_view(&again), &a, &why), body);
	event_encode(&whole, &back);
	MUST_OF(str_eq(buf_view(&whole), buf_view(&again)), body);
	arena_finish(&a);
	arena_finish(&own);
	buf_finish(&again);
	buf_finish(&whole);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str rest = {(const char *)data, size}, line;
	/* A body a line, so that the kept ones stay few. */
	while (fuzz_line(&rest, &line)) {
		struct arena a = {0};
		struct buf whole = {0};
		struct event e;
		const char *why = NULL;
		struct str body = fuzz_alone(line);
		buf_char(&whole, '{');
		buf_str(&whole, body);
		buf_char(&whole, '}');
		json_t *o = judge_load(buf_view(&whole));
		if (event_decode(&e, body, &a, &why)) {
			MUST_OF(o, body);
			judge_taken(body, &e, o);
		} else {
			MUST(why && why[0]);
		}
		json_decref(o);
		buf_finish(&whole);
		arena_finish(&a);
		free((void *)body.p);
	}
	return 0;
}
