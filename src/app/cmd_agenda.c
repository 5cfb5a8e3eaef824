/* dais new, dais check: agendas, before a session. And the agenda that a session is run from. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "dais/agenda.h"
#include "dais/diag.h"
#include "dais/event.h"
#include "agenda_file.h"
#include "hint.h"

enum { AGENDA_MAX = 1 << 20 };

int
cmd_new(const struct arguments *args)
{
	const char *path = args->rest[0];
	int error = file_create(path, agenda_template(i18n_chinese()), 0644);
	if (error) {
		APP_ERROR(_("{0}: not written: {1}"), str_of(path), str_of(file_why(error)));
		return DAIS_FAILED;
	}
	app_say(_("{0} is written. Fill it in, then: dais check {0}, dais run {0}\n"),
		(struct str[]){str_of(path)}, 1);
	return DAIS_OK;
}

/* Files that the agenda names lie beside it. */
static int
load(void *ctx, struct str name, struct buf *out)
{
	const char *agenda = ctx, *slash = strrchr(agenda, '/');
	struct buf path = {0};
	if (name.n && name.p[0] != '/' && slash)
		buf_put(&path, agenda, (size_t)(slash - agenda) + 1);
	buf_str(&path, name);
	int error = memchr(name.p, 0, name.n)
			    ? -EINVAL
			    : file_read(path.p ? path.p : "", AGENDA_MAX * 4, out);
	buf_finish(&path);
	return error;
}

static void
show(const struct diag_list *problems)
{
	struct buf text = {0};
	diag_render(&text, problems);
	app_complain(buf_view(&text));
	buf_finish(&text);
}

int
agenda_file_read(struct agenda *out, const char *path, bool quiet)
{
	struct buf source = {0};
	struct diag_list problems;
	*out = (struct agenda){0};
	int error = file_read(path, AGENDA_MAX, &source);
	if (error) {
		if (!quiet)
			APP_ERROR("{0}: {1}", str_of(path), str_of(file_why(error)));
		buf_finish(&source);
		return DAIS_UNTRUSTED;
	}
	diag_start(&problems, path, buf_view(&source));
	char *base = xstrdup(path);
	bool ok = agenda_read(out, buf_view(&source), load, base, &problems);
	if (!quiet && problems.n)
		show(&problems);
	diag_finish(&problems);
	free(base);
	buf_finish(&source);
	return ok ? DAIS_OK : DAIS_UNTRUSTED;
}

static void
put_clock(struct buf *out, int64_t minutes)
{
	buf_printf(out, "%02d:%02d", (int)(minutes / 60 % 24), (int)(minutes % 60));
}

int
cmd_check(const struct arguments *args)
{
	struct agenda a;
	if (hint_no_agenda(args->rest[0]))
		return DAIS_UNTRUSTED;
	int code = agenda_file_read(&a, args->rest[0], false);
	if (code == DAIS_OK) {
		struct buf n[4] = {{0}}, out = {0};
		buf_int(&n[0], (int64_t)a.segments);
		buf_int(&n[1], (int64_t)a.points);
		buf_int(&n[2], (int64_t)a.people);
		if (a.start_min == EVENT_NO)
			duration_put(&n[3], a.planned_ms);
		else
			put_clock(&n[3], a.start_min + (a.planned_ms + 59999) / 60000);
		struct str parts[] = {
			buf_view(&n[0]), buf_view(&n[1]), buf_view(&n[2]), buf_view(&n[3])};
		i18n_fill(&out,
			a.start_min == EVENT_NO ? _("{0} segments, {1} of them debate points; {2} "
						    "people; {3} planned\n")
						: _("{0} segments, {1} of them debate points; {2} "
						    "people; planned end {3}\n"),
			parts, 4);
		app_print(buf_view(&out));
		buf_finish(&out);
		for (size_t i = 0; i < 4; i++)
			buf_finish(&n[i]);
	}
	agenda_finish(&a);
	return code;
}
