/* Sentences with numbered places. Never printf: a translation is data, and data must not be a
 * format. */
#include "dais/i18n.h"

void
i18n_fill(struct buf *out, const char *format, const struct str *args, size_t n)
{
	for (const char *p = format; *p; p++) {
		if (p[0] == '{' && p[1] >= '0' && p[1] <= '9' && p[2] == '}') {
			size_t place = (size_t)(p[1] - '0');
			if (place < n)
				buf_str(out, args[place]);
			p += 2;
		} else {
			if (p[0] == '{' && p[1] == '{')
				p++;
			buf_char(out, *p);
		}
	}
}

void
i18n_ordinal(struct buf *out, int n, bool chinese)
{
	static const char *const digits[] = {
		"", "一", "二", "三", "四", "五", "六", "七", "八", "九"};
	if (!chinese || n < 1 || n > 99) {
		buf_int(out, n);
		return;
	}
	if (n >= 20)
		buf_puts(out, digits[n / 10]);
	if (n >= 10)
		buf_puts(out, "十");
	buf_puts(out, digits[n % 10]);
}
