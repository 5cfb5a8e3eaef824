/* dais verify: every record of a log and of what lies beside it, checked to the line. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "hint.h"
#include "internal.h"

int
log_unreadable(const char *log, int error)
{
	APP_ERROR("{0}: {1}", str_of(log), str_of(file_why(error)));
	return DAIS_UNTRUSTED;
}

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

/* The corrections are whole only if they follow from this log, and from it as it is now. */
static int
tell_amends(const char *log, const struct recall *r)
{
	const struct journal_check *c = &r->amends;
	char *beside = amends_path(log);
	struct buf out = {0}, n = {0}, head = {0};
	int code = DAIS_OK;
	buf_int(&n, c->records);
	put_head(&head, c);
	if (c->state == JOURNAL_WHOLE && !r->amends_bad_line) {
		struct str args[] = {str_of(beside), buf_view(&n), buf_view(&head)};
		app_say(_("{0}: whole: {1} records that follow from the closed log; head {2}\n"),
			args, 3);
	} else {
		recall_amends_damage(&out, r);
		APP_ERROR("{0}: {1}", str_of(beside), buf_view(&out));
		code = DAIS_UNTRUSTED;
	}
	buf_finish(&out);
	buf_finish(&n);
	buf_finish(&head);
	free(beside);
	return code;
}

int
cmd_verify(const struct arguments *args)
{
	const char *log = args->rest[0];
	struct recall r;
	if (hint_no_log("verify", log))
		return DAIS_UNTRUSTED;
	int error = recall_patiently(&r, log, true);
	if (error)
		return log_unreadable(log, error);
	int code = tell(log, &r.check, &r);
	if (r.chairs_there && r.chairs.state != JOURNAL_WHOLE) {
		char *beside = chairs_path(log);
		int other = tell(beside, &r.chairs, &(struct recall){.session = r.session});
		code = code ? code : other;
		free(beside);
	}
	if (r.amends_there) {
		int other = tell_amends(log, &r);
		code = code ? code : other;
	}
	recall_finish(&r);
	return code;
}
