/*
 * A real terminal, in this process: a child runs curses_term on a pty, its
 * bytes go into libvterm, and what stands there is compared with the grid,
 * cell by cell. Each step ends with a marker that a terminal ignores, so that
 * nothing waits for time to pass.
 */
#include "rig.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>
#include <utmp.h>

#include <vterm.h>

#include "dais/diag.h"

enum { PATIENCE_MS = 20000, COLUMNS = 40, ROWS = 12 };
#define MARKER "\033]7777;done\033\\"

/* ---- pictures that both sides draw ---- */

static void
draw_scene(struct grid *g, int scene)
{
	struct rect r = grid_area(g);
	grid_clear(g);
	if (scene == 0)
		return;
	grid_ground(g, (struct rect){0, 0, r.w, 1}, STYLE_HEADER);
	draw_put(g, r, 1, 0, STR("AI for Science大行其道"), STYLE_HEADER);
	draw_right(g, r, r.w, 0, STR("14:52:07"), STYLE_HEADER_DIM);
	for (int i = 0; i < STYLE_COUNT && i < r.h - 4; i++)
		draw_put(g, r, 0, 2 + i, STR("张虎 style"), (enum style)((i + scene) % STYLE_COUNT));
	grid_ground(g, (struct rect){0, 3, 20, 1}, STYLE_SELECTED);
	draw_bar(g, r, 14, 2, 20, scene, 7, STYLE_BAR);
	/* Wide characters up to the very edge, marks, and what is cut. */
	for (int x = r.w % 2; x < r.w; x += 2)
		draw_put(g, r, x, r.h - 1, scene % 2 ? STR("题") : STR("辩"), STYLE_TEXT);
	draw_put(g, r, 14, 3, STR("ée\u0301🇨🇳各👨‍👩‍👧"), STYLE_ACCENT);
	draw_put(g, r, 14, 4, STR("aaaaaaaaaaaaaaaaaa"), STYLE_TEXT);
	big_put(g, r, 14, 5, STR("2:17"), 3, STYLE_CLOCK);
	if (scene % 2)
		draw_put(g, r, 0, 4, STR("李"), STYLE_GOOD);
	if (scene % 3 == 1)
		draw_cursor(g, r, 3 + scene, 2);
}

/* ---- the child ---- */

static struct theme
load_theme(const char *name)
{
	struct theme t;
	struct diag_list l;
	diag_start(&l, name, theme_builtin(name));
	assert_true(theme_read(&t, l.source, &l));
	diag_finish(&l);
	return t;
}

static void
say(const char *p, size_t n)
{
	while (n > 0) {
		ssize_t done = write(STDOUT_FILENO, p, n);
		if (done < 0 && errno != EINTR)
			_exit(9);
		p += done > 0 ? done : 0;
		n -= done > 0 ? (size_t)done : 0;
	}
}

/* Orders: a digit paints that scene, the others are below. */
static void
obey(struct terminal *t, char order, struct theme *other)
{
	struct grid g = {0};
	struct buf out = {0};
	int columns, rows;
	terminal_size(t, &columns, &rows);
	switch (order) {
	case 'r':
		terminal_resized(t);
		break;
	case 'l':
		terminal_leave(t);
		break;
	case 'e':
		terminal_enter(t);
		break;
	case 'c':
		terminal_close(t);
		break;
	case 'x':
		terminal_rescue();
		break;
	case 't':
		terminal_theme(t, other);
		break;
	case 'w': /* a grid that does not know yet that the terminal shrank */
		grid_resize(&g, columns + 1, rows + 1);
		for (int y = 0; y < rows; y++)
			for (int x = columns % 2 ? 0 : 1; x < columns; x += 2)
				draw_put(&g, grid_area(&g), x, y, STR("题"), STYLE_TEXT);
		terminal_frame(t, &g, 0, NULL, &out);
		say(out.p, out.n);
		break;
	default:
		grid_resize(&g, columns, rows);
		draw_scene(&g, order - '0');
		terminal_frame(t, &g, order == '5' ? 2 : 0, order == '6' ? "标题\033x" : NULL, &out);
		say(out.p, out.n);
	}
	grid_finish(&g);
	buf_finish(&out);
	say(MARKER, strlen(MARKER));
}

