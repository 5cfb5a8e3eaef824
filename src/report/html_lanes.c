/*
 * Who spoke when: a lane a person over the whole session. Positions are per
 * cent of a picture that is as wide as the page, so that a phone shows all of
 * it and letters keep their size. Colours repeat what the numbers say.
 */
#include <stdlib.h>

#include "dais/command.h"
#include "html.h"

struct span {
	int64_t start, length;
};

/* A time's place in hundredths of a per cent. */
static int
place(const struct span *x, int64_t t)
{
	int64_t part = t - x->start, whole = x->length;
	if (part <= 0)
		return 0;
	if (part >= whole)
		return 10000;
	for (; whole > (int64_t)1 << 40; whole >>= 1)
		part >>= 1;
	return (int)(part * 10000 / whole);
}

static void
put_place(struct buf *out, const char *name, int v)
{
	buf_printf(out, " %s=\"%d.%02d%%\"", name, v / 100, v % 100);
}

static struct span
span_of(const struct html_page *p)
{
	int64_t start = p->visits_n ? p->visits[0].start : p->end, end = p->end;
	for (size_t i = 0; i < p->turns_n; i++) {
		const struct session_turn *turn = session_turn_at(p->s, i);
		int64_t ended = report_turn_end(turn, p->end);
		start = turn->started_t < start ? turn->started_t : start;
		end = ended > end ? ended : end;
	}
	return (struct span){start, end > start ? end - start : 1};
}

static void
put_block(struct html_page *p, const struct span *x, int64_t start, int64_t end, int y, int height)
{
	int from = place(x, start), to = place(x, end);
	if (to < from + 30) /* what happened can be seen */
		to = from + 30;
	put_place(p->out, "x", from);
	put_place(p->out, "width", to - from);
	buf_printf(p->out, " y=\"%d\" height=\"%d\"", y, height);
}

/* A stay's number in its middle, where it has room; "thin" ones only on a wide page. */
static void
put_number(struct html_page *p, const struct span *x, const struct report_visit *v)
{
	int from = place(x, v->start), to = place(x, v->end);
	if (to - from < (v->segment + 1 < 10 ? 120 : 250))
		return;
	html_put(p, to - from < 500 ? "<text class=\"thin\" y=\"24\"" : "<text y=\"24\"");
	put_place(p->out, "x", (from + to) / 2);
	buf_printf(p->out, ">%zu</text>", v->segment + 1);
}

static void
put_hours(struct html_page *p, const struct span *x)
{
	static const int64_t steps[] = {1, 2, 5, 10, 15, 30, 60, 120, 180, 360, 720};
	int64_t step = steps[0], zone = session_zone(p->s) * 60000;
	for (size_t i = 0; i < sizeof steps / sizeof *steps; i++)
		if (step * 60000 * 6 < x->length)
			step = steps[i];
	step *= 60000;
	if (x->length / step > 12) /* days: no scale can be read on a phone */
		return;
	int64_t wall = session_wall(p->s, x->start) + zone;
	int64_t first = (step - (wall % step + step) % step) % step;
	for (int64_t t = x->start + first; t < x->start + x->length; t += step) {
		int at = place(x, t);
		html_put(p, "<line y1=\"30\" y2=\"36\"");
		put_place(p->out, "x1", at);
		put_place(p->out, "x2", at);
		html_put(p, "/>");
		if (at < 400 || at > 9600)
			continue;
		html_put(p, "<text y=\"48\"");
		put_place(p->out, "x", at);
		html_put(p, ">");
		report_clock(p->out, p->s, t);
		html_put(p, "</text>");
	}
}

static void
put_scale(struct html_page *p, const struct span *x)
{
	html_put(p, "<div class=\"row scale\" aria-hidden=\"true\"><span class=\"who\"></span>"
		    "<svg class=\"plot\" width=\"100%\" height=\"52\">");
	for (size_t i = 0; i < p->visits_n; i++) {
		struct buf colour = {0};
		html_colour(&colour, p, p->visits[i].segment);
		buf_printf(p->out, "<rect class=\"%s\"", colour.p);
		put_block(p, x, p->visits[i].start, p->visits[i].end, 2, 8);
		html_put(p, "/>");
		put_number(p, x, &p->visits[i]);
		buf_finish(&colour);
	}
	put_hours(p, x);
	html_put(p, "</svg><span class=\"sum\"></span></div>\n");
}

