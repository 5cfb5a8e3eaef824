/* Jumps to what is in the list of events: the next or the last of a kind, a person's turns, words. */
#include "internal.h"

/* Behind the command of event i. */
static void
go(struct ask *q, size_t i)
{
	replay_go(q->r, past_command_end(q->r->of, i), past_t(q->r->of, i), q->now_ms);
}

/* Who has only just left a match while time goes on means the one before it, or could never get
 * past. */
static bool
stands_on(const struct replay *r, size_t i)
{
	int64_t since = r->t - past_t(r->of, i);
	if (r->playing)
		return since <= (int64_t)STAND_MS * r->pace;
	return since == 0 && past_command_end(r->of, i) == r->at;
}

/* The match before the position, and before the one that it stands on. */
static size_t
before(struct ask *q, past_match match, void *ctx)
{
	const struct session *of = q->r->of;
	size_t i = past_before(of, q->r->at, match, ctx);
	if (i == SIZE_MAX || !stands_on(q->r, i))
		return i;
	size_t end = past_command_end(of, i);
	while (i != SIZE_MAX && past_command_end(of, i) == end)
		i = past_before(of, i, match, ctx);
	return i;
}

static bool
is_change(const struct session *of, const struct event *e, void *ctx)
{
	(void)of;
	(void)ctx;
	return past_changes(e);
}

static bool
is_kind(const struct session *of, const struct event *e, void *ctx)
{
	(void)of;
	return e->kind == *(const enum event_kind *)ctx;
}

/* Every press is one command on or back, whatever the clock says; it stops there. */
static enum refusal
step_event(struct ask *q, bool back)
{
	struct replay *r = q->r;
	size_t next = past_next(r->of, r->at, is_change, NULL);
	if (!back && next == SIZE_MAX)
		return REPLAY_NO(q, REFUSAL_UNKNOWN_ID, N_("this is the last event"), STR_NONE);
	if (back) {
		size_t last = past_before(r->of, r->at, is_change, NULL);
		while (last != SIZE_MAX && last > 0 && session_event_at(r->of, last - 1)->more)
			last--;
		next = last == SIZE_MAX ? last : past_before(r->of, last, is_change, NULL);
		if (next == SIZE_MAX || past_command_end(r->of, next) < past_beginning(r->of))
			return REPLAY_NO(q, REFUSAL_UNKNOWN_ID, N_("this is the first event"),
				STR_NONE);
	}
	replay_play(r, false, q->now_ms);
	go(q, next);
	return REFUSAL_NONE;
}

static enum refusal
step_kind(struct ask *q, enum event_kind kind, bool back)
{
	size_t i = back ? before(q, is_kind, &kind)
			: past_next(q->r->of, q->r->at, is_kind, &kind);
	if (i == SIZE_MAX)
		return REPLAY_NO(q, REFUSAL_UNKNOWN_ID,
			kind == EVENT_TURN_START
				? (back ? N_("no turn before this") : N_("no turn after this"))
				: (back ? N_("no segment before this")
					: N_("no segment after this")),
			STR_NONE);
	go(q, i);
	return REFUSAL_NONE;
}

enum refusal
seek_step(struct ask *q)
{
	struct str typed = q->rest;
	bool back = replay_back(q);
	if (str_is(q->rest, "event"))
		return step_event(q, back);
	if (str_is(q->rest, "turn"))
		return step_kind(q, EVENT_TURN_START, back);
	if (str_is(q->rest, "segment"))
		return step_kind(q, EVENT_SEGMENT_ENTER, back);
	return REPLAY_NO(q, REFUSAL_BAD_ARGUMENT,
		N_("“{0}” is no step; there are event, turn and segment, each with back"), typed);
}

static bool
read_number(struct ask *q, int64_t *v)
{
	struct buf folded = {0};
	fold_put(&folded, q->rest);
	bool ok = str_int(buf_view(&folded), v);
	buf_finish(&folded);
	return ok;
}

static enum refusal
no_number(struct ask *q)
{
	return REPLAY_NO(q, REFUSAL_BAD_ARGUMENT, N_("“{0}” is no number"), q->rest);
}

