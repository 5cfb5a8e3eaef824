/*
 * Commands on a session, a line each, with MS before it for time that goes by
 * and a letter for the seat. All that stories look at is looked at here: what
 * was decided fits, is the same through text, and folds to the same state.
 */
#include "bench.h"
#include "fuzz.h"

static const char agenda[] =
	"forum Forum date=2023-07-15 start=14:00\n"
	"timing speech=3m reply=1m question=30s order=1m warn=30s limit=2 overtime_bell=30s\n"
	"person yao 姚姗姗 role=executive-chair\n"
	"person zhanghu 张虎 role=guest\n"
	"person song 宋昌 role=guest\n"
	"person chen 陈俊颖 role=guest attending=online\n"
	"person liyi 李毅\n"
	"person liyi2 李毅\n"
	"segment opening opening 10m speakers=yao,liyi\n"
	"segment point p1 40m invited=zhanghu,song\n"
	"segment award a1 3m recipients=song presenters=yao\n"
	"segment keynote open-end 0s speakers=song\n"
	"segment break b1 5m\n";

static void
one(struct bench *b, struct str line)
{
	struct arena a = {0};
	struct command c = {0};
	struct events out = {0};
	struct refused no = {0};
	b->t += fuzz_number(&line) % 4000000;
	enum seat seat = line.n ? (enum seat)(1 << (unsigned char)line.p[0] % 5) : SEAT_CHAIR;
	if (!command_parse(line, &a, &c, &no)) {
		/* Letters of the words themselves stand for the chair. */
		c.seat = seat == SEAT_OBSERVER || seat == SEAT_STAGE ? SEAT_CHAIR : seat;
		c.by = STR("fuzz");
		no = (struct refused){0};
		bench_do(b, &c, &out, &no);
		events_finish(&out);
		session_tick(b->s, &out, b->t, STR("2023-07-15T14:00:00+08:00"), STR("host"));
		if (out.n)
			bench_apply(b, &out);
	} else {
		struct session_alarm alarm;
		if (session_alarm_next(b->s, b->t, &alarm))
			MUST(alarm.t > b->t);
	}
	events_finish(&out);
	arena_finish(&a);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str rest = {(const char *)data, size}, line, all = str_of(agenda);
	struct agenda_block block = {0};
	struct buf forum = {0};
	struct bench b;
	while (fuzz_line(&all, &line))
		MUST(agenda_block_line(&block, line));
	agenda_block_write(&block, &forum);
	bench_open(&b, buf_view(&forum), false, 1689400800000);
	b.refold = false;
	for (int n = 0; n < 60 && fuzz_line(&rest, &line) && b.fault.n == 0; n++)
		one(&b, line);
	past_check(&b);
	MUST_OF(b.fault.n == 0, buf_view(&b.fault));
	bench_close(&b);
	agenda_block_finish(&block);
	buf_finish(&forum);
	return 0;
}
