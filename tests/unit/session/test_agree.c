/* Events of all kinds with anything in them, whole and changed: what our reader takes jansson reads
 * to the same values, and what it calls not canonical is not. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "dais/utf8.h"
#include "field.h"
#include "judge.h"

#define NOT_CANONICAL "the line is not as dais writes it"

struct trial {
	uint64_t seed;
	struct arena arena;
	struct buf body, changed, other;
	long taken, refused;
};

static uint64_t
dice(struct trial *x, uint64_t n)
{
	x->seed ^= x->seed << 13;
	x->seed ^= x->seed >> 7;
	x->seed ^= x->seed << 17;
	return x->seed % n;
}

/* ---- an event with anything in it ---- */

static struct str
some_text(struct trial *x, size_t least)
{
	static const uint32_t some[] = {0, 10, 27, '"', '\\', '/', ' ', 'a', 'b', 'c', 'x', '0', '}',
		',', 0x7f, 0x85, 0xad, 0xe9, 0x7ff, 0x800, 0x180e, 0x200b, 0x2028, 0x202e, 0x2fff,
		0x3000, 0x4e00, 0x9fff, 0xcfff, 0xd000, 0xd7ff, 0xe000, 0xfdd0, 0xfeff, 0xfffd,
		0xffff, 0x10000, 0x1f600, 0xe0041, 0x10ffff};
	char text[128];
	size_t n = 0;
	for (uint64_t left = least + dice(x, 24); left; left--)
		n += utf8_write(
			text + n, dice(x, 2) ? 'a' + (uint32_t)dice(x, 26)
					     : some[dice(x, sizeof some / sizeof *some)]);
	return arena_str(&x->arena, (struct str){text, n});
}

static int64_t
some_number(struct trial *x)
{
	return (int64_t)dice(x, dice(x, 2) ? 100 : (uint64_t)EVENT_INT_MAX);
}

static struct event_list
some_list(struct trial *x)
{
	size_t n = 1 + dice(x, 3);
	struct str *items = arena_alloc(&x->arena, n * sizeof *items);
	for (size_t i = 0; i < n; i++)
		items[i] = some_text(x, 0);
	return (struct event_list){items, n};
}

static unsigned
some_word(struct trial *x, enum words set)
{
	unsigned v;
	do
		v = 1 + (unsigned)dice(x, 7);
	while (!words_text(set, v));
	return v;
}

static void
fill(struct trial *x, const struct field *f, struct event *e)
{
	void *p = field_at(f, e);
	switch (f->type) {
	case FIELD_INT:
	case FIELD_ID:
		*(int64_t *)p = some_number(x) + (f->type == FIELD_ID);
		if (*(int64_t *)p >= EVENT_INT_MAX)
			*(int64_t *)p = 1;
		break;
	case FIELD_SIGNED:
		*(int64_t *)p = dice(x, 2) ? some_number(x) : -2 - some_number(x) / 2;
		break;
	case FIELD_BOOL:
		*(bool *)p = dice(x, 2);
		break;
	case FIELD_STR:
		*(struct str *)p = some_text(x, !f->required);
		break;
	case FIELD_CHANGE:
		*(struct str *)p = some_text(x, 0);
		break;
	case FIELD_WORD:
		*(unsigned *)p = some_word(x, f->words);
		break;
	case FIELD_LIST:
		*(struct event_list *)p = some_list(x);
		break;
	case FIELD_RAW:
		*(struct str *)p = dice(x, 2) ? STR("{\"a\":[1,null,\"\\u000a\"],\"b\":{}}")
					      : STR("[[\"p1\",-5],[true]]");
		break;
	}
}

static struct event
some_event(struct trial *x, enum event_kind kind)
{
	size_t n;
	const struct field *f = field_rows(kind, &n);
	struct event e = event_make(kind);
	e.t = some_number(x);
	e.at = some_text(x, 0);
	e.by = some_text(x, 0);
	if (kind == EVENT_UNKNOWN)
		e.name = STR("poll.open");
	for (size_t i = 0; i < n; i++)
		if (f[i].required || dice(x, 2))
			fill(x, &f[i], &e);
	if (!dice(x, 4))
		e.extra = STR("\"later\":[1,{\"a\":\"\\u200b\"}],\"zz\":null");
	e.more = !dice(x, 4);
	return e;
}

/* ---- the judge ---- */

static json_t *
load_body(struct trial *x, struct str body)
{
	buf_reset(&x->other);
	buf_char(&x->other, '{');
	buf_str(&x->other, body);
	buf_char(&x->other, '}');
	return judge_load(buf_view(&x->other));
}

static void
same_text(struct str ours, const json_t *theirs)
{
	assert_true(json_is_string(theirs));
	assert_int_equal(ours.n, json_string_length(theirs));
	assert_memory_equal(ours.n ? ours.p : "", json_string_value(theirs), ours.n);
}

