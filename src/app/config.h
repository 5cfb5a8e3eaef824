/* What a person says once for all their consoles: a file of settings, a folder of themes. */
#pragma once

#include "dais/diag.h"
#include "dais/ui.h"

/* ---- config.yaml: config.c ---- */

struct config {
	char *theme, *language; /* owned; NULL: not said */
	struct ui_bells bells;
	struct ui_keys *keys; /* owned; NULL: none are bound */
};
/* What there is to be set, as paper says it. */
struct setting {
	const char *key, *value; /* value: in the words of a usage, N_() */
	const char *help;	 /* N_() */
	const char *example;	 /* lines of a file */
};
const struct setting *config_settings(size_t *n);
struct themes;
/* Its place, or SIZE_MAX. */
size_t themes_at(const struct themes *t, struct str name);
/* What is wrong is in l, and left out; the rest holds. themes: those that there are, or NULL. */
void config_read(struct config *out, struct str source, const struct themes *themes,
	struct diag_list *l);
void config_finish(struct config *c);

/* ---- where they lie: posix_config.c ---- */

/* The folder, whether it is there or not; owned, or NULL where there is no home. */
char *config_folder(void);
/* The environment names a language; asked before i18n_start(), which may name one too. */
bool config_language_asked(void);
/* Takes the language from the file. */
void config_language(void);
/* Reads it and tells every problem on standard error; how many there were. */
size_t config_open(struct config *out, const struct themes *themes);

/* ---- themes that there are: posix_themes.c ---- */

struct themes {
	struct theme_place {
		char *name, *path; /* owned; path NULL: it comes with the program */
	} *items;		   /* owned; the program's first, each name once */
	size_t n, cap;
};
void themes_find(struct themes *out);
void themes_finish(struct themes *t);
/*
 * Reads the i-th into out. False where that cannot be done: with `all`, every
 * problem is appended to why as it is shown on standard error, otherwise the
 * first as a sentence. A warning does not stop a theme.
 */
bool themes_load(const struct themes *t, size_t i, struct theme *out, bool all, struct buf *why);
