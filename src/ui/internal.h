/* What the files of this room know of each other. */
#pragma once

#include "dais/ui.h"

/* ---- cells: grid.c ---- */

enum { COLUMNS_MAX = 1000, ROWS_MAX = 500 }; /* a grid does not grow beyond */

struct rect {
	int x, y, w, h;
};

const char *style_name(enum style s);
struct rect grid_area(const struct grid *g);
struct rect rect_cut(struct rect r, int left, int top, int right, int bottom); /* never negative */
/* Blanks everything, on the ground of STYLE_TEXT, cursor hidden. */
void grid_clear(struct grid *g);
/* Lays a ground under r and keeps what is written there; or blanks it as well. */
void grid_ground(struct grid *g, struct rect r, enum style ground);
void grid_blank(struct grid *g, struct rect r, enum style ground);
/*
 * Writes text, cleaned, from column x (of the grid) on, only inside of clip:
 * no half of a wide character, on the ground that is there. Answers the column
 * behind what fitted.
 */
int grid_put(struct grid *g, struct rect clip, int x, int y, struct str text, enum style style);
/* A sign of one column so many times. */
int grid_repeat(struct grid *g, struct rect clip, int x, int y, int columns, struct str sign, enum style style);
/* The columns of a text that is shown as it is, or -1: it has to be cleaned and measured with care. */
int grid_plain_width(struct str s);
/* The part of a row that is not as it was, in whole characters of then and now; false: all is as it was. */
bool cells_differ(const struct cell *last, const struct cell *now, int columns, int *from, int *end);

/* ---- helpers of the panes: draw.c; x and y count from the corner of r, nothing leaves r ---- */

/* Each answers the column behind (draw_right: at the start of) what it wrote. */
int draw_put(struct grid *g, struct rect r, int x, int y, struct str text, enum style style);
/* In at most `columns`, with an ellipsis where it is cut. */
int draw_fit(struct grid *g, struct rect r, int x, int y, int columns, struct str text,
	enum style style);
/* Ends before column `end`; cut like draw_fit if it would start left of 0. */
int draw_right(struct grid *g, struct rect r, int end, int y, struct str text, enum style style);
int draw_centre(struct grid *g, struct rect r, int y, struct str text, enum style style);
/*
 * Wraps into at most `rows` lines of `columns`, the last one with an ellipsis
 * if text is left over. Answers the lines used.
 */
int draw_wrapped(struct grid *g, struct rect r, int x, int y, int columns, int rows,
	struct str text, enum style style);
/* "title extra ─────" over the width of r; without a title only the rule. */
void draw_rule(struct grid *g, struct rect r, int y, struct str title, struct str extra);
/* done of whole as a heavy line, the rest as a light one; half cells count. */
void draw_bar(struct grid *g, struct rect r, int x, int y, int columns, int64_t done, int64_t whole,
	enum style style);
void draw_cursor(struct grid *g, struct rect r, int x, int y);

/* ---- a clock to be read from afar: bigdigit.c ---- */

/*
 * Sizes are rows: 1 (plain text), 3, or a multiple of 5. text holds digits,
 * ':', '+', '-' and blanks.
 */
int big_width(struct str text, int size);
/* The largest size, up to `most`, in which text fits into w columns and h rows; 0 for none. */
int big_size(struct str text, int w, int h, int most);
/* Answers the column behind. */
int big_put(struct grid *g, struct rect r, int x, int y, struct str text, int size,
	enum style style);

/* ---- keys from bytes: input.c ---- */

enum key { /* beyond code points */
	KEY_ENTER = 0x110000,
	KEY_TAB,
	KEY_ESCAPE,
	KEY_BACKSPACE,
	KEY_DELETE,
	KEY_INSERT,
	KEY_UP,
	KEY_DOWN,
	KEY_RIGHT,
	KEY_LEFT,
	KEY_HOME,
	KEY_END,
	KEY_PAGE_UP,
	KEY_PAGE_DOWN,
	KEY_F1, /* to KEY_F1 + 11 */
};
enum { MOD_SHIFT = 1, MOD_ALT = 2, MOD_CTRL = 4 };
enum input_kind { INPUT_KEY, INPUT_PASTE, INPUT_MOUSE, INPUT_FOCUS };
enum mouse { MOUSE_PRESS, MOUSE_RELEASE, MOUSE_MOVE, MOUSE_WHEEL_UP, MOUSE_WHEEL_DOWN };

