/*
 * Text for a terminal: harmless, stable, as wide as it is said to be (by
 * wcwidth(), which is what ncurses adds up), never wider than was asked for,
 * and cut only between characters.
 */
#include <wchar.h>

#include "dais/decode.h"
#include "dais/text.h"
#include "dais/utf8.h"
#include "fuzz.h"

static int
sum_of_widths(struct str s)
{
	int sum = 0;
	for (size_t n; s.n; s = str_from(s, n)) {
		uint32_t code;
		n = utf8_read(s, &code);
		MUST(n);
		int w = wcwidth((wchar_t)code);
		MUST_OF(w >= 0, s);
		sum += w;
	}
	return sum;
}

static void
fit(struct str in, struct str clean, int width, int columns)
{
	struct buf fits = {0}, padded = {0};
	int took = text_fit(&fits, in, columns);
	MUST_OF(took >= 0 && took <= (columns > 0 ? columns : 0), in);
	MUST_OF(sum_of_widths(buf_view(&fits)) == took && fuzz_harmless(buf_view(&fits), ""), in);
	if (width <= columns)
		MUST_OF(str_eq(buf_view(&fits), clean), in);
	text_pad(&padded, in, columns);
	MUST_OF(sum_of_widths(buf_view(&padded)) == (columns > 0 ? columns : 0), in);
	MUST(str_starts(buf_view(&padded), buf_view(&fits)));
	buf_finish(&fits);
	buf_finish(&padded);
}

static void
wrap(struct str clean, int columns)
{
	size_t lines = 0;
	while (clean.n) {
		size_t end = text_break(clean, columns);
		MUST_OF(end > 0 && end <= clean.n && ++lines <= 100000, clean);
		struct str line = str_upto(clean, end), first = str_upto(line, text_next(line, 0));
		while (line.n && line.p[line.n - 1] == ' ')
			line.n--;
		MUST_OF(text_width(line) <= columns || line.n <= first.n, clean);
		MUST(utf8_valid(str_upto(clean, end), NULL));
		clean = str_from(clean, end);
	}
}

/* Forwards and backwards over the same bounds. */
static void
step(struct str s, size_t (*next)(struct str, size_t), size_t (*prev)(struct str, size_t), bool exact)
{
	size_t bounds = 0, back = 0;
	for (size_t at = 0, to; at < s.n; at = to, bounds++) {
		to = next(s, at);
		MUST_OF(to > at && to <= s.n, s);
		MUST_OF(!exact || prev(s, to) == at, s);
	}
	for (size_t at = s.n, to; at > 0; at = to, back++) {
		to = prev(s, at);
		MUST_OF(to < at, s);
	}
	MUST_OF(!exact || bounds == back, s);
	MUST(next(s, s.n) == s.n && prev(s, 0) == 0);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	size = size > 2048 ? 2048 : size;
	struct str in = {(const char *)data, size};
	struct buf clean = {0}, again = {0}, out = {0};
	text_clean(&clean, in);
	struct str c = buf_view(&clean);
	int width = text_width(in);
	MUST_OF(fuzz_harmless(c, ""), in);
	MUST_OF(sum_of_widths(c) == width && text_width(c) == width, in);
	text_clean(&again, c);
	MUST_OF(str_eq(buf_view(&again), c), in);
	for (int columns = 0; columns < 7; columns++)
		fit(in, c, width, columns);
	fit(in, c, width, width);
	fit(in, c, width, width - 1);
	fit(in, c, width, width / 2);
	wrap(c, 1);
	wrap(c, 2);
	wrap(c, 13);
	if (utf8_valid(in, NULL)) {
		step(in, text_next, text_prev, true);
		step(c, text_next, text_prev, true);
	}
	step(c, text_word_next, text_word_prev, false);
	if (utf8_valid(in, NULL)) {
		text_json(&out, in);
		MUST_OF(fuzz_harmless(buf_view(&out), "\n"), in);
	}
	buf_reset(&out);
	buf_puts(&out, "x");
	if (decode_gb18030(&out, in))
		MUST_OF(utf8_valid(buf_view(&out), NULL) && out.p[0] == 'x', in);
	else
		MUST(out.n == 1);
	buf_finish(&clean);
	buf_finish(&again);
	buf_finish(&out);
	return 0;
}
