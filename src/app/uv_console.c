/* The host's own console: what it asks goes to the host, what it shows comes from there. */
#include <stdlib.h>
#include <string.h>

#include "exports.h"
#include "live.h"

/* To be copied and sent to somebody: what they type, on a line of its own. */
static void
show_invite(struct loop *l, struct str rest, struct str invite)
{
	rest = str_trim(rest);
	const char *end = memchr(rest.p, ' ', rest.n);
	struct str seat = end ? str_upto(rest, (size_t)(end - rest.p)) : rest;
	struct buf text = {0}, title = {0};
	bool stage = str_is(seat, seat_text(SEAT_STAGE));
	struct str words = seat;
	for (enum seat s = SEAT_ONLINE_CHAIR; s <= SEAT_OBSERVER; s <<= 1)
		if (str_is(seat, seat_text(s)))
			words = str_of(seat_words(s));
	i18n_fill(&title, _("An invitation: {0}"), &words, 1);
	buf_puts(&text, _("Whoever is to come in types this on their machine; it works once, for one seat:"));
	buf_puts(&text, "\n\n\t");
	buf_puts(&text, stage ? "dais stage '" : "dais join '");
	buf_str(&text, invite);
	buf_puts(&text, "'\n\n");
	buf_puts(&text, _("Send it to them alone: it is a key. Hold Shift to mark it with the mouse."));
	buf_char(&text, '\n');
	buf_puts(&text, _(":seats shows who came in, :revoke NUMBER takes it back."));
	ui_show(l->screen.ui, buf_view(&title), buf_view(&text));
	buf_finish(&title);
	buf_finish(&text);
}

/* An invite stands on a line of its own, as it is there to be copied. */
static void
show_seats(struct loop *l, struct str all)
{
	static const char invite[] = "dais://";
	struct buf text = {0};
	while (all.n) {
		const char *at = memmem(all.p, all.n, invite, sizeof invite - 1);
		const char *end = at ? memchr(at, '\n', (size_t)(all.p + all.n - at)) : NULL;
		size_t head = at ? (size_t)(at - all.p) : all.n;
		size_t n = end ? (size_t)(end - all.p) : all.n;
		buf_str(&text, str_upto(all, head));
		if (at)
			buf_puts(&text, "\n\t");
		buf_str(&text, str_from(str_upto(all, n), head));
		all = str_from(all, n);
		if (end) {
			buf_char(&text, '\n');
			all = str_from(all, 1);
		}
	}
	ui_show(l->screen.ui, str_of(_("Seats")), buf_view(&text));
	buf_finish(&text);
}

/* What is said of it is a page where it is done, otherwise the refusal. */
static enum refusal
share(struct loop *l, struct str line, struct arena *a, struct refused *no)
{
	struct buf text = {0};
	enum refusal code = share_do(l, line, &text);
	if (code)
		*no = (struct refused){code, N_("{0}"), {arena_str(a, buf_view(&text))}, 1, 0};
	else if (str_starts(str_trim(line), STR("share")))
		show_invite(l, str_from(str_trim(line), strlen("share")), buf_view(&text));
	else if (str_is(str_trim(line), "seats"))
		show_seats(l, buf_view(&text));
	else if (memchr(text.p, '\n', text.n) || text.n > 60)
		ui_show(l->screen.ui, line, buf_view(&text));
	else
		ui_say(l->screen.ui, buf_view(&text), false);
	buf_finish(&text);
	return code;
}

static enum refusal
command(void *ctx, struct str line, struct arena *a, struct refused *no)
{
	struct loop *l = ctx;
	struct asker who = {.seat = SEAT_CHAIR, .by = STR("chair")};
	enum event_lane lane;
	int64_t seq;
	if (share_is(line))
		return share(l, line, a, no);
	if (consoles_deposed(l, line, no))
		return no->code;
	return host_command(l->host, &who, line, (struct event_list){0}, a, no, &lane, &seq);
}

