/*
 * The words of the vocabulary, and events as values: an event is made with
 * everything "not there", so that a zero is never mistaken for something said.
 */
#include "dais/event.h"

#include <assert.h>
#include <string.h>

#include "field.h"

/* Enumerators are read and written as unsigned through the table of fields. */
static_assert(sizeof(enum event_as) == sizeof(unsigned), "an enumerator is as large as unsigned");

enum { WORD_MAX = 8 };

static const char *const words[WORDS_COUNT][WORD_MAX] = {
	[WORDS_AS] = {[AS_ORDER] = "order",
		[AS_QUESTION] = "question",
		[AS_REPLY] = "reply",
		[AS_SPEECH] = "speech"},
	[WORDS_ATTENDING] = {[ATTENDING_SITE] = "site", [ATTENDING_ONLINE] = "online"},
	[WORDS_ROLE] = {[ROLE_EXECUTIVE_CHAIR] = "executive-chair",
		[ROLE_ONLINE_CHAIR] = "online-chair",
		[ROLE_CHAIR] = "chair",
		[ROLE_KEYNOTE] = "keynote",
		[ROLE_GUEST] = "guest",
		[ROLE_MEMBER] = "member",
		[ROLE_AUDIENCE] = "audience"},
	[WORDS_LINK] = {[LINK_CONNECTING] = "connecting",
		[LINK_READY] = "ready",
		[LINK_MUTED] = "muted",
		[LINK_AWAY] = "away"},
	[WORDS_MARK] = {[MARK_CLAIM] = "claim",
		[MARK_QUESTION] = "question",
		[MARK_ACTION] = "action",
		[MARK_DECISION] = "decision",
		[MARK_QUOTE] = "quote",
		[MARK_PRIVATE] = "private"},
	[WORDS_WHAT] = {[WHAT_PHOTO] = "photo", [WHAT_MOMENT] = "moment"},
	[WORDS_ORDER] = {[ORDER_FIFO] = "fifo",
		[ORDER_UNHEARD_FIRST] = "unheard-first",
		[ORDER_ALTERNATE] = "alternate"},
	[WORDS_INTERRUPT] = {[INTERRUPT_PAUSE] = "pause",
		[INTERRUPT_CHARGE] = "charge",
		[INTERRUPT_END] = "end"},
};

const char *
words_text(enum words set, unsigned v)
{
	return v < WORD_MAX ? words[set][v] : NULL;
}

unsigned
words_from(enum words set, struct str s)
{
	for (unsigned i = 1; i < WORD_MAX && words[set][i]; i++)
		if (s.n && s.p[0] == words[set][i][0] && str_is(s, words[set][i]))
			return i;
	return 0;
}

