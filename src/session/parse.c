/*
 * Reads a command by its row in the table.
 *
 * Text (the t of `args`) is meant to be typed without thinking, so the rest of
 * the line is taken as it stands, quotes, backslashes and blanks inside it too:
 *  - options are found wherever they stand behind a blank, and cut out with the
 *    blanks around them; what stood on both sides is joined by one blank;
 *  - other words with two dashes in the midst of a text are text, unless they
 *    look like a slip for an option;
 *  - a -- before the text ends the options: all behind it is text;
 *  - where the text begins with a word that is quoted as a whole ("…" or '…')
 *    and nothing but options follows, the quotes are taken off.
 * In words that were parted already, each is taken as it is, joined by a blank.
 */
#include "dais/command.h"

#include <string.h>

#include "dais/i18n.h"
#include "dais/utf8.h"
#include "parse.h"

/* Where the text from `at` on ends: behind the last character before an option or the end of the
 * line. */
static size_t
text_end(struct parse *p, size_t at)
{
	size_t end = at;
	while (at < p->line.n) {
		size_t blank = typed_blank(str_from(p->line, at));
		at += blank ? blank : 1;
		if (!blank)
			end = at;
		else if (option_in_text(p, str_from(p->line, at)))
			return end;
	}
	return end;
}

/* The text begins with a word that is quoted as a whole, and nothing but options follows. */
static bool
take_quoted(struct parse *p, struct str *text)
{
	char c = p->line.p[p->at];
	if (p->ended || (c != '"' && c != '\''))
		return false;
	struct typed_word w = typed_take(p->line, p->at, p->a);
	if (!w.closed || !w.whole)
		return false;
	size_t start = p->at;
	struct str rest;
	p->at = w.end;
	*text = w.text;
	if (!parse_more(p, &rest) || option_in_text(p, rest))
		return true;
	p->at = start;
	return false;
}

/* Takes the text, which begins here: options before it were taken already. */
static enum refusal
take_text(struct parse *p)
{
	struct buf text = {0};
	struct str rest, part;
	bool any = false;
	enum refusal no = REFUSAL_NONE;
	while (!no && parse_more(p, &rest)) {
		bool option = p->words || !any ? option_next(p) : option_in_text(p, rest);
		if (option) {
			no = option_take(p);
			continue;
		}
		if (p->words) {
			part = p->words[p->at++];
		} else if (any || !take_quoted(p, &part)) {
			size_t end = text_end(p, p->at);
			part = (struct str){p->line.p + p->at, end - p->at};
			p->at = end;
		}
		if (any)
			buf_char(&text, ' ');
		buf_str(&text, part);
		any = true;
	}
	p->out->text = arena_str(p->a, buf_view(&text));
	buf_finish(&text);
	return no;
}

static enum refusal
read_where(struct parse *p, const struct typed_word *w)
{
	static const char *const known[] = {"up", "down", "top"};
	static const enum command_place places[] = {PLACE_UP, PLACE_DOWN, PLACE_TOP};
	struct str word = parse_fold(p, w->text);
	for (size_t i = 0; i < 3; i++)
		if (str_is(word, known[i]))
			p->out->where = places[i];
	if (p->out->where != PLACE_UNSET)
		return REFUSAL_NONE;
	p->out->where = PLACE_NUMBER;
	if (str_int(word, &p->out->place) && p->out->place > 0 && p->out->place < EVENT_INT_MAX)
		return REFUSAL_NONE;
	return parse_refuse_word(p, w->start, N_("“{0}” is none of {1}, and no place from 1 on"),
		N_("“{0}” is unknown; did you mean {1}?"), w->text, "", known, 3);
}

static enum refusal
read_arg(struct parse *p, char letter, const struct typed_word *w)
{
	struct command *c = p->out;
	int64_t number;
	switch (letter) {
	case 'b':
		c->back = !w->quoted && str_is(parse_fold(p, w->text), "back");
		c->person = c->back ? STR_NONE : w->text;
		return REFUSAL_NONE;
	case 'p':
		c->person = w->text;
		return REFUSAL_NONE;
	case 'm':
		c->name = w->text;
		return REFUSAL_NONE;
	case 's':
		c->id = str_int(parse_fold(p, w->text), &number) ? parse_fold(p, w->text) : w->text;
		return REFUSAL_NONE;
	case 'e':
		return parse_number(p, w->start, w->text, &c->number);
	case 'n':
		return parse_list(p, w->start, w->text, &c->names);
	case 'w':
		return read_where(p, w);
	case 'o':
		return parse_enum(p, w->start, w->text, WORDS_ORDER, &c->order);
	case 'i':
		return parse_enum(p, w->start, w->text, WORDS_INTERRUPT, &c->interrupt);
	default:
		return parse_duration(p, w->start, w->text, letter == 'D');
	}
}

