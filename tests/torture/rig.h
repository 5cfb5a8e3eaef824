/* One fault among the system calls of a child process, at the one with a number. What the child did
 * is seen by its parent, however it ended. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

enum rig_fault {
	RIG_ERROR,
	RIG_WHILE, /* the error a dozen times, then none */
	RIG_HALF,  /* of what is written or read; of other calls nothing happens */
	RIG_HALF_ERROR,
	RIG_KILL_BEFORE,
	RIG_KILL_IN, /* between the halves of a write */
	RIG_KILL_AFTER,
};
struct rig {
	bool on, ever; /* ever: all later calls of that name too */
	int at;	       /* the number of the call, from 0 */
	enum rig_fault fault;
	int error;
	int calls;	  /* so many were made */
	const char *name; /* of the one that the fault was for */
	int times;
	int64_t acked;
};
extern struct rig *rig; /* shared */
void rig_start(void);
