/* A session, its mirror, and what is done to both. */
#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "bench.h"

#define AT STR("2023-07-15T14:00:00+08:00")

void
bench_fault(struct bench *b, const char *format, ...)
{
	char text[1024];
	va_list args;
	va_start(args, format);
	vsnprintf(text, sizeof text, format, args);
	va_end(args);
	buf_puts(&b->fault, text);
	buf_char(&b->fault, '\n');
}

static void
apply(struct bench *b, struct session *s, const struct event *e, const char *who)
{
	const char *why;
	if (session_apply(s, e, &why) != 0)
		bench_fault(b, "%s: %s does not fit: %s", who, event_kind_text(e->kind), why);
}

/* What comes back of an event that was written as text. */
static struct event
through_text(struct bench *b, const struct event *e)
{
	struct buf once = {0}, twice = {0};
	struct event back;
	const char *why;
	event_encode(&once, e);
	struct str kept = arena_str(&b->arena, buf_view(&once));
	if (!event_decode(&back, kept, &b->arena, &why)) {
		bench_fault(b, "not read back: %s: %s", why, once.p);
		back = *e;
	}
	back.seq = e->seq;
	back.lane = e->lane;
	event_encode(&twice, &back);
	if (!str_eq(buf_view(&once), buf_view(&twice)))
		bench_fault(b, "written differently: %s and %s", once.p, twice.p);
	buf_finish(&once);
	buf_finish(&twice);
	return back;
}

static void
compare(struct bench *b, const struct session *other, const char *who)
{
	struct buf theirs = {0};
	session_dump(other, &theirs);
	if (!str_eq(buf_view(&b->dump), buf_view(&theirs)))
		bench_fault(b, "%s differs:\n%s---\n%s", who, b->dump.p, theirs.p);
	buf_finish(&theirs);
}

static void
fold_anew(struct bench *b)
{
	struct session *fresh = session_create();
	for (size_t i = 0; i < session_event_count(b->s); i++)
		apply(b, fresh, session_event_at(b->s, i), "a fresh fold");
	compare(b, fresh, "a fresh fold");
	session_destroy(fresh);
}

void
bench_apply(struct bench *b, const struct events *list)
{
	for (size_t i = 0; i < list->n; i++) {
		struct event back = through_text(b, &list->items[i]);
		apply(b, b->s, &list->items[i], "the session");
		past_grown(b);
		apply(b, b->mirror, &back, "the mirror");
	}
	buf_reset(&b->dump);
	session_dump(b->s, &b->dump);
	compare(b, b->mirror, "the mirror");
	if (b->refold)
		fold_anew(b);
	check_state(b);
}

void
bench_open(struct bench *b, struct str forum, bool rehearsal, int64_t wall)
{
	struct events list = {0};
	const char *why;
	*b = (struct bench){.wall = wall, .refold = true};
	b->s = session_create();
	b->mirror = session_create();
	past_open(b);
	if (!session_opening(&list, STR("test"), forum, rehearsal, AT, STR("host"), &why)) {
		bench_fault(b, "the forum is none: %s", why);
		return;
	}
	bench_apply(b, &list);
	events_finish(&list);
	bench_host(b, wall);
}

void
bench_host(struct bench *b, int64_t wall)
{
	struct events list = {0};
	struct event e = event_make(EVENT_SESSION_HOST);
	bool first = !session_host(b->s);
	e.host.epoch = first ? 1 : session_host(b->s)->host.epoch + 1;
	e.host.host = STR("hall");
	e.host.wall = wall;
	e.host.mono = 0;
	e.host.why = first ? STR("start") : STR("resume");
	e.host.zone = 480;
	session_hosting(b->s, &list, &e, b->t, AT, STR("host"));
	bench_apply(b, &list);
	events_finish(&list);
}

void
bench_close(struct bench *b)
{
	past_close(b);
	session_destroy(b->s);
	session_destroy(b->mirror);
	arena_finish(&b->arena);
	buf_finish(&b->dump);
	buf_finish(&b->fault);
}

enum refusal
bench_do(struct bench *b, const struct command *asked, struct events *out, struct refused *no)
{
	struct command c = *asked;
	struct buf after = {0};
	c.t = b->t;
	c.at = AT;
	enum refusal code = session_decide(b->s, &c, out, no);
	session_dump(b->s, &after);
	if (!str_eq(buf_view(&b->dump), buf_view(&after)))
		bench_fault(b, "deciding changed the session");
	buf_finish(&after);
	if (code != no->code || (code && !no->why) || (code ? out->n != 0 : out->n == 0))
		bench_fault(b, "a refusal without a reason, or an answer without an event");
	if (!code)
		bench_apply(b, out);
	return code;
}

bool
bench_outside(
	struct bench *b, struct str kind, struct str data, struct events *out, const char **why)
{
	struct buf body = {0};
	struct event e;
	struct session *trial = session_create();
	buf_printf(&body, "\"t\":%lld,\"at\":\"\",\"by\":\"outside\",\"kind\":", (long long)b->t);
	struct canon_writer w = {&body, false};
	canon_str(&w, kind);
	buf_puts(&body, ",\"data\":");
	buf_str(&body, data);
	bool ok = event_decode(&e, arena_str(&b->arena, buf_view(&body)), &b->arena, why);
	e.seq = session_next_seq(b->s, LANE_SESSION);
	const char *ignored;
	for (size_t i = 0; i < session_event_count(b->s); i++)
		session_apply(trial, session_event_at(b->s, i), &ignored);
	if (ok)
		ok = session_apply(trial, &e, why) == 0;
	/* What does not fit must leave no trace. */
	if (!ok)
		compare(b, trial, "a session that was given what does not fit");
	out->n = 0;
	if (ok) {
		VEC_PUSH(out->items, out->n, out->cap, e);
		bench_apply(b, out);
	}
	session_destroy(trial);
	buf_finish(&body);
	return ok;
}