static void
run_child(int orders)
{
	const char *why = NULL;
	struct terminal *t = NULL;
	struct theme dark = load_theme("dark"), light = load_theme("light");
	int error = terminal_open(&t, &dark, &why);
	say(error ? "no" : "ok", 2);
	if (error)
		say(why, strlen(why));
	else if (fcntl(terminal_input(t), F_GETFL) & O_NONBLOCK && !(fcntl(1, F_GETFL) & O_NONBLOCK))
		say("+", 1);
	say(MARKER, strlen(MARKER));
	for (char order; read(orders, &order, 1) == 1;)
		obey(t, order, &light);
	_exit(0);
}

/* ---- this side ---- */

struct screen {
	pid_t child;
	int master, slave, orders;
	struct termios before;
	VTerm *vt;
	VTermScreen *cells;
	struct grid want;
	struct theme dark, light;
	bool alternate, visible, always_visible, mouse;
	int bells;
	struct buf bytes; /* of the last step */
};

static int
on_prop(VTermProp prop, VTermValue *value, void *user)
{
	struct screen *s = user;
	if (prop == VTERM_PROP_ALTSCREEN)
		s->alternate = value->boolean;
	else if (prop == VTERM_PROP_CURSORVISIBLE)
		s->visible = value->boolean;
	else if (prop == VTERM_PROP_MOUSE)
		s->mouse = value->number != VTERM_PROP_MOUSE_NONE;
	return 1;
}

static int
on_bell(void *user)
{
	((struct screen *)user)->bells++;
	return 1;
}

static const VTermScreenCallbacks callbacks = {.settermprop = on_prop, .bell = on_bell};

/* Reads until the child has marked the end of its step. */
static void
await(struct screen *s)
{
	buf_reset(&s->bytes);
	for (;;) {
		char some[4096];
		struct pollfd in = {.fd = s->master, .events = POLLIN};
		assert_int_equal(poll(&in, 1, PATIENCE_MS), 1);
		ssize_t n = read(s->master, some, sizeof some);
		assert_true(n > 0);
		buf_put(&s->bytes, some, (size_t)n);
		size_t end = strlen(MARKER);
		if (s->bytes.n >= end && memcmp(s->bytes.p + s->bytes.n - end, MARKER, end) == 0)
			break;
	}
	s->bytes.n -= strlen(MARKER);
	s->bytes.p[s->bytes.n] = 0;
	vterm_input_write(s->vt, s->bytes.p, s->bytes.n);
	vterm_screen_flush_damage(s->cells);
}

static void
give_order(struct screen *s, char order)
{
	assert_int_equal(write(s->orders, &order, 1), 1);
	await(s);
}

static void
start(struct screen *s, const char *term, const char *depth, const char *no_colour)
{
	int pipes[2];
	struct winsize size = {.ws_col = COLUMNS, .ws_row = ROWS};
	*s = (struct screen){.visible = true, .dark = load_theme("dark"), .light = load_theme("light")};
	assert_int_equal(openpty(&s->master, &s->slave, NULL, NULL, &size), 0);
	tcgetattr(s->slave, &s->before);
	assert_int_equal(pipe(pipes), 0);
	fflush(stdout);
	s->child = fork();
	assert_true(s->child >= 0);
	if (s->child == 0) {
		close(s->master);
		close(pipes[1]);
		login_tty(dup(s->slave));
		close(s->slave);
		setenv("TERM", term, 1);
		setenv("COLORTERM", depth, 1);
		setenv("NO_COLOR", no_colour, 1);
		run_child(pipes[0]);
	}
	close(pipes[0]);
	s->orders = pipes[1];
	s->vt = vterm_new(ROWS, COLUMNS);
	vterm_set_utf8(s->vt, 1);
	s->cells = vterm_obtain_screen(s->vt);
	vterm_screen_set_callbacks(s->cells, &callbacks, s);
	vterm_screen_enable_altscreen(s->cells, 1);
	vterm_screen_reset(s->cells, 1);
	grid_resize(&s->want, COLUMNS, ROWS);
	s->always_visible = strcmp(term, "vt100") == 0;
	await(s);
}

