/*
 * The report in Markdown, in the form that such forums publish: what, when,
 * where, by whom; keynotes; certificates; each point with its question and,
 * speaker by speaker in order, what they held; closing; credits.
 */
#include <string.h>

#include "dais/command.h"
#include "internal.h"

struct writing {
	struct buf *out;
	const struct session *s;
	const struct report_options *o;
	struct report_notes notes;
};

static bool
starts_a_block(struct str text)
{
	size_t digits = 0;
	if (!text.n)
		return false;
	if (strchr("-+=:", text.p[0]))
		return true;
	while (digits < text.n && text.p[digits] >= '0' && text.p[digits] <= '9')
		digits++;
	return digits && digits < text.n && (text.p[digits] == '.' || text.p[digits] == ')');
}

void
markdown_text(struct buf *out, struct str text)
{
	struct buf plain = {0};
	size_t digits = 0;
	plain_text(&plain, text, false); /* first: what is left out must not hide what acts */
	text = buf_view(&plain);
	if (starts_a_block(text)) {
		while (text.p[digits] >= '0' && text.p[digits] <= '9')
			digits++;
		buf_put(out, text.p, digits);
		buf_char(out, '\\');
		buf_char(out, text.p[digits]);
		text = str_from(text, digits + 1);
	}
	for (size_t i = 0; i < text.n; i++) {
		if (strchr("\\`*_{}[]<>#|~&!$^", text.p[i]))
			buf_char(out, '\\');
		buf_char(out, text.p[i]);
	}
	buf_finish(&plain);
}

static void
put_person(struct writing *w, struct str id)
{
	struct buf name = {0};
	report_person(&name, w->s, id, w->o->chinese);
	markdown_text(w->out, buf_view(&name));
	buf_finish(&name);
}

static void
join_people(struct writing *w, struct buf *out, struct event_list list)
{
	struct buf raw = {0};
	report_names(&raw, w->s, list, w->o->chinese);
	markdown_text(out, buf_view(&raw));
	buf_finish(&raw);
}

/* "- LABEL: a, b, c" if there is anything. */
static void
put_list(struct writing *w, const char *label, struct event_list list)
{
	if (!list.n)
		return;
	buf_printf(w->out, "- **%s** ", label);
	join_people(w, w->out, list);
	buf_char(w->out, '\n');
}

static void
put_line(struct writing *w, const char *label, struct str text)
{
	if (!text.n)
		return;
	buf_printf(w->out, "- **%s** ", label);
	markdown_text(w->out, text);
	buf_char(w->out, '\n');
}

static void
put_role(struct writing *w, const char *label, enum event_role role)
{
	size_t n = session_person_count(w->s);
	bool any = false;
	for (size_t i = 0; i < n; i++) {
		const struct session_person *person = session_person_at(w->s, i);
		if (person->role != role)
			continue;
		if (!any)
			buf_printf(w->out, "- **%s** ", label);
		else
			buf_puts(w->out, w->o->chinese ? "、" : "; ");
		put_person(w, person->id);
		any = true;
	}
	if (any)
		buf_char(w->out, '\n');
}

static void
put_draft(struct writing *w)
{
	struct buf state = {0};
	if (!report_is_draft(w->s, w->o))
		return;
	buf_printf(w->out, "> **%s** ", _("DRAFT"));
	report_state(&state, w->s, w->o);
	markdown_text(w->out, buf_view(&state));
	buf_char(w->out, '\n');
	if (w->o->damage.n) {
		buf_puts(w->out, ">\n> ");
		markdown_text(w->out, w->o->damage);
		buf_char(w->out, '\n');
	}
	buf_char(w->out, '\n');
	buf_finish(&state);
}

static void
put_header(struct writing *w)
{
	const struct session_forum *f = session_forum(w->s);
	struct buf when = {0}, amended = {0};
	buf_puts(w->out, "# ");
	markdown_text(w->out, f->title);
	buf_puts(w->out, "\n\n");
	put_draft(w);
	report_amended(&amended, w->s);
	if (amended.n)
		buf_printf(w->out, "*%s*\n\n", amended.p);
	buf_str(&when, f->date);
	if (f->start_min != EVENT_NO)
		buf_printf(&when, "%s%02d:%02d", when.n ? " " : "", (int)(f->start_min / 60),
			(int)(f->start_min % 60));
	put_line(w, _("Series:"), f->series);
	put_line(w, _("When:"), buf_view(&when));
	put_line(w, _("Where:"), f->venue);
	put_list(w, _("Organised by:"), f->organizers);
	put_role(w, _("Executive chairs:"), ROLE_EXECUTIVE_CHAIR);
	put_role(w, _("Online chairs:"), ROLE_ONLINE_CHAIR);
	put_role(w, _("Keynote speakers:"), ROLE_KEYNOTE);
	put_role(w, _("Invited guests:"), ROLE_GUEST);
	buf_finish(&when);
	buf_finish(&amended);
}

