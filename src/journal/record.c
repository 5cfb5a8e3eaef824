/*
 * A record as one line of text. Head and tail are fixed text around the body,
 * and the bytes are the canon: what does not read back to the very same bytes
 * is not a record. What the body says is for the visitor to judge.
 */
#include "dais/journal.h"

#include <assert.h>
#include <endian.h>
#include <string.h>

#include "dais/i18n.h"
#include "internal.h"

/* Behind the body: ,"crc":"8 hex","hash":"64 hex"} */
#define CRC STR(",\"crc\":\"")
#define HASH STR("\",\"hash\":\"")
#define END STR("\"}")
enum { CRC_HEX = 8, HASH_HEX = 2 * HASH_SIZE, SEAL_SIZE = 8 + CRC_HEX + 10 + HASH_HEX + 2 };
#define SEQ_MAX ((int64_t)1 << 53)

void
hex_put(char *out, const unsigned char *p, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		out[2 * i] = "0123456789abcdef"[p[i] >> 4];
		out[2 * i + 1] = "0123456789abcdef"[p[i] & 15];
	}
}

#define EACH(byte) ((uint64_t)0x0101010101010101 * (byte))

/*
 * Eight digits at once, since no processor guesses the digits of a hash. In
 * ASCII '0' to '9' are 0x30 to 0x39, 'a' to 'f' 0x61 to 0x66; no sum below
 * leaves its byte.
 */
static bool
eight_take(const char *hex, unsigned char out[4])
{
	uint64_t in;
	memcpy(&in, hex, sizeof in);
	in = le64toh(in);
	uint64_t letter = in >> 6 & EACH(1), low = in & EACH(15), high = in >> 4 & EACH(15);
	/* Above 9, of a letter above 6; or a letter's 0. */
	uint64_t wrong = (low + EACH(6) + 3 * letter) & EACH(16);
	wrong |= (letter << 4) & ~(low + EACH(15));
	wrong |= high ^ (EACH(3) + 3 * letter);
	uint64_t value = low + 9 * letter;
	value = ((value & EACH(15)) << 4 | value >> 8) & 0x00ff00ff00ff00ff;
	value = (value | value >> 8) & 0x0000ffff0000ffff;
	uint32_t bytes = htole32((uint32_t)(value | value >> 16));
	memcpy(out, &bytes, sizeof bytes);
	return !wrong;
}

bool
hex_take(struct str hex, unsigned char *out)
{
	bool good = true;
	assert(hex.n % 8 == 0);
	for (size_t i = 0; i < hex.n; i += 8)
		good &= eight_take(hex.p + i, out + i / 2);
	return good;
}

static void
crc_bytes(uint32_t crc, unsigned char out[4])
{
	for (int i = 0; i < 4; i++)
		out[i] = (unsigned char)(crc >> (24 - 8 * i));
}

void
journal_seal(struct buf *out, int64_t seq, int64_t safe, struct str body, unsigned char hash[32])
{
	assert(seq >= 0 && seq < SEQ_MAX && safe >= 0 && safe <= seq);
	assert(body.n <= JOURNAL_BODY_MAX && str_starts(body, STR("\"t\":")));
	assert(body.p[body.n - 1] == '}' && !memchr(body.p, '\n', body.n));
	char hex[HASH_HEX];
	unsigned char crc[4];
	size_t start = out->n;
	buf_puts(out, "{\"seq\":");
	buf_int(out, seq);
	buf_puts(out, ",\"safe\":");
	buf_int(out, safe);
	buf_char(out, ',');
	buf_str(out, body);
	crc_bytes(journal_crc32c(0, out->p + start, out->n - start), crc);
	hex_put(hex, crc, sizeof crc);
	buf_str(out, CRC);
	buf_put(out, hex, CRC_HEX);
	buf_char(out, '"');
	chain_hash(hash, str_from(buf_view(out), start));
	buf_str(out, str_from(HASH, 1));
	hex_put(hex, hash, HASH_SIZE);
	buf_put(out, hex, HASH_HEX);
	buf_str(out, END);
	buf_char(out, '\n');
}

static inline bool
begins(struct str in, struct str text)
{
	return in.n >= text.n && memcmp(in.p, text.p, text.n) == 0;
}

static inline bool
take(struct str *in, struct str text)
{
	if (!begins(*in, text))
		return false;
	in->p += text.n;
	in->n -= text.n;
	return true;
}

/* A whole number up to a comma, which it takes; no leading zero. */
static bool
take_number(struct str *in, int64_t *out)
{
	size_t n = 0;
	int64_t v = 0;
	for (; n < in->n && in->p[n] >= '0' && in->p[n] <= '9'; n++) {
		v = v * 10 + (in->p[n] - '0');
		if (v >= SEQ_MAX)
			return false;
	}
	if (n == 0 || n == in->n || in->p[n] != ',' || (n > 1 && in->p[0] == '0'))
		return false;
	*in = str_from(*in, n + 1);
	*out = v;
	return true;
}

bool
record_body_more(struct str body)
{
	struct str end = STR("\"more\":1}");
	return body.n > end.n && str_eq(str_from(body, body.n - end.n), end);
}

/* Takes the seal off the end of the line; *crc is what it says. */
static bool
take_seal(struct str *in, unsigned char crc[4], struct record *out)
{
	if (in->n < SEAL_SIZE)
		return false;
	struct str seal = str_from(*in, in->n - SEAL_SIZE);
	struct str crc_hex = str_upto(str_from(seal, CRC.n), CRC_HEX);
	struct str hash_hex = str_upto(str_from(seal, CRC.n + CRC_HEX + HASH.n), HASH_HEX);
	*in = str_upto(*in, in->n - SEAL_SIZE);
	return begins(seal, CRC) && begins(str_from(seal, CRC.n + CRC_HEX), HASH) &&
	       begins(str_from(seal, SEAL_SIZE - END.n), END) && hex_take(crc_hex, crc) &&
	       hex_take(hash_hex, out->hash);
}

const char *
record_parse(struct str line, struct record *out)
{
	unsigned char said[4], is[4];
	struct str in = line;
	*out = (struct record){.line = line};
	if (line.n > JOURNAL_LINE_MAX)
		return N_("the line is longer than 64 KiB");
	if (!take_seal(&in, said, out))
		return N_("the line is not a whole record");
	out->chained = str_upto(line, in.n + CRC.n + CRC_HEX + 1);
	crc_bytes(journal_crc32c(0, in.p, in.n), is);
	if (!take(&in, STR("{\"seq\":")) || !take_number(&in, &out->seq) ||
		!take(&in, STR("\"safe\":")) || !take_number(&in, &out->safe) ||
		!begins(in, STR("\"t\":")) || in.p[in.n - 1] != '}')
		return N_("the line is not a whole record");
	if (memcmp(said, is, sizeof is) != 0)
		return N_("the line's own checksum is wrong");
	out->body = in;
	out->more = record_body_more(in);
	return NULL;
}
