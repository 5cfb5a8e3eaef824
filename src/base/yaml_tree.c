/*
 * libyaml's events as a tree. The event interface is what stays linear and
 * bounded on hostile input; places are counted here, since libyaml and editors
 * do not agree on what ends a line.
 */
#include <yaml.h>

#include <stdlib.h>
#include <string.h>

#include "dais/i18n.h"
#include "dais/utf8.h"
#include "yaml_parts.h"

struct line {
	size_t character, byte; /* of its beginning */
};

struct reader {
	struct arena *arena;
	struct diag_list *l;
	struct str text;
	yaml_parser_t parser;
	struct line *lines;
	size_t n_lines, cap_lines;
	bool failed;
};

static void
find_lines(struct reader *r)
{
	struct str s = r->text;
	struct line line = {0};
	VEC_PUSH(r->lines, r->n_lines, r->cap_lines, line);
	for (size_t i = 0; i < s.n; i++) {
		line.character += (s.p[i] & 0xc0) != 0x80;
		line.byte = i + 1;
		if (s.p[i] == '\n' || (s.p[i] == '\r' && (i + 1 == s.n || s.p[i + 1] != '\n')))
			VEC_PUSH(r->lines, r->n_lines, r->cap_lines, line);
	}
}

static const struct line *
line_at(const struct reader *r, size_t character)
{
	size_t low = 0, high = r->n_lines;
	while (high - low > 1) {
		size_t middle = low + (high - low) / 2;
		if (r->lines[middle].character <= character)
			low = middle;
		else
			high = middle;
	}
	return &r->lines[low];
}

static struct diag_place
place_of(const struct reader *r, size_t character)
{
	const struct line *line = line_at(r, character);
	return (struct diag_place){
		(int)(line - r->lines) + 1, (int)(character - line->character) + 1};
}

/* Characters of a text on its first line. */
static int
length_of(const struct reader *r, size_t from, size_t to)
{
	const struct line *line = line_at(r, from);
	if (line_at(r, to) == line)
		return (int)(to - from);
	size_t n = line + 1 < r->lines + r->n_lines ? line[1].byte - line->byte : 0;
	struct str s = {r->text.p + line->byte, n};
	while (s.n && strchr("\r\n\t ", s.p[s.n - 1]))
		s.n--;
	size_t characters = 0;
	for (size_t i = 0; i < s.n; i++)
		characters += (s.p[i] & 0xc0) != 0x80;
	size_t before = from - line->character;
	return characters > before ? (int)(characters - before) : 1;
}

static void
syntax(struct reader *r)
{
	const yaml_parser_t *p = &r->parser;
	r->failed = true;
	if (p->error == YAML_MEMORY_ERROR)
		abort();
	size_t noticed = p->error == YAML_READER_ERROR ? p->mark.index : p->problem_mark.index;
	struct yaml_complaint c = {
		.problem = p->problem ? p->problem : "",
		.context = p->context ? p->context : "",
		.at = place_of(r, noticed),
		.from = place_of(r, p->context ? p->context_mark.index : noticed),
	};
	yaml_complain(&c, r->text, r->l);
}

/* The next event into *e, to be deleted; false where the text ends in an error. */
static bool
next(struct reader *r, yaml_event_t *e)
{
	if (r->failed)
		return false;
	if (yaml_parser_parse(&r->parser, e))
		return true;
	syntax(r);
	return false;
}

static void
tell(struct reader *r, const yaml_event_t *e, int length, const char *text, const char *hint)
{
	diag_add(r->l, place_of(r, e->start_mark.index), length, false, xstrdup(_(text)),
		hint ? xstrdup(_(hint)) : NULL);
}

/* Anchors and tags, which this reader does not take. True if there are some. */
static bool
tell_marks(struct reader *r, const yaml_event_t *e, const void *anchor, const void *tag)
{
	static const char hint[] = N_("put the value in quotes if it belongs to it");
	if (anchor)
		tell(r, e, 1, N_("Anchors (\"&name\") are not read."), hint);
	if (tag)
		tell(r, e, 1, N_("Tags (\"!name\") are not read."), hint);
	return anchor || tag;
}

