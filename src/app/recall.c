/*
 * Logs read back into a session: the session's own and the chairs', which were
 * written side by side and are folded in the order of session time; and behind
 * them the corrections, which were made after the close and continue its chain.
 * The long log is folded as it is read; of the others the events are kept first.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "internal.h"

struct reading {
	struct arena arena;
	struct event *events; /* owned */
	int64_t *lines;       /* owned; the line of each */
	size_t n, cap, lines_cap;
	enum event_lane lane;
	const struct recall_watch *watch; /* or NULL */
	int64_t size;			  /* of the file, where somebody watches */
};

/* A session's log on its way into the session, and the chairs' log beside it. */
struct folding {
	struct recall *r;
	const struct reading *chairs;
	size_t next; /* of the chairs' events */
	struct arena arena;
	const struct recall_watch *watch; /* or NULL */
	int64_t size;			  /* of the file, where somebody watches */
};

enum { ALL_DONE = 1000, HALF_DONE = ALL_DONE / 2, TELL_EVERY = 1024 };

const char *
recall_event(struct event *e, const struct journal_record *r, struct arena *a)
{
	const char *why = NULL;
	if (!event_decode(e, r->body, a, &why))
		return why;
	e->seq = r->seq;
	e->safe = r->safe;
	return NULL;
}

static const char *
visit(void *ctx, const struct journal_record *r)
{
	struct reading *x = ctx;
	struct event e;
	const char *why = recall_event(&e, r, &x->arena);
	if (why)
		return why;
	e.lane = x->lane;
	e = event_copy(&x->arena, &e);
	size_t n = x->n;
	VEC_PUSH(x->lines, n, x->lines_cap, r->number);
	VEC_PUSH(x->events, x->n, x->cap, e);
	if (x->size > 0 && r->seq % TELL_EVERY == 0)
		x->watch->done(x->watch->ctx, (int)(r->offset * HALF_DONE / x->size));
	return NULL;
}

static void
reading_finish(struct reading *x)
{
	free(x->events);
	free(x->lines);
	arena_finish(&x->arena);
}

/* Nothing is folded behind what makes no sense. */
static void
apply(struct recall *r, const struct event *e, int64_t line)
{
	if (!r->bad_line && session_apply(r->session, e, &r->why) < 0)
		r->bad_line = line;
}

/* The chairs' events that came before t. */
static void
apply_chairs(struct folding *f, int64_t t)
{
	const struct reading *chairs = f->chairs;
	for (; f->next < chairs->n && chairs->events[f->next].t < t; f->next++)
		apply(f->r, &chairs->events[f->next], chairs->lines[f->next]);
}

/* The session's first where times are equal. */
static void
apply_main(struct folding *f, const struct event *e, int64_t line)
{
	apply_chairs(f, e->t);
	apply(f->r, e, line);
}

static const char *
visit_main(void *ctx, const struct journal_record *r)
{
	struct folding *f = ctx;
	struct event e;
	const char *why = recall_event(&e, r, &f->arena);
	if (why)
		return why;
	apply_main(f, &e, r->number);
	if (f->size > 0 && r->seq % TELL_EVERY == 0)
		f->watch->done(f->watch->ctx, (int)(r->offset * ALL_DONE / f->size));
	return NULL;
}

static bool
ends_in(const char *log, struct str end)
{
	struct str s = str_of(log);
	return s.n > end.n && str_eq(str_from(s, s.n - end.n), end);
}

/* NAME.dais.aside-1 was NAME.dais before it made room. */
static char *
path_beside(const char *log, const char *ending)
{
	struct str s = str_of(log), end = STR(".dais"), aside = STR(".dais.aside-"), rest = STR_NONE;
	const char *at = NULL, *next = log;
	while ((next = strstr(next, aside.p)))
		at = next++;
	if (ends_in(log, end)) {
		s.n -= end.n;
	} else if (at && !strchr(at, '/')) {
		rest = str_of(at + end.n);
		s.n = (size_t)(at - log);
	}
	struct buf path = {0};
	buf_str(&path, s);
	buf_puts(&path, ending);
	buf_str(&path, rest);
	return path.p;
}

char *
chairs_path(const char *log)
{
	return path_beside(log, ".chairs.dais");
}

char *
amends_path(const char *log)
{
	return path_beside(log, ".amend.dais");
}

static int64_t
size_of(const char *path)
{
	struct stat st;
	return stat(path, &st) < 0 ? 0 : (int64_t)st.st_size;
}

static int
sealed(struct recall *out, const char *log, bool with_chairs, const struct recall_watch *watch)
{
	struct reading chairs = {.lane = LANE_CHAIRS};
	struct folding f = {.r = out, .chairs = &chairs, .watch = watch};
	f.size = watch ? size_of(log) : 0;
	*out = (struct recall){.is_amends = ends_in(log, STR(".amend.dais"))};
	char *beside = chairs_path(log);
	if (with_chairs && access(beside, R_OK) == 0) {
		out->chairs_there = true;
		if (journal_read(beside, visit, &chairs, &out->chairs) < 0)
			chairs.n = 0;
	}
	free(beside);
	out->session = session_create();
	int error = journal_read(log, visit_main, &f, &out->check);
	apply_chairs(&f, INT64_MAX);
	if (error) {
		session_destroy(out->session);
		out->session = NULL;
	}
	reading_finish(&chairs);
	arena_finish(&f.arena);
	return error;
}

