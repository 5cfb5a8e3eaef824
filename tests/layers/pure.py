"""The session is pure: its objects call nothing but each other, the memory and
string functions of C and of base. And it counts in whole numbers only, so that
every console comes to the same bytes.

pure.py PROJECT BUILD
"""

import re
import sys

from house import end, find, lines_matching, name, objects, run, sources

C_LIBRARY = set("""
    memchr memcmp memcpy memmove memset strchr strcmp strlen strncmp strnlen strrchr strstr
    qsort bsearch malloc calloc realloc free
    __memcpy_chk __memmove_chk __memset_chk
    __assert_fail __stack_chk_fail _GLOBAL_OFFSET_TABLE_
""".split())
# Of base: what works on bytes and memory. Not the log, the reader's language, nor a character's width.
BASE = re.compile(r"(arena|buf|diag|str|utf8)_\w+|x(malloc|calloc|realloc|strdup)|i18n_fill")


def names(path, which):
    return {line.split()[0] for line in run("nm", "-P", which, path).splitlines() if line}


own = set()
session = objects(sys.argv[2], "session")
for path, _ in session:
    own |= names(path, "--defined-only")
for path, source in session:
    for symbol in sorted(names(path, "--undefined-only") - own - C_LIBRARY):
        if not BASE.fullmatch(symbol):
            find(name(source), f"the session must not call {symbol}")
for path in sources("src/session/*.[ch]", "include/dais/session.h", "include/dais/event.h", "include/dais/command.h"):
    for line, match in lines_matching(path, r"\b(float|double)\b"):
        find(f"{name(path)}:{line}", f"{match[1]}: the session counts in whole numbers")
end()
