/* Quoting: what is quoted reads back, and whatever is typed is answered, soon, with a place in the
 * line. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "dais/command.h"

static struct arena arena;

static int
finish(void **state)
{
	(void)state;
	arena_finish(&arena);
	return 0;
}

static uint64_t
dice(uint64_t *seed)
{
	*seed ^= *seed << 13;
	*seed ^= *seed >> 7;
	*seed ^= *seed << 17;
	return *seed;
}

static void
random_word(struct buf *b, uint64_t *seed)
{
	static const char *const parts[] = {"a", "-", "--", "－", "—", "\"", "'", "\\", " ", "　",
		"\t", "\n", "“", "”", "「", "」", "=", "＝", "张", "?", "top", "--mark", "＂", "‘",
		"’", "back", "\xc2\xa0", "~", ":", "--basis"};
	buf_reset(b);
	for (uint64_t n = dice(seed) % 6; n; n--)
		buf_puts(b, parts[dice(seed) % (sizeof parts / sizeof parts[0])]);
}

/* A quoted word is one word again: as an argument, as a value, and as a whole text. */
static void
quotes(void **state)
{
	(void)state;
	uint64_t seed = 420617;
	print_message("# seed %llu\n", (unsigned long long)seed);
	struct buf word = {0}, line = {0};
	for (int round = 0; round < 20000; round++) {
		struct command c;
		struct refused no;
		random_word(&word, &seed);
		buf_reset(&line);
		buf_puts(&line, "queue add ");
		command_quote(&line, buf_view(&word));
		buf_puts(&line, " --top --about ");
		command_quote(&line, buf_view(&word));
		assert_int_equal(command_parse(buf_view(&line), &arena, &c, &no), 0);
		assert_true(str_eq(c.person, buf_view(&word)));
		assert_true(str_eq(c.about, buf_view(&word)));
		assert_true(c.top);
		buf_reset(&line);
		buf_puts(&line, "note edit 3 ");
		command_quote(&line, buf_view(&word));
		if (round & 1)
			buf_puts(&line, " --mark quote");
		assert_int_equal(command_parse(buf_view(&line), &arena, &c, &no), 0);
		assert_true(str_eq(c.text, buf_view(&word)));
		buf_reset(&line);
		buf_puts(&line, "queue add x --about=");
		command_quote(&line, buf_view(&word));
		assert_int_equal(command_parse(buf_view(&line), &arena, &c, &no), 0);
		assert_true(str_eq(c.about, buf_view(&word)));
		if (round % 64 == 0)
			arena_finish(&arena);
	}
	buf_reset(&line);
	command_quote(&line, STR("张虎"));
	assert_string_equal(line.p, "张虎");
	buf_finish(&word);
	buf_finish(&line);
}

/* Whatever is typed is answered, with a place in the line. */
static void
noise(void **state)
{
	(void)state;
	uint64_t seed = 99;
	print_message("# seed %llu\n", (unsigned long long)seed);
	struct buf part = {0}, line = {0};
	for (int round = 0; round < 30000; round++) {
		const struct command_row *row = &command_rows()[dice(&seed) % CMD_COUNT];
		struct command c;
		struct refused no;
		buf_reset(&line);
		buf_printf(&line, "%s %s", row->noun, row->word);
		for (uint64_t n = dice(&seed) % 4; n; n--) {
			random_word(&part, &seed);
			buf_char(&line, ' ');
			buf_str(&line, buf_view(&part));
		}
		if (round % 8 == 0)
			line.p[dice(&seed) % line.n] = (char)dice(&seed);
		char *alone = malloc(line.n);
		memcpy(alone, line.p, line.n);
		enum refusal code = command_parse((struct str){alone, line.n}, &arena, &c, &no);
		free(alone);
		if (code) {
			assert_non_null(no.why);
			assert_in_range(no.column, 1, line.n + 1);
		}
		if (round % 64 == 0)
			arena_finish(&arena);
	}
	buf_finish(&part);
	buf_finish(&line);
}

/* A long line costs what it holds, not its square. */
static void
long_lines(void **state)
{
	(void)state;
	static const char *const units[] = {
		"=", "\"", "“", "--", "-- ", "--x ", "--mark", " 　", "”", "\\", "＝", "a "};
	static const char *const starts[] = {
		"note add ", "note add a ", "queue add ", "queue add --about=", "queue add --"};
	struct buf line = {0};
	for (size_t i = 0; i < sizeof starts / sizeof starts[0]; i++) {
		for (size_t k = 0; k < sizeof units / sizeof units[0]; k++) {
			struct command c;
			struct refused no;
			buf_reset(&line);
			buf_puts(&line, starts[i]);
			while (line.n < 60000)
				buf_puts(&line, units[k]);
			command_parse(buf_view(&line), &arena, &c, &no);
			arena_finish(&arena);
		}
	}
	buf_finish(&line);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_teardown(quotes, finish),
		cmocka_unit_test_teardown(noise, finish),
		cmocka_unit_test_teardown(long_lines, finish),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
