/* What the data of each kind of event holds: the table that making, copying, writing and reading
 * follow. */
#pragma once

#include "dais/event.h"

enum words {
	WORDS_AS,
	WORDS_ATTENDING,
	WORDS_ROLE,
	WORDS_LINK,
	WORDS_MARK,
	WORDS_WHAT,
	WORDS_ORDER,
	WORDS_INTERRUPT,
	WORDS_COUNT
};

/* The word of an enumerator, NULL for 0; and back, 0 if there is none. */
const char *words_text(enum words set, unsigned v);
unsigned words_from(enum words set, struct str s);

enum field_type {
	FIELD_INT,    /* not negative */
	FIELD_SIGNED, /* may be negative */
	FIELD_ID,     /* of something that may be missing: none is 0 or EVENT_NO */
	FIELD_BOOL,
	FIELD_STR,    /* an empty one says nothing */
	FIELD_CHANGE, /* text that may be changed to nothing: not there is NULL */
	FIELD_WORD,   /* an enumerator */
	FIELD_LIST,   /* of texts */
	FIELD_RAW     /* a canonical value, kept as its text */
};

struct field {
	struct str key; /* as it stands in the log: "name": */
	enum field_type type;
	bool required;    /* always written, refused where missing */
	size_t offset;    /* in struct event */
	size_t max;       /* bytes of a text */
	enum words words; /* of a FIELD_WORD */
};

/* The fields of a kind in the order of formats.md 2, and how many. */
const struct field *field_rows(enum event_kind kind, size_t *n);
/* True if the event has something to say in this field. */
bool field_said(const struct field *f, const struct event *e);

/* event_make() and event_copy() in place: a log of a million events is decoded through them. */
void event_blank(struct event *out, enum event_kind kind);
void event_own(struct arena *a, struct event *e); /* its texts and lists become copies in a */

/* Where a field lies. Callers read and write the type that the row names. */
static inline void *
field_at(const struct field *f, struct event *e)
{
	return (char *)e + f->offset;
}

static inline const void *
field_of(const struct field *f, const struct event *e)
{
	return (const char *)e + f->offset;
}
/* The enumerator of a word, 0 if there is none. */
enum event_as event_as_from(struct str s);
enum event_attending event_attending_from(struct str s);
enum event_role event_role_from(struct str s);
enum event_link event_link_from(struct str s);
enum event_mark event_mark_from(struct str s);
enum event_what event_what_from(struct str s);
enum event_order event_order_from(struct str s);
enum event_interrupt event_interrupt_from(struct str s);
