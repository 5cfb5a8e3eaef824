/*
 * What the pen leaves out is never missed: random drawings, written as ncurses
 * writes them, go into one terminal as they are and into another through a
 * pen, and both show the same.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>
#include <vterm.h>

#include "pen.h"

enum { COLUMNS = 20, ROWS = 6, DRAWINGS = 400, FRAMES = 6, PIECES = 30 };

struct view {
	VTerm *vt;
	VTermScreen *cells;
};

static struct view
view_create(void)
{
	struct view v = {.vt = vterm_new(ROWS, COLUMNS)};
	vterm_set_utf8(v.vt, 1);
	v.cells = vterm_obtain_screen(v.vt);
	vterm_screen_enable_altscreen(v.cells, 1);
	vterm_screen_reset(v.cells, 1);
	vterm_input_write(v.vt, "\033[m", 3);
	return v;
}

/* Or the second half of what was wide, of which the first was overwritten. */
static bool
is_blank(const VTermScreenCell *c)
{
	const VTermScreenCellAttrs *a = &c->attrs;
	bool empty = c->chars[0] == 0 || c->chars[0] == ' ' || c->chars[0] == (uint32_t)-1;
	return empty && !a->reverse && !a->underline && !a->strike && !a->blink;
}

/* What stands behind the end of a cell's characters is nobody's. */
static bool
same_text(const uint32_t *a, const uint32_t *b)
{
	int i = 0;
	while (i < VTERM_MAX_CHARS_PER_CELL - 1 && a[i] && a[i] == b[i])
		i++;
	return a[i] == b[i];
}

static bool
same_cell(const VTermScreenCell *a, const VTermScreenCell *b)
{
	if (!vterm_color_is_equal(&a->bg, &b->bg))
		return false;
	if (is_blank(a) && is_blank(b))
		return true;
	return same_text(a->chars, b->chars) && a->width == b->width &&
		a->attrs.bold == b->attrs.bold && a->attrs.italic == b->attrs.italic &&
		a->attrs.underline == b->attrs.underline && a->attrs.reverse == b->attrs.reverse &&
		a->attrs.blink == b->attrs.blink && a->attrs.strike == b->attrs.strike &&
		vterm_color_is_equal(&a->fg, &b->fg);
}

static void
assert_same(const struct view *a, const struct view *b)
{
	VTermScreenCell one, other;
	VTermPos here, there;
	for (int y = 0; y < ROWS; y++) {
		for (int x = 0; x < COLUMNS; x++) {
			vterm_screen_get_cell(a->cells, (VTermPos){y, x}, &one);
			vterm_screen_get_cell(b->cells, (VTermPos){y, x}, &other);
			if (!same_cell(&one, &other))
				fail_msg("cell %d,%d", x, y);
		}
	}
	vterm_state_get_cursorpos(vterm_obtain_state(a->vt), &here);
	vterm_state_get_cursorpos(vterm_obtain_state(b->vt), &there);
	assert_int_equal(here.row, there.row);
	assert_int_equal(here.col, there.col);
}

/* ---- drawings ---- */

static uint32_t
below(uint64_t *seed, uint32_t n)
{
	*seed = *seed * 6364136223846793005u + 1442695040888963407u;
	return (uint32_t)(*seed >> 33) % n;
}

static void
put_look(struct buf *out, uint64_t *seed)
{
	static const char *const looks[] = {"\033(B\033[m", "\033(B\033[0;1m", "\033(B\033[0;7m",
		"\033[39;49m", "\033[0;2m",
		"\033[1m", "\033[22m", "\033[3m", "\033[4m", "\033[24m", "\033[27m", "\033[9m",
		"\033[29m", "\033[31m", "\033[97m", "\033[103m", "\033[42m", "\033[39m", "\033[m", "\033[8m",
		"\033[28m", "\033[38;2;1;2;3m", "\033[0;10;1m", "\033[10m", "\033[;1m"};
	uint32_t which = below(seed, 40);
	if (which < sizeof looks / sizeof *looks)
		buf_puts(out, looks[which]);
	else
		buf_printf(out, "\033[%d8;5;%um", which % 2 ? 3 : 4, below(seed, 4) + 250);
}

