/*
 * The mark: one line of fixed width beside the log, overwritten in place after
 * every sync and never synced itself. It says what was acknowledged at least,
 * so it can tell an end that was cut off from a log that ends there.
 */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "internal.h"

enum { HASH_AT = 34, FIRST_AT = 99 };

void
mark_write(char out[MARK_SIZE], const struct mark *m)
{
	char hashes[2][65] = {{0}}, line[MARK_SIZE + 1];
	hex_put(hashes[0], m->hash, HASH_SIZE);
	hex_put(hashes[1], m->first, HASH_SIZE);
	int n = snprintf(line, sizeof line, "%016" PRId64 " %016" PRId64 " %s %s ", m->seq, m->size,
		hashes[0], hashes[1]);
	snprintf(line + n, sizeof line - (size_t)n, "%08" PRIx32 "\n",
		journal_crc32c(0, line, (size_t)n));
	memcpy(out, line, MARK_SIZE);
}

struct mark
mark_read(struct str text)
{
	struct mark m, none = {.seq = -1};
	char again[MARK_SIZE];
	if (text.n != MARK_SIZE || !str_int(str_upto(text, 16), &m.seq) ||
		!str_int(str_upto(str_from(text, 17), 16), &m.size) ||
		!hex_take(str_upto(str_from(text, HASH_AT), 64), m.hash) ||
		!hex_take(str_upto(str_from(text, FIRST_AT), 64), m.first))
		return none;
	/* Whatever else is wrong, checksum and blanks included, shows in writing it again. */
	mark_write(again, &m);
	return memcmp(again, text.p, MARK_SIZE) == 0 ? m : none;
}
