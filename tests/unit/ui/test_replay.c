/*
 * The console of a replay. Every cell of the timeline is a time and every time
 * a cell, at every width; what lies on it lies where it happened; each key and
 * the mouse ask in the replay's language, and nothing else is asked.
 */
#include "rig.h"

#include "pane.h"
#include "sitting.h"

enum { MINUTE = 60000 };

/* ---- a console that writes down what it asks for ---- */

struct rig {
	struct sitting x;
	struct ui *ui;
	struct ui_replay is;
	struct buf asked;
	int left;
	const char *why; /* everything is refused with this */
};

static const struct ui_command commands[] = {{"toggle", "", "goes on"},
	{"step", "event|turn|segment [back]", "on"}, {"to", "TIME|start|end", "there"},
	{"moment", "MS", "m"}, {"pace", "N|faster|slower", "p"}, {"skip", "[on|off]", "s"},
	{"person", "PERSON [back]", "p"}, {"note", "ID", "n"}, {"segment", "ID", "s"}, {"follow", "", "f"}};

static enum refusal
on_command(void *ctx, struct str line, struct arena *a, struct refused *no)
{
	struct rig *r = ctx;
	(void)a;
	if (r->asked.n)
		buf_puts(&r->asked, "; ");
	buf_str(&r->asked, line);
	if (!r->why)
		return REFUSAL_NONE;
	*no = (struct refused){.code = REFUSAL_BAD_ARGUMENT, .why = r->why};
	return REFUSAL_BAD_ARGUMENT;
}

static void
on_leave(void *ctx)
{
	((struct rig *)ctx)->left++;
}

static void
rig_open(struct rig *r, int columns, int rows)
{
	*r = (struct rig){.x = sitting_plain()};
	assert_int_equal(sitting_do(&r->x, MINUTE, "segment go p1"), 0);
	assert_int_equal(sitting_do(&r->x, 2 * MINUTE, "floor give a"), 0);
	assert_int_equal(sitting_do(&r->x, 3 * MINUTE, "note add =one"), 0);
	assert_int_equal(sitting_do(&r->x, 4 * MINUTE, "floor give c"), 0);
	assert_int_equal(sitting_do(&r->x, 5 * MINUTE, "mark photo"), 0);
	assert_int_equal(sitting_do(&r->x, 6 * MINUTE, "floor end"), 0);
	assert_int_equal(sitting_do(&r->x, 7 * MINUTE, "segment go p2"), 0);
	assert_int_equal(sitting_do(&r->x, 8 * MINUTE, "queue add b"), 0);
	assert_int_equal(sitting_do(&r->x, 10 * MINUTE, "note add two"), 0);
	struct ui_calls calls = {.ctx = r, .command = on_command, .leave = on_leave};
	r->ui = ui_create(r->x.s, NULL, &calls);
	r->is = (struct ui_replay){.whole = r->x.s, .commands = commands,
		.commands_n = sizeof commands / sizeof *commands, .t = 10 * MINUTE,
		.at = session_event_count(r->x.s), .pace = 1};
	ui_replay(r->ui, &r->is);
	ui_resize(r->ui, columns, rows);
	ui_paint(r->ui, r->is.t);
}

static void
rig_close(struct rig *r)
{
	ui_destroy(r->ui);
	sitting_close(&r->x);
	buf_finish(&r->asked);
}

static void
feed(struct rig *r, const char *keys)
{
	buf_reset(&r->asked);
	ui_feed(r->ui, str_of(keys));
	if (ui_timeout_ms(r->ui) >= 0)
		ui_idle(r->ui);
	ui_paint(r->ui, r->is.t);
}

static void
assert_asks(struct rig *r, const char *keys, const char *line)
{
	feed(r, keys);
	assert_str(buf_view(&r->asked), line);
}

static bool
shows(struct rig *r, const char *text)
{
	struct buf out = {0};
	grid_dump(ui_paint(r->ui, r->is.t), &out, false);
	buf_char(&out, 0);
	bool found = strstr(out.p, text);
	buf_finish(&out);
	return found;
}

