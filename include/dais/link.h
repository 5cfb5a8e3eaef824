/*
 * Other processes on one session: where a session can be reached on this
 * machine (link.md 3), and what is said on such a line: one JSON object a
 * line, what is asked at most EVENT_LINE_MAX bytes long and what is answered at
 * most LINK_ANSWER_MAX: a status holds the whole queue. uv.h is not mentioned;
 * struct uv_loop_s is its loop.
 */
#pragma once

#include "dais/command.h"

struct uv_loop_s;

enum { LINK_ANSWER_MAX = 8 << 20 };

/*
 * Feed bytes, get lines; empty ones are skipped. Pure, and the lines do not
 * depend on how the bytes were cut. Zeroed memory is an empty one;
 * frame_finish gives its memory back.
 */
struct frame {
	struct buf held;
	size_t most; /* bytes in a line; 0: EVENT_LINE_MAX */
	bool broken; /* a line was too long, had a NUL, or was not UTF-8; a callback sets it to hear no more */
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
/* With the newline. Bytes that are not UTF-8 are passed on as they are, and the host refuses them. */
void request_write(struct buf *out, const struct request *r);
bool request_read(struct request *out, struct str line, struct arena *a); /* strict; jansson reads it */
/* What the host answers. */
struct answer {
	struct str id;
	bool ok;
	int64_t seq;	    /* EVENT_NO if not said */
	struct str refused; /* the code */
	struct str why;	    /* the sentence */
	int column;
};
void answer_write(struct buf *out, const struct answer *a); /* without, as server_say wants it */
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
/* What a peer may cost. Zero is the usual figure; tests set smaller ones. */
struct server_limits {
	unsigned check_ms;   /* how often the socket is looked after: 10 s (logind deletes it) */
	unsigned partial_ms; /* how long a line may take to arrive: 10 s */
	unsigned leave_ms;   /* how long a goodbye may take: 1 s */
	unsigned rate;	     /* requests a second, above which reading pauses: 200 */
	unsigned burst;	     /* requests that may come at once: 400 */
	unsigned peers;	     /* at one time: 128 */
};
struct server_calls {
	void *ctx;
	/* A request, borrowed until this returns; answer it with server_say, now or later, with one line. */
	void (*request)(void *ctx, struct peer *from, const struct request *r);
	/* No answer may follow. Never runs inside another call of this door; also runs for peers that asked nothing. */
	void (*gone)(void *ctx, struct peer *from);
	struct server_limits limits;
};
/* place must outlive the server. SIGPIPE has to be ignored. */
int server_start(struct server **out, struct uv_loop_s *loop, struct place *at, const struct server_calls *calls);
/* One line (without newline) to a peer. A peer that does not read is closed once 256 KiB wait for it; its gone comes later. */
void server_say(struct peer *to, struct str line);
/* Sets something of the caller's beside a peer. */
void server_tag(struct peer *p, void *tag);
void *server_tag_of(const struct peer *p);
/* Peers that are connected now. */
size_t server_peers(const struct server *s);
/* Says goodbye: what was said is written first, for at most a second. closed runs when everything is closed. */
void server_stop(struct server *s, void (*closed)(void *ctx), void *ctx);

/*
 * The client's side, blocking: a process that asks and waits.
 * -ENOENT and -ECONNREFUSED: no such session runs; -EPERM: it is not ours.
 */
struct client;
int client_open(struct client **out, struct str session);
/* With its newline. -EPIPE if the host has closed; what it said before can still be heard. */
int client_say(struct client *c, struct str line);
/*
 * The next line, without newline, borrowed until the next call. -EPIPE at the
 * end; -ETIMEDOUT after timeout_ms (negative: wait for ever); -EBADMSG where
 * the host does not speak our language.
 */
int client_hear(struct client *c, int timeout_ms, struct str *line);
void client_close(struct client *c);
