/*
 * Who speaks, as subtitles of the recording: WebVTT, one cue a turn from its
 * start to its end. Somebody who interrupts has a cue within another's, which
 * WebVTT allows.
 */
#include <stdlib.h>

#include "internal.h"

void
vtt_text(struct buf *out, struct str text)
{
	struct buf plain = {0};
	plain_text(&plain, text, false);
	for (size_t i = 0; i < plain.n; i++) {
		char c = plain.p[i];
		if (c == '&')
			buf_puts(out, "&amp;");
		else if (c == '<')
			buf_puts(out, "&lt;");
		else if (c == '>')
			buf_puts(out, "&gt;");
		else
			buf_char(out, c);
	}
	buf_finish(&plain);
}

static void
put_time(struct buf *out, int64_t ms)
{
	buf_printf(out, "%02lld:%02d:%02d.%03d", (long long)(ms / 3600000), (int)(ms / 60000 % 60),
		(int)(ms / 1000 % 60), (int)(ms % 1000));
}

static void
put_note(struct buf *out, struct str text)
{
	struct buf plain = {0};
	vtt_text(&plain, text);
	if (plain.n)
		buf_printf(out, "\nNOTE %s\n", plain.p);
	buf_finish(&plain);
}

/* A line of a cue; an empty one would end it. */
static void
put_line(struct buf *out, struct str text)
{
	size_t before = out->n;
	vtt_text(out, text);
	if (out->n > before)
		buf_char(out, '\n');
}

static void
put_cue(struct buf *out, const struct session *s, const struct session_turn *turn,
	const struct report_options *o)
{
	struct buf who = {0}, what = {0};
	int64_t start = turn->started_t + o->offset_ms;
	int64_t end = report_turn_end(turn, report_end(s, o)) + o->offset_ms;
	size_t n;
	const struct session_segment *segments = session_segments(s, &n);
	const struct session_person *p = session_person(s, turn->person);
	if (start < 0)
		start = 0;
	buf_printf(out, "\nturn-%lld\n", (long long)turn->id);
	put_time(out, start);
	buf_puts(out, " --> ");
	put_time(out, end > start ? end : start + 1); /* a cue lasts */
	buf_char(out, '\n');
	struct str parts[] = {report_name(s, turn->person), p ? p->title : STR_NONE,
		p ? p->affiliation : STR_NONE};
	for (size_t i = 0; i < 3; i++) {
		struct buf part = {0};
		plain_text(&part, parts[i], false);
		if (part.n && who.n)
			buf_puts(&who, " · ");
		buf_str(&who, buf_view(&part));
		buf_finish(&part);
	}
	if (turn->as != AS_SPEECH)
		buf_printf(&who, " (%s)", report_as(turn->as));
	put_line(out, buf_view(&who));
	if (turn->segment < n)
		report_segment(&what, &segments[turn->segment], o->chinese);
	put_line(out, buf_view(&what));
	buf_finish(&who);
	buf_finish(&what);
}

static int
by_start(const void *a, const void *b)
{
	const struct session_turn *x = *(const struct session_turn *const *)a;
	const struct session_turn *y = *(const struct session_turn *const *)b;
	if (x->started_t != y->started_t)
		return x->started_t < y->started_t ? -1 : 1;
	return x < y ? -1 : x > y;
}

static bool
recorded(const struct session *s, const struct session_turn *turn, const struct report_options *o)
{
	int64_t end = report_turn_end(turn, report_end(s, o)) + o->offset_ms;
	return end > 0 || turn->started_t + o->offset_ms >= 0;
}

size_t
vtt_left_out(const struct session *s, const struct report_options *o)
{
	size_t left = 0;
	size_t n = session_turn_count(s);
	for (size_t i = 0; i < n; i++)
		left += !recorded(s, session_turn_at(s, i), o);
	return left;
}

void
vtt_write(struct buf *out, const struct session *s, const struct report_options *o)
{
	struct buf draft = {0}, amended = {0};
	size_t n = session_turn_count(s);
	const struct session_turn **sorted = xcalloc(n + 1, sizeof(const struct session_turn *));
	for (size_t i = 0; i < n; i++)
		sorted[i] = session_turn_at(s, i);
	qsort(sorted, n, sizeof(const struct session_turn *), by_start);
	buf_puts(out, "WEBVTT\n");
	put_note(out, session_forum(s)->title);
	if (report_is_draft(s, o)) {
		buf_printf(&draft, "%s: ", _("DRAFT"));
		report_state(&draft, s, o);
	}
	put_note(out, buf_view(&draft));
	report_amended(&amended, s);
	put_note(out, buf_view(&amended));
	put_note(out, o->damage);
	for (size_t i = 0; i < n; i++)
		if (recorded(s, sorted[i], o))
			put_cue(out, s, sorted[i], o);
	free(sorted);
	buf_finish(&draft);
	buf_finish(&amended);
}
