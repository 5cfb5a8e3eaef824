/*
 * A spoke's way to its host: a socket of this machine, ssh, or TLS with the
 * key of an invite. One try at a time; what came of it is the spoke's to
 * judge, which dials again when it wants to.
 */
#include <assert.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "uv_cable.h"
#include "dais/i18n.h"

enum { DIAL_MS = 8000, DIAL_WORDS = 1024 };

struct dial {
	uv_loop_t *loop;
	const struct address *to;
	unsigned char key[LINK_KEY_SIZE];
	struct tls_context *context;
	struct spoke *spoke;
	struct cable *cable;
	struct tls *tls; /* the cable's */
	bool up, asking, late;
	uv_timer_t timer;
	uv_getaddrinfo_t asked;
	struct addrinfo *found, *next;
	uv_connect_t connecting;
	uv_process_t child;
	unsigned child_parts; /* of the last try that are not closed yet */
	uv_pipe_t words; /* what ssh says about itself */
	struct buf said;
	char chunk[256];
	unsigned handles;
	bool closing;
	void (*closed)(void *ctx);
	void *closed_ctx;
};

static void tcp_try(struct dial *d);

static int64_t
now_of(const struct dial *d)
{
	return (int64_t)uv_now(d->loop);
}

static void
settle(struct dial *d)
{
	if (!d->closing || d->handles > 0 || d->cable || d->asking)
		return;
	if (d->closed)
		d->closed(d->closed_ctx);
	tls_context_free(d->context);
	buf_finish(&d->said);
	key_forget(d->key, sizeof d->key);
	free(d);
}

static void
down(struct dial *d, const char *code, struct str why)
{
	uv_timer_stop(&d->timer);
	if (d->found)
		uv_freeaddrinfo(d->found);
	d->found = d->next = NULL;
	if (!d->closing)
		spoke_down(d->spoke, str_of(code), why, now_of(d));
}

/* The last line that ssh said, or what else is known. */
static struct str
why_of(const struct dial *d)
{
	struct str said = str_trim(buf_view(&d->said));
	if (d->late)
		return str_of(_("the host does not answer"));
	for (size_t i = said.n; i-- > 0;)
		if (said.p[i] == '\n')
			return str_from(said, i + 1);
	return said.n ? said : str_of(_("the line was lost"));
}

/* What it said before its line ended is in the pipe by then. */
static void
read_words(struct dial *d)
{
	uv_os_fd_t fd;
	ssize_t n;
	if (d->child_parts < 2 || uv_fileno((uv_handle_t *)&d->words, &fd) < 0)
		return;
	while (d->said.n < DIAL_WORDS && (n = read(fd, d->chunk, sizeof d->chunk)) > 0)
		buf_put(&d->said, d->chunk, (size_t)n);
}

static void
end_child(struct dial *d, int number)
{
	if (d->child_parts && uv_is_active((uv_handle_t *)&d->child))
		uv_process_kill(&d->child, number);
}

static void
on_gone(void *ctx)
{
	struct dial *d = ctx;
	enum tls_wrong wrong = d->tls ? tls_wrong_of(d->tls) : TLS_FINE;
	bool was_up = d->up;
	d->cable = NULL;
	d->tls = NULL;
	d->up = false;
	read_words(d);
	end_child(d, d->closing ? SIGKILL : SIGTERM);
	if (!was_up && wrong == TLS_WRONG_KEY)
		down(d, "wrong-key",
			str_of(_("the host does not take this key; ask the chair for a new "
				 "invite")));
	else if (!was_up && wrong == TLS_NOT_TLS)
		down(d, "", str_of(_("something else than a host of dais answers there")));
	else if (!was_up && d->next && !d->late && !d->closing)
		tcp_try(d);
	else
		down(d, "", why_of(d));
	settle(d);
}

static void
on_up(void *ctx)
{
	struct dial *d = ctx;
	struct wire w = cable_wire(d->cable);
	d->up = true;
	uv_timer_stop(&d->timer);
	spoke_up(d->spoke, &w, now_of(d));
}

static void
on_bytes(void *ctx, struct str bytes)
{
	struct dial *d = ctx;
	spoke_feed(d->spoke, bytes, now_of(d));
}

static struct cable_calls
calls_of(struct dial *d)
{
	return (struct cable_calls){d, on_up, on_bytes, on_gone};
}

