/*
 * A theme file as looks of styles. Strict: a colour that is misspelt is a
 * problem with a place, not a grey screen. Where a file names only true
 * colours, the nearest of 256 and of 8 are worked out.
 */
#include "internal.h"

#include <stdlib.h>
#include <string.h>

#include "dais/diag.h"
#include "dais/i18n.h"
#include "dais/yaml.h"

static const char *const top_keys[] = {"name", "author", "description", "styles"};
static const char *const look_keys[] = {"fg", "bg", "256", "bg256", "8", "bg8", "attr"};
static const char *const attributes[] = {"bold", "dim", "italic", "underline", "reverse"};
static const char *const eight[] = {
	"black", "red", "green", "yellow", "blue", "magenta", "cyan", "white", "default"};
enum { EIGHT = 8, ATTRIBUTES = 5 };

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
	for (short i = 0; i < EIGHT; i++) {
		int level = i == 7 ? 229 : 205;
		int far = distance(c, i & 1 ? level : 0, i & 2 ? level : 0, i & 4 ? level : 0);
		if (least < 0 || far < least) {
			least = far;
			best = i;
		}
	}
	return best;
}

/* ---- values ---- */

static void
complain(const struct yaml_node *n, struct diag_list *l, const char *format)
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

static int
hex_digit(char c)
{
	static const char digits[] = "0123456789abcdef";
	const char *at = c ? strchr(digits, c >= 'A' && c <= 'F' ? c + 32 : c) : NULL;
	return at ? (int)(at - digits) : -1;
}

static void
read_colour(const struct yaml_node *n, struct colour *c, struct diag_list *l)
{
	if (!n || (n->kind == YAML_TEXT && str_is(n->text, "default")))
		return;
	int v[6];
	bool good = n->kind == YAML_TEXT && n->text.n == 7 && n->text.p[0] == '#';
	for (size_t i = 0; good && i < 6; i++) {
		v[i] = hex_digit(n->text.p[i + 1]);
		good = v[i] >= 0;
	}
	if (!good) {
		complain(n, l, _("A colour is written \"#7fc8ff\", in quotes, or default."));
		return;
	}
	c->set = true;
	c->r = (unsigned char)(v[0] * 16 + v[1]);
	c->g = (unsigned char)(v[2] * 16 + v[3]);
	c->b = (unsigned char)(v[4] * 16 + v[5]);
	c->c256 = nearest_256(c);
	c->c8 = nearest_8(c);
}

static void
read_palette(const struct yaml_node *of256, const struct yaml_node *of8, struct colour *c,
	struct diag_list *l)
{
	int64_t v;
	if (of256 && of256->kind == YAML_TEXT && str_int(of256->text, &v) && v <= 255)
		c->c256 = (short)v;
	else if (of256 && !(of256->kind == YAML_TEXT && str_is(of256->text, "default")))
		complain(of256, l, _("This is a number from 0 to 255, or default."));
	else if (of256)
		c->c256 = -1;
	int word = of8 ? read_word(of8, eight, COUNT(eight), l) : -1;
	if (word >= 0)
		c->c8 = (short)(word < EIGHT ? word : -1);
}

static void
read_attributes(const struct yaml_node *n, struct look *look, struct diag_list *l)
{
	bool *flags[ATTRIBUTES] = {
		&look->bold, &look->dim, &look->italic, &look->underline, &look->reverse};
	if (!n)
		return;
	if (n->kind != YAML_LIST) {
		complain(n, l, _("Attributes are a list: [bold, underline]."));
		return;
	}
	for (const struct yaml_node *v = n->first; v; v = v->next) {
		int word = read_word(v, attributes, ATTRIBUTES, l);
		if (word >= 0)
			*flags[word] = true;
	}
}

/* ---- the file ---- */

static void
read_look(const struct yaml_node *n, struct look *look, struct diag_list *l)
{
	if (n->kind != YAML_MAP) {
		complain(n, l, _("A style is written {fg: \"#7fc8ff\", attr: [bold]}."));
		return;
	}
	yaml_only(n, look_keys, COUNT(look_keys), l);
	read_colour(yaml_get(n, "fg"), &look->fore, l);
	read_colour(yaml_get(n, "bg"), &look->back, l);
	read_palette(yaml_get(n, "256"), yaml_get(n, "8"), &look->fore, l);
	read_palette(yaml_get(n, "bg256"), yaml_get(n, "bg8"), &look->back, l);
	read_attributes(yaml_get(n, "attr"), look, l);
}

