/*
 * Checkpoints: the state as it was at some places of the past. Coarse ones stay
 * for good and lie so close together that any position is a short fold away;
 * of the fine ones only the newest stay, for an undo mostly takes back what
 * happened just now.
 *
 * A checkpoint serves a later position as long as no undo in between is about
 * something that is in it.
 */
#include <stdlib.h>
#include <string.h>

#include "internal.h"

enum { FINE_KEPT = 64 };

const struct checkpoint *
checkpoint_for(const struct session *s, size_t n, size_t before)
{
	size_t low = 0, high = s->points_n, last = n < before ? n : before;
	while (low < high) {
		size_t mid = low + (high - low) / 2;
		if (s->points[mid].at <= last)
			low = mid + 1;
		else
			high = mid;
	}
	while (low-- > 0)
		if (s->points[low].until >= n)
			return &s->points[low];
	return NULL;
}

/* How far the past has grown behind the newest checkpoint that still serves. */
static size_t
grown(const struct session *s, bool coarse)
{
	for (size_t i = s->points_n; i-- > 0;)
		if (s->points[i].until == NOWHERE && (s->points[i].coarse || !coarse))
			return s->past_n - s->points[i].at;
	return s->past_n;
}

static void
drop(struct session *s, size_t i)
{
	state_finish(s->points[i].st);
	free(s->points[i].st);
	s->fine_n -= !s->points[i].coarse;
	memmove(&s->points[i], &s->points[i + 1], (--s->points_n - i) * sizeof *s->points);
}

static void
drop_oldest_fine(struct session *s)
{
	size_t i = s->points_n;
	for (size_t left = s->fine_n; left; left -= !s->points[i].coarse)
		i--;
	drop(s, i);
}

static void
take(struct session *s, bool coarse)
{
	struct checkpoint point = {.at = s->past_n, .until = NOWHERE, .coarse = coarse};
	point.st = xmalloc(sizeof *point.st);
	*point.st = state_share(&s->st);
	VEC_PUSH(s->points, s->points_n, s->points_cap, point);
	s->fine_n += !coarse;
	if (s->fine_n > FINE_KEPT)
		drop_oldest_fine(s);
}

void
checkpoint_due(struct session *s)
{
	bool heavy = s->coarse && s->st.work >= s->work_due;
	if (s->past_n < s->due && !heavy)
		return;
	/* The opening is long to read and can never be undone. */
	bool opening = s->past_n == 1;
	bool coarse = heavy || (s->coarse && (opening || grown(s, true) >= s->coarse));
	if (coarse || (s->fine && grown(s, false) >= s->fine))
		take(s, coarse);
	if (coarse)
		s->work_due = s->st.work + CHECKPOINT_WORK;
	s->due = NOWHERE;
	if (s->fine)
		s->due = s->past_n + s->fine - grown(s, false);
	if (s->coarse && s->due > s->past_n + s->coarse - grown(s, true))
		s->due = s->past_n + s->coarse - grown(s, true);
}

void
checkpoint_spoil(struct session *s, size_t about, size_t undo)
{
	for (size_t i = s->points_n; i-- > 0 && s->points[i].at > about;) {
		if (!s->points[i].coarse)
			drop(s, i);
		else if (s->points[i].until == NOWHERE)
			s->points[i].until = undo;
	}
	s->due = 0;
}
