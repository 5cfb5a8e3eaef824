/*
 * An export says what dais report would say of the same log, and never takes
 * the name of a file that is there: whoever edited the last one keeps it.
 */
#include <stdlib.h>
#include <string.h>

#include "dais/i18n.h"
#include "exports.h"

const char *const export_formats[] = {"md", "html", "csv", "vtt", "chapters", "json", NULL};

void
export_path(struct buf *out, const char *log, enum report_format format, int n)
{
	static const char end[] = ".dais";
	struct str stem = str_of(log);
	size_t tail = sizeof end - 1;
	if (stem.n > tail && str_is(str_from(stem, stem.n - tail), end))
		stem.n -= tail;
	buf_str(out, stem);
	if (n > 1)
		buf_printf(out, "-%d", n);
	buf_printf(out, ".%s", report_format_text(format));
	/* Its own name says nothing to a program that opens files. */
	if (format == REPORT_CHAPTERS)
		buf_puts(out, ".txt");
}

void
export_text(struct buf *out, const struct session *s, enum report_format format)
{
	struct str language = session_forum(s)->language;
	const char *now = getenv("LANGUAGE");
	char *kept = now ? xstrdup(now) : NULL;
	char *own = str_dup(language.n ? language : STR("en"));
	struct report_options o = {
		.now_t = session_closed_t(s), .chinese = strncmp(own, "zh", 2) == 0};
	i18n_language(own);
	report_write(out, s, format, &o);
	i18n_language(NULL);
	if (kept)
		i18n_language(kept);
	free(kept);
	free(own);
}
