/* How this room tells a problem: at its place in the agenda, with the roster's own line and column
 * where it has one. */
#include <stdlib.h>

#include "internal.h"

static void
put(struct reading *r, struct spot spot, bool warning, char *hint, const char *text,
	const struct str *args, size_t n)
{
	struct buf b = {0};
	if (spot.file.n) {
		buf_str(&b, spot.file);
		if (spot.in.line > 0)
			buf_printf(&b, ":%d:%d", spot.in.line, spot.in.column);
		buf_puts(&b, ": ");
	}
	i18n_fill(&b, text, args, n);
	diag_add(r->l, spot.at, spot.length, warning, b.p, hint);
}

void
tell(struct reading *r, struct spot spot, char *hint, const char *text, const struct str *args,
	size_t n)
{
	put(r, spot, false, hint, text, args, n);
}

void
tell_warning(struct reading *r, struct spot spot, char *hint, const char *text,
	const struct str *args, size_t n)
{
	put(r, spot, true, hint, text, args, n);
}

char *
hint_of(const char *text)
{
	return text ? xstrdup(text) : NULL;
}

char *
hint_meant(struct reading *r, struct str word, const char *const *words, size_t n)
{
	const char *meant = r->l->n < DIAG_SHOWN ? diag_meant(word, words, n) : NULL;
	return meant ? diag_text(_("did you mean \"{0}\"?"), ARGS(str_of(meant))) : NULL;
}

char *
hint_words(struct reading *r, struct str word, const char *const *words, size_t n)
{
	char *meant = hint_meant(r, word, words, n);
	if (meant)
		return meant;
	struct buf all = {0};
	for (size_t i = 0; i < n; i++) {
		buf_puts(&all, i ? ", " : "");
		buf_puts(&all, words[i]);
	}
	char *hint = diag_text(_("one of: {0}"), ARGS(buf_view(&all)));
	buf_finish(&all);
	return hint;
}

struct str
number_of(struct reading *r, int64_t v)
{
	struct buf b = {0};
	buf_int(&b, v);
	struct str kept = arena_str(&r->arena, buf_view(&b));
	buf_finish(&b);
	return kept;
}

struct spot
spot_of(const struct yaml_node *node)
{
	return (struct spot){.at = node->at, .length = node->length};
}

struct spot
spot_key(const struct yaml_node *node)
{
	return spot_of(node->key ? node->key : node);
}