static void
finish(struct screen *s)
{
	int status = -1;
	close(s->orders);
	assert_int_equal(waitpid(s->child, &status, 0), s->child);
	assert_int_equal(status, 0);
	close(s->master);
	close(s->slave);
	vterm_free(s->vt);
	grid_finish(&s->want);
	theme_finish(&s->dark);
	theme_finish(&s->light);
	buf_finish(&s->bytes);
}

static void
assert_colour(const struct colour *want, const VTermColor *got, bool fore, int depth)
{
	short number = depth == 256 ? want->c256 : depth == 8 ? want->c8 : -1;
	if (number < 0) {
		assert_true(fore ? VTERM_COLOR_IS_DEFAULT_FG(got) : VTERM_COLOR_IS_DEFAULT_BG(got));
		return;
	}
	assert_true(VTERM_COLOR_IS_INDEXED(got));
	/* Bold letters come out bright. */
	assert_int_equal(depth == 8 ? got->indexed.idx % 8 : got->indexed.idx, number);
}

static void
assert_cell(const struct screen *s, int x, int y, const struct theme *t, int depth)
{
	const struct cell *want = &s->want.cells[y * s->want.columns + x];
	VTermScreenCell got;
	char text[VTERM_MAX_CHARS_PER_CELL * 4 + 1] = "";
	size_t n = 0;
	assert_true(vterm_screen_get_cell(s->cells, (VTermPos){y, x}, &got));
	for (int i = 0; i < VTERM_MAX_CHARS_PER_CELL && got.chars[i] && got.chars[i] != (uint32_t)-1; i++)
		n += utf8_write(text + n, got.chars[i]);
	if (got.chars[0] == 0)
		text[n++] = ' ';
	text[n] = 0;
	if (strcmp(text, want->text) != 0 || (want->width && got.width != want->width))
		fail_msg("at %d,%d: \"%s\" of %d instead of \"%s\" of %d", x, y, text, got.width, want->text,
			want->width);
	struct look look = theme_look(t, want->style, want->ground);
	bool blank = strcmp(want->text, " ") == 0;
	const struct attributes *a = depth == 8 ? &look.attr8 : &look.attr;
	assert_int_equal(!!got.attrs.reverse, a->reverse);
	assert_colour(&look.back, &got.bg, false, depth);
	if (blank)
		return;
	assert_int_equal(!!got.attrs.bold, a->bold);
	/* A drawing is not underlined. */
	bool drawn = got.chars[0] >= 0x2500 && got.chars[0] <= 0x259f;
	assert_int_equal(!!got.attrs.underline, a->underline && !drawn);
	if (depth == 256)
		assert_int_equal(!!got.attrs.italic, a->italic);
	assert_colour(&look.fore, &got.fg, true, depth);
}

static void
assert_shown(struct screen *s, int scene, const struct theme *t, int depth)
{
	draw_scene(&s->want, scene);
	for (int y = 0; y < s->want.rows; y++)
		for (int x = 0; x < s->want.columns; x++)
			if (s->want.cells[y * s->want.columns + x].width)
				assert_cell(s, x, y, t, depth);
	VTermPos cursor;
	vterm_state_get_cursorpos(vterm_obtain_state(s->vt), &cursor);
	/* A VT100 cannot hide its cursor. */
	assert_int_equal(s->visible, s->want.cursor_x >= 0 || s->always_visible);
	if (s->want.cursor_x >= 0) {
		assert_int_equal(cursor.col, s->want.cursor_x);
		assert_int_equal(cursor.row, s->want.cursor_y);
	}
}

static void
paint_and_compare(struct screen *s, int scene, const struct theme *t, int depth)
{
	give_order(s, (char)('0' + scene));
	assert_shown(s, scene, t, depth);
}

static void
assert_given_back(struct screen *s)
{
	struct termios now;
	assert_false(s->alternate);
	assert_true(s->visible);
	assert_false(s->mouse);
	tcgetattr(s->slave, &now);
	assert_int_equal(now.c_lflag, s->before.c_lflag);
	assert_int_equal(now.c_iflag, s->before.c_iflag);
	assert_int_equal(now.c_oflag, s->before.c_oflag);
	assert_int_equal(now.c_cc[VINTR], s->before.c_cc[VINTR]);
}

