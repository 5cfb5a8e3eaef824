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
struct hub;

enum { LINK_ANSWER_MAX = 8 << 20 };

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
/* What the host answers. */
struct answer {
	struct str id;
	bool ok;
	int64_t seq;	    /* EVENT_NO if not said */
	struct str refused; /* the code */
	struct str why;	    /* the sentence; where it is ok, what it comes to ("text") */
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
	unsigned peers;	     /* at one time: 1200 */
};
struct server_calls {
	void *ctx;
	/* A request, borrowed until this returns; answer it with server_say, now or later, with one line. */
	void (*request)(void *ctx, struct peer *from, const struct request *r);
	/* No answer may follow. Never runs inside another call of this door; also runs for peers that asked nothing. */
	void (*gone)(void *ctx, struct peer *from);
	struct server_limits limits;
	/* Peers that say hello or relay first become this hub's guests, with any seat; its turns take the loop's time. May be NULL. */
	struct hub *hub;
};
/* place must outlive the server. SIGPIPE has to be ignored. */
int server_start(struct server **out, struct uv_loop_s *loop, struct place *at, const struct server_calls *calls);
/* One line (without newline) to a peer. A peer that does not read is closed once 256 KiB wait for it; its gone comes later. */
void server_say(struct peer *to, struct str line);
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

/*
 * Consoles (link.md): one protocol over any bytes that arrive whole and in
 * order, canonical JSON lines (canon.h) of at most EVENT_LINE_MAX bytes. The
 * first key says what a line is; fields that are not known mean nothing (src/link/message.h has them).
 */
enum { LINK_VERSION = 1, LINK_KEY_SIZE = 32, LINK_PORT = 7420, LINK_ID_MAX = 64, LINK_POSTS = 4, LINK_POST_MAX = 8192 };
/* The id of the request that a record came of ("req"), borrowed from its fields; STR_NONE without a valid one. */
struct str request_id(struct str fields);

/*
 * The host's side of all consoles. Pure: time is an argument, in ms of any
 * clock that only goes forward. A guest is a cursor into the log with a window,
 * never a queue.
 */
struct guest;
struct hub_limits { /* zero: the usual */
	int64_t hello_ms, partial_ms, stall_ms, ping_ms, dead_ms; /* 3 s, 10 s, 20 s, 2 s, 6 s */
	int64_t moment_ms;     /* how late an act may come that is bound to its moment: 5 s */
	size_t window, before; /* bytes in flight to a guest: 128 KiB; from it before its hello: 8 KiB */
	int64_t rate, burst;   /* lines a second, above which reading pauses: 20; at once: 40 */
	size_t seats, observers; /* guests on one seat: 8; on the observers': 1024 */
};
struct hub_facts {
	int64_t synced[2], queued[2]; /* the last seq of each lane on the disk, and whether it is there or not; -1: none */
	int64_t epoch, t, pace; /* of the last session.host; session time, and how fast it runs */
};
struct hub_ask {
	const struct guest *from;
	enum seat seat;	  /* the guest's: it alone says what may be done */
	struct str by, id; /* id: to be the first event's "req" */
	struct str line;
	int64_t late_ms; /* to be its "late" if above 0 */
};
struct hub_outcome {
	enum event_lane lane;
	int64_t seq; /* the last of the lane */
	struct str code, why; /* or a refusal: both are said */
	int column;
};
struct hub_seen { /* a guest as others see it */
	struct guest *guest;
	struct str name, from, who; /* who: the identity of its key */
	enum seat seat;
	int64_t since, rtt_ms; /* rtt: EVENT_NO before the first pong */
	bool quiet, typing;    /* nothing came for a while */
};
enum hub_news_kind { HUB_JOINED, HUB_LEFT, HUB_REFUSED, HUB_CLOSED, HUB_OLD_EPOCH, HUB_DENIED };
struct hub_news {
	enum hub_news_kind kind;
	struct hub_seen who;
	struct str why; /* a sentence */
	int64_t epoch;	/* HUB_OLD_EPOCH: somebody has followed a later host */
};
struct hub_calls {
	void *ctx;
	void (*facts)(void *ctx, struct hub_facts *out);
	/* The record, without newline, borrowed until the next call. Asked for synced ones only. */
	struct str (*line)(void *ctx, enum event_lane lane, int64_t seq);
	/*
	 * Decides and applies; out's strings live until the next call. Who sees
	 * both lanes gets their records in the order of t, so no two commands may
	 * have the same one.
	 */
	void (*command)(void *ctx, const struct hub_ask *ask, struct hub_outcome *out);
	void (*news)(void *ctx, const struct hub_news *n); /* may be NULL */
	struct hub_limits limits;
};
struct hub *hub_create(const struct hub_calls *calls);
void hub_destroy(struct hub *h); /* its guests have to be gone */
void hub_drop(struct guest *g, struct str code, struct str why); /* a last word, then the end */
/* Once before the loop sleeps: sends each guest what it lacks, in one write. Then: when it wants another turn, or EVENT_NO. */
void hub_turn(struct hub *h, int64_t now);
int64_t hub_deadline(const struct hub *h, int64_t now);
/* A latest value for seats (bits): sent where it changed, and to who comes later. */
void hub_post(struct hub *h, size_t slot, unsigned seats, struct str text);
void hub_self(struct hub *h, struct str name, bool typing); /* the host's own chair, among those who are here */
/* What is on the disk of a second machine, of a console on a chair's seat. */
struct hub_copies {
	size_t live;	   /* such consoles on a line; 0: there is ONE COPY of what comes */
	int64_t stable[2]; /* the last seq of each lane that one of them had, then or now; -1: none */
};
struct hub_copies hub_copies(const struct hub *h);
size_t hub_guests(const struct hub *h);
bool hub_guest(const struct hub *h, size_t i, int64_t now, struct hub_seen *out); /* false: it has not said hello */
void hub_stop(struct hub *h, struct str why); /* says goodbye to all */

