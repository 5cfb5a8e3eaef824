/*
 * Merging, at the console of whoever has the other log: an old host that came
 * back, or a console whose copy held more than the new host's. Carrying over is
 * asking again under the record's own id, one after the other, so a break at any
 * place loses nothing and does nothing twice; what was decided is read from the
 * session.
 */
#include "merge.h"

#include <stdlib.h>
#include <string.h>

#include "joined.h"
#include "share.h"

static bool
writes(const struct join *j)
{
	return j->options->seat & (SEAT_CHAIR | SEAT_ONLINE_CHAIR | SEAT_SCRIBE);
}

static bool
sees_chairs(const struct join *j)
{
	return j->options->seat & (SEAT_CHAIR | SEAT_ONLINE_CHAIR);
}

static void
forget(struct merge *m)
{
	for (size_t i = 0; i < m->n; i++)
		free(m->asks[i].why);
	free(m->asks);
	orphans_finish(&m->orphans);
	*m = (struct merge){0};
}

/* ---- what is asked, one after the other ---- */

static void
push(struct merge *m, enum merge_what what, size_t of, struct str why)
{
	struct merge_ask k = {.what = what, .of = of, .why = why.n ? str_dup(why) : NULL};
	VEC_PUSH(m->asks, m->n, m->cap, k);
	m->wanted += what != MERGE_FOUND;
}

static struct str
id_of(const struct merge *m, const struct merge_ask *k)
{
	const struct orphans *o = &m->orphans;
	switch (k->what) {
	case MERGE_ADOPT:
		return o->items[k->of].id;
	case MERGE_ASIDE:
		return o->items[k->of].aside_id;
	case MERGE_REST:
		return o->sources[k->of].rest_id;
	case MERGE_FOUND:
		return o->sources[k->of].found_id;
	}
	return STR_NONE;
}

/* A message is written when its turn has come: what it lists is what is left then. */
static int64_t
put_line(const struct merge *m, const struct merge_ask *k, struct buf *line)
{
	if (k->what != MERGE_ADOPT) {
		merge_message(m, k->what, k->of, str_of(k->why), line);
		return EVENT_NO;
	}
	buf_str(line, m->orphans.items[k->of].line);
	return m->orphans.items[k->of].wall;
}

static bool
is_done(const struct merge *m, const struct merge_ask *k)
{
	const struct orphans *o = &m->orphans;
	switch (k->what) {
	case MERGE_ADOPT:
		return o->items[k->of].state == ORPHAN_THERE;
	case MERGE_ASIDE:
		return o->items[k->of].state >= ORPHAN_THERE;
	case MERGE_REST:
		return orphans_open(o, k->of) == 0;
	case MERGE_FOUND:
		return o->sources[k->of].told;
	}
	return true;
}

/* Where this console does not see what it wrote, the host's word is enough. */
static void
take_word(struct merge *m, const struct merge_ask *k)
{
	struct orphans *o = &m->orphans;
	for (size_t i = 0; i < o->n; i++) {
		struct orphan *x = &o->items[i];
		bool rest = k->what == MERGE_REST && x->source == k->of;
		if (x->state < ORPHAN_THERE && (rest || (k->what == MERGE_ASIDE && i == k->of)))
			x->state = ORPHAN_ASIDE;
		if (k->what == MERGE_ADOPT && i == k->of)
			x->state = ORPHAN_THERE;
	}
	if (k->what == MERGE_FOUND)
		o->sources[k->of].told = true;
}

static void
say_found(struct join *j)
{
	struct buf text = {0};
	merge_found(&j->merge, &text);
	if (text.n)
		ui_say(j->screen.ui, buf_view(&text), true);
	buf_finish(&text);
}

static void
next(struct join *j, bool done)
{
	struct merge *m = &j->merge;
	m->say_found = m->say_found || m->asks[m->at].what == MERGE_FOUND;
	bool person = m->asks[m->at].what != MERGE_FOUND;
	m->done += done && person;
	m->refused += !done && person;
	m->under_way = m->answered = false;
	m->at++;
}

