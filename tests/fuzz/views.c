/*
 * A log that nobody checked but the codec, in every view: the body of an event
 * a line, then behind a line of %%% keys and acts on a replay of it. Each cell
 * is well formed, time and places stay within the past, and nothing is said of
 * it that a terminal would act on.
 */
#include "dais/command.h"
#include "dais/replay.h"
#include "dais/text.h"
#include "dais/ui.h"
#include "dais/utf8.h"
#include "fuzz.h"

enum { COMMANDS = 32 };

struct show {
	struct session *s;
	struct replay *r;
	struct ui *ui;
	int64_t now;
	struct ui_command commands[COMMANDS];
};

static void
tell(struct show *x)
{
	size_t n;
	replay_rows(&n);
	struct ui_replay is = {.whole = x->s, .commands = x->commands, .commands_n = n, .t = replay_t(x->r),
		.at = replay_at(x->r), .playing = replay_playing(x->r), .skips = replay_skips(x->r),
		.follows = replay_follows(x->r), .pace = replay_pace(x->r), .damage = STR("line 3 is damaged")};
	ui_replay(x->ui, &is);
}

static enum refusal
on_command(void *ctx, struct str line, struct arena *a, struct refused *no)
{
	struct show *x = ctx;
	enum refusal code = replay_command(x->r, line, x->now, a, no);
	tell(x);
	return code;
}

static void
on_leave(void *ctx)
{
	(void)ctx;
}

static void
look(struct show *x)
{
	const struct grid *g = ui_paint(x->ui, replay_t(x->r));
	struct buf text = {0};
	for (int i = 0; i < g->rows * g->columns; i++) {
		const struct cell *c = &g->cells[i];
		bool half = i % g->columns && c[-1].width == 2;
		MUST(c->style < STYLE_COUNT && c->ground < STYLE_COUNT);
		bool plain = c->text[0] >= ' ' && c->text[0] < 127 && !c->text[1];
		MUST_OF(c->width == (plain ? 1 : text_width(str_of(c->text))) && half == (c->width == 0), str_of(c->text));
		MUST(c->width < 2 || (i + 1) % g->columns);
	}
	grid_dump(g, &text, false);
	MUST_OF(fuzz_harmless(buf_view(&text), "\n"), buf_view(&text));
	MUST(replay_at(x->r) >= 1 && replay_at(x->r) <= session_event_count(x->s));
	int64_t wake = ui_wake(x->ui, replay_t(x->r));
	MUST(wake > replay_t(x->r) && wake <= replay_t(x->r) + 1000);
	replay_wake(x->r, x->now);
	buf_finish(&text);
}

static void
fold(struct session *s, struct str lines)
{
	struct str line;
	for (int i = 0; i < 300 && fuzz_line(&lines, &line); i++) {
		struct arena a = {0};
		struct event e;
		const char *why;
		bool chairs = line.n && line.p[0] == 'C', amends = line.n && line.p[0] == 'A';
		if (event_decode(&e, str_from(line, chairs || amends), &a, &why)) {
			e.lane = chairs ? LANE_CHAIRS : amends ? LANE_AMENDS : LANE_SESSION;
			e.seq = session_next_seq(s, e.lane);
			session_apply(s, &e, &why);
		}
		arena_finish(&a);
	}
}

static void
act(struct show *x, struct str *in)
{
	unsigned what = fuzz_byte(in), a = fuzz_byte(in), b = fuzz_byte(in);
	if (what % 3 == 0) {
		ui_resize(x->ui, (int)(a % 140), (int)(b % 50));
	} else if (what % 3 == 1) {
		x->now += a * 1000 + b;
		ui_clock(x->ui, x->now);
		replay_advance(x->r, x->now);
		tell(x);
	} else {
		struct arena m = {0};
		struct refused no = {0};
		static const char *const lines[] = {"to 14:05", "to end", "to start", "step turn", "step segment", "play",
			"find a", "segment 1", "note 1", "event 3", "skip on", "step event back", "person yao", "to +3m"};
		on_command(x, str_of(lines[a % (sizeof lines / sizeof *lines)]), &m, &no);
		arena_finish(&m);
	}
}

static void
show(struct session *s, struct str keys)
{
	struct show x = {.s = s, .r = replay_create(s), .now = 1000};
	struct ui_calls calls = {.ctx = &x, .command = on_command, .leave = on_leave};
	size_t n;
	const struct replay_row *rows = replay_rows(&n);
	for (size_t i = 0; i < n && i < COMMANDS; i++)
		x.commands[i] = (struct ui_command){rows[i].word, rows[i].usage, rows[i].help};
	x.ui = ui_create(replay_session(x.r), NULL, &calls);
	tell(&x);
	ui_resize(x.ui, 100, 30);
	look(&x);
	while (keys.n) {
		struct str some = str_upto(fuzz_upto(&keys, STR("\xff")), 40);
		ui_feed(x.ui, some);
		if (ui_timeout_ms(x.ui) >= 0)
			ui_idle(x.ui);
		look(&x);
		act(&x, &keys);
		look(&x);
	}
	ui_destroy(x.ui);
	replay_destroy(x.r);
	/* The hall's picture of it, and the live console's own. */
	struct ui *hall = ui_create(s, NULL, &calls);
	ui_resize(hall, 90, 40);
	ui_paint(hall, session_last_t(s));
	ui_feed(hall, STR("l"));
	ui_paint(hall, session_last_t(s) + 5000);
	struct ui_stage is = {0};
	ui_stage(hall, &is);
	ui_paint(hall, session_last_t(s));
	ui_destroy(hall);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str keys = {(const char *)data, size}, lines = fuzz_upto(&keys, STR("%%%\n"));
	struct session *s = session_create();
	fold(s, lines);
	if (session_opened(s))
		show(s, str_upto(keys, 400));
	session_destroy(s);
	return 0;
}
