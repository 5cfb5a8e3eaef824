/* dais: the table of contents. Each subcommand is a row here and a file beside. */
#include <stdlib.h>
#include <string.h>
#include <sys/auxv.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <uv.h>

#include "dais/diag.h"
#include "config.h"
#include "hint.h"
#include "internal.h"

static const struct option run_options[] = {
	{"--new", NULL, NULL, N_("begins anew; the log that is there is kept under another name")},
	{"--headless", NULL, NULL, N_("hosts without a screen; ends once the session is closed")},
	{"--rehearse", NULL, N_("FACTOR"),
		N_("plays the agenda with a fast clock, such as 20x, in a log of its own")},
};
static const struct option ctl_options[] = {
	{"--session", "-s", N_("SESSION"), N_("which session, where several run")},
	{"--json", NULL, NULL, N_("answers as JSON")},
	{"--by", NULL, N_("NAME"), N_("who asks, for the log")},
};
static const struct option join_options[] = {
	{"--session", "-s", N_("SESSION"), N_("which session, where several run")},
	{"--as", NULL, N_("SEAT"),
		N_("online-chair (the default), scribe, observer or chair; an invite says it itself")},
	{"--name", NULL, N_("NAME"), N_("what the others see; otherwise the account's name")},
	{"--log", NULL, N_("LOG"),
		N_("another log of this session: what only it holds can be merged")},
};
static const struct option stage_options[] = {
	{"--session", "-s", N_("SESSION"), N_("which session, where several run")},
};
static const struct option stdio_options[] = {
	{"--as", NULL, N_("SEAT"), N_("at most this seat, whatever the console asks for")},
};
static const struct option status_options[] = {
	{"--session", "-s", N_("SESSION"), N_("which session, where several run")},
	{"--json", NULL, NULL, N_("as one JSON object")},
	{"--follow", "-f", NULL, N_("again at every change, a line each")},
	{"--plain", "-p", NULL, N_("in sentences, for a screen reader; times in words, no signs")},
};
static const struct option replay_options[] = {
	{"--at", NULL, N_("TIME"), N_("begins there: 14:52, 14:52:07, +3m, end")},
	{"--pace", NULL, N_("N"), N_("how fast it plays: 1 to 64")},
};
static const struct option report_options[] = {
	{"--format", "-f", N_("FORMAT"), N_("md (the default), html, csv, vtt, chapters or json")},
	{"--output", "-o", N_("FILE"), N_("writes a new file instead of standard output")},
	{"--lang", NULL, N_("LANGUAGE"), N_("zh-CN or en; otherwise the forum's own")},
	{"--offset", NULL, N_("DURATION"),
		N_("the recording's time when the session began (vtt, chapters); may be below 0")},
};

static const struct option merge_options[] = {
	{"--commands", NULL, NULL,
		N_("only the lines for dais amend: notes and spellings, a line each")},
};
static const struct option amend_options[] = {
	{"--by", NULL, N_("NAME"), N_("who corrects, for the log; otherwise your login name")},
};

