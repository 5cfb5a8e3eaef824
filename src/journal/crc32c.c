/*
 * CRC-32C eight bytes a step. A table's entries are linear in their index, so
 * the compiler makes all eight tables from the entries of the powers of two:
 * no start-up code, no variable, no 2,048 numbers in the source.
 */
#include <endian.h>
#include <string.h>
#ifdef __x86_64__
#include <nmmintrin.h>
#endif

#include "internal.h"

#define BIT(i, b, v) (((i) >> (b)&1u) ? (v) : 0u)
#define E(i, a, b, c, d, e, f, g, h)                                                               \
	(BIT(i, 0, a) ^ BIT(i, 1, b) ^ BIT(i, 2, c) ^ BIT(i, 3, d) ^ BIT(i, 4, e) ^ BIT(i, 5, f) ^ \
		BIT(i, 6, g) ^ BIT(i, 7, h))
#define E4(i, ...)                                                                                 \
	E((i), __VA_ARGS__), E((i) + 1u, __VA_ARGS__), E((i) + 2u, __VA_ARGS__),                   \
		E((i) + 3u, __VA_ARGS__)
#define E16(i, ...)                                                                                \
	E4((i), __VA_ARGS__), E4((i) + 4u, __VA_ARGS__), E4((i) + 8u, __VA_ARGS__),                \
		E4((i) + 12u, __VA_ARGS__)
#define E64(i, ...)                                                                                \
	E16((i), __VA_ARGS__), E16((i) + 16u, __VA_ARGS__), E16((i) + 32u, __VA_ARGS__),           \
		E16((i) + 48u, __VA_ARGS__)
#define TABLE(...)                                                                                 \
	{                                                                                          \
		E64(0u, __VA_ARGS__), E64(64u, __VA_ARGS__), E64(128u, __VA_ARGS__),               \
			E64(192u, __VA_ARGS__)                                                     \
	}

/* Table k: the remainder of a byte with k zero bytes behind it. */
static const uint32_t tables[8][256] = {
	TABLE(0xf26b8303, 0xe13b70f7, 0xc79a971f, 0x8ad958cf, 0x105ec76f, 0x20bd8ede, 0x417b1dbc,
		0x82f63b78),
	TABLE(0x13a29877, 0x274530ee, 0x4e8a61dc, 0x9d14c3b8, 0x3fc5f181, 0x7f8be302, 0xff17c604,
		0xfbc3faf9),
	TABLE(0xa541927e, 0x4f6f520d, 0x9edea41a, 0x38513ec5, 0x70a27d8a, 0xe144fb14, 0xc76580d9,
		0x8b277743),
	TABLE(0xdd45aab8, 0xbf672381, 0x7b2231f3, 0xf64463e6, 0xe964b13d, 0xd725148b, 0xaba65fe7,
		0x52a0c93f),
	TABLE(0x38116fac, 0x7022df58, 0xe045beb0, 0xc5670b91, 0x8f2261d3, 0x1ba8b557, 0x37516aae,
		0x6ea2d55c),
	TABLE(0xef306b19, 0xdb8ca0c3, 0xb2f53777, 0x6006181f, 0xc00c303e, 0x85f4168d, 0x0e045beb,
		0x1c08b7d6),
	TABLE(0x68032cc8, 0xd0065990, 0xa5e0c5d1, 0x4e2dfd53, 0x9c5bfaa6, 0x3d5b83bd, 0x7ab7077a,
		0xf56e0ef4),
	TABLE(0x493c7d27, 0x9278fa4e, 0x211d826d, 0x423b04da, 0x847609b4, 0x0d006599, 0x1a00cb32,
		0x34019664),
};

uint32_t
crc32c_by_table(uint32_t crc, const void *p, size_t n)
{
	const unsigned char *at = p;
	crc = ~crc;
	for (; n >= 8; n -= 8, at += 8) {
		uint64_t w;
		memcpy(&w, at, 8);
		w = le64toh(w) ^ crc;
		crc = tables[7][w & 255] ^ tables[6][w >> 8 & 255] ^ tables[5][w >> 16 & 255] ^
		      tables[4][w >> 24 & 255] ^ tables[3][w >> 32 & 255] ^
		      tables[2][w >> 40 & 255] ^ tables[1][w >> 48 & 255] ^ tables[0][w >> 56];
	}
	for (; n; n--, at++)
		crc = crc >> 8 ^ tables[0][(crc ^ *at) & 255];
	return ~crc;
}

#ifdef __x86_64__
/* Most of these processors have this very polynomial as an instruction. */
__attribute__((target("sse4.2"))) static uint32_t
crc32c_by_processor(uint32_t crc, const void *p, size_t n)
{
	const unsigned char *at = p;
	uint64_t wide = (uint32_t)~crc;
	for (; n >= 8; n -= 8, at += 8) {
		uint64_t w;
		memcpy(&w, at, 8);
		wide = _mm_crc32_u64(wide, w);
	}
	uint32_t narrow = (uint32_t)wide;
	for (; n; n--, at++)
		narrow = _mm_crc32_u8(narrow, *at);
	return ~narrow;
}

uint32_t
journal_crc32c(uint32_t crc, const void *p, size_t n)
{
	if (__builtin_cpu_supports("sse4.2"))
		return crc32c_by_processor(crc, p, n);
	return crc32c_by_table(crc, p, n);
}
#else
uint32_t
journal_crc32c(uint32_t crc, const void *p, size_t n)
{
	return crc32c_by_table(crc, p, n);
}
#endif
