/*
 * No word of the program's own is cut off for lack of room: every script of this
 * folder is played in both languages, and each of its scenes painted at every
 * size that the console was designed for. What is cut there must be what people
 * wrote, or a sentence: a header's word, a title, a tab, a button, a hint or what
 * stands beside a clock has its place, with any number in it.
 *
 *     wide CATALOGUES SCRIPT… -- AGENDA…
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "dais/i18n.h"
#include "dais/text.h"
#include "dais/ui.h"
#include "quiet.h"

int screen_main(int argc, char **argv);
const struct grid *__real_ui_paint(struct ui *u, int64_t t);
const struct grid *__wrap_ui_paint(struct ui *u, int64_t t);
int __real_text_fit(struct buf *out, struct str s, int columns);
int __wrap_text_fit(struct buf *out, struct str s, int columns);
const char *__real_i18n_text(const char *text);
const char *__wrap_i18n_text(const char *text);
const char *__real_i18n_plural(const char *one, const char *many, unsigned long n);
const char *__wrap_i18n_plural(const char *one, const char *many, unsigned long n);

static const struct {
	int columns, rows;
} designed[] = {{300, 80}, {200, 60}, {120, 36}, {100, 30}, {80, 24}, {60, 20}, {40, 12}, {30, 8}};
enum { SIZES = sizeof designed / sizeof *designed, TEXTS_MAX = 1 << 13, FAULTS_MAX = 400, SENTENCE = 28, MIDDLING = 20, SHORT = 14 };

/* What the program asked a translation for, in this language: copies, since a catalogue is given
 * back while its words are still compared. By their hash; half of the places stay free. */
static char *texts[TEXTS_MAX];
static size_t texts_n;
static char *faults[FAULTS_MAX]; /* told once each */
static size_t faults_n;
static int columns, rows; /* painted now; 0: nothing that counts */
static const char *language;
static long looks;

/* ---- what are the program's own words ---- */

static void
keep(const char *text)
{
	size_t i = 5381;
	for (const char *c = text; *c; c++)
		i = i * 33 + (unsigned char)*c;
	for (i %= TEXTS_MAX; texts[i]; i = (i + 1) % TEXTS_MAX)
		if (!strcmp(texts[i], text))
			return;
	if (!*text || texts_n >= TEXTS_MAX / 2)
		return;
	texts[i] = strdup(text);
	texts_n++;
}

static void
forget_all(void)
{
	for (size_t i = 0; i < TEXTS_MAX; i++) {
		free(texts[i]);
		texts[i] = NULL;
	}
	texts_n = 0;
}

const char *
__wrap_i18n_text(const char *text)
{
	const char *own = __real_i18n_text(text);
	keep(own);
	return own;
}

const char *
__wrap_i18n_plural(const char *one, const char *many, unsigned long n)
{
	const char *own = __real_i18n_plural(one, many, n);
	keep(own);
	return own;
}

static bool
is_figure(char c)
{
	return (c >= '0' && c <= '9') || c == ':' || c == '+' || c == '-' || c == '.';
}

/* Whether s is this text, with a number in each of its places. */
static bool
is_text(struct str s, const char *text)
{
	for (; *text; text++) {
		if (text[0] == '{' && text[1] >= '0' && text[1] <= '9' && text[2] == '}') {
			size_t n = 0;
			while (n < s.n && is_figure(s.p[n]))
				n++;
			if (!n)
				return false;
			s = str_from(s, n);
			text += 2;
		} else if (s.n && *s.p == *text) {
			s = str_from(s, 1);
		} else {
			return false;
		}
	}
	return !s.n;
}

/*
 * A sentence says more than its place holds where there is little; a word does
 * not. That nothing was heard from somebody is said by a sign as well.
 */
static bool
is_own_word(struct str s)
{
	int most = columns < 40 ? SHORT : columns < 60 ? MIDDLING : SENTENCE;
	bool twice = str_is(s, __real_i18n_text("not heard from")) || str_is(s, __real_i18n_text("types…"));
	if (text_width(s) > most || twice)
		return false;
	for (size_t i = 0; i < TEXTS_MAX; i++)
		if (texts[i] && is_text(s, texts[i]))
			return true;
	return false;
}

/* ---- what is cut ---- */

int
__wrap_text_fit(struct buf *out, struct str s, int width)
{
	if (columns && width > 0 && text_width(s) > width && is_own_word(s)) {
		char fault[400];
		snprintf(fault, sizeof fault, "%s, %dx%d: \"%.*s\" has %d columns, not %d", language, columns,
			rows, (int)(s.n < 200 ? s.n : 200), s.p, width, text_width(s));
		size_t i = 0;
		while (i < faults_n && strcmp(faults[i], fault) != 0)
			i++;
		if (i == faults_n && faults_n < FAULTS_MAX)
			faults[faults_n++] = strdup(fault);
	}
	return __real_text_fit(out, s, width);
}

const struct grid *
__wrap_ui_paint(struct ui *u, int64_t t)
{
	const struct grid *g = __real_ui_paint(u, t);
	int back_columns = g->columns, back_rows = g->rows;
	for (int i = 0; i < SIZES; i++) {
		columns = designed[i].columns;
		rows = designed[i].rows;
		ui_resize(u, columns, rows);
		__real_ui_paint(u, t);
		looks++;
	}
	columns = rows = 0;
	ui_resize(u, back_columns, back_rows);
	return __real_ui_paint(u, t);
}

/* ---- all scripts ---- */

static int
play_all(int argc, char **argv)
{
	static char none[] = "/dev/null", languages[2][8] = {"en", "zh_CN"}, name[] = "screen";
	int agendas = 2;
	while (agendas < argc && strcmp(argv[agendas], "--") != 0)
		agendas++;
	for (int l = 0; l < 2; l++) {
		language = languages[l];
		forget_all();
		for (int s = 2; s < agendas; s++)
			for (int a = agendas + 1; a < argc; a++) {
				char *call[] = {name, argv[s], none, argv[a], languages[l], argv[1], NULL};
				screen_main(6, call);
			}
	}
	return 0;
}

int
main(int argc, char **argv)
{
	if (argc < 4)
		return 1;
	quietly(play_all, argc, argv);
	printf("1..1\n# %ld looks, %zu words\n", looks, texts_n);
	forget_all();
	for (size_t i = 0; i < faults_n; i++) {
		printf("# %s\n", faults[i]);
		free(faults[i]);
	}
	printf("%sok 1 - no word of the program's own is cut off\n", faults_n ? "not " : "");
	return faults_n || looks < 1000 ? 1 : 0;
}
