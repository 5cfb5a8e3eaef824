/*
 * Other consoles on this session: what the hub wants to know of the host and
 * asks of it in their name. The seat that a console was let in on is all that
 * decides what it may do.
 */
#include <stdlib.h>
#include <string.h>

#include "live.h"

static void
facts(void *ctx, struct hub_facts *out)
{
	const struct loop *l = ctx;
	const struct session *s = host_session(l->host);
	const struct event *hosting = session_host(s);
	*out = (struct hub_facts){.epoch = hosting ? hosting->host.epoch : 0,
		.t = host_now(l->host),
		.pace = session_closed(s) ? 0 : host_factor(l->host)};
	for (int lane = 0; lane < 2; lane++) {
		out->synced[lane] = host_synced(l->host, (enum event_lane)lane);
		out->queued[lane] = session_next_seq(s, (enum event_lane)lane) - 1;
	}
}

static struct str
line(void *ctx, enum event_lane lane, int64_t seq)
{
	struct loop *l = ctx;
	return host_line(l->host, lane, seq);
}

static void
command(void *ctx, const struct hub_ask *ask, struct hub_outcome *out)
{
	struct loop *l = ctx;
	struct consoles *c = &l->consoles;
	struct refused no = {0};
	struct asker who = {ask->seat, ask->by, ask->id, ask->late_ms};
	arena_finish(&c->said);
	buf_reset(&c->why);
	*out = (struct hub_outcome){0};
	if (share_is(ask->line)) {
		out->code = str_of(refusal_text(REFUSAL_NOT_ALLOWED));
		out->why = str_of(_("only the chair at the host invites others and steers the stage"));
		return;
	}
	enum refusal code = consoles_deposed(l, STR(""), &no)
				    ? no.code
				    : host_command(l->host, &who, ask->line, (struct event_list){0},
					      &c->said, &no, &out->lane, &out->seq);
	if (!code)
		return;
	refusal_sentence(&c->why, &no);
	out->code = str_of(refusal_text(code));
	out->why = buf_view(&c->why);
	out->column = no.column;
}

/* Who comes and goes is told to the chair; where there is no screen, on standard error. */
void
consoles_say(struct loop *l, const char *format, const struct str *args, size_t n, bool bad)
{
	struct buf text = {0};
	i18n_fill(&text, format, args, n);
	if (l->screen.ui)
		ui_say(l->screen.ui, buf_view(&text), bad);
	else
		log_error("%s", text.p);
	buf_finish(&text);
}

/* Whoever comes a thousand times a second is told of some times, then once a second. */
bool
consoles_may_say(const struct loop *l, struct telling *t)
{
	enum { MOST = 20, AGAIN_MS = 1000 };
	uint64_t now = uv_now(&l->uv), forgotten = (now - t->at) / AGAIN_MS;
	if (forgotten) {
		t->said = t->said > forgotten ? t->said - (unsigned)forgotten : 0;
		t->at = now;
	}
	if (t->said >= MOST)
		return false;
	t->said++;
	return true;
}

bool
consoles_deposed(struct loop *l, struct str line, struct refused *no)
{
	struct consoles *c = &l->consoles;
	if (!c->deposed || c->stays)
		return false;
	if (str_is(str_trim(line), "host anyway")) {
		c->stays = true;
		consoles_say(l, _("This console goes on as the host."), NULL, 0, false);
		*no = (struct refused){0};
		return true;
	}
	*no = (struct refused){.code = REFUSAL_NOT_ALLOWED,
		.why = N_("a later host has gone on with this session, and what is done here is not seen there: "
			  "leave and join it, or write host anyway")};
	return true;
}

static void
news(void *ctx, const struct hub_news *n)
{
	static const char *const words[] = {
		[HUB_JOINED] = N_("{0} joined as {1}"),
		[HUB_LEFT] = N_("{0} has left"),
		[HUB_REFUSED] = N_("{0} was not let in as {1}: {2}"),
		[HUB_CLOSED] = N_("the line to {0} ended: {2}"),
		[HUB_DENIED] = N_("{0} asked for something; but {1} is a seat that only looks on"),
		[HUB_OLD_EPOCH] = N_("{0} has followed a later host: this session went on elsewhere"),
	};
	struct loop *l = ctx;
	/* The hall's screens and observers come and go without a word. */
	bool watches = n->who.seat == SEAT_STAGE || n->who.seat == SEAT_OBSERVER;
	struct str args[] = {n->who.name, str_of(seat_words(n->who.seat)), n->why};
	/* Whoever only looks on is not believed so much. */
	if (n->kind == HUB_OLD_EPOCH && (n->who.seat & (SEAT_CHAIR | SEAT_ONLINE_CHAIR)))
		l->consoles.deposed = true;
	bool worth = !watches || n->kind == HUB_REFUSED || n->kind == HUB_DENIED;
	if (worth && consoles_may_say(l, &l->consoles.of_hub[n->kind]))
		consoles_say(l, _(words[n->kind]), args, 3, n->kind != HUB_JOINED && n->kind != HUB_LEFT);
	l->news = true;
}

void
consoles_start(struct loop *l)
{
	const struct hub_calls calls = {
		.ctx = l, .facts = facts, .line = line, .command = command, .news = news};
	l->consoles.hub = hub_create(&calls);
	hub_self(l->consoles.hub, STR("chair"), false);
	hub_post(l->consoles.hub, POST_STAGE, ~0u, str_of(stage_words(STAGE_OPEN)));
}

size_t
consoles_count(const struct loop *l)
{
	struct hub_seen seen;
	size_t n = 0;
	for (size_t i = 0; i < hub_guests(l->consoles.hub); i++)
		n += hub_guest(l->consoles.hub, i, (int64_t)uv_now(&l->uv), &seen) &&
		     seen.seat != SEAT_STAGE && seen.seat != SEAT_OBSERVER;
	return n;
}

void
consoles_list(struct loop *l, struct status_console **out, size_t *n)
{
	size_t most = hub_guests(l->consoles.hub) + 1;
	int64_t mono = (int64_t)uv_now(&l->uv), wall = clock_wall_ms();
	*out = xcalloc(most, sizeof **out);
	*n = 0;
	if (l->screen.ui)
		(*out)[(*n)++] = (struct status_console){STR("chair"), STR("chair"), l->began_wall};
	for (size_t i = 0; i + 1 < most; i++) {
		struct hub_seen seen;
		if (hub_guest(l->consoles.hub, i, mono, &seen))
			(*out)[(*n)++] = (struct status_console){
				seen.name, str_of(seat_text(seen.seat)), wall - (mono - seen.since)};
	}
}

void
consoles_finish(struct loop *l)
{
	struct consoles *c = &l->consoles;
	door_finish(l);
	if (c->hub)
		hub_destroy(c->hub);
	arena_finish(&c->said);
	buf_finish(&c->why);
	*c = (struct consoles){0};
}
