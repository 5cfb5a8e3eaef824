/* Every limit of a guest to the letter, by a clock that only the test moves; and what each seat may
 * ask. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "hall.h"
#include "dais/utf8.h"
#include "message.h"

struct probe { /* the wire of one guest, as a test sees it */
	struct guest *guest;
	struct buf heard;
	size_t waiting, sends;
	bool takes_nothing, deaf, closed, written;
};

struct bed {
	struct ether ether;
	struct hall hall;
	struct probe probes[1100];
	size_t n, executed;
};

static size_t
w_waiting(void *ctx)
{
	return ((struct probe *)ctx)->waiting;
}

static void
w_send(void *ctx, struct str bytes)
{
	struct probe *p = ctx;
	assert_false(p->closed);
	buf_str(&p->heard, bytes);
	p->sends++;
	if (p->takes_nothing)
		p->waiting += bytes.n;
}

static void
w_listen(void *ctx, bool reading)
{
	((struct probe *)ctx)->deaf = !reading;
}

static void
w_close(void *ctx, bool written)
{
	struct probe *p = ctx;
	assert_false(p->closed);
	p->closed = true;
	p->written = written;
}

static void
executed(void *ctx, const struct hub_ask *ask)
{
	(void)ask;
	((struct bed *)ctx)->executed++;
}

static struct bed *
bed_open(void)
{
	struct bed *b = xcalloc(1, sizeof *b);
	b->ether = (struct ether){.now = 100000, .seed = 5};
	b->hall.executed = executed;
	b->hall.ctx = b;
	hall_open(&b->hall, &b->ether);
	return b;
}

static void
bed_close(struct bed *b)
{
	for (size_t i = 0; i < b->n; i++) {
		if (b->probes[i].guest)
			hub_gone(b->probes[i].guest);
		buf_finish(&b->probes[i].heard);
	}
	hall_finish(&b->hall);
	free(b);
}

static struct probe *
guest(struct bed *b, unsigned seats)
{
	struct probe *p = &b->probes[b->n++];
	struct wire w = {p, w_waiting, w_send, w_listen, w_close};
	p->guest = hub_open(b->hall.hub, &w,
		&(struct hub_admit){.seats = seats, .from = STR("there")}, b->ether.now);
	return p;
}

static void
say(struct bed *b, struct probe *p, const char *text)
{
	hub_feed(p->guest, str_of(text), b->ether.now);
}

static void
turn(struct bed *b, int64_t later)
{
	b->ether.now += later;
	hall_step(&b->hall);
}

static bool
heard(struct probe *p, const char *what)
{
	return p->heard.n && memmem(p->heard.p, p->heard.n, what, strlen(what));
}

static struct probe *
joined(struct bed *b, const char *seat, const char *name)
{
	char hello[200];
	struct probe *p = guest(b, 31);
	snprintf(
		hello, sizeof hello, "{\"hello\":1,\"seat\":\"%s\",\"name\":\"%s\"}\n", seat, name);
	say(b, p, hello);
	turn(b, 0);
	assert_true(heard(p, "{\"welcome\":1,") && heard(p, "{\"live\":"));
	return p;
}

static void
gone(struct probe *p)
{
	hub_gone(p->guest);
	p->guest = NULL;
}