/* The hash that a record carries; false where it is none. It verifies nothing. */
bool record_hash(struct str line, unsigned char hash[32]);
bool hash_read(struct str text, unsigned char hash[32]); /* 64 hex */

/* The console's side: a joined console over one wire after the other. Pure as the hub is. */
struct spoke;
enum spoke_state {
	SPOKE_CONNECTING, /* never was live */
	SPOKE_CATCHING_UP,
	SPOKE_LIVE,
	SPOKE_CUT,	/* will dial again */
	SPOKE_REFUSED,	/* a person has to do something; why says what */
	SPOKE_DIVERGED, /* its copy and the host's log are not one log; code: "another" where they are two sessions' */
	SPOKE_LEFT
};
struct spoke_start {
	struct str session, name, id; /* id: 16 random characters that this console keeps */
	enum seat seat;
	int64_t seq[2];		   /* what it holds of each lane; -1: nothing. A chair's seat holds both lanes or none */
	unsigned char hash[2][32];
	unsigned char log[32]; /* the hash of the session's first record, where it holds one or epoch is above 0 */
	int64_t epoch;	    /* the highest that it has seen */
	struct str outbox;  /* as it was last given to spoke_calls.outbox */
	uint64_t seed;
};
struct spoke_calls {
	void *ctx;
	int64_t (*wall)(void *ctx); /* ms since 1970 */
	void (*dial)(void *ctx);    /* answered with spoke_up or spoke_down, later */
	/* journal_seal: a line is taken if this makes the same bytes of it. */
	void (*seal)(struct buf *out, int64_t seq, int64_t safe, struct str body, unsigned char hash[32]);
	/* A record, verified, commands whole: to be applied and appended. False: it does not fit, and nothing more is taken. */
	bool (*line)(void *ctx, enum event_lane lane, int64_t seq, struct str body, struct str line);
	void (*answer)(void *ctx, const struct answer *a); /* may be NULL */
	void (*outbox)(void *ctx, struct str text); /* what must survive a crash, to be saved before this returns; may be NULL */
	bool (*promise)(void *ctx, struct str log, int64_t epoch); /* to follow no earlier host of that log again, saved before this returns; false: a later one was followed; may be NULL */
	bool (*key)(void *ctx, struct str key);	    /* true once the fresh key is saved; may be NULL */
	void (*changed)(void *ctx); /* the view did; may be NULL */
};
struct spoke *spoke_create(const struct spoke_start *start, const struct spoke_calls *calls, int64_t now);
void spoke_destroy(struct spoke *s);
void spoke_turn(struct spoke *s, int64_t now);
int64_t spoke_deadline(const struct spoke *s, int64_t now);
/*
 * Asks for a command. A note is kept until it is on the disks of two machines
 * (where there is but one: until it is in the log), and waits while the line is
 * cut; whatever is bound to its moment is refused at once then.
 * id is this ask's, borrowed until the next call.
 */
enum refusal spoke_ask(struct spoke *s, struct str line, int64_t now, struct str *id, struct arena *a, struct refused *no);
/*
 * Asks now for what was done or typed elsewhere before, `typed` ms since 1970:
 * marked as late, and with the id by which it was asked then or is to be known,
 * so that it is done once whoever asks it again. typed EVENT_NO: it is of now.
 */
enum refusal spoke_ask_late(struct spoke *s, struct str id, struct str line, int64_t typed, int64_t now, struct arena *a, struct refused *no);
/* What waits in an outbox that a console left behind. */
typedef void (*outbox_ask_cb)(void *ctx, struct str id, struct str line, int64_t typed);
void outbox_each(struct str outbox, outbox_ask_cb seen, void *ctx);
void spoke_held(struct spoke *s, const int64_t synced[2], int64_t now); /* what its copies have on the disk */
void spoke_typing(struct spoke *s, bool typing, int64_t now);
void spoke_redial(struct spoke *s, int64_t now); /* at once, after a cut or a refusal */
void spoke_leave(struct spoke *s);
struct spoke_who {
	struct str name;
	enum seat seat;
	int64_t since_ms, rtt_ms; /* ago */
	bool quiet, typing;
};
struct spoke_view {
	enum spoke_state state;
	int64_t since;	      /* of this state; of a cut: when the host was last heard */
	struct str code, why; /* of the last refusal or cut */
	struct str name;      /* that the host knows it by */
	enum seat seat;
	int64_t epoch, rtt_ms, t, pace; /* t: session time now; EVENT_NO before a ping */
	int64_t seq[2], head[2];	/* held; the host's as far as it is known */
	size_t unsent, unanswered;	/* notes that wait for a line; asks whose end is not known */
	size_t unheld;			/* notes that are in the log, and not yet on a second machine */
	size_t copies;			/* consoles whose copies are such; 0: there is ONE COPY of what comes */
	int64_t stable[2];		/* the last seq of each lane that is there; -1: none */
	const struct spoke_who *who;
	size_t who_n;
	int64_t observers;
	struct str posts[LINK_POSTS];
};
void spoke_look(const struct spoke *s, int64_t now, struct spoke_view *out);

