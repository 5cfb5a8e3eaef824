/* A record's text: what the writer makes, and that the reader takes nothing else. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "lab.h"

#define SEQ_LAST (((int64_t)1 << 53) - 1)

typedef uint32_t crc_fn(uint32_t crc, const void *p, size_t n);

static void
crc_vectors(crc_fn *f)
{
	unsigned char p[32];
	assert_int_equal(f(0, "123456789", 9), 0xe3069283);
	/* RFC 3720, B.4 */
	memset(p, 0, sizeof p);
	assert_int_equal(f(0, p, 32), 0x8a9136aa);
	memset(p, 0xff, sizeof p);
	assert_int_equal(f(0, p, 32), 0x62a8ab43);
	for (unsigned char i = 0; i < 32; i++)
		p[i] = i;
	assert_int_equal(f(0, p, 32), 0x46dd794e);
	for (unsigned char i = 0; i < 32; i++)
		p[i] = (unsigned char)(31 - i);
	assert_int_equal(f(0, p, 32), 0x113fdb5c);
	for (size_t cut = 0; cut <= 32; cut++)
		assert_int_equal(f(f(0, p, cut), p + cut, 32 - cut), 0x113fdb5c);
}

static void
crc(void **state)
{
	(void)state;
	crc_vectors(journal_crc32c);
	crc_vectors(crc32c_by_table);
	/* Both ways, every length and alignment. */
	unsigned char p[300];
	for (size_t i = 0; i < sizeof p; i++)
		p[i] = (unsigned char)(i * i + 7);
	for (size_t from = 0; from < 9; from++)
		for (size_t n = 0; from + n <= sizeof p; n++)
			assert_int_equal(
				journal_crc32c(1, p + from, n), crc32c_by_table(1, p + from, n));
}

/* The fast way confirms what the slow way found, at every length and alignment, and nothing else. */
static void
chain(void **state)
{
	(void)state;
	enum { N = 400 };
	unsigned char before[HASH_SIZE], hash[HASH_SIZE];
	char p[N + 8];
	int confirmed = 0;
	for (size_t i = 0; i < sizeof p; i++)
		p[i] = (char)(i * i + 3 * i);
	for (size_t n = 0; n <= N; n++) {
		struct str text = {p + n % 8, n};
		memset(before, (int)n, sizeof before);
		memcpy(hash, before, sizeof hash);
		chain_hash(hash, text);
		bool known = chain_confirms(before, text, hash);
		confirmed += known;
		for (size_t i = 0; i < HASH_SIZE; i++) {
			hash[i] ^= 1;
			assert_false(chain_confirms(before, text, hash));
			hash[i] ^= 1;
		}
		if (!known)
			continue;
		before[n % HASH_SIZE] ^= 0x80;
		assert_false(chain_confirms(before, text, hash));
		before[n % HASH_SIZE] ^= 0x80;
		p[n % 8 + n / 2] ^= 4;
		assert_false(chain_confirms(before, text, hash));
		p[n % 8 + n / 2] ^= 4;
	}
	/* Every line is longer than half a block: all of them, or this processor cannot. */
	assert_true(confirmed == 0 || confirmed == N - 31);
	print_message("# %d of %d confirmed\n", confirmed, N + 1);
}

/* Made by another program: Python's hashlib, and a CRC of one bit a step. */
static const char golden_log[] =
	"{\"seq\":0,\"safe\":0,\"t\":0,\"data\":{\"a\":\"议\"},\"crc\":\"b9dd58be\""
	",\"hash\":\"a6f9546ee4a4004f96d234349ab6aa5dc0246b48b2a3b05f01ad636cdef93b73\"}\n"
	"{\"seq\":1,\"safe\":1,\"t\":5,\"data\":{},\"crc\":\"a41cdefd\""
	",\"hash\":\"9df4ba1aaa55afa4370e9f052398008b47c834247c159d4ab4251f6ed03b6eb7\"}\n";

static void
golden(void **state)
{
	(void)state;
	struct buf out = {0};
	unsigned char hash[HASH_SIZE] = {0};
	journal_seal(&out, 0, 0, STR("\"t\":0,\"data\":{\"a\":\"议\"}"), hash);
	journal_seal(&out, 1, 1, STR("\"t\":5,\"data\":{}"), hash);
	assert_string_equal(out.p, golden_log);
	buf_finish(&out);
}

/* A line with the right checksum around any text. */
static struct buf
forge(const char *text)
{
	struct buf b = {0};
	buf_puts(&b, text);
	buf_printf(&b, ",\"crc\":\"%08x\",\"hash\":\"", journal_crc32c(0, b.p, b.n));
	buf_fill(&b, 'a', 64);
	buf_puts(&b, "\"}");
	return b;
}

