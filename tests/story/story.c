/*
 * Plays stories: debates as text files, which are the specification that can
 * be read. A file begins with its agenda (agenda_block.c); each story begins
 * with "== " and one sentence on the rule, and starts from that agenda, to
 * which it may add lines of its own. Then:
 *
 *     @1:30 chair: floor next        at session time 1:30 this seat asks this
 *     @1:30 li:scribe: note add …    the same from a console with a name
 *     @1:30                          time goes by
 *     @1:30 host 2023-07-15 14:05    the session is resumed at this time of day
 *     @1:30 tick                     the host's clock ticks
 *     @1:30 event KIND {data}        an event comes from outside
 *     > 7 turn.start turn=1 …        expected: an event with its number
 *     ! stale: …                     expected: a refusal whose sentence holds this
 *     ? floor 张虎 running 0:30 of 3:00   a question (ask.c) and its answer
 *
 * With RENEW=1 in the environment the expectations are written anew.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bench.h"

struct lines {
	struct str *items;
	size_t n, cap;
};

struct play {
	const char *path;
	struct lines lines;
	size_t at; /* the line that is played */
	struct buf renewed;
	struct buf troubles; /* of this story */
	struct buf heading;  /* the agenda of the file */
	struct buf own;      /* the agenda lines of the story */
	struct bench bench;
	bool open;
	bool renew;
};

static void
trouble(struct play *p, size_t line, const char *what, struct str want, struct str got)
{
	buf_printf(&p->troubles, "# %s:%zu: %s\n", p->path, line + 1, what);
	if (want.n)
		buf_printf(&p->troubles, "#   expected %.*s\n", STR_ARG(want));
	if (got.n)
		buf_printf(&p->troubles, "#   came     %.*s\n", STR_ARG(got));
}

static void
faults(struct play *p, size_t line)
{
	struct str rest = buf_view(&p->bench.fault);
	while (rest.n) {
		const char *end = memchr(rest.p, '\n', rest.n);
		size_t n = end ? (size_t)(end - rest.p) : rest.n;
		trouble(p, line, "does not hold", STR_NONE, str_upto(rest, n));
		rest = str_from(rest, end ? n + 1 : n);
	}
	buf_reset(&p->bench.fault);
}

static void
keep_line(struct play *p, struct str line)
{
	buf_str(&p->renewed, line);
	buf_char(&p->renewed, '\n');
}

static bool
read_agenda(struct agenda_block *a, struct str text)
{
	while (text.n) {
		const char *end = memchr(text.p, '\n', text.n);
		size_t n = end ? (size_t)(end - text.p) : text.n;
		if (!agenda_block_line(a, str_upto(text, n)))
			return false;
		text = str_from(text, n + 1);
	}
	return true;
}

/* The session is opened when the first thing happens in it. */
static void
open_session(struct play *p)
{
	struct agenda_block a = {0};
	struct buf forum = {0};
	if (p->open)
		return;
	if (!read_agenda(&a, buf_view(&p->heading)) || !read_agenda(&a, buf_view(&p->own)))
		trouble(p, p->at, "the agenda cannot be read", STR_NONE, STR_NONE);
	agenda_block_write(&a, &forum);
	bench_open(&p->bench, buf_view(&forum), a.rehearsal, a.wall);
	p->open = true;
	faults(p, p->at);
	buf_finish(&forum);
	agenda_block_finish(&a);
}

/* Compares what came with the expectations that follow the line, and takes those. */
static void
expect(struct play *p, const struct buf *came)
{
	struct str got = buf_view(came);
	size_t line = p->at;
	for (; p->at < p->lines.n && p->lines.items[p->at].n; p->at++) {
		struct str want = p->lines.items[p->at];
		if (want.p[0] != '>' && want.p[0] != '!')
			break;
		const char *end = got.n ? memchr(got.p, '\n', got.n) : NULL;
		struct str one = end ? str_upto(got, (size_t)(end - got.p)) : got;
		/* Of a refusal, the code and a part of the sentence suffice. */
		struct str code = one, part = want;
		bool close = want.p[0] == '!' && one.n && one.p[0] == '!';
		if (close) {
			const char *colon = memchr(one.p, ':', one.n);
			code = str_upto(one, colon ? (size_t)(colon - one.p) + 1 : one.n);
			close = str_starts(want, code);
			part = str_trim(str_from(want, code.n));
			close = close && memmem(one.p, one.n, part.p, part.n);
		}
		if (!close && !str_eq(want, one))
			trouble(p, p->at, "something else came", want, one);
		if (p->renew && one.n)
			keep_line(p, close ? want : one);
		got = str_from(got, one.n + (end != NULL));
	}
	if (got.n)
		trouble(p, line, "more came than was expected", STR_NONE, got);
	if (p->renew && got.n)
		buf_str(&p->renewed, got);
}

