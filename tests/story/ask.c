/* The questions of stories: one row each, answered through the session's door alone. */
#include <stdlib.h>
#include <string.h>

#include "bench.h"

static const char *
name_of(const struct bench *b, struct str id, struct buf *into)
{
	const struct session_person *p = session_person(b->s, id);
	buf_reset(into);
	buf_str(into, p ? p->name : id);
	buf_puts(into, "");
	return into->p ? into->p : "";
}

static void
put_name(const struct bench *b, struct buf *out, struct str id)
{
	struct buf name = {0};
	buf_puts(out, name_of(b, id, &name));
	buf_finish(&name);
}

static void
put_wall(struct buf *out, int64_t wall)
{
	if (wall == EVENT_NO) {
		buf_puts(out, "unknown");
		return;
	}
	int64_t s = wall / 1000 + 8 * 3600;
	buf_printf(out, "%02d:%02d", (int)(s / 3600 % 24), (int)(s / 60 % 60));
	if (s % 60)
		buf_printf(out, ":%02d", (int)(s % 60));
}

static void
put_turn(const struct bench *b, struct buf *out, const struct session_turn *turn)
{
	static const char *const states[] = {"running", "paused", "ended"};
	put_name(b, out, turn->person);
	buf_printf(out, " %s ", states[turn->state]);
	time_put(out, session_turn_elapsed(turn, b->t));
	buf_puts(out, " of ");
	if (turn->allotted == EVENT_NO)
		buf_puts(out, "no limit");
	else
		time_put(out, turn->allotted);
	if (turn->as != AS_SPEECH)
		buf_printf(out, " as %s", event_as_text(turn->as));
}

static void
ask_floor(const struct bench *b, struct str arg, struct buf *out)
{
	const struct session_turn *turn = session_floor(b->s);
	(void)arg;
	if (!turn)
		buf_puts(out, "nobody");
	for (; turn; turn = turn->state != TURN_ENDED && turn->under
				    ? session_turn(b->s, turn->under)
				    : NULL) {
		put_turn(b, out, turn);
		if (turn->state != TURN_ENDED && turn->under)
			buf_puts(out, " over ");
	}
}

static void
ask_turn(const struct bench *b, struct str arg, struct buf *out)
{
	int64_t id;
	size_t n;
	const struct session_turn *turn = str_int(arg, &id) ? session_turn(b->s, id) : NULL;
	if (!turn) {
		buf_puts(out, "none");
		return;
	}
	put_turn(b, out, turn);
	buf_puts(out, " paused ");
	time_put(out, turn->paused_ms);
	buf_printf(out, " %s in ", event_attending_text(turn->attending));
	buf_str(out, session_segments(b->s, &n)[turn->segment].id);
	buf_puts(out, " from ");
	time_put(out, turn->started_t);
	if (turn->about.n) {
		buf_puts(out, " about ");
		buf_str(out, turn->about);
	}
}

static void
ask_queue(const struct bench *b, struct str arg, struct buf *out)
{
	size_t n;
	const struct session_entry *q = session_queue(b->s, &n);
	(void)arg;
	buf_puts(out, n ? "" : "empty ");
	for (size_t i = 0; i < n; i++) {
		buf_printf(out, "%lld:", (long long)q[i].id);
		put_name(b, out, q[i].person);
		buf_printf(out, ":%s", event_as_text(q[i].as));
		if (q[i].attending == ATTENDING_ONLINE)
			buf_puts(out, ":online");
		if (q[i].about.n) {
			buf_char(out, ':');
			canon_put_str(out, q[i].about);
		}
		buf_char(out, ' ');
	}
	if (session_queue_closed(b->s))
		buf_puts(out, "closed ");
	out->n--;
}

static void
ask_next(const struct bench *b, struct str arg, struct buf *out)
{
	static const char *const why[] = {"nobody", "resumes", "order", "question", "reply",
		"first", "unheard-first", "alternate", "speaker"};
	struct session_next next = session_next(b->s);
	(void)arg;
	if (next.why != NEXT_NOBODY) {
		put_name(b, out, next.person);
		buf_char(out, ' ');
	}
	buf_puts(out, why[next.why]);
}

static void
ask_offset(const struct bench *b, struct str arg, struct buf *out)
{
	int64_t offset = session_offset_ms(b->s, b->t);
	(void)arg;
	if (offset > 0)
		buf_char(out, '+');
	time_put(out, offset);
}

static void
ask_ends(const struct bench *b, struct str arg, struct buf *out)
{
	(void)arg;
	put_wall(out, session_expected_end(b->s, b->t));
	buf_puts(out, " plan ");
	put_wall(out, session_planned_end(b->s));
}

