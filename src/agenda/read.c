/*
 * An agenda from its bytes to the forum of the opening event. Every part reads
 * on after a problem, so that a person is told of all of them in one go.
 */
#include <stdlib.h>

#include "dais/command.h"
#include "internal.h"

void
agenda_finish(struct agenda *a)
{
	buf_finish(&a->forum);
	*a = (struct agenda){0};
}

static void
read_version(struct reading *r, const struct yaml_node *root)
{
	if (!yaml_get(root, "dais")) {
		tell(r, (struct spot){0}, hint_of(_("begin the file with the line: dais: 1")),
			_("The key \"dais\" is missing."), NO_ARGS);
		return;
	}
	size_t errors = r->l->errors;
	struct value v = field_text(r, root, "dais");
	if (r->l->errors == errors && !str_is(v.text, "1"))
		tell(r, v.spot, hint_of(_("write dais: 1")),
			_("This agenda is of version \"{0}\", which this program does not read."),
			ARGS(v.text));
}

static void
read_report(struct reading *r, const struct yaml_node *root)
{
	static const char *const known[] = {"written_by", "reviewed_by", "approved_by"};
	const struct yaml_node *report = field_map(r, root, "report");
	if (!report)
		return;
	yaml_only(report, known, sizeof known / sizeof *known, r->l);
	r->written_by = field_names(r, report, "written_by");
	r->reviewed_by = field_names(r, report, "reviewed_by");
	r->approved_by = field_names(r, report, "approved_by");
}

static void
read_root(struct reading *r, const struct yaml_node *root)
{
	static const char *const known[] = {
		"dais", "forum", "timing", "queue", "people", "agenda", "report"};
	if (root->kind != YAML_MAP) {
		tell(r, spot_of(root), hint_of(_("dais new FILE writes one to fill in")),
			_("This is no agenda: it begins with dais: 1."), NO_ARGS);
		return;
	}
	if (!root->first) {
		tell(r, (struct spot){0}, hint_of(_("dais new FILE writes one to fill in")),
			_("The file is empty."), NO_ARGS);
		return;
	}
	yaml_only(root, known, sizeof known / sizeof *known, r->l);
	read_version(r, root);
	forum_read(r, root);
	rules_read(r, root, &r->rules);
	people_read(r, root);
	segments_read(r, root);
	read_report(r, root);
}

static void
answer(const struct reading *r, struct agenda *out)
{
	out->segments = r->n_segments;
	out->people = r->n_people;
	out->start_min = r->start_min;
	out->chinese = r->language.n ? str_is(r->language, "zh-CN") : has_han(r->title);
	for (size_t i = 0; i < r->n_segments; i++) {
		out->points += r->segments[i]->kind == SEGMENT_POINT;
		out->planned_ms += r->segments[i]->duration;
	}
}

static void
write_out(struct reading *r, struct agenda *out)
{
	forum_write(r, &out->forum);
	/* The opening is where it has to fit; a long roster has a way of its own there. */
	struct events opening = {0};
	const char *why = NULL;
	bool fits = session_opening(&opening, STR("dais"), buf_view(&out->forum), false, STR(""), STR(""), &why);
	events_finish(&opening);
	if (fits)
		return;
	tell(r, (struct spot){0}, NULL, _("The agenda cannot open a session: {0}."), ARGS(str_of(_(why))));
	buf_finish(&out->forum);
}

bool
agenda_read(
	struct agenda *out, struct str source, agenda_load_cb load, void *ctx, struct diag_list *l)
{
	struct reading r = {
		.l = l, .load = load, .ctx = ctx, .start_min = EVENT_NO, .rules = rules_none()};
	*out = (struct agenda){.start_min = EVENT_NO};
	size_t errors = l->errors;
	struct yaml_node *root = yaml_read(&r.arena, source, l);
	if (root)
		read_root(&r, root);
	answer(&r, out);
	if (l->errors == errors)
		write_out(&r, out);
	free(r.people);
	free(r.segments);
	map_finish(&r.ids);
	map_finish(&r.names);
	map_finish(&r.stems);
	map_finish(&r.segment_ids);
	pinyin_destroy(r.pinyin);
	arena_finish(&r.arena);
	return l->errors == errors;
}