enum refusal
seek_event(struct ask *q)
{
	int64_t n;
	size_t all = session_event_count(q->r->of);
	if (!read_number(q, &n))
		return no_number(q);
	if (n < 1 || (uint64_t)n > all) {
		struct buf most = {0};
		buf_int(&most, (int64_t)all);
		REPLAY_NO(q, REFUSAL_UNKNOWN_ID, N_("there is no event {0}, only 1 to {1}"), q->rest,
			buf_view(&most));
		buf_finish(&most);
		return REFUSAL_UNKNOWN_ID;
	}
	go(q, (size_t)n - 1);
	return REFUSAL_NONE;
}

enum refusal
seek_moment(struct ask *q)
{
	int64_t t;
	const struct session *of = q->r->of;
	if (!read_number(q, &t))
		return no_number(q);
	int64_t first = past_t(of, 0), last = session_last_t(of);
	t = t < first ? first : t > last ? last : t;
	replay_go(q->r, past_until(of, t), t, q->now_ms);
	return REFUSAL_NONE;
}

static bool
enters(const struct session *of, const struct event *e, void *ctx)
{
	(void)of;
	return e->kind == EVENT_SEGMENT_ENTER &&
	       str_eq(e->segment.segment, *(const struct str *)ctx);
}

/* The first that stands; where every one was undone, the first. */
static size_t
entry_from(struct ask *q, size_t from, struct str *id)
{
	const struct session *of = q->r->of;
	size_t i = past_next(of, from, enters, id);
	while (i != SIZE_MAX && session_event_undone(of, i))
		i = past_next(of, i + 1, enters, id);
	return i != SIZE_MAX ? i : past_next(of, from, enters, id);
}

enum refusal
seek_segment(struct ask *q)
{
	size_t n;
	int64_t number;
	const struct session_segment *list = session_segments(q->r->of, &n);
	size_t at = SIZE_MAX;
	for (size_t i = 0; i < n; i++)
		if (str_eq(list[i].id, q->rest))
			at = i;
	if (at == SIZE_MAX && read_number(q, &number) && number >= 1 && (uint64_t)number <= n)
		at = (size_t)number - 1;
	if (at == SIZE_MAX)
		return REPLAY_NO(q, REFUSAL_UNKNOWN_ID, N_("the agenda has no segment “{0}”"), q->rest);
	struct str id = list[at].id;
	size_t first = entry_from(q, 0, &id);
	if (first == SIZE_MAX)
		return REPLAY_NO(q, REFUSAL_UNKNOWN_ID, N_("“{0}” was never begun"),
			list[at].title.n ? list[at].title : list[at].id);
	/* Asked for again where it stands: the next time that this segment was begun. */
	bool there = past_command_end(q->r->of, first) == q->r->at &&
		     past_t(q->r->of, first) == q->r->t;
	size_t again = there ? entry_from(q, q->r->at, &id) : SIZE_MAX;
	go(q, again != SIZE_MAX ? again : first);
	return REFUSAL_NONE;
}

static bool
is_note(const struct session *of, const struct event *e, void *ctx)
{
	(void)of;
	return e->kind == EVENT_NOTE_ADD && e->note.note == *(const int64_t *)ctx;
}

enum refusal
seek_note(struct ask *q)
{
	int64_t id;
	if (!read_number(q, &id))
		return no_number(q);
	size_t i = past_next(q->r->of, 0, is_note, &id);
	if (i == SIZE_MAX)
		return REPLAY_NO(q, REFUSAL_UNKNOWN_ID, N_("there is no note {0}"), q->rest);
	go(q, i);
	return REFUSAL_NONE;
}

/* On to the next match or back to the one before; beyond the end it goes on from the other one, and
 * says so. `none`: N_() with {0} for what there is none of. */
static enum refusal
seek_round(struct ask *q, past_match match, void *ctx, bool back, const char *none)
{
	const struct session *of = q->r->of;
	size_t i = back ? before(q, match, ctx) : past_next(of, q->r->at, match, ctx);
	bool round = i == SIZE_MAX;
	if (round)
		i = back ? past_before(of, session_event_count(of), match, ctx)
			 : past_next(of, 0, match, ctx);
	if (i == SIZE_MAX)
		return REPLAY_NO(q, REFUSAL_UNKNOWN_ID, none, q->rest);
	go(q, i);
	if (!round)
		return REFUSAL_NONE;
	return REPLAY_NO(q, REFUSAL_NONE,
		back ? N_("none before: this is the last one in the log")
		     : N_("none after: this is the first one in the log"),
		STR_NONE);
}