static bool
is_bare(const struct colour *c)
{
	return !c->set && c->c256 < 0 && c->c8 < 0;
}

static void
read_styles(const struct yaml_node *styles, struct theme *t, struct diag_list *l)
{
	const char *names[STYLE_COUNT];
	for (int i = 0; i < STYLE_COUNT; i++)
		names[i] = style_name((enum style)i);
	yaml_only(styles, names, STYLE_COUNT, l);
	for (int i = 0; i < STYLE_COUNT; i++) {
		struct look *look = &t->looks[i];
		const struct yaml_node *n = yaml_get(styles, names[i]);
		if (n)
			read_look(n, look, l);
		/* What a file does not say about a style's text is as it is for all text. */
		const struct yaml_node *fg = n && n->kind == YAML_MAP ? yaml_get(n, "fg") : NULL;
		if (!fg && is_bare(&look->fore))
			look->fore = t->looks[STYLE_TEXT].fore;
	}
}

static char *
read_text(const struct yaml_node *top, const char *key, struct diag_list *l)
{
	const struct yaml_node *n = yaml_get(top, key);
	if (n && n->kind != YAML_TEXT)
		complain(n, l, _("\"{0}\" is a text."));
	return str_dup(n && n->kind == YAML_TEXT ? n->text : STR_NONE);
}

bool
theme_read(struct theme *out, struct str source, struct diag_list *l)
{
	struct arena a = {0};
	size_t before = l->errors;
	*out = (struct theme){0};
	for (int i = 0; i < STYLE_COUNT; i++) {
		struct look *look = &out->looks[i];
		look->fore.c256 = look->fore.c8 = look->back.c256 = look->back.c8 = -1;
	}
	const struct yaml_node *top = yaml_read(&a, source, l);
	if (top && top->kind != YAML_MAP) {
		complain(top, l, _("A theme begins with its name: \"name: …\"."));
		top = NULL;
	}
	if (top) {
		yaml_only(top, top_keys, COUNT(top_keys), l);
		out->name = read_text(top, "name", l);
		out->author = read_text(top, "author", l);
		out->description = read_text(top, "description", l);
		const struct yaml_node *styles = yaml_get(top, "styles");
		if (out->name[0] == 0 && l->errors == before)
			diag_error(l, top->at, 1, _("The theme has no name."), NULL, 0);
		if (!styles || styles->kind != YAML_MAP)
			diag_error(l, styles ? styles->at : top->at, 1,
				_("The theme has no styles."), NULL, 0);
		else
			read_styles(styles, out, l);
	}
	arena_finish(&a);
	if (top && l->errors == before)
		return true;
	theme_finish(out);
	return false;
}

void
theme_finish(struct theme *t)
{
	free(t->name);
	free(t->author);
	free(t->description);
	*t = (struct theme){0};
}

/* ---- looks ---- */

struct look
theme_look(const struct theme *t, enum style style, enum style ground)
{
	struct look look = t->looks[style];
	const struct look *under = &t->looks[ground];
	look.reverse |= under->reverse;
	if (ground != STYLE_TEXT || is_bare(&look.back))
		look.back = under->back;
	if (is_bare(&look.back))
		look.back = t->looks[STYLE_TEXT].back;
	return look;
}

/* ---- the themes that come with the program ---- */

#define THEMES(X) X(dark) X(light) X(mono)
#define X(name)                                                                                    \
	extern const unsigned char theme_##name[];                                                 \
	extern const size_t theme_##name##_size;
THEMES(X)
#undef X

struct builtin {
	const char *name;
	const unsigned char *bytes;
	const size_t *size;
};
static const struct builtin builtins[] = {
#define X(name) {#name, theme_##name, &theme_##name##_size},
	THEMES(X)
#undef X
};

struct str
theme_builtin(const char *name)
{
	for (size_t i = 0; i < COUNT(builtins); i++)
		if (strcmp(builtins[i].name, name) == 0)
			return (struct str){(const char *)builtins[i].bytes, *builtins[i].size};
	return STR_NONE;
}

const char *
theme_builtin_name(size_t i)
{
	return i < COUNT(builtins) ? builtins[i].name : NULL;
}
