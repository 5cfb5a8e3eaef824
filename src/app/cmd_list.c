/* dais list, and which session is meant where none is named. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "dais/link.h"
#include "dais/text.h"
#include "internal.h"

struct seen {
	char **names, **logs; /* owned */
	size_t n, cap, logs_n, logs_cap;
};

static void
see(void *ctx, struct str name, struct str log)
{
	struct seen *x = ctx;
	VEC_PUSH(x->names, x->n, x->cap, str_dup(name));
	VEC_PUSH(x->logs, x->logs_n, x->logs_cap, str_dup(log));
}

static void
seen_finish(struct seen *x)
{
	for (size_t i = 0; i < x->n; i++) {
		free(x->names[i]);
		free(x->logs[i]);
	}
	free(x->names);
	free(x->logs);
}

char *
session_named(const char *name, int *code)
{
	struct seen x = {0};
	char *found = NULL;
	*code = DAIS_OK;
	place_list(see, &x);
	if (name) {
		found = xstrdup(name);
	} else if (x.n == 1) {
		found = xstrdup(x.names[0]);
	} else if (x.n == 0) {
		APP_ERROR(_("no session runs here; dais run FILE starts one"), STR_NONE);
		*code = DAIS_FAILED;
	} else {
		struct buf names = {0};
		for (size_t i = 0; i < x.n; i++) {
			buf_puts(&names, i ? ", " : "");
			buf_puts(&names, x.names[i]);
		}
		APP_ERROR(_("several sessions run; name one with -s: {0}"), buf_view(&names));
		buf_finish(&names);
		*code = DAIS_USAGE;
	}
	seen_finish(&x);
	return found;
}

static void
put_line(struct buf *out, const char *name, const char *state, const char *how)
{
	text_pad(out, str_of(name), 24);
	buf_puts(out, "  ");
	text_pad(out, str_of(state), 12);
	buf_puts(out, "  ");
	text_clean(out, str_of(how));
	buf_char(out, '\n');
}

struct listing {
	struct seen running;
	struct buf out;
};

/* The last record tells whether a log was closed. */
struct ending {
	bool closed;
};

static const char *
look(void *ctx, const struct journal_record *r)
{
	struct ending *e = ctx;
	struct str mark = STR("\"kind\":\"session.close\",\"data\":{");
	e->closed = memmem(r->body.p, r->body.n, mark.p, mark.n) != NULL;
	return NULL;
}

/* As a shell takes it back. */
static void
put_word(struct buf *out, struct str s)
{
	static const char plain[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_./-+,:@%";
	size_t n = 0;
	while (n < s.n && ((unsigned char)s.p[n] >= 0x80 || (s.p[n] && strchr(plain, s.p[n]))))
		n++;
	if (n == s.n && n) {
		buf_str(out, s);
		return;
	}
	buf_char(out, '\'');
	for (size_t i = 0; i < s.n; i++)
		buf_puts(out, s.p[i] == '\'' ? "'\\''" : (char[]){s.p[i], 0});
	buf_char(out, '\'');
}

/* What brings a session back: its agenda, as it was named; a rehearsal is played again as one. */
static void
put_how(struct buf *out, struct str stem)
{
	static const char *const ends[] = {".yaml", ".yml"};
	struct str played = STR(".rehearsal");
	bool rehearsal = stem.n > played.n && str_eq(str_from(stem, stem.n - played.n), played);
	struct buf file = {0};
	if (rehearsal)
		stem.n -= played.n;
	for (size_t i = 0; i < 2; i++) {
		buf_reset(&file);
		buf_str(&file, stem);
		buf_puts(&file, ends[i]);
		if (access(file.p, F_OK) == 0)
			break;
	}
	buf_puts(out, "dais run ");
	put_word(out, buf_view(&file));
	buf_puts(out, rehearsal ? " --rehearse 20x" : "");
	buf_finish(&file);
}

static void
unfinished(void *ctx, const char *log)
{
	struct listing *x = ctx;
	struct journal_check check = {0};
	struct ending end = {false};
	for (size_t i = 0; i < x->running.n; i++)
		if (!strcmp(x->running.logs[i], log))
			return;
	if (access(log, F_OK) < 0 && errno == ENOENT) {
		state_forget(log);
		return;
	}
	int error = journal_read(log, look, &end, &check);
	journal_check_finish(&check);
	if (!error && end.closed) {
		state_forget(log);
		return;
	}
	struct str stem = str_of(log), tail = STR(".dais");
	if (stem.n > tail.n && str_eq(str_from(stem, stem.n - tail.n), tail))
		stem.n -= tail.n;
	struct buf how = {0};
	char *name = str_dup(stem), *slash = strrchr(name, '/'), *moved = log_moved_to(log);
	const char *state = error ? _("unreadable") : _("unfinished");
	if (error) {
		buf_puts(&how, log);
	} else if (moved) {
		state = _("elsewhere");
		i18n_fill(&how, _("hosted by {0} now; dais join with an invite from there"),
			&(struct str){moved, strlen(moved)}, 1);
	} else {
		put_how(&how, stem);
	}
	put_line(&x->out, slash ? slash + 1 : name, state, how.p);
	free(moved);
	free(name);
	buf_finish(&how);
}

int
cmd_list(const struct arguments *args)
{
	struct listing x = {0};
	(void)args;
	place_list(see, &x.running);
	for (size_t i = 0; i < x.running.n; i++) {
		enum { JOIN = 24 };
		struct buf join = {0}, how = {0};
		buf_puts(&join, "dais join ");
		put_word(&join, str_of(x.running.names[i]));
		text_pad(&how, buf_view(&join), JOIN);
		buf_printf(&how, "  %s", x.running.logs[i]);
		put_line(&x.out, x.running.names[i], _("running"), how.p);
		buf_finish(&join);
		buf_finish(&how);
	}
	state_each(unfinished, &x);
	if (!x.out.n)
		buf_puts(&x.out, _("no session runs, and none was left unfinished\n"));
	app_print(buf_view(&x.out));
	seen_finish(&x.running);
	buf_finish(&x.out);
	return DAIS_OK;
}
