/*
 * libyaml's complaints in words that help whoever wrote the file. Its messages
 * have been the same for years, so a table translates them; what commonly goes
 * wrong in a file typed with a Chinese keyboard is looked for in the line
 * itself, and told there.
 */
#include <stdlib.h>
#include <string.h>

#include "dais/i18n.h"
#include "dais/utf8.h"
#include "yaml_parts.h"

struct words {
	const char *context; /* part of it, or NULL for any */
	const char *problem; /* part of it, or NULL for any */
	bool noticed;        /* where libyaml noticed it is the better place */
	const char *text, *hint;
};

static const char quote_it[] = N_("put the value in quotes: \"…\"");
static const char blanks[] = N_("indent with blanks");

static const struct words table[] = {
	{NULL, "tab character", true, N_("A tab stands where blanks should."), blanks},
	{NULL, "could not find expected ':'", false, N_("This line is no \"key: value\"."),
		N_("write the key, a colon, a blank and the value")},
	{NULL, "block sequence entries are not allowed", true,
		N_("A list cannot begin on the line of its key."),
		N_("write [a, b], or each \"- \" on a line of its own")},
	{NULL, "mapping keys are not allowed", true, N_("A value cannot begin with \"? \"."),
		quote_it},
	{NULL, "mapping values are not allowed", true, N_("A second \": \" stands in one value."),
		quote_it},
	{NULL, "cannot start any token", true, N_("A value cannot begin with this character."),
		quote_it},
	{"directive", NULL, false, N_("A line cannot begin with \"%\"."), quote_it},
	{NULL, "incompatible YAML document", true, N_("Directives (\"%YAML\") are not read."),
		N_("delete the line")},
	{"scanning an anchor", NULL, false, N_("A value cannot begin with \"&\"."), quote_it},
	{"scanning an alias", NULL, false, N_("A value cannot begin with \"*\"."), quote_it},
	{"a tag", NULL, false, N_("A value cannot begin with \"!\"."), quote_it},
	{NULL, "tag handle", false, N_("A value cannot begin with \"!\"."), quote_it},
	{"block scalar", NULL, true, N_("Nothing may stand behind \"|\" or \">\" on this line."),
		N_("begin the text on the next line, or put it in quotes")},
	{"quoted scalar", "end of stream", false, N_("This quote is never closed."),
		N_("end the text with the same quote")},
	{"quoted scalar", "document indicator", false, N_("This quote is never closed."),
		N_("end the text with the same quote")},
	{"quoted scalar", NULL, true,
		N_("In double quotes \"\\\" begins a code, and this is none."),
		N_("write \\\\, or use single quotes")},
	{"plain scalar", "unexpected ':'", true, N_("A colon cannot stand here."), quote_it},
	{"flow sequence", NULL, false,
		N_("This \"[\" is not closed, or a comma is missing behind it."),
		N_("write [a, b]")},
	{"flow mapping", NULL, false,
		N_("This \"{\" is not closed, or a comma is missing behind it."),
		N_("write {key: value, key: value}")},
	{NULL, "node content", true, N_("A value is missing here."), NULL},
	{NULL, "document start", true, N_("This does not belong to what stands above."), quote_it},
};

static const char aligned[] = N_("This line is not lined up with the lines above.");
static const char align[] = N_("give the keys of one group the same blanks in front");

/* The line of that number, without its end. */
static struct str
line_of(struct str text, int number)
{
	size_t at = 0;
	for (int line = 1; line < number && at < text.n; at++) {
		if (text.p[at] == '\n' ||
			(text.p[at] == '\r' && (at + 1 == text.n || text.p[at + 1] != '\n')))
			line++;
	}
	size_t end = at;
	while (end < text.n && text.p[end] != '\n' && text.p[end] != '\r')
		end++;
	return (struct str){text.p ? text.p + at : "", end - at};
}

static int
column_of(struct str line, size_t offset)
{
	int column = 1;
	for (size_t i = 0; i < offset; i++)
		column += (line.p[i] & 0xc0) != 0x80;
	return column;
}

static bool
has_at(struct str line, size_t at, const char *what)
{
	return str_starts(str_from(line, at), str_of(what));
}

/* Behind the blanks, dashes and brackets that a line begins with. */
static size_t
indent_of(struct str line)
{
	size_t at = 0;
	while (at < line.n && strchr(" -{[", line.p[at]))
		at++;
	return at;
}

static size_t
word_end(struct str line, size_t at)
{
	static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_-";
	while (at < line.n && line.p[at] && strchr(letters, line.p[at]))
		at++;
	return at;
}

