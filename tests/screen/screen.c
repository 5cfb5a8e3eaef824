/*
 * Plays a script of keys and compares the screens with those that were looked
 * at and kept. With RENEW=1 in the environment they are written anew.
 *
 *     screen SCRIPT KEPT AGENDA LANGUAGE CATALOGUES
 *
 * A language whose catalogue is empty is passed over.
 *
 * A script has one step a line:
 *     size 80x24                  at once, as when a window is dragged
 *     @1:30                       session time; alarms on the way are rung
 *     @1:30 chair: floor next     somebody asks for something (chair, online, scribe)
 *     unseen online: queue add X  the same, and the screen is not painted before the next key
 *     keys a zh Enter             Enter Esc Tab Up … C-u click:X,Y double:X,Y hold:n paste:TEXT, or text, "with blanks"
 *     readings                    how names are read is known from now on
 *     disk TEXT                   from now on no export can be written, for that reason; without TEXT they can
 *     saved 214 | trouble TEXT | consoles 2 | copies 1 | held 210 | resumed 250 (nobody hosted for so many seconds)
 *     replay                      from here on what happened so far is played back (after `runs`: it still grows)
 *     wait 5                      so many seconds pass in the room
 *     damage TEXT | runs on | progress 430 TEXT
 *     shot A TITLE                the screen goes into the file; styled A TITLE: with its styles
 *     at 60x20 30x8: A TITLE      the same at other sizes; then it is as large as before
 *     typing                      whether others are told that something is being typed goes into the file
 *     joined, line, unsent, rtt, here, stage, page: see desk.h
 *     asked                       the last command line goes into the file
 *     bind F5 floor next          a key of somebody's own
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "dais/i18n.h"
#include "desk.h"

static bool
read_file(const char *name, struct buf *out)
{
	char chunk[4096];
	size_t n;
	FILE *f = fopen(name, "rb");
	if (!f)
		return false;
	while ((n = fread(chunk, 1, sizeof chunk, f)) > 0)
		buf_put(out, chunk, n);
	fclose(f);
	return true;
}

static bool
write_file(const char *name, struct str text)
{
	FILE *f = fopen(name, "wb");
	bool ok = f && fwrite(text.p, 1, text.n, f) == text.n;
	if (f && fclose(f) != 0)
		ok = false;
	return ok;
}

static void
shot(struct desk *d, struct buf *out, struct str title, bool styles)
{
	desk_look(d);
	buf_puts(out, "== ");
	buf_str(out, title);
	buf_printf(out, " (%dx%d", d->columns, d->rows);
	if (d->grid->cursor_x >= 0)
		buf_printf(out, ", caret at %d,%d", d->grid->cursor_x, d->grid->cursor_y);
	if (d->bells)
		buf_printf(out, ", bells %d", d->bells);
	if (d->left)
		buf_puts(out, ", left");
	buf_puts(out, ")\n");
	d->bells = 0;
	grid_dump(d->grid, out, styles);
}

static bool
step_size(struct desk *d, struct str rest)
{
	int64_t w, h;
	const char *x = memchr(rest.p, 'x', rest.n);
	if (!x || !str_int(str_upto(rest, (size_t)(x - rest.p)), &w) ||
		!str_int(str_from(rest, (size_t)(x - rest.p) + 1), &h))
		return false;
	desk_resize(d, (int)w, (int)h);
	return true;
}

static bool
step_other(struct desk *d, struct str rest, bool look)
{
	struct str who = word_take(&rest);
	if (who.n < 2 || who.p[who.n - 1] != ':')
		return false;
	who.n--;
	enum seat seat = str_is(who, "online") ? SEAT_ONLINE_CHAIR : str_is(who, "scribe") ? SEAT_SCRIBE : SEAT_CHAIR;
	return desk_command(d, seat, who, rest, look);
}

static bool
step_time(struct desk *d, struct str when, struct str rest)
{
	int64_t t;
	if (!time_read(str_from(when, 1), &t))
		return false;
	desk_time(d, t);
	return !rest.n || step_other(d, rest, true);
}

static bool
step_keys(struct desk *d, struct str rest)
{
	bool ok = true;
	while (ok && rest.n)
		ok = desk_key(d, word_take(&rest));
	return ok;
}

static bool
step_status(struct desk *d, struct str word, struct str rest)
{
	int64_t n;
	bool number = str_int(rest, &n);
	if (str_is(word, "resumed") && number) {
		ui_resumed(d->ui, n * 1000);
		return true;
	}
	if (str_is(word, "trouble"))
		d->trouble_seq = session_next_seq(d->bench.s, LANE_SESSION);
	d->status.not_saved = str_is(word, "trouble");
	d->status.trouble = d->status.not_saved ? rest : STR_NONE;
	if (number && str_is(word, "saved"))
		d->status.saved = n, d->saved = true;
	else if (number && str_is(word, "consoles"))
		d->status.consoles = (size_t)n;
	else if (number && str_is(word, "copies"))
		d->status.copies = (size_t)n;
	else if (number && str_is(word, "held"))
		d->status.held = n;
	else if (!d->status.not_saved)
		return false;
	desk_status(d);
	return true;
}

/* The steps of a replay. */
static bool
step_replay(struct desk *d, struct str word, struct str rest)
{
	int64_t n;
	if (str_is(word, "wait") && str_int(rest, &n)) {
		desk_wait(d, n * 1000);
		desk_look(d);
	} else if (str_is(word, "runs")) {
		d->runs = str_is(rest, "on");
		if (d->replay)
			replay_runs(d->replay, d->runs);
	} else if (str_is(word, "damage")) {
		d->damage = rest;
	} else if (str_is(word, "replay")) {
		desk_replay(d);
		replay_runs(d->replay, d->runs);
	} else if (str_is(word, "progress")) {
		struct str thousandths = word_take(&rest);
		char what[64];
		snprintf(what, sizeof what, "%.*s", STR_ARG(rest));
		ui_progress(d->ui, rest.n ? what : NULL, str_int(thousandths, &n) ? (int)n : 0);
		desk_look(d);
		return true;
	} else {
		return false;
	}
	if (d->replay)
		desk_replay_tell(d);
	return true;
}

