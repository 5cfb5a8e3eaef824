/* Where the settings of a person lie, and what becomes of them at the start of a console. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "config.h"
#include "internal.h"

enum { CONFIG_MAX = 1 << 20 };

char *
config_folder(void)
{
	const char *base = getenv("XDG_CONFIG_HOME"), *home = getenv("HOME");
	struct buf path = {0};
	if (base && *base == '/')
		buf_puts(&path, base);
	else if (home && *home == '/')
		buf_printf(&path, "%s/.config", home);
	else
		return NULL;
	buf_puts(&path, "/" APP_NAME);
	return path.p;
}

/* The file's path, owned, and its text. Negative where it cannot be read; a file that is not there is an empty one. */
static int
read_file(char **path, struct buf *text)
{
	struct buf whole = {0};
	char *folder = config_folder();
	*path = NULL;
	if (!folder)
		return 0;
	buf_printf(&whole, "%s/config.yaml", folder);
	free(folder);
	*path = whole.p;
	int error = file_read(whole.p, CONFIG_MAX, text);
	return error == -ENOENT || error == -ENOTDIR ? 0 : error;
}

/* LANG is what a machine says of everybody; the others are asked for. */
bool
config_language_asked(void)
{
	static const char *const names[] = {"LANGUAGE", "LC_ALL", "LC_MESSAGES"};
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		const char *value = getenv(names[i]);
		if (value && *value)
			return true;
	}
	return false;
}

void
config_language(void)
{
	struct config c;
	struct buf text = {0};
	struct diag_list unsaid;
	char *path;
	int error = read_file(&path, &text);
	diag_start(&unsaid, "", buf_view(&text));
	if (!error && text.n) {
		config_read(&c, buf_view(&text), NULL, &unsaid);
		if (c.language)
			i18n_language(c.language);
		config_finish(&c);
	}
	diag_finish(&unsaid);
	buf_finish(&text);
	free(path);
}

size_t
config_open(struct config *out, const struct themes *themes)
{
	struct buf text = {0}, said = {0};
	struct diag_list l;
	char *path;
	int error = read_file(&path, &text);
	if (error)
		APP_ERROR("{0}: {1}", str_of(path), str_of(file_why(error)));
	diag_start(&l, path ? path : "", error ? STR_NONE : buf_view(&text));
	config_read(out, l.source, themes, &l);
	diag_render(&said, &l);
	if (said.n)
		app_complain(buf_view(&said));
	size_t problems = l.n + (error != 0);
	diag_finish(&l);
	buf_finish(&said);
	buf_finish(&text);
	free(path);
	return problems;
}
