/* The replay's own command language: one table, from which reading, help and completion follow. */
#include <string.h>

#include "internal.h"

enum refusal
replay_no(struct ask *q, enum refusal code, const char *why, size_t n, const struct str *args)
{
	*q->no = (struct refused){.code = code, .why = why, .n = n};
	for (size_t i = 0; i < n; i++)
		q->no->args[i] = arena_str(q->a, args[i]);
	return code;
}

static size_t
blank(struct str s)
{
	if (str_starts(s, STR("\xe3\x80\x80")))
		return 3;
	return s.n && (s.p[0] == ' ' || s.p[0] == '\t') ? 1 : 0;
}

bool
replay_word(struct str *rest, struct str *word)
{
	size_t n = 0;
	*rest = str_trim(*rest);
	while (n < rest->n && !blank(str_from(*rest, n)))
		n++;
	*word = str_upto(*rest, n);
	*rest = str_trim(str_from(*rest, n));
	return n > 0;
}

bool
replay_back(struct ask *q)
{
	static const char word[] = "back";
	size_t n = sizeof word - 1, at = q->rest.n < n ? 0 : q->rest.n - n;
	if (!str_is(str_from(q->rest, at), word))
		return false;
	struct str before = str_upto(q->rest, at), kept = str_trim(before);
	if (at && kept.n == before.n)
		return false; /* the end of a longer word */
	q->rest = kept;
	return true;
}

static struct str
folded(struct ask *q, struct str s)
{
	struct buf out = {0};
	fold_put(&out, s);
	struct str kept = arena_str(q->a, buf_view(&out));
	buf_finish(&out);
	return kept;
}

static enum refusal
play(struct ask *q)
{
	replay_play(q->r, true, q->now_ms);
	return REFUSAL_NONE;
}

static enum refusal
pause(struct ask *q)
{
	replay_play(q->r, false, q->now_ms);
	return REFUSAL_NONE;
}

static enum refusal
toggle(struct ask *q)
{
	replay_play(q->r, !q->r->playing, q->now_ms);
	return REFUSAL_NONE;
}

/* "4", "4x", "4×" */
static bool
read_pace(struct str word, int64_t *pace)
{
	struct str times = STR("×");
	if (word.n > 1 && word.p[word.n - 1] == 'x')
		word = str_upto(word, word.n - 1);
	else if (word.n > times.n && str_eq(str_from(word, word.n - times.n), times))
		word = str_upto(word, word.n - times.n);
	return str_int(word, pace) && *pace >= 1 && *pace <= REPLAY_PACE_MAX;
}

static enum refusal
pace(struct ask *q)
{
	struct str word = folded(q, q->rest);
	int64_t v = q->r->pace, step = 1;
	if (str_is(word, "faster")) {
		while (step <= v)
			step *= 2;
		if (v == REPLAY_PACE_MAX)
			return REPLAY_NO(q, REFUSAL_LIMIT, N_("it cannot play faster"), STR_NONE);
		v = step < REPLAY_PACE_MAX ? step : REPLAY_PACE_MAX;
	} else if (str_is(word, "slower")) {
		while (step * 2 < v)
			step *= 2;
		if (v == 1)
			return REPLAY_NO(q, REFUSAL_LIMIT, N_("it cannot play slower"), STR_NONE);
		v = step;
	} else if (!read_pace(word, &v)) {
		return REPLAY_NO(q, REFUSAL_BAD_ARGUMENT,
			N_("“{0}” is no pace; there are 1 to 64, faster and slower"), q->rest);
	}
	replay_set_pace(q->r, (int)v, q->now_ms);
	return REFUSAL_NONE;
}

static enum refusal
skip(struct ask *q)
{
	struct str word = folded(q, q->rest);
	bool on = str_is(word, "on");
	if (word.n && !on && !str_is(word, "off"))
		return REPLAY_NO(q, REFUSAL_BAD_ARGUMENT, N_("“{0}” is neither on nor off"), q->rest);
	q->r->skips = word.n ? on : !q->r->skips;
	return REFUSAL_NONE;
}

