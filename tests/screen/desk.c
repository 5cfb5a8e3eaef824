/* The desk: carries commands from the console to the session, and time to both. */
#include "desk.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "dais/i18n.h"
#include "dais/pinyin.h"
#include "dais/text.h"
#include "dais/utf8.h"

static enum refusal
carry(struct desk *d, struct str line, enum seat seat, struct str by, struct arena *a,
	struct refused *no)
{
	struct command c = {0};
	struct events out = {0};
	enum refusal code = command_parse(line, a, &c, no);
	if (code)
		return code;
	c.seat = seat;
	c.by = by;
	*no = (struct refused){0};
	code = bench_do(&d->bench, &c, &out, no);
	for (size_t i = 0; i < no->n; i++)
		no->args[i] = arena_str(a, no->args[i]);
	events_finish(&out);
	return code;
}

static enum refusal
on_command(void *ctx, struct str line, struct arena *a, struct refused *no)
{
	struct desk *d = ctx;
	d->commands++;
	d->last = arena_str(&d->bench.arena, line);
	struct command c = {0};
	struct refused wrong;
	bool waits = d->is_joined && d->joined.cut && !command_parse(line, a, &c, &wrong);
	if (waits && command_rows()[c.verb].moment) {
		*no = (struct refused){.code = REFUSAL_NOT_ALLOWED, .why = "the line to the host is cut"};
		return REFUSAL_NOT_ALLOWED;
	}
	if (waits) {
		d->joined.unsent++;
		ui_joined(d->ui, &d->joined, d->who, d->who_n);
		return REFUSAL_NONE;
	}
	enum refusal code = carry(d, line, d->seat, d->name, a, no);
	if (!code) {
		ui_changed(d->ui);
		desk_status(d);
	}
	return code;
}

static enum refusal
on_replay_command(void *ctx, struct str line, struct arena *a, struct refused *no)
{
	struct desk *d = ctx;
	d->commands++;
	d->last = arena_str(&d->bench.arena, line);
	enum refusal code = replay_command(d->replay, line, d->clock_ms, a, no);
	desk_replay_tell(d);
	return code;
}

static void
on_typing(void *ctx, bool typing)
{
	struct desk *d = ctx;
	d->typing = typing;
}

static void
on_leave(void *ctx)
{
	struct desk *d = ctx;
	d->left = true;
}

/* Where there is no disk, the name alone tells. */
static void
on_export(void *ctx, const char *format)
{
	struct desk *d = ctx;
	struct buf name = {0};
	buf_printf(&name, "论坛.%s", format);
	ui_exported(d->ui, format, !d->disk.n, d->disk.n ? d->disk : buf_view(&name));
	buf_finish(&name);
}

static const struct ui_command own_commands[] = {
	{"share", N_("online-chair|scribe|stage|observer [HOST[:PORT]]"), N_("invite somebody onto a seat")},
	{"stage", N_("show|blank|freeze"), N_("what the hall's screens show")},
};
static const char *const exports[] = {"md", "html", "csv", "vtt", "chapters", "json", NULL};

/* Behind the program's own themes there is one that cannot be read. */
static size_t
count_themes(void *ctx)
{
	size_t n = 0;
	(void)ctx;
	while (theme_builtin_name(n))
		n++;
	return n + 1;
}

static const char *
theme_name(void *ctx, size_t i)
{
	(void)ctx;
	return theme_builtin_name(i) ? theme_builtin_name(i) : "broken";
}

static size_t
theme_shown(void *ctx)
{
	const struct desk *d = ctx;
	return d->theme;
}

static bool
show_theme(void *ctx, size_t i, struct buf *why)
{
	struct desk *d = ctx;
	if (theme_builtin_name(i))
		d->theme = i;
	else
		buf_puts(why, "broken.yaml:3:9: no such colour");
	return theme_builtin_name(i) != NULL;
}

/* What a person wants of every console. */
static void
give_wishes(struct desk *d)
{
	struct ui_themes themes = {d, count_themes, theme_name, theme_shown, show_theme};
	ui_themes(d->ui, &themes);
	if (d->keys)
		ui_bound(d->ui, d->keys);
}

bool
desk_bind(struct desk *d, struct str key, struct str line)
{
	struct buf why = {0}, hint = {0};
	if (!d->keys)
		d->keys = ui_keys_create();
	enum ui_bind done = ui_bind(d->keys, key, line, &why, &hint);
	if (done != BIND_DONE)
		printf("# not bound: %s\n", why.p);
	else
		give_wishes(d);
	buf_finish(&why);
	buf_finish(&hint);
	return done == BIND_DONE;
}

