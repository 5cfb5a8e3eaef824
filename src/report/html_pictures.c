/* How long: talk time a person and a point, plan against actual. Bars with their numbers beside
 * them. */
#include <stdlib.h>

#include "dais/command.h"
#include "html.h"

/* A length in hundredths of a per cent of the longest; what is there can be seen. */
static int
share(int64_t ms, int64_t most)
{
	if (ms <= 0 || most <= 0)
		return 0;
	for (; most > (int64_t)1 << 40; most >>= 1)
		ms >>= 1;
	int v = (int)(ms * 10000 / most);
	return v < 40 ? 40 : v > 10000 ? 10000 : v;
}

static void
put_bar(struct html_page *p, const char *class, int x, int width, int y, int height)
{
	buf_printf(p->out,
		"<rect class=\"%s\" x=\"%d.%02d%%\" width=\"%d.%02d%%\" y=\"%d\" "
		"height=\"%d\"/>",
		class, x / 100, x % 100, width / 100, width % 100, y, height);
}

static int64_t
talk_of(const struct html_page *p, size_t person, size_t segment)
{
	return p->talk[person * p->segments_n + segment];
}

struct total {
	size_t person;
	int64_t ms;
};

static int
by_total(const void *a, const void *b)
{
	const struct total *x = a, *y = b;
	if (x->ms != y->ms)
		return x->ms > y->ms ? -1 : 1;
	return x->person < y->person ? -1 : 1;
}

/* "Keynote 33:05 · Debate point 2 4:10": what the colours say. */
static void
put_parts(struct html_page *p, size_t person)
{
	struct buf parts = {0};
	for (size_t i = 0; i < p->segments_n; i++) {
		if (!talk_of(p, person, i))
			continue;
		buf_puts(&parts, parts.n ? " · " : "");
		html_short_name(&parts, p, i);
		buf_char(&parts, ' ');
		duration_put(&parts, talk_of(p, person, i));
	}
	html_element(p, "span", "parts", buf_view(&parts));
	buf_finish(&parts);
}

static void
put_total(struct html_page *p, const struct total *t, int64_t most)
{
	struct buf sum = {0};
	int x = 0;
	duration_put(&sum, t->ms);
	html_put(p, "<div class=\"row\" role=\"listitem\">");
	html_element(p, "bdi", "who", report_name(p->s, session_person_at(p->s, t->person)->id));
	html_put(p, "<svg class=\"plot\" width=\"100%\" height=\"18\" aria-hidden=\"true\">");
	for (size_t i = 0; i < p->segments_n; i++) {
		struct buf colour = {0};
		int width = share(talk_of(p, t->person, i), most);
		html_colour(&colour, p, i);
		if (width)
			put_bar(p, colour.p, x, width, 2, 14);
		x += width;
		buf_finish(&colour);
	}
	html_put(p, "</svg>");
	html_element(p, "span", "sum", buf_view(&sum));
	put_parts(p, t->person);
	html_put(p, "</div>\n");
	buf_finish(&sum);
}

/* Longest first. */
static void
put_people(struct html_page *p)
{
	struct total *totals = xcalloc(p->people_n + 1, sizeof *totals);
	size_t n = 0;
	for (size_t i = 0; i < p->people_n; i++) {
		struct total t = {.person = i};
		for (size_t k = 0; k < p->segments_n; k++)
			t.ms += talk_of(p, i, k);
		if (t.ms)
			totals[n++] = t;
	}
	qsort(totals, n, sizeof *totals, by_total);
	html_put(p, "<figure id=\"talk\">\n");
	html_words(p, "figcaption", NULL, _("Talk time of each person"));
	html_put(p, "\n<div class=\"rows\" role=\"list\">\n");
	for (size_t i = 0; i < n; i++)
		put_total(p, &totals[i], totals[0].ms);
	html_put(p, "</div>\n</figure>\n");
	free(totals);
}

static void
put_speaker(struct html_page *p, size_t person, size_t segment, int64_t most)
{
	struct buf sum = {0}, colour = {0};
	html_colour(&colour, p, segment);
	duration_put(&sum, talk_of(p, person, segment));
	html_put(p, "<div class=\"row\" role=\"listitem\">");
	html_element(p, "bdi", "who", report_name(p->s, session_person_at(p->s, person)->id));
	html_put(p, "<svg class=\"plot\" width=\"100%\" height=\"18\" aria-hidden=\"true\">");
	put_bar(p, colour.p, 0, share(talk_of(p, person, segment), most), 2, 14);
	html_put(p, "</svg>");
	html_element(p, "span", "sum", buf_view(&sum));
	html_put(p, "</div>\n");
	buf_finish(&sum);
	buf_finish(&colour);
}

