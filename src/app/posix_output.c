/* Words to standard output and standard error: the only file of the room that writes there. */
#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "dais/text.h"
#include "internal.h"

void
output_hold(void)
{
	/* Opened the wrong way round, so that using it fails as if it were closed still. */
	for (int fd = 0; fd <= STDERR_FILENO; fd++)
		if (fcntl(fd, F_GETFD) < 0)
			open("/dev/null", fd == STDIN_FILENO ? O_WRONLY : O_RDONLY);
}

/* Half an answer is none: whoever reads it must not take its end for ours. */
static void
give_up(int error)
{
	APP_ERROR(_("standard output: not written: {0}"), str_of(file_why(error)));
	exit(DAIS_FAILED);
}

void
app_print(struct str text)
{
	while (text.n) {
		ssize_t n = write(STDOUT_FILENO, text.p, text.n);
		if (n < 0 && errno == EAGAIN)
			poll(&(struct pollfd){.fd = STDOUT_FILENO, .events = POLLOUT}, 1, -1);
		else if (n < 0 && errno != EINTR)
			give_up(-errno);
		else if (n > 0)
			text = str_from(text, (size_t)n);
	}
}

void
app_say(const char *format, const struct str *args, size_t n)
{
	struct buf text = {0};
	struct buf clean[4] = {{0}};
	struct str safe[4] = {STR_NONE};
	assert(n <= 4);
	for (size_t i = 0; i < n; i++) {
		text_clean(&clean[i], args[i]);
		safe[i] = buf_view(&clean[i]);
	}
	i18n_fill(&text, format, safe, n);
	app_print(buf_view(&text));
	for (size_t i = 0; i < n; i++)
		buf_finish(&clean[i]);
	buf_finish(&text);
}

int
output_columns(void)
{
	struct winsize size;
	return ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 ? size.ws_col : 0;
}

void
app_complain(struct str text)
{
	while (text.n) {
		ssize_t n = write(STDERR_FILENO, text.p, text.n);
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return;
		text = str_from(text, (size_t)n);
	}
}

void
app_error(const char *format, const struct str *args, size_t n)
{
	struct buf text = {0};
	i18n_fill(&text, format, args, n);
	log_error("%s", text.p ? text.p : "");
	buf_finish(&text);
}

void
refusal_sentence(struct buf *out, const struct refused *no)
{
	i18n_fill(out, no->why ? _(no->why) : "", no->args, no->n);
}
