/*
 * The host: one session with its two logs and its clock. A command is decided,
 * applied and queued here; when it is on the disk is the loop's matter, and
 * nobody is told before.
 */
#include <assert.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "internal.h"

#define VERSION_TEXT APP_NAME " " DAIS_VERSION

/* A wall clock that was set by more than this is worth a word in the log. */
enum { CLOCK_STEP_MS = 2000 };

struct host {
	struct session *session;
	struct journal *log[2];
	struct clock clock;
	struct host_calls calls;
	char boot[64], name[256];
	int64_t gap;
	char *torn;
};

static void
changed(struct host *h)
{
	if (h->calls.changed)
		h->calls.changed(h->calls.ctx);
}

/* The time of day that goes into records: in a rehearsal the one that is played. */
static void
wall_text(const struct host *h, struct buf *at)
{
	int64_t wall = clock_wall_ms();
	if (h->clock.factor > 1 && session_host(h->session))
		wall = session_wall(h->session, host_now(h));
	clock_iso(at, wall, clock_zone_min(wall));
}

/* Folds the events of one command and queues their records. */
static void
take(struct host *h, const struct events *list)
{
	struct str *bodies[2];
	size_t n[2] = {0, 0};
	for (size_t lane = 0; lane < 2; lane++)
		bodies[lane] = xcalloc(list->n, sizeof *bodies[lane]);
	for (size_t i = 0; i < list->n; i++) {
		const struct event *e = &list->items[i];
		const char *why;
		int fits = session_apply(h->session, e, &why);
		assert(fits == 0); /* what was decided a moment ago */
		(void)fits;
		struct buf body = {0};
		event_encode(&body, e);
		bodies[e->lane][n[e->lane]++] = buf_view(&body);
	}
	for (size_t lane = 0; lane < 2; lane++) {
		if (n[lane] && h->log[lane])
			journal_append(h->log[lane], bodies[lane], n[lane]);
		for (size_t i = 0; i < n[lane]; i++)
			free((void *)(uintptr_t)bodies[lane][i].p);
		free(bodies[lane]);
	}
	changed(h);
}

static struct event
hosting(const struct host *h, const char *why)
{
	const struct event *last = session_host(h->session);
	struct event e = event_make(EVENT_SESSION_HOST);
	e.host.epoch = last ? last->host.epoch + 1 : 1;
	e.host.host = str_of(h->name);
	e.host.boot = str_of(h->boot);
	e.host.wall = clock_wall_ms();
	e.host.mono = clock_mono_ms();
	e.host.why = str_of(why);
	e.host.gap = h->gap > 0 ? h->gap : 0;
	e.host.torn = str_of(h->torn);
	e.host.zone = clock_zone_min(e.host.wall);
	return e;
}

static void
say_hosting(struct host *h, const char *why, int64_t t)
{
	struct events list = {0};
	struct buf at = {0};
	struct event e = hosting(h, why);
	if (!strcmp(why, "clock")) {
		/* The same hosting goes on; only the hall's clock reads another time. */
		e.host.epoch--;
		e.host.torn = STR_NONE;
	}
	wall_text(h, &at);
	session_hosting(h->session, &list, &e, t, buf_view(&at), STR("host"));
	take(h, &list);
	events_finish(&list);
	buf_finish(&at);
}

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
		take(h, &one);
	}
}

static int
journal_failed(const char *path, int error)
{
	APP_ERROR(_("{0}: the log cannot be begun: {1}"), str_of(path), str_of(file_why(error)));
	return DAIS_FAILED;
}

