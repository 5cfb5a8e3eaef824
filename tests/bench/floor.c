/*
 * What the libraries cost with almost no program in them: three panes, a clock
 * that ticks, a list with a cursor on j and k. A console cannot be below it, so
 * it is measured in turn with one. "floor clocks" shows as many clocks as a
 * console has while somebody speaks and five people wait, one of them in large
 * digits: the least that a second costs where so much is to be seen.
 */
#include <curses.h>
#include <locale.h>
#include <string.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

#include <uv.h>

enum { CLOCK, LIST, NOTES, PANES, SECOND = 1000, TOP = 8 };

struct floor {
	uv_loop_t loop;
	uv_timer_t tick;
	uv_poll_t keys;
	uv_signal_t resized;
	WINDOW *panes[PANES];
	int chosen;
	bool clocks; /* as many as a console has */
	int seconds;
};

enum { DIGIT_ROWS = 5, DIGIT_COLUMNS = 3, WAITING = 5, PAIR_TEXT = 1, PAIR_DIM, PAIR_BIG };

/* A digit is three by five squares, a square is two columns. */
static const char *const digits[10] = {"####.##.##.####", ".#.##..#..#.###", "###..#####..###",
	"###..####..####", "#.##.####..#..#", "####..###..####", "####..####.####", "###..#..#..#..#",
	"####.#####.####", "####.####..####"};

static void
paint_digit(WINDOW *w, int y, int x, int digit)
{
	for (int i = 0; i < DIGIT_ROWS * DIGIT_COLUMNS; i++)
		mvwaddstr(w, y + i / DIGIT_COLUMNS, x + i % DIGIT_COLUMNS * 2, digits[digit][i] == '#' ? "██" : "  ");
}

/* Where a console has them: how long the segment takes, the speaker spoke and has, each of five waits. */
static void
paint_clocks(struct floor *f)
{
	WINDOW *w = f->panes[NOTES];
	int s = f->seconds++, right = getmaxx(w) - 8;
	wattrset(w, COLOR_PAIR(PAIR_TEXT));
	mvwprintw(w, 1, right, "%2d:%02d", s / 60, s % 60);
	mvwprintw(w, 2, 2, "%2d:%02d", s / 60, s % 60);
	mvwprintw(w, 12, 2, "%2d:%02d", (3600 - s) / 60 % 60, (3600 - s) % 60);
	wattrset(w, COLOR_PAIR(PAIR_DIM));
	for (int i = 0; i < WAITING; i++)
		mvwprintw(w, 3 + i, right, "%2d:%02d", (s + 7 * i) / 60, (s + 7 * i) % 60);
	wattrset(w, COLOR_PAIR(PAIR_BIG) | A_BOLD);
	paint_digit(w, 6, 2, s / 60 % 10);
	paint_digit(w, 6, 14, s % 60 / 10);
	paint_digit(w, 6, 22, s % 10);
	wattrset(w, A_NORMAL);
	wnoutrefresh(w);
}

static void
paint_clock(struct floor *f)
{
	char text[16];
	struct tm tm;
	time_t now = time(NULL);
	localtime_r(&now, &tm);
	strftime(text, sizeof text, "%H:%M:%S", &tm);
	wattrset(f->panes[CLOCK], A_BOLD);
	mvwaddstr(f->panes[CLOCK], 2, 3, text);
	wattrset(f->panes[CLOCK], A_NORMAL);
	wnoutrefresh(f->panes[CLOCK]);
}

static void
paint_list(struct floor *f)
{
	for (int y = 1; y < getmaxy(f->panes[LIST]) - 1; y++) {
		wattrset(f->panes[LIST], y - 1 == f->chosen ? A_REVERSE : A_NORMAL);
		mvwprintw(f->panes[LIST], y, 2, "%2d 张虎 教授 speaker %d", y, y);
	}
	wattrset(f->panes[LIST], A_NORMAL);
	wnoutrefresh(f->panes[LIST]);
}

static void
paint_all(struct floor *f)
{
	int half = COLS / 2, top = LINES > TOP + 4 ? TOP : LINES / 2;
	for (int i = 0; i < PANES; i++)
		if (f->panes[i])
			delwin(f->panes[i]);
	f->panes[CLOCK] = newwin(top, COLS, 0, 0);
	f->panes[LIST] = newwin(LINES - top, half, top, 0);
	f->panes[NOTES] = newwin(LINES - top, COLS - half, top, half);
	for (int i = 0; i < PANES; i++) {
		box(f->panes[i], 0, 0);
		mvwaddstr(f->panes[i], 0, 2, " 发言 pane ");
	}
	for (int y = 1; y < getmaxy(f->panes[NOTES]) - 1; y++)
		mvwprintw(f->panes[NOTES], y, 2, "%d: 模型应当开源 what was said", y);
	wnoutrefresh(f->panes[NOTES]);
	paint_clock(f);
	paint_list(f);
	doupdate();
}

static void
ticked(uv_timer_t *timer)
{
	struct floor *f = timer->data;
	paint_clock(f);
	if (f->clocks)
		paint_clocks(f);
	doupdate();
}

static void
typed(uv_poll_t *poll, int status, int events)
{
	struct floor *f = poll->data;
	int key;
	(void)status;
	(void)events;
	while ((key = wgetch(stdscr)) != ERR) {
		int n = getmaxy(f->panes[LIST]) - 2;
		if (key == 'q')
			uv_stop(&f->loop);
		else if (key == 'j' || key == 'k')
			f->chosen = (f->chosen + (key == 'j' ? 1 : n - 1)) % n;
		paint_list(f);
	}
	doupdate();
}

static void
resized(uv_signal_t *handle, int number)
{
	struct winsize size;
	(void)number;
	if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) < 0)
		return;
	resizeterm(size.ws_row, size.ws_col);
	wclear(stdscr);
	wnoutrefresh(stdscr);
	paint_all(handle->data);
}

int
main(int argc, char **argv)
{
	struct floor f = {.clocks = argc > 1 && strcmp(argv[1], "clocks") == 0};
	setlocale(LC_ALL, "");
	initscr();
	if (f.clocks) {
		start_color();
		init_pair(PAIR_TEXT, 253, 233);
		init_pair(PAIR_DIM, 249, 233);
		init_pair(PAIR_BIG, 117, 233);
	}
	cbreak();
	noecho();
	curs_set(0);
	nodelay(stdscr, TRUE);
	wnoutrefresh(stdscr);
	uv_loop_init(&f.loop);
	uv_timer_init(&f.loop, &f.tick);
	uv_poll_init(&f.loop, &f.keys, STDIN_FILENO);
	uv_signal_init(&f.loop, &f.resized);
	f.tick.data = f.keys.data = f.resized.data = &f;
	paint_all(&f);
	uv_timer_start(&f.tick, ticked, SECOND, SECOND);
	uv_poll_start(&f.keys, UV_READABLE, typed);
	uv_signal_start(&f.resized, resized, SIGWINCH);
	uv_run(&f.loop, UV_RUN_DEFAULT);
	endwin();
	return 0;
}
