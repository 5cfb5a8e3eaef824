/* The exports that are written beside a log: what they are called, and what is in them. */
#pragma once

#include "dais/report.h"

enum { EXPORT_NUMBER_MAX = 999 };

/* The formats, NULL behind the last. */
extern const char *const export_formats[];
/* NAME.dais -> NAME.md; for n above 1 NAME-2.md. */
void export_path(struct buf *out, const char *log, enum report_format format, int n);
/* The report of a closed session, in the forum's language; afterwards the console's is back. */
void export_text(struct buf *out, const struct session *s, enum report_format format);
