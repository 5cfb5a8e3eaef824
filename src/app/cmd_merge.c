/*
 * dais merge: what one log of a session holds and the other lacks, without a
 * network and after the close too. It reads; who carries things over is a person,
 * at a console or with dais amend.
 */
#include <string.h>

#include "dais/text.h"
#include "hint.h"
#include "joined.h"

/* Whatever can be read of it counts; what cannot is said. */
static int
read_log(struct recall *r, const char *log)
{
	struct buf damage = {0};
	if (hint_no_log("merge", log))
		return DAIS_UNTRUSTED;
	int error = recall_patiently(r, log, true);
	if (error)
		return log_unreadable(log, error);
	if (!session_opened(r->session)) {
		recall_damage(&damage, r);
		APP_ERROR("{0}: {1}", str_of(log), buf_view(&damage));
		buf_finish(&damage);
		return DAIS_UNTRUSTED;
	}
	recall_damage(&damage, r);
	if (damage.n)
		APP_ERROR("{0}: {1}", str_of(log), buf_view(&damage));
	buf_finish(&damage);
	return DAIS_OK;
}

static bool
is_plain(struct str line)
{
	for (size_t i = 0; i < line.n; i++)
		if ((unsigned char)line.p[i] < ' ' || line.p[i] == 0x7f)
			return false;
	return true;
}

/* What dais amend takes: nothing that only chairs may see, and no newcomers. */
static bool
is_amendable(const struct orphan *x)
{
	bool spelling = x->what == ORPHAN_PERSON && str_starts(x->line, STR("people set"));
	return x->state == ORPHAN_WAITS && !x->chairs && (x->what == ORPHAN_NOTE || spelling) &&
	       is_plain(x->line);
}

static void
print_commands(const struct orphans *o)
{
	struct buf out = {0};
	for (size_t i = 0; i < o->n; i++) {
		if (!is_amendable(&o->items[i]))
			continue;
		/* A terminal gets it cleaned, a program as it is. */
		if (output_columns())
			text_clean(&out, o->items[i].line);
		else
			buf_str(&out, o->items[i].line);
		buf_char(&out, '\n');
	}
	app_print(buf_view(&out));
	buf_finish(&out);
}

static void
print_list(const struct orphans *o)
{
	struct buf list = {0};
	merge_list(o, false, &list);
	struct str rest = buf_view(&list);
	while (rest.n) {
		const char *end = memchr(rest.p, '\n', rest.n);
		struct str line = str_upto(rest, (size_t)(end - rest.p));
		app_say("{0}\n", &line, 1);
		rest = str_from(rest, line.n + 1);
	}
	buf_finish(&list);
}

static int
tell(const struct arguments *args, const struct session *here, const struct session *old)
{
	struct orphans o = {0};
	struct str logs[] = {str_of(args->rest[0]), str_of(args->rest[1])};
	int code = DAIS_OK;
	if (!orphans_add(&o, here, old, logs[1])) {
		app_error(_("{0} and {1} are logs of two sessions"), logs, 2);
		code = DAIS_FAILED;
	} else if (args->values[0]) {
		print_commands(&o);
	} else if (!o.n) {
		app_say(_("{1} holds nothing that {0} lacks\n"), logs, 2);
	} else {
		print_list(&o);
		if (orphans_open(&o, SIZE_MAX))
			app_say(session_closed(here)
					? _("to add the notes and spellings: dais merge {0} {1} --commands | "
					    "dais amend {0} -\n")
					: _("while the session runs: dais join --log {1}, then merge\n"),
				logs, 2);
	}
	orphans_finish(&o);
	return code;
}

int
cmd_merge(const struct arguments *args)
{
	struct recall here = {0}, old = {0};
	int code = read_log(&here, args->rest[0]);
	if (!code)
		code = read_log(&old, args->rest[1]);
	if (!code)
		code = tell(args, here.session, old.session);
	recall_finish(&here);
	recall_finish(&old);
	return code;
}
