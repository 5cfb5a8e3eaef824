/* dais run, dais demo: where the log of an agenda lies, whether it is begun or resumed, and the
 * session's life. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "agenda_file.h"
#include "hint.h"

extern const unsigned char sample_agenda[];
extern const size_t sample_agenda_size;

enum { REHEARSE_MAX = 1000 };

/* Where things of an agenda lie. */
struct paths {
	char *agenda;    /* absolute; owned */
	char *log;       /* owned */
	struct str name; /* the session's: a part of log */
};

static void
paths_finish(struct paths *p)
{
	free(p->agenda);
	free(p->log);
}

static char *
absolute(const char *path)
{
	struct buf whole = {0};
	const char *slash = strrchr(path, '/');
	char *folder = slash ? str_dup((struct str){path, (size_t)(slash - path) + (slash == path)})
			     : xstrdup(".");
	char *real = realpath(folder, NULL);
	free(folder);
	if (!real)
		return NULL;
	buf_puts(&whole, real);
	if (strcmp(real, "/") != 0)
		buf_char(&whole, '/');
	buf_puts(&whole, slash ? slash + 1 : path);
	free(real);
	return whole.p;
}

static bool
paths_find(struct paths *p, const char *file, bool rehearsal)
{
	static const char *const ends[] = {".yaml", ".yml"};
	struct buf log = {0};
	p->agenda = absolute(file);
	if (!p->agenda)
		return false;
	struct str stem = str_of(p->agenda);
	for (size_t i = 0; i < 2; i++) {
		struct str end = str_of(ends[i]);
		if (stem.n > end.n && str_eq(str_from(stem, stem.n - end.n), end)) {
			stem.n -= end.n;
			break;
		}
	}
	buf_str(&log, stem);
	if (rehearsal)
		buf_puts(&log, ".rehearsal");
	size_t end = log.n;
	buf_puts(&log, ".dais");
	p->log = log.p;
	const char *slash = strrchr(p->log, '/');
	p->name = (struct str){slash + 1, end - (size_t)(slash + 1 - p->log)};
	return true;
}

static int
move_log(const char *from, const char *to)
{
	static const char *const tails[] = {"", ".mark", ".moved"};
	int error = 0;
	for (size_t i = 0; i < 3 && !error; i++) {
		struct buf a = {0}, b = {0};
		buf_printf(&a, "%s%s", from, tails[i]);
		buf_printf(&b, "%s%s", to, tails[i]);
		if (rename(a.p, b.p) < 0 && errno != ENOENT)
			error = -errno;
		buf_finish(&a);
		buf_finish(&b);
	}
	return error;
}

/* PATH and what lies beside it get another name, so that a new log can be born; nothing is deleted.
 */
static int
set_aside(const char *log)
{
	struct buf to = {0};
	int error = 0;
	for (int n = 1;; n++) {
		struct str stem = str_upto(str_of(log), strlen(log) - strlen(".dais"));
		buf_reset(&to);
		buf_str(&to, stem);
		buf_printf(&to, ".%d.dais", n);
		if (access(to.p, F_OK) < 0)
			break;
	}
	char *from[] = {str_dup(str_of(log)), chairs_path(log), amends_path(log)};
	char *into[] = {str_dup(buf_view(&to)), chairs_path(to.p), amends_path(to.p)};
	for (size_t i = 0; i < 3; i++) {
		if (!error)
			error = move_log(from[i], into[i]);
		free(from[i]);
		free(into[i]);
	}
	if (error)
		APP_ERROR(_("{0}: the log that is there cannot be set aside: {1}"), str_of(log),
			str_of(file_why(error)));
	else
		APP_ERROR(_("the log that was there is kept as {0}"), buf_view(&to));
	buf_finish(&to);
	return error;
}

static int
tell_finished(const struct paths *p)
{
	APP_ERROR(_("{0} is finished. dais report {0} writes its report, dais run --new begins "
		    "another session"),
		str_of(p->log));
	return DAIS_FAILED;
}

/* True if the log was opened with this agenda. */
static bool
same_forum(const struct session *s, struct str forum)
{
	struct events opening = {0};
	const char *why;
	bool same =
		session_opening(&opening, STR(APP_NAME), forum, false, STR(""), STR(""), &why) &&
		str_eq(opening.items[0].open.forum, session_forum(s)->canonical);
	events_finish(&opening);
	return same;
}

/* Two hosts of one session would be two debates. */
static bool
went_on_elsewhere(const struct paths *p)
{
	char *host = log_moved_to(p->log);
	struct buf file = {0};
	if (!host)
		return false;
	buf_printf(&file, "%s.moved", p->log);
	APP_ERROR(_("this session went on at {0}; dais join brings you there and shows what only {1} "
		    "holds. To host it from this log all the same, remove {2}"),
		str_of(host), str_of(p->log), buf_view(&file));
	buf_finish(&file);
	free(host);
	return true;
}

