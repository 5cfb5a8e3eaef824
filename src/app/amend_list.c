/* What can be corrected in a closed log, with the numbers and ids that a correction names, and what
 * was corrected so far. */
#include <string.h>

#include "amend.h"
#include "dais/report.h"

enum { WIDTH_MAX = 100, WIDTH_LEAST = 40, NAME_MOST = 16, TITLE_MOST = 14 };

struct listing {
	struct buf out;
	const struct session *s;
	int width;
};

static void
put_heading(struct listing *x, const char *words)
{
	buf_char(&x->out, '\n');
	buf_puts(&x->out, words);
	buf_char(&x->out, '\n');
}

/* Text from column `left` on, broken into lines that hang there. */
static void
put_hanging(struct listing *x, int left, struct str text)
{
	struct buf clean = {0};
	int room = x->width - left > WIDTH_LEAST / 2 ? x->width - left : WIDTH_LEAST / 2;
	text_clean(&clean, text);
	struct str rest = buf_view(&clean);
	while (rest.n) {
		size_t n = text_break(rest, room);
		buf_str(&x->out, str_trim(str_upto(rest, n)));
		buf_char(&x->out, '\n');
		rest = str_trim(str_from(rest, n));
		if (rest.n)
			buf_fill(&x->out, ' ', (size_t)left);
	}
	if (!clean.n)
		buf_char(&x->out, '\n');
	buf_finish(&clean);
}

/* "  12  " */
static void
put_number(struct listing *x, int64_t n)
{
	buf_printf(&x->out, "%5lld  ", (long long)n);
}

static struct str
name_of(const struct session *s, struct str id)
{
	const struct session_person *p = session_person(s, id);
	return p ? p->name : id;
}

static int
widest(const struct session *s, bool titles, int most)
{
	int widest = 0;
	for (size_t i = 0; i < session_person_count(s); i++) {
		const struct session_person *p = session_person_at(s, i);
		int width = text_width(titles ? p->title : p->name);
		widest = width > widest ? width : widest;
	}
	return widest > most ? most : widest;
}

static const char *
sign_of(enum event_mark mark)
{
	static const char *const signs[MARK_COUNT] = {[MARK_QUESTION] = "?",
		[MARK_ACTION] = "!",
		[MARK_DECISION] = "=",
		[MARK_QUOTE] = "\""};
	return signs[mark] ? signs[mark] : " ";
}

/* "14:50" where it was said, of a note that was added later the day on which it was. */
static struct str
when_of(const struct session_note *note)
{
	struct str at = note->at;
	if (at.n < 16)
		return at;
	return note->lane == LANE_AMENDS ? str_upto(at, 10) : str_upto(str_from(at, 11), 5);
}

static void
put_notes(struct listing *x)
{
	int names = widest(x->s, false, NAME_MOST), when = 5;
	bool any = false;
	for (size_t i = 0; i < session_note_count(x->s); i++)
		if (session_note_at(x->s, i)->lane == LANE_AMENDS)
			when = 10;
	for (size_t i = 0; i < session_note_count(x->s); i++) {
		const struct session_note *note = session_note_at(x->s, i);
		if (note->removed || note->lane == LANE_CHAIRS)
			continue;
		if (!any)
			put_heading(x, _("Notes"));
		any = true;
		put_number(x, note->id);
		text_pad(&x->out, when_of(note), when);
		buf_puts(&x->out, "  ");
		text_pad(&x->out, name_of(x->s, note->person), names);
		buf_printf(&x->out, "  %s ", sign_of(note->mark));
		put_hanging(x, 7 + when + 2 + names + 4, note->text);
	}
}

static void
put_turns(struct listing *x)
{
	int names = widest(x->s, false, NAME_MOST);
	size_t n;
	const struct session_segment *segments = session_segments(x->s, &n);
	if (session_turn_count(x->s))
		put_heading(x, _("The turns"));
	for (size_t i = 0; i < session_turn_count(x->s); i++) {
		const struct session_turn *turn = session_turn_at(x->s, i);
		struct buf at = {0};
		clock_iso(&at, session_wall(x->s, turn->started_t), session_zone(x->s));
		put_number(x, turn->id);
		text_pad(&x->out, str_upto(str_from(buf_view(&at), 11), 5), 5);
		buf_puts(&x->out, "  ");
		text_pad(&x->out, name_of(x->s, turn->person), names);
		buf_puts(&x->out, "  ");
		put_hanging(x, 7 + 7 + names + 2,
			turn->segment < n ? segments[turn->segment].title : STR_NONE);
		buf_finish(&at);
	}
}

