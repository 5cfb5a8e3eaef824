/*
 * Names as they are typed: without case, accents, width, blanks and
 * apostrophes. Latin words and Chinese characters become parts, each with the
 * letters that it can be typed with.
 */
#include "match.h"

#include <stdlib.h>
#include <string.h>

#include "dais/utf8.h"

/* ---- signs ---- */

/* The letters below accents, from U+00C0, U+01CD (pinyin with tones; v for its ü) and U+1E00 on. */
static const char latin[] = "aaaaaaaceeeeiiiidnooooo.ouuuuytsaaaaaaaceeeeiiiidnooooo.ouuuuyty"
			    "aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiiiiijjkkklllllll"
			    "lllnnnnnnnnnoooooooorrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs";
static const char tones[] = "aaiioouuvvvvvvvv";
static const char more[] = "aabbbbbbccddddddddddeeeeeeeeeeffgghhhhhhhhhhiiiikkkkkkllllllllmm"
			   "mmmmnnnnnnnnoooooooopppprrrrrrrrssssssssssttttttttuuuuuuuuuuvvvv"
			   "wwwwwwwwwwxxxxyyzzzzzzhtwya.sssdaaaaaaaaaaaaaaaaaaaaaaaaeeeeeeee"
			   "eeeeeeeeiiiioooooooooooooooooooooooouuuuuuuuuuuuuuyyyyyyyyllvvyy";
enum { LATIN = 0xc0, TONES = 0x1cd, MORE = 0x1e00, WIDE = 0xfee0 };

static uint32_t
without_accent(uint32_t c)
{
	if (c >= LATIN && c - LATIN < sizeof latin - 1)
		return (unsigned char)latin[c - LATIN];
	if (c >= TONES && c - TONES < sizeof tones - 1)
		return (unsigned char)tones[c - TONES];
	if (c >= MORE && c - MORE < sizeof more - 1)
		return (unsigned char)more[c - MORE];
	return c;
}

static int
letter_of(uint32_t c)
{
	if (c >= 'A' && c <= 'Z')
		return (int)(c - 'A');
	if (c >= 'a' && c <= 'z')
		return (int)(c - 'a');
	return c >= '0' && c <= '9' ? (int)(c - '0') + 26 : -1;
}

/* Marks above letters, and what a hand leaves out inside a word. */
static bool
is_nothing(uint32_t c)
{
	return c == '\'' || c == '`' || c == 0xb4 || c == 0x2bc || c == 0x2018 || c == 0x2019 ||
	       (c >= 0x300 && c <= 0x36f) || utf8_hidden(c);
}

static bool
is_gap(uint32_t c)
{
	return c < LATIN || (c >= 0x2000 && c <= 0x206f) ||
	       (c >= 0x3000 && c <= 0x303f && c != 0x3005 && c != 0x3007) || c == 0x30fb ||
	       c == 0xfffd;
}

bool
spell_is_han(uint32_t code)
{
	return (code >= 0x2e80 && code <= 0x2fdf) || code == 0x3007 ||
	       (code >= 0x3400 && code <= 0x9fff) || (code >= 0xf900 && code <= 0xfaff) ||
	       (code >= 0x20000 && code <= 0x3ffff);
}

enum spell
spell_next(struct speller *s)
{
	enum { L = 'l' - 'a', N = 'n' - 'a' };
	uint32_t c;
	if (!s->rest.n)
		return SPELL_END;
	size_t n = utf8_read(s->rest, &c);
	s->rest = str_from(s->rest, n ? n : 1);
	if (!n)
		return SPELL_GAP;
	if (c > WIDE + ' ' && c <= WIDE + '~')
		c -= WIDE;
	if (is_nothing(c))
		return SPELL_NOTHING;
	/* People type v for the ü of lü and nü; any other ü is German. */
	bool umlaut = c == 0xfc || c == 0xdc;
	c = without_accent(c);
	int letter = letter_of(umlaut && (s->letter == L || s->letter == N) ? 'v' : c);
	s->before = s->letter;
	s->letter = letter;
	s->code = c;
	if (letter >= 0)
		return SPELL_LETTER;
	return is_gap(c) ? SPELL_GAP : SPELL_CHARACTER;
}

/* ---- parts ---- */

enum { WORD_MAX = UINT8_MAX, SPELLING_MAX = UINT16_MAX - WORD_MAX };

bool
spell_text(struct spelling *s, struct str text, enum part_start start)
{
	struct speller speller = {.rest = text, .letter = -1, .before = -1};
	size_t first = s->n;
	bool word = false;
	for (enum spell what; (what = spell_next(&speller)) != SPELL_END;) {
		if (what == SPELL_NOTHING)
			continue;
		bool letter = what == SPELL_LETTER;
		if (s->letters.n >= SPELLING_MAX)
			break;
		if (what == SPELL_CHARACTER || (letter && !word)) {
			struct part part = {.code = letter ? 0 : speller.code,
				.at = (uint16_t)s->letters.n,
				.start = s->n == first ? (uint8_t)start : PART_GOES_ON};
			VEC_PUSH(s->parts, s->n, s->cap, part);
		}
		word = letter;
		if (letter && s->parts[s->n - 1].n < WORD_MAX) {
			buf_char(&s->letters, (char)speller.letter);
			s->parts[s->n - 1].n++;
		}
	}
	return s->n > first;
}

static bool
same_letters(const struct spelling *s, size_t a, size_t b, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		const struct part *x = &s->parts[a + i], *y = &s->parts[b + i];
		if (x->n != y->n || x->code != y->code || x->start != y->start ||
			(x->n && memcmp(s->letters.p + x->at, s->letters.p + y->at, x->n) != 0))
			return false;
	}
	return true;
}

void
spell_reading(struct spelling *s, size_t first, size_t end, struct str syllables)
{
	size_t from = s->n, letters = s->letters.n;
	if (!spell_text(s, syllables, PART_NAME))
		return;
	size_t n = s->n - from;
	if (n == end - first)
		for (size_t i = 0; i < n; i++)
			s->parts[from + i].code = s->parts[first + i].code;
	for (size_t other = first; other + n <= from; other++) {
		if (s->parts[other].start != PART_NAME || !same_letters(s, other, from, n) ||
			(other + n < from && s->parts[other + n].start == PART_GOES_ON))
			continue;
		s->n = from;
		s->letters.n = letters;
		return;
	}
}

void
spell_finish(struct spelling *s)
{
	free(s->parts);
	buf_finish(&s->letters);
	*s = (struct spelling){0};
}
