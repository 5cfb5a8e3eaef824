/* Says in one line what the program's reader finds in each log named on the command line, for a
 * second reader to compare. */
#include <stdio.h>

#include "dais/journal.h"

int
main(int argc, char **argv)
{
	static const char *const states[] = {"whole", "torn", "short", "damaged", "not-a-log"};
	for (int i = 1; i < argc; i++) {
		struct journal_check c;
		int r = journal_read(argv[i], NULL, NULL, &c);
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