static bool
is_turn_of(const struct session *of, const struct event *e, void *ctx)
{
	(void)of;
	return e->kind == EVENT_TURN_START && str_eq(e->turn.person, *(const struct str *)ctx);
}

static enum refusal
ambiguous(struct ask *q, struct str who)
{
	struct buf names = {0};
	size_t n = 0;
	for (size_t i = 0; i < session_person_count(q->r->of); i++) {
		const struct session_person *p = session_person_at(q->r->of, i);
		if (!fold_has(p->name, who) && !fold_has(p->id, who))
			continue;
		if (n++ == 5) {
			buf_puts(&names, " …");
			break;
		}
		buf_puts(&names, n > 1 ? ", " : "");
		buf_str(&names, p->name);
		buf_printf(&names, " (%.*s)", STR_ARG(p->id));
	}
	enum refusal no = REPLAY_NO(q, REFUSAL_AMBIGUOUS_PERSON,
		N_("“{0}” may be several people: {1}"), who, buf_view(&names));
	buf_finish(&names);
	return no;
}

/* By id, by name, by a part of either that only one person has. */
static enum refusal
read_person(struct ask *q, struct str who, struct str *id)
{
	const struct session_person *one = session_person(q->r->of, who);
	size_t n = one ? 1 : session_person_find(q->r->of, who, &one);
	for (size_t i = 0; !n && i < session_person_count(q->r->of); i++) {
		const struct session_person *p = session_person_at(q->r->of, i);
		if (!fold_has(p->name, who) && !fold_has(p->id, who))
			continue;
		if (one)
			return ambiguous(q, who);
		one = p;
	}
	if (n > 1)
		return ambiguous(q, who);
	if (!one)
		return REPLAY_NO(q, REFUSAL_UNKNOWN_PERSON, N_("nobody here is called “{0}”"), who);
	*id = one->id;
	return REFUSAL_NONE;
}

static struct str
unquoted(struct str s)
{
	bool quoted = s.n > 1 && s.p[0] == s.p[s.n - 1] && (s.p[0] == '"' || s.p[0] == '\'');
	return quoted ? (struct str){s.p + 1, s.n - 2} : s;
}

enum refusal
seek_person(struct ask *q)
{
	struct str id = STR_NONE, typed = q->rest;
	bool back = replay_back(q);
	struct str who = unquoted(q->rest.n ? q->rest : typed);
	q->rest = who;
	enum refusal no = read_person(q, who, &id);
	return no ? no
		  : seek_round(q, is_turn_of, &id, back && typed.n != who.n,
			    N_("“{0}” never had the floor"));
}

static bool
has_text(const struct session *of, const struct event *e, void *ctx)
{
	struct str part = *(const struct str *)ctx;
	const struct session_person *p;
	size_t n;
	const struct session_segment *list;
	switch ((int)e->kind) {
	case EVENT_NOTE_ADD:
	case EVENT_NOTE_EDIT:
		return fold_has(e->note.text, part);
	case EVENT_PERSON_ADD:
	case EVENT_PERSON_SET:
		return fold_has(e->person.name, part) || fold_has(e->person.affiliation, part);
	case EVENT_TURN_START:
		p = session_person(of, e->turn.person);
		return p && (fold_has(p->name, part) || fold_has(p->affiliation, part));
	case EVENT_QUEUE_ADD:
		return fold_has(e->queue.about, part);
	case EVENT_MARK_ADD:
		return fold_has(e->mark.text, part);
	case EVENT_SEGMENT_ENTER:
		list = session_segments(of, &n);
		for (size_t i = 0; i < n; i++)
			if (str_eq(list[i].id, e->segment.segment))
				return fold_has(list[i].title, part);
		return false;
	default:
		return false;
	}
}

enum refusal
seek_text(struct ask *q)
{
	struct str typed = q->rest;
	bool back = replay_back(q);
	struct str part = unquoted(q->rest.n ? q->rest : typed);
	back = back && q->rest.n > 0;
	q->rest = part;
	if (!part.n)
		return REPLAY_NO(
			q, REFUSAL_BAD_ARGUMENT, N_("there is nothing to look for"), STR_NONE);
	return seek_round(q, has_text, &part, back, N_("“{0}” is nowhere in this log"));
}
