/*
 * The values of a theme file: colours by their numbers or by a name of the
 * palette, and attributes. Where a file names only true colours, the nearest
 * of 256 and of 8 are worked out here.
 */
#include "theme.h"

#include <stdlib.h>
#include <string.h>

#include "dais/i18n.h"

static const char *const attributes[] = {"bold", "dim", "italic", "underline", "reverse"};
static const char *const eight[] = {
	"black", "red", "green", "yellow", "blue", "magenta", "cyan", "white", "default"};
enum { EIGHT = 8, ATTRIBUTES = 5, NAMES_MAX = 256 };

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* ---- nearest colours ---- */

static int
distance(const struct colour *c, int r, int g, int b)
{
	/* The eye tells greens apart best and blues worst. */
	return 3 * (c->r - r) * (c->r - r) + 6 * (c->g - g) * (c->g - g) + (c->b - b) * (c->b - b);
}

/* The step of the 6×6×6 cube that is nearest: 0, 95, 135, 175, 215, 255. */
static int
cube_step(int v)
{
	return v < 48 ? 0 : v < 115 ? 1 : (v - 35) / 40;
}

static int
cube_value(int step)
{
	return step ? 55 + step * 40 : 0;
}

static short
nearest_256(const struct colour *c)
{
	int r = cube_step(c->r), g = cube_step(c->g), b = cube_step(c->b);
	int mean = (c->r + c->g + c->b) / 3;
	int grey = mean > 238 ? 23 : mean < 3 ? 0 : (mean - 3) / 10;
	int cube_far = distance(c, cube_value(r), cube_value(g), cube_value(b));
	int grey_far = distance(c, 8 + grey * 10, 8 + grey * 10, 8 + grey * 10);
	return (short)(grey_far < cube_far ? 232 + grey : 16 + 36 * r + 6 * g + b);
}

static short
nearest_8(const struct colour *c)
{
	short best = 0;
	int least = -1;
	for (int i = 0; i < EIGHT; i++) {
		int level = i == 7 ? 229 : 205;
		int far = distance(c, i & 1 ? level : 0, i & 2 ? level : 0, i & 4 ? level : 0);
		if (least < 0 || far < least) {
			least = far;
			best = (short)i;
		}
	}
	return best;
}

/* ---- words ---- */

void
theme_complain(const struct yaml_node *n, struct diag_list *l, const char *format)
{
	struct str word = n->kind == YAML_TEXT ? n->text : n->key ? n->key->text : STR_NONE;
	diag_error(l, n->at, n->length, format, &word, 1);
}

/* The place of the node's text among the words, or -1 and a problem that offers them. */
static int
read_word(const struct yaml_node *n, const char *const *words, size_t count, struct diag_list *l)
{
	for (size_t i = 0; n->kind == YAML_TEXT && i < count; i++)
		if (str_is(n->text, words[i]))
			return (int)i;
	struct buf all = {0};
	for (size_t i = 0; i < count; i++) {
		buf_puts(&all, i ? ", " : "");
		buf_puts(&all, words[i]);
	}
	const char *meant = n->kind == YAML_TEXT ? diag_meant(n->text, words, count) : NULL;
	struct str parts[] = {n->kind == YAML_TEXT ? n->text : STR("?"),
		meant ? str_of(meant) : buf_view(&all)};
	const char *hint = meant ? _("did you mean \"{1}\"?") : _("one of: {1}");
	diag_add(l, n->at, n->length, false, diag_text(_("\"{0}\" is not known here."), parts, 2),
		diag_text(hint, parts, 2));
	buf_finish(&all);
	return -1;
}

/* ---- colours ---- */

static int
hex_digit(char c)
{
	static const char digits[] = "0123456789abcdef";
	const char *at = c ? strchr(digits, c >= 'A' && c <= 'F' ? c + 32 : c) : NULL;
	return at ? (int)(at - digits) : -1;
}

/* "#7fc8ff" or default; false if it is neither. */
static bool
read_true(struct str s, struct colour *c)
{
	int v[6];
	if (str_is(s, "default"))
		return true;
	if (s.n != 7 || s.p[0] != '#')
		return false;
	for (size_t i = 0; i < 6; i++)
		if ((v[i] = hex_digit(s.p[i + 1])) < 0)
			return false;
	c->set = true;
	c->r = (unsigned char)(v[0] * 16 + v[1]);
	c->g = (unsigned char)(v[2] * 16 + v[3]);
	c->b = (unsigned char)(v[4] * 16 + v[5]);
	c->c256 = nearest_256(c);
	c->c8 = nearest_8(c);
	return true;
}

