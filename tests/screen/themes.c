/*
 * Which styles stand on which grounds is found out by painting: every script of
 * this folder is played, and each cell looked at. Of what was seen there, each
 * theme must keep
 *
 *   the contrast of WCAG 2.2: text 4.5:1 (1.4.3), lines, bars and large digits
 *   3:1 (1.4.3 and 1.4.11; rules, which it would let pass as decoration, too);
 *   the theme "contrast" 7:1 and 4.5:1 (1.4.6);
 *
 *   its states apart, for all eyes: colours are seen as with protanopia,
 *   deuteranopia and tritanopia (Machado, Oliveira and Fernandes, "A
 *   Physiologically-based Model for Simulation of Color Vision Deficiency", IEEE
 *   TVCG 15(6), 2009, severity 1.0), and are apart in CIE L*a*b* where half of
 *   all people notice a difference in marks a third of a degree large (Stone,
 *   Szafir and Setlur, "An Engineering Model for Color Difference as a Function
 *   of Size", CIC 22, 2014), or have other attributes.
 *
 * In true colour, in 256 colours, and in eight as xterm has them, where bold
 * letters may be bright or not. Without colours only attributes count.
 *
 *     themes CATALOGUES SCRIPT… -- AGENDA…
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "dais/diag.h"
#include "dais/ui.h"
#include "dais/utf8.h"
#include "internal.h"
#include "quiet.h"

int screen_main(int argc, char **argv);
const struct grid *__real_ui_paint(struct ui *u, int64_t t);
const struct grid *__wrap_ui_paint(struct ui *u, int64_t t);

enum { WRITTEN = 1, DRAWN = 2 };
static unsigned char seen[STYLE_COUNT][STYLE_COUNT]; /* style, ground */

enum depth { TRUE_COLOUR, OF_256, OF_8, OF_8_BRIGHT, NO_COLOUR, DEPTHS };
static const char *const depth_names[] = {"true colour", "256", "8", "8, bold is bright", "none"};

struct rgb {
	double r, g, b; /* linear */
};
struct lab {
	double l, a, b;
};

/* ---- what is on the screens ---- */

/* Lines, blocks and bars; a sign is text, for it is to be read. */
static bool
is_drawn(const char *text)
{
	uint32_t code = 0;
	utf8_read(str_of(text), &code);
	return (code >= 0x2500 && code <= 0x259f) || (code >= 0x1fb00 && code <= 0x1fbff);
}

const struct grid *
__wrap_ui_paint(struct ui *u, int64_t t)
{
	const struct grid *g = __real_ui_paint(u, t);
	for (int i = 0; i < g->columns * g->rows; i++) {
		const struct cell *c = &g->cells[i];
		if (c->width && strcmp(c->text, " ") != 0)
			seen[c->style][c->ground] |= is_drawn(c->text) ? DRAWN : WRITTEN;
	}
	return g;
}

/* A script says what it does on its own; here only its screens count. */
static void
play(char *script, char *agenda, char *catalogues)
{
	char none[] = "/dev/null", languages[2][8] = {"en", "zh_CN"}, name[] = "screen";
	for (int i = 0; i < 2; i++) {
		char *argv[] = {name, script, none, agenda, languages[i], catalogues, NULL};
		screen_main(6, argv);
	}
}

static int
play_all(int argc, char **argv)
{
	int agendas = 2;
	while (agendas < argc && strcmp(argv[agendas], "--") != 0)
		agendas++;
	for (int script = 2; script < agendas; script++)
		for (int agenda = agendas + 1; agenda < argc; agenda++)
			play(argv[script], argv[agenda], argv[1]);
	return 0;
}

/* ---- colours ---- */

static double
linear(int v)
{
	double x = v / 255.0;
	return x <= 0.04045 ? x / 12.92 : pow((x + 0.055) / 1.055, 2.4);
}

static struct rgb
rgb_of(int r, int g, int b)
{
	return (struct rgb){linear(r), linear(g), linear(b)};
}

static struct rgb
rgb_of_256(int n)
{
	if (n >= 232)
		return rgb_of(8 + 10 * (n - 232), 8 + 10 * (n - 232), 8 + 10 * (n - 232));
	int steps[] = {(n - 16) / 36, (n - 16) / 6 % 6, (n - 16) % 6}, v[3];
	for (int i = 0; i < 3; i++)
		v[i] = steps[i] ? 55 + 40 * steps[i] : 0;
	return rgb_of(v[0], v[1], v[2]);
}

static struct rgb
rgb_of_8(int n, bool bright)
{
	static const int plain[8] = {0, 0xcd0000, 0x00cd00, 0xcdcd00, 0x0000ee, 0xcd00cd, 0x00cdcd, 0xe5e5e5};
	static const int light[8] = {0x7f7f7f, 0xff0000, 0x00ff00, 0xffff00, 0x5c5cff, 0xff00ff, 0x00ffff, 0xffffff};
	int v = bright ? light[n] : plain[n];
	return rgb_of(v >> 16, v >> 8 & 255, v & 255);
}

