/*
 * A bar for what takes longer than one likes to look at nothing, on standard
 * error: only where that is a terminal, and nothing stays of it.
 */
#include <sys/ioctl.h>
#include <unistd.h>

#include "dais/text.h"
#include "internal.h"

enum { PATIENCE_MS = 500, PERCENT = 100, BAR = 24, COLUMNS_MIN = 20, BAR_MIN = 60 };

/* "the log is read  ━━━━━━━━────────  42 %" */
static void
put_bar(struct buf *out, int percent, int columns)
{
	struct buf number = {0}, line = {0};
	buf_int(&number, percent);
	buf_puts(&line, _("the log is read"));
	buf_puts(&line, "  ");
	for (int i = 0; columns >= BAR_MIN && i < BAR; i++)
		buf_puts(&line, i * PERCENT < percent * BAR ? "━" : "─");
	buf_puts(&line, "  ");
	struct str arg = buf_view(&number);
	i18n_fill(&line, _("{0} %"), &arg, 1);
	text_fit(out, buf_view(&line), columns - 1);
	buf_finish(&number);
	buf_finish(&line);
}

static void
wipe(const struct patience *p, struct buf *out)
{
	buf_char(out, '\r');
	buf_fill(out, ' ', (size_t)p->columns - 1);
	buf_char(out, '\r');
}

static void
draw(void *ctx, int thousandths)
{
	struct patience *p = ctx;
	int percent = thousandths * PERCENT / 1000;
	if (!p->columns || percent == p->shown || clock_mono_ms() - p->begun_ms < PATIENCE_MS)
		return;
	struct buf line = {0};
	if (p->shown < 0)
		wipe(p, &line);
	buf_char(&line, '\r');
	put_bar(&line, percent, p->columns);
	buf_char(&line, ' ');
	p->shown = percent;
	app_complain(buf_view(&line));
	buf_finish(&line);
}

void
patience_start(struct patience *p)
{
	struct winsize size;
	bool terminal = isatty(STDERR_FILENO) && ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0;
	*p = (struct patience){.watch = {p, draw}, .begun_ms = clock_mono_ms(), .shown = -1};
	if (terminal && size.ws_col >= COLUMNS_MIN)
		p->columns = size.ws_col;
}

void
patience_end(struct patience *p)
{
	struct buf line = {0};
	if (p->shown < 0)
		return;
	wipe(p, &line);
	app_complain(buf_view(&line));
	buf_finish(&line);
}

int
recall_patiently(struct recall *out, const char *log, bool with_chairs)
{
	struct patience bar;
	patience_start(&bar);
	int error = recall_watched(out, log, with_chairs, &bar.watch);
	patience_end(&bar);
	return error;
}