static enum refusal
follow(struct ask *q)
{
	if (!q->r->runs)
		return REPLAY_NO(q, REFUSAL_CLOSED,
			N_("this session does not run now: nothing will follow"), STR_NONE);
	replay_follow(q->r, q->now_ms);
	return REFUSAL_NONE;
}

static const struct replay_row rows[] = {
	{"play", "", N_("goes on; at the end, from the start again")},
	{"pause", "", N_("stands still")},
	{"toggle", "", N_("goes on or stands still")},
	{"pace", N_("N|faster|slower"), N_("how fast it plays: 1 to 64 times")},
	{"step", N_("event|turn|segment [back]"), N_("to the next one, or the one before")},
	{"to", N_("14:52[:07]|+3m|-30s|start|end"), N_("to a time of day, or so much on or back")},
	{"moment", N_("MS"), N_("to a time of the session, in milliseconds")},
	{"event", N_("N"), N_("to where the first N records are in")},
	{"segment", N_("ID|N"), N_("to where a segment begins")},
	{"person", N_("PERSON [back]"), N_("to the next turn of a person, or the one before")},
	{"note", N_("ID"), N_("to where a note was taken")},
	{"find", N_("TEXT [back]"), N_("to the next note, person or title with this text")},
	{"skip", N_("[on|off]"), N_("cuts silences short")},
	{"follow", "", N_("goes along with the session that runs")},
};
enum { ROWS = sizeof rows / sizeof *rows };

/* What each row does, and what it takes. */
static const struct act {
	enum { NONE, MAYBE, SOME } args;
	enum refusal (*act)(struct ask *q);
} acts[ROWS] = {
	{NONE, play},
	{NONE, pause},
	{NONE, toggle},
	{SOME, pace},
	{SOME, seek_step},
	{SOME, seek_time},
	{SOME, seek_moment},
	{SOME, seek_event},
	{SOME, seek_segment},
	{SOME, seek_person},
	{SOME, seek_note},
	{SOME, seek_text},
	{MAYBE, skip},
	{NONE, follow},
};

const struct replay_row *
replay_rows(size_t *n)
{
	*n = ROWS;
	return rows;
}

static enum refusal
unknown(struct ask *q, struct str word)
{
	struct buf all = {0};
	for (size_t i = 0; i < ROWS; i++) {
		buf_puts(&all, i ? ", " : "");
		buf_puts(&all, rows[i].word);
	}
	enum refusal no = REPLAY_NO(q, REFUSAL_BAD_ARGUMENT,
		N_("a replay has no “{0}”, only {1}"), word, buf_view(&all));
	buf_finish(&all);
	return no;
}

enum refusal
replay_command(
	struct replay *r, struct str line, int64_t now_ms, struct arena *a, struct refused *no)
{
	struct ask q = {.r = r, .rest = line, .now_ms = now_ms, .a = a, .no = no};
	struct str typed;
	*no = (struct refused){0};
	replay_advance(r, now_ms);
	if (!replay_word(&q.rest, &typed))
		return REPLAY_NO(&q, REFUSAL_BAD_ARGUMENT, N_("there is no command here"), STR_NONE);
	if (!session_event_count(r->of))
		return REPLAY_NO(&q, REFUSAL_CLOSED, N_("there is nothing to play yet"), STR_NONE);
	struct str word = folded(&q, typed);
	for (size_t i = 0; i < ROWS; i++) {
		if (!str_is(word, rows[i].word))
			continue;
		if (acts[i].args == NONE && q.rest.n)
			return REPLAY_NO(&q, REFUSAL_BAD_ARGUMENT,
				N_("“{0}” is one word too many"), q.rest);
		if (acts[i].args == SOME && !q.rest.n)
			return REPLAY_NO(&q, REFUSAL_BAD_ARGUMENT, N_("something is missing: {0}"),
				str_of(rows[i].usage));
		return acts[i].act(&q);
	}
	return unknown(&q, typed);
}