static int
birth(struct host *h, const struct host_start *start)
{
	struct events opening = {0};
	struct buf at = {0}, body = {0};
	const char *why;
	char *beside = chairs_path(start->log);
	int code = DAIS_OK, error;
	wall_text(h, &at);
	if (!session_opening(&opening, STR(VERSION_TEXT), start->forum, start->rehearsal,
		    buf_view(&at), STR("host"), &why)) {
		APP_ERROR(_("the agenda cannot open a session: {0}"), str_of(_(why)));
		code = DAIS_UNTRUSTED;
		goto out;
	}
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
	say_hosting(h, "start", 0);
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

static int
resume(struct host *h, const struct host_start *start)
{
	struct recall r;
	int error = recall_open(&r, start->log, &h->log[LANE_SESSION], &h->log[LANE_CHAIRS]);
	if (error || r.bad_line || !session_opened(r.session)) {
		int code = refuse_log(start->log, error, &r);
		recall_finish(&r);
		return code;
	}
	session_destroy(h->session);
	h->session = r.session;
	r.session = NULL;
	const char *torn = r.check.torn ? strrchr(r.check.torn, '/') : NULL;
	h->torn = r.check.torn ? xstrdup(torn ? torn + 1 : r.check.torn) : NULL;
	int code = r.chairs_there ? DAIS_OK : begin_chairs_log(h, start->log);
	recall_finish(&r);
	if (code || session_closed(h->session))
		return code;
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
	say_hosting(h, last ? "resume" : "start", h->clock.anchor_t);
	return DAIS_OK;
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

void
host_close(struct host *h)
{
	if (!h)
		return;
	journal_close(h->log[LANE_SESSION]);
	journal_close(h->log[LANE_CHAIRS]);
	session_destroy(h->session);
	free(h->torn);
	free(h);
}

void
host_listen(struct host *h, const struct host_calls *calls)
{
	h->calls = *calls;
}

const struct session *
host_session(const struct host *h)
{
	return h->session;
}

int64_t
host_now(const struct host *h)
{
	int64_t t = clock_session(&h->clock, clock_mono_ms()), last = session_last_t(h->session);
	return t > last ? t : last;
}

int64_t
host_gap_ms(const struct host *h)
{
	return h->gap;
}

const char *
host_torn(const struct host *h)
{
	return h->torn;
}

int64_t
host_factor(const struct host *h)
{
	return h->clock.factor;
}

enum refusal
host_command(struct host *h, const struct asker *who, struct str line, struct event_list words,
	struct arena *a, struct refused *no, enum event_lane *lane, int64_t *seq)
{
	struct command c;
	struct events list = {0};
	struct buf at = {0};
	enum refusal code = words.n ? command_parse_words(words.items, words.n, a, &c, no)
				    : command_parse(line, a, &c, no);
	if (code)
		return code;
	wall_text(h, &at);
	c.seat = who->seat;
	c.by = who->by;
	c.t = host_now(h);
	c.at = buf_view(&at);
	code = session_decide(h->session, &c, &list, no);
	if (code) {
		/* The sentence's parts live in the list that goes now. */
		for (size_t i = 0; i < no->n; i++)
			no->args[i] = arena_str(a, no->args[i]);
	} else {
		*lane = LANE_CHAIRS;
		for (size_t i = 0; i < list.n; i++)
			if (list.items[i].lane == LANE_SESSION || *lane == LANE_CHAIRS) {
				*lane = list.items[i].lane;
				*seq = list.items[i].seq;
			}
		take(h, &list);
	}
	events_finish(&list);
	buf_finish(&at);
	return code;
}

void
host_tick(struct host *h)
{
	struct events list = {0};
	struct buf at = {0};
	int64_t t = host_now(h), off = clock_wall_ms() - session_wall(h->session, t);
	if (session_closed(h->session))
		return;
	if (h->clock.factor == 1 && (off > CLOCK_STEP_MS || off < -CLOCK_STEP_MS)) {
		h->gap = 0;
		say_hosting(h, "clock", t);
	}
	wall_text(h, &at);
	session_tick(h->session, &list, t, buf_view(&at), STR("host"));
	if (list.n)
		take(h, &list);
	events_finish(&list);
	buf_finish(&at);
}

int64_t
host_synced(const struct host *h, enum event_lane lane)
{
	return journal_synced(h->log[lane]);
}

bool
host_all_saved(const struct host *h)
{
	for (size_t lane = 0; lane < 2; lane++)
		if (journal_synced(h->log[lane]) + 1 < journal_next_seq(h->log[lane]))
			return false;
	return true;
}

int
host_trouble(const struct host *h)
{
	int error = journal_trouble(h->log[LANE_SESSION]);
	return error ? error : journal_trouble(h->log[LANE_CHAIRS]);
}

int64_t
host_retry_ms(const struct host *h, enum event_lane lane)
{
	return journal_retry_ms(h->log[lane]);
}

int
host_failovers(const struct host *h, const char **old)
{
	return journal_failovers(h->log[LANE_SESSION], old);
}

bool
host_begin(struct host *h, enum event_lane lane, struct host_commit *out)
{
	*out = (struct host_commit){.journal = h->log[lane], .batch = journal_begin(h->log[lane])};
	return out->batch != NULL;
}

void
host_settle(struct host *h, const struct host_commit *done)
{
	journal_settle(done->journal, done->batch, done->result);
	changed(h);
}

int
host_flush(struct host *h)
{
	int error = 0;
	for (size_t lane = 0; lane < 2; lane++) {
		/* A second try goes to a fresh file where the first one's sync failed. */
		for (int tries = 0; tries < 2; tries++) {
			struct host_commit c;
			while (host_begin(h, lane, &c)) {
				c.result = journal_commit(c.batch);
				host_settle(h, &c);
				if (c.result)
					break;
			}
		}
		if (journal_trouble(h->log[lane]))
			error = journal_trouble(h->log[lane]);
	}
	return error;
}

void
host_unsaved(const struct host *h, struct buf *out)
{
	for (size_t i = 0; i < session_event_count(h->session); i++) {
		const struct event *e = session_event_at(h->session, i);
		if (e->seq <= host_synced(h, e->lane))
			continue;
		buf_printf(out, "{\"seq\":%lld,", (long long)e->seq);
		event_encode(out, e);
		buf_puts(out, "}\n");
	}
}
