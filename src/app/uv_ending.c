/*
 * The end of a loop: who asks for it by a signal, and that no handle is left
 * when the loop is given back.
 */
#include "ending.h"

#include <assert.h>

#include "internal.h"

void
ending_watch(struct ending *e, uv_loop_t *uv, uv_signal_cb cb, void *ctx)
{
	const int *numbers;
	e->n = signals_of_end(&numbers);
	assert(e->n <= sizeof e->signals / sizeof *e->signals);
	for (size_t i = 0; i < e->n; i++) {
		uv_signal_init(uv, &e->signals[i]);
		e->signals[i].data = ctx;
		uv_signal_start(&e->signals[i], cb, numbers[i]);
	}
}

void
ending_rest(struct ending *e)
{
	for (size_t i = 0; i < e->n; i++)
		uv_unref((uv_handle_t *)&e->signals[i]);
}

static void
close_handle(uv_handle_t *handle, void *ctx)
{
	(void)ctx;
	if (!uv_is_closing(handle))
		uv_close(handle, NULL);
}

void
ending_close(uv_loop_t *uv)
{
	uv_walk(uv, close_handle, NULL);
	uv_run(uv, UV_RUN_DEFAULT);
}
