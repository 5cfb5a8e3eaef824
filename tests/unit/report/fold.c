/*
 * Folds what standard input says and writes a report of it, so that a test in
 * another language can make any session and read what comes out:
 *
 *     fold AGENDA FORMAT LANG NOW OFFSET [DAMAGE]
 *
 * A line is "MS COMMAND", or the body of an event as it stands in a log (then
 * nobody checked what is in it but the codec). With - for AGENDA the first line
 * is the session.open. LANG is zh-CN or en; LC_FOLDER in the environment names
 * the catalogues. On standard error: how many were left out.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "dais/agenda.h"
#include "dais/command.h"
#include "dais/i18n.h"
#include "dais/report.h"

static void
die(const char *what, const char *why)
{
	fputs(what, stderr);
	fputs(": ", stderr);
	fputs(why ? why : "?", stderr);
	fputc('\n', stderr);
	exit(2);
}

static void
apply(struct session *s, struct events *list)
{
	const char *why;
	for (size_t i = 0; i < list->n; i++)
		if (session_apply(s, &list->items[i], &why) < 0)
			die("apply", why);
	events_finish(list);
}

static void
slurp(const char *path, struct buf *out)
{
	FILE *f = fopen(path, "rb");
	if (!f)
		die(path, "cannot be opened");
	for (size_t n = 1; n;) {
		buf_reserve(out, 65536);
		n = fread(out->p + out->n, 1, 65535, f);
		out->n += n;
	}
	fclose(f);
}

static void
begin(struct session *s, const char *path)
{
	struct buf source = {0};
	struct agenda a = {0};
	struct diag_list l = {0};
	struct events list = {0};
	const char *why = "the agenda has faults";
	slurp(path, &source);
	if (!agenda_read(&a, buf_view(&source), NULL, NULL, &l) ||
		!session_opening(&list, STR("dais"), buf_view(&a.forum), false,
			STR("2023-07-15T13:58:00+08:00"), STR("host"), &why))
		die(path, why);
	apply(s, &list);
	struct event host = event_make(EVENT_SESSION_HOST);
	host.host.epoch = 1;
	host.host.host = host.host.boot = STR("x");
	host.host.why = STR("start");
	host.host.wall = 1689400680000; /* 13:58 on that day, in Taiyuan */
	host.host.mono = host.host.gap = 0;
	host.host.zone = 480;
	session_hosting(s, &list, &host, 0, STR("2023-07-15T13:58:00+08:00"), STR("host"));
	apply(s, &list);
	agenda_finish(&a);
	diag_finish(&l);
	buf_finish(&source);
}

static void
say(struct session *s, const char *line)
{
	struct arena a = {0};
	struct command c;
	struct refused no;
	struct events list = {0};
	char *rest;
	long long t = strtoll(line, &rest, 10);
	while (*rest == ' ')
		rest++;
	if (command_parse(str_of(rest), &a, &c, &no) != 0)
		die(line, no.why);
	c.seat = SEAT_CHAIR;
	c.by = STR("chair");
	c.t = t;
	c.at = STR("2023-07-15T14:00:00+08:00");
	if (session_decide(s, &c, &list, &no))
		die(line, no.why);
	apply(s, &list);
	arena_finish(&a);
}

static void
happen(struct session *s, const char *line)
{
	struct arena a = {0};
	struct event e;
	const char *why;
	if (!event_decode(&e, str_of(line), &a, &why))
		die(line, why);
	e.seq = session_next_seq(s, e.lane);
	if (session_apply(s, &e, &why) < 0)
		die(line, why);
	arena_finish(&a);
}

int
main(int argc, char **argv)
{
	enum report_format format;
	struct buf out = {0};
	char *line = NULL;
	size_t cap = 0;
	ssize_t n;
	if (argc < 6 || !report_format_from(str_of(argv[2]), &format))
		die("usage", "fold AGENDA FORMAT LANG NOW OFFSET [DAMAGE]");
	struct session *s = session_create();
	const char *folder = getenv("LC_FOLDER");
	i18n_start(folder ? folder : "/nonexistent");
	if (strcmp(argv[1], "-") != 0)
		begin(s, argv[1]);
	while ((n = getline(&line, &cap, stdin)) > 0) {
		line[n - 1] = 0;
		if (line[0] == '"' || line[0] == '{')
			happen(s, line);
		else
			say(s, line);
	}
	free(line);
	i18n_language(argv[3]);
	struct report_options o = {.now_t = strtoll(argv[4], NULL, 10),
		.chinese = argv[3][0] == 'z',
		.offset_ms = strtoll(argv[5], NULL, 10),
		.damage = str_of(argc > 6 ? argv[6] : "")};
	report_write(&out, s, format, &o);
	fwrite(out.p, 1, out.n, stdout);
	fprintf(stderr, "%zu\n", report_left_out(s, format, &o));
	buf_finish(&out);
	session_destroy(s);
	return 0;
}
