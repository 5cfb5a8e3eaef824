/* A console by itself, with a host that the test plays: also one that lies. And the lines of the
 * protocol as values. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "hall.h"
#include "message.h"
#include "scratch.h"
#include "dais/journal.h"

struct seatbed {
	struct ether ether;
	struct hall hall;
	struct spoke *spoke;
	struct buf said, outbox, told;
	size_t dials, lines, saved, promises;
	int64_t promised;
	int64_t wall, last[2];
	bool closed, rejects, has_key, forgets;
	struct wire wire;
};

static size_t
w_waiting(void *ctx)
{
	(void)ctx;
	return 0;
}

static void
w_send(void *ctx, struct str bytes)
{
	struct seatbed *b = ctx;
	assert_false(b->closed);
	buf_str(&b->said, bytes);
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
	struct seatbed *b = ctx;
	(void)written;
	b->closed = true;
}

static int64_t
c_wall(void *ctx)
{
	return ((struct seatbed *)ctx)->wall;
}

static void
c_dial(void *ctx)
{
	((struct seatbed *)ctx)->dials++;
}

static bool
c_line(void *ctx, enum event_lane lane, int64_t seq, struct str body, struct str line)
{
	struct seatbed *b = ctx;
	assert_int_equal(seq, b->last[lane] + 1);
	assert_true(body.n < line.n);
	b->last[lane] = seq;
	b->lines++;
	return !b->rejects;
}

static void
c_answer(void *ctx, const struct answer *a)
{
	struct seatbed *b = ctx;
	buf_puts(&b->told, a->ok ? "ok " : "no ");
}

static void
c_outbox(void *ctx, struct str text)
{
	struct seatbed *b = ctx;
	buf_reset(&b->outbox);
	buf_str(&b->outbox, text);
	b->saved++;
}

static bool
c_promise(void *ctx, struct str log, int64_t epoch)
{
	struct seatbed *b = ctx;
	assert_int_equal(log.n, 64);
	b->promises++;
	if (epoch < b->promised && !b->forgets)
		return false;
	b->promised = epoch;
	/* It is kept before anything is said to that host. */
	assert_false(b->said.n && memmem(b->said.p, b->said.n, "\"ask\"", 5));
	return true;
}

static bool
c_key(void *ctx, struct str key)
{
	struct seatbed *b = ctx;
	b->has_key = key.n == 43;
	return true;
}

static void
executed(void *ctx, const struct hub_ask *ask)
{
	(void)ctx;
	(void)ask;
}

static void
begin(struct seatbed *b, enum seat seat)
{
	struct spoke_start start = {.session = STR("s"),
		.name = STR("韩英"),
		.id = STR("console"),
		.seat = seat,
		.seq = {-1, -1},
		.seed = 3,
		.outbox = buf_view(&b->outbox)};
	struct spoke_calls calls = {.ctx = b,
		.wall = c_wall,
		.dial = c_dial,
		.seal = journal_seal,
		.line = c_line,
		.answer = c_answer,
		.outbox = c_outbox,
		.promise = c_promise,
		.key = c_key};
	b->spoke = spoke_create(&start, &calls, b->ether.now);
	b->last[0] = b->last[1] = -1;
}

static struct seatbed *
open_bed(enum seat seat)
{
	struct seatbed *b = xcalloc(1, sizeof *b);
	b->ether = (struct ether){.now = 50000, .seed = 9};
	b->wall = 1689400800000;
	b->hall.executed = executed;
	hall_open(&b->hall, &b->ether);
	b->wire = (struct wire){b, w_waiting, w_send, w_listen, w_close};
	begin(b, seat);
	return b;
}

static void
close_bed(struct seatbed *b)
{
	spoke_destroy(b->spoke);
	hall_finish(&b->hall);
	buf_finish(&b->said);
	buf_finish(&b->outbox);
	buf_finish(&b->told);
	free(b);
}

static void
up(struct seatbed *b)
{
	spoke_turn(b->spoke, b->ether.now);
	b->closed = false;
	buf_reset(&b->said);
	spoke_up(b->spoke, &b->wire, b->ether.now);
}

static void
host(struct seatbed *b, const char *text)
{
	spoke_feed(b->spoke, str_of(text), b->ether.now);
}

static void
record(struct seatbed *b, struct str line)
{
	struct buf all = {0};
	buf_str(&all, line);
	buf_char(&all, '\n');
	spoke_feed(b->spoke, buf_view(&all), b->ether.now);
	buf_finish(&all);
}

static struct spoke_view
look(struct seatbed *b)
{
	struct spoke_view v;
	spoke_look(b->spoke, b->ether.now, &v);
	return v;
}

static void
live(struct seatbed *b)
{
	up(b);
	host(b, "{\"welcome\":1,\"seat\":\"scribe\",\"name\":\"x\",\"epoch\":1,\"seq\":1}\n"
		"{\"ping\":1,\"now\":900000,\"t\":7000,\"pace\":1}\n{\"lane\":\"session\"}\n");
	for (int64_t i = b->last[0] + 1; i < (int64_t)b->hall.lanes[0].n; i++)
		record(b, b->hall.lanes[0].lines[i]);
	host(b, "{\"live\":1}\n");
	assert_int_equal(look(b).state, SPOKE_LIVE);
}

static bool
said(struct seatbed *b, const char *what)
{
	return b->said.n && memmem(b->said.p, b->said.n, what, strlen(what));
}

