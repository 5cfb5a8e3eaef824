/*
 * One speaks and a thousand listen, over real sockets: what a delivery costs
 * the server. Steady, the next record comes when everybody has the last one,
 * and never sooner than after 10 ms; in a burst all come at once. The servers
 * are taken in turn; what is not installed is left out with a word.
 */
#include "fan.h"

#include <arpa/inet.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "dais/journal.h"

#include "machine.h"

enum { WHO_MAX = 4096, HEAD = 40, STEADY = 50, BURST = 1000, STEP_MS = 10, PATIENCE_MS = 120000 };
enum { ROUNDS = 3, TEXT = 60, NATS_PORT = 42287 };

struct listener {
	int fd;
	size_t column; /* of the line that is being read */
	char head[HEAD];
};

struct party {
	struct fan fan;
	const struct kind *kind;
	int listeners, epoll, orders, speaker; /* speaker: a connection, where orders go by one */
	struct listener who[WHO_MAX];
	pid_t pid;
	int64_t heard, said;
	const char *only; /* NULL: all kinds */
};

static void
need(bool good, const char *what)
{
	if (good)
		return;
	fprintf(stderr, "fan: %s: %s\n", what, strerror(errno));
	exit(1);
}

/* ---- the servers ---- */

static void
start_ours(struct party *p)
{
	int pair[2];
	need(socketpair(AF_UNIX, SOCK_STREAM, 0, pair) == 0, "no pair of sockets");
	p->orders = pair[1];
	p->pid = fork();
	need(p->pid >= 0, "no process");
	if (p->pid)
		close(pair[0]);
	else
		close(pair[1]);
	p->fan.orders = pair[0];
}

static void
start_dais(struct party *p)
{
	start_ours(p);
	if (!p->pid)
		fan_dais(&p->fan);
}

static void
start_bare(struct party *p)
{
	start_ours(p);
	if (!p->pid)
		fan_bare(&p->fan);
}

static void
run(struct party *p, const char *const argv[])
{
	p->pid = fork();
	need(p->pid >= 0, "no process");
	if (p->pid)
		return;
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	int null = open("/dev/null", O_RDWR);
	dup2(null, STDOUT_FILENO);
	dup2(null, STDERR_FILENO);
	execvp(argv[0], (char *const *)argv);
	_exit(127);
}

static void
start_redis(struct party *p)
{
	char path[300];
	snprintf(path, sizeof path, "%s/redis.sock", p->fan.folder);
	run(p, (const char *[]){"redis-server", "--port", "0", "--unixsocket", path, "--save", "",
		       "--appendonly", "no", "--dir", p->fan.folder,
		       "--client-output-buffer-limit", "pubsub 0 0 0", NULL});
}

static void
start_nats(struct party *p)
{
	char port[16];
	snprintf(port, sizeof port, "%d", NATS_PORT);
	run(p, (const char *[]){"nats-server", "-a", "127.0.0.1", "-p", port, NULL});
}

static void
speak_ours(struct party *p, int n)
{
	char bytes[BURST];
	memset(bytes, '.', sizeof bytes);
	need(write(p->orders, bytes, (size_t)n) == n, "an order was not taken");
}

static void
send_all(int fd, struct str bytes)
{
	while (bytes.n) {
		ssize_t n = send(fd, bytes.p, bytes.n, MSG_NOSIGNAL);
		need(n > 0, "the server does not listen");
		bytes = str_from(bytes, (size_t)n);
	}
}

/* With the words that the server wants before each record. */
static void
speak_by(struct party *p, int n, const char *words)
{
	struct buf out = {0};
	for (int i = 0; i < n; i++) {
		struct str line = p->fan.lines[(FAN_FIRST + p->said + i) % FAN_LINES];
		buf_puts(&out, words);
		buf_int(&out, (int64_t)line.n);
		buf_puts(&out, "\r\n");
		buf_str(&out, line);
		buf_puts(&out, "\r\n");
	}
	send_all(p->speaker, buf_view(&out));
	buf_finish(&out);
}

static void
speak_redis(struct party *p, int n)
{
	speak_by(p, n, "*3\r\n$7\r\nPUBLISH\r\n$1\r\nc\r\n$");
}

static void
speak_nats(struct party *p, int n)
{
	speak_by(p, n, "PUB c ");
}

static const struct kind {
	const char *name, *program, *socket; /* program: that has to be installed */
	void (*start)(struct party *p);
	void (*speak)(struct party *p, int n);
	const char *greeting;
} kinds[] = {
	{"dais", NULL, "dais/fan.sock", start_dais, speak_ours,
		"{\"hello\":1,\"seat\":\"observer\",\"name\":\"o\"}\n"},
	{"bare libuv", NULL, "bare.sock", start_bare, speak_ours, "hello\n"},
	{"redis", "redis-server", "redis.sock", start_redis, speak_redis,
		"*2\r\n$9\r\nSUBSCRIBE\r\n$1\r\nc\r\n"},
	{"nats-server", "nats-server", NULL, start_nats, speak_nats,
		"CONNECT {\"verbose\":false}\r\nSUB c 1\r\n"},
};
enum { KINDS = sizeof kinds / sizeof *kinds };

