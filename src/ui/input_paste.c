/*
 * A paste may be of any length, hold any bytes and come in any pieces; nothing
 * in it is a key. Only so much of it is kept as a note may be cut from.
 */
#include "input_paste.h"

#include "dais/utf8.h"

enum { ESC = 0x1b, DEL = 0x7f };

void
paste_begin(struct input *in)
{
	in->paste_end = 0;
	in->paste_cut = false;
	in->skip = 0;
	buf_reset(&in->paste);
}

static void
keep(struct input *in, char c)
{
	if (in->paste.n < INPUT_PASTE_MAX)
		buf_char(&in->paste, c);
	else
		in->paste_cut = true;
}

bool
paste_feed(struct input *in, unsigned char c)
{
	static const char end[] = "\033[201~";
	if (c == (unsigned char)end[in->paste_end])
		return !end[++in->paste_end];
	/* Not the end after all: what looked like it was text, but for its Escape. */
	for (unsigned i = 1; i < in->paste_end; i++)
		keep(in, end[i]);
	if (in->paste_end)
		in->skip = 0;
	in->paste_end = c == ESC;
	/* skip: a carriage return was just turned into a newline. */
	bool after_return = in->skip;
	in->skip = c == '\r';
	if (c == '\r' || (c == '\n' && !after_return))
		keep(in, '\n');
	else if (c == '\t' || (c >= 0x20 && c != DEL))
		keep(in, (char)c);
	return false;
}

void
paste_take(struct input *in, struct buf *clean)
{
	struct str raw = buf_view(&in->paste);
	for (size_t at = 0, n = 0; at < raw.n; at += n) {
		uint32_t code = 0;
		n = utf8_read(str_from(raw, at), &code);
		/* What the cap cut in half at the very end is left out. */
		if (n == 0 && in->paste_cut && raw.n - at < 4)
			break;
		if (n == 0)
			buf_puts(clean, "\xef\xbf\xbd");
		else if (code < 0x80 || code > 0x9f)
			buf_put(clean, raw.p + at, n);
		n = n ? n : 1;
	}
	buf_finish(&in->paste);
	in->skip = 0;
}

bool
paste_escaped(const struct input *in)
{
	return in->paste_end == 1;
}
