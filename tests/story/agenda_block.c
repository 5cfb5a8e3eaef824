/*
 * The agenda of a story in short lines, so that a story shows what its rule
 * needs and nothing else:
 *
 *     forum Title date=2023-07-15 start=14:00
 *     timing speech=3m warn=1m,30s interrupt=pause limit=2
 *     queue order=fifo
 *     person zhanghu 张虎 title=教授 affiliation=山西大学 role=guest attending=online
 *     segment point p1 40m title=… invited=zhanghu,song timing.speech=2m queue.order=alternate
 *     rehearsal
 *     begins 2023-07-15 14:02
 */
#include <stdlib.h>
#include <string.h>

#include "bench.h"

struct str
word_take(struct str *line)
{
	*line = str_trim(*line);
	size_t n = 0;
	bool quoted = false;
	while (n < line->n && (quoted || line->p[n] != ' '))
		quoted ^= line->p[n++] == '"';
	struct str word = str_upto(*line, n);
	*line = str_trim(str_from(*line, n));
	return word;
}

bool
time_read(struct str s, int64_t *ms)
{
	int64_t part = 0;
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] != '.')
			continue;
		if (s.n - i != 4 || !str_int(str_from(s, i + 1), &part))
			return false;
		s.n = i;
	}
	if (!duration_read(s, false, ms))
		return false;
	*ms += part;
	return true;
}

void
time_put(struct buf *out, int64_t ms)
{
	if (ms == EVENT_NO) {
		buf_puts(out, "-");
		return;
	}
	if (ms < 0 && ms > -1000)
		buf_char(out, '-');
	duration_put(out, ms);
	if (ms % 1000)
		buf_printf(out, ".%03lld", llabs((long long)ms % 1000));
}

