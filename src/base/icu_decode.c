/*
 * GB18030 through ICU's converter, stopping at the first byte that does not
 * belong: only a file that decodes throughout is called GB18030.
 */
#include <unicode/ucnv.h>
#include <unicode/ustring.h>

#include <limits.h>
#include <stdlib.h>

#include "dais/decode.h"

/* The UTF-16 of s; *n is -1 if it cannot be had. Owned. */
static UChar *
to_utf16(UConverter *from, struct str s, int32_t *n)
{
	UErrorCode error = U_ZERO_ERROR;
	/* Every unit of UTF-16 stands for at least one byte. */
	UChar *wide = xcalloc(s.n + 1, sizeof *wide);
	*n = ucnv_toUChars(from, wide, (int32_t)s.n + 1, s.p, (int32_t)s.n, &error);
	if (U_FAILURE(error))
		*n = -1;
	return wide;
}

bool
decode_gb18030(struct buf *out, struct str s)
{
	if (s.n == 0)
		return true;
	if (s.n > INT32_MAX / 4)
		return false;
	UErrorCode error = U_ZERO_ERROR;
	UConverter *from = ucnv_open("gb18030", &error);
	if (U_FAILURE(error))
		return false;
	ucnv_setToUCallBack(from, UCNV_TO_U_CALLBACK_STOP, NULL, NULL, NULL, &error);
	int32_t n;
	UChar *wide = to_utf16(from, s, &n);
	ucnv_close(from);
	if (n >= 0 && U_SUCCESS(error)) {
		int32_t bytes = 0;
		buf_reserve(out, (size_t)n * 3 + 1);
		u_strToUTF8(out->p + out->n, n * 3 + 1, &bytes, wide, n, &error);
		if (U_SUCCESS(error))
			out->n += (size_t)bytes;
		out->p[out->n] = 0;
	}
	free(wide);
	return n >= 0 && U_SUCCESS(error);
}
