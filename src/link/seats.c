/*
 * Who was invited, with which key, and who came. A key is one console's: an
 * invite ends when its console has confirmed the key that only it and the host
 * know. Old keys are remembered as long as the seat, so that a second use can
 * be told from a wrong key.
 */
#include "seats.h"

#include <stdlib.h>
#include <string.h>

enum { TRIES = 5, TRIES_MS = 60000, OFTEN = 60 };

struct seats *
seats_create(struct str session)
{
	struct seats *s = xcalloc(1, sizeof *s);
	s->session = str_dup(session);
	s->next = 1;
	return s;
}

static void
key_clear(struct seat_key *k)
{
	free(k->identity);
	key_forget(k, sizeof *k);
}

static void
key_set(const struct seats *s, enum seat seat, struct seat_key *k,
	const unsigned char key[LINK_KEY_SIZE])
{
	struct buf identity = {0};
	key_clear(k);
	key_identity(&identity, str_of(s->session), seat, key);
	memcpy(k->key, key, sizeof k->key);
	k->identity = identity.p;
}

void
seats_clear(struct seats *s)
{
	for (size_t i = 0; i < s->n; i++) {
		for (size_t k = 0; k < SEAT_KEYS; k++)
			key_clear(&s->items[i].keys[k]);
		free(s->items[i].name);
	}
	s->n = 0;
}

void
seats_destroy(struct seats *s)
{
	if (!s)
		return;
	seats_clear(s);
	free(s->items);
	free(s->session);
	free(s);
}

struct seat_item *
seats_add(struct seats *s, int64_t number, enum seat seat)
{
	if (s->n == s->cap) { /* no key stays behind in memory that is given back */
		size_t cap = s->cap ? s->cap * 2 : 8;
		struct seat_item *items = xcalloc(cap, sizeof *items);
		for (size_t i = 0; i < s->n; i++)
			items[i] = s->items[i];
		if (s->items)
			key_forget(s->items, s->n * sizeof *items);
		free(s->items);
		s->items = items;
		s->cap = cap;
	}
	s->items[s->n++] = (struct seat_item){.number = number, .seat = seat};
	if (number >= s->next)
		s->next = number + 1;
	return &s->items[s->n - 1];
}

void
seats_key(struct seats *s, struct seat_item *item, enum seat_key_kind kind,
	const unsigned char key[LINK_KEY_SIZE])
{
	key_set(s, item->seat, &item->keys[kind], key);
}

int64_t
seats_invite(struct seats *s, enum seat seat, const unsigned char key[LINK_KEY_SIZE])
{
	struct seat_item *item = seats_add(s, s->next, seat);
	seats_key(s, item, SEAT_KEY_NOW, key);
	return item->number;
}

bool
seats_revoke(struct seats *s, int64_t number)
{
	for (size_t i = 0; i < s->n; i++) {
		struct seat_item *item = &s->items[i];
		if (item->number != number || item->state == SEAT_REVOKED)
			continue;
		item->state = SEAT_REVOKED;
		for (size_t k = 0; k < SEAT_KEYS; k++)
			key_clear(&item->keys[k]);
		return true;
	}
	return false;
}

static void
look(const struct seat_item *item, struct seat_view *out)
{
	const struct seat_key *now = &item->keys[SEAT_KEY_NOW];
	*out = (struct seat_view){
		.number = item->number,
		.wrong = item->wrong,
		.seat = item->seat,
		.state = item->state,
		.name = str_of(item->name),
		.who = str_of(now->identity),
		.invite = item->state == SEAT_INVITED ? now->key : NULL,
	};
}

bool
seats_at(const struct seats *s, size_t i, struct seat_view *out)
{
	if (i >= s->n)
		return false;
	look(&s->items[i], out);
	return true;
}

/* Identities are no secret: they go over the wire as they are. */
static struct seat_item *
find(const struct seats *s, struct str identity, enum seat_key_kind *kind)
{
	for (size_t i = 0; i < s->n; i++) {
		for (size_t k = 0; k < SEAT_KEYS; k++) {
			const char *is = s->items[i].keys[k].identity;
			if (is && str_is(identity, is)) {
				*kind = (enum seat_key_kind)k;
				return &s->items[i];
			}
		}
	}
	return NULL;
}

