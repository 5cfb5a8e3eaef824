/* A disk that remembers: every system call that changes a folder is noted as it happens, and any
 * state that a power cut may leave at any moment between them can be made anew. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What is wrong with the disk, or was taken out of the program. */
struct disk_rig {
	bool off;	     /* calls pass and are not noted */
	bool dead;	     /* the process died: no call does anything any more */
	int sync_fails_in;   /* the n-th sync from now on fails, 1 the next one; 0 none */
	int write_fails_in;  /* the n-th write from now on writes half of it, the next one is told that the disk is full */
	bool no_sync;	     /* mutants: what a program without this call would do */
	bool no_folder_sync, no_truncate, no_rewrite, sync_again, ack_early;
};
extern struct disk_rig disk_rig;

void disk_start(const char *folder); /* an empty one */
void disk_stop(void);
/* Somebody was told that everything up to this record is saved. */
void disk_ack(int64_t seq);
/* What was done up to here is older than the test: the power never goes in it. */
void disk_old(void);
/* Moments that the power may go, disk_first() to disk_moments(). */
int disk_first(void);
int disk_moments(void);
const char *disk_what(int moment); /* the call before it */

/* How many choices a cut at that moment has: each is a bit. */
int disk_choices(int moment);
/* Makes such a state in another folder, which is emptied before. The last acknowledged record, -1 for none; *print: a number for the state. */
int64_t disk_make(int moment, const bool *choice, const char *folder, uint64_t *print);
void disk_empty(const char *folder);
/* A number for everything in a folder. */
uint64_t disk_print(const char *folder);