static void
put_turn(struct html_page *p, const struct span *x, const struct session_turn *turn)
{
	struct buf colour = {0}, told = {0};
	bool aside = turn->as == AS_ORDER || turn->as == AS_QUESTION || turn->as == AS_REPLY;
	html_colour(&colour, p, turn->segment);
	buf_printf(p->out, "<rect class=\"%s\"", colour.p);
	put_block(p, x, turn->started_t, report_turn_end(turn, p->end), aside ? 11 : 3,
		aside ? 8 : 16);
	report_seconds(&told, p->s, turn->started_t);
	buf_puts(&told, " · ");
	duration_put(&told, session_turn_elapsed(turn, p->end));
	buf_puts(&told, " · ");
	html_short_name(&told, p, turn->segment);
	if (turn->as != AS_SPEECH)
		buf_printf(&told, " · %s", report_as(turn->as));
	html_put(p, ">");
	html_element(p, "title", NULL, buf_view(&told));
	html_put(p, "</rect>");
	buf_finish(&colour);
	buf_finish(&told);
}

static void
put_borders(struct html_page *p, const struct span *x)
{
	for (size_t i = 1; i < p->visits_n; i++) {
		html_put(p, "<line y1=\"0\" y2=\"22\"");
		put_place(p->out, "x1", place(x, p->visits[i].start));
		put_place(p->out, "x2", place(x, p->visits[i].start));
		html_put(p, "/>");
	}
}

/* The turns of one person are by[0] to by[n-1]. */
static void
put_lane(struct html_page *p, const struct span *x, const struct session_turn *const *by, size_t n)
{
	struct buf sum = {0};
	int64_t ms = 0;
	for (size_t i = 0; i < n; i++)
		ms += session_turn_elapsed(by[i], p->end);
	duration_put(&sum, ms);
	html_put(p, "<div class=\"row\" role=\"listitem\">");
	html_element(p, "bdi", "who", report_name(p->s, by[0]->person));
	html_put(p, "<svg class=\"plot\" width=\"100%\" height=\"22\">");
	put_borders(p, x);
	for (size_t i = 0; i < n; i++)
		put_turn(p, x, by[i]);
	html_put(p, "</svg>");
	html_element(p, "span", "sum", buf_view(&sum));
	html_put(p, "</div>\n");
	buf_finish(&sum);
}

static void
put_legend(struct html_page *p)
{
	html_put(p, "<ol class=\"legend\">\n");
	for (size_t i = 0; i < p->segments_n; i++) {
		struct buf colour = {0}, title = {0};
		if (p->segments[i].state == SEGMENT_PLANNED)
			continue;
		html_colour(&colour, p, i);
		report_segment(&title, &p->segments[i], p->o->chinese);
		buf_printf(p->out,
			"<li value=\"%zu\"><svg class=\"key\" width=\"12\" height=\"12\" "
			"aria-hidden=\"true\"><rect class=\"%s\" width=\"12\" height=\"12\" "
			"rx=\"2\"/></svg> <a href=\"#s%zu\">",
			i + 1, colour.p, i + 1);
		html_text(p->out, buf_view(&title));
		html_put(p, "</a>");
		html_stays(p, i);
		html_put(p, "</li>\n");
		buf_finish(&colour);
		buf_finish(&title);
	}
	html_put(p, "</ol>\n");
}

struct who_when {
	const struct session_turn *turn;
	size_t first; /* the index of this person's first turn: the order of the lanes */
};

static int
by_lane(const void *a, const void *b)
{
	const struct who_when *x = a, *y = b;
	if (x->first != y->first)
		return x->first < y->first ? -1 : 1;
	return x->turn->id < y->turn->id ? -1 : x->turn->id > y->turn->id;
}

void
html_lanes(struct html_page *p)
{
	struct span x = span_of(p);
	struct who_when *all = xcalloc(p->turns_n + 1, sizeof *all);
	const struct session_turn **by =
		xcalloc(p->turns_n + 1, sizeof(const struct session_turn *));
	size_t *firsts = xcalloc(p->people_n + 1, sizeof *firsts); /* + 1; 0 is none yet */
	size_t n = 0;
	for (size_t i = 0; i < p->turns_n; i++) {
		const struct session_turn *turn = session_turn_at(p->s, i);
		size_t who = session_person_place(p->s, turn->person);
		if (who >= p->people_n || turn->segment >= p->segments_n)
			continue;
		size_t *first = &firsts[who];
		*first = *first ? *first : i + 1;
		all[n++] = (struct who_when){turn, *first};
	}
	qsort(all, n, sizeof *all, by_lane);
	html_put(p, "<figure id=\"lanes\">\n");
	html_words(p, "figcaption", NULL, _("Who spoke when"));
	html_put(p, "\n<div class=\"rows\" role=\"list\">\n");
	put_scale(p, &x);
	for (size_t i = 0, next; i < n; i = next) {
		for (next = i; next < n && all[next].first == all[i].first; next++)
			by[next - i] = all[next].turn;
		put_lane(p, &x, by, next - i);
	}
	html_put(p, "</div>\n");
	html_words(p, "p", "aside",
		_("Low bars are replies, questions and points of order. The numbers are those of "
		  "the programme:"));
	html_put(p, "\n");
	put_legend(p);
	html_put(p, "</figure>\n");
	free(all);
	free(by);
	free(firsts);
}
