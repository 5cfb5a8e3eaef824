/*
 * The report as one page that can be published as it is: no script, nothing
 * from elsewhere, in light and dark, on a phone and on paper. Whatever people
 * typed goes through html_text().
 */
#include <stdlib.h>

#include "html.h"

void
html_text(struct buf *out, struct str text)
{
	static const struct {
		char c;
		const char *as;
	} escapes[] = {
		{'&', "&amp;"}, {'<', "&lt;"}, {'>', "&gt;"}, {'"', "&quot;"}, {'\'', "&#39;"}};
	struct buf plain = {0};
	plain_text(&plain, text, true);
	for (size_t i = 0; i < plain.n; i++) {
		const char *as = NULL;
		for (size_t k = 0; k < sizeof escapes / sizeof *escapes; k++)
			if (plain.p[i] == escapes[k].c)
				as = escapes[k].as;
		if (as)
			buf_puts(out, as);
		else
			buf_char(out, plain.p[i]);
	}
	buf_finish(&plain);
}

void
html_put(struct html_page *p, const char *markup)
{
	buf_puts(p->out, markup);
}

void
html_element(struct html_page *p, const char *tag, const char *class, struct str text)
{
	struct buf escaped = {0};
	html_text(&escaped, text);
	if (escaped.n) {
		buf_printf(p->out, class ? "<%s class=\"%s\">" : "<%s>", tag, class);
		buf_str(p->out, buf_view(&escaped));
		buf_printf(p->out, "</%s>", tag);
	}
	buf_finish(&escaped);
}

void
html_words(struct html_page *p, const char *tag, const char *class, const char *words)
{
	html_element(p, tag, class, str_of(words));
}

void
html_short_name(struct buf *out, const struct html_page *p, size_t segment)
{
	struct session_segment untitled = p->segments[segment];
	untitled.title = STR_NONE;
	report_segment(out, &untitled, p->o->chinese);
}

void
html_colour(struct buf *out, const struct html_page *p, size_t segment)
{
	static const bool debates[SEGMENT_KIND_COUNT] = {
		[SEGMENT_KEYNOTE] = true, [SEGMENT_POINT] = true};
	int n = 0;
	for (size_t i = 0; i < segment; i++)
		n += debates[p->segments[i].kind];
	if (debates[p->segments[segment].kind])
		buf_printf(out, "c%d", n % 8);
	else
		buf_puts(out, "cx");
}

void
html_stays(struct html_page *p, size_t segment)
{
	for (size_t i = 0; i < p->visits_n; i++) {
		struct buf stay = {0};
		if (p->visits[i].segment != segment)
			continue;
		report_clock(&stay, p->s, p->visits[i].start);
		buf_puts(&stay, "–");
		if (i + 1 < p->visits_n || session_closed(p->s))
			report_clock(&stay, p->s, p->visits[i].end);
		else
			buf_puts(&stay, "…");
		html_put(p, " ");
		html_element(p, "span", "stay", buf_view(&stay));
		buf_finish(&stay);
	}
}

static void
put_fact(struct html_page *p, const char *label, struct str text)
{
	if (!text.n)
		return;
	html_put(p, "<div>");
	html_words(p, "dt", NULL, label);
	html_element(p, "dd", NULL, text);
	html_put(p, "</div>\n");
}

static void
put_fact_names(struct html_page *p, const char *label, struct event_list list)
{
	struct buf names = {0};
	report_names(&names, p->s, list, p->o->chinese);
	put_fact(p, label, buf_view(&names));
	buf_finish(&names);
}

/* What was held, or that this is a report of it. */
static struct str
title_of(const struct html_page *p)
{
	struct str title = session_forum(p->s)->title;
	struct buf plain = {0};
	plain_text(&plain, title, false);
	bool any = plain.n > 0;
	buf_finish(&plain);
	return any ? title : str_of(_("Report"));
}

static void
put_head(struct html_page *p)
{
	buf_printf(p->out, "<!DOCTYPE html>\n<html lang=\"%s\">\n<head>\n",
		p->o->chinese ? "zh-CN" : "en");
	html_put(p, "<meta charset=\"utf-8\">\n<meta http-equiv=\"Content-Security-Policy\" "
		    "content=\"default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; "
		    "form-action 'none'\">\n"
		    "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
		    "<meta name=\"color-scheme\" content=\"light dark\">\n"
		    "<meta name=\"referrer\" content=\"no-referrer\">\n<title>");
	html_text(p->out, title_of(p));
	html_put(p, "</title>\n<style>\n");
	html_style(p->out);
	html_put(p, "</style>\n</head>\n<body>\n");
}

static void
put_draft(struct html_page *p)
{
	struct buf state = {0};
	if (!report_is_draft(p->s, p->o))
		return;
	report_state(&state, p->s, p->o);
	html_put(p, "<p class=\"draft\" role=\"note\">");
	html_words(p, "strong", NULL, _("DRAFT"));
	html_put(p, " ");
	html_text(p->out, buf_view(&state));
	if (p->o->damage.n) {
		html_put(p, "<br>");
		html_text(p->out, p->o->damage);
	}
	html_put(p, "</p>\n");
	buf_finish(&state);
}

