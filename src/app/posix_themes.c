/*
 * The themes that can be shown: the program's own, and those in the person's
 * folder. One of the same name stands in the place of the program's. A file is
 * read when it is to be shown, so that one which is being written can be looked
 * at again and again.
 */
#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "config.h"
#include "dais/i18n.h"
#include "dais/text.h"
#include "internal.h"

enum { THEME_MAX = 1 << 20, THEMES_MOST = 200 };

static const char ending[] = ".yaml";

/* The name of a file without its ending; empty where it is no theme. */
static struct str
theme_name(const char *file)
{
	struct str s = str_of(file), end = str_of(ending);
	if (file[0] == '.' || s.n <= end.n || !str_eq(str_from(s, s.n - end.n), end))
		return STR_NONE;
	return str_upto(s, s.n - end.n);
}

static int
by_name(const void *a, const void *b)
{
	const struct theme_place *x = a, *y = b;
	return strcmp(x->name, y->name);
}

static void
add_own(struct themes *t, const char *folder, const char *file)
{
	struct buf path = {0};
	struct str name = theme_name(file);
	if (!name.n || t->n >= THEMES_MOST)
		return;
	buf_printf(&path, "%s/%s", folder, file);
	size_t at = themes_at(t, name);
	if (at != SIZE_MAX) {
		free(t->items[at].path);
		t->items[at].path = path.p;
		return;
	}
	struct theme_place place = {str_dup(name), path.p};
	VEC_PUSH(t->items, t->n, t->cap, place);
}

void
themes_find(struct themes *out)
{
	struct buf folder = {0};
	char *config = config_folder();
	*out = (struct themes){0};
	for (size_t i = 0; theme_builtin_name(i); i++) {
		struct theme_place place = {xstrdup(theme_builtin_name(i)), NULL};
		VEC_PUSH(out->items, out->n, out->cap, place);
	}
	if (!config)
		return;
	size_t ours = out->n;
	buf_printf(&folder, "%s/themes", config);
	DIR *dir = opendir(folder.p);
	for (struct dirent *d; dir && (d = readdir(dir));)
		add_own(out, folder.p, d->d_name);
	if (dir)
		closedir(dir);
	if (out->n > ours)
		qsort(out->items + ours, out->n - ours, sizeof *out->items, by_name);
	free(config);
	buf_finish(&folder);
}

void
themes_finish(struct themes *t)
{
	for (size_t i = 0; i < t->n; i++) {
		free(t->items[i].name);
		free(t->items[i].path);
	}
	free(t->items);
	*t = (struct themes){0};
}

/* "mine.yaml:3:14: A colour is …" */
static void
first_problem(const struct diag_list *l, const char *name, struct buf *why)
{
	const struct diag *first = NULL;
	for (size_t i = 0; i < l->n; i++) {
		const struct diag *d = &l->items[i];
		if (d->warning)
			continue;
		if (!first || d->at.line < first->at.line ||
			(d->at.line == first->at.line && d->at.column < first->at.column))
			first = d;
	}
	if (!first)
		return;
	buf_puts(why, name);
	buf_printf(why, "%s:%d:%d: ", ending, first->at.line, first->at.column);
	buf_puts(why, first->text);
}

bool
themes_load(const struct themes *t, size_t i, struct theme *out, bool all, struct buf *why)
{
	const struct theme_place *place = &t->items[i];
	struct buf text = {0};
	struct diag_list l;
	int error = place->path ? file_read(place->path, THEME_MAX, &text) : 0;
	if (error) {
		struct str args[] = {str_of(place->path), str_of(file_why(error))};
		i18n_fill(why, "{0}: {1}", args, 2);
		if (all)
			buf_char(why, '\n');
		buf_finish(&text);
		return false;
	}
	diag_start(&l, place->path ? place->path : place->name,
		place->path ? buf_view(&text) : theme_builtin(place->name));
	bool good = theme_read(out, l.source, &l);
	if (all)
		diag_render(why, &l);
	else if (!good)
		first_problem(&l, place->name, why);
	diag_finish(&l);
	buf_finish(&text);
	return good;
}
