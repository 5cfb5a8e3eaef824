/* Standard error, and the one hook that a dying program still calls. */
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "dais/log.h"
#include "dais/text.h"

static void (*on_death)(void);

void
log_error(const char *format, ...)
{
	struct buf raw = {0}, clean = {0};
	va_list args, again;
	va_start(args, format);
	va_copy(again, args);
	int n = vsnprintf(NULL, 0, format, args);
	va_end(args);
	if (n > 0) {
		buf_reserve(&raw, (size_t)n + 1);
		vsnprintf(raw.p, (size_t)n + 1, format, again);
		raw.n = (size_t)n;
	}
	va_end(again);
	buf_puts(&clean, "dais: ");
	text_clean(&clean, buf_view(&raw));
	buf_char(&clean, '\n');
	ssize_t ignored = write(STDERR_FILENO, clean.p, clean.n);
	(void)ignored;
	buf_finish(&raw);
	buf_finish(&clean);
}

void
log_on_death(void (*restore)(void))
{
	on_death = restore;
}

void
log_die(const char *sentence)
{
	if (on_death)
		on_death();
	struct str parts[] = {STR("dais: "), str_of(sentence), STR("\n")};
	for (size_t i = 0; i < 3; i++) {
		ssize_t ignored = write(STDERR_FILENO, parts[i].p, parts[i].n);
		(void)ignored;
	}
	_exit(DAIS_FAILED);
}
