/* The keys of a map as values: what kind each must be is told here, once. */
#include <stdlib.h>
#include <string.h>

#include "internal.h"

/* Nothing was said: no key, or a key with nothing behind it. */
static bool
blank(const struct yaml_node *node)
{
	return !node || node->told || (node->kind == YAML_TEXT && str_trim(node->text).n == 0);
}

static void
wrong_kind(struct reading *r, const struct yaml_node *node, const char *text, char *hint)
{
	struct spot spot = node->kind == YAML_TEXT ? spot_of(node) : spot_key(node);
	tell(r, spot, hint, text, ARGS(node->key ? node->key->text : STR_NONE));
}

struct value
field_text(struct reading *r, const struct yaml_node *map, const char *key)
{
	const struct yaml_node *node = yaml_get(map, key);
	if (blank(node))
		return (struct value){STR_NONE, spot_key(map)};
	if (node->kind != YAML_TEXT) {
		char *hint = node->kind == YAML_LIST
				     ? NULL
				     : hint_of(_("a text with \": \" in it needs quotes"));
		wrong_kind(r, node, _("\"{0}\" must be one text."), hint);
		return (struct value){.spot = spot_key(node)};
	}
	return (struct value){node->text, spot_of(node)};
}

const struct yaml_node *
field_map(struct reading *r, const struct yaml_node *map, const char *key)
{
	const struct yaml_node *node = yaml_get(map, key);
	if (blank(node))
		return NULL;
	if (node->kind == YAML_MAP)
		return node;
	wrong_kind(r, node, _("\"{0}\" must hold keys of its own."),
		hint_of(_("one \"key: value\" a line, indented")));
	return NULL;
}

/* A list for somebody who wrote one text: its parts, however they were parted. */
static char *
hint_list(struct str text)
{
	static const char *const parts[] = {"，", "、", ",", "；", ";"};
	struct buf out = {0};
	for (size_t i = 0; i < text.n;) {
		size_t n = 0;
		for (size_t k = 0; k < sizeof parts / sizeof *parts && !n; k++)
			n = str_starts(str_from(text, i), str_of(parts[k])) ? strlen(parts[k]) : 0;
		if (n)
			buf_puts(&out, ", ");
		else
			buf_char(&out, text.p[i]);
		i += n ? n : 1;
		while (n && i < text.n && text.p[i] == ' ')
			i++;
	}
	char *hint = diag_text(_("write [{0}]"), ARGS(buf_view(&out)));
	buf_finish(&out);
	return hint;
}

const struct yaml_node *
field_list(struct reading *r, const struct yaml_node *map, const char *key)
{
	const struct yaml_node *node = yaml_get(map, key);
	if (blank(node))
		return NULL;
	if (node->kind == YAML_LIST)
		return node;
	wrong_kind(r, node, _("\"{0}\" must be a list."),
		node->kind == YAML_TEXT ? hint_list(str_upto(str_trim(node->text), 200))
					: hint_of(_("begin each item with \"- \"")));
	return NULL;
}

bool
item_text(struct reading *r, const struct yaml_node *item, struct value *out)
{
	*out = (struct value){
		item->kind == YAML_TEXT ? str_trim(item->text) : STR_NONE, spot_of(item)};
	if (item->told)
		return false;
	if (item->kind != YAML_TEXT)
		tell(r, out->spot, NULL, _("Only texts can stand in this list."), NO_ARGS);
	else if (out->text.n == 0)
		tell(r, out->spot, NULL, _("An item of this list is empty."), NO_ARGS);
	else
		return true;
	return false;
}

struct names
field_names(struct reading *r, const struct yaml_node *map, const char *key)
{
	const struct yaml_node *list = field_list(r, map, key);
	struct names names = {0};
	if (!list)
		return names;
	names.items = arena_alloc(&r->arena, NAMES_MAX * sizeof *names.items);
	for (const struct yaml_node *item = list->first; item; item = item->next) {
		struct value v;
		if (!item_text(r, item, &v))
			continue;
		if (names.n == NAMES_MAX) {
			tell(r, v.spot, NULL, _("More than {0} names stand in this list."),
				ARGS(number_of(r, NAMES_MAX)));
			break;
		}
		struct str name = value_line(r, &v, LINE_MAX_BYTES);
		if (name.n)
			names.items[names.n++] = name;
	}
	return names;
}

void
missing(struct reading *r, const struct yaml_node *map, const char *key, char *hint)
{
	const struct yaml_node *node = yaml_get(map, key);
	if (node && node->told)
		free(hint);
	else
		tell(r, spot_key(map), hint, _("The key \"{0}\" is missing."), ARGS(str_of(key)));
}