static struct yaml_node *
make_node(struct reader *r, const yaml_event_t *e, enum yaml_kind kind)
{
	struct yaml_node *node = arena_alloc(r->arena, sizeof *node);
	node->kind = kind;
	node->at = place_of(r, e->start_mark.index);
	node->length = 1;
	return node;
}

static struct yaml_node *
make_text(struct reader *r, const yaml_event_t *e)
{
	struct yaml_node *node = make_node(r, e, YAML_TEXT);
	if (e->type == YAML_ALIAS_EVENT) {
		tell(r, e, 1, N_("Aliases (\"*name\") are not read."),
			N_("put the value in quotes if the \"*\" belongs to it"));
		node->text = arena_str(r->arena, str_of((const char *)e->data.alias.anchor));
		node->told = true;
		return node;
	}
	struct str s = {(const char *)e->data.scalar.value, e->data.scalar.length};
	node->text = arena_str(r->arena, s);
	node->length = length_of(r, e->start_mark.index, e->end_mark.index);
	node->told = tell_marks(r, e, e->data.scalar.anchor, e->data.scalar.tag);
	return node;
}

static struct yaml_node *read_node(struct reader *r, const yaml_event_t *e, int depth);

static void
read_items(struct reader *r, struct yaml_node *list, int depth)
{
	struct yaml_node **end = &list->first;
	yaml_event_t e;
	while (next(r, &e)) {
		bool more = e.type != YAML_SEQUENCE_END_EVENT;
		struct yaml_node *item = more ? read_node(r, &e, depth) : NULL;
		yaml_event_delete(&e);
		if (!more)
			return;
		if (item) {
			*end = item;
			end = &item->next;
		}
	}
}

/* True if the key can stand in the map. */
static bool
key_fits(struct reader *r, const struct yaml_node *map, const struct yaml_node *key)
{
	if (key->kind != YAML_TEXT) {
		diag_error(r->l, key->at, 1, _("A key must be a word."), NULL, 0);
		return false;
	}
	if (str_is(key->text, "<<")) {
		diag_error(r->l, key->at, key->length, _("Merge keys (\"<<\") are not read."), NULL,
			0);
		return false;
	}
	size_t n = 0;
	for (const struct yaml_node *v = map->first; v; v = v->next, n++) {
		if (!str_eq(v->key->text, key->text))
			continue;
		struct buf line = {0};
		buf_int(&line, v->key->at.line);
		diag_add(r->l, key->at, key->length, false,
			diag_text(_("The key \"{0}\" stands here twice."), &key->text, 1),
			diag_text(
				_("the first is on line {0}"), (struct str[]){buf_view(&line)}, 1));
		buf_finish(&line);
		return false;
	}
	if (n >= YAML_KEYS_MAX) {
		diag_error(
			r->l, key->at, key->length, _("More than 256 keys stand here."), NULL, 0);
		r->failed = true;
	}
	return !r->failed;
}

static void
read_pairs(struct reader *r, struct yaml_node *map, int depth)
{
	struct yaml_node **end = &map->first;
	yaml_event_t e;
	while (next(r, &e)) {
		bool more = e.type != YAML_MAPPING_END_EVENT;
		struct yaml_node *key = more ? read_node(r, &e, depth) : NULL;
		yaml_event_delete(&e);
		if (!more || !key || !next(r, &e))
			return;
		bool fits = key_fits(r, map, key);
		struct yaml_node *value = read_node(r, &e, depth);
		yaml_event_delete(&e);
		if (value && fits) {
			value->key = key;
			*end = value;
			end = &value->next;
		}
	}
}