/* ---- time on a bar ---- */

static void
test_cells_and_times(void **state)
{
	(void)state;
	static const int widths[] = {1, 2, 3, 7, 51, 78, 118, 200, 999, 1000};
	static const int64_t spans[] = {1000, 1001, 59999, 12345678, 4 * 3600 * 1000,
		EVENT_INT_MAX - 77, EVENT_INT_MAX};
	static const int64_t starts[] = {0, 1, 7777};
	for (size_t w = 0; w < sizeof widths / sizeof *widths; w++)
		for (size_t s = 0; s < sizeof spans / sizeof *spans; s++)
			for (size_t f = 0; f < 3; f++) {
				struct timeline l = {.columns = widths[w], .from = starts[f],
					.to = starts[f] + spans[s]};
				for (int x = 0; x < l.columns; x++) {
					int64_t t = timeline_time(&l, x);
					assert_in_range(t, l.from, l.to);
					assert_int_equal(timeline_half(&l, t) / 2, x);
					if (x > 0)
						assert_int_equal(timeline_half(&l, t - 1) / 2, x - 1);
				}
				assert_int_equal(timeline_time(&l, -5), l.from);
				assert_int_equal(timeline_time(&l, 5000), timeline_time(&l, l.columns - 1));
				assert_int_equal(timeline_half(&l, l.to), 2 * l.columns - 1);
				assert_int_equal(timeline_half(&l, l.from), 0);
			}
}

static void
test_no_time_at_all(void **state)
{
	(void)state;
	struct timeline l = {.columns = 80, .from = 5, .to = 5};
	assert_int_equal(timeline_half(&l, 5), 0);
	assert_int_equal(timeline_half(&l, 500), 0);
	assert_int_equal(timeline_time(&l, 79), 5);
	/* Less time than cells: still in order, and inside. */
	l.to = 12;
	int64_t last = 0;
	for (int x = 0; x < 80; x++) {
		assert_in_range(timeline_time(&l, x), 5, 12);
		assert_true(timeline_time(&l, x) >= last);
		last = timeline_time(&l, x);
	}
}

static void
test_what_lies_where(void **state)
{
	(void)state;
	struct rig r;
	struct timeline l = {0};
	rig_open(&r, 120, 36);
	timeline_make(&l, r.x.s, 100); /* ten cells a minute */
	assert_int_equal(l.cells[9].visit, SIZE_MAX);
	assert_int_equal(l.cells[10].visit, 0);
	assert_int_equal(l.cells[69].visit, 0);
	assert_int_equal(l.cells[70].visit, 1);
	assert_int_equal(l.cells[99].visit, 1);
	assert_int_equal(l.cells[19].turns, 0);
	assert_int_equal(l.cells[20].turns, TURNS_SITE_LEFT | TURNS_SITE_RIGHT);
	assert_int_equal(l.cells[39].turns, TURNS_SITE_LEFT | TURNS_SITE_RIGHT);
	/* Two that follow each other do not touch. */
	assert_int_equal(l.cells[40].turns & (TURNS_SITE_LEFT | TURNS_SITE_RIGHT), 0);
	assert_int_equal(l.cells[41].turns, TURNS_ONLINE_LEFT | TURNS_ONLINE_RIGHT);
	assert_int_equal(l.cells[60].turns, 0);
	assert_int_equal(l.cells[30].sign, TIMELINE_DECISION);
	assert_int_equal(l.cells[50].sign, TIMELINE_PHOTO);
	assert_int_equal(l.cells[99].sign, TIMELINE_NOTHING);
	/* It grows with the session, and is not made anew for nothing. */
	struct timeline_cell *before = l.cells;
	l.cells[0].sign = TIMELINE_ACTION;
	timeline_make(&l, r.x.s, 100);
	assert_ptr_equal(before, l.cells);
	assert_int_equal(l.cells[0].sign, TIMELINE_ACTION);
	assert_int_equal(sitting_do(&r.x, 20 * MINUTE, "note add !three"), 0);
	timeline_make(&l, r.x.s, 100);
	assert_int_equal(l.to, 20 * MINUTE);
	assert_int_equal(l.cells[99].sign, TIMELINE_ACTION);
	assert_int_equal(l.cells[0].sign, TIMELINE_NOTHING);
	timeline_finish(&l);
	rig_close(&r);
}

