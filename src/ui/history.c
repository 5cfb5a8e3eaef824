/* Earlier lines of the command line: walked by what they begin with, each kept once. */
#include "pane.h"

#include <stdlib.h>
#include <string.h>

static void
drop(struct history *h, size_t at)
{
	free(h->lines[at]);
	memmove(h->lines + at, h->lines + at + 1, (h->n - at - 1) * sizeof *h->lines);
	h->n--;
}

void
history_add(struct history *h, struct str line)
{
	for (size_t i = h->n; i-- > 0;)
		if (str_is(line, h->lines[i]))
			drop(h, i);
	if (h->n == HISTORY_MAX)
		drop(h, 0);
	char *kept = str_dup(line);
	VEC_PUSH(h->lines, h->n, h->cap, kept);
	h->at = h->n;
}

bool
history_step(struct history *h, bool older, struct str *line)
{
	struct str typed = buf_view(&h->typed);
	size_t at = h->at;
	while (older ? at > 0 : at < h->n) {
		at += older ? SIZE_MAX : 1;
		if (at < h->n && !str_starts(str_of(h->lines[at]), typed))
			continue;
		/* A line that is all that was typed would look as if nothing happened. */
		if (at < h->n && str_is(typed, h->lines[at]))
			continue;
		h->at = at;
		*line = at == h->n ? typed : str_of(h->lines[at]);
		return true;
	}
	return false;
}

void
history_finish(struct history *h)
{
	for (size_t i = 0; i < h->n; i++)
		free(h->lines[i]);
	free(h->lines);
	buf_finish(&h->typed);
}