static void
say_end(struct join *j)
{
	struct merge *m = &j->merge;
	struct buf text = {0}, n[3] = {{0}, {0}, {0}};
	buf_int(&n[0], (int64_t)m->done);
	buf_int(&n[1], (int64_t)m->refused);
	buf_int(&n[2], (int64_t)orphans_open(&m->orphans, SIZE_MAX));
	struct str args[] = {buf_view(&n[0]), buf_view(&n[1]), buf_view(&n[2])};
	i18n_fill(&text,
		m->refused ? _("merged: {0} done, {1} refused, {2} left; merge shows why")
			   : _("merged: {0} done, {2} left"),
		args, 3);
	ui_say(j->screen.ui, buf_view(&text), m->refused > 0);
	buf_finish(&text);
	for (size_t i = 0; i < 3; i++)
		buf_finish(&n[i]);
	m->wanted = m->done = m->refused = 0;
}

static void
refused_because(struct join *j, struct str why)
{
	struct merge *m = &j->merge;
	const struct merge_ask *k = &m->asks[m->at];
	if (k->what == MERGE_ADOPT || k->what == MERGE_ASIDE)
		m->orphans.items[k->of].refused = arena_str(&m->orphans.arena, why);
	next(j, false);
}

/* What the host would refuse is refused here, as for what is typed. */
static void
ask(struct join *j)
{
	struct merge *m = &j->merge;
	const struct merge_ask *k = &m->asks[m->at];
	struct arena a = {0};
	struct refused no = {0};
	struct command c;
	struct events list = {0};
	struct buf line = {0};
	int64_t typed = put_line(m, k, &line);
	enum refusal code = command_parse(buf_view(&line), &a, &c, &no);
	c.seat = j->options->seat;
	c.by = j->options->name;
	c.t = session_last_t(j->session);
	if (!code)
		code = session_decide(j->session, &c, &list, &no);
	if (!code)
		code = spoke_ask_late(j->spoke, id_of(m, k), buf_view(&line), typed, join_now(j), &a, &no);
	m->under_way = true;
	if (code) {
		struct buf why = {0};
		refusal_sentence(&why, &no);
		refused_because(j, buf_view(&why));
		buf_finish(&why);
	}
	buf_finish(&line);
	events_finish(&list);
	arena_finish(&a);
}

bool
merge_answer(struct join *j, const struct answer *a)
{
	struct merge *m = &j->merge;
	if (!m->under_way || !str_eq(a->id, id_of(m, &m->asks[m->at])))
		return false;
	if (a->ok)
		m->answered = true;
	else
		refused_because(j, a->why.n ? a->why : a->refused);
	return true;
}

/* Once, as soon as it is known what the session has. */
static void
look(struct join *j)
{
	struct merge *m = &j->merge;
	m->sought = true;
	merge_look(j);
	m->say_found = true;
	for (size_t i = 0; i < m->orphans.sources_n; i++) {
		const struct orphan_source *s = &m->orphans.sources[i];
		if (s->found_id.n && !s->told && orphans_open(&m->orphans, i))
			push(m, MERGE_FOUND, i, STR_NONE);
	}
}

void
merge_turn(struct join *j)
{
	struct merge *m = &j->merge;
	bool live = join_look(j).state == SPOKE_LIVE;
	if (m->of != j->session) {
		forget(m);
		m->of = j->session;
	}
	/* Behind what chairs wrote, which is shown as it comes. */
	if (m->say_end)
		say_end(j);
	else if (m->say_found)
		say_found(j);
	m->say_end = m->say_found = false;
	if (live && !m->sought && writes(j) && session_opened(j->session))
		look(j);
	orphans_look(&m->orphans, j->session);
	while (m->at < m->n) {
		const struct merge_ask *k = &m->asks[m->at];
		if (m->answered && k->what != MERGE_ADOPT && !sees_chairs(j))
			take_word(m, k);
		if (is_done(m, k)) {
			next(j, true);
			m->say_end = m->at == m->n && m->wanted;
		} else if (live && !m->under_way) {
			ask(j);
			m->say_end = m->at == m->n && m->wanted;
		} else {
			break;
		}
	}
}

/* ---- what is typed ---- */

bool
merge_is(struct str line)
{
	return str_is(line_word(&line), "merge");
}

