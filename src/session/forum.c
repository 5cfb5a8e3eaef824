/*
 * The forum: the agenda as it stands in session.open, read into people,
 * segments and rules. A table names each key; what a later version adds is
 * passed over.
 */
#include <stdlib.h>
#include <string.h>

#include "field.h"
#include "internal.h"

static const char *const segment_kinds[SEGMENT_KIND_COUNT] = {
	"opening", "keynote", "award", "point", "break", "closing", "photo", "other"};

const char *
segment_kind_text(enum segment_kind v)
{
	return segment_kinds[v];
}

static bool
segment_kind_from(struct str s, enum segment_kind *out)
{
	for (size_t i = 0; i < SEGMENT_KIND_COUNT; i++) {
		if (str_is(s, segment_kinds[i])) {
			*out = (enum segment_kind)i;
			return true;
		}
	}
	return false;
}

/* What an agenda that says nothing gets: the customs of a panel, and one bell. */
static const struct session_rules defaults = {
	.allotted = {[AS_UNSET] = EVENT_NO,
		[AS_ORDER] = 60000,
		[AS_QUESTION] = 30000,
		[AS_REPLY] = 60000,
		[AS_SPEECH] = 180000},
	.warn = {30000},
	.warns = 1,
	.overtime_bell = 30000,
	.interrupt = INTERRUPT_PAUSE,
	.limit = 0,
	.order = ORDER_FIFO,
	.overtime = OVERTIME_SHOW,
};

static const char *const overtimes[OVERTIME_COUNT] = {
	[OVERTIME_SHOW] = "show", [OVERTIME_HIDE] = "hide", [OVERTIME_UP] = "time-is-up"};

const char *
session_overtime_text(enum session_overtime v)
{
	return overtimes[v];
}

static enum session_overtime
overtime_from(struct str s)
{
	for (int i = OVERTIME_SHOW; i < OVERTIME_COUNT; i++)
		if (str_is(s, overtimes[i]))
			return (enum session_overtime)i;
	return OVERTIME_UNSET;
}

struct reading {
	struct state *st;
	struct canon_reader r;
};

static struct event_list
take_list(struct reading *x)
{
	struct str *items = NULL, one;
	size_t n = 0, cap = 0;
	if (canon_enter(&x->r, '[')) {
		while (canon_more(&x->r, ']')) {
			if (canon_take_str(&x->r, state_arena(x->st), &one))
				VEC_PUSH(items, n, cap, one);
		}
	}
	struct event_list list = {NULL, n};
	if (n) {
		struct str *kept = arena_alloc(state_arena(x->st), n * sizeof *items);
		memcpy(kept, items, n * sizeof *items);
		list.items = kept;
	}
	free(items);
	return list;
}

static void
take_warn(struct reading *x, struct session_rules *rules)
{
	int64_t ms;
	rules->warns = 0;
	if (!canon_enter(&x->r, '['))
		return;
	while (canon_more(&x->r, ']')) {
		if (!canon_take_int(&x->r, &ms) || rules->warns == SESSION_WARN_MAX)
			continue;
		/* The longest first, in whatever order they were written. */
		size_t at = rules->warns++;
		for (; at > 0 && rules->warn[at - 1] < ms; at--)
			rules->warn[at] = rules->warn[at - 1];
		rules->warn[at] = span_cut(ms);
	}
}

/* A duration or count; 0 in the allotted times means that there is none. */
static void
take_timing(struct reading *x, struct session_rules *rules)
{
	struct str key, word;
	int64_t v;
	if (!canon_enter(&x->r, '{'))
		return;
	while (canon_more(&x->r, '}')) {
		canon_next_key(&x->r, state_arena(x->st), &key);
		if (str_is(key, "warn")) {
			take_warn(x, rules);
		} else if (str_is(key, "interrupt")) {
			/* A word of a later version leaves what stood there. */
			if (canon_take_str(&x->r, state_arena(x->st), &word) &&
				event_interrupt_from(word))
				rules->interrupt = event_interrupt_from(word);
		} else if (str_is(key, "overtime")) {
			if (canon_take_str(&x->r, state_arena(x->st), &word) &&
				overtime_from(word))
				rules->overtime = overtime_from(word);
		} else if (str_is(key, "overtime_bell")) {
			canon_take_int(&x->r, &rules->overtime_bell);
			rules->overtime_bell = span_cut(rules->overtime_bell);
		} else if (str_is(key, "limit")) {
			canon_take_int(&x->r, &rules->limit);
		} else if (event_as_from(key)) {
			if (canon_take_int(&x->r, &v))
				rules->allotted[event_as_from(key)] = span_cut(v);
		} else {
			canon_take_any(&x->r, &word);
		}
	}
}

