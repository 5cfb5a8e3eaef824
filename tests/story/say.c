/* Events and refusals as a reader of a story sees them. */
#include <string.h>

#include "bench.h"
#include "dais/i18n.h"

static void
say_value(struct buf *out, struct canon_reader *r, struct arena *a)
{
	struct str value;
	if (canon_peek(r) != '"') {
		canon_take_any(r, &value);
		buf_str(out, value);
		return;
	}
	canon_take_str(r, a, &value);
	if (value.n && !memchr(value.p, ' ', value.n) && !memchr(value.p, '"', value.n) &&
		!memchr(value.p, '\n', value.n))
		buf_str(out, value);
	else
		canon_put_str(out, value);
}

static void
say_data(struct buf *out, struct canon_reader *r, struct arena *a)
{
	struct str key, any;
	if (!canon_enter(r, '{'))
		return;
	while (canon_more(r, '}')) {
		canon_next_key(r, a, &key);
		if (str_is(key, "more")) {
			canon_take_any(r, &any);
			continue;
		}
		buf_char(out, ' ');
		buf_str(out, key);
		buf_char(out, '=');
		say_value(out, r, a);
	}
}

void
say_event(struct buf *out, const struct event *e)
{
	struct arena a = {0};
	struct buf line = {0};
	struct str key, any;
	buf_char(&line, '{');
	event_encode(&line, e);
	buf_char(&line, '}');
	buf_int(out, e->seq);
	buf_puts(out, e->lane == LANE_CHAIRS ? " (chairs) " : " ");
	struct canon_reader r = canon_read(buf_view(&line));
	canon_enter(&r, '{');
	while (canon_more(&r, '}')) {
		canon_next_key(&r, &a, &key);
		if (str_is(key, "data")) {
			say_data(out, &r, &a);
		} else if (str_is(key, "kind")) {
			canon_take_str(&r, &a, &any);
			buf_str(out, any);
		} else {
			canon_take_any(&r, &any);
		}
	}
	buf_finish(&line);
	arena_finish(&a);
}

void
say_refusal(struct buf *out, const struct refused *no)
{
	buf_puts(out, refusal_text(no->code));
	buf_puts(out, ": ");
	i18n_fill(out, no->why, no->args, no->n);
}
