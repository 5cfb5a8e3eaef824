/*
 * Pinyin through ICU. Its Han-Latin/Names knows how surnames are read (单
 * shan, 曾 zeng), which plain tables of readings do not.
 */
#include <unicode/ustring.h>
#include <unicode/utrans.h>
#include <unicode/uvernum.h>

#include <limits.h>
#include <stddef.h>
#include <stdlib.h>

#include "dais/library.h"
#include "dais/pinyin.h"

enum { ROOM = 16 }; /* UTF-16 units that one character may become */

/* ICU's library of rules is opened with the first name that has to be read. */
struct rules {
	__typeof__(utrans_openU) *open;
	__typeof__(utrans_close) *close;
	__typeof__(utrans_transUChars) *apply;
};

struct pinyin {
	struct rules rules;
	UTransliterator *names, *generic;
};

/* ICU's names end in its version. */
#define TEXT_OF(name) #name
#define NAME_OF(name) TEXT_OF(name)

static const struct library_call calls[] = {
	{NAME_OF(utrans_openU), offsetof(struct rules, open)},
	{NAME_OF(utrans_close), offsetof(struct rules, close)},
	{NAME_OF(utrans_transUChars), offsetof(struct rules, apply)},
};

/* Pinyin has ü only behind l and n, where people type v. Elsewhere ü is German and loses its dots.
 */
#define RULES(han)                                                                                 \
	u":: " han u"; :: NFD; [lnLN] { u \u0308 > v; [:Nonspacing Mark:] > ; :: NFC; :: "         \
		   u"Latin-ASCII; :: Lower;"

static UTransliterator *
open_rules(const struct pinyin *p, const UChar *rules)
{
	UErrorCode error = U_ZERO_ERROR;
	UTransliterator *t = p->rules.open(u"dais", -1, UTRANS_FORWARD, rules, -1, NULL, &error);
	return U_SUCCESS(error) ? t : NULL;
}

struct pinyin *
pinyin_create(void)
{
	struct pinyin *p = xcalloc(1, sizeof *p);
	if (library_open("libicui18n.so." U_ICU_VERSION_SHORT, calls, sizeof calls / sizeof *calls, &p->rules)) {
		p->names = open_rules(p, RULES(u"Han-Latin/Names"));
		p->generic = open_rules(p, RULES(u"Han-Latin"));
	}
	if (!p->names || !p->generic) {
		pinyin_destroy(p);
		return NULL;
	}
	return p;
}

void
pinyin_destroy(struct pinyin *p)
{
	if (!p)
		return;
	if (p->names)
		p->rules.close(p->names);
	if (p->generic)
		p->rules.close(p->generic);
	free(p);
}

/* Letters and digits stay; everything else parts syllables. */
static void
put_syllables(struct buf *out, const UChar *text, int32_t n)
{
	bool gap = false;
	size_t start = out->n;
	for (int32_t i = 0; i < n; i++) {
		UChar c = text[i];
		if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) {
			if (gap && out->n > start)
				buf_char(out, ' ');
			gap = false;
			buf_char(out, (char)c);
		} else if (c != '\'') {
			gap = true;
		}
	}
}

static void
read_with(const struct pinyin *p, const UTransliterator *t, struct buf *out, struct str name)
{
	if (name.n == 0 || name.n > INT32_MAX / (ROOM * 4))
		return;
	UErrorCode error = U_ZERO_ERROR;
	int32_t room = (int32_t)name.n * ROOM, n = 0;
	UChar *text = xcalloc((size_t)room, sizeof *text);
	u_strFromUTF8WithSub(text, room, &n, name.p, (int32_t)name.n, 0xfffd, NULL, &error);
	int32_t limit = n;
	if (U_SUCCESS(error))
		p->rules.apply(t, text, &n, room, 0, &limit, &error);
	if (U_SUCCESS(error))
		put_syllables(out, text, n);
	free(text);
}

void
pinyin_name(const struct pinyin *p, struct buf *out, struct str name)
{
	read_with(p, p->names, out, name);
}

void
pinyin_generic(const struct pinyin *p, struct buf *out, struct str name)
{
	read_with(p, p->generic, out, name);
}
