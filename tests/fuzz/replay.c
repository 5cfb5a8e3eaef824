/*
 * Commands of a replay over the past of a fixed debate, a line each; digits
 * before it let the room's clock go on. At any position the view is what the
 * events before it fold to, and time stands between its neighbours.
 */
#include "bench.h"
#include "dais/replay.h"
#include "fuzz.h"

static struct bench b;
static struct buf dumps[200];

static void
say(int64_t later, const char *line)
{
	struct arena a = {0};
	struct command c;
	struct events out = {0};
	struct refused no = {0};
	b.t += later;
	MUST_OF(!command_parse(str_of(line), &a, &c, &no), str_of(line));
	c.seat = SEAT_CHAIR;
	c.by = STR("chair");
	MUST_OF(!bench_do(&b, &c, &out, &no), str_of(no.why));
	events_finish(&out);
	arena_finish(&a);
}

static void
make_past(void)
{
	static const char *const agenda[] = {"forum Forum date=2023-07-15 start=14:00",
		"timing speech=3m reply=1m question=30s warn=30s", "person yao 姚姗姗 role=executive-chair",
		"person zhanghu 张虎 role=guest", "person chen 陈俊颖 attending=online",
		"segment opening opening 10m speakers=yao", "segment point p1 40m invited=zhanghu,chen",
		"segment point p2 40m"};
	static const char *const lines[] = {"segment next", "segment next", "queue add 张虎", "queue add chen --as question",
		"floor next", "note add 大模型 flops", "floor pause", "floor resume", "queue add yao", "floor next", "undo",
		"floor next", "note edit 1 other", "mark moment", "segment next --leave", "floor give yao", "floor end", "session close"};
	struct agenda_block block = {0};
	struct buf forum = {0};
	for (size_t i = 0; i < sizeof agenda / sizeof *agenda; i++)
		MUST(agenda_block_line(&block, str_of(agenda[i])));
	agenda_block_write(&block, &forum);
	bench_open(&b, buf_view(&forum), false, 1689400800000);
	for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
		say(1000 * (int64_t)(i * i), lines[i]);
	agenda_block_finish(&block);
	buf_finish(&forum);
	MUST_OF(b.fault.n == 0, buf_view(&b.fault));
	struct session *view = session_create();
	for (size_t i = 0; i <= session_event_count(b.s) && i < 200; i++) {
		const char *why;
		session_dump(view, &dumps[i]);
		if (i < session_event_count(b.s))
			MUST(session_apply(view, session_event_at(b.s, i), &why) == 0);
	}
	session_destroy(view);
}

static void
look(struct replay *r, int64_t now)
{
	struct buf dump = {0};
	size_t at = replay_at(r), n = session_event_count(b.s);
	int64_t t = replay_t(r), wake = replay_wake(r, now);
	MUST(at >= 1 && at <= n);
	session_dump(replay_session(r), &dump);
	MUST_OF(str_eq(buf_view(&dump), buf_view(&dumps[at])), buf_view(&dump));
	MUST(t >= session_event_at(b.s, at - 1)->t);
	MUST(at == n || t <= session_event_at(b.s, at)->t);
	MUST(replay_pace(r) >= 1 && replay_pace(r) <= REPLAY_PACE_MAX);
	MUST(wake == -1 || wake >= now);
	buf_finish(&dump);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str rest = {(const char *)data, size}, line;
	int64_t now = 5000;
	if (!b.s)
		make_past();
	struct replay *r = replay_create(b.s);
	replay_runs(r, size % 2);
	look(r, now);
	for (int i = 0; i < 200 && fuzz_line(&rest, &line); i++) {
		struct arena a = {0};
		struct refused no = {0};
		size_t at = replay_at(r);
		int64_t t = replay_t(r);
		if (line.n && line.p[0] >= '0' && line.p[0] <= '9') {
			now += fuzz_number(&line) % 10000000;
			replay_advance(r, now);
			MUST(replay_t(r) >= t && replay_at(r) >= at);
			look(r, now);
		}
		replay_advance(r, now);
		t = replay_t(r);
		at = replay_at(r);
		enum refusal code = replay_command(r, line, now, &a, &no);
		if (code)
			MUST_OF(no.why && no.why[0] && code == no.code && t == replay_t(r) && at == replay_at(r), line);
		look(r, now);
		arena_finish(&a);
	}
	replay_destroy(r);
	return 0;
}
