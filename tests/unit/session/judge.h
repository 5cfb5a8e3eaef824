/* jansson as the judge of what is JSON at all, and what our writer makes of what it read. */
#pragma once

#include <jansson.h>

#include "dais/canon.h"

/* Writes what jansson read. */
static inline void
judge_write(struct canon_writer *w, json_t *v)
{
	const char *key;
	json_t *item;
	size_t i;
	switch (json_typeof(v)) {
	case JSON_OBJECT:
		canon_open(w, '{');
		json_object_foreach(v, key, item)
		{
			canon_key(w, key);
			judge_write(w, item);
		}
		canon_close(w, '}');
		break;
	case JSON_ARRAY:
		canon_open(w, '[');
		json_array_foreach(v, i, item) judge_write(w, item);
		canon_close(w, ']');
		break;
	case JSON_STRING:
		canon_str(w, (struct str){json_string_value(v), json_string_length(v)});
		break;
	case JSON_INTEGER:
		canon_int(w, json_integer_value(v));
		break;
	case JSON_TRUE:
	case JSON_FALSE:
		canon_bool(w, json_is_true(v));
		break;
	case JSON_NULL:
		canon_raw(w, STR("null"));
		break;
	case JSON_REAL:
		fail();
	}
}

static inline json_t *
judge_load(struct str text)
{
	json_error_t e;
	return json_loadb(
		text.p, text.n, JSON_REJECT_DUPLICATES | JSON_DECODE_ANY | JSON_ALLOW_NUL, &e);
}