void
theme_read_fewer(const struct yaml_node *of256, const struct yaml_node *of8, struct colour *c,
	struct diag_list *l)
{
	int64_t v;
	if (of256 && of256->kind == YAML_TEXT && str_int(of256->text, &v) && v >= 0 && v <= 255)
		c->c256 = (short)v;
	else if (of256 && !(of256->kind == YAML_TEXT && str_is(of256->text, "default")))
		theme_complain(of256, l, _("This is a number from 0 to 255, or default."));
	else if (of256)
		c->c256 = -1;
	int word = of8 ? read_word(of8, eight, COUNT(eight), l) : -1;
	if (word >= 0)
		c->c8 = (short)(word < EIGHT ? word : -1);
}

/* One of the palette: ["#7fc8ff", 117, cyan], of which the last two may be left out. */
static bool
read_named(const struct yaml_node *n, struct colour *c, struct diag_list *l)
{
	const struct yaml_node *colour = n->kind == YAML_LIST ? n->first : n;
	if (!colour || colour->kind != YAML_TEXT || !read_true(colour->text, c))
		return false;
	const struct yaml_node *of256 = n->kind == YAML_LIST ? colour->next : NULL;
	const struct yaml_node *of8 = of256 ? of256->next : NULL;
	theme_read_fewer(of256, of8, c, l);
	return !of8 || !of8->next;
}

void
theme_check_palette(const struct yaml_node *palette, struct diag_list *l)
{
	if (palette && palette->kind != YAML_MAP)
		theme_complain(palette, l, _("A palette gives colours names: {sky: \"#7fc8ff\"}."));
	if (!palette || palette->kind != YAML_MAP)
		return;
	for (const struct yaml_node *n = palette->first; n; n = n->next) {
		struct colour unused = {0};
		if (str_is(n->key->text, "default"))
			theme_complain(n->key, l, _("This name means the terminal's own colour."));
		else if (!read_named(n, &unused, l))
			theme_complain(n, l,
				_("A colour of the palette is written [\"#7fc8ff\", 117, cyan]: true "
				  "colour, the nearest of 256, the nearest of eight; the last two "
				  "may be left out."));
	}
}

/* No colour, and no name of one. */
static void
tell_unknown(const struct yaml_node *n, const struct yaml_node *palette, struct diag_list *l)
{
	const char *names[NAMES_MAX];
	size_t count = 0;
	struct arena a = {0};
	for (const struct yaml_node *p = palette ? palette->first : NULL; p && count < NAMES_MAX;
		p = p->next)
		names[count++] = arena_str(&a, p->key->text).p;
	const char *meant = n->kind == YAML_TEXT ? diag_meant(n->text, names, count) : NULL;
	struct str arg = str_of(meant ? meant : "");
	diag_add(l, n->at, n->length, false,
		xstrdup(count ? _("A colour is written \"#7fc8ff\", in quotes, or default, or it is a "
				  "name of the palette.")
			      : _("A colour is written \"#7fc8ff\", in quotes, or default.")),
		meant ? diag_text(_("did you mean \"{0}\"?"), &arg, 1) : NULL);
	arena_finish(&a);
}

void
theme_read_colour(const struct yaml_node *n, const struct yaml_node *palette, struct colour *c,
	struct diag_list *l)
{
	if (!n || (n->kind == YAML_TEXT && read_true(n->text, c)))
		return;
	const struct yaml_node *named = palette && palette->kind == YAML_MAP ? palette->first : NULL;
	while (n->kind == YAML_TEXT && named && !str_eq(named->key->text, n->text))
		named = named->next;
	/* What is wrong with it was told where it stands. */
	struct diag_list told;
	diag_start(&told, "", STR_NONE);
	if (n->kind == YAML_TEXT && named)
		read_named(named, c, &told);
	else
		tell_unknown(n, palette && palette->kind == YAML_MAP ? palette : NULL, l);
	diag_finish(&told);
}

void
theme_read_attributes(const struct yaml_node *n, struct attributes *a, struct diag_list *l)
{
	bool *flags[ATTRIBUTES] = {&a->bold, &a->dim, &a->italic, &a->underline, &a->reverse};
	*a = (struct attributes){0};
	if (n->kind != YAML_LIST) {
		theme_complain(n, l, _("Attributes are a list: [bold, underline]."));
		return;
	}
	for (const struct yaml_node *v = n->first; v; v = v->next) {
		int word = read_word(v, attributes, ATTRIBUTES, l);
		if (word >= 0)
			*flags[word] = true;
	}
}