static void
greeting(void **state)
{
	static const struct {
		const char *line, *code;
	} rows[] = {
		{"{\"hello\":2,\"seat\":\"scribe\",\"name\":\"a\"}\n", "version"},
		{"{\"hello\":1,\"seat\":\"chair\",\"name\":\"a\"}\n", "not-allowed"},
		{"{\"hello\":1,\"seat\":\"king\",\"name\":\"a\"}\n", "not-allowed"},
		{"{\"hello\":1,\"name\":\"a\"}\n", "not-allowed"},
		{"{\"hello\":1,\"seat\":\"scribe\"}\n", "bad-argument"},
		{"{\"hello\":1,\"seat\":\"scribe\",\"name\":\"a\\u202eb\"}\n", "bad-argument"},
		{"{\"hello\":1,\"seat\":\"scribe\",\"name\":\"a\",\"id\":\"\"}\n", "bad-argument"},
		{"{\"hello\":1,\"seat\":\"scribe\",\"name\":\"a\",\"epoch\":7}\n", "old-host"},
		{"{\"hello\":1,\"seat\":\"scribe\",\"name\":\"a\",\"seq\":99,\"hash\":\"00\"}\n",
			"diverged"},
		{"{\"hello\":1,\"seat\":\"scribe\",\"name\":\"a\",\"seq\":0}\n", "diverged"},
		{"{\"hello\":1,\"seat\":\"scribe\",\"name\":\"a\",\"seq\":\"0\"}\n",
			"bad-argument"},
		{"{\"hello\":1,\"seat\":\"scribe\",\"name\":\"a\",\"seq\":0,\"hash\":"
		 "\"0000000000000000000000000000000000000000000000000000000000000000\"}\n",
			"diverged"},
		{"{\"hello\":1,\"hello\":1}\n", "bad-argument"},
		{"{\"ask\":\"x\",\"do\":\"undo\"}\n", "bad-argument"},
		{"{\"ping\":1}\n", "bad-argument"},
		{"[]\n", "bad-argument"},
		{"\xff\n", "bad-argument"},
	};
	struct bed *b = bed_open();
	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		char refused[60];
		struct probe *p = guest(b, SEAT_SCRIBE);
		say(b, p, rows[i].line);
		snprintf(refused, sizeof refused, "{\"refused\":\"%s\",\"why\":\"", rows[i].code);
		if (!heard(p, refused))
			fail_msg("%s: %s", rows[i].line, p->heard.p ? p->heard.p : "nothing");
		assert_true(p->closed && p->written);
		/* It is deaf from then on. */
		say(b, p, "{\"hello\":1,\"seat\":\"scribe\",\"name\":\"a\"}\n");
		assert_false(heard(p, "welcome"));
	}
	assert_int_equal(b->hall.old, 1);
	assert_int_equal(b->hall.joined, 0);
	bed_close(b);
}

/* Another session's log is told from an old host by its first record, whatever the epochs. */
static void
another(void **state)
{
	static const char theirs[] =
		"0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
	struct bed *b = bed_open();
	struct buf ours = {0}, text = {0};
	unsigned char hash[32];
	(void)state;
	assert_true(record_hash(b->hall.lanes[0].lines[0], hash));
	hash_text(&ours, hash);
	for (int epoch = 0; epoch < 3; epoch++) {
		struct probe *p = guest(b, 31);
		buf_reset(&text);
		buf_printf(&text,
			"{\"hello\":1,\"seat\":\"scribe\",\"name\":\"a\",\"log\":\"%s\",\"epoch\":%d,"
			"\"seq\":1,\"hash\":\"%s\"}\n",
			theirs, epoch, theirs);
		say(b, p, text.p);
		assert_true(p->closed && heard(p, "{\"refused\":\"another\""));
		buf_reset(&text);
		buf_printf(&text, "\"log\":\"%s\"", ours.p);
		assert_true(heard(p, text.p));
	}
	assert_int_equal(b->hall.old, 0);
	/* The same log and a later epoch: that is an old host, and it hears of it. */
	struct probe *p = guest(b, 31);
	buf_reset(&text);
	buf_printf(&text,
		"{\"hello\":1,\"seat\":\"scribe\",\"name\":\"a\",\"log\":\"%s\",\"epoch\":9,"
		"\"seq\":1,\"hash\":\"%s\"}\n",
		ours.p, theirs);
	say(b, p, text.p);
	assert_true(heard(p, "{\"refused\":\"old-host\""));
	assert_int_equal(b->hall.old, 1);
	/* The same log, and another end of it. */
	p = guest(b, 31);
	buf_reset(&text);
	buf_printf(&text,
		"{\"hello\":1,\"seat\":\"scribe\",\"name\":\"a\",\"log\":\"%s\",\"epoch\":1,"
		"\"seq\":1,\"hash\":\"%s\"}\n",
		ours.p, theirs);
	say(b, p, text.p);
	assert_true(heard(p, "{\"refused\":\"diverged\""));
	/* Who is let in hears which log it is. */
	p = joined(b, "scribe", "b");
	buf_reset(&text);
	buf_printf(&text, "\"log\":\"%s\",\"epoch\":1", ours.p);
	assert_true(heard(p, text.p));
	buf_finish(&ours);
	buf_finish(&text);
	bed_close(b);
}

/* Who lacks much of the log gets it window by window, at once, though nothing else happens; and those
 * who are live hear first, however many catch up. */
