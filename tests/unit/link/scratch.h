/* A folder of this test alone as XDG_RUNTIME_DIR, and numbers that can be had again. */
#pragma once

#include <assert.h>
#include <ftw.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static inline int
scratch_unlink(const char *path, const struct stat *is, int kind, struct FTW *at)
{
	(void)is;
	(void)kind;
	(void)at;
	return remove(path);
}

static inline void
scratch_remove(const char *path)
{
	nftw(path, scratch_unlink, 16, FTW_DEPTH | FTW_PHYS);
}

/* path is filled in; /tmp itself, since an address has to be short. */
static inline void
scratch_make(char path[32])
{
	snprintf(path, 32, "/tmp/dais-link-XXXXXX");
	if (!mkdtemp(path))
		abort();
	setenv("XDG_RUNTIME_DIR", path, 1);
}

/* DAIS_SEED brings a run back. */
static inline uint64_t
seed_take(void)
{
	const char *said = getenv("DAIS_SEED");
	uint64_t seed = said ? strtoull(said, NULL, 10) : (uint64_t)getpid() * 2654435761u + 1;
	printf("# DAIS_SEED=%llu\n", (unsigned long long)seed);
	return seed;
}

/* splitmix64 */
static inline uint64_t
seed_next(uint64_t *seed)
{
	uint64_t z = (*seed += 0x9e3779b97f4a7c15u);
	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
	z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
	return z ^ (z >> 31);
}
