/*
 * Titles of windows have no entry in terminfo that can be relied on: xterm's
 * kind is set and saved by sequences that all of them took over, tmux knows
 * them too and does not say so, and screen has a name for each window instead,
 * in a sequence that any other terminal would print.
 */
#include "title.h"

#include <string.h>

#include "dais/text.h"

enum { NAME_COLUMNS = 40 };

static const struct {
	const char *begin, *start, *finish, *end;
} forms[] = {
	[TITLE_NONE] = {"", "", "", ""},
	[TITLE_KEPT] = {"", "\033]2;", "\033\\", ""},
	[TITLE_PUSHED] = {"\033[22;2t", "\033]2;", "\033\\", "\033[23;2t"},
	[TITLE_NAMED] = {"", "\033k", "\033\\", "\033k\033\\"},
};

static bool
is_family(const char *term, const char *name)
{
	size_t n = strlen(name);
	return strncmp(term, name, n) == 0 && (!term[n] || strchr("-.+", term[n]));
}

enum title_form
title_form(const char *term, bool inside_tmux, bool marked, bool keeps)
{
	if (is_family(term, "tmux") || (is_family(term, "screen") && inside_tmux))
		return TITLE_PUSHED;
	if (is_family(term, "screen"))
		return TITLE_NAMED;
	if (!marked)
		return TITLE_NONE;
	return keeps ? TITLE_KEPT : TITLE_PUSHED;
}

const char *
title_begin(enum title_form form)
{
	return forms[form].begin;
}

const char *
title_end(enum title_form form)
{
	return forms[form].end;
}

void
title_put(enum title_form form, struct str title, struct buf *last, struct buf *out)
{
	struct buf clean = {0};
	if (form == TITLE_NONE)
		return;
	if (form == TITLE_NAMED)
		text_fit(&clean, title, NAME_COLUMNS);
	else
		text_clean(&clean, title);
	if (!str_eq(buf_view(&clean), buf_view(last))) {
		buf_puts(out, forms[form].start);
		buf_str(out, buf_view(&clean));
		buf_puts(out, forms[form].finish);
		buf_reset(last);
		buf_str(last, buf_view(&clean));
	}
	buf_finish(&clean);
}
