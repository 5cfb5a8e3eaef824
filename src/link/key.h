/* Keys and what is derived from them (link.md 2). */
#pragma once

#include "internal.h"

enum { KEY_TEXT = 43, CHECK_TEXT = 4, IDENTITY_MAX = 64 };
/* The host's name in identities: the console that ran `dais run`. */
#define KEY_SERVER "exec"

/* HKDF-SHA256 (RFC 5869) without salt, 32 bytes of it. */
void key_derive(unsigned char out[32], struct str key, struct str info);
/* Base64url of n bytes, without padding. */
void key_base64(struct buf *out, const unsigned char *p, size_t n);
/* Four characters that say whether a text came whole. */
void key_check(struct buf *out, struct str text);
/* Who holds a key, "c@s", derived from it so that it says nothing about it; and what both ends use
 * of it. */
void key_identity(struct buf *out, struct str session, enum seat seat,
	const unsigned char key[LINK_KEY_SIZE]);
void key_psk(unsigned char out[LINK_KEY_SIZE], struct str session, struct str identity,
	const unsigned char key[LINK_KEY_SIZE]);
