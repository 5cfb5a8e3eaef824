/* The options of commands, as a table; a row of the language says which it takes. */
#include <string.h>

#include "dais/diag.h"
#include "dais/i18n.h"
#include "parse.h"

enum option_kind {
	OPTION_FLAG,
	OPTION_ATTENDING,
	OPTION_TEXT,
	OPTION_WORD,
	OPTION_DURATION,
	OPTION_LIST,
	OPTION_SEQ,
	OPTION_TURN /* 0 is none at all */
};

struct option {
	const char *name;
	enum option_kind kind;
	size_t offset;     /* in struct command */
	unsigned detail;   /* the set of words, or the enumerator */
	const char *other; /* the option that excludes it */
};

#define AT(member) offsetof(struct command, member)

static const struct option options[] = {
	{"about", OPTION_TEXT, AT(about), 0, NULL},
	{"affiliation", OPTION_TEXT, AT(affiliation), 0, NULL},
	{"as", OPTION_WORD, AT(as), WORDS_AS, NULL},
	{"basis", OPTION_SEQ, AT(basis), 0, NULL},
	{"by", OPTION_LIST, AT(names), 0, NULL},
	{"carry", OPTION_FLAG, AT(carry), 0, "leave"},
	{"for", OPTION_DURATION, AT(duration), 0, NULL},
	{"leave", OPTION_FLAG, AT(leave), 0, "carry"},
	{"link", OPTION_WORD, AT(link), WORDS_LINK, NULL},
	{"mark", OPTION_WORD, AT(mark), WORDS_MARK, NULL},
	{"name", OPTION_TEXT, AT(name), 0, NULL},
	{"online", OPTION_ATTENDING, AT(attending), ATTENDING_ONLINE, "site"},
	{"override", OPTION_FLAG, AT(override), 0, NULL},
	{"person", OPTION_TEXT, AT(person), 0, NULL},
	{"plain", OPTION_FLAG, AT(plain), 0, NULL},
	{"role", OPTION_WORD, AT(role), WORDS_ROLE, NULL},
	{"site", OPTION_ATTENDING, AT(attending), ATTENDING_SITE, "online"},
	{"title", OPTION_TEXT, AT(title), 0, NULL},
	{"to", OPTION_TEXT, AT(to), 0, NULL},
	{"top", OPTION_FLAG, AT(top), 0, NULL},
	{"turn", OPTION_TURN, AT(turn), 0, NULL},
	{"why", OPTION_TEXT, AT(why), 0, NULL},
};

enum { OPTION_COUNT = sizeof options / sizeof options[0] };

bool
option_next(struct parse *p)
{
	struct str rest;
	return !p->ended && parse_more(p, &rest) && typed_dashes(rest) > 0;
}

/* Parts the text of an option behind its dashes into name and, behind the first =, value; true if
 * there is one. */
static bool
split_option(struct str text, struct str *name, struct str *value)
{
	uint32_t code;
	size_t at = 0;
	for (size_t n; (n = typed_read(str_from(text, at), &code)) > 0; at += n) {
		if (code == '=' || typed_blank(str_from(text, at))) {
			*name = str_upto(text, at);
			*value = str_from(text, at + n);
			return code == '=';
		}
	}
	*name = text;
	*value = STR_NONE;
	return false;
}

static bool
row_takes(const struct command_row *row, const char *name)
{
	if (strcmp(name, "basis") == 0)
		return true;
	size_t n = strlen(name);
	for (const char *s = row->args; (s = strstr(s, "--")) != NULL;) {
		s += 2;
		if (strncmp(s, name, n) == 0 && (s[n] == 0 || s[n] == ' '))
			return true;
	}
	return false;
}

/* The option of this row that is called so, or NULL. */
static const struct option *
find_option(const struct parse *p, struct str name)
{
	for (size_t i = 0; i < OPTION_COUNT; i++)
		if (str_is(name, options[i].name) && row_takes(p->row, options[i].name))
			return &options[i];
	return NULL;
}