static bool
step_at(struct desk *d, struct buf *out, struct str rest)
{
	int columns = d->columns, rows = d->rows;
	const char *colon = memchr(rest.p, ':', rest.n);
	struct str all = str_upto(rest, colon ? (size_t)(colon - rest.p) : 0);
	struct str title = str_trim(str_from(rest, all.n + 1));
	bool ok = all.n > 0;
	while (ok && all.n) {
		ok = step_size(d, word_take(&all));
		shot(d, out, title, false);
	}
	desk_resize(d, columns, rows);
	desk_look(d);
	return ok;
}

static bool step(struct desk *d, struct buf *out, struct str line);

/* The same step many times: # is how many it is by now. */
static bool
step_times(struct desk *d, struct buf *out, struct str rest)
{
	int64_t n;
	struct buf line = {0};
	bool ok = str_int(word_take(&rest), &n);
	for (int64_t i = 1; ok && i <= n; i++) {
		buf_reset(&line);
		for (size_t k = 0; k < rest.n; k++) {
			if (rest.p[k] == '#')
				buf_int(&line, i);
			else
				buf_char(&line, rest.p[k]);
		}
		ok = step(d, out, buf_view(&line));
	}
	buf_finish(&line);
	return ok;
}

static bool
step(struct desk *d, struct buf *out, struct str line)
{
	struct str rest = line, word = word_take(&rest);
	if (!word.n || word.p[0] == '#')
		return true;
	if (word.p[0] == '@')
		return step_time(d, word, rest);
	if (str_is(word, "unseen"))
		return step_other(d, rest, false);
	if (str_is(word, "size"))
		return step_size(d, rest);
	if (str_is(word, "keys"))
		return step_keys(d, rest);
	if (str_is(word, "at"))
		return step_at(d, out, rest);
	if (str_is(word, "shot") || str_is(word, "styled")) {
		shot(d, out, rest, str_is(word, "styled"));
		return true;
	}
	if (step_replay(d, word, rest) || desk_others(d, word, rest))
		return true;
	if (str_is(word, "typing")) {
		buf_puts(out, d->typing ? "== is told: types\n" : "== is told: does not type\n");
		return true;
	}
	if (str_is(word, "times"))
		return step_times(d, out, rest);
	if (str_is(word, "welcome")) {
		ui_welcome(d->ui);
		return true;
	}
	if (str_is(word, "readings")) {
		desk_readings(d);
		return true;
	}
	if (str_is(word, "disk")) {
		d->disk = rest;
		return true;
	}
	if (str_is(word, "bind")) {
		word = word_take(&rest);
		return desk_bind(d, word, rest);
	}
	if (str_is(word, "asked")) {
		buf_puts(out, "== asked: ");
		buf_str(out, d->last);
		buf_char(out, '\n');
		return true;
	}
	return step_status(d, word, rest);
}

