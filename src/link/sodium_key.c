/*
 * Random bytes and derivation by libsodium, without allocation. No key is ever
 * compared here: the handshake proves it (tests/layers/secrets.py).
 */
#include <sodium.h>
#include <string.h>

#include "key.h"

void
key_random(unsigned char *out, size_t n)
{
	randombytes_buf(out, n);
}

void
key_forget(void *p, size_t n)
{
	sodium_memzero(p, n);
}

static void
hmac(unsigned char out[32], const unsigned char *key, size_t key_n, struct str text, struct str end)
{
	crypto_auth_hmacsha256_state h;
	crypto_auth_hmacsha256_init(&h, key, key_n);
	crypto_auth_hmacsha256_update(&h, (const unsigned char *)text.p, text.n);
	crypto_auth_hmacsha256_update(&h, (const unsigned char *)end.p, end.n);
	crypto_auth_hmacsha256_final(&h, out);
	sodium_memzero(&h, sizeof h);
}

void
key_derive(unsigned char out[32], struct str key, struct str info)
{
	static const unsigned char no_salt[32];
	unsigned char extracted[32];
	hmac(extracted, no_salt, sizeof no_salt, key, STR(""));
	hmac(out, extracted, sizeof extracted, info, STR("\x01"));
	sodium_memzero(extracted, sizeof extracted);
}

void
key_check(struct buf *out, struct str text)
{
	unsigned char hash[crypto_hash_sha256_BYTES];
	crypto_hash_sha256(hash, (const unsigned char *)text.p, text.n);
	key_base64(out, hash, CHECK_TEXT * 6 / 8);
}
