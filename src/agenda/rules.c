/* The clocks and the queue: of the whole forum, and what a segment does otherwise. */
#include <stdlib.h>

#include "internal.h"

struct rules
rules_none(void)
{
	struct rules rules = {.overtime_bell = EVENT_NO, .limit = EVENT_NO};
	for (size_t i = 0; i < AS_COUNT; i++)
		rules.allotted[i] = EVENT_NO;
	return rules;
}

static int
longest_first(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
	return (x < y) - (x > y);
}

static void
add_warning(struct reading *r, const struct value *v, struct rules *out)
{
	int64_t ms = value_duration(r, v, false);
	if (ms == EVENT_NO)
		return;
	for (size_t i = 0; i < out->warns; i++) {
		if (out->warn[i] == ms) {
			tell_warning(
				r, v->spot, NULL, _("This warning stands here twice."), NO_ARGS);
			return;
		}
	}
	if (out->warns == SESSION_WARN_MAX)
		tell(r, v->spot, NULL, _("More than {0} warnings stand here."),
			ARGS(number_of(r, SESSION_WARN_MAX)));
	else
		out->warn[out->warns++] = ms;
}

/* One duration, or a list of them. */
static void
read_warn(struct reading *r, const struct yaml_node *timing, struct rules *out)
{
	const struct yaml_node *node = yaml_get(timing, "warn");
	struct value v;
	if (node && node->kind == YAML_LIST) {
		for (const struct yaml_node *item = node->first; item; item = item->next) {
			if (item_text(r, item, &v))
				add_warning(r, &v, out);
		}
	} else {
		v = field_text(r, timing, "warn");
		add_warning(r, &v, out);
	}
	qsort(out->warn, out->warns, sizeof *out->warn, longest_first);
}

static void
read_timing(struct reading *r, const struct yaml_node *timing, struct rules *out)
{
	static const char *const known[] = {"speech", "reply", "question", "order", "warn",
		"overtime_bell", "overtime", "interrupt", "limit"};
	yaml_only(timing, known, sizeof known / sizeof *known, r->l);
	struct value v;
	for (int as = AS_UNSET + 1; as < AS_COUNT; as++) {
		v = field_text(r, timing, event_as_text((enum event_as)as));
		out->allotted[as] = value_duration(r, &v, true);
	}
	read_warn(r, timing, out);
	v = field_text(r, timing, "overtime_bell");
	out->overtime_bell = value_duration(r, &v, true);
	v = field_text(r, timing, "overtime");
	out->overtime = value_overtime(r, &v);
	v = field_text(r, timing, "interrupt");
	out->interrupt = value_interrupt(r, &v);
	v = field_text(r, timing, "limit");
	out->limit = value_count(r, &v);
}

void
rules_read(struct reading *r, const struct yaml_node *map, struct rules *out)
{
	static const char *const known[] = {"order"};
	*out = rules_none();
	const struct yaml_node *timing = field_map(r, map, "timing");
	if (timing)
		read_timing(r, timing, out);
	const struct yaml_node *queue = field_map(r, map, "queue");
	if (queue) {
		yaml_only(queue, known, 1, r->l);
		struct value v = field_text(r, queue, "order");
		out->order = value_order(r, &v);
	}
}