static enum refusal
ask(struct seatbed *b, const char *line)
{
	struct arena a = {0};
	struct refused no;
	struct str id;
	enum refusal code = spoke_ask(b->spoke, str_of(line), b->ether.now, &id, &a, &no);
	arena_finish(&a);
	return code;
}

static void
greets(void **state)
{
	struct seatbed *b = open_bed(SEAT_SCRIBE);
	(void)state;
	live(b);
	assert_true(str_starts(
		buf_view(&b->said), STR("{\"hello\":1,\"session\":\"s\",\"seat\":\"scribe\","
					"\"name\":\"韩英\",\"id\":\"console\",\"epoch\":0}\n")));
	assert_true(said(b, "{\"pong\":1}\n"));
	assert_int_equal(b->lines, 2);
	assert_int_equal(look(b).t, 7000);
	b->ether.now += 500;
	assert_int_equal(look(b).t, 7500);
	host(b, "{\"key\":\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\"}\n");
	assert_true(b->has_key && said(b, "{\"kept\":1}\n"));
	host(b, "{\"here\":3,\"who\":[{\"name\":\"chair\",\"seat\":\"chair\"},{\"name\":\"a\","
		"\"seat\":\"scribe\",\"since\":5,\"rtt\":9,\"typing\":1}]}\n"
		"{\"post\":2,\"text\":\"blank\"}\n{\"post\":99,\"text\":\"x\"}\n{\"later\":1}\n{"
		"\"ping\":2,\"new\":[1]}\n");
	assert_int_equal(look(b).who_n, 2);
	assert_int_equal(look(b).observers, 3);
	assert_true(look(b).who[1].typing && look(b).who[1].rtt_ms == 9);
	assert_true(str_is(look(b).posts[2], "blank"));
	assert_int_equal(look(b).state, SPOKE_LIVE);
	/* The second greeting says what is held. */
	spoke_down(b->spoke, STR(""), STR("cut"), b->ether.now);
	b->ether.now += 300;
	up(b);
	struct sealed r;
	struct buf hash = {0};
	assert_true(sealed_read(&r, b->hall.lanes[0].lines[1]));
	buf_puts(&hash, "\"epoch\":1,\"seq\":1,\"hash\":\"");
	hash_text(&hash, r.hash);
	assert_true(said(b, hash.p));
	buf_finish(&hash);
	close_bed(b);
}

/* What the host calls this console is shown, and nobody sees what it hides. */
static void
hidden_name(void **state)
{
	(void)state;
	static const char *const names[] = {"x\\u202e", "x\\u0000y", ""};
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		struct seatbed *b = open_bed(SEAT_SCRIBE);
		struct buf welcome = {0};
		up(b);
		buf_printf(&welcome, "{\"welcome\":1,\"seat\":\"scribe\",\"name\":\"%s\",\"epoch\":1,\"seq\":1}\n",
			names[i]);
		host(b, welcome.p);
		assert_true(b->closed);
		buf_finish(&welcome);
		close_bed(b);
	}
}

static void
lies(void **state)
{
	(void)state;
	for (int kind = 0; kind < 9; kind++) {
		struct seatbed *b = open_bed(SEAT_SCRIBE);
		struct buf bad = {0};
		up(b);
		host(b, "{\"welcome\":1,\"seat\":\"scribe\",\"name\":\"x\",\"epoch\":1,\"seq\":1}"
			"\n{\"lane\":\"session\"}\n");
		struct str first = b->hall.lanes[0].lines[0], second = b->hall.lanes[0].lines[1];
		if (kind != 0)
			record(b, first);
		unsigned char zero[32] = "";
		buf_str(&bad, second);
		enum spoke_state end = SPOKE_DIVERGED;
		switch (kind) {
		case 0: /* one is missing */
			end = SPOKE_CONNECTING;
			break;
		case 1: /* a bit of the text */
			bad.p[40] ^= 1;
			break;
		case 2: /* of the checksum */
			bad.p[bad.n - 80] ^= 1;
			break;
		case 3: /* of the hash */
			bad.p[bad.n - 4] ^= 1;
			break;
		case 4: /* all is right, but not on top of what is held */
			buf_reset(&bad);
			journal_seal(&bad, 1, 1,
				STR("\"t\":0,\"at\":\"\",\"by\":\"\",\"kind\":\"session.tick\","
				    "\"data\":{}"),
				zero);
			bad.n--;
			break;
		case 5: /* it makes no sense to the one who folds it */
			b->rejects = true;
			break;
		case 6: /* no lane was said for the other log's record: the session's own chain is
			   asked */
			buf_reset(&bad);
			buf_str(&bad, first);
			end = SPOKE_CATCHING_UP;
			break;
		case 7: /* not our language */
			buf_reset(&bad);
			buf_puts(&bad, "{\"seq\":x");
			end = SPOKE_CUT;
			break;
		case 8:
			buf_reset(&bad);
			buf_fill(&bad, 'x', 70000);
			end = SPOKE_CUT;
			break;
		}
		size_t lines = b->lines;
		record(b, buf_view(&bad));
		if (kind == 0)
			assert_true(b->closed);
		else
			assert_int_equal(look(b).state, end);
		if (kind != 5)
			assert_int_equal(b->lines, lines);
		if (end == SPOKE_DIVERGED) {
			assert_true(look(b).why.n > 0);
			size_t dials = b->dials;
			spoke_down(b->spoke, STR(""), STR(""), b->ether.now);
			b->ether.now += 60000;
			spoke_turn(b->spoke, b->ether.now);
			assert_int_equal(b->dials, dials);
			assert_int_equal(spoke_deadline(b->spoke, b->ether.now), EVENT_NO);
		}
		buf_finish(&bad);
		close_bed(b);
	}
}