static double
luminance(struct rgb c)
{
	return 0.2126 * c.r + 0.7152 * c.g + 0.0722 * c.b;
}

static double
contrast(struct rgb a, struct rgb b)
{
	double x = luminance(a) + 0.05, y = luminance(b) + 0.05;
	return x > y ? x / y : y / x;
}

enum { EYES = 4 };
static const char *const eye_names[EYES] = {"", " with protanopia", " with deuteranopia", " with tritanopia"};

static double
within(double v)
{
	return v < 0 ? 0 : v > 1 ? 1 : v;
}

static struct rgb
eye_sees(int eye, struct rgb c)
{
	static const double m[EYES][9] = {
		{1, 0, 0, 0, 1, 0, 0, 0, 1},
		{0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998},
		{0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.011820, 0.042940, 0.968881},
		{1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367, 0.303900},
	};
	const double *k = m[eye];
	return (struct rgb){within(k[0] * c.r + k[1] * c.g + k[2] * c.b),
		within(k[3] * c.r + k[4] * c.g + k[5] * c.b), within(k[6] * c.r + k[7] * c.g + k[8] * c.b)};
}

static double
lab_part(double t)
{
	return t > 216.0 / 24389 ? cbrt(t) : (24389.0 / 27 * t + 16) / 116;
}

/* CIE L*a*b* of sRGB, white D65. */
static struct lab
lab_of(struct rgb c)
{
	double x = lab_part((0.4124564 * c.r + 0.3575761 * c.g + 0.1804375 * c.b) / 0.95047);
	double y = lab_part(0.2126729 * c.r + 0.7151522 * c.g + 0.0721750 * c.b);
	double z = lab_part((0.0193339 * c.r + 0.1191920 * c.g + 0.9503041 * c.b) / 1.08883);
	return (struct lab){116 * y - 16, 500 * (x - y), 200 * (y - z)};
}

/* In differences that half of all people notice: 1 is one. */
static double
apart(struct rgb a, struct rgb b)
{
	static const double size = 1.0 / 3, half = 0.5;
	struct lab x = lab_of(a), y = lab_of(b);
	double l = (x.l - y.l) / (half * (10.16 + 1.50 / size));
	double p = (x.a - y.a) / (half * (10.68 + 3.08 / size));
	double q = (x.b - y.b) / (half * (10.70 + 5.74 / size));
	return sqrt(l * l + p * p + q * q);
}

/* ---- how a style comes out ---- */

struct shown {
	struct rgb fore, back;
	struct attributes a;
	bool known; /* no colour is the terminal's own */
};

static bool
colour_at(const struct colour *c, enum depth depth, bool bold, struct rgb *out)
{
	if (depth == TRUE_COLOUR && c->set)
		*out = rgb_of(c->r, c->g, c->b);
	else if (depth == OF_256 && c->c256 >= 16)
		*out = rgb_of_256(c->c256);
	else if (depth >= OF_8 && c->c8 >= 0)
		*out = rgb_of_8(c->c8, depth == OF_8_BRIGHT && bold);
	else
		return false;
	return true;
}

static struct shown
show(const struct theme *t, int style, int ground, enum depth depth)
{
	struct look look = theme_look(t, (enum style)style, (enum style)ground);
	struct shown s = {.a = depth < OF_8 ? look.attr : depth < NO_COLOUR ? look.attr8 : look.mono};
	if (depth == NO_COLOUR)
		return s;
	s.known = colour_at(&look.fore, depth, s.a.bold, &s.fore) && colour_at(&look.back, depth, false, &s.back);
	if (s.a.reverse) {
		struct rgb fore = s.fore;
		s.fore = s.back;
		s.back = fore;
	}
	return s;
}

/* ---- what must hold ---- */

static int faults;

static void
check_contrast(const struct theme *t, int style, int ground, enum depth depth, double *least)
{
	bool high = strcmp(t->name, "contrast") == 0, written = seen[style][ground] & WRITTEN;
	double want = written ? (high ? 7 : 4.5) : high ? 4.5 : 3;
	struct shown s = show(t, style, ground, depth);
	double is = s.known ? contrast(s.fore, s.back) : 0;
	double *kept = written ? &least[0] : &least[1];
	*kept = is < *kept ? is : *kept;
	if (is < want || s.a.dim) {
		printf("# %s, %s: %s on %s is %.2f:1, not %.1f:1%s\n", t->name, depth_names[depth],
			style_name((enum style)style), style_name((enum style)ground), is, want,
			s.a.dim ? ", and dim" : "");
		faults++;
	}
}