static struct yaml_node *
read_node(struct reader *r, const yaml_event_t *e, int depth)
{
	if (e->type == YAML_SCALAR_EVENT || e->type == YAML_ALIAS_EVENT)
		return make_text(r, e);
	if (depth > YAML_DEPTH_MAX) {
		tell(r, e, 1, N_("More than 16 levels stand in each other here."), NULL);
		r->failed = true;
		return NULL;
	}
	bool list = e->type == YAML_SEQUENCE_START_EVENT;
	struct yaml_node *node = make_node(r, e, list ? YAML_LIST : YAML_MAP);
	if (list) {
		node->told =
			tell_marks(r, e, e->data.sequence_start.anchor, e->data.sequence_start.tag);
		read_items(r, node, depth + 1);
	} else {
		node->told =
			tell_marks(r, e, e->data.mapping_start.anchor, e->data.mapping_start.tag);
		read_pairs(r, node, depth + 1);
	}
	return node;
}

/* What surrounds documents; a second one is refused. */
static void
read_document_start(struct reader *r, const yaml_event_t *e, const struct yaml_node *root)
{
	if (root) {
		tell(r, e, 3, N_("A second document begins here."), N_("delete the \"---\""));
		r->failed = true;
	} else if (e->data.document_start.version_directive ||
		   e->data.document_start.tag_directives.start !=
			   e->data.document_start.tag_directives.end) {
		tell(r, e, 1, N_("Directives (\"%YAML\") are not read."), N_("delete the line"));
	}
}

static struct yaml_node *
read_all(struct reader *r)
{
	struct yaml_node *root = NULL;
	yaml_event_t e;
	for (bool more = true; more && next(r, &e); yaml_event_delete(&e)) {
		if (e.type == YAML_STREAM_END_EVENT) {
			more = false;
			if (!root)
				root = make_node(r, &e, YAML_MAP);
		} else if (e.type == YAML_DOCUMENT_START_EVENT) {
			read_document_start(r, &e, root);
		} else if (e.type != YAML_STREAM_START_EVENT && e.type != YAML_DOCUMENT_END_EVENT) {
			root = read_node(r, &e, 1);
		}
	}
	return r->failed ? NULL : root;
}

struct yaml_node *
yaml_read(struct arena *a, struct str source, struct diag_list *l)
{
	struct reader r = {.arena = a, .l = l};
	if (!yaml_bytes(source, l, &r.text))
		return NULL;
	if (!yaml_parser_initialize(&r.parser))
		abort();
	yaml_parser_set_encoding(&r.parser, YAML_UTF8_ENCODING);
	yaml_parser_set_input_string(
		&r.parser, (const unsigned char *)(r.text.p ? r.text.p : ""), r.text.n);
	find_lines(&r);
	struct yaml_node *root = read_all(&r);
	yaml_parser_delete(&r.parser);
	free(r.lines);
	return root;
}

struct yaml_node *
yaml_get(const struct yaml_node *map, const char *key)
{
	if (!map || map->kind != YAML_MAP)
		return NULL;
	for (struct yaml_node *v = map->first; v; v = v->next) {
		if (str_is(v->key->text, key))
			return v;
	}
	return NULL;
}

static char *
known_words(const char *const *known, size_t n)
{
	struct buf list = {0};
	for (size_t i = 0; i < n; i++) {
		if (i)
			buf_puts(&list, ", ");
		buf_puts(&list, known[i]);
	}
	char *hint = diag_text(_("known here: {0}"), (struct str[]){buf_view(&list)}, 1);
	buf_finish(&list);
	return hint;
}

void
yaml_only(const struct yaml_node *map, const char *const *known, size_t n, struct diag_list *l)
{
	if (!map || map->kind != YAML_MAP)
		return;
	for (const struct yaml_node *v = map->first; v; v = v->next) {
		struct str word = v->key->text;
		bool found = false;
		for (size_t i = 0; i < n && !found; i++)
			found = str_is(word, known[i]);
		if (found)
			continue;
		const char *meant = l->n < DIAG_SHOWN ? diag_meant(word, known, n) : NULL;
		char *hint = meant ? diag_text(_("did you mean \"{0}\"?"),
					     (struct str[]){str_of(meant)}, 1)
				   : known_words(known, n);
		diag_add(l, v->key->at, v->key->length, false,
			diag_text(_("There is no key \"{0}\" here."), &word, 1), hint);
	}
}