/* A command of several records is taken whole or not at all. */
static void
whole(void **state)
{
	struct seatbed *b = open_bed(SEAT_SCRIBE);
	struct buf lines[2] = {{0}, {0}};
	unsigned char hash[32];
	struct sealed r;
	(void)state;
	live(b);
	assert_true(sealed_read(&r, b->hall.lanes[0].lines[1]));
	memcpy(hash, r.hash, 32);
	journal_seal(&lines[0], 2, 2,
		STR("\"t\":0,\"at\":\"\",\"by\":\"\",\"kind\":\"x.y\",\"data\":{\"more\":1}"),
		hash);
	journal_seal(&lines[1], 3, 2,
		STR("\"t\":0,\"at\":\"\",\"by\":\"\",\"kind\":\"x.y\",\"data\":{}"), hash);
	size_t before = b->lines;
	spoke_feed(b->spoke, buf_view(&lines[0]), b->ether.now);
	assert_int_equal(b->lines, before);
	spoke_down(b->spoke, STR(""), STR("cut"), b->ether.now);
	b->ether.now += 300;
	up(b);
	assert_true(said(b, "\"seq\":1,"));
	host(b, "{\"welcome\":1,\"seat\":\"scribe\",\"name\":\"x\",\"epoch\":1,\"seq\":3}\n{"
		"\"lane\":\"session\"}\n");
	for (int i = 0; i < 2; i++)
		spoke_feed(b->spoke, buf_view(&lines[i]), b->ether.now);
	assert_int_equal(b->lines, before + 2);
	/* Once more: it is held, and nothing happens. */
	spoke_feed(b->spoke, buf_view(&lines[1]), b->ether.now);
	assert_int_equal(b->lines, before + 2);
	assert_int_equal(look(b).state, SPOKE_CATCHING_UP);
	buf_finish(&lines[0]);
	buf_finish(&lines[1]);
	close_bed(b);
}

static void
ends(void **state)
{
	static const struct {
		const char *line;
		enum spoke_state state;
	} rows[] = {
		{"{\"refused\":\"not-allowed\",\"why\":\"w\"}\n", SPOKE_REFUSED},
		{"{\"refused\":\"used\",\"why\":\"w\"}\n", SPOKE_REFUSED},
		{"{\"refused\":\"replaced\",\"why\":\"w\"}\n", SPOKE_REFUSED},
		{"{\"refused\":\"diverged\",\"why\":\"w\"}\n", SPOKE_DIVERGED},
		{"{\"refused\":\"limit\",\"why\":\"w\"}\n", SPOKE_CUT},
		{"{\"bye\":\"w\"}\n", SPOKE_CUT},
	};
	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct seatbed *b = open_bed(SEAT_SCRIBE);
		live(b);
		host(b, rows[i].line);
		assert_true(b->closed);
		assert_int_equal(look(b).state, rows[i].state);
		assert_true(str_is(look(b).why, "w"));
		spoke_down(b->spoke, STR(""), STR(""), b->ether.now);
		size_t dials = b->dials;
		b->ether.now += 6000;
		spoke_turn(b->spoke, b->ether.now);
		assert_int_equal(b->dials, dials + (rows[i].state == SPOKE_CUT));
		close_bed(b);
	}
	/* A host of an older epoch is not followed, whatever it says. */
	struct seatbed *b = open_bed(SEAT_SCRIBE);
	live(b);
	spoke_down(b->spoke, STR(""), STR(""), b->ether.now);
	b->ether.now += 6000;
	up(b);
	host(b, "{\"welcome\":1,\"seat\":\"scribe\",\"name\":\"x\",\"epoch\":0,\"seq\":1}\n");
	assert_int_equal(look(b).state, SPOKE_REFUSED);
	assert_true(str_is(look(b).code, "old-host"));
	/* A person may try again. */
	spoke_down(b->spoke, STR(""), STR(""), b->ether.now);
	size_t dials = b->dials;
	spoke_redial(b->spoke, b->ether.now);
	spoke_turn(b->spoke, b->ether.now);
	assert_int_equal(b->dials, dials + 1);
	close_bed(b);
}