static void
ask_segment(const struct bench *b, struct str arg, struct buf *out)
{
	size_t n, i = session_segment_now(b->s);
	const struct session_segment *g = session_segments(b->s, &n);
	(void)arg;
	if (i == SIZE_MAX) {
		buf_puts(out, "none");
		return;
	}
	buf_str(out, g[i].id);
	buf_char(out, ' ');
	time_put(out, session_segment_elapsed(b->s, i, b->t));
	buf_puts(out, " of ");
	time_put(out, g[i].budget_ms);
	buf_printf(out, " %s %d of %d", segment_kind_text(g[i].kind), g[i].number, g[i].of);
}

static void
ask_agenda(const struct bench *b, struct str arg, struct buf *out)
{
	static const char *const states[] = {"planned", "running", "done", "skipped"};
	size_t n;
	const struct session_segment *g = session_segments(b->s, &n);
	(void)arg;
	for (size_t i = 0; i < n; i++) {
		buf_puts(out, i ? " " : "");
		buf_str(out, g[i].id);
		buf_printf(out, ":%s:", states[g[i].state]);
		time_put(out, g[i].budget_ms);
	}
}

/* "alarms 0:00 5:00": what sounds behind the first and up to the second. */
static void
ask_alarms(const struct bench *b, struct str arg, struct buf *out)
{
	static const char *const kinds[] = {
		"turn-warn", "turn-up", "turn-over", "segment-warn", "segment-up", "idle"};
	int64_t from, to;
	struct session_alarm alarm;
	if (!time_read(word_take(&arg), &from) || !time_read(word_take(&arg), &to))
		return;
	size_t before = out->n;
	while (session_alarm_next(b->s, from, &alarm) && alarm.t <= to) {
		buf_puts(out, kinds[alarm.kind]);
		buf_char(out, '@');
		time_put(out, alarm.t);
		buf_char(out, ' ');
		if (alarm.t <= from)
			break; /* It would ring for ever; the answer shows it. */
		from = alarm.t;
	}
	if (out->n == before)
		buf_puts(out, "none ");
	out->n--;
}

static void
ask_deadline(const struct bench *b, struct str arg, struct buf *out)
{
	(void)arg;
	time_put(out, session_deadline_ms(b->s, b->t));
}

static void
ask_talk(const struct bench *b, struct str arg, struct buf *out)
{
	const struct session_person *p;
	if (session_person_find(b->s, arg, &p) != 1) {
		buf_puts(out, "unknown");
		return;
	}
	struct session_talk talk = session_talk(b->s, p->id, SIZE_MAX, b->t);
	buf_printf(out, "%lld ", (long long)talk.turns);
	time_put(out, talk.ms);
}

static void
ask_heard(const struct bench *b, struct str arg, struct buf *out)
{
	size_t now = session_segment_now(b->s);
	(void)arg;
	buf_printf(out, "%zu spoke, %zu invited unheard", session_spoke(b->s, now),
		session_unheard(b->s, now));
}

static void
ask_person(const struct bench *b, struct str arg, struct buf *out)
{
	const struct session_person *p;
	if (session_person_find(b->s, arg, &p) != 1) {
		buf_puts(out, "unknown");
		return;
	}
	buf_str(out, p->id);
	buf_printf(out, " %s %s", event_role_text(p->role), event_attending_text(p->attending));
	if (p->link)
		buf_printf(out, " %s", event_link_text(p->link));
	if (p->title.n || p->affiliation.n) {
		buf_puts(out, " ");
		buf_str(out, p->affiliation);
		buf_puts(out, "/");
		buf_str(out, p->title);
	}
	buf_puts(out, p->walk_in ? " walk-in" : "");
}

static void
ask_note(const struct bench *b, struct str arg, struct buf *out)
{
	size_t segments;
	int64_t id;
	size_t n = session_note_count(b->s);
	const struct session_note *found = NULL;
	for (size_t i = 0; str_int(arg, &id) && i < n; i++)
		if (session_note_at(b->s, i)->id == id && !session_note_at(b->s, i)->removed)
			found = session_note_at(b->s, i);
	if (!found) {
		buf_puts(out, "none");
		return;
	}
	if (found->person.n)
		put_name(b, out, found->person);
	else
		buf_puts(out, "-");
	buf_printf(out, " %s ", event_mark_text(found->mark));
	canon_put_str(out, found->text);
	buf_puts(out, " by ");
	buf_str(out, found->by);
	buf_printf(out, " turn %lld", (long long)found->turn);
	if (found->segment != SIZE_MAX) {
		buf_puts(out, " in ");
		buf_str(out, session_segments(b->s, &segments)[found->segment].id);
	}
	buf_puts(out, found->lane == LANE_CHAIRS ? " chairs only" : "");
	buf_puts(out, found->edited ? " edited" : "");
}

