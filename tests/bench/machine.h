/* Where and with what a table was measured: no figure without it. */
#pragma once

/* One figure for table.py, on standard output: of what, whose, in which unit. */
void machine_figure(const char *what, const char *who, const char *unit, double value);
/* With and on what it was measured, for the line above the table. */
void machine_tell(void);
/* Processor time of this process so far, in seconds: what others do meanwhile does not count. */
double machine_cpu_s(void);
/* The middle one of n; sorts them. */
double machine_median(double *all, int n);
/* The largest resident size so far, in KiB. */
long machine_peak_kib(void);
