/*
 * The loop of a live session. Handlers change state and mark it; once before
 * the loop sleeps, what is queued goes to the disk, who waits is answered, and
 * the picture is painted.
 */
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "live.h"

/* A timer that fires too rarely would show a stale clock, one that fires too often wastes a
 * battery. */
enum { WAKE_MIN_MS = 1, WAKE_MAX_MS = 60000 };

static void
changed(void *ctx)
{
	struct loop *l = ctx;
	l->news = true;
}

void
live_leave(struct loop *l, int code)
{
	if (l->leaving)
		return;
	l->leaving = true;
	l->code = code;
	uv_stop(&l->uv);
}

/* Sounds what was crossed since the last look. */
static void
alarms(struct loop *l, int64_t now)
{
	struct session_alarm alarm;
	while (session_alarm_next(host_session(l->host), l->alarm_t, &alarm) && alarm.t <= now) {
		l->alarm_t = alarm.t;
		/* After a long sleep only what is still news is sounded. */
		if (l->screen.ui && now - alarm.t < SESSION_TICK_MS)
			ui_alarm(l->screen.ui, &alarm);
	}
	l->alarm_t = now;
}

static void
woken(uv_timer_t *timer)
{
	struct loop *l = timer->data;
	l->screen.due = true;
	host_tick(l->host);
	alarms(l, host_now(l->host));
}

/* The next moment at which something happens or looks different by itself. */
static void
arm(struct loop *l)
{
	int64_t now = host_now(l->host), at = session_deadline_ms(host_session(l->host), now);
	if (l->screen.ui) {
		int64_t picture = ui_wake(l->screen.ui, now);
		at = at == EVENT_NO || picture < at ? picture : at;
	}
	if (at == EVENT_NO)
		at = now + WAKE_MAX_MS;
	int64_t wait = (at - now + host_factor(l->host) - 1) / host_factor(l->host);
	int64_t hub = hub_deadline(l->consoles.hub, (int64_t)uv_now(&l->uv));
	if (hub != EVENT_NO && hub - (int64_t)uv_now(&l->uv) < wait)
		wait = hub - (int64_t)uv_now(&l->uv);
	wait = wait < WAKE_MIN_MS ? WAKE_MIN_MS : wait > WAKE_MAX_MS ? WAKE_MAX_MS : wait;
	uv_timer_start(&l->wake, woken, (uint64_t)wait, 0);
}

static void
tell_failover(struct loop *l)
{
	const char *old;
	int n = host_failovers(l->host, &old);
	if (n == l->failovers)
		return;
	l->failovers = n;
	struct buf text = {0};
	i18n_fill(&text,
		_("the disk failed once: the log goes on in a fresh file, the old one is {0}"),
		(struct str[]){str_of(old ? old : "")}, 1);
	if (l->screen.ui)
		ui_say(l->screen.ui, buf_view(&text), true);
	else
		log_error("%s", text.p);
	buf_finish(&text);
}

static void
before_sleep(uv_prepare_t *prepare)
{
	struct loop *l = prepare->data;
	if (l->leaving)
		return;
	save_turn(l);
	serve_turn(l);
	hub_turn(l->consoles.hub, (int64_t)uv_now(&l->uv));
	tell_failover(l);
	if (l->screen.ui)
		console_turn(l);
	l->news = false;
	if (l->options->headless && session_closed(host_session(l->host)) &&
		host_all_saved(l->host)) {
		live_leave(l, DAIS_OK);
		return;
	}
	arm(l);
}

static void
signalled(uv_signal_t *handle, int number)
{
	struct loop *l = handle->data;
	(void)number;
	l->hurried = l->hurried || l->leaving;
	live_leave(l, DAIS_OK);
}

static void
say_how_it_began(struct loop *l)
{
	struct buf text = {0}, gap = {0};
	int64_t ms = host_gap_ms(l->host);
	const char *torn = host_torn(l->host);
	if (ms == EVENT_NO) {
		if (session_rehearsal(host_session(l->host)))
			buf_puts(&text, _("This is a rehearsal: its log is marked as one."));
	} else {
		duration_put(&gap, ms);
		struct str args[] = {buf_view(&gap), str_of(torn)};
		i18n_fill(&text,
			torn ? _("Resumed. Nobody hosted for {0}; clocks went on as if nothing had "
				 "happened. A torn end was saved in {1}.")
			     : _("Resumed. Nobody hosted for {0}; clocks went on as if nothing had "
				 "happened."),
			args, 2);
	}
	const struct event *hosting = session_host(host_session(l->host));
	if (hosting && str_is(hosting->host.why, "takeover")) {
		buf_reset(&text);
		i18n_fill(&text,
			_("This console is the host now; for {0} there was none. Invite the others "
			  "anew with share."),
			(struct str[]){buf_view(&gap)}, 1);
	}
	if (text.n && l->screen.ui)
		ui_say(l->screen.ui, buf_view(&text), false);
	else if (text.n)
		log_error("%s", text.p);
	if (l->screen.ui && ms != EVENT_NO)
		ui_resumed(l->screen.ui, ms);
	buf_finish(&text);
	buf_finish(&gap);
}

