/*
 * Somebody leans on the keyboard while the window is dragged about and others
 * work on the same session. Nothing may break: every screen is well formed,
 * every mode can be left, and the session stays what its events say.
 *
 *     mash AGENDA [SEED]
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "dais/i18n.h"
#include "desk.h"

enum { ROUNDS = 12, STEPS = 400 };

static uint64_t
next_random(uint64_t *state)
{
	*state ^= *state << 13;
	*state ^= *state >> 7;
	*state ^= *state << 17;
	return *state;
}

static int
below(uint64_t *state, int n)
{
	return (int)(next_random(state) % (uint64_t)n);
}

static const char *const words[] = {
	" ", "n", "e", "a", "r", "o", "c", "J", "K", "x", "+", "-", "=", "<", ">", "[", "]", "i", "w", "u",
	":", "?", "q", "l", "m", "p", "z", "j", "k", "1", "2", "3", "4", "5", "Tab", "BackTab", "Enter",
	"Enter", "A-Enter", "/", "gpu", "flood:9000", "Esc", "Up", "Down", "Left", "Right", "PgUp", "PgDn", "Home", "End", "Backspace", "Delete",
	"C-u", "C-w", "C-k", "C-y", "C-a", "张", "虎", "zh", "w", "姚姗姗", "新人", "?", "~", "30", "》", "】",
	"\"queue add 宋昌\"", "\"queue close\"", "\"segment go point2\"", "\"floor give zhanghu\"",
	"\"queue limit 1\"", "\"session close\"", "\"👨‍👩‍👧 e\xcc\x81\"", "\"--basis 3\"",
	"g", "f", "s", ".", ",", "14:05", "+3m", "end", "\"step turn\"", "\"moment 60000\"",
	"U", "M", "S", "C-r", "C-l", "C-t", "Tab", "Tab", "\"floor give \"", "\"undo \"", "--",
	"paste:\"多行\n的 q n ] 文字\"", "paste:\"\x1b[2J\"",
};

static const char *const others[] = {
	"queue add 张虎", "queue add song --online", "queue add 李毅 --as order", "queue add chen --as question",
	"note add 别人的笔记,很长很长很长很长很长很长很长很长很长很长很长很长很长很长", "people set chen --link muted",
	"people add 来宾", "queue order alternate", "queue order unheard-first", "mark moment", "queue open",
	"message send 请注意时间",
};

static void
one_step(struct desk *d, uint64_t *seed)
{
	int what = below(seed, 100);
	if (what < 70) {
		const char *word = words[below(seed, (int)(sizeof words / sizeof *words))];
		desk_key(d, str_of(word));
	} else if (what < 78) {
		struct buf word = {0};
		static const char *const acts[] = {"click", "double", "wheel-up", "wheel-down", "drag"};
		buf_printf(&word, "%s:%d,%d", acts[below(seed, 5)], below(seed, 300), below(seed, 90));
		desk_key(d, buf_view(&word));
		buf_finish(&word);
	} else if (what < 86) {
		desk_resize(d, 1 + below(seed, below(seed, 3) ? 130 : 300), 1 + below(seed, below(seed, 3) ? 40 : 90));
	} else if (what < 93) {
		desk_time(d, d->bench.t + below(seed, 60000));
	} else if (what < 96) {
		char bytes[4] = {(char)below(seed, 256), (char)below(seed, 256), (char)below(seed, 256), 0};
		desk_feed(d, (struct str){bytes, 3});
	} else if (!session_closed(d->bench.s)) {
		struct str line = str_of(others[below(seed, (int)(sizeof others / sizeof *others))]);
		struct arena a = {0};
		struct command c = {0};
		struct events out = {0};
		struct refused no = {0};
		if (!command_parse(line, &a, &c, &no)) {
			c.seat = SEAT_ONLINE_CHAIR;
			c.by = STR("online");
			no = (struct refused){0};
			bench_do(&d->bench, &c, &out, &no);
			ui_changed(d->ui);
		}
		events_finish(&out);
		arena_finish(&a);
		desk_look(d);
	}
}

/* Time goes on and nothing else: what is painted of it is what painting everything anew shows. */
static void
some_seconds(struct desk *d, uint64_t *seed)
{
	for (int n = 1 + below(seed, 4); n > 0 && !d->replay && d->bench.fault.n == 0; n--) {
		desk_time(d, d->bench.t + (below(seed, 3) ? 1000 : 1 + below(seed, 90000)));
		size_t cells = (size_t)d->columns * (size_t)d->rows * sizeof *d->grid->cells;
		struct grid was = *d->grid;
		was.cells = memcpy(xmalloc(cells + 1), d->grid->cells, cells);
		desk_resize(d, d->columns, d->rows);
		for (int i = 0; i < d->columns * d->rows; i++)
			if (memcmp(&was.cells[i], &d->grid->cells[i], sizeof *was.cells) != 0) {
				struct buf a = {0}, b = {0};
				grid_dump(&was, &a, true);
				grid_dump(d->grid, &b, true);
				bench_fault(&d->bench, "a second painted something else at %d,%d", i % d->columns, i / d->columns);
				printf("# tick:\n%s\n# anew:\n%s\n", a.p, b.p);
				buf_finish(&a);
				buf_finish(&b);
				break;
			}
		if (was.cursor_x != d->grid->cursor_x || was.cursor_y != d->grid->cursor_y)
			bench_fault(&d->bench, "a second moved the cursor");
		free(was.cells);
	}
}

