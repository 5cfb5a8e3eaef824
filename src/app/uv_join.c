/*
 * The loop of a joined console: lines from the host become the same session
 * that the host has, what is asked goes to the host, and the picture is painted
 * as everywhere. The hall's stage is such a console that asks nothing.
 */
#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "joined.h"
#include "promise.h"

enum { WAKE_MAX_MS = 60000 };

const struct ui_command join_commands[] = {
	{"seats", "", N_("who is here")},
	{"merge", N_("[adopt all|NUMBER…] [drop NUMBER… WHY] [rest [WHY]]"),
		N_("what only another log of this session holds, and what becomes of it")},
	{"takeover", "really", N_("go on as the host, where the host's machine is gone")},
};
const size_t join_commands_n = sizeof join_commands / sizeof *join_commands;

/* Session time here: what the host said last, and went on since. */
static int64_t
session_now(void *ctx)
{
	const struct join *j = ctx;
	int64_t t = join_look(j).t, last = session_last_t(j->session);
	return t != EVENT_NO && t > last ? t : last;
}

static void
leave(struct join *j, int code)
{
	if (j->leaving)
		return;
	j->leaving = true;
	j->code = code;
	spoke_leave(j->spoke);
	uv_stop(&j->uv);
}

/* ---- what the host sends ---- */

static bool
on_line(void *ctx, enum event_lane lane, int64_t seq, struct str body, struct str line)
{
	struct join *j = ctx;
	struct arena a = {0};
	struct event e;
	const char *why = NULL;
	bool fits = event_decode(&e, body, &a, &why);
	e.seq = seq;
	e.lane = lane;
	fits = fits && session_apply(j->session, &e, &why) == 0;
	arena_finish(&a);
	if (fits)
		copies_take(&j->copies, lane, seq, line);
	j->news = true;
	return fits;
}

/* A refusal arrives after the key; what is done shows by itself. */
static void
on_answer(void *ctx, const struct answer *a)
{
	struct join *j = ctx;
	if (merge_answer(j, a))
		return;
	if (!a->ok && j->screen.ui)
		ui_refused(j->screen.ui, a->refused, a->why);
}

static int64_t
on_wall(void *ctx)
{
	(void)ctx;
	return clock_wall_ms();
}

static void
on_dial(void *ctx)
{
	struct join *j = ctx;
	dial_go(j->dial, j->spoke);
}

static void
on_outbox(void *ctx, struct str text)
{
	struct join *j = ctx;
	if (!kept_put_outbox(&j->kept, text) && text.n && j->screen.ui)
		ui_say(j->screen.ui,
			str_of(_("notes that wait cannot be saved on this machine: they are lost if this "
				 "console ends")),
			true);
}

static bool
on_promise(void *ctx, struct str log, int64_t epoch)
{
	(void)ctx;
	return promise_keep(log, epoch);
}

static bool
on_key(void *ctx, struct str text)
{
	struct join *j = ctx;
	unsigned char key[LINK_KEY_SIZE];
	bool kept = key_read(text, key) && kept_put_key(&j->kept, text);
	if (kept)
		dial_key(j->dial, key);
	key_forget(key, sizeof key);
	return kept;
}

static void
on_changed(void *ctx)
{
	struct join *j = ctx;
	j->news = true;
}

/* ---- the spoke, and what it begins with ---- */

static void
held(const struct join *j, struct recall *r, struct spoke_start *start)
{
	start->seq[0] = start->seq[1] = -1;
	if (!j->kept.log || recall_read(r, j->kept.log, true) < 0)
		return;
	start->seq[LANE_SESSION] = r->check.records - 1;
	memcpy(start->hash[LANE_SESSION], r->check.head, 32);
	if (start->seq[LANE_SESSION] >= 0 && !kept_log(&j->kept, start->log))
		start->seq[LANE_SESSION] = -1;
	if (r->chairs_there) {
		start->seq[LANE_CHAIRS] = r->chairs.records - 1;
		memcpy(start->hash[LANE_CHAIRS], r->chairs.head, 32);
	}
}

/* Also where the copy does not have that host's first record yet. */
static void
promised(struct spoke_start *start)
{
	struct buf log = {0};
	for (size_t i = 0; i < sizeof start->log; i++)
		buf_printf(&log, "%02x", start->log[i]);
	int64_t epoch = start->seq[LANE_SESSION] >= 0 ? promise_of(buf_view(&log)) : 0;
	start->epoch = epoch > start->epoch ? epoch : start->epoch;
	buf_finish(&log);
}

