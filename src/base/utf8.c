/* The table of RFC 3629, section 4, as comparisons. */
#include "dais/utf8.h"

static bool
tail(unsigned char c)
{
	return (c & 0xc0) == 0x80;
}

size_t
utf8_read(struct str s, uint32_t *code)
{
	const unsigned char *p = (const unsigned char *)s.p;
	if (s.n == 0)
		return 0;
	if (p[0] < 0x80) {
		*code = p[0];
		return 1;
	}
	if (p[0] >= 0xc2 && p[0] <= 0xdf && s.n >= 2 && tail(p[1])) {
		*code = (uint32_t)(p[0] & 0x1f) << 6 | (p[1] & 0x3f);
		return 2;
	}
	if ((p[0] & 0xf0) == 0xe0 && s.n >= 3 && tail(p[1]) && tail(p[2])) {
		*code = (uint32_t)(p[0] & 0x0f) << 12 | (uint32_t)(p[1] & 0x3f) << 6 |
			(p[2] & 0x3f);
		return *code < 0x800 || (*code >= 0xd800 && *code <= 0xdfff) ? 0 : 3;
	}
	if (p[0] >= 0xf0 && p[0] <= 0xf4 && s.n >= 4 && tail(p[1]) && tail(p[2]) && tail(p[3])) {
		*code = (uint32_t)(p[0] & 0x07) << 18 | (uint32_t)(p[1] & 0x3f) << 12 |
			(uint32_t)(p[2] & 0x3f) << 6 | (p[3] & 0x3f);
		return *code < 0x10000 || *code > 0x10ffff ? 0 : 4;
	}
	return 0;
}

size_t
utf8_write(char out[4], uint32_t code)
{
	if (code < 0x80) {
		out[0] = (char)code;
		return 1;
	}
	if (code < 0x800) {
		out[0] = (char)(0xc0 | code >> 6);
		out[1] = (char)(0x80 | (code & 0x3f));
		return 2;
	}
	if (code < 0x10000) {
		out[0] = (char)(0xe0 | code >> 12);
		out[1] = (char)(0x80 | (code >> 6 & 0x3f));
		out[2] = (char)(0x80 | (code & 0x3f));
		return 3;
	}
	out[0] = (char)(0xf0 | code >> 18);
	out[1] = (char)(0x80 | (code >> 12 & 0x3f));
	out[2] = (char)(0x80 | (code >> 6 & 0x3f));
	out[3] = (char)(0x80 | (code & 0x3f));
	return 4;
}

bool
utf8_valid(struct str s, size_t *bad)
{
	uint32_t code;
	for (size_t at = 0; at < s.n;) {
		size_t n = utf8_read(str_from(s, at), &code);
		if (n == 0) {
			if (bad)
				*bad = at;
			return false;
		}
		at += n;
	}
	return true;
}

bool
utf8_hidden(uint32_t c)
{
	return c < 0x20 || (c >= 0x7f && c <= 0x9f) || c == 0xad || c == 0x61c || c == 0x180e ||
	       (c >= 0x200b && c <= 0x200f) || (c >= 0x2028 && c <= 0x202e) ||
	       (c >= 0x2060 && c <= 0x206f) || c == 0xfeff || (c >= 0xfff9 && c <= 0xfffb) ||
	       (c >= 0xfdd0 && c <= 0xfdef) || (c & 0xfffe) == 0xfffe ||
	       (c >= 0xe0000 && c <= 0xe007f);
}
