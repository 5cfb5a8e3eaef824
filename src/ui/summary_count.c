/*
 * What a session comes to, counted in one pass over its turns and one over its
 * notes: the session's own questions count again for each person, and a long
 * log is shown here too.
 */
#include <stdlib.h>

#include "summary.h"

struct count {
	struct summary_counts *out;
	const struct session *s;
	const struct session_segment *segments;
	size_t people_n, segments_n;
	struct summary_person *people; /* beside session_person_at(); owned */
	bool *heard; /* people_n rows of segments_n; owned */
	bool *site, *online; /* owned */
};

static void
count_turns(struct count *c, int64_t t)
{
	for (size_t i = 0; i < session_turn_count(c->s); i++) {
		const struct session_turn *turn = session_turn_at(c->s, i);
		size_t who = session_person_place(c->s, turn->person);
		c->out->turns++;
		if (who >= c->people_n)
			continue;
		bool *where = turn->attending == ATTENDING_ONLINE ? c->online : c->site;
		c->people[who].turns++;
		c->people[who].ms += session_turn_elapsed(turn, t);
		c->out->site += where == c->site && !where[who];
		c->out->online += where == c->online && !where[who];
		where[who] = true;
		if (turn->segment < c->segments_n)
			c->heard[who * c->segments_n + turn->segment] = true;
	}
}

static void
miss(struct summary_people *list, size_t segment, struct str person)
{
	struct summary_missing one = {segment, person};
	VEC_PUSH(list->items, list->n, list->cap, one);
}

static void
count_invited(struct count *c, size_t segment)
{
	struct event_list invited = c->segments[segment].invited;
	for (size_t i = 0; i < invited.n; i++) {
		size_t who = session_person_place(c->s, invited.items[i]);
		c->out->invites = true;
		if (who >= c->people_n || !c->heard[who * c->segments_n + segment])
			miss(&c->out->unheard, segment, invited.items[i]);
		if (who < c->people_n)
			c->people[who].invited = true;
	}
}

static void
count_certificates(struct count *c, size_t segment)
{
	const struct session_segment *g = &c->segments[segment];
	for (size_t i = 0; i < g->recipients.n; i++) {
		c->out->awards = true;
		if (!session_awarded(c->s, segment, g->recipients.items[i]))
			miss(&c->out->ungiven, segment, g->recipients.items[i]);
	}
}

static void
count_notes(struct count *c)
{
	struct summary_counts *out = c->out;
	for (size_t i = 0; i < session_note_count(c->s); i++) {
		const struct session_note *note = session_note_at(c->s, i);
		if (note->removed || note->lane != LANE_SESSION || note->mark == MARK_PRIVATE)
			continue;
		out->notes++;
		if (note->mark == MARK_DECISION)
			VEC_PUSH(out->decisions.items, out->decisions.n, out->decisions.cap, i);
		if (note->mark == MARK_ACTION)
			VEC_PUSH(out->actions.items, out->actions.n, out->actions.cap, i);
	}
	out->marks = (int64_t)session_mark_count(c->s);
}

/* Whoever talked as long stands as on the roster. */
static int
by_time(const void *a, const void *b)
{
	const struct summary_person *x = a, *y = b;
	if (x->ms != y->ms)
		return x->ms > y->ms ? -1 : 1;
	return x->person < y->person ? -1 : x->person > y->person;
}

void
summary_count(struct summary_counts *out, const struct session *s, int64_t t)
{
	struct count c = {.out = out, .s = s, .people_n = session_person_count(s)};
	*out = (struct summary_counts){0};
	c.segments = session_segments(s, &c.segments_n);
	c.people = xcalloc(c.people_n + 1, sizeof *c.people);
	c.heard = xcalloc(c.people_n * c.segments_n + 1, sizeof *c.heard);
	c.site = xcalloc(c.people_n + 1, sizeof *c.site);
	c.online = xcalloc(c.people_n + 1, sizeof *c.online);
	count_turns(&c, t);
	for (size_t i = 0; i < c.segments_n; i++) {
		count_invited(&c, i);
		count_certificates(&c, i);
	}
	count_notes(&c);
	out->people = c.people;
	for (size_t i = 0; i < c.people_n; i++) {
		struct summary_person p = c.people[i];
		p.person = i;
		if (p.turns)
			out->people[out->people_n++] = p;
	}
	qsort(out->people, out->people_n, sizeof *out->people, by_time);
	free(c.heard);
	free(c.site);
	free(c.online);
}

void
summary_counts_finish(struct summary_counts *c)
{
	free(c->people);
	free(c->unheard.items);
	free(c->ungiven.items);
	free(c->decisions.items);
	free(c->actions.items);
	*c = (struct summary_counts){0};
}
