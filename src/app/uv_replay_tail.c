/*
 * A log that another process writes is followed: what is new in it and in the
 * chairs' log beside it is read as the file changes, and once in a while, since
 * not every file system tells.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "player.h"

enum { POLL_MS = 1000 };

static const char *
visit(void *ctx, const struct journal_record *r)
{
	struct tail *x = ctx;
	struct event e;
	const char *why = recall_event(&e, r, &x->arena);
	if (why)
		return why;
	e.lane = x->lane;
	e = event_copy(&x->arena, &e);
	VEC_PUSH(x->events, x->n, x->cap, e);
	return NULL;
}

static void
tail_reset(struct tail *x)
{
	arena_finish(&x->arena);
	x->n = x->taken = 0;
}

/* The next event of both, by session time; the session's first where times are equal. */
static const struct event *
next_event(struct tail tails[2], struct tail **of)
{
	struct tail *a = &tails[0], *b = &tails[1];
	bool first = b->taken == b->n ||
		     (a->taken < a->n && a->events[a->taken].t <= b->events[b->taken].t);
	*of = first ? a : b;
	return (*of)->taken < (*of)->n ? &(*of)->events[(*of)->taken++] : NULL;
}

/* What was read is folded. What the chairs' log has late is shown as of now. */
static size_t
fold(struct player *p)
{
	struct session *s = p->recall.session;
	struct tail *of;
	size_t n = 0;
	for (const struct event *e; (e = next_event(p->tails, &of)) != NULL;) {
		struct event fitted = *e;
		if (e->lane == LANE_CHAIRS && e->t < session_last_t(s))
			fitted.t = session_last_t(s);
		if (session_apply(s, &fitted, &p->recall.why) < 0) {
			p->recall.bad_line = e->seq + 1;
			break;
		}
		n++;
	}
	tail_reset(&p->tails[0]);
	tail_reset(&p->tails[1]);
	return n;
}

static void
tell_damage(struct player *p)
{
	struct journal_check *c = &p->recall.check;
	enum journal_state found = c->state;
	/* What somebody writes at this moment is not torn: its end is still to come. */
	if (p->runs && found == JOURNAL_TORN)
		c->state = JOURNAL_WHOLE;
	buf_reset(&p->damage);
	recall_damage(&p->damage, &p->recall);
	struct buf amends = {0};
	recall_amends_damage(&amends, &p->recall);
	buf_puts(&p->damage, p->damage.n && amends.n ? "; " : "");
	buf_str(&p->damage, buf_view(&amends));
	buf_finish(&amends);
	c->state = found;
}

static void
read_on(struct player *p)
{
	int64_t now = (int64_t)uv_now(&p->uv);
	bool runs = !session_closed(p->recall.session) && journal_locked(p->start->log);
	if (p->recall.bad_line)
		return;
	for (size_t i = 0; i < 2; i++) {
		struct tail *x = &p->tails[i];
		if (access(x->path, R_OK) == 0)
			journal_read_on(x->path, visit, x, &x->check);
	}
	p->recall.check = p->tails[0].check;
	replay_advance(p->replay, now);
	size_t n = fold(p);
	if (n)
		replay_grown(p->replay);
	runs = runs && !session_closed(p->recall.session);
	p->news |= n || runs != p->runs;
	if (runs != p->runs)
		replay_runs(p->replay, runs);
	p->runs = runs;
	tell_damage(p);
}

static void polled(uv_timer_t *timer);
static void changed(uv_fs_event_t *watch, const char *name, int events, int status);

/* The file is watched, not its name: a fresh one that took the name is another one. */
static void
watch_again(struct player *p)
{
	uv_fs_event_stop(&p->watch);
	p->watching = uv_fs_event_start(&p->watch, changed, p->start->log, 0) == 0;
}

static void
go_on(struct player *p)
{
	read_on(p);
	if (session_closed(p->recall.session))
		tails_stop(p);
	else
		uv_timer_start(&p->poll, polled, POLL_MS, 0);
}

static void
polled(uv_timer_t *timer)
{
	struct player *p = timer->data;
	if (!p->watching)
		watch_again(p);
	go_on(p);
}

static void
changed(uv_fs_event_t *watch, const char *name, int events, int status)
{
	struct player *p = watch->data;
	(void)name;
	if (status < 0 || events & UV_RENAME) {
		uv_fs_event_stop(watch);
		p->watching = false;
	}
	go_on(p);
}

void
tails_start(struct player *p)
{
	p->tails[0] = (struct tail){.path = str_dup(str_of(p->start->log)),
		.lane = LANE_SESSION,
		.check = p->recall.check};
	p->tails[1] = (struct tail){.path = chairs_path(p->start->log),
		.lane = LANE_CHAIRS,
		.check = p->recall.chairs};
	uv_timer_init(&p->uv, &p->poll);
	uv_fs_event_init(&p->uv, &p->watch);
	p->poll.data = p->watch.data = p;
	tell_damage(p);
	if (session_closed(p->recall.session))
		return;
	watch_again(p);
	go_on(p);
}

void
tails_stop(struct player *p)
{
	uv_timer_stop(&p->poll);
	uv_fs_event_stop(&p->watch);
}

void
tails_finish(struct player *p)
{
	for (size_t i = 0; i < 2; i++) {
		struct tail *x = &p->tails[i];
		tail_reset(x);
		free(x->events);
		free(x->path);
	}
	buf_finish(&p->damage);
}
