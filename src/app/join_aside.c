/*
 * A console whose copy is another log than the host's: what it holds is set
 * aside, said, and never lost, and it begins again with nothing.
 */
#include <stdlib.h>

#include "joined.h"

static void
say_aside(struct join *j, bool another, struct str log, struct str outbox)
{
	struct buf text = {0};
	struct str args[] = {log, outbox};
	if (!another && log.n)
		i18n_fill(&text,
			_("what this console held was another log than the host's; it was set aside as {0}"), args, 1);
	else if (!another)
		buf_puts(&text, _("what this console held was another log than the host's"));
	else if (log.n)
		i18n_fill(&text,
			_("the host runs another session of this name; what this console held of the one before "
			  "was set aside as {0}"),
			args, 1);
	else
		buf_puts(&text, _("the host runs another session of this name now"));
	if (outbox.n) {
		buf_puts(&text, "; ");
		i18n_fill(&text, _("notes that were not sent, as {1}"), args, 2);
	}
	ui_say(j->screen.ui, buf_view(&text), true);
	buf_finish(&text);
}

/* The line stays as it is, and the person is told what to do. */
static void
stay(struct join *j)
{
	struct buf text = {0};
	struct str folder = str_of(j->kept.folder);
	i18n_fill(&text,
		_("the host has another log, and what is held here cannot be set aside: look into {0}, then "
		  "join again"),
		&folder, 1);
	ui_say(j->screen.ui, buf_view(&text), true);
	buf_finish(&text);
}

/* What this console holds is another log than the host's: it makes room, and is not lost. */
static void
begin_again(struct join *j)
{
	struct buf log = {0}, outbox = {0};
	bool another = str_is(join_look(j).code, "another");
	j->aside = j->news = true;
	copies_finish(&j->copies);
	/* Notes of this sitting are for the debate that goes on; those of an earlier one are not. */
	bool older = another && !j->lived;
	if (j->kept.log && !kept_set_aside(&j->kept, &log, older ? &outbox : NULL)) {
		stay(j);
		return;
	}
	spoke_destroy(j->spoke);
	struct session *old = j->session;
	join_dial(j);
	join_copies(j);
	join_spoke(j);
	screen_show(&j->screen, j->session);
	if (join_is_stage(j))
		ui_stage(j->screen.ui, &(struct ui_stage){0});
	session_destroy(old);
	if (!join_is_stage(j))
		say_aside(j, another, buf_view(&log), buf_view(&outbox));
	buf_finish(&log);
	buf_finish(&outbox);
	j->parting = false;
}

/*
 * The line to a host with another log ends first, and what is being written is
 * written. Once without having been live since: a host that no copy can follow
 * would fill the disk with what is set aside.
 */
void
join_part(struct join *j)
{
	enum spoke_state state = join_look(j).state;
	if (state == SPOKE_LIVE) {
		j->aside = false;
		j->lived = true;
	}
	if (state != SPOKE_DIVERGED || j->aside)
		return;
	if (!j->parting) {
		j->parting = true;
		dial_close(j->dial, join_dial_closed, j);
	} else if (!j->dial && !copies_busy(&j->copies)) {
		begin_again(j);
	}
}