void
join_spoke(struct join *j)
{
	struct recall r = {0};
	struct address const *to = j->options->to;
	struct spoke_start start = {
		.session = to->kind == ADDRESS_INVITE ? to->invite.session : to->session,
		.name = j->options->name,
		.id = str_of(j->kept.id),
		.seat = j->options->seat,
		.outbox = buf_view(&j->kept.outbox)};
	const struct spoke_calls calls = {.ctx = j,
		.wall = on_wall,
		.dial = on_dial,
		.seal = journal_seal,
		.line = on_line,
		.answer = on_answer,
		.outbox = on_outbox,
		.promise = on_promise,
		.key = on_key,
		.changed = on_changed};
	key_random((unsigned char *)&start.seed, sizeof start.seed);
	held(j, &r, &start);
	j->session = r.session ? r.session : session_create();
	r.session = NULL;
	if (session_host(j->session))
		start.epoch = session_host(j->session)->host.epoch;
	promised(&start);
	recall_finish(&r);
	j->spoke = spoke_create(&start, &calls, join_now(j));
	j->alarm_t = session_last_t(j->session);
}

void
join_copies(struct join *j)
{
	bool chairs = j->options->seat & (SEAT_CHAIR | SEAT_ONLINE_CHAIR);
	int error = j->kept.log ? copies_open(&j->copies, &j->uv, j->kept.log, chairs) : 0;
	if (error) {
		copies_finish(&j->copies);
		APP_ERROR(_("no copy of the log is kept here: {0}"), str_of(file_why(error)));
	}
}

void
join_dial(struct join *j)
{
	unsigned char key[LINK_KEY_SIZE];
	j->dial = dial_create(&j->uv, j->options->to);
	if (j->options->to->kind == ADDRESS_INVITE && kept_key(&j->kept, key))
		dial_key(j->dial, key);
	key_forget(key, sizeof key);
}

void
join_dial_closed(void *ctx)
{
	struct join *j = ctx;
	j->dial = NULL;
}

/* ---- what is asked here ---- */

/* What the host would refuse is refused here, at once; only then it is asked. */
static enum refusal
on_command(void *ctx, struct str line, struct arena *a, struct refused *no)
{
	struct join *j = ctx;
	struct command c;
	struct events list = {0};
	struct str id;
	if (str_is(str_trim(line), "seats")) {
		ui_here_show(j->screen.ui);
		return REFUSAL_NONE;
	}
	if (merge_is(line))
		return merge_command(j, line, no);
	if (str_starts(str_trim(line), STR("takeover"))) {
		enum refusal no_takeover = takeover_ask(j, line, no);
		if (!no_takeover)
			leave(j, DAIS_OK);
		return no_takeover;
	}
	enum refusal code = command_parse(line, a, &c, no);
	if (code)
		return code;
	c.seat = j->options->seat;
	c.by = j->options->name;
	c.t = session_now(j);
	code = session_decide(j->session, &c, &list, no);
	for (size_t i = 0; code && i < no->n; i++)
		no->args[i] = arena_str(a, no->args[i]);
	events_finish(&list);
	code = code ? code : spoke_ask(j->spoke, line, join_now(j), &id, a, no);
	/* What only the chairs read does not come back to whoever else wrote it. */
	if (!code && c.verb == CMD_MESSAGE_SEND && j->options->seat == SEAT_SCRIBE)
		ui_say(j->screen.ui, str_of(_("sent to the chairs")), false);
	return code;
}

static void
on_typing(void *ctx, bool typing)
{
	struct join *j = ctx;
	spoke_typing(j->spoke, typing, join_now(j));
}

static void
on_leave(void *ctx)
{
	leave(ctx, DAIS_OK);
}

static void
on_history(void *ctx, struct str line)
{
	struct join *j = ctx;
	history_keep(&j->uv, line);
}

static void
on_title(void *ctx, struct buf *out)
{
	const struct join *j = ctx;
	if (session_opened(j->session))
		buf_str(out, session_forum(j->session)->title);
}

/* ---- the loop ---- */

static void
alarms(struct join *j, int64_t now)
{
	struct session_alarm alarm;
	while (session_alarm_next(j->session, j->alarm_t, &alarm) && alarm.t <= now) {
		j->alarm_t = alarm.t;
		/* Of a state that may be past nothing is sounded. */
		bool live = join_look(j).state == SPOKE_LIVE;
		if (live && now - alarm.t < SESSION_TICK_MS && !join_is_stage(j))
			ui_alarm(j->screen.ui, &alarm);
	}
	j->alarm_t = now > j->alarm_t ? now : j->alarm_t;
}

static void
woken(uv_timer_t *timer)
{
	struct join *j = timer->data;
	j->screen.due = true;
	if (session_opened(j->session))
		alarms(j, session_now(j));
}