static void
on_late(uv_timer_t *t)
{
	struct dial *d = t->data;
	d->late = true;
	if (d->cable)
		cable_end(d->cable, false);
}

struct dial *
dial_create(struct uv_loop_s *loop, const struct address *to)
{
	struct dial *d = xcalloc(1, sizeof *d);
	d->loop = loop;
	d->to = to;
	memcpy(d->key, to->invite.key, sizeof d->key);
	uv_timer_init(loop, &d->timer);
	d->timer.data = d;
	d->handles = 1;
	return d;
}

void
dial_key(struct dial *d, const unsigned char key[LINK_KEY_SIZE])
{
	memcpy(d->key, key, sizeof d->key);
}

static void
go_here(struct dial *d)
{
	struct folder in;
	const char *why = NULL;
	int fd = folder_find(&in, false, &why);
	if (fd == 0) {
		fd = socket_connect(&in, d->to->session);
		folder_close(&in);
	}
	if (fd >= 0 && !socket_ours(fd)) {
		close(fd);
		fd = -EPERM;
	}
	if (fd < 0) {
		down(d, "",
			str_of(fd == -EPERM ? _("the session is not yours")
					    : _("no such session runs on this machine")));
		return;
	}
	struct cable_calls calls = calls_of(d);
	d->cable = cable_pipe(d->loop, &calls, false);
	if (uv_pipe_open(&d->cable->in.pipe, fd) < 0) {
		close(fd);
		cable_end(d->cable, false);
		return;
	}
	cable_begin(d->cable, NULL);
}

static void
on_connected(uv_connect_t *req, int status)
{
	struct cable *c = req->handle->data;
	struct dial *d = req->data;
	struct buf identity = {0};
	unsigned char psk[LINK_KEY_SIZE];
	if (c->closing || status < 0) {
		cable_end(c, false);
		return;
	}
	const struct invite *i = &d->to->invite;
	cable_watch_tcp(&c->in.tcp);
	key_identity(&identity, i->session, i->seat, d->key);
	key_psk(psk, i->session, buf_view(&identity), d->key);
	d->tls = tls_connect(d->context, buf_view(&identity), psk);
	key_forget(psk, sizeof psk);
	buf_finish(&identity);
	if (d->tls)
		cable_begin(c, d->tls);
	else
		cable_end(c, false);
}

static void
tcp_try(struct dial *d)
{
	struct addrinfo *to = d->next;
	struct cable_calls calls = calls_of(d);
	d->next = to->ai_next;
	d->cable = cable_tcp(d->loop, &calls);
	d->connecting.data = d;
	if (uv_tcp_connect(&d->connecting, &d->cable->in.tcp, to->ai_addr, on_connected) < 0)
		cable_end(d->cable, false);
}

static void
on_found(uv_getaddrinfo_t *req, int status, struct addrinfo *found)
{
	struct dial *d = req->data;
	d->asking = false;
	if (d->closing || d->late || status < 0) {
		uv_freeaddrinfo(found);
		down(d, "",
			d->late ? str_of(_("the host does not answer"))
				: str_of(_("there is no host of that name")));
		settle(d);
		return;
	}
	d->found = d->next = found;
	tcp_try(d);
}

static void
go_invite(struct dial *d)
{
	struct addrinfo hints = {.ai_socktype = SOCK_STREAM};
	char port[8];
	if (!d->context && !(d->context = tls_context_make(false))) {
		down(d, "tls", str_of(_("TLS 1.3 is not to be had on this machine")));
		return;
	}
	snprintf(port, sizeof port, "%d", d->to->invite.port);
	d->asked.data = d;
	d->asking = uv_getaddrinfo(
			    d->loop, &d->asked, on_found, d->to->invite.host.p, port, &hints) == 0;
	if (!d->asking)
		down(d, "", str_of(_("there is no host of that name")));
}

static void
on_child_closed(uv_handle_t *h)
{
	struct dial *d = h->data;
	d->child_parts--;
	d->handles--;
	settle(d);
}

/* What it left behind may keep its standard error open for hours; it says nothing more to us. */
static void
on_child_exit(uv_process_t *child, int64_t status, int number)
{
	struct dial *d = child->data;
	(void)status;
	(void)number;
	uv_close((uv_handle_t *)child, on_child_closed);
	if (!uv_is_closing((uv_handle_t *)&d->words))
		uv_close((uv_handle_t *)&d->words, on_child_closed);
}

