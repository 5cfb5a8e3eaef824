/*
 * A session under watch: commands go in, and after each of them everything
 * that must hold of any session is looked at. Stories and the random walk
 * share it.
 */
#pragma once

#include "dais/canon.h"
#include "dais/command.h"

struct past;

struct bench {
	struct session *s;
	struct session *mirror; /* sees only what was encoded and decoded */
	struct past *past; /* what s said after each event */
	struct arena arena;
	struct buf dump;  /* of s after the last look */
	struct buf fault; /* what did not hold; empty if everything did */
	int64_t t;
	int64_t wall; /* at t 0, ms since 1970 */
	bool charged; /* the rule of interruptions was "charge" at some time */
	bool refold;  /* fold everything anew after each command */
};

/* Opens a session of the forum (canonical JSON), hosted from `wall` on. */
void bench_open(struct bench *b, struct str forum, bool rehearsal, int64_t wall);
void bench_close(struct bench *b);
/* Decides at b->t; answers the events, applied already, or why not. */
enum refusal bench_do(
	struct bench *b, const struct command *c, struct events *out, struct refused *no);
/* Applies events that no command asked for. */
void bench_apply(struct bench *b, const struct events *list);
/* An event of the outside, as kind and data; false and why where it does not fit. */
bool bench_outside(
	struct bench *b, struct str kind, struct str data, struct events *out, const char **why);
/* A later session.host: at b->t it is `wall`. */
void bench_host(struct bench *b, int64_t wall);
void bench_fault(struct bench *b, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Remembers what s says, and looks at what it said before. */
void past_open(struct bench *b);
void past_grown(struct bench *b);
/* Looks at every position of the past. */
void past_check(struct bench *b);
void past_close(struct bench *b);

/* Looks at all that must hold of any session. */
void check_state(struct bench *b);

/* The agenda of a story in short lines, as canonical JSON; false and what is wrong. */
struct agenda_block {
	struct buf timing, queue, people, segments, fields;
	bool rehearsal;
	int64_t wall;
	bool wall_said;
};
bool agenda_block_line(struct agenda_block *a, struct str line);
void agenda_block_write(struct agenda_block *a, struct buf *out);
void agenda_block_finish(struct agenda_block *a);
/* "2023-07-15 14:00[:00]" at +08:00 as ms since 1970. */
bool agenda_block_wall(struct str s, int64_t *out);

/* Takes the next word of a line. */
struct str word_take(struct str *line);
/* "1:30" or "1:02:03", with ".250" for parts of a second. */
bool time_read(struct str s, int64_t *ms);
void time_put(struct buf *out, int64_t ms);

void say_event(struct buf *out, const struct event *e);
void say_refusal(struct buf *out, const struct refused *no);
/* Answers a question; false where there is no such one. `question` is cut to the question itself.
 */
bool ask(const struct bench *b, struct str *question, struct buf *out);
