/*
 * What can still be said after the close: corrections of notes and of the
 * spelling of names, and who reviewed and approved the report. They stand in a
 * log of their own beside the sealed one, and never say that the debate went
 * otherwise than it did.
 */
#include "internal.h"

/* What is printed changed: an approval that was given before no longer covers it. */
static void
count(struct state *st)
{
	st->amended++;
	st->reviewed.changed++;
	st->approved.changed++;
}

static const char *
fold_names(struct session_approval *into, const struct event *e)
{
	if (!e->report.names.n)
		return N_("nobody is named");
	*into = (struct session_approval){
		.seq = e->seq, .t = e->t, .at = e->at, .by = e->by, .names = e->report.names};
	return NULL;
}

static const char *
fold_open(struct state *st, const struct event *e)
{
	if (st->amending || e->seq != 0)
		return N_("a log of amendments has one opening, at its start");
	st->amending = true;
	return NULL;
}

static const char *
fold_correction(struct state *st, const struct event *e)
{
	const char *why = N_("only notes, spellings and the report's approval are amended");
	bool note = e->kind == EVENT_NOTE_ADD || e->kind == EVENT_NOTE_EDIT ||
		    e->kind == EVENT_NOTE_REMOVE;
	if (note && e->note.mark != MARK_PRIVATE)
		why = notes_fold(st, e);
	else if (e->kind == EVENT_PERSON_SET && !e->person.role && !e->person.attending &&
		 !e->person.link)
		why = people_fold(st, e);
	if (!why)
		count(st);
	return why;
}

const char *
amends_fold(struct state *st, const struct event *e)
{
	if (!st->closed)
		return N_("amendments follow the close of a session");
	if (e->kind == EVENT_AMEND_OPEN)
		return fold_open(st, e);
	if (!st->amending)
		return N_("a log of amendments begins with amend.open");
	if (e->kind == EVENT_REPORT_REVIEW)
		return fold_names(&st->reviewed, e);
	if (e->kind == EVENT_REPORT_APPROVE)
		return fold_names(&st->approved, e);
	return e->kind == EVENT_UNKNOWN ? NULL : fold_correction(st, e);
}

/* Taking back something that was there when the report was approved changes it too; taking back
 * what came later does not. The fold arrives here at the place of the undo. */
void
amends_undo(struct state *into, const struct event *e)
{
	struct session_approval *both[] = {&into->reviewed, &into->approved};
	for (size_t i = 0; i < 2; i++)
		both[i]->changed += both[i]->names.n && e->undo.seq < both[i]->seq;
}

/* ---- questions ---- */

bool
session_amending(const struct session *s)
{
	return s->st.amending;
}

size_t
session_amended(const struct session *s)
{
	return s->st.amended;
}

const struct session_approval *
session_reviewed(const struct session *s)
{
	return s->st.reviewed.names.n ? &s->st.reviewed : NULL;
}

const struct session_approval *
session_approved(const struct session *s)
{
	return s->st.approved.names.n ? &s->st.approved : NULL;
}

/* ---- deciding ---- */

static bool
amends(enum command_verb verb)
{
	return verb == CMD_NOTE_ADD || verb == CMD_NOTE_EDIT || verb == CMD_NOTE_REMOVE ||
	       verb == CMD_PEOPLE_SET || verb == CMD_UNDO;
}

static bool
reports(enum command_verb verb)
{
	return verb == CMD_REPORT_REVIEW || verb == CMD_REPORT_APPROVE;
}

enum refusal
amends_check(struct deciding *d)
{
	const struct command *c = d->c;
	if (!d->st->closed)
		return reports(c->verb) ? REFUSE(d, REFUSAL_NOT_ALLOWED,
						  N_("the report is reviewed and approved after "
						     "the close, with dais amend"),
						  STR_NONE)
					: REFUSAL_NONE;
	if (!d->st->amending)
		return REFUSE(
			d, REFUSAL_CLOSED, N_("the session is closed; nothing follows"), STR_NONE);
	if (!amends(c->verb) && !reports(c->verb))
		return REFUSE(d, REFUSAL_CLOSED,
			N_("the session is closed; only notes, the spelling of names (people set) "
			   "and who reviewed and approved the report can still be corrected"),
			STR_NONE);
	if (c->verb == CMD_PEOPLE_SET && (c->role || c->attending || c->link))
		return REFUSE(d, REFUSAL_CLOSED,
			N_("the session is closed; of a person only --name, --title and "
			   "--affiliation can still be corrected"),
			STR_NONE);
	return REFUSAL_NONE;
}

enum refusal
amends_route(struct deciding *d)
{
	for (size_t i = 0; d->st->amending && i < d->out->n; i++) {
		if (d->out->items[i].lane == LANE_CHAIRS)
			return REFUSE(d, REFUSAL_CLOSED,
				N_("notes for chairs only are in no report; after the close they "
				   "stay as they are"),
				STR_NONE);
		d->out->items[i].lane = LANE_AMENDS;
	}
	return REFUSAL_NONE;
}

enum refusal
amends_decide_report(struct deciding *d)
{
	const struct command *c = d->c;
	bool approve = c->verb == CMD_REPORT_APPROVE;
	if (!c->names.n)
		return REFUSE(d, REFUSAL_BAD_ARGUMENT, N_("nobody is named"), STR_NONE);
	for (size_t i = 0; i < c->names.n; i++)
		if (c->names.items[i].n > EVENT_NAME_MAX)
			return REFUSE(d, REFUSAL_LIMIT, N_("a name has at most {0} bytes"),
				decide_number(d, EVENT_NAME_MAX));
	decide_event(d, approve ? EVENT_REPORT_APPROVE : EVENT_REPORT_REVIEW)->report.names =
		c->names;
	return REFUSAL_NONE;
}

void
session_amend(const struct session *s, struct events *out, const struct event *open, int64_t t,
	struct str at, struct str by)
{
	decide_alone(s, out, *open, LANE_AMENDS, t, at, by);
}
