/*
 * The door to other machines: where they are listened for, and the seats with
 * their keys. A host that comes back opens it where it was, for those who were
 * let in dial that address again by themselves.
 */
#include <stdlib.h>
#include <string.h>

#include "live.h"

bool
door_save(struct loop *l)
{
	struct buf text = {0};
	seats_write(l->consoles.seats, &text);
	int error = keep_write(l->consoles.seats_file, buf_view(&text));
	key_forget(text.p, text.n);
	buf_finish(&text);
	return error == 0;
}

static bool
save(void *ctx)
{
	return door_save(ctx);
}

static void
gate_news(void *ctx, const struct gate_news *n)
{
	static const char *const words[] = {
		[GATE_WRONG_KEY] = N_("somebody at {0} has no right key"),
		[GATE_NOT_TLS] = N_("{0} does not speak our language"),
		[GATE_SILENT] = N_("{0} connected and said nothing"),
		[GATE_USED_AGAIN] = N_("an invite was used again, from {0}: {1}"),
		[GATE_THROTTLED] = N_("{0} tried five times with a wrong key, and is not heard for a minute"),
		[GATE_FULL] = N_("too many try to connect at once; {0} has to wait"),
	};
	static const char *const more[] = {
		[GATE_WRONG_KEY] = N_("{1} more connections from {0} with a wrong key"),
		[GATE_NOT_TLS] = N_("{1} more connections from {0} that do not speak our language"),
		[GATE_SILENT] = N_("{1} more connections from {0} that said nothing"),
		[GATE_USED_AGAIN] = N_("{1} more connections from {0} with an invite that was used"),
		[GATE_THROTTLED] = N_("{1} more connections from {0} that were not heard"),
		[GATE_FULL] = N_("{1} more connections from {0} that had to wait"),
	};
	struct loop *l = ctx;
	struct buf count = {0};
	buf_int(&count, n->more);
	struct str many[] = {n->from.n ? n->from : str_of(_("other addresses")), buf_view(&count)};
	struct str one[] = {n->from, n->identity};
	consoles_say(l, _(n->more ? more[n->kind] : words[n->kind]), n->more ? many : one, 2, true);
	buf_finish(&count);
}

/* The state folder, and a name that two logs of one name do not share. */
static char *
seats_path(const struct loop *l)
{
	char *folder = state_folder();
	struct buf path = {0};
	if (!folder)
		return NULL;
	buf_printf(&path, "%s/seats-", folder);
	buf_puts(&path, place_name(l->place));
	buf_printf(&path, "-%08x", journal_crc32c(0, l->options->log, strlen(l->options->log)));
	free(folder);
	return path.p;
}

bool
door_seats(struct loop *l, struct buf *why)
{
	struct consoles *c = &l->consoles;
	struct buf text = {0};
	if (c->seats)
		return true;
	c->seats_file = l->place ? seats_path(l) : NULL;
	if (!c->seats_file) {
		buf_puts(why, _("there is no folder of your own to keep the keys in"));
		return false;
	}
	c->seats = seats_create(str_of(place_name(l->place)));
	if (keep_read(c->seats_file, &text) == 0 && !seats_read(c->seats, buf_view(&text)))
		consoles_say(l, _("{0} cannot be read: earlier invites do not work any more"),
			(struct str[]){str_of(c->seats_file)}, 1, true);
	key_forget(text.p, text.n);
	buf_finish(&text);
	return true;
}

/* "HOST", "HOST:PORT", "[IPv6]:PORT" */
static bool
read_address(struct str text, struct buf *host, int *port)
{
	struct str rest;
	int64_t n = LINK_PORT;
	if (text.n && text.p[0] == '[') {
		const char *end = memchr(text.p, ']', text.n);
		if (!end)
			return false;
		buf_put(host, text.p + 1, (size_t)(end - text.p) - 1);
		rest = str_from(text, (size_t)(end - text.p) + 1);
	} else {
		const char *colon = memchr(text.p, ':', text.n);
		size_t size = colon ? (size_t)(colon - text.p) : text.n;
		buf_put(host, text.p, size);
		rest = str_from(text, size);
	}
	if (rest.n && (rest.p[0] != ':' || !str_int(str_from(rest, 1), &n) || n < 1 || n > 65535))
		return false;
	*port = (int)n;
	return host->n > 0;
}

