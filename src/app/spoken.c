/*
 * A session in sentences. Who cannot see the console hears what a look at it
 * would have told: who speaks, who is next, where in the agenda, and a clock
 * only when it matters. What was said once is not said again.
 */
#include "spoken.h"

#include "dais/i18n.h"
#include "dais/text.h"

enum { SECOND = 1000, MINUTE = 60, HOUR = 3600 };

/* ---- words ---- */

static void
put_part(struct buf *out, const char *one, const char *many, int64_t n)
{
	struct buf number = {0};
	if (!n)
		return;
	buf_int(&number, n);
	if (out->n)
		buf_char(out, ' ');
	i18n_fill(out, i18n_plural(one, many, (unsigned long)n), &(struct str){number.p, number.n}, 1);
	buf_finish(&number);
}

/* "1 hour 2 minutes 30 seconds" */
static void
put_time(struct buf *out, int64_t ms)
{
	int64_t s = (ms < 0 ? -ms : ms) / SECOND;
	if (!s) {
		buf_puts(out, _("0 seconds"));
		return;
	}
	put_part(out, N_("{0} hour"), N_("{0} hours"), s / HOUR);
	put_part(out, N_("{0} minute"), N_("{0} minutes"), s % HOUR / MINUTE);
	put_part(out, N_("{0} second"), N_("{0} seconds"), s % MINUTE);
}

/* How many bytes at the end of s end a sentence; 0 where nothing does. */
static size_t
stop_at_end(struct str s)
{
	static const char *const stops[] = {".", "?", "!", "。", "？", "！", "…"};
	for (size_t i = 0; i < sizeof stops / sizeof *stops; i++) {
		struct str stop = str_of(stops[i]);
		if (s.n >= stop.n && str_eq(str_from(s, s.n - stop.n), stop))
			return stop.n;
	}
	return 0;
}

/* A title that is a question is not ended a second time: nobody says "question mark, dot". */
static void
end_once(struct buf *out)
{
	size_t stop = stop_at_end(buf_view(out));
	if (stop && stop_at_end(str_upto(buf_view(out), out->n - stop)))
		out->n -= stop;
	buf_char(out, '\n');
}

/* A sentence with a name, or a place in the agenda, and up to two times in it. */
static void
tell(struct buf *out, const char *sentence, struct str name, int64_t a, int64_t b)
{
	struct buf clean = {0}, first = {0}, second = {0};
	text_clean(&clean, name);
	put_time(&first, a);
	put_time(&second, b);
	struct str args[] = {buf_view(&clean), buf_view(&first), buf_view(&second)};
	i18n_fill(out, sentence, args, 3);
	end_once(out);
	buf_finish(&clean);
	buf_finish(&first);
	buf_finish(&second);
}

static const char *
kind_word(struct str kind)
{
	static const struct {
		const char *kind, *word;
	} words[] = {{"opening", N_("Opening")}, {"keynote", N_("Keynote")},
		{"award", N_("Certificates")}, {"point", N_("Point")}, {"break", N_("Break")},
		{"closing", N_("Closing")}, {"photo", N_("Photo")}};
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (str_is(kind, words[i].kind))
			return _(words[i].word);
	return _("Other");
}

static const char *
as_word(struct str as)
{
	static const struct {
		const char *as, *word;
	} words[] = {{"order", N_("point of order")}, {"question", N_("question")},
		{"reply", N_("reply")}};
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (str_is(as, words[i].as))
			return _(words[i].word);
	return NULL;
}

/* ---- what there is to tell ---- */

/* "Point 2 of 3" */
static void
put_place(struct buf *out, const struct spoken *is)
{
	struct buf n = {0}, of = {0};
	i18n_ordinal(&n, (int)is->number, i18n_chinese());
	buf_int(&of, is->of);
	if (is->of > 1 && str_is(is->kind, "point"))
		i18n_fill(out, _("Point {0} of {1}"),
			(struct str[]){buf_view(&n), buf_view(&of)}, 2);
	else
		buf_puts(out, kind_word(is->kind));
	buf_finish(&n);
	buf_finish(&of);
}