/* Which log the host has is looked at before its epoch, and held against what comes. */
static void
another(void **state)
{
	static const char theirs[] =
		"0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
	struct buf text = {0}, ours = {0};
	unsigned char hash[32];
	(void)state;
	for (int kind = 0; kind < 5; kind++) {
		struct seatbed *b = open_bed(SEAT_SCRIBE);
		assert_true(record_hash(b->hall.lanes[0].lines[0], hash));
		buf_reset(&ours);
		hash_text(&ours, hash);
		buf_reset(&text);
		if (kind < 4) {
			live(b);
			spoke_down(b->spoke, STR(""), STR(""), b->ether.now);
			b->ether.now += 6000;
			up(b);
			assert_true(said(b, "\"log\":\"") && said(b, ours.p));
		} else {
			up(b);
			assert_false(said(b, "\"log\":"));
		}
		switch (kind) {
		case 0:
		case 1: /* a lower epoch, and a higher one */
			buf_printf(&text,
				"{\"welcome\":1,\"seat\":\"scribe\",\"name\":\"x\",\"log\":\"%s\","
				"\"epoch\":%d,\"seq\":1}\n",
				theirs, kind * 9);
			break;
		case 2:
			buf_printf(&text, "{\"refused\":\"another\",\"log\":\"%s\",\"why\":\"w\"}\n", theirs);
			break;
		case 3: /* it says so of the log that is held: nothing is set aside for that */
			buf_printf(&text, "{\"refused\":\"another\",\"log\":\"%s\",\"why\":\"w\"}\n", ours.p);
			break;
		case 4: /* its first record is not the one that was promised */
			buf_printf(&text,
				"{\"welcome\":1,\"seat\":\"scribe\",\"name\":\"x\",\"log\":\"%s\","
				"\"epoch\":1,\"seq\":1}\n{\"lane\":\"session\"}\n",
				theirs);
			break;
		}
		host(b, text.p);
		if (kind == 4)
			record(b, b->hall.lanes[0].lines[0]);
		assert_int_equal(look(b).state, kind == 3 ? SPOKE_REFUSED : SPOKE_DIVERGED);
		assert_true(str_is(look(b).code, kind == 4 ? "diverged" : "another"));
		close_bed(b);
	}
	buf_finish(&text);
	buf_finish(&ours);
}

static void
note_is(struct seatbed *b, struct str id, int64_t seq, unsigned char hash[32])
{
	struct buf body = {0}, sealed = {0};
	buf_printf(&body, "\"t\":0,\"at\":\"\",\"by\":\"x\",\"kind\":\"note.add\",\"data\":{\"req\":\"%.*s\"}", STR_ARG(id));
	journal_seal(&sealed, seq, seq, buf_view(&body), hash);
	spoke_feed(b->spoke, buf_view(&sealed), b->ether.now);
	buf_finish(&body);
	buf_finish(&sealed);
}

static struct str
asked(struct seatbed *b)
{
	struct str id = str_of(strstr(b->said.p, "{\"ask\":\"") + 8);
	return str_upto(id, strcspn(id.p, "\""));
}

/* Where there is a second machine, a note is kept until that has it; its person is told once. */
static void
held(void **state)
{
	struct seatbed *b = open_bed(SEAT_SCRIBE);
	struct buf text = {0};
	struct sealed r;
	unsigned char hash[32];
	(void)state;
	assert_true(sealed_read(&r, b->hall.lanes[0].lines[1]));
	memcpy(hash, r.hash, 32);
	live(b);
	host(b, "{\"stable\":1,\"copies\":1}\n");
	assert_int_equal(look(b).copies, 1);
	assert_int_equal(look(b).stable[0], 1);
	assert_int_equal(ask(b, "note add a"), 0);
	note_is(b, asked(b), 2, hash);
	buf_printf(&text, "{\"answer\":\"%.*s\",\"seq\":2,\"of\":\"session\"}\n", STR_ARG(asked(b)));
	host(b, text.p);
	assert_string_equal(b->told.p, "ok ");
	assert_int_equal(look(b).unheld, 1);
	assert_int_equal(look(b).unanswered, 0);
	assert_true(b->outbox.n > 0);
	host(b, "{\"stable\":1,\"chairs\":5,\"copies\":1}\n");
	assert_int_equal(look(b).unheld, 1);
	/* The line breaks: asked again, answered again, told once. */
	spoke_down(b->spoke, STR(""), STR(""), b->ether.now);
	b->ether.now += 300;
	up(b);
	host(b, "{\"welcome\":1,\"seat\":\"scribe\",\"name\":\"x\",\"epoch\":1,\"seq\":2}\n{\"live\":2}\n{\"lane\":\"session\"}\n"
		"{\"stable\":1,\"copies\":1}\n");
	assert_true(said(b, "note add a"));
	host(b, text.p);
	assert_string_equal(b->told.p, "ok ");
	assert_int_equal(look(b).unheld, 1);
	host(b, "{\"stable\":2,\"copies\":1}\n");
	assert_int_equal(look(b).unheld, 0);
	assert_int_equal(b->outbox.n, 0);
	/* The second machine leaves: what is in the log is all that there is. */
	buf_reset(&b->said);
	assert_int_equal(ask(b, "note add b"), 0);
	note_is(b, asked(b), 3, hash);
	assert_int_equal(look(b).unheld, 1);
	host(b, "{\"stable\":2,\"copies\":0}\n");
	assert_int_equal(look(b).unheld, 0);
	assert_int_equal(b->outbox.n, 0);
	/* Where its disk stands still, new notes are taken all the same. */
	host(b, "{\"stable\":2,\"copies\":1}\n");
	for (int i = 0; i < 1100; i++) {
		buf_reset(&b->said);
		assert_int_equal(ask(b, "note add c"), 0);
		note_is(b, asked(b), 4 + i, hash);
	}
	assert_int_equal(look(b).unheld, 1000);
	buf_finish(&text);
	close_bed(b);
}

