/*
 * Opening a log against what others need for the same bytes: SHA-256 alone is
 * the floor of verifying, a JSON library what opening would cost without a
 * reader of our own. Rounds are taken in turn, in processor time, up to where
 * the log is open.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <jansson.h>
#include <sodium/crypto_hash_sha256.h>
#ifdef WITH_YAJL
#include <yajl/yajl_parse.h>
#endif

#include "dais/journal.h"
#include "dais/session.h"

#include "machine.h"
#include "making.h"

enum { EVENTS = 20000, ROUNDS = 5, ROUNDS_MAX = 99 };

struct log {
	const char *path;
	char *bytes; /* owned */
	size_t n;
	int64_t events;
};

static void
need(bool good, const char *what)
{
	if (good)
		return;
	fprintf(stderr, "open-log: %s\n", what);
	exit(1);
}

static struct session *
sha256_alone(const struct log *log)
{
	unsigned char hash[crypto_hash_sha256_BYTES];
	crypto_hash_sha256(hash, (const unsigned char *)log->bytes, log->n);
	return NULL;
}

/* The next line of what is left, which it takes; without its newline. */
static bool
take_line(struct str *left, struct str *line)
{
	const char *end = left->n ? memchr(left->p, '\n', left->n) : NULL;
	if (!end)
		return false;
	*line = str_upto(*left, (size_t)(end - left->p));
	*left = str_from(*left, line->n + 1);
	return true;
}

static struct session *
jansson_parses(const struct log *log)
{
	struct str left = {log->bytes, log->n}, line;
	while (take_line(&left, &line)) {
		json_t *value = json_loadb(line.p, line.n, 0, NULL);
		need(value, "jansson refused a line");
		json_decref(value);
	}
	return NULL;
}

#ifdef WITH_YAJL
static struct session *
yajl_walks(const struct log *log)
{
	static const yajl_callbacks none;
	yajl_handle parser = yajl_alloc(&none, NULL, NULL);
	yajl_config(parser, yajl_allow_multiple_values, 1);
	yajl_status status = yajl_parse(parser, (const unsigned char *)log->bytes, log->n);
	need(status == yajl_status_ok, "yajl refused the log");
	yajl_free(parser);
	return NULL;
}
#endif

static struct session *
journal_checks(const struct log *log)
{
	struct journal_check check;
	need(journal_read(log->path, NULL, NULL, &check) == 0, "the log could not be read");
	need(check.state == JOURNAL_WHOLE && check.records == log->events, "the log is not whole");
	journal_check_finish(&check);
	return NULL;
}

struct opening {
	struct session *s; /* NULL: only decodes */
	struct arena arena;
};

static const char *
visit(void *ctx, const struct journal_record *r)
{
	struct opening *x = ctx;
	struct event e;
	const char *why = NULL;
	if (!event_decode(&e, r->body, &x->arena, &why))
		return why;
	e.seq = r->seq;
	e.safe = r->safe;
	if (x->s)
		session_apply(x->s, &e, &why);
	return why;
}

static void
decode(const struct log *log, struct session *s)
{
	struct opening x = {.s = s};
	struct journal_check check;
	need(journal_read(log->path, visit, &x, &check) == 0, "the log could not be read");
	need(check.state == JOURNAL_WHOLE, check.why);
	journal_check_finish(&check);
	arena_finish(&x.arena);
}

static struct session *
reads_and_decodes(const struct log *log)
{
	decode(log, NULL);
	return NULL;
}

static struct session *
opens_and_folds(const struct log *log)
{
	struct session *s = session_create();
	decode(log, s);
	need((int64_t)session_event_count(s) == log->events, "events are missing");
	return s;
}

static const struct way {
	const char *what, *who;
	struct session *(*run)(const struct log *log); /* what it opened, to be given back */
} ways[] = {
	{"verify a log", "SHA-256 alone (libsodium)", sha256_alone},
	{"verify a log", "dais", journal_checks},
	{"open and decode a log", "dais", reads_and_decodes},
	{"open and fold a log", "dais", opens_and_folds},
	{"open and fold a log", "jansson (parses only)", jansson_parses},
#ifdef WITH_YAJL
	{"open and fold a log", "yajl (walks only)", yajl_walks},
#endif
};
enum { WAYS = sizeof ways / sizeof ways[0] };

static void
load(struct log *log)
{
	FILE *file = fopen(log->path, "rb");
	need(file && fseek(file, 0, SEEK_END) == 0, strerror(errno));
	long size = ftell(file);
	need(size > 0 && fseek(file, 0, SEEK_SET) == 0, "the log is empty");
	log->n = (size_t)size;
	log->bytes = xmalloc(log->n);
	need(fread(log->bytes, 1, log->n, file) == log->n, "the log could not be read");
	fclose(file);
	struct str left = {log->bytes, log->n}, line;
	while (take_line(&left, &line))
		log->events++;
}

static void
measure(const struct log *log, int rounds, double medians[WAYS])
{
	static double all[WAYS][ROUNDS_MAX];
	for (int round = 0; round < rounds; round++)
		for (int i = 0; i < WAYS; i++) {
			double began = machine_cpu_s();
			struct session *s = ways[i].run(log);
			all[i][round] = machine_cpu_s() - began;
			session_destroy(s);
		}
	for (int i = 0; i < WAYS; i++)
		medians[i] = machine_median(all[i], rounds);
}

static void
tell(const struct log *log, const double medians[WAYS])
{
	machine_tell();
	for (int i = 0; i < WAYS; i++)
		machine_figure(ways[i].what, ways[i].who, "us/event",
			medians[i] / (double)log->events * 1e6);
}

/* open-log [FILE|EVENTS [ROUNDS]] */
int
main(int argc, char **argv)
{
	struct str first = str_of(argc > 1 ? argv[1] : NULL);
	int64_t events = EVENTS;
	int rounds = argc > 2 ? atoi(argv[2]) : ROUNDS;
	double medians[WAYS];
	char made[] = "open-log-XXXXXX";
	bool make = !first.n || str_int(first, &events);
	struct log log = {.path = make ? made : argv[1]};
	if (make) {
		int fd = mkstemp(made);
		FILE *file = fd < 0 ? NULL : fdopen(fd, "wb");
		need(file, strerror(errno));
		make_log(file, events, MAKE_SEED, 0.01);
		need(fclose(file) == 0, strerror(errno));
	}
	load(&log);
	rounds = rounds < 1 ? 1 : rounds > ROUNDS_MAX ? ROUNDS_MAX : rounds;
	measure(&log, rounds, medians);
	tell(&log, medians);
	free(log.bytes);
	if (make)
		unlink(made);
	return 0;
}