static bool
wide_blank(struct str line, size_t at)
{
	return has_at(line, at, "\u3000") || has_at(line, at, "\u00a0");
}

struct suspect {
	size_t at; /* byte offset in the line */
	const char *text, *hint;
};

/* What commonly goes wrong at the beginning of a line, in front of its value. */
static bool
look_at_key(struct str line, struct suspect *s)
{
	size_t word = indent_of(line), end = word_end(line, word);
	if (has_at(line, word, "\t"))
		*s = (struct suspect){word, N_("A tab stands where blanks should."), blanks};
	else if (wide_blank(line, word))
		*s = (struct suspect){word, N_("A blank of this kind does not indent."), blanks};
	else if (end > word && has_at(line, end, "："))
		*s = (struct suspect){
			end, N_("This colon is full-width."), N_("write \":\" and a blank")};
	else if (end > word && has_at(line, end, ":") && end + 1 < line.n &&
		 !strchr(" \t/", line.p[end + 1]))
		*s = (struct suspect){end, N_("A plain blank must follow the colon."), NULL};
	else
		return false;
	return true;
}

/* And in the value; full-width quotes and commas are right in many a line that stands before a
 * wrong one. */
static bool
look_at_value(struct str line, struct suspect *s)
{
	size_t word = indent_of(line), end = word_end(line, word);
	size_t value = has_at(line, end, ": ") ? end + 1 : word;
	while (value < line.n && line.p[value] == ' ')
		value++;
	if (has_at(line, value, "“") || has_at(line, value, "”") || has_at(line, value, "＂")) {
		*s = (struct suspect){
			value, N_("This quote is full-width."), N_("write straight quotes: \"…\"")};
		return true;
	}
	bool inside = false;
	for (size_t at = 0; at < line.n; at++) {
		inside |= line.p[at] == '{' || line.p[at] == '[';
		if (!inside || !has_at(line, at, "，"))
			continue;
		*s = (struct suspect){
			at, N_("This comma is full-width."), N_("write \",\" and a blank")};
		return true;
	}
	return false;
}

/* A line that was taken for the end of the value before it shows its mistake one line late. */
static bool
look_around(struct str text, struct diag_place *at, bool late, struct suspect *s)
{
	struct str here = line_of(text, at->line);
	bool found = look_at_key(here, s) || look_at_value(here, s);
	if (!found && late && at->line > 1) {
		here = line_of(text, at->line - 1);
		found = look_at_key(here, s);
		at->line -= found;
	}
	if (found)
		at->column = column_of(here, s->at);
	return found;
}

static bool
contains(const char *text, const char *part)
{
	return !part || (text && strstr(text, part));
}

static const struct words *
words_for(const struct yaml_complaint *c)
{
	for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
		if (contains(c->context, table[i].context) &&
			contains(c->problem, table[i].problem))
			return &table[i];
	}
	return NULL;
}

/* True if nothing but a key stands before the place: then what is wrong is the indentation. */
static bool
only_key_before(struct str line, int column)
{
	size_t word = indent_of(line), end = word_end(line, word);
	return column_of(line, word) == column || (end > word && column_of(line, end) == column);
}

static void
tell(struct diag_list *l, struct diag_place at, const char *text, const char *hint)
{
	diag_add(l, at, 1, false, xstrdup(_(text)), hint ? xstrdup(_(hint)) : NULL);
}

void
yaml_complain(const struct yaml_complaint *c, struct str text, struct diag_list *l)
{
	const struct words *w = words_for(c);
	bool shape = !w || strstr(c->problem, "mapping values");
	struct diag_place at = !w || w->noticed ? c->at : c->from;
	struct suspect s;
	bool quoted = w && contains(c->context, "quoted") && !w->noticed;
	if (!quoted && look_around(text, &at, shape, &s)) {
		tell(l, at, s.text, s.hint);
		return;
	}
	struct str line = line_of(text, at.line);
	if (shape && only_key_before(line, at.column))
		tell(l, (struct diag_place){at.line, column_of(line, indent_of(line))}, aligned,
			align);
	else if (w)
		tell(l, at, w->text, w->hint);
	else if (contains(c->problem, "did not find expected"))
		tell(l, at, N_("This does not fit behind what stands before it."),
			N_("put the whole value in quotes: '…'"));
	else
		diag_error(l, at, 1, _("This is no YAML: {0}."), (struct str[]){str_of(c->problem)},
			1);
}
