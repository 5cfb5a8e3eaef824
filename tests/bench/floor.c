/*
 * What the libraries cost with almost no program in them: three panes, a clock
 * that ticks, a list with a cursor on j and k. A console cannot be below it, so
 * it is measured in turn with one.
 */
#include <curses.h>
#include <locale.h>
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
};

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
	paint_clock(timer->data);
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
main(void)
{
	struct floor f = {.chosen = 0};
	setlocale(LC_ALL, "");
	initscr();
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
