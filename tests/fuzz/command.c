/*
 * The command language. A line that is read says so in its own words again; a
 * word that is quoted comes back as it was; a refusal has a reason and a place
 * in the line. Durations that are written are read again.
 */
#include "dais/command.h"
#include "dais/utf8.h"
#include "fuzz.h"

static void
refuse(struct str line, enum refusal code, const struct refused *no)
{
	int characters = 1;
	for (size_t i = 0; i < line.n; i++)
		characters += ((unsigned char)line.p[i] & 0xc0) != 0x80;
	MUST_OF(code > 0 && code < REFUSAL_COUNT && refusal_text(code) && no->code == code, line);
	MUST_OF(no->why && no->why[0] && no->n <= 4, line);
	MUST_OF(no->column >= 0 && no->column <= characters + 1, line);
}

static void
word(struct str w, struct arena *a)
{
	struct buf line = {0}, again = {0};
	struct command c;
	struct refused no;
	buf_puts(&line, "note add ");
	command_quote(&line, w);
	buf_puts(&line, " --mark claim");
	enum refusal code = command_parse(buf_view(&line), a, &c, &no);
	bool can = w.n && w.n <= EVENT_NOTE_MAX && str_trim(w).n && utf8_valid(w, NULL) && !memchr(w.p, 0, w.n);
	if (!code)
		MUST_OF(c.verb == CMD_NOTE_ADD && c.mark == MARK_CLAIM, buf_view(&line));
	else
		MUST_OF(!can || !fuzz_harmless(w, "\n\t"), buf_view(&line));
	buf_finish(&line);
	buf_finish(&again);
}

static void
duration(struct str s)
{
	int64_t ms, back;
	struct buf out = {0};
	for (int with_sign = 0; with_sign < 2; with_sign++) {
		if (!duration_read(s, with_sign, &ms))
			continue;
		MUST_OF(with_sign || ms >= 0, s);
		MUST_OF(ms < EVENT_INT_MAX && ms > -EVENT_INT_MAX, s);
		buf_reset(&out);
		duration_put(&out, ms);
		MUST_OF(duration_read(buf_view(&out), true, &back) && back == ms / 1000 * 1000, buf_view(&out));
	}
	buf_finish(&out);
}

/* Parted into words by hand it is read the same. */
static void
words(struct str line, enum refusal code, const struct command *c, struct arena *a)
{
	struct str parts[32];
	size_t n = 0;
	struct command other;
	struct refused no;
	for (size_t i = 0; i < line.n; i++)
		if ((unsigned char)line.p[i] >= 128 || line.p[i] < 32 || strchr("\"'\\", line.p[i]))
			return;
	while (n < 32 && (line = str_trim(line)).n)
		parts[n++] = fuzz_upto(&line, STR(" "));
	if (n == 0 || n == 32)
		return;
	/* A text is the rest of its line, whose dashes are another matter than those of words. */
	for (size_t i = 0; i < CMD_COUNT; i++)
		if (strchr(command_rows()[i].args, 't') && str_is(parts[0], command_rows()[i].noun))
			return;
	enum refusal same = command_parse_words(parts, n, a, &other, &no);
	MUST_OF(!same == !code, parts[0]);
	if (!code)
		MUST(other.verb == c->verb && str_eq(other.person, c->person) && other.number == c->number &&
			other.duration == c->duration && other.as == c->as && other.basis == c->basis);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str rest = {(const char *)data, size}, line;
	while (fuzz_line(&rest, &line)) {
		struct arena a = {0};
		struct command c;
		struct refused no = {0};
		struct str own = fuzz_alone(line);
		enum refusal code = command_parse(own, &a, &c, &no);
		if (code)
			refuse(own, code, &no);
		else
			MUST_OF(c.verb < CMD_COUNT && c.seat == 0 && !c.by.n && !c.at.n, own);
		words(own, code, &c, &a);
		word(own, &a);
		duration(own);
		while (line.n)
			duration(fuzz_upto(&line, STR(" ")));
		arena_finish(&a);
		free((void *)own.p);
	}
	return 0;
}