static void
frames(void **state)
{
	(void)state;
	struct screen s;
	start(&s, "xterm-256color", "", "");
	assert_str(buf_view(&s.bytes), "ok+");
	struct termios raw;
	tcgetattr(s.slave, &raw);
	assert_false(raw.c_lflag & (ICANON | ECHO));
	assert_true(raw.c_lflag & ISIG);
	assert_false(raw.c_iflag & (IXON | ICRNL));
	assert_int_equal(raw.c_cc[VINTR], _POSIX_VDISABLE);
	assert_int_not_equal(raw.c_cc[VSUSP], _POSIX_VDISABLE);
	/* Keys that nobody has read yet hold no frame up. */
	assert_int_equal(write(s.master, "abc", 3), 3);
	for (int scene = 1; scene < 8; scene++)
		paint_and_compare(&s, scene, &s.dark, 256);
	assert_true(s.alternate);
	assert_true(s.mouse);
	assert_int_equal(s.bells, 2);
	paint_and_compare(&s, 0, &s.dark, 256);
	/* Nothing new, nothing written. */
	give_order(&s, '0');
	assert_int_equal(s.bytes.n, 0);
	give_order(&s, 't');
	paint_and_compare(&s, 3, &s.light, 256);
	give_order(&s, 'c');
	assert_given_back(&s);
	finish(&s);
}

static void
frames_are_whole(void **state)
{
	(void)state;
	struct screen s;
	start(&s, "xterm-256color", "", "");
	give_order(&s, '1');
	give_order(&s, '2');
	assert_true(str_starts(buf_view(&s.bytes), STR("\033[?2026h")));
	assert_string_equal(s.bytes.p + s.bytes.n - 8, "\033[?2026l");
	give_order(&s, '6');
	assert_true(str_starts(buf_view(&s.bytes), STR("\033]2;标题␛x\033\\\033[?2026h")));
	give_order(&s, '6');
	assert_int_equal(s.bytes.n, 0);
	give_order(&s, 'c');
	finish(&s);
}

static void
resize(struct screen *s, int columns, int rows)
{
	struct winsize size = {.ws_col = (unsigned short)columns, .ws_row = (unsigned short)rows};
	assert_int_equal(ioctl(s->master, TIOCSWINSZ, &size), 0);
	vterm_set_size(s->vt, rows, columns);
	grid_resize(&s->want, columns, rows);
	give_order(s, 'r');
}

static void
resizing(void **state)
{
	(void)state;
	static const int sizes[][2] = {{80, 24}, {31, 9}, {132, 50}, {33, 8}, {1, 1}, {2, 2}, {7, 3}, {40, 12}};
	struct screen s;
	start(&s, "xterm-256color", "", "");
	paint_and_compare(&s, 1, &s.dark, 256);
	for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
		resize(&s, sizes[i][0], sizes[i][1]);
		paint_and_compare(&s, 2 + (int)i % 5, &s.dark, 256);
	}
	give_order(&s, 'c');
	assert_given_back(&s);
	finish(&s);
}

/* Whatever has spoilt the screen: after a change of size, and be it none, all of it is drawn. */
static void
spoilt(void **state)
{
	(void)state;
	struct screen s;
	start(&s, "xterm-256color", "", "");
	paint_and_compare(&s, 1, &s.dark, 256);
	vterm_input_write(s.vt, "\033[H\033[2Jgarbage", 14);
	resize(&s, COLUMNS, ROWS);
	paint_and_compare(&s, 1, &s.dark, 256);
	give_order(&s, 'w');
	for (int y = 0; y < ROWS; y++)
		for (int x = 0; x < COLUMNS; x++) {
			VTermScreenCell got;
			assert_true(vterm_screen_get_cell(s.cells, (VTermPos){y, x}, &got));
			bool edge = x == 0 || x == COLUMNS - 1;
			uint32_t want = x % 2 ? 0x9898 : (uint32_t)-1;
			if (edge)
				assert_true(got.chars[0] == 0 || got.chars[0] == ' ');
			else
				assert_int_equal(got.chars[0], want);
		}
	paint_and_compare(&s, 2, &s.dark, 256);
	give_order(&s, 'c');
	finish(&s);
}

