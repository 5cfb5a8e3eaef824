#include "past.h"

#include <stdio.h>

static const char *const lines[] = {
	"segment next", "segment next --carry", "segment go p1", "segment go p2", "floor next",
	"floor next", "floor give a", "floor give 宋昌", "floor pause", "floor resume",
	"floor extend +30s", "floor correct 2s", "floor end", "floor end", "queue add a",
	"queue add b --as reply --about 数据", "queue add c --as question", "queue add c --online",
	"queue close", "queue open", "queue order alternate", "queue limit 2", "people add 李毅",
	"people set c --link ready", "note add 大模型带来便利", "note add \"张虎: 是否开源\"",
	"note add \"~ nur für uns\"", "note edit 1 neu", "note remove 2", "mark moment Applaus",
	"message send later", "undo", "undo", "segment extend 1m",
};

uint32_t
past_dice(uint32_t *seed, uint32_t sides)
{
	*seed = *seed * 1664525u + 1013904223u;
	return (*seed >> 8) % sides;
}

void
past_tick(struct sitting *x, int64_t t)
{
	struct events out = {0};
	const char *why;
	session_tick(x->s, &out, t, STR_NONE, STR("host"));
	for (size_t i = 0; i < out.n; i++)
		assert_int_equal(session_apply(x->s, &out.items[i], &why), 0);
	events_finish(&out);
}

struct past
past_random(unsigned seed, size_t events)
{
	struct sitting x = sitting_plain();
	uint32_t dice = seed;
	int64_t t = 0;
	print_message("# seed %u\n", seed);
	sitting_do(&x, 0, "segment next");
	while (session_event_count(x.s) < events) {
		int64_t next = t + (int64_t)past_dice(&dice, 4) * (int64_t)past_dice(&dice, 9000);
		for (; t + SESSION_TICK_MS <= next; t += SESSION_TICK_MS)
			past_tick(&x, t + SESSION_TICK_MS);
		t = next;
		sitting_do(&x, t, lines[past_dice(&dice, sizeof lines / sizeof *lines)]);
		events_finish(&x.events);
		x.events = (struct events){0};
	}
	return past_of(x);
}

struct past
past_of(struct sitting x)
{
	return (struct past){.x = x, .r = replay_create(x.s), .now = 5000};
}

void
past_close(struct past *p)
{
	replay_destroy(p->r);
	sitting_close(&p->x);
}

enum refusal
past_do(struct past *p, const char *line)
{
	p->code = replay_command(p->r, str_of(line), p->now, &p->x.arena, &p->x.no);
	assert_int_equal(p->code, p->x.no.code);
	assert_true(!p->code || p->x.no.why);
	return p->code;
}

void
past_check(const struct past *p)
{
	struct buf a = {0}, b = {0};
	struct session *fresh = session_create();
	const char *why;
	for (size_t i = 0; i < replay_at(p->r); i++)
		assert_int_equal(session_apply(fresh, session_event_at(p->x.s, i), &why), 0);
	session_dump(replay_session(p->r), &a);
	session_dump(fresh, &b);
	assert_string_equal(a.p, b.p);
	session_destroy(fresh);
	buf_finish(&a);
	buf_finish(&b);
}
