/* A session for a unit test: opened with a small forum, asked by lines of the command language. */
#pragma once

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "dais/command.h"

struct sitting {
	struct session *s;
	struct arena arena;
	struct events events; /* of the last command */
	struct refused no;
};

#define SITTING_PEOPLE                                                                             \
	"\"people\":[{\"id\":\"a\",\"name\":\"张虎\"},{\"id\":\"b\",\"name\":\"宋昌\"},"       \
	"{\"id\":\"c\",\"name\":\"陈俊颖\",\"attending\":\"online\"}]"
#define SITTING_AGENDA                                                                             \
	"\"agenda\":[{\"kind\":\"point\",\"id\":\"p1\",\"duration\":600000},"                      \
	"{\"kind\":\"point\",\"id\":\"p2\",\"duration\":600000}]"

static inline int
sitting_apply(struct sitting *x, struct event e)
{
	const char *why;
	e.seq = session_next_seq(x->s, e.lane);
	return session_apply(x->s, &e, &why);
}

static inline struct event
sitting_host(int64_t wall, int64_t zone)
{
	struct event e = event_make(EVENT_SESSION_HOST);
	e.host.epoch = 1;
	e.host.host = STR("hall");
	e.host.wall = wall;
	e.host.mono = 0;
	e.host.why = STR("start");
	e.host.zone = zone;
	return e;
}

static inline struct sitting
sitting_open(const char *forum)
{
	struct sitting x = {.s = session_create()};
	struct event e = event_make(EVENT_SESSION_OPEN);
	e.open.format = 1;
	e.open.forum = str_of(forum);
	assert_int_equal(sitting_apply(&x, e), 0);
	assert_int_equal(sitting_apply(&x, sitting_host(1689400800000, 480)), 0);
	return x;
}

static inline struct sitting
sitting_plain(void)
{
	return sitting_open("{\"title\":\"T\"," SITTING_PEOPLE "," SITTING_AGENDA "}");
}

static inline void
sitting_close(struct sitting *x)
{
	session_destroy(x->s);
	events_finish(&x->events);
	arena_finish(&x->arena);
}

/* Asks at t from this seat; what is decided is applied. */
static inline enum refusal
sitting_ask(struct sitting *x, int64_t t, enum seat seat, struct str line)
{
	struct command c;
	const char *why;
	enum refusal code = command_parse(line, &x->arena, &c, &x->no);
	if (code)
		return code;
	c.seat = seat;
	c.by = str_of(seat_text(seat));
	c.t = t;
	code = session_decide(x->s, &c, &x->events, &x->no);
	for (size_t i = 0; i < x->events.n; i++)
		assert_int_equal(session_apply(x->s, &x->events.items[i], &why), 0);
	return code;
}

static inline enum refusal
sitting_do(struct sitting *x, int64_t t, const char *line)
{
	return sitting_ask(x, t, SEAT_CHAIR, str_of(line));
}