#define OPTIONS(list) list, sizeof(list) / sizeof *(list)
static const struct subcommand subcommands[] = {
	{"demo", "", N_("opens the built-in sample forum: the first thing to try"),
		N_("It gets a folder of its own, which is told at the end and kept."), NULL, 0, false, 0,
		0, cmd_demo},
	{"new", N_("FILE"), N_("writes a commented agenda to fill in"),
		N_("Then dais check FILE tells what is still wrong with it, and dais run FILE begins."),
		NULL, 0, false, 1, 1, cmd_new},
	{"check", N_("FILE"), N_("tells every problem of an agenda, and what it plans"),
		N_("Each with its line, its column and a caret. The exit status is 0 where the agenda can "
		   "be run, and 3 where it cannot."),
		NULL, 0, false, 1, 1, cmd_check},
	{"run", N_("FILE [--new] [--headless] [--rehearse FACTOR]"),
		N_("starts the session of an agenda, or resumes it where it stood"),
		N_("The log lies beside the agenda: NAME.yaml keeps NAME.dais."),
		OPTIONS(run_options), false, 1, 1, cmd_run},
	{"join", N_("[ADDRESS] [--as SEAT] [--name NAME] [--log LOG]"),
		N_("another console on a running session"),
		N_("ADDRESS is a session on this machine, an invite (dais://…), or "
		   "ssh://USER@HOST/SESSION; with - it is read from standard input. A copy of the "
		   "log is kept."),
		OPTIONS(join_options), 0, 0, 1, cmd_join},
	{"stage", N_("[ADDRESS]"), N_("the hall's view of a running session, for a projector"),
		N_("ADDRESS as for join. q leaves, t shows the next theme."), OPTIONS(stage_options), 0,
		0, 1, cmd_stage},
	{"stdio", N_("[SESSION] [--as SEAT]"),
		N_("carries a session on standard input and output, for ssh"),
		N_("Nobody types it: dais join ssh://USER@HOST/SESSION starts it on the host's machine."),
		OPTIONS(stdio_options), 0, 0, 1, cmd_stdio},
	{"ctl", N_("[-s SESSION] [--json] COMMAND…"), N_("sends a command to the running session"),
		N_("COMMAND is a line of the command language, such as: floor next. With - it "
		   "reads one a line from standard input.\nPrints \"ok SEQ\" once the event is on "
		   "the disk, or \"refused CODE: why\"."),
		OPTIONS(ctl_options), true, 1, -1, cmd_ctl},
	{"status", N_("[-s SESSION] [--json | --plain] [--follow]"),
		N_("tells how the running session stands"),
		N_("With --follow --plain it says who has the floor, who is next and where the agenda "
		   "is, each as it changes, and how much time is left when a warning is due."),
		OPTIONS(status_options), false, 0, 0, cmd_status},
	{"list", "", N_("lists sessions that run or were left unfinished"),
		N_("Each with where its log lies, and how to reach it or go on with it."), NULL, 0, false,
		0, 0, cmd_list},
	{"replay", N_("LOG [--at TIME] [--pace N]"), N_("plays a log back in the same panes"),
		N_("The log of a session that runs is followed. Nothing is changed."),
		OPTIONS(replay_options), false, 1, 1, cmd_replay},
	{"report", N_("LOG [--format FORMAT] [-o FILE] [--lang LANGUAGE] [--offset DURATION]"),
		N_("writes what was said as a report"),
		N_("A session that still runs is reported up to now, as a draft."),
		OPTIONS(report_options), false, 1, 1, cmd_report},
	{"amend", N_("LOG [--by NAME] [COMMAND…]"),
		N_("corrects notes and names after the close, approves the report"),
		N_("The corrections stand in a log of their own beside the sealed one, NAME.amend.dais; "
		   "the sealed one is never touched.\nCOMMAND is note add|edit|remove, people set "
		   "--name|--title|--affiliation, report review|approve or undo; with - it reads one "
		   "a line from standard input. Without one it lists what can be corrected, and what "
		   "was."),
		OPTIONS(amend_options), 2, 1, -1, cmd_amend},
	{"merge", N_("LOG OTHER [--commands]"),
		N_("shows what only another log of the session holds"),
		N_("OTHER is the log of a host that came back after another had taken over, or a copy. "
		   "Neither is changed: while the session runs, dais join --log OTHER carries things "
		   "over; after the close dais amend does, with --commands:\n"
		   "dais merge LOG OTHER --commands | dais amend LOG -"),
		OPTIONS(merge_options), false, 2, 2, cmd_merge},
	{"verify", N_("LOG"), N_("checks every record of a log"),
		N_("It says to the line what is damaged, and how many records before that can be trusted. "
		   "The exit status is 0 where the log is whole, and 3 where it is not."),
		NULL, 0, false, 1, 1, cmd_verify},
};

const struct subcommand *
app_subcommands(size_t *n)
{
	*n = sizeof subcommands / sizeof *subcommands;
	return subcommands;
}

/* Beside an uninstalled program the catalogues lie in the build; otherwise where they were
 * installed. */
static void
start_words(void)
{
	char path[4096];
	ssize_t n = readlink("/proc/self/exe", path, sizeof path - 16);
	char *slash = n > 0 ? (path[n] = 0, strrchr(path, '/')) : NULL;
	if (slash) {
		memcpy(slash, "/../po", sizeof "/../po");
		if (access(path, F_OK) == 0) {
			char *folder = realpath(path, NULL);
			i18n_start(folder ? folder : DAIS_LOCALEDIR);
			free(folder);
			return;
		}
	}
	i18n_start(DAIS_LOCALEDIR);
}

static int
unknown(const char *word)
{
	const char *names[sizeof subcommands / sizeof *subcommands];
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		names[i] = subcommands[i].name;
	const char *meant = diag_meant(str_of(word), names, sizeof names / sizeof *names);
	const char *takes = hint_command(word);
	struct str args[] = {str_of(word), str_of(takes ? takes : meant)};
	app_error(takes	  ? _("there is no command {0}, but a file. Did you mean dais {1} {0}?")
		  : meant ? _("there is no command {0}. Did you mean {1}?")
			  : _("there is no command {0}; dais --help lists them"),
		args, 2);
	return DAIS_USAGE;
}

static void
version(void)
{
	struct buf out = {0};
	buf_puts(&out, APP_NAME " " DAIS_VERSION "\nlibuv ");
	buf_puts(&out, uv_version_string());
	buf_puts(&out, "\n" DAIS_LIBRARIES "\n");
	app_print(buf_view(&out));
	buf_finish(&out);
}

int
main(int argc, char **argv)
{
	/* ncurses reads files that the environment names: never with somebody else's rights. */
	if (getauxval(AT_SECURE))
		log_die("this program must not be setuid or setgid");
	output_hold();
	umask(077);
	setrlimit(RLIMIT_CORE, &(struct rlimit){0, 0}); /* a session is nobody else's business */
	bool asked = config_language_asked();
	start_words();
	if (!asked)
		config_language();
	if (argc < 2) {
		options_overview();
		return DAIS_USAGE;
	}
	if (!strcmp(argv[1], "--help") || !strcmp(argv[1], "-h") || !strcmp(argv[1], "help")) {
		options_overview();
		return DAIS_OK;
	}
	if (!strcmp(argv[1], "--version")) {
		version();
		return DAIS_OK;
	}
	if (!strcmp(argv[1], "complete"))
		return cmd_complete(argc - 2, argv + 2);
	for (size_t i = 0; i < sizeof subcommands / sizeof *subcommands; i++)
		if (!strcmp(argv[1], subcommands[i].name))
			return options_run(&subcommands[i], argc - 2, argv + 2);
	return unknown(argv[1]);
}
