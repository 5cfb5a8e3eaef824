/*
 * What a person writes for their consoles: a theme, and the file of settings.
 * Whatever stands in them, what is told is harmless and what is taken can be
 * shown: colours that there are, keys that are bound.
 */
#include "config.h"
#include "dais/ui.h"
#include "fuzz.h"

static struct theme_place places[] = {{(char[]){"dark"}, NULL}, {(char[]){"ember"}, NULL}};
static const struct themes known = {places, 2, 2};

static void
colour(const struct colour *c)
{
	MUST(c->c256 >= -1 && c->c256 < 256 && c->c8 >= -1 && c->c8 < 16);
}

static void
theme(struct str source)
{
	struct theme t;
	struct diag_list l;
	diag_start(&l, "x.yaml", source);
	bool good = theme_read(&t, source, &l);
	MUST(good == (l.errors == 0));
	if (good) {
		for (size_t i = 0; i < STYLE_COUNT; i++) {
			colour(&t.looks[i].fore);
			colour(&t.looks[i].back);
		}
		theme_finish(&t);
	}
	fuzz_told(&l);
}

static void
key(struct str in)
{
	struct ui_keys *k = ui_keys_create();
	struct str name = fuzz_upto(&in, STR(":"));
	struct buf why = {0}, hint = {0};
	enum ui_bind done = ui_bind(k, str_trim(name), str_trim(in), &why, &hint);
	MUST((done == BIND_DONE) == (why.n == 0));
	buf_finish(&why);
	buf_finish(&hint);
	ui_keys_destroy(k);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str source = {(const char *)data, size}, rest = source, line;
	struct config c;
	struct diag_list l;
	theme(source);
	diag_start(&l, "config.yaml", source);
	config_read(&c, source, &known, &l);
	config_finish(&c);
	fuzz_told(&l);
	for (int i = 0; i < 20 && fuzz_line(&rest, &line); i++)
		key(line);
	return 0;
}
