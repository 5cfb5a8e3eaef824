/*
 * The console's terminal on the loop: bytes from the keyboard to the ui, frames
 * back without waiting. A terminal that nobody reads stops only its own picture:
 * the next frame is drawn when the last one is out.
 */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/uio.h>
#include <unistd.h>

#include "live.h"

static enum refusal
command(void *ctx, struct str line, struct arena *a, struct refused *no)
{
	struct loop *l = ctx;
	struct asker who = {SEAT_CHAIR, STR("chair")};
	enum event_lane lane;
	int64_t seq;
	return host_command(l->host, &who, line, (struct event_list){0}, a, no, &lane, &seq);
}

static void
leave(void *ctx)
{
	live_leave(ctx, DAIS_OK);
}

static void
escape_over(uv_timer_t *timer)
{
	struct loop *l = timer->data;
	ui_idle(l->ui);
}

static void
keys_ready(uv_poll_t *poll, int status, int events)
{
	struct loop *l = poll->data;
	char bytes[4096];
	ssize_t n = status < 0 ? 0 : read(terminal_input(l->terminal), bytes, sizeof bytes);
	(void)events;
	if (n < 0 && (errno == EAGAIN || errno == EINTR))
		return;
	if (n <= 0) {
		/* The terminal is gone. The session is on the disk and can be resumed. */
		uv_poll_stop(poll);
		live_leave(l, DAIS_OK);
		return;
	}
	ui_clock(l->ui, (int64_t)uv_now(&l->uv));
	ui_feed(l->ui, (struct str){bytes, (size_t)n});
	int wait = ui_timeout_ms(l->ui);
	if (wait >= 0)
		uv_timer_start(&l->escape, escape_over, (uint64_t)wait, 0);
	else
		uv_timer_stop(&l->escape);
}

static void write_frame(struct loop *l);

static void
screen_ready(uv_poll_t *poll, int status, int events)
{
	struct loop *l = poll->data;
	(void)events;
	uv_poll_stop(poll);
	if (status >= 0)
		write_frame(l);
}

/* As much of the frame as the terminal takes; the rest when it is ready again. */
static void
write_frame(struct loop *l)
{
	while (l->frame_at < l->frame.n) {
		ssize_t n = write(l->screen_fd, l->frame.p + l->frame_at, l->frame.n - l->frame_at);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0 && errno == EAGAIN) {
			uv_poll_start(&l->screen, UV_WRITABLE, screen_ready);
			return;
		}
		if (n <= 0)
			break; /* gone: the keyboard will say so */
		l->frame_at += (size_t)n;
	}
	buf_reset(&l->frame);
	l->frame_at = 0;
}

/* A theme of the program's own; one of the user's comes with the configuration. */
static bool
load_theme(struct theme *theme, const char *name)
{
	struct diag_list problems;
	struct str source = theme_builtin(name);
	diag_start(&problems, "theme", source);
	bool ok = theme_read(theme, source, &problems);
	diag_finish(&problems);
	return ok;
}

/* The console keeps its pointer to the theme; what stands there changes. */
static const char *
next_theme(void *ctx)
{
	struct loop *l = ctx;
	struct theme next;
	const char *name = theme_builtin_name(++l->theme_at);
	if (!name)
		name = theme_builtin_name(l->theme_at = 0);
	if (!load_theme(&next, name))
		return NULL;
	theme_finish(&l->theme);
	l->theme = next;
	terminal_theme(l->terminal, &l->theme);
	return name;
}

int
screen_start(struct loop *l)
{
	const char *why = NULL;
	struct ui_calls calls = {.ctx = l,
		.command = command,
		.leave = leave,
		.theme = next_theme,
		.history = history_keep};
	int columns, rows;
	l->screen_fd = -1;
	if (!load_theme(&l->theme, getenv("NO_COLOR") ? "mono" : theme_builtin_name(0)))
		return -EINVAL;
	int error = terminal_open(&l->terminal, &l->theme, &why);
	if (error) {
		APP_ERROR("{0}", str_of(why ? _(why) : strerror(-error)));
		return error;
	}
	crash_guard();
	/* A description of its own, so that the shell's is not made non-blocking. */
	const char *tty = ttyname(STDOUT_FILENO);
	l->screen_fd = tty ? open(tty, O_WRONLY | O_NOCTTY | O_NONBLOCK | O_CLOEXEC) : -1;
	if (l->screen_fd < 0) {
		error = tty ? -errno : -ENOTTY;
		APP_ERROR(_("{0}: cannot be written to: {1}"), str_of(tty ? tty : "tty"),
			str_of(strerror(-error)));
		return error;
	}
	l->ui = ui_create(host_session(l->host), &l->theme, &calls);
	history_recall(l);
	terminal_size(l->terminal, &columns, &rows);
	ui_resize(l->ui, columns, rows);
	uv_timer_init(&l->uv, &l->escape);
	uv_poll_init(&l->uv, &l->keys, terminal_input(l->terminal));
	uv_poll_init(&l->uv, &l->screen, l->screen_fd);
	l->escape.data = l->keys.data = l->screen.data = l;
	uv_poll_start(&l->keys, UV_READABLE | UV_DISCONNECT, keys_ready);
	l->due = true;
	return 0;
}

