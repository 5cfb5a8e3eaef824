/*
 * A clock to be read from the other end of a table. The letters are drawn in
 * half blocks, two squares to a cell, and grow by whole multiples, so that a
 * square stays a square.
 */
#include "internal.h"

#include <assert.h>

#include "dais/utf8.h"

enum { LARGE_ROWS = 5, SMALL_ROWS = 3, LETTERS = 14 };

struct letter {
	char sign;
	int width;
	const char *rows[LARGE_ROWS];
};

static const struct letter large[LETTERS] = {
	{'0', 6, {"▄▀▀▀▀▄", "█    █", "█    █", "█    █", "▀▄▄▄▄▀"}},
	{'1', 6, {"  ▄█  ", "   █  ", "   █  ", "   █  ", "  ▄█▄ "}},
	{'2', 6, {"▄▀▀▀▀▄", "     █", "  ▄▄▀ ", "▄▀    ", "█▄▄▄▄▄"}},
	{'3', 6, {"▄▀▀▀▀▄", "     █", "  ▀▀▀▄", "     █", "▀▄▄▄▄▀"}},
	{'4', 6, {"   ▄▀█", " ▄▀  █", "█▄▄▄▄█", "     █", "     █"}},
	{'5', 6, {"█▀▀▀▀▀", "█▄▄▄  ", "    ▀▄", "     █", "▀▄▄▄▄▀"}},
	{'6', 6, {"▄▀▀▀▀ ", "█▄▄▄  ", "█   ▀▄", "█    █", "▀▄▄▄▄▀"}},
	{'7', 6, {"▀▀▀▀▀█", "    ▄▀", "   ▄▀ ", "  ▄▀  ", "  █   "}},
	{'8', 6, {"▄▀▀▀▀▄", "█    █", "▄▀▀▀▀▄", "█    █", "▀▄▄▄▄▀"}},
	{'9', 6, {"▄▀▀▀▀▄", "█    █", "▀▄▄▄▄█", "     █", " ▄▄▄▄▀"}},
	{':', 4, {"    ", " ▄▄ ", "    ", " ▄▄ ", "    "}},
	{'+', 5, {"     ", "  █  ", "▄▄█▄▄", "  █  ", "     "}},
	{'-', 5, {"     ", "     ", "▄▄▄▄▄", "     ", "     "}},
	{' ', 3, {"   ", "   ", "   ", "   ", "   "}},
};

static const struct letter small[LETTERS] = {
	{'0', 3, {"█▀█", "█ █", "▀▀▀"}},
	{'1', 3, {"▄█ ", " █ ", "▀▀▀"}},
	{'2', 3, {"▀▀█", "█▀▀", "▀▀▀"}},
	{'3', 3, {"▀▀█", " ▀█", "▀▀▀"}},
	{'4', 3, {"█ █", "▀▀█", "  ▀"}},
	{'5', 3, {"█▀▀", "▀▀█", "▀▀▀"}},
	{'6', 3, {"█▀▀", "█▀█", "▀▀▀"}},
	{'7', 3, {"▀▀█", "  █", "  ▀"}},
	{'8', 3, {"█▀█", "█▀█", "▀▀▀"}},
	{'9', 3, {"█▀█", "▀▀█", "▀▀▀"}},
	{':', 1, {"▄", "▄", " "}},
	{'+', 3, {" ▄ ", "▀█▀", "   "}},
	{'-', 3, {"   ", "▀▀▀", "   "}},
	{' ', 1, {" ", " ", " "}},
};

static const struct letter *
find_letter(char sign, int size)
{
	const struct letter *set = size < LARGE_ROWS ? small : large;
	for (int i = 0; i < LETTERS; i++)
		if (set[i].sign == sign)
			return &set[i];
	return &set[LETTERS - 1];
}

/* Whether the square in column x and half row y of the letter is dark. */
static bool
is_dark(const struct letter *l, int x, int y)
{
	struct str row = str_of(l->rows[y / 2]);
	uint32_t code = ' ';
	for (; x >= 0 && row.n; x--)
		row = str_from(row, utf8_read(row, &code));
	return code == 0x2588 || code == (y % 2 ? 0x2584 : 0x2580);
}

static int
scale_of(int size)
{
	return size < LARGE_ROWS ? 1 : size / LARGE_ROWS;
}

int
big_width(struct str text, int size)
{
	if (size < SMALL_ROWS)
		return (int)text.n;
	int width = 0;
	for (size_t i = 0; i < text.n; i++)
		width += (find_letter(text.p[i], size)->width + (i > 0)) * scale_of(size);
	return width;
}

int
big_size(struct str text, int w, int h, int most)
{
	int size = (h < most ? h : most) / LARGE_ROWS * LARGE_ROWS;
	for (; size > 0; size -= LARGE_ROWS)
		if (big_width(text, size) <= w)
			return size;
	if (h >= SMALL_ROWS && most >= SMALL_ROWS && big_width(text, SMALL_ROWS) <= w)
		return SMALL_ROWS;
	return h >= 1 && most >= 1 && big_width(text, 1) <= w ? 1 : 0;
}

/* As it is drawn in the table; only what is dark is written. */
static void
put_unscaled(struct grid *g, struct rect r, int x, int y, const struct letter *l, int size, enum style style)
{
	uint32_t code;
	for (int row = 0; row < size; row++) {
		int column = x;
		for (struct str rest = str_of(l->rows[row]); rest.n;) {
			size_t n = 0, blank;
			int columns = 0;
			for (; n < rest.n && rest.p[n] != ' '; columns++)
				n += utf8_read(str_from(rest, n), &code);
			if (n)
				draw_put(g, r, column, y + row, str_upto(rest, n), style);
			for (blank = n; blank < rest.n && rest.p[blank] == ' '; blank++)
				columns++;
			column += columns;
			rest = str_from(rest, blank);
		}
	}
}

static void
put_letter(struct grid *g, struct rect r, int x, int y, const struct letter *l, int size,
	enum style style)
{
	static const char *const blocks[] = {" ", "▀", "▄", "█"};
	assert(size == SMALL_ROWS || size % LARGE_ROWS == 0);
	int scale = scale_of(size);
	if (scale == 1) {
		put_unscaled(g, r, x, y, l, size, style);
		return;
	}
	for (int row = 0; row < size; row++)
		for (int column = 0; column < l->width * scale; column++) {
			int upper = is_dark(l, column / scale, row * 2 / scale);
			int lower = is_dark(l, column / scale, (row * 2 + 1) / scale);
			struct str block = str_of(blocks[upper | lower << 1]);
			if (upper || lower)
				draw_put(g, r, x + column, y + row, block, style);
		}
}

int
big_put(struct grid *g, struct rect r, int x, int y, struct str text, int size, enum style style)
{
	if (size < SMALL_ROWS)
		return draw_put(g, r, x, y, text, style);
	for (size_t i = 0; i < text.n; i++) {
		const struct letter *l = find_letter(text.p[i], size);
		x += i > 0 ? scale_of(size) : 0;
		put_letter(g, r, x, y, l, size, style);
		x += l->width * scale_of(size);
	}
	return x;
}
