/*
 * What a busy chair and scribe might do next, by the throw of a die. Whether it
 * may be done is for the session to say; what is refused is not tried again.
 */
#include "chair.h"

#include <string.h>
#include <time.h>

#define LENGTH(array) (sizeof(array) / sizeof(array)[0])
#define BEGAN_WALL 1689400800
enum { ZONE_S = 8 * 3600 };

/* splitmix64 */
uint64_t
chair_pick(struct chair *c, uint64_t n)
{
	uint64_t z = c->state += 0x9e3779b97f4a7c15;
	z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9;
	z = (z ^ z >> 27) * 0x94d049bb133111eb;
	return (z ^ z >> 31) % n;
}

void
chair_wait(struct chair *c, int64_t ms)
{
	c->t += ms;
	time_t seconds = BEGAN_WALL + ZONE_S + (time_t)(c->t / 1000);
	struct tm parts;
	gmtime_r(&seconds, &parts);
	strftime(c->at, sizeof c->at, "%Y-%m-%dT%H:%M:%S+08:00", &parts);
}

static struct str
somebody(struct chair *c, const struct session *s)
{
	return session_person_at(s, (size_t)chair_pick(c, session_person_count(s)))->id;
}

static const char *const said[] = {"数据的质量比模型的规模更重要", "科学发现仍然需要人来提出问题",
	"开放的算力平台可以降低门槛", "论文的评审方式应当改变", "结果要能够重复,过程要能够解释",
	"青年学者应该先学会提问", "医院的数据不能直接交给外面的公司", "we should ask who is liable",
	"a model is an instrument, not an author", "let us publish the failures too"};
static const char *const before[] = {"", "他认为", "会场有人说", "补充:", "In short: ",
	"与前一位不同,", "举例:", "数据(2023年)表明"};
static const char *const behind[] = {
	"", "。", ";需要再讨论", " - to be checked", ",掌声", "?", "(约3分钟)", " “原话”"};

static struct str
some_words(struct chair *c)
{
	buf_reset(&c->text);
	buf_puts(&c->text, before[chair_pick(c, LENGTH(before))]);
	for (uint64_t i = chair_pick(c, 3) + 1; i; i--) {
		buf_puts(&c->text, said[chair_pick(c, LENGTH(said))]);
		buf_puts(&c->text, behind[chair_pick(c, LENGTH(behind))]);
	}
	return buf_view(&c->text);
}

static struct command
act(const struct chair *c, enum command_verb verb)
{
	return (struct command){.verb = verb,
		.seat = SEAT_CHAIR,
		.by = STR("chair"),
		.t = c->t,
		.at = str_of(c->at),
		.basis = EVENT_NO,
		.number = EVENT_NO};
}

/* A number that is mostly that of somebody who waits. */
static int64_t
some_entry(struct chair *c, const struct session *s)
{
	size_t n;
	const struct session_entry *queue = session_queue(s, &n);
	return n ? queue[chair_pick(c, n)].id : 0;
}

static struct command
wish_add(struct chair *c, const struct session *s)
{
	static const enum event_as kinds[] = {
		AS_SPEECH, AS_SPEECH, AS_SPEECH, AS_SPEECH, AS_SPEECH, AS_QUESTION, AS_REPLY};
	struct command x = act(c, CMD_QUEUE_ADD);
	x.person = somebody(c, s);
	x.as = chair_pick(c, 60) ? kinds[chair_pick(c, LENGTH(kinds))] : AS_ORDER;
	x.top = !chair_pick(c, 40);
	if (!chair_pick(c, 8))
		x.about = some_words(c);
	if (!chair_pick(c, 3)) {
		x.seat = SEAT_ONLINE_CHAIR;
		x.by = STR("online-chair");
		x.attending = ATTENDING_ONLINE;
	}
	return x;
}

