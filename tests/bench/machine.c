#include "machine.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/utsname.h>
#include <time.h>
#include <unistd.h>

static void
processor(char out[128])
{
	FILE *file = fopen("/proc/cpuinfo", "r");
	char line[256];
	strcpy(out, "unknown processor");
	while (file && fgets(line, sizeof line, file))
		if (!strncmp(line, "model name", 10) && strchr(line, ':')) {
			snprintf(out, 128, "%.120s", strchr(line, ':') + 2);
			out[strcspn(out, "\n")] = 0;
			break;
		}
	if (file)
		fclose(file);
}

void
machine_tell(void)
{
	struct utsname os;
	char cpu[128];
	processor(cpu);
	uname(&os);
	printf("machine\t%s, %ld processors, %s %s, %s %s\n", cpu, sysconf(_SC_NPROCESSORS_ONLN),
		os.sysname, os.release,
#ifdef __clang__
		"clang", __clang_version__
#else
		"gcc", __VERSION__
#endif
	);
}

void
machine_figure(const char *what, const char *who, const char *unit, double value)
{
	printf("%s\t%s\t%s\t%.6g\n", what, who, unit, value);
	fflush(stdout);
}

double
machine_cpu_s(void)
{
	struct timespec ts = {0};
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &ts);
	return (double)ts.tv_sec + (double)ts.tv_nsec / 1e9;
}

static int
by_size(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;
	return (x > y) - (x < y);
}

double
machine_median(double *all, int n)
{
	qsort(all, (size_t)n, sizeof *all, by_size);
	return n % 2 ? all[n / 2] : (all[n / 2 - 1] + all[n / 2]) / 2;
}

long
machine_peak_kib(void)
{
	struct rusage use;
	getrusage(RUSAGE_SELF, &use);
	return use.ru_maxrss;
}
