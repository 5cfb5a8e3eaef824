/*
 * A YAML file as a tree of text with places, for agendas, themes and the
 * configuration.
 *
 * A strict small part of YAML: at most 1 MiB of UTF-8, 16 levels, one
 * document, no anchors, aliases or tags, no duplicate keys, 256 keys in a map.
 * Every scalar is text; whoever reads it converts it.
 */
#pragma once

#include "dais/diag.h"

enum yaml_kind { YAML_TEXT, YAML_LIST, YAML_MAP };

struct yaml_node {
	enum yaml_kind kind;
	struct diag_place at;
	int length;		/* of a text: characters as written, quotes included, on its first line */
	bool told;		/* an alias, or tagged: a problem was told already, so its value is no matter */
	struct str text;	/* of a text */
	struct yaml_node *key;	/* of a map's child: its key */
	struct yaml_node *first, *next; /* children in order */
};

/*
 * Reads source into a tree that lives in `a`. Answers NULL where the text is
 * not usable at all; syntax errors or bytes that are not UTF-8 (GB18030 named
 * as such, with the remedy) are in l either way; a BOM is a warning. A file
 * with nothing in it is an empty map.
 */
struct yaml_node *yaml_read(struct arena *a, struct str source, struct diag_list *l);
/* The value of a map's key, or NULL. map may be NULL. */
struct yaml_node *yaml_get(const struct yaml_node *map, const char *key);
/* Reports every key of map that is not among `known`, with a "did you mean". */
void yaml_only(const struct yaml_node *map, const char *const *known, size_t n, struct diag_list *l);