static struct command
wish_move(struct chair *c, const struct session *s)
{
	struct command x = act(c, CMD_QUEUE_MOVE);
	x.number = some_entry(c, s);
	x.where = (enum command_place)(PLACE_UP + chair_pick(c, 4));
	x.place = 1 + (int64_t)chair_pick(c, 5);
	return x;
}

static struct command
wish_remove(struct chair *c, const struct session *s)
{
	struct command x = act(c, CMD_QUEUE_REMOVE);
	x.number = some_entry(c, s);
	if (chair_pick(c, 2))
		x.why = STR("已经离开会场");
	return x;
}

/* Gives the floor to the next, and to somebody from the hall now and then. */
static struct command
wish_floor(struct chair *c, const struct session *s)
{
	if (chair_pick(c, 8))
		return act(c, CMD_FLOOR_NEXT);
	struct command x = act(c, CMD_FLOOR_GIVE);
	x.person = somebody(c, s);
	x.has_duration = !chair_pick(c, 2);
	x.duration = 60000 * (1 + (int64_t)chair_pick(c, 5));
	return x;
}

static struct command
wish_clock(struct chair *c, const struct session *s)
{
	static const enum command_verb verbs[] = {CMD_FLOOR_TOGGLE, CMD_FLOOR_TOGGLE,
		CMD_FLOOR_PAUSE, CMD_FLOOR_RESUME, CMD_FLOOR_EXTEND, CMD_FLOOR_EXTEND,
		CMD_FLOOR_CORRECT, CMD_FLOOR_END, CMD_FLOOR_END};
	struct command x = act(c, verbs[chair_pick(c, LENGTH(verbs))]);
	(void)s;
	x.has_duration = true;
	x.duration = 10000 * (1 + (int64_t)chair_pick(c, 6));
	if (x.verb == CMD_FLOOR_EXTEND && !chair_pick(c, 4))
		x.duration = -x.duration;
	return x;
}

static struct command
wish_note(struct chair *c, const struct session *s)
{
	static const enum event_mark marks[] = {MARK_UNSET, MARK_UNSET, MARK_UNSET, MARK_CLAIM,
		MARK_QUESTION, MARK_ACTION, MARK_DECISION, MARK_QUOTE};
	struct command x = act(c, CMD_NOTE_ADD);
	x.seat = SEAT_SCRIBE;
	x.by = STR("scribe");
	x.plain = true;
	x.text = some_words(c);
	x.mark = marks[chair_pick(c, LENGTH(marks))];
	if (!chair_pick(c, 6))
		x.person = somebody(c, s);
	return x;
}

/* Changes or removes one of the last notes. */
static struct command
wish_rewrite(struct chair *c, const struct session *s)
{
	struct command x = act(c, chair_pick(c, 4) ? CMD_NOTE_EDIT : CMD_NOTE_REMOVE);
	(void)s;
	x.plain = true;
	x.text = some_words(c);
	size_t had = c->notes_n < CHAIR_NOTES ? c->notes_n : CHAIR_NOTES;
	x.number = had ? c->notes[chair_pick(c, had)] : 0;
	return x;
}

static struct command
wish_mark(struct chair *c, const struct session *s)
{
	struct command x = act(c, chair_pick(c, 3) ? CMD_MARK_MOMENT : CMD_MARK_PHOTO);
	(void)s;
	x.text = chair_pick(c, 2) ? some_words(c) : STR_NONE;
	return x;
}

static struct command
wish_people(struct chair *c, const struct session *s)
{
	enum { WALK_INS = 12 };
	struct command x = act(c, CMD_PEOPLE_SET);
	if (c->walk_ins < WALK_INS && !chair_pick(c, 20)) {
		x.verb = CMD_PEOPLE_ADD;
		buf_reset(&c->text);
		buf_puts(&c->text, "来宾");
		buf_int(&c->text, (int64_t)++c->walk_ins);
		x.name = buf_view(&c->text);
		x.affiliation = STR("智慧生活报");
		return x;
	}
	x.seat = SEAT_ONLINE_CHAIR;
	x.by = STR("online-chair");
	x.person = somebody(c, s);
	x.link = (enum event_link)(LINK_CONNECTING + chair_pick(c, LINK_COUNT - 1));
	return x;
}

