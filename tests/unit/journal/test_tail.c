/* Where a torn end stops and damage begins: what may be cut, and what only looks as if it might. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <errno.h>
#include <string.h>

#include "lab.h"

/* Zeros behind the log: a size that was on the disk before its bytes were. */
static void
zeros(void **state)
{
	(void)state;
	struct lab_log log = lab_make(LAB_PATTERN);
	size_t n = log.bytes.n;
	for (size_t zeros = 1; zeros <= JOURNAL_BATCH_MAX + 1;
		zeros = zeros < 5000 ? zeros * 3 : zeros + JOURNAL_BATCH_MAX / 4 + 1) {
		buf_fill(&log.bytes, 0, zeros);
		struct journal_check c = lab_check(buf_view(&log.bytes), &log.mark);
		assert_int_equal(
			c.state, zeros <= JOURNAL_BATCH_MAX ? JOURNAL_TORN : JOURNAL_DAMAGED);
		assert_int_equal(c.records, log.n);
		assert_int_equal(c.bad_bytes, zeros);
		log.bytes.n = n;
	}
	buf_fill(&log.bytes, 0, JOURNAL_BATCH_MAX);
	assert_int_equal(lab_check(buf_view(&log.bytes), NULL).state, JOURNAL_TORN);
	buf_fill(&log.bytes, 0, 1);
	assert_int_equal(lab_check(buf_view(&log.bytes), NULL).state, JOURNAL_DAMAGED);
	lab_free(&log);
}

/* A later part of the torn batch may have reached the disk before an earlier one. */
static void
batch_out_of_order(void **state)
{
	(void)state;
	struct lab_log log = lab_make("o|o|mooo|");
	memset(log.bytes.p + log.start[2], 0, (size_t)(log.start[4] - log.start[2]));
	struct journal_check c = lab_check(buf_view(&log.bytes), NULL);
	assert_int_equal(c.state, JOURNAL_TORN);
	assert_int_equal(c.records, 2);
	assert_int_equal(c.bad_line, 3);
	assert_int_equal(c.beyond, 1); /* the line with the zeros is lost, the last one is whole */
	lab_free(&log);
	/* The same bytes where a later batch stands behind: what it follows was durable. */
	log = lab_make("o|o|mooo|o|");
	memset(log.bytes.p + log.start[2], 0, (size_t)(log.start[4] - log.start[2]));
	c = lab_check(buf_view(&log.bytes), NULL);
	assert_int_equal(c.state, JOURNAL_DAMAGED);
	assert_int_equal(c.records, 2);
	assert_int_equal(c.beyond, 2);
	lab_free(&log);
}

/* Whole lines behind the gap that no torn batch has there: an earlier record's copy. */
static void
stranger_in_the_tail(void **state)
{
	(void)state;
	struct lab_log log = lab_make("o|o|o|");
	for (int64_t line = 0; line < log.n; line++) {
		struct buf b = {0};
		buf_str(&b, buf_view(&log.bytes));
		buf_puts(&b, "{\"seq\":3,\"sa\n");
		assert_int_equal(lab_check(buf_view(&b), &log.mark).state, JOURNAL_TORN);
		lab_put_line(&b, &log, line);
		struct journal_check c = lab_check(buf_view(&b), &log.mark);
		assert_int_equal(c.state, JOURNAL_DAMAGED);
		assert_int_equal(c.bad_line, 4);
		assert_int_equal(c.beyond, 1);
		buf_finish(&b);
	}
	lab_free(&log);
}

/* Sealed and chained as they should be, but with numbers that no writer gives. */
static void
forged(void **state)
{
	(void)state;
	static const struct {
		int64_t seq, safe;
		bool good;
	} third[] = {{2, 2, true}, {2, 1, true}, {2, 0, false}, {3, 2, false}, {1, 1, false},
		{0, 0, false}};
	for (size_t i = 0; i < sizeof third / sizeof *third; i++) {
		struct buf b = {0};
		struct buf body = lab_body(0, false);
		unsigned char hash[HASH_SIZE] = {0};
		journal_seal(&b, 0, 0, buf_view(&body), hash);
		journal_seal(&b, 1, 1, buf_view(&body), hash);
		journal_seal(&b, third[i].seq, third[i].safe, buf_view(&body), hash);
		struct journal_check c = lab_check(buf_view(&b), NULL);
		assert_int_equal(c.state, third[i].good ? JOURNAL_WHOLE : JOURNAL_DAMAGED);
		assert_int_equal(c.bad_line, third[i].good ? 0 : 3);
		assert_int_equal(c.records, third[i].good ? 3 : 2);
		buf_finish(&body);
		buf_finish(&b);
	}
}

