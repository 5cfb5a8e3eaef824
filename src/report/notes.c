/* Notes in the order in which a report asks for them: a session of a day has thousands, and each
 * turn wants its own. */
#include <stdlib.h>

#include "internal.h"

bool
report_note_public(const struct session_note *note)
{
	return note->lane != LANE_CHAIRS && note->mark != MARK_PRIVATE && !note->removed;
}

static int
by_turn(const void *a, const void *b)
{
	const struct session_note *x = *(const struct session_note *const *)a;
	const struct session_note *y = *(const struct session_note *const *)b;
	if (x->turn != y->turn)
		return x->turn < y->turn ? -1 : 1;
	/* As they were written down: ids only grow within a log. */
	return x->id < y->id ? -1 : x->id > y->id;
}

struct report_notes
report_notes_sort(const struct session *s)
{
	struct report_notes r = {0};
	size_t n = session_note_count(s);
	r.sorted = xcalloc(n + 1, sizeof(const struct session_note *));
	for (size_t i = 0; i < n; i++)
		if (report_note_public(session_note_at(s, i)))
			r.sorted[r.n++] = session_note_at(s, i);
	qsort(r.sorted, r.n, sizeof(const struct session_note *), by_turn);
	return r;
}

void
report_notes_finish(struct report_notes *notes)
{
	free(notes->sorted);
	*notes = (struct report_notes){0};
}

const struct session_note *const *
report_notes_of(const struct report_notes *notes, int64_t turn, size_t *n)
{
	size_t low = 0, high = notes->n;
	while (low < high) {
		size_t mid = low + (high - low) / 2;
		if (notes->sorted[mid]->turn < turn)
			low = mid + 1;
		else
			high = mid;
	}
	for (*n = 0; low + *n < notes->n && notes->sorted[low + *n]->turn == turn;)
		++*n;
	return notes->sorted + low;
}
