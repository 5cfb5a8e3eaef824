/*
 * Two logs of one session are compared record by record; from where they part
 * on, what people did there is listed. An act that was taken back there is none,
 * and a note is listed once, as it stood in the end. What has become of each is
 * read from the ids of asks in the session, so two people may merge the same log,
 * or one of them twice, and nothing is done twice.
 */
#include "orphans.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "dais/i18n.h"
#include "dais/journal.h"
#include "dais/link.h"
#include "dais/text.h"

struct comparing {
	struct orphans *o;
	struct orphan_past past;
	size_t source;
};

void
orphans_finish(struct orphans *o)
{
	free(o->items);
	free(o->sources);
	arena_finish(&o->arena);
	*o = (struct orphans){0};
}

/* ---- where they part ---- */

/* The places of a lane's events, in the order of their seq; owned. */
static size_t *
lane_places(const struct session *s, enum event_lane lane, size_t *n)
{
	size_t *places = NULL, cap = 0;
	*n = 0;
	for (size_t i = 0; i < session_event_count(s); i++)
		if (session_event_at(s, i)->lane == lane)
			VEC_PUSH(places, *n, cap, i);
	return places;
}

static bool
same_event(const struct event *a, const struct event *b)
{
	struct buf x = {0}, y = {0};
	if (a->kind != b->kind || a->t != b->t || a->seq != b->seq)
		return false;
	event_encode(&x, a);
	event_encode(&y, b);
	bool same = str_eq(buf_view(&x), buf_view(&y));
	buf_finish(&x);
	buf_finish(&y);
	return same;
}

static int64_t
fork_of(const struct session *a, const struct session *b, enum event_lane lane)
{
	size_t an, bn, n = 0;
	size_t *as = lane_places(a, lane, &an), *bs = lane_places(b, lane, &bn);
	assert((as || !an) && (bs || !bn));
	while (n < an && n < bn && same_event(session_event_at(a, as[n]), session_event_at(b, bs[n])))
		n++;
	free(as);
	free(bs);
	return (int64_t)n;
}

static bool
is_tail(const struct orphan_past *p, const struct event *e)
{
	return e->lane <= LANE_CHAIRS && e->seq >= p->fork[e->lane];
}

static size_t
first_tail(const struct orphan_past *p, const struct session *s)
{
	size_t i = 0;
	while (i < session_event_count(s) && !is_tail(p, session_event_at(s, i)))
		i++;
	return i;
}

/* ---- ids ---- */

static void
put_record(struct buf *out, const struct event *e)
{
	buf_int(out, e->lane);
	buf_char(out, ' ');
	buf_int(out, e->seq);
	event_encode(out, e);
}

/* The same wherever a copy of these records lies. */
static struct str
id_of(struct arena *a, const char *what, const struct buf *records)
{
	struct buf id = {0};
	uint64_t h = 14695981039346656037u;
	for (size_t i = 0; i < records->n; i++)
		h = (h ^ (unsigned char)records->p[i]) * 1099511628211u;
	buf_printf(&id, "%s-%016llx%08x", what, (unsigned long long)h,
		journal_crc32c(0, records->p, records->n));
	struct str kept = arena_str(a, buf_view(&id));
	buf_finish(&id);
	return kept;
}

/* ---- the list ---- */

static bool
listed(const struct orphans *o, struct str id)
{
	for (size_t i = 0; i < o->n; i++)
		if (str_eq(o->items[i].id, id))
			return true;
	return false;
}

static enum orphan_what
what_is(const struct event *e)
{
	switch ((int)e->kind) {
	case EVENT_NOTE_ADD:
	case EVENT_NOTE_EDIT:
	case EVENT_NOTE_REMOVE:
		return ORPHAN_NOTE;
	case EVENT_AWARD_GIVE:
		return ORPHAN_AWARD;
	case EVENT_MARK_ADD:
		return ORPHAN_MARK;
	case EVENT_PERSON_ADD:
	case EVENT_PERSON_SET:
		return ORPHAN_PERSON;
	case EVENT_MESSAGE_SEND:
		return ORPHAN_MESSAGE;
	default:
		return ORPHAN_OTHER;
	}
}

