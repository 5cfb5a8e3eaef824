/* What a joined console's screen is told: how the line stands, who is here, what is kept. */
#include <stdlib.h>
#include <string.h>

#include "joined.h"
#include "share.h"

bool
join_is_stage(const struct join *j)
{
	return j->options->seat == SEAT_STAGE;
}

int64_t
join_now(const struct join *j)
{
	return (int64_t)uv_now(&j->uv);
}

struct spoke_view
join_look(const struct join *j)
{
	struct spoke_view v;
	spoke_look(j->spoke, join_now(j), &v);
	return v;
}

/* Session time of what is shown: now, or when the host was last heard. */
static int64_t
join_as_of(const struct join *j)
{
	struct spoke_view v = join_look(j);
	int64_t last = session_last_t(j->session), t = v.t;
	if (t != EVENT_NO && v.state != SPOKE_LIVE)
		t -= (join_now(j) - v.since) * v.pace;
	return t != EVENT_NO && t > last ? t : last;
}

static void
since_text(struct join *j, int64_t since, struct buf *out)
{
	struct buf iso = {0};
	if (session_opened(j->session)) {
		/* As the clocks on the screen have it: a rehearsal's are their own. */
		clock_iso(&iso, session_wall(j->session, join_as_of(j)), (int)session_zone(j->session));
	} else {
		int64_t wall = clock_wall_ms() - (join_now(j) - since);
		clock_iso(&iso, wall, clock_zone_min(wall));
	}
	buf_put(out, iso.p + 11, 8); /* HH:MM:SS */
	buf_finish(&iso);
}

/* Nothing more can come: that the host has left is as it should be. */
static bool
is_closed(const struct join *j)
{
	return session_opened(j->session) && session_closed(j->session);
}

/* How the line stands, in words; nothing where all is well. */
static void
line_text(struct join *j, const struct spoke_view *v, struct buf *out)
{
	struct buf since = {0};
	since_text(j, v->since, &since);
	struct str args[] = {buf_view(&since), v->why};
	switch (v->state) {
	case SPOKE_CONNECTING:
		if (v->why.n)
			i18n_fill(out, _("connecting: {1}"), args, 2);
		else
			buf_puts(out, _("connecting"));
		break;
	case SPOKE_CATCHING_UP:
		buf_puts(out, _("reading what happened so far"));
		break;
	case SPOKE_LIVE:
	case SPOKE_LEFT:
		break;
	case SPOKE_CUT:
		if (is_closed(j)) {
			buf_puts(out, _("the session is closed"));
			break;
		}
		i18n_fill(out, _("CUT OFF since {0}"), args, 2);
		break;
	case SPOKE_REFUSED:
	case SPOKE_DIVERGED:
		i18n_fill(out, _("not let in: {1}"), args, 2);
		break;
	}
	buf_finish(&since);
}

static void
tell_stage(struct join *j, const struct spoke_view *v, struct str line)
{
	enum stage_state is = stage_from(v->posts[POST_STAGE]);
	struct ui_stage how = {
		.blank = is == STAGE_BLANK, .frozen = is == STAGE_FROZEN, .line = line};
	if (session_opened(j->session) && !j->spoken) {
		/* The hall reads the forum's language, whatever the projector's machine speaks. */
		char *own = str_dup(session_forum(j->session)->language);
		i18n_language(*own ? own : "en");
		free(own);
		j->spoken = true;
	}
	ui_stage(j->screen.ui, &how);
}

static void
tell_console(struct join *j, const struct spoke_view *v, struct str line)
{
	struct ui_joined is = {.seat = v->seat ? v->seat : j->options->seat,
		.name = v->name,
		.line = line,
		.cut = v->state != SPOKE_LIVE,
		.lost = (v->state == SPOKE_CUT && !is_closed(j)) || v->state == SPOKE_REFUSED ||
			v->state == SPOKE_DIVERGED,
		.refused = v->state == SPOKE_REFUSED || v->state == SPOKE_DIVERGED,
		.as_of = session_opened(j->session) ? join_as_of(j) : EVENT_NO,
		.unsent = v->unsent,
		.unanswered = v->unanswered,
		.rtt_ms = v->rtt_ms};
	struct ui_who *who = xcalloc(v->who_n + 1, sizeof *who);
	int64_t wall = clock_wall_ms();
	size_t work = 0; /* consoles that somebody works at */
	for (size_t i = 0; i < v->who_n; i++) {
		const struct spoke_who *w = &v->who[i];
		work += w->seat != SEAT_STAGE && w->seat != SEAT_OBSERVER;
		who[i] = (struct ui_who){.name = w->name, .seat = w->seat, .quiet = w->quiet, .typing = w->typing,
			.since = w->since_ms == EVENT_NO ? EVENT_NO : wall - w->since_ms, .rtt_ms = w->rtt_ms};
	}
	struct ui_status st = {.saved = j->copies.synced[LANE_SESSION],
		.not_saved = j->copies.error != 0,
		.consoles = work ? work - 1 : 0,
		.copies = v->copies,
		.held = v->stable[LANE_SESSION],
		.speed = v->pace};
	if (j->copies.error)
		st.trouble = str_of(file_why(j->copies.error));
	if (!j->copies.mirror[LANE_SESSION])
		st.saved = v->seq[LANE_SESSION];
	st.unsaved = (size_t)(v->head[LANE_SESSION] > st.saved ? v->head[LANE_SESSION] - st.saved : 0);
	ui_status(j->screen.ui, &st);
	ui_joined(j->screen.ui, &is, who, v->who_n);
	ui_changed(j->screen.ui);
	free(who);
}

static void
say_why_cut(struct join *j, struct str why)
{
	struct buf text = {0};
	i18n_fill(&text, _("the line to the host is cut: {0}"), &why, 1);
	ui_say(j->screen.ui, buf_view(&text), true);
	buf_finish(&text);
}

void
join_tell(struct join *j)
{
	struct spoke_view v = join_look(j);
	struct buf line = {0};
	line_text(j, &v, &line);
	if (!session_opened(j->session))
		ui_progress(j->screen.ui, line.n ? line.p : _("connecting"), 0);
	else
		ui_progress(j->screen.ui, NULL, 0);
	if (join_is_stage(j))
		tell_stage(j, &v, v.state == SPOKE_CUT && is_closed(j) ? STR_NONE : buf_view(&line));
	else
		tell_console(j, &v, buf_view(&line));
	/* Where there is little room the header says only that it is so; this is for a person. */
	bool anew = j->state != v.state && !join_is_stage(j);
	if (anew && v.state == SPOKE_REFUSED)
		ui_say(j->screen.ui, buf_view(&line), true);
	if (anew && v.state == SPOKE_CUT && v.why.n && !is_closed(j))
		say_why_cut(j, v.why);
	j->state = v.state;
	j->told = j->copies.synced[LANE_SESSION];
	j->told_error = j->copies.error;
	j->news = false;
	buf_finish(&line);
}

