/*
 * A random walk: many short sessions of random agendas, in which random seats
 * ask random things in a random order. After each step the bench looks at all
 * that must hold. The seed is printed; `walk SEED` walks the same way again.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bench.h"

enum { SESSIONS = 200, STEPS = 100 };

struct dice {
	uint64_t state;
};

/* splitmix64 */
static uint64_t
roll(struct dice *d, uint64_t n)
{
	uint64_t z = d->state += 0x9e3779b97f4a7c15;
	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
	z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
	return (z ^ (z >> 31)) % n;
}

#define PICK(d, array) (array)[roll(d, sizeof(array) / sizeof *(array))]

static const char *const names[] = {
	"p0", "p1", "p2", "p3", "张虎", "宋昌", "李毅", "p7", "nobody", "w1", "w2", "张 伟"};
static const char *const kinds[] = {
	"opening", "keynote", "award", "point", "break", "closing", "photo", "other"};

static void
draw_agenda(struct dice *d, struct buf *forum)
{
	static const char *const lines[] = {"forum T date=2023-07-15 start=14:00",
		"person p0 姚姗姗 role=executive-chair", "person p1 徐双",
		"person p2 冯洋 role=keynote", "person p3 王莉 role=keynote attending=online",
		"person p4 张虎 role=guest", "person p5 宋昌 role=guest attending=online",
		"person p6 李毅", "person p7 张虎 affiliation=other"};
	static const char *const rules[] = {"timing speech=3m warn=1m,30s",
		"timing limit=2 warn=30s interrupt=charge", "timing speech=0s interrupt=end",
		"queue order=unheard-first", "queue order=alternate"};
	struct agenda_block a = {0};
	for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
		agenda_block_line(&a, str_of(lines[i]));
	agenda_block_line(&a, str_of(PICK(d, rules)));
	for (size_t i = 0, n = 2 + roll(d, 7); i < n; i++) {
		struct buf line = {0};
		buf_printf(&line, "segment %s s%zu %us", PICK(d, kinds), i,
			(unsigned)roll(d, 4) * 200);
		if (roll(d, 2))
			buf_printf(&line, " speakers=p%u,p%u invited=p4,p5", (unsigned)roll(d, 4),
				4 + (unsigned)roll(d, 4));
		if (roll(d, 3) == 0)
			buf_puts(&line, " recipients=p4,p5 presenters=p0,p1");
		if (roll(d, 4) == 0)
			buf_puts(&line, " timing.limit=1 timing.interrupt=pause queue.order=fifo");
		agenda_block_line(&a, buf_view(&line));
		buf_finish(&line);
	}
	agenda_block_write(&a, forum);
	agenda_block_finish(&a);
}

/* The number of something that is there, most of the time. */
static int64_t
draw_number(struct dice *d, const struct bench *b, enum command_verb verb)
{
	size_t n;
	const struct session_entry *q = session_queue(b->s, &n);
	if (roll(d, 8) == 0 || verb == CMD_QUEUE_LIMIT)
		return (int64_t)roll(d, 6);
	if ((verb == CMD_QUEUE_MOVE || verb == CMD_QUEUE_REMOVE) && n)
		return q[roll(d, n)].id;
	n = session_note_count(b->s);
	if ((verb == CMD_NOTE_EDIT || verb == CMD_NOTE_REMOVE) && n)
		return session_note_at(b->s, roll(d, n))->id;
	int64_t seq = session_next_seq(b->s, LANE_SESSION);
	return seq - 1 - (int64_t)roll(d, seq < 20 ? (uint64_t)seq : 20);
}

/* One argument for a letter of the table of commands. */
static void
draw_arg(struct dice *d, const struct bench *b, enum command_verb verb, char letter,
	struct buf *line)
{
	static const char *const texts[] = {"大模型是工具", "? 为什么", "~ 只给主席",
		"张虎：= 决定", "“引用”", "plain words", "p4: said", "-- --mark x", "!行动",
		"宋昌: ？真的吗"};
	static const char *const durations[] = {
		"30s", "+30s", "-30s", "1m", "10m", "-1h", "0s", "2h"};
	static const char *const places[] = {"up", "down", "top", "1", "2", "9"};
	static const char *const orders[] = {"fifo", "unheard-first", "alternate"};
	static const char *const interrupts[] = {"pause", "charge", "end"};
	switch (letter) {
	case 'p':
	case 'm':
		command_quote(line, str_of(PICK(d, names)));
		return;
	case 'b':
		buf_puts(line, roll(d, 2) ? "back" : PICK(d, names));
		return;
	case 's':
		buf_printf(line, "%s%u", roll(d, 2) ? "s" : "", (unsigned)roll(d, 9));
		return;
	case 'e':
		buf_int(line, draw_number(d, b, verb));
		return;
	case 'd':
	case 'D':
		buf_puts(line, PICK(d, durations));
		return;
	case 'w':
		buf_puts(line, PICK(d, places));
		return;
	case 'o':
		buf_puts(line, PICK(d, orders));
		return;
	case 'i':
		buf_puts(line, PICK(d, interrupts));
		return;
	default:
		buf_puts(line, PICK(d, texts));
	}
}

