/*
 * An event as the body of its line in the log, and back. The table of fields
 * says everything; what this version does not know is carried along as text.
 */
#include <assert.h>
#include <string.h>

#include "dais/canon.h"
#include "dais/event.h"
#include "dais/i18n.h"
#include "field.h"

static void
write_list(struct canon_writer *w, const struct event_list *list)
{
	canon_open(w, '[');
	for (size_t i = 0; i < list->n; i++)
		canon_str(w, list->items[i]);
	canon_close(w, ']');
}

static void
write_field(struct canon_writer *w, const struct field *f, const struct event *e)
{
	const void *p = field_of(f, e);
	canon_raw(w, f->key);
	w->comma = false;
	switch (f->type) {
	case FIELD_INT:
	case FIELD_SIGNED:
	case FIELD_ID:
		canon_int(w, *(const int64_t *)p);
		break;
	case FIELD_BOOL:
		canon_bool(w, *(const bool *)p);
		break;
	case FIELD_STR:
	case FIELD_CHANGE:
		canon_str(w, *(const struct str *)p);
		break;
	case FIELD_WORD:
		canon_str(w, str_of(words_text(f->words, *(const unsigned *)p)));
		break;
	case FIELD_LIST:
		write_list(w, p);
		break;
	case FIELD_RAW:
		assert(((const struct str *)p)->n > 0);
		canon_raw(w, *(const struct str *)p);
		break;
	}
}

static void
write_data(struct canon_writer *w, const struct event *e)
{
	size_t n;
	const struct field *f = field_rows(e->kind, &n);
	canon_open(w, '{');
	for (size_t i = 0; i < n; i++) {
		/* A number or word that must be there and is not is a fault of whoever made the
		 * event. */
		assert(!f[i].required || f[i].type != FIELD_INT || field_said(&f[i], e));
		assert(!f[i].required || f[i].type != FIELD_WORD || field_said(&f[i], e));
		if (f[i].required || field_said(&f[i], e))
			write_field(w, &f[i], e);
	}
	if (e->extra.n)
		canon_raw(w, e->extra);
	if (e->more)
		canon_key_int(w, "more", 1);
	canon_close(w, '}');
}

void
event_encode(struct buf *out, const struct event *e)
{
	struct canon_writer w = {.out = out};
	canon_key_int(&w, "t", e->t);
	w.comma = true;
	canon_key_str(&w, "at", e->at);
	canon_key_str(&w, "by", e->by);
	canon_key_str(
		&w, "kind", e->kind == EVENT_UNKNOWN ? e->name : str_of(event_kind_text(e->kind)));
	canon_key(&w, "data");
	write_data(&w, e);
}

/* What a field's value is refused with; NULL where it was read. */
#define WRONG_TYPE N_("a field does not hold what it should")
#define TOO_LONG N_("a text is too long")
#define OUT_OF_RANGE N_("a number is out of range")
#define NOT_SAID N_("an empty field is written out")
#define LATER_WORD N_("a word is of a later version of dais")
#define MISSING N_("a field is missing")
#define NOT_CANONICAL N_("the line is not as dais writes it")

static const char *
read_int(struct canon_reader *r, const struct field *f, int64_t *out)
{
	if (canon_peek(r) != '0')
		return WRONG_TYPE;
	if (!canon_take_int(r, out))
		return OUT_OF_RANGE;
	return *out < 0 && f->type != FIELD_SIGNED ? OUT_OF_RANGE : NULL;
}

static const char *
read_str(struct canon_reader *r, struct arena *a, const struct field *f, struct str *out)
{
	if (canon_peek(r) != '"' || !canon_take_str(r, a, out))
		return WRONG_TYPE;
	return out->n > f->max ? TOO_LONG : NULL;
}

static const char *
read_word(struct canon_reader *r, struct arena *a, const struct field *f, unsigned *out)
{
	struct str word;
	if (canon_peek(r) != '"' || !canon_take_str(r, a, &word))
		return WRONG_TYPE;
	*out = words_from(f->words, word);
	return *out ? NULL : LATER_WORD;
}

/* The texts of a list are counted by a first walk, so that the second can lay them in one block. */
static const char *
read_list(struct canon_reader *r, struct arena *a, const struct field *f, struct event_list *out)
{
	struct canon_reader counting = *r;
	struct str whole;
	size_t n = 0;
	if (canon_peek(r) != '[' || !canon_enter(&counting, '['))
		return WRONG_TYPE;
	while (canon_more(&counting, ']') && canon_take_any(&counting, &whole))
		n++;
	struct str *items = n ? arena_alloc(a, n * sizeof *items) : NULL;
	*out = (struct event_list){items, n};
	const char *why = NULL;
	canon_enter(r, '[');
	for (size_t i = 0; canon_more(r, ']') && !why; i++)
		why = i < n ? read_str(r, a, f, &items[i]) : WRONG_TYPE;
	return why;
}

static const char *
read_value(struct canon_reader *r, struct arena *a, const struct field *f, struct event *e)
{
	void *p = field_at(f, e);
	switch (f->type) {
	case FIELD_INT:
	case FIELD_SIGNED:
	case FIELD_ID:
		return read_int(r, f, p);
	case FIELD_BOOL:
		return canon_take_bool(r, p) ? NULL : WRONG_TYPE;
	case FIELD_STR:
	case FIELD_CHANGE:
		return read_str(r, a, f, p);
	case FIELD_WORD:
		return read_word(r, a, f, p);
	case FIELD_LIST:
		return read_list(r, a, f, p);
	case FIELD_RAW:
		break;
	}
	return canon_take_any(r, p) ? NULL : WRONG_TYPE;
}

