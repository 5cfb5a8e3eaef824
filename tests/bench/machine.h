/* Where and with what a table was measured: no figure without it. */
#pragma once

/* Prints one line on standard output. */
void machine_tell(void);
/* Processor time of this process so far, in seconds: what others do meanwhile does not count. */
double machine_cpu_s(void);
/* The middle one of n; sorts them. */
double machine_median(double *all, int n);
/* The largest resident size so far, in KiB. */
long machine_peak_kib(void);
