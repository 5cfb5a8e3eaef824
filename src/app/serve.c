/* The session's socket: commands from other processes, and what they are told. Nobody hears "ok"
 * before the disk has it. */
#include <stdlib.h>
#include <string.h>

#include "live.h"

static void
say(struct peer *to, const struct answer *answer)
{
	struct buf line = {0};
	answer_write(&line, answer);
	server_say(to, buf_view(&line));
	buf_finish(&line);
}

static void
refuse(struct peer *to, struct str id, const struct refused *no)
{
	struct buf why = {0};
	refusal_sentence(&why, no);
	say(to, &(struct answer){.id = id,
			.seq = EVENT_NO,
			.refused = str_of(refusal_text(no->code)),
			.why = buf_view(&why),
			.column = no->column});
	buf_finish(&why);
}

static void
status(struct loop *l, struct buf *out)
{
	struct status_console *consoles;
	size_t n;
	consoles_list(l, &consoles, &n);
	status_json(out, l->host, l->options->name, consoles, n);
	free(consoles);
}

/* What is no event is answered at once, in words. */
static bool
share(struct loop *l, struct peer *from, const struct request *r)
{
	struct buf line = {0}, text = {0};
	for (size_t i = 0; i < r->words.n; i++) {
		buf_puts(&line, i ? " " : "");
		buf_str(&line, r->words.items[i]);
	}
	if (!r->words.n)
		buf_str(&line, r->line);
	struct refused no = {0};
	bool is = share_is(buf_view(&line)), deposed = !is && consoles_deposed(l, buf_view(&line), &no);
	if (deposed && no.code)
		refuse(from, r->id, &no);
	else if (deposed)
		say(from, &(struct answer){.id = r->id, .ok = true, .seq = EVENT_NO});
	if (is) {
		enum refusal code = share_do(l, buf_view(&line), &text);
		say(from, &(struct answer){.id = r->id,
				.ok = !code,
				.seq = EVENT_NO,
				.refused = code ? str_of(refusal_text(code)) : STR_NONE,
				.why = buf_view(&text)});
	}
	buf_finish(&line);
	buf_finish(&text);
	return is || deposed;
}

static void
command(struct loop *l, struct peer *from, const struct request *r)
{
	struct arena a = {0};
	struct refused no = {0};
	struct waiting w = {.peer = from};
	struct asker who = {.seat = SEAT_CHAIR, .by = r->by.n ? r->by : STR("ctl")};
	if (share(l, from, r))
		return;
	enum refusal code =
		host_command(l->host, &who, r->line, r->words, &a, &no, &w.lane, &w.seq);
	if (code) {
		refuse(from, r->id, &no);
	} else {
		w.id = r->id.n ? str_dup(r->id) : NULL;
		VEC_PUSH(l->waiting, l->waiting_n, l->waiting_cap, w);
	}
	arena_finish(&a);
}

static void
request(void *ctx, struct peer *from, const struct request *r)
{
	struct loop *l = ctx;
	struct buf line = {0};
	switch (r->kind) {
	case REQUEST_COMMAND:
		command(l, from, r);
		break;
	case REQUEST_STATUS:
		status(l, &line);
		server_say(from, buf_view(&line));
		break;
	case REQUEST_FOLLOW:
		VEC_PUSH(l->followers, l->followers_n, l->followers_cap,
			((struct follower){from, EVENT_NO, EVENT_NO, 0}));
		l->news = true;
		break;
	}
	buf_finish(&line);
}

static void
gone(void *ctx, struct peer *from)
{
	struct loop *l = ctx;
	size_t kept = 0;
	/* The others are answered in the order of asking. */
	for (size_t i = 0; i < l->waiting_n; i++) {
		if (l->waiting[i].peer == from)
			free(l->waiting[i].id);
		else
			l->waiting[kept++] = l->waiting[i];
	}
	l->waiting_n = kept;
	for (size_t i = l->followers_n; i-- > 0;)
		if (l->followers[i].peer == from)
			l->followers[i] = l->followers[--l->followers_n];
}

int
serve_start(struct loop *l)
{
	enum { PEERS = 1200 };
	unsigned most = limits_raise();
	/* Where files are few, who comes too late is told so in words. */
	struct server_calls calls = {.ctx = l,
		.request = request,
		.gone = gone,
		.limits = {.peers = most < PEERS ? most : PEERS},
		.hub = l->consoles.hub};
	return server_start(&l->server, &l->uv, l->place, &calls);
}

static void
answer_saved(struct loop *l)
{
	size_t kept = 0;
	/* In the order of asking. */
	for (size_t i = 0; i < l->waiting_n; i++) {
		struct waiting *w = &l->waiting[i];
		if (host_synced(l->host, w->lane) < w->seq) {
			l->waiting[kept++] = *w;
			continue;
		}
		say(w->peer, &(struct answer){.id = str_of(w->id), .ok = true, .seq = w->seq});
		free(w->id);
	}
	l->waiting_n = kept;
}

static void
tell_followers(struct loop *l)
{
	struct buf line = {0};
	int64_t seq = session_next_seq(host_session(l->host), LANE_SESSION) - 1,
		synced = host_synced(l->host, LANE_SESSION);
	int trouble = host_trouble(l->host);
	for (size_t i = 0; i < l->followers_n; i++) {
		struct follower *f = &l->followers[i];
		if (f->seq == seq && f->synced == synced && f->trouble == trouble)
			continue;
		/* A change is told once it is saved, or once it is known that it cannot be. */
		if (synced < seq && !trouble)
			continue;
		if (!line.n)
			status(l, &line);
		*f = (struct follower){f->peer, seq, synced, trouble};
		server_say(f->peer, buf_view(&line));
	}
	buf_finish(&line);
}

void
serve_turn(struct loop *l)
{
	answer_saved(l);
	tell_followers(l);
}

void
serve_finish(struct loop *l)
{
	for (size_t i = 0; i < l->waiting_n; i++)
		free(l->waiting[i].id);
	free(l->waiting);
	free(l->followers);
}
