"""The tests of the layers find what they are for: faults are planted in a
copy of the sources, and each test must name every one of its own; and
innocents, which it must let pass.

planted.py PROJECT COMPILER…
"""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from house import end, find, root

compiler = sys.argv[2:]
LONG_FUNCTION = "void\nf(void)\n{\n" + "\t;\n" * 69 + "}\n"
S, B, U = "src/session/event.c", "src/base/str.c", "src/ui/grid.c"

# Which test, where, what is planted, and what the test then says (None: nothing).
SOURCES = [
    ("includes", S, "#include <time.h>", "<time.h>"),
    ("includes", S, "#include <stdio.h>", "<stdio.h>"),
    ("includes", S, '#include "dais/journal.h"', "session must not see journal"),
    ("includes", U, '#include "dais/journal.h"', "ui must not see journal"),
    ("includes", B, '#include "dais/session.h"', "base must not see session"),
    ("includes", B, '#include "../ui/internal.h"', "own folder"),
    ("includes", U, "#include <curses.h>", "<curses.h>"),
    ("includes", U, "# include <uv.h>", "<uv.h>"),
    ("includes", B, "#include <yaml.h>", "<yaml.h>"),
    ("includes", B, "#include <unicode/ubrk.h>", "<unicode/ubrk.h>"),
    ("includes", B, "#include <jansson.h>", "<jansson.h>"),
    ("includes", B, "#include <sodium/utils.h>", "<sodium/utils.h>"),
    ("includes", B, "#include <libintl.h>", "<libintl.h>"),
    ("includes", B, "#include <fcntl.h>", "<fcntl.h>"),
    ("includes", "include/dais/ui.h", "#include <curses.h>", "<curses.h>"),
    ("includes", "include/dais/ui.h", '#include "dais/link.h"', "ui must not see link"),
    ("includes", "include/dais/new.h", "#pragma once", "not in the table of doors"),
    ("includes", B, "/* #include <uv.h> */", None),
    ("sizes", B, LONG_FUNCTION, "71 lines"),
    ("sizes", B, "//\n" * 500, "a file has at most"),
    ("sizes", B, "//" + "x" * 119, "121 columns"),
    ("folder", "NOTES.md", "", "does not belong"),
    ("outputs", B, 'printf("x");', "printf"),
    ("outputs", B, 'fputs("x", stderr);', "fputs"),
    ("outputs", B, "dprintf(fd, x);", "dprintf"),
    ("outputs", B, "write(1, x, 1);", "write"),
    ("outputs", B, "write(STDOUT_FILENO, x, 1);", "STDOUT_FILENO"),
    ("outputs", B, "FILE *f = x;", "FILE"),
    ("outputs", U, "mvprintw(0, 0, x);", "mvprintw"),
    ("outputs", U, "waddnstr(w, x, 1);", "waddnstr"),
    ("outputs", B, 'snprintf(b, 1, "puts(%d)", 1); buf_puts(b, x); buf_printf(b, x); /* puts(x) */', None),
    ("secrets", "src/link/key.c", "memcmp(a->key, key, n);", "memcmp of a key"),
    ("secrets", "src/link/key.c", "str_eq(said, s->psk);", "str_eq of a key"),
    ("secrets", "src/link/key.c", "str_is(key, table[i].key);", None),
    ("tidy", B, "// TO" + "DO: later", "not done"),
    ("tidy", B, "// see /wo" + "rk/x", "one machine"),
    ("tidy", B, "// blank ", "blanks"),
    ("words", "src/base/new.c", 'f(_("Planted"));', "src/base/new.c: has words"),
    ("words", "src/base/gettext_words.c", 'f(N_("Planted"));', "lacks “Planted”"),
    ("words", "src/po/POTFILES", "src/base/gone.c", "src/base/gone.c does not exist"),
    ("words", "src/po/POTFILES", "a.c", "not sorted"),
    ("words", "src/po/zh_CN.po", '\n#, fuzzy\nmsgid "b"\nmsgstr "乙"', "fuzzy"),
    ("words", "src/po/zh_CN.po", '\nmsgid "c"\nmsgstr ""', "untranslated"),
    ("words", "src/po/zh_CN.po", '\nmsgid "b {0}"\nmsgstr "乙 {1}"', "other places than in “b {0}”"),
]
OBJECTS = [
    ("pure", S, "#include <time.h>\nlong f1(void) { return time(0); }", "must not call time"),
    ("pure", S, '#include <dais/log.h>\nvoid f2(void) { log_error("x"); }', "must not call log_error"),
    ("pure", S, '#include <dais/text.h>\nint f3(void) { return text_width(STR("x")); }', "must not call text_width"),
    ("pure", S, "double f4(void) { return 1; }", "whole numbers"),
    ("stateless", B, "int f1(void) { static int none; return none++; }", "can change (.bss)"),
    ("stateless", B, "int f2(void) { static int some = 3; return some++; }", "can change (.data)"),
    ("stateless", B, "_Thread_local int f3;", "can change (.tbss)"),
    ("stateless", B, 'static const char *const t[] = {"a"}; const char *f(int i) { return t[i]; }', None),
]


def run(test, copy, *args):
    return subprocess.run([sys.executable, "-B", f"{copy}/tests/layers/{test}.py", copy, *args],
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8")  # fmt: skip


def compiled(copy, build, file):
    """The file's object where a build would have it; a session's file with its siblings, which it calls."""
    room = Path(file).parent
    (build / room / "x.p").mkdir(parents=True, exist_ok=True)
    for source in copy.glob(f"{room}/*.c") if room.name == "session" else [copy / file]:
        target = build / room / "x.p" / f"{source.name}.o"
        if source == copy / file or not target.exists():
            subprocess.run([*compiler, "-w", "-O1", "-fPIE", "-D_GNU_SOURCE", f"-I{copy}/include", "-c", source, "-o", target],
                           check=True)  # fmt: skip


def plant(copy, build, known, test, rows):
    """Plants what rows say, looks, and takes it out again."""
    before = {}
    for _, file, fault, _ in rows:
        path = copy / file
        old = path.read_bytes() if path.exists() else None
        before.setdefault(path, old)
        path.write_bytes((old or b"") + fault.encode() + b"\n")
    for file in {row[1] for row in rows if test in ("pure", "stateless")}:
        compiled(copy, build, file)
    done = run(test, copy, build)
    news = "\n".join(line for line in done.stdout.splitlines() if line not in known)
    for _, file, fault, says in rows:
        if "Traceback" in news or (news if says is None else says not in news or done.returncode != 1):
            find(f"{test}.py", f"with {fault[:60]!r} in {file} it says {news[-300:]!r}")
    for path, old in before.items():
        path.unlink() if old is None else path.write_bytes(old)


with tempfile.TemporaryDirectory() as place:
    copy, build = Path(place, "copy").resolve(), Path(place, "objects")
    shutil.copytree(root, copy, ignore=shutil.ignore_patterns("build*", ".git", "__pycache__"))
    build.mkdir()
    for test in dict.fromkeys(row[0] for row in SOURCES + OBJECTS):
        # What the sources as they are give rise to is that test's own to tell.
        known = run(test, copy, build).stdout if test not in ("pure", "stateless") else ""
        rows = [row for row in SOURCES + OBJECTS if row[0] == test]
        plant(copy, build, known, test, [row for row in rows if row[3]])
        for row in rows:
            if not row[3]:
                plant(copy, build, known, test, [row])
end()
