/* A log read on from where a check ended: at every length that a reader may find it in. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "lab.h"

struct seen {
	int64_t next;
};

static const char *
see(void *ctx, const struct journal_record *r)
{
	struct seen *s = ctx;
	assert_int_equal(r->seq, s->next);
	assert_int_equal(r->number, s->next + 1);
	s->next++;
	return NULL;
}

/* Cut at every byte, then whole: every record is seen once, and never half of a command. */
static void
every_length(void **state)
{
	(void)state;
	struct lab lab = lab_begin(true);
	struct lab_log log = lab_make(LAB_PATTERN);
	struct journal_check once = lab_check(buf_view(&log.bytes), NULL);
	for (size_t cut = 0; cut <= log.bytes.n; cut += 7) {
		struct seen s = {0};
		struct journal_check c;
		lab_write(lab.path, str_upto(buf_view(&log.bytes), cut));
		assert_int_equal(journal_read(lab.path, see, &s, &c), 0);
		for (size_t more = cut + 1; more < log.bytes.n; more += 97) {
			lab_write(lab.path, str_upto(buf_view(&log.bytes), more));
			assert_int_equal(journal_read_on(lab.path, see, &s, &c), 0);
			assert_int_equal(s.next, c.records);
			assert_true(c.state == JOURNAL_WHOLE || c.state == JOURNAL_TORN ||
				    !c.records);
		}
		lab_write(lab.path, buf_view(&log.bytes));
		assert_int_equal(journal_read_on(lab.path, see, &s, &c), 0);
		assert_int_equal(c.state, JOURNAL_WHOLE);
		assert_int_equal(s.next, log.n);
		assert_int_equal(c.good_bytes, log.bytes.n);
		assert_memory_equal(c.head, once.head, 32);
	}
	lab_free(&log);
	lab_end(&lab);
}

/* What the mark vouched for at the first reading it vouches for ever after. */
static void
marked(void **state)
{
	(void)state;
	struct lab lab = lab_begin(true);
	struct journal *j = lab_born(&lab);
	struct seen s = {0};
	struct journal_check c;
	lab_append(j, 2);
	assert_int_equal(lab_commit(j), 0);
	assert_int_equal(journal_read(lab.path, see, &s, &c), 0);
	assert_int_equal(c.mark_seq, 2);
	lab_append(j, 1);
	assert_int_equal(lab_commit(j), 0);
	assert_int_equal(journal_read_on(lab.path, see, &s, &c), 0);
	assert_int_equal(c.records, 4);
	assert_int_equal(c.mark_seq, 2);
	journal_close(j);
	lab_end(&lab);
}

/* What stands there now is not what was read. */
static void
another_log(void **state)
{
	(void)state;
	struct lab lab = lab_begin(true);
	struct lab_log log = lab_make("o|o|o|o|");
	struct seen s = {0};
	struct journal_check c;
	struct str all = buf_view(&log.bytes);
	lab_write(lab.path, str_upto(all, (size_t)log.start[3]));
	assert_int_equal(journal_read(lab.path, see, &s, &c), 0);
	/* Cut off behind our back. */
	struct journal_check d = c;
	lab_write(lab.path, str_upto(all, (size_t)log.start[2]));
	assert_int_equal(journal_read_on(lab.path, see, &s, &d), 0);
	assert_int_equal(d.state, JOURNAL_SHORT);
	assert_int_equal(d.records, 3);
	/* A changed byte in what follows. */
	d = c;
	log.bytes.p[log.start[3] + 12] ^= 1;
	lab_write(lab.path, all);
	assert_int_equal(journal_read_on(lab.path, see, &s, &d), 0);
	assert_int_not_equal(d.state, JOURNAL_WHOLE);
	assert_int_equal(d.bad_line, 4);
	assert_int_equal(s.next, 3);
	/* A line that is whole, and follows from other ones. */
	log.bytes.p[log.start[3] + 12] ^= 1;
	d = c;
	d.head[0] ^= 1;
	lab_write(lab.path, all);
	assert_int_equal(journal_read_on(lab.path, see, &s, &d), 0);
	assert_int_equal(d.state, JOURNAL_DAMAGED);
	assert_int_equal(s.next, 3);
	/* Gone. */
	d = c;
	char *nowhere = lab_beside(&lab, ".gone");
	assert_true(journal_read_on(nowhere, see, &s, &d) < 0);
	assert_int_equal(d.records, 3);
	free(nowhere);
	lab_free(&log);
	lab_end(&lab);
}

/* What was durable stays so: a record that knows less of it than those before is none, for who reads on too. */
static void
safe_goes_back(void **state)
{
	(void)state;
	struct lab lab = lab_begin(true);
	struct seen s = {0};
	struct journal_check c, on;
	struct buf bytes = {0};
	unsigned char hash[32] = {0};
	size_t three = 0;
	for (int64_t i = 0; i < 4; i++) {
		struct buf body = lab_body(i, false);
		three = i == 3 ? bytes.n : three;
		journal_seal(&bytes, i, i == 3 ? 0 : i, buf_view(&body), hash);
		buf_finish(&body);
	}
	lab_write(lab.path, str_upto(buf_view(&bytes), three));
	assert_int_equal(journal_read(lab.path, see, &s, &on), 0);
	assert_int_equal(on.records, 3);
	lab_write(lab.path, buf_view(&bytes));
	assert_int_equal(journal_read_on(lab.path, see, &s, &on), 0);
	assert_int_equal(on.records, 3);
	assert_int_equal(on.state, JOURNAL_DAMAGED);
	s.next = 0;
	assert_int_equal(journal_read(lab.path, see, &s, &c), 0);
	assert_int_equal(c.records, 3);
	assert_int_equal(c.state, on.state);
	buf_finish(&bytes);
	lab_end(&lab);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_length),
		cmocka_unit_test(marked),
		cmocka_unit_test(another_log),
		cmocka_unit_test(safe_goes_back),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
