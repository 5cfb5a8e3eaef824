/*
 * Problems of a file. Each of the first lines names a place (LINE COLUMN LENGTH
 * and a sentence), and behind a line of %%% stands the file: whatever the
 * places are, what is told is harmless, ordered, and has its caret in the line.
 */
#include "dais/diag.h"
#include "dais/yaml.h"
#include "fuzz.h"

static void
as_yaml(struct str source)
{
	static const char *const known[] = {"dais", "forum", "people", "agenda", "title"};
	struct diag_list l;
	struct arena a = {0};
	diag_start(&l, "x\x1b.yaml", source);
	struct yaml_node *root = yaml_read(&a, source, &l);
	MUST(root || l.errors);
	for (struct yaml_node *n = root && root->kind == YAML_MAP ? root->first : NULL; n; n = n->next)
		MUST(n->key && n->key->kind == YAML_TEXT);
	if (root && root->kind == YAML_MAP)
		yaml_only(root, known, sizeof known / sizeof *known, &l);
	fuzz_told(&l);
	arena_finish(&a);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str source = {(const char *)data, size}, places = fuzz_upto(&source, STR("%%%\n")), line;
	struct diag_list l;
	struct buf out = {0};
	if (places.n == size) {
		as_yaml(places);
		return 0;
	}
	diag_start(&l, "f", source);
	while (fuzz_line(&places, &line)) {
		struct diag_place at;
		at.line = (int)fuzz_number(&line);
		at.column = (int)fuzz_number(&line);
		int length = (int)fuzz_number(&line);
		char *hint = line.n % 3 ? NULL : str_dup(line);
		diag_add(&l, at, length, line.n % 2, str_dup(line), hint);
	}
	diag_render(&out, &l);
	MUST_OF(fuzz_harmless(buf_view(&out), "\n"), buf_view(&out));
	/* Two lines of a file at most, cut around the place, for each that is shown. */
	size_t shown = l.n < DIAG_SHOWN ? l.n : DIAG_SHOWN;
	MUST_OF(out.n <= (shown + 1) * 2000 + size * 24, buf_view(&out));
	buf_finish(&out);
	diag_finish(&l);
	return 0;
}
