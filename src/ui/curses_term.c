/*
 * The only file that knows a real terminal, and of ncurses only its output:
 * what a screen needs to become another. ncurses writes into a memfd, whose
 * bytes are handed to the caller, so that a terminal which nobody reads can
 * never hold up the session. Modes and termios are set here and not by ncurses.
 *
 * The one variable is what a signal handler needs to give the terminal back.
 */
#include "internal.h"

#include <curses.h>
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <term.h>
#include <termios.h>
#include <unistd.h>
#include <wchar.h>

/* <term.h> takes these words away. */
#undef columns
#undef lines

#include "dais/i18n.h"
#include "dais/log.h"
#include "pen.h"
#include "title.h"

enum { RESCUE_BYTES = 256, RESCUE_MS = 10, RESCUE_WAITS = 100, BELLS_MAX = 5, SIGNALS = 4 };
enum { RESCUE_OVER, RESCUE_ARMED, RESCUE_AT_WORK };

#define FRAME_START "\033[?2026h"
#define FRAME_END "\033[?2026l"
/* 1002 tells of a pointer that is moved with its button down; who does not know it has 1000. */
#define MODES_ON "\033[?2004h\033[?1000h\033[?1002h\033[?1006h"
#define MODES_OFF "\033[?1006l\033[?1002l\033[?1000l\033[?2004l"

static struct {
	atomic_int state;
	atomic_bool begun; /* a frame was made; before that there is nothing to take back */
	struct termios termios;
	char bytes[RESCUE_BYTES];
	size_t n;
} rescue;

/* How a style on a ground comes out on this terminal. */
struct ink {
	bool mixed;
	attr_t attributes;
	int pair;
};

struct terminal {
	SCREEN *screen;
	FILE *sink;
	int input;
	int columns, rows;
	const struct theme *theme;
	bool coloured, direct;
	bool modes;   /* understands "CSI ?" */
	bool started; /* its modes are on their way or on */
	enum title_form titles;
	bool redraw;
	int cursor;
	struct pen pen;
	struct cell *last; /* of columns × rows: what the last frame showed */
	cchar_t *row;
	struct buf title;
	const char *palette; /* what ncurses would reset the user's colours with; or NULL */
	struct ink inks[STYLE_COUNT][STYLE_COUNT];
};

/* ---- colours ---- */

static int
colour_number(const struct terminal *t, const struct colour *c)
{
	if (t->direct && c->set) {
		int rgb = c->r << 16 | c->g << 8 | c->b;
		/* The first eight numbers are the palette's; black is next to what they hide. */
		return rgb < 8 ? 0x010101 : rgb;
	}
	if (t->direct)
		return c->c8;
	return COLORS >= 256 ? c->c256 : c->c8;
}

static const struct ink *
mix(struct terminal *t, enum style style, enum style ground)
{
	struct ink *ink = &t->inks[style][ground];
	if (ink->mixed)
		return ink;
	struct look look = theme_look(t->theme, style, ground);
	const struct attributes *a = !t->coloured ? &look.mono
		: t->direct || COLORS >= 256	  ? &look.attr
						  : &look.attr8;
	*ink = (struct ink){.mixed = true};
	ink->attributes = (a->bold ? A_BOLD : 0) | (a->dim ? A_DIM : 0) |
		(a->italic ? A_ITALIC : 0) | (a->underline ? A_UNDERLINE : 0) |
		(a->reverse ? A_REVERSE : 0);
	if (!t->coloured)
		return ink;
	int fore = colour_number(t, &look.fore), back = colour_number(t, &look.back);
	int pair = fore < 0 && back < 0 ? 0 : alloc_pair(fore, back);
	ink->pair = pair < 0 ? 0 : pair;
	return ink;
}

static void
start_colours(struct terminal *t)
{
	const char *no = getenv("NO_COLOR");
	t->coloured = !(no && *no) && has_colors() && start_color() == OK && COLORS >= 8;
	t->direct = t->coloured && COLORS > 0x10000;
	if (t->coloured)
		use_default_colors();
}

/* ---- the way in and out ---- */