struct input_event {
	enum input_kind kind;
	uint32_t key;	/* a code point or enum key; Ctrl-A is 'a' with MOD_CTRL */
	unsigned mods;	/* also of the mouse */
	/* Of a paste: valid UTF-8, its only controls newlines and tabs. Lives during the call. */
	struct str text;
	bool cut;	/* a paste that was longer than INPUT_PASTE_MAX */
	enum mouse mouse;
	int button, x, y; /* button 0 is the left one; x, y from 0 */
	bool focused;
};

enum { INPUT_PASTE_MAX = 64 * 1024, INPUT_PARAMS_MAX = 32 };

struct input { /* zeroed memory is ready to use */
	int state;
	unsigned char partial[4]; /* of a UTF-8 sequence */
	unsigned partial_n;
	bool alt; /* the character being read follows an Escape */
	char params[INPUT_PARAMS_MAX];
	unsigned params_n; /* may count beyond the room: then nothing is known of it */
	struct buf paste;
	bool paste_cut;
	unsigned paste_end; /* bytes of the closing sequence seen */
	unsigned skip; /* bytes of an old mouse report to come */
};
typedef void input_fn(void *ctx, const struct input_event *e);

/* Calls fn for each event, in order. How the bytes are cut into calls changes nothing. */
void input_feed(struct input *in, struct str bytes, input_fn *fn, void *ctx);
/* How long to wait before input_idle; -1: for ever. */
int input_timeout_ms(const struct input *in);
/* Nothing came for that long: a lone Escape was the key; an unfinished sequence is forgotten. */
void input_idle(struct input *in, input_fn *fn, void *ctx);
void input_finish(struct input *in);

/* ---- a line being typed: edit.c ---- */

struct edit { /* zeroed memory is an empty line */
	struct buf text;
	struct buf killed;
	size_t caret; /* a byte offset, on a cluster boundary */
	size_t from;  /* the first byte that is shown */
	size_t limit; /* bytes at most; 0: no limit */
	bool lines;   /* newlines may stand in it; Home, End, ^U, ^K keep to one of its lines */
};
enum edit_did {
	EDIT_IGNORED, /* not a key of the editor's */
	EDIT_KEPT,    /* its key, but there was nothing to do */
	EDIT_MOVED,
	EDIT_CHANGED,
	EDIT_FULL,  /* the limit was in the way */
	EDIT_OLDER, /* the owner may edit_set() what its history has */
	EDIT_NEWER,
};
enum edit_did edit_key(struct edit *e, uint32_t key, unsigned mods);
/* At the caret; tabs, and newlines unless there are lines, become blanks; other controls are left out. */
enum edit_did edit_insert(struct edit *e, struct str text);
void edit_set(struct edit *e, struct str text); /* caret at the end */
void edit_clear(struct edit *e);
/* What to show in `columns`, caret included: the part of the text and the caret's column in it. */
struct str edit_window(struct edit *e, int columns, int *caret_x);
void edit_finish(struct edit *e);

/* ---- text in rows: wrap.c ---- */

struct wrap_row {
	size_t start, end; /* bytes of the text as it was typed, without the line end */
};
struct wrap { /* zeroed memory is empty */
	struct wrap_row *rows; /* owned */
	size_t n, cap;
};
/* At least one row; blanks where a row was broken hang over its end. */
void wrap_make(struct wrap *w, struct str text, int columns);
struct str wrap_text(const struct wrap *w, struct str text, size_t row);
/* The row of a caret before byte `at`, and its column there. */
size_t wrap_row_at(const struct wrap *w, size_t at);
int wrap_column_at(const struct wrap *w, struct str text, size_t at);
/* Where in the text a caret stands that goes to this row and at most to this column. */
size_t wrap_place(const struct wrap *w, struct str text, size_t row, int column);
void wrap_finish(struct wrap *w);

/* ---- colours: theme_look.c ---- */

/*
 * How a style on a ground looks: its own letters, the ground's colour. A theme
 * with a ground of its own leaves no cell to the terminal's.
 */
struct look theme_look(const struct theme *t, enum style style, enum style ground);

/* ---- terminfo: curses_entry.c ---- */

enum { ENTRY_BYTES = 64 };
/* What can be said against this terminal, for N_(), or NULL. */
const char *entry_objection(void);
/* The terminal's own entry, or the one of its family for true colours. */
void entry_choose(char name[ENTRY_BYTES]);

/* ---- the device: posix_tty.c ---- */

struct termios;
/* Keys come one by one, ^C and ^S among them; ^Z alone remains the shell's. */
void tty_raw(const struct termios *saved);
void tty_size(int fd, int *columns, int *rows);
/* A descriptor of its own, non-blocking, or a negative errno. */
int tty_open_input(void);
/* Writes while the terminal takes bytes; what a stalled one has not shown yet is dropped. A signal handler may. */
void tty_write(int fd, const char *p, size_t n);
