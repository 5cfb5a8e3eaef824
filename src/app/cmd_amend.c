/*
 * dais amend: corrections after the close, in a log of their own beside the
 * sealed one, which is only ever read. Without a command it lists what can be
 * corrected, and what was.
 */
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "amend.h"
#include "hint.h"
#include "dais/utf8.h"

struct amending {
	struct recall r;
	const char *log;
	struct journal *journal; /* NULL until there is something to write */
	struct buf opening;      /* of a log that is not born yet: its first record */
	struct str by;
	bool lost; /* what was decided could not be saved: nothing more is */
};

static int
refuse(const char *log, const char *why, int code)
{
	APP_ERROR("{0}: {1}", str_of(log), str_of(why));
	return code;
}

/* Only what nobody can change any more is corrected, and only where all of it can be trusted. */
static int
check_sealed(const char *log, const struct recall *r)
{
	struct buf damage = {0};
	int code = DAIS_OK;
	recall_damage(&damage, r);
	if (!session_opened(r->session) && !damage.n)
		buf_puts(&damage, _("this is no session log"));
	if (damage.n) {
		APP_ERROR(r->is_amends ? "{0}: {1}"
				       : _("{0}: {1}; what cannot be trusted is not corrected"),
			str_of(log), buf_view(&damage));
		code = DAIS_UNTRUSTED;
	} else if (session_rehearsal(r->session)) {
		code = refuse(log,
			_("a rehearsal: nothing of it is published, so nothing is corrected"),
			DAIS_FAILED);
	} else if (!session_closed(r->session)) {
		code = refuse(log,
			_("the session is not closed; until then it is corrected in itself, with "
			  "dais run or dais ctl"),
			DAIS_FAILED);
	} else if (journal_locked(log)) {
		code = refuse(log, _("the session was closed, but is still hosted; leave it first"),
			DAIS_FAILED);
	}
	buf_finish(&damage);
	return code;
}

static int
refuse_amends(const struct amending *x, int error)
{
	char *beside = amends_path(x->log);
	struct buf damage = {0};
	int code = DAIS_UNTRUSTED;
	recall_amends_damage(&damage, &x->r);
	if (error == -EAGAIN || error == -EEXIST)
		code = refuse(
			beside, _("somebody else corrects this log at this moment"), DAIS_FAILED);
	else if (error && error != -EBADMSG)
		code = refuse(beside, file_why(error), DAIS_FAILED);
	else
		APP_ERROR(_("{0}: {1}. Nothing was changed; dais verify tells more"),
			str_of(beside), buf_view(&damage));
	buf_finish(&damage);
	free(beside);
	return code;
}

/* Session time ended with the close, so that a replay is as long as the debate was: when something
 * was corrected, only the time of day says. */
static void
put_now(struct buf *at)
{
	int64_t wall = clock_wall_ms();
	clock_iso(at, wall, clock_zone_min(wall));
}

/* The first record of a log that is born with the first correction. */
static void
prepare_opening(struct amending *x)
{
	static const char digits[] = "0123456789abcdef";
	struct events list = {0};
	struct event e = event_make(EVENT_AMEND_OPEN);
	struct buf at = {0};
	char head[64];
	const char *why, *slash = strrchr(x->log, '/');
	struct buf of = {0};
	for (size_t i = 0; i < 32; i++) {
		head[2 * i] = digits[x->r.check.head[i] >> 4];
		head[2 * i + 1] = digits[x->r.check.head[i] & 15];
	}
	/* A file's name may be any bytes; a record is UTF-8. */
	text_clean(&of, str_of(slash ? slash + 1 : x->log));
	while (of.n > EVENT_NAME_MAX)
		of.n = text_prev(buf_view(&of), of.n);
	e.amend.of = buf_view(&of);
	e.amend.records = x->r.check.records;
	e.amend.head = (struct str){head, sizeof head};
	put_now(&at);
	session_amend(x->r.session, &list, &e, session_last_t(x->r.session), buf_view(&at), x->by);
	event_encode(&x->opening, &list.items[0]);
	session_apply(x->r.session, &list.items[0], &why);
	events_finish(&list);
	buf_finish(&at);
	buf_finish(&of);
}

static int
begin(struct amending *x)
{
	int error = recall_open_amends(&x->r, x->log, &x->journal);
	if (error || x->r.amends_bad_line)
		return refuse_amends(x, error);
	if (x->r.amends.torn)
		APP_ERROR(_("the end of the last correction was torn off; it is kept as {0}"),
			str_of(x->r.amends.torn));
	if (!x->journal)
		prepare_opening(x);
	return DAIS_OK;
}

/* Waits for the disk. A second try goes to a fresh file where the first one's sync failed. */
static int
save(struct amending *x)
{
	for (int tries = 0; tries < 2 && journal_waiting(x->journal); tries++) {
		struct journal_batch *b = journal_begin(x->journal);
		journal_settle(x->journal, b, journal_commit(b));
	}
	return journal_trouble(x->journal);
}

