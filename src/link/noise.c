/*
 * A port that is open to the world is knocked at all day. The chair hears of
 * the first from each address at once, and of what follows within a minute as
 * one number; of more than a few addresses only together. So what can be told
 * is bounded, whoever comes, and so is the memory for it.
 */
#include "noise.h"

#include <string.h>

static int64_t
window_ms(const struct noise *n)
{
	return n->window_ms ? n->window_ms : NOISE_MS;
}

static void
count_up(unsigned *n)
{
	*n += *n < 999999;
}

bool
noise_hear(struct noise *n, size_t kind, struct str from, int64_t now)
{
	struct noise_kind *k = &n->kinds[kind];
	from = str_upto(from, sizeof k->rows[0].from - 1);
	if (k->n == 0)
		k->since = now;
	for (size_t i = 0; i < k->n; i++) {
		if (!str_is(from, k->rows[i].from))
			continue;
		count_up(&k->rows[i].more);
		return false;
	}
	if (k->n == NOISE_ROWS) {
		count_up(&k->others);
		return false;
	}
	struct noise_row *row = &k->rows[k->n++];
	*row = (struct noise_row){0};
	if (from.n)
		memcpy(row->from, from.p, from.n);
	return true;
}

void
noise_tell(struct noise *n, int64_t now, noise_more_cb more, void *ctx)
{
	for (size_t kind = 0; kind < NOISE_KINDS; kind++) {
		struct noise_kind *k = &n->kinds[kind];
		if (k->n == 0 || now - k->since < window_ms(n))
			continue;
		struct noise_kind was = *k;
		*k = (struct noise_kind){0};
		for (size_t i = 0; i < was.n; i++)
			if (was.rows[i].more)
				more(ctx, kind, str_of(was.rows[i].from), was.rows[i].more);
		if (was.others)
			more(ctx, kind, STR_NONE, was.others);
	}
}

int64_t
noise_deadline(const struct noise *n)
{
	int64_t due = EVENT_NO;
	for (size_t kind = 0; kind < NOISE_KINDS; kind++) {
		const struct noise_kind *k = &n->kinds[kind];
		if (k->n && (due == EVENT_NO || k->since + window_ms(n) < due))
			due = k->since + window_ms(n);
	}
	return due;
}