/*
 * Invites: dais://HOST:PORT/SESSION#SEAT.KEY.CHECK, 43 base64url characters of
 * a 256-bit key and 4 that tell a cut end from a wrong character. A console
 * keeps its own key in the same form, in a file of mode 0600.
 */
struct invite {
	struct str host, session; /* live in the arena */
	int port;
	enum seat seat;
	unsigned char key[LINK_KEY_SIZE];
};
void invite_write(struct buf *out, const struct invite *i);
void key_random(unsigned char *out, size_t n);
bool key_read(struct str text, unsigned char key[LINK_KEY_SIZE]);	/* its only form */
void key_forget(void *p, size_t n);
/* A small secret file: 0600, replaced whole and synced. Reading refuses links, other owners, and what others may read. */
int keep_write(const char *path, struct str text);
int keep_read(const char *path, struct buf *out);

/*
 * The host's seats and their keys; pure. One key is one console's: an invite
 * works until the console has confirmed the fresh key that it was given.
 * seats_write's text goes to a file of keep_write, in the state folder, for a
 * log's own folder gets copied and sent to people.
 */
struct seats;
struct seats *seats_create(struct str session);
void seats_destroy(struct seats *s);
void seats_write(const struct seats *s, struct buf *out);
bool seats_read(struct seats *s, struct str text);
/* A new seat with this key; its number, for show and revoke. */
int64_t seats_invite(struct seats *s, enum seat seat, const unsigned char key[LINK_KEY_SIZE]);
bool seats_revoke(struct seats *s, int64_t number);
enum seat_state { SEAT_INVITED, SEAT_CHANGING, SEAT_BOUND, SEAT_REVOKED };
struct seat_view {
	int64_t number, wrong; /* wrong: failed handshakes that named it */
	enum seat seat;
	enum seat_state state;
	struct str name, who; /* of the console that used it; its key's identity */
	const unsigned char *invite; /* the key to show, or NULL once it was used */
};
bool seats_at(const struct seats *s, size_t i, struct seat_view *out);
/* Listens for consoles of other machines: TLS 1.3 with the seats' keys, nothing else. */
struct gate;
enum gate_news_kind { GATE_WRONG_KEY, GATE_NOT_TLS, GATE_SILENT, GATE_USED_AGAIN, GATE_THROTTLED, GATE_FULL };
struct gate_news {
	enum gate_news_kind kind;
	struct str from, identity, why;
	unsigned more; /* that many since the one that was told, within a minute; from: empty for several addresses */
};
struct gate_calls {
	void *ctx;
	struct hub *hub;
	struct seats *seats;
	bool (*save)(void *ctx); /* the seats, before a fresh key goes out */
	void (*news)(void *ctx, const struct gate_news *n);
	unsigned shake_ms; /* 0: 3 s */
	unsigned noise_ms; /* how long what repeats itself is only counted; 0: a minute */
};
int gate_open(struct gate **out, struct uv_loop_s *loop, struct str address, int port, const struct gate_calls *calls); /* port 0: any */
int gate_port(const struct gate *g);
void gate_close(struct gate *g, void (*closed)(void *ctx), void *ctx); /* who is connected stays the hub's, which has to be stopped */

/* Where a console finds its session: a name on this machine, ssh://USER@HOST/SESSION, or an invite. */
enum address_kind { ADDRESS_HERE, ADDRESS_SSH, ADDRESS_INVITE };
struct address {
	enum address_kind kind;
	struct str session, host, user; /* live in the arena */
	int port;			/* of ssh; 0: not said */
	struct invite invite;
};
/* False and a sentence for N_(). */
bool address_read(struct address *out, struct str text, struct arena *a, const char **why);
/* Dials it for a spoke, from its dial call; the address must outlive it. dial_key: the next time with the key that was kept. */
struct dial;
struct dial *dial_create(struct uv_loop_s *loop, const struct address *to);
void dial_go(struct dial *d, struct spoke *for_whom);
void dial_key(struct dial *d, const unsigned char key[LINK_KEY_SIZE]);
void dial_close(struct dial *d, void (*closed)(void *ctx), void *ctx);

/* dais stdio: carries bytes between the session's socket and two descriptors until one side ends; seat: at most this one (0: any). */
int stdio_relay(struct str session, unsigned seat, int in, int out);