int
recall_sealed(struct recall *out, const char *log, bool with_chairs)
{
	return sealed(out, log, with_chairs, NULL);
}

/* What begins a log of corrections says what it corrects, besides following from it. */
static const char *
visit_amends(void *ctx, const struct journal_record *r)
{
	struct reading *x = ctx;
	const char *why = visit(ctx, r);
	if (!why && r->seq == 0 && x->events[0].kind != EVENT_AMEND_OPEN)
		why = N_("a log of amendments begins with amend.open");
	return why;
}

static void
fold_amends(struct recall *r, const struct reading *amends)
{
	for (size_t i = 0; i < amends->n && !r->amends_bad_line; i++)
		if (session_apply(r->session, &amends->events[i], &r->amends_why) < 0)
			r->amends_bad_line = amends->lines[i];
}

static bool
amends_expected(struct recall *r, const char *beside)
{
	r->amends_there = access(beside, F_OK) == 0;
	if (!r->amends_there || session_closed(r->session))
		return r->amends_there;
	r->amends = (struct journal_check){.state = JOURNAL_DAMAGED,
		.bad_line = 1,
		.mark_seq = -1,
		.why = N_("the log that they belong to is not closed, as far as it can be read")};
	return false;
}

int
recall_open_amends(struct recall *r, const char *log, struct journal **amends_log)
{
	struct reading amends = {.lane = LANE_AMENDS};
	char *beside = amends_path(log);
	*amends_log = NULL;
	int error = 0;
	if (amends_expected(r, beside))
		error = journal_open_after(amends_log, beside, r->check.head, visit_amends,
			&amends, &r->amends);
	if (!error)
		fold_amends(r, &amends);
	reading_finish(&amends);
	free(beside);
	return error;
}

int
recall_read(struct recall *out, const char *log, bool with_chairs)
{
	return recall_watched(out, log, with_chairs, NULL);
}

int
recall_watched(struct recall *out, const char *log, bool with_chairs,
	const struct recall_watch *watch)
{
	struct reading amends = {.lane = LANE_AMENDS};
	char *beside = amends_path(log);
	int error = sealed(out, log, with_chairs, watch);
	if (!error && amends_expected(out, beside)) {
		int unread = journal_read_after(
			beside, out->check.head, visit_amends, &amends, &out->amends);
		if (unread == 0)
			fold_amends(out, &amends);
		else
			out->amends.why = N_("it cannot be read");
	}
	reading_finish(&amends);
	free(beside);
	return error;
}

/* What was read of both, in the order of session time. */
static void
fold_read(struct recall *out, const struct reading *first, const struct reading *second)
{
	struct folding f = {.r = out, .chairs = second};
	const struct recall_watch *watch = first->watch;
	out->session = session_create();
	for (size_t i = 0; i < first->n; i++) {
		apply_main(&f, &first->events[i], first->lines[i]);
		if (watch && i % TELL_EVERY == 0)
			watch->done(watch->ctx, HALF_DONE + (int)(i * HALF_DONE / first->n));
	}
	apply_chairs(&f, INT64_MAX);
}

int
recall_open(struct recall *out, const char *log, struct journal **main_log,
	struct journal **chairs_log, const struct recall_watch *watch)
{
	struct reading first = {.lane = LANE_SESSION, .watch = watch}, second = {.lane = LANE_CHAIRS};
	first.size = watch ? size_of(log) : 0;
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
		fold_read(out, &first, &second);
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
	journal_check_finish(&r->amends);
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

static void
put_damage(struct buf *out, const struct journal_check *c, int64_t bad_line, const char *why)
{
	char a[24], b[24], d[24];
	struct str args[] = {number(a, bad_line ? bad_line : c->bad_line),
		str_of(bad_line  ? _(why)
			: c->why ? _(c->why)
				 : ""),
		number(b, c->records), number(d, c->mark_seq)};
	if (bad_line)
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

void
recall_damage(struct buf *out, const struct recall *r)
{
	if (r->is_amends && r->check.elsewhere)
		buf_puts(out, _("this is a log of corrections; name the log that they belong to "
				"(NAME.dais for NAME.amend.dais)"));
	else
		put_damage(out, &r->check, r->bad_line, r->why);
}

void
recall_amends_damage(struct buf *out, const struct recall *r)
{
	const struct journal_check *c = &r->amends;
	if (!r->amends_there || (c->state == JOURNAL_WHOLE && !r->amends_bad_line))
		return;
	struct buf what = {0};
	/* Where none of it is used, the line says nothing that the reason does not. */
	if (!r->amends_bad_line && !c->records)
		buf_puts(&what, c->why ? _(c->why) : "");
	else
		put_damage(&what, c, r->amends_bad_line, r->amends_why);
	i18n_fill(out,
		c->records ? _("the corrections beside it cannot all be trusted: {0}")
			   : _("the corrections beside it are not used: {0}"),
		&(struct str){what.p, what.n}, 1);
	buf_finish(&what);
}
