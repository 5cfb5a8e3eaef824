/* dais status: how the running session stands, for programs as JSON, for people in lines, for screen
 * readers in sentences. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <jansson.h>

#include "dais/link.h"
#include "dais/text.h"
#include "internal.h"
#include "spoken.h"

enum { STATUS_MS = 10000 };

static struct str
get(const json_t *o, const char *key)
{
	const json_t *v = json_object_get(o, key);
	return json_is_string(v) ? (struct str){json_string_value(v), json_string_length(v)}
				 : STR_NONE;
}

static int64_t
number(const json_t *o, const char *key)
{
	return (int64_t)json_integer_value(json_object_get(o, key));
}

static void
put_time(struct buf *out, int64_t ms)
{
	duration_put(out, ms);
}

static void
put_floor(struct buf *out, const json_t *floor)
{
	if (!json_is_object(floor)) {
		buf_puts(out, _("nobody has the floor"));
		return;
	}
	static const struct {
		const char *state, *text;
	} states[] = {
		{"running", N_("{0} has the floor: {1} of {2}")},
		{"paused", N_("{0} has the floor, paused: {1} of {2}")},
		{"ended", N_("{0} has spoken: {1} of {2}")},
	};
	struct buf a = {0}, b = {0};
	put_time(&a, number(floor, "elapsed_ms"));
	put_time(&b, number(floor, "allotted_ms"));
	struct str args[] = {get(floor, "name"), buf_view(&a), buf_view(&b)};
	for (size_t i = 0; i < sizeof states / sizeof *states; i++)
		if (str_is(get(floor, "state"), states[i].state))
			i18n_fill(out, _(states[i].text), args, 3);
	buf_finish(&a);
	buf_finish(&b);
}

static void
put_offset(struct buf *out, int64_t ms)
{
	struct buf d = {0};
	put_time(&d, ms < 0 ? -ms : ms);
	struct str arg = buf_view(&d);
	i18n_fill(out,
		ms >= 1000    ? _("{0} late")
		: ms <= -1000 ? _("{0} ahead")
			      : _("on time"),
		&arg, 1);
	buf_finish(&d);
}

static void
put_next(struct buf *out, const json_t *root)
{
	struct buf n = {0};
	buf_int(&n, (int64_t)json_array_size(json_object_get(root, "queue")));
	struct str args[] = {buf_view(&n), get(json_object_get(root, "next"), "name")};
	i18n_fill(out, args[1].n ? _("{0} wait, next {1}") : _("{0} wait"), args, 2);
	buf_finish(&n);
}

static void
put_saved(struct buf *out, const json_t *root)
{
	struct buf n = {0};
	buf_int(&n, number(root, "synced"));
	struct str arg = buf_view(&n);
	i18n_fill(out,
		json_is_true(json_object_get(root, "saved")) ? _("saved {0}")
							     : _("NOT SAVED since {0}"),
		&arg, 1);
	buf_finish(&n);
}

/* The same words in one line for --follow, and one below the other. */
static void
put_text(struct buf *out, const json_t *root, bool one_line)
{
	const char *gap = one_line ? " · " : "\n";
	const json_t *segment = json_object_get(root, "segment");
	struct str title = get(segment, "title");
	if (!one_line) {
		text_clean(out, get(root, "title"));
		buf_puts(out, gap);
	}
	if (json_is_true(json_object_get(root, "closed"))) {
		buf_puts(out, _("the session is closed"));
	} else if (json_is_object(segment)) {
		struct buf a = {0}, b = {0};
		put_time(&a, number(segment, "elapsed_ms"));
		put_time(&b, number(segment, "budget_ms"));
		struct str args[] = {
			title.n ? title : get(segment, "kind"), buf_view(&a), buf_view(&b)};
		i18n_fill(out, _("{0}: {1} of {2}"), args, 3);
		buf_finish(&a);
		buf_finish(&b);
	} else {
		buf_puts(out, _("not begun"));
	}
	buf_puts(out, gap);
	put_floor(out, json_object_get(root, "floor"));
	buf_puts(out, gap);
	put_next(out, root);
	buf_puts(out, gap);
	put_offset(out, number(root, "offset_ms"));
	buf_puts(out, gap);
	put_saved(out, root);
	buf_char(out, '\n');
}

static void
show(struct str line, bool json, bool one_line)
{
	struct buf out = {0}, clean = {0};
	if (json) {
		buf_str(&out, line);
		buf_char(&out, '\n');
		app_print(buf_view(&out));
	} else {
		json_t *root = json_loadb(line.p, line.n, JSON_REJECT_DUPLICATES, NULL);
		put_text(&out, root, one_line);
		json_decref(root);
		struct str rest = buf_view(&out);
		for (size_t end; rest.n; rest = str_from(rest, end + 1)) {
			for (end = 0; end < rest.n && rest.p[end] != '\n'; end++)
				;
			text_clean(&clean, str_upto(rest, end));
			buf_char(&clean, '\n');
		}
		app_print(buf_view(&clean));
	}
	buf_finish(&out);
	buf_finish(&clean);
}

/* ---- in sentences ---- */

struct speaking {
	json_t *root; /* what was told last; `is` borrows from it */
	struct spoken is;
	int64_t heard_ms; /* when, by the clock of this machine */
	int64_t factor;	  /* of the session's clock */
};

static void
read_clocks(struct spoken *out, const json_t *root)
{
	const json_t *warns = json_object_get(root, "warn_ms");
	out->bell_ms = number(root, "overtime_bell_ms");
	for (size_t i = 0; i < json_array_size(warns) && i < SPOKEN_WARNS; i++)
		out->warn_ms[out->warns++] = (int64_t)json_integer_value(json_array_get(warns, i));
}

