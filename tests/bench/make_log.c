/* make-log FILE: writes a log, and says of what it is made. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "making.h"

enum { EVENTS = 1000 };

static void
tell(const struct made *m, uint64_t seed)
{
	fprintf(stderr, "make-log: %lld events, seed %llu, %lld wishes refused\n",
		(long long)m->events, (unsigned long long)seed, (long long)m->refused);
	for (int k = 0; k < EVENT_KIND_COUNT; k++)
		if (m->kinds[k])
			fprintf(stderr, "%8lld %s\n", (long long)m->kinds[k],
				event_kind_text((enum event_kind)k));
}

int
main(int argc, char **argv)
{
	if (argc < 2 || argv[1][0] == '-') {
		fprintf(stderr,
			"usage: make-log FILE [EVENTS [SEED [UNDOS]]]\n"
			"  EVENTS: %d unless said; UNDOS: their share, 0.01 unless said\n",
			EVENTS);
		return 2;
	}
	FILE *file = fopen(argv[1], "wb");
	uint64_t seed = argc > 3 ? strtoull(argv[3], NULL, 10) : MAKE_SEED;
	struct made m = {0};
	if (file)
		m = make_log(file, argc > 2 ? atoll(argv[2]) : EVENTS, seed,
			argc > 4 ? atof(argv[4]) : 0.01);
	if (!file || fclose(file)) {
		fprintf(stderr, "make-log: %s: %s\n", argv[1], strerror(errno));
		return 1;
	}
	/* The log is whole before anything is told: whoever listens may not wait for the end. */
	tell(&m, seed);
	return 0;
}
