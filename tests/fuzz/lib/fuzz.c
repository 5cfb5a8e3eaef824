/* Loud where something does not hold, as libFuzzer wants it: abort() is what it looks for. */
#include "fuzz.h"

#include "dais/diag.h"
#include "dais/i18n.h"
#include "dais/utf8.h"

/* Widths are the C library's, in its locale. */
int
LLVMFuzzerInitialize(int *argc, char ***argv)
{
	(void)argc;
	(void)argv;
	setenv("LC_ALL", "C.UTF-8", 1);
	unsetenv("LANGUAGE");
	i18n_start("/none"); /* a whole path: for another one gettext asks where it is each time */
	return 0;
}

void
fuzz_broken(const char *file, int line, const char *what, struct str of)
{
	fprintf(stderr, "%s:%d: does not hold: %s\n", file, line, what);
	for (size_t i = 0; i < of.n && i < 2000; i++) {
		unsigned char c = (unsigned char)of.p[i];
		if (c == '\n' || (c >= 32 && c != 127))
			fputc(c, stderr);
		else
			fprintf(stderr, "\\x%02x", c);
	}
	fputc('\n', stderr);
	abort();
}

bool
fuzz_line(struct str *rest, struct str *line)
{
	if (!rest->n)
		return false;
	*line = fuzz_upto(rest, STR("\n"));
	return true;
}

struct str
fuzz_upto(struct str *rest, struct str mark)
{
	const char *at = rest->n ? memmem(rest->p, rest->n, mark.p, mark.n) : NULL;
	struct str part = str_upto(*rest, at ? (size_t)(at - rest->p) : rest->n);
	*rest = str_from(*rest, part.n + (at ? mark.n : 0));
	return part;
}

unsigned
fuzz_byte(struct str *rest)
{
	unsigned c = rest->n ? (unsigned char)rest->p[0] : 0;
	*rest = str_from(*rest, rest->n > 0);
	return c;
}

int64_t
fuzz_number(struct str *rest)
{
	size_t n = 0;
	int64_t v = 0;
	while (n < rest->n && n < 15 && rest->p[n] >= '0' && rest->p[n] <= '9')
		v = v * 10 + (rest->p[n++] - '0');
	*rest = str_from(*rest, n + (n < rest->n));
	return v;
}

bool
fuzz_harmless(struct str s, const char *allowed)
{
	for (size_t n; s.n; s = str_from(s, n)) {
		uint32_t code;
		n = utf8_read(s, &code);
		if (!n || (utf8_hidden(code) && (code > 127 || !code || !strchr(allowed, (int)code))))
			return false;
	}
	return true;
}

void
fuzz_told(struct diag_list *l)
{
	struct buf out = {0};
	int lines = 1;
	for (size_t i = 0; i < l->source.n; i++)
		lines += l->source.p[i] == '\n' || l->source.p[i] == '\r';
	for (size_t i = 0; i < l->n; i++) {
		const struct diag *d = &l->items[i];
		MUST(d->text && d->at.line >= 0 && d->at.line <= lines + 1 && d->at.column >= 0);
	}
	diag_render(&out, l);
	MUST_OF(fuzz_harmless(buf_view(&out), "\n"), buf_view(&out));
	MUST((l->n == 0) == (out.n == 0));
	buf_finish(&out);
	diag_finish(l);
}

struct str
fuzz_alone(struct str s)
{
	char *p = malloc(s.n ? s.n : 1);
	if (!p)
		abort();
	memcpy(p, s.n ? s.p : "", s.n);
	return (struct str){p, s.n};
}