/* Where hosting began and that time went on is nothing that anybody did. */
static bool
is_act(const struct event *e)
{
	return e->kind != EVENT_SESSION_TICK && e->kind != EVENT_SESSION_HOST &&
	       e->kind != EVENT_SESSION_OPEN;
}

/* A note's changes are in what it says in the end, which is listed with its first of them. */
static bool
note_is_told(const struct orphan_past *p, const struct event *e)
{
	const struct session_note *note = orphan_note(p->old, e);
	if (!note || (note->removed && e->kind == EVENT_NOTE_ADD))
		return true;
	for (size_t i = p->old_from; i < session_event_count(p->old); i++) {
		const struct event *other = session_event_at(p->old, i);
		bool is_note = what_is(other) == ORPHAN_NOTE;
		if (other == e)
			return false;
		if (is_note && is_tail(p, other) && !session_event_undone(p->old, i) &&
			other->lane == e->lane && other->note.note == e->note.note)
			return true;
	}
	return false;
}

/* What an undo took back there is not listed, and neither is the undo. */
static bool
is_listed(const struct orphan_past *p, size_t i)
{
	const struct event *e = session_event_at(p->old, i);
	if (!is_tail(p, e) || !is_act(e) || session_event_undone(p->old, i))
		return false;
	if (e->kind == EVENT_UNDO)
		return e->undo.seq < p->fork[e->lane];
	return what_is(e) != ORPHAN_NOTE || !note_is_told(p, e);
}

static struct str
time_of(struct arena *a, const struct event *e)
{
	return e->at.n >= 19 ? arena_str(a, str_upto(str_from(e->at, 11), 8)) : STR_NONE;
}

/* A note that is changed for the last time is listed as that change. */
static void
list(struct comparing *c, const struct event *e)
{
	struct arena *a = &c->o->arena;
	struct str req = request_id(e->extra);
	struct buf record = {0};
	put_record(&record, e);
	struct orphan x = {.id = req.n ? arena_str(a, req) : id_of(a, "merge", &record),
		.aside_id = id_of(a, "aside", &record),
		.time = time_of(a, e),
		.wall = session_wall(c->past.old, e->t),
		.what = what_is(e),
		.source = c->source,
		.chairs = e->lane == LANE_CHAIRS};
	buf_finish(&record);
	if (listed(c->o, x.id))
		return;
	x.line = orphan_line(&c->past, e, a);
	x.words = arena_str(a, orphan_words(&c->past, e, a));
	x.state = !x.line.n ? ORPHAN_PAST : orphan_clashes(&c->past, e) ? ORPHAN_CLASHES : ORPHAN_WAITS;
	if (orphan_is_so(&c->past, e))
		x.state = ORPHAN_THERE;
	VEC_PUSH(c->o->items, c->o->n, c->o->cap, x);
}

static size_t
add_source(struct orphans *o, const struct session *old, struct str log, const struct buf *records)
{
	const struct event *host = old ? session_host(old) : NULL;
	struct orphan_source s = {.log = arena_str(&o->arena, log),
		.host = host ? arena_str(&o->arena, host->host.host) : STR_NONE};
	if (records) {
		s.rest_id = id_of(&o->arena, "rest", records);
		s.found_id = id_of(&o->arena, "found", records);
	}
	VEC_PUSH(o->sources, o->sources_n, o->sources_cap, s);
	return o->sources_n - 1;
}

static void
look_from_start(struct orphans *o, const struct session *here)
{
	o->looked = 0;
	orphans_look(o, here);
}

