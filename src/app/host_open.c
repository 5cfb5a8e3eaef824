/*
 * How hosting begins: a log is born, or one that was left is gone on with. What
 * an earlier start could not finish (a roster, the name of a torn end) is
 * finished here.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "dais/link.h"
#include "host.h"

#define VERSION_TEXT APP_NAME " " DAIS_VERSION

/* Whom of the opening the session does not know yet; all of them at birth, fewer where a birth was
 * cut short. */
static void
complete_roster(struct host *h, const struct events *opening)
{
	for (size_t i = 1; i < opening->n; i++) {
		/* One by one: a birth that is cut short here is completed at the next start. */
		struct events one = {.items = &opening->items[i], .n = 1};
		if (session_person(h->session, one.items[0].person.person))
			continue;
		one.items[0].seq = session_next_seq(h->session, LANE_SESSION);
		one.items[0].t = session_last_t(h->session);
		host_take(h, &one);
	}
}

static int
journal_failed(const char *path, int error)
{
	APP_ERROR(_("{0}: the log cannot be begun: {1}"), str_of(path), str_of(file_why(error)));
	return DAIS_FAILED;
}

/* Two sessions of one agenda may begin within a second, and are two: consoles know a log by its first
 * record. */
static void
name_log(struct events *opening)
{
	unsigned char random[8];
	struct buf extra = {0};
	key_random(random, sizeof random);
	buf_puts(&extra, "\"log\":\"");
	for (size_t i = 0; i < sizeof random; i++)
		buf_printf(&extra, "%02x", random[i]);
	buf_char(&extra, '"');
	opening->items[0].extra = arena_str(&opening->arena, buf_view(&extra));
	buf_finish(&extra);
}

static int
birth(struct host *h, const struct host_start *start)
{
	struct events opening = {0};
	struct buf at = {0}, body = {0};
	const char *why;
	char *beside = chairs_path(start->log);
	int code = DAIS_OK, error;
	host_wall_text(h, &at);
	if (!session_opening(&opening, STR(VERSION_TEXT), start->forum, start->rehearsal,
		    buf_view(&at), STR("host"), &why)) {
		APP_ERROR(_("the agenda cannot open a session: {0}"), str_of(_(why)));
		code = DAIS_UNTRUSTED;
		goto out;
	}
	name_log(&opening);
	event_encode(&body, &opening.items[0]);
	error = journal_create(&h->log[LANE_SESSION], start->log, buf_view(&body));
	if (error) {
		code = journal_failed(start->log, error);
		goto out;
	}
	error = journal_create(&h->log[LANE_CHAIRS], beside, buf_view(&body));
	if (error) {
		code = journal_failed(beside, error);
		goto out;
	}
	session_apply(h->session, &opening.items[0], &why);
	opening.items[0].lane = LANE_CHAIRS;
	session_apply(h->session, &opening.items[0], &why);
	complete_roster(h, &opening);
	h->clock.anchor_mono = clock_mono_ms();
	h->gap = EVENT_NO;
	host_say_hosting(h, "start", 0);
out:
	events_finish(&opening);
	buf_finish(&at);
	buf_finish(&body);
	free(beside);
	return code;
}

static int
refuse_log(const char *path, int error, const struct recall *r)
{
	struct buf damage = {0};
	int code = DAIS_UNTRUSTED;
	if (r->chairs_there && r->check.state != JOURNAL_DAMAGED &&
		r->check.state != JOURNAL_SHORT && error == -EBADMSG)
		buf_puts(&damage,
			_("the chairs' log beside it is damaged; dais verify shows where"));
	else
		recall_damage(&damage, r);
	if (error == -EAGAIN) {
		APP_ERROR(_("{0}: another dais hosts this session; dais list shows it"),
			str_of(path));
		code = DAIS_FAILED;
	} else if (error != 0 && error != -EBADMSG) {
		APP_ERROR(_("{0}: the log cannot be opened: {1}"), str_of(path),
			str_of(file_why(error)));
	} else {
		APP_ERROR(_("{0}: {1}. Nothing was changed; dais report and dais verify show what "
			    "can be read, run --new begins another session"),
			str_of(path), buf_view(&damage));
	}
	buf_finish(&damage);
	return code;
}

