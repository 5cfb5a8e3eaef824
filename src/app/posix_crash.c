/* The last act of a crash: the terminal restored, the signal passed on. */
#include <signal.h>
#include <stddef.h>
#include <sys/mman.h>

#include "dais/ui.h"
#include "internal.h"

static void
crashed(int number)
{
	terminal_rescue();
	raise(number); /* the default action, since the handler was for once */
}

void
crash_guard(void)
{
	static const int numbers[] = {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT};
	enum { STACK = 65536 };
	/* A stack of its own, for the case that the stack is what ran out. It lasts as long as
	 * the process, so it is no allocation. */
	stack_t stack = {.ss_size = STACK};
	stack.ss_sp = mmap(NULL, STACK, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	struct sigaction action = {
		.sa_handler = crashed, .sa_flags = (int)(SA_RESETHAND | SA_ONSTACK | SA_NODEFER)};
	if (stack.ss_sp != MAP_FAILED)
		sigaltstack(&stack, NULL);
	sigemptyset(&action.sa_mask);
	for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
		sigaction(numbers[i], &action, NULL);
	log_on_death(terminal_rescue);
}
