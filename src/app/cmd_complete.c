/*
 * dais complete: what may stand where a shell's person types, a line each with
 * what it is behind a tab; and, as tables, what a page of paper says of the
 * commands. Asked by programs, so it has no place in the overview, and complains
 * of nothing.
 */
#include <stdlib.h>
#include <string.h>

#include "dais/link.h"
#include "dais/replay.h"
#include "dais/report.h"
#include "dais/text.h"
#include "dais/ui.h"
#include "config.h"
#include "joined.h"
#include "live.h"

struct completing {
	struct buf out;
	struct str typed; /* the word at the caret */
};

static void
offer(struct completing *c, struct str text, struct str help)
{
	if (!str_starts(text, c->typed))
		return;
	text_clean(&c->out, text);
	buf_char(&c->out, '\t');
	text_clean(&c->out, help);
	buf_char(&c->out, '\n');
}

/* A shell knows files better than we do: it is told of which kind. */
static void
offer_files(struct completing *c, const char *ending)
{
	buf_printf(&c->out, "\t%s\n", ending);
}

static void
offer_session(void *ctx, struct str name, struct str log)
{
	offer(ctx, name, log);
}

/* ---- what an option takes, what a command takes ---- */

static const struct {
	const char *option;
	const char *words[8]; /* or sessions, or files */
	bool sessions;
	const char *files; /* of which ending, or NULL */
} values[] = {
	{"--session", {NULL}, true, NULL},
	{"--format", {NULL}, false, NULL},
	{"--lang", {"en", "zh-CN"}, false, NULL},
	{"--output", {NULL}, false, "*"},
	{"--log", {NULL}, false, "dais"},
	{"--as", {"online-chair", "scribe", "observer", "chair"}, false, NULL},
	{"--rehearse", {"10x", "20x", "60x"}, false, NULL},
	{"--pace", {"1", "2", "4", "8", "16", "32", "64"}, false, NULL},
};

static void
offer_value(struct completing *c, const char *option)
{
	for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
		if (strcmp(values[i].option, option) != 0)
			continue;
		for (size_t k = 0; k < 8 && values[i].words[k]; k++)
			offer(c, str_of(values[i].words[k]), STR_NONE);
		if (values[i].sessions)
			place_list(offer_session, c);
		if (values[i].files)
			offer_files(c, values[i].files);
	}
	for (int f = 0; !strcmp(option, "--format") && f < REPORT_FORMAT_COUNT; f++)
		offer(c, str_of(report_format_text((enum report_format)f)), STR_NONE);
}

static void
offer_words(struct completing *c, const char *sub)
{
	static const struct {
		const char *sub, *ending; /* NULL: sessions */
	} takes[] = {{"new", "yaml"}, {"check", "yaml"}, {"run", "yaml"}, {"report", "dais"},
		{"replay", "dais"}, {"verify", "dais"}, {"amend", "dais"}, {"merge", "dais"}, {"join", NULL},
		{"stage", NULL}, {"stdio", NULL}};
	for (size_t i = 0; i < sizeof takes / sizeof *takes; i++) {
		if (strcmp(takes[i].sub, sub) != 0)
			continue;
		if (takes[i].ending)
			offer_files(c, takes[i].ending);
		else
			place_list(offer_session, c);
	}
}

/* ---- the command language, with the people of the session that runs ---- */

struct log_of {
	const char *name; /* of a session that runs; NULL: the only one */
	char *log;	  /* owned */
	size_t n;
};

static void
note_log(void *ctx, struct str name, struct str log)
{
	struct log_of *x = ctx;
	if (x->name && !str_is(name, x->name))
		return;
	x->n++;
	free(x->log);
	x->log = str_dup(log);
}

/* What a shell's word is: the quotes of the command language are not its own. */
static struct str
without_quotes(struct arena *a, struct str s)
{
	if (s.n < 2 || (s.p[0] != '"' && s.p[0] != '\''))
		return s;
	struct buf plain = {0};
	for (size_t i = 1; i + 1 < s.n; i++) {
		if (s.p[i] == '\\' && s.p[0] == '"' && i + 2 < s.n)
			i++;
		buf_char(&plain, s.p[i]);
	}
	struct str kept = arena_str(a, buf_view(&plain));
	buf_finish(&plain);
	return kept;
}

/* log: NULL for that of the session. */
static void
offer_command(struct completing *c, const char *log, const char *session, char *const *words, int n)
{
	struct log_of where = {.name = session, .log = log ? xstrdup(log) : NULL, .n = log != NULL};
	struct recall r = {0};
	struct buf line = {0};
	struct arena a = {0};
	struct ui_offer *found;
	for (int i = 0; i < n; i++) {
		command_quote(&line, str_of(words[i]));
		buf_char(&line, ' ');
	}
	buf_str(&line, c->typed);
	if (!log)
		place_list(note_log, &where);
	bool read = where.n == 1 && recall_read(&r, where.log, false) == 0;
	struct session *none = read ? NULL : session_create();
	size_t count = ui_complete(read ? r.session : none, buf_view(&line), &a, &found);
	/* They fit what was typed in ways of their own: by pinyin, by a part of a name. */
	c->typed = STR_NONE;
	for (size_t i = 0; i < count; i++)
		offer(c, without_quotes(&a, str_trim(found[i].text)), found[i].help);
	session_destroy(none);
	if (read)
		recall_finish(&r);
	free(where.log);
	arena_finish(&a);
	buf_finish(&line);
}

/* ---- the words of the command line ---- */

static const struct subcommand *
sub_of(const char *name)
{
	size_t n;
	const struct subcommand *subs = app_subcommands(&n);
	for (size_t i = 0; i < n; i++)
		if (!strcmp(subs[i].name, name))
			return &subs[i];
	return NULL;
}

