/*
 * Looking for what only another log on this machine holds: logs that were hosted
 * here, copies and outboxes that consoles left behind, and the log that was
 * named. Those that begin as this session does are read and compared.
 */
#include <stdlib.h>

#include "joined.h"

struct looking {
	struct join *j;
	struct str first; /* the first line that every log of this session has */
	struct str outbox; /* that is being read */
};

static void
add_ask(void *ctx, struct str id, struct str line, int64_t typed)
{
	struct looking *l = ctx;
	orphans_add_ask(&l->j->merge.orphans, l->j->session, l->outbox, id, line, typed);
}

static void
add_outbox(struct join *j, const char *outbox)
{
	struct buf text = {0};
	struct looking l = {.j = j, .outbox = str_of(outbox)};
	if (keep_read(outbox, &text) == 0)
		outbox_each(buf_view(&text), add_ask, &l);
	buf_finish(&text);
}

/* A host that runs here may be the one that this console is joined to, and ahead of it. */
static bool
is_ours(const struct join *j, const struct session *old)
{
	const struct event *ours = session_host(j->session), *theirs = session_host(old);
	return ours && theirs && ours->seq == theirs->seq && ours->host.wall == theirs->host.wall;
}

/* What of a log cannot be read is said with what can, or by itself where saved records are gone. */
static void
say_damage(struct join *j, struct str log, const struct recall *r, size_t sources,
	struct buf *text)
{
	struct orphans *o = &j->merge.orphans;
	struct buf damage = {0};
	recall_damage(&damage, r);
	if (damage.n && o->sources_n > sources)
		o->sources[sources].damage = arena_str(&o->arena, buf_view(&damage));
	else if (r->check.state == JOURNAL_DAMAGED || r->check.state == JOURNAL_SHORT)
		i18n_fill(text, "{0}: {1}", (struct str[]){log, buf_view(&damage)}, 2);
	buf_finish(&damage);
}

/* Of a log that nobody writes. */
static void
compare(struct join *j, const char *log, const struct recall *r, bool named, bool hosted,
	struct buf *text)
{
	struct orphans *o = &j->merge.orphans;
	struct str path = str_of(log);
	size_t sources = o->sources_n;
	if (!orphans_add(o, j->session, r->session, path)) {
		if (named)
			i18n_fill(text, _("{0} is another session's log"), &path, 1);
		return;
	}
	say_damage(j, path, r, sources, text);
	if (hosted && !is_ours(j, r->session))
		log_moved(log, session_host(j->session)->host.host);
}

static void
add_log(struct join *j, const char *log, bool named, bool hosted)
{
	struct recall r = {0};
	struct str path = str_of(log);
	struct buf text = {0};
	bool runs = journal_locked(log);
	/* It is the one that this console is joined to, and may be long. */
	if (runs && j->options->to->kind == ADDRESS_HERE && !named)
		return;
	if (recall_read(&r, log, true) < 0 || !session_opened(r.session)) {
		if (named)
			i18n_fill(&text, _("{0} cannot be read"), &path, 1);
	} else if (!runs) {
		compare(j, log, &r, named, hosted, &text);
	} else if (!is_ours(j, r.session)) {
		i18n_fill(&text,
			_("{0} is still hosted on this machine, apart from this session: end it, then "
			  "join again to merge what only it holds"),
			&path, 1);
	}
	if (text.n)
		ui_say(j->screen.ui, buf_view(&text), true);
	buf_finish(&text);
	recall_finish(&r);
}

static void
on_log(void *ctx, const char *log, const char *outbox, bool hosted)
{
	struct looking *l = ctx;
	if (!orphan_begins(log, l->first))
		return;
	add_log(l->j, log, false, hosted);
	if (outbox)
		add_outbox(l->j, outbox);
}

static void
first_line(const struct session *s, struct buf *out)
{
	struct buf body = {0};
	unsigned char hash[32] = {0};
	event_encode(&body, session_event_at(s, 0));
	journal_seal(out, 0, 0, buf_view(&body), hash);
	buf_finish(&body);
}

void
merge_look(struct join *j)
{
	struct buf first = {0};
	first_line(j->session, &first);
	struct looking l = {.j = j, .first = buf_view(&first)};
	if (j->options->log)
		add_log(j, j->options->log, true, false);
	orphan_logs(&j->kept, on_log, &l);
	buf_finish(&first);
}