/* In the order in which they first spoke there. */
static void
put_point(struct html_page *p, size_t segment, int64_t most)
{
	struct buf title = {0};
	bool *told = xcalloc(p->people_n + 1, sizeof *told);
	html_short_name(&title, p, segment);
	html_element(p, "h3", NULL, buf_view(&title));
	html_put(p, "\n<div class=\"rows\" role=\"list\">\n");
	for (size_t i = 0; i < p->turns_n; i++) {
		const struct session_turn *turn = session_turn_at(p->s, i);
		size_t who = session_person_place(p->s, turn->person);
		if (who >= p->people_n || turn->segment != segment || told[who])
			continue;
		told[who] = true;
		put_speaker(p, who, segment, most);
	}
	html_put(p, "</div>\n");
	free(told);
	buf_finish(&title);
}

/* All points to one measure. */
static void
put_points(struct html_page *p)
{
	int64_t most = 0;
	for (size_t k = 0; k < p->segments_n; k++)
		for (size_t i = 0; i < p->people_n && p->segments[k].kind == SEGMENT_POINT; i++)
			most = talk_of(p, i, k) > most ? talk_of(p, i, k) : most;
	if (!most)
		return;
	html_put(p, "<figure id=\"points\">\n");
	html_words(p, "figcaption", NULL, _("Talk time on each point"));
	html_put(p, "\n");
	for (size_t k = 0; k < p->segments_n; k++)
		if (p->segments[k].kind == SEGMENT_POINT && session_spoke(p->s, k))
			put_point(p, k, most);
	html_put(p, "</figure>\n");
}

static void
put_difference(struct buf *out, int64_t planned, int64_t actual)
{
	struct buf parts[3] = {{0}};
	duration_put(&parts[0], actual);
	duration_put(&parts[1], planned);
	int64_t late = actual / 1000 - planned / 1000;
	if (late)
		buf_puts(&parts[2], late > 0 ? "+" : "−");
	duration_put(&parts[2], (late < 0 ? -late : late) * 1000);
	i18n_fill(out, _("{0} of {1} ({2})"),
		(struct str[]){buf_view(&parts[0]), buf_view(&parts[1]), buf_view(&parts[2])}, 3);
	for (size_t i = 0; i < 3; i++)
		buf_finish(&parts[i]);
}

static void
put_plan_row(struct html_page *p, size_t segment, int64_t most)
{
	const struct session_segment *g = &p->segments[segment];
	int64_t actual = session_segment_elapsed(p->s, segment, p->end);
	struct buf who = {0}, told = {0}, colour = {0};
	buf_printf(&who, "%zu ", segment + 1);
	html_short_name(&who, p, segment);
	html_colour(&colour, p, segment);
	put_difference(&told, g->planned_ms, actual);
	html_put(p, "<div class=\"row\" role=\"listitem\">");
	html_element(p, "span", "who", buf_view(&who));
	html_put(p, "<svg class=\"plot\" width=\"100%\" height=\"22\" aria-hidden=\"true\">");
	if (g->planned_ms > 0)
		put_bar(p, "plan", 0, share(g->planned_ms, most), 2, 6);
	if (actual > 0)
		put_bar(p, colour.p, 0, share(actual, most), 10, 10);
	html_put(p, "</svg>");
	html_element(p, "span", "sum", buf_view(&told));
	html_put(p, "</div>\n");
	buf_finish(&who);
	buf_finish(&told);
	buf_finish(&colour);
}

static void
put_plan(struct html_page *p)
{
	int64_t most = 0, planned = 0, actual = 0;
	struct buf told = {0};
	for (size_t i = 0; i < p->segments_n; i++) {
		int64_t took = session_segment_elapsed(p->s, i, p->end);
		planned += p->segments[i].planned_ms;
		actual += took;
		most = took > most ? took : most;
		most = p->segments[i].planned_ms > most ? p->segments[i].planned_ms : most;
	}
	html_put(p, "<figure id=\"plan\">\n");
	html_words(p, "figcaption", NULL, _("Plan against actual"));
	html_put(p, "\n");
	html_words(p, "p", "aside", _("The upper bar is the plan, the lower one what it took."));
	html_put(p, "\n<div class=\"rows wide\" role=\"list\">\n");
	for (size_t i = 0; i < p->segments_n; i++)
		put_plan_row(p, i, most);
	html_put(p, "<div class=\"row total\" role=\"listitem\">");
	html_words(p, "span", "who", _("In all"));
	put_difference(&told, planned, actual);
	html_put(p, "<span class=\"plot\"></span>");
	html_element(p, "span", "sum", buf_view(&told));
	html_put(p, "</div>\n</div>\n</figure>\n");
	buf_finish(&told);
}

void
html_pictures(struct html_page *p)
{
	if (!p->visits_n)
		return;
	html_put(p, "<section class=\"pictures\">\n");
	html_words(p, "h2", NULL, _("The session in pictures"));
	html_put(p, "\n");
	if (p->turns_n) {
		html_lanes(p);
		put_people(p);
		put_points(p);
	}
	put_plan(p);
	html_put(p, "</section>\n");
}
