/*
 * Logs read back into a session: the session's own and the chairs', which were
 * written side by side and are folded in the order of session time.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "internal.h"

struct reading {
	struct arena arena;
	struct event *events; /* owned */
	int64_t *lines;       /* owned; the line of each */
	size_t n, cap, lines_cap;
	enum event_lane lane;
};

static const char *
visit(void *ctx, const struct journal_record *r)
{
	struct reading *x = ctx;
	struct event e;
	const char *why = NULL;
	if (!event_decode(&e, r->body, &x->arena, &why))
		return why;
	e.seq = r->seq;
	e.safe = r->safe;
	e.lane = x->lane;
	e = event_copy(&x->arena, &e);
	size_t n = x->n;
	VEC_PUSH(x->lines, n, x->lines_cap, r->number);
	VEC_PUSH(x->events, x->n, x->cap, e);
	return NULL;
}

static void
reading_finish(struct reading *x)
{
	free(x->events);
	free(x->lines);
	arena_finish(&x->arena);
}

/* Folds both, the session's first where times are equal. */
static void
fold(struct recall *r, const struct reading *main_log, const struct reading *chairs)
{
	size_t i = 0, k = 0;
	r->session = session_create();
	while (i < main_log->n || k < chairs->n) {
		bool first = k == chairs->n ||
			     (i < main_log->n && main_log->events[i].t <= chairs->events[k].t);
		const struct reading *x = first ? main_log : chairs;
		size_t at = first ? i++ : k++;
		if (session_apply(r->session, &x->events[at], &r->why) < 0) {
			r->bad_line = x->lines[at];
			return;
		}
	}
}

char *
chairs_path(const char *log)
{
	struct str s = str_of(log), end = STR(".dais");
	if (s.n > end.n && str_eq(str_from(s, s.n - end.n), end))
		s.n -= end.n;
	struct buf path = {0};
	buf_str(&path, s);
	buf_puts(&path, ".chairs.dais");
	return path.p;
}

int
recall_read(struct recall *out, const char *log, bool with_chairs)
{
	struct reading main_log = {.lane = LANE_SESSION}, chairs = {.lane = LANE_CHAIRS};
	*out = (struct recall){0};
	int error = journal_read(log, visit, &main_log, &out->check);
	char *beside = chairs_path(log);
	if (!error && with_chairs && access(beside, R_OK) == 0) {
		out->chairs_there = true;
		if (journal_read(beside, visit, &chairs, &out->chairs) < 0)
			chairs.n = 0;
	}
	free(beside);
	if (!error)
		fold(out, &main_log, &chairs);
	reading_finish(&main_log);
	reading_finish(&chairs);
	return error;
}

int
recall_open(
	struct recall *out, const char *log, struct journal **main_log, struct journal **chairs_log)
{
	struct reading first = {.lane = LANE_SESSION}, second = {.lane = LANE_CHAIRS};
	*out = (struct recall){0};
	*main_log = *chairs_log = NULL;
	int error = journal_open(main_log, log, visit, &first, &out->check);
	char *beside = chairs_path(log);
	if (!error && access(beside, F_OK) == 0) {
		out->chairs_there = true;
		error = journal_open(chairs_log, beside, visit, &second, &out->chairs);
	}
	free(beside);
	if (!error)
		fold(out, &first, &second);
	reading_finish(&first);
	reading_finish(&second);
	return error;
}

void
recall_finish(struct recall *r)
{
	session_destroy(r->session);
	journal_check_finish(&r->check);
	journal_check_finish(&r->chairs);
	*r = (struct recall){0};
}

static struct str
number(char text[24], int64_t v)
{
	struct buf digits = {0};
	buf_int(&digits, v);
	memcpy(text, digits.p, digits.n + 1);
	struct str s = {text, digits.n};
	buf_finish(&digits);
	return s;
}

void
recall_damage(struct buf *out, const struct recall *r)
{
	const struct journal_check *c = &r->check;
	char a[24], b[24], d[24];
	struct str args[] = {number(a, r->bad_line ? r->bad_line : c->bad_line),
		str_of(r->bad_line ? _(r->why)
			: c->why   ? _(c->why)
				   : ""),
		number(b, c->records), number(d, c->mark_seq)};
	if (r->bad_line)
		i18n_fill(out, _("line {0} makes no sense: {1}"), args, 4);
	else if (c->state == JOURNAL_TORN)
		i18n_fill(out,
			_("the end is torn off at line {0} ({1}); the {2} records before it can be "
			  "trusted"),
			args, 4);
	else if (c->state == JOURNAL_SHORT)
		i18n_fill(out,
			_("it ends after {2} records, but record {3} was on the disk once: the end "
			  "is missing"),
			args, 4);
	else if (c->state == JOURNAL_DAMAGED)
		i18n_fill(out,
			_("line {0} is damaged: {1}; the {2} records before it can be trusted"),
			args, 4);
	else if (c->state == JOURNAL_NOT_A_LOG)
		buf_puts(out, _("this is no session log"));
}
