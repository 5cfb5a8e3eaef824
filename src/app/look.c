/*
 * A console as its person wants it: the theme, the keys and the bells. The
 * terminal keeps its pointer to the theme; what stands there changes.
 */
#include <stdlib.h>

#include "dais/i18n.h"
#include "internal.h"
#include "screen.h"

static size_t
count(void *ctx)
{
	const struct screen *sc = ctx;
	return sc->themes.n;
}

static const char *
name(void *ctx, size_t i)
{
	const struct screen *sc = ctx;
	return sc->themes.items[i].name;
}

static size_t
shown(void *ctx)
{
	const struct screen *sc = ctx;
	return sc->theme_at;
}

static bool
show(void *ctx, size_t i, struct buf *why)
{
	struct screen *sc = ctx;
	struct theme next;
	if (!themes_load(&sc->themes, i, &next, false, why))
		return false;
	theme_finish(&sc->theme);
	sc->theme = next;
	sc->theme_at = i;
	sc->due = true;
	terminal_theme(sc->terminal, &sc->theme);
	return true;
}

void
look_open(struct screen *sc)
{
	struct buf why = {0};
	themes_find(&sc->themes);
	sc->problems = config_open(&sc->config, &sc->themes);
	const char *wanted = sc->config.theme ? sc->config.theme : theme_builtin_name(0);
	sc->theme_at = themes_at(&sc->themes, str_of(wanted));
	bool good = themes_load(&sc->themes, sc->theme_at, &sc->theme, true, &why);
	if (why.n)
		app_complain(buf_view(&why));
	buf_finish(&why);
	if (good)
		return;
	/* One's own in the place of the default may be broken too. */
	sc->problems++;
	sc->theme_at = 0;
	free(sc->themes.items[0].path);
	sc->themes.items[0].path = NULL;
	themes_load(&sc->themes, 0, &sc->theme, false, &why);
	buf_finish(&why);
}

void
look_give(struct screen *sc)
{
	struct ui_themes themes = {sc, count, name, shown, show};
	ui_themes(sc->ui, &themes);
	ui_ring(sc->ui, sc->config.bells);
	if (sc->config.keys)
		ui_bound(sc->ui, sc->config.keys);
}

/* What stands on standard error is behind the console, until it is left. */
void
look_say(struct screen *sc)
{
	if (sc->problems)
		ui_say(sc->ui,
			str_of(_("Some of your settings could not be used; you can read why when "
				 "you leave.")),
			true);
}

void
look_finish(struct screen *sc)
{
	theme_finish(&sc->theme);
	config_finish(&sc->config);
	themes_finish(&sc->themes);
}
