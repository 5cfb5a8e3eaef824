/*
 * Sentences with places. The first line is the sentence, the others are what
 * goes there: nothing but the sentence's own text and what was given comes out.
 */
#include "dais/diag.h"
#include "dais/i18n.h"
#include "fuzz.h"

enum { ARGS = 10 };

/* What must come out, said in another way. */
static void
expect(struct buf *out, struct str f, const struct str *args, size_t n)
{
	while (f.n) {
		bool place = f.n >= 3 && f.p[0] == '{' && f.p[1] >= '0' && f.p[1] <= '9' && f.p[2] == '}';
		if (place && (size_t)(f.p[1] - '0') < n)
			buf_str(out, args[f.p[1] - '0']);
		else if (!place)
			buf_char(out, f.p[0]);
		f = str_from(f, place ? 3 : str_starts(f, STR("{{")) ? 2 : 1);
	}
}

static void
meant(struct str word, const struct str *args, size_t n)
{
	char *known[ARGS + 1] = {0};
	for (size_t i = 0; i < n; i++)
		known[i] = str_dup(args[i]);
	const char *found = diag_meant(word, (const char *const *)known, n);
	bool among = !found;
	for (size_t i = 0; i < n; i++) {
		among = among || found == known[i];
		/* A word that is there is meant, or one that differs in its capitals. */
		if (word.n && word.n <= 30 && fuzz_harmless(word, "") && str_is(word, known[i]))
			MUST_OF(found && strncasecmp(word.p, found, word.n) == 0 && strlen(found) == word.n, word);
	}
	MUST(among);
	for (size_t i = 0; i < n; i++)
		free(known[i]);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str rest = {(const char *)data, size}, first = fuzz_upto(&rest, STR("\n")), args[ARGS];
	struct buf out = {0}, wanted = {0};
	char *format = str_dup(str_upto(first, strnlen(first.p ? first.p : "", first.n)));
	size_t n = 0;
	while (n < ARGS && fuzz_line(&rest, &args[n]))
		n++;
	i18n_fill(&out, format, args, n);
	expect(&wanted, str_of(format), args, n);
	MUST_OF(str_eq(buf_view(&out), buf_view(&wanted)), str_of(format));
	char *owned = diag_text(format, args, n);
	MUST(owned);
	free(owned);
	meant(first, args, n);
	for (size_t i = 0; i < n; i++)
		meant(args[i], args, n);
	free(format);
	buf_finish(&out);
	buf_finish(&wanted);
	return 0;
}
