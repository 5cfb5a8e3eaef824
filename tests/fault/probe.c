/* Says in one line what the program's reader finds in each log named on the command line, for a
 * second reader to compare. */
#include <stdio.h>
#include <string.h>

#include "dais/journal.h"

/* HASH:LOG is a log that continues another one. */
static const char *
take_hash(const char *text, unsigned char before[32])
{
	if (strspn(text, "0123456789abcdef") != 64 || text[64] != ':')
		return text;
	for (int i = 0; i < 32; i++)
		sscanf(text + 2 * i, "%2hhx", &before[i]);
	return text + 65;
}

int
main(int argc, char **argv)
{
	static const char *const states[] = {"whole", "torn", "short", "damaged", "not-a-log"};
	for (int i = 1; i < argc; i++) {
		struct journal_check c;
		unsigned char before[32] = {0};
		const char *path = take_hash(argv[i], before);
		int r = path == argv[i] ? journal_read(path, NULL, NULL, &c)
					: journal_read_after(path, before, NULL, NULL, &c);
		if (r < 0)
			printf("error %d\n", r);
		else
			printf("%s %lld %lld %lld %lld\n", states[c.state], (long long)c.records,
				(long long)c.good_bytes, (long long)c.bad_line,
				(long long)c.beyond);
		journal_check_finish(&c);
	}
	return 0;
}