static void
put_note(struct writing *w, const struct session_note *note, bool named)
{
	const char *mark = report_mark(note->mark);
	buf_puts(w->out, "- ");
	if (mark)
		buf_printf(w->out, "**%s** ", mark);
	if (named && note->person.n) {
		markdown_text(w->out, report_name(w->s, note->person));
		buf_puts(w->out, w->o->chinese ? "：" : ": ");
	}
	if (note->mark == MARK_QUOTE)
		buf_puts(w->out, "“");
	markdown_text(w->out, note->text);
	buf_puts(w->out, note->mark == MARK_QUOTE ? "”\n" : "\n");
}

/* The notes of a turn, or (turn 0) those of a segment that belong to nobody's turn. */
static void
put_notes(struct writing *w, size_t segment, int64_t turn)
{
	size_t n;
	const struct session_note *const *notes = report_notes_of(&w->notes, turn, &n);
	for (size_t i = 0; i < n; i++)
		if (turn || notes[i]->segment == segment)
			put_note(w, notes[i], !turn);
}

/* What was noted before the first segment. */
static void
put_before(struct writing *w)
{
	size_t n;
	const struct session_note *const *notes = report_notes_of(&w->notes, 0, &n);
	bool any = false;
	for (size_t i = 0; i < n; i++)
		any = any || notes[i]->segment == SIZE_MAX;
	if (!any)
		return;
	buf_printf(w->out, "\n## %s\n\n", _("Before the beginning"));
	put_notes(w, SIZE_MAX, 0);
}

/* "**山西大学…教授张虎**（回应，线上，2:17）" and the notes of the turn. */
static void
put_turn(struct writing *w, const struct session_turn *turn)
{
	struct buf time = {0};
	const char *comma = w->o->chinese ? "，" : ", ";
	duration_put(&time, session_turn_elapsed(turn, w->o->now_t));
	buf_puts(w->out, "\n**");
	put_person(w, turn->person);
	buf_puts(w->out, w->o->chinese ? "**（" : "** (");
	if (turn->as != AS_SPEECH)
		buf_printf(w->out, "%s%s", report_as(turn->as), comma);
	if (turn->attending == ATTENDING_ONLINE)
		buf_printf(w->out, "%s%s", _("online"), comma);
	buf_str(w->out, buf_view(&time));
	if (turn->state != TURN_ENDED)
		buf_printf(w->out, "%s%s", comma, _("still speaking"));
	buf_puts(w->out, w->o->chinese ? "）\n\n" : ")\n\n");
	put_notes(w, turn->segment, turn->id);
	buf_finish(&time);
}

/* An award's line as it is read aloud: who hands it to whom; certificates from the same hands in
 * one breath. */
static void
put_awards(struct writing *w, size_t segment)
{
	size_t n = session_award_count(w->s);
	for (size_t i = 0, next; i < n; i = next) {
		const struct session_award *award = session_award_at(w->s, i);
		struct buf by = {0}, to = {0}, whom = {0};
		for (next = i;
			next < n && session_award_at(w->s, next)->segment == award->segment &&
			report_same_list(
				session_award_at(w->s, next)->presenters, award->presenters);
			next++) {
			if (to.n)
				buf_puts(&to, w->o->chinese ? "、" : "; ");
			report_person(
				&to, w->s, session_award_at(w->s, next)->recipient, w->o->chinese);
		}
		if (award->segment == segment) {
			join_people(w, &by, award->presenters);
			markdown_text(&whom, buf_view(&to));
			struct str args[] = {buf_view(&by), buf_view(&whom)};
			buf_puts(w->out, "- ");
			i18n_fill(w->out,
				by.n ? _("{0} presented the certificate of thanks to {1}")
				     : _("The certificate of thanks went to {1}"),
				args, 2);
			buf_char(w->out, '\n');
		}
		buf_finish(&by);
		buf_finish(&to);
		buf_finish(&whom);
	}
}

static void
put_missing_awards(struct writing *w, size_t segment, const struct session_segment *g)
{
	for (size_t i = 0; i < g->recipients.n; i++) {
		if (session_awarded(w->s, segment, g->recipients.items[i]) ||
			g->state == SEGMENT_PLANNED)
			continue;
		struct buf name = {0};
		markdown_text(&name, report_name(w->s, g->recipients.items[i]));
		struct str arg = buf_view(&name);
		buf_puts(w->out, "- ");
		i18n_fill(w->out, _("Not handed over: {0}"), &arg, 1);
		buf_char(w->out, '\n');
		buf_finish(&name);
	}
}