/* Takes every `what` out of the end of out from `at` on. */
static void
leave_out(struct buf *out, size_t at, const char *what)
{
	size_t n = what ? strlen(what) : 0;
	char *found;
	while (n && (found = memmem(out->p + at, out->n - at, what, n)) != NULL) {
		at = (size_t)(found - out->p);
		memmove(found, found + n, out->n - at - n + 1);
		out->n -= n;
	}
}

/*
 * Moves what ncurses wrote to the end of out. Where it comes back to a screen
 * it resets the palette as well, which is the user's and was never changed.
 */
static void
drain(struct terminal *t, struct buf *out)
{
	int fd = fileno(t->sink);
	fflush(t->sink);
	off_t n = lseek(fd, 0, SEEK_CUR);
	if (n <= 0)
		return;
	size_t at = out->n;
	buf_reserve(out, (size_t)n);
	ssize_t got = pread(fd, out->p + out->n, (size_t)n, 0);
	if (got > 0)
		out->n += (size_t)got;
	out->p[out->n] = 0;
	leave_out(out, at, t->palette);
	lseek(fd, 0, SEEK_SET);
}

/* What gives the terminal back: fixed beforehand, since it is for a dying program. */
static void
prepare_rescue(const struct terminal *t, const struct termios *saved)
{
	const char *leave = tigetstr("rmcup"), *cursor = tigetstr("cnorm");
	const char *parts[] = {
		t->modes ? FRAME_END MODES_OFF : "",
		tigetstr("sgr0"),
		cursor,
		leave && leave != (char *)-1 && *leave ? leave : "\r\n",
		title_end(t->titles),
	};
	atomic_store(&rescue.state, RESCUE_OVER);
	rescue.n = 0;
	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
		size_t n = parts[i] && parts[i] != (char *)-1 ? strlen(parts[i]) : 0;
		/* Padding is for terminals of glass and iron. */
		if (n == 0 || strstr(parts[i], "$<") || rescue.n + n > RESCUE_BYTES)
			continue;
		memcpy(rescue.bytes + rescue.n, parts[i], n);
		rescue.n += n;
	}
	rescue.termios = *saved;
}

/* Several threads may die at once, of the same want of memory: one gives the terminal back, and the
 * others end nothing before it has. Waiting ends, since this very thread may be the one. */
void
terminal_rescue(void)
{
	int was = RESCUE_ARMED;
	if (!atomic_compare_exchange_strong(&rescue.state, &was, RESCUE_AT_WORK)) {
		for (int i = 0; was == RESCUE_AT_WORK && i < RESCUE_WAITS; i++) {
			poll(NULL, 0, RESCUE_MS);
			was = atomic_load(&rescue.state);
		}
		return;
	}
	if (atomic_load(&rescue.begun))
		tty_write(STDOUT_FILENO, rescue.bytes, rescue.n);
	tcsetattr(STDIN_FILENO, TCSANOW, &rescue.termios);
	atomic_store(&rescue.state, RESCUE_OVER);
}

static void
take_keys(void)
{
	tty_raw(&rescue.termios);
	atomic_store(&rescue.state, RESCUE_ARMED);
}

static void
measure(struct terminal *t)
{
	tty_size(STDOUT_FILENO, &t->columns, &t->rows);
	/* Its only failure; a picture of another size would leave its scrolling region behind. */
	if (resize_term(t->rows, t->columns) != OK)
		log_die("out of memory");
	size_t cells = (size_t)t->columns * (size_t)t->rows;
	t->last = xrealloc(t->last, cells * sizeof *t->last);
	t->row = xrealloc(t->row, (size_t)t->columns * sizeof *t->row);
	t->pen = (struct pen){0};
	t->redraw = true;
}

/* Starts ncurses on a memfd; it may not keep the signals that it likes to take. */
static bool
start_curses(struct terminal *t, const char *name)
{
	static const int signals[SIGNALS] = {SIGINT, SIGTERM, SIGTSTP, SIGWINCH};
	struct sigaction kept[SIGNALS];
	int fd = memfd_create("dais-frame", MFD_CLOEXEC);
	t->sink = fd < 0 ? NULL : fdopen(fd, "w+");
	if (!t->sink) {
		if (fd >= 0)
			close(fd);
		return false;
	}
	for (int i = 0; i < SIGNALS; i++)
		sigaction(signals[i], NULL, &kept[i]);
	t->screen = newterm(name, t->sink, stdin);
	for (int i = 0; i < SIGNALS; i++)
		sigaction(signals[i], &kept[i], NULL);
	return t->screen != NULL;
}

