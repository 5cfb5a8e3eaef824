/* gettext, kept in one file: the catalogue, its language, and filling in sentences. */
#include <langinfo.h>
#include <libintl.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>

#include "dais/i18n.h"

#define DOMAIN "dais"

/* The first of the variables that name a message language; the order is that of setlocale(3). */
static const char *
wanted_language(void)
{
	static const char *const names[] = {"LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"};
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		const char *value = getenv(names[i]);
		if (value && *value)
			return value;
	}
	return NULL;
}

/* In the C locale glibc knows at once that nothing is translated; otherwise it looks for a catalogue
 * that is not there, for every word and again. */
static void
rest_without_catalogue(void)
{
	const char *tag = "language-tag";
	if (dgettext(DOMAIN, tag) == tag)
		setlocale(LC_MESSAGES, "C");
}

void
i18n_start(const char *folder)
{
	const char *wanted = wanted_language();
	bool plain = wanted && (!strcmp(wanted, "C") || !strcmp(wanted, "POSIX"));
	if (!setlocale(LC_ALL, "") || strcmp(nl_langinfo(CODESET), "UTF-8") != 0) {
		setlocale(LC_ALL, "C.UTF-8");
		if (wanted && !plain)
			setenv("LANGUAGE", wanted, 1);
	}
	/* glibc translates nothing in the C locale, and the decimal point is no matter of taste in
	 * a log. */
	setlocale(LC_NUMERIC, "C");
	bindtextdomain(DOMAIN, folder);
	bind_textdomain_codeset(DOMAIN, "UTF-8");
	textdomain(DOMAIN);
	rest_without_catalogue();
}

void
i18n_language(const char *tag)
{
	if (!tag || !*tag) {
		unsetenv("LANGUAGE");
	} else {
		char name[32];
		size_t n = strlen(tag);
		if (n >= sizeof name)
			return;
		for (size_t i = 0; i <= n; i++)
			name[i] = tag[i] == '-' ? '_' : tag[i];
		setenv("LANGUAGE", name, 1);
	}
	const char *now = setlocale(LC_MESSAGES, NULL);
	if (!now || !strcmp(now, "C") || !strcmp(now, "POSIX"))
		setlocale(LC_MESSAGES, "C.UTF-8");
	textdomain(DOMAIN); /* makes glibc forget which language it chose */
	rest_without_catalogue();
}

bool
i18n_chinese(void)
{
	/* TRANSLATORS: the language tag of this catalogue, such as zh_CN. */
	return strncmp(_("language-tag"), "zh", 2) == 0;
}

const char *
i18n_text(const char *text)
{
	return *text ? dgettext(DOMAIN, text) : text;
}

const char *
i18n_plural(const char *one, const char *many, unsigned long n)
{
	return dngettext(DOMAIN, one, many, n);
}
