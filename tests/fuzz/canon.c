/*
 * Canonical JSON, with jansson as the judge: what is taken, jansson reads, and
 * our writer makes the very same bytes of it; what jansson reads and our
 * writer would write so is taken.
 */
#include "fuzz.h"
#define fail() abort()
#include "judge.h"

enum { DEPTH = 16 };

/* Whether our writer could write this value, and our reader goes as deep. */
static bool
writable(json_t *v, int depth)
{
	const char *key;
	json_t *item;
	size_t i;
	if (json_is_real(v) || depth > DEPTH)
		return false;
	if (json_is_integer(v))
		return llabs(json_integer_value(v)) < (json_int_t)1 << 53;
	json_object_foreach(v, key, item)
		if (!writable(item, depth + (json_is_object(item) || json_is_array(item))))
			return false;
	if (json_is_array(v))
		json_array_foreach(v, i, item)
			if (!writable(item, depth + (json_is_object(item) || json_is_array(item))))
				return false;
	return true;
}

static void
through_text(struct str in)
{
	struct buf out = {0}, again = {0};
	struct arena a = {0};
	struct str back;
	canon_put_str(&out, in);
	MUST(fuzz_harmless(buf_view(&out), ""));
	struct canon_reader r = canon_read(buf_view(&out));
	MUST(canon_take_str(&r, &a, &back) && canon_done(&r));
	canon_put_str(&again, back);
	MUST_OF(str_eq(buf_view(&out), buf_view(&again)), in);
	buf_finish(&out);
	buf_finish(&again);
	arena_finish(&a);
}

/* Any order of asking is answered, and a failure is for ever. */
static void
wander(struct str in)
{
	struct arena a = {0};
	struct canon_reader r = canon_read(in);
	for (size_t i = 0; i < 64 && r.ok; i++) {
		struct str s;
		int64_t v;
		bool b;
		switch (in.n ? (unsigned char)in.p[i % in.n] % 7 : 0) {
		case 0: canon_enter(&r, canon_peek(&r) == '[' ? '[' : '{'); break;
		case 1: /* the end of something that was entered */
			if (r.depth)
				canon_more(&r, '}');
			break;
		case 2: canon_next_key(&r, &a, &s); break;
		case 3: canon_take_int(&r, &v); break;
		case 4: canon_take_bool(&r, &b); break;
		case 5: canon_take_str(&r, &a, &s); break;
		default: canon_take_any(&r, &s); break;
		}
		MUST(r.at <= in.n);
	}
	if (!r.ok) {
		struct str s;
		MUST(!canon_take_any(&r, &s) && !canon_done(&r) && !canon_more(&r, ']'));
	}
	arena_finish(&a);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str in = {(const char *)data, size}, all;
	struct canon_reader r = canon_read(in);
	bool taken = canon_take_any(&r, &all) && canon_done(&r);
	json_t *theirs = judge_load(in);
	struct buf again = {0};
	struct canon_writer w = {.out = &again};
	MUST_OF(!taken || (theirs && str_eq(all, in)), in);
	MUST_OF(!taken || fuzz_harmless(in, ""), in);
	int deep = theirs && (json_is_object(theirs) || json_is_array(theirs));
	if (theirs && writable(theirs, deep)) {
		judge_write(&w, theirs);
		MUST_OF(taken == str_eq(buf_view(&again), in), in);
	} else {
		MUST_OF(!taken, in);
	}
	json_decref(theirs);
	buf_finish(&again);
	through_text(in);
	wander(in);
	return 0;
}