/* What tells how something stands. Each is said by a sign or a word too; here it is what is seen at once. */
static const enum style states[] = {STYLE_TEXT, STYLE_ACCENT, STYLE_GOOD, STYLE_WARNING, STYLE_ALERT,
	STYLE_OVERTIME, STYLE_REMOTE};
enum { STATES = sizeof states / sizeof *states };

static bool
same_attributes(const struct attributes *a, const struct attributes *b)
{
	return memcmp(a, b, sizeof *a) == 0;
}

static double
nearest(const struct shown *a, const struct shown *b, int *eye)
{
	double least = 1e9;
	for (int e = 0; e < EYES; e++) {
		double fore = apart(eye_sees(e, a->fore), eye_sees(e, b->fore));
		double back = apart(eye_sees(e, a->back), eye_sees(e, b->back));
		double d = fore > back ? fore : back;
		if (d < least) {
			least = d;
			*eye = e;
		}
	}
	return least;
}

static void
check_pair(const struct theme *t, int x, int y, int ground, enum depth depth, double *least)
{
	int eye = 0;
	struct shown a = show(t, x, ground, depth), b = show(t, y, ground, depth);
	double d = depth < NO_COLOUR ? nearest(&a, &b, &eye) : 0;
	/* Good is where nobody need look; with few colours its ✓, its ● and its words are enough. */
	bool calm = depth >= OF_8 && x == STYLE_GOOD && y == STYLE_TEXT;
	if (calm || !same_attributes(&a.a, &b.a))
		return;
	*least = d < *least ? d : *least;
	if (d < 1) {
		printf("# %s, %s: %s and %s on %s look alike%s (%.2f)\n", t->name, depth_names[depth],
			style_name((enum style)x), style_name((enum style)y), style_name((enum style)ground),
			eye_names[eye], d);
		faults++;
	}
}

/* The ground of what is chosen is not taken for the one that it lies on. */
static void
check_chosen(const struct theme *t, enum depth depth)
{
	static const enum style under[] = {STYLE_TEXT, STYLE_RAIL, STYLE_DIALOG};
	for (int i = 0; i < 3; i++) {
		int eye = 0;
		struct shown a = show(t, STYLE_STRONG, STYLE_SELECTED, depth), b = show(t, STYLE_STRONG, under[i], depth);
		double d = depth < NO_COLOUR ? nearest(&a, &b, &eye) : 0;
		if (d < 0.5 && a.a.reverse == b.a.reverse) {
			printf("# %s, %s: what is chosen looks like %s%s (%.2f)\n", t->name, depth_names[depth],
				style_name(under[i]), eye_names[eye], d);
			faults++;
		}
	}
}

static void
check(const struct theme *t, enum depth depth, size_t number)
{
	double least[2] = {99, 99}, apart_least = 99;
	faults = 0;
	for (int ground = 0; ground < STYLE_COUNT; ground++) {
		for (int style = 0; style < STYLE_COUNT; style++)
			if (seen[style][ground] && depth < NO_COLOUR)
				check_contrast(t, style, ground, depth, least);
		for (int i = 0; i < STATES; i++)
			for (int j = 0; j < i; j++)
				if (seen[states[i]][ground] && seen[states[j]][ground])
					check_pair(t, states[i], states[j], ground, depth, &apart_least);
	}
	check_chosen(t, depth);
	printf("%sok %zu - %s, %s: text %.2f, drawn %.2f, apart %.2f\n", faults ? "not " : "", number, t->name,
		depth_names[depth], least[0], least[1], apart_least);
}

int
main(int argc, char **argv)
{
	size_t themes = 0, pairs = 0;
	bool ok = true;
	quietly(play_all, argc, argv);
	for (int style = 0; style < STYLE_COUNT; style++)
		for (int ground = 0; ground < STYLE_COUNT; ground++)
			pairs += seen[style][ground] != 0;
	while (theme_builtin_name(themes))
		themes++;
	printf("1..%zu\n# %zu pairs were seen\n", themes * DEPTHS, pairs);
	for (size_t i = 0; i < themes; i++) {
		struct theme t;
		struct diag_list l;
		diag_start(&l, theme_builtin_name(i), theme_builtin(theme_builtin_name(i)));
		if (!theme_read(&t, l.source, &l))
			return 1;
		for (int depth = 0; depth < DEPTHS; depth++) {
			if (strcmp(t.name, "mono") != 0 || depth == NO_COLOUR)
				check(&t, (enum depth)depth, i * DEPTHS + (size_t)depth + 1);
			else
				printf("ok %zu - %s has no colours # SKIP\n", i * DEPTHS + (size_t)depth + 1, t.name);
			ok = ok && !faults;
		}
		theme_finish(&t);
		diag_finish(&l);
	}
	return ok && pairs > 50 ? 0 : 1;
}
