/*
 * The settings of a person, from the text of their file. It stands here and not
 * in a room below, since what it names lies in several of them: themes and keys
 * are the screen's, command lines the session's, the language everybody's; and
 * only this room sees them all. It opens no file, so that any text can be tried.
 */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "dais/i18n.h"
#include "dais/yaml.h"

static const char *const languages[] = {"en", "zh-CN"};
static const char *const bells[] = {"warn", "up", "overtime"};

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* A problem at n, with the word that was meant, or those that there are. */
static void
tell_word(const struct yaml_node *n, const char *format, const char *const *words, size_t count,
	struct diag_list *l)
{
	struct buf all = {0};
	for (size_t i = 0; i < count; i++) {
		buf_puts(&all, i ? ", " : "");
		buf_puts(&all, words[i]);
	}
	struct str word = n->kind == YAML_TEXT ? n->text : STR("?");
	const char *meant = n->kind == YAML_TEXT ? diag_meant(word, words, count) : NULL;
	struct str hint = meant ? str_of(meant) : buf_view(&all);
	diag_add(l, n->at, n->length, false, diag_text(format, &word, 1),
		diag_text(meant ? _("did you mean \"{0}\"?") : _("one of: {0}"), &hint, 1));
	buf_finish(&all);
}

static bool
is_text(const struct yaml_node *n, const char *word)
{
	return n->kind == YAML_TEXT && str_is(n->text, word);
}

/* ---- theme and language ---- */

size_t
themes_at(const struct themes *t, struct str name)
{
	for (size_t i = 0; i < t->n; i++)
		if (str_is(name, t->items[i].name))
			return i;
	return SIZE_MAX;
}

static void
read_theme(const struct yaml_node *n, const struct themes *themes, struct config *out,
	struct diag_list *l)
{
	if (!n)
		return;
	if (n->kind != YAML_TEXT || !n->text.n) {
		diag_error(l, n->at, n->length, _("A theme is named: \"theme: dark\"."), NULL, 0);
		return;
	}
	if (!themes || themes_at(themes, n->text) != SIZE_MAX) {
		out->theme = str_dup(n->text);
		return;
	}
	const char **names = xcalloc(themes->n + 1, sizeof *names);
	for (size_t i = 0; i < themes->n; i++)
		names[i] = themes->items[i].name;
	tell_word(n, _("There is no theme \"{0}\"."), names, themes->n, l);
	free(names);
}

static void
read_language(const struct yaml_node *n, const struct themes *themes, struct config *out, struct diag_list *l)
{
	(void)themes;
	if (!n)
		return;
	for (size_t i = 0; i < COUNT(languages); i++)
		if (is_text(n, languages[i]))
			out->language = xstrdup(languages[i]);
	if (!out->language && (is_text(n, "zh") || is_text(n, "zh_CN")))
		out->language = xstrdup("zh-CN");
	if (!out->language)
		tell_word(n, _("The console does not speak \"{0}\"."), languages, COUNT(languages), l);
}

/* ---- bells ---- */

static void
ring(struct ui_bells *which, size_t i)
{
	bool *flags[] = {&which->warn, &which->up, &which->overtime};
	*flags[i] = true;
}

static void
read_bells(const struct yaml_node *n, const struct themes *themes, struct config *c, struct diag_list *l)
{
	struct ui_bells *out = &c->bells;
	(void)themes;
	*out = (struct ui_bells){true, true, true};
	if (!n || is_text(n, "on"))
		return;
	*out = (struct ui_bells){0};
	if (is_text(n, "off"))
		return;
	bool good = n->kind != YAML_MAP;
	const struct yaml_node *one = n->kind == YAML_LIST ? n->first : n;
	for (; good && one; one = n->kind == YAML_LIST ? one->next : NULL) {
		bool known = false;
		for (size_t i = 0; i < COUNT(bells); i++) {
			if (!is_text(one, bells[i]))
				continue;
			ring(out, i);
			known = true;
		}
		if (!known)
			tell_word(one, _("There is no bell \"{0}\"."), bells, COUNT(bells), l);
	}
	if (!good)
		diag_error(l, n->at, n->length,
			_("Bells are on, off, or a list: [warn, up, overtime]."), NULL, 0);
}

