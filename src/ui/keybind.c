/*
 * Keys that a person bound: read by the names that people give to keys, and
 * laid over the program's own tables, so that dispatch, hints and help see one
 * table and nothing shows a key that does something else.
 */
#include "pane.h"

#include <stdlib.h>
#include <string.h>

#include "dais/diag.h"
#include "dais/text.h"
#include "dais/utf8.h"

struct bound {
	uint32_t key;
	unsigned mods;
	char *shown; /* owned, as its binding's line */
	char *line;  /* or NULL: */
	enum act act;
	int arg;
};
struct ui_keys {
	struct bound *items; /* owned */
	size_t n, cap;
};

struct ui_keys *
ui_keys_create(void)
{
	return xcalloc(1, sizeof(struct ui_keys));
}

void
ui_keys_destroy(struct ui_keys *k)
{
	for (size_t i = 0; k && i < k->n; i++) {
		free(k->items[i].shown);
		free(k->items[i].line);
	}
	if (k)
		free(k->items);
	free(k);
}

/* ---- names ---- */

static const struct {
	const char *name; /* the first one of a key is shown; N_() where the tables say it so */
	uint32_t key;
} names[] = {
	{"Space", ' '}, {"空格", ' '}, {"Enter", KEY_ENTER}, {"Return", KEY_ENTER},
	{"回车", KEY_ENTER}, {"Tab", KEY_TAB}, {"Esc", KEY_ESCAPE}, {"Escape", KEY_ESCAPE},
	{"Backspace", KEY_BACKSPACE}, {"退格", KEY_BACKSPACE}, {"Delete", KEY_DELETE},
	{"Del", KEY_DELETE}, {"Insert", KEY_INSERT}, {"Ins", KEY_INSERT}, {"↑", KEY_UP},
	{"Up", KEY_UP}, {"上", KEY_UP}, {"↓", KEY_DOWN}, {"Down", KEY_DOWN}, {"下", KEY_DOWN},
	{"→", KEY_RIGHT}, {"Right", KEY_RIGHT}, {"右", KEY_RIGHT}, {"←", KEY_LEFT},
	{"Left", KEY_LEFT}, {"左", KEY_LEFT}, {"Home", KEY_HOME}, {"End", KEY_END},
	{"PgUp", KEY_PAGE_UP}, {"PageUp", KEY_PAGE_UP}, {"PgDn", KEY_PAGE_DOWN},
	{"PageDown", KEY_PAGE_DOWN},
};
static const struct {
	const char *name;
	unsigned mod;
} modifiers[] = {{"Ctrl-", MOD_CTRL}, {"Ctrl+", MOD_CTRL}, {"C-", MOD_CTRL}, {"^", MOD_CTRL},
	{"Alt-", MOD_ALT}, {"Alt+", MOD_ALT}, {"Meta-", MOD_ALT}, {"M-", MOD_ALT},
	{"Shift-", MOD_SHIFT}, {"Shift+", MOD_SHIFT}};
static const struct {
	const char *name;
	enum act act;
	int arg;
} acts[] = {
	{"none", ACT_NONE, 0}, {"choose", ACT_ACT, 0}, {"add", ACT_ADD, AS_SPEECH},
	{"reply", ACT_ADD, AS_REPLY}, {"order", ACT_ADD, AS_ORDER}, {"question", ACT_ADD, AS_QUESTION},
	{"note", ACT_NOTE, 0}, {"message", ACT_MESSAGE, 0}, {"messages", ACT_MESSAGES, 0},
	{"late", ACT_LATE, 0}, {"award", ACT_AWARD, 0}, {"command", ACT_COMMAND, 0},
	{"find", ACT_FIND, 0}, {"help", ACT_HELP, 0}, {"leave", ACT_LEAVE, 0},
	{"summary", ACT_SUMMARY, 0}, {"theme", ACT_THEME, 0}, {"themes", ACT_THEMES, 0},
	{"zoom", ACT_ZOOM, 0}, {"undo-list", ACT_UNDO_LIST, 0}, {"next-pane", ACT_FOCUS_NEXT, 1},
	{"previous-pane", ACT_FOCUS_NEXT, -1}, {"down", ACT_STEP, 1}, {"up", ACT_STEP, -1},
	{"page-down", ACT_PAGE, 1}, {"page-up", ACT_PAGE, -1},
};
enum { NAMES = sizeof names / sizeof *names, MODIFIERS = sizeof modifiers / sizeof *modifiers,
	ACTS = sizeof acts / sizeof *acts, FUNCTIONS = 12 };

