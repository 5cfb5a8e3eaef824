/* Days and times of day, as the real calendar has them. What people write instead is understood
 * well enough to say how it is written here. */
#include <stdio.h>

#include "internal.h"

/* The numbers of a text in their order, whatever parts them; how many. */
static size_t
numbers(struct str s, int64_t out[3])
{
	size_t n = 0;
	bool inside = false;
	for (size_t i = 0; i < s.n; i++) {
		bool digit = s.p[i] >= '0' && s.p[i] <= '9';
		if (digit && !inside && n++ < 3)
			out[n - 1] = 0;
		if (digit && n <= 3 && out[n - 1] < 100000)
			out[n - 1] = out[n - 1] * 10 + (s.p[i] - '0');
		inside = digit;
	}
	return n;
}

static bool
real_day(int64_t year, int64_t month, int64_t day)
{
	static const char days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
	if (year < 1900 || year > 9999 || month < 1 || month > 12 || day < 1)
		return false;
	bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
	return day <= days[month - 1] + (month == 2 && leap);
}

static struct str
print(struct reading *r, const char *format, int64_t a, int64_t b, int64_t c)
{
	struct buf out = {0};
	struct str kept;
	if (format[0] == 'd')
		buf_printf(&out, "%04d-%02d-%02d", (int)a, (int)b, (int)c);
	else
		buf_printf(&out, "%02d:%02d", (int)a, (int)b);
	kept = arena_str(&r->arena, buf_view(&out));
	buf_finish(&out);
	return kept;
}

struct str
value_date(struct reading *r, const struct value *v)
{
	struct str text = str_trim(v->text);
	int64_t n[3] = {0};
	if (text.n == 0)
		return STR_NONE;
	if (numbers(text, n) != 3) {
		tell(r, v->spot, hint_of(_("write YYYY-MM-DD")), _("\"{0}\" is no date."),
			ARGS(text));
		return STR_NONE;
	}
	struct str plain = print(r, "d", n[0], n[1], n[2]);
	if (!real_day(n[0], n[1], n[2]))
		tell(r, v->spot, hint_of(_("write YYYY-MM-DD")),
			_("\"{0}\" is no day of the calendar."), ARGS(text));
	else if (!str_eq(plain, text))
		tell(r, v->spot, diag_text(_("write {0}"), ARGS(plain)), _("\"{0}\" is no date."),
			ARGS(text));
	else
		return plain;
	return STR_NONE;
}

struct str
value_clock(struct reading *r, const struct value *v, int64_t *minutes)
{
	struct str text = str_trim(v->text);
	int64_t n[3] = {0};
	*minutes = EVENT_NO;
	if (text.n == 0)
		return STR_NONE;
	bool two = numbers(text, n) == 2 && n[0] <= 23 && n[1] <= 59;
	struct str plain = print(r, "t", n[0], n[1], 0);
	if (!two)
		tell(r, v->spot, hint_of(_("write HH:MM, such as 14:00")),
			_("\"{0}\" is no time of day."), ARGS(text));
	else if (!str_eq(plain, text))
		tell(r, v->spot, diag_text(_("write {0}"), ARGS(plain)),
			_("\"{0}\" is no time of day."), ARGS(text));
	else
		*minutes = n[0] * 60 + n[1];
	return *minutes == EVENT_NO ? STR_NONE : plain;
}
