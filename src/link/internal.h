/* What the files of this room share: names, the folder of sockets, and what a place holds. */
#pragma once

#include <sys/types.h>

#include "wired.h"

/* A name is never longer than this in bytes, its "-2" included. */
enum { LINK_NAME_MAX = 60, LINK_TAKEN_MAX = 99, LINK_DEPTH_MAX = 8 };

/*
 * Appends what of a name may stand in a path: never empty, never a '/', never
 * a dot or a dash first, room left for "-99".
 */
void name_safe(struct buf *out, struct str name);
/* True for what name_safe makes, with or without a number behind it. */
bool name_is_safe(struct str name);

/* A directory that is ours alone, kept open. */
struct folder {
	int fd;
	dev_t dev;
	ino_t ino;
	char path[108]; /* as long as an address can be */
};
/*
 * Opens the folder of sockets: RUNTIME/dais where runtime is an absolute path
 * of a directory that is ours and 0700, otherwise TEMPORARY/dais-UID. Made if
 * it is not there and make is set. *why is a sentence for N_() on failure.
 */
int folder_open(struct folder *out, const char *runtime, const char *temporary, bool make,
	const char **why);
/* The same, with what this process' environment says. */
int folder_find(struct folder *out, bool make, const char **why);
void folder_close(struct folder *f);
/* Appends NAME and an ending: a file's name in the folder. */
const char *folder_file(struct buf *out, const char *name, const char *ending);

struct place {
	struct folder folder;
	int lock;	 /* held as long as the session runs */
	dev_t dev;	 /* of the lock file */
	ino_t ino;
	char *wish;	 /* the name that was asked for, made safe */
	char *name;	 /* the one that was free */
	char *log;
	bool bound;
	dev_t bound_dev; /* of the socket that we bound */
	ino_t bound_ino;
};

/* Finds folder and lock again where they vanished; the name may change then. */
int place_stand(struct place *p, const char **why);
/* Binds NAME.sock, mode 0600, over what a dead host left. Answers a socket that may listen. */
int place_bind(struct place *p);
/* True as long as NAME.sock is the one that we bound, where others look for it. */
bool place_bound(const struct place *p);
/* Unlinks NAME.sock if it is ours. */
void place_unbind(struct place *p);

/* True if the address of NAME.sock is short enough to be one. */
bool socket_fits(const struct folder *f, struct str name);
/* A socket connected to NAME, without waiting; negative errno. */
int socket_connect(const struct folder *f, struct str name);
/* True if the process at the other end runs as our user. */
bool socket_ours(int fd);
/* True if the other end cannot read any more either. */
bool socket_dead(int fd);
