/* dais join, dais stage: consoles on a session that runs elsewhere, here or on another machine. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "joined.h"

enum { NAME_MAX_BYTES = 64 };

/* An invite is a secret: with - it is read from standard input, where nobody sees it in a list of
 * processes. */
static char *
typed_address(void)
{
	struct buf text = {0};
	char bytes[512];
	ssize_t n;
	while (text.n < 4096 && (n = read(STDIN_FILENO, bytes, sizeof bytes)) > 0) {
		buf_put(&text, bytes, (size_t)n);
		if (memchr(bytes, '\n', (size_t)n))
			break;
	}
	return text.p ? text.p : xstrdup("");
}

/* What stands on the command line is wiped there, as far as that can be done: lists of processes
 * are for everybody to read. */
static char *
address_of(const struct arguments *args, const char *session, int *code)
{
	*code = DAIS_OK;
	if (args->rest_n && !strcmp(args->rest[0], "-"))
		return typed_address();
	if (!args->rest_n)
		return session_named(session, code);
	char *said = args->rest[0], *text = xstrdup(said), *key = strchr(said, '#');
	if (key)
		memset(key + 1, '.', strlen(key + 1));
	return text;
}

bool
seat_named(const char *word, enum seat *out)
{
	for (enum seat seat = SEAT_CHAIR; seat <= SEAT_OBSERVER; seat <<= 1) {
		if (!strcmp(word, seat_text(seat))) {
			*out = seat;
			return true;
		}
	}
	return false;
}

int
seat_unknown(const char *word)
{
	APP_ERROR(_("{0} is no seat; there are chair, online-chair, scribe, stage and observer"),
		str_of(word));
	return DAIS_USAGE;
}

/* The account's name, or the seat's where there is none. */
static struct str
own_name(const char *named, enum seat seat)
{
	const char *user = getenv("USER");
	if (!named)
		named = user && *user ? user : seat_text(seat);
	struct str name = str_upto(str_of(named), NAME_MAX_BYTES);
	/* A character that was cut in two goes as a whole. */
	while (name.n && ((unsigned char)named[name.n] & 0xc0) == 0x80)
		name.n--;
	return name;
}

static int
join(const struct arguments *args, const char *session, const char *as, const char *name,
	const char *log)
{
	struct arena a = {0};
	struct address to;
	const char *why = NULL;
	enum seat seat = SEAT_ONLINE_CHAIR;
	int code;
	char *text = address_of(args, session, &code);
	if (!text)
		return code;
	if (as && !seat_named(as, &seat)) {
		code = seat_unknown(as);
	} else if (!address_read(&to, str_of(text), &a, &why)) {
		APP_ERROR("{0}", str_of(_(why)));
		code = DAIS_USAGE;
	} else if (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO)) {
		APP_ERROR(_("this needs a terminal; dais status --follow tells a program how the "
			    "session stands"),
			STR_NONE);
		code = DAIS_USAGE;
	} else {
		/* An invite is for one seat. */
		if (to.kind == ADDRESS_INVITE)
			seat = to.invite.seat;
		struct join_options options = {&to, seat, own_name(name, seat), log};
		char *copy;
		code = join_run(&options, &copy);
		if (copy)
			code = takeover_host(copy,
				to.kind == ADDRESS_INVITE ? to.invite.session : to.session, seat,
				options.name);
		free(copy);
		key_forget(to.invite.key, sizeof to.invite.key);
	}
	key_forget(text, strlen(text));
	free(text);
	arena_finish(&a);
	return code;
}

int
cmd_join(const struct arguments *args)
{
	return join(args, args->values[0], args->values[1], args->values[2],
		args->values[3]);
}

int
cmd_stage(const struct arguments *args)
{
	return join(args, args->values[0], seat_text(SEAT_STAGE), NULL, NULL);
}
