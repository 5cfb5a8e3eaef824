/*
 * Bytes to lines. A line is judged whole and only when it has ended, or when
 * it is too long whatever follows; that is why the cuts between two reads
 * cannot change what comes out.
 */
#include <string.h>

#include "wired.h"
#include "dais/utf8.h"

/* Peers that once sent a long line give its memory back. */
enum { FRAME_KEPT = 4096 };

static bool
line_good(struct str line)
{
	return !memchr(line.p, 0, line.n) && utf8_valid(line, NULL);
}

static void
frame_end(struct frame *f, struct str line, frame_line_cb call, void *ctx)
{
	if (line.n == 0)
		return;
	if (line_good(line))
		call(ctx, line);
	else
		f->broken = true;
}

static void
frame_empty(struct frame *f)
{
	if (f->held.cap > FRAME_KEPT)
		buf_finish(&f->held);
	else
		buf_reset(&f->held);
}

bool
frame_feed(struct frame *f, struct str bytes, frame_line_cb line, void *ctx)
{
	size_t most = f->most ? f->most : EVENT_LINE_MAX;
	while (bytes.n > 0 && !f->broken) {
		const char *end = memchr(bytes.p, '\n', bytes.n);
		size_t n = end ? (size_t)(end - bytes.p) : bytes.n;
		if (n > most - f->held.n) {
			f->broken = true;
		} else if (!end) {
			buf_put(&f->held, bytes.p, n);
		} else if (f->held.n == 0) {
			frame_end(f, str_upto(bytes, n), line, ctx);
		} else {
			buf_put(&f->held, bytes.p, n);
			frame_end(f, buf_view(&f->held), line, ctx);
			frame_empty(f);
		}
		bytes = str_from(bytes, n + 1);
	}
	if (f->broken)
		buf_finish(&f->held);
	return !f->broken;
}

void
frame_finish(struct frame *f)
{
	buf_finish(&f->held);
}
