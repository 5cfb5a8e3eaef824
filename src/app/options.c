/* The command line: one table of subcommands, from which parsing, --help and the overview follow.
 */
#include <stdlib.h>
#include <string.h>

#include "dais/diag.h"
#include "dais/text.h"
#include "internal.h"

static void
put_padded(struct buf *out, const char *left, int columns)
{
	int width = text_width(str_of(left));
	buf_puts(out, left);
	buf_fill(out, ' ', width < columns ? (size_t)(columns - width) : 1);
}

enum { LINE = 80, HELP_AT = 26 };

/* From column `left` on, broken where the language breaks; a line end stays one. */
static void
put_wrapped(struct buf *out, struct str s, int left)
{
	while (s.n) {
		const char *newline = memchr(s.p, '\n', s.n);
		struct str paragraph = newline ? str_upto(s, (size_t)(newline - s.p)) : s;
		size_t n = text_break(paragraph, LINE - left);
		buf_str(out, str_trim(str_upto(paragraph, n)));
		buf_char(out, '\n');
		s = str_from(s, n);
		while (s.n && *s.p == ' ')
			s = str_from(s, 1);
		if (newline && s.p == newline)
			s = str_from(s, 1);
		if (s.n)
			buf_fill(out, ' ', (size_t)left);
	}
}

static void
put_option(struct buf *out, const struct option *o)
{
	struct buf left = {0};
	buf_puts(&left, "  ");
	if (o->short_name) {
		buf_puts(&left, o->short_name);
		buf_puts(&left, ", ");
	}
	buf_puts(&left, o->name);
	if (o->value) {
		buf_char(&left, ' ');
		buf_puts(&left, _(o->value));
	}
	put_padded(out, left.p, HELP_AT);
	put_wrapped(out, str_of(_(o->help)), HELP_AT);
	buf_finish(&left);
}

void
options_help(const struct subcommand *sub)
{
	struct buf out = {0};
	buf_puts(&out, _("usage: "));
	buf_puts(&out, APP_NAME " ");
	buf_puts(&out, sub->name);
	if (*sub->usage) {
		buf_char(&out, ' ');
		buf_puts(&out, _(sub->usage));
	}
	buf_puts(&out, "\n\n");
	put_wrapped(&out, str_of(_(sub->help)), 0);
	if (sub->more) {
		buf_char(&out, '\n');
		put_wrapped(&out, str_of(_(sub->more)), 0);
	}
	buf_char(&out, '\n');
	for (size_t i = 0; i < sub->options_n; i++)
		put_option(&out, &sub->options[i]);
	put_option(&out, &(struct option){"--help", "-h", NULL, N_("shows this")});
	app_print(buf_view(&out));
	buf_finish(&out);
}

void
options_overview(void)
{
	struct buf out = {0}, left = {0};
	size_t n;
	const struct subcommand *subs = app_subcommands(&n);
	buf_puts(&out, _("usage: "));
	buf_puts(&out, APP_NAME " ");
	buf_puts(&out, _("COMMAND [ARGUMENTS]"));
	buf_puts(&out, "\n\n");
	put_wrapped(&out,
		str_of(_("Chairs a live debate from a terminal: who speaks, for how long, who "
			 "waits, what was said.")),
		0);
	buf_char(&out, '\n');
	for (size_t i = 0; i < n; i++) {
		buf_reset(&left);
		buf_puts(&left, "  ");
		buf_puts(&left, subs[i].name);
		put_padded(&out, left.p, 12);
		buf_puts(&out, _(subs[i].help));
		buf_char(&out, '\n');
	}
	buf_char(&out, '\n');
	buf_puts(&out, _("dais COMMAND --help tells more. The first thing to try: dais demo"));
	buf_char(&out, '\n');
	app_print(buf_view(&out));
	buf_finish(&out);
	buf_finish(&left);
}

static int
wrong(const struct subcommand *sub, const char *format, struct str arg, const char *meant)
{
	struct buf text = {0};
	struct str args[] = {arg, str_of(meant ? meant : "")};
	i18n_fill(&text, format, args, 2);
	log_error("%s: %s", sub->name, text.p);
	buf_finish(&text);
	return DAIS_USAGE;
}

static const char *
nearest(const struct subcommand *sub, struct str word)
{
	const char **names = xcalloc(sub->options_n + 1, sizeof *names);
	for (size_t i = 0; i < sub->options_n; i++)
		names[i] = sub->options[i].name;
	names[sub->options_n] = "--help";
	const char *meant = diag_meant(word, names, sub->options_n + 1);
	free(names);
	return meant;
}

static const struct option *
find(const struct subcommand *sub, const char *word, size_t *place, const char **value)
{
	const char *equals = strchr(word, '=');
	struct str name = equals ? (struct str){word, (size_t)(equals - word)} : str_of(word);
	for (size_t i = 0; i < sub->options_n; i++) {
		const struct option *o = &sub->options[i];
		if (!str_is(name, o->name) && !(o->short_name && str_is(name, o->short_name)))
			continue;
		*place = i;
		*value = equals ? equals + 1 : NULL;
		return o;
	}
	return NULL;
}

/* Reads options and words; negative to run the subcommand, otherwise the exit code. */
static int
parse(const struct subcommand *sub, int argc, char **argv, struct arguments *out)
{
	bool words = false;
	for (int i = 0; i < argc; i++) {
		const char *value = NULL;
		size_t place = 0;
		if (words || argv[i][0] != '-' || !argv[i][1]) {
			out->rest[out->rest_n++] = argv[i];
			words = words || (sub->words_last && out->rest_n >= sub->words_last);
			continue;
		}
		if (!strcmp(argv[i], "--")) {
			words = true;
			continue;
		}
		if (!strcmp(argv[i], "--help") || !strcmp(argv[i], "-h")) {
			options_help(sub);
			return DAIS_OK;
		}
		const struct option *o = find(sub, argv[i], &place, &value);
		const char *meant = o ? NULL : nearest(sub, str_of(argv[i]));
		if (!o)
			return wrong(sub,
				meant ? _("there is no option {0}. Did you mean {1}?")
				      : _("there is no option {0}; --help lists them"),
				str_of(argv[i]), meant);
		if (value && !o->value)
			return wrong(sub, _("{0} takes no value"), str_of(o->name), NULL);
		if (o->value && !value) {
			if (i + 1 == argc)
				return wrong(sub, _("{0} needs a value"), str_of(o->name), NULL);
			value = argv[++i];
		}
		out->values[place] = o->value ? value : "";
	}
	if (out->rest_n < sub->least)
		return wrong(sub, _("something is missing: dais {1} {0}"), str_of(_(sub->usage)), sub->name);
	if (sub->most >= 0 && out->rest_n > sub->most)
		return wrong(sub,
			!sub->most && nearest(sub, STR("--session"))
				? _("{0} is one word too many. A session is named by -s {0}")
				: _("{0} is one word too many"),
			str_of(out->rest[sub->most]), NULL);
	return -1;
}

int
options_run(const struct subcommand *sub, int argc, char **argv)
{
	struct arguments args = {.values = xcalloc(sub->options_n + 1, sizeof *args.values),
		.rest = xcalloc((size_t)argc + 1, sizeof *args.rest)};
	int code = parse(sub, argc, argv, &args);
	if (code < 0)
		code = sub->run(&args);
	free(args.values);
	free(args.rest);
	return code;
}
