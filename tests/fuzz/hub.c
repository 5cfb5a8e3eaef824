/*
 * A host with four guests of different rights, each line an act: a digit says
 * whose line follows, t lets time pass, ~ sends the bytes without a newline, x
 * hangs up, w stops a guest from reading. Every guest hears whole lines only:
 * messages that are canonical, and the records of each lane once and in order;
 * what only chairs may see never reaches another seat.
 */
#include "fuzz.h"
#include "hall.h"
#include "message.h"

enum { GUESTS = 4 };

struct ear {
	struct guest *guest;
	struct frame in;
	bool closed, stuck, chairs;
	enum event_lane lane;
	int64_t next[2];
	size_t waiting;
};

static size_t
w_waiting(void *ctx)
{
	return ((struct ear *)ctx)->waiting;
}

static void
heard(void *ctx, struct str line)
{
	struct ear *e = ctx;
	struct arena a = {0};
	struct message m;
	struct sealed s;
	if (sealed_is(line)) {
		MUST_OF(sealed_read(&s, line), line);
		MUST_OF(e->next[e->lane] < 0 || s.seq == e->next[e->lane], line);
		MUST_OF(e->lane != LANE_CHAIRS || e->chairs, line);
		e->next[e->lane] = s.seq + 1;
	} else {
		MUST_OF(message_read(&m, line, &a), line);
		if (m.kind == MESSAGE_LANE)
			MUST_OF(lane_from(m.text, &e->lane) && e->lane != LANE_AMENDS, line);
	}
	arena_finish(&a);
}

static void
w_send(void *ctx, struct str bytes)
{
	struct ear *e = ctx;
	MUST(!e->closed);
	if (e->stuck)
		e->waiting += bytes.n;
	MUST_OF(frame_feed(&e->in, bytes, heard, e), bytes);
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
	struct ear *e = ctx;
	(void)written;
	MUST(!e->closed);
	e->closed = true;
}

static void
executed(void *ctx, const struct hub_ask *ask)
{
	(void)ctx;
	MUST(ask->seat && asked_valid(ask->id) && name_valid(ask->by) && ask->late_ms >= 0);
}

static void
come(struct hall *h, struct ear *e, unsigned seats)
{
	struct wire w = {e, w_waiting, w_send, w_listen, w_close};
	frame_finish(&e->in);
	*e = (struct ear){.next = {-1, -1}, .chairs = (seats & (SEAT_CHAIR | SEAT_ONLINE_CHAIR)) != 0};
	e->in.most = LINK_ANSWER_MAX;
	e->guest = hub_open(h->hub, &w, &(struct hub_admit){.seats = seats, .from = STR("there")}, h->ether->now);
}

static void
act(struct hall *h, struct ear *ears, struct str line, bool ended)
{
	static const unsigned seats[GUESTS] = {31, SEAT_SCRIBE, SEAT_OBSERVER | SEAT_STAGE, SEAT_ONLINE_CHAIR | SEAT_OBSERVER};
	unsigned what = fuzz_byte(&line);
	struct ear *e = &ears[what % GUESTS];
	bool raw = line.n && line.p[0] == '~';
	if (what == 't') {
		h->ether->now += 1 + fuzz_number(&line) % 30000;
		hall_step(h);
		return;
	}
	if (what == 'x' || what == 'w') {
		e = &ears[fuzz_byte(&line) % GUESTS];
		if (what == 'w') {
			e->stuck = !e->stuck;
			e->waiting = 0;
		} else if (e->guest) {
			hub_gone(e->guest);
			e->guest = NULL;
		}
		return;
	}
	if (e->closed && e->guest) {
		hub_gone(e->guest);
		e->guest = NULL;
	}
	if (!e->guest)
		come(h, e, seats[what % GUESTS]);
	hub_feed(e->guest, str_from(line, raw), h->ether->now);
	if (!raw && ended && e->guest)
		hub_feed(e->guest, STR("\n"), h->ether->now);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str rest = {(const char *)data, size}, line;
	struct ether ether = {.now = 100000, .seed = 5};
	struct hall h = {.executed = executed};
	struct ear ears[GUESTS] = {0};
	hall_open(&h, &ether);
	while (fuzz_line(&rest, &line)) {
		act(&h, ears, line, rest.n > 0);
		hall_step(&h);
		int64_t due = hub_deadline(h.hub, ether.now);
		MUST(due == EVENT_NO || due >= 0);
		MUST(hub_guests(h.hub) <= GUESTS);
	}
	/* Hours later nobody who kept silent is still there. */
	for (int i = 0; i < 40; i++) {
		ether.now += 5000;
		hall_step(&h);
	}
	struct hub_seen who;
	for (size_t i = 0; i < hub_guests(h.hub); i++)
		MUST(!hub_guest(h.hub, i, ether.now, &who));
	for (size_t i = 0; i < GUESTS; i++) {
		MUST(!ears[i].guest || ears[i].closed);
		if (ears[i].guest)
			hub_gone(ears[i].guest);
		frame_finish(&ears[i].in);
	}
	hall_finish(&h);
	return 0;
}
