/* Words of a command, the values that they stand for, and what is said where they do not. */
#include <string.h>

#include "dais/diag.h"
#include "dais/i18n.h"
#include "dais/utf8.h"
#include "parse.h"

enum { WORDS_MAX = 16 };

/* Refuses what stands at this place, of a line a byte. */
enum refusal
parse_refuse(struct parse *p, size_t at, const char *why, struct str first, struct str second)
{
	*p->no = (struct refused){.code = REFUSAL_BAD_ARGUMENT, .why = why, .n = 2};
	p->no->args[0] = arena_str(p->a, first);
	p->no->args[1] = arena_str(p->a, second);
	uint32_t code;
	if (p->words)
		return REFUSAL_BAD_ARGUMENT;
	p->no->column = 1;
	for (size_t i = 0; i < at && i < p->line.n; p->no->column++) {
		size_t n = utf8_read(str_from(p->line, i), &code);
		i += n ? n : 1;
	}
	return REFUSAL_BAD_ARGUMENT;
}

enum refusal
parse_refuse_among(struct parse *p, size_t at, const char *why, struct str word, const char *before,
	const char *const *known, size_t n)
{
	struct buf all = {0};
	for (size_t i = 0; i < n; i++) {
		if (i)
			buf_puts(&all, ", ");
		buf_puts(&all, before);
		buf_puts(&all, known[i]);
	}
	enum refusal no = parse_refuse(p, at, why, word, buf_view(&all));
	buf_finish(&all);
	return no;
}

enum refusal
parse_refuse_word(struct parse *p, size_t at, const char *why, const char *why_meant,
	struct str word, const char *before, const char *const *known, size_t n)
{
	const char *meant = diag_meant(word, known, n);
	if (!meant)
		return parse_refuse_among(p, at, why, word, before, known, n);
	return parse_refuse_among(p, at, why_meant, word, before, &meant, 1);
}

static void
skip_blanks(struct parse *p)
{
	for (size_t n; !p->words && (n = typed_blank(str_from(p->line, p->at))) > 0;)
		p->at += n;
}

/* What is left, from the next word on; empty at the end. Of parted words only the next one. */
bool
parse_more(struct parse *p, struct str *rest)
{
	skip_blanks(p);
	if (p->words) {
		*rest = p->at < p->count ? p->words[p->at] : STR_NONE;
		return p->at < p->count;
	}
	*rest = str_from(p->line, p->at);
	return rest->n > 0;
}

/* Takes the next word, which is there. */
enum refusal
parse_word(struct parse *p, struct typed_word *w)
{
	skip_blanks(p);
	if (p->words) {
		*w = (struct typed_word){
			.text = arena_str(p->a, p->words[p->at]), .start = p->at, .closed = true};
		p->at++;
		return REFUSAL_NONE;
	}
	*w = typed_take(p->line, p->at, p->a);
	p->at = w->end;
	if (w->closed)
		return REFUSAL_NONE;
	return parse_refuse(p, w->bad, N_("what is quoted here has no end"), STR_NONE, STR_NONE);
}

struct str
parse_fold(struct parse *p, struct str s)
{
	struct buf b = {0};
	typed_fold(&b, s);
	struct str folded = arena_str(p->a, buf_view(&b));
	buf_finish(&b);
	return folded;
}

enum refusal
parse_number(struct parse *p, size_t at, struct str word, int64_t *out)
{
	if (str_int(parse_fold(p, word), out) && *out < EVENT_INT_MAX)
		return REFUSAL_NONE;
	return parse_refuse(p, at, N_("“{0}” is not a number"), word, STR_NONE);
}

enum refusal
parse_enum(struct parse *p, size_t at, struct str word, enum words set, void *out)
{
	unsigned v = words_from(set, parse_fold(p, word));
	memcpy(out, &v, sizeof v);
	if (v)
		return REFUSAL_NONE;
	const char *known[WORDS_MAX];
	size_t n = 0;
	while (words_text(set, (unsigned)n + 1))
		known[n] = words_text(set, (unsigned)n + 1), n++;
	return parse_refuse_word(p, at, N_("“{0}” is none of {1}"),
		N_("“{0}” is unknown; did you mean {1}?"), word, "", known, n);
}

enum refusal
parse_duration(struct parse *p, size_t at, struct str word, bool with_sign)
{
	p->out->has_duration = duration_read(word, with_sign, &p->out->duration);
	if (p->out->has_duration)
		return REFUSAL_NONE;
	return parse_refuse(
		p, at, N_("“{0}” is not a duration such as 90s, 3m or 1:30"), word, STR_NONE);
}

static bool
parts_names(uint32_t code)
{
	return code == ',' || code == 0x3001; /* the full-width comma was folded; 、 */
}

enum refusal
parse_list(struct parse *p, size_t at, struct str word, struct event_list *out)
{
	struct str *items = arena_alloc(p->a, (word.n + 1) * sizeof *items);
	size_t start = 0, i = 0, count = 0, n;
	do {
		uint32_t code = ',';
		n = typed_read(str_from(word, i), &code);
		if (parts_names(code)) {
			struct str name = str_trim((struct str){word.p + start, i - start});
			if (name.n)
				items[count++] = name;
			start = i + n;
		}
		i += n;
	} while (n);
	*out = (struct event_list){items, count};
	if (count)
		return REFUSAL_NONE;
	return parse_refuse(p, at, N_("there is no name here"), STR_NONE, STR_NONE);
}