/* ---- keys ---- */

static void
test_keys(void **state)
{
	(void)state;
	static const struct {
		const char *keys, *line;
	} all[] = {{" ", "toggle"}, {"\xe3\x80\x80", "toggle"}, {"\x1b[C", "to +10s"},
		{"\x1b[D", "to -10s"}, {".", "step event"}, {"。", "step event"}, {",", "step event back"},
		{"，", "step event back"}, {"n", "step turn"}, {"ｎ", "step turn"}, {"p", "step turn back"},
		{"]", "step segment"}, {"】", "step segment"}, {"[", "step segment back"},
		{"【", "step segment back"}, {"+", "pace faster"}, {"＋", "pace faster"},
		{"=", "pace faster"}, {"-", "pace slower"}, {"s", "skip"}, {"f", "follow"},
		{"\x1b[H", "to start"}, {"\x1b[F", "to end"}, {"g14:52\r", "to 14:52"},
		{"g１４：５２\r", "to 14:52"}, {"g +3m \r", "to +3m"}, {"g-30s\r", "to -30s"}, {"g\r", ""},
		{"gx\x1b", ""}, {":pace 4\r", "pace 4"}, {"：toggle\r", "toggle"}};
	for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
		struct rig r;
		rig_open(&r, 120, 36);
		assert_asks(&r, all[i].keys, all[i].line);
		assert_int_equal(r.ui->mode, MODE_NORMAL);
		rig_close(&r);
	}
}

/* Every key of the live console which would change something is refused here, and asks nothing. */
static void
test_nothing_changes(void **state)
{
	(void)state;
	static const char *const keys[] = {"a", "r", "o", "c", "i", "e", "l", "x", "J", "K", "u", "U",
		"m", "w", "<", ">", "ａ"};
	struct rig r;
	rig_open(&r, 120, 36);
	for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
		assert_asks(&r, keys[i], "");
		assert_int_equal(r.ui->mode, MODE_NORMAL);
		assert_true(shows(&r, "nothing can be changed"));
	}
	/* It is told every time, and written down once. */
	assert_int_equal(r.ui->sentences.n, 1);
	assert_asks(&r, ":floor next\r", "");
	assert_true(shows(&r, "nothing can be changed"));
	feed(&r, "\x1b");
	assert_asks(&r, ".", "step event");
	assert_false(shows(&r, "nothing can be changed"));
	rig_close(&r);
}

/* No key of the table means something that the commands do not know. */
static void
test_key_table(void **state)
{
	(void)state;
	size_t n;
	const struct binding *keys = key_table_replay(&n);
	for (size_t i = 0; i < n; i++) {
		bool known = !keys[i].line;
		for (size_t k = 0; !known && k < sizeof commands / sizeof *commands; k++) {
			size_t length = strlen(commands[k].word);
			known = strncmp(keys[i].line, commands[k].word, length) == 0 &&
				(keys[i].line[length] == ' ' || !keys[i].line[length]);
		}
		if (!known)
			printf("# %s\n", keys[i].line);
		assert_true(known);
		assert_true(keys[i].line || keys[i].act != ACT_NONE);
	}
	assert_int_equal(keys[n - 1].key, '?');
}

static void
test_enter(void **state)
{
	(void)state;
	struct rig r;
	rig_open(&r, 120, 36);
	assert_asks(&r, "1\r", "segment p2");
	assert_asks(&r, "1k\r", "segment p1");
	assert_asks(&r, "4\r", "person b");
	assert_asks(&r, "5k\r", "moment 300000"); /* the photo */
	assert_asks(&r, "3\r", ""); /* nobody spoke here yet */
	assert_asks(&r, "/two\r", "note 2");
	assert_asks(&r, "/b\x7f宋\r", "person b");
	assert_asks(&r, "/\r", "person b");
	rig_close(&r);
}

