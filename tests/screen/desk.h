/*
 * A chair at a desk: a console on a session of its own, with a clock that is
 * set by hand. What must hold of every screen is looked at after each step.
 */
#pragma once

#include "bench.h"
#include "dais/replay.h"
#include "dais/ui.h"

enum { DESK_COMMANDS = 32, DESK_WHO = 16 };

struct desk {
	struct bench bench;
	struct ui *ui;
	struct ui_status status;
	int64_t trouble_seq; /* the first record that was not saved */
	int64_t clock_ms;    /* of the room */
	int quick_ms;	     /* so soon the next bytes come; 0: when a hand is ready */
	bool saved; /* as status says; otherwise everything is */
	const struct grid *grid; /* of the last look */
	int columns, rows;
	int bells;	 /* since they were last asked for */
	int64_t rung_t;	 /* alarms up to here were rung */
	size_t commands; /* that the console sent */
	struct str last; /* the last of them; in the bench's arena */
	bool left;
	size_t theme; /* that is shown, of those that come with the program and a broken one */
	struct ui_keys *keys; /* that were bound; NULL: none */
	struct replay *replay; /* the console shows it; or NULL */
	struct ui_command replay_commands[DESK_COMMANDS];
	bool runs; /* what is replayed still grows */
	struct str damage;
	struct str disk; /* why no export can be written, or "" */
	enum seat seat;	 /* of the console */
	struct str name; /* by which its acts go */
	bool is_joined, on_stage, typing; /* typing: as the console tells it */
	struct ui_joined joined;
	struct ui_stage stage;
	struct ui_who who[DESK_WHO];
	size_t who_n;
	struct arena told; /* of what is told of other consoles */
};

/* agenda: a file's text in the lines of agenda_block; false where a line is wrong. */
bool desk_open(struct desk *d, struct str agenda, int columns, int rows);
void desk_close(struct desk *d);
void desk_resize(struct desk *d, int columns, int rows);
/* What somebody else asks for, at the desk's time; false if it was refused. */
bool desk_command(struct desk *d, enum seat seat, struct str by, struct str line, bool look);
/* Time goes on up to t; alarms on the way are rung. */
void desk_time(struct desk *d, int64_t t);
/* Bytes from the keyboard, and a look. */
void desk_feed(struct desk *d, struct str bytes);
/* A word of a script: Enter, Esc, Up, C-u, … or text; false if it is none. */
bool desk_key(struct desk *d, struct str word);
/* Binds a key from now on; false if it cannot be bound. */
bool desk_bind(struct desk *d, struct str key, struct str line);
void desk_look(struct desk *d);
void desk_status(struct desk *d);
/* From now on the console replays what happened so far. */
void desk_replay(struct desk *d);
/* From now on the console is one that joined. */
void desk_join(struct desk *d);
/* Tells it where the replay stands. */
void desk_replay_tell(struct desk *d);
/* The room's clock goes on, and a replay that plays with it. */
void desk_wait(struct desk *d, int64_t ms);
/*
 * A step of a script that other consoles make; false if it is none:
 *     joined SEAT NAME             from here on the console is one that joined, on this seat
 *     line TEXT | line cut TEXT    what is wrong with the line: it comes; it was lost. line: all is well
 *     unsent 2 | rtt 34            notes that wait, the round trip
 *     here NAME SEAT [typing] [quiet]   somebody is here; nobody any more without a name
 *     stage [blank|freeze]         from here on the hall's view
 *     page TITLE|LINE|LINE         what a command answered with; > at the start of a line to be copied
 */
bool desk_others(struct desk *d, struct str word, struct str rest);
/* Tells how names are read, as a program does soon after its start. */
void desk_readings(struct desk *d);