/* Takes the argument that the row has next at `*spec`, which moves on. */
static enum refusal
take_arg(struct parse *p, const char **spec)
{
	char letter = **spec;
	struct typed_word w;
	enum refusal no = letter == 't' ? take_text(p) : parse_word(p, &w);
	if (no)
		return no;
	if (letter == 0 || letter == '-')
		return parse_refuse(p, w.start,
			N_("“{0}” is one word too many; put a name with blanks in quotes"), w.text,
			STR_NONE);
	*spec += 1 + ((*spec)[1] == '?');
	return letter == 't' ? REFUSAL_NONE : read_arg(p, letter, &w);
}

static enum refusal
refuse_short(struct parse *p)
{
	struct buf usage = {0};
	buf_puts(&usage, p->row->noun);
	buf_char(&usage, ' ');
	buf_puts(&usage, p->row->word);
	buf_char(&usage, ' ');
	buf_puts(&usage, p->row->usage);
	enum refusal no = parse_refuse(
		p, p->line.n, N_("something is missing: {0}"), buf_view(&usage), STR_NONE);
	buf_finish(&usage);
	return no;
}

static enum refusal
take_args(struct parse *p)
{
	const char *spec = p->row->args;
	struct str rest;
	enum refusal no = REFUSAL_NONE;
	while (!no && parse_more(p, &rest)) {
		no = option_next(p) ? option_take(p) : take_arg(p, &spec);
		spec += *spec == ' ';
	}
	if (no || *spec == 0 || *spec == '-' || spec[1] == '?')
		return no;
	return refuse_short(p);
}

/* Takes the two words, or the one. */
static enum refusal
take_row(struct parse *p)
{
	const char *known[CMD_COUNT];
	size_t n = 0;
	struct typed_word w = {0};
	struct str rest, noun, word;
	enum refusal no = parse_word(p, &w);
	if (no)
		return no;
	noun = parse_fold(p, w.text);
	const struct command_row *rows = command_rows();
	for (int i = 0; i < CMD_COUNT; i++) {
		if (str_is(noun, rows[i].noun))
			known[n++] = rows[i].word;
		if (str_is(noun, rows[i].noun) && !rows[i].word[0])
			p->row = &rows[i];
	}
	if (n == 0) {
		for (int i = 0; i < CMD_COUNT; i++)
			if (i == 0 || strcmp(rows[i].noun, rows[i - 1].noun) != 0)
				known[n++] = rows[i].noun;
		return parse_refuse_word(p, w.start, N_("there is no “{0}”, only {1}"),
			N_("there is no “{0}”; did you mean {1}?"), noun, "", known, n);
	}
	if (p->row)
		return REFUSAL_NONE;
	if (!parse_more(p, &rest))
		return parse_refuse_among(
			p, p->line.n, N_("{0} what? There are {1}"), noun, "", known, n);
	no = parse_word(p, &w);
	if (no)
		return no;
	word = parse_fold(p, w.text);
	for (int i = 0; i < CMD_COUNT; i++)
		if (str_is(noun, rows[i].noun) && str_is(word, rows[i].word))
			p->row = &rows[i];
	if (p->row)
		return REFUSAL_NONE;
	return parse_refuse_word(p, w.start, N_("there is no “{0}” here, only {1}"),
		N_("there is no “{0}” here; did you mean {1}?"), word, "", known, n);
}

static enum refusal
take_all(struct parse *p)
{
	struct str rest;
	size_t bad;
	*p->out = (struct command){.basis = EVENT_NO, .number = EVENT_NO};
	*p->no = (struct refused){0};
	if (!utf8_valid(p->line, &bad))
		return parse_refuse(p, bad, N_("this is not UTF-8"), STR_NONE, STR_NONE);
	for (size_t i = 0; i < p->count; i++)
		if (!utf8_valid(p->words[i], NULL))
			return parse_refuse(p, i, N_("this is not UTF-8"), STR_NONE, STR_NONE);
	if (!parse_more(p, &rest))
		return parse_refuse(p, 0, N_("there is no command here"), STR_NONE, STR_NONE);
	enum refusal no = take_row(p);
	if (no)
		return no;
	p->out->verb = p->row->verb;
	return take_args(p);
}

enum refusal
command_parse(struct str line, struct arena *a, struct command *out, struct refused *no)
{
	struct parse p = {.a = a, .out = out, .no = no, .line = line};
	return take_all(&p);
}

enum refusal
command_parse_words(
	const struct str *words, size_t n, struct arena *a, struct command *out, struct refused *no)
{
	static const struct str none = {NULL, 0};
	struct parse p = {.a = a, .out = out, .no = no, .words = n ? words : &none, .count = n};
	return take_all(&p);
}
