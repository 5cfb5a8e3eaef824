/*
 * A record seen from outside: the hub passes records on and the spoke has them
 * verified, and neither needs to know what they say, only their number, their
 * time, whose ask they answer and whether their command goes on.
 */
#include <string.h>

#include "message.h"

enum { CRC_AT = 8 + 8 + 10 + 64 + 2, HASH_AT = 64 + 2 };

static bool
take(struct str *in, const char *text)
{
	struct str t = str_of(text);
	if (!str_starts(*in, t))
		return false;
	*in = str_from(*in, t.n);
	return true;
}

/* Up to the comma behind it. */
static bool
take_number(struct str *in, int64_t *out)
{
	const char *end = memchr(in->p, ',', in->n < 20 ? in->n : 20);
	if (!end || !str_int((struct str){in->p, (size_t)(end - in->p)}, out) ||
		*out >= EVENT_INT_MAX)
		return false;
	*in = str_from(*in, (size_t)(end - in->p) + 1);
	return true;
}

static int
hex(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

void
hash_text(struct buf *out, const unsigned char hash[32])
{
	for (size_t i = 0; i < 32; i++) {
		buf_char(out, "0123456789abcdef"[hash[i] >> 4]);
		buf_char(out, "0123456789abcdef"[hash[i] & 15]);
	}
}

bool
hash_read(struct str text, unsigned char hash[32])
{
	if (text.n != 64)
		return false;
	for (size_t i = 0; i < 32; i++) {
		int high = hex(text.p[2 * i]), low = hex(text.p[2 * i + 1]);
		if (high < 0 || low < 0)
			return false;
		hash[i] = (unsigned char)(high << 4 | low);
	}
	return true;
}

bool
sealed_is(struct str line)
{
	return str_starts(line, STR("{\"seq\":"));
}

bool
sealed_read(struct sealed *out, struct str line)
{
	struct str in = line, more = STR("\"more\":1}");
	if (line.n < CRC_AT || line.n > EVENT_LINE_MAX || !take(&in, "{\"seq\":") ||
		!take_number(&in, &out->seq) || !take(&in, "\"safe\":") ||
		!take_number(&in, &out->safe) || out->safe > out->seq || in.n < CRC_AT)
		return false;
	out->body = str_upto(in, in.n - CRC_AT);
	if (!take(&in, "\"t\":") || !take_number(&in, &out->t) || out->body.n < 2 ||
		out->body.p[out->body.n - 1] != '}' ||
		!hash_read(str_upto(str_from(line, line.n - HASH_AT), 64), out->hash))
		return false;
	out->more = out->body.n > more.n && str_eq(str_from(out->body, out->body.n - more.n), more);
	out->req = request_id(out->body);
	return true;
}

bool
record_hash(struct str line, unsigned char hash[32])
{
	struct sealed r;
	if (!sealed_read(&r, line))
		return false;
	memcpy(hash, r.hash, sizeof r.hash);
	return true;
}

struct str
lane_text(enum event_lane lane)
{
	return lane == LANE_CHAIRS ? STR("chairs") : STR("session");
}

bool
lane_from(struct str text, enum event_lane *out)
{
	*out = str_is(text, "chairs") ? LANE_CHAIRS : LANE_SESSION;
	return *out == LANE_CHAIRS || str_is(text, "session");
}

enum seat
seat_from(struct str text)
{
	static const enum seat all[] = {
		SEAT_CHAIR, SEAT_ONLINE_CHAIR, SEAT_SCRIBE, SEAT_STAGE, SEAT_OBSERVER};
	for (size_t i = 0; i < sizeof all / sizeof *all; i++)
		if (str_is(text, seat_text(all[i])))
			return all[i];
	return (enum seat)0;
}
