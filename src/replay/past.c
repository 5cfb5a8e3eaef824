/* Questions to the list of events: what comes next, what came before. Their times never decrease. */
#include "internal.h"

int64_t
past_t(const struct session *of, size_t i)
{
	return session_event_at(of, i)->t;
}

bool
past_changes(const struct event *e)
{
	if (e->kind == EVENT_SESSION_TICK)
		return false;
	bool of_the_log = e->kind == EVENT_SESSION_OPEN || e->kind == EVENT_SESSION_HOST ||
			  e->kind == EVENT_SESSION_CLOSE;
	return e->lane == LANE_SESSION || !of_the_log;
}

size_t
past_until(const struct session *of, int64_t t)
{
	size_t low = 0, high = session_event_count(of);
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (past_t(of, middle) <= t)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

size_t
past_command_end(const struct session *of, size_t i)
{
	size_t n = session_event_count(of);
	while (i + 1 < n && session_event_at(of, i)->more)
		i++;
	return i < n ? i + 1 : n;
}

size_t
past_beginning(const struct session *of)
{
	size_t n = session_event_count(of);
	if (n == 0)
		return 0;
	size_t end = past_command_end(of, 0);
	while (end < n && past_t(of, end) == past_t(of, 0) &&
		(session_event_at(of, end)->kind == EVENT_SESSION_HOST ||
			!past_changes(session_event_at(of, end))))
		end++;
	return end;
}

size_t
past_next(const struct session *of, size_t i, past_match match, void *ctx)
{
	for (size_t n = session_event_count(of); i < n; i++)
		if (match(of, session_event_at(of, i), ctx))
			return i;
	return SIZE_MAX;
}

size_t
past_before(const struct session *of, size_t i, past_match match, void *ctx)
{
	while (i-- > 0)
		if (match(of, session_event_at(of, i), ctx))
			return i;
	return SIZE_MAX;
}
