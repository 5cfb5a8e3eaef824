/*
 * The loop of a joined console: lines from the host become the same session
 * that the host has, what is asked goes to the host, and the picture is painted
 * as everywhere. The hall's stage is such a console that asks nothing.
 */
#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "live.h"
#include "joined.h"

enum { WAKE_MAX_MS = 60000 };

struct join {
	uv_loop_t uv;
	const struct join_options *options;
	struct session *session;
	struct spoke *spoke;
	struct dial *dial;
	struct kept kept;
	struct copies copies;
	struct screen screen;
	uv_prepare_t prepare;
	uv_timer_t wake;
	uv_signal_t signals[4];
	size_t signals_n;
	struct buf said; /* of the state of the line, as it was last shown */
	enum spoke_state state;
	int64_t alarm_t, told; /* told: the last record that was shown as saved */
	bool news, leaving, aside, spoken;
	int code;
};

static bool
stage_of(const struct join *j)
{
	return j->options->seat == SEAT_STAGE;
}

static int64_t
now_ms(const struct join *j)
{
	return (int64_t)uv_now(&j->uv);
}

static struct spoke_view
look(const struct join *j)
{
	struct spoke_view v;
	spoke_look(j->spoke, now_ms(j), &v);
	return v;
}

/* Session time here: what the host said last, and went on since. */
static int64_t
session_now(void *ctx)
{
	const struct join *j = ctx;
	int64_t t = look(j).t, last = session_last_t(j->session);
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
	if (!a->ok && j->screen.ui)
		ui_say(j->screen.ui, a->why.n ? a->why : a->refused, true);
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
	kept_put_outbox(&j->kept, text);
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
	if (r->chairs_there) {
		start->seq[LANE_CHAIRS] = r->chairs.records - 1;
		memcpy(start->hash[LANE_CHAIRS], r->chairs.head, 32);
	}
}

static void
begin_spoke(struct join *j)
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
		.key = on_key,
		.changed = on_changed};
	key_random((unsigned char *)&start.seed, sizeof start.seed);
	held(j, &r, &start);
	j->session = r.session ? r.session : session_create();
	r.session = NULL;
	if (session_host(j->session))
		start.epoch = session_host(j->session)->host.epoch;
	recall_finish(&r);
	j->spoke = spoke_create(&start, &calls, now_ms(j));
	j->alarm_t = session_last_t(j->session);
}

static void
open_copies(struct join *j)
{
	bool chairs = j->options->seat & (SEAT_CHAIR | SEAT_ONLINE_CHAIR);
	int error = j->kept.log ? copies_open(&j->copies, &j->uv, j->kept.log, chairs) : 0;
	if (error) {
		copies_finish(&j->copies);
		APP_ERROR(_("no copy of the log is kept here: {0}"), str_of(file_why(error)));
	}
}