static void
catching_up(void **state)
{
	struct bed *b = bed_open();
	struct buf note = {0};
	(void)state;
	struct probe *live = joined(b, "observer", "live");
	buf_puts(&note, "note add --plain ");
	buf_fill(&note, 'x', note.n + 7000);
	for (int i = 0; i < 400; i++)
		hall_do(&b->hall, buf_view(&note));
	turn(b, 100);
	struct probe *p[40];
	for (int i = 0; i < 40; i++) {
		p[i] = guest(b, 31);
		say(b, p[i], "{\"hello\":1,\"seat\":\"observer\",\"name\":\"late\"}\n");
	}
	buf_reset(&live->heard);
	hall_do(&b->hall, STR("note add --plain now"));
	b->ether.now += 100;
	size_t turns = 0, most = 0, sum = 0;
	bool first = false;
	do {
		size_t before = sum;
		hall_step(&b->hall);
		turns++;
		sum = 0;
		for (int i = 0; i < 40; i++)
			sum += p[i]->heard.n;
		most = sum - before > most ? sum - before : most;
		first = first || turns > 1 || heard(live, "\"text\":\"now\"");
		/* Not a moment passes. */
		if (!heard(p[39], "{\"live\":") || !heard(p[0], "{\"live\":"))
			assert_int_equal(hub_deadline(b->hall.hub, b->ether.now), b->ether.now);
	} while (hub_deadline(b->hall.hub, b->ether.now) == b->ether.now && turns < 1000);
	assert_true(first);
	for (int i = 0; i < 40; i++)
		assert_true(heard(p[i], "{\"live\":"));
	/* 40 of three megabytes each: no turn sent more than two of them. */
	assert_true(sum > 40u * 400 * 7000);
	assert_true(most < 2u << 20);
	assert_true(turns > 50 && turns < 200);
	/* Where the disk cannot be read nothing spins. */
	buf_finish(&note);
	bed_close(b);
}

/* What is on a second machine's disk: said by chairs' seats of other machines alone, never more than
 * there is, and it does not shrink when they go. */
static void
copies(void **state)
{
	struct bed *b = bed_open();
	(void)state;
	struct probe *scribe = joined(b, "scribe", "s"), *looker = joined(b, "observer", "o");
	assert_false(heard(scribe, "{\"stable\":"));
	say(b, scribe, "{\"held\":1,\"chairs\":0}\n");
	turn(b, 10);
	assert_int_equal(hub_copies(b->hall.hub).live, 0);
	struct probe *here = guest(b, 31);
	gone(here);
	struct wire w = {here, w_waiting, w_send, w_listen, w_close};
	here->closed = false;
	here->guest = hub_open(b->hall.hub, &w, &(struct hub_admit){.seats = 31, .here = true}, b->ether.now);
	say(b, here, "{\"hello\":1,\"seat\":\"chair\",\"name\":\"h\"}\n{\"held\":1,\"chairs\":0}\n");
	turn(b, 10);
	assert_int_equal(hub_copies(b->hall.hub).live, 0);
	assert_int_equal(hub_copies(b->hall.hub).stable[0], -1);
	struct probe *deputy = joined(b, "online-chair", "d");
	say(b, deputy, "{\"held\":1}\n");
	turn(b, 10);
	assert_int_equal(hub_copies(b->hall.hub).live, 1);
	assert_int_equal(hub_copies(b->hall.hub).stable[0], 1);
	assert_int_equal(hub_copies(b->hall.hub).stable[1], -1);
	assert_true(heard(scribe, "{\"stable\":1,\"copies\":1}\n"));
	assert_true(heard(deputy, "{\"stable\":1,\"copies\":1}\n"));
	assert_false(heard(looker, "\"stable\""));
	buf_reset(&scribe->heard);
	/* More than there is counts for nothing, less than before neither. */
	say(b, deputy, "{\"held\":999999,\"chairs\":0}\n{\"held\":0,\"chairs\":0}\n");
	turn(b, 10);
	assert_int_equal(hub_copies(b->hall.hub).stable[0], 1);
	assert_true(heard(scribe, "{\"stable\":1,\"chairs\":0,\"copies\":1}\n"));
	gone(deputy);
	turn(b, 10);
	assert_int_equal(hub_copies(b->hall.hub).live, 0);
	assert_int_equal(hub_copies(b->hall.hub).stable[0], 1);
	assert_true(heard(scribe, "{\"stable\":1,\"chairs\":0,\"copies\":0}\n"));
	bed_close(b);
}

