/* The people, in the agenda or in a roster of their own. */
#include <string.h>

#include "internal.h"

/* True if the id is still free. */
static bool
claim(struct reading *r, struct person *p, struct spot spot)
{
	const struct person *other = map_get(&r->ids, p->id);
	if (!other) {
		map_put(&r->ids, p->id, p);
		return true;
	}
	tell(r, spot, diag_text(_("the other is {0}"), ARGS(other->name)),
		_("Two people have the id \"{0}\"."), ARGS(p->id));
	return false;
}

static void
claim_name(struct reading *r, struct person *p)
{
	struct person *other = map_get(&r->names, p->name);
	if (!other) {
		map_put(&r->names, p->name, p);
		return;
	}
	for (;; other = other->namesake) {
		if (str_eq(other->affiliation, p->affiliation)) {
			tell_warning(r, p->spot, hint_of(_("is this the same person twice?")),
				_("Two people of one affiliation are called {0}."), ARGS(p->name));
			break;
		}
		if (!other->namesake)
			break;
	}
	while (other->namesake)
		other = other->namesake;
	other->namesake = p;
}

void
people_add(struct reading *r, const struct person_row *row)
{
	size_t errors = r->l->errors;
	if (r->n_people == PEOPLE_MAX) {
		if (!r->people_broken)
			tell(r, row->spot, NULL, _("More than {0} people are too many."),
				ARGS(number_of(r, PEOPLE_MAX)));
		r->people_broken = true;
		return;
	}
	struct person *p = arena_alloc(&r->arena, sizeof *p);
	p->spot = row->spot;
	p->name = value_line(r, &row->name, EVENT_NAME_MAX);
	if (!p->name.n && r->l->errors == errors)
		tell(r, row->spot, NULL, _("This person has no name."), NO_ARGS);
	p->id = value_id(r, &row->id);
	/* Whoever cannot be called by what stands here is not called unknown later. */
	if (r->l->errors > errors)
		r->people_broken = true;
	p->title = value_line(r, &row->title, LINE_MAX_BYTES);
	p->affiliation = value_line(r, &row->affiliation, LINE_MAX_BYTES);
	p->pinyin = value_line(r, &row->pinyin, EVENT_NAME_MAX);
	p->note = value_prose(r, &row->note);
	p->role = value_role(r, &row->role);
	p->attending = value_attending(r, &row->attending);
	if (!p->attending)
		p->attending = ATTENDING_SITE;
	if (p->id.n && !claim(r, p, row->id.spot)) {
		p->id = STR_NONE;
		r->people_broken = true;
	}
	if (p->name.n)
		claim_name(r, p);
	if (p->name.n)
		VEC_PUSH(r->people, r->n_people, r->cap_people, p);
}

static void
read_person(struct reading *r, const struct yaml_node *item)
{
	static const char *const known[] = {
		"id", "name", "title", "affiliation", "role", "attending", "pinyin", "note"};
	if (item->kind != YAML_MAP) {
		tell(r, spot_of(item), hint_of(_("write - {name: …, affiliation: …}")),
			_("A person needs keys of their own."), NO_ARGS);
		r->people_broken = true;
		return;
	}
	size_t errors = r->l->errors;
	yaml_only(item, known, sizeof known / sizeof *known, r->l);
	struct person_row row = {.spot = spot_of(item)};
	row.id = field_text(r, item, "id");
	row.name = field_text(r, item, "name");
	row.title = field_text(r, item, "title");
	row.affiliation = field_text(r, item, "affiliation");
	row.role = field_text(r, item, "role");
	row.attending = field_text(r, item, "attending");
	row.pinyin = field_text(r, item, "pinyin");
	row.note = field_text(r, item, "note");
	if (row.name.text.n)
		row.spot = row.name.spot;
	/* A misspelt "name" was told as such; that there is none would be told twice. */
	if (row.name.text.n || r->l->errors == errors)
		people_add(r, &row);
	else
		r->people_broken = true;
}

static void
read_roster(struct reading *r, const struct yaml_node *map)
{
	static const char *const known[] = {"file"};
	size_t errors = r->l->errors;
	yaml_only(map, known, 1, r->l);
	struct value file = field_text(r, map, "file");
	file.text = value_line(r, &file, 4096);
	if (!file.text.n && r->l->errors == errors)
		missing(r, map, "file", hint_of(_("people is a list, or {file: roster.csv}")));
	r->people_broken = !file.text.n || !roster_take(r, &file) || r->people_broken;
}

void
people_read(struct reading *r, const struct yaml_node *root)
{
	const struct yaml_node *node = yaml_get(root, "people");
	if (node && node->kind == YAML_MAP) {
		read_roster(r, node);
	} else {
		size_t errors = r->l->errors;
		node = field_list(r, root, "people");
		r->people_broken = r->l->errors > errors;
		for (node = node ? node->first : NULL; node; node = node->next)
			read_person(r, node);
	}
	ids_make(r);
}