static int
host(const struct paths *p, const struct agenda *agenda, bool resume, bool headless, int64_t factor)
{
	int code;
	struct host_start start = {.log = p->log,
		.forum = buf_view(&agenda->forum),
		.resume = resume,
		.factor = factor,
		.rehearsal = factor > 1};
	struct host *h = host_open(&start, &code);
	if (!h)
		return code;
	if (session_closed(host_session(h))) {
		host_close(h);
		return tell_finished(p);
	}
	if (resume && agenda->forum.n && !same_forum(host_session(h), buf_view(&agenda->forum)))
		APP_ERROR(_("{0} has changed since the session was opened; it goes on with the "
			    "agenda that is in its log"),
			str_of(p->agenda));
	struct live options = {.host = h, .log = p->log, .name = p->name, .headless = headless};
	code = live_run(&options);
	if (session_closed(host_session(h)))
		state_forget(p->log);
	host_close(h);
	return code;
}

int
run_agenda(const char *file, bool fresh, bool headless, int64_t factor)
{
	struct paths p = {0};
	struct agenda agenda = {0};
	if (!paths_find(&p, file, factor > 1)) {
		APP_ERROR("{0}: {1}", str_of(file), str_of(file_why(-ENOENT)));
		paths_finish(&p);
		return DAIS_UNTRUSTED;
	}
	bool there = access(p.log, F_OK) == 0;
	int code = !there && hint_no_agenda(file) ? DAIS_UNTRUSTED : DAIS_OK;
	if (!code && there && fresh && journal_locked(p.log)) {
		APP_ERROR(_("{0}: another dais hosts this session; dais list shows it"),
			str_of(p.log));
		code = DAIS_FAILED;
	}
	/* A session that runs does not need its agenda any more: the log holds it. */
	if (!code) {
		code = agenda_file_read(&agenda, file, there && !fresh);
		if (code && there && !fresh) {
			agenda_finish(&agenda);
			agenda = (struct agenda){0};
			code = DAIS_OK;
		}
	}
	if (!code && !headless && (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO))) {
		APP_ERROR(_("the console needs a terminal; dais run --headless hosts without one"),
			STR_NONE);
		code = DAIS_FAILED;
	}
	/* Nothing is moved before it is known that the session can begin. */
	if (!code && there && fresh && set_aside(p.log))
		code = DAIS_FAILED;
	if (!code && there && !fresh && went_on_elsewhere(&p))
		code = DAIS_FAILED;
	if (!code)
		code = host(&p, &agenda, there && !fresh, headless, factor);
	agenda_finish(&agenda);
	paths_finish(&p);
	return code;
}

/* "20x" */
static bool
read_factor(struct str s, int64_t *factor)
{
	if (s.n && (s.p[s.n - 1] == 'x' || s.p[s.n - 1] == 'X'))
		s.n--;
	return str_int(s, factor) && *factor >= 2 && *factor <= REHEARSE_MAX;
}

int
cmd_run(const struct arguments *args)
{
	int64_t factor = 1;
	if (args->values[2] && !read_factor(str_of(args->values[2]), &factor)) {
		APP_ERROR(_("--rehearse takes how many times faster the clock runs, from 2x to "
			    "1000x, not {0}"),
			str_of(args->values[2]));
		return DAIS_USAGE;
	}
	return run_agenda(args->rest[0], args->values[0], args->values[1], factor);
}

int
cmd_demo(const struct arguments *args)
{
	(void)args;
	char *state = state_folder();
	struct buf path = {0};
	buf_printf(&path, "%s/demo-XXXXXX", state ? state : "/tmp");
	free(state);
	if (!mkdtemp(path.p)) {
		APP_ERROR(_("{0}: not written: {1}"), buf_view(&path), str_of(file_why(-errno)));
		buf_finish(&path);
		return DAIS_FAILED;
	}
	buf_puts(&path, "/taiyuan.yaml");
	struct str agenda = {(const char *)sample_agenda, sample_agenda_size};
	int error = file_create(path.p, agenda, 0600);
	int code = DAIS_FAILED;
	if (error)
		APP_ERROR(_("{0}: not written: {1}"), buf_view(&path), str_of(file_why(error)));
	else
		code = run_agenda(path.p, false, false, 1);
	if (code == DAIS_OK)
		app_say(_("The demo's agenda and log are kept: {0}\n"),
			(struct str[]){buf_view(&path)}, 1);
	buf_finish(&path);
	return code;
}
