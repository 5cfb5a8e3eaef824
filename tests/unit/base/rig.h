/* What the tests of this folder share: random text. */
#pragma once

#include "../rig.h"

#include <locale.h>
#include <string.h>

#include "dais/utf8.h"

/* Any code point, those that make clusters more often than chance would. */
static inline uint32_t
draw_code(uint64_t *state)
{
	static const uint32_t ranges[][2] = {
		{0, 0x7f}, {0, 0x10ffff}, {0x300, 0x36f}, {0x900, 0x97f}, {0x1100, 0x11ff},
		{0x2000, 0x206f}, {0x4e00, 0x9fff}, {0xac00, 0xac80}, {0xfe00, 0xfe0f},
		{0x1f1e6, 0x1f1ff}, {0x1f3f0, 0x1f64f}, {0x200d, 0x200d}, {0xe0000, 0xe01ef},
		{0xa, 0xd}, {0x20, 0x20}, {0x600, 0x6dd}, {0xe30, 0xe4f},
	};
	for (;;) {
		const uint32_t *r = ranges[draw_random(state, sizeof ranges / sizeof *ranges)];
		uint32_t code = r[0] + draw_random(state, r[1] - r[0] + 1);
		if (code < 0xd800 || code > 0xdfff)
			return code;
	}
}

static inline void
put_random(struct buf *b, uint64_t *state, size_t codes, bool broken)
{
	for (size_t i = 0; i < codes; i++) {
		char bytes[4];
		size_t n = utf8_write(bytes, draw_code(state));
		if (broken && draw_random(state, 8) == 0)
			bytes[draw_random(state, (uint32_t)n)] = (char)draw_random(state, 256);
		buf_put(b, bytes, n);
	}
}