static bool
read_seat(struct str who, enum seat *seat, struct str *by)
{
	static const struct {
		const char *word;
		enum seat seat;
	} seats[] = {{"chair", SEAT_CHAIR}, {"online", SEAT_ONLINE_CHAIR}, {"scribe", SEAT_SCRIBE},
		{"stage", SEAT_STAGE}, {"observer", SEAT_OBSERVER}};
	const char *colon = memchr(who.p, ':', who.n);
	*by = colon ? str_upto(who, (size_t)(colon - who.p)) : who;
	struct str word = colon ? str_from(who, by->n + 1) : who;
	for (size_t i = 0; i < sizeof seats / sizeof *seats; i++) {
		if (str_is(word, seats[i].word)) {
			*seat = seats[i].seat;
			return true;
		}
	}
	return false;
}

static void
put_events(struct buf *out, const struct events *list)
{
	for (size_t i = 0; i < list->n; i++) {
		buf_puts(out, "> ");
		say_event(out, &list->items[i]);
		buf_char(out, '\n');
	}
}

static void
play_command(struct play *p, enum seat seat, struct str by, struct str line, struct buf *came)
{
	struct command c;
	struct refused no;
	struct events list = {0};
	enum refusal code = command_parse(line, &p->bench.arena, &c, &no);
	if (!code) {
		c.seat = seat;
		c.by = by;
		code = bench_do(&p->bench, &c, &list, &no);
	}
	if (code) {
		buf_puts(came, "! ");
		say_refusal(came, &no);
		buf_char(came, '\n');
	} else {
		put_events(came, &list);
	}
	events_finish(&list);
}

static void
play_outside(struct play *p, struct str rest, struct buf *came)
{
	struct events list = {0};
	const char *why;
	struct str kind = word_take(&rest);
	if (bench_outside(&p->bench, kind, rest, &list, &why))
		put_events(came, &list);
	else
		buf_printf(came, "! unfit: %s\n", why);
	events_finish(&list);
}

static void
play_tick(struct play *p, struct buf *came)
{
	struct events list = {0};
	session_tick(p->bench.s, &list, p->bench.t, STR(""), STR("host"));
	if (list.n)
		bench_apply(&p->bench, &list);
	put_events(came, &list);
	events_finish(&list);
}

static void
play_step(struct play *p, struct str line)
{
	struct buf came = {0};
	enum seat seat;
	struct str by, rest = str_from(line, 1), when = word_take(&rest);
	size_t here = p->at++;
	int64_t wall;
	open_session(p);
	if (!time_read(when, &p->bench.t))
		trouble(p, here, "what time is that?", STR_NONE, when);
	struct str all = rest, word = word_take(&rest);
	if (str_is(word, "host")) {
		if (agenda_block_wall(rest, &wall))
			bench_host(&p->bench, wall);
		else
			trouble(p, here, "what time of day is that?", STR_NONE, rest);
	} else if (str_is(word, "tick")) {
		play_tick(p, &came);
	} else if (str_is(word, "event")) {
		play_outside(p, rest, &came);
	} else if (word.n > 1 && word.p[word.n - 1] == ':' &&
		   read_seat(str_upto(word, word.n - 1), &seat, &by)) {
		play_command(p, seat, by, rest, &came);
	} else if (all.n) {
		trouble(p, here, "who asks that?", STR_NONE, all);
	}
	faults(p, here);
	expect(p, &came);
	buf_finish(&came);
}