bool
seats_find(const struct seats *s, struct str identity, unsigned char psk[LINK_KEY_SIZE])
{
	enum seat_key_kind kind;
	const struct seat_item *item = find(s, identity, &kind);
	if (!item)
		return false;
	key_psk(psk, str_of(s->session), identity, item->keys[kind].key);
	return true;
}

/* The fresh key is the key from now on, and the one before is remembered as used. */
static void
advance(struct seat_item *item)
{
	/* Only the invite's own key can be in other hands; later ones never were. */
	if (!item->keys[SEAT_KEY_OLD].identity)
		item->keys[SEAT_KEY_OLD] = item->keys[SEAT_KEY_NOW];
	else
		key_clear(&item->keys[SEAT_KEY_NOW]);
	item->keys[SEAT_KEY_NOW] = item->keys[SEAT_KEY_FRESH];
	item->keys[SEAT_KEY_FRESH] = (struct seat_key){0};
	item->state = SEAT_BOUND;
}

enum seat_use
seats_use(struct seats *s, struct str identity, const unsigned char random[LINK_KEY_SIZE],
	struct seat_view *out, unsigned char fresh[LINK_KEY_SIZE])
{
	enum seat_key_kind kind;
	struct seat_item *item = find(s, identity, &kind);
	enum seat_use use = SEAT_ENTERS;
	*out = (struct seat_view){0};
	if (!item)
		return SEAT_UNKNOWN;
	if (kind == SEAT_KEY_OLD) {
		item->wrong++;
		use = SEAT_USED_AGAIN;
	} else if (kind == SEAT_KEY_FRESH) {
		advance(item);
		use = SEAT_ENTERS_ANEW;
	} else if (item->state != SEAT_BOUND) {
		/* A line that broke before the confirmation came: the same fresh key again. */
		if (!item->keys[SEAT_KEY_FRESH].identity)
			seats_key(s, item, SEAT_KEY_FRESH, random);
		memcpy(fresh, item->keys[SEAT_KEY_FRESH].key, LINK_KEY_SIZE);
		item->state = SEAT_CHANGING;
		use = SEAT_ENTERS_CHANGING;
	}
	look(item, out);
	return use;
}

bool
seats_confirm(struct seats *s, struct str identity, struct str name)
{
	enum seat_key_kind kind;
	struct seat_item *item = find(s, identity, &kind);
	if (!item)
		return false;
	if (!item->name && name.n)
		item->name = str_dup(name);
	if (kind == SEAT_KEY_NOW && item->keys[SEAT_KEY_FRESH].identity)
		advance(item);
	return true;
}

bool
seats_often(struct seats *s, struct str identity, int64_t now)
{
	enum seat_key_kind kind;
	struct seat_item *item = find(s, identity, &kind);
	if (!item)
		return false;
	if (item->came == 0 || now - item->since >= TRIES_MS) {
		item->since = now;
		item->came = 0;
	}
	item->came += item->came <= OFTEN;
	return item->came > OFTEN;
}

static uint64_t
hash_of(struct str s)
{
	uint64_t h = 14695981039346656037u;
	for (size_t i = 0; i < s.n; i++)
		h = (h ^ (unsigned char)s.p[i]) * 1099511628211u;
	return h;
}

bool
seats_hear(const struct seats *s, struct str address, int64_t now)
{
	uint64_t h = hash_of(address);
	for (size_t i = 0; i < SEAT_ADDRESSES; i++)
		if (s->tries[i].n >= TRIES && s->tries[i].address == h &&
			now - s->tries[i].last < TRIES_MS)
			return false;
	return true;
}

/* A table of fixed size: who tries from many addresses only pushes out their oldest. */
void
seats_wrong(struct seats *s, struct str address, struct str identity, int64_t now)
{
	uint64_t h = hash_of(address);
	struct seat_tries *t = &s->tries[0];
	for (size_t i = 0; i < SEAT_ADDRESSES; i++) {
		if (s->tries[i].n && s->tries[i].address == h) {
			t = &s->tries[i];
			break;
		}
		if (!s->tries[i].n || (t->n && s->tries[i].last < t->last))
			t = &s->tries[i];
	}
	if (t->address != h || now - t->last >= TRIES_MS)
		*t = (struct seat_tries){.address = h};
	t->n++;
	t->last = now;
	enum seat_key_kind kind;
	struct seat_item *item = find(s, identity, &kind);
	if (item)
		item->wrong++;
}
