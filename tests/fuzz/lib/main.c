/*
 * Runs a target without libFuzzer: first over each file of a folder (or over
 * files), then over what chance makes of them. The seed is printed; DAIS_SEED
 * brings a run back, DAIS_RUNS makes it long. Whatever breaks it is written to
 * a file, to be looked at and kept.
 *
 *     fuzz-NAME [-TRIES] FOLDER|FILE…
 */
#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/random.h>
#include <unistd.h>

#include "fuzz.h"

enum { INPUT_MAX = 1 << 16 };

static struct {
	struct str *items;
	char **names;
	size_t n, cap, names_cap;
} corpus;
static struct buf now; /* the input that runs */
static uint64_t state;
static char kept[256];

static uint64_t
dice(uint64_t n)
{
	state ^= state << 13;
	state ^= state >> 7;
	state ^= state << 17;
	return n ? state % n : 0;
}

/* In a signal's hands: only what may be done there. */
static void
on_end(int signal_number)
{
	static const char said[] = "not ok - the input that did it was written to ";
	int fd = open(kept, O_WRONLY | O_CREAT | O_TRUNC, 0600);
	ssize_t ignored = fd >= 0 ? write(fd, now.p, now.n) : 0;
	ignored = write(STDOUT_FILENO, said, sizeof said - 1);
	ignored = write(STDOUT_FILENO, kept, strlen(kept));
	ignored = write(STDOUT_FILENO, "\n", 1);
	(void)ignored;
	signal(signal_number, SIG_DFL);
	raise(signal_number);
}

static void
add_file(const char *path)
{
	struct buf b = {0};
	FILE *f = fopen(path, "rb");
	if (!f) {
		printf("Bail out! %s cannot be read\n", path);
		exit(1);
	}
	for (size_t n = 1; n;) {
		buf_reserve(&b, INPUT_MAX);
		n = fread(b.p + b.n, 1, INPUT_MAX, f);
		b.n += n;
	}
	fclose(f);
	struct str item = {b.p, b.n};
	size_t n = corpus.n;
	VEC_PUSH(corpus.items, corpus.n, corpus.cap, item);
	VEC_PUSH(corpus.names, n, corpus.names_cap, xstrdup(path));
}

static int
not_hidden(const struct dirent *e)
{
	return e->d_name[0] != '.';
}

/* In the order of names, so that a seed says the same everywhere. */
static void
add(const char *path)
{
	struct dirent **list;
	int n = scandir(path, &list, not_hidden, alphasort);
	if (n < 0) {
		add_file(path);
		return;
	}
	for (int i = 0; i < n; i++) {
		struct buf b = {0};
		buf_printf(&b, "%s/%s", path, list[i]->d_name);
		add_file(b.p);
		buf_finish(&b);
		free(list[i]);
	}
	free(list);
}

static void
run(void)
{
	struct str alone = fuzz_alone(buf_view(&now));
	LLVMFuzzerTestOneInput((const uint8_t *)alone.p, alone.n);
	free((void *)alone.p);
}

static void
put_in(size_t at, size_t gone, struct str text)
{
	struct buf out = {0};
	struct str was = buf_view(&now);
	buf_str(&out, str_upto(was, at));
	buf_str(&out, text);
	buf_str(&out, str_from(was, at + gone));
	out.n = out.n > INPUT_MAX ? INPUT_MAX : out.n;
	buf_finish(&now);
	now = out;
}

static struct str
some_piece(struct str of)
{
	size_t at = dice(of.n + 1);
	return str_upto(str_from(of, at), dice(dice(4) ? 24 : 400));
}

/* A line of it, with its newline. */
static struct str
some_line(struct str of)
{
	size_t at = dice(of.n + 1);
	while (at && of.p[at - 1] != '\n')
		at--;
	of = str_from(of, at);
	const char *end = of.n ? memchr(of.p, '\n', of.n) : NULL;
	return str_upto(of, end ? (size_t)(end - of.p) + 1 : of.n);
}