bool
desk_open(struct desk *d, struct str agenda, int columns, int rows)
{
	struct agenda_block block = {0};
	struct buf forum = {0};
	bool ok = true;
	*d = (struct desk){.columns = columns, .rows = rows, .seat = SEAT_CHAIR, .name = STR("chair")};
	while (agenda.n) {
		const char *end = memchr(agenda.p, '\n', agenda.n);
		size_t n = end ? (size_t)(end - agenda.p) : agenda.n;
		struct str line = str_trim(str_upto(agenda, n));
		if (line.n && line.p[0] != '#' && !agenda_block_line(&block, line)) {
			printf("# no line of an agenda: %.*s\n", STR_ARG(line));
			ok = false;
		}
		agenda = str_from(agenda, end ? n + 1 : n);
	}
	agenda_block_write(&block, &forum);
	bench_open(&d->bench, buf_view(&forum), block.rehearsal, block.wall);
	d->bench.refold = false;
	agenda_block_finish(&block);
	buf_finish(&forum);
	struct ui_calls calls = {.ctx = d,
		.command = on_command,
		.leave = on_leave,
		.export = on_export,
		.exports = exports,
		.typing = on_typing,
		.more = own_commands,
		.more_n = sizeof own_commands / sizeof *own_commands};
	d->ui = ui_create(d->bench.s, NULL, &calls);
	give_wishes(d);
	desk_status(d);
	desk_resize(d, columns, rows);
	return ok;
}

void
desk_close(struct desk *d)
{
	ui_destroy(d->ui);
	ui_keys_destroy(d->keys);
	replay_destroy(d->replay);
	arena_finish(&d->told);
	bench_close(&d->bench);
}

void
desk_replay(struct desk *d)
{
	struct ui_calls calls = {.ctx = d, .command = on_replay_command, .leave = on_leave};
	size_t n;
	const struct replay_row *rows = replay_rows(&n);
	for (size_t i = 0; i < n && i < DESK_COMMANDS; i++)
		d->replay_commands[i] = (struct ui_command){rows[i].word, rows[i].usage, rows[i].help};
	ui_destroy(d->ui);
	d->left = false;
	d->bells = 0;
	replay_destroy(d->replay);
	d->replay = replay_create(d->bench.s);
	d->ui = ui_create(replay_session(d->replay), NULL, &calls);
	give_wishes(d);
	desk_replay_tell(d);
	desk_resize(d, d->columns, d->rows);
}

void
desk_join(struct desk *d)
{
	static const struct ui_command own[] = {{"seats", "", N_("who is here")}};
	struct ui_calls calls = {.ctx = d, .command = on_command, .leave = on_leave, .typing = on_typing,
		.more = own, .more_n = 1};
	ui_destroy(d->ui);
	d->ui = ui_create(d->bench.s, NULL, &calls);
	ui_resize(d->ui, d->columns, d->rows);
	desk_status(d);
}

void
desk_replay_tell(struct desk *d)
{
	size_t n;
	replay_rows(&n);
	struct ui_replay is = {.whole = d->bench.s, .commands = d->replay_commands, .commands_n = n,
		.t = replay_t(d->replay), .at = replay_at(d->replay), .playing = replay_playing(d->replay),
		.skips = replay_skips(d->replay), .follows = replay_follows(d->replay), .runs = d->runs,
		.pace = replay_pace(d->replay), .damage = d->damage};
	ui_replay(d->ui, &is);
}

void
desk_wait(struct desk *d, int64_t ms)
{
	d->clock_ms += ms;
	ui_clock(d->ui, d->clock_ms);
	if (d->replay && replay_advance(d->replay, d->clock_ms))
		desk_replay_tell(d);
}

void
desk_resize(struct desk *d, int columns, int rows)
{
	d->columns = columns;
	d->rows = rows;
	ui_resize(d->ui, columns, rows);
	desk_look(d);
}

void
desk_status(struct desk *d)
{
	struct ui_status st = d->status;
	st.unsaved = d->status.not_saved ? (size_t)(session_next_seq(d->bench.s, LANE_SESSION) - d->trouble_seq) : 0;
	if (!d->saved)
		st.saved = session_next_seq(d->bench.s, LANE_SESSION) - 1;
	ui_status(d->ui, &st);
}

