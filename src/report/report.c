/* The formats, one row each, and the words that they share. */
#include "internal.h"

static const struct {
	const char *name;
	void (*write)(struct buf *out, const struct session *s, const struct report_options *o);
	/* Of formats for a recording only. */
	size_t (*left_out)(const struct session *s, const struct report_options *o);
} formats[REPORT_FORMAT_COUNT] = {
	[REPORT_MD] = {"md", markdown_write, NULL},
	[REPORT_HTML] = {"html", html_write, NULL},
	[REPORT_CSV] = {"csv", csv_write, NULL},
	[REPORT_VTT] = {"vtt", vtt_write, vtt_left_out},
	[REPORT_CHAPTERS] = {"chapters", chapters_write, chapters_left_out},
	[REPORT_JSON] = {"json", json_write, NULL},
};

const char *
report_format_text(enum report_format f)
{
	return formats[f].name;
}

bool
report_format_from(struct str s, enum report_format *out)
{
	for (size_t i = 0; i < REPORT_FORMAT_COUNT; i++) {
		if (str_is(s, formats[i].name)) {
			*out = (enum report_format)i;
			return true;
		}
	}
	return false;
}

void
report_write(struct buf *out, const struct session *s, enum report_format f,
	const struct report_options *o)
{
	formats[f].write(out, s, o);
}

bool
report_format_recorded(enum report_format f)
{
	return formats[f].left_out != NULL;
}

size_t
report_left_out(const struct session *s, enum report_format f, const struct report_options *o)
{
	return formats[f].left_out ? formats[f].left_out(s, o) : 0;
}

/* A name or title in which something can be seen. */
static bool
shown(struct str text)
{
	struct buf plain = {0};
	plain_text(&plain, text, false);
	bool any = plain.n > 0;
	buf_finish(&plain);
	return any;
}

struct str
report_name(const struct session *s, struct str id)
{
	const struct session_person *p = session_person(s, id);
	return p && shown(p->name) ? p->name : id;
}

void
report_person(struct buf *out, const struct session *s, struct str id, bool chinese)
{
	const struct session_person *p = session_person(s, id);
	if (!p) {
		buf_str(out, id);
		return;
	}
	if (chinese) {
		buf_str(out, p->affiliation);
		buf_str(out, p->title);
		buf_str(out, p->name);
		return;
	}
	struct str parts[] = {p->name, p->title, p->affiliation};
	for (size_t i = 0; i < 3; i++) {
		if (i && shown(parts[i]))
			buf_puts(out, ", ");
		buf_str(out, parts[i]);
	}
}

const char *
report_kind(enum segment_kind kind)
{
	static const char *const kinds[SEGMENT_KIND_COUNT] = {N_("Opening"), N_("Keynote"),
		N_("Certificates"), N_("Debate point"), N_("Break"), N_("Closing"),
		N_("Group photo"), N_("Other")};
	return _(kinds[kind]);
}

const char *
report_as(enum event_as as)
{
	static const char *const kinds[AS_COUNT] = {N_("speech"), N_("point of order"),
		N_("clarifying question"), N_("reply"), N_("speech")};
	return _(kinds[as]);
}

const char *
report_mark(enum event_mark mark)
{
	static const char *const labels[MARK_COUNT] = {[MARK_QUESTION] = N_("Question:"),
		[MARK_ACTION] = N_("Action:"),
		[MARK_DECISION] = N_("Decision:")};
	return labels[mark] ? _(labels[mark]) : NULL;
}

bool
report_same_list(struct event_list a, struct event_list b)
{
	if (a.n != b.n)
		return false;
	for (size_t i = 0; i < a.n; i++)
		if (!str_eq(a.items[i], b.items[i]))
			return false;
	return true;
}

void
report_names(struct buf *out, const struct session *s, struct event_list list, bool chinese)
{
	for (size_t i = 0; i < list.n; i++) {
		if (i)
			buf_puts(out, chinese ? "、" : ", ");
		buf_str(out, report_name(s, list.items[i]));
	}
}

void
report_segment(struct buf *out, const struct session_segment *g, bool chinese)
{
	struct buf number = {0};
	if (g->kind != SEGMENT_POINT) {
		if (shown(g->title))
			buf_str(out, g->title);
		else
			buf_puts(out, report_kind(g->kind));
		return;
	}
	i18n_ordinal(&number, g->number, chinese);
	struct str args[] = {buf_view(&number), g->title};
	i18n_fill(
		out, shown(g->title) ? _("Debate point {0}: {1}") : _("Debate point {0}"), args, 2);
	buf_finish(&number);
}