static void
on_alloc(uv_handle_t *h, size_t n, uv_buf_t *out)
{
	struct dial *d = h->data;
	(void)n;
	*out = uv_buf_init(d->chunk, sizeof d->chunk);
}

static void
on_words(uv_stream_t *h, ssize_t n, const uv_buf_t *bytes)
{
	struct dial *d = h->data;
	if (n < 0)
		uv_close((uv_handle_t *)h, on_child_closed);
	else if (d->said.n < DIAL_WORDS)
		buf_put(&d->said, bytes->base, (size_t)n);
}

/* No prompt may draw over the console: where ssh would have to ask, it says so and ends. */
static void
go_ssh(struct dial *d)
{
	char port[8];
	const struct address *to = d->to;
	const char *args[20];
	size_t n = 0;
	snprintf(port, sizeof port, "%d", to->port);
	args[n++] = "ssh";
	args[n++] = "-T";
	args[n++] = "-o";
	args[n++] = "BatchMode=yes";
	if (to->port) {
		args[n++] = "-p";
		args[n++] = port;
	}
	if (to->user.n) {
		args[n++] = "-l";
		args[n++] = to->user.p;
	}
	args[n++] = "--";
	args[n++] = to->host.p;
	args[n++] = "dais";
	args[n++] = "stdio";
	args[n++] = to->session.p;
	args[n] = NULL;
	struct cable_calls calls = calls_of(d);
	d->cable = cable_pipe(d->loop, &calls, true);
	uv_pipe_init(d->loop, &d->words, 0);
	d->words.data = d->child.data = d;
	buf_reset(&d->said);
	uv_stdio_container_t ends[3] = {{.flags = UV_CREATE_PIPE | UV_READABLE_PIPE,
						.data.stream = (uv_stream_t *)&d->cable->write_end},
		{.flags = UV_CREATE_PIPE | UV_WRITABLE_PIPE,
			.data.stream = (uv_stream_t *)&d->cable->in.pipe},
		{.flags = UV_CREATE_PIPE | UV_WRITABLE_PIPE,
			.data.stream = (uv_stream_t *)&d->words}};
	uv_process_options_t options = {.exit_cb = on_child_exit,
		.file = "ssh",
		.args = (char **)(uintptr_t)args,
		.stdio = ends,
		.stdio_count = 3,
		.flags = UV_PROCESS_DETACHED};
	int rc = uv_spawn(d->loop, &d->child, &options);
	d->handles += 2;
	d->child_parts = 2;
	if (rc < 0) {
		buf_puts(&d->said, _("ssh cannot be started"));
		uv_close((uv_handle_t *)&d->child, on_child_closed);
		uv_close((uv_handle_t *)&d->words, on_child_closed);
		cable_end(d->cable, false);
		return;
	}
	uv_read_start((uv_stream_t *)&d->words, on_alloc, on_words);
	cable_begin(d->cable, NULL);
}

void
dial_go(struct dial *d, struct spoke *for_whom)
{
	assert(!d->cable && !d->closing);
	d->spoke = for_whom;
	d->late = false;
	/* The child of the last try has had its time to go; one that is stopped hears nothing else. */
	if (d->asking || d->child_parts) {
		end_child(d, SIGKILL);
		down(d, "", str_of(_("the last try has not ended yet")));
		return;
	}
	uv_timer_start(&d->timer, on_late, DIAL_MS, 0);
	switch (d->to->kind) {
	case ADDRESS_HERE:
		go_here(d);
		break;
	case ADDRESS_SSH:
		go_ssh(d);
		break;
	case ADDRESS_INVITE:
		go_invite(d);
		break;
	}
}

static void
on_timer_closed(uv_handle_t *h)
{
	struct dial *d = h->data;
	d->handles--;
	settle(d);
}

void
dial_close(struct dial *d, void (*closed)(void *ctx), void *ctx)
{
	assert(!d->closing);
	d->closing = true;
	d->closed = closed;
	d->closed_ctx = ctx;
	if (d->asking)
		uv_cancel((uv_req_t *)&d->asked);
	/* A goodbye that is being written is written. */
	if (d->cable)
		cable_end(d->cable, d->up);
	else
		end_child(d, SIGKILL);
	uv_close((uv_handle_t *)&d->timer, on_timer_closed);
}
