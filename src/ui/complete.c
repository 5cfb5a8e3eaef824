/*
 * Completion follows from the command table as parsing does: which word comes
 * next is read off a row's arguments and options, so that a command that is
 * added there completes without another word here.
 */
#include "complete.h"

#include <stdlib.h>
#include <string.h>

#include "dais/i18n.h"
#include "dais/utf8.h"

enum takes { NOTHING, ANYTHING, PERSON, PEOPLE, CONSOLE, AS, ROLE, LINK, MARK };

static const struct option {
	const char *name;
	enum takes takes;
	const char *help;
	const char *other; /* which excludes it */
} options[] = {
	{"about", ANYTHING, N_("what it is about"), NULL},
	{"affiliation", ANYTHING, N_("where somebody works"), NULL},
	{"as", AS, N_("a speech, a reply, a question, a point of order"), NULL},
	{"basis", ANYTHING, N_("the last event that you had seen"), NULL},
	{"by", PEOPLE, N_("who handed it over"), NULL},
	{"carry", NOTHING, N_("take those who wait along"), "leave"},
	{"for", ANYTHING, N_("how long"), NULL},
	{"leave", NOTHING, N_("those who wait stay behind"), "carry"},
	{"link", LINK, N_("how the connection is"), NULL},
	{"mark", MARK, N_("what sort of note it is"), NULL},
	{"name", ANYTHING, N_("another name"), NULL},
	{"online", NOTHING, N_("takes part from outside"), "site"},
	{"override", NOTHING, N_("although the limit is reached"), NULL},
	{"person", PERSON, N_("who said it"), NULL},
	{"plain", NOTHING, N_("the text as it is, without marks and names"), NULL},
	{"role", ROLE, N_("what somebody is here for"), NULL},
	{"site", NOTHING, N_("is in the hall"), "online"},
	{"title", ANYTHING, N_("a title before the name"), NULL},
	{"to", CONSOLE, N_("for this console only"), NULL},
	{"top", NOTHING, N_("ahead of all others of its kind"), NULL},
	{"turn", ANYTHING, N_("the turn that it was said in, by its number"), NULL},
	{"why", ANYTHING, N_("the reason, for the record"), NULL},
};

/* ---- words that are known beforehand ---- */

struct known {
	const char *word, *help;
};
static const struct known places[] = {{"up", N_("one place up")}, {"down", N_("one place down")},
	{"top", N_("to the head")}};
static const char *const as_helps[AS_COUNT] = {[AS_ORDER] = N_("point of order"),
	[AS_QUESTION] = N_("question"), [AS_REPLY] = N_("reply"), [AS_SPEECH] = N_("speech")};
static const char *const role_helps[ROLE_COUNT] = {
	[ROLE_EXECUTIVE_CHAIR] = N_("executive chair"), [ROLE_ONLINE_CHAIR] = N_("online chair"),
	[ROLE_CHAIR] = N_("chair"), [ROLE_KEYNOTE] = N_("keynote speaker"),
	[ROLE_GUEST] = N_("invited guest"), [ROLE_MEMBER] = N_("member"),
	[ROLE_AUDIENCE] = N_("audience")};
static const char *const link_helps[LINK_COUNT] = {[LINK_CONNECTING] = N_("connecting"),
	[LINK_READY] = N_("ready"), [LINK_MUTED] = N_("muted"), [LINK_AWAY] = N_("no answer")};
static const char *const mark_helps[MARK_COUNT] = {[MARK_CLAIM] = N_("what was held"),
	[MARK_QUESTION] = N_("open question"), [MARK_ACTION] = N_("action"),
	[MARK_DECISION] = N_("decision"), [MARK_QUOTE] = N_("quotation"),
	[MARK_PRIVATE] = N_("chairs only")};
static const char *const order_helps[ORDER_COUNT] = {[ORDER_FIFO] = N_("as they asked"),
	[ORDER_UNHEARD_FIRST] = N_("unheard first"),
	[ORDER_ALTERNATE] = N_("site and online in turn")};
static const char *const interrupt_helps[INTERRUPT_COUNT] = {
	[INTERRUPT_PAUSE] = N_("the speaker's clock waits"),
	[INTERRUPT_CHARGE] = N_("the speaker's clock runs on"),
	[INTERRUPT_END] = N_("the turn ends")};

void
complete_add(struct completing *c, struct str text, struct str shown, struct str help, int rank)
{
	struct candidate item = {text, shown, help, rank};
	VEC_PUSH(c->out->items, c->out->n, c->cap, item);
}

