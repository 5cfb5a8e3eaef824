/*
 * The position, and how it goes on by itself. Between two jumps the session
 * time of the position is a straight line over the steady clock, in whole
 * numbers, so that hours of playing are as exact as the first second.
 */
#include <stdlib.h>

#include "internal.h"

struct replay *
replay_create(const struct session *of)
{
	struct replay *r = xcalloc(1, sizeof *r);
	r->of = of;
	r->view = session_view(of);
	r->pace = 1;
	replay_go_start(r, 0);
	return r;
}

void
replay_destroy(struct replay *r)
{
	if (!r)
		return;
	session_destroy(r->view);
	free(r);
}

const struct session *
replay_session(const struct replay *r)
{
	return r->view;
}

int64_t
replay_t(const struct replay *r)
{
	return r->t;
}

size_t
replay_at(const struct replay *r)
{
	return r->at;
}

bool
replay_playing(const struct replay *r)
{
	return r->playing;
}

bool
replay_follows(const struct replay *r)
{
	return r->follows;
}

bool
replay_skips(const struct replay *r)
{
	return r->skips;
}

int
replay_pace(const struct replay *r)
{
	return r->pace;
}

static void
place(struct replay *r, size_t n, int64_t t)
{
	if (n != r->at)
		session_view_at(r->view, n);
	r->at = n;
	r->t = t;
}

static void
anchor(struct replay *r, int64_t now_ms)
{
	r->since_t = r->t;
	r->since_ms = now_ms;
	r->unanchored = false;
}

/* A session that runs goes on as fast as it does, whatever the pace was until there. */
static int64_t
speed(const struct replay *r)
{
	return r->follows ? 1 : r->pace;
}

void
replay_go(struct replay *r, size_t n, int64_t t, int64_t now_ms)
{
	r->follows = false;
	place(r, n, t);
	anchor(r, now_ms);
}

void
replay_go_start(struct replay *r, int64_t now_ms)
{
	size_t n = past_beginning(r->of);
	replay_go(r, n, n ? past_t(r->of, 0) : 0, now_ms);
}

void
replay_go_end(struct replay *r, int64_t now_ms)
{
	replay_go(r, session_event_count(r->of), session_last_t(r->of), now_ms);
}

void
replay_follow(struct replay *r, int64_t now_ms)
{
	/* Who was ahead of the last event already does not go back to it. */
	int64_t last = session_last_t(r->of);
	bool ahead = r->at == session_event_count(r->of) && r->t > last;
	replay_go(r, session_event_count(r->of), ahead ? r->t : last, now_ms);
	r->follows = r->playing = true;
}

void
replay_play(struct replay *r, bool on, int64_t now_ms)
{
	bool end = r->at == session_event_count(r->of);
	if (on && !r->playing && end && r->runs) {
		replay_follow(r, now_ms);
		return;
	}
	if (on && !r->playing && end)
		replay_go_start(r, now_ms);
	if (!on)
		r->follows = false;
	r->playing = on;
	anchor(r, now_ms);
}

void
replay_set_pace(struct replay *r, int pace, int64_t now_ms)
{
	r->pace = pace;
	anchor(r, now_ms);
}

void
replay_runs(struct replay *r, bool runs)
{
	r->runs = runs;
	if (!runs && r->follows)
		r->follows = r->playing = false;
}

void
replay_grown(struct replay *r)
{
	if (r->at == 0) {
		replay_go_start(r, 0);
		r->unanchored = true;
	} else if (r->follows) {
		/* Ahead of the last event by the time that it took to get here: that stays, or the
		 * clocks would step back. Further ahead the clock here was wrong. */
		int64_t last = session_last_t(r->of);
		bool steady = r->t >= last && r->t - last <= SESSION_TICK_MS;
		place(r, session_event_count(r->of), steady ? r->t : last);
		r->unanchored |= !steady;
	}
}

static bool
changes(const struct session *of, const struct event *e, void *ctx)
{
	(void)of;
	(void)ctx;
	return past_changes(e);
}