/* A value that may be missing must say something, or the writer would have left it out. */
static const char *
read_field(struct canon_reader *r, struct arena *a, const struct field *f, struct event *e)
{
	const char *why = read_value(r, a, f, e);
	if (!why && !f->required && !field_said(f, e))
		why = NOT_SAID;
	return why;
}

static bool
stands(const struct canon_reader *r, struct str key)
{
	const char *p = r->in.p + r->at;
	/* Behind the quote most keys differ at once. */
	return r->in.n - r->at >= key.n && p[1] == key.p[1] && memcmp(p, key.p, key.n) == 0;
}

/* The field whose key comes next, or n; fields mostly come in the order of the table. */
static size_t
take_field(struct canon_reader *r, const struct field *f, size_t n, size_t expected)
{
	for (size_t k = 0; k < n; k++) {
		size_t i = expected + k < n ? expected + k : expected + k - n;
		if (stands(r, f[i].key)) {
			r->at += f[i].key.n;
			return i;
		}
	}
	return n;
}

static const char *
find_missing(const struct field *f, size_t n, uint32_t seen)
{
	for (size_t i = 0; i < n; i++)
		if (f[i].required && !(seen >> i & 1))
			return MISSING;
	return NULL;
}

/* Takes a member of data that this version does not know. */
static const char *
take_other(struct canon_reader *r, struct arena *a, struct buf *extra)
{
	struct str key, value;
	size_t start = r->at;
	if (!canon_next_key(r, a, &key) || !canon_take_any(r, &value))
		return NOT_CANONICAL;
	if (extra->n)
		buf_char(extra, ',');
	buf_put(extra, r->in.p + start, r->at - start);
	return NULL;
}

/* Reads data in one go. Two unknown keys may be the same one: *others says how many there are. */
static const char *
read_members(struct event *e, struct canon_reader *r, struct arena *a, size_t *others)
{
	size_t n, i = 0;
	const struct field *f = field_rows(e->kind, &n);
	struct buf extra = {0};
	const char *why = NULL;
	uint32_t seen = 0;
	canon_enter(r, '{');
	while (!why && canon_more(r, '}')) {
		i = take_field(r, f, n, i);
		if (i < n) {
			why = seen >> i & 1 ? NOT_CANONICAL : read_field(r, a, &f[i], e);
			seen |= (uint32_t)1 << i++;
		} else if (stands(r, STR("\"more\":"))) {
			why = e->more				   ? NOT_CANONICAL
			      : canon_take(r, "\"more\":1") ? NULL
							   : WRONG_TYPE;
			e->more = true;
		} else {
			why = take_other(r, a, &extra);
			++*others;
		}
	}
	if (extra.n)
		e->extra = arena_str(a, buf_view(&extra));
	buf_finish(&extra);
	if (!why && !r->ok)
		why = NOT_CANONICAL;
	return why ? why : find_missing(f, n, seen);
}

/* Reads data up to the end of the body. What is not canonical is told before what it says. */
static const char *
read_data(struct event *e, struct canon_reader *r, struct arena *a)
{
	struct canon_reader whole = *r;
	struct str data;
	size_t others = 0;
	const char *why = read_members(e, r, a, &others);
	if (why || others > 1 || !canon_done(r)) {
		canon_take_any(&whole, &data);
		if (!canon_done(&whole))
			why = NOT_CANONICAL;
	}
	return why;
}

static enum event_kind
kind_from(struct str s)
{
	static const struct str kinds[] = {
#define X(id, text, member) {text, sizeof text - 1},
		EVENT_KINDS(X)
#undef X
	};
	int k = 0;
	while (k < EVENT_UNKNOWN &&
		(kinds[k].n != s.n || memcmp(kinds[k].p, s.p, kinds[k].n) != 0))
		k++;
	return (enum event_kind)k;
}

/* canon_take() for a text whose length the compiler knows. */
static inline bool
take_text(struct canon_reader *r, struct str text)
{
	if (!r->ok || r->in.n - r->at < text.n || memcmp(r->in.p + r->at, text.p, text.n) != 0)
		return r->ok = false;
	r->at += text.n;
	return true;
}
#define TAKE(r, literal) take_text(r, STR(literal))

bool
event_decode(struct event *out, struct str body, struct arena *a, const char **why)
{
	struct canon_reader r = canon_read(body);
	struct str at, by, kind;
	int64_t t;
	*why = NOT_CANONICAL;
	if (body.n > EVENT_LINE_MAX || !TAKE(&r, "\"t\":") || !canon_take_int(&r, &t) ||
		!TAKE(&r, ",\"at\":") || !canon_take_str(&r, a, &at) ||
		!TAKE(&r, ",\"by\":") || !canon_take_str(&r, a, &by) ||
		!TAKE(&r, ",\"kind\":") || !canon_take_str(&r, a, &kind) ||
		!TAKE(&r, ",\"data\":") || canon_peek(&r) != '{')
		return false;
	event_blank(out, kind_from(kind));
	out->t = t;
	out->at = at;
	out->by = by;
	if (out->kind == EVENT_UNKNOWN)
		out->name = kind;
	*why = read_data(out, &r, a);
	if (!*why && t < 0)
		*why = OUT_OF_RANGE;
	if (!*why && (at.n > EVENT_NAME_MAX || by.n > EVENT_NAME_MAX || kind.n > EVENT_NAME_MAX))
		*why = TOO_LONG;
	return !*why;
}