/* Without regard to capitals of ASCII. */
static bool
same(struct str s, const char *name)
{
	if (s.n != strlen(name))
		return false;
	for (size_t i = 0; i < s.n; i++) {
		char a = s.p[i], b = name[i];
		a = a >= 'A' && a <= 'Z' ? (char)(a | 0x20) : a;
		b = b >= 'A' && b <= 'Z' ? (char)(b | 0x20) : b;
		if (a != b)
			return false;
	}
	return true;
}

static bool
is_letter(uint32_t key)
{
	return key < 0x80 && (key | 0x20) >= 'a' && (key | 0x20) <= 'z';
}

/* Takes modifiers off the start of s; one alone is a character. */
static unsigned
take_modifiers(struct str *s)
{
	unsigned mods = 0;
	for (size_t i = 0; i < MODIFIERS; i++) {
		size_t n = strlen(modifiers[i].name);
		if (s->n <= n || !same(str_upto(*s, n), modifiers[i].name))
			continue;
		mods |= modifiers[i].mod;
		*s = str_from(*s, n);
		i = SIZE_MAX;
	}
	return mods;
}

/* Its key, or 0. */
static uint32_t
key_named(struct str s)
{
	int64_t number;
	uint32_t code = 0;
	for (size_t i = 0; i < NAMES; i++)
		if (same(s, names[i].name))
			return names[i].key;
	if (s.n > 1 && (s.p[0] == 'F' || s.p[0] == 'f') && str_int(str_from(s, 1), &number) &&
		number >= 1 && number <= FUNCTIONS)
		return KEY_F1 + (uint32_t)number - 1;
	struct buf clean = {0};
	text_clean(&clean, s);
	/* What is not shown as it is written is no character of its own. */
	bool one = s.n && utf8_read(s, &code) == s.n && code > ' ' && str_eq(buf_view(&clean), s);
	buf_finish(&clean);
	return one ? key_plain(code) : 0;
}

static void
show_key(const struct bound *b, struct buf *out)
{
	static const char *const shown[] = {"Ctrl-", "Alt-", "Shift-"};
	static const unsigned mods[] = {MOD_CTRL, MOD_ALT, MOD_SHIFT};
	char bytes[5] = "";
	for (size_t i = 0; i < 3; i++)
		if (b->mods & mods[i])
			buf_puts(out, shown[i]);
	if (b->key >= KEY_F1 && b->key < KEY_F1 + FUNCTIONS) {
		buf_char(out, 'F');
		buf_int(out, (int64_t)(b->key - KEY_F1) + 1);
		return;
	}
	for (size_t i = 0; i < NAMES; i++) {
		if (names[i].key != b->key)
			continue;
		buf_puts(out, names[i].name);
		return;
	}
	bytes[utf8_write(bytes, b->key)] = 0;
	buf_puts(out, bytes);
}

/* Why a terminal or the console would not have it, or NULL. */
static const char *
objection(const struct bound *b)
{
	bool plain = b->key < KEY_ENTER;
	if (b->key == KEY_ESCAPE || (b->key == '?' && !b->mods))
		return _("This key keeps its meaning: Esc leaves what is open, ? shows every key.");
	if (b->mods & MOD_CTRL && b->key == 'z')
		return _("Ctrl-z stops the program, as everywhere.");
	if (b->mods & MOD_CTRL && (b->key == 'i' || b->key == 'm' || b->key == '['))
		return _("A terminal cannot tell this key from Tab, Enter or Esc.");
	if (b->mods & MOD_CTRL && b->key == 'l')
		return _("Ctrl-l draws the screen anew.");
	if ((b->mods & MOD_CTRL && plain && !is_letter(b->key)) || (b->mods & MOD_SHIFT && plain))
		return _("Terminals do not send this key.");
	return NULL;
}

