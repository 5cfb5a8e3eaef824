/*
 * Every state that a power cut may leave of a log, or a seeded choice of them
 * where there are too many: each is opened, and whatever was acknowledged has to
 * be there, nothing that was never written may be believed, and a second opening
 * finds nothing more to do. The same is then done to programs that lack one
 * call each; a test that lets one of those pass would prove nothing.
 *
 *     states [STATES [MUTANT-STATES]]     for each, how many; DAIS_SEED repeats a run
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../unit/journal/lab.h"
#include "disk.h"

enum { EXHAUST = 6, CHOICES = 4096, TOLD = 3 };

/* --- lives of a log, as the disk sees them --- */

static int
commit(struct journal *j)
{
	struct journal_batch *b = journal_begin(j);
	if (disk_rig.ack_early)
		disk_ack(b->last);
	int r = journal_settle(j, b, journal_commit(b));
	if (r == 0)
		disk_ack(journal_synced(j));
	return r;
}

static void
go_on(struct journal *j, int rounds)
{
	for (int i = 0; i < rounds; i++) {
		lab_append(j, 1 + i % 3);
		lab_append(j, i == 2 ? 40 : 1);
		if (commit(j) < 0)
			commit(j);
	}
}

static struct journal *
born(const struct lab *lab)
{
	struct journal *j = NULL;
	if (lab_create(lab, &j) == 0)
		disk_ack(0);
	return j;
}

static struct journal *
opened(const struct lab *lab)
{
	struct journal *j = NULL;
	struct journal_check c;
	if (journal_open(&j, lab->path, NULL, NULL, &c) == 0)
		disk_ack(journal_synced(j)); /* from here on it is shown as saved */
	journal_check_finish(&c);
	return j;
}

/* The process dies, the machine does not: what the kernel holds is still there. */
static struct journal *
killed(const struct lab *lab, struct journal *j)
{
	disk_rig.dead = true;
	journal_close(j);
	disk_rig.dead = false;
	return opened(lab);
}

static struct journal *
plain(const struct lab *lab)
{
	struct journal *j = born(lab);
	if (j)
		go_on(j, 6);
	return j;
}