static void
play_question(struct play *p, struct str line)
{
	struct buf answer = {0};
	open_session(p);
	struct str question = str_trim(str_from(line, 1));
	buf_puts(&answer, "? ");
	struct str whole = question;
	struct buf said = {0};
	if (!ask(&p->bench, &question, &said))
		trouble(p, p->at, "there is no such question", STR_NONE, whole);
	buf_str(&answer, question);
	buf_char(&answer, ' ');
	buf_str(&answer, buf_view(&said));
	if (!str_eq(buf_view(&answer), line))
		trouble(p, p->at, "another answer came", line, buf_view(&answer));
	keep_line(p, buf_view(&answer));
	buf_finish(&said);
	buf_finish(&answer);
	p->at++;
}

static void
play_line(struct play *p)
{
	struct str line = p->lines.items[p->at];
	if (line.n && line.p[0] == '?') {
		play_question(p, line);
		return;
	}
	if (line.n && line.p[0] == '@') {
		keep_line(p, line);
		play_step(p, line);
		return;
	}
	if (line.n && (line.p[0] == '>' || line.p[0] == '!')) {
		trouble(p, p->at, "nothing more came", line, STR_NONE);
	} else {
		if (line.n && line.p[0] != '#') {
			buf_str(&p->own, line);
			buf_char(&p->own, '\n');
		}
		keep_line(p, line);
	}
	p->at++;
}

static bool
begins_story(struct str line)
{
	return str_starts(line, STR("== "));
}

static bool
play_story(struct play *p, int number)
{
	struct str title = str_from(p->lines.items[p->at], 3);
	keep_line(p, p->lines.items[p->at++]);
	buf_reset(&p->own);
	buf_reset(&p->troubles);
	p->open = false;
	while (p->at < p->lines.n && !begins_story(p->lines.items[p->at]))
		play_line(p);
	open_session(p);
	past_check(&p->bench);
	faults(p, p->at - 1);
	bench_close(&p->bench);
	bool ok = p->troubles.n == 0;
	printf("%sok %d - %.*s\n", ok ? "" : "not ", number, STR_ARG(title));
	if (!ok)
		fwrite(p->troubles.p, 1, p->troubles.n, stdout);
	return ok;
}

static void
split(struct lines *lines, struct str text)
{
	while (text.n) {
		const char *end = memchr(text.p, '\n', text.n);
		size_t n = end ? (size_t)(end - text.p) : text.n;
		VEC_PUSH(lines->items, lines->n, lines->cap, str_upto(text, n));
		text = str_from(text, end ? n + 1 : n);
	}
}

static bool
read_file(const char *path, struct buf *out)
{
	FILE *f = fopen(path, "rb");
	char block[4096];
	if (!f)
		return false;
	for (size_t n; (n = fread(block, 1, sizeof block, f)) > 0;)
		buf_put(out, block, n);
	return fclose(f) == 0;
}

static bool
write_file(const char *path, const struct buf *text)
{
	FILE *f = fopen(path, "wb");
	if (!f)
		return false;
	bool ok = fwrite(text->p, 1, text->n, f) == text->n;
	return fclose(f) == 0 && ok;
}

int
main(int argc, char **argv)
{
	struct buf text = {0};
	struct play p = {.path = argv[argc - 1], .renew = getenv("RENEW") != NULL};
	int stories = 0, bad = 0;
	if (argc != 2 || !read_file(p.path, &text)) {
		fprintf(stderr, "usage: story FILE\n");
		return 2;
	}
	split(&p.lines, buf_view(&text));
	for (; p.at < p.lines.n && !begins_story(p.lines.items[p.at]); p.at++) {
		struct str line = p.lines.items[p.at];
		keep_line(&p, line);
		if (line.n && line.p[0] != '#') {
			buf_str(&p.heading, line);
			buf_char(&p.heading, '\n');
		}
	}
	while (p.at < p.lines.n)
		bad += !play_story(&p, ++stories);
	printf("1..%d\n", stories);
	if (p.renew && !str_eq(buf_view(&p.renewed), buf_view(&text)) &&
		!write_file(p.path, &p.renewed))
		bad++;
	free(p.lines.items);
	buf_finish(&p.renewed);
	buf_finish(&p.troubles);
	buf_finish(&p.heading);
	buf_finish(&p.own);
	buf_finish(&text);
	return bad || !stories;
}