/* The silence before the next event, for a position with `at` events in: false where there is none. */
static bool
silence(const struct replay *r, size_t at, int64_t *from, int64_t *to)
{
	size_t next = SIZE_MAX;
	if (r->skips && !r->follows)
		next = past_next(r->of, at, changes, NULL);
	if (next == SIZE_MAX)
		return false;
	size_t last = past_before(r->of, at, changes, NULL);
	*from = past_t(r->of, last == SIZE_MAX ? 0 : last);
	*to = past_t(r->of, next);
	return *to - *from > SILENCE_MS;
}

/* Moves the line on by every silence that lies before the target; answers the new target. */
static int64_t
skip_silences(struct replay *r, int64_t target)
{
	int64_t from, to, t = r->t;
	size_t at = r->at;
	while (r->skips && !r->follows && at < session_event_count(r->of)) {
		if (silence(r, at, &from, &to)) {
			int64_t cut = from + SILENCE_CUT_MS;
			cut = t > cut ? t : cut;
			if (target < cut)
				break;
			target += to - cut;
			r->since_t += to - cut;
		} else {
			size_t next = past_next(r->of, at, changes, NULL);
			if (next == SIZE_MAX || (to = past_t(r->of, next)) > target)
				break;
		}
		t = to > t ? to : t;
		at = past_until(r->of, to);
	}
	return target;
}

/* How far time goes on by itself. */
static int64_t
bound(const struct replay *r)
{
	int64_t last = session_last_t(r->of);
	if (!r->follows)
		return last;
	return session_clock_runs(r->view) ? last + AHEAD_MS : INT64_MAX;
}

bool
replay_advance(struct replay *r, int64_t now_ms)
{
	size_t all = session_event_count(r->of), was = r->at;
	int64_t was_t = r->t;
	if (!r->playing || !all)
		return false;
	if (r->unanchored)
		anchor(r, now_ms);
	int64_t target = r->since_t + (now_ms - r->since_ms) * speed(r);
	if (target < r->t)
		target = r->t;
	target = skip_silences(r, target);
	int64_t most = bound(r);
	if (target > most)
		target = most > r->t ? most : r->t;
	size_t n = past_until(r->of, target);
	place(r, n > r->at ? n : r->at, target);
	if (r->at == all && !r->follows) {
		if (r->runs)
			replay_follow(r, now_ms);
		else
			r->playing = false;
		return true;
	}
	return r->at != was || r->t != was_t;
}

/* The first t behind the position at which a count that stands at `elapsed` now is a whole second. */
static int64_t
whole(const struct replay *r, int64_t elapsed)
{
	int64_t part = elapsed % 1000;
	return r->t + 1000 - (part < 0 ? part + 1000 : part);
}

static int64_t
next_second(const struct replay *r)
{
	const struct session_turn *turn = session_floor(r->view);
	size_t now = session_segment_now(r->view);
	int64_t at[4];
	size_t n = 0;
	at[n++] = whole(r, r->t);
	at[n++] = whole(r, session_wall(r->view, r->t));
	if (turn && turn->state == TURN_RUNNING)
		at[n++] = whole(r, session_turn_elapsed(turn, r->t));
	if (now != SIZE_MAX)
		at[n++] = whole(r, session_segment_elapsed(r->view, now, r->t));
	int64_t first = at[0];
	for (size_t i = 1; i < n; i++)
		first = at[i] < first ? at[i] : first;
	return first;
}

int64_t
replay_wake(const struct replay *r, int64_t now_ms)
{
	int64_t from, to;
	if (!r->playing)
		return -1;
	if (r->unanchored)
		return now_ms;
	int64_t t = next_second(r), most = bound(r);
	size_t next = past_next(r->of, r->at, changes, NULL);
	if (next != SIZE_MAX && past_t(r->of, next) < t)
		t = past_t(r->of, next);
	if (silence(r, r->at, &from, &to) && from + SILENCE_CUT_MS < t)
		t = from + SILENCE_CUT_MS;
	if (t > most)
		t = most;
	if (r->follows && t <= r->t)
		return -1;
	int64_t at = r->since_ms + (t - r->since_t + speed(r) - 1) / speed(r);
	return at > now_ms ? at : now_ms;
}