static bool
taken(const struct party *p, const struct kind *k)
{
	char path[512];
	const char *at = getenv("PATH"), *program = k->program;
	if (p->only && strcmp(p->only, k->name) != 0)
		return false;
	while (program && at && *at) {
		size_t n = strcspn(at, ":");
		snprintf(path, sizeof path, "%.*s/%s", (int)n, at, program);
		if (access(path, X_OK) == 0)
			return true;
		at += n + (at[n] == ':');
	}
	return !program;
}

/* ---- who listens ---- */

static int64_t
now_ms(void)
{
	struct timespec ts;
	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (int64_t)ts.tv_sec * 1000 + ts.tv_nsec / 1000000;
}

static int
dial(const struct party *p)
{
	struct sockaddr_un path = {.sun_family = AF_UNIX};
	struct sockaddr_in port = {.sin_family = AF_INET,
		.sin_port = htons(NATS_PORT),
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	bool local = p->kind->socket;
	if (local)
		snprintf(path.sun_path, sizeof path.sun_path, "%s/%s", p->fan.folder,
			p->kind->socket);
	int fd = socket(local ? AF_UNIX : AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	need(fd >= 0, "no socket");
	for (int64_t end = now_ms() + PATIENCE_MS;;) {
		int r = local ? connect(fd, (struct sockaddr *)&path, sizeof path)
			      : connect(fd, (struct sockaddr *)&port, sizeof port);
		if (r == 0)
			return fd;
		need(now_ms() < end, p->kind->name);
		usleep(10000);
	}
}

/* A whole line was read, or as much of it as matters. */
static void
heard_line(struct party *p, struct listener *l)
{
	static const char record[] = "{\"seq\":", ping[] = "{\"ping\":";
	char pong[HEAD + 16];
	l->head[l->column < HEAD ? l->column : HEAD - 1] = 0;
	if (!strncmp(l->head, record, sizeof record - 1)) {
		p->heard++;
	} else if (!strncmp(l->head, ping, sizeof ping - 1)) {
		int n = snprintf(pong, sizeof pong, "{\"pong\":%lld}\n",
			strtoll(l->head + sizeof ping - 1, NULL, 10));
		send_all(l->fd, (struct str){pong, (size_t)n});
	} else if (!strncmp(l->head, "PING", 4)) {
		send_all(l->fd, STR("PONG\r\n"));
	}
	l->column = 0;
}

static void
hear(struct party *p, struct listener *l)
{
	static char bytes[1 << 16];
	ssize_t n = recv(l->fd, bytes, sizeof bytes, MSG_DONTWAIT);
	need(n > 0 || errno == EAGAIN, "a server hung up");
	struct str left = {bytes, n > 0 ? (size_t)n : 0};
	while (left.n) {
		const char *end = memchr(left.p, '\n', left.n);
		size_t length = end ? (size_t)(end - left.p) : left.n;
		if (l->column < HEAD)
			memcpy(l->head + l->column, left.p,
				length < HEAD - l->column ? length : HEAD - l->column);
		l->column += length;
		left = str_from(left, length + (end != NULL));
		if (end)
			heard_line(p, l);
	}
}

/* Listens until so much was heard, or so long nothing more. */
static void
listen_for(struct party *p, int64_t wanted, int64_t until)
{
	struct epoll_event ready[256];
	for (int64_t now; (now = now_ms()) < until && (wanted < 0 || p->heard < wanted);) {
		int n = epoll_wait(p->epoll, ready, 256, (int)(until - now));
		for (int i = 0; i < n; i++)
			hear(p, ready[i].data.ptr);
	}
}

static void
begin(struct party *p)
{
	char mark[300];
	p->heard = p->said = 0;
	p->orders = p->speaker = -1;
	p->kind->start(p);
	p->epoll = epoll_create1(EPOLL_CLOEXEC);
	for (int i = 0; i < p->listeners; i++) {
		struct listener *l = &p->who[i];
		*l = (struct listener){.fd = dial(p)};
		send_all(l->fd, str_of(p->kind->greeting));
		epoll_ctl(p->epoll, EPOLL_CTL_ADD, l->fd,
			&(struct epoll_event){.events = EPOLLIN, .data.ptr = l});
		if (i % 50 == 49)
			listen_for(p, -1, now_ms() + 1);
	}
	if (p->orders < 0)
		p->speaker = dial(p);
	listen_for(p, -1, now_ms() + 500);
	p->heard = 0;
	snprintf(mark, sizeof mark, "/proc/%ld/task", (long)p->pid);
	need(access(mark, R_OK) == 0, p->kind->name);
}

static void
end(struct party *p)
{
	kill(p->pid, SIGKILL);
	waitpid(p->pid, NULL, 0);
	for (int i = 0; i < p->listeners; i++)
		close(p->who[i].fd);
	close(p->epoll);
	if (p->orders >= 0) {
		close(p->orders);
		close(p->fan.orders);
	}
	if (p->speaker >= 0)
		close(p->speaker);
}

/* Microseconds of processor time that the server used so far. */
static double
used_us(const struct party *p)
{
	char path[300];
	double sum = 0, ns;
	snprintf(path, sizeof path, "/proc/%ld/task", (long)p->pid);
	DIR *tasks = opendir(path);
	for (struct dirent *d; tasks && (d = readdir(tasks)) != NULL;) {
		snprintf(path, sizeof path, "/proc/%ld/task/%.20s/schedstat", (long)p->pid,
			d->d_name);
		FILE *file = d->d_name[0] == '.' ? NULL : fopen(path, "r");
		if (file && fscanf(file, "%lf", &ns) == 1)
			sum += ns / 1000;
		if (file)
			fclose(file);
	}
	if (tasks)
		closedir(tasks);
	return sum;
}

/* What a delivery costs the server, when so many records come at once, so many times. */
static double
deliver(struct party *p, int times, int at_once)
{
	double before = used_us(p);
	p->heard = 0;
	for (int i = 0; i < times; i++) {
		int64_t begun = now_ms(), wanted = (int64_t)(i + 1) * at_once * p->listeners;
		p->kind->speak(p, at_once);
		p->said += at_once;
		listen_for(p, wanted, begun + PATIENCE_MS);
		errno = ETIMEDOUT;
		need(p->heard >= wanted, p->kind->name);
		if (i + 1 < times)
			listen_for(p, -1, begun + STEP_MS);
	}
	return (used_us(p) - before) / (double)p->heard;
}

static void
measure(struct party *p)
{
	double steady[KINDS][ROUNDS], bursts[KINDS][ROUNDS];
	char name[80];
	for (int round = 0; round < ROUNDS; round++)
		for (int k = 0; k < KINDS; k++) {
			p->kind = &kinds[k];
			if (!taken(p, p->kind))
				continue;
			begin(p);
			steady[k][round] = deliver(p, STEADY, 1);
			bursts[k][round] = deliver(p, 1, BURST);
			end(p);
		}
	for (int k = 0; k < KINDS; k++) {
		if (!taken(p, &kinds[k])) {
			printf("left out\t%s is not installed or not asked for\n", kinds[k].name);
			continue;
		}
		snprintf(name, sizeof name, "a delivery to %d, one at a time: CPU", p->listeners);
		machine_figure(name, kinds[k].name, "us", machine_median(steady[k], ROUNDS));
		snprintf(name, sizeof name, "a delivery to %d, in a burst: CPU", p->listeners);
		machine_figure(name, kinds[k].name, "us", machine_median(bursts[k], ROUNDS));
	}
}

static void
write_lines(struct fan *f, struct buf *out)
{
	unsigned char hash[32] = {0};
	struct buf body = {0};
	size_t ends[FAN_LINES];
	for (int i = 0; i < FAN_LINES; i++) {
		buf_reset(&body);
		buf_printf(&body,
			"\"t\":%d,\"at\":\"2023-07-15T14:00:00+08:00\",\"by\":\"scribe\","
			"\"kind\":\"note.add\",\"data\":{\"note\":%d,\"text\":\"",
			i, i + 1);
		buf_fill(&body, 'a', TEXT);
		buf_puts(&body, "\"}");
		journal_seal(out, i, i, buf_view(&body), hash);
		ends[i] = out->n;
	}
	for (int i = 0; i < FAN_LINES; i++)
		f->lines[i] = (struct str){
			out->p + (i ? ends[i - 1] : 0), ends[i] - (i ? ends[i - 1] : 0)};
	buf_finish(&body);
}

/* fan [LISTENERS [SERVER]] */
int
main(int argc, char **argv)
{
	static struct party p;
	struct buf lines = {0};
	struct rlimit files;
	char folder[] = "/tmp/fan-XXXXXX", clean[64];
	p.listeners = argc > 1 ? atoi(argv[1]) : 1000;
	p.only = argc > 2 ? argv[2] : NULL;
	getrlimit(RLIMIT_NOFILE, &files);
	files.rlim_cur = files.rlim_max;
	setrlimit(RLIMIT_NOFILE, &files);
	need(p.listeners > 0 && p.listeners <= WHO_MAX &&
			(rlim_t)p.listeners + 100 < files.rlim_cur,
		"so many cannot listen");
	need(mkdtemp(folder) != NULL, folder);
	p.fan.folder = folder;
	write_lines(&p.fan, &lines);
	measure(&p);
	buf_finish(&lines);
	snprintf(clean, sizeof clean, "rm -r %s", folder);
	return system(clean) != 0;
}
