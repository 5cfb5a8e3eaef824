/*
 * What the chair at the host does for other consoles and what is no event of
 * the debate: inviting, sending away, and what the hall's screens show. A
 * language of a few words beside that of the session.
 */
#include <stdlib.h>
#include <string.h>

#include "dais/text.h"
#include "live.h"

const struct ui_command share_commands[] = {
	{"share", N_("online-chair|scribe|stage|observer [HOST[:PORT]]"),
		N_("invite somebody onto a seat")},
	{"seats", "", N_("who was invited, who is here")},
	{"revoke", N_("NUMBER"), N_("take an invitation or a seat back")},
	{"stage", N_("show|blank|freeze"), N_("what the hall's screens show")},
};
const size_t share_commands_n = sizeof share_commands / sizeof *share_commands;

static const char *const stages[] = {
	[STAGE_OPEN] = "show", [STAGE_BLANK] = "blank", [STAGE_FROZEN] = "freeze"};

const char *
stage_words(enum stage_state v)
{
	return stages[v];
}

enum stage_state
stage_from(struct str s)
{
	for (int i = STAGE_OPEN; i <= STAGE_FROZEN; i++)
		if (str_is(s, stages[i]))
			return (enum stage_state)i;
	return STAGE_OPEN;
}

const char *
seat_words(enum seat seat)
{
	switch (seat) {
	case SEAT_CHAIR:
		return _("chair");
	case SEAT_ONLINE_CHAIR:
		return _("online chair");
	case SEAT_SCRIBE:
		return _("scribe");
	case SEAT_STAGE:
		return _("stage");
	case SEAT_OBSERVER:
		return _("observer");
	}
	return "";
}

struct str
line_word(struct str *rest)
{
	struct str s = str_trim(*rest);
	size_t n = 0;
	while (n < s.n && s.p[n] != ' ')
		n++;
	*rest = str_trim(str_from(s, n));
	return str_upto(s, n);
}

static const struct ui_command *
row_of(struct str line)
{
	struct str first = line_word(&line);
	for (size_t i = 0; i < share_commands_n; i++)
		if (str_is(first, share_commands[i].word))
			return &share_commands[i];
	return NULL;
}

bool
share_is(struct str line)
{
	return row_of(line) != NULL;
}

/* ---- the commands ---- */

static void
put_invite(const struct loop *l, const struct seat_view *v, struct buf *out)
{
	struct buf name = {0};
	/* Who listens everywhere is found by the machine's name. */
	bool any = !strcmp(l->consoles.gate_host, "0.0.0.0") || !strcmp(l->consoles.gate_host, "::");
	char host[256];
	clock_host_name(host);
	struct invite i = {.host = str_of(any ? host : l->consoles.gate_host),
		.session = str_of(place_name(l->place)),
		.port = gate_port(l->consoles.gate),
		.seat = v->seat};
	memcpy(i.key, v->invite, sizeof i.key);
	invite_write(out, &i);
	key_forget(i.key, sizeof i.key);
	buf_finish(&name);
}

static enum seat
seat_from(struct str s)
{
	for (enum seat seat = SEAT_ONLINE_CHAIR; seat <= SEAT_OBSERVER; seat <<= 1)
		if (str_is(s, seat_text(seat)))
			return seat;
	return 0;
}

static enum refusal
do_share(struct loop *l, struct str rest, struct buf *out)
{
	unsigned char key[LINK_KEY_SIZE];
	struct seat_view v;
	struct str name = line_word(&rest);
	enum seat seat = seat_from(name);
	if (!seat) {
		i18n_fill(out, _("{0} is no seat; there are online-chair, scribe, stage and observer"),
			&name, 1);
		return REFUSAL_BAD_ARGUMENT;
	}
	if (!door_seats(l, out) || !door_open(l, line_word(&rest), out))
		return REFUSAL_NOT_ALLOWED;
	key_random(key, sizeof key);
	int64_t number = seats_invite(l->consoles.seats, seat, key);
	key_forget(key, sizeof key);
	if (!door_save(l)) {
		seats_revoke(l->consoles.seats, number);
		buf_puts(out, _("the key cannot be kept: the disk does not take it"));
		return REFUSAL_NOT_ALLOWED;
	}
	for (size_t i = 0; seats_at(l->consoles.seats, i, &v); i++)
		if (v.number == number && v.invite)
			put_invite(l, &v, out);
	return REFUSAL_NONE;
}