static void
ask_awards(const struct bench *b, struct str arg, struct buf *out)
{
	size_t segments;
	size_t n = session_award_count(b->s);
	(void)arg;
	buf_puts(out, n ? "" : "none ");
	for (size_t i = 0; i < n; i++) {
		const struct session_award *award = session_award_at(b->s, i);
		buf_str(out, session_segments(b->s, &segments)[award->segment].id);
		buf_char(out, ':');
		put_name(b, out, award->recipient);
		for (size_t k = 0; k < award->presenters.n; k++) {
			buf_puts(out, k ? "," : ":");
			put_name(b, out, award->presenters.items[k]);
		}
		buf_char(out, ' ');
	}
	out->n--;
}

static void
ask_marks(const struct bench *b, struct str arg, struct buf *out)
{
	size_t n = session_mark_count(b->s);
	(void)arg;
	buf_puts(out, n ? "" : "none ");
	for (size_t i = 0; i < n; i++) {
		const struct session_mark *mark = session_mark_at(b->s, i);
		buf_printf(out, "%lld:%s@", (long long)mark->id, event_what_text(mark->what));
		time_put(out, mark->t);
		buf_char(out, ':');
		canon_put_str(out, mark->text);
		buf_char(out, ' ');
	}
	out->n--;
}

static void
ask_messages(const struct bench *b, struct str arg, struct buf *out)
{
	size_t n = session_message_count(b->s);
	(void)arg;
	buf_puts(out, n ? "" : "none ");
	for (size_t i = 0; i < n; i++) {
		const struct session_message *message = session_message_at(b->s, i);
		buf_str(out, message->by);
		buf_char(out, '>');
		buf_str(out, message->to.n ? message->to : STR("all"));
		buf_char(out, ':');
		canon_put_str(out, message->text);
		buf_char(out, ' ');
	}
	out->n--;
}

static void
ask_chair(const struct bench *b, struct str arg, struct buf *out)
{
	(void)arg;
	if (session_chair(b->s).n)
		put_name(b, out, session_chair(b->s));
	else
		buf_puts(out, "not passed");
}

static void
ask_rules(const struct bench *b, struct str arg, struct buf *out)
{
	const struct session_rules *r = session_rules(b->s);
	(void)arg;
	buf_printf(out, "%s limit %lld interrupt %s speech ", event_order_text(r->order),
		(long long)r->limit, event_interrupt_text(r->interrupt));
	time_put(out, r->allotted[AS_SPEECH]);
}

static void
ask_undo(const struct bench *b, struct str arg, struct buf *out)
{
	size_t i = session_undoable(b->s, SIZE_MAX);
	(void)arg;
	if (i == SIZE_MAX)
		buf_puts(out, "nothing");
	else
		buf_printf(out, "%lld %s", (long long)session_event_at(b->s, i)->seq,
			event_kind_text(session_event_at(b->s, i)->kind));
}

static void
ask_session(const struct bench *b, struct str arg, struct buf *out)
{
	(void)arg;
	buf_puts(out, session_closed(b->s) ? "closed" : "open");
	if (session_closed(b->s)) {
		buf_puts(out, " at ");
		time_put(out, session_closed_t(b->s));
	}
}

static const struct {
	const char *word;
	int args;
	void (*answer)(const struct bench *b, struct str arg, struct buf *out);
} questions[] = {
	{"floor", 0, ask_floor},
	{"turn", 1, ask_turn},
	{"queue", 0, ask_queue},
	{"next", 0, ask_next},
	{"offset", 0, ask_offset},
	{"ends", 0, ask_ends},
	{"segment", 0, ask_segment},
	{"agenda", 0, ask_agenda},
	{"alarms", 2, ask_alarms},
	{"deadline", 0, ask_deadline},
	{"talk", 1, ask_talk},
	{"heard", 0, ask_heard},
	{"person", 1, ask_person},
	{"note", 1, ask_note},
	{"awards", 0, ask_awards},
	{"marks", 0, ask_marks},
	{"messages", 0, ask_messages},
	{"chair", 0, ask_chair},
	{"rules", 0, ask_rules},
	{"undo", 0, ask_undo},
	{"session", 0, ask_session},
};

bool
ask(const struct bench *b, struct str *question, struct buf *out)
{
	struct str rest = *question, word = word_take(&rest);
	for (size_t i = 0; i < sizeof questions / sizeof *questions; i++) {
		if (!str_is(word, questions[i].word))
			continue;
		struct str arg = rest;
		const char *end = word.p + word.n;
		for (int k = 0; k < questions[i].args; k++) {
			struct str one = word_take(&rest);
			end = one.p + one.n;
		}
		*question = (struct str){word.p, (size_t)(end - word.p)};
		arg.n = questions[i].args ? (size_t)(end - arg.p) : 0;
		questions[i].answer(b, arg, out);
		return true;
	}
	return false;
}
