/* What the targets share: how they say that something does not hold, and how they part their input. */
#pragma once

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "dais/str.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerInitialize(int *argc, char ***argv);

/* Ends the program where something does not hold; of: what it was about, shown without controls. */
#define MUST(what) MUST_OF(what, STR_NONE)
#define MUST_OF(what, of) ((what) ? (void)0 : fuzz_broken(__FILE__, __LINE__, #what, of))
_Noreturn void fuzz_broken(const char *file, int line, const char *what, struct str of);

/* Takes the next line off the front, without its newline; false at the end. */
bool fuzz_line(struct str *rest, struct str *line);
/* Takes what stands before the next mark, which goes too; all of it where there is none. */
struct str fuzz_upto(struct str *rest, struct str mark);
unsigned fuzz_byte(struct str *rest); /* 0 at the end */
/* A number off the front, and one character behind it; 0 where there is none. */
int64_t fuzz_number(struct str *rest);

/* Valid UTF-8 in which nothing is hidden but the characters of `allowed` ("\n\t"). */
bool fuzz_harmless(struct str s, const char *allowed);
struct diag_list;
/* What is wrong with a file stands in it, and is told in harmless text; finishes the list. */
void fuzz_told(struct diag_list *l);
/* As it stands in memory of its own size, so that whoever reads on behind it is seen. */
struct str fuzz_alone(struct str s); /* owned: free((void *)s.p) */
