/*
 * A terminal with a console on it, on a loop. It knows no host: whose session
 * it shows, and what becomes of what is asked on it, is its owner's matter.
 */
#pragma once

#include <uv.h>

#include "config.h"

struct readings;

/* What a screen asks of its owner, each with ui.ctx. */
struct screen_calls {
	struct ui_calls ui;
	int64_t (*now)(void *ctx); /* the session time to paint at */
	void (*title)(void *ctx, struct buf *out); /* of the window */
	void (*gone)(void *ctx); /* nobody is at the keyboard any more: the terminal went away */
};

/* Zeroed memory is one that is not up. It stays where it is from screen_start() until the loop has
 * closed its handles. */
struct screen {
	uv_loop_t *loop;
	struct screen_calls calls;
	struct ui *ui; /* owned; NULL while there is no screen */
	struct config config; /* read once, at the start */
	struct themes themes;
	size_t problems; /* that the settings had */
	size_t theme_at; /* which of them is shown */
	struct theme theme;
	struct terminal *terminal;
	struct readings *readings; /* owned; NULL where no name needs any */
	uv_poll_t keys, out;
	uv_timer_t escape;
	uv_signal_t resized, stopped;
	int fd;
	struct buf frame; /* bytes of the frame that is being written */
	size_t frame_at;
	bool due; /* time alone asks for a new picture */
};

/* 0, or negative after a sentence on standard error; screen_finish() either way. s is borrowed. */
int screen_start(struct screen *sc, uv_loop_t *loop, const struct session *s,
	const struct screen_calls *calls);
/* Shows another session from now on. */
void screen_show(struct screen *sc, const struct session *s);
/* Once before the loop sleeps: begins a frame if there is something new and the last one is out. */
void screen_turn(struct screen *sc);
/* Gives the terminal back; the handles close with the loop's next turns. */
void screen_finish(struct screen *sc);

/* look.c: themes, keys and bells as the person wants them */
void look_open(struct screen *sc); /* reads the settings, and tells what is wrong with them */
void look_give(struct screen *sc); /* to the console that is shown from now on */
void look_say(struct screen *sc);  /* that something was wrong */
void look_finish(struct screen *sc);

/* uv_history.c: the command lines of earlier sessions */
void history_recall(struct ui *ui); /* into a console */
void history_keep(uv_loop_t *loop, struct str line);

/* uv_readings.c: has names read whose readings the console lacks */
void readings_turn(struct screen *sc);
bool readings_busy(const struct screen *sc);
void readings_stop(struct screen *sc); /* soon, not at once */
void readings_finish(struct screen *sc);
