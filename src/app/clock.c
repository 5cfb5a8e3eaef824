/* Session time: how it runs, and where it stands after a pause in hosting. Pure; the machine's
 * clocks come as arguments. */
#include "internal.h"

/* What no clock goes beyond, whatever it says: the largest number that a log can hold. */
#define LAST (EVENT_INT_MAX - 1)

int64_t
clock_ms(int64_t seconds, int64_t nanoseconds)
{
	if (seconds >= LAST / 1000)
		return LAST;
	return seconds <= -(LAST / 1000) ? -LAST : seconds * 1000 + nanoseconds / 1000000;
}

/* A moment so long behind t; t where the clock went back. */
static int64_t
later(int64_t t, int64_t gone, int64_t factor)
{
	int64_t ms;
	if (gone <= 0)
		return t;
	return __builtin_mul_overflow(gone, factor, &ms) || ms > LAST - t ? LAST : t + ms;
}

int64_t
clock_session(const struct clock *c, int64_t mono)
{
	return later(c->anchor_t, mono - c->anchor_mono, c->factor);
}

int64_t
clock_resume(const struct event *host, int64_t last_t, struct str boot, int64_t mono, int64_t wall,
	int64_t factor)
{
	if (!host)
		return last_t;
	bool same_boot = boot.n && str_eq(host->host.boot, boot);
	int64_t gone = same_boot ? mono - host->host.mono : wall - host->host.wall;
	/* A dead battery clock says 1970, a wrong one anything: then nothing is counted that no
	 * record vouches for. */
	int64_t t = gone < LAST / factor ? later(host->t, gone, factor) : last_t;
	return t > last_t ? t : last_t;
}

/* Years, months and days of the Gregorian calendar from days since 1970 (H. Hinnant, as in the
 * core's schedule). */
static void
civil_from_days(int64_t days, int64_t *y, int64_t *m, int64_t *d)
{
	days += 719468;
	int64_t era = (days >= 0 ? days : days - 146096) / 146097;
	int64_t of_era = days - era * 146097;
	int64_t year = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
	int64_t of_year = of_era - (365 * year + year / 4 - year / 100);
	int64_t month = (5 * of_year + 2) / 153;
	*d = of_year - (153 * month + 2) / 5 + 1;
	*m = month < 10 ? month + 3 : month - 9;
	*y = year + era * 400 + (*m <= 2);
}

void
clock_iso(struct buf *out, int64_t wall_ms, int64_t zone_min)
{
	int64_t local = wall_ms / 1000 + zone_min * 60, y, m, d;
	int64_t days = local >= 0 ? local / 86400 : (local - 86399) / 86400;
	int64_t second = local - days * 86400;
	civil_from_days(days, &y, &m, &d);
	int64_t zone = zone_min < 0 ? -zone_min : zone_min;
	buf_printf(out, "%04d-%02d-%02dT%02d:%02d:%02d%c%02d:%02d", (int)y, (int)m, (int)d,
		(int)(second / 3600), (int)(second / 60 % 60), (int)(second % 60),
		zone_min < 0 ? '-' : '+', (int)(zone / 60), (int)(zone % 60));
}