static void
put_header(struct html_page *p)
{
	const struct session_forum *f = session_forum(p->s);
	struct buf when = {0}, held = {0}, amended = {0};
	report_amended(&amended, p->s);
	buf_str(&when, f->date);
	if (f->start_min != EVENT_NO)
		buf_printf(&when, "%s%02d:%02d", when.n ? " " : "", (int)(f->start_min / 60),
			(int)(f->start_min % 60));
	if (p->visits_n) {
		report_date(&held, p->s, p->visits[0].start);
		buf_char(&held, ' ');
		report_clock(&held, p->s, p->visits[0].start);
		buf_puts(&held, "–");
		if (session_closed(p->s))
			report_clock(&held, p->s, p->end);
		else
			buf_puts(&held, "…");
	}
	html_put(p, "<header>\n");
	html_element(p, "p", "series", f->series);
	html_element(p, "h1", NULL, title_of(p));
	html_put(p, "\n<dl class=\"facts\">\n");
	put_fact(p, _("When:"), buf_view(&when));
	put_fact(p, _("Held:"), buf_view(&held));
	put_fact(p, _("Where:"), f->venue);
	put_fact_names(p, _("Organised by:"), f->organizers);
	html_put(p, "</dl>\n");
	html_element(p, "p", "aside about", buf_view(&amended));
	html_put(p, "</header>\n");
	buf_finish(&amended);
	buf_finish(&when);
	buf_finish(&held);
}

static void
put_credits(struct html_page *p)
{
	const struct session_forum *f = session_forum(p->s);
	struct buf reviewed = {0}, approved = {0};
	report_reviewed_by(&reviewed, p->s, p->o->chinese);
	report_approved_by(&approved, p->s, p->o->chinese);
	if (!f->sponsors.n && !f->media.n && !f->written_by.n && !reviewed.n && !approved.n &&
		!f->about.n)
		return;
	html_put(p, "<footer>\n");
	html_words(p, "h2", NULL, _("Credits"));
	html_put(p, "\n<dl class=\"facts\">\n");
	put_fact_names(p, _("Supported by:"), f->sponsors);
	put_fact_names(p, _("Media:"), f->media);
	put_fact_names(p, _("Written by:"), f->written_by);
	put_fact(p, _("Reviewed by:"), buf_view(&reviewed));
	put_fact(p, _("Approved by:"), buf_view(&approved));
	html_put(p, "</dl>\n");
	html_element(p, "p", "about", f->about);
	html_put(p, "\n</footer>\n");
	buf_finish(&reviewed);
	buf_finish(&approved);
}

static void
put_corrections(struct html_page *p)
{
	size_t i = report_correction(p->s, 0);
	if (i == SIZE_MAX)
		return;
	html_put(p, "<section class=\"corrections\">\n");
	html_words(p, "h2", NULL, _("Corrections made after the close"));
	html_put(p, "\n<ul class=\"held\">\n");
	for (; i != SIZE_MAX; i = report_correction(p->s, i + 1)) {
		struct buf line = {0};
		report_correction_line(&line, p->s, i, p->o->chinese);
		html_element(p, "li", NULL, buf_view(&line));
		html_put(p, "\n");
		buf_finish(&line);
	}
	html_put(p, "</ul>\n</section>\n");
}

static struct html_page
page_of(struct buf *out, const struct session *s, const struct report_options *o)
{
	struct html_page p = {.out = out, .s = s, .o = o, .end = report_end(s, o)};
	p.notes = report_notes_sort(s);
	p.visits = report_visits(s, o, &p.visits_n);
	p.people_n = session_person_count(s);
	p.segments = session_segments(s, &p.segments_n);
	p.turns_n = session_turn_count(s);
	p.talk = xcalloc(p.people_n * p.segments_n + 1, sizeof *p.talk);
	for (size_t i = 0; i < p.turns_n; i++) {
		const struct session_turn *turn = session_turn_at(s, i);
		size_t who = session_person_place(s, turn->person);
		if (who < p.people_n && turn->segment < p.segments_n)
			p.talk[who * p.segments_n + turn->segment] +=
				session_turn_elapsed(turn, p.end);
	}
	return p;
}

void
html_write(struct buf *out, const struct session *s, const struct report_options *o)
{
	struct html_page p = page_of(out, s, o);
	put_head(&p);
	put_draft(&p);
	html_put(&p, "<main>\n");
	put_header(&p);
	html_people(&p);
	html_before(&p);
	for (size_t i = 0; i < p.segments_n; i++)
		html_segment(&p, i);
	html_pictures(&p);
	put_credits(&p);
	put_corrections(&p);
	html_put(&p, "</main>\n</body>\n</html>\n");
	report_notes_finish(&p.notes);
	free(p.visits);
	free(p.talk);
}