/* The session is on the disk and can be resumed; also where it is the terminal that went away. */
static void
leave(void *ctx)
{
	live_leave(ctx, DAIS_OK);
}

static void
typing(void *ctx, bool is)
{
	struct loop *l = ctx;
	hub_self(l->consoles.hub, STR("chair"), is);
}

static void
history(void *ctx, struct str line)
{
	struct loop *l = ctx;
	history_keep(&l->uv, line);
}

static void
export(void *ctx, const char *format)
{
	exports_begin(ctx, format);
}

static int64_t
now(void *ctx)
{
	struct loop *l = ctx;
	return host_now(l->host);
}

static void
title(void *ctx, struct buf *out)
{
	struct loop *l = ctx;
	buf_str(out, session_forum(host_session(l->host))->title);
}

int
console_start(struct loop *l)
{
	const struct screen_calls calls = {
		.ui = {.ctx = l,
			.command = command,
			.leave = leave,
			.history = history,
			.export = export,
			.exports = export_formats,
			.typing = typing,
			.more = share_commands,
			.more_n = share_commands_n},
		.now = now,
		.title = title,
		.gone = leave,
	};
	int error = screen_start(&l->screen, &l->uv, host_session(l->host), &calls);
	if (!error && state_first())
		ui_welcome(l->screen.ui);
	return error;
}

static void
tell_status(struct loop *l)
{
	int trouble = host_trouble(l->host);
	struct ui_status st = {.saved = host_synced(l->host, LANE_SESSION),
		.not_saved = trouble != 0,
		.consoles = consoles_count(l),
		.copies = hub_copies(l->consoles.hub).live,
		.held = hub_copies(l->consoles.hub).stable[LANE_SESSION],
		.speed = host_factor(l->host)};
	if (trouble)
		st.trouble = str_of(file_why(trouble));
	for (int lane = 0; lane < 2; lane++)
		st.unsaved +=
			(size_t)(session_next_seq(host_session(l->host), (enum event_lane)lane) -
				 1 - host_synced(l->host, (enum event_lane)lane));
	ui_status(l->screen.ui, &st);
	ui_changed(l->screen.ui);
}

/* Who comes, goes and types is no event of the debate. */
static void
tell_here(struct loop *l)
{
	enum { MANY = 32, AGAIN_MS = 500 };
	size_t most = hub_guests(l->consoles.hub), n = 1;
	int64_t mono = (int64_t)uv_now(&l->uv), wall = clock_wall_ms();
	/* A hall full of observers changes all the time, and nobody reads along. */
	if (most > MANY && mono - l->told_here < AGAIN_MS)
		return;
	l->told_here = mono;
	struct ui_who *who = xcalloc(most + 1, sizeof *who);
	struct hub_seen seen;
	who[0] = (struct ui_who){.name = STR("chair"), .seat = SEAT_CHAIR, .since = l->began_wall, .rtt_ms = EVENT_NO};
	for (size_t i = 0; i < most; i++)
		if (hub_guest(l->consoles.hub, i, mono, &seen))
			who[n++] = (struct ui_who){.name = seen.name, .seat = seen.seat, .quiet = seen.quiet,
				.typing = seen.typing, .since = wall - (mono - seen.since), .rtt_ms = seen.rtt_ms};
	ui_here(l->screen.ui, who, n);
	free(who);
}

/* Before anything that threads do: they would take the processor from it, or the disk. */
void
console_first(struct loop *l)
{
	tell_status(l);
	tell_here(l);
	screen_turn(&l->screen);
}

void
console_turn(struct loop *l)
{
	struct hub_copies copies = hub_copies(l->consoles.hub);
	if (l->news || copies.live != l->told_copies || copies.stable[LANE_SESSION] != l->told_held)
		tell_status(l);
	l->told_copies = copies.live;
	l->told_held = copies.stable[LANE_SESSION];
	tell_here(l);
	screen_turn(&l->screen);
	readings_turn(&l->screen);
}