static void
test_leaving_and_refusals(void **state)
{
	(void)state;
	struct rig r;
	rig_open(&r, 80, 24);
	r.why = "it cannot be";
	feed(&r, "n");
	assert_true(shows(&r, "it cannot be"));
	/* What was refused stays, to be put right. */
	feed(&r, "g99\r");
	assert_int_equal(r.ui->mode, MODE_GO_TO);
	assert_true(shows(&r, "it cannot be"));
	feed(&r, "\x1b");
	feed(&r, "q");
	assert_int_equal(r.left, 1);
	rig_close(&r);
}

static void
test_completion(void **state)
{
	(void)state;
	struct rig r;
	rig_open(&r, 120, 36);
	assert_asks(&r, ":st\tt\tb\t\r", "step turn back");
	assert_asks(&r, ":person b\t\r", "person 宋昌");
	assert_asks(&r, ":skip of\t\r", "skip off");
	feed(&r, ":zz\t");
	assert_false(shows(&r, "step"));
	rig_close(&r);
}

/* ---- the mouse ---- */

static void
mouse(struct rig *r, int button, int x, int y, char final, const char *line)
{
	struct buf bytes = {0};
	buf_printf(&bytes, "\x1b[<%d;%d;%d%c", button, x + 1, y + 1, final);
	buf_char(&bytes, 0);
	assert_asks(r, bytes.p, line);
	buf_finish(&bytes);
}

static void
test_mouse(void **state)
{
	(void)state;
	struct rig r;
	rig_open(&r, 102, 36);
	struct rect bar = r.ui->layout.at[PANE_TIMELINE];
	assert_int_equal(bar.h, 3);
	/* A hundred cells for ten minutes behind a margin of one. */
	assert_int_equal(r.ui->replaying.line.columns, 100);
	mouse(&r, 0, 31, bar.y, 'M', "moment 180000");
	mouse(&r, 32, 31, bar.y, 'M', "");
	mouse(&r, 32, 32, bar.y, 'M', "moment 186000");
	mouse(&r, 32, 33, 2, 'M', "moment 192000"); /* the hand may leave the bar */
	mouse(&r, 32, 101, 2, 'M', "moment 594000");
	mouse(&r, 0, 33, 2, 'm', "");
	mouse(&r, 32, 40, bar.y, 'M', "");
	mouse(&r, 32, 40, bar.y + 1, 'M', "");
	mouse(&r, 65, 31, bar.y, 'M', "step event");
	mouse(&r, 64, 31, bar.y + 2, 'M', "step event back");
	mouse(&r, 0, 1, bar.y + 1, 'M', "moment 0");
	mouse(&r, 2, 50, bar.y + 1, 'M', "");
	/* While something is typed the timeline is left alone. */
	feed(&r, "g1");
	mouse(&r, 0, 31, bar.y, 'M', "");
	rig_close(&r);
}

/* ---- what was written down ---- */

