/*
 * The past as it was: what a session answered after each event is kept, and a
 * view that stands there must answer the same; so must a session that never
 * took a checkpoint. Checkpoints lie much closer here than they do in earnest,
 * so that they matter.
 */
#include <stdlib.h>

#include "bench.h"
#include "internal.h"

enum { LOOKS = 2, FINE = 3, COARSE = 11 };

struct past {
	struct session *view;
	char **said; /* after each number of events; owned */
	size_t n, cap;
	uint64_t dice;
};

static size_t
roll(struct past *p, size_t below)
{
	p->dice = p->dice * 6364136223846793005 + 1442695040888963407;
	return (size_t)((p->dice >> 33) % below);
}

static void
put(struct buf *out, const char *what, int64_t v)
{
	buf_printf(out, "%s=%lld ", what, (long long)v);
}

static void
put_talk(struct buf *out, const struct session *s, int64_t t)
{
	size_t segments;
	session_segments(s, &segments);
	for (size_t i = 0; i <= segments; i++) {
		size_t segment = i < segments ? i : SIZE_MAX;
		for (size_t k = 0; k < session_person_count(s); k++) {
			struct session_talk talk =
				session_talk(s, session_person_at(s, k)->id, segment, t);
			if (talk.turns)
				buf_printf(out, "%zu.%zu:%lld,%lld,%lld ", i, k,
					(long long)talk.turns, (long long)talk.speeches,
					(long long)talk.ms);
		}
		if (i < segments)
			buf_printf(out, "heard %zu, not %zu\n", session_spoke(s, i),
				session_unheard(s, i));
	}
}

/* Whatever can be asked of a session, in words. */
static char *
all_of(const struct session *s)
{
	struct buf out = {0};
	int64_t t = session_last_t(s) + 1000;
	struct session_alarm alarm = {0};
	session_dump(s, &out);
	put(&out, "count", (int64_t)session_event_count(s));
	for (int i = 0; i < LANE_COUNT; i++)
		put(&out, "seq", session_next_seq(s, (enum event_lane)i));
	put(&out, "t", t);
	put(&out, "host", session_host(s) ? session_host(s)->seq : -1);
	put(&out, "began", session_began_wall(s));
	put(&out, "wall", session_wall(s, t));
	put(&out, "zone", session_zone(s));
	put(&out, "offset", session_offset_ms(s, t));
	put(&out, "planned", session_planned_end(s));
	put(&out, "expected", session_expected_end(s, t));
	put(&out, "alarm", session_alarm_next(s, t, &alarm) ? alarm.t : -1);
	put(&out, "deadline", session_deadline_ms(s, t));
	put(&out, "next", session_next(s).why);
	for (size_t i = SIZE_MAX; (i = session_undoable(s, i)) != SIZE_MAX;)
		put(&out, "undoable", (int64_t)i);
	for (size_t i = 0; i < session_event_count(s); i++)
		buf_char(&out, session_event_undone(s, i) ? 'x' : '.');
	buf_char(&out, '\n');
	put_talk(&out, s, t);
	return out.p;
}

static void
compare(struct bench *b, const struct session *s, size_t n, const char *who)
{
	char *says = all_of(s);
	if (!str_is(str_of(says), b->past->said[n]))
		bench_fault(b, "%s at %zu of %zu says something else:\n%s---\n%s", who, n,
			b->past->n - 1, b->past->said[n], says);
	free(says);
}

void
past_open(struct bench *b)
{
	struct past *p = b->past = xcalloc(1, sizeof *p);
	b->s->fine = FINE;
	b->s->coarse = COARSE;
	p->view = session_view(b->s);
	p->dice = (uint64_t)b->wall;
	VEC_PUSH(p->said, p->n, p->cap, all_of(b->s));
}

void
past_grown(struct bench *b)
{
	struct past *p = b->past;
	VEC_PUSH(p->said, p->n, p->cap, all_of(b->s));
	for (int i = 0; i < LOOKS && !b->fault.n; i++) {
		/* Near the end more often than elsewhere. */
		size_t n = p->n - 1 - roll(p, i == 0 && p->n > COARSE ? COARSE : p->n);
		session_view_at(p->view, n);
		compare(b, p->view, n, "the view");
	}
}

/* From the start to the end, and back by great leaps. */
static void
walk_along(struct bench *b)
{
	struct past *p = b->past;
	struct session *view = session_view(b->s);
	for (size_t n = 0; n < p->n && !b->fault.n; n++) {
		session_view_at(view, n);
		compare(b, view, n, "a view that walks");
	}
	for (size_t n = p->n; n-- > 0 && !b->fault.n; n -= n < 7 ? n : 7) {
		session_view_at(view, n);
		compare(b, view, n, "a view that walks back");
	}
	session_destroy(view);
}

static void
fold_plainly(struct bench *b)
{
	struct session *plain = session_create();
	const char *why;
	plain->fine = plain->coarse = 0;
	for (size_t n = 1; n < b->past->n && !b->fault.n; n++) {
		if (session_apply(plain, session_event_at(b->s, n - 1), &why) != 0)
			bench_fault(
				b, "without checkpoints event %zu does not fit: %s", n - 1, why);
		compare(b, plain, n, "a session without checkpoints");
	}
	session_destroy(plain);
}

void
past_check(struct bench *b)
{
	if (b->fault.n)
		return;
	walk_along(b);
	fold_plainly(b);
}

void
past_close(struct bench *b)
{
	struct past *p = b->past;
	session_destroy(p->view);
	for (size_t i = 0; i < p->n; i++)
		free(p->said[i]);
	free(p->said);
	free(p);
}