static void
forms(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		bool good;
	} table[] = {
		{"{\"seq\":0,\"safe\":0,\"t\":0,\"data\":{}", true},
		{"{\"seq\":9007199254740991,\"safe\":12,\"t\":0,\"data\":{}", true},
		{"{\"seq\":9007199254740992,\"safe\":12,\"t\":0,\"data\":{}", false},
		{"{\"seq\":99999999999999999999999,\"safe\":12,\"t\":0,\"data\":{}", false},
		{"{\"seq\":00,\"safe\":0,\"t\":0,\"data\":{}", false},
		{"{\"seq\":1,\"safe\":01,\"t\":0,\"data\":{}", false},
		{"{\"seq\":-1,\"safe\":0,\"t\":0,\"data\":{}", false},
		{"{\"seq\":+1,\"safe\":0,\"t\":0,\"data\":{}", false},
		{"{\"seq\":,\"safe\":0,\"t\":0,\"data\":{}", false},
		{"{\"seq\":1.0,\"safe\":0,\"t\":0,\"data\":{}", false},
		{"{\"seq\": 1,\"safe\":0,\"t\":0,\"data\":{}", false},
		{" {\"seq\":1,\"safe\":0,\"t\":0,\"data\":{}", false},
		{"{\"safe\":0,\"seq\":1,\"t\":0,\"data\":{}", false},
		{"{\"seq\":1,\"safe\":0,\"at\":0,\"data\":{}", false},
		{"{\"seq\":1,\"safe\":0,\"t\":0,\"data\":{", false},
		{"{\"seq\":1,\"safe\":0,", false},
		{"{\"seq\":1,\"safe\":0", false},
		{"{\"seq\":1", false},
		{"", false},
	};
	struct record r;
	for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
		struct buf b = forge(table[i].text);
		if ((record_parse(buf_view(&b), &r) == NULL) != table[i].good)
			fail_msg("%s", table[i].text);
		buf_finish(&b);
	}
}

/* No byte of the seal may be anything else, upper-case hex included. */
static void
seal(void **state)
{
	(void)state;
	struct buf b = forge("{\"seq\":3,\"safe\":2,\"t\":0,\"data\":{}");
	struct record r;
	assert_null(record_parse(buf_view(&b), &r));
	assert_int_equal(r.seq, 3);
	assert_int_equal(r.safe, 2);
	assert_true(str_is(r.body, "\"t\":0,\"data\":{}"));
	for (size_t i = 0; i < b.n; i++)
		for (int c = 0; c < 256; c++) {
			char was = b.p[i];
			bool hash = i + 66 >= b.n && i + 2 < b.n;
			bool hex = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
			b.p[i] = (char)c;
			bool good = record_parse(buf_view(&b), &r) == NULL;
			assert_int_equal(good, was == b.p[i] || (hash && hex));
			b.p[i] = was;
		}
	for (size_t n = 0; n < b.n; n++)
		assert_non_null(record_parse(str_upto(buf_view(&b), n), &r));
	buf_finish(&b);
}

static void
longest(void **state)
{
	(void)state;
	struct buf body = {0}, line = {0};
	unsigned char hash[HASH_SIZE] = {0};
	struct record r;
	buf_puts(&body, "\"t\":0,\"data\":{\"a\":\"");
	buf_fill(&body, 'x', JOURNAL_BODY_MAX - body.n - 2);
	buf_puts(&body, "\"}");
	assert_int_equal(body.n, JOURNAL_BODY_MAX);
	journal_seal(&line, SEQ_LAST, SEQ_LAST, buf_view(&body), hash);
	assert_true(line.n - 1 <= JOURNAL_LINE_MAX);
	assert_null(record_parse(str_upto(buf_view(&line), line.n - 1), &r));
	buf_finish(&line);
	/* One byte too many is refused even with a right checksum. */
	for (size_t n = JOURNAL_LINE_MAX; n <= JOURNAL_LINE_MAX + 1; n++) {
		struct buf text = {0};
		buf_puts(&text, "{\"seq\":1,\"safe\":0,\"t\":0");
		buf_fill(&text, ' ', n - 92 - text.n - 1);
		buf_char(&text, '}');
		line = forge(text.p);
		assert_int_equal(line.n, n);
		assert_int_equal(record_parse(buf_view(&line), &r) == NULL, n == JOURNAL_LINE_MAX);
		buf_finish(&line);
		buf_finish(&text);
	}
	buf_finish(&body);
}

static void
more(void **state)
{
	(void)state;
	assert_true(record_body_more(STR("\"t\":0,\"data\":{\"more\":1}")));
	assert_true(record_body_more(STR("\"t\":0,\"data\":{\"a\":2,\"more\":1}")));
	assert_false(record_body_more(STR("\"t\":0,\"data\":{}")));
	assert_false(record_body_more(STR("\"t\":0,\"data\":{\"more\":1,\"a\":2}")));
	assert_false(record_body_more(STR("\"t\":0,\"data\":{\"more\":0}")));
	assert_false(record_body_more(STR("\"t\":0}")));
	assert_false(record_body_more(STR("\"more\":1}")));
}

static void
mark(void **state)
{
	(void)state;
	struct mark m = {.seq = 123456, .size = 9876543210};
	char text[MARK_SIZE], bad[MARK_SIZE];
	for (size_t i = 0; i < HASH_SIZE; i++) {
		m.hash[i] = (unsigned char)(i * 7);
		m.first[i] = (unsigned char)(200 - i);
	}
	mark_write(text, &m);
	struct mark again = mark_read((struct str){text, MARK_SIZE});
	assert_int_equal(again.seq, m.seq);
	assert_int_equal(again.size, m.size);
	assert_memory_equal(again.hash, m.hash, HASH_SIZE);
	assert_memory_equal(again.first, m.first, HASH_SIZE);
	for (size_t i = 0; i < MARK_SIZE; i++)
		for (int bit = 0; bit < 8; bit++) {
			memcpy(bad, text, MARK_SIZE);
			bad[i] = (char)(bad[i] ^ 1 << bit);
			assert_int_equal(mark_read((struct str){bad, MARK_SIZE}).seq, -1);
		}
	for (size_t n = 0; n < MARK_SIZE; n++)
		assert_int_equal(mark_read((struct str){text, n}).seq, -1);
	assert_int_equal(mark_read(STR_NONE).seq, -1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(crc),
		cmocka_unit_test(chain),
		cmocka_unit_test(golden),
		cmocka_unit_test(forms),
		cmocka_unit_test(seal),
		cmocka_unit_test(longest),
		cmocka_unit_test(more),
		cmocka_unit_test(mark),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