static struct command
wish_award(struct chair *c, const struct session *s)
{
	static const struct str presenters[] = {{"p00", 3}, {"p01", 3}};
	struct command x = act(c, CMD_AWARD_GIVE);
	x.person = somebody(c, s);
	if (chair_pick(c, 2))
		x.names = (struct event_list){presenters, 1 + chair_pick(c, 2)};
	return x;
}

/* What happens a few times an hour. */
static struct command
wish_seldom(struct chair *c, const struct session *s)
{
	static const enum command_verb verbs[] = {CMD_SEGMENT_EXTEND, CMD_AGENDA_FIT,
		CMD_QUEUE_CLOSE, CMD_QUEUE_OPEN, CMD_QUEUE_OPEN, CMD_QUEUE_ORDER,
		CMD_QUEUE_INTERRUPT, CMD_CHAIR_PASS};
	struct command x = act(c, verbs[chair_pick(c, LENGTH(verbs))]);
	x.has_duration = true;
	x.duration = 60000 * (1 + (int64_t)chair_pick(c, 5));
	x.order = x.verb == CMD_QUEUE_ORDER ? (enum event_order)(ORDER_FIFO + chair_pick(c, 3))
					    : ORDER_UNSET;
	x.interrupt = x.verb == CMD_QUEUE_INTERRUPT
			      ? (enum event_interrupt)(INTERRUPT_PAUSE + chair_pick(c, 3))
			      : INTERRUPT_UNSET;
	if (x.verb == CMD_CHAIR_PASS)
		x.person = somebody(c, s);
	return x;
}

static const struct {
	uint64_t weight; /* of 100 */
	struct command (*wish)(struct chair *c, const struct session *s);
} wishes[] = {{25, wish_add}, {5, wish_move}, {3, wish_remove}, {19, wish_floor}, {11, wish_clock},
	{26, wish_note}, {4, wish_rewrite}, {2, wish_mark}, {3, wish_people}, {1, wish_award},
	{1, wish_seldom}};

/* Points are debated in turn until the end is near; the rest of the agenda is gone through once. */
static struct command
move_on(struct chair *c, const struct session *s)
{
	size_t n, now = session_segment_now(s);
	const struct session_segment *segments = session_segments(s, &n);
	struct command x = act(c, CMD_SEGMENT_NEXT);
	x.carry = chair_pick(c, 2);
	x.leave = !x.carry;
	bool point = now < n && segments[now].kind == SEGMENT_POINT;
	if (point && now + 1 < n && segments[now + 1].kind != SEGMENT_POINT) {
		x.verb = CMD_SEGMENT_GO;
		x.id = STR("p1");
	}
	size_t next = now < n ? now + 1 : 0;
	bool long_one = next < n && segments[next].kind == SEGMENT_POINT;
	c->visit_ends = (int64_t)session_event_count(s) +
			(long_one ? c->visit / 2 + (int64_t)chair_pick(c, (uint64_t)c->visit) : 12);
	return x;
}

struct command
chair_wish(struct chair *c, const struct session *s)
{
	if ((int64_t)session_event_count(s) >= c->visit_ends)
		return move_on(c, s);
	if ((double)chair_pick(c, 1000000) < c->undos * 1e6)
		return act(c, CMD_UNDO);
	uint64_t die = chair_pick(c, 100);
	size_t i = 0;
	for (; i + 1 < LENGTH(wishes) && die >= wishes[i].weight; i++)
		die -= wishes[i].weight;
	return wishes[i].wish(c, s);
}

struct command
chair_end(struct chair *c, const struct session *s, int64_t left)
{
	const struct session_turn *turn = session_floor(s);
	if (turn && turn->state != TURN_ENDED)
		return act(c, CMD_FLOOR_END);
	if (left > 1)
		return wish_mark(c, s);
	return act(c, CMD_SESSION_CLOSE);
}
