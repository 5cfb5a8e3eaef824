/*
 * Bytes that are not UTF-8: what Excel and old editors in China save.
 */
#pragma once

#include "dais/str.h"

/* Appends s, read strictly as GB18030, as UTF-8. False, and nothing appended, if it is not GB18030 throughout. */
bool decode_gb18030(struct buf *out, struct str s);