static void
suspending(void **state)
{
	(void)state;
	struct screen s;
	start(&s, "xterm-256color", "", "");
	paint_and_compare(&s, 1, &s.dark, 256);
	for (int i = 0; i < 2; i++) {
		give_order(&s, 'l');
		assert_given_back(&s);
		vterm_input_write(s.vt, "$ ls\r\n", 6);
		give_order(&s, 'e');
		paint_and_compare(&s, 1, &s.dark, 256);
		assert_true(s.alternate);
		assert_true(s.mouse);
	}
	give_order(&s, 'x');
	assert_given_back(&s);
	give_order(&s, 'x'); /* the second time there is nothing to do */
	assert_int_equal(s.bytes.n, 0);
	finish(&s);
}

static void
depths(void **state)
{
	(void)state;
	static const struct {
		const char *term, *depth, *no_colour;
		int colours;
	} kinds[] = {
		{"xterm-256color", "", "", 256},       {"tmux-256color", "", "", 256},
		{"screen-256color", "truecolor", "", 256}, {"xterm", "", "", 8},
		{"screen", "", "", 8},		       {"linux", "", "", 8},
		{"vt100", "", "", 0},		       {"xterm-256color", "truecolor", "1", 0},
	};
	struct theme mono = load_theme("mono");
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
		struct screen s;
		start(&s, kinds[i].term, kinds[i].depth, kinds[i].no_colour);
		assert_true(str_starts(buf_view(&s.bytes), STR("ok")));
		const struct theme *t = kinds[i].colours ? &s.dark : &mono;
		paint_and_compare(&s, 1, t, kinds[i].colours);
		paint_and_compare(&s, 2, t, kinds[i].colours);
		if (kinds[i].colours == 0)
			assert_null(strstr(s.bytes.p, "[3"));
		give_order(&s, 'c');
		assert_given_back(&s);
		finish(&s);
	}
	theme_finish(&mono);
}

/* libvterm 0.1 does not read colours with colons, so these are looked for in the bytes. */
static void
true_colours(void **state)
{
	(void)state;
	struct screen s;
	start(&s, "xterm-256color", "truecolor", "");
	assert_true(str_starts(buf_view(&s.bytes), STR("ok")));
	give_order(&s, '1');
	if (strstr(s.bytes.p, "8:2:")) {
		assert_non_null(strstr(s.bytes.p, "38:2::127:200:255"));
		assert_non_null(strstr(s.bytes.p, "48:2::26:32:42"));
	} else {
		printf("# no xterm-direct here, 256 colours instead\n");
		assert_non_null(strstr(s.bytes.p, "8;5;"));
	}
	assert_null(strstr(s.bytes.p, "\033]4;"));
	give_order(&s, 'c');
	assert_null(strstr(s.bytes.p, "\033]104"));
	assert_given_back(&s);
	finish(&s);
}

static void
refusing(void **state)
{
	(void)state;
	static const char *const names[] = {"dumb", "no-such-terminal", "", "../../etc/passwd",
		"averyveryveryveryveryveryveryveryveryveryveryverylongnameofaterminal"};
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		struct screen s;
		start(&s, names[i], "", "");
		assert_true(str_starts(buf_view(&s.bytes), STR("no")));
		assert_true(s.bytes.n > 20 && s.bytes.p[s.bytes.n - 1] == '.');
		assert_null(strchr(s.bytes.p, '\033'));
		assert_given_back(&s);
		finish(&s);
	}
}

int
main(void)
{
	setlocale(LC_CTYPE, "C.UTF-8");
	signal(SIGPIPE, SIG_IGN);
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(frames),
		cmocka_unit_test(frames_are_whole),
		cmocka_unit_test(resizing),
		cmocka_unit_test(spoilt),
		cmocka_unit_test(suspending),
		cmocka_unit_test(depths),
		cmocka_unit_test(true_colours),
		cmocka_unit_test(refusing),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
