/* The seats as text, for a file that only the host's user can read: a line for the session, one a
 * seat. */
#include <stdlib.h>

#include "dais/canon.h"
#include "message.h"
#include "seats.h"

static const char *const key_names[SEAT_KEYS] = {"key", "fresh", "old"};

void
seats_write(const struct seats *s, struct buf *out)
{
	buf_puts(out, "{\"seats\":1,\"session\":");
	canon_put_str(out, str_of(s->session));
	buf_puts(out, "}\n");
	for (size_t i = 0; i < s->n; i++) {
		const struct seat_item *item = &s->items[i];
		struct canon_writer w = {.out = out};
		canon_open(&w, '{');
		canon_key_int(&w, "number", item->number);
		canon_key_str(&w, "seat", str_of(seat_text(item->seat)));
		canon_key_int(&w, "state", (int64_t)item->state);
		canon_key_str(&w, "name", str_of(item->name));
		for (size_t k = 0; k < SEAT_KEYS; k++) {
			struct buf text = {0};
			if (!item->keys[k].identity)
				continue;
			key_text(&text, item->keys[k].key);
			canon_key_str(&w, key_names[k], buf_view(&text));
			key_forget(text.p, text.n);
			buf_finish(&text);
		}
		canon_close(&w, '}');
		buf_char(out, '\n');
	}
}

struct row {
	int64_t number, state;
	struct str seat, name, keys[SEAT_KEYS];
};

static bool
row_read(struct str line, struct arena *a, struct row *row)
{
	struct canon_reader r = canon_read(line);
	struct str key, any;
	*row = (struct row){.number = EVENT_NO, .state = EVENT_NO};
	if (!canon_enter(&r, '{'))
		return false;
	while (canon_more(&r, '}')) {
		if (!canon_next_key(&r, a, &key))
			return false;
		struct str *text = str_is(key, "seat")   ? &row->seat
				   : str_is(key, "name") ? &row->name
							 : NULL;
		int64_t *number = str_is(key, "number")  ? &row->number
				  : str_is(key, "state") ? &row->state
							 : NULL;
		for (size_t k = 0; k < SEAT_KEYS; k++)
			if (str_is(key, key_names[k]))
				text = &row->keys[k];
		bool good = text     ? canon_take_str(&r, a, text)
			    : number ? canon_take_int(&r, number)
				     : canon_take_any(&r, &any);
		if (!good)
			return false;
	}
	return canon_done(&r);
}

static bool
take_seat(struct seats *s, struct str line, struct arena *a)
{
	struct row row;
	unsigned char key[LINK_KEY_SIZE];
	if (!row_read(line, a, &row) || row.number < 1 || !seat_from(row.seat) || row.state < 0 ||
		row.state > SEAT_REVOKED)
		return false;
	struct seat_item *item = seats_add(s, row.number, seat_from(row.seat));
	item->state = (enum seat_state)row.state;
	item->name = row.name.n ? str_dup(row.name) : NULL;
	for (size_t k = 0; k < SEAT_KEYS; k++) {
		if (!row.keys[k].p)
			continue;
		if (!key_read(row.keys[k], key))
			return false;
		seats_key(s, item, (enum seat_key_kind)k, key);
	}
	key_forget(key, sizeof key);
	return item->state == SEAT_REVOKED || item->keys[SEAT_KEY_NOW].identity;
}

struct reading {
	struct seats *s;
	struct arena arena;
	bool begun, bad;
};

static void
on_line(void *ctx, struct str line)
{
	struct reading *x = ctx;
	struct canon_reader r = canon_read(line);
	struct str session = STR_NONE;
	if (x->begun) {
		x->bad = x->bad || !take_seat(x->s, line, &x->arena);
		return;
	}
	x->begun = true;
	if (canon_take(&r, "{\"seats\":1,\"session\":") &&
		canon_take_str(&r, &x->arena, &session)) {
		free(x->s->session);
		x->s->session = str_dup(session);
	} else {
		x->bad = true;
	}
}

bool
seats_read(struct seats *s, struct str text)
{
	struct reading x = {.s = s};
	struct frame f = {0};
	seats_clear(s);
	bool good = frame_feed(&f, text, on_line, &x) && f.held.n == 0;
	frame_finish(&f);
	arena_finish(&x.arena);
	if (!good || !x.begun || x.bad)
		seats_clear(s);
	return good && x.begun && !x.bad;
}
