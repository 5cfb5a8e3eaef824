/*
 * Exports from the console: what is in one is decided here and now, and a thread
 * of the pool writes it, so that a disk that hangs stops no console. Only what is
 * on the disk in the log goes out.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "exports.h"
#include "live.h"

struct exporting {
	uv_work_t work;
	struct loop *loop;
	enum report_format format;
	char *log;	  /* owned */
	struct buf text;
	struct buf path;
	int error;
};

static void
write_file(uv_work_t *work)
{
	struct exporting *e = work->data;
	e->error = -EEXIST;
	for (int n = 1; n <= EXPORT_NUMBER_MAX && e->error == -EEXIST; n++) {
		buf_reset(&e->path);
		export_path(&e->path, e->log, e->format, n);
		e->error = file_create(e->path.p, buf_view(&e->text), 0644);
	}
}

static void
tell(struct loop *l, enum report_format format, bool written, struct str told)
{
	if (l->screen.ui)
		ui_exported(l->screen.ui, report_format_text(format), written, told);
	else if (!written)
		APP_ERROR(_("{0}: not written: {1}"), str_of(report_format_text(format)), told);
}

static void
written(uv_work_t *work, int status)
{
	struct exporting *e = work->data;
	int error = status < 0 ? status : e->error;
	const char *slash = e->path.n ? strrchr(e->path.p, '/') : NULL;
	struct str name = slash ? str_of(slash + 1) : buf_view(&e->path);
	tell(e->loop, e->format, !error, error ? str_of(file_why(error)) : name);
	buf_finish(&e->text);
	buf_finish(&e->path);
	free(e->log);
	free(e);
}

/* Why nothing can be exported yet, or an empty buffer. */
static void
not_yet(struct buf *out, const struct host *h)
{
	int trouble = host_trouble(h);
	if (host_synced(h, LANE_SESSION) == session_next_seq(host_session(h), LANE_SESSION) - 1)
		return;
	if (trouble)
		i18n_fill(out, _("the log itself cannot be saved: {0}"),
			(struct str[]){str_of(file_why(trouble))}, 1);
	else
		buf_puts(out, _("the log is still being saved; write it again in a moment"));
}

void
exports_begin(struct loop *l, const char *format)
{
	const struct session *s = host_session(l->host);
	enum report_format f;
	struct buf why = {0};
	if (!report_format_from(str_of(format), &f) || !session_closed(s))
		return;
	not_yet(&why, l->host);
	if (why.n) {
		tell(l, f, false, buf_view(&why));
		buf_finish(&why);
		return;
	}
	struct exporting *e = xcalloc(1, sizeof *e);
	e->loop = l;
	e->format = f;
	e->log = xstrdup(l->options->log);
	e->work.data = e;
	export_text(&e->text, s, f);
	int error = uv_queue_work(&l->uv, &e->work, write_file, written);
	if (error < 0)
		written(&e->work, error);
}
