/* What the files of the YAML reader share. */
#pragma once

#include "dais/yaml.h"

enum { YAML_BYTES_MAX = 1024 * 1024, YAML_DEPTH_MAX = 16, YAML_KEYS_MAX = 256 };

/*
 * Looks at the bytes before any YAML: size, encoding, characters that have no
 * place in a text. False where reading on is pointless; problems are in l.
 * *text is the source without its BOM.
 */
bool yaml_bytes(struct str source, struct diag_list *l, struct str *text);

/* What libyaml said, in plain numbers: lines and columns from 1, by our own count. */
struct yaml_complaint {
	const char *problem, *context;
	struct diag_place at;	/* where it noticed */
	struct diag_place from; /* where what it was reading began */
};
/* Adds the complaint as a person would put it, at the place where something is to be done. */
void yaml_complain(const struct yaml_complaint *c, struct str text, struct diag_list *l);
