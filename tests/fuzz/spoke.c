/*
 * A console whose host says anything. = before the body of a record has it
 * sealed as the next of its lane, # as some other one; t lets time pass, ? asks
 * for a command, x cuts the line. Only verified records in order are taken, what
 * it says is canonical, and whatever it had to keep can be begun again from.
 */
#include "dais/journal.h"
#include "fuzz.h"
#include "message.h"

struct bed {
	struct spoke *spoke;
	struct frame out;
	struct buf outbox;
	int64_t now, next[2];
	unsigned char hash[2][32], held[2][32];
	enum event_lane lane;
	bool up, dialing, stopped;
};

static size_t
w_waiting(void *ctx)
{
	(void)ctx;
	return 0;
}

static void
said(void *ctx, struct str line)
{
	struct arena a = {0};
	struct message m;
	(void)ctx;
	MUST_OF(message_read(&m, line, &a), line);
	arena_finish(&a);
}

static void
w_send(void *ctx, struct str bytes)
{
	struct bed *b = ctx;
	MUST(b->up);
	MUST_OF(frame_feed(&b->out, bytes, said, b), bytes);
}

static void
w_listen(void *ctx, bool reading)
{
	(void)ctx;
	(void)reading;
}

static void
w_close(void *ctx, bool written)
{
	(void)written;
	((struct bed *)ctx)->up = false;
}

static int64_t
c_wall(void *ctx)
{
	return 1689400800000 + ((struct bed *)ctx)->now;
}

static void
c_dial(void *ctx)
{
	((struct bed *)ctx)->dialing = true;
}

static bool
c_line(void *ctx, enum event_lane lane, int64_t seq, struct str body, struct str line)
{
	struct bed *b = ctx;
	struct sealed s;
	struct buf again = {0};
	MUST(lane == LANE_SESSION || lane == LANE_CHAIRS);
	MUST(!b->stopped && seq == b->next[lane]);
	MUST_OF(sealed_read(&s, line) && str_eq(s.body, body) && s.seq == seq, line);
	journal_seal(&again, s.seq, s.safe, s.body, b->held[lane]);
	MUST_OF(str_eq(str_upto(buf_view(&again), again.n - 1), line), line);
	buf_finish(&again);
	b->stopped = body.n % 97 == 0;
	b->next[lane] += !b->stopped;
	return !b->stopped;
}

static void
c_outbox(void *ctx, struct str text)
{
	struct bed *b = ctx;
	buf_reset(&b->outbox);
	buf_str(&b->outbox, text);
}

static bool
c_key(void *ctx, struct str key)
{
	(void)ctx;
	MUST(key.n == 43);
	return true;
}

static void
begin(struct bed *b, struct str outbox)
{
	struct spoke_start start = {.session = STR("s"), .name = STR("韩英"), .id = STR("console"),
		.seat = SEAT_ONLINE_CHAIR, .seq = {b->next[0] - 1, b->next[1] - 1}, .seed = 3, .outbox = outbox};
	struct spoke_calls calls = {.ctx = b, .wall = c_wall, .dial = c_dial, .seal = journal_seal, .line = c_line,
		.outbox = c_outbox, .key = c_key};
	memcpy(start.hash, b->held, sizeof start.hash);
	b->spoke = spoke_create(&start, &calls, b->now);
}

static void
put_record(struct bed *b, struct str body, bool right, struct buf *line)
{
	unsigned char hash[32];
	int64_t seq = b->next[b->lane] + (right ? 0 : (int64_t)(body.n % 5));
	if (!str_starts(body, STR("\"t\":")) || body.p[body.n - 1] != '}' || body.n > JOURNAL_BODY_MAX)
		return;
	memcpy(hash, b->held[b->lane], 32);
	hash[3] ^= !right && body.n % 2;
	journal_seal(line, seq, seq, body, hash);
}

static void
feed(struct bed *b, struct str line)
{
	struct arena a = {0};
	struct message m;
	struct buf record = {0};
	if (line.n && (line.p[0] == '=' || line.p[0] == '#'))
		put_record(b, str_from(line, 1), line.p[0] == '=', &record);
	else if (message_read(&m, line, &a) && m.kind == MESSAGE_LANE)
		lane_from(m.text, &b->lane);
	if (b->lane == LANE_AMENDS)
		b->lane = LANE_SESSION;
	if (record.n) {
		spoke_feed(b->spoke, buf_view(&record), b->now);
	} else {
		spoke_feed(b->spoke, line, b->now);
		if (b->up)
			spoke_feed(b->spoke, STR("\n"), b->now);
	}
	buf_finish(&record);
	arena_finish(&a);
}

static void
ask(struct bed *b, struct str line)
{
	struct arena a = {0};
	struct refused no = {0};
	struct str id = STR_NONE;
	enum refusal code = spoke_ask(b->spoke, line, b->now, &id, &a, &no);
	MUST_OF(code ? no.why && no.why[0] : asked_valid(id), line);
	arena_finish(&a);
}

static void
act(struct bed *b, struct str line)
{
	struct wire w = {b, w_waiting, w_send, w_listen, w_close};
	struct spoke_view v;
	char what = line.n ? line.p[0] : 0;
	if (b->dialing) {
		b->dialing = false;
		b->up = true;
		frame_finish(&b->out);
		b->out = (struct frame){0};
		spoke_up(b->spoke, &w, b->now);
	}
	line = str_from(line, what == 't' || what == '?');
	if (what == 't')
		b->now += 1 + fuzz_number(&line) % 60000;
	else if (what == '?')
		ask(b, line);
	else if (what == 'x')
		b->up = false;
	else if (b->up)
		feed(b, line);
	spoke_turn(b->spoke, b->now);
	if (!b->up && !b->dialing)
		spoke_down(b->spoke, STR(""), STR("the line was lost"), b->now);
	spoke_look(b->spoke, b->now, &v);
	MUST(v.state <= SPOKE_LEFT && v.seq[0] == b->next[0] - 1 && v.seq[1] == b->next[1] - 1);
	MUST(v.rtt_ms >= EVENT_NO && fuzz_harmless(v.name, ""));
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str rest = {(const char *)data, size}, line;
	struct bed b = {.now = 50000};
	begin(&b, STR_NONE);
	spoke_turn(b.spoke, b.now);
	while (fuzz_line(&rest, &line))
		act(&b, line);
	spoke_destroy(b.spoke);
	/* It starts again with what it kept, and from anything else that stands there. */
	begin(&b, buf_view(&b.outbox));
	spoke_turn(b.spoke, b.now);
	spoke_destroy(b.spoke);
	begin(&b, (struct str){(const char *)data, size});
	spoke_destroy(b.spoke);
	frame_finish(&b.out);
	buf_finish(&b.outbox);
	return 0;
}
