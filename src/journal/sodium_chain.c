/* The hash that chains each record to the one before it; libsodium's, since it allocates nothing
 * and cannot fail. */
#include <sodium/crypto_hash_sha256.h>

#include "internal.h"

void
chain_hash(unsigned char hash[HASH_SIZE], struct str chained)
{
	crypto_hash_sha256_state state;
	crypto_hash_sha256_init(&state);
	crypto_hash_sha256_update(&state, hash, HASH_SIZE);
	crypto_hash_sha256_update(&state, (const unsigned char *)chained.p, chained.n);
	crypto_hash_sha256_final(&state, hash);
}
