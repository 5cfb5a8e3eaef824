/* dais ctl: one command of the command language to the running session, or one a line from standard
 * input. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "dais/link.h"
#include "dais/text.h"
#include "internal.h"

/* How long a disk may take before the asker is told that the answer is still out. */
enum { ANSWER_MS = 30000 };

struct asking {
	struct client *client;
	bool json;
	struct str by;
	int64_t id;
};

static void
show_json(struct buf *out, const struct answer *a)
{
	/* The answer's own form, without the id that only the wire needs. */
	struct answer plain = *a;
	plain.id = STR_NONE;
	answer_write(out, &plain);
}

/* What a command answers with, its lines as they are. */
static void
put_lines(struct buf *out, struct str text)
{
	while (text.n) {
		const char *end = memchr(text.p, '\n', text.n);
		size_t n = end ? (size_t)(end - text.p) : text.n;
		text_clean(out, str_upto(text, n));
		text = str_from(text, n + 1);
		if (text.n)
			buf_char(out, '\n');
	}
}

static void
show(const struct asking *x, const struct answer *a)
{
	struct buf out = {0};
	if (x->json) {
		show_json(&out, a);
	} else if (a->ok && a->why.n) {
		put_lines(&out, a->why);
	} else if (a->ok) {
		buf_printf(&out, "ok %lld", (long long)a->seq);
	} else {
		buf_puts(&out, "refused ");
		text_clean(&out, a->refused);
		buf_puts(&out, ": ");
		text_clean(&out, a->why);
	}
	buf_char(&out, '\n');
	app_print(buf_view(&out));
	buf_finish(&out);
}

/* Somebody left the noun out: "next" is floor next, or segment next. */
static void
tell_meant(struct str line, struct event_list words)
{
	const struct command_row *rows = command_rows();
	struct buf meant = {0};
	struct str first = words.n ? words.items[0] : str_trim(line);
	for (size_t n = 0; !words.n && n < first.n; n++)
		if (first.p[n] == ' ')
			first.n = n;
	for (size_t i = 0; i < CMD_COUNT; i++)
		if (first.n && str_is(first, rows[i].word))
			buf_printf(&meant, "%s%s %s", meant.n ? ", " : "", rows[i].noun, rows[i].word);
	if (meant.n)
		APP_ERROR(_("did you mean {0}?"), buf_view(&meant));
	buf_finish(&meant);
}

static int
lost(int error)
{
	if (error == -ETIMEDOUT)
		APP_ERROR(_("accepted, but not on the disk yet; dais status tells more"), STR_NONE);
	else
		APP_ERROR(_("the session does not answer: {0}"),
			str_of(error == -EPIPE ? _("it has ended") : strerror(-error)));
	return DAIS_FAILED;
}

static int
ask(struct asking *x, struct str line, struct event_list words)
{
	struct buf out = {0}, id = {0};
	struct arena a = {0};
	struct str heard;
	struct answer answer = {0};
	buf_int(&id, ++x->id);
	request_write(&out, &(struct request){.kind = REQUEST_COMMAND,
				    .id = buf_view(&id),
				    .line = line,
				    .words = words,
				    .by = x->by});
	int error = client_say(x->client, buf_view(&out));
	int code = DAIS_OK;
	if (error == -EPIPE || !error)
		error = client_hear(x->client, ANSWER_MS, &heard);
	if (error) {
		code = lost(error);
	} else if (!answer_read(&answer, heard, &a)) {
		code = lost(-EBADMSG);
	} else {
		show(x, &answer);
		code = answer.ok ? DAIS_OK : DAIS_FAILED;
		if (!x->json && str_is(answer.refused, "bad-argument"))
			tell_meant(line, words);
	}
	buf_finish(&out);
	buf_finish(&id);
	arena_finish(&a);
	return code;
}

static int
ask_line(void *ctx, struct str line)
{
	return ask(ctx, line, (struct event_list){0});
}

int
cmd_ctl(const struct arguments *args)
{
	int code;
	char *name = session_named(args->values[0], &code);
	if (!name)
		return code;
	struct asking x = {.json = args->values[1],
		.by = args->values[2] ? str_of(args->values[2]) : STR("ctl")};
	int error = client_open(&x.client, str_of(name));
	if (error) {
		code = lost(error);
	} else if (args->rest_n == 1 && !strcmp(args->rest[0], "-")) {
		code = input_lines(ask_line, &x);
	} else if (args->rest_n == 1) {
		code = ask(&x, str_of(args->rest[0]), (struct event_list){0});
	} else {
		struct str *words = xcalloc((size_t)args->rest_n, sizeof *words);
		for (int i = 0; i < args->rest_n; i++)
			words[i] = str_of(args->rest[i]);
		code = ask(&x, STR_NONE, (struct event_list){words, (size_t)args->rest_n});
		free(words);
	}
	client_close(x.client);
	free(name);
	return code;
}
