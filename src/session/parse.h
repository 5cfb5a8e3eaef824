/* What the readers of a command share: the place in the line, and how to refuse what stands there.
 */
#pragma once

#include "dais/command.h"
#include "field.h"
#include "typed.h"

struct parse {
	struct arena *a;
	struct command *out;
	struct refused *no;
	const struct command_row *row;
	struct str line; /* with at: a line */
	size_t at;
	const struct str *words; /* with count: words that are parted, and then at counts these */
	size_t count;
	bool ended;     /* no option stands behind a -- */
	uint32_t given; /* options, by their place in the table */
};

/* Refuses what stands at this place, of a line a byte. */
enum refusal parse_refuse(
	struct parse *p, size_t at, const char *why, struct str first, struct str second);
/* The same; {1} names all that might have stood there, with `before` before each. */
enum refusal parse_refuse_among(struct parse *p, size_t at, const char *why, struct str word,
	const char *before, const char *const *known, size_t n);
/* Refuses a word that is not among these: {1} is the one that was meant, otherwise all. */
enum refusal parse_refuse_word(struct parse *p, size_t at, const char *why, const char *why_meant,
	struct str word, const char *before, const char *const *known, size_t n);
/* What is left, from the next word on; false at the end. Of parted words only the next one. */
bool parse_more(struct parse *p, struct str *rest);
/* Takes the next word, which is there. */
enum refusal parse_word(struct parse *p, struct typed_word *w);
/* A copy with full-width ASCII as ASCII. */
struct str parse_fold(struct parse *p, struct str s);

/* The value that a word stands for; `at` is where it stands. */
enum refusal parse_number(struct parse *p, size_t at, struct str word, int64_t *out);
enum refusal parse_enum(struct parse *p, size_t at, struct str word, enum words set, void *out);
enum refusal parse_duration(struct parse *p, size_t at, struct str word, bool with_sign);
enum refusal parse_list(struct parse *p, size_t at, struct str word, struct event_list *out);

/* An option comes next, or the -- that ends them. */
bool option_next(struct parse *p);
enum refusal option_take(struct parse *p);
/* What stands in the midst of a text is an option of this command, or nearly the name of one. */
bool option_in_text(struct parse *p, struct str rest);