static void
take_queue(struct reading *x, struct session_rules *rules)
{
	struct str key, word;
	if (!canon_enter(&x->r, '{'))
		return;
	while (canon_more(&x->r, '}')) {
		canon_next_key(&x->r, state_arena(x->st), &key);
		if (!str_is(key, "order"))
			canon_take_any(&x->r, &word);
		else if (canon_take_str(&x->r, state_arena(x->st), &word) && event_order_from(word))
			rules->order = event_order_from(word);
	}
}

static const char *
take_person(struct reading *x)
{
	struct session_person p = {.role = ROLE_MEMBER, .attending = ATTENDING_SITE};
	struct str key, word = STR_NONE;
	if (!canon_enter(&x->r, '{'))
		return N_("a person of the agenda cannot be read");
	while (canon_more(&x->r, '}')) {
		canon_next_key(&x->r, state_arena(x->st), &key);
		if (canon_peek(&x->r) != '"') {
			canon_take_any(&x->r, &word);
			continue;
		}
		canon_take_str(&x->r, state_arena(x->st), &word);
		struct {
			const char *key;
			struct str *into;
		} const texts[] = {
			{"id", &p.id},
			{"name", &p.name},
			{"title", &p.title},
			{"affiliation", &p.affiliation},
			{"pinyin", &p.pinyin},
			{"note", &p.note},
		};
		for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
			if (str_is(key, texts[i].key))
				*texts[i].into = word;
		if (str_is(key, "role") && event_role_from(word))
			p.role = event_role_from(word);
		if (str_is(key, "attending") && event_attending_from(word))
			p.attending = event_attending_from(word);
	}
	if (!x->r.ok || !p.id.n || !p.name.n || people_get(x->st, p.id))
		return N_("a person of the agenda has no id or name, or an id that is taken");
	people_put(x->st, p);
	return NULL;
}

/* Where the value of a key goes: a text or a list of them. */
struct place {
	const char *key;
	struct str *text;
	struct event_list *list;
};

static bool
take_place(struct reading *x, struct str key, const struct place *places, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (!str_is(key, places[i].key))
			continue;
		if (places[i].text)
			canon_take_str(&x->r, state_arena(x->st), places[i].text);
		else if (places[i].list)
			*places[i].list = take_list(x);
		return true;
	}
	return false;
}

static void
take_segment_field(struct reading *x, struct session_segment *g, struct str key, bool *known)
{
	struct str word;
	const struct place fields[] = {
		{"id", &g->id, NULL},
		{"title", &g->title, NULL},
		{"brief", &g->brief, NULL},
		{"speakers", NULL, &g->speakers},
		{"recipients", NULL, &g->recipients},
		{"presenters", NULL, &g->presenters},
		{"invited", NULL, &g->invited},
	};
	if (take_place(x, key, fields, sizeof fields / sizeof *fields))
		return;
	if (str_is(key, "kind")) {
		if (canon_take_str(&x->r, state_arena(x->st), &word))
			*known = segment_kind_from(word, &g->kind);
	} else if (str_is(key, "duration")) {
		canon_take_int(&x->r, &g->planned_ms);
		g->planned_ms = span_cut(g->planned_ms);
	} else if (str_is(key, "timing")) {
		take_timing(x, &g->rules);
	} else if (str_is(key, "queue")) {
		take_queue(x, &g->rules);
	} else {
		canon_take_any(&x->r, &word);
	}
}

static bool
people_exist(const struct state *st, struct event_list list)
{
	for (size_t i = 0; i < list.n; i++)
		if (!people_get(st, list.items[i]))
			return false;
	return true;
}

static const char *
take_segment(struct reading *x)
{
	struct state *st = x->st;
	bool known = false;
	/* "Not said" is told from "as always" by values that no agenda can hold. */
	struct session_segment g = {.entered_t = EVENT_NO,
		.left_t = EVENT_NO,
		.rules = {.warns = SESSION_WARN_MAX + 1,
			.overtime_bell = EVENT_NO,
			.limit = EVENT_NO}};
	for (size_t i = 0; i < AS_COUNT; i++)
		g.rules.allotted[i] = EVENT_NO;
	struct str key;
	if (!canon_enter(&x->r, '{'))
		return N_("a segment of the agenda cannot be read");
	while (canon_more(&x->r, '}')) {
		if (canon_next_key(&x->r, state_arena(st), &key))
			take_segment_field(x, &g, key, &known);
	}
	if (!x->r.ok || !known || !g.id.n || segment_find(st, g.id) != NOWHERE || g.planned_ms < 0)
		return N_(
			"a segment of the agenda has no known kind, no id, or an id that is taken");
	if (!people_exist(st, g.speakers) || !people_exist(st, g.recipients) ||
		!people_exist(st, g.presenters) || !people_exist(st, g.invited))
		return N_("a segment of the agenda names somebody who is not among its people");
	g.budget_ms = g.planned_ms;
	size_t bytes = st->segments_n * sizeof g;
	st->segments = block_mine(st->segments, bytes, bytes + sizeof g);
	st->segments[st->segments_n++] = g;
	return NULL;
}

