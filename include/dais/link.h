/*
 * Other processes on one session: where a session can be reached on this
 * machine (link.md 3), and what is said on such a line: one JSON object a
 * line, at most EVENT_LINE_MAX bytes. uv.h is not mentioned; struct uv_loop_s
 * is its loop.
 */
#pragma once

#include "dais/command.h"

struct uv_loop_s;

/* Feed bytes, get lines. Pure. Zeroed memory is an empty one; frame_finish gives its memory back. */
struct frame {
	struct buf held;
	bool broken; /* a line was too long, or not UTF-8 */
};
typedef void (*frame_line_cb)(void *ctx, struct str line);
/* Answers false once the line is broken; nothing more is read then. */
bool frame_feed(struct frame *f, struct str bytes, frame_line_cb line, void *ctx);
void frame_finish(struct frame *f);

/* What a client says. */
enum request_kind { REQUEST_COMMAND, REQUEST_STATUS, REQUEST_FOLLOW };
struct request {
	enum request_kind kind;
	struct str id;	/* answers carry it */
	struct str line; /* of a command: in the command language … */
	struct event_list words; /* … or in words, which win where there are any */
	struct str by;	/* what the client calls itself */
};
void request_write(struct buf *out, const struct request *r); /* with the newline */
bool request_read(struct request *out, struct str line, struct arena *a); /* strict; jansson reads it */
/* What the host answers. */
struct answer {
	struct str id;
	bool ok;
	int64_t seq;
	struct str refused; /* the code */
	struct str why;	    /* the sentence */
	int column;
};
void answer_write(struct buf *out, const struct answer *a);
bool answer_read(struct answer *out, struct str line, struct arena *a);

/*
 * Where sessions are. The folder is $XDG_RUNTIME_DIR/dais if that directory is
 * ours and 0700, otherwise /tmp/dais-UID (0700, owner checked, no symlink).
 * SESSION.lock, never unlinked, says who lives; who holds it may bind
 * SESSION.sock.
 */
struct place;
/*
 * Takes a name: NAME, or NAME-2, NAME-3 … where another session of that name
 * runs. Negative errno otherwise; *why is then a sentence for N_(). log: the
 * log's absolute path, written into the lock file for others to list.
 */
int place_take(struct place **out, struct str name, const char *log, const char **why);
const char *place_name(const struct place *p);
void place_give_up(struct place *p); /* unlinks the socket, keeps the lock file; NULL does nothing */
/* Calls back for each session of this user that runs now. */
typedef void (*place_seen_cb)(void *ctx, struct str name, struct str log);
int place_list(place_seen_cb seen, void *ctx);

/* The host's side. */
struct server;
struct peer;
struct server_calls {
	void *ctx;
	/* A request; answer it with server_answer, now or later. */
	void (*request)(void *ctx, struct peer *from, const struct request *r);
	void (*gone)(void *ctx, struct peer *from); /* no answer may follow */
};
int server_start(struct server **out, struct uv_loop_s *loop, struct place *at, const struct server_calls *calls);
/* One line (without newline) to a peer. A peer that does not read is closed once 256 KiB wait for it. */
void server_say(struct peer *to, struct str line);
/* Sets something of the caller's beside a peer. */
void server_tag(struct peer *p, void *tag);
void *server_tag_of(const struct peer *p);
/* Peers that are connected now. */
size_t server_peers(const struct server *s);
/* Says goodbye: what was said is written first, for at most a second. closed runs when everything is closed. */
void server_stop(struct server *s, void (*closed)(void *ctx), void *ctx);

/* The client's side, blocking: a process that asks and waits. */
struct client;
int client_open(struct client **out, struct str session);
int client_say(struct client *c, struct str line); /* with its newline */
/* The next line, without newline, borrowed until the next call. -EPIPE at the end; -ETIMEDOUT after timeout_ms (negative: wait for ever). */
int client_hear(struct client *c, int timeout_ms, struct str *line);
void client_close(struct client *c);