static enum ui_bind
read_key(struct str name, struct bound *b, struct buf *why)
{
	struct str rest = str_trim(name);
	b->mods = take_modifiers(&rest);
	b->key = key_named(rest);
	const char *bad = b->key ? NULL
				 : _("There is no key \"{0}\". Keys are written g, F5, Space, "
				     "PgDn, Ctrl-n, Alt-x.");
	if (b->mods & MOD_CTRL && is_letter(b->key))
		b->key |= 0x20;
	if (!bad)
		bad = objection(b);
	if (bad)
		i18n_fill(why, bad, &name, 1);
	return bad ? BIND_NO_KEY : BIND_DONE;
}

/* ---- what a key does ---- */

const char *
ui_bind_act(size_t i)
{
	return i < ACTS ? acts[i].name : NULL;
}

/* An act of the console, or a line of the command language, in which @ is the chosen entry. */
static enum ui_bind
read_line(struct str line, struct bound *b, struct buf *why, struct buf *hint)
{
	const char *words[ACTS];
	for (size_t i = 0; i < ACTS; i++) {
		words[i] = acts[i].name;
		if (!str_is(line, acts[i].name))
			continue;
		b->act = acts[i].act;
		b->arg = acts[i].arg;
		return BIND_DONE;
	}
	struct buf tried = {0};
	struct arena a = {0};
	struct command c = {0};
	struct refused no = {0};
	for (size_t i = 0; i < line.n; i++)
		buf_char(&tried, line.p[i] == '@' ? '1' : line.p[i]);
	enum refusal refused = command_parse(buf_view(&tried), &a, &c, &no);
	if (refused)
		i18n_fill(why, _(no.why), no.args, no.n);
	else
		b->line = str_dup(line);
	const char *meant = refused ? diag_meant(line, words, ACTS) : NULL;
	if (meant) {
		struct str arg = str_of(meant);
		i18n_fill(hint, _("did you mean \"{0}\"?"), &arg, 1);
	}
	buf_finish(&tried);
	arena_finish(&a);
	return refused ? BIND_NO_LINE : BIND_DONE;
}

enum ui_bind
ui_bind(struct ui_keys *k, struct str key, struct str line, struct buf *why, struct buf *hint)
{
	struct bound b = {0};
	struct buf shown = {0};
	enum ui_bind done = read_key(key, &b, why);
	for (size_t i = 0; !done && i < k->n; i++) {
		if (k->items[i].key != b.key || k->items[i].mods != b.mods)
			continue;
		i18n_fill(why, _("This key is bound already."), NULL, 0);
		return BIND_NO_KEY;
	}
	if (!done)
		done = read_line(str_trim(line), &b, why, hint);
	if (done)
		return done;
	show_key(&b, &shown);
	b.shown = str_dup(buf_view(&shown));
	buf_finish(&shown);
	VEC_PUSH(k->items, k->n, k->cap, b);
	return BIND_DONE;
}

/* ---- one table of both ---- */

static bool
same_target(const struct bound *b, const struct binding *row)
{
	if (b->line || row->line)
		return b->line && row->line && strcmp(b->line, row->line) == 0;
	return b->act != ACT_NONE && b->act == row->act && b->arg == row->arg;
}

static bool
is_bound(const struct ui_keys *k, const struct binding *row)
{
	for (size_t i = 0; i < k->n; i++)
		if (k->items[i].key == row->key && k->items[i].mods == row->mods)
			return true;
	return false;
}

/* Help for a line that no key of the program's own has. */
static const char *
help_of(const char *line)
{
	struct arena a = {0};
	struct command c = {0};
	struct refused no;
	struct buf tried = {0};
	for (const char *p = line; *p; p++)
		buf_char(&tried, *p == '@' ? '1' : *p);
	bool good = command_parse(buf_view(&tried), &a, &c, &no) == REFUSAL_NONE;
	arena_finish(&a);
	buf_finish(&tried);
	return good ? command_rows()[c.verb].help : NULL;
}

