/* The clocks of this machine. */
#include <fcntl.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "internal.h"

static int64_t
now_ms(clockid_t clock)
{
	struct timespec ts = {0};
	clock_gettime(clock, &ts);
	return clock_ms(ts.tv_sec, ts.tv_nsec);
}

int64_t
clock_mono_ms(void)
{
	return now_ms(CLOCK_BOOTTIME);
}

int64_t
clock_wall_ms(void)
{
	return now_ms(CLOCK_REALTIME);
}

int64_t
clock_zone_min(int64_t wall_ms)
{
	time_t seconds = (time_t)(wall_ms / 1000);
	struct tm local;
	return localtime_r(&seconds, &local) ? local.tm_gmtoff / 60 : 0;
}

void
clock_boot_id(char out[64])
{
	int fd = open("/proc/sys/kernel/random/boot_id", O_RDONLY | O_CLOEXEC);
	ssize_t n = fd < 0 ? 0 : read(fd, out, 63);
	if (fd >= 0)
		close(fd);
	out[n > 0 ? n : 0] = 0;
	out[strcspn(out, "\n")] = 0;
}

void
clock_host_name(char out[256])
{
	if (gethostname(out, 255) < 0)
		out[0] = 0;
	out[255] = 0;
}