/* Beside the seats, for the next start of hosting; what cannot be kept is asked of the chair again. */
static char *
address_path(const struct consoles *c)
{
	struct buf path = {0};
	buf_puts(&path, c->seats_file);
	buf_puts(&path, ".at");
	return path.p;
}

static void
remember(const struct consoles *c)
{
	char *path = address_path(c);
	struct buf text = {0};
	bool six = strchr(c->gate_host, ':') != NULL;
	buf_printf(&text, six ? "[%s]:%d" : "%s:%d", c->gate_host, gate_port(c->gate));
	keep_write(path, buf_view(&text));
	buf_finish(&text);
	free(path);
}

bool
door_open(struct loop *l, struct str address, struct buf *why)
{
	struct consoles *c = &l->consoles;
	struct buf host = {0};
	int port = LINK_PORT;
	if (c->gate && !address.n)
		return true;
	if (!read_address(address.n ? address : STR("127.0.0.1"), &host, &port)) {
		buf_puts(why, _("write where to listen as HOST or HOST:PORT"));
		buf_finish(&host);
		return false;
	}
	if (c->gate && (!str_eq(buf_view(&host), str_of(c->gate_host)) || port != gate_port(c->gate))) {
		struct str args[] = {str_of(c->gate_host)};
		i18n_fill(why, _("others are listened for at {0} already"), args, 1);
		buf_finish(&host);
		return false;
	}
	const struct gate_calls calls = {.ctx = l,
		.hub = c->hub,
		.seats = c->seats,
		.save = save,
		.news = gate_news};
	int error = c->gate ? 0 : gate_open(&c->gate, &l->uv, buf_view(&host), port, &calls);
	if (error) {
		bool taken = error == UV_EADDRINUSE;
		struct str args[] = {buf_view(&host),
			str_of(taken ? _("something listens there already") : uv_strerror(error))};
		i18n_fill(why, _("{0} cannot be listened at: {1}"), args, 2);
	} else if (!c->gate_host) {
		c->gate_host = str_dup(buf_view(&host));
		remember(c);
	}
	buf_finish(&host);
	return !error;
}

/* True if somebody may come: a revoked seat is no reason to listen. */
static bool
awaited(const struct seats *s)
{
	struct seat_view v;
	for (size_t i = 0; seats_at(s, i, &v); i++)
		if (v.state != SEAT_REVOKED)
			return true;
	return false;
}

void
door_again(struct loop *l)
{
	struct consoles *c = &l->consoles;
	struct buf at = {0}, why = {0};
	char *seats = l->place ? seats_path(l) : NULL, *path = NULL;
	if (!seats || keep_read(seats, &at) < 0)
		goto out;
	key_forget(at.p, at.n);
	buf_reset(&at);
	if (!door_seats(l, &why) || !awaited(c->seats))
		goto out;
	path = address_path(c);
	if (keep_read(path, &at) < 0 || !at.n)
		goto out;
	if (!door_open(l, buf_view(&at), &why))
		consoles_say(l, _("other machines cannot join: {0}"), (struct str[]){buf_view(&why)}, 1, true);
out:
	free(path);
	free(seats);
	buf_finish(&at);
	buf_finish(&why);
}

static void
closed(void *ctx)
{
	(void)ctx;
}

void
door_close(struct loop *l)
{
	if (l->consoles.gate)
		gate_close(l->consoles.gate, closed, NULL);
	l->consoles.gate = NULL;
}

void
door_finish(struct loop *l)
{
	seats_destroy(l->consoles.seats);
	free(l->consoles.seats_file);
	free(l->consoles.gate_host);
}