static int
take(struct amending *x, const struct events *list)
{
	int error = 0;
	const char *why;
	struct str *bodies = xcalloc(list->n, sizeof *bodies);
	if (!x->journal) {
		char *beside = amends_path(x->log);
		error = journal_create_after(
			&x->journal, beside, x->r.check.head, buf_view(&x->opening));
		free(beside);
	}
	for (size_t i = 0; i < list->n && !error; i++) {
		struct buf body = {0};
		session_apply(x->r.session, &list->items[i], &why);
		event_encode(&body, &list->items[i]);
		bodies[i] = buf_view(&body);
	}
	if (!error) {
		journal_append(x->journal, bodies, list->n);
		error = save(x);
	}
	for (size_t i = 0; i < list->n; i++)
		free((void *)(uintptr_t)bodies[i].p);
	free(bodies);
	x->lost = error != 0;
	if (error == -EAGAIN || error == -EEXIST)
		refuse_amends(x, error);
	else if (error)
		APP_ERROR(_("the correction is not saved: {0}"), str_of(file_why(error)));
	return error;
}

static void
show_refused(const struct refused *no)
{
	struct buf out = {0}, why = {0};
	buf_printf(&out, "refused %s: ", refusal_text(no->code));
	refusal_sentence(&why, no);
	text_clean(&out, buf_view(&why));
	buf_char(&out, '\n');
	app_print(buf_view(&out));
	buf_finish(&out);
	buf_finish(&why);
}

static int
ask(struct amending *x, struct str line, struct event_list words)
{
	struct arena a = {0};
	struct events list = {0};
	struct command c;
	struct refused no;
	struct buf at = {0}, out = {0};
	int code = DAIS_FAILED;
	enum refusal refusal = words.n ? command_parse_words(words.items, words.n, &a, &c, &no)
				       : command_parse(line, &a, &c, &no);
	if (!refusal) {
		c.seat = SEAT_CHAIR;
		c.by = x->by;
		put_now(&at);
		c.t = session_last_t(x->r.session);
		c.at = buf_view(&at);
		refusal = session_decide(x->r.session, &c, &list, &no);
	}
	if (refusal) {
		show_refused(&no);
	} else if (!x->lost && !take(x, &list)) {
		code = DAIS_OK;
		buf_printf(&out, "ok %lld\n", (long long)list.items[list.n - 1].seq);
		app_print(buf_view(&out));
	}
	events_finish(&list);
	buf_finish(&at);
	buf_finish(&out);
	arena_finish(&a);
	return code;
}

static int
ask_line(void *ctx, struct str line)
{
	return ask(ctx, line, (struct event_list){0});
}

static int
ask_all(struct amending *x, char **rest, int n)
{
	if (n == 1 && !strcmp(rest[0], "-"))
		return input_lines(ask_line, x);
	if (n == 1)
		return ask(x, str_of(rest[0]), (struct event_list){0});
	struct str *words = xcalloc((size_t)n, sizeof *words);
	for (int i = 0; i < n; i++)
		words[i] = str_of(rest[i]);
	int code = ask(x, STR_NONE, (struct event_list){words, (size_t)n});
	free(words);
	return code;
}

static int
list_all(const char *log)
{
	struct recall r;
	int error = recall_patiently(&r, log, true);
	if (error)
		return log_unreadable(log, error);
	int code = check_sealed(log, &r);
	if (!code) {
		struct buf damage = {0};
		recall_amends_damage(&damage, &r);
		amend_list(r.session, log);
		if (damage.n)
			code = refuse(log, damage.p, DAIS_UNTRUSTED);
		buf_finish(&damage);
	}
	recall_finish(&r);
	return code;
}

int
cmd_amend(const struct arguments *args)
{
	struct amending x = {.log = args->rest[0]};
	const char *by = args->values[0];
	if (by && !utf8_valid(str_of(by), NULL)) {
		APP_ERROR(_("{0}: this is not UTF-8"), STR("--by"));
		return DAIS_USAGE;
	}
	if (hint_no_log("amend", x.log))
		return DAIS_UNTRUSTED;
	if (args->rest_n == 1)
		return list_all(x.log);
	signal(SIGXFSZ, SIG_IGN);
	int error = recall_sealed(&x.r, x.log, true);
	if (error)
		return log_unreadable(x.log, error);
	char *login = login_name();
	x.by = str_of(by && *by ? by : login);
	int code = check_sealed(x.log, &x.r);
	if (!code)
		code = begin(&x);
	if (!code)
		code = ask_all(&x, args->rest + 1, args->rest_n - 1);
	journal_close(x.journal);
	recall_finish(&x.r);
	buf_finish(&x.opening);
	free(login);
	return code;
}
