/*
 * The host's machine is gone: a console that holds both logs goes on as the
 * host. It is an explicit act, for two hosts of one session would be two
 * debates; each hosting is an epoch of its own, and whoever has followed the
 * later one does not follow the earlier one again.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "joined.h"

enum { NAMES_MAX = 1000 };

static bool
is_dead(const struct join *j)
{
	enum spoke_state state = join_look(j).state;
	return state == SPOKE_CUT || state == SPOKE_CONNECTING;
}

enum refusal
takeover_ask(struct join *j, struct str line, struct refused *no)
{
	const char *why = NULL;
	if (!(j->options->seat & (SEAT_CHAIR | SEAT_ONLINE_CHAIR)))
		why = N_("only a chair's console holds both logs and can go on as the host");
	else if (!is_dead(j))
		why = N_("the host is there: a session has one");
	else if (!j->kept.log || !session_opened(j->session) || session_closed(j->session))
		why = N_("there is no session here that could go on");
	else if (!str_is(str_trim(line), "takeover really"))
		why = N_("two hosts part the log: make sure that it is gone, then write takeover really");
	if (why) {
		*no = (struct refused){.code = REFUSAL_NOT_ALLOWED, .why = why};
		return REFUSAL_NOT_ALLOWED;
	}
	j->taking = true;
	return REFUSAL_NONE;
}

/* NAME.dais, NAME-2.dais … here, where nothing of that name lies. */
static void
free_name(struct buf *out, struct str session)
{
	for (int n = 1; n < NAMES_MAX; n++) {
		buf_reset(out);
		for (size_t i = 0; i < session.n; i++)
			buf_char(out, session.p[i] == '/' ? '_' : session.p[i]);
		if (n > 1)
			buf_printf(out, "-%d", n);
		buf_puts(out, ".dais");
		if (access(out->p, F_OK) < 0)
			return;
	}
}

/* Out of the state folder, where nobody would look for it, to where the chair is; owned. */
static char *
bring_here(const char *copy, struct str session)
{
	char here[4096];
	struct buf name = {0}, path = {0};
	free_name(&name, session);
	if (!getcwd(here, sizeof here)) {
		buf_finish(&name);
		return xstrdup(copy);
	}
	buf_puts(&path, here);
	buf_char(&path, '/');
	buf_str(&path, buf_view(&name));
	buf_finish(&name);
	char *from = chairs_path(copy), *to = chairs_path(path.p);
	/* The chairs' log first: a log without it would begin another. */
	bool moved = rename(from, to) == 0 || errno == ENOENT;
	if (moved && rename(copy, path.p) < 0) {
		rename(to, from);
		moved = false;
	}
	free(from);
	free(to);
	if (moved)
		return path.p;
	buf_finish(&path);
	return xstrdup(copy);
}

int
takeover_host(const char *copy, struct str session)
{
	int code;
	char *log = bring_here(copy, session);
	struct host_start start = {.log = log, .resume = true, .factor = 1, .why = "takeover"};
	struct host *h = host_open(&start, &code);
	if (h) {
		struct live options = {.host = h, .log = log, .name = session};
		code = live_run(&options);
		if (session_closed(host_session(h)))
			state_forget(log);
		host_close(h);
		APP_ERROR(_("the session's log is {0}"), str_of(log));
	}
	free(log);
	return code;
}
