/*
 * The signals that end the program, where none may strike: libuv gives a signal
 * its deadly meaning back when its handle closes, which is when the log may
 * still be on its way to the disk and the terminal not restored.
 */
#include <pthread.h>
#include <signal.h>

#include "internal.h"

static const int numbers[] = {SIGTERM, SIGINT, SIGHUP, SIGQUIT};
enum { NUMBERS = sizeof numbers / sizeof *numbers };

static void
mask(int how)
{
	sigset_t set;
	sigemptyset(&set);
	for (size_t i = 0; i < NUMBERS; i++)
		sigaddset(&set, numbers[i]);
	pthread_sigmask(how, &set, NULL);
}

size_t
signals_of_end(const int **out)
{
	*out = numbers;
	return NUMBERS;
}

void
signals_hold(void)
{
	mask(SIG_BLOCK);
}

void
signals_release(void)
{
	mask(SIG_UNBLOCK);
}

void
signals_ignore(void)
{
	for (size_t i = 0; i < NUMBERS; i++)
		signal(numbers[i], SIG_IGN);
	mask(SIG_UNBLOCK);
}
