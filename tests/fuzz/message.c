/*
 * The lines between consoles as values. A message that is read is written to be
 * read the same, and written again to the same bytes. Of a record the link
 * finds what the journal does.
 */
#include "dais/canon.h"
#include "fuzz.h"
#include "message.h"
#include "dais/journal.h"

static void
message(struct str line)
{
	struct arena a = {0};
	struct message m, again;
	struct buf once = {0}, twice = {0};
	if (message_read(&m, line, &a)) {
		MUST(m.kind < MESSAGE_COUNT);
		message_write(&once, &m);
		MUST(once.n && once.p[once.n - 1] == '\n');
		struct str said = str_upto(buf_view(&once), once.n - 1), all;
		struct canon_reader r = canon_read(said);
		MUST_OF(canon_take_any(&r, &all) && canon_done(&r), said);
		MUST_OF(message_read(&again, said, &a) && again.kind == m.kind, said);
		MUST_OF(again.n == m.n && str_eq(again.text, m.text) && again.who_n == m.who_n, said);
		message_write(&twice, &again);
		MUST_OF(str_eq(buf_view(&once), buf_view(&twice)), said);
	}
	buf_finish(&once);
	buf_finish(&twice);
	arena_finish(&a);
}

static void
record(struct str line)
{
	const char *body = line.p ? memmem(line.p, line.n, "\"t\":", 4) : NULL;
	const char *seal = line.p ? memmem(line.p, line.n, ",\"crc\":\"", 8) : NULL;
	struct sealed s;
	struct buf out = {0};
	unsigned char hash[32] = {0};
	if (sealed_read(&s, line))
		MUST_OF(sealed_is(line) && s.seq >= 0 && s.t >= 0 && s.body.p > line.p &&
				s.body.p + s.body.n < line.p + line.n, line);
	struct str b = body ? str_from(line, (size_t)(body - line.p)) : line;
	b = seal > body ? str_upto(b, (size_t)(seal - body)) : b;
	if (!body || !b.n || b.p[b.n - 1] != '}')
		return;
	/* Whatever the journal would seal is read as it was sealed. */
	journal_seal(&out, 12, 7, b, hash);
	struct str sealed = str_upto(buf_view(&out), out.n - 1);
	if (sealed_read(&s, sealed)) {
		MUST_OF(s.seq == 12 && s.safe == 7 && str_eq(s.body, b), sealed);
		MUST_OF(memcmp(s.hash, hash, 32) == 0, sealed);
		MUST_OF(!s.req.n || memmem(b.p, b.n, s.req.p, s.req.n), sealed);
	}
	buf_finish(&out);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str rest = {(const char *)data, size}, line;
	while (fuzz_line(&rest, &line)) {
		struct str own = fuzz_alone(line);
		message(own);
		record(own);
		free((void *)own.p);
	}
	return 0;
}
