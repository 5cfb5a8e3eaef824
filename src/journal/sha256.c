/*
 * SHA-256 by the instructions that many processors have for it, several times
 * as fast as a portable one. It only ever confirms what is in a log: what it
 * does not confirm is left to sodium_chain.c, which also makes every seal.
 */
#include <string.h>
#if defined(__x86_64__) && __has_include(<sys/platform/x86.h>)
#include <immintrin.h>
#include <sys/platform/x86.h>
#define BY_PROCESSOR
#endif

#include "internal.h"

#ifdef BY_PROCESSOR
enum { BLOCK = 64, LENGTH = 8 };

/* FIPS 180-4, 4.2.2 */
static const uint32_t constants[64] = {0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b,
	0x59f111f1, 0x923f82a4, 0xab1c5ed5, 0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3,
	0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174, 0xe49b69c1, 0xefbe4786, 0x0fc19dc6,
	0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da, 0x983e5152, 0xa831c66d,
	0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967, 0x27b70a85,
	0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
	0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585,
	0x106aa070, 0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a,
	0x5b9cca4f, 0x682e6ff3, 0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa,
	0xa4506ceb, 0xbef9a3f7, 0xc67178f2};

/* The eight words of the state as the instructions want them: a b e f and c d g h, the first one
 * highest. */
struct state {
	__m128i abef, cdgh;
};

__attribute__((target("sha,sse4.1"))) static void
take_blocks(struct state *state, const unsigned char *p, size_t n)
{
	const __m128i big_endian = _mm_set_epi64x(0x0c0d0e0f08090a0b, 0x0405060700010203);
	__m128i abef = state->abef, cdgh = state->cdgh;
	for (; n; n--, p += BLOCK) {
		__m128i w[4], abef_before = abef, cdgh_before = cdgh;
		for (int i = 0; i < 4; i++)
			w[i] = _mm_shuffle_epi8(
				_mm_loadu_si128((const __m128i *)(const void *)(p + 16 * i)),
				big_endian);
#pragma GCC unroll 16
		for (int i = 0; i < 16; i++) {
			__m128i now = w[i & 3], last = w[(i + 3) & 3];
			__m128i wk = _mm_add_epi32(now,
				_mm_loadu_si128((const __m128i *)(const void *)(constants + 4 * i)));
			cdgh = _mm_sha256rnds2_epu32(cdgh, abef, wk);
			abef = _mm_sha256rnds2_epu32(abef, cdgh, _mm_shuffle_epi32(wk, 0x0e));
			/* The four words of the schedule that come sixteen later. */
			__m128i sum = _mm_add_epi32(_mm_sha256msg1_epu32(now, w[(i + 1) & 3]),
				_mm_alignr_epi8(last, w[(i + 2) & 3], 4));
			w[i & 3] = _mm_sha256msg2_epu32(sum, last);
		}
		abef = _mm_add_epi32(abef, abef_before);
		cdgh = _mm_add_epi32(cdgh, cdgh_before);
	}
	*state = (struct state){abef, cdgh};
}

static void
put_big_endian(unsigned char *out, uint64_t v, int n)
{
	for (int i = n; i-- > 0; v >>= 8)
		out[i] = (unsigned char)v;
}

static void
put_state(unsigned char hash[HASH_SIZE], const struct state *state)
{
	uint32_t abef[4], cdgh[4];
	memcpy(abef, &state->abef, sizeof abef);
	memcpy(cdgh, &state->cdgh, sizeof cdgh);
	const uint32_t words[8] = {
		abef[3], abef[2], cdgh[3], cdgh[2], abef[1], abef[0], cdgh[1], cdgh[0]};
	for (int i = 0; i < 8; i++)
		put_big_endian(hash + 4 * i, words[i], 4);
}

bool
chain_confirms(const unsigned char before[HASH_SIZE], struct str chained,
	const unsigned char hash[HASH_SIZE])
{
	enum { HEAD = BLOCK - HASH_SIZE };
	unsigned char edge[2 * BLOCK] = {0}, is[HASH_SIZE];
	if (!CPU_FEATURE_ACTIVE(SHA) || chained.n < HEAD)
		return false;
	struct state state = {_mm_set_epi32(0x6a09e667, (int)0xbb67ae85, 0x510e527f, (int)0x9b05688c),
		_mm_set_epi32(0x3c6ef372, (int)0xa54ff53a, 0x1f83d9ab, 0x5be0cd19)};
	memcpy(edge, before, HASH_SIZE);
	memcpy(edge + HASH_SIZE, chained.p, HEAD);
	take_blocks(&state, edge, 1);
	const unsigned char *p = (const unsigned char *)chained.p + HEAD;
	size_t n = chained.n - HEAD, left = n % BLOCK;
	take_blocks(&state, p, n / BLOCK);
	/* The last bytes, a bit, zeros, and how many bits there were. */
	size_t end = left + 1 + LENGTH <= BLOCK ? BLOCK : 2 * BLOCK;
	memset(edge, 0, sizeof edge);
	memcpy(edge, p + n - left, left);
	edge[left] = 0x80;
	put_big_endian(edge + end - LENGTH, 8 * (uint64_t)(HASH_SIZE + chained.n), LENGTH);
	take_blocks(&state, edge, end / BLOCK);
	put_state(is, &state);
	return memcmp(is, hash, HASH_SIZE) == 0;
}
#else
bool
chain_confirms(const unsigned char before[HASH_SIZE], struct str chained,
	const unsigned char hash[HASH_SIZE])
{
	(void)before, (void)chained, (void)hash;
	return false;
}
#endif
