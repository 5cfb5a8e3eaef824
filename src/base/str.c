/* Slices: looking at bytes that somebody else keeps. */
#include <string.h>

#include "dais/str.h"

struct str
str_of(const char *z)
{
	return z ? (struct str){z, strlen(z)} : STR_NONE;
}

bool
str_eq(struct str a, struct str b)
{
	return a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, a.n) == 0);
}

bool
str_is(struct str a, const char *z)
{
	return str_eq(a, str_of(z));
}

int
str_cmp(struct str a, struct str b)
{
	size_t n = a.n < b.n ? a.n : b.n;
	int c = n ? memcmp(a.p, b.p, n) : 0;
	return c ? c : (a.n > b.n) - (a.n < b.n);
}

bool
str_starts(struct str s, struct str prefix)
{
	return s.n >= prefix.n && str_eq(str_upto(s, prefix.n), prefix);
}

struct str
str_from(struct str s, size_t start)
{
	if (start > s.n)
		start = s.n;
	return (struct str){s.p ? s.p + start : NULL, s.n - start};
}

struct str
str_upto(struct str s, size_t n)
{
	return (struct str){s.p, n < s.n ? n : s.n};
}

static size_t
blank_at(struct str s, size_t at)
{
	if (at < s.n && (s.p[at] == ' ' || (s.p[at] >= '\t' && s.p[at] <= '\r')))
		return 1;
	return at + 3 <= s.n && memcmp(s.p + at, "\xe3\x80\x80", 3) == 0 ? 3 : 0; /* U+3000 */
}

struct str
str_trim(struct str s)
{
	for (size_t n; (n = blank_at(s, 0)) > 0;)
		s = str_from(s, n);
	for (;;) {
		if (s.n && blank_at(s, s.n - 1) == 1)
			s.n--;
		else if (s.n >= 3 && blank_at(s, s.n - 3) == 3)
			s.n -= 3;
		else
			return s;
	}
}

bool
str_int(struct str s, int64_t *out)
{
	int64_t v = 0;
	if (s.n == 0)
		return false;
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] < '0' || s.p[i] > '9')
			return false;
		if (__builtin_mul_overflow(v, 10, &v) ||
			__builtin_add_overflow(v, s.p[i] - '0', &v))
			return false;
	}
	*out = v;
	return true;
}
