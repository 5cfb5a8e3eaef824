/*
 * Bytes to lines, and each line as what two processes ask and answer: the lines
 * do not depend on how the bytes were cut, what is read is written to be read
 * the same.
 */
#include "wired.h"
#include "dais/utf8.h"
#include "fuzz.h"

struct lines {
	struct buf all;
	size_t n, most, stop; /* stop: hears no more after so many */
	struct frame *frame;
};

static void
take(void *ctx, struct str line)
{
	struct lines *x = ctx;
	MUST(line.n && line.n <= x->most && !memchr(line.p, '\n', line.n) && !memchr(line.p, 0, line.n));
	MUST_OF(utf8_valid(line, NULL), line);
	MUST(++x->n <= x->stop);
	buf_str(&x->all, line);
	buf_char(&x->all, '\n');
	if (x->n == x->stop)
		x->frame->broken = true;
}

static bool
feed(struct str in, size_t piece, size_t most, size_t stop, struct lines *x)
{
	struct frame f = {.most = most};
	bool good = true;
	*x = (struct lines){.most = most, .stop = stop, .frame = &f};
	for (; in.n; in = str_from(in, piece)) {
		bool now = frame_feed(&f, str_upto(in, piece), take, x);
		MUST(good || !now);
		good = now;
		MUST(good == !f.broken && f.held.n <= most + 1);
	}
	frame_finish(&f);
	return good;
}

static bool
same_words(const struct request *a, const struct request *b)
{
	bool same = a->words.n == b->words.n;
	for (size_t i = 0; same && i < a->words.n; i++)
		same = str_eq(a->words.items[i], b->words.items[i]);
	return same;
}

static void
as_said(struct str line)
{
	struct arena a = {0};
	struct request r, again;
	struct answer w, back;
	struct buf out = {0};
	if (request_read(&r, line, &a)) {
		request_write(&out, &r);
		MUST_OF(out.n && out.p[out.n - 1] == '\n', line);
		MUST_OF(request_read(&again, str_upto(buf_view(&out), out.n - 1), &a), buf_view(&out));
		MUST_OF(r.kind == again.kind && str_eq(r.id, again.id) && str_eq(r.by, again.by), line);
		MUST_OF(same_words(&r, &again) && (r.words.n || str_eq(r.line, again.line)), line);
	}
	buf_reset(&out);
	if (answer_read(&w, line, &a)) {
		answer_write(&out, &w);
		MUST_OF(!out.n || !memchr(out.p, '\n', out.n), line);
		MUST_OF(answer_read(&back, buf_view(&out), &a), buf_view(&out));
		MUST_OF(w.ok == back.ok && str_eq(w.id, back.id) && str_eq(w.why, back.why), line);
		MUST_OF(w.ok ? w.seq == back.seq : str_eq(w.refused, back.refused) && w.column == back.column, line);
	}
	buf_finish(&out);
	arena_finish(&a);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const size_t most[] = {40, 4096};
	struct str in = {(const char *)data, size}, rest, line;
	for (size_t i = 0; i < 2; i++)
		for (size_t stop = 2; stop < SIZE_MAX; stop = stop == 2 ? SIZE_MAX - 1 : SIZE_MAX) {
			struct lines whole, other;
			bool good = feed(in, size ? size : 1, most[i], stop, &whole);
			for (size_t piece = 1; piece < 40; piece = piece * 3 + 1) {
				MUST_OF(feed(in, piece, most[i], stop, &other) == good, in);
				MUST_OF(str_eq(buf_view(&whole.all), buf_view(&other.all)), in);
				buf_finish(&other.all);
			}
			buf_finish(&whole.all);
		}
	for (rest = in; fuzz_line(&rest, &line);)
		as_said(line);
	return 0;
}