/* "2  scribe        invited   wang  192.168.1.7  3 ms" */
static void
put_guests(struct loop *l, struct buf *out)
{
	struct hub_seen g;
	for (size_t i = 0; i < hub_guests(l->consoles.hub); i++) {
		if (!hub_guest(l->consoles.hub, i, (int64_t)uv_now(&l->uv), &g))
			continue;
		buf_puts(out, out->n ? "\n" : "");
		text_pad(out, str_of(seat_text(g.seat)), 14);
		text_pad(out, g.name, 20);
		text_pad(out, g.from.n ? g.from : str_of(_("this machine")), 24);
		if (g.rtt_ms != EVENT_NO)
			buf_printf(out, "%lld ms", (long long)g.rtt_ms);
		if (g.quiet)
			buf_puts(out, _(" (not heard from)"));
	}
}

static void
put_wrong(struct buf *out, int64_t n)
{
	struct buf digits = {0};
	buf_int(&digits, n);
	struct str arg = buf_view(&digits);
	i18n_fill(out, _("wrong tries: {0}"), &arg, 1);
	buf_finish(&digits);
}

static void
put_seats(struct loop *l, struct buf *out)
{
	static const char *const words[] = {[SEAT_INVITED] = N_("invited"),
		[SEAT_CHANGING] = N_("comes in"),
		[SEAT_BOUND] = N_("taken"),
		[SEAT_REVOKED] = N_("revoked")};
	struct seat_view v;
	for (size_t i = 0; l->consoles.seats && seats_at(l->consoles.seats, i, &v); i++) {
		buf_puts(out, out->n ? "\n" : "");
		buf_printf(out, "%lld  ", (long long)v.number);
		text_pad(out, str_of(seat_text(v.seat)), 14);
		text_pad(out, str_of(_(words[v.state])), 10);
		text_pad(out, v.name, 20);
		if (v.wrong)
			put_wrong(out, v.wrong);
		else if (v.invite && l->consoles.gate)
			put_invite(l, &v, out);
	}
}

static enum refusal
do_revoke(struct loop *l, struct str rest, struct buf *out)
{
	struct hub_seen g;
	struct str text = line_word(&rest);
	int64_t n, seat;
	if (!str_int(text, &n) || !l->consoles.seats) {
		buf_puts(out, _("name the seat by its number; seats lists them"));
		return REFUSAL_BAD_ARGUMENT;
	}
	if (!seats_revoke(l->consoles.seats, n)) {
		buf_puts(out, _("there is no seat of this number; seats lists them"));
		return REFUSAL_UNKNOWN_ID;
	}
	/* Whoever came through the gate is known there by the number of the seat. */
	for (size_t i = hub_guests(l->consoles.hub); i-- > 0;)
		if (hub_guest(l->consoles.hub, i, (int64_t)uv_now(&l->uv), &g) && str_int(g.who, &seat) && seat == n)
			hub_drop(g.guest, STR("not-allowed"), str_of(_("your seat was taken back")));
	if (!door_save(l))
		buf_puts(out, _("revoked; but the disk does not take it, so it may work again after a restart"));
	else
		buf_puts(out, _("revoked"));
	return REFUSAL_NONE;
}

static enum refusal
do_stage(struct loop *l, struct str rest, struct buf *out)
{
	static const char *const shows[] = {[STAGE_OPEN] = N_("the stage shows the session"),
		[STAGE_BLANK] = N_("the stage is blank"), [STAGE_FROZEN] = N_("the stage stands still")};
	struct str what = line_word(&rest);
	for (int i = STAGE_OPEN; i <= STAGE_FROZEN; i++) {
		if (!str_is(what, stages[i]))
			continue;
		l->consoles.stage = (enum stage_state)i;
		hub_post(l->consoles.hub, POST_STAGE, ~0u, what);
		buf_puts(out, _(shows[i]));
		return REFUSAL_NONE;
	}
	buf_puts(out, _("write stage show, stage blank or stage freeze"));
	return REFUSAL_BAD_ARGUMENT;
}

enum refusal
share_do(struct loop *l, struct str line, struct buf *out)
{
	struct str rest = line, first = line_word(&rest);
	if (str_is(first, "share"))
		return do_share(l, rest, out);
	if (str_is(first, "revoke"))
		return do_revoke(l, rest, out);
	if (str_is(first, "stage"))
		return do_stage(l, rest, out);
	put_seats(l, out);
	put_guests(l, out);
	if (!out->n)
		buf_puts(out, _("nobody was invited, and nobody else is here; share SEAT invites"));
	return REFUSAL_NONE;
}
