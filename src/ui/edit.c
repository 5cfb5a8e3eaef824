/*
 * A line that a person types, without a screen: its text, the caret, what was
 * cut out last. A step is a grapheme cluster, so that a Backspace takes away
 * what the eye takes for one character.
 */
#include "internal.h"

#include <string.h>

#include "dais/text.h"
#include "dais/utf8.h"

static struct str
line_of(const struct edit *e)
{
	return buf_view(&e->text);
}

static enum edit_did
move_to(struct edit *e, size_t at)
{
	bool moved = e->caret != at;
	e->caret = at;
	return moved ? EDIT_MOVED : EDIT_KEPT;
}

/* What stands around a place may have become one cluster with what was put or left there. */
static void
snap(struct edit *e)
{
	struct str s = line_of(e);
	size_t start = 0;
	if (e->caret > 0 && e->caret < s.n)
		start = text_prev(s, text_next(s, e->caret));
	/* The cluster that holds the caret, or begins at it, was found from behind. */
	while (start < e->caret)
		start = text_next(s, start);
	e->caret = start;
	if (e->from > e->caret)
		e->from = e->caret;
}

/* Takes out [start, end). Words and lines are kept for ^Y, single characters are not. */
static enum edit_did
take_out(struct edit *e, size_t start, size_t end, bool keep)
{
	if (start == end)
		return EDIT_KEPT;
	if (keep) {
		buf_reset(&e->killed);
		buf_put(&e->killed, e->text.p + start, end - start);
	}
	memmove(e->text.p + start, e->text.p + end, e->text.n - end);
	e->text.n -= end - start;
	e->text.p[e->text.n] = 0;
	e->caret = start;
	snap(e);
	return EDIT_CHANGED;
}

/* ---- words ---- */

enum class { BLANK, SIGN, LETTER, IDEOGRAPH };

static enum class
class_at(struct str s, size_t at)
{
	uint32_t c = 0;
	utf8_read(str_from(s, at), &c);
	if (c == ' ' || c == '\n' || c == 0x3000)
		return BLANK;
	if (c < 0x80) {
		uint32_t small = c | 0x20;
		bool letter = (c >= '0' && c <= '9') || (small >= 'a' && small <= 'z') || c == '_';
		return letter ? LETTER : SIGN;
	}
	if ((c >= 0x2010 && c <= 0x206f) || (c >= 0x3001 && c <= 0x303f) ||
		(c >= 0xff01 && c <= 0xff0f) || (c >= 0xff1a && c <= 0xff20))
		return SIGN;
	return (c >= 0x3400 && c <= 0x9fff) || c >= 0x20000 ? IDEOGRAPH : LETTER;
}

/* The characters of one class around a place, as far as a word may reach. */
static struct str
run_at(struct str s, size_t at, enum class class, size_t *start)
{
	enum { REACH = 256 };
	size_t from = at, to = at;
	while (from > 0 && at - from < REACH && class_at(s, text_prev(s, from)) == class)
		from = text_prev(s, from);
	while (to < s.n && to - at < REACH && class_at(s, to) == class)
		to = text_next(s, to);
	*start = from;
	return (struct str){s.p + from, to - from};
}

/* What stands next to the caret, with the characters before or behind it; Chinese by dictionary. */
static size_t
word_edge(struct str s, size_t at, enum class class, bool after)
{
	size_t start, edge;
	struct str run = run_at(s, at, class, &start);
	if (class != IDEOGRAPH)
		return after ? start + run.n : start;
	if (!after)
		return start + text_word_prev(run, at - start);
	/* A mark behind the last ideograph belongs to it. */
	edge = start + text_word_next(run, at - start);
	return edge < s.n ? text_next(s, text_prev(s, edge)) : edge;
}

static size_t
word_start(struct str s, size_t at)
{
	while (at > 0 && class_at(s, text_prev(s, at)) == BLANK)
		at = text_prev(s, at);
	enum class class = at > 0 ? class_at(s, text_prev(s, at)) : BLANK;
	return word_edge(s, at, class, false);
}