static void
in_time(void **state)
{
	struct bed *b = bed_open();
	struct probe *p = guest(b, 31), *q = guest(b, 31);
	(void)state;
	turn(b, 2999);
	assert_false(p->closed);
	assert_int_equal(hub_deadline(b->hall.hub, b->ether.now), b->ether.now + 1);
	turn(b, 1);
	assert_true(p->closed && heard(p, "{\"refused\":\"limit\""));
	/* 8 KiB before the greeting, and not one byte more. */
	q = guest(b, 31);
	struct buf many = {0};
	buf_fill(&many, ' ', 8 << 10);
	hub_feed(q->guest, buf_view(&many), b->ether.now);
	assert_false(q->closed);
	say(b, q, " ");
	assert_true(q->closed);
	/* A line of 64 KiB is one, a longer one is none. */
	p = joined(b, "observer", "o");
	buf_reset(&many);
	buf_puts(&many, "{\"ping\":1,\"x\":\"");
	buf_fill(&many, 'x', EVENT_LINE_MAX - many.n - 2);
	buf_puts(&many, "\"}\n");
	hub_feed(p->guest, buf_view(&many), b->ether.now);
	turn(b, 0);
	assert_true(heard(p, "{\"pong\":1}"));
	hub_feed(p->guest, str_upto(buf_view(&many), many.n - 4), b->ether.now);
	say(b, p, "xxxx");
	assert_true(p->closed);
	buf_finish(&many);
	/* A line that drips. */
	p = joined(b, "observer", "o2");
	for (int i = 0; i < 10; i++) {
		assert_false(p->closed);
		say(b, p, "{");
		turn(b, 1000);
	}
	assert_true(p->closed);
	bed_close(b);
}

static void
silence(void **state)
{
	struct bed *b = bed_open();
	struct probe *p = joined(b, "scribe", "s"), *q = joined(b, "scribe", "q");
	(void)state;
	assert_true(heard(p, "{\"ping\":1,\"now\":100000,\"t\":"));
	buf_reset(&p->heard);
	for (int i = 0; i < 59; i++) {
		turn(b, 100);
		if (i % 10 == 0)
			say(b, q, "{\"ping\":3}\n");
	}
	assert_true(heard(p, "{\"ping\":"));
	assert_false(p->closed);
	turn(b, 100);
	assert_true(p->closed);
	assert_false(p->written);
	assert_false(q->closed);
	/* The round trip is the time between ping and pong. */
	buf_reset(&q->heard);
	turn(b, 2000);
	const char *ping = strstr(q->heard.p, "{\"ping\":");
	assert_non_null(ping);
	char pong[40];
	snprintf(pong, sizeof pong, "{\"pong\":%d}\n", atoi(ping + 8));
	b->ether.now += 37;
	say(b, q, pong);
	struct hub_seen seen;
	for (size_t i = 0; i < hub_guests(b->hall.hub); i++)
		if (hub_guest(b->hall.hub, i, b->ether.now, &seen) && str_is(seen.name, "q"))
			assert_int_equal(seen.rtt_ms, 37);
	bed_close(b);
}

/* Guests that came at moments of their own are pinged together: otherwise the host would wake for
 * each of them. */
static void
together(void **state)
{
	enum { GUESTS = 20, LONG_MS = 20000 };
	struct bed *b = bed_open();
	size_t woken = 0;
	(void)state;
	for (int i = 0; i < GUESTS; i++) {
		char name[16];
		snprintf(name, sizeof name, "o%d", i);
		joined(b, "observer", name);
		turn(b, 97);
	}
	for (int64_t end = b->ether.now + LONG_MS; b->ether.now < end;) {
		int64_t due = hub_deadline(b->hall.hub, b->ether.now);
		turn(b, due > b->ether.now ? due - b->ether.now : 1);
		woken++;
		for (size_t i = 0; i < b->n; i++)
			say(b, &b->probes[i], "{\"pong\":1}\n");
	}
	for (size_t i = 0; i < b->n; i++)
		assert_false(b->probes[i].closed);
	if (woken > 3 * LONG_MS / 2000)
		fail_msg("woken %zu times in %d s", woken, LONG_MS / 1000);
	bed_close(b);
}

static void
rate(void **state)
{
	struct bed *b = bed_open();
	struct probe *p = joined(b, "scribe", "s");
	(void)state;
	/* The greeting was the first of the burst of 40. */
	for (int i = 0; i < 39; i++)
		say(b, p, "{\"ping\":1}\n");
	assert_false(p->deaf);
	say(b, p, "{\"ping\":1}\n");
	assert_true(p->deaf);
	turn(b, 49);
	assert_true(p->deaf);
	turn(b, 3);
	assert_false(p->deaf);
	/* A hundred in one read: heard, and paid for with 5 s. Whom we do not hear is not dead. */
	struct buf many = {0};
	for (int i = 0; i < 200; i++)
		buf_puts(&many, "{\"ping\":2}\n");
	hub_feed(p->guest, buf_view(&many), b->ether.now);
	buf_finish(&many);
	for (int i = 0; i < 98; i++) {
		turn(b, 100);
		assert_true(p->deaf);
		assert_false(p->closed);
	}
	turn(b, 400);
	assert_false(p->deaf);
	turn(b, 5900);
	assert_false(p->closed);
	turn(b, 100);
	assert_true(p->closed);
	bed_close(b);
}

