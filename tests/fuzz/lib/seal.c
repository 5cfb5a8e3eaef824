/* A line keeps what chance made of it, up to its seal; the seal then vouches for just that. */
#include "seal.h"

#include "internal.h"

static void
put_hex(struct buf *out, const unsigned char *p, size_t n)
{
	char hex[2 * HASH_SIZE];
	hex_put(hex, p, n);
	buf_put(out, hex, 2 * n);
}

static void
seal_line(struct buf *out, struct str head, unsigned char hash[HASH_SIZE])
{
	size_t start = out->n;
	buf_str(out, head);
	uint32_t crc = journal_crc32c(0, out->p + start, out->n - start);
	unsigned char bytes[4] = {(unsigned char)(crc >> 24), (unsigned char)(crc >> 16),
		(unsigned char)(crc >> 8), (unsigned char)crc};
	buf_puts(out, ",\"crc\":\"");
	put_hex(out, bytes, sizeof bytes);
	buf_char(out, '"');
	chain_hash(hash, str_from(buf_view(out), start));
	buf_puts(out, ",\"hash\":\"");
	put_hex(out, hash, HASH_SIZE);
	buf_puts(out, "\"}\n");
}

void
seal_log(struct buf *out, struct str log, enum seal how, const unsigned char before[32])
{
	struct str line;
	unsigned char hash[HASH_SIZE];
	int64_t seq = 0;
	memcpy(hash, before, sizeof hash);
	if (how == SEAL_AS_IT_IS)
		buf_str(out, log);
	while (how != SEAL_AS_IT_IS && fuzz_line(&log, &line)) {
		const char *seal = line.n ? memmem(line.p, line.n, ",\"crc\":\"", 8) : NULL;
		struct str head = str_upto(line, seal ? (size_t)(seal - line.p) : 0);
		const char *body = head.n ? memmem(head.p, head.n, "\"t\":", 4) : NULL;
		struct buf numbered = {0};
		if (how == SEAL_NUMBERED && body) {
			buf_printf(&numbered, "{\"seq\":%lld,\"safe\":%lld,", (long long)seq,
				(long long)(seq ? seq - 1 : 0));
			buf_str(&numbered, str_from(head, (size_t)(body - head.p)));
			head = buf_view(&numbered);
			seq++;
		}
		if (head.n) {
			seal_line(out, head, hash);
		} else {
			/* What has no seal stays: a torn end, or rubbish. */
			buf_str(out, line);
			if (log.n)
				buf_char(out, '\n');
		}
		buf_finish(&numbered);
	}
}
