/*
 * A key as text, and the names and keys that are derived from it. One key is
 * one console's at one host: what they share on the wire is derived for the
 * two of them, so that no end can be led to talk to itself or to a third
 * (RFC 9257).
 */
#include "key.h"

#include <string.h>

static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

void
key_base64(struct buf *out, const unsigned char *p, size_t n)
{
	unsigned bits = 0, have = 0;
	for (size_t i = 0; i < n; i++) {
		bits = bits << 8 | p[i];
		for (have += 8; have >= 6; have -= 6)
			buf_char(out, letters[bits >> (have - 6) & 63]);
	}
	if (have > 0)
		buf_char(out, letters[bits << (6 - have) & 63]);
}

void
key_text(struct buf *out, const unsigned char key[LINK_KEY_SIZE])
{
	key_base64(out, key, LINK_KEY_SIZE);
}

bool
key_read(struct str text, unsigned char key[LINK_KEY_SIZE])
{
	unsigned bits = 0, have = 0;
	size_t n = 0;
	if (text.n != KEY_TEXT)
		return false;
	for (size_t i = 0; i < text.n; i++) {
		/* NOLINTNEXTLINE(bugprone-not-null-terminated-result): its zero is no letter */
		const char *at = memchr(letters, text.p[i], 64);
		if (!at)
			return false;
		bits = bits << 6 | (unsigned)(at - letters);
		have += 6;
		if (have >= 8) {
			have -= 8;
			key[n++] = (unsigned char)(bits >> have);
		}
	}
	/* Two letters must not mean one key. */
	return (bits & ((1u << have) - 1)) == 0;
}

void
key_identity(
	struct buf *out, struct str session, enum seat seat, const unsigned char key[LINK_KEY_SIZE])
{
	unsigned char id[32];
	struct buf info = {0};
	buf_puts(&info, "dais id 1|");
	buf_str(&info, session);
	key_derive(id, (struct str){(const char *)key, LINK_KEY_SIZE}, buf_view(&info));
	buf_puts(out, seat_text(seat));
	buf_char(out, '-');
	key_base64(out, id, 6);
	buf_puts(out, "@" KEY_SERVER);
	buf_finish(&info);
}

void
key_psk(unsigned char out[LINK_KEY_SIZE], struct str session, struct str identity,
	const unsigned char key[LINK_KEY_SIZE])
{
	struct buf info = {0};
	const char *at = memchr(identity.p, '@', identity.n);
	size_t client = at ? (size_t)(at - identity.p) : identity.n;
	buf_puts(&info, "dais psk 1|");
	buf_str(&info, session);
	buf_char(&info, '|');
	buf_str(&info, str_upto(identity, client));
	buf_char(&info, '|');
	buf_str(&info, str_from(identity, client + (at != NULL)));
	key_derive(out, (struct str){(const char *)key, LINK_KEY_SIZE}, buf_view(&info));
	buf_finish(&info);
}
