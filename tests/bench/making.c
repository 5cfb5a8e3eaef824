/*
 * A sealed log of so many events, as a long and busy session would have left
 * it. The same seed makes the same log.
 */
#include "making.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "dais/journal.h"

#include "chair.h"

enum { EVENTS_MIN = 100, ENDING = 24, PIECE = 1 << 20 };

struct making {
	struct session *s;
	struct chair chair;
	struct events events;
	struct buf body, lines;
	unsigned char hash[32];
	int64_t wanted, batch; /* batch: the first seq of what is synced together */
	struct made made;
	bool again; /* the next command is synced with this one */
	FILE *file;
};

static void
fail(const char *what)
{
	fprintf(stderr, "a log could not be made: %s\n", what);
	exit(1);
}

/* Applies and writes down what was decided. */
static void
put_events(struct making *m)
{
	const char *why;
	if (m->events.n && !m->again)
		m->batch = m->events.items[0].seq;
	for (size_t i = 0; i < m->events.n; i++) {
		const struct event *e = &m->events.items[i];
		if (session_apply(m->s, e, &why) < 0)
			fail(why);
		buf_reset(&m->body);
		event_encode(&m->body, e);
		journal_seal(&m->lines, e->seq, m->batch, buf_view(&m->body), m->hash);
		m->made.kinds[e->kind]++;
		if (e->kind == EVENT_NOTE_ADD)
			m->chair.notes[m->chair.notes_n++ % CHAIR_NOTES] = e->note.note;
	}
	/* A few commands come so close together that one sync carries them. */
	m->again = m->events.n && !chair_pick(&m->chair, 12);
	if (m->lines.n < PIECE && !session_closed(m->s))
		return;
	if (fwrite(m->lines.p, 1, m->lines.n, m->file) != m->lines.n)
		fail(strerror(errno));
	buf_reset(&m->lines);
}

static void
open_session(struct making *m)
{
	struct buf forum = {0};
	const char *why;
	struct event host = chair_host();
	chair_forum(&forum);
	chair_wait(&m->chair, 0);
	struct str at = str_of(m->chair.at);
	if (!session_opening(&m->events, STR("dais 0.1.0"), buf_view(&forum), false, at,
		    STR("host"), &why))
		fail(why);
	put_events(m);
	session_hosting(m->s, &m->events, &host, 0, at, STR("host"));
	put_events(m);
	buf_finish(&forum);
}

static int64_t
left(const struct making *m)
{
	return m->wanted - (int64_t)session_event_count(m->s);
}

/* Time goes by, and ticks where a clock runs. */
static void
wait(struct making *m)
{
	int64_t ms = chair_pick(&m->chair, 3) ? 200 + (int64_t)chair_pick(&m->chair, 4000)
					      : 1000 + (int64_t)chair_pick(&m->chair, 15000);
	while (ms > 0) {
		int64_t step = ms < SESSION_TICK_MS ? ms : SESSION_TICK_MS;
		chair_wait(&m->chair, step);
		ms -= step;
		session_tick(
			m->s, &m->events, m->chair.t, str_of(m->chair.at), STR("host"));
		if (left(m) > ENDING)
			put_events(m);
	}
}

static void
make(struct making *m)
{
	struct refused no;
	open_session(m);
	while (!session_closed(m->s)) {
		wait(m);
		struct command c = left(m) > ENDING ? chair_wish(&m->chair, m->s)
						    : chair_end(&m->chair, m->s, left(m));
		m->made.refused += session_decide(m->s, &c, &m->events, &no) != REFUSAL_NONE;
		put_events(m);
	}
}

struct made
make_log(FILE *file, int64_t events, uint64_t seed, double undos)
{
	struct making m = {.s = session_create(), .file = file};
	m.wanted = events < EVENTS_MIN ? EVENTS_MIN : events;
	m.chair = (struct chair){.state = seed, .undos = undos};
	m.chair.visit = m.wanted < 20000 ? m.wanted / 10 : 2000;
	make(&m);
	m.made.events = (int64_t)session_event_count(m.s);
	session_destroy(m.s);
	events_finish(&m.events);
	buf_finish(&m.body);
	buf_finish(&m.lines);
	buf_finish(&m.chair.text);
	return m.made;
}
