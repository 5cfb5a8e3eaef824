/* dais report: what was said, for those who were not there. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "dais/command.h"
#include "dais/report.h"
#include "hint.h"
#include "internal.h"

/* Up to when a running turn counts: now, if somebody hosts it; otherwise the last that the log
 * knows. */
static int64_t
now_of(const struct session *s, const char *log)
{
	int64_t last = session_last_t(s);
	char boot[64];
	if (session_closed(s) || session_rehearsal(s))
		return last;
	if (!journal_locked(log))
		return last;
	clock_boot_id(boot);
	return clock_resume(
		session_host(s), last, str_of(boot), clock_mono_ms(), clock_wall_ms(), 1);
}

static int
put_out(struct str text, const char *file)
{
	if (!file) {
		app_print(text);
		return DAIS_OK;
	}
	int error = file_create(file, text, 0644);
	if (!error)
		return DAIS_OK;
	APP_ERROR(_("{0}: not written: {1}"), str_of(file), str_of(file_why(error)));
	return DAIS_FAILED;
}

static void
no_format(const char *word)
{
	struct buf all = {0};
	for (size_t i = 0; i < REPORT_FORMAT_COUNT; i++)
		buf_printf(&all, "%s%s", i ? ", " : "", report_format_text((enum report_format)i));
	APP_ERROR(_("there is no format {0}; there are: {1}"), str_of(word), buf_view(&all));
	buf_finish(&all);
}

/* What of the command line is for the report, or a word on what is wrong with it. */
static bool
ask(const struct arguments *args, enum report_format *format, struct report_options *o)
{
	const char *lang = args->values[2], *offset = args->values[3];
	*format = REPORT_MD;
	if (args->values[0] && !report_format_from(str_of(args->values[0]), format)) {
		no_format(args->values[0]);
		return false;
	}
	if (lang && strcmp(lang, "en") != 0 && strcmp(lang, "zh-CN") != 0 &&
		strcmp(lang, "zh_CN") != 0) {
		APP_ERROR(_("there is no language {0}; there are zh-CN and en"), str_of(lang));
		return false;
	}
	if (offset && !duration_read(str_of(offset), true, &o->offset_ms)) {
		APP_ERROR(_("{0} is no offset; write it as 1:30, -12s or 1h5m"), str_of(offset));
		return false;
	}
	if (offset && !report_format_recorded(*format)) {
		APP_ERROR(_("only vtt and chapters have the times of a recording: no --offset for "
			    "{0}"),
			str_of(report_format_text(*format)));
		return false;
	}
	return true;
}

static void
tell_left_out(const struct session *s, enum report_format format, const struct report_options *o)
{
	struct buf n = {0};
	size_t left = report_left_out(s, format, o);
	buf_int(&n, (int64_t)left);
	if (left)
		APP_ERROR(_("left out, since the recording begins after them: {0}"), buf_view(&n));
	buf_finish(&n);
}

/* csv and chapters are read by programs that know no draft: whoever makes them is told. */
static void
tell_draft(const char *log, const struct session *s, enum report_format format,
	const struct report_options *o)
{
	struct buf why = {0};
	if ((format != REPORT_CSV && format != REPORT_CHAPTERS) || !report_is_draft(s, o))
		return;
	report_state(&why, s, o);
	APP_ERROR(_("{0}: a draft. {1}"), str_of(log), buf_view(&why));
	buf_finish(&why);
}

/* Appends what of the log and of its corrections cannot be trusted. */
static void
put_damage(struct buf *out, const struct recall *r)
{
	recall_damage(out, r);
	size_t before = out->n;
	if (before)
		buf_puts(out, "; ");
	size_t start = out->n;
	recall_amends_damage(out, r);
	if (out->n == start)
		out->n = before;
}

static int
write_report(struct recall *r, const char *log, const struct arguments *args,
	enum report_format format, struct report_options *o)
{
	struct buf out = {0}, told = {0};
	const char *lang = args->values[2];
	struct str forum = session_forum(r->session)->language;
	char *own = str_dup(lang ? str_of(lang) : forum.n ? forum : STR("en"));
	i18n_language(own);
	put_damage(&told, r); /* again, in the report's language */
	o->now_t = now_of(r->session, log);
	o->chinese = !strncmp(own, "zh", 2);
	o->damage = buf_view(&told);
	report_write(&out, r->session, format, o);
	i18n_language(NULL);
	tell_left_out(r->session, format, o);
	tell_draft(log, r->session, format, o);
	int code = put_out(buf_view(&out), args->values[1]);
	buf_finish(&told);
	buf_finish(&out);
	free(own);
	return code;
}

int
cmd_report(const struct arguments *args)
{
	const char *log = args->rest[0];
	enum report_format format;
	struct report_options o = {0};
	struct recall r;
	if (!ask(args, &format, &o))
		return DAIS_USAGE;
	if (hint_no_log("report", log))
		return DAIS_UNTRUSTED;
	int error = recall_patiently(&r, log, false);
	if (error)
		return log_unreadable(log, error);
	struct buf damage = {0};
	int code = DAIS_UNTRUSTED;
	put_damage(&damage, &r);
	if (!session_opened(r.session) && !damage.n)
		buf_puts(&damage, _("this is no session log"));
	if (damage.n)
		APP_ERROR("{0}: {1}", str_of(log), buf_view(&damage));
	if (session_opened(r.session))
		code = write_report(&r, log, args, format, &o);
	if (!code && damage.n)
		code = DAIS_UNTRUSTED;
	buf_finish(&damage);
	recall_finish(&r);
	return code;
}
