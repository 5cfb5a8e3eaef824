/* The latest host that any console of this user followed here, by the log. */
#pragma once

#include "internal.h"

/* To follow no earlier host of that log (64 hex) again, kept on the disk; false: a later one was followed. */
bool promise_keep(struct str log, int64_t epoch);
/* 0: none. */
int64_t promise_of(struct str log);
