/* What the files of themes share. */
#pragma once

#include "dais/diag.h"
#include "dais/yaml.h"
#include "internal.h"

/* ---- values: theme_value.c ---- */

/* A problem at n; {0} is what stands there. format is translated already. */
void theme_complain(const struct yaml_node *n, struct diag_list *l, const char *format);
/* Tells what is wrong within a palette: a map of names to colours, or NULL. */
void theme_check_palette(const struct yaml_node *palette, struct diag_list *l);
/* A colour, by itself or by its name in the palette. n may be NULL: c stays as it is. */
void theme_read_colour(const struct yaml_node *n, const struct yaml_node *palette,
	struct colour *c, struct diag_list *l);
/* What it is among 256 and among eight colours; either may be NULL. */
void theme_read_fewer(const struct yaml_node *of256, const struct yaml_node *of8, struct colour *c,
	struct diag_list *l);
void theme_read_attributes(const struct yaml_node *n, struct attributes *a, struct diag_list *l);
