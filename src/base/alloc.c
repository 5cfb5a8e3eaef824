/* Memory that is there or the program ends: no caller has a branch for NULL that no test would
 * reach. */
#include <stdlib.h>
#include <string.h>

#include "dais/log.h"
#include "dais/str.h"

static void *
alive(void *p)
{
	if (!p)
		log_die("out of memory");
	return p;
}

void *
xmalloc(size_t n)
{
	return alive(malloc(n ? n : 1));
}

void *
xcalloc(size_t count, size_t n)
{
	return alive(calloc(count ? count : 1, n ? n : 1));
}

void *
xrealloc(void *p, size_t n)
{
	return alive(realloc(p, n ? n : 1));
}

char *
xstrdup(const char *z)
{
	return str_dup(str_of(z));
}

char *
str_dup(struct str s)
{
	char *z = xmalloc(s.n + 1);
	if (s.n)
		memcpy(z, s.p, s.n);
	z[s.n] = 0;
	return z;
}
