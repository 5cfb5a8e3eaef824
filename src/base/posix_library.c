/* Shared libraries that are opened at need. */
#include "dais/library.h"

#include <dlfcn.h>
#include <string.h>

bool
library_open(const char *soname, const struct library_call *calls, size_t n, void *table)
{
	void *library = dlopen(soname, RTLD_NOW | RTLD_LOCAL);
	for (size_t i = 0; library && i < n; i++) {
		void *call = dlsym(library, calls[i].name);
		if (!call)
			return false;
		/* POSIX: what dlsym() answers is a function's address too, in the same bytes. */
		memcpy((char *)table + calls[i].at, &call, sizeof call);
	}
	return library != NULL;
}