/* A chair's seat says what its disk has, soon and not for every record; nobody else does. */
static void
claims(void **state)
{
	(void)state;
	for (int chair = 0; chair < 2; chair++) {
		struct seatbed *b = open_bed(chair ? SEAT_ONLINE_CHAIR : SEAT_SCRIBE);
		up(b);
		host(b, chair ? "{\"welcome\":1,\"seat\":\"online-chair\",\"name\":\"x\",\"epoch\":1,\"seq\":1}\n"
				"{\"lane\":\"session\"}\n"
			      : "{\"welcome\":1,\"seat\":\"scribe\",\"name\":\"x\",\"epoch\":1,\"seq\":1}\n"
				"{\"lane\":\"session\"}\n");
		record(b, b->hall.lanes[0].lines[0]);
		record(b, b->hall.lanes[0].lines[1]);
		spoke_held(b->spoke, (const int64_t[]){0, -1}, b->ether.now);
		assert_false(said(b, "\"held\""));
		host(b, "{\"live\":1}\n");
		spoke_turn(b->spoke, b->ether.now);
		assert_int_equal(said(b, "{\"held\":0}\n"), chair);
		buf_reset(&b->said);
		/* Never what is not here. */
		spoke_held(b->spoke, (const int64_t[]){77, -1}, b->ether.now);
		assert_false(said(b, "\"held\""));
		assert_int_equal(spoke_deadline(b->spoke, b->ether.now) == b->ether.now + 250, chair);
		b->ether.now += 250;
		spoke_turn(b->spoke, b->ether.now);
		assert_int_equal(said(b, "{\"held\":1}\n"), chair);
		buf_reset(&b->said);
		b->ether.now += 250;
		spoke_held(b->spoke, (const int64_t[]){1, -1}, b->ether.now);
		assert_false(said(b, "\"held\""));
		/* Another line, another host perhaps: said anew. */
		spoke_down(b->spoke, STR(""), STR(""), b->ether.now);
		b->ether.now += 300;
		up(b);
		host(b, chair ? "{\"welcome\":1,\"seat\":\"online-chair\",\"name\":\"x\",\"epoch\":1,\"seq\":1}\n{\"live\":1}\n"
			      : "{\"welcome\":1,\"seat\":\"scribe\",\"name\":\"x\",\"epoch\":1,\"seq\":1}\n{\"live\":1}\n");
		spoke_turn(b->spoke, b->ether.now);
		assert_int_equal(said(b, "{\"held\":1}\n"), chair);
		close_bed(b);
	}
}

/* The epoch that is followed is kept before anything is said in it; a promise to one log is none to
 * another. */
static void
promises(void **state)
{
	static const char theirs[] =
		"0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
	struct buf text = {0};
	(void)state;
	for (int kind = 0; kind < 3; kind++) {
		struct seatbed *b = open_bed(SEAT_SCRIBE);
		unsigned char hash[32];
		struct buf ours = {0};
		assert_int_equal(ask(b, "note add early"), 0);
		up(b);
		assert_true(record_hash(b->hall.lanes[0].lines[0], hash));
		hash_text(&ours, hash);
		buf_reset(&text);
		buf_printf(&text,
			"{\"welcome\":1,\"seat\":\"scribe\",\"name\":\"x\",\"log\":\"%s\",\"epoch\":7,\"seq\":1}\n{\"live\":1}\n",
			ours.p);
		host(b, text.p);
		assert_int_equal(b->promised, 7);
		assert_int_equal(b->promises, 1);
		assert_true(said(b, "note add early"));
		b->forgets = kind == 1; /* it is another log's */
		/* The machine dies before it had a record. */
		spoke_destroy(b->spoke);
		struct spoke_start start = {.session = STR("s"),
			.name = STR("x"),
			.id = STR("console"),
			.seat = SEAT_SCRIBE,
			.seq = {-1, -1},
			.epoch = kind < 2 ? 7 : 0}; /* or another console of this person's did follow it */
		memcpy(start.log, hash, 32);
		b->spoke = spoke_create(&start,
			&(struct spoke_calls){.ctx = b, .wall = c_wall, .dial = c_dial, .seal = journal_seal,
				.line = c_line, .promise = c_promise},
			b->ether.now);
		up(b);
		assert_int_equal(said(b, ours.p) && said(b, "\"epoch\":7}"), kind < 2);
		buf_reset(&text);
		buf_printf(&text,
			"{\"welcome\":1,\"seat\":\"scribe\",\"name\":\"x\",\"log\":\"%s\",\"epoch\":3,\"seq\":1}\n",
			kind == 1 ? theirs : ours.p);
		host(b, text.p);
		assert_int_equal(look(b).state, kind == 1 ? SPOKE_CATCHING_UP : SPOKE_REFUSED);
		if (kind != 1)
			assert_true(str_is(look(b).code, "old-host"));
		assert_int_equal(b->promised, kind == 1 ? 3 : 7);
		buf_finish(&ours);
		close_bed(b);
	}
	buf_finish(&text);
}

/* Ids are read by everybody in the log: they give away neither the console's own id nor the next one,
 * and two consoles that began alike have others. */
