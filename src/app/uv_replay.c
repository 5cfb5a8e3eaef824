/*
 * The loop of a replay: the console shows the session as it was at the
 * position, its commands move the position, and one timer moves it on. While
 * it stands still nothing wakes.
 */
#include <assert.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "player.h"

/* More pictures a second than this nobody sees. */
enum { FRAME_MS = 16 };

static int64_t
steady(const struct player *p)
{
	return (int64_t)uv_now(&p->uv);
}

void
player_leave(struct player *p, int code)
{
	if (p->leaving)
		return;
	p->leaving = true;
	p->code = code;
	uv_stop(&p->uv);
}

/* ---- what the console asks ---- */

static enum refusal
command(void *ctx, struct str line, struct arena *a, struct refused *no)
{
	struct player *p = ctx;
	enum refusal code = replay_command(p->replay, line, steady(p), a, no);
	p->news = true;
	buf_reset(&p->said);
	if (!code && no->why)
		i18n_fill(&p->said, _(no->why), no->args, no->n);
	return code;
}

static void
leave(void *ctx)
{
	struct player *p = ctx;
	player_leave(p, p->replay ? DAIS_OK : DAIS_FAILED);
}

static int64_t
now(void *ctx)
{
	struct player *p = ctx;
	return p->replay ? replay_t(p->replay) : 0;
}

static void
title(void *ctx, struct buf *out)
{
	struct player *p = ctx;
	struct str name = p->replay ? session_forum(p->recall.session)->title
				    : str_of(p->start->log);
	i18n_fill(out, _("replay: {0}"), &name, 1);
}

/* ---- what it shows ---- */

static void
list_commands(struct player *p)
{
	size_t n;
	const struct replay_row *rows = replay_rows(&n);
	assert(n <= PLAYER_COMMANDS_MAX);
	for (size_t i = 0; i < n; i++)
		p->commands[p->commands_n++] =
			(struct ui_command){rows[i].word, rows[i].usage, rows[i].help};
}

static void
tell(struct player *p)
{
	struct replay *r = p->replay;
	const struct ui_replay is = {.whole = p->recall.session,
		.commands = p->commands,
		.commands_n = p->commands_n,
		.t = replay_t(r),
		.at = replay_at(r),
		.playing = replay_playing(r),
		.skips = replay_skips(r),
		.follows = replay_follows(r),
		.runs = p->runs,
		.pace = replay_pace(r),
		.damage = buf_view(&p->damage)};
	ui_replay(p->screen.ui, &is);
	if (p->said.n)
		ui_say(p->screen.ui, buf_view(&p->said), false);
	buf_reset(&p->said);
	p->news = false;
}

static void
woken(uv_timer_t *timer)
{
	struct player *p = timer->data;
	p->screen.due = true; /* the next turn of the loop moves it on */
}

static void
arm(struct player *p)
{
	int64_t at = replay_wake(p->replay, steady(p)), wait = at - steady(p);
	if (at < 0)
		uv_timer_stop(&p->wake);
	else
		uv_timer_start(&p->wake, woken, (uint64_t)(wait < FRAME_MS ? FRAME_MS : wait), 0);
}

static void
before_sleep(uv_prepare_t *prepare)
{
	struct player *p = prepare->data;
	if (p->leaving || !p->screen.ui)
		return;
	if (p->replay) {
		p->news |= replay_advance(p->replay, steady(p));
		if (p->news)
			tell(p);
	}
	screen_turn(&p->screen);
	if (!p->replay)
		return;
	readings_turn(&p->screen);
	arm(p);
}

/* ---- beginning ---- */

/* Nothing of it can be trusted, or it cannot be read. */
static int
refuse(struct player *p)
{
	struct buf damage = {0};
	const char *log = p->start->log;
	screen_finish(&p->screen);
	if (p->error) {
		APP_ERROR("{0}: {1}", str_of(log), str_of(file_why(p->error)));
	} else {
		recall_damage(&damage, &p->recall);
		APP_ERROR("{0}: {1}", str_of(log),
			damage.n ? buf_view(&damage) : str_of(_("this is no session log")));
	}
	buf_finish(&damage);
	return DAIS_UNTRUSTED;
}