/* A line of 64 KiB counts as many: who sends nothing but those is heard as seldom as it costs. */
static void
weight(void **state)
{
	struct bed *b = bed_open();
	struct probe *p = joined(b, "scribe", "s");
	struct buf line = {0};
	(void)state;
	buf_puts(&line, "{\"ping\":1");
	for (int i = 0; line.n < 65000; i++)
		buf_printf(&line, ",\"%x\":0", i + 0x1000);
	buf_puts(&line, "}\n");
	int n = 0;
	while (!p->deaf && n < 40) {
		say(b, p, line.p);
		n++;
	}
	assert_in_range(n, 4, 6);
	assert_false(p->closed);
	buf_finish(&line);
	bed_close(b);
}

/* Only a year of waiting is believed. */
static void
age(void **state)
{
	struct bed *b = bed_open();
	struct probe *p = joined(b, "scribe", "s");
	(void)state;
	say(b, p, "{\"ask\":\"i\",\"do\":\"note add --plain a\",\"late\":9007199254740991}\n");
	turn(b, 100);
	struct str last = b->hall.lanes[0].lines[b->hall.lanes[0].n - 1];
	assert_non_null(memmem(last.p, last.n, "\"late\":31622400000", 18));
	bed_close(b);
}

static void
stuck(void **state)
{
	struct bed *b = bed_open();
	struct probe *p = joined(b, "observer", "o"), *good = joined(b, "scribe", "s");
	(void)state;
	p->takes_nothing = true;
	char ask[1800];
	size_t most = 0;
	for (int i = 0; i < 3000 && !p->closed; i++) {
		snprintf(ask, sizeof ask, "{\"ask\":\"a%d\",\"do\":\"note add --plain %01500d\"}\n",
			i, 0);
		if (i % 2 == 0)
			say(b, good, ask);
		say(b, p, i % 40 == 0 ? "{\"ping\":1}\n" : "");
		size_t sends = good->sends;
		turn(b, 50);
		/* However much there is: one write a turn. */
		assert_true(good->sends <= sends + 1);
		most = p->waiting > most ? p->waiting : most;
	}
	assert_true(p->closed);
	assert_false(p->written);
	/* The window and the last record; it has lived as long as the stall allows. */
	assert_true(most <= (128 << 10) + EVENT_LINE_MAX);
	assert_true(b->ether.now - 100000 >= 20000);
	assert_false(good->closed);
	/* Whoever comes late gets a window of what there is, not all of it. */
	struct probe *late = guest(b, 31);
	late->takes_nothing = true;
	say(b, late, "{\"hello\":1,\"seat\":\"observer\",\"name\":\"l\"}\n");
	for (int i = 0; i < 5; i++)
		turn(b, 1);
	assert_true(b->hall.lanes[0].n * 1800 > 256 << 10);
	assert_true(late->waiting > (128 << 10) - EVENT_LINE_MAX && late->waiting <= 128 << 10);
	/* The good one has every line. */
	for (int i = 0; i < 40; i++)
		turn(b, 50);
	struct str last = b->hall.lanes[0].lines[b->hall.lanes[0].n - 1];
	assert_non_null(memmem(good->heard.p, good->heard.n, last.p, last.n));
	bed_close(b);
}

/* Who reads a little at a time lags, and is not closed. */
static void
slow(void **state)
{
	struct bed *b = bed_open();
	struct probe *p = joined(b, "observer", "o"), *good = joined(b, "scribe", "s");
	char ask[2200];
	(void)state;
	p->takes_nothing = true;
	for (int i = 0; i < 3000; i++) {
		snprintf(ask, sizeof ask, "{\"ask\":\"a%d\",\"do\":\"note add --plain %02000d\"}\n",
			i, 0);
		if (i < 200)
			say(b, good, ask);
		if (i % 20 == 0)
			say(b, p, "{\"ping\":1}\n"), say(b, good, "{\"ping\":1}\n");
		p->waiting -= p->waiting < 300 ? p->waiting : 300;
		turn(b, 100);
		assert_false(p->closed);
	}
	struct str last = b->hall.lanes[0].lines[b->hall.lanes[0].n - 1];
	assert_non_null(memmem(p->heard.p, p->heard.n, last.p, last.n));
	bed_close(b);
}

