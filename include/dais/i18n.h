/*
 * Words in the reader's language, through gettext.
 *
 * Core and tables keep English with N_(); whoever shows a text asks for its
 * translation with _(). Sentences with parts use numbered places, {0} to {9},
 * so that a translation may order them as its language wants and can break
 * nothing.
 */
#pragma once

#include "dais/str.h"

#define N_(text) text
#define _(text) i18n_text(text)

/*
 * Sets the locale from the environment; falls back to C.UTF-8 where it is not
 * installed or not UTF-8, and then still takes the language from LANGUAGE,
 * LC_ALL, LC_MESSAGES and LANG. Called once, first thing in main. folder:
 * where the catalogues lie.
 */
void i18n_start(const char *folder);
/* From now on texts are in this language ("zh-CN", "zh_CN", "en"); NULL or "" goes back to the environment's. Main thread only. */
void i18n_language(const char *tag);
/* True if texts are shown in Chinese now. */
bool i18n_chinese(void);
/* The translation of text, or text itself; borrowed for the life of the process. */
const char *i18n_text(const char *text);
/* One form for one, another for n. */
const char *i18n_plural(const char *one, const char *many, unsigned long n);
/* Appends format with {0}… replaced by args; a place without an argument is dropped, "{{" is a brace. Pure. */
void i18n_fill(struct buf *out, const char *format, const struct str *args, size_t n);
/* The number of a thing that is counted by name, as in 思辨点二: "一", "二" … in Chinese, digits otherwise. Pure. */
void i18n_ordinal(struct buf *out, int n, bool chinese);
