/*
 * What the console knows and others offer as well: completions to a shell, keys
 * to a page of paper. Needs no console.
 */
#include "pane.h"

size_t
ui_complete(const struct session *s, struct str line, struct arena *a, struct ui_offer **out)
{
	struct completion found = {0};
	complete(s, line, line.n, a, &found);
	*out = arena_alloc(a, (found.n + 1) * sizeof **out);
	for (size_t i = 0; i < found.n; i++)
		(*out)[i] = (struct ui_offer){found.items[i].text, found.items[i].help};
	return found.n;
}

bool
ui_key_at(size_t i, struct ui_offer *out)
{
	size_t n;
	const struct binding *keys = key_table_live(&n);
	if (i >= n)
		return false;
	*out = (struct ui_offer){str_of(_(keys[i].shown)), str_of(keys[i].help ? _(keys[i].help) : "")};
	return true;
}
