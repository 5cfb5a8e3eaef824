/* Merging in words: the list of what only another log holds, and what the chairs are told. */
#include <string.h>

#include "joined.h"

enum { MESSAGE_MOST = 7000 }; /* of 8 KiB; a path and a reason come behind it */

static const char *
base_name(struct str log)
{
	const char *slash = memrchr(log.p, '/', log.n);
	return slash ? slash + 1 : log.p;
}

/* A copy's own name says nothing; the folder that it lies in names session and seat. */
static struct str
source_name(const struct orphan_source *s)
{
	const char *name = base_name(s->log);
	return !strncmp(name, "copy.", 5) ? s->log : str_of(name);
}

static void
put_time(struct buf *out, const struct orphan *x)
{
	struct buf iso = {0};
	if (x->time.n) {
		buf_str(out, x->time);
		return;
	}
	clock_iso(&iso, x->wall, clock_zone_min(x->wall));
	buf_put(out, iso.p + 11, 8);
	buf_finish(&iso);
}

static void
put_state(struct buf *out, const struct orphan *x)
{
	static const char *const words[] = {
		[ORPHAN_CLASHES] = N_("changed here too"),
		[ORPHAN_PAST] = N_("was of its moment: can only be set aside"),
		[ORPHAN_THERE] = N_("is there"),
		[ORPHAN_ASIDE] = N_("set aside"),
	};
	struct str why = x->refused;
	if (x->state != ORPHAN_WAITS && !(why.n && x->state < ORPHAN_THERE))
		why = str_of(_(words[x->state]));
	if (!why.n)
		return;
	buf_puts(out, " · ");
	buf_str(out, why);
}

static void
put_source(struct buf *out, const struct orphan_source *s)
{
	struct buf line = {0};
	struct str args[] = {s->log, s->host};
	i18n_fill(&line, s->host.n ? _("Only {0} (hosted by {1}) holds:") : _("Only {0} holds:"), args, 2);
	buf_str(out, buf_view(&line));
	buf_puts(out, "\n");
	buf_finish(&line);
	if (s->damage.n) {
		i18n_fill(&line, _("Of that log, {0}."), &s->damage, 1);
		buf_str(out, buf_view(&line));
		buf_puts(out, "\n");
		buf_finish(&line);
	}
}

static void
put_how(const struct orphans *o, struct buf *out)
{
	static const struct {
		const char *line, *what;
	} how[] = {
		{"merge adopt all", N_("carries over what can be, once, marked as late")},
		{"merge adopt 1 3", N_("only these")},
		{"merge drop 2 WHY", N_("sets one aside: the chairs are told, and why")},
		{"merge rest WHY", N_("sets aside all that is left")},
	};
	buf_char(out, '\n');
	for (size_t i = 0; i < sizeof how / sizeof *how; i++)
		buf_printf(out, "%-18s %s\n", how[i].line, _(how[i].what));
	buf_puts(out, _("The log that holds them is never changed."));
	buf_char(out, '\n');
	for (size_t i = 0; i < o->n; i++) {
		if (o->items[i].what != ORPHAN_AWARD || !o->items[i].refused.n)
			continue;
		buf_puts(out, _("What only the chair may do, the host's chair does by hand, or passes the "
				"chair first (chair pass)."));
		buf_char(out, '\n');
		break;
	}
}

void
merge_list(const struct orphans *o, bool how, struct buf *out)
{
	for (size_t i = 0; i < o->n; i++) {
		const struct orphan *x = &o->items[i];
		if (!i || x->source != o->items[i - 1].source)
			put_source(out, &o->sources[x->source]);
		buf_printf(out, "%3zu  ", i + 1);
		put_time(out, x);
		buf_puts(out, "  ");
		buf_str(out, x->words);
		put_state(out, x);
		buf_char(out, '\n');
	}
	if (how)
		put_how(o, out);
}

/* ---- to the chairs ---- */

static void
put_counted(struct buf *out, const char *format, size_t n, struct str rest)
{
	struct buf digits = {0};
	buf_int(&digits, (int64_t)n);
	struct str args[] = {buf_view(&digits), rest};
	i18n_fill(out, format, args, 2);
	buf_finish(&digits);
}

/* What is open of a source, a line's worth. */
static void
put_open(struct buf *out, const struct orphans *o, size_t source)
{
	size_t more = 0;
	bool any = false;
	for (size_t i = 0; i < o->n; i++) {
		const struct orphan *x = &o->items[i];
		if (x->source != source || x->state >= ORPHAN_THERE)
			continue;
		if (out->n > MESSAGE_MOST) {
			more++;
			continue;
		}
		buf_puts(out, any ? "; " : " ");
		any = true;
		put_time(out, x);
		buf_char(out, ' ');
		buf_str(out, x->words);
	}
	if (more)
		put_counted(out, i18n_plural("; and {0} more", "; and {0} more", more), more, STR_NONE);
}

static void
put_where(struct buf *out, const struct orphan_source *s)
{
	char host[256];
	clock_host_name(host);
	struct str args[] = {str_of(host), s->log};
	buf_char(out, ' ');
	i18n_fill(out, _("The log stays on {0}: {1}"), args, 2);
}

void
merge_message(const struct merge *m, enum merge_what what, size_t of, struct str why,
	struct buf *out)
{
	const struct orphans *o = &m->orphans;
	const struct orphan_source *s = &o->sources[what == MERGE_ASIDE ? o->items[of].source : of];
	size_t n = orphans_open(o, of);
	struct str name = source_name(s);
	buf_puts(out, "message send -- ");
	if (what == MERGE_FOUND) {
		put_counted(out,
			i18n_plural("{0} record that only {1} holds can be merged from here:",
				"{0} records that only {1} holds can be merged from here:", n),
			n, name);
		put_open(out, o, of);
		buf_char(out, '.');
		put_where(out, s);
		return;
	}
	i18n_fill(out, _("Not carried over from {0}:"), &name, 1);
	if (what == MERGE_REST) {
		put_open(out, o, of);
	} else {
		buf_char(out, ' ');
		put_time(out, &o->items[of]);
		buf_char(out, ' ');
		buf_str(out, o->items[of].words);
	}
	if (why.n) {
		buf_puts(out, " (");
		buf_str(out, str_upto(why, MESSAGE_MOST / 14));
		buf_char(out, ')');
	}
	buf_char(out, '.');
	put_where(out, s);
}

void
merge_found(const struct merge *m, struct buf *out)
{
	size_t n = orphans_open(&m->orphans, SIZE_MAX);
	const struct orphans *o = &m->orphans;
	struct str name = STR_NONE;
	for (size_t i = 0; i < o->n && !name.n; i++)
		if (o->items[i].state < ORPHAN_THERE)
			name = source_name(&o->sources[o->items[i].source]);
	if (n)
		put_counted(out,
			i18n_plural("{0} record is only in {1}, not in this session: merge shows it",
				"{0} records are only in {1}, not in this session: merge shows them",
				n),
			n, name);
}
