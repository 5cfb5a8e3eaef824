/*
 * What was corrected after the close, who reviewed the report and who approved
 * it: what every format has to say of that, in the same words.
 */
#include "internal.h"

enum { DATE_SIZE = 10 };

bool
report_is_draft(const struct session *s, const struct report_options *o)
{
	const struct session_approval *a = session_approved(s);
	return !session_closed(s) || session_rehearsal(s) || !a || a->changed || o->damage.n;
}

/* The day on which it was said, as the clock of whoever said it had it. */
static void
put_day(struct buf *out, const struct session *s, struct str at, int64_t t)
{
	if (at.n >= DATE_SIZE)
		buf_str(out, str_upto(at, DATE_SIZE));
	else
		report_date(out, s, t);
}

static struct str
note_of(const struct session *s, int64_t id)
{
	for (size_t i = session_note_count(s); i-- > 0;) {
		const struct session_note *note = session_note_at(s, i);
		if (note->id == id && note->lane != LANE_CHAIRS)
			return report_name(s, note->person);
	}
	return STR_NONE;
}

bool
report_amendment(struct buf *out, const struct session *s, const struct event *e)
{
	struct str who = STR_NONE;
	struct buf names = {0};
	const char *format = NULL, *nobody = NULL;
	switch ((int)e->kind) {
	case EVENT_NOTE_ADD:
		who = report_name(s, e->note.person);
		format = N_("a note of {0} was added");
		nobody = N_("a note was added");
		break;
	case EVENT_NOTE_EDIT:
		who = note_of(s, e->note.note);
		format = N_("a note of {0} was changed");
		nobody = N_("a note was changed");
		break;
	case EVENT_NOTE_REMOVE:
		who = note_of(s, e->note.note);
		format = N_("a note of {0} was taken out");
		nobody = N_("a note was taken out");
		break;
	case EVENT_PERSON_SET:
		who = report_name(s, e->person.person);
		format = e->person.name.n
				 ? N_("the name of {0} was corrected")
				 : N_("the title or affiliation of {0} was corrected");
		break;
	case EVENT_REPORT_REVIEW:
	case EVENT_REPORT_APPROVE:
		report_names(&names, s, e->report.names, i18n_chinese());
		who = buf_view(&names);
		format = e->kind == EVENT_REPORT_REVIEW ? N_("reviewed by {0}")
							: N_("approved by {0}");
		break;
	default:
		return false;
	}
	i18n_fill(out, _(!who.n && nobody ? nobody : format), &who, 1);
	buf_finish(&names);
	return true;
}

size_t
report_correction(const struct session *s, size_t from)
{
	for (size_t i = from; session_amended(s) && i < session_event_count(s); i++) {
		const struct event *e = session_event_at(s, i);
		bool corrects = e->kind == EVENT_NOTE_ADD || e->kind == EVENT_NOTE_EDIT ||
				e->kind == EVENT_NOTE_REMOVE || e->kind == EVENT_PERSON_SET;
		if (e->lane == LANE_AMENDS && corrects && !session_event_undone(s, i))
			return i;
	}
	return SIZE_MAX;
}

void
report_correction_line(struct buf *out, const struct session *s, size_t place, bool chinese)
{
	const struct event *e = session_event_at(s, place);
	put_day(out, s, e->at, e->t);
	buf_char(out, ' ');
	buf_str(out, e->by);
	buf_puts(out, chinese ? "：" : ": ");
	report_amendment(out, s, e);
}

void
report_amended(struct buf *out, const struct session *s)
{
	struct buf n = {0};
	buf_int(&n, (int64_t)session_amended(s));
	if (session_amended(s))
		i18n_fill(out,
			i18n_plural("With one correction made after the close.",
				"With {0} corrections made after the close.", session_amended(s)),
			&(struct str){n.p, n.n}, 1);
	buf_finish(&n);
}

/* "冯洋 (2026-05-20)" */
static void
put_signed(struct buf *out, const struct session *s, const struct session_approval *a, bool chinese)
{
	report_names(out, s, a->names, chinese);
	buf_puts(out, chinese ? "（" : " (");
	put_day(out, s, a->at, a->t);
	buf_puts(out, chinese ? "）" : ")");
}

void
report_reviewed_by(struct buf *out, const struct session *s, bool chinese)
{
	if (session_reviewed(s))
		put_signed(out, s, session_reviewed(s), chinese);
	else
		report_names(out, s, session_forum(s)->reviewed_by, chinese);
}

/* Whoever was to approve it stands there until somebody has. */
void
report_approved_by(struct buf *out, const struct session *s, bool chinese)
{
	const struct session_approval *a = session_approved(s);
	if (a && !a->changed)
		put_signed(out, s, a, chinese);
	else
		report_names(out, s, session_forum(s)->approved_by, chinese);
}

/* Whether it is approved, and if not why; nothing where it is. */
static void
put_approval(struct buf *out, const struct session *s, const struct report_options *o)
{
	const struct session_approval *a = session_approved(s);
	struct buf names = {0}, day = {0};
	if (!a) {
		buf_puts(out, _("Not approved yet."));
		return;
	}
	report_names(&names, s, a->names, o->chinese);
	put_day(&day, s, a->at, a->t);
	struct str args[] = {buf_view(&names), buf_view(&day)};
	if (a->changed)
		i18n_fill(out, _("Approved by {0} on {1}, but changed since then."), args, 2);
	else if (o->damage.n)
		i18n_fill(out, _("Approved by {0} on {1}, but the log cannot all be trusted."),
			args, 2);
	buf_finish(&names);
	buf_finish(&day);
}

void
report_state(struct buf *out, const struct session *s, const struct report_options *o)
{
	struct buf clock = {0};
	report_clock(&clock, s, o->now_t);
	struct str until = buf_view(&clock);
	size_t start = out->n;
	if (!session_closed(s))
		i18n_fill(out, _("The session is still open; this is how it stood at {0}."), &until,
			1);
	else
		put_approval(out, s, o);
	if (session_rehearsal(s)) {
		if (out->n > start)
			buf_char(out, ' ');
		buf_puts(out, _("A rehearsal, not the forum itself."));
	}
	buf_finish(&clock);
}
