/*
 * A console's terminal on a loop: bytes from the keyboard to the ui, frames back
 * without waiting. A terminal that nobody reads stops only its own picture: the
 * next frame is drawn when the last one is out. Whose session is shown is not
 * known here: a host's, a replay's, another machine's.
 */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/uio.h>
#include <unistd.h>

#include "internal.h"
#include "screen.h"

static void
escape_over(uv_timer_t *timer)
{
	struct screen *sc = timer->data;
	ui_idle(sc->ui);
}

static void
keys_ready(uv_poll_t *poll, int status, int events)
{
	struct screen *sc = poll->data;
	char bytes[4096];
	ssize_t n = status < 0 ? 0 : read(terminal_input(sc->terminal), bytes, sizeof bytes);
	(void)events;
	if (n < 0 && (errno == EAGAIN || errno == EINTR))
		return;
	if (n <= 0) {
		uv_poll_stop(poll);
		sc->calls.gone(sc->calls.ui.ctx);
		return;
	}
	ui_clock(sc->ui, (int64_t)uv_now(sc->loop));
	ui_feed(sc->ui, (struct str){bytes, (size_t)n});
	int wait = ui_timeout_ms(sc->ui);
	if (wait >= 0)
		uv_timer_start(&sc->escape, escape_over, (uint64_t)wait, 0);
	else
		uv_timer_stop(&sc->escape);
}

static void write_frame(struct screen *sc);

static void
screen_ready(uv_poll_t *poll, int status, int events)
{
	struct screen *sc = poll->data;
	(void)events;
	uv_poll_stop(poll);
	if (status >= 0)
		write_frame(sc);
}

/* As much of the frame as the terminal takes; the rest when it is ready again. */
static void
write_frame(struct screen *sc)
{
	while (sc->frame_at < sc->frame.n) {
		ssize_t n = write(sc->fd, sc->frame.p + sc->frame_at, sc->frame.n - sc->frame_at);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0 && errno == EAGAIN) {
			uv_poll_start(&sc->out, UV_WRITABLE, screen_ready);
			return;
		}
		if (n <= 0)
			break; /* gone: the keyboard will say so */
		sc->frame_at += (size_t)n;
	}
	buf_reset(&sc->frame);
	sc->frame_at = 0;
}

static void
adopt_size(struct screen *sc)
{
	int columns, rows;
	terminal_resized(sc->terminal);
	terminal_size(sc->terminal, &columns, &rows);
	ui_resize(sc->ui, columns, rows);
	sc->due = true;
}

static void
resized(uv_signal_t *handle, int number)
{
	(void)number;
	adopt_size(handle->data);
}

static void stopped(uv_signal_t *handle, int number);

void
screen_show(struct screen *sc, const struct session *s)
{
	int columns, rows;
	ui_destroy(sc->ui);
	sc->ui = ui_create(s, &sc->theme, &sc->calls.ui);
	look_give(sc);
	if (sc->calls.ui.history)
		history_recall(sc->ui);
	terminal_size(sc->terminal, &columns, &rows);
	ui_resize(sc->ui, columns, rows);
	sc->due = true;
}

static void
watch(struct screen *sc)
{
	uv_timer_init(sc->loop, &sc->escape);
	uv_poll_init(sc->loop, &sc->keys, terminal_input(sc->terminal));
	uv_poll_init(sc->loop, &sc->out, sc->fd);
	uv_signal_init(sc->loop, &sc->resized);
	uv_signal_init(sc->loop, &sc->stopped);
	sc->escape.data = sc->keys.data = sc->out.data = sc;
	sc->resized.data = sc->stopped.data = sc;
	uv_poll_start(&sc->keys, UV_READABLE | UV_DISCONNECT, keys_ready);
	uv_signal_start(&sc->resized, resized, SIGWINCH);
	uv_signal_start(&sc->stopped, stopped, SIGTSTP);
}