static void
add_word(struct completing *c, const char *word, const char *help, struct str typed)
{
	struct str text = str_of(word), what = help ? str_of(_(help)) : STR_NONE;
	/* A word that says what it is needs no second one. */
	if (str_starts(text, typed))
		complete_add(c, text, text, str_eq(text, what) ? STR_NONE : what, 0);
}

/* The words of an enumeration, from 1 on. */
#define ADD_ENUM(c, typed, kind, count, text_of, helps)                                            \
	do {                                                                                       \
		for (int v = 1; v < (count); v++)                                                  \
			add_word((c), text_of((enum kind)v), (helps)[v], (typed));                 \
	} while (0)

static void
add_value(struct completing *c, enum takes takes, struct str typed)
{
	switch (takes) {
	case NOTHING:
	case ANYTHING:
		break;
	case PERSON:
		complete_person(c, STR_NONE, typed);
		break;
	case PEOPLE: {
		size_t last = 0;
		uint32_t code;
		for (size_t at = 0, n; (n = utf8_read(str_from(typed, at), &code)) > 0;) {
			at += n;
			if (code == ',' || code == 0x3001)
				last = at;
		}
		complete_person(c, str_upto(typed, last), str_from(typed, last));
		break;
	}
	case CONSOLE:
		complete_console(c, typed);
		break;
	case AS:
		ADD_ENUM(c, typed, event_as, AS_COUNT, event_as_text, as_helps);
		break;
	case ROLE:
		ADD_ENUM(c, typed, event_role, ROLE_COUNT, event_role_text, role_helps);
		break;
	case LINK:
		ADD_ENUM(c, typed, event_link, LINK_COUNT, event_link_text, link_helps);
		break;
	case MARK:
		ADD_ENUM(c, typed, event_mark, MARK_COUNT, event_mark_text, mark_helps);
		break;
	}
}

/* What a number stands for is the command's to say. */
static void
add_number(struct completing *c, struct str typed)
{
	enum command_verb verb = c->row->verb;
	if (verb == CMD_QUEUE_MOVE || verb == CMD_QUEUE_REMOVE)
		complete_entry(c, typed);
	else if (verb == CMD_NOTE_EDIT || verb == CMD_NOTE_REMOVE)
		complete_note(c, typed);
	else if (verb == CMD_UNDO)
		complete_event(c, typed);
}

static void
add_argument(struct completing *c, char letter, struct str typed)
{
	switch (letter) {
	case 'b':
		add_word(c, "back", N_("take the chair back"), typed);
		complete_person(c, STR_NONE, typed);
		break;
	case 'p':
		complete_person(c, STR_NONE, typed);
		break;
	case 's':
		complete_segment(c, typed);
		break;
	case 'e':
		add_number(c, typed);
		break;
	case 'w':
		for (size_t i = 0; i < sizeof places / sizeof *places; i++)
			add_word(c, places[i].word, places[i].help, typed);
		break;
	case 'o':
		ADD_ENUM(c, typed, event_order, ORDER_COUNT, event_order_text, order_helps);
		break;
	case 'i':
		ADD_ENUM(c, typed, event_interrupt, INTERRUPT_COUNT, event_interrupt_text,
			interrupt_helps);
		break;
	default:
		break;
	}
}

/* ---- the command itself ---- */

static bool
allowed(const struct completing *c, const struct command_row *row)
{
	return !c->with || row->seats & c->with->seats;
}

/* "next, prev, go" */
static struct str
verbs_of(struct completing *c, const char *noun)
{
	const struct command_row *rows = command_rows();
	struct buf all = {0};
	for (int i = 0; i < CMD_COUNT; i++) {
		if (strcmp(rows[i].noun, noun) != 0 || !allowed(c, &rows[i]))
			continue;
		if (all.n)
			buf_puts(&all, ", ");
		buf_puts(&all, rows[i].word);
	}
	struct str kept = arena_str(c->a, buf_view(&all));
	buf_finish(&all);
	return kept;
}

