/* dais report, dais verify: a log, read by somebody who did not write it. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "dais/command.h"
#include "dais/report.h"
#include "internal.h"

static int
unreadable(const char *log, int error)
{
	APP_ERROR("{0}: {1}", str_of(log), str_of(file_why(error)));
	return DAIS_UNTRUSTED;
}

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

int
cmd_report(const struct arguments *args)
{
	const char *log = args->rest[0], *lang = args->values[2];
	enum report_format format;
	struct report_options o = {0};
	struct recall r;
	if (!ask(args, &format, &o))
		return DAIS_USAGE;
	int error = recall_read(&r, log, false);
	if (error)
		return unreadable(log, error);
	struct buf damage = {0}, out = {0};
	int code = DAIS_UNTRUSTED;
	recall_damage(&damage, &r);
	if (!session_opened(r.session)) {
		APP_ERROR("{0}: {1}", str_of(log),
			damage.n ? buf_view(&damage) : str_of(_("this is no session log")));
	} else {
		if (damage.n)
			APP_ERROR("{0}: {1}", str_of(log), buf_view(&damage));
		struct str forum = session_forum(r.session)->language;
		char *own = str_dup(lang ? str_of(lang) : forum.n ? forum : STR("en"));
		i18n_language(own);
		struct buf told = {0};
		recall_damage(&told, &r); /* again, in the report's language */
		o.now_t = now_of(r.session, log);
		o.chinese = !strncmp(own, "zh", 2);
		o.damage = buf_view(&told);
		report_write(&out, r.session, format, &o);
		i18n_language(NULL);
		tell_left_out(r.session, format, &o);
		code = put_out(buf_view(&out), args->values[1]);
		if (!code && damage.n)
			code = DAIS_UNTRUSTED;
		buf_finish(&told);
		free(own);
	}
	buf_finish(&damage);
	buf_finish(&out);
	recall_finish(&r);
	return code;
}

/* ---- verify ---- */

static void
put_head(struct buf *out, const struct journal_check *c)
{
	for (size_t i = 0; i < sizeof c->head; i++)
		buf_printf(out, "%02x", c->head[i]);
}

static int
tell(const char *path, const struct journal_check *c, const struct recall *r)
{
	struct buf out = {0}, n = {0}, head = {0}, bad = {0};
	int code = c->state == JOURNAL_WHOLE && !r->bad_line ? DAIS_OK : DAIS_UNTRUSTED;
	buf_int(&n, c->records);
	put_head(&head, c);
	struct str args[] = {str_of(path), buf_view(&n), buf_view(&head)};
	if (code == DAIS_OK) {
		app_say(session_closed(r->session)
				? _("{0}: whole: {1} records, closed; head {2}\n")
				: _("{0}: whole: {1} records, not closed; head {2}\n"),
			args, 3);
	} else {
		struct recall of = *r;
		of.check = *c;
		recall_damage(&bad, &of);
		buf_printf(&out, "%s: ", path);
		buf_str(&out, buf_view(&bad));
		if (c->bad_line && !r->bad_line && c->state != JOURNAL_NOT_A_LOG) {
			struct buf offset = {0}, beyond = {0};
			buf_int(&offset, c->bad_offset);
			buf_int(&beyond, c->beyond);
			i18n_fill(&out, _("; byte {0}; {1} lines behind it are readable"),
				(struct str[]){buf_view(&offset), buf_view(&beyond)}, 2);
			buf_finish(&offset);
			buf_finish(&beyond);
		}
		log_error("%s", out.p);
	}
	buf_finish(&out);
	buf_finish(&n);
	buf_finish(&head);
	buf_finish(&bad);
	return code;
}

int
cmd_verify(const struct arguments *args)
{
	const char *log = args->rest[0];
	struct recall r;
	int error = recall_read(&r, log, true);
	if (error)
		return unreadable(log, error);
	int code = tell(log, &r.check, &r);
	if (r.chairs_there && r.chairs.state != JOURNAL_WHOLE) {
		char *beside = chairs_path(log);
		int other = tell(beside, &r.chairs, &(struct recall){.session = r.session});
		code = code ? code : other;
		free(beside);
	}
	recall_finish(&r);
	return code;
}