/* What this console holds is another log than the host's: it makes room, and is not lost. */
static void
begin_again(struct join *j)
{
	struct buf path = {0}, text = {0};
	while (copies_busy(&j->copies))
		uv_run(&j->uv, UV_RUN_ONCE);
	copies_finish(&j->copies);
	if (j->kept.log)
		kept_set_aside(&j->kept, &path);
	spoke_destroy(j->spoke);
	struct session *old = j->session;
	open_copies(j);
	begin_spoke(j);
	screen_show(&j->screen, j->session);
	if (stage_of(j))
		ui_stage(j->screen.ui, &(struct ui_stage){0});
	session_destroy(old);
	struct str arg = buf_view(&path);
	i18n_fill(&text, _("what this console held was another log than the host's; it was set aside as {0}"), &arg, 1);
	ui_say(j->screen.ui, buf_view(&text), true);
	buf_finish(&text);
	buf_finish(&path);
	j->aside = true;
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
	return code ? code : spoke_ask(j->spoke, line, now_ms(j), &id, a, no);
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

/* ---- what is shown ---- */

static void
since_text(struct join *j, int64_t since, struct buf *out)
{
	int64_t wall = clock_wall_ms() - (now_ms(j) - since);
	struct buf iso = {0};
	clock_iso(&iso, wall, clock_zone_min(wall));
	buf_put(out, iso.p + 11, 8); /* HH:MM:SS */
	buf_finish(&iso);
}

/* How the line stands, in words; nothing where all is well. */
static void
line_text(struct join *j, const struct spoke_view *v, struct buf *out)
{
	struct buf since = {0};
	since_text(j, v->since, &since);
	struct str args[] = {buf_view(&since), v->why};
	switch (v->state) {
	case SPOKE_CONNECTING:
		if (v->why.n)
			i18n_fill(out, _("connecting: {1}"), args, 2);
		else
			buf_puts(out, _("connecting"));
		break;
	case SPOKE_CATCHING_UP:
		buf_puts(out, _("reading what happened so far"));
		break;
	case SPOKE_LIVE:
	case SPOKE_LEFT:
		break;
	case SPOKE_CUT:
		i18n_fill(out, _("CUT OFF since {0}"), args, 2);
		break;
	case SPOKE_REFUSED:
	case SPOKE_DIVERGED:
		i18n_fill(out, _("not let in: {1}"), args, 2);
		break;
	}
	buf_finish(&since);
}

static void
tell_stage(struct join *j, const struct spoke_view *v, struct str line)
{
	enum stage_state is = stage_from(v->posts[POST_STAGE]);
	struct ui_stage how = {
		.blank = is == STAGE_BLANK, .frozen = is == STAGE_FROZEN, .line = line};
	if (session_opened(j->session) && !j->spoken) {
		/* The hall reads the forum's language, whatever the projector's machine speaks. */
		char *own = str_dup(session_forum(j->session)->language);
		i18n_language(*own ? own : "en");
		free(own);
		j->spoken = true;
	}
	ui_stage(j->screen.ui, &how);
}

static void
tell_console(struct join *j, const struct spoke_view *v, struct str line)
{
	struct ui_joined is = {.seat = v->seat ? v->seat : j->options->seat,
		.line = line,
		.cut = v->state != SPOKE_LIVE,
		.unsent = v->unsent,
		.unanswered = v->unanswered,
		.rtt_ms = v->rtt_ms};
	struct ui_who *who = xcalloc(v->who_n + 1, sizeof *who);
	for (size_t i = 0; i < v->who_n; i++)
		who[i] = (struct ui_who){v->who[i].name, v->who[i].seat, v->who[i].quiet, v->who[i].typing};
	struct ui_status st = {.saved = j->copies.synced[LANE_SESSION],
		.not_saved = j->copies.error != 0,
		.consoles = v->who_n ? v->who_n - 1 : 0,
		.speed = v->pace};
	if (j->copies.error)
		st.trouble = str_of(file_why(j->copies.error));
	if (!j->copies.mirror[LANE_SESSION])
		st.saved = v->seq[LANE_SESSION];
	st.unsaved = (size_t)(v->head[LANE_SESSION] > st.saved ? v->head[LANE_SESSION] - st.saved : 0);
	ui_status(j->screen.ui, &st);
	ui_joined(j->screen.ui, &is, who, v->who_n);
	ui_changed(j->screen.ui);
	free(who);
}

static void
tell(struct join *j)
{
	struct spoke_view v = look(j);
	struct buf line = {0};
	line_text(j, &v, &line);
	if (!session_opened(j->session))
		ui_progress(j->screen.ui, line.n ? line.p : _("connecting"), 0);
	else
		ui_progress(j->screen.ui, NULL, 0);
	if (stage_of(j))
		tell_stage(j, &v, buf_view(&line));
	else
		tell_console(j, &v, buf_view(&line));
	j->state = v.state;
	j->told = j->copies.synced[LANE_SESSION];
	j->news = false;
	buf_finish(&line);
}

/* ---- the loop ---- */

static void
alarms(struct join *j, int64_t now)
{
	struct session_alarm alarm;
	while (session_alarm_next(j->session, j->alarm_t, &alarm) && alarm.t <= now) {
		j->alarm_t = alarm.t;
		if (now - alarm.t < SESSION_TICK_MS && !stage_of(j))
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
	struct spoke_view v = look(j);
	int64_t now = session_now(j), pace = v.pace > 0 ? v.pace : 1, wait = WAKE_MAX_MS;
	int64_t spoke = spoke_deadline(j->spoke, now_ms(j));
	if (session_opened(j->session)) {
		int64_t at = ui_wake(j->screen.ui, now), due = session_deadline_ms(j->session, now);
		at = due != EVENT_NO && due > now && due < at ? due : at;
		wait = (at - now + pace - 1) / pace;
	}
	if (spoke != EVENT_NO && spoke - now_ms(j) < wait)
		wait = spoke - now_ms(j);
	wait = wait < 1 ? 1 : wait > WAKE_MAX_MS ? WAKE_MAX_MS : wait;
	uv_timer_start(&j->wake, woken, (uint64_t)wait, 0);
}

static void
before_sleep(uv_prepare_t *prepare)
{
	struct join *j = prepare->data;
	if (j->leaving)
		return;
	spoke_turn(j->spoke, now_ms(j));
	if (look(j).state == SPOKE_DIVERGED && !j->aside) {
		begin_again(j);
		j->news = true;
	}
	copies_turn(&j->copies);
	if (j->news || j->told != j->copies.synced[LANE_SESSION] || look(j).state != j->state)
		tell(j);
	screen_turn(&j->screen);
	if (!stage_of(j))
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
watch_signals(struct join *j)
{
	static const int numbers[] = {SIGTERM, SIGINT, SIGHUP, SIGQUIT};
	for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
		uv_signal_t *s = &j->signals[j->signals_n++];
		uv_signal_init(&j->uv, s);
		s->data = j;
		uv_signal_start(s, signalled, numbers[i]);
	}
}

static void
dial_closed(void *ctx)
{
	(void)ctx;
}

static void
close_handle(uv_handle_t *handle, void *ctx)
{
	(void)ctx;
	if (!uv_is_closing(handle))
		uv_close(handle, NULL);
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
	for (size_t i = 0; i < j->signals_n; i++)
		uv_close((uv_handle_t *)&j->signals[i], NULL);
	dial_close(j->dial, dial_closed, NULL);
	uv_run(&j->uv, UV_RUN_DEFAULT);
	uv_walk(&j->uv, close_handle, NULL);
	uv_run(&j->uv, UV_RUN_DEFAULT);
	readings_finish(&j->screen);
	int error = copies_finish(&j->copies);
	if (error)
		APP_ERROR(_("the copy of the log is not complete: {0}"), str_of(file_why(error)));
	spoke_destroy(j->spoke);
	session_destroy(j->session);
	kept_finish(&j->kept);
	uv_loop_close(&j->uv);
}

static int
begin_screen(struct join *j)
{
	const struct screen_calls calls = {
		.ui = {.ctx = j,
			.command = on_command,
			.leave = on_leave,
			.history = stage_of(j) ? NULL : on_history},
		.now = session_now,
		.title = on_title,
		.gone = on_leave,
	};
	int error = screen_start(&j->screen, &j->uv, j->session, &calls);
	if (!error && stage_of(j))
		ui_stage(j->screen.ui, &(struct ui_stage){0});
	return error;
}

int
join_run(const struct join_options *options)
{
	struct join j = {.options = options, .news = true};
	unsigned char key[LINK_KEY_SIZE];
	signal(SIGPIPE, SIG_IGN);
	signal(SIGXFSZ, SIG_IGN);
	uv_loop_init(&j.uv);
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
	j.dial = dial_create(&j.uv, options->to);
	if (options->to->kind == ADDRESS_INVITE && kept_key(&j.kept, key))
		dial_key(j.dial, key);
	key_forget(key, sizeof key);
	open_copies(&j);
	begin_spoke(&j);
	if (begin_screen(&j)) {
		leave(&j, DAIS_FAILED);
	} else {
		watch_signals(&j);
		uv_prepare_start(&j.prepare, before_sleep);
	}
	while (!j.leaving)
		uv_run(&j.uv, UV_RUN_DEFAULT);
	finish(&j);
	return j.code;
}
