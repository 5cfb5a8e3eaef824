/*
 * Finding a person by what a hand types in a hurry: a piece of the name, of
 * the affiliation, of the id, or of each syllable some first letters
 * (zh, zhh, zhanghu for zhang hu).
 */
#include "pane.h"

enum { FITS_ALL, FITS_NAME, FITS_ID, FITS_SOUND, FITS_INSIDE, FITS_SOUND_INSIDE, FITS_UNIT };

static char
lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

/* Where needle stands in s without regard to case; SIZE_MAX if nowhere. */
static size_t
find(struct str s, struct str needle)
{
	for (size_t at = 0; at + needle.n <= s.n; at++) {
		size_t i = 0;
		while (i < needle.n && lower(s.p[at + i]) == lower(needle.p[i]))
			i++;
		if (i == needle.n)
			return at;
	}
	return SIZE_MAX;
}

/* The syllables written as one word. */
static bool
is_sound(struct str syllables, struct str query)
{
	size_t at = 0;
	for (size_t i = 0; i < syllables.n; i++) {
		if (syllables.p[i] == ' ')
			continue;
		if (at < query.n && query.p[at] == ' ')
			at++;
		if (at >= query.n || lower(query.p[at++]) != syllables.p[i])
			return false;
	}
	return at == query.n && at > 0;
}

/* Each syllable gives some first letters, at least one, until the query is used up. */
static bool
sounds_from(struct str syllables, struct str query)
{
	if (!query.n)
		return true;
	if (query.p[0] == ' ')
		query = str_from(query, 1);
	size_t length = 0;
	while (length < syllables.n && syllables.p[length] != ' ')
		length++;
	struct str rest = str_from(syllables, length < syllables.n ? length + 1 : length);
	size_t taken = 0;
	while (taken < length && taken < query.n && syllables.p[taken] == lower(query.p[taken]))
		taken++;
	for (; taken > 0; taken--)
		if (taken == query.n || (rest.n && sounds_from(rest, str_from(query, taken))))
			return true;
	return false;
}

static int
match_sound(struct str syllables, struct str query)
{
	if (sounds_from(syllables, query))
		return FITS_SOUND;
	for (size_t i = 0; i < syllables.n; i++)
		if (syllables.p[i] == ' ' && sounds_from(str_from(syllables, i + 1), query))
			return FITS_SOUND_INSIDE;
	return -1;
}

int
match_person(const struct session_person *p, struct str query)
{
	enum { QUERY_MAX = 64 };
	if (!query.n)
		return FITS_ALL;
	if (find(p->id, query) == 0 && p->id.n == query.n)
		return FITS_ALL;
	if (is_sound(p->pinyin, query))
		return FITS_ALL;
	size_t at = find(p->name, query);
	if (at == 0)
		return p->name.n == query.n ? FITS_ALL : FITS_NAME;
	if (find(p->id, query) == 0)
		return FITS_ID;
	int sound = p->pinyin.n && query.n <= QUERY_MAX ? match_sound(p->pinyin, query) : -1;
	if (sound >= 0)
		return sound;
	if (at != SIZE_MAX)
		return FITS_INSIDE;
	return find(p->affiliation, query) != SIZE_MAX ? FITS_UNIT : -1;
}