#define WORDS(noun, set)                                                                           \
	const char *event_##noun##_text(enum event_##noun v)                                       \
	{                                                                                          \
		return words_text(set, (unsigned)v);                                               \
	}                                                                                          \
	enum event_##noun event_##noun##_from(struct str s)                                        \
	{                                                                                          \
		return (enum event_##noun)words_from(set, s);                                      \
	}

WORDS(as, WORDS_AS)
WORDS(attending, WORDS_ATTENDING)
WORDS(role, WORDS_ROLE)
WORDS(link, WORDS_LINK)
WORDS(mark, WORDS_MARK)
WORDS(what, WORDS_WHAT)
WORDS(order, WORDS_ORDER)
WORDS(interrupt, WORDS_INTERRUPT)

/* Kinds that share a member of the union share its fields. */
enum member {
	MEMBER_none,
	MEMBER_open,
	MEMBER_host,
	MEMBER_close,
	MEMBER_pass,
	MEMBER_segment,
	MEMBER_fit,
	MEMBER_person,
	MEMBER_queue,
	MEMBER_rule,
	MEMBER_turn,
	MEMBER_note,
	MEMBER_award,
	MEMBER_mark,
	MEMBER_message,
	MEMBER_amend,
	MEMBER_report,
	MEMBER_undo,
	MEMBER_COUNT
};

static const enum member members[EVENT_KIND_COUNT] = {
#define X(id, text, member) MEMBER_##member,
	EVENT_KINDS(X)
#undef X
};

static const char *const kinds[EVENT_KIND_COUNT] = {
#define X(id, text, member) text,
	EVENT_KINDS(X)
#undef X
		"unknown",
};

const char *
event_kind_text(enum event_kind kind)
{
	return kinds[kind];
}

/* The integers of each member are not there: 0 would be something said. */
static const struct event blanks[MEMBER_COUNT] = {
	[MEMBER_open] = {.open = {.format = EVENT_NO}},
	[MEMBER_host] = {.host = {.epoch = EVENT_NO,
				 .wall = EVENT_NO,
				 .mono = EVENT_NO,
				 .gap = EVENT_NO,
				 .zone = EVENT_NO}},
	[MEMBER_segment] = {.segment = {.carry = EVENT_NO, .by = EVENT_NO}},
	[MEMBER_queue] = {.queue = {.entry = EVENT_NO, .place = EVENT_NO}},
	[MEMBER_rule] = {.rule = {.limit = EVENT_NO}},
	[MEMBER_turn] = {.turn = {.turn = EVENT_NO,
				 .entry = EVENT_NO,
				 .allotted = EVENT_NO,
				 .by = EVENT_NO}},
	[MEMBER_note] = {.note = {.note = EVENT_NO, .turn = EVENT_NO}},
	[MEMBER_mark] = {.mark = {.mark = EVENT_NO}},
	[MEMBER_amend] = {.amend = {.records = EVENT_NO}},
	[MEMBER_undo] = {.undo = {.seq = EVENT_NO}},
};

void
event_blank(struct event *out, enum event_kind kind)
{
	*out = blanks[members[kind]];
	out->kind = kind;
	out->seq = EVENT_NO;
	out->safe = EVENT_NO;
}

struct event
event_make(enum event_kind kind)
{
	struct event e;
	event_blank(&e, kind);
	return e;
}

/* An event's texts lie in one block, one behind the other: an allocation for each would pad it. */
struct block {
	char *p;
};

static size_t
room(struct str s)
{
	return s.p ? s.n + 1 : 0;
}

static struct str
copy_str(struct block *to, struct str s)
{
	if (!s.p)
		return STR_NONE;
	assert(to->p); /* room() counted it */
	struct str copy = {to->p, s.n};
	memcpy(to->p, s.p, s.n);
	to->p[s.n] = 0;
	to->p += s.n + 1;
	return copy;
}

static struct event_list
copy_list(struct arena *a, struct event_list list)
{
	struct str *items = list.n ? arena_alloc(a, list.n * sizeof *items) : NULL;
	for (size_t i = 0; i < list.n; i++)
		items[i] = list.items[i].p ? arena_str(a, list.items[i]) : STR_NONE;
	return (struct event_list){items, list.n};
}

static bool
is_text(const struct field *f)
{
	return f->type == FIELD_STR || f->type == FIELD_CHANGE || f->type == FIELD_RAW;
}

void
event_own(struct arena *a, struct event *e)
{
	size_t n, size = room(e->at) + room(e->by) + room(e->name) + room(e->extra);
	const struct field *f = field_rows(e->kind, &n);
	for (size_t i = 0; i < n; i++)
		if (is_text(&f[i]))
			size += room(*(const struct str *)field_of(&f[i], e));
	struct block texts = {size ? arena_alloc(a, size) : NULL};
	e->at = copy_str(&texts, e->at);
	e->by = copy_str(&texts, e->by);
	e->name = copy_str(&texts, e->name);
	e->extra = copy_str(&texts, e->extra);
	for (size_t i = 0; i < n; i++) {
		void *p = field_at(&f[i], e);
		if (is_text(&f[i]))
			*(struct str *)p = copy_str(&texts, *(struct str *)p);
		else if (f[i].type == FIELD_LIST)
			*(struct event_list *)p = copy_list(a, *(struct event_list *)p);
	}
}

struct event
event_copy(struct arena *a, const struct event *e)
{
	struct event c = *e;
	event_own(a, &c);
	return c;
}