static void
put_people(struct listing *x)
{
	int names = widest(x->s, false, NAME_MOST), titles = widest(x->s, true, TITLE_MOST);
	int ids = 4;
	for (size_t i = 0; i < session_person_count(x->s); i++) {
		int width = text_width(session_person_at(x->s, i)->id);
		ids = width > ids ? width : ids;
	}
	ids = ids > NAME_MOST ? NAME_MOST : ids;
	if (session_person_count(x->s))
		put_heading(x, _("People"));
	for (size_t i = 0; i < session_person_count(x->s); i++) {
		const struct session_person *p = session_person_at(x->s, i);
		buf_puts(&x->out, "  ");
		text_pad(&x->out, p->id, ids);
		buf_puts(&x->out, "  ");
		text_pad(&x->out, p->name, names);
		buf_puts(&x->out, "  ");
		text_pad(&x->out, p->title, titles);
		buf_puts(&x->out, "  ");
		put_hanging(x, 2 + ids + 2 + names + 2 + titles + 2, p->affiliation);
	}
}

/* "2026-05-20 14:05  董云云  " */
static void
put_who(struct listing *x, struct str at, struct str by)
{
	struct buf day = {0};
	buf_str(&day, str_upto(at, at.n < 10 ? at.n : 10));
	if (at.n >= 16) {
		buf_char(&day, ' ');
		buf_str(&day, str_upto(str_from(at, 11), 5));
	}
	text_pad(&x->out, buf_view(&day), 16);
	buf_puts(&x->out, "  ");
	text_pad(&x->out, by, 12);
	buf_puts(&x->out, "  ");
	buf_finish(&day);
}

static void
put_done(struct listing *x)
{
	bool any = false;
	for (size_t i = 0; i < session_event_count(x->s); i++) {
		const struct event *e = session_event_at(x->s, i);
		struct buf what = {0};
		if (e->lane == LANE_AMENDS && report_amendment(&what, x->s, e)) {
			if (!any)
				put_heading(x, _("After the close"));
			any = true;
			put_number(x, e->seq);
			put_who(x, e->at, e->by);
			if (session_event_undone(x->s, i))
				buf_printf(&what, " %s", _("(taken back)"));
			put_hanging(x, 7 + 18 + 14, buf_view(&what));
		}
		buf_finish(&what);
	}
}

static void
put_approval(struct listing *x)
{
	const struct session_approval *a = session_approved(x->s);
	buf_char(&x->out, '\n');
	if (!a)
		buf_puts(&x->out, _("The report is a draft: nobody has approved it."));
	else if (a->changed)
		buf_puts(&x->out,
			_("The report is a draft: it was changed since it was approved."));
	else
		buf_puts(&x->out, _("The report is approved."));
	buf_char(&x->out, '\n');
}

/* One of each kind, to be copied. */
static void
put_how(struct listing *x, const char *log)
{
	static const char *const lines[] = {"note edit 3 \"…\"", "note add \"NAME: …\" --turn 2",
		"note remove 3", "people set ID --name NAME --title TITLE --affiliation UNIT",
		"report review NAME,NAME", "report approve NAME", "undo 2"};
	put_heading(x, _("How to correct"));
	for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
		buf_puts(&x->out, "  dais amend ");
		text_clean(&x->out, str_of(log));
		buf_printf(&x->out, " %s\n", lines[i]);
	}
}

void
amend_list(const struct session *s, const char *log)
{
	struct listing x = {.s = s, .width = output_columns()};
	if (x.width == 0 || x.width > WIDTH_MAX)
		x.width = WIDTH_MAX;
	text_clean(&x.out, session_forum(s)->title);
	buf_char(&x.out, '\n');
	put_notes(&x);
	put_turns(&x);
	put_people(&x);
	put_done(&x);
	put_approval(&x);
	put_how(&x, log);
	app_print(buf_view(&x.out));
	buf_finish(&x.out);
}