static void
stopped(void *ctx)
{
	(void)ctx;
}

/* What the log's disk did not take, another may: at least nobody has to type it again. */
static void
keep_unsaved(struct loop *l)
{
	struct buf lines = {0}, path = {0};
	char *state = state_folder();
	host_unsaved(l->host, &lines);
	buf_printf(&path, "%s/unsaved-%lld.ndjson", state ? state : "/tmp",
		(long long)clock_wall_ms());
	if (lines.n && !file_create(path.p, buf_view(&lines), 0600))
		APP_ERROR(
			_("the records that could not be saved are kept in {0}"), buf_view(&path));
	free(state);
	buf_finish(&lines);
	buf_finish(&path);
}

/* The end: everything to the disk first, then goodbye to whoever listens, then the handles. */
static void
finish(struct loop *l)
{
	readings_stop(&l->screen);
	while (save_busy(l) || readings_busy(&l->screen))
		uv_run(&l->uv, UV_RUN_ONCE);
	int error = host_flush(l->host);
	serve_turn(l);
	screen_finish(&l->screen);
	hub_stop(l->consoles.hub, str_of(_("the session ends here")));
	door_close(l);
	if (l->server) {
		server_stop(l->server, stopped, NULL);
		/* Its handles are the last but ours, which are closed beside it. */
	}
	uv_close((uv_handle_t *)&l->prepare, NULL);
	uv_close((uv_handle_t *)&l->wake, NULL);
	for (size_t i = 0; i < 2; i++)
		uv_close((uv_handle_t *)&l->savers[i].retry, NULL);
	/* Whoever asks a second time hears that it is under way; goodbyes take a second at most. */
	ending_rest(&l->ending);
	uv_run(&l->uv, UV_RUN_DEFAULT);
	signals_hold();
	ending_close(&l->uv);
	signals_ignore();
	serve_finish(l);
	consoles_finish(l);
	readings_finish(&l->screen);
	place_give_up(l->place);
	uv_loop_close(&l->uv);
	if (l->hurried && !error)
		APP_ERROR(_("this was ending already; its log is saved"), STR_NONE);
	if (error) {
		keep_unsaved(l);
		APP_ERROR(_("NOT SAVED: the last records of {0} are not on the disk: {1}"),
			str_of(l->options->log), str_of(file_why(error)));
		l->code = DAIS_FAILED;
	}
}

static int
begin(struct loop *l)
{
	const char *why = NULL;
	char *name = str_dup(l->options->name);
	int error = place_take(&l->place, l->options->name, l->options->log, &why);
	free(name);
	consoles_start(l);
	if (!error)
		error = serve_start(l);
	/* A console works without its socket; a host without a screen would be deaf. */
	if (error && l->options->headless) {
		APP_ERROR(_("other programs cannot reach this session: {0}"),
			str_of(why ? _(why) : strerror(-error)));
		return error;
	}
	return l->options->headless ? 0 : console_start(l);
}

static void
remember(uv_work_t *work)
{
	struct loop *l = work->data;
	state_remember(l->options->log);
}

/* Where the log lies, for `dais list`: off the loop, since its disk may be slow. */
static void
remember_log(struct loop *l)
{
	l->remembering.data = l;
	if (uv_queue_work(&l->uv, &l->remembering, remember, NULL) < 0)
		remember(&l->remembering);
}

int
live_run(const struct live *options)
{
	struct loop l = {.options = options, .host = options->host, .began_wall = clock_wall_ms()};
	struct host_calls calls = {&l, changed};
	signal(SIGPIPE, SIG_IGN);
	signal(SIGXFSZ, SIG_IGN);
	signals_hold();
	uv_loop_init(&l.uv);
	uv_prepare_init(&l.uv, &l.prepare);
	uv_timer_init(&l.uv, &l.wake);
	l.prepare.data = l.wake.data = &l;
	save_start(&l);
	host_listen(l.host, &calls);
	l.alarm_t = host_now(l.host);
	l.news = true;
	if (begin(&l)) {
		live_leave(&l, DAIS_FAILED);
	} else {
		ending_watch(&l.ending, &l.uv, signalled, &l);
		say_how_it_began(&l);
		door_again(&l);
		if (l.screen.ui)
			console_first(&l);
		uv_prepare_start(&l.prepare, before_sleep);
	}
	remember_log(&l);
	signals_release();
	while (!l.leaving)
		uv_run(&l.uv, UV_RUN_DEFAULT);
	finish(&l);
	host_listen(l.host, &(struct host_calls){0});
	return l.code;
}