static void
same_field(const struct field *f, const struct event *e, const json_t *theirs)
{
	const void *p = field_of(f, e);
	const struct event_list *list = p;
	switch (f->type) {
	case FIELD_INT:
	case FIELD_SIGNED:
	case FIELD_ID:
		assert_true(json_is_integer(theirs));
		assert_true(*(const int64_t *)p == json_integer_value(theirs));
		return;
	case FIELD_BOOL:
		assert_true(json_is_boolean(theirs));
		assert_int_equal(*(const bool *)p, json_is_true(theirs));
		return;
	case FIELD_WORD:
		same_text(str_of(words_text(f->words, *(const unsigned *)p)), theirs);
		return;
	case FIELD_LIST:
		assert_int_equal(list->n, json_array_size(theirs));
		for (size_t i = 0; i < list->n; i++)
			same_text(list->items[i], json_array_get(theirs, i));
		return;
	case FIELD_STR:
	case FIELD_CHANGE:
		same_text(*(const struct str *)p, theirs);
		return;
	case FIELD_RAW:
		break;
	}
	json_t *ours = judge_load(*(const struct str *)p);
	assert_true(ours && json_equal(ours, theirs));
	json_decref(ours);
}

/* All that we read is what jansson reads, and there is no more in it. */
static void
same_values(struct trial *x, const struct event *e, struct str body)
{
	json_t *o = load_body(x, body);
	assert_non_null(o);
	const json_t *data = json_object_get(o, "data");
	size_t n, members = e->more;
	const struct field *f = field_rows(e->kind, &n);
	assert_int_equal(json_object_size(o), 5);
	assert_true(e->t == json_integer_value(json_object_get(o, "t")));
	same_text(e->at, json_object_get(o, "at"));
	same_text(e->by, json_object_get(o, "by"));
	same_text(e->kind == EVENT_UNKNOWN ? e->name : str_of(event_kind_text(e->kind)),
		json_object_get(o, "kind"));
	for (size_t i = 0; i < n; i++) {
		char key[32] = {0};
		memcpy(key, f[i].key.p + 1, f[i].key.n - 3);
		const json_t *theirs = json_object_get(data, key);
		members += theirs != NULL;
		if (theirs)
			same_field(&f[i], e, theirs);
		else
			assert_false(f[i].required || field_said(&f[i], e));
	}
	if (e->more)
		assert_true(json_integer_value(json_object_get(data, "more")) == 1);
	json_t *extra = load_body(x, e->extra), *item;
	const char *key;
	assert_non_null(extra);
	json_object_foreach(extra, key, item)
		assert_true(json_equal(item, json_object_get(data, key)));
	assert_int_equal(json_object_size(data), members + json_object_size(extra));
	json_decref(extra);
	json_decref(o);
}

/* A copy says the same, needs nothing of the first, and leaves room for the next. */
static void
same_copy(struct trial *x, struct str body)
{
	struct arena own = {0};
	struct event e;
	const char *why;
	char *bytes = str_dup(body);
	assert_true(event_decode(&e, (struct str){bytes, body.n}, &x->arena, &why));
	struct event copy = event_copy(&own, &e), next = event_copy(&own, &e);
	memset(bytes, 'x', body.n);
	assert_true(copy.at.p[copy.at.n] == 0 && copy.by.p[copy.by.n] == 0);
	buf_reset(&x->other);
	event_encode(&x->other, &copy);
	assert_true(str_eq(buf_view(&x->other), body));
	buf_reset(&x->other);
	event_encode(&x->other, &next);
	assert_true(str_eq(buf_view(&x->other), body));
	arena_finish(&own);
	free(bytes);
}

/* Whether our writer could write this value at all. */
static bool
writable(json_t *v, int depth)
{
	const char *key;
	json_t *item;
	size_t i;
	bool good = depth <= 16 && !json_is_real(v);
	if (json_is_integer(v))
		good = llabs(json_integer_value(v)) < EVENT_INT_MAX;
	json_object_foreach(v, key, item)
		good = good && writable(item, depth + json_is_object(item) + json_is_array(item));
	if (json_is_array(v))
		json_array_foreach(v, i, item)
			good = good && writable(item, depth + json_is_object(item) + json_is_array(item));
	return good;
}

/* What our reader must not call "not canonical": jansson reads it, it has the five members of a body
 * in their order, and our writer makes the same bytes of it. */