bool
orphans_add(struct orphans *o, const struct session *here, const struct session *old,
	struct str log)
{
	struct comparing c = {.o = o, .past = {.here = here, .old = old}};
	struct buf records = {0};
	for (int lane = 0; lane <= LANE_CHAIRS; lane++)
		c.past.fork[lane] = fork_of(here, old, (enum event_lane)lane);
	if (c.past.fork[LANE_SESSION] == 0)
		return false;
	if (session_next_seq(here, LANE_CHAIRS) == 0)
		c.past.fork[LANE_CHAIRS] = INT64_MAX;
	c.past.old_from = first_tail(&c.past, old);
	c.past.here_from = first_tail(&c.past, here);
	for (size_t i = c.past.old_from; i < session_event_count(old); i++)
		if (is_listed(&c.past, i))
			put_record(&records, session_event_at(old, i));
	if (!records.n)
		return true;
	c.source = add_source(o, old, log, &records);
	buf_finish(&records);
	for (size_t i = c.past.old_from; i < session_event_count(old); i++) {
		const struct event *e = session_event_at(old, i);
		/* Of a command's records its last says what it was for. */
		if (is_listed(&c.past, i) && !e->more)
			list(&c, e);
	}
	look_from_start(o, here);
	return true;
}

static struct str
ask_words(struct arena *a, struct str line)
{
	enum { COLUMNS = 60 };
	struct command c;
	struct refused no;
	struct buf text = {0}, words = {0};
	bool note = !command_parse(line, a, &c, &no) && c.verb == CMD_NOTE_ADD;
	text_fit(&text, note ? c.text : line, COLUMNS);
	i18n_fill(&words, note ? _("the note “{0}”") : "{0}", &(struct str){text.p, text.n}, 1);
	struct str kept = arena_str(a, buf_view(&words));
	buf_finish(&text);
	buf_finish(&words);
	return kept;
}

/* An outbox's asks have one. */
static size_t
ask_source(struct orphans *o, struct str log, struct str id)
{
	struct buf rest = {0};
	for (size_t i = 0; i < o->sources_n; i++)
		if (str_eq(o->sources[i].log, log))
			return i;
	size_t at = add_source(o, NULL, log, NULL);
	buf_puts(&rest, "rest-");
	buf_str(&rest, str_upto(id, 48));
	o->sources[at].rest_id = arena_str(&o->arena, buf_view(&rest));
	buf_finish(&rest);
	return at;
}

void
orphans_add_ask(struct orphans *o, const struct session *here, struct str log, struct str id,
	struct str line, int64_t typed)
{
	struct orphan x = {.id = arena_str(&o->arena, id),
		.line = arena_str(&o->arena, line),
		.wall = typed};
	struct buf aside = {0};
	if (listed(o, id))
		return;
	x.words = ask_words(&o->arena, line);
	buf_puts(&aside, "aside-");
	buf_str(&aside, str_upto(id, 48));
	x.aside_id = arena_str(&o->arena, buf_view(&aside));
	buf_finish(&aside);
	x.source = ask_source(o, log, id);
	VEC_PUSH(o->items, o->n, o->cap, x);
	look_from_start(o, here);
}

/* ---- what became of them ---- */

static void
take_id(struct orphans *o, struct str id)
{
	for (size_t i = 0; i < o->sources_n; i++)
		if (str_eq(id, o->sources[i].found_id))
			o->sources[i].told = true;
	for (size_t i = 0; i < o->n; i++) {
		struct orphan *x = &o->items[i];
		if (str_eq(id, x->id))
			x->state = ORPHAN_THERE;
		else if (x->state != ORPHAN_THERE && (str_eq(id, x->aside_id) ||
				str_eq(id, o->sources[x->source].rest_id)))
			x->state = ORPHAN_ASIDE;
	}
}

void
orphans_look(struct orphans *o, const struct session *here)
{
	for (; o->looked < session_event_count(here); o->looked++) {
		struct str id = request_id(session_event_at(here, o->looked)->extra);
		if (id.n)
			take_id(o, id);
	}
}

size_t
orphans_open(const struct orphans *o, size_t source)
{
	size_t n = 0;
	for (size_t i = 0; i < o->n; i++)
		n += o->items[i].state < ORPHAN_THERE &&
		     (source == SIZE_MAX || source == o->items[i].source);
	return n;
}