static struct journal *
torn(const struct lab *lab)
{
	struct lab_log log = lab_make("o|o|moo|o|mo|mmmmmmo|");
	int folder = open(lab->folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	int fd = openat(folder, strrchr(lab->path, '/') + 1, O_WRONLY | O_CREAT | O_EXCL | O_APPEND, 0600);
	assert_true(write(fd, log.bytes.p, log.bytes.n - 20) > 0);
	assert_int_equal(fdatasync(fd), 0);
	assert_int_equal(fsync(folder), 0);
	close(fd);
	close(folder);
	disk_ack(7);
	disk_old();
	lab_free(&log);
	struct journal *j = opened(lab);
	if (j)
		go_on(j, 2);
	return j;
}

static struct journal *
sync_fails(const struct lab *lab)
{
	struct journal *j = born(lab);
	if (!j)
		return NULL;
	go_on(j, 2);
	disk_rig.sync_fails_in = 1;
	go_on(j, 2);
	disk_rig.sync_fails_in = 2; /* and the sync of what is renewed then */
	go_on(j, 3);
	return j;
}

static struct journal *
sync_fails_and_killed(const struct lab *lab)
{
	struct journal *j = born(lab);
	if (!j)
		return NULL;
	go_on(j, 2);
	disk_rig.sync_fails_in = 1;
	lab_append(j, 3);
	commit(j);
	j = killed(lab, j);
	if (j)
		go_on(j, 1);
	return j;
}

static struct journal *
disk_full(const struct lab *lab)
{
	struct journal *j = born(lab);
	if (!j)
		return NULL;
	go_on(j, 1);
	disk_rig.write_fails_in = 1;
	lab_append(j, 7);
	commit(j);
	disk_rig.write_fails_in = 0;
	commit(j);
	go_on(j, 1);
	j = killed(lab, j);
	if (j)
		go_on(j, 1);
	return j;
}

/* Each start after a kill in the middle of a write finds its end torn. */
static struct journal *
killed_often(const struct lab *lab)
{
	struct journal *j = born(lab);
	for (int i = 0; j && i < 3; i++) {
		go_on(j, 1);
		lab_append(j, 5);
		disk_rig.write_fails_in = 1;
		struct journal_batch *b = journal_begin(j);
		struct buf half = {0};
		buf_str(&half, str_upto(buf_view(&b->lines), b->lines.n / 2));
		assert_true(write(b->file->fd, half.p, half.n) != 0);
		buf_finish(&half);
		disk_rig.dead = true;
		journal_settle(j, b, -EIO);
		disk_rig.write_fails_in = 0;
		j = killed(lab, j);
	}
	return j;
}

static const struct life {
	const char *name;
	struct journal *(*live)(const struct lab *lab);
} lives[] = {
	{"born and written", plain},
	{"an end that is torn", torn},
	{"syncs that fail", sync_fails},
	{"a sync that fails, and a kill", sync_fails_and_killed},
	{"a full disk", disk_full},
	{"kills in the middle of a write", killed_often},
};
enum { LIVES = sizeof lives / sizeof *lives };

/* --- what is found afterwards --- */

static const char *
open_fresh(const struct lab *lab, int64_t acked)
{
	struct journal *j;
	if (acked >= 0)
		return "the log is gone";
	if (lab_create(lab, &j) != 0)
		return "no log can be begun";
	journal_close(j);
	return NULL;
}

static const char *
open_once(const struct lab *lab, int64_t acked, int64_t *n)
{
	struct journal *j;
	struct journal_check c;
	struct lab_found f = {0};
	int r = journal_open(&j, lab->path, lab_find, &f, &c);
	const char *wrong = f.wrong;
	*n = f.n;
	if (r == -ENOENT)
		return open_fresh(lab, acked);
	if (r != 0)
		wrong = c.why ? c.why : strerror(-r);
	else if (!wrong && f.n <= acked)
		wrong = "an acknowledged record is lost";
	else if (!wrong && (f.more || f.n != c.records))
		wrong = "half of a command is believed";
	else if (!wrong && c.state == JOURNAL_TORN && lab_size(c.torn) != c.bad_bytes)
		wrong = "what was cut off is not kept";
	journal_check_finish(&c);
	journal_close(j);
	return wrong;
}

/* And the log goes on. */
static const char *
open_more(const struct lab *lab, int64_t n)
{
	struct journal *j;
	struct journal_check c;
	if (journal_open(&j, lab->path, NULL, NULL, &c) != 0)
		return "it does not open a third time";
	journal_check_finish(&c);
	lab_append(j, 2);
	int r = lab_commit(j);
	bool good = r == 0 && journal_synced(j) == n + 1 && journal_failovers(j, NULL) == 0;
	journal_close(j);
	return good ? NULL : "it does not go on";
}

static const char *
inspect(const struct lab *lab, int64_t acked, bool thorough)
{
	int64_t n, again;
	const char *wrong = open_once(lab, acked, &n);
	if (wrong)
		return wrong;
	uint64_t print = disk_print(lab->folder);
	wrong = open_once(lab, acked, &again);
	if (!wrong && ((n && n != again) || print != disk_print(lab->folder)))
		wrong = "a second opening finds something to do";
	return wrong || !thorough ? wrong : open_more(lab, again);
}

/* --- all of them --- */

struct tally {
	int64_t states, wrong, moments;
	uint64_t *seen; /* prints, open addressing */
	size_t room;
};

static bool
is_new(struct tally *t, uint64_t print)
{
	print |= 1;
	for (size_t i = print % t->room;; i = (i + 1) % t->room) {
		if (t->seen[i] == print)
			return false;
		if (t->seen[i] == 0) {
			t->seen[i] = print;
			return true;
		}
	}
}

/* The k-th way of choosing: none, all, all up to one, all but one, only one, and then by lot. */
static void
choose_bits(bool *bit, int n, int64_t k, uint64_t *seed)
{
	uint64_t odds = 1 + lab_next(seed) % 7;
	for (int i = 0; i < n; i++) {
		if (n <= EXHAUST)
			bit[i] = k >> i & 1;
		else if (k < 2)
			bit[i] = k == 1;
		else if (k < 2 + 3 * n)
			bit[i] = (k - 2) % 3 == 0   ? i <= (k - 2) / 3
				 : (k - 2) % 3 == 1 ? i != (k - 2) / 3
						    : i == (k - 2) / 3;
		else
			bit[i] = lab_next(seed) % 8 < odds;
	}
}

static void
tell(struct tally *t, const struct life *life, int moment, const bool *bit, int n, const char *wrong)
{
	if (t->wrong++ >= TOLD)
		return;
	printf("# %s, cut after call %d (%s): %s, choices ", life->name, moment, disk_what(moment), wrong);
	for (int i = 0; i < n; i++)
		putchar(bit[i] ? '1' : '0');
	putchar('\n');
}

static void
cut_at(struct tally *t, const struct life *life, const struct lab *lab, int moment, int64_t tries,
	int64_t most, uint64_t *seed)
{
	static bool bit[CHOICES];
	int n = disk_choices(moment);
	int64_t ways = n <= EXHAUST ? (int64_t)1 << n : tries;
	int64_t end = t->states + (most > 4 ? most : 4);
	assert_true(n <= CHOICES);
	for (int64_t k = 0; k < ways && t->states < end; k++) {
		uint64_t print;
		choose_bits(bit, n, k, seed);
		int64_t acked = disk_make(moment, bit, lab->folder, &print);
		if (!is_new(t, print))
			continue;
		disk_rig.off = true;
		const char *wrong = inspect(lab, acked, t->states % 8 == 0);
		t->states++;
		if (wrong)
			tell(t, life, moment, bit, n, wrong);
	}
}

static void
one_life(struct tally *t, const struct life *life, struct disk_rig mutant, int64_t states, uint64_t *seed)
{
	struct lab lived = lab_begin(true), after = lab_begin(true);
	disk_start(lived.folder);
	mutant.off = false;
	disk_rig = mutant;
	struct journal *j = life->live(&lived);
	disk_rig.off = true;
	disk_rig.dead = false;
	journal_close(j);
	/* What recovers afterwards is the same program. Where few choices are all tried, others get more. */
	int64_t end = t->states + states;
	for (int m = disk_first(), last = disk_moments(); m <= last && t->states < end; m++) {
		int64_t share = (end - t->states) / (last - m + 1);
		cut_at(t, life, &after, m, share < 64 ? 64 : share * 2, share, seed);
		t->moments++;
	}
	disk_stop();
	disk_empty(lived.folder);
	disk_empty(after.folder);
	lab_end(&lived);
	lab_end(&after);
}

static struct tally
all_lives(struct disk_rig mutant, int64_t states, uint64_t *seed)
{
	struct tally t = {.room = (size_t)states * 4 + 65536};
	t.seen = xcalloc(t.room, sizeof *t.seen);
	for (size_t i = 0; i < LIVES; i++)
		one_life(&t, &lives[i], mutant, states / LIVES, seed);
	free(t.seen);
	t.seen = NULL;
	return t;
}

static const struct mutant {
	const char *name;
	struct disk_rig rig;
} mutants[] = {
	{"without fdatasync", {.no_sync = true}},
	{"without syncing the folder", {.no_folder_sync = true}},
	{"without cutting a torn end off", {.no_truncate = true}},
	{"that believes a second sync", {.sync_again = true}},
	{"that does not write an end once more", {.no_rewrite = true}},
	{"that acknowledges before the sync", {.ack_early = true}},
};

int
main(int argc, char **argv)
{
	int64_t states = argc > 1 ? atoll(argv[1]) : 3000;
	int64_t fewer = argc > 2 ? atoll(argv[2]) : states / 3;
	size_t mutant_count = sizeof mutants / sizeof *mutants;
	int bad = 0;
	uint64_t seed = lab_seed();
	printf("1..%zu\n", 1 + mutant_count);
	struct tally t = all_lives((struct disk_rig){0}, states, &seed);
	printf("%s 1 - %lld states after a power cut at %lld moments, %lld wrong\n", t.wrong ? "not ok" : "ok",
		(long long)t.states, (long long)t.moments, (long long)t.wrong);
	bad += t.wrong > 0;
	for (size_t i = 0; i < mutant_count; i++) {
		t = all_lives(mutants[i].rig, fewer, &seed);
		printf("%s %zu - a program %s: %lld of %lld states are wrong\n", t.wrong ? "ok" : "not ok", i + 2,
			mutants[i].name, (long long)t.wrong, (long long)t.states);
		bad += t.wrong == 0;
	}
	return bad > 0;
}
