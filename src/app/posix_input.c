/* Commands from standard input, one a line, each as soon as it is there. */
#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "internal.h"

/* Takes whole lines off what is held; the last answer that is not DAIS_OK, or that. */
static int
take_lines(struct buf *held, input_line_cb take, void *ctx)
{
	size_t start = 0;
	int code = DAIS_OK;
	for (char *end; start < held->n && (end = memchr(held->p + start, '\n', held->n - start));) {
		struct str line =
			str_trim((struct str){held->p + start, (size_t)(end - held->p) - start});
		start = (size_t)(end - held->p) + 1;
		int answer = line.n && line.p[0] != '#' ? take(ctx, line) : DAIS_OK;
		code = answer ? answer : code;
	}
	if (start) {
		memmove(held->p, held->p + start, held->n - start);
		held->n -= start;
	}
	return code;
}

int
input_lines(input_line_cb take, void *ctx)
{
	struct buf held = {0};
	int code = DAIS_OK;
	for (bool more = true; more;) {
		char bytes[4096];
		ssize_t n = read(STDIN_FILENO, bytes, sizeof bytes);
		if (n < 0 && errno == EINTR)
			continue;
		more = n > 0;
		if (more)
			buf_put(&held, bytes, (size_t)n);
		else if (held.n)
			buf_char(&held, '\n');
		int answer = take_lines(&held, take, ctx);
		code = answer ? answer : code;
	}
	buf_finish(&held);
	return code;
}