static void
change(void)
{
	static const char *const odd[] = {"", "\n", "\x1b", "\xff", "0", "-1", "9007199254740992",
		"18446744073709551616", "\"", "\\", "{", "}", "[", "]", ",", "\\u202e", "\xe2\x80\xae",
		"\xf0\x9f\x91\xa9\xe2\x80\x8d\xf0\x9f\x91\xa7", "e\xcc\x81\xcc\x81", "\xe5\xbc\xa0",
		"\xed\xa0\x80", "\r\n", "\t", " ", "%n%s", "'", ":", "<", "=", "#", "\x7f", "\xc2\x9b"};
	size_t at = dice(now.n + 1);
	struct str other = corpus.items[dice(corpus.n)];
	char byte = (char)dice(256);
	switch (dice(9)) {
	case 0:
		if (at < now.n)
			now.p[at] = (char)(now.p[at] ^ (1 << dice(8)));
		break;
	case 1:
		if (at < now.n)
			now.p[at] = byte;
		break;
	case 2:
		put_in(at, dice(dice(4) ? 8 : 200), STR_NONE);
		break;
	case 3:
		put_in(at, dice(2) ? dice(6) : 0, str_of(odd[dice(sizeof odd / sizeof *odd)]));
		break;
	case 4:
		put_in(at, dice(2) ? dice(24) : 0, some_piece(other));
		break;
	case 5:
	case 6:
		at -= at && at < now.n ? 0 : at;
		while (at && now.p[at - 1] != '\n')
			at--;
		put_in(at, 0, some_line(other));
		break;
	case 7:
		for (size_t i = 0; i < 3 && at + i < now.n; i++)
			if (now.p[at + i] >= '0' && now.p[at + i] <= '9')
				now.p[at + i] = (char)('0' + dice(10));
		break;
	default: {
		struct str piece = some_piece(buf_view(&now));
		char *copy = str_dup(piece);
		put_in(at, 0, (struct str){copy, piece.n});
		free(copy);
	}
	}
}

static void
try_changes(long tries)
{
	for (long i = 0; i < tries; i++) {
		buf_reset(&now);
		buf_str(&now, corpus.items[dice(corpus.n)]);
		now.n = now.n > INPUT_MAX ? INPUT_MAX : now.n;
		for (uint64_t left = 1 + dice(1 + dice(8)); left; left--)
			change();
		run();
	}
}

int
main(int argc, char **argv)
{
	const char *seed_said = getenv("DAIS_SEED"), *runs_said = getenv("DAIS_RUNS");
	const char *name = strrchr(argv[0], '/') ? strrchr(argv[0], '/') + 1 : argv[0];
	long tries = 0;
	uint64_t seed = 0;
	static const int ends[] = {SIGABRT, SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGALRM};
	LLVMFuzzerInitialize(&argc, &argv);
	setvbuf(stdout, NULL, _IOLBF, 0);
	snprintf(kept, sizeof kept, "%s.bad", name);
	for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
		signal(ends[i], on_end);
	for (int i = 1; i < argc; i++)
		if (argv[i][0] == '-')
			tries = strtol(argv[i] + 1, NULL, 10);
		else
			add(argv[i]);
	if (seed_said)
		seed = strtoull(seed_said, NULL, 10);
	else if (getrandom(&seed, sizeof seed, 0) != sizeof seed)
		return 1;
	tries = runs_said ? strtol(runs_said, NULL, 10) : tries;
	state = seed ? seed : 1;
	printf("1..%d\n# %s: seed %llu\n", tries ? 2 : 1, name, (unsigned long long)seed);
	for (size_t i = 0; i < corpus.n; i++) {
		buf_reset(&now);
		buf_str(&now, corpus.items[i]);
		alarm(60);
		run();
	}
	printf("ok 1 - %zu kept inputs\n", corpus.n);
	alarm(600);
	if (tries && corpus.n) {
		try_changes(tries);
		printf("ok 2 - %ld changed ones, DAIS_SEED=%llu\n", tries, (unsigned long long)seed);
	}
	for (size_t i = 0; i < corpus.n; i++) {
		free((void *)corpus.items[i].p);
		free(corpus.names[i]);
	}
	free(corpus.items);
	free(corpus.names);
	buf_finish(&now);
	return 0;
}