/* Wherever one comes from, the notes stand in the order that the state alone gives them. */
static void
test_notes_from_anywhere(void **state)
{
	(void)state;
	static const char *const lines[] = {"note add one", "note add !two", "mark photo", "mark moment",
		"message send three", "note add ~four", "undo", "note remove 1", "note remove 4",
		"note edit 2 five", "queue add b", "note add six"};
	uint64_t seed = seed_random();
	struct sitting x = sitting_plain();
	int64_t t = MINUTE;
	assert_int_equal(sitting_do(&x, t, "segment go p1"), 0);
	for (int i = 0; i < 300; i++) {
		t += draw_random(&seed, 3) ? 0 : 1000; /* much happens at one moment */
		sitting_do(&x, t, lines[draw_random(&seed, sizeof lines / sizeof *lines)]);
	}
	struct session *view = session_view(x.s);
	session_view_at(view, 3);
	struct ui_calls calls = {.command = on_command, .leave = on_leave};
	struct ui *u = ui_create(view, NULL, &calls);
	struct ui_replay is = {.whole = x.s, .pace = 1};
	ui_replay(u, &is);
	size_t events = session_event_count(x.s), at = 3, most = 0;
	for (int i = 0; i < 2000; i++) {
		size_t by = draw_random(&seed, i % 10 ? 6 : (uint32_t)events);
		bool back = draw_random(&seed, 2);
		at = back ? (at > by + 3 ? at - by : 3) : at + by < events ? at + by : events;
		session_view_at(view, at);
		const struct lines *all = note_lines(u);
		struct lines kept = *all;
		u->lines = (struct lines){0};
		all = note_lines(u);
		assert_int_equal(kept.n, all->n);
		for (size_t k = 0; k < kept.n; k++) {
			assert_int_equal(kept.items[k].what, all->items[k].what);
			assert_int_equal(kept.items[k].place, all->items[k].place);
		}
		most = kept.n > most ? kept.n : most;
		free(u->lines.items);
		u->lines = kept;
	}
	assert_true(most > 50);
	ui_destroy(u);
	session_destroy(view);
	sitting_close(&x);
}

/* ---- waiting ---- */

static void
test_progress(void **state)
{
	(void)state;
	static const int sizes[][2] = {{1, 1}, {2, 9}, {12, 1}, {30, 8}, {80, 24}, {200, 60}};
	struct rig r;
	rig_open(&r, 80, 24);
	ui_progress(r.ui, "Reading the log…", 432);
	assert_true(ui_dirty(r.ui));
	assert_true(shows(&r, "43 %"));
	assert_false(shows(&r, "Notes"));
	ui_progress(r.ui, "Reading the log…", 438);
	assert_false(ui_dirty(r.ui)); /* nothing that would be seen */
	ui_progress(r.ui, "Reading the log…", 5000);
	assert_true(shows(&r, "100 %"));
	for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
		ui_resize(r.ui, sizes[i][0], sizes[i][1]);
		ui_paint(r.ui, 0);
	}
	assert_asks(&r, "n", "");
	assert_int_equal(r.left, 0);
	feed(&r, "\x1b");
	assert_int_equal(r.left, 1);
	feed(&r, "q");
	assert_int_equal(r.left, 2);
	ui_resize(r.ui, 80, 24);
	ui_progress(r.ui, NULL, 0);
	assert_true(shows(&r, "Notes"));
	assert_asks(&r, "n", "step turn");
	rig_close(&r);
}

static void
test_says_what_is_not_trusted(void **state)
{
	(void)state;
	static const int sizes[][2] = {{120, 36}, {80, 24}, {60, 20}};
	struct rig r;
	rig_open(&r, 80, 24);
	assert_false(shows(&r, "TRUSTED"));
	char text[] = "records 4 to 7";
	r.is.damage = str_of(text);
	ui_replay(r.ui, &r.is);
	memset(text, 'x', sizeof text - 1); /* it was copied */
	r.is.damage = str_of("records 4 to 7");
	for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
		ui_resize(r.ui, sizes[i][0], sizes[i][1]);
		feed(&r, ".");
		assert_true(shows(&r, "NOT TO BE TRUSTED: records 4 to 7"));
		assert_true(shows(&r, "✗ NOT TRUSTED"));
	}
	rig_close(&r);
}

int
main(void)
{
	setlocale(LC_ALL, "C.UTF-8");
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_cells_and_times),
		cmocka_unit_test(test_no_time_at_all),
		cmocka_unit_test(test_what_lies_where),
		cmocka_unit_test(test_keys),
		cmocka_unit_test(test_nothing_changes),
		cmocka_unit_test(test_key_table),
		cmocka_unit_test(test_enter),
		cmocka_unit_test(test_leaving_and_refusals),
		cmocka_unit_test(test_completion),
		cmocka_unit_test(test_mouse),
		cmocka_unit_test(test_notes_from_anywhere),
		cmocka_unit_test(test_progress),
		cmocka_unit_test(test_says_what_is_not_trusted),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