/* The title stands last, where it may be a question. */
static void
tell_place(struct buf *out, const struct spoken *is)
{
	struct buf place = {0}, time = {0}, title = {0};
	put_place(&place, is);
	put_time(&time, is->budget_ms);
	text_clean(&title, is->segment_title);
	struct str args[] = {buf_view(&place), buf_view(&time), buf_view(&title)};
	i18n_fill(out,
		is->budget_ms > 0 && title.n ? _("Now {0}, planned for {1}: {2}.")
		: is->budget_ms > 0	     ? _("Now {0}, planned for {1}.")
		: title.n		     ? _("Now {0}: {2}.")
					     : _("Now {0}."),
		args, 3);
	end_once(out);
	buf_finish(&place);
	buf_finish(&time);
	buf_finish(&title);
}

static void
tell_segment(struct buf *out, const struct spoken *is)
{
	if (is->closed)
		tell(out, _("The session is closed."), STR_NONE, 0, 0);
	else if (!is->segment.n)
		tell(out, _("Nothing has begun yet."), STR_NONE, 0, 0);
	else
		tell_place(out, is);
}

static void
tell_left(struct buf *out, const struct spoken *is, const char *left, const char *over)
{
	int64_t ms = is->allotted_ms - is->elapsed_ms;
	if (ms >= 0)
		tell(out, left, is->speaker, ms, is->allotted_ms);
	else
		tell(out, over, is->speaker, -ms, is->allotted_ms);
}

static void
tell_begun(struct buf *out, const struct spoken *is)
{
	struct buf who = {0};
	const char *as = as_word(is->as);
	if (as)
		i18n_fill(&who, _("{0} ({1})"), (struct str[]){is->speaker, str_of(as)}, 2);
	else
		buf_str(&who, is->speaker);
	struct spoken now = *is;
	now.speaker = buf_view(&who);
	if (is->allotted_ms < 0)
		tell(out, _("{0} has the floor."), now.speaker, 0, 0);
	else if (is->elapsed_ms < SECOND)
		tell(out, _("{0} has the floor for {1}."), now.speaker, is->allotted_ms, 0);
	else
		tell_left(out, &now, _("{0} has the floor, with {1} left of {2}."),
			_("{0} has the floor, {1} over time."));
	buf_finish(&who);
}

static void
tell_floor(struct buf *out, const struct spoken *is)
{
	switch (is->state) {
	case SPOKEN_NOBODY:
		tell(out, _("Nobody has the floor."), STR_NONE, 0, 0);
		break;
	case SPOKEN_RUNNING:
		tell_begun(out, is);
		break;
	case SPOKEN_PAUSED:
		tell(out, _("{0} is paused after {1}."), is->speaker, is->elapsed_ms, 0);
		break;
	case SPOKEN_ENDED:
		tell(out, _("{0} has ended after {1}. Nobody has the floor."), is->speaker,
			is->elapsed_ms, 0);
		break;
	}
}

static void
tell_next(struct buf *out, const struct spoken *is)
{
	if (is->next.n)
		tell(out, _("Next is {0}."), is->next, 0, 0);
	else
		tell(out, _("Nobody is next."), STR_NONE, 0, 0);
}

static void
tell_saved(struct buf *out, const struct spoken *is)
{
	tell(out, is->saved ? _("Everything is saved again.") : _("NOT SAVED: the log cannot be written."),
		STR_NONE, 0, 0);
}

void
spoken_first(struct buf *out, const struct spoken *is)
{
	tell(out, is->rehearsal ? _("A rehearsal of {0}.") : _("{0}."), is->title, 0, 0);
	tell_segment(out, is);
	if (!is->saved)
		tell_saved(out, is);
	if (is->closed || !is->segment.n)
		return;
	tell_floor(out, is);
	tell_next(out, is);
}

/* ---- changes ---- */

static void
floor_change(struct buf *out, const struct spoken *was, const struct spoken *is)
{
	bool same = was->turn == is->turn && was->state != SPOKEN_NOBODY && is->state != SPOKEN_NOBODY;
	if (!same && (was->state != is->state || was->state != SPOKEN_NOBODY))
		tell_floor(out, is);
	else if (same && was->state == SPOKEN_PAUSED && is->state == SPOKEN_RUNNING && is->allotted_ms >= 0)
		tell_left(out, is, _("{0} goes on, with {1} left."), _("{0} goes on, {1} over time."));
	else if (same && was->state == SPOKEN_PAUSED && is->state == SPOKEN_RUNNING)
		tell(out, _("{0} goes on."), is->speaker, 0, 0);
	else if (same && was->state != is->state)
		tell_floor(out, is);
	else if (same && was->allotted_ms != is->allotted_ms && is->allotted_ms >= 0)
		tell_left(out, is, _("{0} now has {2}, {1} of it left."),
			_("{0} now has {2} and is {1} over time."));
}

