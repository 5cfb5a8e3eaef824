/*
 * Chapter marks for the recording, as players and video sites read them from a
 * description: "HH:MM:SS title", the first at 00:00:00, each later than the one
 * before. A line a stay in a segment.
 */
#include <stdlib.h>

#include "internal.h"

enum { SHORTEST_MS = 10000 }; /* below it sites drop all the chapters */

static void
put(struct buf *out, int64_t ms, struct str title)
{
	buf_printf(out, "%02lld:%02d:%02d ", (long long)(ms / 3600000), (int)(ms / 60000 % 60),
		(int)(ms / 1000 % 60));
	plain_text(out, title, false);
	buf_char(out, '\n');
}

/* A stay that was over when the recording began, or that another replaced within its second. */
static bool
heard(const struct report_visit *visits, size_t i, size_t n, const struct report_options *o)
{
	int64_t start = visits[i].start + o->offset_ms, end = visits[i].end + o->offset_ms;
	if (start < 0 && end <= 0)
		return false;
	return i + 1 == n || end / 1000 > (start > 0 ? start : 0) / 1000;
}

size_t
chapters_left_out(const struct session *s, const struct report_options *o)
{
	size_t n, left = 0;
	struct report_visit *visits = report_visits(s, o, &n);
	for (size_t i = 0; i < n; i++)
		left += visits[i].start + o->offset_ms < 0 && visits[i].end + o->offset_ms <= 0;
	free(visits);
	return left;
}

void
chapters_write(struct buf *out, const struct session *s, const struct report_options *o)
{
	size_t n, segments_n;
	const struct session_segment *segments = session_segments(s, &segments_n);
	struct report_visit *visits = report_visits(s, o, &n);
	bool first = true;
	for (size_t i = 0; i < n; i++) {
		struct buf title = {0};
		int64_t start = visits[i].start + o->offset_ms;
		if (!heard(visits, i, n, o))
			continue;
		if (first && start >= SHORTEST_MS)
			put(out, 0, str_of(_("Before the beginning")));
		else if (first || start < 0)
			start = 0;
		first = false;
		report_segment(&title, &segments[visits[i].segment], o->chinese);
		put(out, start, buf_view(&title));
		buf_finish(&title);
	}
	free(visits);
}
