/* Bytes that nobody meant as an agenda: they are refused or read, and nothing else happens. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "dais/command.h"
#include "lab.h"

static uint64_t
next(uint64_t *x)
{
	*x ^= *x << 13;
	*x ^= *x >> 7;
	*x ^= *x << 17;
	return *x;
}

/* DAIS_SEED repeats a run. */
static uint64_t
seed(void)
{
	const char *given = getenv("DAIS_SEED");
	uint64_t x = given ? strtoull(given, NULL, 0) : (uint64_t)time(NULL) * 2654435761u;
	printf("# DAIS_SEED=%llu\n", (unsigned long long)x);
	return x | 1;
}

/* A roster out of the same bytes. */
static int
load(void *ctx, struct str name, struct buf *out)
{
	(void)name;
	buf_str(out, *(const struct str *)ctx);
	return 0;
}

static void
feed(struct str source, struct str roster)
{
	struct diag_list l;
	struct agenda a;
	struct buf shown = {0};
	const char *why = "";
	diag_start(&l, "x.yaml", source);
	bool ok = agenda_read(&a, source, load, &roster, &l);
	diag_render(&shown, &l);
	assert_int_equal(ok, l.errors == 0);
	if (ok && !session_forum_valid(buf_view(&a.forum), &why))
		fail_msg("accepted, but the session says: %s", why);
	/* Whatever stood in the file, no control character comes out of it. */
	for (size_t i = 0; i < shown.n; i++)
		assert_true((unsigned char)shown.p[i] >= 0x20 || shown.p[i] == '\n');
	buf_finish(&shown);
	agenda_finish(&a);
	diag_finish(&l);
}

static void
test_truncations(void **state)
{
	(void)state;
	struct str text = agenda_template(true);
	for (size_t n = 0; n <= text.n; n += 3) {
		char *exact = malloc(n ? n : 1); /* so that a sanitizer sees one byte too many */
		memcpy(exact, text.p, n);
		feed((struct str){exact, n}, STR_NONE);
		free(exact);
	}
}

static void
test_changes(void **state)
{
	(void)state;
	static const char *const bits[] = {"\t", "：", "，", "“", "\"", "'", "[", "]", "{", "}",
		": ", "- ", "\n", "\r", "*", "&a ", "!x ", "%", "|", ">", "#", "?", "\\", "\xff",
		"\xe4\xbd", "\0", "\u2028", "\xc2\x85", "\u3000", "<<: ", "---\n", "  ",
		"people: {file: r}\n", "，", "0", "😀"};
	uint64_t x = seed();
	for (int round = 0; round < 1500; round++) {
		struct str text = agenda_template(round % 2);
		struct buf source = {0};
		buf_str(&source, text);
		for (uint64_t n = 1 + next(&x) % 4; n > 0; n--) {
			size_t at = next(&x) % source.n, cut = next(&x) % 3 ? 0 : next(&x) % 40;
			struct buf changed = {0};
			buf_str(&changed, str_upto(buf_view(&source), at));
			const char *bit = bits[next(&x) % (sizeof bits / sizeof *bits)];
			buf_put(&changed, bit, *bit ? strlen(bit) : 1);
			buf_str(&changed, str_from(buf_view(&source), at + cut));
			buf_finish(&source);
			source = changed;
		}
		feed(buf_view(&source), STR_NONE);
		buf_finish(&source);
	}
}

static void
test_random_bytes(void **state)
{
	(void)state;
	static const char letters[] = "aé张\n\n  -:,[]{}\"'#&*!|>%@`\t\r\\0159_x~";
	static const char csv[] = "id,name,role\nnote\t\"\"\"\r\n,,张虎\xd5\xc5";
	uint64_t x = seed();
	for (int round = 0; round < 3000; round++) {
		char bytes[200], cells[200];
		size_t n = next(&x) % sizeof bytes, m = next(&x) % sizeof cells;
		for (size_t i = 0; i < n; i++)
			bytes[i] = round % 3 ? letters[next(&x) % (sizeof letters - 1)]
					     : (char)next(&x);
		for (size_t i = 0; i < m; i++)
			cells[i] = csv[next(&x) % (sizeof csv - 1)];
		feed((struct str){bytes, n}, STR_NONE);
		struct buf roster = {0};
		buf_puts(&roster, round % 2 ? "name,id,title,note\n" : "");
		buf_put(&roster, cells, m);
		feed(STR("dais: 1\nforum: {title: x}\npeople: {file: r}\nagenda: [{kind: "
			 "break}]\n"),
			buf_view(&roster));
		buf_finish(&roster);
	}
}

/* What a small file must not make long: nested, repeated, unknown, all of it many times over. */
static void
test_much(void **state)
{
	(void)state;
	static const struct {
		const char *head, *unit, *tail;
	} table[] = {
		{"", "[", ""},
		{"a: ", "{a: ", ""},
		{"", "- ", ""},
		{"", "? ", ""},
		{"dais: 1\n", "x: 1\n", ""},
		{"people: [", "{},", "]"},
		{"people:\n", "- {name: a, nmae: b}\n", ""},
		{"agenda:\n", "- {kind: pont}\n", ""},
		{"forum: {title: x}\npeople: [{name: abc}]\nagenda: [{kind: point, invited: [",
			"abd,", "]}]"},
		{"report: {written_by: [", "a,", "]}"},
		{"forum: {title: ", "abc: ", "}"},
		{"\"", "\\u4e2d", "\""},
	};
	for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
		struct buf source = {0};
		buf_puts(&source, table[i].head);
		while (source.n < 200000)
			buf_puts(&source, table[i].unit);
		buf_puts(&source, table[i].tail);
		feed(buf_view(&source), STR_NONE);
		buf_finish(&source);
	}
}

int
main(void)
{
	setlocale(LC_ALL, "C.UTF-8");
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_truncations),
		cmocka_unit_test(test_changes),
		cmocka_unit_test(test_random_bytes),
		cmocka_unit_test(test_much),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
