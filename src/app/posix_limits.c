/*
 * How many files may be open: each console on a line is one, and the usual 1024
 * are too few for a hall of observers. The hard limit is what the system grants
 * without asking; more than MOST is nobody's need here.
 */
#include <sys/resource.h>

#include "internal.h"

enum { MOST = 4096, OTHERS = 128, LEAST = 16 };

unsigned
limits_raise(void)
{
	struct rlimit l;
	if (getrlimit(RLIMIT_NOFILE, &l) < 0)
		return LEAST;
	rlim_t most = l.rlim_max < MOST ? l.rlim_max : MOST;
	if (l.rlim_cur < most) {
		struct rlimit more = {most, l.rlim_max};
		if (setrlimit(RLIMIT_NOFILE, &more) == 0)
			l = more;
	}
	rlim_t have = l.rlim_cur < MOST ? l.rlim_cur : MOST;
	return have > OTHERS + LEAST ? (unsigned)have - OTHERS : LEAST;
}
