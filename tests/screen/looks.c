/*
 * How the themes that matter show what is to be noticed: which colours and
 * attributes each style of a screen comes out with, in true colour, with 256
 * and with 8 colours and with none. Kept beside the screens, and renewed as
 * they are.
 *
 *     looks SCRIPT KEPT AGENDA CATALOGUES
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "dais/diag.h"
#include "dais/text.h"
#include "dais/ui.h"
#include "internal.h"
#include "quiet.h"

int screen_main(int argc, char **argv);
void __real_grid_dump(const struct grid *g, struct buf *out, bool styles);
void __wrap_grid_dump(const struct grid *g, struct buf *out, bool styles);

enum { SHOTS_MAX = 9, TITLE = 60, PAIR = 24 };
static const char *const shown[] = {"dark", "light", "contrast", "mono"};
static const char *const style_names[] = {
#define X(id, name) name,
	UI_STYLES(X)
#undef X
};

static struct shot {
	char title[TITLE];
	bool there[STYLE_COUNT][STYLE_COUNT]; /* style, ground */
} shots[SHOTS_MAX];
static size_t shots_n;

/* ---- what is on a screen ---- */

/* The title is the last line that was written: "== TITLE (80x24)". */
static void
take_title(char *to, struct str before)
{
	size_t start = before.n ? before.n - 1 : 0, end = start;
	while (start && before.p[start - 1] != '\n')
		start--;
	while (end > start && before.p[end] != '(')
		end--;
	struct str title = str_trim(str_from(str_upto(before, end), start + 3));
	snprintf(to, TITLE, "%.*s", STR_ARG(title));
}

static void
take_pairs(struct shot *shot, const struct grid *g)
{
	for (int i = 0; i < g->columns * g->rows; i++) {
		const struct cell *c = &g->cells[i];
		if (c->width && strcmp(c->text, " ") != 0)
			shot->there[c->style][c->ground] = true;
	}
}

void
__wrap_grid_dump(const struct grid *g, struct buf *out, bool styles)
{
	if (shots_n < SHOTS_MAX) {
		take_title(shots[shots_n].title, buf_view(out));
		take_pairs(&shots[shots_n++], g);
	}
	__real_grid_dump(g, out, styles);
}

/* ---- how it comes out ---- */

static void
put_colour(struct buf *out, const struct colour *c)
{
	if (c->set)
		buf_printf(out, "#%02x%02x%02x", c->r, c->g, c->b);
	else
		buf_puts(out, "own");
}

static void
put_number(struct buf *out, int number)
{
	if (number < 0)
		buf_puts(out, "own");
	else
		buf_printf(out, "%d", number);
}

static void
put_attributes(struct buf *out, const struct attributes *a)
{
	const struct {
		bool is;
		const char *name;
	} all[] = {{a->bold, " bold"}, {a->dim, " dim"}, {a->italic, " italic"},
		{a->underline, " underline"}, {a->reverse, " reverse"}};
	for (size_t i = 0; i < sizeof all / sizeof *all; i++)
		if (all[i].is)
			buf_puts(out, all[i].name);
}

static void
put_look(struct buf *out, const struct look *l)
{
	put_colour(out, &l->fore);
	buf_puts(out, " on ");
	put_colour(out, &l->back);
	put_attributes(out, &l->attr);
	buf_puts(out, " | 256: ");
	put_number(out, l->fore.c256);
	buf_puts(out, " on ");
	put_number(out, l->back.c256);
	buf_puts(out, " | 8: ");
	put_number(out, l->fore.c8);
	buf_puts(out, " on ");
	put_number(out, l->back.c8);
	put_attributes(out, &l->attr8);
	buf_puts(out, " | none:");
	put_attributes(out, &l->mono);
	buf_char(out, '\n');
}

/* On which screens it is, by their numbers; false: on none. */
static bool
put_where(struct buf *out, int style, int ground)
{
	bool any = false;
	for (size_t i = 0; i < shots_n; i++) {
		any = any || shots[i].there[style][ground];
		buf_char(out, shots[i].there[style][ground] ? (char)('1' + i) : '.');
	}
	return any;
}

static void
put_looks(struct buf *out, const struct theme *theme)
{
	buf_printf(out, "\n%s\n", theme->name);
	for (int style = 0; style < STYLE_COUNT; style++)
		for (int ground = 0; ground < STYLE_COUNT; ground++) {
			size_t start = out->n;
			if (!put_where(out, style, ground)) {
				out->n = start;
				continue;
			}
			struct buf pair = {0};
			buf_printf(&pair, "  %s on %s", style_names[style], style_names[ground]);
			text_pad(out, buf_view(&pair), PAIR);
			buf_finish(&pair);
			struct look look = theme_look(theme, (enum style)style, (enum style)ground);
			buf_puts(out, "  ");
			put_look(out, &look);
		}
}

static bool
put_theme(struct buf *out, const char *name)
{
	struct theme theme;
	struct diag_list problems;
	diag_start(&problems, name, theme_builtin(name));
	bool ok = theme_read(&theme, theme_builtin(name), &problems);
	if (ok) {
		put_looks(out, &theme);
		theme_finish(&theme);
	}
	diag_finish(&problems);
	return ok;
}

/* ---- compared with what was kept ---- */

static bool
read_file(const char *name, struct buf *out)
{
	char chunk[4096];
	size_t n;
	FILE *f = fopen(name, "rb");
	while (f && (n = fread(chunk, 1, sizeof chunk, f)) > 0)
		buf_put(out, chunk, n);
	return f && fclose(f) == 0;
}

static bool
same_as_kept(struct str is, const char *name)
{
	struct buf kept = {0};
	FILE *f = getenv("RENEW") ? fopen(name, "wb") : NULL;
	if (f) {
		bool written = fwrite(is.p, 1, is.n, f) == is.n;
		return fclose(f) == 0 && written;
	}
	bool same = read_file(name, &kept) && str_eq(is, buf_view(&kept));
	struct str was = buf_view(&kept);
	while (!same && (is.n || was.n)) {
		const char *a = is.n ? memchr(is.p, '\n', is.n) : NULL, *b = was.n ? memchr(was.p, '\n', was.n) : NULL;
		struct str x = str_upto(is, a ? (size_t)(a - is.p) : is.n), y = str_upto(was, b ? (size_t)(b - was.p) : was.n);
		if (!str_eq(x, y)) {
			printf("# is:  %.*s\n# was: %.*s\n", STR_ARG(x), STR_ARG(y));
			break;
		}
		is = str_from(is, x.n + (a != NULL));
		was = str_from(was, y.n + (b != NULL));
	}
	buf_finish(&kept);
	return same;
}

static void
play(char **argv)
{
	static char none[] = "/dev/null", name[] = "screen", english[] = "en";
	char *call[] = {name, argv[1], none, argv[3], english, argv[4], NULL};
	quietly(screen_main, 6, call);
}

int
main(int argc, char **argv)
{
	struct buf out = {0};
	if (argc != 5)
		return 1;
	play(argv);
	bool ok = shots_n >= 4;
	for (size_t i = 0; i < shots_n; i++)
		buf_printf(&out, "%zu %s\n", i + 1, shots[i].title);
	for (size_t i = 0; i < sizeof shown / sizeof *shown; i++)
		ok = put_theme(&out, shown[i]) && ok;
	ok = same_as_kept(buf_view(&out), argv[2]) && ok;
	printf("1..1\n%sok 1 - what is to be noticed looks as it did\n", ok ? "" : "not ");
	buf_finish(&out);
	return ok ? 0 : 1;
}