static void
put_marks(struct writing *w, size_t segment)
{
	size_t n = session_mark_count(w->s);
	for (size_t i = 0; i < n; i++) {
		const struct session_mark *mark = session_mark_at(w->s, i);
		if (mark->segment != segment)
			continue;
		buf_puts(w->out, "- ");
		report_clock(w->out, w->s, mark->t);
		buf_printf(
			w->out, " %s", mark->what == WHAT_PHOTO ? _("Photo taken") : _("Moment"));
		if (mark->text.n) {
			buf_puts(w->out, w->o->chinese ? "：" : ": ");
			markdown_text(w->out, mark->text);
		}
		buf_char(w->out, '\n');
	}
}

static void
put_segment(struct writing *w, size_t i, const struct session_segment *g)
{
	struct buf title = {0};
	size_t n = session_turn_count(w->s);
	report_segment(&title, g, w->o->chinese);
	buf_puts(w->out, "\n## ");
	if (g->kind == SEGMENT_KEYNOTE && g->title.n) {
		struct buf number = {0};
		i18n_ordinal(&number, g->number, w->o->chinese);
		struct str args[] = {buf_view(&number)};
		i18n_fill(w->out, _("Keynote {0}: "), args, 1);
		buf_finish(&number);
	}
	markdown_text(w->out, buf_view(&title));
	buf_char(w->out, '\n');
	if (g->state == SEGMENT_SKIPPED)
		buf_printf(w->out, "\n*%s*\n", _("Skipped."));
	for (size_t k = 0; k < n; k++)
		if (session_turn_at(w->s, k)->segment == i)
			put_turn(w, session_turn_at(w->s, k));
	size_t before = w->out->n;
	buf_char(w->out, '\n');
	put_awards(w, i);
	put_missing_awards(w, i, g);
	put_marks(w, i);
	put_notes(w, i, 0);
	if (w->out->n == before + 1)
		w->out->n = before; /* nothing followed the blank line */
	buf_finish(&title);
}

static void
put_talk(struct writing *w)
{
	size_t n = session_person_count(w->s);
	bool any = false;
	for (size_t i = 0; i < n; i++) {
		const struct session_person *person = session_person_at(w->s, i);
		struct session_talk talk = session_talk(w->s, person->id, SIZE_MAX, w->o->now_t);
		struct buf time = {0};
		if (!talk.turns)
			continue;
		if (!any)
			buf_printf(w->out, "\n## %s\n\n| %s | %s | %s |\n|---|---:|---:|\n",
				_("Talk time"), _("Who"), _("Turns"), _("Time"));
		any = true;
		duration_put(&time, talk.ms);
		buf_puts(w->out, "| ");
		put_person(w, person->id);
		buf_printf(w->out, " | %d | %s |\n", (int)talk.turns, time.p);
		buf_finish(&time);
	}
}

static void
put_credits(struct writing *w)
{
	const struct session_forum *f = session_forum(w->s);
	struct buf reviewed = {0}, approved = {0};
	report_reviewed_by(&reviewed, w->s, w->o->chinese);
	report_approved_by(&approved, w->s, w->o->chinese);
	if (f->sponsors.n || f->media.n || f->written_by.n || reviewed.n || approved.n)
		buf_printf(w->out, "\n## %s\n\n", _("Credits"));
	put_list(w, _("Supported by:"), f->sponsors);
	put_list(w, _("Media:"), f->media);
	put_list(w, _("Written by:"), f->written_by);
	put_line(w, _("Reviewed by:"), buf_view(&reviewed));
	put_line(w, _("Approved by:"), buf_view(&approved));
	if (f->about.n) {
		buf_char(w->out, '\n');
		markdown_text(w->out, f->about);
		buf_char(w->out, '\n');
	}
	buf_finish(&reviewed);
	buf_finish(&approved);
}

static void
put_corrections(struct writing *w)
{
	size_t i = report_correction(w->s, 0);
	if (i != SIZE_MAX)
		buf_printf(w->out, "\n## %s\n\n", _("Corrections made after the close"));
	for (; i != SIZE_MAX; i = report_correction(w->s, i + 1)) {
		struct buf line = {0};
		report_correction_line(&line, w->s, i, w->o->chinese);
		buf_puts(w->out, "- ");
		markdown_text(w->out, buf_view(&line));
		buf_char(w->out, '\n');
		buf_finish(&line);
	}
}

void
markdown_write(struct buf *out, const struct session *s, const struct report_options *o)
{
	struct writing w = {out, s, o, report_notes_sort(s)};
	size_t n;
	const struct session_segment *segments = session_segments(s, &n);
	put_header(&w);
	put_before(&w);
	for (size_t i = 0; i < n; i++)
		if (segments[i].state != SEGMENT_PLANNED)
			put_segment(&w, i, &segments[i]);
	put_talk(&w);
	put_credits(&w);
	put_corrections(&w);
	report_notes_finish(&w.notes);
}