/* Whatever is open, Escape twice leads back: the keys of normal mode are hinted at again. */
static bool
can_leave(struct desk *d)
{
	struct buf text = {0};
	desk_resize(d, 120, 36);
	desk_key(d, STR("Esc"));
	desk_key(d, STR("Esc"));
	grid_dump(d->grid, &text, false);
	bool ok = text.n && strstr(text.p, "? help") && d->grid->cursor_x < 0;
	if (!ok)
		printf("# stuck:\n%s\n", text.p ? text.p : "");
	buf_finish(&text);
	return ok;
}

/* Other consoles come, type and go; the line is lost and comes back. */
static void
one_other(struct desk *d, uint64_t *seed)
{
	static const char *const steps[][2] = {{"line", "cut CUT OFF since 14:03:40"}, {"line", ""},
		{"line", "connecting"}, {"unsent", "3"}, {"unsent", "0"}, {"rtt", "34"}, {"here", "wang scribe typing"},
		{"here", "wang scribe quiet"}, {"here", "xu online-chair"}, {"here", "chair chair typing"}, {"here", ""},
		{"here", "hall stage"}, {"page", "A page|text|>dais join 'dais://somewhere/to#copy'|more"}};
	int i = below(seed, (int)(sizeof steps / sizeof *steps));
	desk_others(d, str_of(steps[i][0]), str_of(steps[i][1]));
}

static bool
one_round(struct str agenda, uint64_t seed)
{
	struct desk d;
	static const char *const seats[] = {"chair me", "online-chair me", "scribe me", "observer me", "online-chair"};
	uint64_t state = seed;
	bool ok = desk_open(&d, agenda, 120, 36);
	for (int i = 0; ok && i < STEPS; i++) {
		/* Half of the rounds end in a replay of what was done so far. */
		if (i == STEPS / 2 && seed % 2)
			desk_replay(&d);
		else if (i == STEPS / 4)
			desk_others(&d, STR("joined"), str_of(seats[seed / 2 % 5]));
		one_step(&d, &state);
		if (below(&state, 4) == 0)
			some_seconds(&d, &state);
		if (!d.replay && below(&state, 20) == 0)
			one_other(&d, &state);
		if (d.bench.fault.n)
			printf("# step %d, %dx%d: %s\n", i, d.columns, d.rows, d.bench.fault.p);
		ok = d.bench.fault.n == 0 && (i % 50 || can_leave(&d));
	}
	ok = ok && can_leave(&d);
	desk_close(&d);
	return ok;
}

int
main(int argc, char **argv)
{
	struct buf agenda = {0};
	i18n_start("");
	char chunk[4096];
	size_t n;
	FILE *f = argc >= 2 ? fopen(argv[1], "rb") : NULL;
	if (!f) {
		puts("1..1\nnot ok 1 - mash AGENDA [SEED]");
		return 1;
	}
	while ((n = fread(chunk, 1, sizeof chunk, f)) > 0)
		buf_put(&agenda, chunk, n);
	fclose(f);
	uint64_t seed = argc > 2 ? strtoull(argv[2], NULL, 10) : 20230715;
	int rounds = argc > 2 ? 1 : ROUNDS;
	bool all = true;
	printf("1..%d\n", rounds);
	for (int i = 0; i < rounds; i++, seed += 7919) {
		bool ok = one_round(buf_view(&agenda), seed);
		printf("%sok %d - seed %llu\n", ok ? "" : "not ", i + 1, (unsigned long long)seed);
		all = all && ok;
	}
	buf_finish(&agenda);
	return all ? 0 : 1;
}
