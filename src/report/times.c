/* Session time as the report tells it: of the day, and by the stays in the segments. */
#include <assert.h>
#include <stdlib.h>

#include "internal.h"

enum { DAY_MS = 86400000 };

int64_t
report_end(const struct session *s, const struct report_options *o)
{
	return session_closed(s) ? session_closed_t(s) : o->now_t;
}

int64_t
report_turn_end(const struct session_turn *turn, int64_t now_t)
{
	return turn->ended_t == EVENT_NO ? now_t : turn->ended_t;
}

int64_t
report_turn_paused(const struct session_turn *turn, int64_t now_t)
{
	bool paused = turn->state == TURN_PAUSED && turn->paused_t != EVENT_NO;
	return turn->paused_ms + (paused && now_t > turn->paused_t ? now_t - turn->paused_t : 0);
}

/* Days since 1970 and the milliseconds of that day, where the session was held. */
static int64_t
local(const struct session *s, int64_t t, int64_t *of_day)
{
	int64_t ms = session_wall(s, t) + session_zone(s) * 60000;
	int64_t day = ms / DAY_MS;
	*of_day = ms % DAY_MS;
	if (*of_day < 0) {
		*of_day += DAY_MS;
		day--;
	}
	return day;
}

/* H. Hinnant, "chrono-compatible low-level date algorithms". */
void
report_date(struct buf *out, const struct session *s, int64_t t)
{
	int64_t of_day, z = local(s, t, &of_day) + 719468;
	int64_t era = (z >= 0 ? z : z - 146096) / 146097;
	int64_t of_era = z - era * 146097;
	int64_t year = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
	int64_t of_year = of_era - (365 * year + year / 4 - year / 100);
	int64_t shifted = (5 * of_year + 2) / 153;
	int64_t month = shifted < 10 ? shifted + 3 : shifted - 9;
	year += era * 400 + (month <= 2);
	buf_printf(out, "%04lld-%02d-%02d", (long long)year,
		(int)month, (int)(of_year - (153 * shifted + 2) / 5 + 1));
}

void
report_clock(struct buf *out, const struct session *s, int64_t t)
{
	int64_t ms;
	local(s, t, &ms);
	buf_printf(out, "%02d:%02d", (int)(ms / 3600000), (int)(ms / 60000 % 60));
}

void
report_seconds(struct buf *out, const struct session *s, int64_t t)
{
	int64_t ms;
	local(s, t, &ms);
	report_clock(out, s, t);
	buf_printf(out, ":%02d", (int)(ms / 1000 % 60));
}

static size_t
segment_of(const struct session *s, struct str id)
{
	size_t n;
	const struct session_segment *g = session_segments(s, &n);
	for (size_t i = 0; i < n; i++)
		if (str_eq(g[i].id, id))
			return i;
	return SIZE_MAX;
}

/* The state keeps the last stay only; the past has them all. */
struct report_visit *
report_visits(const struct session *s, const struct report_options *o, size_t *n)
{
	struct report_visit *list = NULL;
	size_t cap = 0;
	*n = 0;
	for (size_t i = 0; i < session_event_count(s); i++) {
		const struct event *e = session_event_at(s, i);
		size_t segment = e->kind == EVENT_SEGMENT_ENTER && !session_event_undone(s, i)
					 ? segment_of(s, e->segment.segment)
					 : SIZE_MAX;
		if (segment == SIZE_MAX)
			continue;
		if (*n)
			list[*n - 1].end = e->t;
		struct report_visit visit = {segment, e->t, e->t};
		VEC_PUSH(list, *n, cap, visit);
	}
	if (*n) {
		int64_t end = report_end(s, o);
		list[*n - 1].end = end > list[*n - 1].start ? end : list[*n - 1].start;
	}
	return list;
}