static void
arm(struct join *j)
{
	struct spoke_view v = join_look(j);
	int64_t now = session_now(j), pace = v.pace > 0 ? v.pace : 1, wait = WAKE_MAX_MS;
	int64_t spoke = spoke_deadline(j->spoke, join_now(j));
	if (session_opened(j->session)) {
		int64_t at = ui_wake(j->screen.ui, now), due = session_deadline_ms(j->session, now);
		at = due != EVENT_NO && due > now && due < at ? due : at;
		wait = (at - now + pace - 1) / pace;
	}
	if (spoke != EVENT_NO && spoke - join_now(j) < wait)
		wait = spoke - join_now(j);
	wait = wait < 1 ? 1 : wait > WAKE_MAX_MS ? WAKE_MAX_MS : wait;
	uv_timer_start(&j->wake, woken, (uint64_t)wait, 0);
}

static void
before_sleep(uv_prepare_t *prepare)
{
	struct join *j = prepare->data;
	if (j->leaving)
		return;
	spoke_turn(j->spoke, join_now(j));
	join_part(j);
	merge_turn(j);
	copies_turn(&j->copies);
	if (j->copies.mirror[LANE_SESSION] && j->copies.mirror[LANE_CHAIRS])
		spoke_held(j->spoke, j->copies.synced, join_now(j));
	if (j->news || j->told != j->copies.synced[LANE_SESSION] ||
		j->told_error != j->copies.error || join_look(j).state != j->state)
		join_tell(j);
	screen_turn(&j->screen);
	if (!join_is_stage(j))
		readings_turn(&j->screen);
	arm(j);
}

static void
signalled(uv_signal_t *handle, int number)
{
	(void)number;
	leave(handle->data, DAIS_OK);
}

static void
finish(struct join *j)
{
	readings_stop(&j->screen);
	while (copies_busy(&j->copies) || readings_busy(&j->screen))
		uv_run(&j->uv, UV_RUN_ONCE);
	screen_finish(&j->screen);
	uv_close((uv_handle_t *)&j->prepare, NULL);
	uv_close((uv_handle_t *)&j->wake, NULL);
	ending_rest(&j->ending);
	if (!j->parting)
		dial_close(j->dial, join_dial_closed, j);
	uv_run(&j->uv, UV_RUN_DEFAULT);
	signals_hold();
	ending_close(&j->uv);
	readings_finish(&j->screen);
	int error = copies_finish(&j->copies);
	if (error)
		APP_ERROR(_("the copy of the log is not complete: {0}"), str_of(file_why(error)));
	merge_finish(j);
	spoke_destroy(j->spoke);
	session_destroy(j->session);
	kept_finish(&j->kept);
	uv_loop_close(&j->uv);
	signals_ignore();
}

static int
begin_screen(struct join *j)
{
	const struct screen_calls calls = {
		.ui = {.ctx = j,
			.command = on_command,
			.leave = on_leave,
			.history = join_is_stage(j) ? NULL : on_history,
			.typing = join_is_stage(j) ? NULL : on_typing,
			.more = join_commands,
			.more_n = join_commands_n},
		.now = session_now,
		.title = on_title,
		.gone = on_leave,
	};
	int error = screen_start(&j->screen, &j->uv, j->session, &calls);
	if (!error && join_is_stage(j))
		ui_stage(j->screen.ui, &(struct ui_stage){0});
	return error;
}

/* Makes the pool's threads. */
static void
nothing(uv_work_t *work)
{
	(void)work;
}

int
join_run(const struct join_options *options, char **copy)
{
	struct join j = {.options = options, .news = true};
	signal(SIGPIPE, SIG_IGN);
	signal(SIGXFSZ, SIG_IGN);
	signals_hold();
	uv_loop_init(&j.uv);
	uv_queue_work(&j.uv, &j.pool, nothing, NULL);
	uv_prepare_init(&j.uv, &j.prepare);
	uv_timer_init(&j.uv, &j.wake);
	j.prepare.data = j.wake.data = &j;
	bool watches = options->seat == SEAT_STAGE || options->seat == SEAT_OBSERVER;
	bool keeps = kept_open(&j.kept, options->to, options->seat, options->name);
	if (!keeps && !watches)
		APP_ERROR(_("there is no folder to keep anything in: no copy of the log is kept here"), STR_NONE);
	if (watches) { /* its key is all that it keeps */
		free(j.kept.log);
		j.kept.log = NULL;
	}
	join_dial(&j);
	join_copies(&j);
	join_spoke(&j);
	if (begin_screen(&j)) {
		leave(&j, DAIS_FAILED);
	} else {
		ending_watch(&j.ending, &j.uv, signalled, &j);
		uv_prepare_start(&j.prepare, before_sleep);
	}
	signals_release();
	while (!j.leaving)
		uv_run(&j.uv, UV_RUN_DEFAULT);
	*copy = j.taking ? xstrdup(j.kept.log) : NULL;
	finish(&j);
	return j.code;
}