/* A chairs' log that was never made, or lost with nothing to tell, begins now. */
static int
begin_chairs_log(struct host *h, const char *log)
{
	struct buf body = {0};
	const char *why;
	char *beside = chairs_path(log);
	struct event open = *session_event_at(h->session, 0);
	open.lane = LANE_CHAIRS;
	open.seq = 0;
	open.t = session_last_t(h->session);
	event_encode(&body, &open);
	int error = journal_create(&h->log[LANE_CHAIRS], beside, buf_view(&body));
	if (!error)
		session_apply(h->session, &open, &why);
	int code = error ? journal_failed(beside, error) : DAIS_OK;
	buf_finish(&body);
	free(beside);
	return code;
}

/* The last part of a path. */
static const char *
base_name(const char *path)
{
	const char *slash = strrchr(path, '/');
	return slash ? slash + 1 : path;
}

static bool
torn_is_named(const struct session *s, const char *name)
{
	for (size_t i = 0; i < session_event_count(s); i++) {
		const struct event *e = session_event_at(s, i);
		if (e->kind == EVENT_SESSION_HOST && str_is(e->host.torn, name))
			return true;
	}
	return false;
}

/*
 * The torn end that this hosting names: the one that opening just saved, or
 * one that an earlier start saved and died before it could name it. Owned.
 */
static char *
torn_to_name(const struct session *s, const char *log, const char *saved)
{
	if (saved)
		return xstrdup(base_name(saved));
	struct buf path = {0};
	char *found = NULL;
	for (int n = 1; !found; n++) {
		buf_reset(&path);
		buf_printf(&path, "%s.torn-%d", log, n);
		if (access(path.p, F_OK) < 0)
			break;
		if (!torn_is_named(s, base_name(path.p)))
			found = xstrdup(base_name(path.p));
	}
	buf_finish(&path);
	return found;
}

/* The chairs' log tells of its own torn end itself. */
static void
say_chairs_torn(struct host *h, const char *saved)
{
	if (!saved)
		return;
	struct events list = {0};
	struct buf at = {0};
	struct event e = host_hosting(h, "resume");
	e.lane = LANE_CHAIRS;
	e.host.epoch--; /* of the hosting that the session's log was just told of */
	e.host.torn = str_of(base_name(saved));
	host_wall_text(h, &at);
	session_hosting(
		h->session, &list, &e, session_last_t(h->session), buf_view(&at), STR("host"));
	host_take(h, &list);
	events_finish(&list);
	buf_finish(&at);
}

/* Hosting begins again, as if nothing had happened in between. */
static void
go_on(struct host *h, const struct host_start *start, const char *chairs_torn)
{
	const struct event *last = session_host(h->session);
	struct str boot = str_of(h->boot);
	int64_t last_t = session_last_t(h->session), mono = clock_mono_ms();
	h->clock.anchor_mono = mono;
	h->clock.anchor_t =
		clock_resume(last, last_t, boot, mono, clock_wall_ms(), h->clock.factor);
	h->gap = h->clock.anchor_t - last_t;
	struct events opening = {0};
	const char *why;
	if (!last && start->forum.n &&
		session_opening(&opening, STR(VERSION_TEXT), start->forum, start->rehearsal,
			STR(""), STR("host"), &why))
		complete_roster(h, &opening);
	events_finish(&opening);
	const char *again = start->why ? start->why : "resume";
	host_say_hosting(h, last ? again : "start", h->clock.anchor_t);
	say_chairs_torn(h, chairs_torn);
}

static int
resume(struct host *h, const struct host_start *start)
{
	struct recall r;
	struct patience bar;
	patience_start(&bar);
	int error = recall_open(
		&r, start->log, &h->log[LANE_SESSION], &h->log[LANE_CHAIRS], &bar.watch);
	patience_end(&bar);
	if (error || r.bad_line || !session_opened(r.session)) {
		int code = refuse_log(start->log, error, &r);
		recall_finish(&r);
		return code;
	}
	session_destroy(h->session);
	h->session = r.session;
	r.session = NULL;
	h->torn = torn_to_name(h->session, start->log, r.check.torn);
	char *chairs_torn = r.chairs.torn ? xstrdup(r.chairs.torn) : NULL;
	int code = r.chairs_there ? DAIS_OK : begin_chairs_log(h, start->log);
	recall_finish(&r);
	if (!code && !session_closed(h->session))
		go_on(h, start, chairs_torn);
	free(chairs_torn);
	return code;
}
struct host *
host_open(const struct host_start *start, int *code)
{
	struct host *h = xcalloc(1, sizeof *h);
	h->session = session_create();
	h->clock.factor = start->factor > 0 ? start->factor : 1;
	clock_boot_id(h->boot);
	clock_host_name(h->name);
	*code = start->resume ? resume(h, start) : birth(h, start);
	if (*code) {
		host_close(h);
		return NULL;
	}
	return h;
}
