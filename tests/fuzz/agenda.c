/*
 * Agendas, with a roster behind a line of %%%. What is told stands in the file
 * and is harmless; what can be run is a forum in canonical JSON that a session
 * opens, and a table read by itself has its cells where it says.
 */
#include <errno.h>

#include "csv.h"
#include "dais/agenda.h"
#include "dais/canon.h"
#include "dais/command.h"
#include "fuzz.h"

static int
load(void *ctx, struct str name, struct buf *out)
{
	const struct str *roster = ctx;
	MUST(name.n);
	if (!roster->p)
		return -ENOENT;
	buf_str(out, *roster);
	return 0;
}

static void
open_session(struct str forum)
{
	struct events list = {0};
	struct session *s = session_create();
	const char *why = NULL;
	if (session_opening(&list, STR("fuzz"), forum, false, STR("2023-07-15T14:00:00+08:00"), STR("host"), &why)) {
		for (size_t i = 0; i < list.n; i++)
			MUST_OF(session_apply(s, &list.items[i], &why) == 0, str_of(why));
	} else {
		MUST(why && why[0]);
	}
	events_finish(&list);
	session_destroy(s);
}

static void
read_table(struct str text)
{
	struct csv c = csv_start(text);
	struct csv_cell cells[4];
	struct arena a = {0};
	const char *why = NULL;
	size_t n, rows = 0, before = c.at;
	while (csv_row(&c, &a, cells, 4, &n, &why)) {
		MUST(c.at > before || c.at == text.n);
		MUST(++rows <= text.n + 1 && n >= 1);
		for (size_t i = 0; i < n && i < 4; i++)
			MUST(cells[i].text.n <= text.n && cells[i].at.line >= 1 && cells[i].at.column >= 1);
		before = c.at;
	}
	MUST(c.at <= text.n && (why || c.at == text.n));
	arena_finish(&a);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str roster = {(const char *)data, size};
	struct str source = fuzz_upto(&roster, STR("%%%\n")), all;
	struct agenda a;
	struct diag_list l;
	const char *why = NULL;
	if (source.n == size)
		roster = STR_NONE;
	diag_start(&l, "x.yaml", source);
	bool good = agenda_read(&a, source, load, &roster, &l);
	MUST(good == (l.errors == 0));
	if (good) {
		struct canon_reader r = canon_read(buf_view(&a.forum));
		MUST_OF(canon_take_any(&r, &all) && canon_done(&r), buf_view(&a.forum));
		MUST_OF(session_forum_valid(buf_view(&a.forum), &why), buf_view(&a.forum));
		MUST(a.planned_ms >= 0 && a.start_min >= EVENT_NO && a.start_min < 1440);
		open_session(buf_view(&a.forum));
	}
	agenda_finish(&a);
	fuzz_told(&l);
	read_table(roster.p ? roster : source);
	return 0;
}
