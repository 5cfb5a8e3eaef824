/* Jumps by time: so much on or back, or to a time of day as the clock on the wall showed it. */
#include "internal.h"

enum { MINUTE_MS = 60 * 1000, DAY_MS = 24 * 60 * MINUTE_MS };

/* A time of day, or the minute of which only hour and minute were said. */
struct daytime {
	int64_t ms, span;
};

static bool
take_two(struct str *s, int64_t most, int64_t *v)
{
	size_t n = 0;
	while (n < s->n && n < 2 && s->p[n] >= '0' && s->p[n] <= '9')
		n++;
	if (!n || !str_int(str_upto(*s, n), v) || *v > most)
		return false;
	*s = str_from(*s, n);
	return true;
}

static bool
take_colon(struct str *s)
{
	if (!s->n || s->p[0] != ':')
		return false;
	*s = str_from(*s, 1);
	return s->n >= 2;
}

static bool
read_daytime(struct str s, struct daytime *out)
{
	int64_t hour, minute, second = 0;
	if (!take_two(&s, 23, &hour) || !take_colon(&s) || !take_two(&s, 59, &minute))
		return false;
	out->span = s.n ? 1000 : MINUTE_MS;
	if (s.n && (!take_colon(&s) || !take_two(&s, 59, &second) || s.n))
		return false;
	out->ms = ((hour * 60 + minute) * 60 + second) * 1000;
	return true;
}

/* The local wall clock stood at `local` when session time was t; this holds until session time end. */
struct stretch {
	int64_t t, end, local;
};

static struct stretch
stretch_of(const struct session *of, size_t i, size_t next)
{
	const struct event *e = session_event_at(of, i);
	int64_t zone = e->host.zone == EVENT_NO ? 0 : e->host.zone;
	int64_t end = next == SIZE_MAX ? session_last_t(of) : past_t(of, next);
	return (struct stretch){e->t, end, e->host.wall + zone * MINUTE_MS};
}

static bool
is_host(const struct session *of, const struct event *e, void *ctx)
{
	(void)of;
	(void)ctx;
	return e->kind == EVENT_SESSION_HOST && e->lane == LANE_SESSION;
}

static int64_t
apart(int64_t a, int64_t b)
{
	return a < b ? b - a : a - b;
}

/*
 * Every day of the stretch has such a time; *best is the t nearest to `near` so
 * far. A damaged log may say that it went on for ages: only the days around
 * `near`, or the end that is nearest to it, are looked at.
 */
static void
look(const struct stretch *x, const struct daytime *d, int64_t near, int64_t *best)
{
	int64_t last = x->local + (x->end - x->t), around = x->local + (near - x->t);
	int64_t first = (x->local / DAY_MS - 1) * DAY_MS;
	int64_t day = ((around < last ? around : last) / DAY_MS - 2) * DAY_MS;
	day = day > first ? day : first;
	for (int days = 0; days < 5 && day + d->ms <= last; days++, day += DAY_MS) {
		int64_t from = day + d->ms;
		if (from + d->span <= x->local)
			continue;
		int64_t t = x->t + (from > x->local ? from - x->local : 0);
		if (*best == EVENT_NO || apart(t, near) < apart(*best, near))
			*best = t;
	}
}

static void
put_daytime(struct buf *out, int64_t local)
{
	int64_t minutes = local / MINUTE_MS % (24 * 60);
	buf_printf(out, "%02d:%02d", (int)(minutes / 60), (int)(minutes % 60));
}

static enum refusal
outside(struct ask *q)
{
	struct buf from = {0}, to = {0};
	const struct session *of = q->r->of;
	size_t first = past_next(of, 0, is_host, NULL);
	size_t last = past_before(of, session_event_count(of), is_host, NULL);
	if (first != SIZE_MAX) {
		struct stretch a = stretch_of(of, first, SIZE_MAX);
		struct stretch b = stretch_of(of, last, SIZE_MAX);
		put_daytime(&from, a.local);
		put_daytime(&to, b.local + (b.end - b.t));
	}
	enum refusal no = REPLAY_NO(q, REFUSAL_UNKNOWN_ID,
		N_("{0} is not in this log: it goes from {1} to {2}"), q->rest, buf_view(&from),
		buf_view(&to));
	buf_finish(&from);
	buf_finish(&to);
	return no;
}

static void
go_t(struct ask *q, int64_t t)
{
	const struct session *of = q->r->of;
	int64_t first = past_t(of, 0), last = session_last_t(of);
	t = t < first ? first : t > last ? last : t;
	replay_go(q->r, past_until(of, t), t, q->now_ms);
}

static enum refusal
go_daytime(struct ask *q, const struct daytime *d)
{
	const struct session *of = q->r->of;
	int64_t best = EVENT_NO;
	size_t i = past_next(of, 0, is_host, NULL);
	while (i != SIZE_MAX) {
		size_t next = past_next(of, i + 1, is_host, NULL);
		struct stretch x = stretch_of(of, i, next);
		look(&x, d, q->r->t, &best);
		i = next;
	}
	if (best == EVENT_NO)
		return outside(q);
	go_t(q, best);
	return REFUSAL_NONE;
}

enum refusal
seek_time(struct ask *q)
{
	struct buf folded = {0};
	struct daytime d;
	int64_t ms;
	enum refusal no = REFUSAL_NONE;
	fold_put(&folded, q->rest);
	struct str s = buf_view(&folded);
	if (str_is(s, "start"))
		replay_go_start(q->r, q->now_ms);
	else if (str_is(s, "end") && q->r->runs)
		replay_follow(q->r, q->now_ms);
	else if (str_is(s, "end"))
		replay_go_end(q->r, q->now_ms);
	else if (s.n && (s.p[0] == '+' || s.p[0] == '-') && duration_read(s, true, &ms))
		go_t(q, q->r->t + ms);
	else if (read_daytime(s, &d))
		no = go_daytime(q, &d);
	else
		no = REPLAY_NO(q, REFUSAL_BAD_ARGUMENT,
			N_("“{0}” is no time; write 14:52, 14:52:07, +3m, -30s, start or end"),
			q->rest);
	buf_finish(&folded);
	return no;
}
