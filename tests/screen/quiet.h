/* Scripts that are played to be looked on: what they say themselves is not for standard output. */
#pragma once

#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

static inline int
quietly(int (*play)(int argc, char **argv), int argc, char **argv)
{
	fflush(stdout);
	int told = dup(STDOUT_FILENO), nothing = open("/dev/null", O_WRONLY);
	dup2(nothing, STDOUT_FILENO);
	int code = play(argc, argv);
	fflush(stdout);
	dup2(told, STDOUT_FILENO);
	close(told);
	close(nothing);
	return code;
}