void
desk_readings(struct desk *d)
{
	struct ui_name who;
	struct pinyin *p = NULL;
	struct buf names = {0}, generic = {0};
	while (ui_unread(d->ui, &who, 1) == 1) {
		p = p ? p : pinyin_create();
		buf_reset(&names);
		buf_reset(&generic);
		pinyin_name(p, &names, who.name);
		pinyin_generic(p, &generic, who.name);
		ui_readings(d->ui, &who, buf_view(&names), buf_view(&generic));
	}
	pinyin_destroy(p);
	buf_finish(&names);
	buf_finish(&generic);
	desk_look(d);
}

bool
desk_command(struct desk *d, enum seat seat, struct str by, struct str line, bool look)
{
	struct arena a = {0};
	struct refused no = {0};
	enum refusal code = carry(d, line, seat, by, &a, &no);
	if (code)
		printf("# %.*s: refused, %s: %s\n", STR_ARG(line), refusal_text(code), no.why);
	else if (d->replay)
		replay_grown(d->replay);
	if (!code && d->replay)
		desk_replay_tell(d);
	if (!code)
		ui_changed(d->ui);
	desk_status(d);
	arena_finish(&a);
	if (look)
		desk_look(d);
	return code == REFUSAL_NONE;
}

void
desk_time(struct desk *d, int64_t t)
{
	struct session_alarm alarm;
	while (session_alarm_next(d->bench.s, d->rung_t, &alarm) && alarm.t <= t) {
		ui_alarm(d->ui, &alarm);
		d->rung_t = alarm.t;
	}
	d->bells += ui_take_bells(d->ui);
	d->bench.t = d->rung_t = t;
	desk_look(d);
}

/* ---- what must hold of every screen ---- */

static void
check_cell(struct desk *d, int x, int y)
{
	const struct grid *g = d->grid;
	const struct cell *c = &g->cells[y * g->columns + x];
	bool wide_before = x > 0 && c[-1].width == 2;
	/* Most cells hold one of ASCII's; they need not be asked about one by one. */
	bool plain = c->text[0] >= ' ' && c->text[0] < 127 && !c->text[1];
	int width = plain ? 1 : text_width(str_of(c->text));
	if (c->style >= STYLE_COUNT || c->ground >= STYLE_COUNT)
		bench_fault(&d->bench, "a cell without a style at %d,%d", x, y);
	if (c->width == 0 ? !wide_before || c->text[0] : wide_before)
		bench_fault(&d->bench, "half of a wide character at %d,%d", x, y);
	if (c->width != width || c->width > 2)
		bench_fault(&d->bench, "“%s” at %d,%d takes %d columns, not %d", c->text, x, y, width, c->width);
	if (c->width == 2 && x + 1 >= g->columns)
		bench_fault(&d->bench, "a wide character leaves the screen at %d,%d", x, y);
	if (!plain && !utf8_valid(str_of(c->text), NULL))
		bench_fault(&d->bench, "bad bytes at %d,%d", x, y);
}

void
desk_look(struct desk *d)
{
	int64_t t = d->replay ? replay_t(d->replay) : d->bench.t;
	const struct grid *g = d->grid = ui_paint(d->ui, t);
	if (g->columns != d->columns || g->rows != d->rows)
		bench_fault(&d->bench, "the screen has another size");
	for (int y = 0; y < g->rows; y++)
		for (int x = 0; x < g->columns; x++)
			check_cell(d, x, y);
	if (g->cursor_x >= g->columns || g->cursor_y >= g->rows)
		bench_fault(&d->bench, "the cursor is outside");
	if (ui_dirty(d->ui))
		bench_fault(&d->bench, "still dirty after a painting");
	if (ui_wake(d->ui, t) <= t || ui_wake(d->ui, t) > t + 1000)
		bench_fault(&d->bench, "the next painting is not within a second");
}

/* ---- keys ---- */

void
desk_feed(struct desk *d, struct str bytes)
{
	/* A hand is slow, but for the second click of two. */
	desk_wait(d, d->quick_ms ? d->quick_ms : 2000);
	ui_feed(d->ui, bytes);
	if (ui_timeout_ms(d->ui) >= 0)
		ui_idle(d->ui);
	desk_look(d);
}