static void
ids(void **state)
{
	struct buf ids = {0};
	(void)state;
	for (uint64_t seed = 1; seed < 4; seed++) {
		struct seatbed *b = open_bed(SEAT_SCRIBE);
		struct spoke_start start = {.session = STR("s"),
			.name = STR("x"),
			.id = STR("0123456789abcdef"),
			.seat = SEAT_SCRIBE,
			.seq = {-1, -1},
			.seed = seed};
		spoke_destroy(b->spoke);
		b->spoke = spoke_create(&start,
			&(struct spoke_calls){.ctx = b, .wall = c_wall, .dial = c_dial, .seal = journal_seal,
				.line = c_line},
			b->ether.now);
		live(b);
		for (int i = 0; i < 20; i++) {
			buf_reset(&b->said);
			assert_int_equal(ask(b, "note add a"), 0);
			struct str id = asked(b);
			assert_true(asked_valid(id));
			assert_int_equal(id.n, 33);
			assert_null(memmem(id.p, id.n, "0123456789abcdef", 16));
			assert_null(ids.n ? memmem(ids.p, ids.n, id.p, id.n) : NULL);
			buf_str(&ids, id);
			buf_char(&ids, ' ');
			struct buf answer = {0};
			buf_printf(&answer, "{\"answer\":\"%.*s\",\"code\":\"x\",\"why\":\"y\"}\n", STR_ARG(id));
			host(b, answer.p);
			buf_finish(&answer);
		}
		/* The first half is the console's and stays; nothing else repeats itself. */
		assert_int_equal(memcmp(ids.p, ids.p + ids.n - 34, 16), 0);
		close_bed(b);
	}
	buf_finish(&ids);
}

/* A host's numbers are what it likes; what is made of them stays a time. */
static void
wild_clock(void **state)
{
	struct seatbed *b = open_bed(SEAT_SCRIBE);
	(void)state;
	live(b);
	host(b, "{\"ping\":9,\"now\":9007199254740991,\"t\":9007199254740991,\"pace\":9007199254740991}\n");
	b->ether.now += INT64_C(400) * 86400000;
	assert_int_equal(look(b).pace, 1000);
	assert_true(look(b).t > 0);
	spoke_turn(b->spoke, b->ether.now);
	close_bed(b);
}

static void
redials(void **state)
{
	struct seatbed *b = open_bed(SEAT_SCRIBE);
	int64_t longest = 0, sum = 0;
	(void)state;
	/* A host that takes the line and says nothing: one look when a login has had its time, none
	 * before. */
	up(b);
	assert_int_equal(spoke_deadline(b->spoke, b->ether.now + 5000), b->ether.now + 15000);
	b->ether.now += 15000;
	spoke_turn(b->spoke, b->ether.now);
	assert_true(b->closed);
	assert_int_equal(spoke_deadline(b->spoke, b->ether.now), EVENT_NO);
	spoke_down(b->spoke, STR(""), STR(""), b->ether.now);
	b->ether.now += 1000;
	live(b);
	int64_t heard = b->ether.now;
	/* Its own pings, and six seconds without a byte. */
	while (look(b).state == SPOKE_LIVE) {
		int64_t due = spoke_deadline(b->spoke, b->ether.now);
		assert_true(due > b->ether.now && due <= heard + 6000);
		b->ether.now = due;
		spoke_turn(b->spoke, b->ether.now);
	}
	assert_true(said(b, "{\"ping\":1}\n") && said(b, "{\"ping\":2}\n"));
	assert_int_equal(b->ether.now, heard + 6000);
	assert_int_equal(look(b).since, heard);
	spoke_down(b->spoke, STR(""), STR(""), b->ether.now);
	for (int i = 0; i < 60; i++) {
		int64_t due = spoke_deadline(b->spoke, b->ether.now), wait = due - b->ether.now;
		int64_t most = i < 5 ? 250 << i : 5000;
		assert_true(wait >= 0 && wait <= most);
		longest = wait > longest ? wait : longest;
		sum += wait;
		b->ether.now = due;
		spoke_turn(b->spoke, due);
		spoke_down(b->spoke, STR(""), STR("nobody"), due);
	}
	/* Full jitter: from nothing to all, half of it on the average. */
	assert_true(longest > 4000 && sum > 60 * 1500 && sum < 60 * 3500);
	assert_int_equal(look(b).since, heard);
	close_bed(b);
}

static void
outbox(void **state)
{
	struct seatbed *b = open_bed(SEAT_SCRIBE);
	char line[40];
	(void)state;
	live(b);
	/* What is bound to its moment carries the host's clock; a note is saved before it is sent.
	 */
	b->ether.now += 250;
	assert_int_equal(ask(b, "mark photo"), 0);
	assert_true(said(b, "\"do\":\"mark photo\",\"made\":900250}"));
	assert_int_equal(b->saved, 0);
	assert_int_equal(ask(b, "note add live"), 0);
	assert_int_equal(b->saved, 1);
	assert_true(said(b, "\"do\":\"note add live\"") && !said(b, "\"late\""));
	assert_int_equal(ask(b, "no such command"), REFUSAL_BAD_ARGUMENT);
	host(b, "{\"bye\":\"\"}\n");
	spoke_down(b->spoke, STR(""), STR(""), b->ether.now);
	assert_int_equal(ask(b, "mark photo"), REFUSAL_STALE);
	assert_int_equal(ask(b, "floor next"), REFUSAL_STALE);
	for (int i = 0; i < 20; i++) {
		snprintf(line, sizeof line, "note add n%d", i);
		assert_int_equal(ask(b, line), 0);
	}
	assert_int_equal(look(b).unsent, 21);
	/* The machine dies; the notes do not. */
	spoke_destroy(b->spoke);
	begin(b, SEAT_SCRIBE);
	assert_int_equal(look(b).unsent, 21);
	b->wall += 60000;
	b->ether.now += 1000;
	live(b);
	/* Not more than sixteen under way, in order, each marked with its age. */
	assert_true(said(b, "\"do\":\"note add live\",\"late\":60000}"));
	assert_true(said(b, "\"do\":\"note add n14\",\"late\":60000}"));
	assert_false(said(b, "n15"));
	assert_true(strstr(b->said.p, "n3\"") < strstr(b->said.p, "n4\""));
	assert_false(said(b, "mark photo"));
	/* A refusal ends an ask; an answer does, once the record has come; so does the record
	 * alone. */
	struct str id = str_of(strstr(b->said.p, "{\"ask\":\"") + 8);
	id = str_upto(id, strcspn(id.p, "\""));
	struct buf text = {0};
	buf_printf(&text, "{\"answer\":\"%.*s\",\"seq\":2,\"of\":\"session\"}\n", STR_ARG(id));
	size_t saved = b->outbox.n;
	host(b, text.p);
	host(b, text.p);
	assert_string_equal(b->told.p, "ok ");
	assert_int_equal(b->outbox.n, saved);
	struct sealed r;
	unsigned char hash[32];
	struct buf body = {0}, sealed = {0};
	buf_printf(&body,
		"\"t\":0,\"at\":\"\",\"by\":\"x\",\"kind\":\"note.add\",\"data\":{\"req\":\"%.*"
		"s\"}",
		STR_ARG(id));
	assert_true(sealed_read(&r, b->hall.lanes[0].lines[1]));
	memcpy(hash, r.hash, 32);
	journal_seal(&sealed, 2, 2, buf_view(&body), hash);
	spoke_feed(b->spoke, buf_view(&sealed), b->ether.now);
	assert_true(b->outbox.n < saved);
	assert_string_equal(b->told.p, "ok ");
	assert_int_equal(look(b).unanswered, 20);
	assert_true(said(b, "n15"));
	buf_finish(&text);
	buf_finish(&body);
	buf_finish(&sealed);
	close_bed(b);
}

