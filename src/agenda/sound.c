/*
 * How names are read. ICU's pinyin takes a tenth of a second to open, so an
 * agenda that has no need of it never does.
 */
#include "dais/utf8.h"
#include "internal.h"

bool
has_han(struct str s)
{
	uint32_t c = 0;
	for (size_t at = 0, n; at < s.n; at += n) {
		n = utf8_read(str_from(s, at), &c);
		if (n == 0)
			return false;
		if ((c >= 0x3400 && c <= 0x9fff) || (c >= 0xf900 && c <= 0xfaff) ||
			(c >= 0x20000 && c <= 0x3ffff) || c == 0x3007)
			return true;
	}
	return false;
}

struct str
sound_of(struct reading *r, struct str name)
{
	if (!r->pinyin && !r->no_pinyin) {
		r->pinyin = pinyin_create();
		r->no_pinyin = !r->pinyin;
	}
	if (!r->pinyin)
		return STR_NONE;
	struct buf syllables = {0}, letters = {0};
	pinyin_name(r->pinyin, &syllables, name);
	for (size_t i = 0; i < syllables.n; i++) {
		if (syllables.p[i] != ' ')
			buf_char(&letters, syllables.p[i]);
	}
	struct str kept = arena_str(&r->arena, buf_view(&letters));
	buf_finish(&syllables);
	buf_finish(&letters);
	return kept;
}