static void
crowds(void **state)
{
	struct bed *b = bed_open();
	(void)state;
	for (int i = 0; i < 8; i++)
		joined(b, "scribe", "s");
	struct probe *ninth = guest(b, 31);
	say(b, ninth, "{\"hello\":1,\"seat\":\"scribe\",\"name\":\"s\"}\n");
	assert_true(heard(ninth, "{\"refused\":\"limit\""));
	gone(&b->probes[0]);
	/* The name that is free now; all others are numbered. */
	joined(b, "scribe", "s");
	assert_true(heard(&b->probes[9], "\"name\":\"s\""));
	assert_true(heard(&b->probes[7], "\"name\":\"s-8\""));
	for (int i = 0; i < 1024; i++)
		joined(b, "observer", "o");
	struct probe *more = guest(b, 31);
	say(b, more, "{\"hello\":1,\"seat\":\"observer\",\"name\":\"o\"}\n");
	assert_true(heard(more, "{\"refused\":\"limit\""));
	bed_close(b);
}

/* A console that comes again takes its own place: its old link may not know yet that it is dead. */
static void
again(void **state)
{
	struct bed *b = bed_open();
	char line[200];
	(void)state;
	struct probe *first = guest(b, 31), *second = guest(b, 31), *third = guest(b, 31);
	snprintf(line, sizeof line,
		"{\"hello\":1,\"seat\":\"scribe\",\"name\":\"s\",\"id\":\"%s\"}\n", "mine");
	say(b, first, line);
	say(b, second, line);
	turn(b, 0);
	assert_true(first->closed && heard(first, "{\"refused\":\"replaced\""));
	assert_true(heard(second, "\"name\":\"s\""));
	/* Another console of that name is another console. */
	snprintf(line, sizeof line,
		"{\"hello\":1,\"seat\":\"scribe\",\"name\":\"s\",\"id\":\"%s\"}\n", "other");
	say(b, third, line);
	turn(b, 0);
	assert_false(second->closed);
	assert_true(heard(third, "\"name\":\"s-2\""));
	/* Nor does a smaller seat push a console off its own by calling itself the same. */
	struct probe *rogue = guest(b, SEAT_OBSERVER);
	say(b, rogue, "{\"hello\":1,\"seat\":\"observer\",\"name\":\"x\",\"id\":\"mine\"}\n");
	turn(b, 0);
	assert_false(second->closed);
	/* The longest name has room for its number, and its characters stay whole. */
	struct buf hello = {0}, name = {0};
	for (int i = 0; i < 85; i++)
		buf_puts(&name, "虎");
	buf_printf(&hello, "{\"hello\":1,\"seat\":\"observer\",\"name\":\"%s\"}\n", name.p);
	for (int i = 0; i < 3; i++) {
		struct probe *p = guest(b, SEAT_OBSERVER);
		say(b, p, hello.p);
		turn(b, 0);
		assert_true(heard(p, "{\"welcome\":1,"));
	}
	struct hub_seen seen;
	for (size_t i = 0; i < hub_guests(b->hall.hub); i++)
		if (hub_guest(b->hall.hub, i, b->ether.now, &seen))
			assert_true(seen.name.n <= EVENT_NAME_MAX && utf8_valid(seen.name, NULL));
	buf_finish(&hello);
	buf_finish(&name);
	bed_close(b);
}

static void
presence(void **state)
{
	struct bed *b = bed_open();
	(void)state;
	hub_self(b->hall.hub, STR("chair"), false);
	struct probe *s = joined(b, "scribe", "韩英"), *o = joined(b, "observer", "o"),
		     *c = joined(b, "chair", "chair");
	turn(b, 300);
	assert_true(heard(s, "{\"here\":1,\"who\":[{\"name\":\"chair\",\"seat\":\"chair\"},{"
			     "\"name\":\"韩英\",\"seat\":\"scribe\","));
	/* The host's own name is nobody else's. */
	assert_true(heard(c, "\"name\":\"chair-2\""));
	assert_false(heard(o, "{\"here\":"));
	buf_reset(&c->heard);
	say(b, s, "{\"typing\":1}\n");
	say(b, o, "{\"typing\":1}\n");
	turn(b, 300);
	assert_true(heard(c, "\"typing\":1"));
	assert_int_equal(c->sends > 0, true);
	buf_reset(&c->heard);
	for (int i = 0; i < 60; i++) {
		say(b, s, i % 9 ? "" : "{\"ping\":1}\n");
		say(b, c, i % 9 ? "" : "{\"ping\":1}\n");
		turn(b, 105);
	}
	const char *last = NULL;
	for (const char *at = c->heard.p; (at = strstr(at, "{\"here\":")) != NULL; at++)
		last = at;
	assert_non_null(last);
	assert_null(strstr(last, "typing"));
	/* Posts: the latest only, to the seats that are meant, and to who comes later. */
	hub_post(b->hall.hub, 1, SEAT_STAGE | SEAT_SCRIBE, STR("one"));
	hub_post(b->hall.hub, 1, SEAT_STAGE | SEAT_SCRIBE, STR("two"));
	turn(b, 10);
	struct probe *stage = joined(b, "stage", "hall");
	assert_true(heard(s, "{\"post\":1,\"text\":\"two\"}") && !heard(s, "\"one\""));
	assert_true(heard(stage, "{\"post\":1,\"text\":\"two\"}"));
	assert_false(heard(c, "{\"post\":"));
	bed_close(b);
}