/* ---- keys ---- */

static void
read_key(const struct yaml_node *n, struct ui_keys *keys, struct diag_list *l)
{
	struct buf why = {0}, hint = {0};
	if (n->kind != YAML_TEXT) {
		if (!n->told)
			diag_error(l, n->at, n->length,
				_("A key is bound to one command line: F5: \"floor next\"."), NULL, 0);
		return;
	}
	enum ui_bind done = ui_bind(keys, n->key->text, n->text, &why, &hint);
	const struct yaml_node *at = done == BIND_NO_KEY ? n->key : n;
	if (done != BIND_DONE)
		diag_add(l, at->at, at->length, false, str_dup(buf_view(&why)),
			hint.n ? str_dup(buf_view(&hint)) : NULL);
	buf_finish(&why);
	buf_finish(&hint);
}

static void
read_keys(const struct yaml_node *n, const struct themes *themes, struct config *out, struct diag_list *l)
{
	(void)themes;
	if (!n)
		return;
	if (n->kind != YAML_MAP) {
		diag_error(l, n->at, n->length,
			_("Keys are bound so: {F5: \"floor next\", g: note}."), NULL, 0);
		return;
	}
	out->keys = ui_keys_create();
	for (const struct yaml_node *key = n->first; key; key = key->next)
		read_key(key, out->keys, l);
}

/* ---- the file ---- */

static const struct setting settings[] = {
	{"theme", N_("NAME"),
		N_("The colours that a console begins with: a theme that comes with the program, or a "
		   "file in dais/themes. In the console t shows the next one and T a list."),
		"theme: ember\n"},
	{"language", "en|zh-CN",
		N_("What the program speaks. LANGUAGE, LC_ALL and LC_MESSAGES come first, LANG behind it."),
		"language: zh-CN\n"},
	{"bells", "on|off|[warn, up, overtime]",
		N_("Which alarms ring: at the warnings of a turn, when its time is up, and again and again "
		   "in overtime. All of them, if nothing is said. A sign is shown in any case."),
		"bells: [up, overtime]\n"},
	{"keys", N_("{KEY: LINE, …}"),
		N_("What keys do in the panes. KEY is a character or Space, Enter, Tab, F1 to F12, PgUp, "
		   "Home and the like, with Ctrl- or Alt- before it. LINE is a line of the command "
		   "language, in which @ is the chosen entry of the queue, or the name of an act; none "
		   "takes a key away. Esc and ? keep their meaning."),
		"keys:\n  F5: floor next\n  Ctrl-n: segment next\n  Alt-x: queue remove @\n  g: note\n  x: none\n"},
};
typedef void read_fn(
	const struct yaml_node *n, const struct themes *themes, struct config *out, struct diag_list *l);
static read_fn *const readers[] = {read_theme, read_language, read_bells, read_keys};
_Static_assert(COUNT(readers) == COUNT(settings), "a setting that nobody reads");

const struct setting *
config_settings(size_t *n)
{
	*n = COUNT(settings);
	return settings;
}

void
config_read(struct config *out, struct str source, const struct themes *themes,
	struct diag_list *l)
{
	struct arena a = {0};
	*out = (struct config){.bells = {true, true, true}};
	const struct yaml_node *top = yaml_read(&a, source, l);
	if (top && top->kind != YAML_MAP) {
		diag_error(l, top->at, top->length, _("Settings are written \"theme: dark\", one a line."),
			NULL, 0);
	} else if (top) {
		const char *keys[COUNT(settings)];
		for (size_t i = 0; i < COUNT(settings); i++)
			keys[i] = settings[i].key;
		yaml_only(top, keys, COUNT(keys), l);
		for (size_t i = 0; i < COUNT(settings); i++)
			readers[i](yaml_get(top, settings[i].key), themes, out, l);
	}
	arena_finish(&a);
}

void
config_finish(struct config *c)
{
	free(c->theme);
	free(c->language);
	ui_keys_destroy(c->keys);
	*c = (struct config){0};
}
