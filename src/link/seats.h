/* The inside of the seats, for the file that writes them. */
#pragma once

#include "key.h"

/* The key that is good; the one that its console gets; and the invite's, once that was used. */
enum seat_key_kind { SEAT_KEY_NOW, SEAT_KEY_FRESH, SEAT_KEY_OLD, SEAT_KEYS };
enum { SEAT_ADDRESSES = 64 };

struct seat_key {
	char *identity; /* owned; NULL where there is no key */
	unsigned char key[LINK_KEY_SIZE];
};

struct seat_item {
	int64_t number, wrong;
	int64_t since; /* of the minute in which it came so often */
	unsigned came;
	enum seat seat;
	enum seat_state state;
	char *name;
	struct seat_key keys[SEAT_KEYS];
};

struct seat_tries {
	uint64_t address; /* hashed */
	int64_t last;
	unsigned n;
};

struct seats {
	char *session;
	struct seat_item *items;
	size_t n, cap;
	int64_t next;
	struct seat_tries tries[SEAT_ADDRESSES];
};

void seats_clear(struct seats *s);
struct seat_item *seats_add(struct seats *s, int64_t number, enum seat seat);
void seats_key(struct seats *s, struct seat_item *item, enum seat_key_kind kind,
	const unsigned char key[LINK_KEY_SIZE]);