static bool
starts_like(const char *capability, const char *start)
{
	return capability && capability != (char *)-1 &&
		strncmp(capability, start, strlen(start)) == 0;
}

int
terminal_open(struct terminal **out, const struct theme *theme, const char **why)
{
	struct termios saved;
	char name[ENTRY_BYTES];
	*out = NULL;
	*why = entry_objection();
	if (*why || tcgetattr(STDIN_FILENO, &saved) != 0)
		return -ENOTTY;
	struct terminal *t = xcalloc(1, sizeof *t);
	t->theme = theme;
	t->cursor = -1;
	t->input = tty_open_input();
	int error = t->input < 0 ? t->input : 0;
	entry_choose(name);
	if (error || !start_curses(t, name)) {
		*why = N_("The terminal cannot be opened.");
		terminal_close(t);
		return error ? error : -EIO;
	}
	/* A new screen on a file has as many rows as terminfo thinks, and scrolls within them. Left
	 * and forgotten, it is entered by the first frame, which knows the true size. */
	struct buf forgotten = {0};
	endwin();
	drain(t, &forgotten);
	buf_finish(&forgotten);
	t->modes = starts_like(tigetstr("cup"), "\033[");
	const char *enter = tigetstr("smcup");
	t->titles = title_form(name, getenv("TMUX") != NULL, t->modes && tigetflag("XT") > 0,
		enter && enter != (char *)-1 && strstr(enter, "\033[22;"));
	prepare_rescue(t, &saved);
	start_colours(t);
	const char *palette = tigetstr("oc");
	t->palette = palette == (char *)-1 ? NULL : palette;
	typeahead(-1);
	idcok(stdscr, FALSE);
	measure(t);
	take_keys();
	*out = t;
	return 0;
}

int
terminal_input(const struct terminal *t)
{
	return t->input;
}

void
terminal_size(const struct terminal *t, int *columns, int *rows)
{
	*columns = t->columns;
	*rows = t->rows;
}

void
terminal_theme(struct terminal *t, const struct theme *theme)
{
	t->theme = theme;
	memset(t->inks, 0, sizeof t->inks);
	t->redraw = true;
}

void
terminal_resized(struct terminal *t)
{
	measure(t);
	clearok(curscr, TRUE);
}

/* ---- frames ---- */

static void
set_character(struct terminal *t, cchar_t *out, const struct cell *c)
{
	wchar_t text[CELL_BYTES] = {(wchar_t)c->text[0]};
	const char *p = c->text;
	bool ascii = p[0] > 0 && !p[1];
	size_t n = ascii ? 1 : mbsrtowcs(text, &p, CELL_BYTES, &(mbstate_t){0});
	if (n == 0 || n == (size_t)-1 || n == CELL_BYTES)
		wcscpy(text, c->width == 2 ? L"  " : L" ");
	const struct ink *ink = mix(t, c->style, c->ground);
	int pair = ink->pair;
	/* Blocks and lines are drawings: a line under them would be a part of it. */
	bool drawn = text[0] >= 0x2500 && text[0] <= 0x259f;
	attr_t attributes = drawn ? ink->attributes & ~A_UNDERLINE : ink->attributes;
	setcchar(out, text, attributes, (short)(pair < 0x7fff ? pair : 0x7fff), &pair);
}

static void
put_row(struct terminal *t, int y, const struct cell *cells, int from, int end)
{
	int n = 0;
	for (int x = from; x < end; x++) {
		/* A wide character in the last column would wrap to the next line. */
		struct cell c = cells[x];
		if (c.width == 0)
			continue;
		if (x + c.width > t->columns) {
			memcpy(c.text, " ", 2);
			c.width = 1;
		}
		set_character(t, &t->row[n++], &c);
	}
	mvadd_wchnstr(y, from, t->row, n);
}

