/*
 * From what a session is called to a file's name. A title may hold anything,
 * also '/', "..", escape sequences and bytes that are no text; a path may not.
 */

#include "dais/utf8.h"
#include "internal.h"

/* Above ASCII: what is no letter, digit or mark; near enough for the name of a file. */
static const struct {
	uint32_t from, to;
} not_letters[] = {
	{0x80, 0xa9}, {0xab, 0xb4}, {0xb6, 0xb9}, {0xbb, 0xbf}, {0xd7, 0xd7}, {0xf7, 0xf7},
	{0x2000, 0x2bff}, {0x2e00, 0x3004}, {0x3008, 0x3020}, {0x3030, 0x3030}, {0x303d, 0x303f},
	{0x30a0, 0x30a0}, {0x30fb, 0x30fb}, {0xe000, 0xf8ff}, {0xfe00, 0xfe6f}, {0xff00, 0xff0f},
	{0xff1a, 0xff20}, {0xff3b, 0xff40}, {0xff5b, 0xff65}, {0xffe0, 0xffff},
	{0x1d000, 0x1d3ff}, {0x1f000, 0x1faff}, {0xe0000, 0x10ffff},
};

static bool
is_letter(uint32_t code)
{
	if (code < 0x80)
		return (code >= '0' && code <= '9') || (code >= 'A' && code <= 'Z') ||
			(code >= 'a' && code <= 'z');
	for (size_t i = 0; i < sizeof not_letters / sizeof *not_letters; i++)
		if (code >= not_letters[i].from && code <= not_letters[i].to)
			return false;
	return !utf8_hidden(code);
}

static bool
is_kept(uint32_t code, size_t before)
{
	return is_letter(code) || code == '_' || (before > 0 && (code == '.' || code == '-'));
}

static bool
is_blank(uint32_t code)
{
	return code == ' ' || code == '\t' || code == 0xa0 || code == 0x3000;
}

/* FNV-1a. It only has to tell two long names apart; the lock settles what it cannot. */
static uint32_t
name_hash(struct str s)
{
	uint32_t h = 2166136261u;
	for (size_t i = 0; i < s.n; i++)
		h = (h ^ (unsigned char)s.p[i]) * 16777619u;
	return h;
}

static size_t
cut_at(struct str s, size_t most)
{
	size_t at = 0;
	uint32_t code;
	for (size_t n; at < s.n; at += n) {
		n = utf8_read(str_from(s, at), &code);
		if (at + n > most)
			break;
	}
	return at;
}

void
name_safe(struct buf *out, struct str name)
{
	enum { MOST = LINK_NAME_MAX - 3 };
	struct buf kept = {0};
	uint32_t code;
	for (size_t at = 0, n; at < name.n; at += n ? n : 1) {
		n = utf8_read(str_from(name, at), &code);
		if (n && is_kept(code, kept.n))
			buf_put(&kept, name.p + at, n);
		else if (n && is_blank(code) && kept.n > 0 && kept.p[kept.n - 1] != '-')
			buf_char(&kept, '-');
	}
	while (kept.n > 0 && kept.p[kept.n - 1] == '-')
		kept.n--;
	if (kept.n == 0) {
		buf_puts(out, "session");
	} else if (kept.n <= MOST) {
		buf_put(out, kept.p, kept.n);
	} else {
		buf_put(out, kept.p, cut_at(buf_view(&kept), MOST - 9));
		buf_printf(out, "-%08x", (unsigned)name_hash(buf_view(&kept)));
	}
	buf_finish(&kept);
}

bool
name_is_safe(struct str name)
{
	uint32_t code;
	if (name.n == 0 || name.n > LINK_NAME_MAX)
		return false;
	for (size_t at = 0, n; at < name.n; at += n) {
		n = utf8_read(str_from(name, at), &code);
		if (n == 0 || !is_kept(code, at))
			return false;
	}
	return true;
}