/* Days since 1970-01-01, counted month by month: slow, and independent of the code under test. */
static int64_t
days_since_1970(int64_t year, int64_t month, int64_t day)
{
	static const int64_t months[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
	int64_t days = day - 1;
	for (int64_t y = 1970; y < year; y++)
		days += y % 4 == 0 && (y % 100 || y % 400 == 0) ? 366 : 365;
	for (int64_t m = 1; m < month; m++)
		days += months[m - 1] +
			(m == 2 && year % 4 == 0 && (year % 100 || year % 400 == 0));
	return days;
}

bool
agenda_block_wall(struct str s, int64_t *out)
{
	int64_t y, m, d, h, min, sec = 0;
	if ((s.n != 16 && s.n != 19) || !str_int(str_upto(s, 4), &y) ||
		!str_int((struct str){s.p + 5, 2}, &m) || !str_int((struct str){s.p + 8, 2}, &d) ||
		!str_int((struct str){s.p + 11, 2}, &h) ||
		!str_int((struct str){s.p + 14, 2}, &min) ||
		(s.n == 19 && !str_int(str_from(s, 17), &sec)))
		return false;
	*out = ((days_since_1970(y, m, d) * 24 + h - 8) * 3600 + min * 60 + sec) * 1000;
	return true;
}

static bool
is_list(struct str key)
{
	static const char *const lists[] = {"speakers", "recipients", "presenters", "invited",
		"warn", "organizers", "sponsors", "media"};
	for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
		if (str_is(key, lists[i]))
			return true;
	return false;
}

/* A value is a duration where it reads as one, a number, or text. */
static void
put_value(struct canon_writer *w, struct str key, struct str value)
{
	int64_t n;
	bool text = str_is(key, "start") || str_is(key, "title");
	if (value.n >= 2 && value.p[0] == '"') {
		value = (struct str){value.p + 1, value.n - 2};
		text = true;
	}
	if (!text && (str_int(value, &n) || duration_read(value, false, &n)))
		canon_int(w, n);
	else
		canon_str(w, value);
}

static void
put_pair(struct buf *out, struct str key, struct str value)
{
	struct canon_writer w = {out, out->n > 0};
	char *z = str_dup(key);
	canon_key(&w, z);
	free(z);
	if (!is_list(key)) {
		put_value(&w, key, value);
		return;
	}
	canon_open(&w, '[');
	while (value.n) {
		const char *comma = memchr(value.p, ',', value.n);
		size_t n = comma ? (size_t)(comma - value.p) : value.n;
		put_value(&w, key, str_upto(value, n));
		value = str_from(value, comma ? n + 1 : n);
	}
	canon_close(&w, ']');
}

static bool
put_pairs(struct buf *out, struct buf *timing, struct buf *queue, struct str line)
{
	while (line.n) {
		struct str word = word_take(&line);
		const char *is = memchr(word.p, '=', word.n);
		if (!is)
			return false;
		struct str key = str_upto(word, (size_t)(is - word.p)),
			   value = str_from(word, key.n + 1);
		struct buf *into = out;
		if (str_starts(key, STR("timing."))) {
			into = timing;
			key = str_from(key, 7);
		} else if (str_starts(key, STR("queue."))) {
			into = queue;
			key = str_from(key, 6);
		}
		put_pair(into, key, value);
	}
	return true;
}

static bool
take_segment(struct agenda_block *a, struct str line)
{
	struct buf one = {0}, timing = {0}, queue = {0};
	put_pair(&one, STR("kind"), word_take(&line));
	put_pair(&one, STR("id"), word_take(&line));
	put_pair(&one, STR("duration"), word_take(&line));
	bool ok = put_pairs(&one, &timing, &queue, line);
	if (timing.n)
		buf_printf(&one, ",\"timing\":{%s}", timing.p);
	if (queue.n)
		buf_printf(&one, ",\"queue\":{%s}", queue.p);
	buf_printf(&a->segments, "%s{%s}", a->segments.n ? "," : "", one.p);
	buf_finish(&one);
	buf_finish(&timing);
	buf_finish(&queue);
	return ok;
}

static bool
take_person(struct agenda_block *a, struct str line)
{
	struct buf one = {0};
	put_pair(&one, STR("id"), word_take(&line));
	put_pair(&one, STR("name"), word_take(&line));
	bool ok = put_pairs(&one, NULL, NULL, line);
	buf_printf(&a->people, "%s{%s}", a->people.n ? "," : "", one.p);
	buf_finish(&one);
	return ok;
}

bool
agenda_block_line(struct agenda_block *a, struct str line)
{
	struct str word = word_take(&line);
	if (str_is(word, "forum")) {
		put_pair(&a->fields, STR("title"), word_take(&line));
		return put_pairs(&a->fields, NULL, NULL, line);
	}
	if (str_is(word, "timing"))
		return put_pairs(&a->timing, NULL, NULL, line);
	if (str_is(word, "queue"))
		return put_pairs(&a->queue, NULL, NULL, line);
	if (str_is(word, "person"))
		return take_person(a, line);
	if (str_is(word, "segment"))
		return take_segment(a, line);
	if (str_is(word, "rehearsal"))
		return a->rehearsal = true;
	if (str_is(word, "begins"))
		return a->wall_said = agenda_block_wall(line, &a->wall);
	return false;
}

void
agenda_block_write(struct agenda_block *a, struct buf *out)
{
	if (!a->wall_said)
		agenda_block_wall(STR("2023-07-15 14:00"), &a->wall);
	buf_printf(out, "{%s,\"timing\":{%s},\"queue\":{%s},\"people\":[%s],\"agenda\":[%s]}",
		a->fields.n ? a->fields.p : "\"title\":\"T\"", a->timing.n ? a->timing.p : "",
		a->queue.n ? a->queue.p : "", a->people.n ? a->people.p : "",
		a->segments.n ? a->segments.p : "");
}

void
agenda_block_finish(struct agenda_block *a)
{
	buf_finish(&a->timing);
	buf_finish(&a->queue);
	buf_finish(&a->people);
	buf_finish(&a->segments);
	buf_finish(&a->fields);
	*a = (struct agenda_block){0};
}
