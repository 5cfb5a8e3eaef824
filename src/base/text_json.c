/* JSON that may meet a terminal. A library's writer leaves DEL, C1 and bidi controls raw, as its
 * standard allows. */
#include "dais/text.h"
#include "dais/utf8.h"

static void
put_unit(struct buf *out, uint32_t unit)
{
	buf_printf(out, "\\u%04x", (unsigned)unit);
}

void
text_json(struct buf *out, struct str json)
{
	uint32_t c;
	for (size_t at = 0, n; at < json.n; at += n) {
		n = utf8_read(str_from(json, at), &c);
		if (!n) {
			n = 1;
			buf_puts(out, "\\ufffd");
		} else if (!utf8_hidden(c) || c == '\n') {
			buf_put(out, json.p + at, n);
		} else if (c < 0x10000) {
			put_unit(out, c);
		} else {
			put_unit(out, 0xd800 + ((c - 0x10000) >> 10));
			put_unit(out, 0xdc00 + ((c - 0x10000) & 0x3ff));
		}
	}
}