static size_t
word_end(struct str s, size_t at)
{
	while (at < s.n && class_at(s, at) == BLANK)
		at = text_next(s, at);
	enum class class = at < s.n ? class_at(s, at) : BLANK;
	return word_edge(s, at, class, true);
}

/* ---- lines: what stands between two line ends ---- */

static size_t
line_start(struct str s, size_t at)
{
	while (at > 0 && s.p[at - 1] != '\n')
		at--;
	return at;
}

static size_t
line_end(struct str s, size_t at)
{
	while (at < s.n && s.p[at] != '\n')
		at++;
	return at;
}

/* ---- keys ---- */

enum action {
	LEFT, RIGHT, WORD_LEFT, WORD_RIGHT, START, END, RUB_OUT, DELETE, RUB_WORD, DELETE_WORD,
	KILL_START, KILL_END, YANK, SWAP, OLDER, NEWER,
};

static const struct {
	uint32_t key;
	unsigned mods;
	enum action action;
} bindings[] = {
	{KEY_LEFT, 0, LEFT}, {KEY_RIGHT, 0, RIGHT}, {'b', MOD_CTRL, LEFT}, {'f', MOD_CTRL, RIGHT},
	{KEY_LEFT, MOD_CTRL, WORD_LEFT}, {KEY_RIGHT, MOD_CTRL, WORD_RIGHT},
	{KEY_LEFT, MOD_ALT, WORD_LEFT}, {KEY_RIGHT, MOD_ALT, WORD_RIGHT},
	{'b', MOD_ALT, WORD_LEFT}, {'f', MOD_ALT, WORD_RIGHT},
	{KEY_HOME, 0, START}, {KEY_END, 0, END}, {'a', MOD_CTRL, START}, {'e', MOD_CTRL, END},
	{KEY_BACKSPACE, 0, RUB_OUT}, {KEY_DELETE, 0, DELETE}, {'d', MOD_CTRL, DELETE},
	{'w', MOD_CTRL, RUB_WORD}, {KEY_BACKSPACE, MOD_ALT, RUB_WORD}, {'d', MOD_ALT, DELETE_WORD},
	{'u', MOD_CTRL, KILL_START}, {'k', MOD_CTRL, KILL_END}, {'y', MOD_CTRL, YANK},
	{'h', MOD_CTRL, RUB_OUT}, {'t', MOD_CTRL, SWAP},
	{KEY_UP, 0, OLDER}, {KEY_DOWN, 0, NEWER}, {'p', MOD_CTRL, OLDER}, {'n', MOD_CTRL, NEWER},
};

/* The characters on both sides of the caret change places; at the end the last two. */
static enum edit_did
swap(struct edit *e)
{
	struct str s = line_of(e);
	size_t middle = e->caret < s.n ? e->caret : text_prev(s, s.n);
	size_t from = text_prev(s, middle), to = text_next(s, middle);
	if (from == middle || to == middle || s.p[from] == '\n' || s.p[middle] == '\n')
		return EDIT_KEPT;
	struct buf swapped = {0};
	buf_put(&swapped, s.p + middle, to - middle);
	buf_put(&swapped, s.p + from, middle - from);
	memcpy(e->text.p + from, swapped.p, swapped.n);
	buf_finish(&swapped);
	e->caret = to;
	snap(e);
	return EDIT_CHANGED;
}

static enum edit_did
act(struct edit *e, enum action action)
{
	struct str s = line_of(e);
	switch (action) {
	case LEFT:
		return move_to(e, text_prev(s, e->caret));
	case RIGHT:
		return move_to(e, text_next(s, e->caret));
	case WORD_LEFT:
		return move_to(e, word_start(s, e->caret));
	case WORD_RIGHT:
		return move_to(e, word_end(s, e->caret));
	case START:
		return move_to(e, line_start(s, e->caret));
	case END:
		return move_to(e, line_end(s, e->caret));
	case RUB_OUT:
		return take_out(e, text_prev(s, e->caret), e->caret, false);
	case DELETE:
		return take_out(e, e->caret, text_next(s, e->caret), false);
	case RUB_WORD:
		return take_out(e, word_start(s, e->caret), e->caret, true);
	case DELETE_WORD:
		return take_out(e, e->caret, word_end(s, e->caret), true);
	case KILL_START:
		return take_out(e, line_start(s, e->caret), e->caret, true);
	case KILL_END:
		/* At the end of a line it is the line end that goes. */
		if (e->caret < s.n && s.p[e->caret] == '\n')
			return take_out(e, e->caret, e->caret + 1, true);
		return take_out(e, e->caret, line_end(s, e->caret), true);
	case YANK:
		return edit_insert(e, buf_view(&e->killed));
	case SWAP:
		return swap(e);
	case OLDER:
		return EDIT_OLDER;
	case NEWER:
		return EDIT_NEWER;
	}
	return EDIT_IGNORED;
}

