/* What was typed against what was written: capitals, full-width forms and kinds of blanks make no
 * difference. */
#include "dais/utf8.h"
#include "internal.h"

size_t
fold_read(struct str s, uint32_t *code)
{
	size_t n = utf8_read(s, code);
	if (!n && s.n) {
		*code = 0xfffd;
		return 1;
	}
	if (*code >= 0xff01 && *code <= 0xff5e)
		*code -= 0xff01 - '!';
	if (*code == 0x3000 || *code == '\n' || *code == '\t')
		*code = ' ';
	if (*code >= 'A' && *code <= 'Z')
		*code += 'a' - 'A';
	return n;
}

void
fold_put(struct buf *out, struct str s)
{
	uint32_t code = 0;
	char bytes[4];
	for (size_t n; (n = fold_read(s, &code)) > 0; s = str_from(s, n))
		buf_put(out, bytes, utf8_write(bytes, code));
}

static bool
begins(struct str s, struct str part)
{
	uint32_t a = 0, b = 0;
	while (part.n) {
		size_t n = fold_read(s, &a), m = fold_read(part, &b);
		if (!n || a != b)
			return false;
		s = str_from(s, n);
		part = str_from(part, m);
	}
	return true;
}

bool
fold_has(struct str s, struct str part)
{
	uint32_t code = 0;
	for (size_t n; (n = fold_read(s, &code)) > 0; s = str_from(s, n))
		if (begins(s, part))
			return part.n > 0;
	return false;
}