static void
add_nouns(struct completing *c, struct str typed)
{
	const struct command_row *rows = command_rows();
	const char *last = "";
	bool nouns = false;
	for (int i = 0; i < CMD_COUNT; i++) {
		struct str noun = str_of(rows[i].noun);
		if (strcmp(last, rows[i].noun) == 0 || !str_starts(noun, typed) || !allowed(c, &rows[i]))
			continue;
		last = rows[i].noun;
		nouns = true;
		complete_add(c, noun, noun,
			rows[i].word[0] ? verbs_of(c, rows[i].noun) : str_of(_(rows[i].help)), 0);
	}
	/* Whoever thinks of the verb first finds its noun. */
	for (int i = 0; i < CMD_COUNT && !nouns && typed.n; i++) {
		struct buf both = {0};
		if (!str_starts(str_of(rows[i].word), typed) || !allowed(c, &rows[i]))
			continue;
		buf_printf(&both, "%s %s", rows[i].noun, rows[i].word);
		struct str text = arena_str(c->a, buf_view(&both));
		buf_finish(&both);
		complete_add(c, text, text, str_of(_(rows[i].help)), 0);
	}
}

static void
add_verbs(struct completing *c, struct str noun, struct str typed)
{
	const struct command_row *rows = command_rows();
	for (int i = 0; i < CMD_COUNT; i++)
		if (str_is(noun, rows[i].noun) && allowed(c, &rows[i]))
			add_word(c, rows[i].word, rows[i].help, typed);
}

/* Finds the row of the words that are there; `args` is the first behind its name. */
static bool
find_row(struct completing *c, size_t *args)
{
	const struct command_row *rows = command_rows();
	for (int i = 0; i < CMD_COUNT && !c->row; i++) {
		size_t takes = rows[i].word[0] ? 2 : 1;
		if (c->words_n < takes || !str_is(c->words[0].text, rows[i].noun) ||
			(takes > 1 && !str_is(c->words[1].text, rows[i].word)))
			continue;
		c->row = &rows[i];
		*args = takes;
	}
	return c->row != NULL;
}

/* ---- options ---- */

static bool
row_takes(const struct command_row *row, const char *name)
{
	size_t n = strlen(name);
	for (const char *s = row->args; (s = strstr(s, "--")) != NULL;) {
		s += 2;
		if (strncmp(s, name, n) == 0 && (s[n] == 0 || s[n] == ' '))
			return true;
	}
	return strcmp(name, "basis") == 0;
}

static bool
is_option(const struct typed_part *w)
{
	return !w->quoted && str_starts(w->text, STR("--"));
}

/* The option that a word names; its value too, where it stands behind a =. */
static const struct option *
option_of(const struct completing *c, const struct typed_part *w, bool *has_value, struct str *value)
{
	struct str name = str_from(w->text, 2);
	const char *equals = name.n ? memchr(name.p, '=', name.n) : NULL;
	*has_value = equals != NULL;
	*value = equals ? str_from(name, (size_t)(equals - name.p) + 1) : STR_NONE;
	name = equals ? str_upto(name, (size_t)(equals - name.p)) : name;
	for (size_t i = 0; i < sizeof options / sizeof *options; i++)
		if (str_is(name, options[i].name) && row_takes(c->row, options[i].name))
			return &options[i];
	return NULL;
}

static bool
is_given(const struct completing *c, const char *name)
{
	for (size_t i = 0; name && i < c->words_n; i++) {
		struct str value;
		bool has_value;
		const struct option *o = is_option(&c->words[i])
			? option_of(c, &c->words[i], &has_value, &value) : NULL;
		if (o && strcmp(o->name, name) == 0)
			return true;
	}
	return false;
}

static void
add_options(struct completing *c, struct str typed)
{
	for (size_t i = 0; i < sizeof options / sizeof *options; i++) {
		const struct option *o = &options[i];
		struct buf name = {0};
		buf_printf(&name, "--%s", o->name);
		/* What scripts are for is found by whoever asks for it. */
		bool hidden = strcmp(o->name, "basis") == 0 && typed.n < 3;
		if (row_takes(c->row, o->name) && str_starts(buf_view(&name), typed) && !hidden &&
			!is_given(c, o->name) && !is_given(c, o->other)) {
			struct str text = arena_str(c->a, buf_view(&name));
			complete_add(c, text, text, str_of(_(o->help)), 0);
		}
		buf_finish(&name);
	}
}

/* ---- arguments ---- */

/* Follows the words behind the command's name; answers what comes at the caret. */
static const struct option *
follow(const struct completing *c, size_t at, char *letter, bool *ended)
{
	const char *spec = c->row->args;
	*ended = false;
	for (; at < c->words_n; at++) {
		const struct typed_part *w = &c->words[at];
		bool has_value, option = !*ended && is_option(w);
		struct str value;
		const struct option *o = option ? option_of(c, w, &has_value, &value) : NULL;
		if (option && w->text.n == 2) {
			*ended = true;
		} else if (o && o->takes != NOTHING && !has_value) {
			if (++at == c->words_n)
				return o;
		} else if (!option && *spec && *spec != '-' && *spec != 't') {
			spec += 1 + (spec[1] == '?');
			spec += *spec == ' ';
		}
	}
	*letter = *spec == '-' ? 0 : *spec;
	return NULL;
}

