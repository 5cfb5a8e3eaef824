/* Puts checksums and chain of a log right, so that chance gets behind them. */
#pragma once

#include "fuzz.h"

enum seal {
	SEAL_AS_IT_IS,
	SEAL_AGAIN,   /* the seal of each line is made anew; what stands before it stays */
	SEAL_NUMBERED /* seq and safe too: whatever has a body follows */
};
void seal_log(struct buf *out, struct str log, enum seal how, const unsigned char before[32]);