static bool
canonical(struct trial *x, struct str body)
{
	static const char *const keys[] = {"t", "at", "by", "kind", "data"};
	json_t *o = load_body(x, body), *item;
	const char *key;
	size_t i = 0;
	bool good = json_is_object(o) && json_object_size(o) == 5 && writable(o, 0);
	if (json_is_object(o))
		json_object_foreach(o, key, item)
			good = good && !strcmp(key, keys[i++]);
	good = good && json_is_integer(json_object_get(o, "t")) &&
	       json_is_string(json_object_get(o, "at")) &&
	       json_is_string(json_object_get(o, "by")) &&
	       json_is_string(json_object_get(o, "kind")) &&
	       json_is_object(json_object_get(o, "data"));
	/* "more" is a 1 or nothing: it is read as a text. */
	good = good && !json_object_get(json_object_get(o, "data"), "more");
	if (good) {
		struct buf again = {0};
		struct canon_writer w = {.out = &again};
		judge_write(&w, o);
		good = str_eq(buf_view(&again), buf_view(&x->other));
		buf_finish(&again);
	}
	json_decref(o);
	return good;
}

static void
judge_line(struct trial *x, struct str body)
{
	struct event e;
	const char *why;
	struct str exact = str_upto(body, body.n);
	/* A copy of its own length, so that the sanitizers see whoever reads on behind it. */
	char *alone = str_dup(exact);
	exact.p = alone;
	if (event_decode(&e, exact, &x->arena, &why)) {
		x->taken++;
		same_values(x, &e, exact);
	} else {
		x->refused++;
		if (!strcmp(why, NOT_CANONICAL) && canonical(x, exact))
			fail_msg("canonical after all: %.*s", STR_ARG(exact));
	}
	free(alone);
}

/* ---- changed lines ---- */

/* Puts text into x->changed in the place of n bytes. */
static void
splice(struct trial *x, size_t at, size_t n, struct str text)
{
	struct buf out = {0};
	struct str was = buf_view(&x->changed);
	buf_str(&out, str_upto(was, at));
	buf_str(&out, text);
	buf_str(&out, str_from(was, at + n));
	buf_finish(&x->changed);
	x->changed = out;
}

/* A place where something is likely to be noticed: before or behind a mark of structure. */
static size_t
some_place(struct trial *x)
{
	size_t at = dice(x, x->changed.n);
	if (dice(x, 3))
		while (at + 1 < x->changed.n && !strchr("{}[],:\"", x->changed.p[at]))
			at++;
	return at;
}

static void
change(struct trial *x)
{
	static const char *const others[] = {"\"", "\\", ",", ":", "0", "9", "-", "a", " ", "{", "}",
		"[", "]", "\n", "\x80", "\xff", ",\"more\":1", "\"more\":1,", ",\"x\":1",
		",\"x\":{\"a\":1}", "\\u000a", "\\u4e00", "\\u000A", "\xe2\x80\xae", "\xe3\x80\x80",
		"\xed\xa0\x80", "\xe4\xb8", "null", "1e3", "1.0", ",\"entry\":3",
		",\"person\":\"a\"", "true", "9007199254740992", "\"\"", "\\\"", "{}"};
	size_t at = some_place(x), n = 1 + dice(x, 6);
	struct str other = str_of(others[dice(x, sizeof others / sizeof *others)]);
	switch (dice(x, 5)) {
	case 0:
		splice(x, at, 1, other);
		break;
	case 1:
		splice(x, at, 0, other);
		break;
	case 2:
		splice(x, at, n, STR_NONE);
		break;
	case 3: /* something of its own once more */
		splice(x, at, 0, str_upto(str_from(buf_view(&x->body), some_place(x)), 4 * n));
		break;
	default:
		x->changed.p[at] = (char)dice(x, 256);
	}
}

static void
agrees(void **state)
{
	enum { ROUNDS = 30, CHANGES = 16 };
	struct trial x = {.seed = 20230715};
	(void)state;
	print_message("# seed %llu\n", (unsigned long long)x.seed);
	for (int kind = 0; kind < EVENT_KIND_COUNT; kind++)
		for (int round = 0; round < ROUNDS; round++) {
			struct event e = some_event(&x, (enum event_kind)kind), back;
			const char *why;
			buf_reset(&x.body);
			event_encode(&x.body, &e);
			assert_true(event_decode(&back, buf_view(&x.body), &x.arena, &why));
			judge_line(&x, buf_view(&x.body));
			same_copy(&x, buf_view(&x.body));
			for (int i = 0; i < CHANGES; i++) {
				buf_reset(&x.changed);
				buf_str(&x.changed, buf_view(&x.body));
				for (uint64_t k = 1 + dice(&x, 2); k && x.changed.n; k--)
					change(&x);
				judge_line(&x, buf_view(&x.changed));
			}
			arena_finish(&x.arena);
		}
	print_message("# %ld taken, %ld refused\n", x.taken, x.refused);
	assert_true(x.taken > x.refused / 10 && x.refused > 1000);
	buf_finish(&x.body);
	buf_finish(&x.changed);
	buf_finish(&x.other);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(agrees)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
