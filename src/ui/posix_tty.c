/*
 * The terminal as a device: its modes, its size, its bytes. Reading goes
 * through a descriptor of our own, since what is set on it must not be set on
 * the standard output that shares the first one.
 */
#include "internal.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

enum { STALL_MS = 500, COLUMNS_DEFAULT = 80, ROWS_DEFAULT = 24 };

void
tty_raw(const struct termios *saved)
{
	struct termios raw = *saved;
	raw.c_iflag &= ~(tcflag_t)(IXON | IXANY | ICRNL | INLCR | IGNCR);
	raw.c_iflag &= ~(tcflag_t)(ISTRIP | INPCK | BRKINT | PARMRK);
	raw.c_oflag &= ~(tcflag_t)OPOST;
	raw.c_lflag &= ~(tcflag_t)(ICANON | ECHO | ECHONL | IEXTEN);
	/* Ctrl-Z would throw away what of a frame was not read yet, the middle of a character too. */
	raw.c_lflag |= ISIG | NOFLSH;
	raw.c_cflag = (raw.c_cflag & ~(tcflag_t)(CSIZE | PARENB)) | CS8;
	raw.c_cc[VINTR] = raw.c_cc[VQUIT] = _POSIX_VDISABLE;
	raw.c_cc[VMIN] = 1;
	raw.c_cc[VTIME] = 0;
	tcsetattr(STDIN_FILENO, TCSANOW, &raw);
}

void
tty_size(int fd, int *columns, int *rows)
{
	struct winsize size = {0};
	if (ioctl(fd, TIOCGWINSZ, &size) != 0 || size.ws_col == 0 || size.ws_row == 0)
		size = (struct winsize){.ws_col = COLUMNS_DEFAULT, .ws_row = ROWS_DEFAULT};
	*columns = size.ws_col < COLUMNS_MAX ? size.ws_col : COLUMNS_MAX;
	*rows = size.ws_row < ROWS_MAX ? size.ws_row : ROWS_MAX;
}

int
tty_open_input(void)
{
	char name[256];
	if (ttyname_r(STDIN_FILENO, name, sizeof name) != 0)
		snprintf(name, sizeof name, "/dev/tty");
	int fd = open(name, O_RDONLY | O_NOCTTY | O_CLOEXEC | O_NONBLOCK);
	return fd < 0 ? -errno : fd;
}

void
tty_write(int fd, const char *p, size_t n)
{
	bool flushed = false;
	while (n > 0) {
		struct pollfd out = {.fd = fd, .events = POLLOUT};
		int ready = poll(&out, 1, flushed ? 0 : STALL_MS);
		if (ready < 0 && errno == EINTR)
			continue;
		/* Pictures that nobody has read yet give way to the last words. */
		if (ready == 0 && !flushed) {
			flushed = tcflush(fd, TCOFLUSH) == 0;
			if (flushed)
				continue;
		}
		if (ready <= 0)
			return;
		ssize_t done = write(fd, p, n);
		if (done < 0 && errno != EINTR && errno != EAGAIN)
			return;
		if (done > 0) {
			p += done;
			n -= (size_t)done;
		}
	}
}
