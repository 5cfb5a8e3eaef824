/* Who was there, and segment by segment what was held: the text of the page. */
#include "dais/command.h"
#include "html.h"

/* "<b>张虎</b> 教授, 山西大学", each part for itself so that no direction of writing leaks. */
static void
put_person(struct html_page *p, const struct session_person *who)
{
	struct str parts[] = {who->title, who->affiliation};
	html_element(p, "bdi", "name", report_name(p->s, who->id));
	html_put(p, " <span class=\"of\">");
	for (size_t i = 0; i < 2; i++) {
		if (i && parts[0].n && parts[1].n)
			html_put(p, p->o->chinese ? "，" : ", ");
		html_element(p, "bdi", NULL, parts[i]);
	}
	html_put(p, "</span>");
}

void
html_people(struct html_page *p)
{
	static const struct {
		const char *label;
		enum event_role role;
	} rows[] = {{N_("Executive chairs:"), ROLE_EXECUTIVE_CHAIR},
		{N_("Online chairs:"), ROLE_ONLINE_CHAIR}, {N_("Chairs:"), ROLE_CHAIR},
		{N_("Keynote speakers:"), ROLE_KEYNOTE}, {N_("Invited guests:"), ROLE_GUEST},
		{N_("Members:"), ROLE_MEMBER}, {N_("Audience:"), ROLE_AUDIENCE},
		{N_("Others:"), ROLE_UNSET}};
	if (!p->people_n)
		return;
	html_put(p, "<section class=\"people\">\n");
	html_words(p, "h2", NULL, _("People"));
	html_put(p, "\n<dl>\n");
	for (size_t r = 0; r < sizeof rows / sizeof *rows; r++) {
		bool any = false;
		for (size_t i = 0; i < p->people_n; i++) {
			if (session_person_at(p->s, i)->role != rows[r].role)
				continue;
			html_put(p, any ? "" : "<div>");
			if (!any)
				html_words(p, "dt", NULL, _(rows[r].label));
			any = true;
			html_put(p, "<dd>");
			put_person(p, session_person_at(p->s, i));
			html_put(p, "</dd>");
		}
		html_put(p, any ? "</div>\n" : "");
	}
	html_put(p, "</dl>\n</section>\n");
}

static void
put_note(struct html_page *p, const struct session_note *note, bool named)
{
	const char *mark = report_mark(note->mark);
	html_put(p, note->mark == MARK_QUOTE ? "<li class=\"quote\">" : "<li>");
	if (named && note->person.n) {
		html_element(p, "bdi", "name", report_name(p->s, note->person));
		html_put(p, p->o->chinese ? "：" : ": ");
	}
	if (mark) {
		html_words(p, "b", "mark", mark);
		html_put(p, " ");
	}
	html_put(p, note->mark == MARK_QUOTE ? "<q dir=\"auto\">" : "<span dir=\"auto\">");
	html_text(p->out, note->text);
	html_put(p, note->mark == MARK_QUOTE ? "</q></li>\n" : "</span></li>\n");
}

/* The notes of a turn, or (turn 0) those of a segment that belong to nobody's turn. */
static void
put_notes(struct html_page *p, int64_t turn, size_t segment)
{
	size_t n;
	bool any = false;
	const struct session_note *const *notes = report_notes_of(&p->notes, turn, &n);
	for (size_t i = 0; i < n; i++) {
		if (!turn && notes[i]->segment != segment)
			continue;
		html_put(p, any ? "" : "<ul class=\"held\">\n");
		any = true;
		put_note(p, notes[i], !turn);
	}
	html_put(p, any ? "</ul>\n" : "");
}

static void
put_turn(struct html_page *p, const struct session_turn *turn)
{
	const struct session_person *who = session_person(p->s, turn->person);
	struct buf line = {0};
	const char *gap = " · ";
	html_put(p, "<article class=\"turn\">\n<div class=\"by\"><h3>");
	if (who)
		put_person(p, who);
	else
		html_element(p, "bdi", "name", turn->person);
	html_put(p, "</h3>\n");
	report_clock(&line, p->s, turn->started_t);
	buf_puts(&line, gap);
	duration_put(&line, session_turn_elapsed(turn, p->end));
	if (turn->as != AS_SPEECH)
		buf_printf(&line, "%s%s", gap, report_as(turn->as));
	if (turn->attending == ATTENDING_ONLINE)
		buf_printf(&line, "%s%s", gap, _("online"));
	if (turn->state != TURN_ENDED)
		buf_printf(&line, "%s%s", gap, _("still speaking"));
	html_element(p, "p", "when", buf_view(&line));
	html_put(p, "</div>\n");
	put_notes(p, turn->id, 0);
	html_put(p, "</article>\n");
	buf_finish(&line);
}