/* What was under way when the line broke is asked again under its id, with the moment that it had.
 */
static void
under_way(void **state)
{
	struct seatbed *b = open_bed(SEAT_SCRIBE);
	(void)state;
	live(b);
	assert_int_equal(ask(b, "mark photo"), 0);
	char *first = str_dup(
		str_from(buf_view(&b->said), (size_t)(strstr(b->said.p, "{\"ask\":") - b->said.p)));
	spoke_down(b->spoke, STR(""), STR(""), b->ether.now);
	b->ether.now += 300;
	live(b);
	assert_true(said(b, first));
	spoke_down(b->spoke, STR(""), STR(""), b->ether.now);
	b->ether.now += 300;
	/* Another host has another clock. */
	up(b);
	host(b, "{\"welcome\":1,\"seat\":\"scribe\",\"name\":\"x\",\"epoch\":2,\"seq\":1}\n{"
		"\"live\":1}\n");
	assert_true(said(b, "\"do\":\"mark photo\"}"));
	free(first);
	close_bed(b);
}

static void
messages(void **state)
{
	static const char *const good[] = {"{\"hello\":1}", "{\"ask\":\"\",\"do\":\"\"}",
		"{\"ping\":0,\"x\":[{\"y\":[]}]}", "{\"here\":0,\"who\":[]}",
		"{\"relay\":1,\"seat\":\"stage\"}"};
	static const char *const bad[] = {"", "{}", "[]", "1", "{\"hello\":\"1\"}",
		"{\"hello\":1.0}", "{\"hello\":-1}", "{\"ask\":1}", "{\"hello\":1,}",
		"{\"hello\":1} ", " {\"hello\":1}", "{\"hello\": 1}", "{\"x\":1}",
		"{\"x\":1,\"hello\":1}", "{\"hello\":1,\"seq\":-2}", "{\"hello\":1,\"name\":1}",
		"{\"hello\":1,\"name\":\"a\",\"name\":\"b\"}", "{\"hello\":9007199254740993}",
		"{\"here\":1,\"who\":[1]}", "{\"here\":1,\"who\":{}}", "{\"ask\":\"\x01\"}",
		"{\"ask\":\"a"};
	struct arena a = {0};
	struct message m;
	struct buf text = {0};
	(void)state;
	for (size_t i = 0; i < sizeof good / sizeof *good; i++)
		assert_true(message_read(&m, str_of(good[i]), &a));
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		if (message_read(&m, str_of(bad[i]), &a))
			fail_msg("%s was read", bad[i]);
	struct message_who who[2] = {{STR("a\"\x1b"), STR("scribe"), 1, 2, EVENT_NO, 1},
		{STR("b"), STR("chair"), EVENT_NO, EVENT_NO, EVENT_NO, EVENT_NO}};
	m = message_make(MESSAGE_HERE);
	m.n = 4;
	m.why = STR("\xe2\x80\xae");
	m.who = who;
	m.who_n = 2;
	message_write(&text, &m);
	struct message back;
	assert_true(message_read(&back, str_upto(buf_view(&text), text.n - 1), &a));
	assert_int_equal(back.who_n, 2);
	assert_true(str_eq(back.who[0].name, who[0].name) && str_eq(back.why, m.why));
	assert_int_equal(back.who[1].rtt, EVENT_NO);
	/* Harmless to a terminal. */
	for (size_t i = 0; i + 1 < text.n; i++)
		assert_true(text.p[i] >= 0x20 && text.p[i] < 0x7f);
	/* Cut or changed anywhere it is refused or another message, never anything else. */
	uint64_t seed = seed_take();
	for (int i = 0; i < 20000; i++) {
		char *copy = str_dup(buf_view(&text));
		size_t n = 1 + seed_next(&seed) % (text.n - 1);
		copy[seed_next(&seed) % n] = (char)seed_next(&seed);
		struct arena t = {0};
		message_read(&back, (struct str){copy, n}, &t);
		struct sealed r;
		sealed_read(&r, (struct str){copy, n});
		arena_finish(&t);
		free(copy);
	}
	buf_finish(&text);
	arena_finish(&a);
}

