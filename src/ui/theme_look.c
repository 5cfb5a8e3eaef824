/*
 * What a style looks like where it stands. Eight colours are too few for a
 * theme to choose letters for each ground, and blue ones on black are there but
 * not seen: where a style's colour cannot be read, the ground's own is taken.
 */
#include "theme.h"

#include <stdlib.h>

enum { EIGHT = 8, TEXT_TENTHS = 45, DRAWN_TENTHS = 30 };

/* Luminance of xterm's eight colours in ten-thousandths of white (WCAG 2.2). */
static const int luminance[EIGHT] = {0, 1298, 4366, 5664, 617, 1739, 4807, 7835};

/* The ratio of WCAG 2.2 in tenths. */
static int
contrast_8(short a, short b)
{
	int light = luminance[a] > luminance[b] ? luminance[a] : luminance[b];
	int dark = luminance[a] + luminance[b] - light;
	return (light + 500) * 10 / (dark + 500);
}

static bool
is_read_8(short fore, short back, enum style style)
{
	bool drawn = style == STYLE_RULE || style == STYLE_BAR || style == STYLE_BAR_REST;
	return contrast_8(fore, back) >= (drawn ? DRAWN_TENTHS : TEXT_TENTHS);
}

static void
keep_readable(struct look *look, short of_ground, enum style style)
{
	short back = look->back.c8;
	if (back < 0 || look->fore.c8 < 0 || is_read_8(look->fore.c8, back, style))
		return;
	if (of_ground >= 0 && is_read_8(of_ground, back, style))
		look->fore.c8 = of_ground;
	else
		look->fore.c8 = is_read_8(7, back, style) ? 7 : 0;
}

/* What the upper one leaves open is as in the lower one. */
static struct colour
over(struct colour upper, const struct colour *lower)
{
	struct colour c = upper;
	if (!upper.set)
		c = *lower;
	c.c256 = upper.c256 < 0 ? lower->c256 : upper.c256;
	c.c8 = upper.c8 < 0 ? lower->c8 : upper.c8;
	return c;
}

/* A style that others may stand on. */
static bool
is_ground(enum style s)
{
	return s == STYLE_TEXT || s == STYLE_HEADER || s == STYLE_RAIL || s == STYLE_SELECTED ||
		s == STYLE_DIALOG || s == STYLE_BUTTON;
}

/* What is reversed on a reversed ground would be lost; it is turned back. */
static void
turn(struct attributes *a, const struct attributes *under, bool same)
{
	a->reverse = same ? under->reverse : a->reverse != under->reverse;
}

struct look
theme_look(const struct theme *t, enum style style, enum style ground)
{
	struct look look = t->looks[style];
	const struct look *under = &t->looks[ground], *text = &t->looks[STYLE_TEXT];
	struct colour back = over(under->back, &text->back);
	bool same = style == ground || is_ground(style);
	look.back = same ? back : over(look.back, &back);
	look.fore = over(look.fore, &text->fore);
	turn(&look.attr, &under->attr, same);
	turn(&look.attr8, &under->attr8, same);
	turn(&look.mono, &under->mono, same);
	keep_readable(&look, under->fore.c8 < 0 ? text->fore.c8 : under->fore.c8, style);
	return look;
}
