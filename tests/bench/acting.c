#include "acting.h"

#include <stdio.h>
#include <stdlib.h>

#include "dais/journal.h"

#include "chair.h"
#include "machine.h"

#define AT "2023-07-15T14:00:00+08:00"

static void
need(bool good, const char *what)
{
	if (good)
		return;
	fprintf(stderr, "a session cannot be had: %s\n", what);
	exit(1);
}

static const char *
visit(void *ctx, const struct journal_record *r)
{
	struct acting *a = ctx;
	struct event e;
	const char *why = NULL;
	if (!event_decode(&e, r->body, &a->arena, &why) || e.kind == EVENT_SESSION_CLOSE)
		return why;
	e.seq = r->seq;
	double began = machine_cpu_s();
	session_apply(a->s, &e, &why);
	double took = machine_cpu_s() - began;
	a->longest = took > a->longest ? took : a->longest;
	a->t = e.t;
	return why;
}

void
acting_read(struct acting *a, const char *path)
{
	struct journal_check check;
	*a = (struct acting){.s = session_create()};
	need(journal_read(path, visit, a, &check) == 0, "the log could not be read");
	need(check.state == JOURNAL_WHOLE, check.why);
	journal_check_finish(&check);
	arena_finish(&a->arena);
}

static void
apply(struct acting *a)
{
	const char *why;
	for (size_t i = 0; i < a->events.n; i++) {
		const struct event *e = &a->events.items[i];
		buf_reset(&a->body);
		buf_reset(&a->line);
		event_encode(&a->body, e);
		journal_seal(&a->line, e->seq, e->seq, buf_view(&a->body), a->hash);
		need(session_apply(a->s, e, &why) == 0, why);
	}
}

void
acting_open(struct acting *a)
{
	struct buf forum = {0};
	const char *why;
	struct event host = chair_host();
	*a = (struct acting){.s = session_create()};
	chair_forum(&forum);
	need(session_opening(&a->events, STR("dais"), buf_view(&forum), false, STR(AT), STR("host"),
		     &why),
		why);
	apply(a);
	session_hosting(a->s, &a->events, &host, 0, STR(AT), STR("host"));
	apply(a);
	buf_finish(&forum);
}

bool
acting_do(struct acting *a, const char *line)
{
	struct command c;
	struct refused no;
	bool done = command_parse(str_of(line), &a->arena, &c, &no) == REFUSAL_NONE;
	c.seat = SEAT_CHAIR;
	c.by = STR("chair");
	c.at = STR(AT);
	c.t = a->t += 1000;
	done = done && session_decide(a->s, &c, &a->events, &no) == REFUSAL_NONE;
	if (done)
		apply(a);
	arena_finish(&a->arena);
	return done;
}

void
acting_finish(struct acting *a)
{
	session_destroy(a->s);
	events_finish(&a->events);
	buf_finish(&a->body);
	buf_finish(&a->line);
}