/* No record was durable before itself: the writer cannot make such a line, so it is made here. */
static void
ahead_of_itself(void **state)
{
	(void)state;
	for (int safe = 0; safe < 2; safe++) {
		struct buf b = {0};
		unsigned char hash[HASH_SIZE] = {0};
		char hex[2 * HASH_SIZE];
		buf_printf(&b, "{\"seq\":0,\"safe\":%d,\"t\":0,\"data\":{}", safe);
		buf_printf(&b, ",\"crc\":\"%08x\"", journal_crc32c(0, b.p, b.n));
		chain_hash(hash, buf_view(&b));
		hex_put(hex, hash, HASH_SIZE);
		buf_puts(&b, ",\"hash\":\"");
		buf_put(&b, hex, sizeof hex);
		buf_puts(&b, "\"}\n");
		struct journal_check c = lab_check(buf_view(&b), NULL);
		assert_int_equal(c.records, safe ? 0 : 1);
		assert_int_equal(c.state, safe ? JOURNAL_DAMAGED : JOURNAL_WHOLE);
		buf_finish(&b);
	}
}

/* A command without end is not held for ever. */
static void
endless_command(void **state)
{
	(void)state;
	struct buf b = {0}, text = {0};
	unsigned char hash[HASH_SIZE] = {0};
	buf_puts(&text, "\"t\":0,\"data\":{\"a\":\"");
	buf_fill(&text, 'x', 60000);
	size_t end = text.n;
	buf_puts(&text, "\"}}");
	text.n--;
	journal_seal(&b, 0, 0, buf_view(&text), hash);
	text.n = end;
	buf_puts(&text, "\",\"more\":1}");
	for (int64_t seq = 1; b.n < JOURNAL_COMMAND_MAX + 200000; seq++)
		journal_seal(&b, seq, 1, buf_view(&text), hash);
	struct journal_check c = lab_check(buf_view(&b), NULL);
	assert_int_equal(c.state, JOURNAL_DAMAGED);
	assert_int_equal(c.records, 1);
	buf_finish(&b);
	buf_finish(&text);
}

static void
marks(void **state)
{
	(void)state;
	struct lab_log log = lab_make("o|o|o|o|"), other = lab_make("oo|o|");
	struct mark m = log.mark;
	assert_int_equal(lab_check(buf_view(&log.bytes), &m).state, JOURNAL_WHOLE);
	assert_int_equal(lab_check(buf_view(&log.bytes), &m).mark_seq, 3);
	m.seq = 4; /* one more than there are */
	assert_int_equal(lab_check(buf_view(&log.bytes), &m).state, JOURNAL_SHORT);
	m.first[5] ^= 1; /* another log's */
	assert_int_equal(lab_check(buf_view(&log.bytes), &m).state, JOURNAL_WHOLE);
	assert_int_equal(lab_check(buf_view(&log.bytes), &m).mark_seq, -1);
	/* Same birth, other records since: what was acknowledged is not there any more. */
	m = other.mark;
	assert_memory_equal(m.first, log.mark.first, HASH_SIZE);
	assert_int_equal(lab_check(buf_view(&log.bytes), &m).state, JOURNAL_SHORT);
	/* So an end that looks torn is not cut either. */
	buf_puts(&log.bytes, "{\"seq");
	assert_int_equal(lab_check(buf_view(&log.bytes), &log.mark).state, JOURNAL_TORN);
	assert_int_equal(lab_check(buf_view(&log.bytes), &m).state, JOURNAL_DAMAGED);
	lab_free(&log);
	lab_free(&other);
}

/* The visitor's word is final, and what it refuses is not torn. */
struct refuser {
	int64_t at, trusted, beyond;
};