/* A command from the command line. */
static int
carry_out(struct player *p, const char *word, const char *value)
{
	struct arena a = {0};
	struct refused no = {0};
	struct buf line = {0}, why = {0};
	buf_printf(&line, "%s %s", word, value);
	enum refusal code = replay_command(p->replay, buf_view(&line), steady(p), &a, &no);
	if (code) {
		screen_finish(&p->screen);
		refusal_sentence(&why, &no);
		APP_ERROR("{0}: {1}", str_of(APP_NAME " replay"), buf_view(&why));
	}
	arena_finish(&a);
	buf_finish(&line);
	buf_finish(&why);
	return !code ? DAIS_OK : code == REFUSAL_BAD_ARGUMENT ? DAIS_USAGE : DAIS_FAILED;
}

/* Where it begins: as asked, where a session that runs stands, or at the start; and it plays. */
static int
begin(struct player *p)
{
	const struct player_start *s = p->start;
	int code = s->pace ? carry_out(p, "pace", s->pace) : DAIS_OK;
	if (!code && s->at)
		code = carry_out(p, "to", s->at);
	else if (!code && p->runs)
		code = carry_out(p, "to", "end");
	bool end = replay_at(p->replay) == session_event_count(p->recall.session);
	if (!code && !end && !replay_playing(p->replay))
		code = carry_out(p, "play", "");
	return code;
}

void
player_opened(struct player *p)
{
	if (p->error || !session_opened(p->recall.session)) {
		player_leave(p, refuse(p));
		return;
	}
	p->replay = replay_create(p->recall.session);
	tails_start(p);
	int code = begin(p);
	if (code) {
		player_leave(p, code);
		return;
	}
	const struct session *view = replay_session(p->replay);
	if (p->screen.ui)
		screen_show(&p->screen, view);
	else if (screen_start(&p->screen, &p->uv, view, &p->screen.calls) != 0)
		player_leave(p, DAIS_FAILED);
	p->news = true;
}

static void
signalled(uv_signal_t *handle, int number)
{
	(void)number;
	leave(handle->data);
}

static void
start(struct player *p)
{
	uv_loop_init(&p->uv);
	uv_prepare_init(&p->uv, &p->prepare);
	uv_timer_init(&p->uv, &p->wake);
	p->prepare.data = p->wake.data = p;
	ending_watch(&p->ending, &p->uv, signalled, p);
	uv_prepare_start(&p->prepare, before_sleep);
	p->nothing = session_create();
	opening_start(p);
}

/* The terminal first: nobody waits for a thread, nor for memory that is given back. */
static void
finish(struct player *p)
{
	readings_stop(&p->screen);
	screen_finish(&p->screen);
	if (p->opening)
		_exit(p->code);
	while (readings_busy(&p->screen))
		uv_run(&p->uv, UV_RUN_ONCE);
	ending_close(&p->uv);
	readings_finish(&p->screen);
	uv_loop_close(&p->uv);
	replay_destroy(p->replay);
	tails_finish(p);
	recall_finish(&p->recall);
	session_destroy(p->nothing);
	buf_finish(&p->said);
}

int
player_run(const struct player_start *options)
{
	struct player *p = xcalloc(1, sizeof *p);
	p->start = options;
	list_commands(p);
	p->screen.calls = (struct screen_calls){
		.ui = {.ctx = p, .command = command, .leave = leave},
		.now = now,
		.title = title,
		.gone = leave,
	};
	signal(SIGPIPE, SIG_IGN);
	start(p);
	while (!p->leaving)
		uv_run(&p->uv, UV_RUN_DEFAULT);
	finish(p);
	int code = p->code;
	free(p);
	return code;
}