enum edit_did
edit_key(struct edit *e, uint32_t key, unsigned mods)
{
	for (size_t i = 0; i < sizeof bindings / sizeof *bindings; i++)
		if (bindings[i].key == key && bindings[i].mods == mods)
			return act(e, bindings[i].action);
	if (mods || key < 0x20 || key >= 0x110000)
		return EDIT_IGNORED;
	char bytes[4];
	size_t n = utf8_write(bytes, key);
	return edit_insert(e, (struct str){bytes, n});
}

/* ---- the line as a whole ---- */

/* Appends what of text may stand in a line, or in several. */
static void
put_line_text(struct buf *out, struct str text, bool lines)
{
	for (size_t at = 0, n = 0; at < text.n; at += n) {
		uint32_t code = 0;
		n = utf8_read(str_from(text, at), &code);
		if (n == 0)
			n = 1;
		else if (code == '\n' || code == '\t')
			buf_char(out, lines && code == '\n' ? '\n' : ' ');
		else if (code >= 0x20 && (code < 0x7f || code > 0x9f))
			buf_put(out, text.p + at, n);
	}
}

enum edit_did
edit_insert(struct edit *e, struct str text)
{
	struct buf clean = {0};
	put_line_text(&clean, text, e->lines);
	if (clean.n == 0 || (e->limit && e->text.n + clean.n > e->limit)) {
		enum edit_did did = clean.n ? EDIT_FULL : EDIT_KEPT;
		buf_finish(&clean);
		return did;
	}
	buf_reserve(&e->text, clean.n);
	memmove(e->text.p + e->caret + clean.n, e->text.p + e->caret, e->text.n - e->caret);
	memcpy(e->text.p + e->caret, clean.p, clean.n);
	e->text.n += clean.n;
	e->text.p[e->text.n] = 0;
	e->caret += clean.n;
	snap(e);
	buf_finish(&clean);
	return EDIT_CHANGED;
}

void
edit_clear(struct edit *e)
{
	buf_reset(&e->text);
	e->caret = e->from = 0;
}

void
edit_set(struct edit *e, struct str text)
{
	edit_clear(e);
	put_line_text(&e->text, text, e->lines);
	e->caret = e->text.n;
}

struct str
edit_window(struct edit *e, int columns, int *caret_x)
{
	struct str s = line_of(e);
	if (e->from > e->caret)
		e->from = e->caret;
	/* Shows what is left of the caret again where a shorter line has room for it. */
	while (e->from > 0 && text_width(str_from(s, text_prev(s, e->from))) < columns)
		e->from = text_prev(s, e->from);
	int x = text_width(str_upto(str_from(s, e->from), e->caret - e->from));
	while (e->from < e->caret && x >= columns) {
		size_t next = text_next(s, e->from);
		x -= text_width(str_upto(str_from(s, e->from), next - e->from));
		e->from = next;
	}
	*caret_x = x;
	size_t end = e->from;
	int width = 0;
	while (end < s.n) {
		size_t next = text_next(s, end);
		width += text_width(str_upto(str_from(s, end), next - end));
		if (width > columns)
			break;
		end = next;
	}
	return str_upto(str_from(s, e->from), end - e->from);
}

void
edit_finish(struct edit *e)
{
	buf_finish(&e->text);
	buf_finish(&e->killed);
	*e = (struct edit){.limit = e->limit};
}
