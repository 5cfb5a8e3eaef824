/*
 * A view: a session without a past of its own, which stands somewhere in that
 * of another. It holds no more than a state and the few numbers beside it.
 */
#include <assert.h>
#include <string.h>

#include "internal.h"

struct session *
session_view(const struct session *of)
{
	struct session *view = session_create();
	assert(!of->of);
	view->of = of;
	return view;
}

/* How many of a growing list of places lie before n. */
static size_t
count_before(const size_t *places, size_t count, size_t n)
{
	size_t low = 0, high = count;
	while (low < high) {
		size_t mid = low + (high - low) / 2;
		if (places[mid] < n)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

/* True if nothing that is in the state at `from` is taken back up to n. */
static bool
leads_on(const struct session *of, size_t from, size_t n)
{
	for (size_t i = from; i < n; i++)
		if (of->past[i].about < from)
			return false;
	return true;
}

static void
fold(struct session *view, size_t n)
{
	const struct session *of = view->of;
	const struct checkpoint *point = checkpoint_for(of, n, n);
	size_t from = point ? point->at : 0, at;
	if (view->past_n > n || view->past_n < from || !leads_on(of, view->past_n, n)) {
		state_finish(&view->st);
		if (point)
			view->st = state_share(point->st);
	} else {
		from = view->past_n;
	}
	const char *why = refold_on(of, &view->st, from, &(struct refold){.n = n}, &at);
	assert(!why);
	(void)why;
}

void
session_view_at(struct session *view, size_t n)
{
	const struct session *of = view->of;
	assert(of && n <= of->past_n);
	if (n == view->past_n)
		return;
	if (n == of->past_n) {
		state_finish(&view->st);
		view->st = state_share(&of->st);
	} else {
		fold(view, n);
	}
	view->past_n = n;
	view->last_t = n ? of->past[n - 1].e.t : 0;
	view->hosts_n = count_before(of->hosts, of->hosts_n, n);
	for (int i = 0; i < LANE_COUNT; i++)
		view->lane_n[i] = count_before(of->lane_at[i], of->lane_n[i], n);
	memcpy(view->next_id, of->next_id, sizeof view->next_id);
}