/* One row of g as wide as the terminal. */
static void
fit_row(const struct terminal *t, const struct grid *g, int y, struct cell *out)
{
	static const struct cell blank = {.text = " ", .width = 1};
	int n = y < g->rows ? g->columns : 0;
	if (n > t->columns)
		n = t->columns;
	if (n > 0)
		memcpy(out, &g->cells[(size_t)y * (size_t)g->columns], (size_t)n * sizeof *out);
	for (int x = n; x < t->columns; x++)
		out[x] = blank;
}

static void
paint(struct terminal *t, const struct grid *g)
{
	size_t n = (size_t)t->columns;
	struct cell *fitted = xmalloc(n * sizeof *fitted);
	for (int y = 0; y < t->rows; y++) {
		struct cell *last = &t->last[(size_t)y * n];
		fit_row(t, g, y, fitted);
		int from = 0, end = t->columns;
		if (!t->redraw && !cells_differ(last, fitted, t->columns, &from, &end))
			continue;
		memcpy(last, fitted, n * sizeof *last);
		put_row(t, y, fitted, from, end);
	}
	free(fitted);
	t->redraw = false;
	bool shown = g->cursor_x >= 0 && g->cursor_x < t->columns && g->cursor_y >= 0 &&
		g->cursor_y < t->rows;
	leaveok(stdscr, !shown);
	if (shown)
		move(g->cursor_y, g->cursor_x);
	if (t->cursor != shown)
		curs_set(t->cursor = shown);
}

void
terminal_frame(struct terminal *t, const struct grid *g, int bells, const char *title,
	struct buf *out)
{
	struct buf drawn = {0}, sent = {0};
	paint(t, g);
	wnoutrefresh(stdscr);
	doupdate();
	drain(t, &drawn);
	if (t->modes)
		pen_write(&t->pen, &sent, buf_view(&drawn));
	else
		buf_str(&sent, buf_view(&drawn));
	if (!t->started) {
		buf_puts(out, title_begin(t->titles));
		if (t->modes)
			buf_puts(out, MODES_ON);
		t->started = true;
	}
	if (title)
		title_put(t->titles, str_of(title), &t->title, out);
	if (sent.n) {
		buf_puts(out, t->modes ? FRAME_START : "");
		buf_str(out, buf_view(&sent));
		buf_puts(out, t->modes ? FRAME_END : "");
	}
	buf_finish(&drawn);
	buf_finish(&sent);
	if (bells > 0)
		buf_fill(out, '\a', bells < BELLS_MAX ? (size_t)bells : BELLS_MAX);
	atomic_store(&rescue.begun, true);
}

/* ---- suspend and end ---- */

void
terminal_leave(struct terminal *t)
{
	struct buf out = {0};
	if (t->modes)
		buf_puts(&out, FRAME_END MODES_OFF);
	/* A frame that was not written to its end may have left a colour on. */
	const char *plain = tigetstr("sgr0");
	if (plain && plain != (char *)-1 && !strstr(plain, "$<"))
		buf_puts(&out, plain);
	/* Once only: before a new picture there is nothing that was taken. */
	if (!isendwin())
		endwin();
	drain(t, &out);
	if (t->started)
		buf_puts(&out, title_end(t->titles));
	atomic_store(&rescue.begun, false);
	tty_write(STDOUT_FILENO, out.p, out.n);
	tcsetattr(STDIN_FILENO, TCSANOW, &rescue.termios);
	atomic_store(&rescue.state, RESCUE_OVER);
	t->started = false;
	buf_finish(&out);
}

void
terminal_enter(struct terminal *t)
{
	take_keys();
	measure(t);
	clearok(curscr, TRUE);
	buf_reset(&t->title);
	t->cursor = -1;
}

void
terminal_close(struct terminal *t)
{
	if (!t)
		return;
	if (t->screen) {
		if (atomic_load(&rescue.state) == RESCUE_ARMED)
			terminal_leave(t);
		delscreen(t->screen);
	}
	if (t->sink)
		fclose(t->sink);
	if (t->input >= 0)
		close(t->input);
	buf_finish(&t->title);
	free(t->last);
	free(t->row);
	free(t);
}
