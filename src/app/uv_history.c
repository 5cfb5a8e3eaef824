/* The history of the command line on the loop: a command does not wait for the disk to remember it. */
#include <stdlib.h>

#include "internal.h"
#include "screen.h"

struct remembering {
	uv_work_t work;
	char *line; /* owned */
};

static void
write_line(uv_work_t *work)
{
	struct remembering *r = work->data;
	history_append(str_of(r->line));
}

static void
written(uv_work_t *work, int status)
{
	struct remembering *r = work->data;
	(void)status;
	free(r->line);
	free(r);
}

void
history_keep(uv_loop_t *loop, struct str line)
{
	struct remembering *r = xcalloc(1, sizeof *r);
	r->line = str_dup(line);
	r->work.data = r;
	if (uv_queue_work(loop, &r->work, write_line, written) < 0)
		written(&r->work, 0);
}

static void
recall_line(void *ctx, struct str line)
{
	ui_history(ctx, line);
}

void
history_recall(struct ui *ui)
{
	history_each(recall_line, ui);
}