static void
chairs_lane(void **state)
{
	struct bed *b = bed_open();
	struct probe *c = joined(b, "chair", "c"), *s = joined(b, "scribe", "s"),
		     *n = joined(b, "online-chair", "n");
	(void)state;
	say(b, c, "{\"ask\":\"q1\",\"do\":\"note add ~psst\"}\n");
	say(b, s, "{\"ask\":\"q2\",\"do\":\"message send hello\",\"made\":100000}\n");
	for (int i = 0; i < 10; i++)
		turn(b, 50);
	struct probe *late = joined(b, "observer", "o");
	assert_true(heard(c, "psst") && heard(n, "psst") && heard(n, "hello"));
	assert_true(heard(s, "{\"answer\":\"q2\",\"seq\":"));
	assert_false(heard(s, "psst") || heard(s, "\"kind\":\"message.send\"") ||
		     heard(s, "\"lane\":\"chairs\""));
	assert_false(heard(late, "psst") || heard(late, "hello"));
	bed_close(b);
}

static void
once(void **state)
{
	struct bed *b = bed_open();
	struct probe *s = joined(b, "scribe", "s");
	(void)state;
	const char *ask = "{\"ask\":\"id-1\",\"do\":\"note add --plain one\"}\n";
	/* Twice before the disk has it, once afterwards, and once at the next host. */
	say(b, s, ask);
	say(b, s, ask);
	hub_turn(b->hall.hub, b->ether.now);
	assert_false(hall_synced(&b->hall));
	assert_false(heard(s, "{\"answer\":"));
	for (int i = 0; i < 3; i++)
		turn(b, 50);
	assert_int_equal(b->executed, 1);
	assert_true(heard(s, "{\"answer\":\"id-1\",\"seq\":2,\"of\":\"session\"}"));
	buf_reset(&s->heard);
	say(b, s, ask);
	turn(b, 0);
	assert_true(heard(s, "{\"answer\":\"id-1\",\"seq\":2,\"of\":\"session\"}"));
	/* Of a command with several records its last is told, now and at the next host. */
	struct probe *two = joined(b, "chair", "two");
	char give[160];
	static const char *const acts[] = {"segment next", "floor give a", "floor give b"};
	for (int i = 0; i < 3; i++) {
		snprintf(give, sizeof give, "{\"ask\":\"g%d\",\"do\":\"%s\",\"made\":%lld}\n", i,
			acts[i], (long long)b->ether.now);
		say(b, two, give);
	}
	for (int i = 0; i < 3; i++)
		turn(b, 50);
	const char *told = strstr(two->heard.p, "{\"answer\":\"g2\"");
	assert_non_null(told);
	char *outcome = str_dup((struct str){told, strcspn(told, "\n")});
	assert_int_equal(b->executed, 4);
	gone(s);
	gone(two);
	hall_crash(&b->hall);
	two = joined(b, "chair", "two");
	say(b, two, give);
	turn(b, 0);
	assert_true(heard(two, outcome));
	free(outcome);
	assert_int_equal(b->executed, 4);
	b->executed = 1;
	s = joined(b, "scribe", "s");
	say(b, s, ask);
	turn(b, 0);
	assert_true(heard(s, "{\"answer\":\"id-1\",\"seq\":2,\"of\":\"session\"}"));
	assert_int_equal(b->executed, 1);
	/* Bound to its moment: five seconds and no more, and a lost clock is too late. */
	struct probe *c = joined(b, "chair", "c");
	for (int i = 0; i < 6; i++) {
		static const int64_t ages[] = {EVENT_NO, 100000, 5001, -1001, 5000, -1000};
		char line[120], made[40] = "";
		size_t done = b->executed;
		if (ages[i] != EVENT_NO)
			snprintf(made, sizeof made, ",\"made\":%lld",
				(long long)(b->ether.now - ages[i]));
		snprintf(line, sizeof line, "{\"ask\":\"m%d\",\"do\":\"people add x%d\"%s}\n", i, i,
			made);
		say(b, c, line);
		assert_int_equal(b->executed, done + (i >= 4));
	}
	turn(b, 0);
	assert_true(heard(c, "{\"answer\":\"m2\",\"code\":\"stale\",\"why\":\""));
	bed_close(b);
}

