/* What the tests of this folder share. */
#pragma once

#include "../rig.h"

#include <locale.h>
#include <string.h>

#include "dais/utf8.h"
#include "internal.h"

static inline void
assert_dump(const struct grid *g, bool styles, const char *want)
{
	struct buf out = {0};
	grid_dump(g, &out, styles);
	assert_str(buf_view(&out), want);
	buf_finish(&out);
}
