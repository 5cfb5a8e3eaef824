/*
 * Another world for one program, for LD_PRELOAD. The file DAIS_CLOCKS holds
 * five numbers of 64 bits that a test changes while the program runs: the
 * moment of each clock (wall, since boot; ms) from which it runs faster, how many
 * times faster, and what is added to each. With DAIS_MEMORY=N the N-th
 * allocation fails, and with DAIS_MEMORY_EVER all after it do too.
 */
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

struct clocks {
	int64_t from[2], factor, more[2];
};

void *__libc_malloc(size_t n);
void *__libc_calloc(size_t count, size_t n);
void *__libc_realloc(void *p, size_t n);

static const volatile struct clocks *clocks;
static int (*real_gettime)(clockid_t, struct timespec *);
static long left = -1;
static bool ever;

__attribute__((constructor)) static void
begin(void)
{
	const char *path = getenv("DAIS_CLOCKS"), *memory = getenv("DAIS_MEMORY");
	int fd = path ? open(path, O_RDONLY | O_CLOEXEC) : -1;
	*(void **)&real_gettime = dlsym(RTLD_NEXT, "clock_gettime");
	if (fd >= 0) {
		void *p = mmap(NULL, sizeof *clocks, PROT_READ, MAP_SHARED, fd, 0);
		clocks = p == MAP_FAILED ? NULL : p;
		close(fd);
	}
	ever = getenv("DAIS_MEMORY_EVER") != NULL;
	left = memory ? atol(memory) : -1; /* the last, since what stands above allocates */
}

int
clock_gettime(clockid_t id, struct timespec *ts)
{
	if (!real_gettime)
		*(void **)&real_gettime = dlsym(RTLD_NEXT, "clock_gettime");
	int r = real_gettime(id, ts);
	int which = id == CLOCK_REALTIME ? 0 : id == CLOCK_BOOTTIME ? 1 : -1;
	if (r != 0 || which < 0 || !clocks)
		return r;
	int64_t us = (int64_t)ts->tv_sec * 1000000 + ts->tv_nsec / 1000;
	int64_t from = clocks->from[which] * 1000;
	us = from + (us - from) * clocks->factor + clocks->more[which] * 1000;
	ts->tv_sec = us / 1000000;
	ts->tv_nsec = us % 1000000 * 1000;
	return 0;
}

static bool
is_over(void)
{
	if (left < 0)
		return false;
	if (__atomic_load_n(&left, __ATOMIC_RELAXED) == 0)
		return ever;
	return __atomic_sub_fetch(&left, 1, __ATOMIC_RELAXED) == 0;
}

static void *
fail(void)
{
	errno = ENOMEM;
	return NULL;
}

void *
malloc(size_t n)
{
	return is_over() ? fail() : __libc_malloc(n);
}

void *
calloc(size_t count, size_t n)
{
	return is_over() ? fail() : __libc_calloc(count, n);
}

void *
realloc(void *p, size_t n)
{
	return is_over() ? fail() : __libc_realloc(p, n);
}
