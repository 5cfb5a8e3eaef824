/*
 * Words of text that is written without blanks: ICU's dictionary says where
 * one ends. For a caret that jumps; a wrong guess costs a key.
 */
#include "dais/text.h"

#include <unicode/ubrk.h>
#include <unicode/utext.h>

static size_t
boundary(struct str s, size_t at, bool after)
{
	UErrorCode status = U_ZERO_ERROR;
	UText *text = utext_openUTF8(NULL, s.p, (int64_t)s.n, &status);
	UBreakIterator *words = ubrk_open(UBRK_WORD, "zh", NULL, 0, &status);
	int32_t found = UBRK_DONE;
	ubrk_setUText(words, text, &status);
	if (U_SUCCESS(status))
		found = after ? ubrk_following(words, (int32_t)at) : ubrk_preceding(words, (int32_t)at);
	if (words)
		ubrk_close(words);
	utext_close(text);
	if (found == UBRK_DONE)
		return after ? s.n : 0;
	return (size_t)found;
}

size_t
text_word_next(struct str s, size_t at)
{
	return at < s.n ? boundary(s, at, true) : s.n;
}

size_t
text_word_prev(struct str s, size_t at)
{
	return at > 0 ? boundary(s, at, false) : 0;
}