static const char *
refuse(void *ctx, const struct journal_record *r)
{
	struct refuser *f = ctx;
	if (r->number < 0)
		f->beyond++;
	else if (r->seq == f->at)
		return "no";
	else
		f->trusted++;
	return NULL;
}

static void
refused(void **state)
{
	(void)state;
	struct lab lab = lab_begin(true);
	struct lab_log log = lab_make(LAB_PATTERN);
	lab_write(lab.path, buf_view(&log.bytes));
	for (int64_t at = 0; at < log.n; at++) {
		struct journal_check c;
		struct refuser f = {.at = at};
		assert_int_equal(journal_read_all(lab.path, refuse, &f, &c), 0);
		assert_int_equal(c.state, JOURNAL_DAMAGED);
		assert_string_equal(c.why, "no");
		assert_int_equal(c.bad_line, at + 1);
		assert_int_equal(c.bad_offset, log.start[at]);
		assert_int_equal(f.trusted, at);
		assert_int_equal(c.records, at);
		assert_int_equal(f.beyond, log.n - at);
		assert_int_equal(c.beyond, log.n - at);
		/* Lines beyond are counted also where nobody looks at them. */
		if (at > 0) {
			char was = log.bytes.p[log.start[at] + 5];
			log.bytes.p[log.start[at] + 5] ^= 1;
			lab_write(lab.path, buf_view(&log.bytes));
			assert_int_equal(journal_read_all(lab.path, NULL, NULL, &c), 0);
			assert_int_equal(c.records, log.command[at]);
			assert_int_equal(c.beyond, log.n - log.command[at] - 1);
			log.bytes.p[log.start[at] + 5] = was;
			lab_write(lab.path, buf_view(&log.bytes));
		}
		f = (struct refuser){.at = at};
		assert_int_equal(journal_read(lab.path, refuse, &f, &c), 0);
		assert_int_equal(f.beyond, 0);
		struct journal *j;
		assert_int_equal(journal_open(&j, lab.path, refuse, &f, &c), -EBADMSG);
		assert_int_equal(lab_size(lab.path), log.bytes.n);
	}
	lab_free(&log);
	lab_end(&lab);
}

/* A source without an end: how much of it is looked at. */
struct endless {
	struct str start;
	int64_t bytes, data;
};

static int64_t
endless_read(void *ctx, void *p, size_t n, int64_t offset)
{
	struct endless *e = ctx;
	e->bytes += (int64_t)n;
	memset(p, 0, n);
	struct str rest = str_from(e->start, (size_t)offset);
	if (rest.n)
		memcpy(p, rest.p, rest.n < n ? rest.n : n);
	return (int64_t)n;
}

static int64_t
endless_data(void *ctx, int64_t offset)
{
	struct endless *e = ctx;
	return offset < e->data ? e->data : offset;
}

static void
bounded(void **state)
{
	(void)state;
	struct lab_log log = lab_make("o|o|");
	struct endless e = {0};
	struct reading ask = {.mark = {.seq = -1}};
	struct journal_check c;
	int64_t size = (int64_t)1 << 50;
	/* What does not begin as a log is not searched to its end. */
	struct source src = {&e, endless_read, NULL, size};
	assert_int_equal(reader_run(&src, &ask, &c), 0);
	assert_int_equal(c.state, JOURNAL_NOT_A_LOG);
	assert_in_range(e.bytes, 1, 4 << 20);
	/* A hole behind a log is stepped over. */
	e = (struct endless){.start = buf_view(&log.bytes), .data = size - 100000};
	src.data = endless_data;
	assert_int_equal(reader_run(&src, &ask, &c), 0);
	assert_int_equal(c.state, JOURNAL_DAMAGED);
	assert_int_equal(c.records, 2);
	assert_int_equal(c.bad_bytes, size - (int64_t)log.bytes.n);
	assert_in_range(e.bytes, 100000, 4 << 20);
	lab_free(&log);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(zeros),
		cmocka_unit_test(batch_out_of_order),
		cmocka_unit_test(stranger_in_the_tail),
		cmocka_unit_test(forged),
		cmocka_unit_test(ahead_of_itself),
		cmocka_unit_test(endless_command),
		cmocka_unit_test(bounded),
		cmocka_unit_test(marks),
		cmocka_unit_test(refused),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
