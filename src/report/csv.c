/*
 * One row a turn, for spreadsheets (RFC 4180, and the byte order mark by which
 * Excel knows UTF-8). Whole seconds and local times without a zone: a
 * spreadsheet of any country reads both as what they are.
 */
#include <string.h>

#include "internal.h"

/* What makes a spreadsheet take a cell for a formula, in both widths. What it skips before one
 * (blanks, controls) plain_text() has left out. */
static bool
calculates(struct str text)
{
	static const char *const signs[] = {"=", "+", "-", "@", "＝", "＋", "－", "＠"};
	for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
		if (str_starts(text, str_of(signs[i])))
			return true;
	return false;
}

void
csv_cell(struct buf *out, struct str text)
{
	struct buf plain = {0};
	plain_text(&plain, text, true);
	struct str cell = buf_view(&plain);
	bool quoted = false;
	for (size_t i = 0; i < cell.n; i++)
		quoted = quoted || strchr(",;\"\n", cell.p[i]);
	if (quoted)
		buf_char(out, '"');
	if (calculates(cell))
		buf_char(out, '\'');
	for (size_t i = 0; i < cell.n; i++) {
		if (cell.p[i] == '"')
			buf_char(out, '"');
		buf_char(out, cell.p[i]);
	}
	if (quoted)
		buf_char(out, '"');
	buf_finish(&plain);
}

static void
put(struct buf *out, struct str text)
{
	csv_cell(out, text);
	buf_char(out, ',');
}

static void
put_time(struct buf *out, const struct session *s, int64_t t)
{
	report_date(out, s, t);
	buf_char(out, ' ');
	report_seconds(out, s, t);
	buf_char(out, ',');
}

static void
put_length(struct buf *out, int64_t ms)
{
	if (ms != EVENT_NO)
		buf_int(out, (ms + 500) / 1000);
	buf_char(out, ',');
}

static void
put_notes(struct buf *out, const struct report_notes *notes, const struct session_turn *turn)
{
	struct buf all = {0};
	size_t n;
	const struct session_note *const *of = report_notes_of(notes, turn->id, &n);
	for (size_t i = 0; i < n; i++) {
		const char *mark = report_mark(of[i]->mark);
		if (i)
			buf_char(&all, '\n');
		if (mark)
			buf_printf(&all, "%s ", mark);
		buf_str(&all, of[i]->text);
	}
	csv_cell(out, buf_view(&all));
	buf_finish(&all);
}

static void
put_turn(struct buf *out, const struct session *s, const struct session_turn *turn,
	const struct report_notes *notes, const struct report_options *o)
{
	struct buf called = {0};
	size_t n;
	const struct session_segment *segments = session_segments(s, &n);
	const struct session_person *p = session_person(s, turn->person);
	if (turn->segment < n)
		report_segment(&called, &segments[turn->segment], o->chinese);
	put(out, buf_view(&called));
	buf_int(out, turn->id);
	buf_char(out, ',');
	put(out, turn->person);
	put(out, p ? p->name : turn->person);
	put(out, p ? p->affiliation : STR_NONE);
	put(out, p ? p->title : STR_NONE);
	put(out, str_of(event_as_text(turn->as)));
	put(out, str_of(event_attending_text(turn->attending)));
	put_time(out, s, turn->started_t);
	if (turn->ended_t == EVENT_NO)
		buf_char(out, ','); /* it lasts */
	else
		put_time(out, s, turn->ended_t);
	put_length(out, turn->allotted);
	put_length(out, session_turn_elapsed(turn, report_end(s, o)));
	put_length(out, report_turn_paused(turn, report_end(s, o)));
	put_notes(out, notes, turn);
	buf_puts(out, "\r\n");
	buf_finish(&called);
}

void
csv_write(struct buf *out, const struct session *s, const struct report_options *o)
{
	size_t n = session_turn_count(s);
	struct report_notes notes = report_notes_sort(s);
	buf_puts(out,
		"\xef\xbb\xbfsegment,turn,person,name,affiliation,title,as,attending,start,end,"
		"allotted_s,spoken_s,paused_s,notes\r\n");
	for (size_t i = 0; i < n; i++)
		put_turn(out, s, session_turn_at(s, i), &notes, o);
	report_notes_finish(&notes);
}