int
screen_start(struct screen *sc, uv_loop_t *loop, const struct session *s,
	const struct screen_calls *calls)
{
	const char *why = NULL;
	sc->loop = loop;
	sc->calls = *calls;
	sc->fd = -1;
	look_open(sc);
	int error = terminal_open(&sc->terminal, &sc->theme, &why);
	if (error) {
		APP_ERROR("{0}", str_of(why ? _(why) : strerror(-error)));
		return error;
	}
	crash_guard();
	/* A description of its own, so that the shell's is not made non-blocking. */
	const char *tty = ttyname(STDOUT_FILENO);
	sc->fd = tty ? open(tty, O_WRONLY | O_NOCTTY | O_NONBLOCK | O_CLOEXEC) : -1;
	if (sc->fd < 0) {
		error = tty ? -errno : -ENOTTY;
		APP_ERROR(_("{0}: cannot be written to: {1}"), str_of(tty ? tty : "tty"),
			str_of(strerror(-error)));
		return error;
	}
	screen_show(sc, s);
	look_say(sc);
	watch(sc);
	return 0;
}

/* What was typed until now was typed on the picture of before, not on the one that is painted next. */
static void
read_keys(struct screen *sc)
{
	struct pollfd typed = {.fd = terminal_input(sc->terminal), .events = POLLIN};
	if (uv_is_active((uv_handle_t *)&sc->keys) && poll(&typed, 1, 0) > 0 && typed.revents & POLLIN)
		keys_ready(&sc->keys, 0, UV_READABLE);
	ui_clock(sc->ui, (int64_t)uv_now(sc->loop));
}

void
screen_turn(struct screen *sc)
{
	if (sc->frame.n || (!sc->due && !ui_dirty(sc->ui)))
		return;
	if (ui_take_redraw(sc->ui))
		terminal_resized(sc->terminal);
	read_keys(sc);
	void *ctx = sc->calls.ui.ctx;
	struct buf title = {0};
	sc->calls.title(ctx, &title);
	const struct grid *grid = ui_paint(sc->ui, sc->calls.now(ctx));
	terminal_frame(sc->terminal, grid, ui_take_bells(sc->ui), title.p, &sc->frame);
	buf_finish(&title);
	sc->due = false;
	write_frame(sc);
}

/*
 * What was begun of a frame is finished before the terminal is given back: half
 * a sequence would garble what follows. A terminal that takes nothing is not
 * waited for.
 */
static void
end_frame(struct screen *sc)
{
	enum { PATIENCE_MS = 200 };
	int64_t end = clock_mono_ms() + PATIENCE_MS;
	uv_poll_stop(&sc->out);
	while (sc->frame_at < sc->frame.n && clock_mono_ms() < end) {
		struct pollfd ready = {.fd = sc->fd, .events = POLLOUT};
		if (poll(&ready, 1, PATIENCE_MS / 4) <= 0)
			continue;
		if (ready.revents & (POLLERR | POLLHUP))
			break;
		ssize_t n = write(sc->fd, sc->frame.p + sc->frame_at, sc->frame.n - sc->frame_at);
		if (n > 0)
			sc->frame_at += (size_t)n;
		else if (errno != EAGAIN && errno != EINTR)
			break;
	}
	buf_reset(&sc->frame);
	sc->frame_at = 0;
}

/*
 * Stops the whole job until it is continued. The default action, for all of it:
 * a pipeline stops as one, and an orphan does not hang.
 */
static void
stopped(uv_signal_t *handle, int number)
{
	struct screen *sc = handle->data;
	end_frame(sc);
	terminal_leave(sc->terminal);
	uv_signal_stop(handle);
	kill(0, number);
	uv_signal_start(handle, stopped, number);
	terminal_enter(sc->terminal);
	adopt_size(sc);
}

void
screen_finish(struct screen *sc)
{
	if (!sc->loop)
		return;
	/* Where the screen never came up there is no more than a theme to give back. */
	if (sc->ui) {
		end_frame(sc);
		uv_close((uv_handle_t *)&sc->keys, NULL);
		uv_close((uv_handle_t *)&sc->out, NULL);
		uv_close((uv_handle_t *)&sc->escape, NULL);
		uv_close((uv_handle_t *)&sc->resized, NULL);
		uv_close((uv_handle_t *)&sc->stopped, NULL);
	}
	ui_destroy(sc->ui);
	sc->ui = NULL;
	terminal_close(sc->terminal);
	sc->terminal = NULL;
	if (sc->fd >= 0)
		close(sc->fd);
	look_finish(sc);
	buf_finish(&sc->frame);
	sc->loop = NULL;
}