static void
put_piece(struct buf *out, uint64_t *seed)
{
	static const char *const pieces[] = {"a", "  ", " ", "█▀▀", "题", "\b", "\r", "\033[K",
		"\033[2X",
		"\033[1K", "\033[2C", "\033[J", "\033[?25l", "\033[?12l\033[?25h", "\n", "\033[1P", "\033[@",
		"\033]104\a", "\033[4l", "\033[?7h", "\016", "\017"};
	uint32_t which = below(seed, 60);
	if (which < sizeof pieces / sizeof *pieces)
		buf_puts(out, pieces[which]);
	else if (which < 35)
		buf_printf(out, "\033[%u;%uH", below(seed, ROWS) + 1, below(seed, COLUMNS) + 1);
	else
		put_look(out, seed);
}

static void
random_drawings(void **state)
{
	(void)state;
	uint64_t seed = (uint64_t)time(NULL);
	print_message("# seed %llu\n", (unsigned long long)seed);
	for (int i = 0; i < DRAWINGS; i++) {
		struct view plain = view_create(), thrifty = view_create();
		struct pen pen = {0};
		for (int frame = 0; frame < FRAMES; frame++) {
			struct buf drawn = {0}, sent = {0};
			for (int n = 0; n < PIECES; n++)
				put_piece(&drawn, &seed);
			pen_write(&pen, &sent, buf_view(&drawn));
			vterm_input_write(plain.vt, drawn.p, drawn.n);
			vterm_input_write(thrifty.vt, sent.p ? sent.p : "", sent.n);
			assert_same(&plain, &thrifty);
			buf_finish(&drawn);
			buf_finish(&sent);
		}
		vterm_free(plain.vt);
		vterm_free(thrifty.vt);
	}
}

/* ---- what is sent ---- */

static void
assert_sent(const char *before, const char *drawn, const char *want)
{
	struct pen pen = {0};
	struct buf sent = {0};
	pen_write(&pen, &sent, str_of(before));
	buf_reset(&sent);
	pen_write(&pen, &sent, str_of(drawn));
	if (!str_is(buf_view(&sent), want)) {
		print_message("sent %s\nwant %s\n", sent.p, want);
		fail();
	}
	buf_finish(&sent);
}

static void
only_what_changes(void **state)
{
	(void)state;
	static const char reset[] = "\033(B\033[m";
	assert_sent(reset, "\033(B\033[0;1m\033[38;5;253m\033[48;5;235m7\033[39;49m\033(B\033[m",
		"\033[1;38;5;253;48;5;235m7\033[m");
	assert_sent(reset, "\033(B\033[m\033[3;4Hx", "\033[3;4Hx");
	/* From one look to the next, the shorter way. */
	assert_sent(reset, "\033[1m\033[31m█\033(B\033[0;31m█\033[0m\033[32m█",
		"\033[1;31m█\033[22m█\033[32m█");
	assert_sent(reset, "\033[1;3;4;31m█\033[0;7m█", "\033[1;3;4;31m█\033[0;7m█");
	/* A blank shows only its ground; a line under it is seen. */
	assert_sent(reset, "\033[1m\033[31m█\033(B\033[m \033[1m\033[31m█\033(B\033[m",
		"\033[1;31m█ █\033[m");
	assert_sent(reset, "\033[41m█\033[31m\033[K\033[42m ", "\033[41m█\033[K\033[31;42m ");
	assert_sent(reset, "\033[31m█\033[4m\033[39m ", "\033[31m█\033[0;4m ");
	assert_sent(reset, "\033[38;2;1;2;3m\033[48:2::9:8:7m█\033[38;2;1;2;3m█",
		"\033[38;2;1;2;3;48:2::9:8:7m██");
	/* What it does not know it hands on, and all that follows. */
	assert_sent(reset, "\033[31m\033[53m█\033[31m█", "\033[31m\033[53m█\033[31m█");
	/* Of a terminal that may have forgotten, nothing is known. */
	assert_sent(reset, "\033[31m\033[?1049lx", "\033[31m\033[?1049l\033(B\033[0;31mx");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(random_drawings),
		cmocka_unit_test(only_what_changes),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