static void
draw_options(struct dice *d, const struct command_row *row, struct buf *line)
{
	static const struct {
		const char *option, *value;
	} values[] = {{"--as", " order"}, {"--as", " question"}, {"--as", " reply"},
		{"--as", " speech"}, {"--about", " 反驳"}, {"--for", " 2m"}, {"--person", " 宋昌"},
		{"--mark", " private"}, {"--mark", " decision"}, {"--title", " 教授"},
		{"--affiliation", " 山西大学"}, {"--role", " guest"}, {"--link", " ready"},
		{"--by", " p0,p1"}, {"--to", " hall"}, {"--why", " over"}, {"--name", " 王五"},
		{"--carry", ""}, {"--leave", ""}, {"--online", ""}, {"--site", ""}, {"--top", ""},
		{"--override", ""}, {"--plain", ""}};
	for (int i = 0; i < 3; i++) {
		size_t at = roll(d, sizeof values / sizeof *values);
		if (strstr(row->args, values[at].option) && !strstr(line->p, values[at].option))
			buf_printf(line, " %s%s", values[at].option, values[at].value);
	}
}

static void
draw_command(struct dice *d, const struct bench *b, struct buf *line)
{
	/* What a debate consists of comes more often; the end of it seldom. */
	static const enum command_verb often[] = {CMD_QUEUE_ADD, CMD_QUEUE_ADD, CMD_QUEUE_ADD,
		CMD_FLOOR_NEXT, CMD_FLOOR_NEXT, CMD_FLOOR_GIVE, CMD_NOTE_ADD, CMD_UNDO, CMD_UNDO,
		CMD_FLOOR_TOGGLE, CMD_QUEUE_MOVE};
	enum command_verb verb =
		roll(d, 2) ? PICK(d, often) : (enum command_verb)roll(d, CMD_COUNT);
	if (verb == CMD_SESSION_CLOSE && roll(d, 20))
		verb = CMD_SEGMENT_NEXT;
	const struct command_row *row = &command_rows()[verb];
	buf_reset(line);
	buf_puts(line, row->noun);
	buf_printf(line, " %s", row->word);
	for (const char *s = row->args; *s && *s != '-'; s += s[1] == '?' ? 2 : 1) {
		if (*s == ' ' || (s[1] == '?' && roll(d, 2)))
			continue;
		buf_char(line, ' ');
		draw_arg(d, b, verb, *s, line);
	}
	draw_options(d, row, line);
	if (roll(d, 10) == 0)
		buf_printf(line, " --basis %lld",
			(long long)session_next_seq(b->s, LANE_SESSION) - 1 -
				(long long)roll(d, 4));
}

struct tally {
	int done, refused, unread;
};

static void
step(struct dice *d, struct bench *b, struct buf *line, struct tally *tally)
{
	static const enum seat seats[] = {SEAT_CHAIR, SEAT_CHAIR, SEAT_CHAIR, SEAT_CHAIR,
		SEAT_CHAIR, SEAT_CHAIR, SEAT_CHAIR, SEAT_CHAIR, SEAT_CHAIR, SEAT_ONLINE_CHAIR,
		SEAT_SCRIBE, SEAT_STAGE};
	struct command c;
	struct refused no;
	struct events list = {0};
	b->t += roll(d, 4) ? (int64_t)roll(d, 20000) : 0;
	if (roll(d, 8) == 0) {
		session_tick(b->s, &list, b->t, STR(""), STR("host"));
		if (list.n)
			bench_apply(b, &list);
	}
	draw_command(d, b, line);
	if (command_parse(buf_view(line), &b->arena, &c, &no)) {
		tally->unread++;
	} else {
		c.seat = PICK(d, seats);
		c.by = str_of(seat_text(c.seat));
		if (bench_do(b, &c, &list, &no))
			tally->refused++;
		else
			tally->done++;
	}
	events_finish(&list);
}

/* Most of what can be asked is asked inside a segment. */
static void
begin(struct bench *b)
{
	struct events list = {0};
	struct refused no;
	struct command c = {.verb = CMD_SEGMENT_NEXT,
		.seat = SEAT_CHAIR,
		.by = STR("chair"),
		.basis = EVENT_NO,
		.number = EVENT_NO};
	bench_do(b, &c, &list, &no);
	events_finish(&list);
}

static bool
walk(uint64_t seed, struct tally *tally)
{
	struct dice d = {seed};
	struct bench b;
	struct buf forum = {0}, line = {0}, past = {0};
	draw_agenda(&d, &forum);
	int64_t wall;
	agenda_block_wall(STR("2023-07-15 14:03"), &wall);
	bench_open(&b, buf_view(&forum), roll(&d, 4) == 0, wall);
	begin(&b);
	for (int i = 0; i < STEPS && !b.fault.n; i++) {
		step(&d, &b, &line, tally);
		buf_printf(&past, "# @%lld %s\n", (long long)b.t, line.p);
	}
	past_check(&b);
	bool ok = b.fault.n == 0;
	if (!ok)
		printf("# seed %llu\n# %s\n%s# %s", (unsigned long long)seed, forum.p, past.p,
			b.fault.p);
	buf_finish(&forum);
	buf_finish(&line);
	buf_finish(&past);
	bench_close(&b);
	return ok;
}

int
main(int argc, char **argv)
{
	uint64_t seed = argc > 1 ? strtoull(argv[1], NULL, 10) : 20230715;
	int sessions = argc > 2 ? atoi(argv[2]) : SESSIONS;
	struct tally tally = {0};
	bool ok = true;
	for (int i = 0; i < sessions && ok; i++)
		ok = walk(seed + (uint64_t)i, &tally);
	printf("# seed %llu: %d done, %d refused, %d not read\n", (unsigned long long)seed,
		tally.done, tally.refused, tally.unread);
	printf("%sok 1 - whatever is asked in whatever order, all that must hold holds\n1..1\n",
		ok ? "" : "not ");
	return !ok;
}
