/* The host's own console: what it asks goes to the host, what it shows comes from there. */
#include <string.h>

#include "exports.h"
#include "live.h"

/* What is said of it is a page where it is done, otherwise the refusal. */
static enum refusal
share(struct loop *l, struct str line, struct arena *a, struct refused *no)
{
	struct buf text = {0};
	enum refusal code = share_do(l, line, &text);
	if (code)
		*no = (struct refused){code, N_("{0}"), {arena_str(a, buf_view(&text))}, 1, 0};
	else if (memchr(text.p, '\n', text.n) || text.n > 60)
		ui_show(l->screen.ui, line, buf_view(&text));
	else
		ui_say(l->screen.ui, buf_view(&text), false);
	buf_finish(&text);
	return code;
}

static enum refusal
command(void *ctx, struct str line, struct arena *a, struct refused *no)
{
	struct loop *l = ctx;
	struct asker who = {.seat = SEAT_CHAIR, .by = STR("chair")};
	enum event_lane lane;
	int64_t seq;
	if (share_is(line))
		return share(l, line, a, no);
	return host_command(l->host, &who, line, (struct event_list){0}, a, no, &lane, &seq);
}

/* The session is on the disk and can be resumed; also where it is the terminal that went away. */
static void
leave(void *ctx)
{
	live_leave(ctx, DAIS_OK);
}

static void
history(void *ctx, struct str line)
{
	struct loop *l = ctx;
	history_keep(&l->uv, line);
}

static void
export(void *ctx, const char *format)
{
	exports_begin(ctx, format);
}

static int64_t
now(void *ctx)
{
	struct loop *l = ctx;
	return host_now(l->host);
}

static void
title(void *ctx, struct buf *out)
{
	struct loop *l = ctx;
	buf_str(out, session_forum(host_session(l->host))->title);
}

int
console_start(struct loop *l)
{
	const struct screen_calls calls = {
		.ui = {.ctx = l,
			.command = command,
			.leave = leave,
			.history = history,
			.export = export,
			.exports = export_formats},
		.now = now,
		.title = title,
		.gone = leave,
	};
	return screen_start(&l->screen, &l->uv, host_session(l->host), &calls);
}

static void
tell_status(struct loop *l)
{
	int trouble = host_trouble(l->host);
	struct ui_status st = {.saved = host_synced(l->host, LANE_SESSION),
		.not_saved = trouble != 0,
		.consoles = consoles_count(l),
		.speed = host_factor(l->host)};
	if (trouble)
		st.trouble = str_of(file_why(trouble));
	for (int lane = 0; lane < 2; lane++)
		st.unsaved +=
			(size_t)(session_next_seq(host_session(l->host), (enum event_lane)lane) -
				 1 - host_synced(l->host, (enum event_lane)lane));
	ui_status(l->screen.ui, &st);
	ui_changed(l->screen.ui);
}

void
console_turn(struct loop *l)
{
	if (l->news)
		tell_status(l);
	screen_turn(&l->screen);
	readings_turn(&l->screen);
}
