/* Text that people typed, as every format may carry it: one place decides what is left out. */
#include "dais/utf8.h"
#include "internal.h"

/* Blanks other than those of ASCII: at an end they say nothing, and Markdown's signs do not hold beside them. */
static bool
wide_blank(uint32_t c)
{
	return c == 0xa0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200a) || c == 0x202f || c == 0x205f ||
	       c == 0x3000;
}

void
plain_text(struct buf *out, struct str text, bool lines)
{
	enum { NOTHING, BLANK, LINE } gap = NOTHING;
	uint32_t c;
	text = str_trim(text);
	size_t start = out->n, end = start; /* end: behind the last that is no blank */
	for (size_t at = 0, n; at < text.n; at += n) {
		n = utf8_read(str_from(text, at), &c);
		bool bad = n == 0;
		if (bad) {
			n = 1;
			c = 0xfffd;
		}
		if (c == '\n' || c == '\r' || c == 0x0b || c == 0x0c || c == 0x85 || c == 0x2028 ||
			c == 0x2029) {
			gap = lines ? LINE : gap == LINE ? LINE : BLANK;
			continue;
		}
		if (c == '\t' || c == ' ') {
			gap = gap == LINE ? LINE : BLANK;
			continue;
		}
		if (utf8_hidden(c) || (out->n == start && wide_blank(c)))
			continue;
		if (gap != NOTHING && out->n > start)
			buf_char(out, gap == LINE ? '\n' : ' ');
		gap = NOTHING;
		if (bad)
			buf_puts(out, "\xef\xbf\xbd");
		else
			buf_put(out, text.p + at, n);
		if (!wide_blank(c))
			end = out->n;
	}
	if (out->n > end) {
		out->n = end;
		out->p[end] = 0;
	}
}