void
spoken_change(struct buf *out, const struct spoken *was, const struct spoken *is)
{
	bool moved = !str_eq(was->segment, is->segment), closed = was->closed != is->closed;
	if (was->saved != is->saved)
		tell_saved(out, is);
	if (moved || closed)
		tell_segment(out, is);
	if (is->closed)
		return;
	floor_change(out, was, is);
	if (!str_eq(was->next, is->next) && is->segment.n)
		tell_next(out, is);
}

/* ---- clocks ---- */

struct spoken
spoken_later(const struct spoken *is, int64_t ms)
{
	struct spoken later = *is;
	if (is->segment.n && !is->closed)
		later.segment_ms += ms;
	if (is->state == SPOKEN_RUNNING)
		later.elapsed_ms += ms;
	return later;
}

/* What a clock with so much left crosses next: a warning, the end, a bell behind it. False: nothing. */
static bool
next_mark(const struct spoken *is, int64_t whole, int64_t left, size_t warns, int64_t bell, int64_t *mark)
{
	bool any = left > 0;
	*mark = 0;
	for (size_t i = 0; i < warns; i++)
		if (is->warn_ms[i] < whole && is->warn_ms[i] < left && is->warn_ms[i] > *mark)
			*mark = is->warn_ms[i];
	if (!any && bell > 0) {
		*mark = (left / bell - 1) * bell;
		any = true;
	}
	return any;
}

static bool
turn_mark(const struct spoken *is, int64_t *mark)
{
	return is->state == SPOKEN_RUNNING && is->allotted_ms >= 0 && !is->closed &&
	       next_mark(is, is->allotted_ms, is->allotted_ms - is->elapsed_ms, is->warns, is->bell_ms, mark);
}

static bool
segment_mark(const struct spoken *is, int64_t *mark)
{
	size_t warns = str_is(is->kind, "point") && is->warns ? 1 : 0;
	return is->segment.n && is->budget_ms > 0 && !is->closed &&
	       next_mark(is, is->budget_ms, is->budget_ms - is->segment_ms, warns, 0, mark);
}

/* The last mark that was reached, if any was. */
static bool
reached(bool (*mark_of)(const struct spoken *, int64_t *), const struct spoken *was,
	int64_t (*left)(const struct spoken *), const struct spoken *is, int64_t *last)
{
	struct spoken at = *was;
	int64_t mark;
	bool any = false;
	while (mark_of(&at, &mark) && mark >= left(is)) {
		int64_t ms = left(&at) - mark;
		at.elapsed_ms += ms;
		at.segment_ms += ms;
		*last = mark;
		any = true;
	}
	return any;
}

static int64_t
turn_left(const struct spoken *is)
{
	return is->allotted_ms - is->elapsed_ms;
}

static int64_t
segment_left(const struct spoken *is)
{
	return is->budget_ms - is->segment_ms;
}

void
spoken_clocks(struct buf *out, const struct spoken *was, const struct spoken *is)
{
	int64_t mark;
	if (reached(turn_mark, was, turn_left, is, &mark))
		tell(out,
			mark > 0    ? _("{1} left for {0}.")
			: mark == 0 ? _("The time of {0} is up.")
				    : _("{0} is {1} over time."),
			is->speaker, mark, 0);
	if (reached(segment_mark, was, segment_left, is, &mark))
		tell(out, mark > 0 ? _("{1} left for this segment.") : _("The time of this segment is up."),
			STR_NONE, mark, 0);
}

int64_t
spoken_due(const struct spoken *is)
{
	int64_t mark, due = -1;
	if (turn_mark(is, &mark))
		due = turn_left(is) - mark;
	if (segment_mark(is, &mark) && (due < 0 || segment_left(is) - mark < due))
		due = segment_left(is) - mark;
	return due;
}