static void
asked_ids(void **state)
{
	struct asked a = {0};
	enum event_lane lane;
	int64_t seq;
	char id[20];
	(void)state;
	assert_false(asked_find(&a, STR("x"), &lane, &seq));
	for (int i = 0; i < 5000; i++) {
		snprintf(id, sizeof id, "id%d", i);
		asked_set(&a, str_of(id), i % 2 ? LANE_CHAIRS : LANE_SESSION, i);
	}
	asked_set(&a, STR("id7"), LANE_SESSION, 99);
	for (int i = 0; i < 5000; i++) {
		snprintf(id, sizeof id, "id%d", i);
		assert_true(asked_find(&a, str_of(id), &lane, &seq));
		assert_int_equal(seq, i == 7 ? 99 : i);
	}
	assert_false(asked_find(&a, STR("id5000"), &lane, &seq));
	asked_finish(&a);
	char long_id[66];
	memset(long_id, 'a', sizeof long_id);
	assert_true(asked_valid((struct str){long_id, 64}));
	assert_false(asked_valid((struct str){long_id, 65}) || asked_valid(STR("")) ||
		     asked_valid(STR("a\"b")) || asked_valid(STR("a b")));
	/* A note cannot pass for an answered ask. */
	struct buf body = {0}, line = {0};
	struct event e = event_make(EVENT_NOTE_ADD);
	unsigned char hash[32] = "";
	struct sealed r;
	e.t = 5;
	e.at = e.by = STR("x");
	e.note.note = 1;
	e.note.turn = 0;
	e.note.mark = MARK_CLAIM;
	e.note.person = STR("");
	e.note.text = STR("\"req\":\"stolen\",\"more\":1}");
	event_encode(&body, &e);
	journal_seal(&line, 0, 0, buf_view(&body), hash);
	assert_true(sealed_read(&r, str_upto(buf_view(&line), line.n - 1)));
	assert_int_equal(r.req.n, 0);
	assert_false(r.more);
	assert_int_equal(r.t, 5);
	buf_finish(&body);
	buf_finish(&line);
}

static enum refusal
ask_late(struct seatbed *b, const char *id, const char *line, int64_t typed)
{
	struct arena a = {0};
	struct refused no;
	enum refusal code = spoke_ask_late(
		b->spoke, str_of(id), str_of(line), typed, b->ether.now, &a, &no);
	arena_finish(&a);
	return code;
}

static void
waits(void *ctx, struct str id, struct str line, int64_t typed)
{
	struct buf *all = ctx;
	buf_str(all, id);
	buf_char(all, ' ');
	buf_str(all, line);
	buf_printf(all, " %lld;", (long long)typed);
}

/* What was done elsewhere is asked for under its own id, late, and once; an act of its moment too. */
static void
asks_late(void **state)
{
	struct seatbed *b = open_bed(SEAT_CHAIR);
	struct buf left = {0};
	(void)state;
	live(b);
	assert_int_equal(ask_late(b, "merge-1", "award give p0", b->wall - 60000), REFUSAL_NONE);
	assert_true(said(b, "{\"ask\":\"merge-1\",\"do\":\"award give p0\""));
	assert_true(said(b, "\"made\":900000"));
	assert_true(said(b, "\"late\":60000"));
	buf_reset(&b->said);
	assert_int_equal(ask_late(b, "merge-1", "award give p0", b->wall - 60000), REFUSAL_NONE);
	assert_int_equal(b->said.n, 0);
	assert_int_equal(ask_late(b, "merge-2", "note add -- a", EVENT_NO), REFUSAL_NONE);
	assert_true(said(b, "merge-2") && !said(b, "late"));
	assert_int_equal(ask_late(b, "no id", "note add -- a", 1), REFUSAL_BAD_ARGUMENT);
	assert_int_equal(ask_late(b, "", "note add -- a", 1), REFUSAL_BAD_ARGUMENT);
	spoke_down(b->spoke, STR(""), STR("cut"), b->ether.now);
	assert_int_equal(ask_late(b, "merge-3", "award give p1", 1), REFUSAL_STALE);
	assert_int_equal(ask_late(b, "merge-4", "note add -- b", 1689400000000), REFUSAL_NONE);
	outbox_each(buf_view(&b->outbox), waits, &left);
	assert_string_equal(left.p,
		"merge-2 note add -- a 1689400800000;merge-4 note add -- b 1689400000000;");
	buf_finish(&left);
	close_bed(b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(asks_late),
		cmocka_unit_test(greets),
		cmocka_unit_test(hidden_name),
		cmocka_unit_test(lies),
		cmocka_unit_test(whole),
		cmocka_unit_test(ends),
		cmocka_unit_test(another),
		cmocka_unit_test(held),
		cmocka_unit_test(claims),
		cmocka_unit_test(promises),
		cmocka_unit_test(ids),
		cmocka_unit_test(wild_clock),
		cmocka_unit_test(redials),
		cmocka_unit_test(outbox),
		cmocka_unit_test(under_way),
		cmocka_unit_test(messages),
		cmocka_unit_test(asked_ids),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