static void
add_rest(struct completing *c, size_t args)
{
	char letter = 0;
	bool ended, has_value;
	struct str value;
	const struct option *o = follow(c, args, &letter, &ended);
	if (o) {
		add_value(c, o->takes, c->now.text);
		return;
	}
	bool dashed = !ended && !c->now.quoted && str_starts(c->now.text, STR("-"));
	o = dashed && is_option(&c->now) ? option_of(c, &c->now, &has_value, &value) : NULL;
	if (o && has_value) {
		const char *equals = memchr(c->line.p + c->now.start, '=', c->line.n - c->now.start);
		if (!equals)
			return;
		c->now.start = (size_t)(equals - c->line.p) + 1;
		add_value(c, o->takes, value);
		return;
	}
	if (!dashed)
		add_argument(c, letter, c->now.text);
	if (dashed || (!ended && !c->now.text.n && !c->out->n))
		add_options(c, c->now.text);
}

/* ---- all of it ---- */

static int
compare(const void *a, const void *b)
{
	const struct candidate *x = a, *y = b;
	return x->rank < y->rank ? -1 : x->rank > y->rank;
}

/* What all texts begin with, if what is typed is the beginning of that. */
static struct str
common_of(const struct completing *c)
{
	const struct completion *out = c->out;
	struct str typed = str_from(c->line, c->now.start), all = out->n ? out->items[0].text : STR_NONE;
	for (size_t i = 1; i < out->n; i++) {
		size_t n = 0;
		while (n < all.n && n < out->items[i].text.n && all.p[n] == out->items[i].text.p[n])
			n++;
		all = str_upto(all, n);
	}
	while (all.n && !utf8_valid(all, NULL))
		all.n--;
	if (all.n > typed.n && str_starts(all, typed))
		return all;
	bool folded = typed.n && c->now.text.n && str_starts(all, c->now.text);
	return folded && !str_eq(all, typed) && !c->now.quoted ? all : STR_NONE;
}

static struct str
usage_of(const struct completing *c)
{
	struct buf all = {0};
	if (!c->row)
		return STR_NONE;
	buf_puts(&all, c->row->noun);
	for (int i = 0; i < 2; i++) {
		const char *part = i == 0 ? c->row->word : c->row->usage;
		if (part[0])
			buf_printf(&all, " %s", i == 0 ? part : _(part));
	}
	struct str kept = arena_str(c->a, buf_view(&all));
	buf_finish(&all);
	return kept;
}

void
complete_end(struct completing *c)
{
	struct completion *out = c->out;
	/* A stable order by place, where the rank is equal. */
	for (size_t i = 0; i < out->n; i++)
		out->items[i].rank = out->items[i].rank * (int)out->n + (int)i;
	if (out->n)
		qsort(out->items, out->n, sizeof *out->items, compare);
	out->start = c->now.start;
	out->end = c->line.n;
	out->common = common_of(c);
	struct candidate *items = out->n ? arena_alloc(c->a, out->n * sizeof *items) : NULL;
	/* A list stays open while the session goes on. */
	for (size_t i = 0; i < out->n; i++) {
		const struct candidate *is = &out->items[i];
		items[i] = (struct candidate){arena_str(c->a, is->text), arena_str(c->a, is->shown),
			arena_str(c->a, is->help), is->rank};
	}
	free(out->items);
	out->items = items;
	free(c->words);
}

void
complete_for(const struct session *s, const struct complete_for *with, struct str line,
	size_t caret, struct arena *a, struct completion *out)
{
	struct completing c = {.s = s, .a = a, .out = out, .line = str_upto(line, caret), .with = with};
	size_t args = 0;
	*out = (struct completion){0};
	complete_read(&c);
	if (find_row(&c, &args))
		add_rest(&c, args);
	else if (c.words_n == 0)
		add_nouns(&c, c.now.text);
	else if (c.words_n == 1)
		add_verbs(&c, c.words[0].text, c.now.text);
	out->usage = usage_of(&c);
	if (with && !c.row)
		complete_own(&c, with->more, with->more_n);
	complete_end(&c);
}

void
complete(const struct session *s, struct str line, size_t caret, struct arena *a,
	struct completion *out)
{
	complete_for(s, NULL, line, caret, a, out);
}
