/*
 * Other consoles, as this one sees them: who is here and who types; and on a
 * console that joined, how the line to the host stands.
 */
#include "pane.h"

static void
keep_who(struct ui *u, const struct ui_who *who, size_t n)
{
	struct others *o = &u->others;
	arena_finish(&o->arena);
	o->who = arena_alloc(&o->arena, (n + 1) * sizeof *o->who);
	o->n = n;
	for (size_t i = 0; i < n; i++) {
		o->who[i] = who[i];
		o->who[i].name = arena_str(&o->arena, who[i].name);
	}
	u->dirty = true;
}

void
ui_here(struct ui *u, const struct ui_who *who, size_t n)
{
	keep_who(u, who, n);
}

void
ui_joined(struct ui *u, const struct ui_joined *is, const struct ui_who *who, size_t n)
{
	u->joined = *is;
	u->is_joined = true;
	buf_reset(&u->cable);
	buf_str(&u->cable, is->line);
	u->joined.line = buf_view(&u->cable);
	keep_who(u, who, n);
}
