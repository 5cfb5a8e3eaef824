/* How a loop hears that the program is to end, and how all of it ends. uv_ending.c */
#pragma once

#include <uv.h>

struct ending {
	uv_signal_t signals[4];
	size_t n;
};

/* From now on each signal that ends the program calls cb; the handles' data is ctx. */
void ending_watch(struct ending *e, uv_loop_t *uv, uv_signal_cb cb, void *ctx);
/* They are still heard, but what is left on the loop is waited for without them. */
void ending_rest(struct ending *e);
/* Closes every handle that the loop still has, and waits for it. */
void ending_close(uv_loop_t *uv);
