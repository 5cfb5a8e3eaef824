/*
 * How well a person fits what is typed. All ways in which the first signs can
 * be spent on some syllables are followed at once, as a set of bits: bit i is
 * set where i signs are spent. A syllable takes any first letters of it.
 */
#include "match.h"

/* ---- what is typed ---- */

enum { J = 'j' - 'a', L = 'l' - 'a', N = 'n' - 'a', Q = 'q' - 'a', U = 'u' - 'a', V = 'v' - 'a',
	X = 'x' - 'a', Y = 'y' - 'a' };

/* ü is typed v or u behind l and n; behind j, q, x and y pinyin writes u, and some type v. */
static void
add_letter(struct query *q, int letter, int before)
{
	uint64_t place = (uint64_t)1 << q->n++;
	q->letters[letter] |= place;
	if (letter == U && (before == L || before == N))
		q->letters[V] |= place;
	if (letter == V && (before == J || before == Q || before == X || before == Y))
		q->letters[U] |= place;
}

static void
add_code(struct query *q, uint32_t code)
{
	uint64_t place = (uint64_t)1 << q->n++;
	size_t i = 0;
	while (i < q->codes_n && q->codes[i] != code)
		i++;
	if (i == q->codes_n) {
		q->codes[q->codes_n++] = code;
		q->code_places[i] = 0;
	}
	q->code_places[i] |= place;
}

void
query_read(struct query *q, struct str text)
{
	struct speller speller = {.rest = text, .letter = -1, .before = -1};
	*q = (struct query){.work = q->work};
	for (enum spell what; (what = spell_next(&speller)) != SPELL_END;) {
		if (what != SPELL_LETTER && what != SPELL_CHARACTER)
			continue;
		if (q->n == QUERY_MAX) {
			q->too_long = true;
			return;
		}
		if (what == SPELL_LETTER)
			add_letter(q, speller.letter, speller.before);
		else
			add_code(q, speller.code);
	}
}

/* ---- following it ---- */

/* From where one can be to where one can be behind this part; whole: having typed all of it. */
static uint64_t
step(struct query *q, const struct part *part, const char *letters, uint64_t from, uint64_t *whole)
{
	uint64_t out = 0, at = from;
	q->work++;
	for (size_t i = 0; part->code && i < q->codes_n; i++)
		if (q->codes[i] == part->code)
			out = (from & q->code_places[i]) << 1;
	*whole = out;
	for (size_t i = 0; i < part->n && at; i++, q->work++) {
		at = (at & q->letters[(unsigned char)letters[part->at + i]]) << 1;
		out |= at;
	}
	if (part->n)
		*whole |= at;
	return out;
}

/* Somewhere in this name, from any syllable on. Latin words may be turned round: smith john. */
static bool
name_has(struct query *q, const struct part *p, size_t n, const char *letters)
{
	uint64_t goal = (uint64_t)1 << q->n, any = 1, whole;
	bool latin = true;
	for (size_t i = 0; i < n; i++) {
		any = step(q, &p[i], letters, any, &whole) | 1;
		if (any & goal)
			return true;
		latin = latin && !p[i].code;
	}
	any &= ~(uint64_t)1;
	for (size_t i = 0; latin && any && i + 1 < n; i++) {
		any = step(q, &p[i], letters, any, &whole);
		if (any & goal)
			return true;
	}
	return false;
}

static enum fit
name_fit(struct query *q, const struct part *p, size_t n, const char *letters)
{
	uint64_t goal = (uint64_t)1 << q->n, some = 1, all = 1, later = 1, whole;
	enum fit best = FIT_INSIDE;
	if (!name_has(q, p, n, letters))
		return FIT_NONE;
	for (size_t i = 0; i < n; i++) {
		enum fit fit = FIT_INSIDE;
		bool last = i + 1 == n;
		step(q, &p[i], letters, later, &later);
		if (later & goal)
			fit = FIT_LATER;
		later |= 1;
		some = step(q, &p[i], letters, some, &whole);
		if (some & goal)
			fit = last ? FIT_ALL : FIT_START;
		step(q, &p[i], letters, all, &all);
		if (all & goal)
			fit = last ? FIT_EXACT : FIT_WHOLE;
		best = fit < best ? fit : best;
	}
	return best;
}

static enum fit
id_fit(struct query *q, const struct part *p, size_t n, const char *letters)
{
	uint64_t goal = (uint64_t)1 << q->n, at = 1;
	for (size_t i = 0; i < n && at; i++) {
		uint64_t some = step(q, &p[i], letters, at, &at);
		if (i + 1 == n && (at & goal))
			return FIT_ID;
		if (some & goal)
			return FIT_START;
	}
	return FIT_NONE;
}

/* Pieces of a Chinese unit; words of another from the first letter on. */
static bool
unit_has(struct query *q, const struct part *p, size_t n, const char *letters)
{
	uint64_t goal = (uint64_t)1 << q->n, at = 1;
	for (size_t i = 0; i < n; i++) {
		if (step(q, &p[i], letters, at, &at) & goal)
			return true;
		at |= 1;
	}
	return false;
}

/* The parts from i on that belong together. */
static size_t
run_of(const struct part *parts, size_t n, size_t i)
{
	size_t end = i + 1;
	while (end < n && parts[end].start == PART_GOES_ON)
		end++;
	return end - i;
}

enum fit
match_fit(struct query *q, const struct part *parts, size_t n, const char *letters)
{
	enum fit best = FIT_NONE;
	if (q->too_long)
		return FIT_NONE;
	for (size_t i = 0, run; i < n; i += run) {
		const struct part *p = &parts[i];
		enum fit fit = FIT_NONE;
		run = run_of(parts, n, i);
		if (p->start == PART_NAME)
			fit = name_fit(q, p, run, letters);
		else if (p->start == PART_ID)
			fit = id_fit(q, p, run, letters);
		else if (best > FIT_UNIT && unit_has(q, p, run, letters))
			fit = FIT_UNIT;
		best = fit < best ? fit : best;
	}
	return best;
}

bool
match_unit(struct query *q, const struct part *parts, size_t n, const char *letters)
{
	for (size_t i = 0; i < n && !q->too_long; i++)
		if (parts[i].start == PART_UNIT)
			return unit_has(q, &parts[i], run_of(parts, n, i), letters);
	return false;
}
