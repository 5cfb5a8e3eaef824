/* Durations as people write them in agendas and commands, and as a clock shows them. */
#include "dais/command.h"
#include "typed.h"

enum { HOUR = 3600, MINUTE = 60, DAY = 24 * HOUR, MS = 1000 };

struct unit {
	const char *text;
	int64_t seconds;
};

/* A longer word stands before the one that it begins with. */
static const struct unit units[] = {
	{"h", HOUR},
	{"小时", HOUR},
	{"m", MINUTE},
	{"分钟", MINUTE},
	{"分", MINUTE},
	{"s", 1},
	{"秒", 1},
};

/* Takes digits from the start of s; false if there are none or they are beyond a day. */
static bool
take_number(struct str *s, int64_t *v, size_t *digits)
{
	size_t n = 0;
	*v = 0;
	while (n < s->n && s->p[n] >= '0' && s->p[n] <= '9' && *v <= DAY)
		*v = *v * 10 + (s->p[n++] - '0');
	*s = str_from(*s, n);
	*digits = n;
	return n > 0 && *v <= DAY;
}

/* "1:30" and "1:02:03": behind a colon stand two digits below 60. */
static bool
read_clock(struct str s, int64_t *seconds)
{
	size_t digits;
	if (!take_number(&s, seconds, &digits))
		return false;
	int64_t part;
	int parts = 1;
	while (s.n && s.p[0] == ':') {
		s = str_from(s, 1);
		if (!take_number(&s, &part, &digits) || digits != 2 || part >= 60)
			return false;
		*seconds = *seconds * 60 + part;
		/* Hours are followed by minutes of two digits already; the first part of two is
		 * minutes. */
		if (++parts > 3)
			return false;
	}
	return parts > 1 && s.n == 0;
}

static const struct unit *
take_unit(struct str *s)
{
	for (size_t i = 0; i < sizeof units / sizeof units[0]; i++) {
		struct str text = str_of(units[i].text);
		if (str_starts(*s, text)) {
			*s = str_from(*s, text.n);
			return &units[i];
		}
	}
	return NULL;
}

/* "1h2m3s": units from large to small, each once; only the first number may be more than the next
 * larger unit holds. */
static bool
read_units(struct str s, int64_t *seconds)
{
	int64_t last = INT64_MAX;
	*seconds = 0;
	while (s.n) {
		int64_t v;
		size_t digits;
		if (!take_number(&s, &v, &digits))
			return false;
		const struct unit *u = take_unit(&s);
		if (!u || u->seconds >= last || (last != INT64_MAX && v >= 60))
			return false;
		*seconds += v * u->seconds;
		last = u->seconds;
	}
	return last != INT64_MAX;
}

bool
duration_read(struct str s, bool with_sign, int64_t *ms)
{
	struct buf folded = {0};
	typed_fold(&folded, s);
	struct str rest = buf_view(&folded);
	bool minus = rest.n && rest.p[0] == '-';
	bool sign = minus || (rest.n && rest.p[0] == '+');
	if (sign)
		rest = str_from(rest, 1);
	int64_t seconds;
	bool ok = (!sign || with_sign) &&
		  (read_clock(rest, &seconds) || read_units(rest, &seconds)) && seconds <= DAY;
	if (ok)
		*ms = (minus ? -seconds : seconds) * MS;
	buf_finish(&folded);
	return ok;
}

static void
put_part(struct buf *out, int64_t v)
{
	buf_char(out, ':');
	buf_char(out, (char)('0' + v / 10));
	buf_char(out, (char)('0' + v % 10));
}

void
duration_put(struct buf *out, int64_t ms)
{
	int64_t seconds = ms / MS;
	if (seconds < 0) {
		buf_char(out, '-');
		seconds = -seconds;
	}
	/* Most of what a clock writes each second: too often for a format. */
	buf_int(out, seconds >= HOUR ? seconds / HOUR : seconds / MINUTE);
	if (seconds >= HOUR)
		put_part(out, seconds / MINUTE % 60);
	put_part(out, seconds % 60);
}
