/* Words to standard output and standard error: the only file of the room that writes there. */
#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "internal.h"

void
app_print(struct str text)
{
	for (size_t at = 0; at < text.n;) {
		ssize_t n = write(STDOUT_FILENO, text.p + at, text.n - at);
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return;
		at += (size_t)n;
	}
}

void
app_complain(struct str text)
{
	while (text.n) {
		ssize_t n = write(STDERR_FILENO, text.p, text.n);
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return;
		text = str_from(text, (size_t)n);
	}
}

void
app_printz(const char *text)
{
	app_print(str_of(text));
}

void
app_error(const char *format, const struct str *args, size_t n)
{
	struct buf text = {0};
	i18n_fill(&text, format, args, n);
	log_error("%s", text.p ? text.p : "");
	buf_finish(&text);
}

void
refusal_sentence(struct buf *out, const struct refused *no)
{
	i18n_fill(out, no->why ? _(no->why) : "", no->args, no->n);
}