static bool
play(struct desk *d, struct str script, struct buf *out)
{
	for (int number = 1; script.n; number++) {
		const char *end = memchr(script.p, '\n', script.n);
		size_t n = end ? (size_t)(end - script.p) : script.n;
		if (!step(d, out, str_trim(str_upto(script, n)))) {
			printf("# line %d cannot be done: %.*s\n", number, (int)n, script.p);
			return false;
		}
		if (d->bench.fault.n) {
			printf("# line %d: %.*s\n# %s\n", number, (int)n, script.p, d->bench.fault.p);
			return false;
		}
		script = str_from(script, end ? n + 1 : n);
	}
	return true;
}

/* The first line in which two texts differ, with its shot. */
static void
show_difference(struct str is, struct str was)
{
	struct str title = STR("");
	while (is.n || was.n) {
		const char *a = is.n ? memchr(is.p, '\n', is.n) : NULL;
		const char *b = was.n ? memchr(was.p, '\n', was.n) : NULL;
		struct str x = str_upto(is, a ? (size_t)(a - is.p) : is.n);
		struct str y = str_upto(was, b ? (size_t)(b - was.p) : was.n);
		if (str_starts(x, STR("== ")))
			title = x;
		if (!str_eq(x, y)) {
			printf("# %.*s\n# is:  %.*s\n# was: %.*s\n", STR_ARG(title), STR_ARG(x), STR_ARG(y));
			return;
		}
		is = str_from(is, a ? x.n + 1 : x.n);
		was = str_from(was, b ? y.n + 1 : y.n);
	}
}

int
main(int argc, char **argv)
{
	struct buf script = {0}, kept = {0}, agenda = {0}, out = {0};
	struct desk d = {0};
	if (argc != 6 || !read_file(argv[1], &script) || !read_file(argv[3], &agenda)) {
		puts("1..1\nnot ok 1 - screen SCRIPT KEPT AGENDA LANGUAGE CATALOGUES");
		return 1;
	}
	i18n_start(argv[5]);
	i18n_language(argv[4]);
	if (strcmp(argv[4], "en") != 0 && strcmp(_("Nobody waits."), "Nobody waits.") == 0) {
		printf("1..0 # SKIP there is no catalogue for %s\n", argv[4]);
		buf_finish(&script);
		buf_finish(&agenda);
		return 0;
	}
	bool ok = desk_open(&d, buf_view(&agenda), 120, 36) && play(&d, buf_view(&script), &out);
	if (ok && getenv("RENEW"))
		ok = write_file(argv[2], buf_view(&out));
	else if (ok && (!read_file(argv[2], &kept) || !str_eq(buf_view(&out), buf_view(&kept)))) {
		show_difference(buf_view(&out), buf_view(&kept));
		ok = false;
	}
	printf("1..1\n%sok 1 - %s\n", ok ? "" : "not ", argv[2]);
	desk_close(&d);
	buf_finish(&script);
	buf_finish(&kept);
	buf_finish(&agenda);
	buf_finish(&out);
	return ok ? 0 : 1;
}
