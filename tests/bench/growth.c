/*
 * Whether a command and a picture cost the same however long the log is.
 * Sessions of all lengths are held at once, and each act is made in all of
 * them in turn.
 */
#include <errno.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "dais/ui.h"

#include "acting.h"
#include "machine.h"
#include "making.h"

enum { LENGTHS = 4, ROUNDS = 400, COLUMNS = 120, ROWS = 36 };

static const struct {
	int64_t events;
	const char *name;
} lengths[LENGTHS] = {{1000, "10^3"}, {10000, "10^4"}, {100000, "10^5"}, {1000000, "10^6"}};

struct desk {
	struct acting acting;
	struct ui *ui;
	double acts[ROUNDS], pictures[ROUNDS], changes[ROUNDS];
};

static void
need(bool good, const char *what)
{
	if (good)
		return;
	fprintf(stderr, "growth: %s\n", what);
	exit(1);
}

static enum refusal
refuse(void *ctx, struct str line, struct arena *a, struct refused *no)
{
	(void)ctx;
	(void)line;
	(void)a;
	*no = (struct refused){.code = REFUSAL_NOT_ALLOWED, .why = ""};
	return no->code;
}

static void
open_desk(struct desk *d, int64_t events)
{
	char path[] = "growth-XXXXXX";
	int fd = mkstemp(path);
	FILE *file = fd < 0 ? NULL : fdopen(fd, "wb");
	need(file, strerror(errno));
	make_log(file, events, MAKE_SEED, 0.01);
	need(fclose(file) == 0, strerror(errno));
	acting_read(&d->acting, path);
	unlink(path);
	d->ui = ui_create(d->acting.s, NULL, &(struct ui_calls){.command = refuse});
	ui_resize(d->ui, COLUMNS, ROWS);
	acting_do(&d->acting, "floor end");
	need(acting_do(&d->acting, "segment go p1 --leave") || acting_do(&d->acting, "segment go p2 --leave"),
		"there is no debate");
	acting_do(&d->acting, "queue open");
	acting_do(&d->acting, "queue limit 0");
}

/* One turn of a speaker; what a rule refuses somewhere is refused everywhere. */
static void
act(struct desk *d, int round)
{
	static const char *const acts[] = {"queue add p07", "floor next", "note add 数据的质量更重要",
		"floor extend 30s", "floor end", "mark moment"};
	struct acting *a = &d->acting;
	double began = machine_cpu_s();
	for (size_t i = 0; i < sizeof acts / sizeof *acts; i++)
		need(acting_do(a, acts[i]), acts[i]);
	d->acts[round] = (machine_cpu_s() - began) / (sizeof acts / sizeof *acts);
}

static void
look(struct desk *d, int round)
{
	double began = machine_cpu_s();
	ui_changed(d->ui);
	ui_paint(d->ui, d->acting.t);
	d->changes[round] = machine_cpu_s() - began;
	began = machine_cpu_s();
	ui_paint(d->ui, d->acting.t + 1000);
	d->pictures[round] = machine_cpu_s() - began;
}

int
main(int argc, char **argv)
{
	static struct desk desks[LENGTHS];
	int n = argc > 1 ? atoi(argv[1]) : LENGTHS;
	setlocale(LC_ALL, "C.UTF-8");
	n = n < 1 || n > LENGTHS ? LENGTHS : n;
	for (int i = 0; i < n; i++)
		open_desk(&desks[i], lengths[i].events);
	for (int round = 0; round < ROUNDS; round++)
		for (int i = 0; i < n; i++) {
			act(&desks[i], round);
			look(&desks[i], round);
		}
	for (int i = 0; i < n; i++) {
		struct desk *d = &desks[i];
		machine_figure("a command, by length of the log", lengths[i].name, "us",
			machine_median(d->acts, ROUNDS) * 1e6);
		machine_figure("a picture after a command", lengths[i].name, "us",
			machine_median(d->changes, ROUNDS) * 1e6);
		machine_figure("a picture after a second", lengths[i].name, "us",
			machine_median(d->pictures, ROUNDS) * 1e6);
		ui_destroy(d->ui);
		acting_finish(&d->acting);
	}
	return 0;
}
