/* A buffer that grows by doubling and stays terminated, so that its bytes can go to C functions
 * too. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "dais/log.h"
#include "dais/str.h"

void
buf_finish(struct buf *b)
{
	free(b->p);
	*b = (struct buf){0};
}

void
buf_reset(struct buf *b)
{
	b->n = 0;
	if (b->p)
		b->p[0] = 0;
}

void
buf_reserve(struct buf *b, size_t more)
{
	if (more < b->cap - b->n)
		return;
	size_t cap = b->cap ? b->cap : 64;
	while (cap - b->n <= more) {
		if (cap > SIZE_MAX / 2)
			log_die("out of memory");
		cap *= 2;
	}
	b->p = xrealloc(b->p, cap);
	b->cap = cap;
	b->p[b->n] = 0;
}

void
buf_put(struct buf *b, const void *p, size_t n)
{
	buf_reserve(b, n);
	if (n)
		memcpy(b->p + b->n, p, n);
	b->n += n;
	b->p[b->n] = 0;
}

void
buf_str(struct buf *b, struct str s)
{
	buf_put(b, s.p, s.n);
}

void
buf_puts(struct buf *b, const char *z)
{
	buf_put(b, z, strlen(z));
}

void
buf_char(struct buf *b, char c)
{
	buf_put(b, &c, 1);
}

void
buf_int(struct buf *b, int64_t v)
{
	char digits[24];
	size_t at = sizeof digits;
	uint64_t rest = v < 0 ? (uint64_t)-(v + 1) + 1 : (uint64_t)v;
	do
		digits[--at] = (char)('0' + rest % 10);
	while (rest /= 10);
	if (v < 0)
		digits[--at] = '-';
	buf_put(b, digits + at, sizeof digits - at);
}

void
buf_fill(struct buf *b, char c, size_t n)
{
	buf_reserve(b, n);
	memset(b->p + b->n, c, n);
	b->n += n;
	b->p[b->n] = 0;
}

void
buf_printf(struct buf *b, const char *format, ...)
{
	va_list args, again;
	va_start(args, format);
	va_copy(again, args);
	int n = vsnprintf(NULL, 0, format, args);
	va_end(args);
	if (n >= 0) {
		buf_reserve(b, (size_t)n + 1);
		vsnprintf(b->p + b->n, (size_t)n + 1, format, again);
		b->n += (size_t)n;
	}
	va_end(again);
}

struct str
buf_view(const struct buf *b)
{
	return (struct str){b->p ? b->p : "", b->n};
}
