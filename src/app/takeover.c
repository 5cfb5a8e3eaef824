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
		why = N_("write takeover really, but make sure that it is gone: two hosts part the log");
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

/* ---- notes that were typed while the line was cut ---- */

struct handing {
	struct host *host;
	struct asker who;
	size_t refused;
};

static bool
was_taken(const struct session *s, struct str id)
{
	for (size_t i = session_event_count(s); i-- > 0;)
		if (str_eq(request_id(session_event_at(s, i)->extra), id))
			return true;
	return false;
}

static void
hand_over(void *ctx, struct str id, struct str line, int64_t typed)
{
	struct handing *h = ctx;
	struct arena a = {0};
	struct refused no;
	enum event_lane lane;
	int64_t seq, late = clock_wall_ms() - typed;
	struct asker who = {h->who.seat, h->who.by, id, late > 0 ? late : 1};
	if (!was_taken(host_session(h->host), id) &&
		host_command(h->host, &who, line, (struct event_list){0}, &a, &no, &lane, &seq))
		h->refused++;
	arena_finish(&a);
}

/* They waited for a host, and that is here now: with their own ids, for it may come back with them. */
static void
take_outbox(struct host *h, const char *outbox, enum seat seat, struct str name)
{
	struct buf text = {0};
	struct handing to = {.host = h, .who = {.seat = seat, .by = name}};
	if (keep_read(outbox, &text) == 0)
		outbox_each(buf_view(&text), hand_over, &to);
	/* It is emptied once all of it is on the disk. */
	if (text.n && host_flush(h) == 0 && !to.refused)
		keep_write(outbox, STR(""));
	else if (text.n)
		APP_ERROR(_("notes that waited for the host were not all taken; they are kept in {0}"),
			str_of(outbox));
	buf_finish(&text);
}

static char *
outbox_beside(const char *copy)
{
	struct buf path = {0};
	const char *slash = strrchr(copy, '/');
	buf_put(&path, copy, (size_t)(slash - copy) + 1);
	buf_puts(&path, "outbox");
	return path.p;
}

int
takeover_host(const char *copy, struct str session, enum seat seat, struct str name)
{
	int code;
	char *log = bring_here(copy, session), *outbox = outbox_beside(copy);
	struct host_start start = {.log = log, .resume = true, .factor = 1, .why = "takeover"};
	struct host *h = host_open(&start, &code);
	if (h) {
		struct live options = {.host = h, .log = log, .name = session};
		take_outbox(h, outbox, seat, name);
		code = live_run(&options);
		if (session_closed(host_session(h)))
			state_forget(log);
		host_close(h);
		APP_ERROR(_("the session's log is {0}"), str_of(log));
	}
	free(log);
	free(outbox);
	return code;
}
