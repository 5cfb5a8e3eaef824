"""Whatever a terminal gets passes one of a few functions that clean it: no
other file prints, and none uses curses' printing family at all."""

from fnmatch import fnmatch

from house import end, find, lines_matching, name, sources

# Those functions' files; and the one whose standard output is a line to another console.
ALLOWED = ["src/base/log.c", "src/app/posix_output.c", "src/app/cmd_stdio.c", "src/ui/curses_*.c"]

PRINTING = (
    r"\b(v?f?printf|v?dprintf|f?puts|f?putchar|f?putc|putw|fwrite|perror|psignal|err|errx|warn|warnx)\s*\("
    r"|\b(stdout|stderr)\b|(?<!isatty\()(?<!ttyname\()(?<!ioctl\()\b(STDOUT|STDERR)_FILENO\b"
    r"|\bwrite\s*\(\s*[12]\s*,"
)
# A stream is a file that is opened behind the loop's back.
STREAMS = r"\b(f(re|d)?open|popen|tmpfile|fmemopen|open_memstream|FILE)\b"
CURSES = r"\b(v?w?_?printw|mvw?printw|(mv)?w?(add|ins)n?w?str|(mv)?w?add(ch|nstr|chnstr|chstr))\s*\("

for path in sources("src/*/*.[ch]"):
    if not any(fnmatch(name(path), allowed) for allowed in ALLOWED):
        for line, match in lines_matching(path, PRINTING):
            find(f"{name(path)}:{line}", f"{match.group().rstrip('( ')}: only {', '.join(ALLOWED)} may print")
        for line, match in lines_matching(path, STREAMS):
            find(f"{name(path)}:{line}", f"{match.group()}: no streams")
    for line, match in lines_matching(path, CURSES):
        find(f"{name(path)}:{line}", f"{match.group().rstrip('( ')}: text goes to curses as cells")
end()