/* Certificates from the same hands in one breath. */
static void
put_awards(struct html_page *p, size_t segment)
{
	size_t n = session_award_count(p->s);
	for (size_t i = 0, next; i < n; i = next) {
		const struct session_award *award = session_award_at(p->s, i);
		struct buf by = {0}, to = {0}, raw_by = {0}, raw_to = {0};
		for (next = i;
			next < n && session_award_at(p->s, next)->segment == award->segment &&
			report_same_list(
				session_award_at(p->s, next)->presenters, award->presenters);
			next++) {
			if (raw_to.n)
				buf_puts(&raw_to, p->o->chinese ? "、" : "; ");
			report_person(&raw_to, p->s, session_award_at(p->s, next)->recipient,
				p->o->chinese);
		}
		if (award->segment == segment) {
			report_names(&raw_by, p->s, award->presenters, p->o->chinese);
			html_text(&by, buf_view(&raw_by));
			html_text(&to, buf_view(&raw_to));
			html_put(p, "<p>");
			i18n_fill(p->out,
				by.n ? _("{0} presented the certificate of thanks to {1}")
				     : _("The certificate of thanks went to {1}"),
				(struct str[]){buf_view(&by), buf_view(&to)}, 2);
			html_put(p, "</p>\n");
		}
		buf_finish(&by);
		buf_finish(&to);
		buf_finish(&raw_by);
		buf_finish(&raw_to);
	}
}

/* A sentence with one name in it, in a paragraph of its own. */
static void
put_said(struct html_page *p, const char *format, struct str name)
{
	struct buf said = {0};
	i18n_fill(&said, format, &name, 1);
	html_element(p, "p", "aside", buf_view(&said));
	html_put(p, "\n");
	buf_finish(&said);
}

static void
put_missing(struct html_page *p, size_t segment)
{
	const struct session_segment *g = &p->segments[segment];
	struct buf unheard = {0};
	for (size_t i = 0; i < g->recipients.n; i++)
		if (!session_awarded(p->s, segment, g->recipients.items[i]))
			put_said(p, _("Not handed over: {0}"),
				report_name(p->s, g->recipients.items[i]));
	for (size_t i = 0; i < g->invited.n && g->state != SEGMENT_SKIPPED; i++) {
		struct session_talk talk = session_talk(p->s, g->invited.items[i], segment, p->end);
		if (talk.turns)
			continue;
		if (unheard.n)
			buf_puts(&unheard, p->o->chinese ? "、" : ", ");
		buf_str(&unheard, report_name(p->s, g->invited.items[i]));
	}
	if (unheard.n)
		put_said(p,
			g->state == SEGMENT_RUNNING && !session_closed(p->s)
				? _("Invited to this point, not heard yet: {0}")
				: _("Invited to this point, did not speak: {0}"),
			buf_view(&unheard));
	buf_finish(&unheard);
}

static void
put_marks(struct html_page *p, size_t segment)
{
	size_t n = session_mark_count(p->s);
	for (size_t i = 0; i < n; i++) {
		const struct session_mark *mark = session_mark_at(p->s, i);
		struct buf line = {0};
		if (mark->segment != segment)
			continue;
		report_clock(&line, p->s, mark->t);
		buf_printf(&line, " %s", mark->what == WHAT_PHOTO ? _("Photo taken") : _("Moment"));
		if (mark->text.n) {
			buf_puts(&line, p->o->chinese ? "：" : ": ");
			buf_str(&line, mark->text);
		}
		html_element(p, "p", "aside", buf_view(&line));
		html_put(p, "\n");
		buf_finish(&line);
	}
}

/* "5 · Debate point 1 · 14:05–14:46" over the title. */
static void
put_heading(struct html_page *p, size_t segment)
{
	const struct session_segment *g = &p->segments[segment];
	struct buf colour = {0}, above = {0}, kind = {0}, title = {0};
	html_colour(&colour, p, segment);
	if (g->kind == SEGMENT_KEYNOTE && g->of > 1) {
		struct buf number = {0};
		i18n_ordinal(&number, g->number, p->o->chinese);
		i18n_fill(&kind, _("Keynote number {0}"), (struct str[]){buf_view(&number)}, 1);
		buf_finish(&number);
	} else {
		html_short_name(&kind, p, segment);
	}
	plain_text(&title, g->title, false);
	buf_printf(&above, "%zu ·", segment + 1);
	if (title.n)
		buf_printf(&above, " %s ·", kind.p);
	buf_printf(p->out, "<section class=\"segment %s\" id=\"s%zu\">\n", colour.p, segment + 1);
	html_put(p, "<p class=\"above\">");
	html_text(p->out, buf_view(&above));
	html_stays(p, segment);
	if (g->state == SEGMENT_SKIPPED)
		buf_printf(p->out, " %s", _("Skipped."));
	html_put(p, "</p>");
	html_element(p, "h2", NULL, title.n ? buf_view(&title) : buf_view(&kind));
	html_put(p, "\n");
	buf_finish(&colour);
	buf_finish(&above);
	buf_finish(&kind);
	buf_finish(&title);
}

void
html_segment(struct html_page *p, size_t segment)
{
	if (p->segments[segment].state == SEGMENT_PLANNED)
		return;
	put_heading(p, segment);
	for (size_t i = 0; i < p->turns_n; i++)
		if (session_turn_at(p->s, i)->segment == segment)
			put_turn(p, session_turn_at(p->s, i));
	put_awards(p, segment);
	put_missing(p, segment);
	put_marks(p, segment);
	put_notes(p, 0, segment);
	html_put(p, "</section>\n");
}

void
html_before(struct html_page *p)
{
	size_t n;
	const struct session_note *const *notes = report_notes_of(&p->notes, 0, &n);
	bool any = false;
	for (size_t i = 0; i < n; i++)
		any = any || notes[i]->segment >= p->segments_n;
	if (!any)
		return;
	html_put(p, "<section class=\"segment cx\">\n");
	html_words(p, "h2", NULL, _("Before the beginning"));
	html_put(p, "\n");
	put_notes(p, 0, SIZE_MAX);
	html_put(p, "</section>\n");
}