/* product.md 5, for every command and every seat, before the first segment, in it, with the chair
 * passed, and after the end. */
static void
matrix(void **state)
{
	static const char *const lines[] = {"segment next", "segment prev", "segment go p1",
		"segment extend 1m", "segment skip p1", "agenda fit", "floor next", "floor give a",
		"floor toggle", "floor pause", "floor resume", "floor extend 10s",
		"floor correct 5s", "floor end", "queue add b", "queue move 1 top",
		"queue remove 1", "queue close", "queue open", "queue order fifo", "queue limit 2",
		"queue interrupt pause", "people add z", "people set c --link ready", "note add x",
		"note edit 1 y", "note remove 1", "award give a", "mark photo", "mark moment",
		"message send hi", "chair pass c", "undo", "session close"};
	static const enum seat seats[] = {
		SEAT_CHAIR, SEAT_ONLINE_CHAIR, SEAT_SCRIBE, SEAT_STAGE, SEAT_OBSERVER};
	(void)state;
	size_t tried = 0;
	for (int when = 0; when < 4; when++) {
		for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
			for (size_t k = 0; k < 5; k++) {
				struct bed *b = bed_open();
				struct probe *chair = joined(b, "chair", "first");
				char line[160];
				static const char *const before[] = {
					"", "segment next", "chair pass c", "session close"};
				snprintf(line, sizeof line,
					"{\"ask\":\"z\",\"do\":\"%s\",\"made\":%lld}\n",
					before[when], (long long)b->ether.now);
				if (when)
					say(b, chair, line);
				size_t done = b->executed;
				assert_int_equal(done, when > 0);
				struct probe *p = joined(b, seat_text(seats[k]), "p");
				snprintf(line, sizeof line,
					"{\"ask\":\"y\",\"do\":\"%s\",\"made\":%lld}\n", lines[i],
					(long long)b->ether.now);
				say(b, p, line);
				for (int n = 0; n < 2; n++)
					turn(b, 50);
				const struct command_row *row = NULL;
				struct arena a = {0};
				struct command c;
				struct refused no;
				assert_int_equal(command_parse(str_of(lines[i]), &a, &c, &no), 0);
				row = &command_rows()[c.verb];
				arena_finish(&a);
				bool may = row->seats & (unsigned)seats[k] ||
					   (when == 2 && seats[k] == SEAT_ONLINE_CHAIR &&
						   row->seats & SEAT_CHAIR);
				/* For want of the seat; the state may forbid it too. */
				bool refused = heard(p, "\"code\":\"not-allowed\"") &&
					       (heard(p, "the seat {0} may not do this") ||
						       heard(p, "this seat only looks on"));
				assert_true(heard(p, "{\"answer\":\"y\""));
				if (k >= 3 || (!may && when != 3)) {
					if (!refused)
						fail_msg("%s by %s in %d", lines[i],
							seat_text(seats[k]), when);
				} else if (when != 3 && refused) {
					fail_msg("%s by %s in %d was refused: %s", lines[i],
						seat_text(seats[k]), when, p->heard.p);
				}
				if (refused || when == 3)
					assert_int_equal(b->executed, done);
				tried++;
				bed_close(b);
			}
		}
	}
	print_message("# %zu asks\n", tried);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(greeting),
		cmocka_unit_test(another),
		cmocka_unit_test(catching_up),
		cmocka_unit_test(copies),
		cmocka_unit_test(in_time),
		cmocka_unit_test(silence),
		cmocka_unit_test(rate),
		cmocka_unit_test(weight),
		cmocka_unit_test(age),
		cmocka_unit_test(stuck),
		cmocka_unit_test(slow),
		cmocka_unit_test(crowds),
		cmocka_unit_test(again),
		cmocka_unit_test(together),
		cmocka_unit_test(presence),
		cmocka_unit_test(chairs_lane),
		cmocka_unit_test(once),
		cmocka_unit_test(matrix),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