static const char *
take_all(struct reading *x, const char *(*take)(struct reading *))
{
	const char *why = NULL;
	if (!canon_enter(&x->r, '['))
		return N_("the agenda cannot be read");
	while (!why && canon_more(&x->r, ']'))
		why = take(x);
	return why;
}

static void
take_report(struct reading *x)
{
	struct session_forum *f = &x->st->forum;
	struct str key, any;
	if (!canon_enter(&x->r, '{'))
		return;
	while (canon_more(&x->r, '}')) {
		canon_next_key(&x->r, state_arena(x->st), &key);
		if (str_is(key, "written_by"))
			f->written_by = take_list(x);
		else if (str_is(key, "reviewed_by"))
			f->reviewed_by = take_list(x);
		else if (str_is(key, "approved_by"))
			f->approved_by = take_list(x);
		else
			canon_take_any(&x->r, &any);
	}
}

/* "14:00" */
static int64_t
clock_minutes(struct str s)
{
	int64_t h, m;
	if (s.n != 5 || s.p[2] != ':' || !str_int(str_upto(s, 2), &h) ||
		!str_int(str_from(s, 3), &m) || h > 23 || m > 59)
		return EVENT_NO;
	return h * 60 + m;
}

static const char *
take_field(struct reading *x, struct str key)
{
	struct session_forum *f = &x->st->forum;
	struct str word;
	const struct place fields[] = {
		{"title", &f->title, NULL},
		{"series", &f->series, NULL},
		{"date", &f->date, NULL},
		{"venue", &f->venue, NULL},
		{"language", &f->language, NULL},
		{"about", &f->about, NULL},
		{"organizers", NULL, &f->organizers},
		{"sponsors", NULL, &f->sponsors},
		{"media", NULL, &f->media},
	};
	if (take_place(x, key, fields, sizeof fields / sizeof *fields))
		return NULL;
	if (str_is(key, "start")) {
		if (canon_take_str(&x->r, state_arena(x->st), &word))
			f->start_min = clock_minutes(word);
	} else if (str_is(key, "timing")) {
		take_timing(x, &f->rules);
	} else if (str_is(key, "queue")) {
		take_queue(x, &f->rules);
	} else if (str_is(key, "report")) {
		take_report(x);
	} else if (str_is(key, "people")) {
		return take_all(x, take_person);
	} else if (str_is(key, "agenda")) {
		return take_all(x, take_segment);
	} else {
		canon_take_any(&x->r, &word);
	}
	return NULL;
}

/* Segments count within their kind: point 2 of 3. */
static void
number_segments(struct state *st)
{
	int seen[SEGMENT_KIND_COUNT] = {0};
	for (size_t i = 0; i < st->segments_n; i++)
		st->segments[i].number = ++seen[st->segments[i].kind];
	for (size_t i = 0; i < st->segments_n; i++)
		st->segments[i].of = seen[st->segments[i].kind];
}

const char *
forum_fold(struct state *st, const struct event *e)
{
	if (st->opened)
		return N_("the session was opened already");
	if (e->open.format != 1)
		return N_("this log was written by a later version of dais");
	struct reading x = {st, canon_read(e->open.forum)};
	const char *why = NULL;
	struct str key;
	st->forum.rules = defaults;
	st->forum.start_min = EVENT_NO;
	st->forum.canonical = e->open.forum;
	if (canon_enter(&x.r, '{')) {
		while (!why && canon_more(&x.r, '}')) {
			if (canon_next_key(&x.r, state_arena(st), &key))
				why = take_field(&x, key);
		}
	}
	if (!why && (!canon_done(&x.r) || !st->forum.title.n || !st->segments_n))
		why = N_("the agenda in session.open cannot be read");
	if (why) {
		state_finish(st);
		return why;
	}
	st->standing = st->rules = st->forum.rules;
	st->rehearsal = e->open.rehearsal;
	st->opened = true;
	number_segments(st);
	return NULL;
}

bool
session_forum_valid(struct str canonical, const char **why)
{
	struct session *s = session_create();
	struct event e = event_make(EVENT_SESSION_OPEN);
	e.seq = e.t = 0;
	e.open.format = 1;
	e.open.forum = canonical;
	bool ok = session_apply(s, &e, why) == 0;
	session_destroy(s);
	return ok;
}

/* ---- questions ---- */

const struct session_forum *
session_forum(const struct session *s)
{
	return &s->st.forum;
}

bool
session_rehearsal(const struct session *s)
{
	return s->st.rehearsal;
}

bool
session_opened(const struct session *s)
{
	return s->st.opened;
}

bool
session_closed(const struct session *s)
{
	return s->st.closed;
}

int64_t
session_closed_t(const struct session *s)
{
	return s->st.closed_t;
}

const struct session_rules *
session_rules(const struct session *s)
{
	return &s->st.rules;
}
