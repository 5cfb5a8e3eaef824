/*
 * Addresses, invites and the file of a host's seats. What is read is written to
 * be read the same; what is not, is told why; an invite of any parts either
 * comes back as it was or is refused.
 */
#include "wired.h"
#include "fuzz.h"

static bool
same_invite(const struct invite *a, const struct invite *b)
{
	return str_eq(a->host, b->host) && str_eq(a->session, b->session) && a->port == b->port &&
	       a->seat == b->seat && memcmp(a->key, b->key, LINK_KEY_SIZE) == 0;
}

static void
invite(struct str text, struct arena *a)
{
	struct invite i, again;
	struct buf out = {0};
	enum invite_wrong w = invite_read(&i, text, a);
	if (w == INVITE_GOOD) {
		MUST_OF(i.host.n && i.session.n && i.port > 0 && i.port < 65536 && i.seat, text);
		MUST_OF(fuzz_harmless(i.host, "") && fuzz_harmless(i.session, ""), text);
		invite_write(&out, &i);
		MUST_OF(fuzz_harmless(buf_view(&out), ""), buf_view(&out));
		MUST_OF(invite_read(&again, buf_view(&out), a) == INVITE_GOOD && same_invite(&i, &again), text);
	} else {
		MUST(invite_why(w) && invite_why(w)[0]);
	}
	buf_finish(&out);
}

static void
built(struct str in, struct arena *a)
{
	struct invite i = {.port = (int)(in.n * 31 % 65536)}, again;
	struct buf out = {0};
	i.host = fuzz_upto(&in, STR("/"));
	i.session = fuzz_upto(&in, STR("#"));
	i.seat = (enum seat)(1 << in.n % 5);
	memcpy(i.key, in.n ? in.p : "", in.n < LINK_KEY_SIZE ? in.n : LINK_KEY_SIZE);
	invite_write(&out, &i);
	/* Blanks and what cannot be seen are no part of an invite, wherever they stand. */
	bool whole = true;
	for (size_t k = 0; k < i.host.n; k++)
		whole = whole && i.host.p[k] > 32 && i.host.p[k] < 127;
	if (invite_read(&again, buf_view(&out), a) == INVITE_GOOD) {
		MUST_OF(str_eq(i.session, again.session) && i.seat == again.seat && i.port == again.port, buf_view(&out));
		MUST_OF(memcmp(i.key, again.key, LINK_KEY_SIZE) == 0, buf_view(&out));
		MUST_OF(!whole || str_eq(i.host, again.host), buf_view(&out));
	}
	buf_finish(&out);
}

static void
address(struct str text, struct arena *a)
{
	struct address to;
	const char *why = NULL;
	if (address_read(&to, text, a, &why)) {
		struct str parts[] = {to.session, to.host, to.user};
		MUST(to.kind <= ADDRESS_INVITE && to.port >= 0 && to.port < 65536);
		/* What becomes an argument of ssh must not be taken for an option. */
		for (size_t i = 0; i < 3 && to.kind == ADDRESS_SSH; i++)
			MUST_OF(!parts[i].n || (parts[i].p[0] != '-' && fuzz_harmless(parts[i], "")), text);
	} else {
		MUST(why && why[0]);
	}
}

static void
seats(struct str text)
{
	struct seats *s = seats_create(STR("forum")), *t = seats_create(STR("forum"));
	struct buf once = {0}, twice = {0};
	struct seat_view v;
	if (seats_read(s, text)) {
		seats_write(s, &once);
		MUST_OF(seats_read(t, buf_view(&once)), buf_view(&once));
		seats_write(t, &twice);
		MUST_OF(str_eq(buf_view(&once), buf_view(&twice)), text);
		for (size_t i = 0; seats_at(s, i, &v); i++)
			MUST_OF(v.number > 0 && seat_text(v.seat) && v.state <= SEAT_REVOKED, text);
		unsigned char key[LINK_KEY_SIZE] = {1};
		MUST(seats_invite(s, SEAT_SCRIBE, key) > 0);
	}
	buf_finish(&once);
	buf_finish(&twice);
	seats_destroy(s);
	seats_destroy(t);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str in = {(const char *)data, size};
	struct arena a = {0};
	unsigned char key[LINK_KEY_SIZE];
	struct buf out = {0};
	if (size < 4096) {
		invite(in, &a);
		built(in, &a);
		address(in, &a);
	}
	if (key_read(in, key)) {
		key_text(&out, key);
		MUST_OF(str_eq(buf_view(&out), in), in);
	}
	seats(in);
	buf_finish(&out);
	arena_finish(&a);
	return 0;
}