static void
tell_status(struct loop *l)
{
	int trouble = host_trouble(l->host);
	struct ui_status st = {.saved = host_synced(l->host, LANE_SESSION),
		.not_saved = trouble != 0,
		.speed = host_factor(l->host)};
	if (trouble)
		st.trouble = str_of(file_why(trouble));
	for (int lane = 0; lane < 2; lane++)
		st.unsaved +=
			(size_t)(session_next_seq(host_session(l->host), (enum event_lane)lane) -
				 1 - host_synced(l->host, (enum event_lane)lane));
	ui_status(l->ui, &st);
	ui_changed(l->ui);
}

void
screen_turn(struct loop *l)
{
	if (l->news)
		tell_status(l);
	if (l->frame.n || (!l->due && !ui_dirty(l->ui)))
		return;
	if (ui_take_redraw(l->ui))
		terminal_resized(l->terminal);
	char *title = str_dup(session_forum(host_session(l->host))->title);
	const struct grid *grid = ui_paint(l->ui, host_now(l->host));
	terminal_frame(l->terminal, grid, ui_take_bells(l->ui), title, &l->frame);
	free(title);
	l->due = false;
	write_frame(l);
}

void
screen_resized(struct loop *l)
{
	int columns, rows;
	terminal_resized(l->terminal);
	terminal_size(l->terminal, &columns, &rows);
	ui_resize(l->ui, columns, rows);
	l->due = true;
}

/*
 * What was begun of a frame is finished before the terminal is given back: half
 * a sequence would garble what follows. A terminal that takes nothing is not
 * waited for.
 */
static void
end_frame(struct loop *l)
{
	enum { PATIENCE_MS = 200 };
	int64_t end = clock_mono_ms() + PATIENCE_MS;
	uv_poll_stop(&l->screen);
	while (l->frame_at < l->frame.n && clock_mono_ms() < end) {
		struct pollfd ready = {.fd = l->screen_fd, .events = POLLOUT};
		if (poll(&ready, 1, PATIENCE_MS / 4) <= 0)
			continue;
		if (ready.revents & (POLLERR | POLLHUP))
			break;
		ssize_t n = write(l->screen_fd, l->frame.p + l->frame_at, l->frame.n - l->frame_at);
		if (n > 0)
			l->frame_at += (size_t)n;
		else if (errno != EAGAIN && errno != EINTR)
			break;
	}
	buf_reset(&l->frame);
	l->frame_at = 0;
}

void
screen_suspend(struct loop *l, uv_signal_t *handle, uv_signal_cb again)
{
	end_frame(l);
	terminal_leave(l->terminal);
	uv_signal_stop(handle);
	/* The default action, for the whole job: a pipeline stops as one, and an orphan does not
	 * hang. */
	kill(0, SIGTSTP);
	uv_signal_start(handle, again, SIGTSTP);
	terminal_enter(l->terminal);
	screen_resized(l);
}

void
screen_finish(struct loop *l)
{
	/* Where the screen never came up there is no more than a theme to give back. */
	if (l->ui) {
		end_frame(l);
		uv_close((uv_handle_t *)&l->keys, NULL);
		uv_close((uv_handle_t *)&l->screen, NULL);
		uv_close((uv_handle_t *)&l->escape, NULL);
	}
	ui_destroy(l->ui);
	l->ui = NULL;
	terminal_close(l->terminal);
	l->terminal = NULL;
	if (l->screen_fd >= 0)
		close(l->screen_fd);
	theme_finish(&l->theme);
	buf_finish(&l->frame);
}
