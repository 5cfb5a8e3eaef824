/* The report as one page that can be published as it is. */
#include "internal.h"

void
html_text(struct buf *out, struct str text)
{
	struct buf plain = {0};
	plain_text(&plain, text, true);
	for (size_t i = 0; i < plain.n; i++) {
		switch (plain.p[i]) {
		case '&':
			buf_puts(out, "&amp;");
			break;
		case '<':
			buf_puts(out, "&lt;");
			break;
		case '>':
			buf_puts(out, "&gt;");
			break;
		case '"':
			buf_puts(out, "&quot;");
			break;
		case '\'':
			buf_puts(out, "&#39;");
			break;
		default:
			buf_char(out, plain.p[i]);
		}
	}
	buf_finish(&plain);
}

void
html_write(struct buf *out, const struct session *s, const struct report_options *o)
{
	buf_printf(out, "<!DOCTYPE html>\n<html lang=\"%s\">\n<meta charset=\"utf-8\">\n<title>",
		o->chinese ? "zh-CN" : "en");
	html_text(out, session_forum(s)->title);
	buf_puts(out, "</title>\n");
}