static enum refusal
refuse(struct refused *no, const char *why)
{
	*no = (struct refused){.code = REFUSAL_BAD_ARGUMENT, .why = why};
	return REFUSAL_BAD_ARGUMENT;
}

static void
adopt(struct merge *m, size_t i)
{
	struct orphan *x = &m->orphans.items[i];
	x->refused = STR_NONE;
	push(m, MERGE_ADOPT, i, STR_NONE);
}

static enum refusal
adopt_all(struct merge *m, struct refused *no)
{
	size_t n = 0;
	for (size_t i = 0; i < m->orphans.n; i++) {
		if (m->orphans.items[i].state != ORPHAN_WAITS)
			continue;
		adopt(m, i);
		n++;
	}
	return n ? REFUSAL_NONE : refuse(no, N_("nothing is left that could be carried over"));
}

/* The numbers at the beginning of rest, which moves on; SIZE_MAX: no more. */
static size_t
take_number(const struct merge *m, struct str *rest, bool *bad)
{
	struct str left = *rest, first = line_word(&left);
	int64_t n;
	if (!str_int(first, &n))
		return SIZE_MAX;
	*bad = n < 1 || (size_t)n > m->orphans.n;
	*rest = left;
	return (size_t)n - 1;
}

static enum refusal
adopt_some(struct merge *m, struct str rest, struct refused *no)
{
	bool bad = false;
	struct str check = rest;
	size_t i, n = 0;
	while ((i = take_number(m, &check, &bad)) != SIZE_MAX && !bad) {
		if (!m->orphans.items[i].line.n)
			return refuse(no, N_("what was of its moment cannot be carried over: drop it, or do it anew"));
		n++;
	}
	if (bad || !n || check.n)
		return refuse(no, N_("merge adopt takes all, or numbers of the list that merge shows"));
	while ((i = take_number(m, &rest, &bad)) != SIZE_MAX)
		adopt(m, i);
	return REFUSAL_NONE;
}

static enum refusal
drop_some(struct merge *m, struct str rest, struct refused *no)
{
	bool bad = false;
	struct str why = rest;
	size_t i, n = 0;
	while (take_number(m, &why, &bad) != SIZE_MAX && !bad)
		n++;
	if (bad || !n || !why.n)
		return refuse(no, N_("merge drop takes numbers of the list that merge shows, and why"));
	while ((i = take_number(m, &rest, &bad)) != SIZE_MAX)
		push(m, MERGE_ASIDE, i, why);
	return REFUSAL_NONE;
}

static enum refusal
drop_rest(struct merge *m, struct str why, struct refused *no)
{
	if (!orphans_open(&m->orphans, SIZE_MAX))
		return refuse(no, N_("nothing is left to be set aside"));
	for (size_t i = 0; i < m->orphans.sources_n; i++)
		if (orphans_open(&m->orphans, i))
			push(m, MERGE_REST, i, why);
	return REFUSAL_NONE;
}

enum refusal
merge_command(struct join *j, struct str line, struct refused *no)
{
	struct merge *m = &j->merge;
	struct buf text = {0};
	line_word(&line);
	struct str what = line_word(&line);
	if (!m->orphans.n)
		return refuse(no, N_("no other log of this session here holds what the session lacks"));
	if (str_is(what, "adopt"))
		return str_is(line, "all") ? adopt_all(m, no) : adopt_some(m, line, no);
	if (str_is(what, "drop"))
		return drop_some(m, line, no);
	if (str_is(what, "rest"))
		return drop_rest(m, line, no);
	if (what.n)
		return refuse(no, N_("merge shows the list; merge adopt, merge drop and merge rest decide"));
	merge_list(&m->orphans, true, &text);
	ui_show(j->screen.ui, str_of(_("What only another log holds")), buf_view(&text));
	buf_finish(&text);
	return REFUSAL_NONE;
}

void
merge_finish(struct join *j)
{
	struct buf text = {0};
	merge_found(&j->merge, &text);
	if (text.n)
		app_error("{0}", &(struct str){text.p, text.n}, 1);
	buf_finish(&text);
	forget(&j->merge);
}
