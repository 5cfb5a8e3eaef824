/*
 * A theme file as looks of styles. Strict: a colour that is misspelt is a
 * problem with a place, not a grey screen.
 */
#include "theme.h"

#include <stdlib.h>
#include <string.h>

#include "dais/i18n.h"

static const char *const top_keys[] = {"name", "author", "description", "palette", "styles"};
static const char *const look_keys[] = {
	"fg", "bg", "256", "bg256", "8", "bg8", "attr", "attr8", "mono"};

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* ---- the themes that come with the program ---- */

/* The default first. */
#define THEMES(X)                                                                                  \
	X(dark, "dark") X(light, "light") X(contrast, "contrast") X(safe_dark, "safe-dark")        \
	X(safe_light, "safe-light") X(solar, "solar") X(ember, "ember") X(mono, "mono")
#define X(id, name)                                                                                \
	extern const unsigned char theme_##id[];                                                   \
	extern const size_t theme_##id##_size;
THEMES(X)
#undef X

struct builtin {
	const char *name;
	const unsigned char *bytes;
	const size_t *size;
};
static const struct builtin builtins[] = {
#define X(id, name) {name, theme_##id, &theme_##id##_size},
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

/* ---- the file ---- */

static void
read_attributes(const struct yaml_node *n, struct look *look, struct diag_list *l)
{
	const struct yaml_node *all = yaml_get(n, "attr"), *of8 = yaml_get(n, "attr8");
	if (all)
		theme_read_attributes(all, &look->attr, l);
	look->attr8 = look->attr;
	if (of8)
		theme_read_attributes(of8, &look->attr8, l);
}

static void
read_look(const struct yaml_node *n, const struct yaml_node *palette, struct look *look,
	struct diag_list *l)
{
	if (n->kind != YAML_MAP) {
		theme_complain(n, l, _("A style is written {fg: \"#7fc8ff\", attr: [bold]}."));
		return;
	}
	yaml_only(n, look_keys, COUNT(look_keys), l);
	theme_read_colour(yaml_get(n, "fg"), palette, &look->fore, l);
	theme_read_colour(yaml_get(n, "bg"), palette, &look->back, l);
	theme_read_fewer(yaml_get(n, "256"), yaml_get(n, "8"), &look->fore, l);
	theme_read_fewer(yaml_get(n, "bg256"), yaml_get(n, "bg8"), &look->back, l);
	read_attributes(n, look, l);
}

static bool
is_bare(const struct colour *c)
{
	return !c->set && c->c256 < 0 && c->c8 < 0;
}

/* Without colours a style looks as the file says, or else as it does in mono. */
static void
read_mono(const struct yaml_node *styles, struct theme *t, struct diag_list *l)
{
	static const char ours[] = "mono";
	struct arena a = {0};
	struct diag_list none;
	struct str source = theme_builtin(ours);
	diag_start(&none, ours, source);
	const struct yaml_node *plain = yaml_get(yaml_read(&a, source, &none), "styles");
	for (int i = 0; i < STYLE_COUNT; i++) {
		const char *name = style_name((enum style)i);
		const struct yaml_node *n = yaml_get(styles, name);
		const struct yaml_node *mono = n && n->kind == YAML_MAP ? yaml_get(n, ours) : NULL;
		if (mono)
			theme_read_attributes(mono, &t->looks[i].mono, l);
		else if ((n = yaml_get(yaml_get(plain, name), "attr")) != NULL)
			theme_read_attributes(n, &t->looks[i].mono, &none);
	}
	diag_finish(&none);
	arena_finish(&a);
}

static void
read_styles(const struct yaml_node *styles, const struct yaml_node *palette, struct theme *t,
	struct diag_list *l)
{
	const char *names[STYLE_COUNT];
	for (int i = 0; i < STYLE_COUNT; i++)
		names[i] = style_name((enum style)i);
	yaml_only(styles, names, STYLE_COUNT, l);
	for (int i = 0; i < STYLE_COUNT; i++) {
		struct look *look = &t->looks[i];
		const struct yaml_node *n = yaml_get(styles, names[i]);
		if (n)
			read_look(n, palette, look, l);
		/* What a file does not say about a style's text is as it is for all text. */
		const struct yaml_node *fg = n && n->kind == YAML_MAP ? yaml_get(n, "fg") : NULL;
		if (!fg && is_bare(&look->fore))
			look->fore = t->looks[STYLE_TEXT].fore;
	}
	/* What must be noticed is so in a theme that knows nothing of it, too. */
	if (!yaml_get(styles, style_name(STYLE_ALARM))) {
		struct look *alarm = &t->looks[STYLE_ALARM];
		*alarm = t->looks[STYLE_ALERT];
		alarm->attr.reverse = alarm->attr8.reverse = true;
	}
	read_mono(styles, t, l);
}

static char *
read_text(const struct yaml_node *top, const char *key, struct diag_list *l)
{
	const struct yaml_node *n = yaml_get(top, key);
	if (n && n->kind != YAML_TEXT)
		theme_complain(n, l, _("\"{0}\" is a text."));
	return str_dup(n && n->kind == YAML_TEXT ? n->text : STR_NONE);
}

static void
read_top(const struct yaml_node *top, struct theme *out, struct diag_list *l)
{
	size_t before = l->errors;
	const struct yaml_node *palette = yaml_get(top, "palette"), *styles = yaml_get(top, "styles");
	yaml_only(top, top_keys, COUNT(top_keys), l);
	out->name = read_text(top, "name", l);
	out->author = read_text(top, "author", l);
	out->description = read_text(top, "description", l);
	if (out->name[0] == 0 && l->errors == before)
		diag_error(l, top->at, 1, _("The theme has no name."), NULL, 0);
	theme_check_palette(palette, l);
	if (!styles || styles->kind != YAML_MAP)
		diag_error(l, styles ? styles->at : top->at, 1, _("The theme has no styles."), NULL, 0);
	else
		read_styles(styles, palette, out, l);
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
	if (top && top->kind != YAML_MAP)
		theme_complain(top, l, _("A theme begins with its name: \"name: …\"."));
	else if (top)
		read_top(top, out, l);
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