static const struct option *
option_of(const struct subcommand *sub, const char *word)
{
	for (size_t i = 0; i < sub->options_n; i++) {
		const struct option *o = &sub->options[i];
		if (!strcmp(o->name, word) || (o->short_name && !strcmp(o->short_name, word)))
			return o;
	}
	return NULL;
}

static void
offer_options(struct completing *c, const struct subcommand *sub)
{
	for (size_t i = 0; i < sub->options_n; i++)
		offer(c, str_of(sub->options[i].name), str_of(_(sub->options[i].help)));
	offer(c, STR("--help"), STR_NONE);
}

static void
offer_subcommands(struct completing *c)
{
	size_t n;
	const struct subcommand *subs = app_subcommands(&n);
	for (size_t i = 0; i < n; i++)
		offer(c, str_of(subs[i].name), str_of(_(subs[i].help)));
	offer(c, STR("--help"), STR_NONE);
	offer(c, STR("--version"), STR_NONE);
}

static void
offer_behind(struct completing *c, const struct subcommand *sub, char *const *words, int n)
{
	const char *session = NULL;
	for (int i = 0; i < n; i++) {
		const struct option *o = option_of(sub, words[i]);
		if (!o && sub->words_last) {
			bool log = sub->words_last > 1;
			offer_command(c, log ? words[i] : NULL, session, words + i + log, n - i - log);
			return;
		}
		if (!o || !o->value)
			continue;
		if (++i == n) {
			offer_value(c, o->name);
			return;
		}
		if (!strcmp(o->name, "--session"))
			session = words[i];
	}
	if (c->typed.n && c->typed.p[0] == '-')
		offer_options(c, sub);
	else if (sub->words_last == 1)
		offer_command(c, NULL, session, words, 0);
	else
		offer_words(c, sub->name);
}

/* ---- tables for paper: rows of fields with tabs between ---- */

static void
put_row(struct buf *out, const char *what, const char *const *fields, size_t n)
{
	buf_puts(out, what);
	for (size_t i = 0; i < n; i++) {
		buf_char(out, '\t');
		for (const char *p = fields[i] ? fields[i] : ""; *p; p++)
			buf_char(out, *p == '\n' || *p == '\t' ? ' ' : *p);
	}
	buf_char(out, '\n');
}
#define ROW(out, what, ...)                                                                        \
	put_row(out, what, (const char *const[]){__VA_ARGS__},                                     \
		sizeof((const char *const[]){__VA_ARGS__}) / sizeof(char *))

/* A text of several lines: a row each. */
static void
put_lines(struct buf *out, const char *what, const char *text)
{
	for (const char *end; *text; text = end + 1) {
		end = strchr(text, '\n');
		char *line = str_dup((struct str){text, (size_t)(end - text)});
		ROW(out, what, line);
		free(line);
	}
}

static void
tables(struct buf *out)
{
	size_t n;
	const struct subcommand *subs = app_subcommands(&n);
	for (size_t i = 0; i < n; i++) {
		ROW(out, "subcommand", subs[i].name, _(subs[i].usage), _(subs[i].help),
			subs[i].more ? _(subs[i].more) : "");
		for (size_t k = 0; k < subs[i].options_n; k++) {
			const struct option *o = &subs[i].options[k];
			ROW(out, "option", o->name, o->short_name, o->value ? _(o->value) : "",
				_(o->help));
		}
	}
	const struct command_row *rows = command_rows();
	for (size_t i = 0; i < CMD_COUNT; i++)
		ROW(out, "command", rows[i].noun, rows[i].word, _(rows[i].usage), _(rows[i].help));
	const struct replay_row *replays = replay_rows(&n);
	for (size_t i = 0; i < n; i++)
		ROW(out, "replay", replays[i].word, _(replays[i].usage), _(replays[i].help));
	for (size_t i = 0; i < share_commands_n; i++)
		ROW(out, "console", share_commands[i].word, _(share_commands[i].usage),
			_(share_commands[i].help));
	for (size_t i = 0; i < join_commands_n; i++)
		ROW(out, "joined", join_commands[i].word, _(join_commands[i].usage),
			_(join_commands[i].help));
	const struct setting *settings = config_settings(&n);
	for (size_t i = 0; i < n; i++)
		ROW(out, "setting", settings[i].key, _(settings[i].value), _(settings[i].help));
	for (size_t i = 0; i < n; i++)
		put_lines(out, "sample", settings[i].example);
	for (size_t i = 0; theme_builtin_name(i); i++)
		ROW(out, "theme", theme_builtin_name(i));
	for (size_t i = 0; ui_bind_act(i); i++)
		ROW(out, "act", ui_bind_act(i));
	struct ui_offer key;
	for (size_t i = 0; ui_key_at(i, &key); i++) {
		char *shown = str_dup(key.text), *help = str_dup(key.help);
		ROW(out, "key", shown, help);
		free(shown);
		free(help);
	}
}

int
cmd_complete(int n, char *const *words)
{
	struct completing c = {0};
	const struct subcommand *sub = n > 1 ? sub_of(words[0]) : NULL;
	c.typed = n ? str_of(words[n - 1]) : STR_NONE;
	if (n == 1 && !strcmp(words[0], "--tables"))
		tables(&c.out);
	else if (n <= 1)
		offer_subcommands(&c);
	else if (sub)
		offer_behind(&c, sub, words + 1, n - 2);
	if (c.out.n)
		app_print(buf_view(&c.out));
	buf_finish(&c.out);
	return DAIS_OK;
}