static struct spoken
spoken_of(const json_t *root)
{
	static const char *const states[] = {[SPOKEN_RUNNING] = "running", [SPOKEN_PAUSED] = "paused",
		[SPOKEN_ENDED] = "ended"};
	const json_t *segment = json_object_get(root, "segment"), *floor = json_object_get(root, "floor"),
		     *allotted = json_object_get(floor, "allotted_ms");
	struct spoken is = {.title = get(root, "title"),
		.rehearsal = json_is_true(json_object_get(root, "rehearsal")),
		.closed = json_is_true(json_object_get(root, "closed")),
		.saved = json_is_true(json_object_get(root, "saved")),
		.segment = get(segment, "id"),
		.segment_title = get(segment, "title"),
		.kind = get(segment, "kind"),
		.number = number(segment, "number"),
		.of = number(segment, "of"),
		.segment_ms = number(segment, "elapsed_ms"),
		.budget_ms = number(segment, "budget_ms"),
		.turn = number(floor, "turn"),
		.speaker = get(floor, "name"),
		.as = get(floor, "as"),
		.elapsed_ms = number(floor, "elapsed_ms"),
		.allotted_ms = json_is_integer(allotted) ? (int64_t)json_integer_value(allotted) : -1,
		.next = get(json_object_get(root, "next"), "name")};
	for (int i = SPOKEN_RUNNING; i <= SPOKEN_ENDED; i++)
		if (str_is(get(floor, "state"), states[i]))
			is.state = (enum spoken_turn)i;
	read_clocks(&is, root);
	return is;
}

/* The clocks went on since it was told. */
static void
speak_clocks(struct speaking *sp, struct buf *out)
{
	int64_t now = clock_mono_ms();
	struct spoken later = spoken_later(&sp->is, (now - sp->heard_ms) * sp->factor);
	spoken_clocks(out, &sp->is, &later);
	sp->is = later;
	sp->heard_ms = now;
}

static void
speak(struct speaking *sp, struct str line, struct buf *out)
{
	json_t *root = json_loadb(line.p, line.n, JSON_REJECT_DUPLICATES, NULL);
	struct spoken is = spoken_of(root);
	if (sp->root) {
		speak_clocks(sp, out);
		spoken_change(out, &sp->is, &is);
	} else {
		spoken_first(out, &is);
	}
	json_decref(sp->root);
	*sp = (struct speaking){root, is, clock_mono_ms(), number(root, "factor")};
	sp->factor = sp->factor > 0 ? sp->factor : 1;
}

/* How long until a clock has something to say; -1: for ever. */
static int
silence_ms(const struct speaking *sp)
{
	enum { LATE = 2 };
	int64_t due = sp->root ? spoken_due(&sp->is) : -1;
	if (due < 0)
		return -1;
	due = due / sp->factor + LATE - (clock_mono_ms() - sp->heard_ms);
	return due < 0 ? 0 : due > STATUS_MS ? STATUS_MS : (int)due;
}

/* Sentences up to the end of the session, or of what is told; an error of the line. */
static int
converse(struct client *client, bool follow)
{
	struct speaking sp = {.factor = 1};
	struct buf out = {0};
	struct str line;
	int error = 0;
	do {
		int wait = follow && sp.root ? silence_ms(&sp) : STATUS_MS;
		error = client_hear(client, wait, &line);
		if (!error)
			speak(&sp, line, &out);
		else if (error == -ETIMEDOUT && follow && sp.root)
			speak_clocks(&sp, &out), error = 0;
		else if (error == -EPIPE && sp.root && !sp.is.closed)
			buf_puts(&out, _("The session is hosted no longer.")), buf_char(&out, '\n');
		app_print(buf_view(&out));
		buf_reset(&out);
	} while (!error && follow);
	json_decref(sp.root);
	buf_finish(&out);
	return error;
}

/* ---- asking ---- */

enum form { FORM_LINES, FORM_JSON, FORM_PLAIN };

static int
listen(struct client *client, enum form form, bool follow)
{
	struct str line;
	int error;
	if (form == FORM_PLAIN)
		return converse(client, follow);
	while (!(error = client_hear(client, follow ? -1 : STATUS_MS, &line))) {
		show(line, form == FORM_JSON, follow);
		if (!follow)
			break;
	}
	return error;
}

int
cmd_status(const struct arguments *args)
{
	int code;
	bool json = args->values[1], follow = args->values[2], plain = args->values[3];
	if (json && plain) {
		APP_ERROR(_("status: --json is for programs, --plain for people; take one of them"), STR_NONE);
		return DAIS_USAGE;
	}
	char *name = session_named(args->values[0], &code);
	if (!name)
		return code;
	struct client *client = NULL;
	struct buf out = {0};
	request_write(&out, &(struct request){.kind = follow ? REQUEST_FOLLOW : REQUEST_STATUS,
				    .by = STR("status")});
	int error = client_open(&client, str_of(name));
	if (!error)
		error = client_say(client, buf_view(&out));
	if (!error)
		error = listen(client, json ? FORM_JSON : plain ? FORM_PLAIN : FORM_LINES, follow);
	/* The end of the session is the end of what is followed, not a fault. */
	if (error && !(follow && error == -EPIPE)) {
		APP_ERROR(_("the session does not answer: {0}"),
			str_of(error == -EPIPE ? _("it has ended") : strerror(-error)));
		code = DAIS_FAILED;
	}
	client_close(client);
	buf_finish(&out);
	free(name);
	return code;
}