static struct binding
own_row(const struct bound *b, const struct binding *like)
{
	struct binding row = like ? *like : (struct binding){.line = b->line, .act = b->act, .arg = b->arg};
	row.key = b->key;
	row.mods = b->mods;
	row.shown = b->shown;
	row.own = true;
	row.alone = !like;
	if (!like && b->line)
		row.help = help_of(b->line);
	else if (!like && b->act == ACT_FOCUS_NEXT)
		row.help = N_("go to the pane before");
	return row;
}

static void
push(struct keymap *out, struct binding row)
{
	VEC_PUSH(out->rows, out->n, out->cap, row);
}

/* A row of the program's own, behind those of keys that do the same. */
static void
push_like(struct keymap *out, const struct ui_keys *k, struct binding row, bool *used)
{
	bool hinted = row.act == ACT_HELP;
	for (size_t i = 0; i < k->n; i++) {
		if (!same_target(&k->items[i], &row))
			continue;
		struct binding own = own_row(&k->items[i], &row);
		/* One hint is enough, and of two keys the one that somebody chose. */
		if (hinted)
			own.hint = NULL;
		hinted = used[i] = true;
		push(out, own);
	}
	if (hinted && row.act != ACT_HELP)
		row.hint = NULL;
	if (!is_bound(k, &row))
		push(out, row);
}

/*
 * Help stays the last row, as hints know it. A replay has another language, and
 * takes no keys that are bound to lines of ours.
 */
static void
merge(struct keymap *out, const struct ui_keys *k, const struct binding *base, size_t n, bool lines)
{
	bool *used = xcalloc(k->n + 1, sizeof *used);
	for (size_t i = 0; i < n; i++) {
		for (size_t j = 0; i == n - 1 && j < k->n; j++)
			if (!used[j] && (lines || !k->items[j].line) &&
				!same_target(&k->items[j], &base[i]))
				push(out, own_row(&k->items[j], NULL));
		push_like(out, k, base[i], used);
	}
	free(used);
}

const struct binding *
keymap_find(const struct binding *rows, size_t n, uint32_t key, unsigned mods)
{
	for (size_t i = 0; i < n; i++)
		if (rows[i].key == key && rows[i].mods == mods)
			return &rows[i];
	return NULL;
}

void
ui_bound(struct ui *u, const struct ui_keys *k)
{
	size_t n;
	const struct binding *base = key_table_live(&n);
	keymap_finish(u);
	merge(&u->keymap_live, k, base, n, true);
	base = key_table_replay(&n);
	merge(&u->keymap_replay, k, base, n, false);
	u->dirty = true;
}

struct str
key_word(struct ui *u, const char *what)
{
	static const struct {
		const char *act, *line;
	} typed[] = {{"add", "queue add"}, {"note", "note add"}, {"late", "floor correct"}};
	size_t n;
	const struct binding *rows = key_table(u, &n);
	struct bound b = {0};
	for (size_t i = 0; i < ACTS; i++)
		if (strcmp(acts[i].name, what) == 0)
			b.act = acts[i].act, b.arg = acts[i].arg;
	char *line = b.act ? NULL : str_dup(str_of(what));
	b.line = line;
	const struct binding *found = NULL;
	for (size_t i = 0; i < n && !found; i++)
		found = same_target(&b, &rows[i]) ? &rows[i] : NULL;
	free(line);
	if (found)
		return str_of(_(found->shown));
	for (size_t i = 0; i < sizeof typed / sizeof *typed; i++)
		if (strcmp(typed[i].act, what) == 0)
			what = typed[i].line;
	/* Help knows the way to what has neither. */
	return b.act && strchr(what, ' ') == NULL ? STR("?") : ui_join(u, STR(":"), STR(""), str_of(what));
}

void
keymap_finish(struct ui *u)
{
	free(u->keymap_live.rows);
	free(u->keymap_replay.rows);
	u->keymap_live = u->keymap_replay = (struct keymap){0};
}
