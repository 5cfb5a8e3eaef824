/* The segments of the agenda, in their order. */
#include "dais/command.h"
#include "internal.h"

static const struct {
	const char *key;
	unsigned kinds; /* bits: where it means something */
} lists[LIST_COUNT] = {
	[LIST_SPEAKERS] = {"speakers", 1u << SEGMENT_OPENING | 1u << SEGMENT_KEYNOTE |
					       1u << SEGMENT_CLOSING | 1u << SEGMENT_OTHER},
	[LIST_RECIPIENTS] = {"recipients", 1u << SEGMENT_AWARD},
	[LIST_PRESENTERS] = {"presenters", 1u << SEGMENT_AWARD},
	[LIST_INVITED] = {"invited", 1u << SEGMENT_POINT},
};

/* What a segment lasts that needs a clock and was given none. */
static const int64_t usual[SEGMENT_KIND_COUNT] = {
	[SEGMENT_KEYNOTE] = 30 * 60000, [SEGMENT_POINT] = 40 * 60000};

static bool
contains(const struct names *list, struct str id)
{
	for (size_t i = 0; i < list->n; i++) {
		if (str_eq(list->items[i], id))
			return true;
	}
	return false;
}

static struct names
read_list(struct reading *r, const struct yaml_node *map, const char *key)
{
	const struct yaml_node *list = field_list(r, map, key);
	struct names out = {0};
	if (!list)
		return out;
	out.items = arena_alloc(&r->arena, NAMES_MAX * sizeof *out.items);
	for (const struct yaml_node *item = list->first; item; item = item->next) {
		struct value v;
		struct person *p = item_text(r, item, &v) ? who(r, &v) : NULL;
		if (!p)
			continue;
		if (contains(&out, p->id)) {
			tell_warning(r, v.spot, NULL, _("{0} stands in this list twice."),
				ARGS(p->name));
		} else if (out.n == NAMES_MAX) {
			tell(r, v.spot, NULL, _("More than {0} names stand in this list."),
				ARGS(number_of(r, NAMES_MAX)));
			break;
		} else {
			out.items[out.n++] = p->id;
		}
	}
	return out;
}

static void
read_lists(struct reading *r, const struct yaml_node *map, struct segment *s)
{
	for (int i = 0; i < LIST_COUNT; i++) {
		const struct yaml_node *node = yaml_get(map, lists[i].key);
		if (!node)
			continue;
		struct names list = read_list(r, map, lists[i].key);
		if (lists[i].kinds >> s->kind & 1u)
			s->lists[i] = list;
		else
			tell_warning(r, spot_key(node), NULL,
				_("\"{0}\" means nothing for the kind \"{1}\"."),
				ARGS(node->key->text, str_of(segment_kind_text(s->kind))));
	}
}

/* What a segment of its kind should have. */
static void
check(struct reading *r, struct segment *s, bool timed)
{
	if (!timed && usual[s->kind]) {
		struct buf taken = {0};
		s->duration = usual[s->kind];
		duration_put(&taken, s->duration);
		tell_warning(r, s->spot,
			hint_of(_("say how long it may take, such as duration: 40m")),
			_("No duration is given, so it is {0}."), ARGS(buf_view(&taken)));
		buf_finish(&taken);
	}
	if (s->kind == SEGMENT_KEYNOTE && !s->lists[LIST_SPEAKERS].n)
		tell_warning(r, s->spot, NULL, _("This keynote has no speakers."), NO_ARGS);
	if (s->kind == SEGMENT_AWARD && !s->lists[LIST_RECIPIENTS].n)
		tell_warning(r, s->spot, NULL, _("This award has no recipients."), NO_ARGS);
}

static void
claim(struct reading *r, struct segment *s, struct spot spot)
{
	const struct segment *other = map_get(&r->segment_ids, s->id);
	if (!other)
		map_put(&r->segment_ids, s->id, s);
	else
		tell(r, spot,
			diag_text(_("the other is on line {0}"),
				ARGS(number_of(r, other->spot.at.line))),
			_("Two segments have the id \"{0}\"."), ARGS(s->id));
}

static void
read_segment(struct reading *r, const struct yaml_node *map)
{
	static const char *const known[] = {"kind", "id", "title", "duration", "speakers",
		"recipients", "presenters", "invited", "brief", "timing", "queue"};
	if (map->kind != YAML_MAP) {
		tell(r, spot_of(map),
			hint_of(_("write - kind: point, and its other keys under it")),
			_("A segment needs keys of its own."), NO_ARGS);
		return;
	}
	struct segment *s = arena_alloc(&r->arena, sizeof *s);
	size_t errors = r->l->errors;
	yaml_only(map, known, sizeof known / sizeof *known, r->l);
	struct value kind = field_text(r, map, "kind"), id = field_text(r, map, "id");
	struct value title = field_text(r, map, "title"), duration = field_text(r, map, "duration");
	struct value brief = field_text(r, map, "brief");
	s->spot = kind.text.n ? kind.spot : spot_of(map);
	bool known_kind = value_kind(r, &kind, &s->kind);
	/* A misspelt "kind" was told as such. */
	if (!known_kind && r->l->errors == errors)
		missing(r, map, "kind", hint_of(_("such as kind: point")));
	s->id = value_id(r, &id);
	if (s->id.n)
		claim(r, s, id.spot);
	s->title = value_line(r, &title, LINE_MAX_BYTES);
	s->brief = value_prose(r, &brief);
	int64_t ms = value_duration(r, &duration, false);
	s->duration = ms == EVENT_NO ? 0 : ms;
	rules_read(r, map, &s->rules);
	errors = r->l->errors;
	if (known_kind)
		read_lists(r, map, s);
	if (known_kind && r->l->errors == errors)
		check(r, s, duration.text.n > 0);
	VEC_PUSH(r->segments, r->n_segments, r->cap_segments, s);
}

/* point2 is the second point, unless somebody called another segment that. */
static void
make_ids(struct reading *r)
{
	int64_t seen[SEGMENT_KIND_COUNT] = {0};
	for (size_t i = 0; i < r->n_segments; i++) {
		struct segment *s = r->segments[i];
		int64_t number = ++seen[s->kind];
		struct buf id = {0};
		while (!s->id.n && (id.n == 0 || map_get(&r->segment_ids, buf_view(&id)))) {
			buf_reset(&id);
			buf_puts(&id, segment_kind_text(s->kind));
			buf_int(&id, number++);
		}
		if (!s->id.n) {
			s->id = arena_str(&r->arena, buf_view(&id));
			map_put(&r->segment_ids, s->id, s);
		}
		buf_finish(&id);
	}
}

void
segments_read(struct reading *r, const struct yaml_node *root)
{
	size_t errors = r->l->errors;
	const struct yaml_node *list = field_list(r, root, "agenda");
	if (!list && r->l->errors == errors)
		missing(r, root, "agenda", hint_of(_("it lists the segments, at least one")));
	else if (list && !list->first)
		tell(r, spot_key(list), hint_of(_("such as - kind: point")),
			_("The agenda needs at least one segment."), NO_ARGS);
	for (const struct yaml_node *item = list ? list->first : NULL; item; item = item->next) {
		if (r->n_segments == SEGMENTS_MAX) {
			tell(r, spot_of(item), NULL, _("More than {0} segments are too many."),
				ARGS(number_of(r, SEGMENTS_MAX)));
			break;
		}
		read_segment(r, item);
	}
	make_ids(r);
}