static size_t
known_options(const struct parse *p, const char **known)
{
	size_t n = 0;
	for (size_t i = 0; i < OPTION_COUNT; i++)
		if (row_takes(p->row, options[i].name))
			known[n++] = options[i].name;
	return n;
}

static enum refusal
set_option(struct parse *p, const struct option *o, size_t at, struct str value)
{
	void *to = (char *)p->out + o->offset;
	switch (o->kind) {
	case OPTION_FLAG:
		*(bool *)to = true;
		return REFUSAL_NONE;
	case OPTION_ATTENDING:
		p->out->attending = (enum event_attending)o->detail;
		return REFUSAL_NONE;
	case OPTION_TEXT:
		*(struct str *)to = arena_str(p->a, value);
		return REFUSAL_NONE;
	case OPTION_WORD:
		return parse_enum(p, at, value, (enum words)o->detail, to);
	case OPTION_DURATION:
		return parse_duration(p, at, value, false);
	case OPTION_LIST:
		return parse_list(p, at, arena_str(p->a, value), to);
	case OPTION_SEQ:
	case OPTION_TURN:
		break;
	}
	enum refusal no = parse_number(p, at, value, to);
	if (!no && o->kind == OPTION_TURN && !p->out->turn)
		p->out->turn = EVENT_NO;
	return no;
}

static enum refusal
check_option(struct parse *p, const struct option *o, size_t at, bool has_value)
{
	struct str name = str_of(o->name);
	bool flag = o->kind == OPTION_FLAG || o->kind == OPTION_ATTENDING;
	if (p->given >> (o - options) & 1)
		return parse_refuse(p, at, N_("--{0} stands here twice"), name, STR_NONE);
	p->given |= (uint32_t)1 << (o - options);
	const struct option *other = o->other ? find_option(p, str_of(o->other)) : NULL;
	if (other && p->given >> (other - options) & 1)
		return parse_refuse(
			p, at, N_("--{0} and --{1} cannot both be"), name, str_of(o->other));
	struct str rest;
	if (flag && has_value)
		return parse_refuse(p, at, N_("--{0} takes no value"), name, STR_NONE);
	if (!flag && !has_value && (!parse_more(p, &rest) || option_next(p)))
		return parse_refuse(p, at, N_("--{0} needs a value"), name, STR_NONE);
	return REFUSAL_NONE;
}

/* Takes an option with its value, or the -- that ends them. */
enum refusal
option_take(struct parse *p)
{
	struct typed_word w;
	enum refusal no = parse_word(p, &w);
	if (no)
		return no;
	struct str name, value;
	bool has_value = split_option(str_from(w.text, typed_dashes(w.text)), &name, &value);
	p->ended = name.n == 0 && !has_value;
	if (p->ended)
		return REFUSAL_NONE;
	name = parse_fold(p, name);
	const struct option *o = find_option(p, name);
	if (!o) {
		const char *known[OPTION_COUNT];
		size_t n = known_options(p, known);
		return parse_refuse_word(p, w.start, N_("there is no --{0} here, only {1}"),
			N_("there is no --{0}; did you mean {1}?"), name, "--", known, n);
	}
	no = check_option(p, o, w.start, has_value);
	if (no)
		return no;
	bool flag = o->kind == OPTION_FLAG || o->kind == OPTION_ATTENDING;
	if (!has_value && !flag) {
		no = parse_word(p, &w);
		value = w.text;
	}
	return no ? no : set_option(p, o, w.start, value);
}

/* An option stands in the midst of a text where its name is one, or nearly so. */
bool
option_in_text(struct parse *p, struct str rest)
{
	size_t dashes = p->ended ? 0 : typed_dashes(rest);
	struct str name, value;
	if (!dashes)
		return false;
	split_option(str_from(rest, dashes), &name, &value);
	if (name.n == 0)
		return false;
	name = parse_fold(p, name);
	const char *known[OPTION_COUNT];
	return find_option(p, name) || diag_meant(name, known, known_options(p, known));
}