static const struct {
	const char *word, *bytes;
} named[] = {
	{"Enter", "\r"}, {"Esc", "\x1b"}, {"Tab", "\t"}, {"BackTab", "\x1b[Z"}, {"Space", " "},
	{"Up", "\x1b[A"}, {"Down", "\x1b[B"}, {"Right", "\x1b[C"}, {"Left", "\x1b[D"},
	{"Home", "\x1b[H"}, {"End", "\x1b[F"}, {"PgUp", "\x1b[5~"}, {"PgDn", "\x1b[6~"},
	{"Backspace", "\x7f"}, {"Delete", "\x1b[3~"}, {"A-Enter", "\x1b\r"}, {"F1", "\x1bOP"}, {"F2", "\x1bOQ"}, {"F5", "\x1b[15~"},
};

static void
feed_mouse(struct desk *d, int button, int64_t x, int64_t y)
{
	struct buf bytes = {0};
	buf_printf(&bytes, "\x1b[<%d;%lld;%lldM", button, (long long)x + 1, (long long)y + 1);
	desk_feed(d, buf_view(&bytes));
	buf_finish(&bytes);
}

static bool
mouse_word(struct desk *d, struct str word)
{
	static const struct {
		const char *name;
		int button, times;
	} acts[] = {{"click:", 0, 1}, {"double:", 0, 2}, {"triple:", 0, 3}, {"wheel-up:", 64, 1},
		{"wheel-down:", 65, 1}, {"drag:", 32, 1}};
	for (size_t i = 0; i < sizeof acts / sizeof *acts; i++) {
		int64_t x, y;
		if (!str_starts(word, str_of(acts[i].name)))
			continue;
		struct str rest = str_from(word, strlen(acts[i].name));
		const char *comma = memchr(rest.p, ',', rest.n);
		size_t at = comma ? (size_t)(comma - rest.p) : 0;
		if (!comma || !str_int(str_upto(rest, at), &x) || !str_int(str_from(rest, at + 1), &y))
			return false;
		feed_mouse(d, acts[i].button, x, y);
		for (int more = 1; more < acts[i].times; more++) {
			d->quick_ms = 100;
			feed_mouse(d, acts[i].button, x, y);
		}
		d->quick_ms = 0;
		return true;
	}
	return false;
}

/* Much that is pasted at once: numbered lines, one sentence each. */
static void
feed_flood(struct desk *d, size_t bytes)
{
	struct buf all = {0};
	buf_puts(&all, "\x1b[200~");
	for (int i = 1; all.n < bytes; i++)
		buf_printf(&all, "第 %d 行:q n ] 都是文字。\n", i);
	buf_puts(&all, "\x1b[201~");
	desk_feed(d, buf_view(&all));
	buf_finish(&all);
}

bool
desk_key(struct desk *d, struct str word)
{
	int64_t flood;
	for (size_t i = 0; i < sizeof named / sizeof *named; i++) {
		if (str_is(word, named[i].word)) {
			desk_feed(d, str_of(named[i].bytes));
			return true;
		}
	}
	if (mouse_word(d, word))
		return true;
	if (str_starts(word, STR("hold:")) && word.n > 5) {
		/* As a keyboard repeats: late at first, then fast. */
		static const int paces[] = {0, 660, 33, 33, 33};
		for (size_t i = 0; i < sizeof paces / sizeof *paces; i++) {
			d->quick_ms = paces[i];
			desk_feed(d, str_from(word, 5));
		}
		d->quick_ms = 0;
		return true;
	}
	if (word.n == 3 && str_starts(word, STR("C-"))) {
		char c = (char)(word.p[2] & 0x1f);
		desk_feed(d, (struct str){&c, 1});
		return true;
	}
	if (str_starts(word, STR("paste:"))) {
		struct buf bytes = {0};
		buf_puts(&bytes, "\x1b[200~");
		word = str_from(word, 6);
		if (word.n >= 2 && word.p[0] == '"')
			word = (struct str){word.p + 1, word.n - 2};
		buf_str(&bytes, word);
		buf_puts(&bytes, "\x1b[201~");
		desk_feed(d, buf_view(&bytes));
		buf_finish(&bytes);
		return true;
	}
	if (str_starts(word, STR("flood:")) && str_int(str_from(word, 6), &flood)) {
		feed_flood(d, (size_t)flood);
		return true;
	}
	if (word.n >= 2 && word.p[0] == '"' && word.p[word.n - 1] == '"')
		word = (struct str){word.p + 1, word.n - 2};
	/* Each character by itself, as a hand types it. */
	for (size_t n; word.n; word = str_from(word, n)) {
		uint32_t code;
		n = utf8_read(word, &code);
		n = n ? n : 1;
		desk_feed(d, str_upto(word, n));
	}
	return true;
}
