/* What a kernel takes is taken, as far as its buffer goes; the rest waits at the sender. */
#include "tube.h"

#include <stdlib.h>

enum { KERNEL = 32 << 10 };

struct chunk {
	size_t n;
	int64_t due;
};

struct way {
	struct buf data;
	size_t at;
	struct chunk *chunks;
	size_t n, cap, head;
	bool ended;
};

struct handle {
	struct tube *tube;
	int side;
};

struct tube {
	struct ether *ether;
	struct tube_end ends[2];
	struct way ways[2]; /* from the side of that number */
	bool listening[2], stuck[2], closed[2], told[2];
	size_t slow[2];
	bool silent;
	struct handle handles[2];
};

uint64_t
ether_random(struct ether *e)
{
	uint64_t z = (e->seed += 0x9e3779b97f4a7c15u);
	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
	z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
	return z ^ (z >> 31);
}

struct tube *
tube_make(struct ether *e, struct tube_end a, struct tube_end b)
{
	struct tube *t = xcalloc(1, sizeof *t);
	t->ether = e;
	t->ends[0] = a;
	t->ends[1] = b;
	for (int i = 0; i < 2; i++) {
		t->listening[i] = true;
		t->handles[i].tube = t;
		t->handles[i].side = i;
	}
	return t;
}

void
tube_put(struct tube *t, int side, struct str bytes)
{
	struct way *w = &t->ways[side];
	if (t->closed[side] || t->told[side])
		return;
	int64_t span = t->ether->delay_max - t->ether->delay_min + 1;
	struct chunk c = {bytes.n, t->ether->now + t->ether->delay_min +
					   (int64_t)(ether_random(t->ether) % (uint64_t)span)};
	if (w->n > w->head && w->chunks[w->n - 1].due > c.due)
		c.due = w->chunks[w->n - 1].due;
	buf_str(&w->data, bytes);
	VEC_PUSH(w->chunks, w->n, w->cap, c);
}

size_t
tube_waiting(const struct tube *t, int side)
{
	size_t left = t->ways[side].data.n - t->ways[side].at;
	return left > KERNEL ? left - KERNEL : 0;
}

static void
w_send(void *ctx, struct str bytes)
{
	struct handle *h = ctx;
	tube_put(h->tube, h->side, bytes);
}

static size_t
w_waiting(void *ctx)
{
	struct handle *h = ctx;
	return tube_waiting(h->tube, h->side);
}

static void
w_listen(void *ctx, bool reading)
{
	struct handle *h = ctx;
	h->tube->listening[h->side] = reading;
}

static void
way_drop(struct way *w)
{
	w->data.n = w->at = 0;
	w->n = w->head = 0;
}

static void
w_close(void *ctx, bool written)
{
	struct handle *h = ctx;
	struct tube *t = h->tube;
	t->closed[h->side] = true;
	t->ways[h->side].ended = true;
	if (!written)
		way_drop(&t->ways[h->side]);
}

struct wire
tube_wire(struct tube *t, int side)
{
	return (struct wire){&t->handles[side], w_waiting, w_send, w_listen, w_close};
}

static void
deliver(struct tube *t, int from)
{
	struct way *w = &t->ways[from];
	int to = 1 - from;
	size_t room = t->slow[to] ? t->slow[to] : SIZE_MAX;
	while (w->head < w->n && room && t->listening[to] && !t->closed[to] && !t->told[to]) {
		struct chunk *c = &w->chunks[w->head];
		if (c->due > t->ether->now)
			break;
		size_t n = 1 + ether_random(t->ether) % 5000;
		n = n < c->n ? n : c->n;
		n = n < room ? n : room;
		room -= n;
		/* A copy of its own, so that reading past it is seen. */
		char *piece = xmalloc(n ? n : 1);
		for (size_t i = 0; i < n; i++)
			piece[i] = w->data.p[w->at + i];
		w->at += n;
		c->n -= n;
		if (c->n == 0)
			w->head++;
		t->ends[to].bytes(t->ends[to].owner, (struct str){piece, n});
		free(piece);
	}
	if (w->head == w->n)
		way_drop(w);
}

static void
tell(struct tube *t, int side)
{
	if (t->told[side])
		return;
	t->told[side] = true;
	t->ways[side].ended = true;
	t->ends[side].down(t->ends[side].owner);
}

void
tube_step(struct tube *t)
{
	for (int from = 0; from < 2; from++) {
		int to = 1 - from;
		if (!t->silent && !t->stuck[to])
			deliver(t, from);
		if (t->closed[from])
			tell(t, from);
		bool empty = t->ways[from].n == t->ways[from].head;
		if (t->ways[from].ended && !t->silent && (empty || t->stuck[to]))
			tell(t, to);
	}
}

bool
tube_over(const struct tube *t)
{
	return t->told[0] && t->told[1];
}

void
tube_free(struct tube *t)
{
	for (int i = 0; i < 2; i++) {
		buf_finish(&t->ways[i].data);
		free(t->ways[i].chunks);
	}
	free(t);
}

void
tube_cut(struct tube *t)
{
	for (int i = 0; i < 2; i++) {
		way_drop(&t->ways[i]);
		t->ways[i].ended = true;
	}
	t->silent = false;
}

void
tube_silence(struct tube *t)
{
	t->silent = true;
}

void
tube_stick(struct tube *t, int side)
{
	t->stuck[side] = true;
}

void
tube_slow(struct tube *t, int side, size_t bytes_a_step)
{
	t->slow[side] = bytes_a_step;
}
